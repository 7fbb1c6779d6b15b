"""Synthetic events are marked as such, the same each time, and nowhere but in a bench database."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from events.models import Event, SearchDocument
from events.synthetic import generate


def titles():
    synthetic = Event.objects.visible().filter(slug__startswith="synthetic-")
    return list(synthetic.order_by("slug").values_list("slug", "title_en", "title_ko", "starts_on"))


@pytest.mark.django_db
def test_a_database_that_is_not_for_it_is_refused(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "record")
    with pytest.raises(CommandError, match="_bench"):
        call_command("generate_events", count=3, seed=1)
    assert titles() == []


@pytest.mark.django_db
def test_a_record_without_people_is_told_to_load_them_first(monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "NAME", "some_bench")
    with pytest.raises(CommandError, match="load_record"):
        call_command("generate_events", count=3, seed=1)


@pytest.mark.usefixtures("loaded_record")
def test_the_same_seed_gives_the_same_events_and_more_begin_with_the_fewer():
    assert generate(20, seed=5) == 20
    first = titles()
    assert len(first) == 20
    assert all("Synthetic event" in title and "가상 사건" in ko for _, title, ko, _ in first)
    assert generate(30, seed=5) == 10
    assert titles()[:20] == first
    assert generate(30, seed=5) == 0
    assert SearchDocument.objects.filter(event__slug__startswith="synthetic-").count() == 30
