"""English sentences in which the leaders who are named do nothing: others do it, or ask for it."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR, visited
from news.pipeline.elsewhere import is_elsewhere
from news.pipeline.spoken import Spoken

_MEETING = ("summit", "meeting", "contact", "trilateral", "call", "ministerial")
_THIRDS = frozenset({"US", "CN"})

# "Business lobbies called on Wednesday for Abe and Moon to meet".
_ASK = re.compile(
    r"\b(?:urg(?:ed?|es|ing)|call(?:ed|s|ing)?(?: [\w'-]+){0,4}? (?:for|on|upon)|ask(?:ed|s|ing)?"
    r"|press(?:ed|es|ing)(?! (?:conference|briefing|secretary))|appeal(?:ed|s|ing)?|beg(?:s|ged)?"
    r"|plead(?:s|ed|ing)?|implor(?:ed?|es|ing)|exhort(?:s|ed|ing)?|petition(?:ed|s|ing)?"
    r"|lobb(?:y|ies|ied|ying)|entreat(?:s|ed)?|advis(?:ed?|es|ing)|encourag(?:ed?|es|ing)"
    r"|want(?:s|ed)?|wish(?:es|ed)?(?: for)?|push(?:ed|es|ing)? for|long(?:s|ed)? for"
    r"|(?:it is|was) (?:high )?time for)\b"
)
_TO_DO = re.compile(r"\bto (?:[\w-]+ ){0,3}$")
_TO_MEET = re.compile(r"to (?:meet|hold|see|sit|talk|speak)\b")

# "Students met on Friday": a crowd is the subject.
_CROWD = re.compile(
    r"\b(?:students|pupils|Koreans|residents|activists|farmers|fans|fishermen|fishers|protesters"
    r"|demonstrators|villagers|volunteers|shopkeepers|scholars|academics|professors|historians"
    r"|teachers|survivors|families|lawyers|executives|businessmen|business(?:people| leaders)"
    r"|mayors|governors|players|supporters|workers|veterans|tourists|actors|singers|monks|priests"
    r"|journalists|reporters|editors|writers|artists|farmhands|traders|shareholders|neighbou?rs"
    r"|women's groups|civic groups|members|lawmakers|legislators|parliamentarians|youths|children"
    r"|chairm[ae]n|chief executives?|CEOs?|tycoons?|founders?|singers?|coach(?:es)?|captains?"
    r"|alumni|investors|scientists|experts|crowds?|people|men|women|hundreds|thousands|dozens)"
    r"(?: (?:from|of|in|at|opposed to|against) [^,.;]{1,40}?| who [^,.;]{1,40}?)?,? "
    r"(?:(?:also|then|again|later|have|had|will|are to) )*$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:president|premier|prime minister|leaders?|ministers?|diplomats?|officials?)\b", re.I
)

# One who rings two has two calls: "Rubio telephoned Cho and, an hour later, Motegi".
_TOGETHER = re.compile(
    r"\b(?:trilateral|three-way|three-nation|three-party|tripartite|conference call|joint(?:ly)?"
    r"|together|three|all of them|group call)\b",
    re.IGNORECASE,
)


_EACH = re.compile(
    r"\b(?:each|separately|in turn|one after the other)\b[^.;,]{0,30}$", re.IGNORECASE
)
# "Xi held talks with Lee and, an hour later, with Takaichi".
_AND_WITH = re.compile(
    r"\band,? (?:[\w' ]{0,30},? )?(?:then |later |also )?with (?:(?:the|South|Korean|Japanese"
    r"|President|Prime|Minister|Premier) )*(?-i:[A-Z])"
)

# "Wax figures of Lee and Takaichi stood side by side".
_IMAGE = re.compile(
    r"\b(?:figures?|statues?|portraits?|effigies|photos?|photographs?|pictures?|dolls?|masks?"
    r"|cartoons?|drawings?|posters?|lookalikes|doubles|actors playing|caricatures?|stamps?) of "
    r"(?:(?:the|South|Korean|Japanese|President|Prime|Minister|Premier) )*",
    re.IGNORECASE,
)
_WISH = re.compile(r"(?:hoped|wanted|sought|considered) ")
# "Said that his trip to Osaka": somebody else travels.
_OF_ANOTHER = re.compile(r"\b(?:his|her|their|whose|him|them|'s) (?:[\w-]+ ){0,2}$")
_HAD = re.compile(r"^\W*Had (?=[A-Z]|the (?:two|leaders|pair))")
_WOULD = re.compile(r"\b(?:would|might|could)\b")


def is_none_of_theirs(spoken: Spoken, kind: str, start: int, end: int) -> bool:
    """Whether those of the two who are named only stand by in what a trigger of a kind tells."""
    if any(p.start <= start and end <= p.end for p in spoken.scene.people):
        return True  # "Sang" of a given name is no verb
    if kind in _MEETING and _is_title(spoken.sentence.text, start, end):
        return True
    if kind in ("visit", *_MEETING) and is_elsewhere(spoken, kind, start, end):
        return True
    if kind == "visit":
        return _is_at_home(spoken, start, end)
    if kind in ("statement", "saying"):
        return _is_said_of_them(spoken, kind)
    if kind not in _MEETING:
        return False
    text = spoken.sentence.text
    people = [p for p in spoken.scene.people if not p.is_former]
    own = [p for p in people if p.country in PAIR]
    return (
        _is_asked_for(text, start, [p.start for p in own])
        or _is_image(text, [p.start for p in own])
        or _is_unreal(text, start)
        or (kind == "contact" and _is_wish(text, start, [p.start for p in own]))
        or (kind in ("meeting", "contact") and _is_of_crowd(text, start, [p.end for p in people]))
        or _is_to_each(spoken, kind, start)
    )


_OFFICE_FOR = re.compile(
    r"\b(?:envoys?|negotiators?|representatives?|delegates?|coordinators?)(?: in charge)?"
    r" (?:(?:for|to|at|of) )?(?:the )?(?:(?:North Korean|nuclear|denuclearization|six-\w+) )*$"
)
_NUCLEAR = re.compile(r"\b(?:North Korean?|nuclear|denuclearization|six-(?:party|nation|way))\b")


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether talks only say what somebody is envoy for: "envoy for the nuclear talks"."""
    at = max(0, start - 60)
    office = _OFFICE_FOR.search(text[:start], at)
    return office is not None and bool(_NUCLEAR.search(text, office.start(), end))


# "Kim Yo Jong described Lee and Takaichi as puppets in a statement": hers.
_OUTSIDER = (
    r"(?:Kim (?:Jong|Yo)[ -]?\w+|North Korea(?:'s [\w-]+)?|Pyongyang|KCNA|Beijing|China|Moscow"
    r"|Russia|the North|Washington|Trump|Biden|Xi Jinping|(?:Chinese|Russian|American|North Korean)"
    r" [\w-]+(?: ministry)?|opposition (?:leader|lawmakers?|part(?:y|ies))|survivors|activists"
    r"|civic groups|critics)"
)
_SPEAKS_OF = re.compile(
    rf"\b{_OUTSIDER}\b[^.;]{{0,90}}?\b(?:described?|describes|call(?:s|ed)|denounc(?:es?|ed)"
    r"|accus(?:es?|ed)|condemn(?:s|ed)|lambast(?:s|ed)|blast(?:s|ed)|criticis?z?(?:es?|ed)"
    r"|attack(?:s|ed)|mock(?:s|ed)|ridicul(?:es?|ed)|insult(?:s|ed)|brand(?:s|ed)|lik(?:ens|ened)"
    r"|warn(?:s|ed)|urg(?:es?|ed)|prais(?:es?|ed)|rebuk(?:es?|ed)|berat(?:es?|ed)|slam(?:s|med)"
    r"|lash(?:es|ed) out at|took aim at|singled out|scold(?:s|ed)|taunt(?:s|ed)|asked|told)"
    r" (?:(?:both|President|Prime|Minister|Premier|South|Korean|Japanese|the|leaders?|of) )*$"
)
_HUSTINGS = re.compile(
    r"\b(?:at|in|during) (?:an?|the|Sunday's|\w+day's) (?:[\w-]+ ){0,3}(?:debates?|hustings"
    r"|candidates' (?:forum|debate)|campaign (?:rally|event|stop)|stump speech|primary)\b"
    r"|\b(?:candidates?|contenders?|hopefuls|rivals?) (?:for|in|to lead) (?:the|his|her)"
    r" (?:[\w-]+ )?(?:party|leadership|LDP|premiership|presidency|race|nomination)\b",
    re.IGNORECASE,
)


def _is_said_of_them(spoken: Spoken, kind: str) -> bool:
    """Whether outsiders say something of those who are named, or candidates say it."""
    text = spoken.sentence.text
    named = [p.start for p in spoken.scene.people if p.country in PAIR]
    if kind == "saying":
        return bool(_HUSTINGS.search(text))
    return bool(named) and bool(_SPEAKS_OF.search(text[: min(named)]))


def _is_image(text: str, named: list[int]) -> bool:
    """Whether only the likenesses of those who are named are somewhere."""
    m = _IMAGE.search(text)
    return m is not None and bool(named) and min(named) == m.end()


def _is_unreal(text: str, start: int) -> bool:
    """Whether a sentence says what would be, "had they met"."""
    m = _HAD.search(text, 0, start)
    return m is not None and bool(_WOULD.search(text, start))


def _is_asked_for(text: str, start: int, named: list[int]) -> bool:
    """Whether others ask all who are named to do what stands behind them."""
    asked = _ASK.search(text, 0, start)
    if asked is None or not named or min(named) < asked.end():
        return False
    if _OFFICE.search(text, 0, asked.start()):
        return False  # one of those who might meet asks the other
    is_to = _TO_DO.search(text, asked.end(), start) or _TO_MEET.match(text, start)
    return bool(is_to) and any(asked.end() <= at < start for at in named)


def _is_of_crowd(text: str, start: int, named: list[int]) -> bool:
    """Whether a crowd is the subject of the verb at an offset, and nobody is named before it."""
    clause = max(text.rfind(mark, 0, start) for mark in (".", ";", ":", " — ")) + 1
    if any(clause < end <= start for end in named):
        return False
    before = text[clause:start]
    return bool(_CROWD.search(before)) and not _OFFICE.search(before)


def _is_wish(text: str, start: int, named: list[int]) -> bool:
    """Whether one of the two hopes for something of the other: "hoped to be his guest"."""
    return bool(_WISH.match(text, start)) and any(at > start for at in named)


def _is_at_home(spoken: Spoken, start: int, end: int) -> bool:
    """Whether all who are named before a journey, in its clause, go to a city of their own."""
    text = spoken.sentence.text
    goal = visited(text[start:end], "en")
    clause = next((a for a, b in spoken.clauses if a <= start < b), 0)
    people = [p for p in spoken.scene.people if clause <= p.start < start]
    if len(goal) != 1 or not people or _OF_ANOTHER.search(text[:start]):
        return False
    return {p.country for p in people} == goal


def _is_to_each(spoken: Spoken, kind: str, start: int) -> bool:
    """Whether one of a third country rings or sees both by turns, or both ring him."""
    text, people = spoken.sentence.text, spoken.scene.people
    before = {p.country for p in people if p.end <= start}
    after = {p.country for p in people if p.start > start}
    thirds = [at for at, _ in spoken.scene.thirds]
    if _TOGETHER.search(text):
        return False
    if before >= PAIR and (after <= _THIRDS and after or any(at > start for at in thirds)):
        return bool(_EACH.search(text, 0, start))
    is_third = (before and before <= _THIRDS) or (not before and any(at < start for at in thirds))
    if not is_third or not after >= PAIR:
        return False
    return kind == "call" or bool(_AND_WITH.search(text, start))
