"""The accounts of governments on the review pages: shown, edited, decided with their candidate."""

from datetime import date

import pytest

from events.models import Event, Point
from news import review
from news.models import CandidatePoint, CandidateReadout
from news.readouts import store_readout
from tests.events.build import NOW, make_event, make_readout, make_topic
from tests.news.build import make_article
from tests.news.test_readouts import PAGE, URL, accept, candidate_of, drafted, official, page

__all__ = ["official"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("official")]


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    return client


def address(candidate):
    return f"/review/{candidate.pk}/"


def save_address(candidate):
    return f"{address(candidate)}account/{candidate.readouts.get().pk}/"


def as_shown(desk, candidate, **changes):
    """What a browser sends when the form of the account is left as it is, but for `changes`."""
    (section,) = desk.get(address(candidate)).context["accounts"].sections
    sent = {}
    for form in section.form.forms:
        for field in form:
            value = field.value()
            if value is True:
                sent[field.html_name] = "on"
            elif value not in (None, False):
                sent[field.html_name] = str(value)
    return {name: value for name, value in {**sent, **changes}.items() if value is not None}


def point(candidate, position=1):
    return CandidatePoint.objects.get(readout__candidate=candidate, position=position)


def test_the_page_shows_points_with_their_words_and_the_promise_with_its_deadline(desk):
    shown = desk.get(address(candidate_of()))

    assert "A ministry" in shown.text
    assert "Prime Minister Ishiba raised the abductions." in shown.text
    assert "in September" in shown.text
    assert "undertaken by Republic of Korea and Japan" in shown.text
    assert "With the account of Japan." in shown.text


def test_a_candidate_without_an_account_has_no_such_section(desk):
    candidate = candidate_of()
    candidate.readouts.all().delete()

    shown = desk.get(address(candidate)).text

    assert "Accounts of governments" not in shown
    assert "htmx" not in shown


def test_the_matrix_puts_the_draft_beside_what_is_on_record(desk):
    event = make_event(
        kind="CALL",
        starts_on=date(2025, 6, 9),
        actors=["KR", "JP"],
        people=["lee-jae-myung", "ishiba-shigeru"],
    )
    make_readout(event, "KR", points=[("security", "AGREED", "security to be strengthened")])

    shown = desk.get(address(candidate_of()))

    accounts = shown.context["accounts"]
    assert [(one.country.code, one.is_draft) for one in accounts.columns] == [
        ("JP", True),
        ("KR", False),
    ]
    rows = {
        row.topic.slug if row.topic else "": [str(cell.state) for cell in row.cells]
        for row in accounts.matrix.rows
    }
    assert rows == {
        "north_korea": ["said", "nothing"],
        "security": ["nothing", "said"],
        "": ["said", "nothing"],
    }
    assert shown.text.count("not mentioned in this account") == 3
    assert "A readout appeared: the record lacks the account of Japan." in shown.text
    assert "says nothing of the talk itself" in shown.text


def test_two_drafted_accounts_stand_side_by_side(desk):
    candidate = candidate_of()
    store_readout(candidate, make_article(PAGE), drafted(issuer="KR"))

    accounts = desk.get(address(candidate)).context["accounts"]

    assert [(one.country.code, one.is_draft) for one in accounts.columns] == [
        ("KR", True),
        ("JP", True),
    ]
    assert [topic.slug for topic in accounts.matrix.in_all] == ["north_korea"]


def test_a_government_without_any_account_is_shown_as_such(desk):
    shown = desk.get(address(candidate_of())).text

    assert "no account on record" in shown
    assert "not mentioned in this account" not in shown


def test_saving_as_shown_changes_no_value_and_says_so(desk, reviewer):
    candidate = candidate_of()

    answer = desk.post(save_address(candidate), as_shown(desk, candidate), follow=True)

    assert "The account is saved" in answer.text
    readout = candidate.readouts.get()
    assert (readout.is_left_out, readout.is_whole, readout.edited_by) == (False, None, reviewer)
    assert (point(candidate).topic.slug, point(candidate).stance) == ("north_korea", "RAISED")
    assert not readout.commitments.get().is_left_out
    assert readout.commitments.get().due_on == date(2025, 9, 1)
    candidate.refresh_from_db()
    assert candidate.assigned_to == reviewer


def test_points_are_ticked_off_and_given_another_topic_and_stance(desk, editor):
    candidate = candidate_of()
    history = make_topic("history")
    first, second = point(candidate), point(candidate, 2)
    sent = as_shown(
        desk,
        candidate,
        **{
            f"point-{first.pk}-topic": str(history.pk),
            f"point-{first.pk}-stance": "MENTIONED",
            f"point-{first.pk}-text_en": "the past",
            f"point-{second.pk}-keep": None,
        },
    )

    desk.post(save_address(candidate), sent)
    event = accept(candidate, editor)

    (on_record,) = Point.objects.filter(readout__event=event)
    assert (on_record.topic, on_record.stance, on_record.text_en) == (
        history,
        "MENTIONED",
        "the past",
    )
    first.refresh_from_db()
    assert (first.drafted_topic.slug, first.drafted_stance) == ("north_korea", "RAISED")


def test_accepting_in_one_action_takes_the_account_along(desk):
    candidate = candidate_of(title="Lee–Ishiba call")
    form = desk.get(address(candidate)).context["accept"]
    sent = {"then": "next"}
    for field in form:
        value = field.value()
        if value is not None:
            many = isinstance(value, list)
            sent[field.html_name] = [str(one) for one in value] if many else str(value)

    desk.post(f"{address(candidate)}accept/", sent)

    assert Event.objects.get().readouts.get().points.count() == 2


def test_an_account_of_a_country_left_out_of_the_event_is_told_beside_the_form(desk):
    candidate = candidate_of(title="Lee–Ishiba call")
    form = desk.get(address(candidate)).context["accept"]
    sent = {"then": "next"}
    for field in form:
        value = field.value()
        if value is not None:
            many = isinstance(value, list)
            sent[field.html_name] = [str(one) for one in value] if many else str(value)
    sent["actors"] = ["KR"]

    answer = desk.post(f"{address(candidate)}accept/", sent)

    assert answer.status_code == 422
    assert "must be among the countries" in answer.text
    assert not Event.objects.exists()


def test_with_htmx_only_the_state_and_the_matrix_come_back(desk):
    candidate = candidate_of()
    sent = as_shown(desk, candidate, **{f"point-{point(candidate).pk}-keep": None})

    answer = desk.post(save_address(candidate), sent, headers={"HX-Request": "true"})

    assert answer.status_code == 200
    assert "Saved." in answer.text
    assert "<html" not in answer.text
    assert "North Korea" not in answer.text
    assert point(candidate).is_left_out


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_wrong_value_is_told_and_nothing_is_saved(desk, headers):
    candidate = candidate_of()
    promise = candidate.readouts.get().commitments.get()
    sent = as_shown(
        desk,
        candidate,
        **{
            f"commitment-{promise.pk}-due_on": "2025-02-30",
            f"point-{point(candidate).pk}-text_en": "kept in the form",
        },
    )

    answer = desk.post(save_address(candidate), sent, headers=headers)

    assert answer.status_code == (200 if headers else 422)
    assert "due on" in answer.text.lower()
    assert point(candidate).text_en == ""
    if not headers:
        assert "kept in the form" in answer.text


def test_a_deadline_by_the_month_on_another_day_than_its_first_is_refused(desk):
    candidate = candidate_of()
    promise = candidate.readouts.get().commitments.get()
    sent = as_shown(desk, candidate, **{f"commitment-{promise.pk}-due_on": "2025-09-15"})

    answer = desk.post(save_address(candidate), sent)

    assert answer.status_code == 422
    promise.refresh_from_db()
    assert promise.due_on == date(2025, 9, 1)


def test_an_account_that_was_decided_meanwhile_stays_as_it_was_published(desk, editor):
    candidate = candidate_of()
    sent = as_shown(desk, candidate, **{f"point-{point(candidate).pk}-keep": None})
    accept(candidate, editor)

    answer = desk.post(save_address(candidate), sent, follow=True)

    assert "had been decided already" in answer.text
    assert not point(candidate).is_left_out


def test_an_account_that_was_drafted_anew_meanwhile_is_not_lost_silently(desk):
    candidate = candidate_of()
    sent, there = as_shown(desk, candidate), save_address(candidate)
    CandidateReadout.objects.all().delete()

    assert "drafted anew" in desk.post(there, sent, follow=True).text


def test_only_those_who_may_review_save(client, editor):
    candidate = candidate_of()

    assert client.post(save_address(candidate)).status_code == 302
    client.force_login(editor)
    assert client.post(save_address(candidate)).status_code == 403


def test_the_account_of_this_page_on_record_is_not_added_again(desk):
    event = make_event(
        kind="CALL",
        starts_on=date(2025, 6, 9),
        actors=["KR", "JP"],
        people=["lee-jae-myung", "ishiba-shigeru"],
    )
    make_readout(event, "JP", url=URL)

    shown = desk.get(address(candidate_of()))

    assert "has this account already" in shown.text
    assert "A readout appeared" not in shown.text


def test_another_account_of_the_same_government_stays_beside_the_new_one(desk):
    event = make_event(
        kind="CALL",
        starts_on=date(2025, 6, 9),
        actors=["KR", "JP"],
        people=["lee-jae-myung", "ishiba-shigeru"],
    )
    make_readout(event, "JP", points=[("security", "AGREED", "security to be strengthened")])

    shown = desk.get(address(candidate_of()))

    columns = [(one.country.code, one.is_draft) for one in shown.context["accounts"].columns]
    assert columns == [("JP", True), ("JP", False), ("KR", False)]
    assert "another account of this government" in shown.text
    assert "A readout appeared" not in shown.text


def test_the_queue_says_whose_account_a_candidate_brings(desk):
    candidate_of()

    assert "With the account of Japan." in desk.get("/review/").text


@pytest.mark.parametrize("count", [1, 5])
def test_a_page_with_an_account_costs_the_same_for_few_and_many_points(
    desk, django_assert_num_queries, count
):
    candidate = candidate_of(page())
    first = point(candidate)
    for number in range(count):
        first.pk, first.position = None, 10 + number
        first._state.adding = True
        first.save()

    with django_assert_num_queries(35):
        desk.get(address(candidate))


def test_undone_the_account_can_be_edited_again(desk, reviewer):
    candidate = candidate_of()
    accept(candidate, reviewer)
    desk.post("/review/undo/", {"decisions": str(candidate.decisions.get().pk)})

    assert "Save the account" in desk.get(address(candidate)).text


def test_a_hostile_page_shows_as_text(desk):
    candidate = candidate_of()
    CandidatePoint.objects.update(quote="<script>alert(1)</script>")

    assert "<script>alert(1)" not in desk.get(address(candidate)).text


def test_decided_candidates_offer_no_form(desk, reviewer):
    candidate = candidate_of()
    review.reject(candidate, reason="WRONG", by=reviewer, at=NOW)

    assert "Save the account" not in desk.get(address(candidate)).text
