"""Put the tellings of one event together."""

from __future__ import annotations

from dataclasses import dataclass, field

from news.pipeline.actors import PAIR
from news.pipeline.at_leisure import is_at_leisure, is_of_talks
from news.pipeline.borrowed import (
    borrowed_day,
    day_of_signing,
    has_other_host,
    is_rite_of_other_day,
    is_said_at_other_talks,
    is_series,
    same_day,
    same_trip,
)
from news.pipeline.dates import Days
from news.pipeline.families import family_of, is_taken_back
from news.pipeline.headline import told_in_lead, told_of_pair
from news.pipeline.mentions import MEETINGS, Mention, days_of, is_other_table
from news.pipeline.occasions import edition_days, is_aside
from news.pipeline.recast import as_told, is_conversation
from news.pipeline.sides import POLICIES
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed
from news.pipeline.twin_rites import apart
from news.pipeline.undated import (
    LEAD_SENTENCES,
    agrees,
    around,
    dated_above,
    day_of_chronicle,
    day_of_press,
    day_of_story,
    is_apart,
    is_of_nobody,
    is_some_day,
    sets_day,
    sets_scene,
)
from news.pipeline.usable import (
    brings_third,
    is_errand_beside,
    is_named_pair,
    is_of_pair,
    is_of_strangers,
    is_other_speech,
    is_rite_beside,
    is_titled,
    is_titled_by_name,
    is_usable,
)

# What a telling weighs by the sentence it stands in.
_EARLY = (3.0, 2.0, 1.5, 1.2, 1.2, 1.0, 1.0, 0.7)


@dataclass
class Group:
    """All mentions of one event. `source`: clause, sentence, reporting, lead, edition, occasion."""

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
    def segment(self) -> int:
        return self.mentions[0].spoken.sentence.segment

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
    early = _EARLY[min(max(place, 0), len(_EARLY) - 1)]
    attribute = 0.5 if mention.is_attribute else 1.0
    inherited = 0.7 if mention.is_inherited else 1.0
    return mention.weight * early * attribute * inherited


def gather(telling: Telling) -> list[Group]:
    """All that an article tells, one group for each event."""
    usable = [as_told(m, telling) for m in telling.mentions if is_usable(m, telling)]
    titled = [m for m in telling.headline if is_titled(m)]
    groups: list[Group] = []
    for mention in usable:
        days = days_of(mention)
        if days is not None and days.grain in ("DAY", "RANGE"):
            _join(groups, mention, days)
    undated = [m for m in usable if days_of(m) is None or _is_coarse(m)]
    for mention in undated:
        _attach(groups, mention, telling)
    groups = _without_echoes(groups)
    for mention in titled:
        for group in groups:
            if _fits(group, mention, days_of(mention)):
                group.headline.append(mention)
                break
        else:
            found = told_in_lead(mention, telling)
            days = days_of(found) if found else None
            if found and days:
                groups.append(Group(days, found.timed, found, "lead", [found], [mention]))
    pair = None if groups else told_of_pair(telling)
    if pair is not None and (days := days_of(pair)) is not None:
        groups.append(Group(days, pair.timed, pair, "lead", [pair]))
    return apart(groups, telling.lang)


def _is_coarse(mention: Mention) -> bool:
    days = days_of(mention)
    return days is not None and days.grain in ("WEEK", "MONTH")


def _fits(group: Group, mention: Mention, days: Days | None) -> bool:
    """Whether a mention may tell of a group's event."""
    family = {family_of(m) for m in group.mentions}
    own = family_of(mention)
    # A meeting whose level is not told may be of ministers.
    loose = mention.kind == "meeting" and not mention.level
    vague = {m.kind for m in group.mentions} == {"meeting"}
    if own == "anniversary" and has_other_host(group, mention):
        return False
    if any(is_other_table(m, mention) or is_errand_beside(m, mention) for m in group.mentions):
        return False
    if any(is_other_speech(m, mention) or is_rite_beside(m, mention) for m in group.mentions):
        return False
    # "3カ国の次官が向き合うのは初めて" says no more of three; who then meet by themselves do.
    is_besides = own == "ministerial" and "three_ministers" in family and is_of_pair(mention)
    is_besides = is_besides and not any(is_of_pair(m) for m in group.mentions)
    fits = (
        (own in family and not is_besides)
        or (own == "ministerial" and "three_ministers" in family and not is_of_pair(mention))
        or (
            own == "three_ministers"
            and "ministerial" in family
            and not any(is_of_pair(m) for m in group.mentions)
            and not brings_third(mention)
        )
        or (loose and bool(family & {"ministerial", "three_ministers", "three", "meeting"}))
        or (own == "meeting" and "call" in family and _is_echo(group, mention))
        or (vague and own in ("ministerial", "three_ministers", "meeting", "three"))
    )
    return fits and (days is None or days.overlaps(group.days))


def _join(groups: list[Group], mention: Mention, days: Days) -> None:
    for group in groups:
        if _fits(group, mention, days) and mention.spoken.sentence.segment == group.segment:
            group.mentions.append(mention)
            _sharpen(group, mention, days)
            return
    groups.append(Group(days, mention.timed, mention, mention.date_source, [mention]))


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
        if mention.spoken.sentence.segment != group.segment:
            continue
        if _is_later_journey(group, mention) or _is_to_come(group, mention, telling):
            continue
        if is_series(group, mention, telling):
            continue
        if is_rite_of_other_day(group, mention, telling):
            continue
        if is_said_at_other_talks(group, mention, telling):
            continue
        if _is_of_day_before(group, mention, telling):
            continue
        if _fits(group, mention, None) and not _separate(group, mention):
            group.mentions.append(mention)
            return
    if mention.is_attribute and groups:
        return
    found = edition_days(mention, telling)
    source = "edition"
    if found is None and mention.tense == "future" and is_aside(mention):
        found, coarse = same_trip(groups), days_of(mention)
        if found and coarse and not coarse.overlaps(found[0]):
            found = None  # "beside the summit of next month", told with talks of tomorrow
    if found is None and mention.kind in ("anniversary", "statement", "dispute"):
        found, source = same_day(groups, mention), "lead"
    if found is None:
        found, source = day_of_signing(groups, mention), "occasion"
    if found is None and (found := borrowed_day(groups, mention, telling)):
        source = "occasion"
    if found is None:
        found, source = _lead_days(mention, telling)
    if found is None:
        found, source = day_of_story(mention, telling), "lead"
    found = found or day_of_chronicle(mention, telling) or day_of_press(mention, telling)
    if found is None:
        return
    days, timed = found
    groups.append(Group(days, timed, mention, source, [mention]))


def _without_echoes(groups: list[Group]) -> list[Group]:
    """Groups, those of mere "agreed" or "told" put with the call or the talks of that day."""
    kept: list[Group] = []
    echoes = [g for g in groups if all(m.weight == 1 and m.kind in MEETINGS for m in g.mentions)]
    for group in groups:
        if group not in echoes:
            kept.append(group)
    for echo in echoes:
        home = next((g for g in kept if _is_home_of(g, echo)), None)
        if home is None:
            kept.append(echo)
        else:
            home.mentions.extend(echo.mentions)
    return kept


def _is_home_of(group: Group, echo: Group) -> bool:
    is_talk = any(m.kind in MEETINGS and m.kind != "visit" for m in group.mentions)
    countries = {c for m in group.mentions for c in m.countries}
    return (
        is_talk
        and group.segment == echo.segment
        and group.days.overlaps(echo.days)
        and countries == {c for m in echo.mentions for c in m.countries}
        and any(_is_echo(group, m) for m in echo.mentions)
    )


def _is_echo(group: Group, mention: Mention) -> bool:
    """Whether those who had a call "agreed" or "confirmed" something: words that tell no kind."""
    people = {p.slug for m in group.mentions for p in m.people}
    # "The talks were at his request", right after a call: no other talks.
    goes_on = mention.is_inherited and mention.timed is None and mention.weight == 2
    goes_on = goes_on and mention.spoken.context == PAIR
    goes_on = goes_on or is_conversation(mention)
    return (mention.weight == 1 or goes_on) and bool(people & {p.slug for p in mention.people})


def _is_to_come(group: Group, mention: Mention, telling: Telling) -> bool:
    """Whether a mention says what was agreed, and the group is of a day still to come."""
    is_act = telling.lang == "en" and mention.kind in (*POLICIES, "anniversary")
    if telling.anchor is None or (mention.weight > 1 and not is_act) or mention.tense != "past":
        return False
    return group.days.first > telling.anchor


def _is_later_journey(group: Group, mention: Mention) -> bool:
    """Whether a group is only of coming or going, and told of after the talks."""
    return (
        {m.kind for m in group.mentions} == {"visit"}
        and mention.kind != "visit"
        and (mention.spoken.sentence.rank < min(m.spoken.sentence.rank for m in group.mentions))
    )


def _is_of_day_before(group: Group, mention: Mention, telling: Telling) -> bool:
    """Whether the opening dates talks, and a group is only of the walk on the next day."""
    if not is_of_talks(mention) or not is_at_leisure(group.mentions):
        return False
    found, _source = _lead_days(mention, telling)
    return found is not None and (group.days.first - found[0].last).days == 1


def _separate(group: Group, mention: Mention) -> bool:
    """Whether a mention tells of another event than the group in spite of its kind.

    "Agreed to meet at the summit" said of a past meeting is a new one.
    """
    days = days_of(mention)
    if days is None or days.grain not in ("WEEK", "MONTH"):
        return False
    # Who "is in Japan this week" may have come on Sunday.
    gap = 1 if mention.kind == group.kind == "visit" else 0
    return not days.overlaps(group.days) and (days.first - group.days.last).days != gap


def _is_titled(mention: Mention, telling: Telling) -> bool:
    titled = any(family_of(m) == family_of(mention) and is_titled(m) for m in telling.headline)
    return titled or (mention.kind not in POLICIES and is_titled_by_name(mention, telling))


def _may_open(mention: Mention, telling: Telling, titled: bool) -> bool:
    """Whether an undated mention stands where an article says what it is about."""
    place = mention.spoken.sentence.rank
    if is_taken_back(mention, telling) or is_some_day(mention, telling.lang):
        return False
    if mention.spoken.sentence.segment > 0 or place >= LEAD_SENTENCES + (2 if titled else 0):
        return False
    if mention.weight < 2 and not (titled or is_named_pair(mention, telling)):
        return False
    near = 3 if telling.lang == "en" and mention.spoken.has_issue else 1
    if mention.kind == "dispute" and mention.is_inherited and place > near and not titled:
        return False  # a memory, not the news
    is_late_visit = mention.kind == "visit" and place > 1
    return not is_late_visit or titled or is_named_pair(mention, telling)


def _lead_days(mention: Mention, telling: Telling) -> tuple[tuple[Days, Timed | None] | None, str]:
    """The days of an undated event that the article opens with."""
    titled = _is_titled(mention, telling)
    if not _may_open(mention, telling, titled):
        return (None, "")
    told: tuple[Days, Timed] | None = None
    coarse = days_of(mention)
    if telling.lang == "en" and coarse is not None and mention.tense == "future":
        return ((coarse, mention.timed), "clause")  # "agreed to hold a summit in September"
    own = None if mention.is_inherited else days_of(mention)  # "in January": no day of now
    for spoken in around(mention, telling):
        is_early_caption = spoken.sentence.role == "caption" and spoken.sentence.index <= 2
        if spoken.sentence.role != "body" and not is_early_caption:
            continue
        touched = spoken.scene.touched()
        if is_of_strangers(spoken, mention) or (told and is_apart(spoken, mention, telling)):
            continue
        is_first = spoken.sentence.rank == 0 and is_named_pair(mention, telling)
        known = touched | (spoken.article if titled or is_first else spoken.context)
        is_scene = sets_day(spoken, telling)
        if spoken is not mention.spoken and touched and not known >= PAIR and not is_scene:
            continue  # a day on which one of the two did something at home
        for timed in spoken.dates:
            days = timed.days
            if days is None or days.grain not in ("DAY", "RANGE"):
                continue
            is_loose = timed.phrase.shape == "offset" and not sets_scene(spoken)
            if is_loose and is_of_nobody(spoken, mention, telling):
                continue  # "Here is what is in the news today"
            if own is not None and not own.overlaps(days):
                continue
            if own is not None and own.grain == "MONTH" and spoken is not mention.spoken:
                continue  # "earlier this month he phoned": not on the day told before
            if timed.owner == "event" and agrees(timed, days, mention, telling.anchor):
                return ((days, timed), "lead")
            if timed.owner == "reporting" and told is None:
                told = (days, timed)
    if told is None and mention.tense != "future":
        told = dated_above(telling)
    coarse = days_of(mention)
    if coarse is not None and mention.tense == "future":
        return ((coarse, mention.timed), "clause")
    if mention.tense != "future" and told is not None:
        return (told, "reporting")
    return (None, "")
