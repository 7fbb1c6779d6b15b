"""Choose which of the events an article tells are its news."""

from __future__ import annotations

from news.pipeline.actors import PAIR
from news.pipeline.at_leisure import with_what_is_beside
from news.pipeline.counterparts import is_with_counterpart
from news.pipeline.dates import Days
from news.pipeline.envoys import is_guest
from news.pipeline.in_passing import (
    is_mentioned_once,
    is_old_act,
    is_only_named,
    is_told_in_passing,
    opens_abroad,
)
from news.pipeline.lexicon import page_words
from news.pipeline.mentions import MEETINGS
from news.pipeline.merge import Group
from news.pipeline.no_deed import is_appeal, opens_with_survey, says_no_talks
from news.pipeline.open_plans import is_undecided
from news.pipeline.second import (
    SECOND_PAST_DAYS,
    has_both,
    is_declared_at,
    is_news,
    is_told_of_call,
    without_subjects,
)
from news.pipeline.signings import is_signing
from news.pipeline.telling import Telling
from news.pipeline.undated import LEAD_SENTENCES

# Coming and going lies this near the talks of a visit.
TRIP_DAYS = 2
_TOLD_OF_DAYS = 3
A_STORY = 2  # body sentences that make an article


def choose(groups: list[Group], telling: Telling) -> list[Group]:
    """The main event, and the others that the article tells as news too; the main one first."""
    if opens_abroad(telling):
        groups = [g for g in groups if not is_told_in_passing(g, telling)]
    groups = [g for g in groups if not _is_no_talk(g, telling) and not is_only_named(g, telling)]
    groups = [g for g in groups if not is_undecided(g, telling)]
    if _is_no_report(telling):
        opening = [g for g in groups if _opens_with(g, telling)]
        groups = [g for g in groups if g in opening or _is_beside(g, opening)]
    groups = with_what_is_beside(_with_their_talks(groups))
    groups = _without_declarations(_without_journeys(groups, telling), telling)
    groups = _without_shunned(without_subjects(_without_words_of_calls(groups), telling), telling)
    if telling.lang == "en":
        groups = _with_own_day(groups)
    groups = [g for g in groups if g.score() > 0] or groups
    groups = [g for g in groups if any(not m.is_attribute for m in g.mentions)] or groups
    if not groups:
        return []
    # What follows a second dateline is another article.
    first = 0 if _has_story(telling) else min(group.segment for group in groups)
    groups = [group for group in groups if group.segment == first]
    if not groups:
        return []
    main = _main_of(groups, groups, telling)
    if _is_aside(main, telling):
        told = [g for g in groups if _is_told_first(g) and not _is_aside(g, telling)]
        if not told:
            return []
        main = _main_of(told, groups, telling)
    kept = [main]
    for group in groups:
        if group is main or _is_vague(group):
            continue
        if _opens_with_guest(group) or is_news(group, main, telling):
            kept.append(group)
    return kept


def _is_no_talk(group: Group, telling: Telling) -> bool:
    """Whether an English "call" is a demand, or the opening says that two held no talks."""
    if telling.lang == "en" and group.kind == "call":
        return is_appeal([(m.spoken, m.start) for m in group.mentions], telling.spoken)
    if telling.lang != "en" or any(m.weight > 1 or m.kind not in MEETINGS for m in group.mentions):
        return False
    return says_no_talks(s for s in telling.spoken if s.sentence.rank <= LEAD_SENTENCES)


def _main_of(groups: list[Group], order: list[Group], telling: Telling) -> Group:
    """What weighs most of some events, in the order in which an article tells them."""
    return max(groups, key=lambda g: (g.score(), _is_past(g, telling), -order.index(g)))


def _is_told_first(group: Group) -> bool:
    """Whether the headline tells of an event, or one of the first sentences with its day."""
    return bool(group.headline) or any(
        m.date_source == "clause" and m.people and m.spoken.sentence.rank < LEAD_SENTENCES
        for m in group.mentions
    )


def _is_aside(group: Group, telling: Telling) -> bool:
    """Whether an article tells of something only by the way, or does not say who met."""
    is_once = is_mentioned_once(group, telling) or is_old_act(group, telling)
    return _is_vague(group) or _is_stray(group, telling) or is_once


def _is_past(group: Group, telling: Telling) -> bool:
    return telling.anchor is None or group.days.first <= telling.anchor


def _without_declarations(groups: list[Group], telling: Telling) -> list[Group]:
    """Leave out what leaders declare together: it is part of their summit. A treaty is not."""
    summits = [g for g in groups if g.kind in ("summit", "trilateral_summit")]
    tables = [*summits, *(g for g in groups if g.kind == "ministerial")]
    return [
        group
        for group in groups
        if group.kind not in ("agreement", "statement")
        or any(is_signing(m, telling) for m in group.mentions)
        or not (
            any(is_declared_at(group, summit) for summit in summits)
            or any(_is_theirs(group, table) for table in tables)
        )
    ]


def _is_theirs(statement: Group, summit: Group) -> bool:
    """Whether those who met that day state something together, and nobody is named.

    What somebody says of it some days later has the day of the report.
    """
    ago = (statement.days.first - summit.days.last).days
    is_told_of = statement.source == "reporting" and 0 <= ago <= _TOLD_OF_DAYS
    countries = {c for m in statement.mentions for c in m.countries}
    return (
        statement.kind == "statement"
        and countries - PAIR != set()
        and not any(m.people for m in statement.mentions)
        and countries == {c for m in summit.mentions for c in m.countries}
        and (is_told_of or statement.days.overlaps(summit.days))
    )


def _has_story(telling: Telling) -> bool:
    """Whether what stands before the first further article is an article itself."""
    body = [s for s in telling.spoken if s.sentence.role == "body" and not s.sentence.segment]
    return len(body) >= A_STORY


def _without_words_of_calls(groups: list[Group]) -> list[Group]:
    """Leave out talks that are told in words that fit the call of that day as well."""
    calls = [g for g in groups if g.kind == "call"]
    return [
        group
        for group in groups
        if group.kind not in ("summit", "ministerial")
        or any(m.kind == "visit" for m in group.mentions)
        or not any(is_told_of_call(group, c) and c.days.overlaps(group.days) for c in calls)
    ]


def _with_own_day(groups: list[Group]) -> list[Group]:
    """Put a protest that is dated by who told of it with the day that is then told for it."""
    kept: list[Group] = []
    for group in groups:
        own = next((g for g in groups if g is not group and _is_day_of(g, group)), None)
        if own is None:
            kept.append(group)
            continue
        own.mentions += group.mentions
        own.headline += group.headline
    return kept


def _is_day_of(own: Group, told: Group) -> bool:
    """Whether a group has the day of the protest that another tells by the day of the report."""
    ago = (told.days.first - own.days.first).days
    is_protest = own.kind == told.kind == "dispute" and own.segment == told.segment
    is_dated = own.source == "clause" and told.source == "reporting"
    return is_protest and is_dated and 0 < ago <= TRIP_DAYS


def _without_shunned(groups: list[Group], telling: Telling) -> list[Group]:
    """Leave out the ceremony that one side kept away from: the staying away is the news."""
    shunned = telling.words.cues["shunned"]
    shuns = [
        g
        for g in groups
        if g.kind == "dispute" and any(shunned.search(m.spoken.sentence.text) for m in g.mentions)
    ]
    missed = [_take_day_of_ceremony(shun, groups) for shun in shuns]
    return [
        group
        for group in groups
        if group.kind != "anniversary"
        or group not in missed
        and (
            not any(shunned.search(m.spoken.sentence.text) for m in group.mentions)
            or not any(group.days.overlaps(other.days) for other in shuns)
        )
    ]


def _take_day_of_ceremony(shun: Group, groups: list[Group]) -> Group | None:
    """The ceremony that somebody said a day or two before not to attend; that is its day too."""
    ceremonies = [
        g
        for g in groups
        if g.kind == "anniversary"
        and not any(m.people for m in g.mentions)
        and 0 < (g.days.first - shun.days.first).days <= TRIP_DAYS
    ]
    if not ceremonies:
        return None
    missed = min(ceremonies, key=lambda g: g.days.first)
    shun.days = missed.days
    return missed


def _without_journeys(groups: list[Group], telling: Telling) -> list[Group]:
    """Leave out coming and going: a visit with talks is one event, on the day of the talks."""
    talks = [g for g in groups if g.kind in ("summit", "ministerial", "trilateral_summit")]
    return [
        group
        for group in groups
        if {m.kind for m in group.mentions} != {"visit"}
        or not any(other is not group and _is_journey_to(group, other) for other in talks)
        or (telling.lang != "en" and _is_errand(group, telling))
    ]


def _is_errand(visit: Group, telling: Telling) -> bool:
    """Whether experts or envoys travel, whom the article opens with: no part of leaders' talks."""
    if _is_of_guest(visit):
        return True
    return any(
        not m.people and not m.level and m.spoken.sentence.rank <= 1 for m in visit.mentions
    ) and any(
        telling.words.cues["delegation"].search(m.spoken.sentence.text[: m.end])
        for m in visit.mentions
    )


def _is_of_guest(group: Group) -> bool:
    """Whether a leader received somebody out of government, and nothing else is told."""
    return all(
        m.kind == "visit" and is_guest(m.spoken.sentence.text[m.start : m.end])
        for m in group.mentions
    )


def _opens_with_guest(group: Group) -> bool:
    """Whether an article opens with a guest on a day of his own."""
    return _is_of_guest(group) and any(
        m.date_source == "clause" and m.spoken.sentence.rank <= 1 for m in group.mentions
    )


def _with_their_talks(groups: list[Group]) -> list[Group]:
    """Let the last day of a stay begin with the talks of the day before: one event."""
    kept: list[Group] = []
    for group in groups:
        talks = next((g for g in groups if g is not group and _is_stay_after(group, g)), None)
        if talks is None:
            kept.append(group)
            continue
        talks.days = Days(talks.days.first, group.days.last, "RANGE")
        talks.mentions += group.mentions
        talks.headline += group.headline
    return kept


def _is_stay_after(stay: Group, talks: Group) -> bool:
    """Whether a visit goes on a day or two after the talks that it was for."""
    is_visit = stay.dated_by is not None and stay.dated_by.kind == "visit"
    if (
        not is_visit
        or _is_of_guest(stay)
        or stay.kind not in ("summit", "visit")
        or talks.kind != "summit"
    ):
        return False
    if not any(m.kind == "summit" and m is talks.dated_by for m in talks.mentions):
        return False
    people = {p.slug for m in stay.mentions for p in m.people}
    others = {p.slug for m in talks.mentions for p in m.people}
    gap = (stay.days.first - talks.days.first).days
    return 0 < gap <= TRIP_DAYS and (not others or bool(people & others))


def _is_journey_to(visit: Group, talks: Group) -> bool:
    if not -TRIP_DAYS <= (visit.days.first - talks.days.first).days <= TRIP_DAYS:
        return False
    people = {p.slug for m in visit.mentions for p in m.people}
    others = {p.slug for m in talks.mentions for p in m.people}
    return not people or not others or bool(people & others)


def _is_no_report(telling: Telling) -> bool:
    """Whether a piece argues, reviews or looks back by its title, or opens with a survey."""
    title = telling.title.sentence.text if telling.title else ""
    is_survey = opens_with_survey(telling.spoken, telling.words)
    return is_survey or bool(page_words()["genre"].search(title))


def _opens_with(group: Group, telling: Telling) -> bool:
    """Whether the first sentences tell of something with a day just past, or to come."""
    if telling.anchor is not None and (telling.anchor - group.days.last).days > SECOND_PAST_DAYS:
        return False
    if group.days.grain == "MONTH":
        return False
    is_of_today = telling.anchor is not None and (telling.anchor - group.days.last).days <= 1
    reach = 2 * LEAD_SENTENCES if is_of_today else LEAD_SENTENCES
    return any(
        m.date_source in ("clause", "sentence") and m.spoken.sentence.rank < reach
        for m in group.mentions
    )


def _is_beside(group: Group, opening: list[Group]) -> bool:
    """Whether talks of two have their day from the talks of three that an article opens with."""
    return group.source == "occasion" and any(g.days.overlaps(group.days) for g in opening)


def _is_stray(group: Group, telling: Telling) -> bool:
    """Whether a meeting is told of far down only, without its headline and without both sides."""
    return (
        group.kind in MEETINGS
        and not group.headline
        and all(
            m.is_inherited
            and m.spoken.sentence.rank > LEAD_SENTENCES
            and not has_both(m)
            and not is_with_counterpart(m, telling)
            for m in group.mentions
        )
    )


def _is_vague(group: Group) -> bool:
    """Whether nothing says who met: neither leaders nor ministers."""
    return {m.kind for m in group.mentions} == {"meeting"} and group.level == ""
