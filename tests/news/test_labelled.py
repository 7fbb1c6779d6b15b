"""The labelled articles hold what their README and the figures rest on, and the figures add up."""

import json
from collections import Counter
from datetime import date
from itertools import chain

import pytest

from news.pipeline.values import KINDS, STATUSES
from tests.news.pipeline.record_knowledge import _rows
from tools.score import LABELLED, naive_reading
from tools.scoring import match, score

COUNTRIES = {"KR", "JP", "US", "CN"}
SPLITS = ("tuning", "held_out")
FIELDS = ("kind", "start", "end", "status", "participants", "countries", "topics")
ARTICLES = [
    json.loads(line)
    for file in sorted(LABELLED.glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


TELLINGS = [
    json.loads(line)
    for file in sorted((LABELLED / "tellings").glob("*.jsonl"))
    for line in file.read_text("utf-8").splitlines()
]


def share(rows):
    return sum(map(bool, rows)) / len(ARTICLES)


def test_there_are_enough_and_no_two_share_an_id():
    assert len(ARTICLES) >= 100
    assert len({row["id"] for row in (*ARTICLES, *TELLINGS)}) == len(ARTICLES) + len(TELLINGS)


def test_each_language_has_enough_for_both_uses():
    numbers = Counter((row["lang"], row["split"]) for row in ARTICLES)

    assert set(numbers) == {(lang, split) for lang in ("en", "ko", "ja") for split in SPLITS}
    assert all(numbers[lang, "tuning"] >= 36 for lang in ("en", "ko", "ja"))
    assert all(numbers[lang, "held_out"] >= 15 for lang in ("en", "ko", "ja"))


def test_enough_tell_of_no_event_and_enough_are_cluttered():
    assert share(not row["is_relevant"] for row in ARTICLES) >= 0.4
    assert share(row["clutter"] for row in ARTICLES) >= 1 / 3


@pytest.mark.parametrize("row", [*ARTICLES, *TELLINGS], ids=lambda row: row["id"])
def test_labels_are_of_the_record_and_stand_in_the_text(row):
    topics = {topic["slug"] for topic in _rows("topics")}
    people = {person["slug"] for person in _rows("people")}

    assert row["is_relevant"] == bool(row["events"])
    assert date.fromisoformat(row["published"])
    for event in chain(row["events"], row.get("optional", [])):
        assert event["kind"] in KINDS
        assert set(event.get("kind_alts") or ()) <= set(KINDS)
        assert event["status"] in STATUSES
        assert date.fromisoformat(event["start"]) <= date.fromisoformat(event["end"])
        assert set(event["topics"]) <= topics
        assert set(event["participants"]) <= people
    for event in row["events"]:
        assert set(event["countries"]) <= COUNTRIES
        assert event["evidence"] in row["text"]


def drafted(label, **changes):
    return {name: label[name] for name in FIELDS} | {"cluster_key": "k"} | changes


ONE = next(row for row in ARTICLES if row["split"] == "tuning" and row["events"])
LABEL = ONE["events"][0]


def figures(*events, row=ONE):
    told = {"is_relevant": bool(events), "events": list(events), "cluster_key": "k"}
    return score([row], {row["id"]: told})


def test_what_is_drafted_as_labelled_is_all_right():
    result = figures(*(drafted(event) for event in ONE["events"]))

    assert (result.relevance.f1, result.events.f1, result.strict_f1) == (1, 1, 1)
    assert (result.topics.f1, result.participants.f1) == (1, 1)


def test_nothing_drafted_misses_everything():
    assert (figures().relevance.f1, figures().events.f1) == (0, 0)


def test_the_same_event_twice_is_one_too_many():
    result = figures(drafted(LABEL), drafted(LABEL), row=ONE | {"events": [LABEL]})

    assert (result.events.hits, result.events.false, result.events.missed) == (1, 1, 0)


@pytest.mark.parametrize(
    "changes",
    [
        {"start": "1999-01-01", "end": "1999-01-01"},
        {"participants": ["nobody-else"]},
        {"participants": []},
        {"kind": "anniversary"},
    ],
)
def test_another_day_people_or_kind_is_another_event(changes):
    row = ONE | {"events": [LABEL | {"kind": "call", "kind_alts": None}], "optional": []}

    result = figures(drafted(row["events"][0], **changes), row=row)

    assert (result.events.hits, result.events.false, result.events.missed) == (0, 1, 1)


def test_an_optional_label_neither_helps_nor_hurts():
    row = ONE | {"events": [], "is_relevant": False, "optional": [LABEL]}

    assert figures(drafted(LABEL), row=row).events.false == 0


def test_the_wrong_status_is_no_exact_event():
    other = next(status for status in STATUSES if status != LABEL["status"])

    result = figures(drafted(LABEL, status=other), row=ONE | {"events": [LABEL]})

    assert (result.events.f1, result.strict_f1) == (1, 0)


def test_as_many_as_can_be_are_matched():
    wide = {**drafted(LABEL), "start": "2020-01-01", "end": "2020-01-02"}
    first = {**LABEL, "start": "2020-01-01", "end": "2020-01-01", "start_alts": None}
    second = {**LABEL, "start": "2020-01-02", "end": "2020-01-02", "start_alts": None}
    narrow = {**drafted(LABEL), "start": "2020-01-01", "end": "2020-01-01"}

    assert match([wide, narrow], [first, second]) == {0: 1, 1: 0}


def test_the_naive_reader_takes_the_day_of_publication():
    told = naive_reading(
        {"title": "", "text": "Korea and Japan held a summit.", "published": "2025-06-10"}
    )

    assert [(e["kind"], e["start"]) for e in told["events"]] == [("summit", "2025-06-10")]
