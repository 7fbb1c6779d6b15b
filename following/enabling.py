"""How a webhook begins, is given another secret, ends and begins again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import token_bytes, token_hex

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from events.api.rendering import written_out
from following.calling import Answer, post
from following.models import Announcement, Delivery, Webhook
from following.payloads import about_nothing
from following.signing import SECRET_BYTES, headers_of, written_secret

# How long the former secret signs beside the new one.
BOTH_SECRETS_FOR = timedelta(days=1)


class AlreadySo(Exception):
    """The webhook is enabled, or disabled, already."""


def new_secret() -> str:
    return written_secret(token_bytes(SECRET_BYTES))


def begin(webhook: Webhook, *, by: User, at: datetime) -> Webhook:
    """Store a new webhook, with a secret: calls are made of what is announced from now on."""
    webhook.secret, webhook.created_by, webhook.created_at = new_secret(), by, at
    webhook.told_through = _newest_announcement()
    webhook.save(force_insert=True)
    return webhook


@transaction.atomic
def rotate_secret(webhook: Webhook, *, at: datetime) -> Webhook:
    """Give it another secret; for a day calls are signed by the former one too."""
    locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
    locked.former_secret, locked.secret = locked.secret, new_secret()
    locked.former_secret_until = at + BOTH_SECRETS_FOR
    locked.save(update_fields=["secret", "former_secret", "former_secret_until"])
    return locked


@transaction.atomic
def disable(webhook: Webhook, *, at: datetime) -> Webhook:
    """End it, as an editor decides. Raises AlreadySo."""
    locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if not locked.is_enabled:
        raise AlreadySo
    give_up(locked, Webhook.End.EDITOR, at=at)
    return locked


def give_up(webhook: Webhook, why: str, *, at: datetime) -> None:
    """End a webhook whose row is locked; what waits for it is not delivered."""
    waiting = Delivery.objects.waiting().filter(webhook=webhook)
    first = waiting.select_related("announcement").order_by("id").first()
    webhook.is_enabled, webhook.disabled_at, webhook.ended_by = False, at, why
    webhook.missed_since = min(at, _told_of(first)) if first else at
    webhook.notice_sent_at = None
    webhook.save(
        update_fields=["is_enabled", "disabled_at", "ended_by", "missed_since", "notice_sent_at"]
    )
    waiting.update(state=Delivery.State.GIVEN_UP, settled_at=at)


def _told_of(delivery: Delivery) -> datetime:
    moment = delivery.announcement.at if delivery.announcement else delivery.gap_from
    assert moment is not None
    return moment


@transaction.atomic
def enable(webhook: Webhook, *, at: datetime) -> Webhook:
    """Begin again from now on. The first call names the time of which nothing is told.

    Raises AlreadySo.
    """
    locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
    if locked.is_enabled:
        raise AlreadySo
    missed_since = locked.missed_since or locked.disabled_at or at
    locked.is_enabled, locked.ended_by = True, ""
    locked.disabled_at = locked.failing_since = locked.missed_since = None
    locked.told_through = _newest_announcement()
    locked.save()
    Delivery.objects.create(
        webhook=locked,
        gap_from=min(missed_since, at),
        gap_to=at,
        made_at=at,
        next_attempt_at=at,
    )
    return locked


def _newest_announcement() -> int:
    return Announcement.objects.aggregate(newest=Max("id"))["newest"] or 0


@transaction.atomic
def call_again(webhook: Webhook, delivery: int, *, at: datetime) -> None:
    """Have a call that was given up made once more, under its id, before those that wait.

    Raises AlreadySo where it is not given up, is another's, or the webhook is disabled.
    """
    locked = Webhook.objects.select_for_update().get(pk=webhook.pk)
    given_up = Delivery.objects.filter(
        pk=delivery, webhook=locked, state=Delivery.State.GIVEN_UP, webhook__is_enabled=True
    )
    waits = {"state": Delivery.State.WAITING, "next_attempt_at": at, "held_until": None}
    if not given_up.update(**waits, attempts=0, settled_at=None):
        raise AlreadySo


def send_test(webhook: Webhook, *, at: datetime, post: Callable[..., Answer] = post) -> Answer:
    """Call it once with nothing to tell, out of order, whether it is enabled or not.

    Waits for the answer. Raises CallFailed.
    """
    message = f"msg_test_{token_hex(16)}"
    body = written_out(about_nothing(message=message, at=at))
    headers = headers_of(message, body, secrets=webhook.secrets_at(at), at=at)
    return post(webhook.url, body, headers, at=at)
