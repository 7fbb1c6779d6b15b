"""Work for followers that no request waits for.

All state is in the database: a message that is lost is sent again by beat, and one that comes twice
finds nothing to do.
"""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone
from kombu.exceptions import OperationalError

from following import announcing, asking, clearing, digesting, forgetting, sending
from following.models import Subscription
from following.notices import tell_of_given_up
from following.webhooks import call_due, forget_deliveries, make_deliveries


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


@shared_task(ignore_result=True)
def ask_for_confirmations() -> None:
    """Mail the owners of addresses for which something was asked."""
    asking.ask(at=timezone.now())


@shared_task(ignore_result=True)
def forget_followers() -> None:
    """Delete the addresses that nobody has confirmed, and those of who has left."""
    forgetting.forget(at=timezone.now())


@shared_task(ignore_result=True)
def call_webhooks() -> None:
    """Call the webhooks of organisations about what was announced; tell of those given up."""
    make_deliveries(at=timezone.now())
    call_due(at=timezone.now())
    tell_of_given_up(at=timezone.now())


@shared_task(ignore_result=True)
def forget_calls() -> None:
    """Delete calls of webhooks that were settled long ago."""
    forget_deliveries(at=timezone.now())
