"""Calls of webhooks: made from the announcements, tried until they are taken, in their order.

Each webhook knows up to which announcement its calls were made. Of each webhook one call at a
time is in hand, by lease, and the next one waits until it was taken: if who makes it is killed, it
is made again, under the same id, when the lease is over.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Subquery

from events import search
from events.api.places import Places
from events.api.reading_events import read_these
from events.api.rendering import written_out
from following.addresses import whole
from following.calling import Answer, CallFailed, post
from following.enabling import give_up
from following.matching import Picks
from following.models import Announcement, Delivery, Webhook
from following.payloads import Payload, about_event, about_gap, message_id
from following.signing import headers_of
from news.clock import Clock, clock_from

# A call of fifteen seconds, what waits before it, and a slow database.
HOLD = timedelta(minutes=2)
ROUND = timedelta(seconds=25)
AT_ONCE = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=6)
FAILING_FOR = timedelta(days=3)
# How much longer or shorter a pause is, so that webhooks that failed together part.
_JITTER = 0.2
_GONE = 410
_ANNOUNCEMENTS_AT_ONCE = 500
_LONGEST_OUTCOME = 500
_KEPT_FOR = timedelta(days=90)

log = structlog.get_logger(__name__)


# Which calls there are to make


def make_deliveries(*, at: datetime) -> int:
    """Note the calls that new announcements ask for; returns how many. Safe to run at any time."""
    made = 0
    if Webhook.objects.enabled().exists():
        # What has just been published must be found by its words.
        search.refresh()
        while (count := _make_some(at)) is not None:
            made += count
    return made


@transaction.atomic
def _make_some(at: datetime) -> int | None:
    """The calls of the next announcements; None where all are told. Six queries at most."""
    newest = Announcement.objects.order_by("-id").values("id")[:1]
    behind = Webhook.objects.enabled().filter(told_through__lt=Subquery(newest))
    webhooks = list(behind.order_by("id").select_for_update(of=("self",)))
    if not webhooks:
        return None
    since = min(one.told_through for one in webhooks)
    following = Announcement.objects.filter(id__gt=since).order_by("id")
    announcements = list(following[:_ANNOUNCEMENTS_AT_ONCE])
    told_through = announcements[-1].pk
    picks = Picks.of({one.query for one in webhooks}, announcements)
    deliveries = [
        Delivery(
            webhook=webhook,
            announcement=announcement,
            in_filter=announcement.pk in picks.now[webhook.query],
            made_at=at,
            next_attempt_at=at,
        )
        for webhook in webhooks
        for announcement in announcements
        if announcement.pk > webhook.told_through and picks.tells(webhook.query, announcement.pk)
    ]
    Delivery.objects.bulk_create(deliveries)
    Webhook.objects.filter(
        pk__in=[one.pk for one in webhooks], told_through__lt=told_through
    ).update(told_through=told_through)
    return len(deliveries)


# Making them


@dataclass(frozen=True, slots=True)
class _Held:
    """A call in hand, until that moment."""

    delivery: Delivery
    until: datetime

    @property
    def webhook(self) -> Webhook:
        return self.delivery.webhook


Result = Answer | CallFailed


def call_due(*, at: datetime) -> int:
    """Make the calls that are due, until none is or half a minute has passed; returns how many
    were taken.

    Safe to run at any time, many at once, and to be killed. Not to be called in a transaction.
    """
    clock, taken = clock_from(at), 0
    in_hand: dict[Future[Result], _Held] = {}
    with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="webhook") as pool:
        while True:
            if clock() < at + ROUND and len(in_hand) < AT_ONCE:
                held = _claim(clock(), most=AT_ONCE - len(in_hand))
                for one, body in zip(held, _bodies(held), strict=True):
                    in_hand[pool.submit(_call, one, body, clock)] = one
            if not in_hand:
                return taken
            for done in wait(in_hand, return_when=FIRST_COMPLETED).done:
                taken += _settle(in_hand.pop(done), done.result(), clock())


def _claim(at: datetime, *, most: int) -> list[_Held]:
    """Take the first waiting call of each webhook, if it is due, so that nobody else makes it."""
    until = at + HOLD
    with transaction.atomic():
        first = Delivery.objects.waiting().filter(webhook=OuterRef("pk")).order_by("id")
        heads = Webhook.objects.enabled().annotate(head=Subquery(first.values("id")[:1]))
        is_due = Exists(Delivery.objects.due(at).filter(pk=OuterRef("head")))
        ready = heads.filter(is_due).order_by("head").select_for_update(skip_locked=True)
        locked = [one.pk for one in ready[:most]]
        # Asked again under the lock: somebody may have taken one between the look and the lock.
        free = Delivery.objects.due(at).filter(
            pk=Subquery(
                Delivery.objects.waiting()
                .filter(webhook=OuterRef("webhook"))
                .order_by("id")
                .values("id")[:1]
            )
        )
        found = list(
            free.filter(webhook__in=locked, webhook__is_enabled=True)
            .select_related("webhook", "announcement")
            .order_by("id")
        )
        Delivery.objects.filter(pk__in=[one.pk for one in found]).update(held_until=until)
    return [_Held(delivery, until) for delivery in found]


def _bodies(held: Sequence[_Held]) -> list[bytes]:
    """What each call says; six queries for all of them."""
    ids = {one.delivery.announcement.event_id for one in held if one.delivery.announcement}
    events = read_these(ids, places=Places(settings.SITE_URL)) if ids else {}
    return [written_out(_payload(one.delivery, events)) for one in held]


def _payload(delivery: Delivery, events: Mapping[int, Payload]) -> Payload:
    message = message_id(delivery, site=settings.SITE_URL)
    told = delivery.announcement
    if told is not None:
        return about_event(
            told, message=message, event=events.get(told.event_id), in_filter=delivery.in_filter
        )
    assert delivery.gap_from is not None
    assert delivery.gap_to is not None
    query = urlencode({"updated_since": delivery.gap_from.isoformat()})
    changes = whole(f"/api/v1/events?{query}")
    return about_gap(delivery.gap_from, delivery.gap_to, message=message, changes=changes)


def _call(held: _Held, body: bytes, clock: Clock) -> Result:
    """Make the call, in a thread of its own; touches no database."""
    at = clock()
    message = message_id(held.delivery, site=settings.SITE_URL)
    headers = headers_of(message, body, secrets=held.webhook.secrets_at(at), at=at)
    try:
        return post(held.webhook.url, body, headers, at=at)
    except CallFailed as failure:
        return failure
    except Exception as error:
        # One call that cannot be made must not keep the results of the others from being kept.
        log.exception("webhook_not_called", webhook=held.webhook.pk)
        return CallFailed(type(error).__name__)


@transaction.atomic
def _settle(held: _Held, result: Result, at: datetime) -> bool:
    """Write down what came of a call, unless it is another's by now; whether it was taken."""
    webhook = Webhook.objects.select_for_update().filter(pk=held.webhook.pk).first()
    ours = Delivery.objects.filter(pk=held.delivery.pk, held_until=held.until)
    tried = {"attempts": F("attempts") + 1, "held_until": None, "outcome": _outcome(result)}
    if webhook is None:
        return False
    if isinstance(result, Answer) and result.is_good:
        taken = ours.update(**tried, state=Delivery.State.DELIVERED, settled_at=at)
        if taken and webhook.failing_since is not None:
            webhook.failing_since = None
            webhook.save(update_fields=["failing_since"])
        return bool(taken)
    next_at = at + pause_after(held.delivery.attempts, _wish(result), chance=random.random())
    if ours.waiting().update(**tried, next_attempt_at=next_at) and webhook.is_enabled:
        _note_failure(webhook, result, at)
    return False


def _note_failure(webhook: Webhook, result: Result, at: datetime) -> None:
    """Remember since when nothing but failure has come; give up what has failed for long."""
    log.info("webhook_failed", webhook=webhook.pk, outcome=_outcome(result))
    webhook.failing_since = webhook.failing_since or at
    webhook.save(update_fields=["failing_since"])
    if isinstance(result, Answer) and result.status == _GONE:
        give_up(webhook, Webhook.End.GONE, at=at)
    elif at - webhook.failing_since >= FAILING_FOR:
        give_up(webhook, Webhook.End.FAILING, at=at)


def _outcome(result: Result) -> str:
    told = str(result.status) if isinstance(result, Answer) else str(result)
    return told[:_LONGEST_OUTCOME]


def _wish(result: Result) -> timedelta:
    """How long the other side wants to be left alone."""
    seconds = result.retry_after if isinstance(result, Answer) else None
    return timedelta(seconds=seconds or 0)


def pause_after(attempts: int, wish: timedelta = timedelta(0), *, chance: float) -> timedelta:
    """How long a call waits that has failed once more after so many attempts. Pure.

    From a minute to six hours, twice as long each time, a fifth more or less by a `chance` from 0
    to 1; longer if the other side wishes so, but never than six hours.
    """
    pause = min(FIRST_PAUSE * 2 ** min(attempts, 12), LONGEST_PAUSE)
    spread = pause * (1 - _JITTER + 2 * _JITTER * chance)
    return min(max(spread, wish, FIRST_PAUSE), LONGEST_PAUSE)


def forget_deliveries(*, at: datetime) -> int:
    """Delete calls that were settled three months ago; returns how many."""
    old = Delivery.objects.filter(settled_at__lt=at - _KEPT_FOR)
    return old.exclude(state=Delivery.State.WAITING).delete()[0]
