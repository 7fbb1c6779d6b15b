"""The reader knows the published events of the record, in few queries however many there are."""

import io
from datetime import date

import pytest
from django.core.management import call_command

from events.models import Event
from news.knowledge import from_files, from_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def record():
    call_command("load_record", stdout=io.StringIO())


def test_the_events_of_the_files_and_of_the_loaded_record_are_the_same(record):
    shipped, loaded = from_files(), from_record()

    assert len(shipped.events) > 500
    assert sorted(shipped.events, key=lambda event: event.slug) == sorted(
        loaded.events, key=lambda event: event.slug
    )


def test_what_is_not_published_is_not_known(record):
    Event.objects.filter(slug="2007-09-28-roh-fukuda-call").update(
        merged_into=Event.objects.first()
    )

    assert "2007-09-28-roh-fukuda-call" not in {event.slug for event in from_record().events}


def test_the_record_is_read_in_few_queries(record, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        from_record([date(2025, 8, 24), date(1998, 10, 9), None])


def test_of_a_large_record_the_events_about_the_articles_are_enough(record):
    known = from_record([date(2007, 9, 29)], at_most=100)

    slugs = {event.slug for event in known.events}
    assert {"2007-09-28-roh-fukuda-call", "2007-11-20-roh-fukuda-singapore"} <= slugs
    assert len(slugs) < 20
