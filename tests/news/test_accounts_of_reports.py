"""A government's account belongs to the report of its page, wherever that report is put."""

from datetime import date

import pytest

from news import review
from news.ingest import store_reading
from news.joining import join
from news.labels import labelled_articles
from news.models import CandidateReadout
from news.pipeline import DraftReadout
from news.pipeline.values import DraftPoint, Passage
from news.redrafting import redraft
from news.splitting import split, take_off
from news.undoing import undo
from tests.events.build import NOW
from tests.news.build import (
    TEXT,
    evidence,
    make_article,
    make_candidate,
    make_draft,
    make_leaders,
    make_reading,
)
from tests.news.test_review import event_of, parts_of

pytestmark = pytest.mark.django_db
QUOTE = "They will meet in June."
SUMMIT = make_draft(
    kind="summit",
    starts_on=date(2025, 6, 17),
    ends_on=date(2025, 6, 17),
    channel="IN_PERSON",
    evidence=(evidence("kind", "summit", "meet"),),
)


def account(issuer):
    start = TEXT.index(QUOTE)
    words = Passage(QUOTE, start, start + len(QUOTE), QUOTE, start)
    return DraftReadout(issuer, (DraftPoint("security", "AGREED", words, "both", 0.8),), ())


def told_by(issuer, number=1):
    """A page of this government's that tells of the call, once read; its report."""
    article = make_article(url=f"https://{issuer.lower()}.example/{number}")
    store_reading(article, make_reading(make_draft(readout=account(issuer))))
    return article.reports.get()


def issuers(candidate):
    return list(candidate.readouts.order_by("pk").values_list("issuer_id", flat=True))


def accept(candidate, by, **more):
    event = review.accept(
        candidate,
        event=event_of(candidate),
        parts=parts_of(candidate),
        url=candidate.article.url,
        by=by,
        at=NOW,
        **more,
    )
    candidate.refresh_from_db()
    return event


@pytest.fixture
def both(db):
    """A candidate that a page of each government reports, and these reports."""
    make_leaders()
    japan, korea = told_by("JP"), told_by("KR")
    assert japan.candidate == korea.candidate
    return japan.candidate, japan, korea


def test_the_accounts_of_all_reports_go_on_record_each_from_its_page(both, editor):
    candidate, japan, korea = both

    event = accept(candidate, editor)

    assert set(event.readouts.values_list("issuer", "url")) == {
        ("JP", japan.article.url),
        ("KR", korea.article.url),
    }


def test_a_report_taken_off_takes_its_account_along(both):
    candidate, _japan, korea = both

    apart = take_off(candidate, korea)

    assert (issuers(candidate), issuers(apart)) == (["JP"], ["KR"])


def test_what_is_put_to_another_brings_its_account_until_that_is_undone(both, editor):
    candidate, _japan, korea = both
    apart = take_off(candidate, korea)

    join(apart, candidate, by=editor, at=NOW)
    assert (issuers(candidate), issuers(apart)) == (["JP", "KR"], [])

    undo(apart.decisions.get(), by=editor, at=NOW)
    assert (issuers(candidate), issuers(apart)) == (["JP"], ["KR"])


def test_undoing_gives_back_the_account_that_came_where_its_article_tells_of_both(editor):
    make_leaders()
    article = make_article()
    drafts = (make_draft(readout=account("JP")), SUMMIT)
    call, summit = store_reading(article, make_reading(*drafts))

    join(call, summit, by=editor, at=NOW)
    assert (issuers(call), issuers(summit)) == ([], ["JP"])

    undo(call.decisions.get(), by=editor, at=NOW)
    assert (issuers(call), issuers(summit)) == (["JP"], [])


def test_undoing_leaves_the_other_what_was_its_own(editor):
    make_leaders()
    article = make_article()
    drafts = (make_draft(readout=account("JP")), SUMMIT)
    call, summit = store_reading(article, make_reading(*drafts))

    join(summit, call, by=editor, at=NOW)
    undo(summit.decisions.get(), by=editor, at=NOW)

    assert (issuers(call), issuers(summit)) == (["JP"], [])


def test_two_accounts_of_one_article_are_both_kept(editor):
    make_leaders()
    first = told_by("JP").candidate
    second = split(first, sentences=[], kind="SUMMIT", starts_on=date(2025, 6, 17))
    row = first.readouts.get()
    CandidateReadout.objects.create(candidate=second, article=row.article, issuer=row.issuer)

    join(second, first, by=editor, at=NOW)

    assert (issuers(first), issuers(second)) == (["JP"], ["JP"])


def test_the_account_of_a_report_that_nobody_has_seen_waits_with_it(both, editor):
    candidate, japan, korea = both

    event = accept(candidate, editor, seen=[japan.pk])

    assert list(event.readouts.values_list("issuer", flat=True)) == ["JP"]
    korea.refresh_from_db()
    assert korea.candidate != candidate
    assert issuers(korea.candidate) == ["KR"]


def test_drafting_anew_takes_away_only_the_account_of_the_page_that_tells_no_more(both):
    candidate, _japan, korea = both

    redraft(korea.article, make_reading())

    assert issuers(candidate) == ["JP"]


def test_an_account_follows_a_report_that_is_now_of_another_event(both):
    candidate, _japan, korea = both
    moved = make_draft(participants=("park", "kishida"), readout=account("KR"))

    redraft(korea.article, make_reading(moved))

    korea.refresh_from_db()
    assert korea.candidate != candidate
    assert (issuers(candidate), issuers(korea.candidate)) == (["JP"], ["KR"])


def test_an_article_is_labelled_with_its_own_account_alone(both, editor):
    candidate, _japan, _korea = both
    make_candidate()
    accept(candidate, editor)

    labels = [[one["issuer"] for one in row["accounts"]] for row in labelled_articles()]

    assert labels == [["JP"], ["KR"]]
