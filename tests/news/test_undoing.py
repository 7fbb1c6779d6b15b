"""Undoing a decision takes away what it left, and nothing else."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from events.models import Anniversary, Country, Event
from news import review
from news.models import Decision
from news.undoing import CannotUndo, undo
from tests.events.build import NOW, make_anniversary, make_event, make_user
from tests.news.build import (
    evidence,
    make_anniversary_candidate,
    make_article,
    make_candidate,
    make_leaders,
)
from tests.news.test_review import URL, accept, event_of

pytestmark = pytest.mark.django_db
SEEN = "https://example.org/before"


def last(candidate):
    return candidate.decisions.standing().get()


def merge(candidate, event, by, **more):
    return review.merge_into_event(candidate, event, url=URL, by=by, at=NOW, **more)


def test_an_accepted_event_is_withdrawn_and_its_candidate_waits_again(editor):
    candidate = make_candidate()
    event = accept(candidate, editor)
    decision = last(candidate)

    undo(decision, by=editor, at=NOW)

    event.refresh_from_db()
    candidate.refresh_from_db()
    decision.refresh_from_db()
    assert event.withdrawn_by == editor
    assert "by mistake" in event.withdrawn_reason
    assert event.citations.count() == 1
    assert (candidate.state, candidate.event, candidate.decided_by) == ("PENDING", None, None)
    assert (decision.undone_at, decision.event) == (NOW, event)
    metadata = event.history.order_by("-pgh_id").first().pgh_context.metadata
    assert (metadata["door"], metadata["user"]) == ("review", editor.pk)
    assert "undone" in metadata["reason"]


def test_accepted_again_it_is_the_same_event_with_what_was_corrected(editor):
    candidate = make_candidate()
    first = accept(candidate, editor, city="Seoul", place_country=Country.objects.get(pk="KR"))
    undo(last(candidate), by=editor, at=NOW)

    corrected = event_of(candidate, starts_on=date(2025, 6, 8), title_en="Another title")
    second = accept(candidate, editor, corrected)

    assert (second.pk, second.public_id) == (first.pk, first.public_id)
    assert second in Event.objects.visible()
    assert second.slug == "2025-06-08-another-title"
    assert [row.slug for row in second.old_slugs.all()] == [first.slug]
    assert second.places.count() == 0
    assert second.people.count() == 2
    fields = set(second.citations.get().evidence.values_list("field", flat=True))
    assert "start" not in fields
    undo(last(candidate), by=editor, at=NOW)
    assert accept(candidate, editor).pk == first.pk
    assert Event.objects.count() == 1


def test_an_event_that_was_changed_since_is_left_alone(editor):
    candidate = make_candidate()
    event = accept(candidate, editor)
    merge(make_candidate(), event, make_user("other"))

    with pytest.raises(CannotUndo, match="changed since"):
        undo(last(candidate), by=editor, at=NOW)

    candidate.refresh_from_db()
    assert candidate.state == "ACCEPTED"
    assert event in Event.objects.visible()
    assert last(candidate).undone_at is None


def test_a_merged_candidate_takes_its_source_and_sentences_back(editor):
    event = make_event(citations=[SEEN], independent_publishers=1)
    before = Event.objects.get(pk=event.pk)
    candidate = make_candidate(make_article(url="https://other.example.org/1"))
    review.merge_into_event(candidate, event, url="https://other.example.org/1", by=editor, at=NOW)
    assert Event.objects.get(pk=event.pk).independent_publishers == 2

    undo(last(candidate), by=editor, at=NOW)

    event.refresh_from_db()
    assert [row.url for row in event.citations.all()] == [SEEN]
    assert event.independent_publishers == 1
    assert event.version == before.version + 2
    candidate.refresh_from_db()
    assert candidate.state == "PENDING"


def test_what_another_candidate_of_the_same_page_rests_on_stays_until_that_is_undone(editor):
    event, other = make_event(citations=[SEEN]), make_user("other")
    call = make_candidate()
    visit = make_candidate(
        kind="visit", channel="", evidence=(evidence("start", "2025-06-09", "June 9"),)
    )
    merge(call, event, editor)
    merge(visit, event, other)

    undo(last(call), by=editor, at=NOW)

    assert event.citations.get(url=URL).evidence.get().field == "start"
    undo(last(visit), by=other, at=NOW)
    assert [row.url for row in event.citations.all()] == [SEEN]


def test_a_source_that_was_there_before_stays(editor):
    event = make_event(citations=[URL])
    candidate = make_candidate()
    merge(candidate, event, editor)
    assert event.citations.get().evidence.count() == 4

    undo(last(candidate), by=editor, at=NOW)

    assert event.citations.get().evidence.count() == 0


def test_values_taken_over_go_back_but_for_those_changed_since(editor):
    make_leaders()
    event = make_event(
        kind="SUMMIT",
        status="SCHEDULED",
        certainty="ADVANCE_NOTICE",
        precision="MONTH",
        starts_on=date(2025, 6, 1),
        people=[],
    )
    candidate = make_candidate(
        kind="summit", channel="IN_PERSON", minutes=30, topics=("security",), city="Seoul"
    )
    candidate.place_country_id = "KR"
    candidate.save()

    merge(
        candidate,
        event,
        editor,
        take=["date", "minutes", "people", "topics", "city"],
        status="HELD",
    )
    event.refresh_from_db()
    assert (event.status, event.certainty) == ("HELD", "CONFIRMED")
    assert (event.precision, event.starts_on, event.minutes) == ("DAY", date(2025, 6, 9), 30)
    assert (event.people.count(), event.topics.count(), event.places.count()) == (2, 1, 1)
    event.minutes = 45
    event.save()

    undo(last(candidate), by=editor, at=NOW)

    event.refresh_from_db()
    assert (event.status, event.certainty) == ("SCHEDULED", "ADVANCE_NOTICE")
    assert (event.precision, event.starts_on, event.minutes) == ("MONTH", date(2025, 6, 1), 45)
    assert (event.people.count(), event.topics.count(), event.places.count()) == (0, 0, 0)


def test_without_a_tick_merging_changes_no_value(editor):
    event = make_event(kind="SUMMIT", status="SCHEDULED", people=[])
    candidate = make_candidate(kind="summit", channel="IN_PERSON", minutes=30)

    merge(candidate, event, editor)

    event.refresh_from_db()
    assert (event.status, event.minutes, event.people.count()) == ("SCHEDULED", None, 0)


def test_what_would_break_a_rule_is_not_taken_over(editor):
    event = make_event(kind="SUMMIT")
    candidate = make_candidate(kind="summit", channel="LETTER")

    with pytest.raises(ValidationError, match="in person or by video"):
        merge(candidate, event, editor, take=["channel"])

    candidate.refresh_from_db()
    assert candidate.state == "PENDING"


def test_a_rejected_candidate_waits_again_and_the_history_stays(editor):
    candidate = make_candidate()
    review.reject(candidate, reason="OTHER", note="A drill", by=editor, at=NOW)

    undo(last(candidate), by=editor, at=NOW)
    review.reject(candidate, reason="WRONG", by=editor, at=NOW)

    rows = Decision.objects.order_by("pk").values_list("reject_reason", "note", "undone_at")
    assert list(rows) == [("OTHER", "A drill", NOW), ("WRONG", "", None)]


def test_a_recurring_day_merged_or_added_is_undone(editor):
    day = make_anniversary("normalization-treaty")
    merged = make_anniversary_candidate(anniversary="normalization-treaty")
    review.merge_into_anniversary(merged, day, url=URL, by=editor, at=NOW)
    undo(last(merged), by=editor, at=NOW)
    added = make_anniversary_candidate()
    made = Anniversary(title_en="Treaty day", origin_on=date(1965, 6, 22))
    review.accept_as_anniversary(added, anniversary=made, countries=[], url=URL, by=editor, at=NOW)
    undo(last(added), by=editor, at=NOW)

    added.refresh_from_db()
    assert not day.citations.filter(url=URL).exists()
    assert list(Anniversary.objects.all()) == [day]
    assert (added.state, added.result) == ("PENDING", None)


def test_a_day_with_another_source_stays(editor):
    candidate, other = make_anniversary_candidate(), make_anniversary_candidate()
    made = Anniversary(title_en="Treaty day", origin_on=date(1965, 6, 22))
    review.accept_as_anniversary(
        candidate, anniversary=made, countries=[], url=URL, by=editor, at=NOW
    )
    review.merge_into_anniversary(other, made, url=SEEN, by=editor, at=NOW)

    with pytest.raises(CannotUndo, match="another source"):
        undo(last(candidate), by=editor, at=NOW)

    assert Anniversary.objects.get() == made


def test_only_who_decided_undoes_and_only_once(editor):
    candidate = make_candidate()
    review.reject(candidate, reason="WRONG", by=editor, at=NOW)
    decision = last(candidate)

    with pytest.raises(CannotUndo, match="Only the editor"):
        undo(decision, by=make_user("other"), at=NOW)
    undo(decision, by=editor, at=NOW)
    with pytest.raises(CannotUndo, match="undone already"):
        undo(decision, by=editor, at=NOW)
