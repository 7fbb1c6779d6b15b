"""Sends the mails that ask the owners of addresses for their confirmation.

Each is claimed, sent while no transaction is open, then marked. Whoever dies in between leaves it
to the next one, after a while: to be asked twice is better than never.
"""

from datetime import datetime, timedelta

import structlog
from django.db import transaction

from following.handing_over import (
    InDoubt,
    NotTaken,
    OutOfOrder,
    RecipientRefused,
    WayOut,
    way_out,
)
from following.mail import message_that_asks
from following.models import Asking
from following.subscribing import SHORTEST_GAP

HOLD = timedelta(minutes=5)
AT_ONCE = 50
MOST_ATTEMPTS = 12
_LONGEST_WAIT = timedelta(hours=2)
_LONGEST_ERROR = 500

log = structlog.get_logger(__name__)


def ask(*, at: datetime) -> int:
    """Send what is due, fifty at most; return how many were sent. Safe to run again, and beside
    another run."""
    askings = _claim(at)
    sent = 0
    if not askings:
        return sent
    out = way_out()
    try:
        while askings:
            sent += _ask_one(askings[0], out, at)
            askings.pop(0)
    except OutOfOrder as error:
        # Nothing came of this one, or will of those after it.
        log.warning("confirmations_not_mailed", error=str(error))
        for asking in askings:
            _put_off(asking, str(error), at)
    finally:
        out.close()
    return sent


@transaction.atomic
def _claim(at: datetime) -> list[Asking]:
    due = Asking.objects.filter(settled_at__isnull=True, next_attempt_at__lte=at)
    free = due.exclude(held_until__gt=at).order_by("next_attempt_at", "id")
    claimed = list(
        free.select_related("subscriber").select_for_update(of=("self",), skip_locked=True)[
            :AT_ONCE
        ]
    )
    ids = [asking.pk for asking in claimed]
    Asking.objects.filter(pk__in=ids).update(held_until=at + HOLD)
    return claimed


def _ask_one(asking: Asking, out: WayOut, at: datetime) -> int:
    """Send one mail. Raises OutOfOrder where the next one would fare no better.

    One that is refused, or that cannot be written, must not keep others from being asked.
    """
    try:
        message = message_that_asks(asking, at=at, connection=out.backend)
    except Exception as error:
        log.exception("confirmation_not_written", asking=asking.pk)
        _put_off(asking, f"{type(error).__name__}: {error}", at)
        return 0
    try:
        # Nothing is marked before: one that is in doubt is sent again.
        out.hand_over(message, mark=lambda: True)
    except OutOfOrder:
        raise
    except RecipientRefused as refusal:
        _settle(asking, at, error=str(refusal))
    except (NotTaken, InDoubt) as failure:
        _put_off(asking, str(failure), at)
    else:
        _settle(asking, at)
        return 1
    return 0


def _settle(asking: Asking, at: datetime, *, error: str = "") -> None:
    rows = Asking.objects.filter(pk=asking.pk, settled_at__isnull=True)
    if rows.filter(asked_at=asking.asked_at).update(
        settled_at=at, held_until=None, error=error[:_LONGEST_ERROR]
    ):
        return
    # Another request came while this mail was under way, and is not in it.
    rows.update(next_attempt_at=at + SHORTEST_GAP, held_until=None, attempts=0)


def _put_off(asking: Asking, error: str, at: datetime) -> None:
    """Try again later and later, until it is no use."""
    attempts = asking.attempts + 1
    rows = Asking.objects.filter(pk=asking.pk, settled_at__isnull=True)
    if attempts >= MOST_ATTEMPTS:
        rows.update(settled_at=at, held_until=None, attempts=attempts, error=error[:_LONGEST_ERROR])
        return
    wait = min(timedelta(minutes=1) * 2 ** (attempts - 1), _LONGEST_WAIT)
    rows.update(
        next_attempt_at=at + wait, held_until=None, attempts=attempts, error=error[:_LONGEST_ERROR]
    )
