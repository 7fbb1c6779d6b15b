"""Work for followers that no request waits for.

All state is in the database: a message that is lost is sent again by beat, and one that comes twice
finds nothing to do.
"""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from following import announcing, clearing, digesting, sending
from following.models import Subscription


@shared_task(ignore_result=True)
def note_changes() -> None:
    """Number what has changed in the record that followers are to be told of."""
    announcing.note_changes(at=timezone.now())


@shared_task(ignore_result=True)
def make_digests() -> None:
    """Write the mails of every pace that are due, and have them sent."""
    made = sum(digesting.make_digests(pace, at=timezone.now()) for pace in Subscription.Pace.values)
    if made:
        with suppress(OperationalError):  # the broker is away; beat asks for it anyway
            send_digests.delay()


@shared_task(ignore_result=True)
def send_digests() -> None:
    """Send the mails that wait, for half a minute at most."""
    sending.send_waiting(at=timezone.now())


@shared_task(ignore_result=True)
def clear_announcements() -> None:
    """Delete mails and announcements that are old and needed by nobody."""
    clearing.clear_old(at=timezone.now())
