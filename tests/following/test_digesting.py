"""Every follower is told of what the filter picks, once, in one mail."""

import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from events import search
from following import digesting
from following.collapsing import Changes
from following.digesting import items_of, last_round, make_digests
from following.mail import message_for
from following.models import Announcement, Digest, Subscription
from following.states import change_of
from tests.events.build import NOW, make_event
from tests.following.build import announce, make_subscriber, make_subscription, state

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
LATER = NOW + 10 * MINUTE


def told(pace="INSTANT", at=LATER):
    """What a run tells: the kinds by event, for each subscriber that gets a mail."""
    before = set(Digest.objects.values_list("pk", flat=True))
    make_digests(pace, at=at)
    made = Digest.objects.exclude(pk__in=before).order_by("id")
    return {
        digest.subscriber_id: {item["event"]: item["kind"] for item in digest.items}
        for digest in made
    }


# --- What is told -------------------------------------------------------------------------------


def test_each_follower_is_told_what_the_own_filter_picks():
    calls = make_subscription(query="kind=call").subscriber_id
    summits = make_subscription(query="kind=summit").subscriber_id
    everything = make_subscription().subscriber_id
    nothing = make_subscription(query="kind=dispute").subscriber_id
    announce(1, now=state(kind="CALL"))
    announce(2, now=state(kind="SUMMIT"))

    assert told() == {calls: {1: "NEW"}, summits: {2: "NEW"}, everything: {1: "NEW", 2: "NEW"}}
    assert nothing not in told()
    assert told() == {}
    assert set(Subscription.objects.values_list("told_through", flat=True)) == {
        Announcement.objects.latest("id").pk
    }


def test_only_who_has_confirmed_and_not_left_is_told():
    make_subscription(confirmed_at=None)
    make_subscription(ended_at=NOW)
    make_subscription(make_subscriber(confirmed_at=None))
    make_subscription(make_subscriber(left_at=NOW))
    make_subscription(make_subscriber(refused_at=NOW))
    make_subscription(pace="DAILY")
    announce(1)

    assert told() == {}


def test_nobody_is_told_of_what_was_before_the_own_time():
    first = announce(1)
    subscription = make_subscription(told_through=first.pk)
    announce(2)

    assert told() == {subscription.subscriber_id: {2: "NEW"}}


def test_several_changes_of_an_event_are_told_as_one():
    subscription = make_subscription()
    announce(1, was=state(), now=state(status="POSTPONED"))
    last = announce(1, was=state(status="POSTPONED"), now=state(starts_on="2025-07-01"))

    make_digests("INSTANT", at=LATER)

    digest = Digest.objects.get(subscriber=subscription.subscriber)
    (item,) = items_of([digest])[digest.pk]
    assert (item.kind, item.what) == ("CHANGED", ("starts_on",))
    assert item.was["starts_on"] == "2025-06-09"
    assert item.now["starts_on"] == "2025-07-01"
    assert (item.last, item.subscriptions) == (last.pk, (subscription.pk,))


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([(None, state()), (state(), state(status="POSTPONED"))], "NEW"),
        ([(None, state()), (state(), state(withdrawn="A slip"))], None),
        ([(state(), state(status="POSTPONED")), (state(status="POSTPONED"), state())], None),
        ([(state(), state(withdrawn="A slip")), (state(withdrawn="A slip"), state())], None),
        ([(state(), state(kind="VISIT")), (state(kind="VISIT"), state(withdrawn=""))], "WITHDRAWN"),
        ([(state(), state(merged_into="other"))], "MERGED"),
        ([(state(withdrawn="A slip"), state())], "CHANGED"),
    ],
)
def test_what_came_back_to_where_it_was_is_not_told(rows, kind):
    make_subscription()
    for was, now in rows:
        announce(1, was=was, now=now)

    assert list(told().values()) == ([{1: kind}] if kind else [])


def test_an_event_that_leaves_the_filter_is_told_and_labelled():
    follower = make_subscription(query="status=scheduled").subscriber
    announce(1, was=state(status="SCHEDULED"), now=state(status="POSTPONED"))
    announce(
        2, was=state(status="SCHEDULED"), now=state(status="SCHEDULED", starts_on="2025-07-01")
    )
    announce(3, was=state(status="SCHEDULED"), now=state(status="SCHEDULED", withdrawn="A slip"))
    announce(4, was=state(status="HELD"), now=state(status="HELD", withdrawn="A slip"))
    announce(5, was=state(status="HELD"), now=state(status="SCHEDULED"))

    make_digests("INSTANT", at=LATER)

    items = Digest.objects.get(subscriber=follower).items
    assert [(item["event"], item["kind"], item["leaves"]) for item in items] == [
        (1, "CHANGED", True),
        (2, "CHANGED", False),
        (3, "WITHDRAWN", True),
        (5, "CHANGED", False),
    ]


def test_a_search_finds_what_was_published_a_moment_ago():
    """Its words are indexed before anybody is told, and a withdrawal is found by them too."""
    event = make_event(title_en="A talk on tariffs")
    follower = make_subscription(query="q=tariffs").subscriber_id
    make_subscription(query="q=fish")
    announce(event.pk)

    assert told() == {follower: {event.pk: "NEW"}}
    announce(event.pk, was=state(), now=state(withdrawn="A slip"))
    assert told() == {follower: {event.pk: "WITHDRAWN"}}


# --- One person, several subscriptions ----------------------------------------------------------


def test_one_person_gets_one_mail_with_each_event_once():
    reader = make_subscriber()
    calls = make_subscription(reader, query="kind=call")
    held = make_subscription(reader, query="status=held")
    announce(1, now=state(kind="CALL"))
    announce(2, now=state(kind="SUMMIT"))

    make_digests("INSTANT", at=LATER)

    digest = Digest.objects.get()
    assert [(item["event"], item["subscriptions"]) for item in digest.items] == [
        (1, [calls.pk, held.pk]),
        (2, [held.pk]),
    ]


def test_what_was_told_at_once_is_not_told_again_in_the_daily_mail():
    reader = make_subscriber()
    make_subscription(reader, query="kind=call", pace="INSTANT")
    make_subscription(reader, query="status=held", pace="DAILY")
    announce(1, now=state(kind="CALL"))
    announce(2, now=state(kind="SUMMIT"))

    assert told("INSTANT") == {reader.pk: {1: "NEW"}}
    assert told("DAILY", NOW + timedelta(days=1)) == {reader.pk: {2: "NEW"}}


def test_of_what_was_told_at_once_the_daily_mail_tells_only_what_changed_since():
    reader = make_subscriber()
    make_subscription(reader, query="status=held", pace="INSTANT")
    make_subscription(reader, pace="DAILY")
    announce(1, now=state())
    assert told("INSTANT") == {reader.pk: {1: "NEW"}}
    announce(1, was=state(), now=state(status="POSTPONED"), at=LATER)
    announce(1, was=state(status="POSTPONED"), now=state(status="CANCELLED"), at=LATER)
    Subscription.objects.filter(pace="INSTANT").update(ended_at=LATER)

    make_digests("DAILY", at=NOW + timedelta(days=1))

    (item,) = Digest.objects.latest("id").items
    assert (item["kind"], item["what"]) == ("CHANGED", ["status"])


# --- When ---------------------------------------------------------------------------------------


def test_a_change_settles_for_five_minutes_before_it_is_told_at_once():
    reader = make_subscription().subscriber_id
    announce(1, at=NOW)

    assert told(at=NOW + 4 * MINUTE) == {}
    announce(1, was=state(), now=state(status="POSTPONED"), at=NOW + 4 * MINUTE)
    announce(2, at=NOW)
    assert told(at=NOW + 6 * MINUTE) == {}
    assert told(at=NOW + 9 * MINUTE) == {reader: {1: "NEW", 2: "NEW"}}


def test_what_was_before_an_event_that_is_being_edited_does_not_wait():
    reader = make_subscription().subscriber_id
    announce(1, at=NOW)
    announce(2, at=NOW + 6 * MINUTE)

    assert told(at=NOW + 7 * MINUTE) == {reader: {1: "NEW"}}


def test_an_event_that_is_edited_without_end_holds_up_others_for_half_an_hour_at_most():
    reader = make_subscription().subscriber_id
    was = None
    for number in range(12):
        now = state(starts_on=f"2025-06-{number + 1:02}")
        announce(1, was=was, now=now, at=NOW + number * 4 * MINUTE)
        was = now
    announce(2, at=NOW + MINUTE)

    assert told(at=NOW + 29 * MINUTE) == {}
    # The first two are older than half an hour.
    assert told(at=NOW + 45 * MINUTE) == {reader: {1: "NEW"}}


@pytest.mark.parametrize(
    ("pace", "at", "day"),
    [
        # 08:00 in Seoul is 23:00 UTC of the day before; 1 June 2026 is a Monday.
        ("DAILY", datetime(2026, 6, 3, 22, 59, tzinfo=UTC), date(2026, 6, 2)),
        ("DAILY", datetime(2026, 6, 3, 23, 0, tzinfo=UTC), date(2026, 6, 3)),
        ("WEEKLY", datetime(2026, 5, 31, 22, 59, tzinfo=UTC), date(2026, 5, 24)),
        ("WEEKLY", datetime(2026, 5, 31, 23, 0, tzinfo=UTC), date(2026, 5, 31)),
        ("WEEKLY", datetime(2026, 6, 6, 12, 0, tzinfo=UTC), date(2026, 5, 31)),
    ],
)
def test_daily_and_weekly_mails_are_due_at_eight_in_seoul(pace, at, day):
    eight = datetime(day.year, day.month, day.day, 23, tzinfo=UTC)
    assert last_round(digesting.Pace(pace), at) == eight


def test_a_daily_mail_comes_once_a_day_and_a_missed_one_is_made_up_for():
    reader = make_subscription(pace="DAILY").subscriber_id
    eight = datetime(2026, 6, 2, 23, tzinfo=UTC)
    announce(1, at=eight - MINUTE)
    announce(2, at=eight + MINUTE)

    assert told("DAILY", eight - MINUTE) == {}
    # Nobody was there at eight.
    assert told("DAILY", eight + timedelta(hours=5)) == {reader: {1: "NEW"}}
    assert told("DAILY", eight + timedelta(hours=6)) == {}
    assert told("DAILY", eight + timedelta(hours=24)) == {reader: {2: "NEW"}}


# --- Cost, and several at once ------------------------------------------------------------------


@pytest.mark.parametrize("followers", [100, 1_000])
def test_a_batch_costs_the_same_for_few_and_many(followers, django_assert_num_queries):
    filters = ["", "kind=call", "status=held&from=2025", "q=tariffs", "q=talk", "country=KR"]
    events = [make_event(title_en="A talk on tariffs") for _ in range(3)]
    search.refresh()
    for number in range(followers):
        make_subscription(query=filters[number % len(filters)])
    for event in events:
        announce(event.pk)

    # What the search has to index and how far to tell (two); then for the batch a transaction,
    # the lock, the subscriptions, the announcements, what was told, names and words of searches,
    # the mails and the numbers; and a last look of four that finds nobody.
    with django_assert_num_queries(17):
        assert make_digests("INSTANT", at=LATER) == followers


def test_several_batches_tell_everybody_once(monkeypatch):
    monkeypatch.setattr(digesting, "_SUBSCRIBERS_AT_ONCE", 3)
    readers = [make_subscriber() for _ in range(8)]
    for reader in readers:
        make_subscription(reader, query="kind=call")
        make_subscription(reader, query="status=held")
    announce(1)

    assert told() == {reader.pk: {1: "NEW"} for reader in readers}


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_tell_everybody_once(monkeypatch):
    monkeypatch.setattr(digesting, "_SUBSCRIBERS_AT_ONCE", 5)
    readers = [make_subscription().subscriber_id for _ in range(40)]
    announce(1)

    def run():
        try:
            make_digests("INSTANT", at=LATER)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(Digest.objects.values_list("subscriber_id", flat=True)) == readers


@pytest.mark.django_db(transaction=True)
def test_who_is_interrupted_has_told_nobody_of_the_batch(monkeypatch):
    reader = make_subscription().subscriber_id
    announce(1)

    def fail(*_args, **_kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(Digest.objects, "bulk_create", fail)
        with pytest.raises(RuntimeError):
            make_digests("INSTANT", at=LATER)
    assert Subscription.objects.get().told_through == 0

    assert told() == {reader: {1: "NEW"}}


# --- Any history --------------------------------------------------------------------------------

STATES = st.sampled_from(
    [
        state(),
        state(status="POSTPONED"),
        state(kind="SUMMIT"),
        state(withdrawn="A slip"),
        state(merged_into="other"),
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(STATES, min_size=1, max_size=8), st.sets(st.integers(0, 8)))
def test_whenever_somebody_looks_the_mails_lead_from_what_was_known_to_what_is(states, looks):
    """However announcements are cut into mails, the last thing told is how the event stands."""
    rows, was = [], None
    for now in states:
        if change_of(was, now):
            kind = "NEW" if was is None else "CHANGED"
            rows.append(Announcement(len(rows) + 1, 1, kind, was, now, NOW))
        if was is not None or rows:
            was = now
    known, told_through = None, 0
    for look in sorted({*looks, 99}):
        seen = rows[:look]
        item = Changes(seen).after(1, told_through) if seen else None
        told_through = max(told_through, len(seen))
        if item is not None:
            # Who never heard of it hears of its coming back.
            assert known is None or change_of(known, item.was) is None
            assert item.was is None or known is not None or "standing" in item.what
            known = item.now
    final = rows[-1].now if rows else None
    if known is None:
        # Never told as new, or all in one: nothing of it stands.
        assert final is None or final["withdrawn"] or final["merged_into"]
    else:
        assert change_of(known, final) is None


# --- Very much at once --------------------------------------------------------------------------


def test_of_very_many_events_a_mail_tells_two_hundred_and_the_number_of_the_others():
    make_subscription(query="kind=call")
    for number in range(203):
        announce(number)

    make_digests("INSTANT", at=LATER)

    digest = Digest.objects.get()
    assert [item["event"] for item in digest.items] == list(range(200))
    assert digest.left_out == 3
    message = message_for(digest)
    assert message.subject == "203 events"
    for part in (message.body, message.alternatives[0].content):
        assert "… and 3 more." in part
        assert "http://127.0.0.1:8000/en/timeline/?kind=call" in part
    assert told() == {}
