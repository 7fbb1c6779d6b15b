"""Send the mails that wait, each at most once.

A worker takes mails by lease, and hands them over one by one by one connection. That a mail is gone
is committed just before the dot that ends it (following/handing_over.py): who dies earlier has sent
nothing, and another sends it when the lease is over; who dies later leaves it in doubt, for an
operator to decide. A lease is known by its end: whoever was merely slow finds that it is another's.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import F

from following.handing_over import (
    InDoubt,
    MessageRefused,
    NotOurs,
    NotTaken,
    OutOfOrder,
    RecipientRefused,
    WayOut,
    way_out,
)
from following.mail import message_for
from following.models import Digest, Subscriber, Subscription
from news.clock import Clock, clock_from

State = Digest.State

# A round and the slowest server fit into it.
HOLD = timedelta(minutes=5)
ROUND = timedelta(seconds=25)
_AT_ONCE = 20
_FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_PAUSE = timedelta(hours=1)
# As long as mail servers try.
_TRIED_FOR = timedelta(days=5)
_LONGEST_ERROR = 500

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Held:
    """A mail in hand, until that moment."""

    digest: Digest
    until: datetime

    def settle(self, **values: Any) -> bool:
        """Write down how it stands, unless it is another's by now; whether it was ours."""
        ours = Digest.objects.filter(pk=self.digest.pk, held_until=self.until)
        return ours.update(**values) == 1


def send_waiting(*, at: datetime) -> int:
    """Send what waits, until nothing does or half a minute has passed; returns how many were sent.

    Safe to run at any time, many at once, and to be killed. Not to be called in a transaction.
    """
    clock, sent = clock_from(at), 0
    out = way_out()
    try:
        while clock() < at + ROUND and (held := _claim(clock())):
            while held and clock() < at + ROUND:
                try:
                    sent += _send(held.pop(0), out, clock)
                except OutOfOrder:
                    _release(held)
                    return sent
            _release(held)
    finally:
        out.close()
    return sent


def _claim(at: datetime) -> list[_Held]:
    """Take the mails that wait longest, so that nobody else sends them for a while."""
    until = at + HOLD
    with transaction.atomic():
        due = Digest.objects.due(at).order_by("next_attempt_at", "id")
        # Those that another takes at this moment are not waited for.
        digests = list(due.select_for_update(of=("self",), skip_locked=True)[:_AT_ONCE])
        Digest.objects.filter(pk__in=[one.pk for one in digests]).update(held_until=until)
    return [_Held(digest, until) for digest in _still_wanted(digests)]


def _still_wanted(digests: Collection[Digest]) -> list[Digest]:
    """With subscribers, and without what only subscriptions wanted that have ended since.

    A mail of which nothing is left is dropped. Three queries at most.
    """
    people = Subscriber.objects.in_bulk({digest.subscriber_id for digest in digests})
    standing = Subscription.objects.standing().filter(subscriber__in=people)
    wanted = set(standing.values_list("pk", flat=True))
    for digest in digests:
        digest.items = [item for item in digest.items if wanted & set(item["subscriptions"])]
    dropped = [digest.pk for digest in digests if not digest.items]
    if dropped:
        Digest.objects.filter(pk__in=dropped).delete()
    kept = [digest for digest in digests if digest.items]
    for digest in kept:
        digest.subscriber = people[digest.subscriber_id]
    return kept


def _release(held: Iterable[_Held]) -> None:
    """Let go of mails that were not tried."""
    for one in held:
        one.settle(held_until=None)


def _send(held: _Held, out: WayOut, clock: Clock) -> bool:
    """Send one mail and write down what came of it; whether it was taken.

    Raises OutOfOrder where the next one would fare no better.
    """
    try:
        message = message_for(held.digest, connection=out.backend)
    except Exception as error:
        # A mail that cannot be written must not hold up the others.
        log.exception("digest_not_written", digest=held.digest.pk)
        _put_back(held, clock(), f"{type(error).__name__}: {error}", gives_up=True)
        return False
    try:
        out.hand_over(message, mark=lambda: held.settle(state=State.HANDED_OVER))
    except NotOurs:
        return False
    except RecipientRefused as refusal:
        _refuse(held, clock(), str(refusal), is_the_recipient=True)
    except MessageRefused as refusal:
        _refuse(held, clock(), str(refusal), is_the_recipient=False)
    except OutOfOrder as failure:
        log.warning("mail_server_out_of_order", error=str(failure))
        _put_back(held, clock(), str(failure), gives_up=False)
        raise
    except NotTaken as failure:
        _put_back(held, clock(), str(failure), gives_up=True)
    except InDoubt as doubt:
        log.warning("digest_in_doubt", digest=held.digest.pk, error=str(doubt))
        held.settle(**_tried(str(doubt)))
    else:
        held.settle(**_tried(""), state=State.SENT, settled_at=clock())
        return True
    return False


def _tried(error: str) -> dict[str, Any]:
    return {"attempts": F("attempts") + 1, "held_until": None, "error": error[:_LONGEST_ERROR]}


def _put_back(held: _Held, at: datetime, error: str, *, gives_up: bool) -> None:
    """Leave the mail for later; or refused, if it has been tried for days and `gives_up`."""
    if gives_up and at - held.digest.made_at > _TRIED_FOR:
        _refuse(held, at, error, is_the_recipient=False)
        return
    later = at + pause_after(held.digest.attempts)
    held.settle(**_tried(error), state=State.WAITING, next_attempt_at=later)


@transaction.atomic
def _refuse(held: _Held, at: datetime, error: str, *, is_the_recipient: bool) -> None:
    """The mail will not be taken; nor will another, if it is the recipient's address."""
    log.warning("digest_refused", digest=held.digest.pk, error=error)
    is_ours = held.settle(**_tried(error), state=State.REFUSED, settled_at=at)
    if is_ours and is_the_recipient:
        Subscriber.objects.filter(pk=held.digest.subscriber_id).update(refused_at=at)


def pause_after(attempts: int) -> timedelta:
    """How long a mail waits that has failed once more after so many attempts. Pure."""
    return min(_FIRST_PAUSE * 2 ** min(attempts, 10), _LONGEST_PAUSE)


def send_again(ids: Collection[int], *, at: datetime) -> int:
    """Have mails in doubt or refused sent once more, as an operator decides; returns how many.

    Who got the first gets a second. One that is being sent is left alone.
    """
    asked = Digest.objects.filter(pk__in=ids)
    again = asked.in_doubt(at) | asked.filter(state=State.REFUSED)
    return again.update(
        state=State.WAITING, next_attempt_at=at, held_until=None, settled_at=None, error=""
    )
