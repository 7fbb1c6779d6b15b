"""How somebody comes to be told, and ceases to be: subscribe, confirm, change, end, leave.

Nothing that a stranger can do here tells whether an address is known: each request ends the same
way, and what is to be said about it is said in a mail to that address.
"""

import math
import secrets
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import ngettext

from following.models import Announcement, Asking, Digest, Subscriber, Subscription

# Of mails that ask for confirmation.
SHORTEST_GAP = timedelta(minutes=10)
IN_ONE_DAY = 5
IN_ONE_HOUR_IN_ALL = 300
# Of one address, those that wait for confirmation included.
MOST_SUBSCRIPTIONS = 30
# For so long a request waits for its confirmation.
TIME_TO_CONFIRM = timedelta(days=7)

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# Any number, the same in every process.
_SUBSCRIBING = 7_102_519_650_625


class TooManyRequests(Exception):
    """A limit is reached; the message tells the reader, `retry_after` when to come back."""

    def __init__(self, message: str, *, retry_after: timedelta) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class HasEnded(Exception):
    """The subscription has been ended, and can only be asked for anew."""


def new_key() -> str:
    """What nobody can guess, in the letters of an address."""
    return secrets.token_urlsafe(32)


@transaction.atomic
def subscribe(address: str, *, query: str, pace: str, language: str, at: datetime) -> None:
    """Keep the wish to be told of a filter, in its one spelling, and have its owner asked.

    Nothing follows from it until the owner of the address has confirmed. What stands already is
    not changed, since a stranger may have asked. Raises TooManyRequests, for whatever address.
    """
    with connection.cursor() as cursor:
        # One at a time, so that limits and the one row of an address hold for many at once.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SUBSCRIBING])
    _refuse_what_is_too_much(at)
    subscriber = _subscriber_at(address, language=language, at=at)
    kept = subscriber.subscriptions.filter(ended_at__isnull=True)
    known = kept.filter(query=query).first()
    if known is not None and known.confirmed_at is None:
        known.pace, known.created_at = pace, at
        known.save(update_fields=["pace", "created_at"])
    elif known is None and kept.count() < MOST_SUBSCRIPTIONS:
        subscriber.subscriptions.create(query=query, pace=pace, key=new_key(), created_at=at)
    _have_asked(subscriber, language=language, at=at)


def _refuse_what_is_too_much(at: datetime) -> None:
    lately = Asking.objects.filter(asked_at__gt=at - _HOUR).order_by("-asked_at")
    # The one that has to grow older than an hour before another is taken.
    most = IN_ONE_HOUR_IN_ALL
    in_the_way = lately.values_list("asked_at", flat=True)[most - 1 : most].first()
    if in_the_way is not None:
        wait = in_the_way + _HOUR - at
        minutes = math.ceil(wait / timedelta(minutes=1))
        raise TooManyRequests(
            ngettext(
                "Many requests came within the last hour. Please try again in %(minutes)d minute.",
                "Many requests came within the last hour. Please try again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes},
            retry_after=wait,
        )


def _subscriber_at(address: str, *, language: str, at: datetime) -> Subscriber:
    known = Subscriber.objects.filter(address__iexact=address).first()
    if known is None:
        return Subscriber.objects.create(
            address=address, language=language, key=new_key(), created_at=at
        )
    if known.confirmed_at is None:
        known.language = language
        known.save(update_fields=["language"])
    return known


def _have_asked(subscriber: Subscriber, *, language: str, at: datetime) -> None:
    """Let a mail ask the owner: at once, or as soon as the last ones are long enough ago.

    A mail that waits already will name this request too.
    """
    waiting = subscriber.askings.filter(settled_at__isnull=True)
    # The new time tells whoever is just sending it that this request is not in it.
    if waiting.update(language=language, asked_at=at):
        return
    times = list(
        subscriber.askings.filter(next_attempt_at__gt=at - _DAY)
        .order_by("-next_attempt_at")
        .values_list("next_attempt_at", flat=True)[:IN_ONE_DAY]
    )
    due = at
    if times:
        due = max(due, times[0] + SHORTEST_GAP)
    if len(times) == IN_ONE_DAY:
        due = max(due, times[-1] + _DAY)
    subscriber.askings.create(language=language, asked_at=at, next_attempt_at=due)
    subscriber.asked_at = at
    subscriber.save(update_fields=["asked_at"])


@transaction.atomic
def confirm(subscription: Subscription, *, language: str, at: datetime) -> Subscription:
    """Tell its owner from now on, in that language. Safe to repeat; raises HasEnded.

    Of what was announced before, nothing is told.
    """
    subscriber = _locked(subscription.subscriber_id)
    subscription = Subscription.objects.get(pk=subscription.pk)
    if subscription.ended_at is not None:
        raise HasEnded
    if subscription.confirmed_at is not None:
        return subscription
    newest = Announcement.objects.aggregate(newest=Max("id"))["newest"] or 0
    subscription.confirmed_at, subscription.told_through = at, newest
    subscription.save(update_fields=["confirmed_at", "told_through"])
    subscriber.confirmed_at = subscriber.confirmed_at or at
    subscriber.left_at = subscriber.refused_at = None
    subscriber.language = language
    subscriber.save(update_fields=["confirmed_at", "left_at", "refused_at", "language"])
    subscription.subscriber = subscriber
    return subscription


def change_pace(subscription: Subscription, *, pace: str) -> None:
    """How often it is told from now on; one that has ended stays as it was."""
    Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True).update(pace=pace)


def change_language(subscriber: Subscriber, *, language: str) -> None:
    """The language of the mails from now on, those included that are still to be sent."""
    Subscriber.objects.filter(pk=subscriber.pk).update(language=language)


def try_again(subscriber: Subscriber) -> None:
    """Send mail again to an address that refused it; its owner has read one, so it works."""
    Subscriber.objects.filter(pk=subscriber.pk).update(refused_at=None)


@transaction.atomic
def end(subscription: Subscription, *, at: datetime) -> None:
    """Tell nothing more of it; whose last one it was has left. Of two, the first one stands."""
    subscriber = _locked(subscription.subscriber_id)
    Subscription.objects.filter(pk=subscription.pk, ended_at__isnull=True).update(ended_at=at)
    if not subscriber.subscriptions.standing().exists():
        _mark_as_left(subscriber, at)
    _drop_what_waits(subscriber)


@transaction.atomic
def leave(subscriber: Subscriber, *, at: datetime) -> None:
    """Tell nothing more to that address, and ask nothing there. Safe to repeat."""
    subscriber = _locked(subscriber.pk)
    subscriber.subscriptions.filter(ended_at__isnull=True).update(ended_at=at)
    subscriber.askings.filter(settled_at__isnull=True).update(settled_at=at)
    _mark_as_left(subscriber, at)
    _drop_what_waits(subscriber)


def _locked(subscriber_id: int) -> Subscriber:
    return Subscriber.objects.select_for_update().get(pk=subscriber_id)


def _mark_as_left(subscriber: Subscriber, at: datetime) -> None:
    Subscriber.objects.filter(pk=subscriber.pk, left_at__isnull=True).update(left_at=at)


def _drop_what_waits(subscriber: Subscriber) -> None:
    """Digests that wait to be sent, and that no subscription that stands has asked for."""
    standing = set(subscriber.subscriptions.standing().values_list("pk", flat=True))
    waiting = subscriber.digests.filter(state=Digest.State.WAITING).values_list("pk", "items")
    dropped = [
        pk
        for pk, items in waiting
        if not standing & {asked for item in items for asked in item.get("subscriptions", ())}
    ]
    subscriber.digests.filter(pk__in=dropped, state=Digest.State.WAITING).delete()


def waiting_for(subscriber: Subscriber, *, at: datetime) -> list[Subscription]:
    """What the address was asked for and its owner has not confirmed yet, oldest first."""
    rows = subscriber.subscriptions.filter(
        ended_at__isnull=True, confirmed_at__isnull=True, created_at__gt=at - TIME_TO_CONFIRM
    )
    return list(rows.order_by("created_at", "id"))


def standing_of(subscriber: Subscriber) -> list[Subscription]:
    """What its owner is told of, in the order of their making."""
    return list(subscriber.subscriptions.standing().order_by("created_at", "id"))
