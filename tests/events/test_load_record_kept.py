"""Loading the curated files again leaves an editor's work as it is."""

from __future__ import annotations

import pytest

from events.history import recorded
from events.models import (
    Alias,
    Event,
    Person,
    Readout,
    Silence,
)
from events.publication import merge, rename, withdraw
from tests.events.build import make_citation
from tests.events.curated import CALL, command, load

pytestmark = pytest.mark.django_db


def edit(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(title_en="As the editor has it")


def unlink_topic(event: Event) -> None:
    event.topic_links.first().delete()


def add_participant(event: Event) -> None:
    event.people.add(Person.objects.get(slug="abe-shinzo"))


def drop_source(event: Event) -> None:
    assert event.citations.count() > 1
    event.citations.order_by("position").last().delete()


@pytest.mark.parametrize("work", [edit, unlink_topic, add_participant, drop_source])
def test_what_an_editor_changed_is_kept(work, loaded_record, folder):
    event = Event.objects.get(slug=CALL)
    with recorded(door="admin"):
        work(event)
    folder.change("events.csv", folder.line("events.csv", id=CALL), summary_en="Corrected.")

    assert load() == {"events.csv": (0, 0, 1)}
    assert load(folder.path) == {"events.csv": (0, 0, 1)}
    event.refresh_from_db()
    assert event.summary_en != "Corrected."
    line = folder.line("events.csv", id=CALL)
    assert f"  events.csv:{line}" in command("--dir", str(folder.path))


def test_a_source_that_review_added_stays_and_does_not_stand_against_the_file(
    loaded_record, folder
):
    event = Event.objects.get(slug=CALL)
    with recorded(door="review"):
        make_citation(event=event, url="https://example.org/new", position=9)
        Event.objects.filter(pk=event.pk).update(version=event.version + 1)
    folder.change("events.csv", folder.line("events.csv", id=CALL), title_en="Corrected")

    assert load() == {}
    assert load(folder.path) == {"events.csv": (0, 1, 0)}
    event.refresh_from_db()
    assert event.title_en == "Corrected"
    assert event.version == 3
    assert event.citations.filter(url="https://example.org/new").exists()


def test_a_withdrawn_or_merged_event_is_kept_whatever_the_file_says(
    loaded_record, folder, editor, now
):
    first, second, third = Event.objects.order_by("pk")[:3]
    withdraw(first, reason="Entered twice.", by=editor, at=now)
    merge(second, into=third, by=editor)
    for event in (first, second):
        folder.change("events.csv", folder.line("events.csv", id=event.slug), title_en="New")

    assert load() == {}
    assert load(folder.path) == {"events.csv": (0, 0, 2)}


def test_a_renamed_event_is_found_again(loaded_record, folder, editor):
    event = rename(Event.objects.get(slug=CALL), slug="call-of-june", by=editor)
    folder.change("events.csv", folder.line("events.csv", id=CALL), title_en="Corrected")

    assert load() == {}
    assert load(folder.path) == {"events.csv": (0, 1, 0)}
    event.refresh_from_db()
    assert (event.slug, event.title_en) == ("call-of-june", "Corrected")


def test_what_an_editor_deleted_stays_deleted(loaded_record):
    readout = Readout.objects.filter(points__isnull=False).first()
    points = readout.points.count()
    with recorded(door="admin"):
        readout.delete()
        Alias.objects.filter(form="이재명").delete()
        Silence.objects.first().delete()
    kept = load()

    assert kept.pop("points.csv") == (0, 0, points)
    assert kept.pop("readouts.csv") == (0, 0, 1)
    assert kept == {"aliases.csv": (0, 0, 1), "silences.csv": (0, 0, 1)}


def test_an_edit_that_was_taken_back_is_no_edit(loaded_record, folder):
    event = Event.objects.get(slug=CALL)
    with recorded(door="admin"):
        edit(event)
        Event.objects.filter(pk=event.pk).update(title_en=event.title_en)
    folder.change("events.csv", folder.line("events.csv", id=CALL), title_en="Corrected")

    assert load(folder.path) == {"events.csv": (0, 1, 0)}


@pytest.mark.django_db(transaction=True)
def test_what_was_changed_outside_the_site_is_kept():
    load()
    edit(Event.objects.get(slug=CALL))
    unlink_topic(Event.objects.exclude(slug=CALL).exclude(topics=None).first())
    Silence.objects.first().delete()

    assert load() == {"events.csv": (0, 0, 2), "silences.csv": (0, 0, 1)}
