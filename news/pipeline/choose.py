"""Choose which of the events an article tells are its news."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.dates import Days
from news.pipeline.lexicon import page_words
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import LEAD_SENTENCES, Group
from news.pipeline.sides import POLICIES
from news.pipeline.telling import Telling

# A second event already past may be told as news for a few days only.
SECOND_PAST_DAYS = 4
# Coming and going lies this near the talks of a visit.
TRIP_DAYS = 2
# Two meetings of the same people this close are one, told by two of its days.
SAME_STAY_DAYS = 5
A_STORY = 2  # body sentences that make an article
EARLY = 6  # body sentences that may tell of a second event without naming both sides


def choose(groups: list[Group], telling: Telling) -> list[Group]:
    """The main event, and the others that the article tells as news too; the main one first."""
    if _opens_abroad(telling):
        groups = [g for g in groups if not _is_told_in_passing(g, telling)]
    if _is_undecided(telling):
        groups = [g for g in groups if telling.anchor is None or g.days.first <= telling.anchor]
    if _is_no_report(telling):
        groups = [g for g in groups if _opens_with(g, telling)]
    groups = _without_declarations(_without_journeys(_with_their_talks(groups)), telling)
    groups = _without_shunned(_without_subjects(groups), telling)
    groups = [g for g in groups if g.score() > 0] or groups
    groups = [g for g in groups if any(not m.is_attribute for m in g.mentions)] or groups
    if not groups:
        return []
    # What follows a second dateline is another article.
    first = 0 if _has_story(telling) else min(group.segment for group in groups)
    groups = [group for group in groups if group.segment == first]
    if not groups:
        return []
    main = max(groups, key=lambda g: (g.score(), -groups.index(g)))
    if _is_vague(main) or _is_stray(main) or _is_mentioned_once(main, telling):
        return []
    kept = [main]
    for group in groups:
        if group is not main and not _is_vague(group) and _is_news(group, main, telling):
            kept.append(group)
    return kept


def _without_declarations(groups: list[Group], telling: Telling) -> list[Group]:
    """Leave out what leaders declare together: it is part of their summit. A treaty is not."""
    summits = [g for g in groups if g.kind in ("summit", "trilateral_summit")]
    return [
        group
        for group in groups
        if group.kind not in ("agreement", "statement")
        or any(_is_signing(m, telling) for m in group.mentions)
        or not any(_is_declared_at(group, summit) for summit in summits)
    ]


def _is_declared_at(group: Group, summit: Group) -> bool:
    people = {p.slug for m in group.mentions for p in m.people}
    others = {p.slug for m in summit.mentions for p in m.people}
    return len(people & others) > 1 and group.days.overlaps(summit.days)


def _has_story(telling: Telling) -> bool:
    """Whether what stands before the first further article is an article itself."""
    body = [s for s in telling.spoken if s.sentence.role == "body" and not s.sentence.segment]
    return len(body) >= A_STORY


def _without_subjects(groups: list[Group]) -> list[Group]:
    """Leave out disputes that leaders of both sides only talked about that day."""
    talks = [g for g in groups if g.kind in ("summit", "call", "trilateral_summit")]
    return [
        group
        for group in groups
        if group.kind != "dispute" or not any(_is_declared_at(group, other) for other in talks)
    ]


def _without_shunned(groups: list[Group], telling: Telling) -> list[Group]:
    """Leave out the ceremony that one side kept away from: the staying away is the news."""
    shunned = telling.words.cues["shunned"]
    shuns = [
        g
        for g in groups
        if g.kind == "dispute" and any(shunned.search(m.spoken.sentence.text) for m in g.mentions)
    ]
    return [
        group
        for group in groups
        if group.kind != "anniversary"
        or not any(shunned.search(m.spoken.sentence.text) for m in group.mentions)
        or not any(group.days.overlaps(other.days) for other in shuns)
    ]


def _without_journeys(groups: list[Group]) -> list[Group]:
    """Leave out coming and going: a visit with talks is one event, on the day of the talks."""
    talks = [g for g in groups if g.kind in ("summit", "ministerial", "trilateral_summit")]
    return [
        group
        for group in groups
        if {m.kind for m in group.mentions} != {"visit"}
        or not any(_is_journey_to(group, other) for other in talks)
    ]


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
    if not is_visit or stay.kind not in ("summit", "visit") or talks.kind != "summit":
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


def _is_undecided(telling: Telling) -> bool:
    """Whether officials say in the first paragraphs that nothing of what is planned is fixed."""
    words = telling.words.cues["undecided"]
    return any(
        s.sentence.rank <= LEAD_SENTENCES and words.search(s.sentence.text) for s in telling.spoken
    )


def _is_no_report(telling: Telling) -> bool:
    """Whether the title says that a piece argues, reviews or looks back."""
    title = telling.title.sentence.text if telling.title else ""
    return bool(page_words()["genre"].search(title))


def _opens_with(group: Group, telling: Telling) -> bool:
    """Whether the first sentences tell of something with a day just past, or to come."""
    if telling.anchor is not None and (telling.anchor - group.days.last).days > SECOND_PAST_DAYS:
        return False
    return any(
        m.date_source in ("clause", "sentence") and m.spoken.sentence.rank < LEAD_SENTENCES
        for m in group.mentions
    )


def _opens_abroad(telling: Telling) -> bool:
    """Whether an article opens with a third country and without one of the two.

    What it tells of the two is then told in passing.
    """
    opening = [s for s in telling.spoken if s.sentence.rank == 0 and s.sentence.role == "body"]
    opening += [telling.title] if telling.title else []
    acting = {country for s in opening for country in s.scene.acting()}
    return bool(acting - PAIR) and not acting >= PAIR


_STEP = re.compile(
    r"\bhad\b|, (?:who|after|fresh from)\b|\bafter\b|마친|끝낸|앞서|다녀온|거쳐|뒤\s"
    r"|先立|終え|経て|している|後、",
    re.IGNORECASE,
)


def _is_told_in_passing(group: Group, telling: Telling) -> bool:
    """Whether something past is only a step on the way to what an article about others tells."""
    if group.headline or telling.anchor is None or group.days.first > telling.anchor:
        return False
    told = {m.spoken.sentence.index for m in group.mentions if not m.is_inherited}
    if len(told) > 2:
        return False  # gone into: the page has two stories
    if all(m.is_attribute for m in group.mentions):
        return True
    first = min(group.mentions, key=lambda m: m.spoken.sentence.rank).spoken.sentence
    return first.rank > 0 and bool(_STEP.search(first.text))


def _is_stray(group: Group) -> bool:
    """Whether a meeting is told of far down only, without its headline and without both sides."""
    return (
        group.kind in MEETINGS
        and not group.headline
        and all(
            m.is_inherited and m.spoken.sentence.rank > LEAD_SENTENCES and not _has_both(m)
            for m in group.mentions
        )
    )


def _is_mentioned_once(group: Group, telling: Telling) -> bool:
    """Whether one sentence, not among the first, looks back on a meeting some days old."""
    told = {m.spoken.sentence.rank for m in group.mentions}
    before = [s for s in telling.spoken if s.sentence.rank < min(told)]
    return (
        any(s.scene.acting() & PAIR and not s.scene.acting() >= PAIR for s in before)
        and group.kind in MEETINGS
        and not group.headline
        and len(told) == 1
        and min(told) >= 2
        and telling.anchor is not None
        and (telling.anchor - group.days.last).days > SECOND_PAST_DAYS
    )


def _is_vague(group: Group) -> bool:
    """Whether nothing says who met: neither leaders nor ministers."""
    return {m.kind for m in group.mentions} == {"meeting"} and group.level == ""


def _is_news(group: Group, main: Group, telling: Telling) -> bool:
    if group.segment != main.segment or group.dated_by is None:
        return False
    kinds = {m.kind for m in group.mentions}
    is_open = _names_both(group) or _is_dated_early(group, main) or group.source == "occasion"
    if not (is_open or kinds <= {*POLICIES, "anniversary"}):
        return False
    if all(m.weight < 2 for m in group.mentions) and not kinds <= set(POLICIES):
        return False
    plain = [m for m in group.mentions if not m.is_attribute]
    if not plain:
        return False
    if kinds <= set(POLICIES):
        return _is_second_policy(group, main, telling)
    if kinds == {"visit"} or (kinds == {"meeting"} and group.level == ""):
        return False
    if all(m.is_inherited and not m.is_three for m in plain) and group.source == "sentence":
        return False
    main_kinds = {m.kind for m in main.mentions}
    if kinds <= {"ministerial", "meeting"} and "ministerial" in main_kinds and _is_courtesy(group):
        return False
    # Ministers who announce a settlement met to do so: one event.
    is_part = main_kinds & set(POLICIES) and group.days.overlaps(main.days)
    is_talk = kinds & {"call", "summit", "trilateral_summit", "anniversary"}
    is_inner = _is_of_three(main) and not _is_of_three(group) and _names_both(group)
    if is_part and not is_talk and not is_inner and not _is_of_others(group, main):
        return False
    if kinds == {"anniversary"} and main.kind != "anniversary":
        if main.kind in POLICIES and group.days.overlaps(main.days):
            return False  # a ceremony stayed away from, or spoken at
        return any(_is_remembrance(m, telling) for m in plain)
    if group.days.overlaps(main.days) and (
        (_shadowed(kinds, main_kinds) and _is_of_three(group) == _is_of_three(main))
        or _is_same_company(group, main)
    ):
        return False
    if not _is_connected(group, main) or _is_retold(group, main):
        return False
    told_on = telling.anchor or main.days.first
    return (told_on - group.days.last).days <= SECOND_PAST_DAYS


def _is_second_policy(group: Group, main: Group, telling: Telling) -> bool:
    """Whether a signing beside a summit, or a statement answered by another, is news too."""
    told_on = telling.anchor or main.days.first
    if (told_on - group.days.last).days > SECOND_PAST_DAYS:
        return False
    plain = [m for m in group.mentions if not m.is_attribute]
    if group.kind == "agreement" and main.kind not in POLICIES:
        return _is_settled_first(plain, main) or any(
            _is_signing(m, telling) and _is_told_well(m) for m in plain
        )
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
    if group.kind == main.kind == "statement":
        people = {p.slug for m in plain for p in m.people}
        others = {p.slug for m in main.mentions if m.date_source == "clause" for p in m.people}
        return bool(people - others) and not group.days.overlaps(main.days)
    return False


def _is_settled_first(plain: list[Mention], main: Group) -> bool:
    """Whether an article opens with what ministers settled, and leaders then spoke of it."""
    others = {p.slug for m in main.mentions for p in m.people}
    return any(
        m.kind == "agreement"
        and m.spoken.sentence.rank == 0
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
    return any(m.weight >= 2 and _has_both(m) for m in group.mentions)


def _has_both(mention: Mention) -> bool:
    if {p.country for p in mention.people} >= PAIR:
        return not mention.is_inherited or mention.tense == "past"
    is_bloc = any(b.countries >= PAIR for b in mention.spoken.scene.blocs)
    return mention.weight == 3 and is_bloc and not mention.is_inherited


def _is_connected(group: Group, main: Group) -> bool:
    """Whether two events share people or days; if not, the page holds two stories."""
    people = {p.slug for m in group.mentions for p in m.people}
    others = {p.slug for m in main.mentions for p in m.people}
    if not people or not others or people & others:
        return True
    gap = max((group.days.first - main.days.last).days, (main.days.first - group.days.last).days)
    return gap <= 3


def _is_told_well(mention: Mention) -> bool:
    """Whether something past is told with its day, or right at the start."""
    is_dated = mention.date_source in ("clause", "sentence")
    return mention.tense == "past" and (is_dated or mention.spoken.sentence.rank <= 2)


def _is_signing(mention: Mention, telling: Telling) -> bool:
    """Whether a treaty or the like is signed; the declaration of a summit is part of it."""
    cues = telling.words.cues
    text = mention.spoken.sentence.text[mention.start : mention.end]
    return bool(cues["instrument"].search(text) and cues["signed"].search(text))


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
    return any(p.level == "leader" for p in named) and bool(
        mention.weight == 3 or words.search(mention.spoken.sentence.text)
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
