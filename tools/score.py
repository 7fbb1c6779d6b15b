"""How well the pipeline reads labelled articles, by split, language, kind and clutter.

    python tools/score.py                    the articles of tests/news/data/labelled
    python tools/score.py FILE.jsonl …       others with labels

A naive reader stands beside: key words, and the day of publication. Each group is read twice:
by the rules alone, the record's events withheld, and with them. Many labelled articles retell
what the record holds, so the second figures say how well retellings are read, and nothing of news.
Without files the first must not fall below `floor.toml` beside the articles, else the exit status
is 1.
"""

from __future__ import annotations

import json
import os
import re
import sys
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tools")]

from scoring import Row, Score, match, score  # noqa: E402

LABELLED = PROJECT / "tests" / "news" / "data" / "labelled"
HEAD = (
    f"{'':22}{'articles':>8}  {'relevance':>9}  {'event P':>7} {'R':>5} {'F1':>5}  {'exact':>5}"
    f"  {'people':>6}  {'topics':>6}  {'cluster':>7}  {'naive':>5}"
)
# The naive reader's words, in the order in which a kind is tried.
NAIVE = (
    ("call", r"phone|telephon|통화|電話"),
    ("ministerial", r"foreign minister|defen[cs]e minister|장관|外相|防衛相"),
    ("summit", r"summit|정상회담|首脳会談"),
    ("agreement", r"signed|협정|協定"),
    ("dispute", r"protest|항의|抗議"),
)
BOTH = (r"korea|한국|한일|韓", r"japan|일본|한일|日")


def main(arguments: Sequence[str]) -> int:
    """Read, predict, print; 1 if a floor is broken."""
    groups = dict(_groups([Path(a) for a in arguments]))
    articles = [row for rows in groups.values() for row in rows]
    told, seconds = predict(articles, withheld=True)
    knowing, more = predict(articles)
    naive = {row["id"]: naive_reading(row) for row in articles}
    broken: list[str] = []
    floors = {} if arguments else tomllib.loads((LABELLED / "floor.toml").read_text("utf-8"))
    for title, rows in groups.items():
        print(f"\n{title}\n{HEAD}")
        for name, part in _parts(rows):
            whole = score(part, told)
            print(_line(name, whole, score(part, naive, by_people=False)))
            if name == "all":
                broken += _below(title, whole, floors.get(title, {}))
        for name, kind_score in _by_kind(rows, told):
            print(_line(name, kind_score, None))
        held, labels = on_record(rows)
        print(f"{title}, the record's events known: it holds {held} of {labels} labelled\n{HEAD}")
        for name, part in _parts(rows):
            whole = score(part, knowing)
            print(_line(name, whole, score(part, naive, by_people=False)))
            if name == "all":
                broken += _below(f"{title}, known", whole, floors.get(f"{title}_known", {}))
    rates = (f"{len(articles) / each:.0f}" for each in (seconds, more))
    print(f"\n{' and '.join(rates)} articles a second, one core, without and with the events")
    for line in broken:
        print(line)
    return 1 if broken else 0


def predict(articles: Sequence[Row], *, withheld: bool = False) -> tuple[dict[str, Row], float]:
    """(what the pipeline drafts from articles, by id; the seconds of one core it took).

    The people are those of the shipped record, and so are the events, unless they are withheld.
    """
    _set_up()
    from news.knowledge import from_files
    from news.pipeline import read_article, read_batch, to_json
    from news.predictions import read_line

    texts = [read_line(json.dumps(row).encode()) for row in articles]
    known = from_files()
    if withheld:
        known = replace(known, events=())
    for lang in ("en", "ko", "ja"):  # the word lists are read once, before the clock runs
        read_article(replace(texts[0], lang=lang), known)
    started = time.process_time()
    readings = list(read_batch(texts, known))
    seconds = time.process_time() - started
    told = {text.id: to_json(reading) for text, reading in zip(texts, readings, strict=True)}
    return told, seconds


def on_record(rows: Sequence[Row]) -> tuple[int, int]:
    """(how many labelled events the shipped record holds, how many there are)."""
    _set_up()
    from news.knowledge import from_files

    events = [
        {
            "kind": event.kind,
            "start": event.starts_on.isoformat(),
            "end": event.ends_on.isoformat(),
            "participants": event.people,
            "countries": event.countries,
            "slug": event.slug,
        }
        for event in from_files().events
    ]
    labels = [label for row in rows for label in row["events"]]
    held = [
        label
        for label in labels
        if any(e["slug"] == label.get("cluster") or match([e], [label]) for e in events)
    ]
    return len(held), len(labels)


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
    # Nothing is served and no row is read; a throw-away key will do.
    os.environ.setdefault("INSECURE_HTTP", "1")
    import django

    django.setup()


def naive_reading(article: Row) -> Row:
    """Both countries and a word for a kind make an event of the day of publication."""
    text = f"{article['title']}\n{article['text']}".lower()
    kind = next((name for name, words in NAIVE if re.search(words, text)), None)
    if kind is None or not all(re.search(words, text) for words in BOTH):
        return {"is_relevant": False, "events": [], "cluster_key": None}
    day = article["published"]
    event = {
        "kind": kind,
        "start": day,
        "end": day,
        "status": "happened",
        "participants": [],
        "countries": ["KR", "JP"],
        "topics": [],
    }
    return {"is_relevant": True, "events": [event], "cluster_key": f"{kind}:{day}"}


def _groups(files: Sequence[Path]) -> Iterator[tuple[str, list[Row]]]:
    """Articles under the title of their table: by file, or by split, and tellings apart."""
    if files:
        for file in files:
            yield file.stem, list(_rows(file))
        return
    rows = [row for file in sorted(LABELLED.glob("*.jsonl")) for row in _rows(file)]
    for split in ("tuning", "held_out"):
        yield split, [row for row in rows if row["split"] == split]
    tellings = sorted((LABELLED / "tellings").glob("*.jsonl"))
    yield "tellings", [row for file in tellings for row in _rows(file)]


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def _parts(rows: Sequence[Row]) -> Iterator[tuple[str, Sequence[Row]]]:
    yield "all", rows
    for lang in ("en", "ko", "ja"):
        if part := [row for row in rows if row["lang"] == lang]:
            yield lang, part
    if any(row.get("clutter") for row in rows):
        yield "clean", [row for row in rows if not row.get("clutter")]
        yield "clutter", [row for row in rows if row.get("clutter")]


def _by_kind(rows: Sequence[Row], told: Mapping[str, Row]) -> Iterator[tuple[str, Score]]:
    """Each kind for itself: what is labelled or drafted as another kind is left out."""
    from news.pipeline.values import KINDS

    for kind in KINDS:
        has_kind = partial(_has_kind, kind)
        is_kind = partial(_is_kind, kind)
        labels = [
            # A label of another kind that a draft of this one may match is no error here.
            {
                **_only(row, has_kind),
                "optional": [
                    *row.get("optional", []),
                    *(event for event in row["events"] if not has_kind(event)),
                ],
            }
            for row in rows
        ]
        drafts = {name: _only(reading, is_kind) for name, reading in told.items()}
        if any(row["events"] for row in labels):
            yield f"  {kind}", score(labels, drafts)


def _has_kind(kind: str, label: Row) -> bool:
    return kind in (label["kind"], *(label.get("kind_alts") or ()))


def _is_kind(kind: str, event: Row) -> bool:
    return bool(event["kind"] == kind)


def _only(row: Row, keeps: Callable[[Row], bool]) -> dict[str, Any]:
    return {**row, "events": [event for event in row["events"] if keeps(event)]}


def _line(name: str, ours: Score, naive: Score | None) -> str:
    """One row; a row of one kind (without the naive reader) has no figures of whole articles."""
    events = ours.events
    matched = bool(events.hits)
    cells = [
        f"{name:22}{ours.articles if naive else '':>8}",
        f"{f'{ours.relevance.f1:.3f}' if naive else '':>9}",
        f"{events.precision:7.2f} {events.recall:5.2f} {events.f1:5.3f}",
        f"{ours.strict_f1:5.3f}",
        f"{f'{ours.participants.f1:.3f}' if matched else '':>6}",
        f"{f'{ours.topics.f1:.3f}' if matched else '':>6}",
        f"{f'{ours.clusters.f1:.3f}' if naive else '':>7}",
        f"{f'{naive.events.f1:.2f}' if naive else '':>5}",
    ]
    return "  ".join(cells)


def _below(title: str, ours: Score, floors: Mapping[str, float]) -> Iterator[str]:
    """A sentence for each figure that fell below its floor."""
    figures = {
        "relevance": ours.relevance.f1,
        "event": ours.events.f1,
        "exact": ours.strict_f1,
        "topics": ours.topics.f1,
        "cluster": ours.clusters.f1,
        "spans": ours.spans.precision,
    }
    for name, floor in floors.items():
        if figures[name] < floor:
            yield f"{title}: {name} {figures[name]:.3f} is below {floor}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
