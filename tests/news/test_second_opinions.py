"""What an editor sees of a model's reading: agreement and disagreement, and nothing merged."""

import re
from dataclasses import replace
from datetime import date

import pytest

from events.wording import date_in_words
from news import review
from news.ingest import store_reading
from news.models import ModelReading
from news.pipeline import checking
from news.precision import decided
from news.second_opinions import REASONS
from tests.events.build import NOW, make_topic
from tests.news.build import (
    make_article,
    make_candidate,
    make_candidates,
    make_draft,
    make_leaders,
    make_reading,
)

pytestmark = pytest.mark.django_db
DRAFT = make_draft()
BY_MODEL = replace(
    DRAFT, evidence=tuple(replace(row, rule="model", confidence=0.5) for row in DRAFT.evidence)
)


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    return client


def keep_reading(article, *drafts, **fields):
    reading = ModelReading(
        article=article, model="test-model", prompt_version=1, read_at=NOW, **fields
    )
    reading.drafts = drafts
    reading.save()
    return reading


def page(desk, candidate):
    text = desk.get(candidate.get_absolute_url()).text
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def line(desk, candidate, name):
    fields = desk.get(candidate.get_absolute_url()).context["fields"]
    return next(one for one in fields if one.name == name)


def test_a_draft_comes_back_from_the_database_as_it_was():
    make_leaders()
    reading = keep_reading(make_article(), BY_MODEL)

    reading.refresh_from_db()

    assert reading.drafts == [BY_MODEL]


def test_without_a_reading_nothing_is_said_of_a_model(desk):
    candidate = make_candidate()

    assert "model" not in page(desk, candidate).lower()


def test_agreement_stands_beside_each_field(desk):
    candidate = make_candidate()
    keep_reading(candidate.article, BY_MODEL)

    said = page(desk, candidate)

    assert "Also found by test-model" in said
    assert said.count("The model agrees") == 6  # kind, date, status, people, countries, channel


def test_disagreement_shows_what_the_model_reads_and_from_which_words(desk):
    candidate = make_candidate()
    make_topic("trade", name_en="Trade")
    other = replace(
        BY_MODEL,
        starts_on=date(2025, 6, 10),
        ends_on=date(2025, 6, 10),
        participants=("lee-jae-myung",),
        topics=("trade",),
        channel="",
        minutes=25,
    )
    keep_reading(candidate.article, other)

    said = page(desk, candidate)

    day, own = (date_in_words("DAY", date(2025, 6, n), None) for n in (10, 9))
    assert f"The model reads: {day} June 9" in said
    assert "The model reads: Lee Jae-myung" in said
    assert "Only the model reads: 25" in said
    assert "Only the model reads: Trade" in said
    assert "The model does not say" in said
    assert line(desk, candidate, "date").value == own
    assert line(desk, candidate, "topics").value == ""


def test_a_model_that_found_no_such_event_is_told(desk):
    candidate = make_candidate()
    summit = replace(
        BY_MODEL, kind="summit", starts_on=date(2025, 6, 30), ends_on=date(2025, 6, 30)
    )
    keep_reading(candidate.article, summit)

    assert "test-model has read this article and found no such event" in page(desk, candidate)


def test_why_there_is_no_second_reading_is_told(desk):
    candidate = make_candidate()
    keep_reading(candidate.article, problem="The model did not answer as it was asked to.")

    assert "No second reading by test-model: The model did not answer" in page(desk, candidate)


def test_what_was_not_kept_is_told_without_the_words_of_the_model(desk):
    candidate = make_candidate()
    dropped = [
        {"field": "topics", "value": "INVENTED", "reason": checking.UNKNOWN},
        {"field": "topics", "value": "INVENTED TOO", "reason": checking.UNKNOWN},
        {"field": "", "value": "summit", "reason": checking.ONE_SIDED},
    ]
    keep_reading(candidate.article, BY_MODEL, dropped=dropped)

    said = page(desk, candidate)

    assert "2 things that it said were not kept" in said
    assert "Topics: not on the list of what is known" in said
    assert "Event: only one side acts" in said
    assert "INVENTED" not in said


def test_each_reason_has_words():
    named = [value for name, value in vars(checking).items() if name.isupper()]

    assert {one for one in named if isinstance(one, str)} - {checking.MODEL} == set(REASONS)


def test_an_article_that_speaks_to_programs_is_marked(desk):
    candidate = make_candidate()
    keep_reading(candidate.article, BY_MODEL, gives_orders=True)

    assert "speaks to programs instead of readers" in page(desk, candidate)


def test_what_only_the_model_found_says_so_in_the_queue_and_on_its_page(desk):
    article = make_article()
    found = make_candidates(BY_MODEL, article=article)[0]
    keep_reading(article, BY_MODEL)
    make_candidate()

    said = page(desk, found)
    assert "Found only by the model : the rules drafted no such event" in said
    assert "The model agrees" not in said  # with itself
    queue = desk.get("/review/").text
    assert queue.count("Found only by the model") == 1


def test_of_two_reports_each_says_who_drafted_it(desk):
    by_model, by_rules = make_article(), make_article()
    found = make_candidates(BY_MODEL, article=by_model)[0]
    store_reading(by_rules, make_reading(DRAFT))
    for article in (by_model, by_rules):
        keep_reading(article, BY_MODEL)
    first, second = found.reports.in_order()

    alone, both = (
        desk.get(f"{found.get_absolute_url()}?report={report.pk}").text
        for report in (first, second)
    )

    assert "Found only by the model" in alone
    assert "The model agrees" not in alone  # with itself
    assert "Found only by the model" not in both
    assert "Also found by test-model" in both
    assert "Found only by the model" not in desk.get("/review/").text


def test_of_a_candidate_the_model_and_the_rules_are_counted_by_report(editor):
    found = make_candidates(BY_MODEL)[0]
    article = make_article(outlet="Daily")
    store_reading(article, make_reading(DRAFT))
    review.reject(found, reason="WRONG", by=editor, at=NOW)

    assert {(row.source, row.rejected) for row in decided()} == {("(model)", 1), ("Daily", 1)}


def test_what_only_the_model_found_does_not_count_for_the_rules(editor):
    found = make_candidates(BY_MODEL)[0]
    review.reject(found, reason="WRONG", by=editor, at=NOW)

    assert [(row.source, row.rejected) for row in decided()] == [("(model)", 1)]


def test_accepting_takes_the_rules_values_whatever_the_model_reads(desk):
    candidate = make_candidate()
    keep_reading(candidate.article, replace(BY_MODEL, minutes=99))

    form = desk.get(candidate.get_absolute_url()).context["accept"]

    assert form["minutes"].value() in (None, "")
