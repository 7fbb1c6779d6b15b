"""English sentences that put two leaders or ministers side by side without a verb of meeting.

"A spare office did for A and B", "the hour that A had with B", "A was B's guest": what tells of a
meeting is how the two names stand to each other.
"""

from __future__ import annotations

import re
from functools import lru_cache

from news.pipeline.lexicon import Trigger
from news.pipeline.patterns import Pattern
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken

# Names as the patterns see them: of the one, of the other, of a third country.
_ONE, _OTHER, _THIRD = "\ue001", "\ue002", "\ue003"
_FIRST = {"KR": _ONE, "JP": _OTHER}
_TITLES = (
    r"(?:(?:the|South|Korea's|Korean|Japan's|Japanese|President|Prime|Minister|Premier|Foreign"
    r"|Defen[cs]e|host|his|her|new|old|visiting|then|fellow|departing|outgoing) )*"
)
_AND = rf"(?:,? and |, )(?:{_TITLES}{_THIRD}+(?:,? and |, ))?{_TITLES}"
_TIME = (
    r"(?:minutes|half[- ]hour|half an hour|quarter of an hour|hours?|time|evening|afternoon"
    r"|morning|night|lunch|dinner|breakfast|supper|meal|walk|stroll|words?|chat)"
)
# What an inanimate subject does to two who are together.
_HOLDS = (
    r"(?:serv(?:ed|es|ing)|drove|left|leaves|gave|gives|found|finds|brought|brings|put|let|lets"
    r"|allow(?:ed|s)|kept|keeps|took|caught|seated|spared?|spares|drew|draws|led|saw|sees"
    r"|did for|does for|do for|enough for|reunit(?:ed|es)|confronted|cost|grant(?:ed|s)"
    r"|afford(?:ed|s)|offer(?:ed|s)|occup(?:ied|ies)|busied|detained|held|hosted|housed|joined"
    r"|united|paired|sheltered|welcomed|awaited|awaits|cheered|set aside for|reserved for"
    r"|laid for|booked for|set for|waiting for|chased|forced|pushed|sent|lured|threw|trapped|shut"
    r"|locked|herded|ushered)"
)
_SHARED = (
    r"(?:(?:were|was|are|will be|stood|sat|stayed|will sit|will stand|got|rode|ate|took|boarded"
    r"|filled|occupied|had|left|crossed|drank from)\b[^;.,]{0,40}?\b(?:one|the same|a single)"
    r"|(?:shared?|will share|are sharing) (?:an?|the|one)) [a-z]+"
)
_NOT_WITH = (
    r"(?!(?:concern|regard|accord|includ|follow|pend|say|add|be|hav|call|urg|insist|refus|demand"
    r"|argu|warn|remain|trail|lead|winn|hop|plann|ask|want|seek|deny|reject|accus)\w*ing\b)"
)
_BESIDE = (
    r"(?:beside|next to|opposite|across(?: the (?:table|room))? from|alongside|in front of|facing"
    r"|side by side with|face[- ]to[- ]face with|(?:hand|arm) in (?:hand|arm) with"
    r"|shoulder to shoulder with|in the company of|together with)"
)
_ROOM = (
    r"(?:table|side|elbow|hearth|home|house|residence|villa|company|parlou?r|office|study|garden"
    r"|car|home ?town|ranch|invitation)"
)


# What one does with the other beside him.
_DOES = (
    r"(?:fed|treated|walked|drove|led|showed|guided|escorted|seated|toasted|embraced|hugged|greeted"
    r"|fetched|cooked for|waited for|caught up with|ran into|bumped into|sought out|cornered"
    r"|approached|shook (?:the )?hands? (?:of|with)|(?:sat|dined|ate|lunched|walked|strolled|rode"
    r"|drank|sailed|fished|golfed|cycled|prayed|danced|sang|cooked|toured|shared an? [a-z]+) with"
    r"|(?:lunches|dines|breakfasts|golfs|walks|strolls|sits|goes [a-z]+ing) with"
    r"|(?:will|is to|is due to|plans to) (?:lunch|dine|breakfast|golf|walk|stroll|sit|go [a-z]+ing"
    r"|eat|cook|pray|ride|sail|fish|hike) with)"
)
_MINUTES = r"(?:minutes|half[- ]hour|half an hour|hours?|dinner|lunch|breakfast|supper|tea)"


def _shapes(a: str, b: str) -> str:
    """All shapes with one's name before the other's."""
    held = rf"\b(?:could )?{_HOLDS} (?:[a-z]+ ){{0,2}}?{_TITLES}{a}+{_AND}{b}+"
    return "|".join(
        (
            rf"{held}(?! (?:to|that|not|from)\b)",
            rf"{held} to (?:go over|talk|sit|meet|see|discuss|speak|dine|face|tell|compare|settle"
            r"|iron out|sort out)\b",
            rf"{a}+{_AND}{b}+ {_SHARED}",
            rf"{a}+{_AND}{b}+ (?:needed|used|ran on|went on|were at it|overran|lingered)\b",
            rf"{a}+{_AND}{b}+,? (?:[^,;.]{{0,40}}, )?(?:will|are to|are due to|are set to) "
            r"(?:pick up|resume|continue|take up|carry on|spend|gather)\b",
            rf"{a}+ (?:then |himself |herself |also )?{_DOES} {_TITLES}{b}+",
            rf"\b{_MINUTES} (?:set aside |reserved |laid on )?(?:for|between|of) "
            rf"{_TITLES}{a}+{_AND}{b}+",
            rf"{a}+[^;]{{0,120}}?,? with {_TITLES}{b}+ {_NOT_WITH}(?:\w+ing\b|beside|opposite"
            r"|across|at (?:his|her)|by (?:his|her)|on (?:his|her) (?:left|right|arm))",
            rf"{_TIME}\b (?:that |which |when )?{_TITLES}(?:{a}+ )?(?:had|has|have|spent|spends|got"
            rf"|gets|was given|passed|enjoyed|will have|is to have|will spend) with {_TITLES}{b}+",
            rf"{a}+ (?:had|has|got|gets|spent|won|was given|was granted|will have|is to have)"
            rf"\b[^;.]{{0,40}}\b{_TIME} (?:with|of|in) {_TITLES}{b}+",
            rf"{a}+ (?:[\w'-]+ ){{0,4}}?(?:was|is|are|be|been|as|become|became) (?:[a-z]+ ){{0,2}}?"
            rf"{_TITLES}{b}+'s (?:[\w-]+ )?guest\b",
            rf"{a}+[^;.]{{0,80}}\b(?:at|in) {_TITLES}{b}+'s (?:[\w-]+ )?{_ROOM}\b",
            rf"{a}+[^;.]{{0,100}}\b{_BESIDE} {_TITLES}{b}+",
        )
    )


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile(f"{_shapes(_ONE, _OTHER)}|{_shapes(_OTHER, _ONE)}", re.IGNORECASE)


# What one says to or of the other needs no meeting, nor do those who are only looked at.
_FROM_AFAR = re.compile(
    r"\b(?:letters?|messages?|telegrams?|cables?|congratulat\w+|condolences?|sympath\w+|posted"
    r"|tweet\w*|interview|polls?|survey|approval|parliament|lawmakers|criticiz\w+|accus\w+|blam\w+"
    r"|elect\w+|sworn|resign\w*|inaugurat\w+|anniversary|photo\w*|pictures?|portraits?|posters?"
    r"|effig\w+|statues?|cartoons?|stamps?|separately|respectively|each from|reports?|magazine"
    r"|markets?|voters|critics|headlines?|challenge|pressure|dilemma|choice)\b",
    re.IGNORECASE,
)


_ONLY_WISHED = re.compile(
    r"\b(?:hop(?:es?|ed|ing)|want\w*|wish\w*|would|could|may|might|if|not|never|refus\w+"
    r"|declin\w+|fail\w+|dream\w*|imagin\w+|invit\w+|ask\w*|propos\w+|odds|row|rivalry)\b"
)
TOGETHER = Trigger("meeting", Pattern(r"(?!)"), 2, "", "")


def together_at(spoken: Spoken) -> tuple[int, int] | None:
    """Where a sentence puts one of each side and of one rank together, or None."""
    people = [p for p in spoken.scene.people if not p.is_former]
    levels = {p.level for p in people if p.country in _FIRST}
    if levels not in ({"leader"}, {"minister"}) or {p.country for p in people} < set(_FIRST):
        return None
    text = spoken.sentence.text
    if spoken.scene.thirds or _FROM_AFAR.search(text):
        return None
    m = _pattern().search(_masked(text, people))
    if m is None or _ONLY_WISHED.search(m.group().removeprefix("could ")):
        return None
    return m.span()


def _masked(text: str, people: list[NameMention]) -> str:
    """The text with each name as one sign of its side, at the same offsets."""
    chars = list(text)
    for person in people:
        sign = _FIRST.get(person.country, _THIRD)
        chars[person.start : person.end] = sign * (person.end - person.start)
    return "".join(chars)
