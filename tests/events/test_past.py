"""The record as it stood at the end of a past day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.http import QueryDict

from events.history import at_time
from events.models import (
    Event,
    EventPlace,
    EventTopic,
    Participation,
    Person,
    Phrase,
    Topic,
)
from events.past import NotADay, as_of, asked_day, day_in_force, end_of, read_day
from events.past_views import tables_with_history
from events.publication import merge, rename, withdraw
from events.search import KnownNames, ids_matching, refresh
from events.whole_record import whole_record
from tests.events.build import make_country, make_event, make_person, make_topic

pytestmark = pytest.mark.django_db

FIRST = date(2026, 6, 1)
SECOND = date(2026, 6, 2)
THIRD = date(2026, 6, 3)


def noon(day):
    """Of that day in Seoul and Tokyo."""
    return datetime(day.year, day.month, day.day, 3, 0, tzinfo=UTC)


def columns(schema):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod)
            FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
            WHERE c.relnamespace = %s::regnamespace AND a.attnum > 0 AND NOT a.attisdropped
            """,
            [schema],
        )
        found = {}
        for table, name, kind in cursor.fetchall():
            found.setdefault(table, {})[name] = kind
        return found


def test_each_table_of_the_record_has_a_view_of_its_past_with_the_same_columns():
    views, live = columns("past"), columns("public")
    tables = {model._meta.db_table for model, _history in tables_with_history(apps)}

    # A migration that changes a table of the record ends with events.past_views.make.
    assert views.keys() == tables
    for table in tables:
        assert views[table] == live[table], table


def test_a_day_shows_the_rows_as_they_were_at_its_end():
    with at_time(noon(FIRST)):
        event = make_event(title_en="As announced", topics=["security"])
    with at_time(noon(SECOND)):
        Event.objects.filter(pk=event.pk).update(title_en="As it took place")
        EventTopic.objects.all().delete()
        make_topic("trade")

    with as_of(FIRST):
        assert Event.objects.get().title_en == "As announced"
        assert [link.topic.slug for link in EventTopic.objects.all()] == ["security"]
        assert [topic.slug for topic in Event.objects.get().topics.all()] == ["security"]
    with as_of(SECOND):
        assert Event.objects.get().title_en == "As it took place"
        assert not EventTopic.objects.exists()
        assert Topic.objects.count() == 2
    assert Event.objects.get().title_en == "As it took place"
    assert day_in_force() is None


def test_a_day_ends_at_midnight_in_seoul_and_tokyo():
    with at_time(end_of(FIRST) - timedelta(microseconds=1)):
        make_topic("before-midnight")
    with at_time(end_of(FIRST)):
        make_topic("at-midnight")

    with as_of(FIRST):
        assert [topic.slug for topic in Topic.objects.all()] == ["before-midnight"]


def test_a_day_within_a_day_leaves_the_outer_one_in_force():
    with at_time(noon(FIRST)):
        make_topic("one")
    with at_time(noon(SECOND)):
        make_topic("two")

    with as_of(SECOND):
        with as_of(FIRST):
            assert Topic.objects.count() == 1
        assert Topic.objects.count() == 2
        assert day_in_force() == SECOND
    with pytest.raises(RuntimeError), as_of(FIRST):
        raise RuntimeError
    assert (Topic.objects.count(), day_in_force()) == (2, None)


def test_nothing_can_be_written_into_the_past():
    with at_time(noon(FIRST)):
        topic = make_topic()

    with pytest.raises(DatabaseError), transaction.atomic(), as_of(FIRST):
        Topic.objects.create(slug="late", name_en="Late", name_ko="Late", name_ja="Late")
    with pytest.raises(DatabaseError), transaction.atomic(), as_of(FIRST):
        Topic.objects.filter(pk=topic.pk).update(name_en="Late")
    assert [row.name_en for row in Topic.objects.all()] == ["Security"]


def test_withdrawing_merging_and_renaming_have_their_day(editor):
    with at_time(noon(FIRST)):
        one, other, third = (make_event(slug=slug) for slug in ("one", "other", "third"))
    with at_time(noon(SECOND)):
        merge(one, into=other, by=editor)
        withdraw(third, reason="It never took place.", by=editor, at=noon(SECOND))
    with at_time(noon(THIRD)):
        rename(other, slug="another", by=editor)

    def visible():
        return sorted(event.slug for event in Event.objects.visible())

    with as_of(FIRST):
        assert visible() == ["one", "other", "third"]
    with as_of(SECOND):
        assert visible() == ["other"]
    with as_of(THIRD):
        assert visible() == ["another"]


def test_what_the_record_was_is_written_the_same_for_ever(editor):
    with at_time(noon(FIRST)):
        event = make_event(people=["lee-jae-myung"], topics=["security"], places=[("Seoul", "KR")])
        on_the_first = list(whole_record())
    with at_time(noon(SECOND)):
        Person.objects.update(name_en="Lee Jae Myung")
        make_event(published=False)
        withdraw(event, reason="It never took place.", by=editor, at=noon(SECOND))
        on_the_second = list(whole_record())

    with as_of(FIRST):
        assert list(whole_record()) == on_the_first
    with as_of(SECOND):
        assert list(whole_record()) == on_the_second
    assert on_the_first != on_the_second
    assert not any("published_by" in line for line in on_the_first)


def test_what_readers_no_longer_see_is_in_no_dump_but_that_it_was_there(editor):
    event = make_event(title_en="Never to be read again", people=["lee-jae-myung"])
    make_event(title_en="A draft", published=False)
    withdraw(event, reason="It never took place.", by=editor, at=noon(FIRST))

    written = "".join(whole_record())

    assert event.slug in written
    assert "It never took place." in written
    assert "Never to be read again" not in written
    assert "A draft" not in written
    assert '"table":"participation"' not in written


def test_a_day_in_the_query_string_is_read_or_refused():
    with at_time(noon(FIRST)):
        make_event()

    assert asked_day(QueryDict("as_of=2026-06-01"), at=noon(SECOND)) == FIRST
    assert asked_day(QueryDict("as_of="), at=noon(SECOND)) is None
    assert asked_day(QueryDict(""), at=noon(SECOND)) is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("2026", "“2026” is not a day"),
        ("2026-06-31", "“2026-06-31” is not a day"),
        ("yesterday", "“yesterday” is not a day"),
        ("2026-06-03", "3 June 2026 is still to come"),
        ("2026-05-31", "The record began on 1 June 2026"),
        ("9999-12-31", "31 December 9999 is still to come"),
        ("0001-01-01", "The record began on 1 June 2026"),
    ],
)
def test_what_is_no_day_of_the_record_is_told(written, reason):
    with pytest.raises(NotADay, match=reason):
        read_day(written, today=SECOND, first=FIRST)


def test_an_empty_record_has_no_past():
    with pytest.raises(NotADay, match="no history"):
        read_day("2026-06-01", today=SECOND, first=None)


def test_a_person_added_later_is_not_there_earlier():
    with at_time(noon(FIRST)):
        make_event()
    with at_time(noon(SECOND)):
        make_person("ishiba-shigeru", "JP")

    with as_of(FIRST):
        assert not Person.objects.exists()


@pytest.mark.parametrize("is_indexed", [True, False])
def test_a_search_finds_by_the_words_of_that_day_whatever_changed_since(is_indexed):
    def found(words):
        names = KnownNames.read()
        return {
            Event.objects.get(pk=pk).slug
            for pk in ids_matching(words, names)
            if Event.objects.filter(pk=pk).exists()
        }

    with at_time(noon(FIRST)):
        for slug in ("title", "place", "topic", "person", "phrase", "untouched"):
            make_event(slug=slug, title_en="Harbour talks", title_ko="회담", title_ja="会談")
        event = {row.slug: row for row in Event.objects.all()}
        EventPlace.objects.create(event=event["place"], city="Busan", country=make_country("KR"))
        EventTopic.objects.create(event=event["topic"], topic=make_topic("fisheries"))
        Participation.objects.create(event=event["person"], person=make_person("kim-tester"))
        EventPlace.objects.create(event=event["phrase"], city="Jeju", country=make_country("KR"))
        Phrase.objects.create(text_en="Jeju", text_ko="제주", text_ja="済州")
    with at_time(noon(SECOND)):
        Event.objects.filter(slug="title").update(title_en="Something else")
        EventPlace.objects.filter(city="Busan").update(event=event["untouched"])
        Topic.objects.filter(slug="fisheries").update(name_en="Salmon")
        Person.objects.filter(slug="kim-tester").update(name_en="Renamed Entirely")
        Phrase.objects.filter(text_en="Jeju").update(text_ko="탐라")
        make_event(slug="later", title_en="Harbour talks")
    if is_indexed:
        refresh()

    with as_of(FIRST):
        everything = {"title", "place", "topic", "person", "phrase", "untouched"}
        assert found("harbour") == everything
        assert found("busan") == {"place"}
        assert found("fisheries") == {"topic"}
        assert found("Kim Tester") == {"person"}
        assert found("제주") == {"phrase"}
        assert found("salmon") == found("탐라") == found("Renamed") == set()
    with as_of(SECOND):
        assert found("harbour") == everything - {"title"} | {"later"}
        assert found("busan") == {"untouched"}
        assert found("salmon") == {"topic"}
        assert found("탐라") == {"phrase"}


@pytest.mark.django_db(transaction=True)
def test_a_look_at_the_past_leaves_the_connection_as_it_was():
    with transaction.atomic(), at_time(noon(FIRST)):
        make_topic("one")
    with transaction.atomic(), at_time(noon(SECOND)):
        make_topic("two")

    def settings():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('search_path'), current_setting('transaction_read_only'),"
                " nullif(current_setting('record.as_of', true), '')"
            )
            return cursor.fetchone()

    before = settings()
    with as_of(FIRST):
        assert [topic.slug for topic in Topic.objects.all()] == ["one"]
    assert settings() == before
    make_topic("three")
    assert Topic.objects.count() == 3
    assert connection.features.allows_group_by_selected_pks
