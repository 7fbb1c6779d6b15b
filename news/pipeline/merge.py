"""Put the tellings of one event together, and choose which events an article is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from news.pipeline.actors import PAIR
from news.pipeline.dates import Days
from news.pipeline.mentions import MEETINGS, Mention, days_of
from news.pipeline.occasions import edition_days, is_aside
from news.pipeline.sides import POLICIES, names_issue
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed

LEAD_SENTENCES = 4
# A second event already past may be told as news for a few days only.
SECOND_PAST_DAYS = 4
_FAMILIES = {
    "call": "call",
    "summit": "meeting",
    "visit": "meeting",
    "meeting": "meeting",
    "trilateral_summit": "three",
    "ministerial": "ministerial",
    "agreement": "policy",
    "dispute": "policy",
    "statement": "policy",
    "anniversary": "anniversary",
}


@dataclass
class Group:
    """All mentions of one event. `source` says where the date came from:
    clause, sentence, reporting, lead, edition. Publication alone dates nothing."""

    days: Days
    timed: Timed | None
    dated_by: Mention | None
    source: str
    mentions: list[Mention] = field(default_factory=list)
    headline: list[Mention] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """The kind most of the weight is on; a visit with talks is a summit."""
        scores: dict[str, float] = {}
        for mention in self.headline + self.mentions:
            if mention.kind != "meeting":
                scores[mention.kind] = scores.get(mention.kind, 0) + weight_of(mention)
        if not scores:
            return "ministerial" if self.level == "minister" else "summit"
        if "ministerial" in scores and set(scores) <= {"ministerial", "visit"}:
            return "ministerial"
        meets = "summit" in scores or self._meets_leaders()
        if meets and set(scores) <= {"summit", "visit"}:
            return "summit"
        return max(sorted(scores), key=lambda kind: scores[kind])

    @property
    def level(self) -> str:
        levels = [m.level for m in self.mentions + self.headline if m.level]
        if not levels:
            return ""
        return "leader" if levels.count("leader") >= levels.count("minister") else "minister"

    def _meets_leaders(self) -> bool:
        return any(m.kind == "meeting" and m.level == "leader" for m in self.mentions)

    def score(self) -> float:
        return sum(weight_of(m) for m in self.mentions) + 2 * sum(
            weight_of(m) for m in self.headline
        )


def weight_of(mention: Mention) -> float:
    """How much a mention counts: by its words, and by how early it stands."""
    place = mention.spoken.sentence.rank
    early = 3.0 if place <= 0 else 2.0 if place == 1 else 1.5 if place == 2 else 1.0
    attribute = 0.5 if mention.is_attribute else 1.0
    inherited = 0.7 if mention.is_inherited else 1.0
    return mention.weight * early * attribute * inherited


def merge(telling: Telling) -> list[Group]:
    """The events of an article, the main one first."""
    usable = [m for m in telling.mentions if _is_usable(m, telling)]
    titled = [m for m in telling.headline if not m.reason]
    groups: list[Group] = []
    for mention in usable:
        days = days_of(mention)
        if days is not None and days.grain in ("DAY", "RANGE"):
            _join(groups, mention, days)
    undated = [m for m in usable if days_of(m) is None or _is_coarse(m)]
    for mention in undated:
        _attach(groups, mention, telling)
    for mention in titled:
        for group in groups:
            if _fits(group, mention, days_of(mention)):
                group.headline.append(mention)
                break
    return _choose(groups, telling)


def _speaks_of_pair(mention: Mention, telling: Telling) -> bool:
    """Whether a sentence that names no sides still means the two: "they met"."""
    text = mention.spoken.sentence.text
    cues = telling.words.cues
    if mention.kind in POLICIES:
        if mention.kind == "dispute" and mention.spoken.scene.acting() & PAIR:
            return True
        return bool(cues["both"].search(text)) or names_issue(text, telling.words)
    if mention.people:
        return True
    return any(cues[key].search(text) for key in ("both", "leaders", "ministers", "each"))


def _is_usable(mention: Mention, telling: Telling) -> bool:
    role = mention.spoken.sentence.role
    if mention.reason or role == "caption":
        return False
    if role == "heading" and mention.spoken.sentence.index > 0:
        return False
    if mention.kind == "statement" and mention.is_inherited:
        return False
    if mention.is_inherited and mention.weight < 3 and not _speaks_of_pair(mention, telling):
        return False
    return mention.countries >= PAIR


def _is_coarse(mention: Mention) -> bool:
    days = days_of(mention)
    return days is not None and days.grain in ("WEEK", "MONTH")


def _family(mention: Mention) -> str:
    if mention.kind in ("meeting", "visit") and mention.level == "minister":
        return "ministerial"
    return _FAMILIES[mention.kind]


def _fits(group: Group, mention: Mention, days: Days | None) -> bool:
    """Whether a mention may tell of a group's event."""
    family = {_family(m) for m in group.mentions}
    own = _family(mention)
    # A meeting whose level is not told may be of ministers.
    loose = mention.kind == "meeting" and not mention.level
    vague = {m.kind for m in group.mentions} == {"meeting"}
    fits = (
        own in family
        or (loose and bool(family & {"ministerial", "three", "meeting"}))
        or (vague and own in ("ministerial", "meeting", "three"))
    )
    if not fits:
        return False
    return days is None or days.overlaps(group.days)


def _join(groups: list[Group], mention: Mention, days: Days) -> None:
    for group in groups:
        if _fits(group, mention, days) and mention.spoken.sentence.segment == _segment(group):
            group.mentions.append(mention)
            _sharpen(group, mention, days)
            return
    groups.append(Group(days, mention.timed, mention, mention.date_source, [mention]))


def _segment(group: Group) -> int:
    return group.mentions[0].spoken.sentence.segment


def _sharpen(group: Group, mention: Mention, days: Days) -> None:
    """Let a later mention correct the days: a day of talks within a stay."""
    narrower = days.first >= group.days.first and days.last <= group.days.last
    if narrower and days != group.days and mention.kind != "visit" and mention.weight >= 2:
        stays = any(m.kind == "visit" for m in group.mentions)
        last = group.days.last if stays else days.last
        grain = "RANGE" if last > days.first else "DAY"
        group.days = Days(days.first, last, grain)
        group.timed, group.dated_by = mention.timed, mention
    elif mention.kind == "visit" and days.first <= group.days.first and days.last > group.days.last:
        group.days = Days(group.days.first, days.last, "RANGE")


def _attach(groups: list[Group], mention: Mention, telling: Telling) -> None:
    """Give an undated mention to a group, or date it by where it stands."""
    for group in groups:
        if mention.spoken.sentence.segment != _segment(group):
            continue
        if _fits(group, mention, None) and not _separate(group, mention):
            group.mentions.append(mention)
            return
    found = edition_days(mention, telling)
    source = "edition"
    if found is None and mention.tense == "future" and is_aside(mention):
        found = _same_trip(groups)
    if found is None:
        found, source = _lead_days(mention, telling)
    if found is None:
        return
    days, timed = found
    groups.append(Group(days, timed, mention, source, [mention]))


def _same_trip(groups: list[Group]) -> tuple[Days, Timed | None] | None:
    """The days of the wider meeting that talks are planned on the sidelines of."""
    for group in groups:
        if group.mentions[0].kind in ("trilateral_summit", "visit", "ministerial"):
            return (group.days, group.timed)
    return None


def _separate(group: Group, mention: Mention) -> bool:
    """Whether a mention tells of another event than the group in spite of its kind.

    "Agreed to meet at the summit" said of a past meeting is a new one.
    """
    days = days_of(mention)
    if days is not None and days.grain in ("WEEK", "MONTH"):
        return not days.overlaps(group.days)
    return False


def _lead_days(mention: Mention, telling: Telling) -> tuple[tuple[Days, Timed | None] | None, str]:
    """The days of an undated event that the article opens with."""
    place = mention.spoken.sentence.rank
    titled = any(_family(m) == _family(mention) and not m.reason for m in telling.headline)
    if mention.spoken.sentence.segment > 0 or place >= LEAD_SENTENCES + (2 if titled else 0):
        return (None, "")
    if mention.weight < 2 and not titled:
        return (None, "")
    told: tuple[Days, Timed] | None = None
    lead = [s for s in telling.spoken if s.sentence.rank <= LEAD_SENTENCES]
    for spoken in lead:
        if spoken.sentence.role not in ("body", "caption"):
            continue
        for timed in spoken.dates:
            days = timed.days
            if days is None or days.grain not in ("DAY", "RANGE"):
                continue
            if timed.owner == "event" and _agrees(days, mention, telling.anchor):
                return ((days, timed), "lead")
            if timed.owner == "reporting" and told is None:
                told = (days, timed)
    coarse = days_of(mention)
    if coarse is not None and mention.tense == "future":
        return ((coarse, mention.timed), "clause")
    if mention.tense != "future" and told is not None:
        return (told, "reporting")
    return (None, "")


def _agrees(days: Days, mention: Mention, anchor: date | None) -> bool:
    if anchor is None or not mention.tense:
        return True
    if mention.tense == "future":
        return (anchor - days.last).days <= 1
    return (days.first - anchor).days <= 1


def _choose(groups: list[Group], telling: Telling) -> list[Group]:
    """The main event, and the others that the article tells as news too."""
    if not groups:
        return []
    # What follows a second dateline is another article.
    first = min(_segment(group) for group in groups)
    groups = [group for group in groups if _segment(group) == first]
    main = max(groups, key=lambda g: (g.score(), -groups.index(g)))
    if _is_vague(main):
        return []
    kept = [main]
    for group in groups:
        if group is not main and not _is_vague(group) and _is_news(group, main, telling):
            kept.append(group)
    return kept


def _is_vague(group: Group) -> bool:
    """Whether nothing says who met: neither leaders nor ministers."""
    return {m.kind for m in group.mentions} == {"meeting"} and group.level == ""


def _is_news(group: Group, main: Group, telling: Telling) -> bool:
    if _segment(group) != _segment(main) or group.dated_by is None:
        return False
    if group.source not in ("clause", "sentence", "edition") and not _names_both(group):
        return False
    plain = [m for m in group.mentions if not m.is_attribute]
    if not plain:
        return False
    kinds = {m.kind for m in group.mentions}
    if kinds <= set(POLICIES):
        return False
    if kinds == {"visit"} or (kinds == {"meeting"} and group.level == ""):
        return False
    if all(m.is_inherited for m in plain) and group.source == "sentence":
        return False
    main_kinds = {m.kind for m in main.mentions}
    if kinds <= {"ministerial", "meeting"} and "ministerial" in main_kinds and _is_courtesy(group):
        return False
    # Ministers who announce a settlement met to do so: one event.
    is_part = main_kinds & set(POLICIES) and group.days.overlaps(main.days)
    if is_part and not kinds & {"call", "summit", "trilateral_summit"}:
        return False
    if group.days.overlaps(main.days) and _shadowed(kinds, main_kinds):
        return False
    if not _is_connected(group, main):
        return False
    told_on = telling.anchor or main.days.first
    return (told_on - group.days.last).days <= SECOND_PAST_DAYS


def _is_courtesy(group: Group) -> bool:
    """Whether a minister, in town for talks, calls on a leader."""
    return any(p.level == "leader" for m in group.mentions for p in m.people)


def _names_both(group: Group) -> bool:
    """Whether a mention names who of both sides met, or says "the two met"."""
    return any(
        {p.country for p in m.people if p in m.spoken.scene.people} >= PAIR
        and not m.is_inherited
        and m.weight >= 2
        for m in group.mentions
    )


def _is_connected(group: Group, main: Group) -> bool:
    """Whether two events share people or days; if not, the page holds two stories."""
    people = {p.slug for m in group.mentions for p in m.people}
    others = {p.slug for m in main.mentions for p in m.people}
    if not people or not others or people & others:
        return True
    gap = max((group.days.first - main.days.last).days, (main.days.first - group.days.last).days)
    return gap <= 3


def _shadowed(kinds: set[str], main_kinds: set[str]) -> bool:
    """Whether two groups on one day are one event told in two ways."""
    if kinds <= {"ministerial", "meeting"} and main_kinds & {"call"}:
        return True
    return kinds <= set(MEETINGS) and kinds & main_kinds != set()
