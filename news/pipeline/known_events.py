"""The record's events, arranged to be found by day, and the words that set each apart."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, lru_cache

from news.pipeline.clean import plain
from news.pipeline.dates import Days, add_days
from news.pipeline.grounds import is_ground
from news.pipeline.lexicon import known_words, lexicon, places
from news.pipeline.patterns import Pattern
from news.pipeline.sentences import quoted_spans
from news.pipeline.values import KnownEvent, KnownPerson

# What is older than this is looked back on; what lies further ahead is not yet told of by its day.
BEFORE = timedelta(days=10)
AHEAD = timedelta(days=90)
# No event of the record that has a day is longer.
LONGEST = timedelta(days=31)
_LANGUAGES = ("en", "ko", "ja")
_TALKS = ("call", "summit", "trilateral_summit", "ministerial")
_STEM = 6  # letters of an English word that say which it is
_COMMON = 0.03  # a word that stands in more of all titles sets nothing apart
_FEW = 4  # … unless there are few titles
_WORD_EN = re.compile(r"[a-z]{4,}")
# Words that stand in any article of these two.
_ANYWHERE = frozenset(
    [
        "with",
        "from",
        "over",
        "after",
        "against",
        "about",
        "their",
        "into",
        "under",
        "before",
        "between",
        "first",
        "second",
        "next",
        "final",
        "korea",
        "korean",
        "south",
        "japan",
        "japanese",
        "seoul",
        "tokyo",
        "president",
        "prime",
        "minister",
        "premier",
        "leader",
        "leaders",
        "government",
        "official",
        "officials",
        "foreign",
        "ministry",
        "talk",
        "talks",
        "meet",
        "meets",
        "meeting",
        "visit",
        "visits",
        "call",
        "calls",
        "summit",
        "country",
        "nation",
        "nations",
        "year",
        "years",
        "month",
        "time",
        "week",
        "says",
        "said",
    ]
)
_RUN_KO = re.compile(r"[가-힣]{2,}")
_RUN_JA = re.compile(r"[一-龥]{2,}|[ァ-ヴー]{2,}")


@dataclass(frozen=True, slots=True)
class IndexedEvent:
    """An event and, for each language, parts of its title that few others have, with a weight.

    The weights of one language add up to 1.
    """

    event: KnownEvent
    marks: dict[str, dict[str, float]]

    def within(self, text: str, lang: str) -> IndexedEvent:
        """The same with those marks only, of one language, that stand in a text of lower case."""
        marks = {m: weight for m, weight in self.marks.get(lang, {}).items() if m in text}
        return IndexedEvent(self.event, {lang: marks})


@dataclass(frozen=True, slots=True)
class EventIndex:
    """Events in the order of their first days."""

    starts: tuple[date, ...]
    events: tuple[IndexedEvent, ...]

    def near(self, day: date | None) -> Sequence[IndexedEvent]:
        """The events that an article of a day may retell or announce."""
        if day is None:
            return ()
        since = add_days(day, -BEFORE.days) or date.min
        first = bisect_left(self.starts, add_days(since, -LONGEST.days) or date.min)
        last = bisect_right(self.starts, add_days(day, AHEAD.days) or date.max)
        return [one for one in self.events[first:last] if one.event.ends_on >= since]


def index_events(events: Iterable[KnownEvent], people: Iterable[KnownPerson]) -> EventIndex:
    """Arrange the events whose day is known and whose kind newspapers report."""
    chosen = sorted(
        (e for e in events if e.kind != "other" and e.precision in ("day", "window")),
        key=lambda event: (event.starts_on, event.slug),
    )
    names = _names(people)
    parts = [
        {lang: _parts(_without(title, lang, names), lang) for lang, title in event.titles}
        for event in chosen
    ]
    counts = {
        lang: Counter(part for each in parts for part in each.get(lang, ())) for lang in _LANGUAGES
    }
    most = max(_FEW, _COMMON * len(chosen))
    return EventIndex(
        tuple(event.starts_on for event in chosen),
        tuple(
            IndexedEvent(event, _weighed(each, counts, most, len(chosen)))
            for event, each in zip(chosen, parts, strict=True)
        ),
    )


def is_of_gathering(days: Days | None, event: KnownEvent) -> bool:
    """Whether days are a range that has nothing to do with an act that fell on one of them.

    A summit of seven "from the 15th to the 17th" is no word for a reception of the 16th.
    """
    return (
        days is not None
        and event.kind not in _TALKS
        and event.kind != "visit"
        and days.grain == "RANGE"
        and days.first != event.starts_on
        and days.last - days.first > event.ends_on - event.starts_on
    )


def is_memory(text: str, ends: Iterable[int], age: int, lang: str) -> bool:
    """Whether a sentence recalls what is some days old, or builds on it what is done now.

    `ends` are where the days that it names end.
    """
    if known_words(lang)["looking_back"].search(text):
        return True
    return lang == "ko" and any(is_ground(text, end, age) for end in ends)


def marks_in(text: str, marks: dict[str, float], lang: str) -> list[tuple[str, int, int, float]]:
    """The parts of a title that a text has, each once: the part, where it stands, its weight."""
    found = []
    low = text.lower()
    for mark, weight in marks.items():
        at = low.find(mark)
        while lang == "en" and at > 0 and low[at - 1].isalpha():
            at = low.find(mark, at + 1)
        if at >= 0:
            found.append((mark, at, at + len(mark), weight))
    return sorted(found, key=lambda row: row[1])


# "Whether he will attend on May 10": nobody tells that.
_OPEN_EN = re.compile(r"^\W*(?:Whether|Should|What if)\b|\?\W*$")


@lru_cache(maxsize=2048)
def told_at(text: str, lang: str, kind: str) -> tuple[int, int] | None:
    """The first words outside quotations that may tell of a kind.

    Kept for a while, since they are asked for each event.
    """
    if kind in _TALKS and lexicon(lang).cues["habit"].search(text):
        return None  # "They will hold a summit every year"
    if lang == "en" and _OPEN_EN.search(text):
        return None
    for m in known_words(lang)[kind].finditer(text):
        if kind in _TALKS and _is_undone(text, m.span(), lang):
            continue  # "has not received foreign leaders since 2015"
        if not any(a <= m.start() < b for a, b in quoted_spans(text)):
            return m.span()
    return None


_NOT_BEFORE = re.compile(r"(?:\bnot|n't|\bnever|\bnor) (?:[a-z]+ ){0,2}$", re.IGNORECASE)
_NOT_AFTER = {
    "ko": re.compile(r"[가-힣]{0,3}(?:지|진)\s?(?:않|못)"),
    "ja": re.compile(r"[ぁ-ん]{0,3}(?:しな(?:い|かっ)|せず|できな|されな|なかった|に?至らな)"),
}


def _is_undone(text: str, span: tuple[int, int], lang: str) -> bool:
    if lang == "en":
        return bool(_NOT_BEFORE.search(text[: span[0]]))
    return bool(_NOT_AFTER[lang].match(text, span[1]))


def _names(people: Iterable[KnownPerson]) -> dict[str, re.Pattern[str]]:
    """Per language a pattern of all that titles call people by."""
    forms: dict[str, set[str]] = {lang: set() for lang in _LANGUAGES}
    for person in people:
        for lang, form in person.names:
            if lang in forms and len(form) > 1:
                forms[lang].add(plain(form).strip())
        forms["en"].update(part.title() for part in person.slug.split("-"))
    return {lang: _any_of(each, lang) for lang, each in forms.items()}


def _any_of(forms: Iterable[str], lang: str) -> re.Pattern[str]:
    longest = "|".join(map(re.escape, sorted(forms, key=lambda form: (-len(form), form))))
    edge = r"\b" if lang == "en" else ""
    return re.compile(f"{edge}(?:{longest}){edge}" if longest else r"(?!)")


def _without(title: str, lang: str, names: dict[str, re.Pattern[str]]) -> str:
    """A title without the people and cities that it names."""
    return _any_place().sub(" ", names[lang].sub(" ", plain(title)))


@cache
def _any_place() -> Pattern:
    return Pattern("|".join(f"(?:{place.pattern})" for place in places().values()))


def _parts(title: str, lang: str) -> frozenset[str]:
    """What a title is made of: stems of English words, pairs of letters of the others."""
    if lang == "en":
        words = _WORD_EN.findall(title.lower())
        return frozenset(word[:_STEM] for word in words if word not in _ANYWHERE)
    runs = (_RUN_KO if lang == "ko" else _RUN_JA).findall(title)
    return frozenset(run[at : at + 2] for run in runs for at in range(len(run) - 1))


def _weighed(
    parts: dict[str, frozenset[str]], counts: dict[str, Counter[str]], most: float, whole: int
) -> dict[str, dict[str, float]]:
    weighed = {}
    for lang, own in parts.items():
        rare = {
            part: math.log((whole + 1) / counts[lang][part])
            for part in sorted(own)
            if counts[lang][part] <= most
        }
        total = sum(rare.values())
        weighed[lang] = {part: weight / total for part, weight in rare.items()}
    return weighed
