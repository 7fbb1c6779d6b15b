"""Somebody asks to be told, confirms, changes and leaves; nobody learns who is known."""

import socket
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import IntegrityError, connection

from following import asking, subscribing
from following.forgetting import forget
from following.models import Asking, Digest, Subscriber, Subscription
from following.subscribing import (
    HasEnded,
    TooManyRequests,
    change_language,
    change_pace,
    confirm,
    end,
    leave,
    subscribe,
)
from tests.following.followers import (
    NOW,
    make_announcement,
    make_asking,
    make_digest,
    make_subscriber,
    make_subscription,
)

pytestmark = pytest.mark.django_db

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def request_mail(address="anna@example.org", query="kind=call", pace="DAILY", at=NOW, **fields):
    subscribe(address, query=query, pace=pace, at=at, **{"language": "en", **fields})


def ask_each_minute(start, minutes):
    """How many mails went out in which minute."""
    return [n for n in range(minutes) if asking.ask(at=start + n * MINUTE)]


# To ask


def test_a_request_has_the_owner_asked_and_nothing_told():
    request_mail(language="ko")

    row = Subscription.objects.get()
    assert (row.query, row.pace, row.confirmed_at) == ("kind=call", "DAILY", None)
    assert row.subscriber.language == "ko"
    assert not Subscriber.objects.told().exists()
    assert not Subscription.objects.standing().exists()
    assert asking.ask(at=NOW) == 1
    assert mail.outbox[0].to == ["anna@example.org"]


def test_keys_are_long_and_each_is_another():
    request_mail()
    request_mail("berta@example.org")

    keys = [*Subscriber.objects.values_list("key", flat=True)]
    keys += Subscription.objects.values_list("key", flat=True)
    assert len(set(keys)) == 4
    assert {len(key) for key in keys} == {43}


def test_an_address_is_one_however_it_is_capitalised():
    request_mail("Anna@example.org")
    request_mail("anna@EXAMPLE.org", query="kind=summit")

    assert Subscriber.objects.count() == 1
    assert Subscription.objects.count() == 2


def test_the_same_request_again_is_one_request_with_the_last_pace():
    request_mail(pace="DAILY")
    request_mail(pace="WEEKLY")

    assert Subscription.objects.get().pace == "WEEKLY"


def test_what_stands_is_not_changed_by_whoever_asks():
    row = make_subscription(make_subscriber("anna@example.org"), "kind=call", "DAILY")

    request_mail(pace="INSTANT", language="ja", at=NOW + HOUR)

    row.refresh_from_db()
    row.subscriber.refresh_from_db()
    assert (row.pace, row.subscriber.language, row.confirmed_at) == ("DAILY", "en", NOW)
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize("is_known", [True, False])
def test_a_known_address_gets_a_mail_like_an_unknown_one(is_known):
    if is_known:
        make_subscription(make_subscriber("anna@example.org"), "kind=call")

    request_mail()

    assert asking.ask(at=NOW) == 1
    assert len(mail.outbox) == 1


def test_an_address_follows_thirty_filters_at_most():
    subscriber = make_subscriber("anna@example.org")
    for number in range(subscribing.MOST_SUBSCRIPTIONS):
        make_subscription(subscriber, f"from={1980 + number}")

    request_mail()

    assert subscriber.subscriptions.count() == subscribing.MOST_SUBSCRIPTIONS
    assert asking.ask(at=NOW) == 1  # its owner is told what stands


# Limits


def test_one_address_is_asked_every_ten_minutes_at_most_and_no_request_is_lost():
    request_mail(query="kind=call")
    assert ask_each_minute(NOW, 2) == [0]
    request_mail(query="kind=summit", at=NOW + 2 * MINUTE)
    request_mail(query="kind=visit", at=NOW + 3 * MINUTE)

    assert ask_each_minute(NOW + 3 * MINUTE, 30) == [7]

    body = mail.outbox[1].body
    assert all(row.key in body for row in Subscription.objects.all())


def test_one_address_is_asked_five_times_a_day_at_most():
    for number in range(30):
        at = NOW + number * HOUR / 2
        request_mail(query=f"from={1980 + number}", at=at)
        asking.ask(at=at)

    assert len(mail.outbox) == 5
    assert asking.ask(at=NOW + DAY - MINUTE) == 0
    assert asking.ask(at=NOW + DAY) == 1
    assert asking.ask(at=NOW + DAY + 20 * MINUTE) == 0


def test_another_address_is_asked_meanwhile():
    request_mail()
    request_mail("berta@example.org")

    assert asking.ask(at=NOW) == 2


@pytest.fixture
def full_hour(monkeypatch):
    monkeypatch.setattr(subscribing, "IN_ONE_HOUR_IN_ALL", 5)
    for number in range(5):
        make_asking(make_subscriber(), NOW + 2 * number * MINUTE)


@pytest.mark.parametrize("address", ["new@example.org", "known@example.org"])
def test_all_together_ask_so_many_mails_an_hour(full_hour, address):
    make_subscription(make_subscriber("known@example.org"))

    with pytest.raises(TooManyRequests, match="try again in 40 minutes") as refusal:
        request_mail(address, at=NOW + 20 * MINUTE)

    assert refusal.value.retry_after == 40 * MINUTE
    assert not Subscriber.objects.filter(address="new@example.org").exists()
    request_mail(address, at=NOW + 60 * MINUTE)


@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_make_one_subscriber_and_one_mail():
    def send():
        try:
            request_mail()
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Subscriber.objects.count() == Subscription.objects.count() == 1
    assert Asking.objects.count() == 1


def test_a_request_that_comes_while_the_mail_is_under_way_is_in_the_next(monkeypatch):
    request_mail(query="kind=call")
    made = asking.message_that_asks

    def slow(row, **arguments):
        message = made(row, **arguments)
        request_mail(query="kind=summit", at=NOW + MINUTE)
        return message

    monkeypatch.setattr(asking, "message_that_asks", slow)
    assert asking.ask(at=NOW + MINUTE) == 1
    monkeypatch.undo()

    assert ask_each_minute(NOW + 2 * MINUTE, 20) == [9]
    assert Subscription.objects.get(query="kind=summit").key in mail.outbox[1].body


# A mail server in trouble


@pytest.fixture
def nobody_listens(settings):
    """The mail server is not there, until that ends."""
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.socket() as bound:
        # Taken, so that nobody else listens there either.
        bound.bind(("127.0.0.1", 0))
        settings.EMAIL_HOST, settings.EMAIL_PORT = bound.getsockname()
        yield SimpleNamespace(ends=lambda: setattr(settings, "EMAIL_BACKEND", backend))


def test_a_mail_server_that_is_not_there_is_asked_again_later(nobody_listens):
    request_mail()
    assert asking.ask(at=NOW) == 0
    nobody_listens.ends()

    assert ask_each_minute(NOW, 5) == [1]
    assert Asking.objects.get().attempts == 1


def test_a_mail_that_cannot_be_sent_is_given_up_in_the_end(nobody_listens):
    request_mail()
    for hours in range(48):
        asking.ask(at=NOW + hours * HOUR)

    row = Asking.objects.get()
    assert row.settled_at is not None
    assert row.attempts == asking.MOST_ATTEMPTS
    assert "refused" in row.error


def test_who_cannot_be_asked_keeps_nobody_else_from_being_asked(mailbox):
    names = ("unknown", "greylisted", "spam", "anna")
    for name in names:
        request_mail(f"{name}@example.org")

    assert asking.ask(at=NOW) == 1

    rows = {row.subscriber.address.split("@")[0]: row for row in Asking.objects.all()}
    assert {name: bool(rows[name].settled_at) for name in names} == {
        "unknown": True,
        "greylisted": False,
        "spam": False,
        "anna": True,
    }
    assert rows["unknown"].error == "550 5.1.1 No such user"
    assert rows["anna"].error == ""
    assert mailbox.received == {"anna@example.org": 1}
    assert rows["greylisted"].next_attempt_at == rows["spam"].next_attempt_at == NOW + MINUTE


def test_who_gave_no_answer_is_asked_again(mailbox):
    mailbox.silent_for = {"anna@example.org"}
    request_mail()

    assert asking.ask(at=NOW) == 0
    mailbox.silent_for = set()
    assert asking.ask(at=NOW + MINUTE) == 1


def test_a_server_that_takes_nothing_from_us_gives_nobody_up(mailbox):
    request_mail("relayed@example.org")

    assert asking.ask(at=NOW) == 0
    assert Asking.objects.get().settled_at is None


def test_a_mail_that_cannot_be_written_keeps_nobody_else_from_being_asked(monkeypatch):
    request_mail("anna@example.org")
    request_mail("berta@example.org")
    made = asking.message_that_asks

    def broken(row, **arguments):
        if row.subscriber.address.startswith("anna"):
            raise ValueError("no words")
        return made(row, **arguments)

    monkeypatch.setattr(asking, "message_that_asks", broken)

    assert asking.ask(at=NOW) == 1
    assert mail.outbox[0].to == ["berta@example.org"]
    assert Asking.objects.get(settled_at=None).error == "ValueError: no words"


def test_what_a_dead_worker_held_is_taken_up_by_another():
    row = make_asking(make_subscriber(), settled_at=None, held_until=NOW + asking.HOLD)

    assert asking.ask(at=NOW) == 0
    assert asking.ask(at=NOW + asking.HOLD) == 1
    row.refresh_from_db()
    assert row.settled_at == NOW + asking.HOLD


# To confirm


def test_who_confirms_is_told_from_then_on_in_the_language_of_the_page():
    make_announcement()
    newest = make_announcement()
    request_mail()
    row = Subscription.objects.get()

    confirm(row, language="ja", at=NOW + MINUTE)

    row.refresh_from_db()
    assert (row.confirmed_at, row.told_through) == (NOW + MINUTE, newest.pk)
    assert (row.subscriber.confirmed_at, row.subscriber.language) == (NOW + MINUTE, "ja")
    assert list(Subscriber.objects.told()) == [row.subscriber]


def test_confirming_twice_changes_nothing():
    request_mail()
    row = Subscription.objects.get()
    confirm(row, language="ja", at=NOW)
    make_announcement()

    confirm(row, language="en", at=NOW + HOUR)

    row.refresh_from_db()
    assert (row.confirmed_at, row.told_through) == (NOW, 0)
    assert row.subscriber.language == "ja"


def test_one_confirmation_confirms_one_request():
    request_mail(query="kind=call")
    request_mail(query="kind=summit")

    confirm(Subscription.objects.get(query="kind=call"), language="en", at=NOW)

    assert Subscription.objects.standing().get().query == "kind=call"


def test_what_was_ended_cannot_be_confirmed():
    row = make_subscription(confirmed_at=None)
    end(row, at=NOW)

    with pytest.raises(HasEnded):
        confirm(row, language="en", at=NOW)


# To change and to end


def test_the_owner_changes_pace_and_language():
    row = make_subscription()

    change_pace(row, pace="INSTANT")
    change_language(row.subscriber, language="ko")

    row.refresh_from_db()
    row.subscriber.refresh_from_db()
    assert (row.pace, row.subscriber.language) == ("INSTANT", "ko")


def test_the_last_one_ended_is_leaving():
    subscriber = make_subscriber()
    first, last = make_subscription(subscriber, "a"), make_subscription(subscriber, "b")

    end(first, at=NOW)
    subscriber.refresh_from_db()
    assert subscriber.left_at is None
    end(last, at=NOW + HOUR)
    end(last, at=NOW + DAY)

    subscriber.refresh_from_db()
    last.refresh_from_db()
    assert subscriber.left_at == last.ended_at == NOW + HOUR


def test_who_leaves_gets_nothing_that_waits():
    subscriber = make_subscriber("anna@example.org")
    row = make_subscription(subscriber)
    make_digest(row, {"event": 1, "kind": "NEW"})
    sent = make_digest(row, {"event": 2, "kind": "NEW"}, state="SENT")
    request_mail(query="kind=call")

    leave(subscriber, at=NOW + HOUR)

    assert list(Digest.objects.all()) == [sent]
    assert asking.ask(at=NOW + DAY) == 0
    assert not subscriber.subscriptions.filter(ended_at__isnull=True).exists()


def test_a_digest_that_waits_stays_for_what_still_stands():
    subscriber = make_subscriber()
    ended, kept = make_subscription(subscriber, "a"), make_subscription(subscriber, "b")
    make_digest(ended, {"event": 1, "kind": "NEW"})
    both = make_digest(kept, {"event": 1, "kind": "NEW", "subscriptions": [ended.pk, kept.pk]})

    end(ended, at=NOW)

    assert list(Digest.objects.all()) == [both]


def test_who_left_and_asks_again_is_asked_again():
    row = make_subscription(make_subscriber("anna@example.org"), "kind=call")
    leave(row.subscriber, at=NOW)

    request_mail(query="kind=call", at=NOW + HOUR)

    assert not Subscriber.objects.told().exists()
    assert asking.ask(at=NOW + HOUR) == 1
    again = Subscription.objects.get(ended_at__isnull=True)
    assert again.pk != row.pk
    assert again.key in mail.outbox[0].body
    confirm(again, language="en", at=NOW + HOUR)
    assert Subscriber.objects.told().exists()


# To be forgotten


def test_an_address_that_was_never_confirmed_is_deleted_after_seven_days():
    request_mail()

    forget(at=NOW + 7 * DAY - MINUTE)
    assert Subscriber.objects.exists()
    assert forget(at=NOW + 7 * DAY) == 1
    assert not Subscriber.objects.exists()


def test_an_old_address_that_asks_again_is_kept_until_that_is_settled():
    request_mail(query="kind=call")
    request_mail(query="kind=summit", at=NOW + 6 * DAY)

    assert forget(at=NOW + 8 * DAY) == 0
    assert Subscription.objects.get().query == "kind=summit"
    assert forget(at=NOW + 13 * DAY) == 1


def test_who_left_is_deleted_after_thirty_days_with_all_that_was_sent():
    row = make_subscription()
    make_digest(row, {"event": 1, "kind": "NEW"}, state="SENT")
    leave(row.subscriber, at=NOW)

    forget(at=NOW + 30 * DAY - MINUTE)
    assert Subscriber.objects.exists()
    assert forget(at=NOW + 30 * DAY) == 1
    assert not Subscriber.objects.exists()
    assert not Digest.objects.exists()


def test_who_left_and_confirmed_again_is_kept():
    row = make_subscription(make_subscriber("anna@example.org"), "kind=call")
    leave(row.subscriber, at=NOW)
    request_mail(at=NOW + DAY)
    confirm(Subscription.objects.get(ended_at__isnull=True), language="en", at=NOW + DAY)

    assert forget(at=NOW + 40 * DAY) == 0


def test_an_address_that_refuses_mail_is_deleted_after_thirty_days():
    make_subscription(make_subscriber(refused_at=NOW))

    assert forget(at=NOW + 29 * DAY) == 0
    assert forget(at=NOW + 30 * DAY) == 1


def test_who_follows_is_kept_for_years():
    make_subscription()

    assert forget(at=NOW + 1000 * DAY) == 0


# What the database refuses


def test_two_mails_that_ask_do_not_wait_for_one_address():
    subscriber = make_subscriber()
    make_asking(subscriber, settled_at=None)

    with pytest.raises(IntegrityError, match="one_mail_that_asks_waits_for_an_address"):
        make_asking(subscriber, settled_at=None)
