"""What changes in the record is announced once, in one order, however transactions end."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from events.models import Event, EventChange, EventPlace, EventTopic, Participation
from events.publication import merge, publish, rename, withdraw
from following import announcing
from following.announcing import note_changes, states_of
from following.models import Announced, Announcement, Watermark
from tests.events.build import make_country, make_event, make_person, make_topic, make_user

pytestmark = pytest.mark.django_db(transaction=True)
SOON = timedelta(seconds=30)


@pytest.fixture
def known(now):
    """An event that followers know of."""
    event = make_event(slug="call", starts_on=date(2025, 6, 9), topics=["security"])
    assert note_changes(at=now) == 0
    return event


def told():
    rows = Announcement.objects.order_by("id").values_list("kind", "event_id")
    return [*rows]


def test_the_first_run_announces_nothing_of_what_stands_already(now):
    make_event()

    assert note_changes(at=now) == 0
    assert note_changes(at=now + SOON) == 0

    assert Announced.objects.count() == 1


def test_a_record_that_is_loaded_into_an_empty_site_is_not_news(now):
    assert note_changes(at=now) == 0

    make_event()
    make_event(published=False)

    assert note_changes(at=now + SOON) == 0
    assert told() == []


def test_what_is_published_later_is_new(now, known):
    draft = make_event(published=False)
    assert note_changes(at=now + SOON) == 0

    publish(draft, by=make_user(), at=now)

    assert note_changes(at=now + 2 * SOON) == 1
    assert note_changes(at=now + 3 * SOON) == 0
    assert told() == [("NEW", draft.pk)]
    announcement = Announcement.objects.get()
    assert announcement.was is None
    assert announcement.now["slug"] == draft.slug
    assert announcement.at == now + 2 * SOON


def move(event):
    Event.objects.filter(pk=event.pk).update(starts_on=date(2025, 6, 10))


def postpone(event):
    Event.objects.filter(pk=event.pk).update(status="POSTPONED")


def coarsen(event):
    Event.objects.filter(pk=event.pk).update(precision="MONTH", starts_on=date(2025, 6, 1))


def give_a_place(event):
    EventPlace.objects.create(event=event, country=make_country("KR"), city="Busan")


def add_a_participant(event):
    Participation.objects.create(event=event, person=make_person())


def take_a_country(event):
    event.involvements.filter(country="JP").update(acted=False)


@pytest.mark.parametrize(
    ("change", "key", "was", "now_is"),
    [
        (move, "starts_on", "2025-06-09", "2025-06-10"),
        (postpone, "status", "HELD", "POSTPONED"),
        (coarsen, "precision", "DAY", "MONTH"),
        (give_a_place, "places", [], [["KR", "Busan"]]),
        (add_a_participant, "participants", [], ["lee-jae-myung"]),
        (take_a_country, "countries", ["JP", "KR"], ["KR"]),
    ],
)
def test_a_change_that_matters_is_told_with_what_was(now, known, change, key, was, now_is):
    change(known)

    assert note_changes(at=now + SOON) == 1
    announcement = Announcement.objects.get()
    assert announcement.kind == "CHANGED"
    assert announcement.was[key] == was
    assert announcement.now[key] == now_is


def test_new_words_and_topics_are_not_told_but_kept(now, known):
    Event.objects.filter(pk=known.pk).update(title_en="A longer call", summary_en="They spoke.")
    EventTopic.objects.create(event=known, topic=make_topic("trade"))
    rename(known, slug="a-longer-call", by=make_user())

    assert note_changes(at=now + SOON) == 0
    state = Announced.objects.get().state
    assert state["titles"]["en"] == "A longer call"
    assert state["topics"] == ["security", "trade"]
    assert state["slug"] == "a-longer-call"


def test_the_order_of_places_is_no_change(now):
    event = make_event(places=[("Seoul", "KR"), ("Tokyo", "JP")])
    note_changes(at=now)

    event.places.filter(city="Seoul").update(position=5)

    assert note_changes(at=now + SOON) == 0


def test_what_is_withdrawn_or_merged_is_told_once(now, known):
    survivor, wrong = make_event(slug="survivor"), make_event(slug="wrong")
    note_changes(at=now)
    withdraw(wrong, reason="It was a rumour", by=make_user(), at=now)
    merge(known, into=survivor, by=make_user())

    note_changes(at=now + SOON)

    assert told()[-2:] == [("MERGED", known.pk), ("WITHDRAWN", wrong.pk)]
    merged, withdrawn = Announcement.objects.order_by("-id")[:2][::-1]
    assert merged.now["merged_into"] == "survivor"
    assert withdrawn.now["withdrawn"] == "It was a rumour"
    Event.objects.filter(pk=wrong.pk).update(kind="SUMMIT", channel="IN_PERSON")
    rename(survivor, slug="renamed", by=make_user())
    assert note_changes(at=now + 2 * SOON) == 0


def test_what_was_published_and_withdrawn_unseen_is_never_told(now, known):
    event = make_event()
    withdraw(event, reason="A slip", by=make_user(), at=now)

    assert note_changes(at=now + SOON) == 0


def test_what_comes_back_is_told(now, known):
    withdraw(known, reason="A rumour", by=make_user(), at=now)
    note_changes(at=now + SOON)
    Event.objects.filter(pk=known.pk).update(
        withdrawn_at=None, withdrawn_by=None, withdrawn_reason=""
    )

    assert note_changes(at=now + 2 * SOON) == 1
    assert told() == [("WITHDRAWN", known.pk), ("CHANGED", known.pk)]


def test_an_event_that_is_gone_counts_as_withdrawn(now, known):
    kept = make_event()
    note_changes(at=now)
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM events_event WHERE id = %s", [known.pk])
        cursor.execute("SET session_replication_role = DEFAULT")

    # No trigger told of it.
    assert note_changes(at=now + timedelta(hours=13)) == 1
    assert told()[-1] == ("WITHDRAWN", known.pk)
    assert Announced.objects.get(pk=kept.pk).state["withdrawn"] is None
    assert note_changes(at=now + timedelta(hours=26)) == 0


def in_a_thread(work):
    def run():
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_transaction_that_ends_late_is_not_missed(now, known):
    make_user()
    has_written, may_end = threading.Event(), threading.Event()

    def slow_editor():
        with transaction.atomic():
            make_event(slug="slow")
            has_written.set()
            may_end.wait(20)

    thread = in_a_thread(slow_editor)
    assert has_written.wait(20)
    quick = make_event(slug="quick")
    assert note_changes(at=now + SOON) == 1
    may_end.set()
    thread.join(20)

    assert note_changes(at=now + 2 * SOON) == 1
    assert told() == [("NEW", quick.pk), ("NEW", Event.objects.get(slug="slow").pk)]


def test_many_at_once_announce_each_change_once(now, known):
    events = [make_event() for _ in range(5)]
    move(known)

    threads = [in_a_thread(lambda: note_changes(at=now + SOON)) for _ in range(6)]
    for thread in threads:
        thread.join(20)

    assert told() == [("CHANGED", known.pk), *(("NEW", event.pk) for event in events)]


def test_what_is_rolled_back_is_not_announced(now, known):
    with transaction.atomic():
        move(known)
        assert note_changes(at=now + SOON) == 1
        transaction.set_rollback(True)

    assert note_changes(at=now + SOON) == 0
    assert told() == []


def test_after_a_long_pause_everything_is_compared(now, known):
    move(known)
    EventChange.objects.all().delete()
    assert note_changes(at=now + SOON) == 0

    assert note_changes(at=now + timedelta(hours=13)) == 1


def test_many_changes_are_compared_as_a_whole(now, known, monkeypatch):
    monkeypatch.setattr(announcing, "_MOST_CHANGES", 2)
    monkeypatch.setattr(announcing, "_AT_ONCE", 2)
    for _ in range(5):
        make_event()

    assert note_changes(at=now + SOON) == 5


def test_a_database_that_is_behind_the_watermark_is_compared_as_a_whole(now, known):
    """As after a restore into another server, which counts its transactions anew."""
    move(known)
    ahead = "999999999:999999999:"
    Watermark.objects.update(snapshot=ahead)

    assert note_changes(at=now + SOON) == 1
    assert Watermark.objects.get().snapshot != ahead


@pytest.mark.parametrize("count", [1, 15])
def test_announcing_costs_the_same_for_few_and_many(now, known, count, django_assert_num_queries):
    for _ in range(count):
        make_event()

    # The transaction, the lock, the watermark, the look; what is known, how it stands, two
    # writes; the watermark read for update and moved, in a savepoint.
    with django_assert_num_queries(13):
        assert note_changes(at=now + SOON) == count
    with django_assert_num_queries(5):
        assert note_changes(at=now + 2 * SOON) == 0


def test_a_state_tells_dates_places_and_people_without_a_language(now):
    event = make_event(
        kind="SUMMIT",
        starts_on=date(2025, 8, 23),
        ends_on=date(2025, 8, 24),
        countries=["KR", "JP", "US"],
        actors=["KR", "JP"],
        people=["lee-jae-myung", "ishiba-shigeru"],
        topics=["trade", "history"],
        places=[("Tokyo", "JP"), ("Kyoto", "JP")],
        title_en="Summit",
        title_ko="정상회담",
        title_ja="首脳会談",
    )

    assert states_of([event.pk]) == {
        event.pk: {
            "slug": event.slug,
            "kind": "SUMMIT",
            "status": "HELD",
            "certainty": "CONFIRMED",
            "precision": "DAY",
            "starts_on": "2025-08-23",
            "ends_on": "2025-08-24",
            "last_possible_on": "2025-08-24",
            "titles": {"en": "Summit", "ko": "정상회담", "ja": "首脳会談"},
            "countries": ["JP", "KR"],
            "places": [["JP", "Tokyo"], ["JP", "Kyoto"]],
            "topics": ["history", "trade"],
            "participants": ["ishiba-shigeru", "lee-jae-myung"],
            "merged_into": None,
            "withdrawn": None,
        }
    }


def test_only_a_new_event_has_nothing_before(now):
    with pytest.raises(IntegrityError, match="only_a_new_event_has_nothing_before"):
        Announcement.objects.create(event_id=1, kind="CHANGED", was=None, now={}, at=now)
