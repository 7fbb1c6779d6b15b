"""The reports of a candidate as an editor meets them."""

from datetime import date

import pytest

from events.models import Event
from news import review
from news.ingest import store_reading
from news.models import Candidate
from tests.events.build import NOW
from tests.news.build import (
    TEXT,
    evidence,
    make_article,
    make_candidate,
    make_draft,
    make_leaders,
    make_reading,
    make_reports,
)
from tests.news.test_review_pages import address, as_shown

pytestmark = pytest.mark.django_db
LONGER = TEXT + " The call took 20 minutes."


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    make_leaders()
    return client


def two_reports():
    """A candidate that the Times and the Post report, the latter with another duration."""
    (candidate,) = store_reading(
        make_article(outlet="The Times", url="https://times.example.org/1"),
        make_reading(make_draft(minutes=25)),
    )
    row = evidence("minutes", "20", "20 minutes", LONGER)
    store_reading(
        make_article(LONGER, outlet="The Post", url="https://post.example.org/1", language="ko"),
        make_reading(make_draft(minutes=20, evidence=(row,))),
    )
    return candidate


def words(answer):
    return " ".join(answer.text.split())


def test_contradictions_stand_first_in_words_with_who_tells_what(desk):
    candidate = two_reports()
    times, post = candidate.reports.in_order()

    text = words(desk.get(address(candidate)))

    assert "The reports contradict each other" in text
    assert (
        f'<strong>25 minutes</strong>: <a href="/review/{candidate.pk}/?report={times.pk}' in text
    )
    assert f'20 minutes: <a href="/review/{candidate.pk}/?report={post.pk}' in text
    assert '<q lang="ko">20 minutes</q>' in text
    assert text.index("contradict each other") < text.index("What was drafted")


def test_reports_that_agree_are_not_said_to_contradict_each_other(desk):
    shown = desk.get(address(make_reports(make_article(), make_article())))

    assert "contradict each other" not in shown.text
    assert len(shown.context["reports"]) == 2


def test_each_report_is_shown_with_its_text_and_its_own_words_marked(desk):
    candidate = two_reports()
    times, post = candidate.reports.in_order()

    first = desk.get(address(candidate))
    second = desk.get(address(candidate), {"report": post.pk})

    assert "took 20 minutes" not in first.context["article"].text
    assert "<mark>spoke by phone</mark> on <mark>June 9</mark>" in first.text
    assert second.context["shown"] == post
    assert "The call took <mark>20 minutes</mark>." in second.text
    assert f'?report={post.pk}#article" aria-current="true">The Post</a>' in second.text
    assert f'?report={times.pk}#article">The Times</a>' in second.text


@pytest.mark.parametrize("asked", ["x", "0", "\x00", "99999999999999999999"])
def test_a_report_that_is_not_there_shows_the_first(desk, asked):
    candidate = two_reports()

    shown = desk.get(address(candidate), {"report": asked})

    assert shown.status_code == 200
    assert shown.context["shown"] == candidate.reports.in_order()[0]


def test_the_queue_has_one_row_for_all_and_finds_it_by_any_report(desk):
    candidate = two_reports()

    for query in ({}, {"language": "ko"}, {"language": "en"}):
        shown = desk.get("/review/", query)
        assert list(shown.context["page"].object_list) == [candidate]
        assert "2 reports" in shown.text
    assert list(desk.get("/review/", {"language": "ja"}).context["page"].object_list) == []


def test_accepting_what_is_shown_cites_all_that_were_shown(desk):
    candidate = two_reports()
    sent = as_shown(desk, candidate, reports=desk.get(address(candidate)).context["seen"])
    store_reading(make_article(), make_reading(make_draft()))

    desk.post(address(candidate, "accept"), sent)

    event = Event.objects.get()
    assert [row.url for row in event.citations.order_by("position")] == [
        "https://times.example.org/1",
        "https://post.example.org/1",
    ]
    assert Candidate.objects.pending().count() == 1


def test_without_an_address_of_its_own_another_report_is_enough(desk):
    candidate = make_reports(make_article(url=""), make_article(url="https://post.example.org/1"))

    desk.post(address(candidate, "accept"), as_shown(desk, candidate))

    assert [row.url for row in Event.objects.get().citations.all()] == [
        "https://post.example.org/1"
    ]


def test_a_report_is_taken_off_with_one_button_and_shown(desk):
    candidate = two_reports()
    _times, post = candidate.reports.in_order()

    answer = desk.post(address(candidate, "apart"), {"report": post.pk, "filters": "kind=call"})

    (other,) = Candidate.objects.exclude(pk=candidate.pk)
    assert answer["Location"] == f"{address(other)}?kind=call"
    assert other.reports.get() == post
    shown = desk.get(address(other)).text
    assert "Split from another candidate" in shown
    assert f'name="into" value="{candidate.pk}"' in shown


def test_taking_off_what_cannot_be_is_told(desk, reviewer):
    candidate, decided = make_candidate(), make_candidate()
    review.reject(decided, reason="WRONG", by=reviewer, at=NOW)

    for row, asked, told in (
        (candidate, candidate.reports.get().pk, "Only one of several"),
        (candidate, "x", "Only one of several"),
        (decided, decided.reports.get().pk, "had been decided already"),
    ):
        answer = desk.post(address(row, "apart"), {"report": asked})
        assert answer.status_code == 409
        assert told in answer.text
    assert Candidate.objects.count() == 2


def test_another_that_waits_is_put_to_it_with_one_button_and_undone_with_one(desk):
    one, other = make_candidate(), make_candidate(minutes=25)

    assert f'name="into" value="{other.pk}"' in desk.get(address(one)).text
    answer = desk.post(address(one, "join"), {"into": other.pk}, follow=True)

    assert answer.redirect_chain == [(address(other), 302)]
    assert "these are the reports of both" in answer.text
    decided = desk.get(address(one)).text
    assert "Put to another by" in decided
    assert address(other) in decided
    decision = one.decisions.get()
    assert f'name="decisions" value="{decision.pk}"' in answer.text
    desk.post("/review/undo/", {"decisions": decision.pk})
    one.refresh_from_db()
    assert (one.state, one.reports.count()) == ("PENDING", 1)


def test_putting_to_nothing_or_to_what_was_decided_is_told(desk, reviewer):
    one, decided = make_candidate(), make_candidate()
    review.reject(decided, reason="WRONG", by=reviewer, at=NOW)

    nothing = desk.post(address(one, "join"), {"into": "\x00"})
    late = desk.post(address(one, "join"), {"into": decided.pk})
    refused = desk.post(address(decided, "join"), {"into": one.pk})

    assert (nothing.status_code, late.status_code, refused.status_code) == (422, 422, 409)
    assert "Choose the candidate" in nothing.text
    assert "has been decided already" in late.text


def test_sentences_are_split_off_the_report_that_is_shown(desk):
    candidate = two_reports()
    _times, post = candidate.reports.in_order()

    shown = desk.get(address(candidate), {"report": post.pk}).text
    answer = desk.post(
        address(candidate, "split"),
        {"report": post.pk, "kind": "SUMMIT", "starts_on": "2025-06-17"},
    )

    assert f'name="report" value="{post.pk}"' in shown
    (other,) = Candidate.objects.exclude(pk=candidate.pk)
    assert answer["Location"] == address(other)
    assert (other.article, other.starts_on) == (post.article, date(2025, 6, 17))


@pytest.mark.parametrize("verb", ["apart", "join"])
def test_strangers_are_kept_out(client, verb):
    assert "login" in client.post(f"/review/1/{verb}/")["Location"]
