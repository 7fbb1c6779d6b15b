"""Each mail is sent at most once, and what became of it is known or called in doubt."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection

from following import handing_over, sending
from following.models import Digest, Subscription
from following.sending import pause_after, send_again, send_waiting
from tests.events.build import NOW
from tests.following.build import make_digest, make_subscription

pytestmark = pytest.mark.django_db
HOLD = sending.HOLD
MINUTE = timedelta(minutes=1)


def state_of(digest):
    digest.refresh_from_db()
    return digest.state


# --- By a mail server ---------------------------------------------------------------------------


def test_mails_that_wait_are_sent_by_one_connection(mailbox):
    digests = [make_digest(f"reader-{number}@example.org") for number in range(5)]

    assert send_waiting(at=NOW) == 5
    assert send_waiting(at=NOW) == 0

    assert mailbox.connections == 1
    assert mailbox.received == {f"reader-{number}@example.org": 1 for number in range(5)}
    for digest in digests:
        assert state_of(digest) == "SENT"
        assert digest.settled_at is not None
        assert digest.held_until is None
        assert digest.attempts == 1


def test_what_arrives_is_the_mail_to_the_letter(mailbox, monkeypatch):
    """Lines that begin with a dot, and the last one without its end, among them."""
    text = "One line\n.a line\n..\n.\nthe last 한국어 日本語"
    written = sending.message_for

    def with_dots(digest, **options):
        message = written(digest, **options)
        message.body, message.alternatives = text, []
        return message

    monkeypatch.setattr(sending, "message_for", with_dots)
    digest = make_digest("reader@example.org")

    send_waiting(at=NOW)

    received = mailbox.mail_to("reader@example.org")
    assert received.get_content().replace("\r\n", "\n").rstrip("\n") == text
    assert received["To"] == "reader@example.org"
    assert f"digest-{digest.pk}" in received["Message-ID"]


def test_a_server_that_ends_the_connection_now_and_then_is_called_again(mailbox):
    mailbox.mails_a_connection = 2
    for number in range(5):
        make_digest(f"reader-{number}@example.org")

    assert send_waiting(at=NOW) == 5
    assert mailbox.connections == 3


@pytest.mark.parametrize("kind", ["unknown", "nobody", "closed"])
def test_an_address_that_takes_no_mail_gets_none_any_more(mailbox, kind):
    digest = make_digest(f"{kind}@example.org")
    other = make_digest("reader@example.org")

    assert send_waiting(at=NOW) == 1

    assert state_of(digest) == "REFUSED"
    assert "5" in digest.error
    assert digest.subscriber.refused_at is not None
    assert state_of(other) == "SENT"
    Digest.objects.filter(pk=digest.pk).update(state="WAITING")
    assert send_waiting(at=NOW + MINUTE) == 0


def test_a_mail_that_is_refused_for_what_it_says_is_not_the_reader_s_fault(mailbox):
    digest = make_digest("spam@example.org")

    assert send_waiting(at=NOW) == 0

    assert state_of(digest) == "REFUSED"
    assert "554" in digest.error
    assert digest.subscriber.refused_at is None


@pytest.mark.parametrize("kind", ["greylisted", "full", "early"])
def test_what_may_be_taken_later_is_tried_later_and_given_up_after_days(mailbox, kind):
    digest = make_digest(f"{kind}@example.org")

    assert send_waiting(at=NOW) == 0
    assert state_of(digest) == "WAITING"
    assert digest.attempts == 1
    assert digest.held_until is None
    assert MINUTE <= digest.next_attempt_at - NOW < 2 * MINUTE
    assert send_waiting(at=NOW + MINUTE / 2) == 0
    assert send_waiting(at=NOW + 2 * MINUTE) == 0
    digest.refresh_from_db()
    assert digest.attempts == 2

    assert send_waiting(at=NOW + timedelta(days=6)) == 0
    assert state_of(digest) == "REFUSED"
    assert digest.subscriber.refused_at is None
    assert mailbox.received == {}


def test_a_server_that_relays_nothing_for_us_costs_no_reader_the_subscription(mailbox):
    first, second = make_digest("relayed@example.org"), make_digest("relayed-2@example.org")

    assert send_waiting(at=NOW) == 0

    assert (state_of(first), state_of(second)) == ("WAITING", "WAITING")
    assert first.subscriber.refused_at is None
    # The other mails are left for the next round, untried.
    assert (first.attempts, second.attempts) == (1, 0)
    assert second.held_until is None


def test_without_a_server_mails_wait_and_are_all_sent_when_it_is_back(mailbox, settings):
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    digests = [make_digest() for _ in range(3)]
    assert send_waiting(at=NOW) == 0
    assert [state_of(digest) for digest in digests] == ["WAITING"] * 3
    assert sorted(digest.attempts for digest in digests) == [0, 0, 1]

    settings.EMAIL_PORT = port
    # No matter how long it was away.
    assert send_waiting(at=NOW + timedelta(days=30)) == 3


def test_a_mail_without_an_answer_is_in_doubt_and_not_sent_again_unasked(mailbox):
    digest, other = make_digest("silent@example.org"), make_digest("reader@example.org")
    mailbox.silent_for.add("silent@example.org")

    assert send_waiting(at=NOW) == 1
    assert send_waiting(at=NOW + timedelta(days=1)) == 0

    assert state_of(digest) == "HANDED_OVER"
    assert digest.error
    assert state_of(other) == "SENT"
    assert list(Digest.objects.in_doubt(NOW)) == [digest]
    assert mailbox.received["silent@example.org"] == 1

    mailbox.silent_for.clear()
    assert send_again([digest.pk, other.pk], at=NOW + MINUTE) == 1
    assert send_waiting(at=NOW + MINUTE) == 1
    assert mailbox.received == {"silent@example.org": 2, "reader@example.org": 1}


def test_one_that_is_being_sent_cannot_be_sent_again(mailbox):
    digest = make_digest(state="HANDED_OVER", held_until=NOW + HOLD)

    assert send_again([digest.pk], at=NOW) == 0
    assert not Digest.objects.in_doubt(NOW).exists()
    assert send_again([digest.pk], at=NOW + 2 * HOLD) == 1


def test_a_mail_that_cannot_be_written_does_not_hold_up_the_others(mailbox, monkeypatch):
    bad, good = make_digest("bad@example.org"), make_digest("good@example.org")
    written = sending.message_for

    def fail(digest, **options):
        if digest.pk == bad.pk:
            raise KeyError("event")
        return written(digest, **options)

    monkeypatch.setattr(sending, "message_for", fail)

    assert send_waiting(at=NOW) == 1
    assert state_of(bad) == "WAITING"
    assert "KeyError" in bad.error
    assert state_of(good) == "SENT"


def test_pauses_grow_to_an_hour():
    assert [pause_after(attempts) // MINUTE for attempts in (0, 1, 2, 5, 6, 5_000)] == [
        1,
        2,
        4,
        32,
        60,
        60,
    ]


# --- Who wants it -------------------------------------------------------------------------------


def test_who_has_left_since_gets_nothing(mailbox):
    digest = make_digest()
    digest.subscriber.left_at = NOW
    digest.subscriber.save()

    assert send_waiting(at=NOW) == 0
    assert mailbox.received == {}


def test_what_only_an_ended_subscription_wanted_is_left_out(mailbox, monkeypatch):
    ended, both = make_digest("ended@example.org"), make_digest("both@example.org")
    Subscription.objects.filter(subscriber=ended.subscriber).update(ended_at=NOW)
    (kept,) = both.items
    gone = make_subscription(both.subscriber, query="kind=call", ended_at=NOW)
    both.items = [kept, {**kept, "event": 77, "subscriptions": [gone.pk]}]
    both.save()
    told = []
    written = sending.message_for
    monkeypatch.setattr(
        sending,
        "message_for",
        lambda digest, **options: told.append(digest.items) or written(digest, **options),
    )

    assert send_waiting(at=NOW) == 1

    assert mailbox.received == {"both@example.org": 1}
    assert told == [[kept]]
    assert not Digest.objects.filter(pk=ended.pk).exists()


# --- Several at once ----------------------------------------------------------------------------


def test_what_another_has_in_hand_is_left_alone_until_the_lease_is_over(mailbox):
    make_digest(held_until=NOW + HOLD)

    assert send_waiting(at=NOW + MINUTE) == 0
    assert send_waiting(at=NOW + HOLD) == 1


def test_who_was_too_slow_finds_that_the_mail_is_another_s(mailbox):
    """The one takes it over while the other has said everything but the dot."""
    digest = make_digest("reader@example.org")
    (slow,) = sending._claim(NOW)
    out = handing_over.way_out()

    def mark():
        assert send_waiting(at=NOW + 2 * HOLD) == 1
        return slow.settle(state="HANDED_OVER")

    with pytest.raises(handing_over.NotOurs):
        out.hand_over(sending.message_for(digest), mark=mark)
    out.close()

    assert mailbox.received == {"reader@example.org": 1}
    assert state_of(digest) == "SENT"


def test_a_database_that_is_lost_before_the_dot_leaves_nothing_sent(mailbox):
    digest = make_digest("reader@example.org")
    out = handing_over.way_out()

    def mark():
        raise RuntimeError("the database is gone")

    with pytest.raises(RuntimeError):
        out.hand_over(sending.message_for(digest), mark=mark)
    out.close()

    assert send_waiting(at=NOW) == 1
    assert mailbox.received == {"reader@example.org": 1}


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_mail_once(mailbox):
    for number in range(60):
        make_digest(f"reader-{number}@example.org")

    def run():
        try:
            send_waiting(at=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert mailbox.received == {f"reader-{number}@example.org": 1 for number in range(60)}
    assert set(Digest.objects.values_list("state", flat=True)) == {"SENT"}


# --- Other ways, and the table ------------------------------------------------------------------


def test_mail_to_the_console_or_a_test_is_sent_once_as_well(settings):
    digest = make_digest("reader@example.org")

    assert send_waiting(at=NOW) == 1
    assert send_waiting(at=NOW) == 0

    assert [message.to for message in mail.outbox] == [["reader@example.org"]]
    assert state_of(digest) == "SENT"


def test_a_mail_that_waits_has_a_next_attempt():
    with pytest.raises(IntegrityError, match="digest_that_waits_has_a_next_attempt"):
        make_digest(next_attempt_at=None)
