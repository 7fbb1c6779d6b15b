"""Which sentences of an article go on about one of its events."""

from __future__ import annotations

import re
from enum import Enum

from news.pipeline.actors import PAIR
from news.pipeline.looking_back import is_turn, is_until_then
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling

_THIS_TIME = re.compile(
    r"今回の(?:首脳|外相|防衛相)?(?:会談|協議|訪問|会合)では|이번 (?:정상)?회담에서"
    r"|^(?:会談|協議|会合|電話)(?:の中)?では?、?|^(?:회담|통화|회의|면담)(?:에서|에서는|에선)\s"
    r"|^(?:At|In|During) (?:the|their) (?:talks|meeting|call|summit)\b"
    r"|^(?:[가-힣]+\s){0,3}(?:총리|대통령|장관|외무상|방위상)와의\s(?:회담|통화|만남|면담)에서"
    r"|^[^。、]{0,12}との(?:会談|協議|電話(?:会談)?)では?、?"
)
# One of those at the table, or both, as the subject: what they say or ask is said there.
_SIDE = re.compile(
    r"^(?:우리|한국|일본|양)\s?측은\s|^(?:日本|韓国|日韓|双方|両国|両)(?:側)?は"
    r"|^(?:They|Both|The (?:two|pair|leaders|ministers|two (?:leaders|ministers|sides)))\s"
    r"|^(?:The )?(?:South )?(?:Korean|Japanese) side\b"
)
# What looks back; of a short story of talks in English, whatever else follows goes on about them.
_BACK = {
    "en": re.compile(
        r"\b(?:last|previous(?:ly)?|earlier|ago|since|until (?:now|then)|formerly|had|then|now"
        r"|today)\b",
        re.IGNORECASE,
    )
}
_PARTICLES = {"ko": re.compile(r"(?:들)?(?:은|는|이|가|도)\s"), "ja": re.compile(r"は|が|も")}
# "Also spoke about the North and Russia": what the third country is to the two.
_ABOUT = re.compile(
    r"(?:について|に関して|をめぐって|に対して)[もは]?、?$"
    r"|(?:에 (?:대해|관해)(?:서)?|놓고|두고)도?\s$"
)
_AFTER = re.compile(r"に(?:続き|続いて|引き続き)、?|에\s이어\s")
_AHEAD = re.compile(r"[을를]?\s?(?:앞두고|앞둔)|を(?:前に|控え)|に先立ち")
_REACH = 6  # sentences that go on about an event that is not the main one, or no meeting
LEAD = 2
_SILENCE = 20  # sentences of other things after which a story does not come back
_SHORT = 7  # sentences of a story that has room for little but its event
# Those who meet speak of many things; a journey may be for a ceremony.
TALKS = tuple(kind for kind in MEETINGS if kind != "visit")
# A day may belong to what they speak of: an accord called by it, what somebody else did then.
_OF_NOUN = re.compile(
    r"\s?(?:の|에 (?:나온|맺은) |의 )?(?:日韓|政府間|한일|위안부)?\s?"
    r"(?:合意|宣言|協定|합의|선언|협정)"
    r"|,? (?:accord|deal|agreement|declaration|settlement|pact)\b"
    r"|\s(?:오전\s|오후\s)?[가-힣]{1,10}[이가]\s[^,.]{1,16}(?<![은는인])(?<=[린긴킨낸난된한운친온])\s"
    r"|に?、?[^、。は]{1,12}[がの][^、。]{1,24}た(?=[一-龥ァ-ヴ「])"
)
# "In December 2018, Tokyo accused …": how it came to what they talk about.
_OPENS_BACK = re.compile(r"\W*(?:In|On|Back in|As early as|During) (?:early |late |mid-)?")
# "A and B, who spoke by phone last week, are to …": who they are.
_DESCRIBES = re.compile(r", (?:who|whose) [^,;.]{0,80}$")
_PAST_DAYS = ("DAY", "RANGE", "WEEK")  # a month or a year may date what the talks were about


def account(group: Group, telling: Telling, groups: tuple[Group, ...]) -> list[Spoken]:
    """The sentences of an event, and those that go on about it.

    What follows a sentence is about the event told of last. A new paragraph,
    or "the two leaders", comes back to the main one.
    """
    own, is_main = own_sentences(group), group is center(groups)
    rest = rival_mentions(group, groups)
    is_long = is_main and (group.kind not in ("agreement", "dispute") or _is_of_two(group))
    is_mixed = _is_mixed(group, groups)
    chosen: list[Spoken] = []
    is_about, is_gone, away, left, paragraph = False, False, -1, 0, -1
    for spoken in _body(group, telling):
        sentence = spoken.sentence
        # A statement is gone into before the call in which it was then explained.
        is_led = group is groups[0] and sentence.index < min(own_sentences(center(groups)))
        if not is_main and sentence.paragraph != paragraph and not is_led:
            is_about = False
        paragraph = sentence.paragraph
        if sentence.index in own:
            is_about, is_gone, away, left = True, False, -1, _REACH
            chosen.append(spoken)
            continue
        left -= 1
        if chosen and sentence.index - chosen[-1].sentence.index > _SILENCE:
            break
        is_both = is_main and _comes_back(spoken, group, telling, away)
        said = [m for m in telling.mentions if m.spoken is spoken]
        table = _table(spoken, group, telling) if is_mixed else _Table.UNSAID
        is_of_rest = any(m in rest and not _is_followed(m) for m in said)
        is_elsewhere = not is_both and (
            any(_is_elsewhere(m, group, telling) for m in said) or _is_of_others(spoken, telling)
        )
        if table is _Table.OTHER or is_of_rest or is_elsewhere:
            is_gone = is_gone or table is _Table.OTHER or (is_mixed and is_of_rest)
            is_about, away = False, sentence.paragraph
            continue
        if table is _Table.OURS:
            is_about, is_gone, away, left = True, False, -1, _REACH
        if is_main and sentence.rank < LEAD and not chosen and spoken.scene.acting() >= PAIR:
            chosen.append(spoken)
            is_about, left = True, _REACH
            continue
        is_back = is_both or away not in (-1, sentence.paragraph)
        is_about = is_about or (is_main and is_back and not is_gone)
        if is_about and (is_long or left >= 0) and _goes_on(spoken, group, telling):
            chosen.append(spoken)
    return chosen


def _comes_back(spoken: Spoken, group: Group, telling: Telling, away: int) -> bool:
    """Whether a sentence turns to the main event again; `away` is the paragraph that left it."""
    return (
        # Within a paragraph "they" are those told of last.
        (away != spoken.sentence.paragraph and _is_of_both(spoken, telling))
        or bool(_THIS_TIME.search(spoken.sentence.text))
        or _names_both(spoken, group)
    )


def rival_mentions(group: Group, groups: tuple[Group, ...]) -> list[Mention]:
    """What is told of the other events of the article.

    What one side asks of the other at talks may be told as a step of its own: it stays a matter
    of the talks, as is the rite that two leaders hold on the day they meet.
    """
    is_talks = group is center(groups) and group.kind in TALKS
    joined = (*POLICIES, "anniversary") if group.kind == "summit" else POLICIES
    others = [
        g
        for g in groups
        if g is not group and not (is_talks and g.kind in joined and g.days.overlaps(group.days))
    ]
    return [m for g in others for m in g.mentions if m not in group.mentions]


def _body(group: Group, telling: Telling) -> list[Spoken]:
    """The sentences of the story that an event is told in."""
    segment = group.mentions[0].spoken.sentence.segment
    return [
        spoken
        for spoken in telling.spoken
        if spoken.sentence.role == "body" and spoken.sentence.segment == segment
    ]


class _Table(Enum):
    """Who goes on in a sentence, where an article tells of talks of two and of three."""

    OURS = "ours"
    OTHER = "other"
    UNSAID = "unsaid"


def _table(spoken: Spoken, group: Group, telling: Telling) -> _Table:
    """Whether a sentence names the two or the three of an event, or those of the other."""
    words, is_three = telling.words.accounts, is_of_three(group)
    before = [m.end for m in telling.mentions if m.spoken is spoken and _is_followed(m)]
    text = spoken.sentence.text[max(before, default=0) :]
    at_two, at_three = words["two"].search(text), words["three"].search(text)
    if bool(at_two) is bool(at_three):
        return _Table.UNSAID
    return _Table.OURS if bool(at_three) is is_three else _Table.OTHER


def _is_mixed(group: Group, groups: tuple[Group, ...]) -> bool:
    """Whether an article tells of talks of two and of three, and the event is one of them."""
    is_three = is_of_three(group)
    return group.kind in MEETINGS and any(
        is_of_three(g) is not is_three for g in groups if g.kind in MEETINGS
    )


def is_of_three(group: Group) -> bool:
    """Whether most tellings of an event have a third country at the table."""
    plain = [m for m in group.mentions if not m.is_attribute] or group.mentions
    threes = [m for m in plain if m.is_three or m.countries - PAIR]
    return group.kind == "trilateral_summit" or 2 * len(threes) > len(plain)


def _is_of_two(group: Group) -> bool:
    """Whether people of both sides act: a declaration after talks, not a ruling."""
    return {p.country for m in group.mentions for p in m.people} >= PAIR


def _is_of_both(spoken: Spoken, telling: Telling) -> bool:
    return bool(telling.words.cues["both"].search(spoken.sentence.text))


def _names_both(spoken: Spoken, group: Group) -> bool:
    """Whether a sentence names those who talk with each other, and nobody else."""
    there = {p.slug for m in group.mentions for p in m.people}
    named = {p.slug: p.country for p in spoken.scene.people}
    return group.kind in TALKS and named.keys() <= there and set(named.values()) == PAIR


def is_said_by_both(spoken: Spoken, telling: Telling) -> bool:
    """Whether both are the subject of a sentence: "両首脳は", but not "両政府の間で"."""
    particle = _PARTICLES.get(telling.lang)
    text = spoken.sentence.text
    found = telling.words.cues["both"].finditer(text)
    return any(particle is None or particle.match(text, m.end()) for m in found)


def _is_followed(mention: Mention) -> bool:
    """Whether "following the talks of three": what comes behind is about those that followed."""
    return bool(_AFTER.match(mention.spoken.sentence.text, mention.end))


def _is_elsewhere(mention: Mention, group: Group, telling: Telling) -> bool:
    """Whether a mention tells of another event than the group."""
    if mention in group.mentions or _is_followed(mention):
        return False
    days = mention.timed.days if mention.timed else None
    text = mention.spoken.sentence.text
    if mention.timed and group.kind in TALKS and _OF_NOUN.match(text, mention.timed.phrase.end):
        return False
    if mention.reason == "third_country":
        is_older = days is not None and days.last < group.days.first
        if is_older and telling.words.accounts["content"].search(text, mention.end):
            return False  # "right after the summit of the two Koreas": why they speak of it
        before = text[: mention.start]
        if _AHEAD.match(text, mention.end) or _ABOUT.search(before):
            return False  # why, or of what, they speak
        if telling.words.cues["prospect"].search(before):
            return False  # "asked for help to meet Kim" is a matter of these talks
        is_alike = mention.kind == group.kind == "trilateral_summit"
        return mention.kind in MEETINGS and mention.weight > 1 and not is_alike
    is_loose = days is not None and days.grain not in ("DAY", "RANGE")
    if mention.kind == group.kind and mention.weight == 1 and is_loose:
        return False  # "they decided to set up a dialogue next month": when that is to be
    is_journey = mention.kind == "visit" and mention.date_source not in ("clause", "sentence")
    return (
        not mention.reason
        and not (is_journey and group.kind in MEETINGS)
        and days is not None
        and not days.overlaps(group.days)
    )


def _is_of_others(spoken: Spoken, telling: Telling) -> bool:
    """Whether a sentence turns to what else happened, and names nobody."""
    return is_turn(spoken.sentence.text, telling.lang) and not spoken.scene.people


# "The North fired hours before; the leaders agreed to …".
_BOTH_DO = re.compile(
    r"[;,] (?:and |but )?(?:the (?:two |three )?(?:leaders|ministers|sides|pair|two)|both|they) "
    r"(?:also |then )?(?:agreed|condemned|decided|confirmed|vowed|pledged|discussed|called)\b"
)


def _is_unsaid(text: str, telling: Telling) -> bool:
    """Whether a sentence says what was left out, and not what both then said after all."""
    found = telling.words.accounts["unsaid"].search(text)
    return found is not None and not _BOTH_DO.search(text, found.end())


def _goes_on(spoken: Spoken, group: Group, telling: Telling) -> bool:
    """Whether a sentence says what was or will be talked about."""
    text, accounts = spoken.sentence.text, telling.words.accounts
    is_there = group.kind in TALKS and bool(_SIDE.search(text) or _THIS_TIME.search(text))
    if _is_unsaid(text, telling) or (accounts["others"].search(text) and not is_there):
        return False
    if is_until_then(text, telling.lang):
        return False
    named = spoken.scene.people_countries()
    if named - PAIR and len(named & PAIR) == 1 and not is_of_three(group):
        return False  # "Park and Wang will go over …": the talks of one side with another
    if named - PAIR and not named & PAIR and group.kind in TALKS and not is_there:
        return False  # "Earlier in July Trump announced …": the deed of somebody else
    if named > PAIR and not is_of_three(group):
        return False  # "On Sunday Park, Abe and Li had declared …": those at another table
    looks_back = any(
        t.owner == "background"
        and t.days
        and (
            t.days.grain in _PAST_DAYS
            or group.kind == "statement"
            or (group.kind in TALKS and _OPENS_BACK.fullmatch(text, 0, t.phrase.start))
        )
        and not _OF_NOUN.match(text, t.phrase.end)
        and not _DESCRIBES.search(text, 0, t.phrase.start)
        for t in spoken.dates
    )
    is_said = telling.words.cues["leader_said"].search(text)
    if looks_back and not (is_said or is_there or _is_of_both(spoken, telling)):
        return False
    back = _BACK.get(telling.lang)
    if back and group.kind in TALKS and len(telling.spoken) <= _SHORT and not back.search(text):
        return True
    return bool(is_said) or bool(accounts["content"].search(text))


def story_of(
    group: Group, telling: Telling, groups: tuple[Group, ...]
) -> list[tuple[Spoken, bool]]:
    """The sentences that may speak of an event's matters, in their order.

    With each, whether it tells of nothing else, nor says what outsiders think or what was left out.
    """
    rest = {
        m.spoken.sentence.index
        for other in groups
        if other is not group
        for m in other.mentions
        if not m.is_attribute
    } - own_sentences(group)
    accounts = telling.words.accounts
    away = {
        m.spoken.sentence.index for m in telling.mentions if _is_elsewhere(m, group, telling)
    } | rest
    return [
        (
            spoken,
            spoken.sentence.index not in away
            and not accounts["others"].search(spoken.sentence.text)
            and not accounts["unsaid"].search(spoken.sentence.text)
            and not is_until_then(spoken.sentence.text, telling.lang),
        )
        for spoken in _body(group, telling)
    ]


def center(groups: tuple[Group, ...]) -> Group:
    """The event that the account goes on about: talks rather than what was signed at them."""
    main = groups[0]
    if main.kind not in (*POLICIES, "anniversary"):
        return main
    talks = (g for g in groups if g.kind not in POLICIES and g.days.overlaps(main.days))
    return next((g for g in talks if g.kind in MEETINGS and _is_of_two(g)), main)


def own_sentences(group: Group) -> set[int]:
    """The sentences that tell of the event itself, not in passing if there are such."""
    plain = {m.spoken.sentence.index for m in group.mentions if not m.is_attribute}
    return plain or {m.spoken.sentence.index for m in group.mentions}
