"""Every change of the record is kept, with who made it, why, and through which door."""

from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory
from django.utils import timezone

from events.history import DOORS, HistoryMiddleware, at_time, recorded
from events.models import (
    Drawing,
    ErrorReport,
    Event,
    EventChange,
    SearchDocument,
    SearchStale,
    Topic,
)
from events.publication import publish, withdraw
from tests.events.build import make_event, make_topic

pytestmark = pytest.mark.django_db

THEN = datetime(1998, 10, 8, 3, 0, tzinfo=UTC)
# What is made from the record, and what readers write to its editors, is none of the record.
WITHOUT = {Drawing, EventChange, SearchDocument, SearchStale, ErrorReport}


def entries(model, **values):
    history = model._meta.get_field("history").related_model
    return history.objects.filter(**values).order_by("pgh_id")


def last_context(model):
    return entries(model).last().pgh_context.metadata


def test_each_table_of_the_record_keeps_inserts_updates_and_deletes():
    app = apps.get_app_config("events")
    histories = {model for model in app.get_models() if model.__name__.endswith("History")}
    tables = {m for m in app.get_models() if not m._meta.proxy and m not in histories} - WITHOUT
    assert set(app.get_models()) >= WITHOUT

    for table in tables:
        names = {str(trigger.name) for trigger in table._meta.triggers}
        assert {"insert_insert", "update_update", "delete_delete"} <= names, table
    assert len(tables) == len(histories)


def test_a_row_is_followed_from_its_insert_to_its_delete(editor):
    with recorded(door="command", reason="first", by=editor):
        topic = make_topic("security")
    with recorded(door="admin", reason="second", by=editor):
        Topic.objects.filter(pk=topic.pk).update(name_en="Security and defence")
    pk = topic.pk
    with recorded(door="import", reason="third", by=editor):
        topic.delete()

    found = entries(Topic, pgh_obj_id=pk)
    assert [
        (entry.pgh_label, entry.name_en, *map(entry.pgh_context.metadata.get, ("door", "reason")))
        for entry in found
    ] == [
        ("insert", "Security", "command", "first"),
        ("update", "Security and defence", "admin", "second"),
        ("delete", "Security and defence", "import", "third"),
    ]
    assert {entry.pgh_context.metadata["user"] for entry in found} == {editor.pk}


def test_topics_countries_and_participants_of_an_event_are_followed():
    event = make_event(topics=["security"], people=["lee-jae-myung"], places=[("Seoul", "KR")])

    with recorded(door="admin", reason="tidied"):
        event.topics.add(make_topic("trade"))
        event.topics.remove(make_topic("security"))
        event.people.clear()
        event.involvements.filter(country="JP").update(acted=False)
        event.places.all().delete()

    for links, labels in {
        "topic_links": ["insert", "insert", "delete"],
        "participations": ["insert", "delete"],
        "involvements": ["insert", "insert", "update"],
        "places": ["insert", "delete"],
    }.items():
        model = getattr(event, links).model
        assert list(entries(model).values_list("pgh_label", flat=True)) == labels
        assert last_context(model)["reason"] == "tidied"


def test_a_change_by_raw_sql_is_followed_too():
    topic = make_topic()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_topic SET name_ko = '안보' WHERE id = %s", [topic.pk])

    entry = entries(Topic).last()
    assert (entry.pgh_label, entry.name_ko, entry.pgh_context) == ("update", "안보", None)


def test_a_save_that_changes_nothing_is_not_a_change():
    topic = make_topic()
    topic.save()

    assert entries(Topic).count() == 1


def test_a_verb_tells_its_reason_and_editor(editor, now):
    event = publish(make_event(published=False), by=editor, at=now)
    withdraw(event, reason="Entered twice.", by=editor, at=now)

    assert last_context(Event) == {
        "door": "publication",
        "reason": "Entered twice.",
        "told": "Entered twice.",
        "user": editor.pk,
    }


def test_a_verb_called_through_another_door_is_recorded_as_done_through_that_door(editor, now):
    draft = make_event(published=False)
    with recorded(door="review", reason="candidate 7 accepted", by=editor):
        publish(draft, by=editor, at=now)
        make_topic("security")

    assert last_context(Event)["door"] == "review"
    assert last_context(Topic)["reason"] == "candidate 7 accepted"


def test_an_inner_context_adds_what_the_outer_one_left_open(editor):
    with recorded(door="admin"), recorded(door="publication", reason="published", by=editor):
        make_topic()

    assert last_context(Topic) == {"door": "admin", "reason": "published", "user": editor.pk}


def test_contexts_after_one_another_do_not_mix():
    with recorded(door="admin", reason="one"):
        make_topic("security")
    with recorded(door="command"):
        make_topic("trade")

    assert last_context(Topic) == {"door": "command"}


def test_history_is_stamped_with_the_time_of_its_transaction():
    before = timezone.now() - timedelta(minutes=1)

    make_topic()

    assert before < entries(Topic).last().pgh_created_at < timezone.now() + timedelta(minutes=1)


def test_history_can_be_written_with_its_own_time():
    with at_time(THEN):
        topic = make_topic("security")
    Topic.objects.filter(pk=topic.pk).update(name_en="Security and defence")

    inserted, updated = entries(Topic)
    assert inserted.pgh_created_at == THEN
    assert updated.pgh_created_at > THEN + timedelta(days=365)


def test_the_time_of_history_needs_a_zone():
    with pytest.raises(ValueError, match="aware"), at_time(THEN.replace(tzinfo=None)):
        pass


@pytest.mark.django_db(transaction=True)
def test_the_time_of_history_needs_a_transaction_and_ends_with_it():
    with pytest.raises(RuntimeError, match="transaction"), at_time(THEN):
        pass

    with pytest.raises(ZeroDivisionError), transaction.atomic(), at_time(THEN):
        raise ZeroDivisionError
    make_topic()

    assert entries(Topic).get().pgh_created_at > THEN + timedelta(days=365)


@pytest.mark.parametrize("statement", ["UPDATE {} SET name_en = 'other'", "DELETE FROM {}"])
def test_history_itself_cannot_be_rewritten(statement):
    make_topic()
    table = entries(Topic).model._meta.db_table

    with (
        pytest.raises(DatabaseError, match="Cannot"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


@pytest.mark.parametrize(
    ("path", "door"), [("/admin/events/event/1/change/", "admin"), ("/review/3/", "review")]
)
def test_a_request_is_a_door(path, door):
    def view(request):
        make_topic()
        return request

    HistoryMiddleware(view)(RequestFactory().post(path))

    context = last_context(Topic)
    assert (context["door"], context["url"]) == (door, path)
    assert door in DOORS
