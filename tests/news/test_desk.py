"""Working through the queue: filters, the next item, taking, rejecting many, undoing, keys."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.models import Event
from news import review
from news.models import Candidate, Decision
from news.shortcuts import HELP
from tests.events.build import NOW, make_anniversary, make_event, make_user
from tests.news.build import (
    TEXT,
    evidence,
    evidence_of,
    make_anniversary_candidate,
    make_article,
    make_candidate,
    make_source,
)
from tests.news.test_review_pages import address, as_shown

pytestmark = pytest.mark.django_db
QUEUE = "/review/"
PEOPLE = ["lee-jae-myung", "ishiba-shigeru"]


@pytest.fixture
def desk(client, reviewer):
    client.force_login(reviewer)
    return client


def rejecting(*candidates, **more):
    return {"candidates": [row.pk for row in candidates], "reject_reason": "BACKGROUND", **more}


def states():
    return [row.state for row in Candidate.objects.order_by("pk")]


@pytest.mark.parametrize("path", ["first/"])
@pytest.mark.parametrize("method", ["get"])
def test_strangers_are_kept_out_of_the_ways_to_look(client, method, path):
    assert "login" in getattr(client, method)(QUEUE + path)["Location"]


@pytest.mark.parametrize("path", ["reject/", "undo/", "keys/", "1/split/", "1/take/"])
def test_strangers_are_kept_out_of_the_ways_to_decide(client, path):
    assert "login" in client.post(QUEUE + path)["Location"]
    client.force_login(make_user("reader"))
    assert client.post(QUEUE + path).status_code == 403


def test_the_queue_is_filtered_by_source_confidence_and_who_has_taken_it(desk, reviewer):
    source, other = make_source(), make_user("other")
    sourced = make_candidate(make_article(source=source))
    guess = make_candidate(evidence=(evidence("start", "2025-06-09", "June 9"),))
    evidence_of(guess).update(confidence=0.4)
    bare = make_candidate(evidence=())
    sourced.take(reviewer, at=NOW)
    guess.take(other, at=NOW)

    def found(**query):
        return set(desk.get(QUEUE, query).context["page"].object_list)

    assert found(source=source.pk) == {sourced}
    assert found(source="99999999999999999999") == {sourced, guess, bare}
    assert found(source="\x00") == {sourced, guess, bare}
    assert found(confidence="high") == {sourced}
    assert found(confidence="low") == {guess, bare}
    assert found(confidence="middle") == set()
    assert found(taken="mine") == {sourced}
    assert found(taken="free") == {bare}
    assert found(taken="others") == {guess}


def test_each_row_says_why_it_is_here_and_since_when(desk):
    now = timezone.now()
    make_event(title_en="The known call", people=PEOPLE)
    make_event(
        title_en="The planned summit",
        kind="SUMMIT",
        status="SCHEDULED",
        starts_on=now.date(),
        people=PEOPLE,
    )
    make_candidate(make_article(found_at=now - timedelta(days=3)))
    make_candidate(kind="summit", channel="IN_PERSON", starts_on=now.date(), ends_on=now.date())
    make_candidate(kind="dispute", participants=(), channel="")
    make_anniversary("normalization-treaty", title_en="Treaty day")
    make_anniversary_candidate(anniversary="normalization-treaty")

    text = " ".join(desk.get(QUEUE).text.split())

    assert "<b>Likely the same as</b> <a" in text
    assert "The known call</a>" in text
    assert "<b>Likely an update of</b>" in text
    assert "The planned summit</a>" in text
    assert "<b>New</b>" in text
    assert "<b>A day on record</b>" in text
    assert "waiting for 3 days" in text


def test_one_at_a_time_begins_with_the_oldest_and_passes_over_what_others_have_taken(desk):
    first, second, third = (make_candidate() for _number in range(3))
    first.take(make_user("other"), at=NOW)

    start = desk.get(QUEUE + "first/")
    answer = desk.post(address(third, "reject"), {"reject_reason": "WRONG"})
    last = desk.post(address(second, "reject"), {"reject_reason": "WRONG"})
    blocked = desk.post(address(first, "reject"), {"reject_reason": "WRONG"})

    assert start["Location"] == address(second)
    assert answer["Location"] == address(second)
    assert last["Location"] == QUEUE
    assert blocked.status_code == 302
    assert states() == ["REJECTED"] * 3


def test_a_candidate_is_taken_and_given_back(desk, reviewer):
    candidate = make_candidate()

    desk.post(address(candidate, "take"), {"take": "yes"})
    candidate.refresh_from_db()
    shown = desk.get(address(candidate)).text
    desk.post(address(candidate, "take"), {"take": "no"})
    after = Candidate.objects.get()

    assert candidate.assigned_to == reviewer
    assert "Taken by editor" in shown
    assert "Give back" in shown
    assert (after.assigned_to, after.assigned_at) == (None, None)


def test_those_ticked_are_rejected_together_and_undone_together(desk, reviewer):
    ticked = [make_candidate(), make_candidate()]
    left = make_candidate()
    late = make_candidate()
    review.reject(late, reason="WRONG", by=make_user("other"), at=NOW)

    answer = desk.post(
        QUEUE + "reject/", rejecting(*ticked, late, filters="kind=call"), follow=True
    )
    ids = " ".join(str(pk) for pk in Decision.objects.filter(by=reviewer).values_list("pk", flat=1))

    assert answer.redirect_chain == [("/review/?kind=call", 302)]
    assert "2 rejected. 1 had been decided already." in answer.text
    assert f'name="decisions" value="{ids}"' in answer.text
    assert states() == ["REJECTED", "REJECTED", "PENDING", "REJECTED"]
    undone = desk.post(QUEUE + "undo/", {"decisions": ids}, follow=True)
    assert "they wait again" in undone.text
    assert states() == ["PENDING", "PENDING", "PENDING", "REJECTED"]
    assert left.decisions.count() == 0


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"candidates": []}, "Tick the candidates"),
        ({"candidates": ["x", "\x00", "99999999999999999999"]}, "not one of the available"),
        ({"reject_reason": ""}, "required"),
        ({"reject_reason": "OTHER"}, "Say which other reason"),
    ],
)
def test_a_bulk_rejection_that_is_wrong_is_told_and_rejects_nothing(desk, sent, told):
    candidate = make_candidate()

    answer = desk.post(QUEUE + "reject/", {**rejecting(candidate), **sent})

    assert answer.status_code == 422
    assert told in answer.text
    assert states() == ["PENDING"]


def test_after_each_decision_the_next_page_offers_to_undo_it(desk):
    candidate, following = make_candidate(), make_candidate()

    desk.post(address(candidate, "accept"), as_shown(desk, candidate))
    decision = Decision.objects.get()
    shown = desk.get(address(following)).text
    answer = desk.post(QUEUE + "undo/", {"decisions": decision.pk, "filters": "kind=call"})

    assert f'name="decisions" value="{decision.pk}"' in shown
    assert 'data-key="u"' in shown
    assert answer["Location"] == f"{address(candidate)}?kind=call"
    again = desk.get(answer["Location"]).text
    assert "it waits again" in again
    assert "Accepted by editor <span" in " ".join(again.split())
    assert not Event.objects.visible().exists()


def test_the_last_decisions_are_listed_to_be_undone(desk):
    candidate = make_candidate(title="A thing")
    desk.post(address(candidate, "reject"), {"reject_reason": "WRONG"})
    desk.get(QUEUE)

    assert "Rejected: <a" in desk.get(QUEUE).text
    decided = desk.get(address(candidate)).text
    assert f'name="decisions" value="{Decision.objects.get().pk}"' in decided


@pytest.mark.parametrize("ids", ["", "x 0 99999999999999999999", "0"])
def test_undoing_nothing_says_so(desk, ids):
    answer = desk.post(QUEUE + "undo/", {"decisions": ids}, follow=True)

    assert "There is nothing to undo" in answer.text


def test_what_another_editor_decided_is_not_undone(desk):
    candidate = make_candidate()
    review.reject(candidate, reason="WRONG", by=make_user("other"), at=NOW)

    answer = desk.post(QUEUE + "undo/", {"decisions": candidate.decisions.get().pk}, follow=True)

    assert "Not undone: Only the editor who decided" in answer.text
    assert states() == ["REJECTED"]


def test_the_page_shows_each_difference_and_merging_takes_only_what_was_ticked(desk):
    candidate = make_candidate(minutes=30)
    event = make_event(people=PEOPLE[:1], channel="VIDEO")
    tick = 'type="checkbox" name="take" value="{}" form="merge-form"{}>'

    shown = desk.get(address(candidate)).text
    assert tick.format("minutes", " checked") in shown
    assert tick.format("people", "") in shown
    assert tick.format("channel", "") in shown
    assert "Not as on record: <b>By video</b>" in shown
    desk.post(
        address(candidate, "merge"),
        {"event": event.slug, "against": event.slug, "take": ["minutes"]},
    )

    event.refresh_from_db()
    assert (event.minutes, event.channel, event.people.count()) == (30, "VIDEO", 1)


def test_ticks_for_the_event_compared_do_not_touch_another(desk):
    candidate = make_candidate(minutes=30)
    compared, other = make_event(people=PEOPLE), make_event(people=PEOPLE)

    desk.post(
        address(candidate, "merge"),
        {"event": other.slug, "against": compared.slug, "take": ["minutes"], "status": "HELD"},
    )

    other.refresh_from_db()
    assert other.minutes is None
    assert other.citations.count() == 2


def test_an_update_changes_the_status_only_as_the_editor_says(desk):
    candidate = make_candidate(kind="summit", channel="IN_PERSON")
    event = make_event(
        kind="SUMMIT",
        status="SCHEDULED",
        people=PEOPLE,
        precision="MONTH",
        starts_on=date(2025, 6, 1),
    )

    shown = desk.get(address(candidate)).text
    desk.post(
        address(candidate, "merge"),
        {"event": event.slug, "against": event.slug, "status": "POSTPONED"},
    )

    assert "Likely an update of" in shown
    assert " checked" not in shown.partition("accept-form")[0].partition("review-drafted")[2][:4000]
    event.refresh_from_db()
    assert (event.status, event.precision) == ("POSTPONED", "MONTH")


def test_another_event_is_compared_when_asked_for(desk):
    candidate = make_candidate()
    make_event(people=PEOPLE, title_en="The likely one")
    other = make_event(people=PEOPLE, slug="another", title_en="Another one", kind="MINISTERIAL")

    assert "Compared with: The likely one" in desk.get(address(candidate)).text
    asked = desk.get(address(candidate), {"against": other.slug}).text
    assert "Compared with: Another one" in asked
    assert desk.get(address(candidate), {"against": "\x00"}).status_code == 200


def test_a_candidate_is_split_from_its_page(desk):
    candidate = make_candidate()
    sent = {"kind": "SUMMIT", "starts_on": "2025-06-17"}

    wrong = desk.post(address(candidate, "split"), {"sentences": ["0"], **sent})
    answer = desk.post(address(candidate, "split"), sent)

    second = Candidate.objects.latest("pk")
    assert wrong.status_code == 422
    assert "Leave the first event a sentence" in wrong.text
    assert answer["Location"] == address(second)
    assert "Split from another candidate" in desk.get(address(second)).text


def test_no_key_does_two_things():
    keys = [key for key, _does in HELP]

    assert len(keys) == len(set(keys))


def test_shortcuts_are_shown_hidden_or_off_as_chosen(desk):
    candidate = make_candidate()

    def chosen(value):
        desk.post(QUEUE + "keys/", {"keys": value, "next": address(candidate)})
        return desk.get(address(candidate)).text

    assert '<kbd aria-hidden="true">a</kbd>' in desk.get(address(candidate)).text
    hidden = chosen("hidden")
    assert '<kbd aria-hidden="true">' not in hidden
    assert "js/review.js" in hidden
    assert "js/review.js" not in chosen("off")
    assert "js/review.js" not in chosen("nonsense")
    assert '<kbd aria-hidden="true">a</kbd>' in chosen("shown")
    away = desk.post(QUEUE + "keys/", {"keys": "off", "next": "https://example.org/"})
    assert away["Location"] == QUEUE


def test_the_text_of_an_article_is_beside_what_was_read_from_it(desk):
    text = desk.get(address(make_candidate())).text

    assert TEXT.split(".")[1].strip() in text
    assert "90 % sure" in text
