"""What the database refuses of sources, polls, articles and candidates."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from news.models import Article, Candidate, CandidateEvidence, Poll, Report, Source
from tests.events.build import make_anniversary, make_event, make_user
from tests.news.build import NOW, evidence_of, make_article, make_candidate, make_source

pytestmark = pytest.mark.django_db

DECIDED = {"decided_at": NOW}


def refuses(rule, change):
    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        change()


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("candidate_pending_is_not_decided", {"decided_at": NOW}),
        ("candidate_pending_is_not_decided", {"reject_reason": "WRONG"}),
        (
            "candidate_decided_at_and_by_go_together",
            {"state": "REJECTED", "reject_reason": "WRONG"},
        ),
        ("candidate_accepted_or_merged_has_one_result", {"state": "ACCEPTED"}),
        ("candidate_accepted_or_merged_has_one_result", {"state": "MERGED"}),
        ("candidate_rejected_has_a_reason_and_no_result", {"state": "REJECTED"}),
        ("candidate_ends_on_or_after_its_start", {"ends_on": date(2025, 6, 8)}),
        ("candidate_of_a_month_or_year_stands_on_its_first_day", {"precision": "MONTH"}),
        ("candidate_window_has_two_ends", {"precision": "WINDOW"}),
        ("candidate_of_anniversary_is_a_ceremony", {"is_anniversary": True}),
    ],
)
def test_a_candidate_in_a_bad_state_is_refused(editor, rule, columns):
    candidate = make_candidate()
    if columns.get("state") and "together" not in rule:
        columns = {**columns, "decided_by": editor, "decided_at": NOW}

    refuses(rule, lambda: Candidate.objects.filter(pk=candidate.pk).update(**columns))


def test_a_candidate_has_one_result_and_a_rejected_one_none(editor):
    rows = Candidate.objects.filter(pk=make_candidate().pk)
    both = {"event": make_event(), "made_anniversary": make_anniversary()}
    decided = {"decided_by": editor, "decided_at": NOW}

    refuses(
        "candidate_accepted_or_merged_has_one_result",
        lambda: rows.update(state="MERGED", **both, **decided),
    )
    refuses(
        "candidate_rejected_has_a_reason_and_no_result",
        lambda: rows.update(
            state="REJECTED", reject_reason="WRONG", event=both["event"], **decided
        ),
    )


def test_a_known_anniversary_belongs_to_a_recurring_day():
    rows = Candidate.objects.filter(pk=make_candidate().pk)

    refuses(
        "candidate_of_known_anniversary_is_one",
        lambda: rows.update(anniversary=make_anniversary()),
    )


def test_a_draft_is_stored_once_per_article():
    report = make_candidate().reports.get()
    report.pk = None

    refuses("article_reports_a_draft_once", lambda: report.save(force_insert=True))


def test_a_report_tells_at_least_a_kind_and_a_day():
    reports = Report.objects.filter(candidate=make_candidate())

    refuses("report_tells_a_kind_and_a_day", lambda: reports.update(told={"kind": "call"}))


def test_a_candidate_is_put_to_another_or_to_none():
    one, other = make_candidate(), make_candidate()
    editor = make_user()
    rows = Candidate.objects.filter(pk=one.pk)
    decided = {"decided_at": NOW, "decided_by": editor}
    rule = "candidate_is_joined_to_another_or_has_its_own_state"

    refuses(rule, lambda: rows.update(joined_to=other))
    refuses(rule, lambda: rows.update(state="JOINED", **decided))
    refuses(rule, lambda: rows.update(state="JOINED", joined_to=one, **decided))
    assert rows.update(state="JOINED", joined_to=other, **decided) == 1


def test_evidence_has_a_length_stands_in_its_sentence_and_is_stored_once():
    row = evidence_of(make_candidate()).first()
    rows = CandidateEvidence.objects.filter(pk=row.pk)

    refuses("candidate_quote_has_a_length", lambda: rows.update(ends_at=row.starts_at))
    refuses(
        "candidate_quote_stands_in_its_sentence",
        lambda: rows.update(sentence_starts_at=row.starts_at + 1),
    )
    row.pk = None
    refuses("candidate_evidence_is_stored_once", lambda: row.save(force_insert=True))


def test_an_article_is_stored_once_by_address_by_feed_id_and_by_text_and_day():
    source = make_source()
    make_article(url="https://example.org/a", guid="a", source=source)
    make_article(url="", text="One text.")

    refuses(
        "article_of_an_address_is_stored_once", lambda: make_article(url="https://example.org/a")
    )
    refuses("article_of_a_feed_is_stored_once", lambda: make_article(guid="a", source=source))
    refuses(
        "article_without_an_address_is_stored_once", lambda: make_article(url="", text="One text.")
    )
    make_article(url="", text="One text.", published_on=date(2025, 6, 11))


def test_an_article_has_a_web_address_and_a_text_once_it_was_extracted():
    refuses("article_address_is_http", lambda: make_article(url="ftp://example.org/a"))
    refuses(
        "article_that_was_read_has_a_text",
        lambda: Article.objects.create(found_at=NOW, stage=Article.Stage.EXTRACTED),
    )


def test_a_poll_ends_after_it_begins_and_says_why_it_failed():
    source = make_source()
    times = {"source": source, "started_at": NOW, "finished_at": NOW}

    refuses(
        "poll_finishes_after_it_starts",
        lambda: Poll.objects.create(
            **{**times, "finished_at": NOW - timedelta(seconds=1), "outcome": "NEW"}
        ),
    )
    refuses(
        "poll_that_failed_says_why",
        lambda: Poll.objects.create(**times, outcome="UNREACHABLE"),
    )


def test_a_source_has_a_web_address_and_a_zone_that_exists():
    refuses("source_address_is_http", lambda: make_source(url="ftp://example.org/feed"))
    with pytest.raises(ValidationError, match="time zone"):
        make_source(time_zone="Asia/Soul").full_clean()


def test_a_source_is_due_as_soon_as_it_is_known():
    template = make_source()
    Source.objects.all().delete()
    fields = ("name", "outlet", "url", "country", "language")

    source = Source.objects.create(**{name: getattr(template, name) for name in fields})

    assert source in Source.objects.due(at=timezone.now())
