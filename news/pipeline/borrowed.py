"""The day of a meeting that is told without one, from what stands beside it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from news.pipeline.actors import PAIR
from news.pipeline.company import is_after_talks
from news.pipeline.dates import Days
from news.pipeline.mentions import MEETINGS, Mention, days_of
from news.pipeline.signings import is_signed_with_talks
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed
from news.pipeline.usable import is_of_pair, is_other_speech, is_rite, is_rite_beside

if TYPE_CHECKING:
    from news.pipeline.merge import Group

Dated = tuple[Days, Timed | None]

_OF_LATE = 4  # days
_NEAR_TWO = 5  # sentences
_OPENING = 6
_FAR_DOWN = 3
_STILL_THERE = 2  # sentences behind talks that give what was said at them
# What had been is looked back on: "Park had seen him in the morning" is said of the same day.
_HAD = re.compile(r"\bhad (?:\w+ ){0,2}$|\bsince (?:[\w'-]+ ){0,4}$", re.IGNORECASE)
_SAME_DAY = re.compile(
    r"\b(?:morning|afternoon|evening|earlier|later|before|after|hours?|same day)\b", re.I
)


def borrowed_day(groups: Sequence[Group], mention: Mention, telling: Telling) -> Dated | None:
    """The days of a meeting of both sides by the sentence before, or by talks of three beside it.

    Only for what names both sides.
    """
    text = mention.spoken.sentence.text
    if mention.weight < 2:
        return None
    is_told = any(t.owner == "reporting" and t.days for t in mention.spoken.dates)
    if telling.lang == "en" and is_told and is_after_talks(text[: mention.end]):
        return None  # "said on Saturday after their meeting": the day is told
    if mention.kind == "dispute" and mention.spoken.has_issue:
        return _day_before(mention, telling)
    if mention.kind == "agreement" and telling.lang != "en":
        return _day_of_talks_beside(groups, mention) or _day_of_signed(groups, mention, telling)
    if mention.kind not in MEETINGS:
        return None
    if mention.is_three and (found := _day_of_two(groups, mention, telling)):
        return found
    if not ({p.country for p in mention.people} >= PAIR or is_of_pair(mention)):
        return None
    if mention.is_inherited and telling.lang != "en":
        return None
    return (
        _day_before(mention, telling)
        or _day_of_then(mention, telling)
        or _day_beside(groups, mention, telling)
    )


def _day_before(mention: Mention, telling: Telling) -> Dated | None:
    """The one day that the sentence before tells: "They had a chance on Tuesday. A hosted B"."""
    here = mention.spoken.sentence
    own = [t for t in mention.spoken.dates if t.owner in ("event", "reporting") and t.days]
    is_named = any(p in mention.spoken.scene.people for p in mention.people)
    # "Seoul handed the embassy a complaint", on the day of the books that it is about.
    is_protest = telling.lang == "en" and mention.kind == "dispute" and not mention.people
    if own or not (is_named or is_protest):
        return None
    for spoken in telling.spoken:
        sentence = spoken.sentence
        if sentence.rank != here.rank - 1:
            continue
        if sentence.paragraph != here.paragraph and not _opens_under(spoken, mention, telling):
            continue
        days = [t for t in spoken.dates if t.days is not None and t.owner != "length"]
        if len(days) != 1 or days[0].owner != "event" or spoken.scene.thirds:
            return None
        found = days[0].days
        is_day = found is not None and found.grain in ("DAY", "RANGE")
        return (found, days[0]) if found and is_day and _goes_with(mention, days[0]) else None
    return None


# "리 총리와 회담했다. 이어 기시다 총리와 정상회담을 했다": on the same day, whoever came first.
_THEN = re.compile(r"(?<!에 )(?<![가-힣])(?:곧이어|뒤이어|이어|그\s?뒤|그런\s?다음)\s")
_JUST_BEFORE = 3  # sentences


def _day_of_then(mention: Mention, telling: Telling) -> Dated | None:
    """The day that Korean told last, where two of both sides met "then"."""
    text, here = mention.spoken.sentence.text, mention.spoken.sentence
    is_then = telling.lang == "ko" and _THEN.search(text, 0, mention.start)
    if not is_then or mention.tense != "past" or mention.spoken.dates:
        return None
    for spoken in reversed(telling.spoken):
        if not 0 < here.index - spoken.sentence.index <= _JUST_BEFORE:
            continue
        days = [t for t in spoken.dates if t.days is not None and t.owner != "length"]
        if not days:
            continue
        found = days[-1].days
        is_told = days[-1].owner == "event" and days[-1].tense == "past"
        is_day = found is not None and found.grain == "DAY"
        return (found, days[-1]) if found and is_day and is_told else None
    return None


def _opens_under(before: Spoken, mention: Mention, telling: Telling) -> bool:
    """Whether English opens with when, and tells in the paragraph below who met."""
    return (
        telling.lang == "en"
        and mention.spoken.sentence.rank <= _OPENING
        and mention.tense == "past"
        and before.sentence.role == "body"
        and not before.scene.people
        and not any(m.spoken is before and not m.reason for m in telling.mentions)
    )


def _day_of_talks_beside(groups: Sequence[Group], mention: Mention) -> Dated | None:
    """The day of the talks of three told of just before, at which ministers sign something."""
    if mention.tense != "past" or not mention.countries - PAIR:
        return None
    for group in groups:
        three = [m for m in group.mentions if m.is_three or m.countries - PAIR]
        near = [m.spoken.sentence.rank for m in three if m.kind in MEETINGS]
        if any(0 <= mention.spoken.sentence.rank - rank <= 1 for rank in near):
            return (group.days, group.timed)
    return None


def _day_of_signed(groups: Sequence[Group], mention: Mention, telling: Telling) -> Dated | None:
    """The day of the leaders' talks told of above, with which a treaty was signed."""
    if mention.spoken.dates or not is_signed_with_talks(mention, telling):
        return None
    rank = mention.spoken.sentence.rank
    for group in groups:
        is_above = any(m.spoken.sentence.rank < rank for m in group.mentions)
        if group.kind == "summit" and is_above and group.days.grain == "DAY":
            return (group.days, group.timed)
    return None


def is_rite_of_other_day(group: Group, mention: Mention, telling: Telling) -> bool:
    """Whether a shrine is honoured on the day of the sentence before, and not when others spoke."""
    if telling.lang == "en" or not is_rite(mention) or any(is_rite(m) for m in group.mentions):
        return False
    before = _day_before(mention, telling)
    return before is not None and not before[0].overlaps(group.days)


def is_said_at_other_talks(group: Group, mention: Mention, telling: Telling) -> bool:
    """Whether who has just met says it there: no quarrel of another day.

    "外相は21日に会談し、…。判決を「遺憾だ」と伝えた": above, a protest of the 22nd is told.
    """
    own = days_of(mention)
    is_said = telling.lang == "ja" and mention.kind == "dispute" and bool(mention.people)
    if not is_said or (own is not None and own.overlaps(group.days)):
        return False
    at, there = mention.spoken.sentence, {p.slug for p in mention.people}
    return any(
        m.kind in MEETINGS
        and m.weight > 1
        and m.spoken.sentence.paragraph == at.paragraph
        and there <= {p.slug for p in m.people}
        and {p.country for p in m.people} >= PAIR
        and (days := days_of(m)) is not None
        and not days.overlaps(group.days)
        for m in _told_up_to(mention, telling)
    )


def _told_up_to(mention: Mention, telling: Telling) -> Sequence[Mention]:
    """What is told in the sentence of a mention and in those right before it."""
    told, last = telling.mentions, mention.spoken.sentence.index
    start = bisect_left(told, last - _STILL_THERE, key=_place)
    return told[start : bisect_right(told, last, key=_place)]


def _place(mention: Mention) -> int:
    return mention.spoken.sentence.index


def _goes_with(mention: Mention, timed: Timed) -> bool:
    return not mention.tense or not timed.tense or mention.tense == timed.tense


def _day_beside(groups: Sequence[Group], mention: Mention, telling: Telling) -> Dated | None:
    """The day of talks of three that the two also hold, or of what a leader then phones about."""
    text = mention.spoken.sentence.text
    is_pluperfect = bool(_HAD.search(text[: mention.start]))
    if is_pluperfect and not _SAME_DAY.search(text):
        return None
    people = {p.slug for p in mention.people}
    # "후나코시 차관과 따로 한일 협의도 한다": only one of them was named at the table of three.
    is_apart = telling.lang == "ko" and telling.words.cues["alone"].search(text)
    for group in groups:
        if group.segment != mention.spoken.sentence.segment or group.days.grain == "MONTH":
            continue
        others = {p.slug for m in group.mentions for p in m.people}
        if mention.kind == "call" and not is_pluperfect:
            # In Korean and Japanese a call is of the day told last.
            is_own = telling.lang == "en" and mention.tense == "past"
            if is_own and people & others and _is_of_late(group, telling):
                return (group.days, group.timed)
        elif (
            _is_inner(group, mention)
            and (not others or people <= others or (is_apart and _is_shared(group, people)))
            and _is_in_time(group, mention, telling)
        ):
            return (group.days, group.timed)
    return None


# Talks of three right before or after those of two.
_BESIDE_TWO = {
    "ko": re.compile(
        r"이어|앞서|직전|직후|곧바로|끝나고|마치고|합류|자리를 옮|오전|오후|아침|저녁|점심"
    ),
    "ja": re.compile(
        r"先立|先だ|続い|続け|引き続き|直前|直後|その後|この後|終え|終わ|加わ|合流|交え|午前|午後|朝|昼|夕|夜"
    ),
    "en": re.compile(
        r"\b(?:then|afterwards?|after|before|earlier|later|join(?:s|ed)|morning|afternoon|evening"
        r"|midday|noon|late in the day|aside|also|as well|besides|in addition"
        r"|follow(?:s|ed)|had (?:\w+ )?(?:brought|gathered|seated|invited|sat)"
        r"|(?:hours?|minutes) (?:later|earlier|before|after))\b",
        re.IGNORECASE,
    ),
}


_LATER_THAT_DAY = re.compile(
    r"\W*(?:(?:Late|Later|Earlier) (?:in|on) (?:the|that|the same) (?:same )?day"
    r"|(?:(?:In|Later in) the|That) (?:morning|afternoon|evening|night))\b"
)


def _day_of_two(groups: Sequence[Group], mention: Mention, telling: Telling) -> Dated | None:
    """The day of talks of the two, for those of three that are told right before or behind."""
    pattern = _BESIDE_TWO.get(telling.lang)
    if pattern is None or not pattern.search(mention.spoken.sentence.text):
        return None
    reach = _NEAR_TWO if telling.lang == "en" else _NEAR_TWO + 3
    for group in groups:
        is_near = any(
            0 <= mention.spoken.sentence.rank - m.spoken.sentence.rank <= reach
            for m in group.mentions
        )
        named = {p.country for m in group.mentions for p in m.people}
        if not is_near and _LATER_THAT_DAY.match(mention.spoken.sentence.text):
            is_near = group.mentions[0].spoken.sentence.rank < mention.spoken.sentence.rank
        is_of_two = group.kind in ("summit", "ministerial") and named == PAIR
        is_apt = group.level == mention.level and group.days.grain == "DAY"
        is_in_time = not mention.tense or _is_in_time(group, mention, telling)
        if is_near and is_of_two and is_apt and is_in_time:
            return (group.days, group.timed)
    return None


def _is_inner(group: Group, mention: Mention) -> bool:
    """Whether two of those who held talks of three meet by themselves."""
    is_of_three = any(
        m.is_three or (m.countries - PAIR and not m.is_inherited) for m in group.mentions
    )
    return is_of_three and mention.countries == PAIR and group.level == mention.level


def _is_shared(talks: Group, people: set[str]) -> bool:
    """Whether one of those who meet by themselves is told to sit at other talks."""
    there = {p.slug for m in talks.mentions for p in m.people}
    return talks.kind in MEETINGS and bool(there & people)


def _is_of_late(group: Group, telling: Telling) -> bool:
    anchor = telling.anchor
    return anchor is not None and 0 <= (anchor - group.days.last).days <= _OF_LATE


def _is_in_time(group: Group, mention: Mention, telling: Telling) -> bool:
    """Whether both are past, or both to come."""
    anchor = telling.anchor
    if anchor is None:
        return False
    if mention.tense == "future":
        return group.days.last >= anchor
    is_ahead = telling.lang == "ko" and group.timed is not None and group.timed.tense == "future"
    return group.days.first <= anchor and not is_ahead


def is_series(group: Group, mention: Mention, telling: Telling) -> bool:
    """Whether English tells far down of a meeting of some time ago, and opens with one undated."""
    anchor, rank = telling.anchor, mention.spoken.sentence.rank
    return (
        telling.lang == "en"
        and mention.kind in MEETINGS
        and anchor is not None
        and (anchor - group.days.last).days > _OF_LATE
        and rank <= _OPENING
        and min(m.spoken.sentence.rank for m in group.mentions) > rank + _FAR_DOWN
    )


def has_other_host(group: Group, mention: Mention) -> bool:
    """Whether another leader went to another ceremony: one in Seoul, one in Tokyo."""
    own = {p.country for p in mention.people if p.level == "leader"}
    theirs = {p.country for m in group.mentions for p in m.people if p.level == "leader"}
    return bool(own and theirs) and not own & theirs


def same_trip(groups: Sequence[Group]) -> Dated | None:
    """The days of the wider meeting that talks are planned on the sidelines of."""
    for group in groups:
        if group.mentions[0].kind in ("trilateral_summit", "visit", "ministerial"):
            return (group.days, group.timed)
    return None


def same_day(groups: Sequence[Group], mention: Mention) -> Dated | None:
    """The day of the ceremony that another leader goes to, or of the speech that he gives."""
    for group in groups:
        if any(is_rite_beside(m, mention) for m in group.mentions):
            is_told = mention.kind != "dispute" or mention.tense == "past"
            return (group.days, group.timed) if is_told else None
        if group.kind != mention.kind or not has_other_host(group, mention):
            continue
        is_own = any(is_other_speech(m, mention) for m in group.mentions)
        if mention.kind == "anniversary" or is_own:
            return (group.days, group.timed)
    return None


def day_of_signing(groups: Sequence[Group], mention: Mention) -> Dated | None:
    """The day of what leaders signed, for the talks that they "followed" or came out of."""
    if mention.kind not in ("summit", "ministerial") or mention.tense == "future":
        return None
    people = {p.slug for p in mention.people}
    for group in groups:
        others = {p.slug for m in group.mentions for p in m.people}
        if mention.tense == "past" and group.timed and group.timed.tense == "future":
            continue
        if group.kind == "agreement" and len(people & others) > 1:
            return (group.days, group.timed)
    return None
