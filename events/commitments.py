"""What was agreed to be done, with what readers are shown of it."""

from django.db.models import BooleanField, Case, F, QuerySet, When

from events.in_reader import phrase_in_reader
from events.models import Commitment, Event


def read_commitments(commitments: QuerySet[Commitment]) -> list[Commitment]:
    """With their events and publishers, in the order in which they were agreed; one query.

    A fulfilment by an event that readers may not see is not shown as one: `shown_fulfilment` is
    then None.
    """
    visible = Event.objects.visible().values("pk")
    rows = (
        commitments.select_related("publisher", "event", "fulfilled_by")
        .annotate(
            due_text_own=phrase_in_reader("due_text"),
            is_shown=Case(
                When(fulfilled_by__in=visible, then=True),
                default=False,
                output_field=BooleanField(),
            ),
        )
        .order_by(F("event__starts_on").asc(), "id")
    )
    for row in rows:
        row.shown_fulfilment = row.fulfilled_by if row.is_shown else None  # type: ignore[attr-defined]
    return list(rows)
