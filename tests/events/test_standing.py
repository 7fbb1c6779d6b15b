"""What a process holds of the record is what the database has, whoever changed it last."""

import threading
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.db import connection, transaction
from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from events import standing, timeline
from events.bitmaps import Bitmaps, Row, mask_of, numbers_of
from events.filters import TimelineFilter
from events.models import Alias, Event, EventChange, EventTopic, Phrase, Topic
from events.publication import publish, withdraw
from events.search import refresh
from tests.events.build import make_event, make_person, make_readout, make_topic, make_user
from tests.events.test_facets import made_up_record, queries

TODAY = date(2024, 1, 1)
committed = pytest.mark.django_db(transaction=True)


def held(facet="topic"):
    bitmaps = standing.current().bitmaps
    return bitmaps.counted(facet, bitmaps.everything)


# --- Bitmaps ------------------------------------------------------------------------------------

DAYS = st.integers(date(2020, 1, 1).toordinal(), date(2023, 12, 31).toordinal())


@st.composite
def rows(draw):
    """Rows of different events, as like each other as they can be."""
    found = []
    for pk in draw(st.lists(st.integers(1, 20), unique=True, max_size=12)):
        first = draw(DAYS)
        last = first + draw(st.integers(0, 40))
        values = draw(st.sets(st.sampled_from([("topic", 1), ("topic", 2), ("country", "KR")])))
        years = (
            ("begins", date.fromordinal(first).year),
            ("ends", date.fromordinal(last).year),
        )
        coarseness = draw(st.integers(0, 3))
        found.append(Row(pk, first, last, last, coarseness, (*values, *years)))
    return found


def told(bitmaps, day):
    """All that is asked of bitmaps, in words that do not depend on how they were made."""
    year = date.fromordinal(day).year
    sets = {
        "all": bitmaps.everything,
        "topic 1": bitmaps.having("topic", [1]),
        "either": bitmaps.having("topic", [1, 2]),
        "none": bitmaps.having("topic", [3]),
        "some ids": bitmaps.among([1, 2, 3, 99]),
        "begun": bitmaps.begun_by(day, year),
        "not over": bitmaps.not_over_before(day, year),
    }
    return {
        name: (
            bitmaps.page(events, "newest", None, 99),
            bitmaps.page(events, "oldest", None, 99),
            bitmaps.counted("topic", events),
            bitmaps.counted("begins", events),
        )
        for name, events in sets.items()
    } | {"years": bitmaps.years()}


@settings(max_examples=150, deadline=None)
@given(before=rows(), after=rows(), day=DAYS)
def test_a_change_leaves_what_reading_everything_anew_would_give(before, after, day):
    there, then = {row.id: row for row in before}, {row.id: row for row in after}
    changed = {pk for pk in there.keys() | then.keys() if there.get(pk) != then.get(pk)}
    first = Bitmaps.of(before)
    as_it_was = told(first, day)
    stepwise = first.with_changes(changed, [row for row in after if row.id in changed])
    assert told(stepwise, day) == told(Bitmaps.of(after), day)
    # Whoever still reads the one before is not disturbed.
    assert told(first, day) == as_it_was


@settings(max_examples=100, deadline=None)
@given(found=rows(), day=DAYS)
def test_dates_pick_what_their_days_say(found, day):
    bitmaps, year = Bitmaps.of(found), date.fromordinal(day).year
    earlier = bitmaps.begun_by(day, year)
    begun = {pk for _day, _coarse, pk in bitmaps.page(earlier, "newest", None, 99)}
    assert begun == {row.id for row in found if row.starts_on <= day}
    later = bitmaps.not_over_before(day, year)
    going_on = {pk for _day, _coarse, pk in bitmaps.page(later, "newest", None, 99)}
    assert going_on == {row.id for row in found if row.last_possible_on >= day}


@given(st.sets(st.integers(0, 200)))
def test_a_mask_tells_the_numbers_that_it_was_made_of(numbers):
    assert list(numbers_of(mask_of(numbers, 201))) == sorted(numbers)


# --- The same as the database -------------------------------------------------------------------


def ids_of_pages(chosen):
    found, after = [], None
    while True:
        page = timeline.page_of(
            chosen.pick,
            order=chosen.reading_order,
            choices=chosen.choices,
            after=after,
            today=TODAY,
        )
        found.append(page.ids)
        after = page.next_cursor
        if after is None:
            return found


def ids_of_the_database(chosen, order, size):
    ordered = chosen.qs.newest_first() if order == "newest" else chosen.qs.oldest_first()
    ids = [event.pk for event in ordered]
    return [ids[start : start + size] for start in range(0, len(ids), size)] or [[]]


@pytest.mark.django_db
def test_pages_from_memory_are_those_of_the_database(monkeypatch):
    made_up_record(3)
    monkeypatch.setattr(timeline, "PAGE_SIZE", 4)

    @settings(max_examples=25, deadline=None)
    @given(queries, st.sampled_from(["newest", "oldest"]))
    def compare(pairs, order):
        asked = QueryDict(urlencode([*pairs, ("order", order)]))
        chosen = TimelineFilter(asked, queryset=Event.objects.visible())
        assert ids_of_pages(chosen) == ids_of_the_database(chosen, order, size=4)

    compare()


# --- In step ------------------------------------------------------------------------------------


@committed
def test_what_is_published_changed_and_withdrawn_shows_at_once(now, django_assert_num_queries):
    security, history = make_topic("security"), make_topic("history")
    assert held() == {}
    event = make_event(topics=["security"], published=False)
    assert held() == {}
    publish(event, by=make_user(), at=now)
    assert held() == {security.pk: 1}
    with django_assert_num_queries(1):
        standing.current()
    EventTopic.objects.filter(event=event).update(topic=history)
    assert held() == {history.pk: 1}
    Event.objects.filter(pk=event.pk).update(starts_on=date(1998, 10, 8))
    assert held("begins") == {1998: 1}
    EventTopic.objects.filter(event=event).delete()
    assert held() == {}
    withdraw(event, reason="A mistake", by=make_user(), at=now)
    assert held("begins") == {}


@committed
def test_what_is_rolled_back_was_never_there():
    standing.current()
    with transaction.atomic():
        make_event(starts_on=date(2025, 6, 9))
        # Who changed it sees it; nobody else does, then or later.
        assert held("begins") == {2025: 1}
        transaction.set_rollback(True)
    assert held("begins") == {}


@committed
def test_a_transaction_that_ends_late_is_not_missed():
    make_user()
    make_event(starts_on=date(2023, 1, 1))
    assert held("begins") == {2023: 1}
    has_written, may_end = threading.Event(), threading.Event()

    def slow_editor():
        try:
            with transaction.atomic():
                make_event(starts_on=date(2024, 1, 1))
                has_written.set()
                may_end.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=slow_editor)
    thread.start()
    assert has_written.wait(20)
    make_event(starts_on=date(2025, 1, 1))
    assert held("begins") == {2023: 1, 2025: 1}
    may_end.set()
    thread.join(20)
    assert held("begins") == {2023: 1, 2024: 1, 2025: 1}


@committed
def test_emptied_tables_are_noticed_though_no_trigger_tells():
    make_event(starts_on=date(2025, 6, 9))
    assert held("begins") == {2025: 1}
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE events_event, events_eventchange CASCADE")
    assert held("begins") == {}


@committed
def test_many_changes_at_once_are_read_as_a_whole(monkeypatch):
    monkeypatch.setattr(standing, "_MOST_CHANGES", 2)
    standing.current()
    for day in range(1, 6):
        make_event(starts_on=date(2025, 6, day))
    assert held("begins") == {2025: 5}


@committed
def test_changes_are_forgotten_after_a_day_and_whoever_was_away_reads_all(monkeypatch):
    make_event(starts_on=date(2025, 6, 9))
    standing.current()
    make_event(starts_on=date(2024, 6, 9))
    recent = EventChange.objects.count()
    assert recent
    standing.forget_old_changes()
    assert EventChange.objects.count() == recent
    monkeypatch.setattr(standing, "_KEPT_FOR", timedelta(0))
    standing.forget_old_changes()
    assert not EventChange.objects.exists()
    monkeypatch.setattr(standing, "_LONGEST_AWAY", timedelta(0))
    assert held("begins") == {2024: 1, 2025: 1}


# --- What the timeline shows ---------------------------------------------------------------------


def shows(client, *words, query="", language="en"):
    page = client.get(f"/{language}/timeline/{query}").content.decode()
    return [word in page for word in words]


@committed
def test_an_entry_is_new_as_soon_as_anything_that_it_shows_has_changed(client):
    event = make_event(topics=["security"], title_en="A talk", title_ko="첫 만남")
    assert shows(client, "A talk") == [True]
    assert shows(client, "첫 만남", language="ko") == [True]

    Event.objects.filter(pk=event.pk).update(title_en="A call", title_ko="둘째 만남")
    assert shows(client, "A call", "A talk") == [True, False]
    assert shows(client, "둘째 만남", "첫 만남", language="ko") == [True, False]

    before = client.get("/en/timeline/").content
    make_readout(event)
    assert client.get("/en/timeline/").content != before


@committed
def test_a_name_is_new_in_every_entry_and_choice_at_once(client):
    make_event(topics=["security"], places=[("Busan", "KR")])
    topic = Topic.objects.get(slug="security")
    assert shows(client, topic.name_en) == [True]

    Topic.objects.filter(pk=topic.pk).update(name_en="Safety")
    assert shows(client, "Safety", topic.name_en) == [True, False]

    assert shows(client, "부산", language="ko") == [False]
    Phrase.objects.create(text_en="Busan", text_ko="부산")
    assert shows(client, "부산", language="ko") == [True]

    person = make_person("lee-jae-myung", "KR", name_en="Lee Jae-myung")
    assert shows(client, "Lee Jae-myung") == [True]
    person.delete()
    assert shows(client, "Lee Jae-myung") == [False]


@committed
def test_a_search_finds_what_has_been_indexed_since_and_names_that_are_new(client):
    make_event(title_en="A talk on fish")
    person = make_person("ishiba-shigeru", "JP", name_en="Ishiba Shigeru")
    make_event(title_en="A visit", people=[person])
    refresh()
    assert shows(client, "A talk on fish", query="?q=tariffs") == [False]
    assert shows(client, "A visit", query="?q=石破") == [False]

    Event.objects.filter(title_en="A talk on fish").update(title_en="A talk on tariffs")
    Alias.objects.create(person=person, language="ja", form="石破")
    refresh()
    assert shows(client, "A talk on tariffs", query="?q=tariffs") == [True]
    assert shows(client, "A visit", query="?q=石破") == [True]


@committed
def test_a_page_that_is_kept_is_the_reader_s_own(client):
    make_event(title_en="A talk")
    whole = client.get("/en/timeline/").content.decode()
    assert client.get("/en/timeline/").content.decode() == whole

    assert "data-theme" not in whole
    client.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in client.get("/en/timeline/").content.decode()
    part = client.get("/en/timeline/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert part["HX-Push-Url"] == "/en/timeline/"
    again = client.get("/en/timeline/", headers={"HX-Request": "true"})
    assert again.content == part.content
    for name in ("Content-Type", "Vary", "HX-Push-Url", "Content-Security-Policy"):
        assert again[name] == part[name]


@committed
def test_a_page_that_is_kept_knows_what_day_it_is(client):
    make_event(starts_on=date(2026, 6, 15), status="SCHEDULED")
    with time_machine.travel(datetime(2026, 6, 14, 3, tzinfo=UTC), tick=False):
        before = client.get("/en/timeline/").content.decode()
    with time_machine.travel(datetime(2026, 6, 20, 3, tzinfo=UTC), tick=False):
        after = client.get("/en/timeline/").content.decode()
    assert "14 June 2026" in before
    assert "20 June 2026" in after
