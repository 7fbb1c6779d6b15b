"""Work for followers that no request waits for."""

from celery import shared_task
from django.utils import timezone

from following import asking, forgetting
from following.notices import tell_of_given_up
from following.webhooks import call_due, forget_deliveries, make_deliveries


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
