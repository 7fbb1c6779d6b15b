"""Work of the record that no request waits for."""

from celery import shared_task

from events import search


@shared_task(ignore_result=True)
def index_changes() -> None:
    """Index the events whose words have changed since the last time; cheap when none have."""
    search.refresh()
