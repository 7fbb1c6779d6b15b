"""Work for followers that no request waits for."""

from celery import shared_task
from django.utils import timezone

from following import asking, forgetting


@shared_task(ignore_result=True)
def ask_for_confirmations() -> None:
    """Mail the owners of addresses for which something was asked."""
    asking.ask(at=timezone.now())


@shared_task(ignore_result=True)
def forget_followers() -> None:
    """Delete the addresses that nobody has confirmed, and those of who has left."""
    forgetting.forget(at=timezone.now())
