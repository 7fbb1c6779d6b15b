"""Which events and names have changed: how processes keep what they hold of the record in step.

Not part of the record, so without a history. Rows are only added, by triggers, so that no door to
the record can be forgotten and editors never wait for each other; those of more than a day ago are
cleared (events/standing.py).
"""

import pgtrigger
from django.db import models

NAMES = 0
"""In place of an event's id: names that any event may show have changed."""


class EventChange(models.Model):
    """An event of which a transaction has changed what the timeline shows; may be listed twice.

    Or, with the id NAMES, a change of names.
    """

    # No foreign key: a draft that is deleted has changed as well.
    event_id = models.BigIntegerField()
    transaction = models.BigIntegerField(help_text="The id that PostgreSQL gives a transaction.")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index("transaction", name="event_change_transaction"),
            models.Index("changed_at", name="event_change_changed_at"),
        ]

    def __str__(self) -> str:
        return str(self.event_id)


def _lists_change(name: str, column: str) -> pgtrigger.Trigger:
    """After any change of a row, the event in its `column` is listed, as it is and as it was."""

    def listed(row: str) -> str:
        return (
            "INSERT INTO events_eventchange (event_id, transaction, changed_at) VALUES "
            f"({row}.{column}, pg_current_xact_id()::text::bigint, now());"
        )

    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=(
            f"IF TG_OP <> 'DELETE' THEN {listed('NEW')} END IF; "
            f"IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND OLD.{column} <> NEW.{column}) "
            f"THEN {listed('OLD')} END IF; "
            "RETURN NULL;"
        ),
    )


EVENT_CHANGES = _lists_change("event_changes", "id")
ITS_EVENT_CHANGES = _lists_change("its_event_changes", "event_id")
# Once for each statement: a load of the record changes thousands of rows.
NAMES_CHANGE = pgtrigger.Trigger(
    name="names_change",
    level=pgtrigger.Statement,
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=(
        "INSERT INTO events_eventchange (event_id, transaction, changed_at) "
        f"VALUES ({NAMES}, pg_current_xact_id()::text::bigint, now()); "
        "RETURN NULL;"
    ),
)
