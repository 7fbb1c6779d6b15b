"""Days that are remembered: dated milestones near publication, and their ceremonies."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from news.pipeline.actors import PAIR
from news.pipeline.clean import plain
from news.pipeline.dates import Days, make_day
from news.pipeline.evidence import make_evidence
from news.pipeline.lexicon import anniversary_words
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed
from news.pipeline.values import Draft, Evidence, KnownAnniversary

NEAR_DAYS = 90
JUST_DAYS = 2
_AT_HAND = 7  # days
_ORDINAL = re.compile(
    r"\b(\d{1,3})(?:(?:st|nd|rd|th)[- ](?:\w+ )?anniversary| years (?:to the day )?since)"
    r"|(?:제\s?)?(\d{1,3})\s?주년"
    r"|(\d{1,3})\s?周年|(\d{1,3})年(?:とな[るり]|目?を迎え|に(?:な[るり]|当た[るり]|あた[るり])|が(?:たつ|経つ|過ぎ)|の(?:日|節目))"
    r"|\b(anniversary|centenary)\b",
    re.IGNORECASE,
)
_REACH = 70  # characters between an anniversary and its date or its name
_TOPICS = {
    "normalization-treaty": ("normalization",),
    "basic-treaty-in-force": ("normalization",),
    "takeshima-day": ("territory",),
    "dokdo-day": ("territory",),
    "comfort-women-memorial-day": ("comfort_women",),
    "comfort-women-agreement-2015": ("comfort_women",),
    "japanese-culture-opening": ("culture",),
    "cjk-first-summit": ("trilateral_china",),
    "camp-david-summit": ("trilateral_us",),
    "gsomia": ("security",),
}


@dataclass(frozen=True, slots=True)
class _Found:
    spoken: Spoken
    span: tuple[int, int]
    ordinal: int | None
    known: KnownAnniversary
    day: date
    timed: Timed


def find_anniversaries(telling: Telling, known: tuple[KnownAnniversary, ...]) -> list[Draft]:
    """Drafts of dated milestones, and of ceremonies for them."""
    found: dict[date, _Found] = {}
    for spoken in telling.spoken:
        if spoken.sentence.role != "body":
            continue
        for hit in _milestones(spoken, telling, known):
            found.setdefault(hit.day, hit)
    return [_milestone_draft(hit, telling) for hit in found.values()]


def _milestones(
    spoken: Spoken, telling: Telling, known: tuple[KnownAnniversary, ...]
) -> list[_Found]:
    """The milestones of one sentence that have a day near publication."""
    text = spoken.sentence.text
    hits = list(_ORDINAL.finditer(text))
    result: list[_Found] = []
    for number, m in enumerate(hits):
        left = hits[number - 1].end() if number else 0
        right = hits[number + 1].start() if number + 1 < len(hits) else len(text)
        window = (max(left, m.start() - _REACH), min(right, m.end() + _REACH * 2))
        groups = [g for g in m.groups()[:4] if g]
        ordinal = int(groups[0]) if groups else None
        hit = _milestone(spoken, telling, known, m, ordinal, window)
        if hit is not None:
            result.append(hit)
    return result


def _milestone(
    spoken: Spoken,
    telling: Telling,
    known: tuple[KnownAnniversary, ...],
    m: re.Match[str],
    ordinal: int | None,
    window: tuple[int, int],
) -> _Found | None:
    """The milestone that an ordinal and one of the dates near it make."""
    words = spoken.sentence.text[window[0] : window[1]]
    for timed in _dates_near(spoken, m, window, telling.lang):
        if timed.days is None:
            continue
        named = _which(words, ordinal, timed.days, known)
        day = _day_of(named, ordinal, timed, telling.anchor)
        if named is None or day is None or not _is_near(day, telling.anchor):
            continue
        if _is_bygone(day, telling.anchor) and (
            _IN_PASSING.match(spoken.sentence.text, m.start()) or _is_below(spoken, telling)
        ):
            continue
        if set(named.countries) & PAIR and _concerns_both(spoken, telling):
            return _Found(spoken, m.span(), ordinal, named, day, timed)
    return None


# "The two have only just marked 20 years": where ties stand, weeks after the day.
_IN_PASSING = re.compile(
    r"[^。]{0,20}(?:迎え|経っ|過ぎ|祝っ|記念し)たばかり"
    r"|[^.]{0,20}(?:갓|막)\s(?:맞|지났|지난|넘)"
    r"|[^.]{0,20}(?:맞은|넘긴|지난) 지 (?:얼마|[가-힣0-9]+ (?:주|달|일))"
)
_BYGONE_DAYS = 7
_OPENING = 3  # body sentences that may say what an article is about


def _is_below(spoken: Spoken, telling: Telling) -> bool:
    """Whether a Korean or Japanese article only comes to a milestone far below its headline."""
    title = telling.title.sentence.text if telling.title else ""
    is_far = spoken.sentence.rank >= _OPENING and not telling.words.cues["jubilee"].search(title)
    return telling.lang != "en" and is_far


def _is_bygone(day: date, anchor: date | None) -> bool:
    return anchor is not None and (anchor - day).days > _BYGONE_DAYS


def _dates_near(
    spoken: Spoken, m: re.Match[str], window: tuple[int, int], lang: str
) -> list[Timed]:
    """The days told with a milestone, the likeliest first.

    English tells the day after the milestone, Korean and Japanese before it.
    """
    near = [
        t
        for t in spoken.dates
        if window[0] <= t.phrase.start < window[1]
        and t.days is not None
        and t.days.grain == "DAY"
        and t.owner in ("event", "background", "reporting", "aside")
    ]
    after_first = lang == "en"
    return sorted(
        near,
        key=lambda t: (
            (t.phrase.start >= m.end()) != after_first,
            min(abs(t.phrase.start - m.end()), abs(m.start() - t.phrase.end)),
        ),
    )


def _which(
    words: str, ordinal: int | None, days: Days, known: tuple[KnownAnniversary, ...]
) -> KnownAnniversary | None:
    """The known anniversary that words and numbers fit."""
    candidates = []
    for anniversary in known:
        pattern = anniversary_words().get(anniversary.slug)
        named = bool(pattern and pattern.search(words)) or any(
            plain(name).lower() in words.lower() for _, name in anniversary.names if name
        )
        if not named or anniversary.calendar != "solar":
            continue
        same_day = (anniversary.origin_on.month, anniversary.origin_on.day) == (
            days.first.month,
            days.first.day,
        )
        right_count = ordinal is None or anniversary.origin_on.year + ordinal == days.first.year
        if same_day or right_count:
            candidates.append((same_day, right_count, anniversary))
    if not candidates:
        return None
    return max(candidates, key=lambda c: (c[0], c[1], c[2].slug == "normalization-treaty"))[2]


def _day_of(
    named: KnownAnniversary | None, ordinal: int | None, timed: Timed, anchor: date | None
) -> date | None:
    """The day meant. "Two months later" is only about; the known day is exact."""
    if timed.days is None:
        return None
    told = timed.days.first
    if named is None:
        return None
    year = named.origin_on.year + ordinal if ordinal else told.year
    exact = make_day(year, named.origin_on.month, named.origin_on.day)
    if exact is None or exact == told:
        return exact
    # Another day beside the words is that of a ceremony or of a speech.
    vague = timed.phrase.shape == "later" and abs((exact - told).days) <= 20
    return exact if vague else None


def _is_near(day: date, anchor: date | None) -> bool:
    return anchor is None or abs((day - anchor).days) <= NEAR_DAYS


def _concerns_both(spoken: Spoken, telling: Telling) -> bool:
    """Whether Korea and Japan are both about, in the sentence or the article."""
    if spoken.scene.touched() >= PAIR or spoken.context >= PAIR:
        return True
    touched: frozenset[str] = frozenset()
    for said in telling.spoken:
        touched |= said.scene.touched()
    return touched >= PAIR


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


# Who is told to be at what marks the day.
_PRESENT = re.compile(
    r"\b(?:attend\w*|appear\w*|receptions?|ceremon\w+|part(?:y|ies)|guests?|celebrat\w+)\b", re.I
)


def _attending(hit: _Found, telling: Telling) -> list[Evidence]:
    """Leaders whom the sentence of a milestone names, if the day has just been.

    Also those whom the next one tells to be there, on a day near at hand.
    """
    if telling.anchor is None:
        return []
    at, ago = hit.spoken.sentence.index, (telling.anchor - hit.day).days
    near = [hit.spoken] if 0 <= ago <= JUST_DAYS else []
    if -_AT_HAND <= ago <= JUST_DAYS and _PRESENT.search(hit.spoken.sentence.text):
        near += [s for s in telling.spoken if s.sentence.index == at + 1]
    leaders = {
        p.slug: (s, p)
        for s in near
        for p in s.scene.people
        if p.level == "leader" and not p.is_former and p.country in PAIR
    }
    return [
        make_evidence(telling, s, (p.start, p.end), "participants", slug, "nearby", 0.5)
        for slug, (s, p) in leaders.items()
    ]


def _milestone_draft(hit: _Found, telling: Telling) -> Draft:
    slug = hit.known.slug
    topics = _TOPICS.get(slug, ("history",))
    status = "scheduled" if telling.anchor is None or hit.day > telling.anchor else "happened"
    span = (hit.timed.phrase.start, hit.timed.phrase.end)
    people = _attending(hit, telling)
    rows = [
        *people,
        make_evidence(telling, hit.spoken, hit.span, "kind", "anniversary", "milestone", 0.8),
        make_evidence(telling, hit.spoken, span, "start", hit.day.isoformat(), "clause", 0.8),
        make_evidence(telling, hit.spoken, span, "end", hit.day.isoformat(), "clause", 0.8),
        make_evidence(telling, hit.spoken, span, "status", status, "date", 0.8),
        make_evidence(telling, hit.spoken, hit.span, "countries", "KR", "milestone", 0.6),
        make_evidence(telling, hit.spoken, hit.span, "countries", "JP", "milestone", 0.6),
        *(
            make_evidence(telling, hit.spoken, hit.span, "topics", topic, "milestone", 0.6)
            for topic in topics
        ),
    ]
    name = next((n for lang, n in hit.known.names if lang == "en"), "")
    ordinal = f"{_ordinal(hit.ordinal)} anniversary" if hit.ordinal else "Anniversary"
    return Draft(
        kind="anniversary",
        starts_on=hit.day,
        ends_on=hit.day,
        precision="DAY",
        status=status,
        participants=tuple(row.value for row in people),
        countries=("KR", "JP"),
        city="",
        topics=topics,
        occasion="",
        channel="",
        minutes=None,
        anniversary=slug,
        title=f"{name or 'Korea-Japan'}: {ordinal}",
        evidence=tuple(rows),
        cluster_key="",
    )
