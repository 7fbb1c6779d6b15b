"""Which events beside the main one are an article's news too."""

from __future__ import annotations

import re
from datetime import date

from news.pipeline.actors import PAIR
from news.pipeline.brought_up import is_quarrel_of_now, is_raised_at
from news.pipeline.counterparts import (
    is_of_both_ministers,
    is_of_officials,
    is_to_meet,
    is_with_another,
)
from news.pipeline.dates import Days
from news.pipeline.held import is_quoted_before
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.signings import is_signed_there, is_signed_with_talks, is_signing
from news.pipeline.telling import Telling
from news.pipeline.usable import is_answer, is_of_pair, is_rite

# A second event already past may be told as news for a few days only.
SECOND_PAST_DAYS = 4
# Two meetings of the same people this close are one, told by two of its days.
SAME_STAY_DAYS = 5
KindAndDays = tuple[str, Days]
EARLY = 6  # body sentences that may tell of a second event without naming both sides


def _announces(group: Group, main: Group, kinds: set[str]) -> bool:
    """Whether ministers met to announce what the article is about: one event."""
    is_apart = main.kind == "dispute" and _is_of_three(group)
    is_talk = kinds & {"call", "summit", "trilateral_summit", "anniversary"}
    is_inner = _is_of_three(main) and not _is_of_three(group) and _names_both(group)
    return group.days.overlaps(main.days) and not (
        is_apart or is_talk or is_inner or _is_of_others(group, main)
    )


def is_news(group: Group, main: Group, telling: Telling) -> bool:
    """Whether a second event that an article tells of is its news too, beside the main one."""
    if group.segment != main.segment or _is_of_main(group, main, telling):
        return False
    kinds = {m.kind for m in group.mentions}
    is_by_name = any(_opens_by_name(m) for m in group.mentions)
    if is_by_name and _is_of_three(group) != _is_of_three(main):
        return True
    if is_by_name and _is_first(group) and _is_of_others(group, main):
        return True
    is_open = _names_both(group) or _is_dated_early(group, main) or group.source == "occasion"
    is_open = is_open or _joins_a_third(group) or is_of_officials(group)
    is_set = any(is_to_meet(m, telling) for m in group.mentions)
    is_open = is_open or is_set or is_with_another(group.mentions, main.mentions)
    if not (is_open or kinds <= {*POLICIES, "anniversary"}):
        return False
    is_light = all(m.weight < 2 for m in group.mentions) and not is_set
    if is_light and not kinds <= set(POLICIES):
        return False
    plain = [m for m in group.mentions if not m.is_attribute]
    if not plain:
        return False
    if kinds <= set(POLICIES):
        return _is_second_policy(group, main, telling)
    if kinds == {"visit"} and not _is_prepared(group, main, telling):
        return False
    if kinds == {"meeting"} and group.level == "":
        return False
    if all(m.is_inherited and not m.is_three for m in plain) and group.source == "sentence":
        return False
    main_kinds = {m.kind for m in main.mentions if m.weight > 1} or {main.kind}
    if kinds <= {"ministerial", "meeting"} and "ministerial" in main_kinds and _is_courtesy(group):
        return False
    if main_kinds & set(POLICIES) and _announces(group, main, kinds):
        return False
    if kinds == {"anniversary"} and main.kind != "anniversary":
        if main.kind in POLICIES and group.days.overlaps(main.days):
            return False  # a ceremony stayed away from, or spoken at
        return any(_is_remembrance(m, telling) for m in plain)
    if group.days.overlaps(main.days) and (
        (_shadowed(kinds, main_kinds) and _is_of_three(group) == _is_of_three(main))
        or _is_same_company(group, main)
        or (main.kind == "call" and is_told_of_call(group, main))
    ):
        return False
    if not _is_connected(group, main) or _is_retold(group, main):
        return False
    told_on = telling.anchor or main.days.first
    return (told_on - group.days.last).days <= SECOND_PAST_DAYS


def _is_of_main(group: Group, main: Group, telling: Telling) -> bool:
    """Whether a group is only what the main event is about, more words for it, or undated."""
    quarrel, talks = (group.kind, group.days), (main.kind, main.days)
    return (
        group.dated_by is None
        or is_talked_over(quarrel, talks, telling.anchor)
        or _is_same_table(group, main, telling)
    )


def is_talked_over(quarrel: KindAndDays, talks: KindAndDays, anchor: date | None) -> bool:
    """Whether a ruling, a protest or the like is what ministers or leaders then talk about.

    It is some days older than their talks, or than the news of `anchor` that they will talk; or
    it is expected later than both.
    """
    if quarrel[0] != "dispute" or talks[0] not in MEETINGS:
        return False
    told_on = min(talks[1].first, anchor or talks[1].first)
    last = max(talks[1].last, anchor or talks[1].last)
    return (told_on - quarrel[1].last).days > 1 or quarrel[1].first > last


def without_subjects(groups: list[Group], telling: Telling) -> list[Group]:
    """Leave out disputes that both sides only talked about, that day or some days later."""
    talks = [g for g in groups if g.kind in ("summit", "call", "trilateral_summit")]
    meetings = [m for g in groups if g.kind in MEETINGS for m in g.mentions]
    opening = [g for g in groups if g.kind in MEETINGS and _is_first(g)]
    return [
        group
        for group in groups
        if group.kind != "dispute" or not any(is_declared_at(group, other) for other in talks)
        if not all(m.kind == "dispute" and _is_said_at(m, meetings) for m in group.mentions)
        if not any(is_raised_at(group, other, telling) for other in groups)
        if group.headline
        or _is_first(group)
        or not any(
            is_talked_over((group.kind, group.days), (g.kind, g.days), telling.anchor)
            for g in opening
        )
    ]


def _is_said_at(mention: Mention, meetings: list[Mention]) -> bool:
    """Whether ministers of both sides, by name, met and then spoke of a quarrel: one sentence."""
    met = [m for m in meetings if {p.country for p in m.people} >= PAIR]
    if any(is_quoted_before(mention.spoken, mention.start, m.spoken) for m in met):
        return True
    is_of_both = {p.country for p in mention.people} >= PAIR
    return is_of_both and any(m.spoken is mention.spoken and m.start < mention.start for m in met)


def is_declared_at(group: Group, summit: Group) -> bool:
    """Whether those who met state something together on the day of their talks."""
    people = {p.slug for m in group.mentions for p in m.people}
    others = {p.slug for m in summit.mentions for p in m.people}
    return len(people & others) > 1 and group.days.overlaps(summit.days)


def _is_same_table(group: Group, main: Group, telling: Telling) -> bool:
    """Whether words for a meeting stand in the sentence that tells of a table of three.

    "한미일 정상이 18일 모여 회의를 했다": nobody is named beside it, and nothing says "the two".
    """
    by = group.dated_by
    if by is None or by.kind not in MEETINGS or any(m.people for m in group.mentions):
        return False
    if not _is_of_three(main) or not group.days.overlaps(main.days):
        return False
    text, words = by.spoken.sentence.text, telling.words
    is_beside = any(m.is_three and m.spoken is by.spoken for m in main.mentions)
    return is_beside and not (
        words.accounts["two"].search(text) or words.cues["alone"].search(text)
    )


def _is_first(group: Group) -> bool:
    return any(m.spoken.sentence.rank == 0 for m in group.mentions)


def _opens_by_name(mention: Mention) -> bool:
    """Whether an article opens with those who did something together on a day, all by name."""
    named = {p.country for p in mention.people if p in mention.spoken.scene.people}
    is_held = mention.kind in MEETINGS and mention.tense == "past" and mention.level != ""
    is_first = mention.date_source == "clause" and mention.spoken.sentence.rank <= 2
    return is_held and is_first and named >= PAIR


def is_told_of_call(group: Group, call: Group) -> bool:
    """Whether words that fit a call as well tell of a meeting: "spoke for 20 minutes"."""
    people = {p.slug for m in group.mentions for p in m.people}
    others = {p.slug for m in call.mentions for p in m.people}
    is_weak = all(m.weight < 3 for m in group.mentions)
    return group.kind in MEETINGS and is_weak and bool(people & others)


def _is_second_policy(group: Group, main: Group, telling: Telling) -> bool:
    """Whether a signing beside a summit, or a statement answered by another, is news too."""
    told_on = telling.anchor or main.days.first
    if (told_on - group.days.last).days > SECOND_PAST_DAYS:
        return False
    if group.kind == "statement" and main.kind == "ministerial" and _is_of_ministry(group):
        return False
    plain = [m for m in group.mentions if not m.is_attribute]
    if telling.lang == "en" and is_quarrel_of_now(group, main, telling):
        return True
    if group.kind == "agreement" and main.kind not in POLICIES:
        if main.kind == "ministerial" and all(
            is_signed_there(m, main.mentions) for m in plain if m.kind == "agreement"
        ):
            return False
        return _is_settled_first(plain, main) or any(
            is_signing(m, telling) and (_is_told_well(m) or is_signed_with_talks(m, telling))
            for m in plain
        )
    if any(m.weight and is_answer(m, other) for m in plain for other in main.mentions):
        return True
    is_apart = telling.lang != "en" and not group.days.overlaps(main.days)
    if is_apart and group.kind == "dispute" and any(is_rite(m) and m.people for m in plain):
        return True  # honoured a shrine on the day after he made a statement
    if group.source not in ("clause", "sentence", "reporting"):
        return False
    if min(m.spoken.sentence.rank for m in plain) <= 1 and main.kind not in POLICIES:
        # A statement or a protest that the article opens with, but no remarks at the talks.
        people = {p.slug for m in plain for p in m.people}
        others = {p.slug for m in main.mentions for p in m.people}
        told = {m.spoken.sentence.index for m in main.mentions}
        is_dated = any(m.date_source and m.spoken.sentence.index not in told for m in plain)
        is_apart = not group.days.overlaps(main.days) or (main.kind == "call" and is_dated)
        return is_apart or not people & others
    if group.kind == main.kind == "dispute":
        return any(_is_ruling_to_come(m) for m in plain)
    if group.kind == "dispute" and main.kind == "anniversary" and telling.lang != "en":
        shunned = telling.words.cues["shunned"]
        return any(shunned.search(m.spoken.sentence.text) for m in plain)
    if group.kind == main.kind == "statement":
        people = {p.slug for m in plain for p in m.people}
        others = {p.slug for m in main.mentions if m.date_source == "clause" for p in m.people}
        return bool(people - others) and not group.days.overlaps(main.days)
    return False


_WILL_RULE = re.compile(r"court (?:will|is|are)\b", re.IGNORECASE)


def _is_ruling_to_come(mention: Mention) -> bool:
    """Whether judges are told to rule again on a day that is named."""
    said = mention.spoken.sentence.text[mention.start : mention.end]
    return mention.date_source == "clause" and bool(_WILL_RULE.match(said))


def _is_settled_first(plain: list[Mention], main: Group) -> bool:
    """Whether an article opens with what ministers settled, or gives its day, and leaders then
    spoke of it."""
    others = {p.slug for m in main.mentions for p in m.people}
    return any(
        m.kind == "agreement"
        and (m.spoken.sentence.rank == 0 or m.date_source == "clause")
        and {p.country for p in m.people} >= PAIR
        and not others & {p.slug for p in m.people}
        for m in plain
    )


def _is_courtesy(group: Group) -> bool:
    """Whether a minister, in town for talks, calls on a leader."""
    return any(p.level == "leader" for m in group.mentions for p in m.people)


def _is_dated_early(group: Group, main: Group) -> bool:
    """Whether something with its day is told of soon after the main event."""
    start = min(m.spoken.sentence.rank for m in main.mentions)
    return any(
        m.date_source == "clause"
        and m.weight >= 2
        and (m.spoken.sentence.rank < start + EARLY or m.kind == "trilateral_summit")
        for m in group.mentions
    )


def _names_both(group: Group) -> bool:
    """Whether a mention says who of both sides met, by name or as "the two"."""
    return any(m.weight >= 2 and has_both(m) for m in group.mentions)


def has_both(mention: Mention) -> bool:
    """Whether a mention itself says that both sides met."""
    if {p.country for p in mention.people} >= PAIR:
        return not mention.is_inherited or mention.tense == "past"
    if is_of_both_ministers(mention):
        return True
    is_bloc = any(b.countries >= PAIR for b in mention.spoken.scene.blocs)
    return (mention.weight == 3 or is_of_pair(mention)) and is_bloc and not mention.is_inherited


def _is_prepared(visit: Group, main: Group, telling: Telling) -> bool:
    """Whether ministers speak of a leader's visit that is still to come, and say when it is."""
    is_ahead = telling.anchor is not None and visit.days.first > telling.anchor
    return (
        is_ahead
        and main.kind in ("call", "ministerial")
        and any(
            m.date_source == "clause" and any(p.level == "leader" for p in m.people)
            for m in visit.mentions
        )
    )


def _joins_a_third(group: Group) -> bool:
    """Whether the two leaders or ministers are told early to have met, or to meet, a third too."""
    return any(
        (m.kind == "trilateral_summit" or (m.kind == "ministerial" and m.is_three))
        and (m.date_source != "" or (m.weight == 3 and m.tense == "past"))
        and m.spoken.sentence.rank < EARLY
        and any(p.country not in PAIR for p in m.people)
        for m in group.mentions
    )


def _is_connected(group: Group, main: Group) -> bool:
    """Whether two events share people or days; if not, the page holds two stories."""
    people = {p.slug for m in group.mentions for p in m.people}
    others = {p.slug for m in main.mentions for p in m.people}
    if not people or not others or people & others:
        return True
    gap = max((group.days.first - main.days.last).days, (main.days.first - group.days.last).days)
    return gap <= (8 if group.days.first > main.days.last else 3)  # who follows next week


def _is_of_ministry(group: Group) -> bool:
    """Whether nobody by name tells "in a statement" of the talks that were held."""
    return not any(m.people or m.weight > 1 for m in group.mentions)


def _is_told_well(mention: Mention) -> bool:
    """Whether something past is told with its day, or right at the start."""
    is_dated = mention.date_source in ("clause", "sentence")
    return mention.tense == "past" and (is_dated or mention.spoken.sentence.rank <= 2)


def _is_of_others(group: Group, main: Group) -> bool:
    """Whether two events have their own people each."""
    people = {p.slug for m in group.mentions for p in m.people}
    # Who speaks of a settlement afterwards is not who made it.
    others = {p.slug for m in main.mentions if m.kind != "statement" for p in m.people}
    leads = any(p.level == "leader" for m in group.mentions for p in m.people)
    return bool(people) and not people & others and bool(others or leads)


def _is_remembrance(mention: Mention, telling: Telling) -> bool:
    """Whether a leader is at a ceremony that remembers something, and at no mere banquet."""
    named = [p for p in mention.people if p in mention.spoken.scene.people]
    words = telling.words.cues["jubilee"]
    title = telling.title.sentence.text if telling.title else ""
    # An ambassador, too, stands for a country; in English so do only leaders and their envoys.
    is_apt = telling.lang != "en" or any(p.level in ("leader", "official") for p in named)
    if telling.lang != "en" and mention.weight == 3:
        named = named or list(mention.people)  # "the two leaders will lay flowers"
    is_by_office = mention.level == "leader" and mention.weight == 3 and not mention.is_inherited
    if telling.lang == "en" and is_by_office:
        return True  # "the president and the prime minister bowed their heads"
    return bool(named and is_apt) and bool(
        mention.weight == 3 or words.search(f"{title}\n{mention.spoken.sentence.text}")
    )


def _is_retold(group: Group, main: Group) -> bool:
    """Whether the same two leaders meet again within days: the same stay, told by another day."""
    if not {group.kind, main.kind} <= {"summit", "visit"} and group.kind != main.kind:
        return False
    if _is_of_three(group) != _is_of_three(main):
        return False
    people = {p.slug for m in group.mentions for p in m.people}
    others = {p.slug for m in main.mentions for p in m.people}
    gap = abs((group.days.first - main.days.first).days)
    if is_with_another(group.mentions, main.mentions):
        return False
    if is_of_officials(group) and not is_of_officials(main):
        return gap == 0  # directors-general prepare on the 27th what ministers hold on the 28th
    return group.kind != "anniversary" and people <= others and gap <= SAME_STAY_DAYS


def _is_same_company(group: Group, main: Group) -> bool:
    """Whether the same people met on the same day: one meeting, whatever it is called."""
    if group.kind not in MEETINGS or main.kind not in MEETINGS or main.kind == "call":
        return False
    if _is_of_three(group) != _is_of_three(main):
        return False
    people = {p.slug for m in group.mentions for p in m.people}
    return bool(people & {p.slug for m in main.mentions for p in m.people})


def _is_of_three(group: Group) -> bool:
    return any(m.is_three or (m.countries - PAIR and not m.is_inherited) for m in group.mentions)


def _shadowed(kinds: set[str], main_kinds: set[str]) -> bool:
    """Whether two groups on one day are one event told in two ways."""
    if kinds <= {"ministerial", "meeting"} and main_kinds & {"call"}:
        return True
    return kinds <= set(MEETINGS) and kinds & main_kinds != set()
