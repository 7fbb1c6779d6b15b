"""Decisions as labels, and what they say of the pipeline."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from events.models import Anniversary
from news import review
from news.precision import Decided, shares
from tests.events.build import NOW, make_event
from tests.news.build import (
    TEXT,
    make_anniversary_candidate,
    make_article,
    make_candidate,
    make_candidates,
    make_draft,
    make_source,
)
from tests.news.test_review import URL, accept, event_of

pytestmark = pytest.mark.django_db
BOTH = ["ishiba-shigeru", "lee-jae-myung"]


def exported(**options):
    out = StringIO()
    call_command("export_labels", stdout=out, **options)
    return out.getvalue()


def labels():
    return [json.loads(line) for line in exported().splitlines()]


def test_what_was_accepted_is_labelled_as_the_editor_left_it(editor):
    candidate = make_candidate(make_article(url=URL, source=make_source(name="wire")))
    event = accept(candidate, editor, event_of(candidate, status="SCHEDULED"), city="Seoul")

    (article,) = labels()

    assert article["text"] == TEXT
    assert (article["url"], article["lang"], article["published"]) == (URL, "en", "2025-06-10")
    assert (article["source"], article["is_relevant"], article["rejected"]) == ("wire", True, [])
    assert article["events"] == [
        {
            "kind": "call",
            "start": "2025-06-09",
            "end": "2025-06-09",
            "status": "scheduled",
            "participants": BOTH,
            "countries": ["KR", "JP"],
            "city": "",
            "topics": [],
            "evidence": TEXT,
            "cluster": event.slug,
        }
    ]
    assert article["cluster"] == event.slug
    assert article["events"][0]["evidence"] in article["text"]


def test_a_merged_article_is_labelled_with_what_it_tells_of_the_event(editor):
    candidate = make_candidate(status="scheduled", topics=("security",))
    event = make_event(people=[*BOTH, "yoon-suk-yeol"], topics=["security", "trade"])
    review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)

    label = labels()[0]["events"][0]

    assert (label["participants"], label["topics"]) == (BOTH, ["security"])
    assert (label["status"], label["cluster"]) == ("scheduled", event.slug)


def test_what_was_rejected_is_a_negative_with_its_reason(editor):
    drafts = (make_draft(), make_draft(city="Seoul"), make_draft(kind="visit", channel=""))
    background, wrong, double = make_candidates(*drafts, article=make_article())
    for candidate, reason in ((background, "BACKGROUND"), (wrong, "OTHER"), (double, "DUPLICATE")):
        review.reject(
            candidate, reason=reason, note="A drill" * (reason == "OTHER"), by=editor, at=NOW
        )

    (article,) = labels()

    assert article["events"] == []
    assert [row["kind"] for row in article["background"]] == ["call"]
    assert [row["kind"] for row in article["optional"]] == ["visit"]
    assert [(row["reason"], row["note"]) for row in article["rejected"]] == [
        ("background", ""),
        ("other", "A drill"),
    ]


def test_an_article_with_a_candidate_that_waits_is_no_label_yet(editor):
    first, _second = make_candidates(make_draft(), make_draft(city="x"), article=make_article())
    review.reject(first, reason="WRONG", by=editor, at=NOW)
    make_article(TEXT + " Without a candidate.")

    assert labels() == []


def test_a_recurring_day_is_labelled_too(editor):
    candidate = make_anniversary_candidate()
    day = Anniversary(title_en="Treaty day", origin_on="1965-06-22")
    review.accept_as_anniversary(
        candidate, anniversary=day, countries=[], url=URL, by=editor, at=NOW
    )

    label = labels()[0]["events"][0]

    assert (label["kind"], label["start"], label["cluster"]) == (
        "anniversary",
        "2025-06-22",
        "treaty-day",
    )


def test_precision_is_of_what_was_judged():
    rows = [
        Decided("a", "en", "call", accepted=1),
        Decided("a", "ko", "call", merged=2),
        Decided("a", "ko", "visit", rejected=1, duplicates=5),
        Decided("b", "ko", "visit", duplicates=1),
    ]

    first, second = shares(rows, "source")

    assert (first.name, first.accepted, first.merged, first.rejected) == ("a", 1, 2, 1)
    assert (first.precision, second.precision) == (0.75, None)
    assert [one.name for one in shares(rows, "kind")] == ["call", "visit"]


def test_the_report_counts_by_source_language_and_kind_and_names_corrections(editor):
    assert "Nothing has been decided" in exported(report=True)
    source = make_source(name="wire")
    candidate = make_candidate(make_article(source=source, language="ko"))
    accept(candidate, editor, event_of(candidate, minutes=25))
    sample = make_candidate(make_article(is_sample=True))
    review.reject(sample, reason="WRONG", by=editor, at=NOW)

    lines = [line.split() for line in exported(report=True).splitlines()]

    assert ["wire", "1", "0", "0", "0", "1.00"] in lines
    assert ["(sample)", "0", "0", "1", "0", "0.00"] in lines
    assert ["ko", "1", "0", "0", "0", "1.00"] in lines
    assert ["call", "1", "0", "1", "0", "0.50"] in lines
    assert ["minutes", "1", "of", "1"] in lines
