"""Organisations are called about each change that their filter picks: signed, in order, until the
call is taken or given up."""

import json
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from events.models import Event
from events.publication import merge, publish, withdraw
from following import webhooks
from following.announcing import note_changes
from following.enabling import AlreadySo, disable, enable, rotate_secret, send_test
from following.models import Announcement, Delivery, Webhook
from following.notices import tell_of_given_up
from following.webhooks import call_due, forget_deliveries, make_deliveries, pause_after
from tests.events.build import NOW, make_event, make_user
from tests.following.build import announce, state
from tests.following.hooks import is_signed, make_webhook
from tests.following.receiver import Reply

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)

MINUTE = timedelta(minutes=1)


def run(at):
    """What the worker does; how many calls were taken."""
    make_deliveries(at=at)
    return call_due(at=at)


def settled():
    rows = Delivery.objects.order_by("id").values_list("state", "attempts", "outcome")
    return list(rows)


# What is told


@committed
def test_a_life_of_an_event_is_told_call_by_call_as_the_api_writes_it(
    receiver, client, settings, now
):
    settings.SITE_URL = "http://testserver"
    other = make_event(slug="other")
    note_changes(at=now)
    webhook = make_webhook(receiver.url())
    event = make_event(published=False, slug="call", title_en="A call", places=[("Seoul", "KR")])
    publish(event, by=make_user(), at=now)

    note_changes(at=now + MINUTE)
    assert run(now + MINUTE) == 1
    (written,) = [
        one
        for one in client.get("/api/v1/events?kind=call").json()["results"]
        if one["slug"] == "call"
    ]
    Event.objects.filter(pk=event.pk).update(status="POSTPONED", starts_on="2025-07-01")
    note_changes(at=now + 2 * MINUTE)
    run(now + 2 * MINUTE)
    withdraw(event, reason="It never took place.", by=make_user(), at=now)
    note_changes(at=now + 3 * MINUTE)
    run(now + 3 * MINUTE)
    merge(other, into=make_event(slug="survivor"), by=make_user())
    note_changes(at=now + 4 * MINUTE)
    run(now + 4 * MINUTE)

    assert all(is_signed(call, webhook.secret) for call in receiver.calls)
    first, second, third, *more = [call.told for call in receiver.calls]
    assert [call["type"] for call in (first, second, third)] == [
        "event.published",
        "event.changed",
        "event.withdrawn",
    ]
    assert {one["type"] for one in more} == {"event.merged", "event.published"}
    assert first["data"] == {"event": written, "changed": [], "in_filter": True}
    assert first["timestamp"] == (now + MINUTE).isoformat().replace("+00:00", "Z")
    assert {one["field"]: (one["was"], one["now"]) for one in second["data"]["changed"]} == {
        "status": ("held", "postponed"),
        "date.starts_on": ("2025-06-09", "2025-07-01"),
    }
    assert second["data"]["event"]["status"] == "postponed"
    assert third["data"]["event"]["reason"] == "It never took place."
    assert third["data"]["changed"] == [{"field": "state", "was": "published", "now": "withdrawn"}]
    assert third["data"]["in_filter"] is False
    (merged,) = [one for one in more if one["type"] == "event.merged"]
    assert merged["data"]["event"]["survivor"]["slug"] == "survivor"
    assert all(call.told["id"] == call.id for call in receiver.calls)
    assert len({call.id for call in receiver.calls}) == len(receiver.calls)
    assert all("." not in call.id for call in receiver.calls)


def test_a_webhook_is_called_about_what_its_filter_picks_or_has_picked(receiver, db):
    make_webhook(receiver.url("/calls"), query="kind=call")
    make_webhook(receiver.url("/all"))
    announce(1)
    announce(2, now=state(kind="SUMMIT"))
    announce(1, was=state(), now=state(kind="SUMMIT"))
    announce(1, was=state(kind="SUMMIT"), now=state(kind="VISIT"))

    assert run(NOW) == 6

    assert receiver.types("/all") == ["event.published"] * 2 + ["event.changed"] * 2
    calls = [call.told for call in receiver.calls if call.path == "/calls"]
    assert [(call["type"], call["data"]["in_filter"]) for call in calls] == [
        ("event.published", True),
        ("event.changed", False),
    ]


def test_a_search_picks_by_the_words_of_the_event(receiver, now):
    make_webhook(receiver.url(), query="q=fisheries")
    wanted = make_event(title_en="Talks on fisheries")
    other = make_event(title_en="Talks on trade")
    announce(wanted.pk)
    announce(other.pk)

    assert run(now) == 1
    assert receiver.calls[0].told["data"]["event"]["slug"] == wanted.slug


def test_what_was_announced_before_it_began_is_not_told(receiver):
    announce(1)
    make_webhook(receiver.url())

    assert run(NOW) == 0
    announce(2)
    assert run(NOW) == 1


@committed
def test_making_calls_again_or_at_once_makes_each_once(receiver):
    make_webhook(receiver.url())
    for number in range(5):
        announce(number)

    at_once(lambda: make_deliveries(at=NOW), times=4)

    assert make_deliveries(at=NOW) == 0
    assert Delivery.objects.count() == 5


@pytest.mark.parametrize("count", [2, 40])
def test_making_calls_costs_the_same_for_few_and_many(receiver, count, django_assert_num_queries):
    for number in range(count):
        make_webhook(receiver.url(), query="q=security" if number % 2 else "kind=call")
        announce(number)
    Webhook.objects.update(told_through=0)

    # Whether there are webhooks, and words to index; the webhooks and announcements, the words of
    # searches (2), the calls, how far they were made; nothing left. Transactions twice.
    with django_assert_num_queries(13):
        make_deliveries(at=NOW)


def test_many_announcements_are_told_in_parts(receiver, monkeypatch):
    monkeypatch.setattr(webhooks, "_ANNOUNCEMENTS_AT_ONCE", 2)
    make_webhook(receiver.url())
    for number in range(5):
        announce(number)

    assert make_deliveries(at=NOW) == 5


# Trying again


def test_a_call_that_fails_is_made_again_under_the_same_id(receiver):
    webhook = make_webhook(receiver.url())
    announce(1)
    replies = iter([Reply(500), Reply(503), Reply(204)])
    receiver.replies["/hook"] = lambda call: next(replies)

    assert run(NOW) == 0
    assert run(NOW + timedelta(seconds=30)) == 0  # not yet
    assert run(NOW + 2 * MINUTE) == 0
    webhook.refresh_from_db()
    assert webhook.failing_since is not None
    assert run(NOW + 10 * MINUTE) == 1

    ids, times, bodies = zip(
        *((c.id, int(c.headers["webhook-timestamp"]), c.told) for c in receiver.calls), strict=True
    )
    assert len(set(ids)) == 1
    assert list(times) == sorted(set(times))
    assert bodies[0] == bodies[2]
    assert settled() == [("DELIVERED", 3, "204")]
    webhook.refresh_from_db()
    assert webhook.failing_since is None


def test_later_calls_wait_for_the_one_that_failed_and_come_in_order(receiver):
    make_webhook(receiver.url())
    for number in range(3):
        announce(number)
    replies = iter([Reply(500)])
    receiver.replies["/hook"] = lambda call: next(replies, Reply(200))

    assert run(NOW) == 0
    assert len(receiver.calls) == 1
    announce(9)
    assert run(NOW + 3 * MINUTE) == 4

    ids = [call.id for call in receiver.calls]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 4
    assert list(Delivery.objects.order_by("settled_at").values_list("id", flat=True)) == list(
        Delivery.objects.order_by("announcement").values_list("id", flat=True)
    )


def test_one_webhook_that_fails_or_is_slow_holds_up_no_other(receiver):
    make_webhook(receiver.url("/broken"))
    make_webhook(receiver.url("/slow"))
    make_webhook(receiver.url("/well"))
    receiver.replies["/broken"] = Reply(500)
    receiver.replies["/slow"] = Reply(200, pause=1)
    for number in range(3):
        announce(number)

    run(NOW)

    paths = [call.path for call in receiver.calls]
    assert paths.count("/broken") == 1
    assert paths.count("/well") == 3
    assert paths.count("/slow") == 3
    assert paths.index("/well") < len(paths) - 1
    assert [path for path in paths if path != "/slow"][-1] == "/well"


@committed
def test_several_workers_call_each_webhook_one_by_one_and_once(receiver):
    for path in ("/a", "/b", "/c"):
        make_webhook(receiver.url(path))
        receiver.replies[path] = Reply(200, pause=0.02)
    for number in range(8):
        announce(number)
    make_deliveries(at=NOW)

    at_once(lambda: call_due(at=NOW), times=4)

    assert len(receiver.calls) == 24
    assert len({call.id for call in receiver.calls}) == 24
    assert receiver.most_at_once == {"/a": 1, "/b": 1, "/c": 1}


def test_a_call_in_hand_is_nobody_elses_until_its_lease_is_over(receiver):
    make_webhook(receiver.url())
    announce(1)
    make_deliveries(at=NOW)
    # As somebody who died has left it.
    Delivery.objects.update(held_until=NOW + webhooks.HOLD)

    assert call_due(at=NOW + MINUTE) == 0
    assert call_due(at=NOW + webhooks.HOLD) == 1


@committed
def test_who_was_too_slow_does_not_settle_what_another_has_taken(receiver):
    make_webhook(receiver.url())
    announce(1)
    make_deliveries(at=NOW)

    def meanwhile(call):
        try:
            Delivery.objects.update(held_until=NOW + timedelta(hours=1))
        finally:
            connection.close()
        return Reply(500)

    receiver.replies["/hook"] = meanwhile

    assert call_due(at=NOW) == 0
    assert settled() == [("WAITING", 0, "")]


def test_the_other_sides_wish_to_be_left_alone_is_respected_up_to_six_hours(receiver):
    make_webhook(receiver.url())
    announce(1)
    replies = iter([Reply(429, {"Retry-After": "1800"}), Reply(503, {"Retry-After": "86400"})])
    receiver.replies["/hook"] = lambda call: next(replies)

    run(NOW)
    first = Delivery.objects.get().next_attempt_at - NOW
    run(NOW + first + MINUTE)
    second = Delivery.objects.get().next_attempt_at - (NOW + first + MINUTE)

    assert timedelta(minutes=30) <= first < timedelta(minutes=31)
    assert timedelta(hours=6) <= second < timedelta(hours=6, minutes=1)


def test_pauses_grow_from_a_minute_to_six_hours_and_part_by_chance():
    middle = [pause_after(attempts, chance=0.5) for attempts in range(12)]

    assert middle[:4] == [MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE]
    assert middle[-1] == timedelta(hours=6)
    assert middle == sorted(middle)
    for attempts in range(40):
        for chance in (0.0, 0.3, 1.0):
            assert MINUTE <= pause_after(attempts, chance=chance) <= timedelta(hours=6)
    assert len({pause_after(5, chance=chance / 10) for chance in range(10)}) == 10


def test_no_call_goes_to_a_private_address_and_the_reason_is_kept(receiver, settings):
    settings.ALLOW_LOOPBACK_SOURCES = False
    make_webhook("https://127.0.0.1/hook")
    announce(1)

    assert run(NOW) == 0
    assert receiver.calls == []
    ((kept, _attempts, outcome),) = settled()
    assert kept == "WAITING"
    assert "private network" in outcome


# The end of a webhook, and its new beginning


@pytest.fixture
def operators(settings):
    settings.OPERATOR_EMAILS = ["night@example.org"]


def test_410_ends_a_webhook_at_once(receiver, operators):
    webhook = make_webhook(receiver.url())
    announce(1)
    announce(2)
    receiver.replies["/hook"] = Reply(410)

    run(NOW)
    announce(3)
    run(NOW + timedelta(days=1))

    webhook.refresh_from_db()
    assert (webhook.is_enabled, webhook.ended_by) == (False, "GONE")
    assert len(receiver.calls) == 1
    assert settled() == [("GIVEN_UP", 1, "410"), ("GIVEN_UP", 0, "")]


def fail_until(receiver, end):
    """Run the worker whenever a call is due, while every call fails; when it would run next."""
    receiver.replies["/hook"] = Reply(500)
    moment = NOW
    while moment <= end:
        run(moment)
        waiting = Delivery.objects.filter(state="WAITING").order_by("id").first()
        if waiting is None:
            break
        moment = waiting.next_attempt_at
    return moment


def test_three_days_of_nothing_but_failure_end_a_webhook(receiver):
    webhook = make_webhook(receiver.url())
    announce(1)

    fail_until(receiver, NOW + timedelta(days=2, hours=17))
    webhook.refresh_from_db()
    assert webhook.is_enabled
    assert 10 < len(receiver.calls) < 40
    moment = fail_until(receiver, NOW + timedelta(days=4))

    webhook.refresh_from_db()
    assert (webhook.is_enabled, webhook.ended_by) == (False, "FAILING")
    assert NOW + timedelta(days=3) <= webhook.disabled_at <= NOW + timedelta(days=3, hours=7)
    assert moment <= NOW + timedelta(days=3, hours=7)


def test_one_call_that_is_taken_begins_the_three_days_anew(receiver):
    webhook = make_webhook(receiver.url())
    announce(1)
    moment = fail_until(receiver, NOW + timedelta(days=2))
    receiver.replies["/hook"] = Reply(200)
    assert run(moment + timedelta(hours=7)) == 1
    announce(2)
    receiver.replies["/hook"] = Reply(500)

    run(moment + timedelta(hours=30))

    webhook.refresh_from_db()
    assert webhook.is_enabled
    assert webhook.failing_since >= moment + timedelta(hours=30)


@committed
def test_contact_and_operators_are_told_of_the_end_once(receiver, operators):
    webhook = make_webhook(receiver.url(), name="An\ninstitute")
    announce(1, at=NOW - MINUTE)
    receiver.replies["/hook"] = Reply(410)
    run(NOW)

    at_once(lambda: tell_of_given_up(at=NOW), times=4)
    assert tell_of_given_up(at=NOW + timedelta(days=1)) == 0

    assert sorted(message.to for message in mail.outbox) == [
        ["desk@example.org"],
        ["night@example.org"],
    ]
    to_contact = next(m for m in mail.outbox if m.to == ["desk@example.org"])
    assert to_contact.subject == "Webhook disabled: An institute"
    assert webhook.url in to_contact.body
    assert "410" in to_contact.body
    assert f"Changes since {NOW - MINUTE:%Y-%m-%d}" in to_contact.body
    assert "/admin/" not in to_contact.body
    assert webhook.secret not in to_contact.body


def test_the_notice_waits_for_a_mail_server_that_is_away(receiver, operators, settings):
    make_webhook(receiver.url())
    announce(1)
    receiver.replies["/hook"] = Reply(410)
    run(NOW)
    works = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert tell_of_given_up(at=NOW) == 0
    settings.EMAIL_BACKEND = works
    assert tell_of_given_up(at=NOW + MINUTE) == 0  # held a while
    assert tell_of_given_up(at=NOW + timedelta(minutes=6)) == 1
    assert len(mail.outbox) == 2


def test_no_notice_goes_out_when_an_editor_ends_it(receiver, operators):
    webhook = make_webhook(receiver.url())
    announce(1)
    make_deliveries(at=NOW)

    disable(webhook, at=NOW)

    assert call_due(at=NOW) == 0
    assert tell_of_given_up(at=NOW) == 0
    assert mail.outbox == []
    with pytest.raises(AlreadySo):
        disable(webhook, at=NOW)


def test_enabling_goes_on_from_then_and_names_the_gap_without_telling_it(receiver):
    webhook = make_webhook(receiver.url())
    announce(1, at=NOW - timedelta(hours=1))
    receiver.replies["/hook"] = Reply(410)
    run(NOW)
    announce(2)
    receiver.replies["/hook"] = Reply(200)
    later = NOW + timedelta(days=5)

    enable(webhook, at=later)
    announce(3)
    assert run(later) == 2

    resumed, published = [call.told for call in receiver.calls[1:]]
    assert resumed["type"] == "webhook.resumed"
    assert resumed["data"]["from"].startswith(f"{NOW - timedelta(hours=1):%Y-%m-%dT%H}")
    assert resumed["data"]["to"] == resumed["timestamp"]
    assert "/api/v1/events?updated_since=" in resumed["data"]["changes"]
    assert published["type"] == "event.published"
    assert run(later + MINUTE) == 0
    with pytest.raises(AlreadySo):
        enable(webhook, at=later)


def test_a_webhook_that_fails_again_after_its_new_beginning_is_told_of_again(receiver, operators):
    webhook = make_webhook(receiver.url())
    receiver.replies["/hook"] = Reply(410)
    for days in (0, 10):
        announce(1)
        if days:
            enable(webhook, at=NOW + timedelta(days=days))
        run(NOW + timedelta(days=days))
        assert tell_of_given_up(at=NOW + timedelta(days=days)) == 1
    assert len(mail.outbox) == 4


def test_the_address_where_the_gap_is_read_answers(receiver, client, settings, now):
    settings.SITE_URL = "http://testserver"
    webhook = make_webhook(receiver.url())
    disable(webhook, at=NOW)
    enable(webhook, at=NOW + timedelta(days=1))
    run(NOW + timedelta(days=1))
    event = make_event()

    changes = receiver.calls[0].told["data"]["changes"]
    answer = client.get(changes.removeprefix("http://testserver"))

    assert answer.status_code == 200
    assert [one["slug"] for one in answer.json()["results"]] == [event.slug]


# Secrets, tests, housekeeping


def test_for_a_day_both_secrets_sign(receiver):
    webhook = make_webhook(receiver.url())
    former = webhook.secret
    webhook = rotate_secret(webhook, at=NOW)
    announce(1)
    run(NOW + timedelta(hours=23))
    announce(2)
    run(NOW + timedelta(hours=25))

    within, after = receiver.calls
    assert is_signed(within, former)
    assert is_signed(within, webhook.secret)
    assert not is_signed(after, former)
    assert is_signed(after, webhook.secret)


def test_a_test_is_signed_and_changes_nothing(receiver):
    webhook = make_webhook(receiver.url())
    disable(webhook, at=NOW)

    answer = send_test(webhook, at=NOW)

    assert answer.status == 204
    assert is_signed(receiver.calls[0], webhook.secret)
    assert receiver.calls[0].told["type"] == "webhook.test"
    assert not Delivery.objects.exists()


def test_settled_calls_are_let_go_after_three_months(receiver):
    make_webhook(receiver.url("/well"))
    make_webhook(receiver.url("/broken"))
    receiver.replies["/broken"] = Reply(500)
    announce(1)
    run(NOW)

    assert forget_deliveries(at=NOW + timedelta(days=89)) == 0
    assert forget_deliveries(at=NOW + timedelta(days=91)) == 1
    assert settled() == [("WAITING", 1, "500")]


def test_ids_do_not_come_again_when_numbers_do(receiver):
    make_webhook(receiver.url())
    announce(1)
    run(NOW)
    again = Delivery.objects.get()
    again.state, again.settled_at, again.made_at = "WAITING", None, NOW + MINUTE
    again.save()
    call_due(at=NOW + MINUTE)

    first, second = receiver.calls
    assert first.id != second.id


@pytest.mark.parametrize(
    ("constraint", "model", "values"),
    [
        (
            "delivery_is_about_an_announcement_or_a_gap",
            Delivery,
            {"announcement": None},
        ),
        ("delivery_that_waits_has_a_next_attempt", Delivery, {"next_attempt_at": None}),
        ("webhook_is_disabled_at_a_time_for_a_reason", Webhook, {"is_enabled": False}),
        ("webhook_is_disabled_at_a_time_for_a_reason", Webhook, {"ended_by": "GONE"}),
    ],
)
def test_the_database_refuses_what_makes_no_sense(receiver, constraint, model, values):
    make_webhook(receiver.url())
    announce(1)
    make_deliveries(at=NOW)

    with pytest.raises(DatabaseError, match=constraint), transaction.atomic():
        model.objects.update(**values)


def test_an_announcement_is_delivered_once(receiver):
    make_webhook(receiver.url())
    announce(1)
    make_deliveries(at=NOW)
    Webhook.objects.update(told_through=F("told_through") - 1)

    with pytest.raises(DatabaseError, match="an_announcement_is_delivered_once"):
        make_deliveries(at=NOW)
    assert Announcement.objects.count() == 1


def at_once(work, *, times):
    """Run it in threads with connections of their own."""
    ready, failures = threading.Barrier(times), []

    def one():
        try:
            ready.wait(timeout=10)
            work()
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []


def test_every_call_is_json_in_letters(receiver, now):
    make_webhook(receiver.url())
    event = make_event(title_ko="통화")
    announce(event.pk)
    run(now)

    assert "통화".encode() in receiver.calls[0].body
    json.loads(receiver.calls[0].body)
