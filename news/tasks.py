"""What workers do; the work itself is in news/polling.py."""

from celery import shared_task
from django.utils import timezone

from news.models import Source
from news.polling import poll


@shared_task(ignore_result=True)
def poll_due() -> None:
    """Hand every source whose time has come to a worker."""
    due = Source.objects.due(timezone.now()).values_list("pk", flat=True)
    for source_id in due:
        poll_source.delay(source_id=source_id)


@shared_task(ignore_result=True)
def poll_source(*, source_id: int) -> None:
    """Read one source, if it is still due: the message may have come twice, or late."""
    source = Source.objects.due(timezone.now()).filter(pk=source_id).first()
    if source is not None:
        poll(source, at=timezone.now())
