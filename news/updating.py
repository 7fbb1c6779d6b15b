"""What an event on record takes over from a candidate that is merged into it, and gives back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Final

from events.models import Event, EventPlace, EventTopic, Participation
from news.models import Candidate

# Which columns each field of the page stands for.
COLUMNS: Final[dict[str, tuple[str, ...]]] = {
    "date": ("precision", "starts_on", "ends_on"),
    "status": ("status",),
    "occasion": ("occasion",),
    "channel": ("channel",),
    "minutes": ("minutes",),
}
LISTS: Final = ("people", "topics", "city")
TAKEABLE: Final = (*COLUMNS, *LISTS)


def take_over(
    event: Event, candidate: Candidate, fields: Collection[str], *, status: str = ""
) -> dict[str, Any]:
    """Give the event these fields of the candidate, and a status where one is given; unsaved.

    What hangs on the event is written at once. Returns what `give_back` needs. Raises
    ValidationError when the event would break a rule of the record.
    """
    new: dict[str, Any] = {
        column: getattr(candidate, column)
        for field, columns in COLUMNS.items()
        if field in fields
        for column in columns
    }
    if status:
        new["status"] = status
    if new.get("status") == Event.Status.HELD and (
        event.certainty == Event.Certainty.ADVANCE_NOTICE
    ):
        # That it took place is more than a notice that it would.
        new["certainty"] = Event.Certainty.CONFIRMED
    old = {name: getattr(event, name) for name in new}
    changed = {name: value for name, value in new.items() if value != old[name]}
    for name, value in changed.items():
        setattr(event, name, value)
    if changed:
        event.validate_constraints()
    return {
        "columns": {name: [_plain(old[name]), _plain(value)] for name, value in changed.items()},
        "people": _add_people(event, candidate) if "people" in fields else [],
        "topics": _add_topics(event, candidate) if "topics" in fields else [],
        "city": _add_place(event, candidate) if "city" in fields else [],
    }


def give_back(event: Event, taken: dict[str, Any]) -> list[str]:
    """Undo what `take_over` did, but for what somebody has changed since; columns are unsaved.

    Returns the names of the columns that it set.
    """
    restored = []
    for name, (old, new) in taken.get("columns", {}).items():
        if _plain(getattr(event, name)) == new:
            setattr(event, name, _from_plain(name, old))
            restored.append(name)
    Participation.objects.filter(event=event, pk__in=taken.get("people", ())).delete()
    EventTopic.objects.filter(event=event, pk__in=taken.get("topics", ())).delete()
    EventPlace.objects.filter(event=event, pk__in=taken.get("city", ())).delete()
    return restored


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _from_plain(name: str, value: Any) -> Any:
    field: Any = Event._meta.get_field(name)
    return field.to_python(value)


def _add_people(event: Event, candidate: Candidate) -> list[int]:
    there = set(event.participations.values_list("person_id", flat=True))
    missing = [person for person in candidate.people.all() if person.pk not in there]
    return [Participation.objects.create(event=event, person=person).pk for person in missing]


def _add_topics(event: Event, candidate: Candidate) -> list[int]:
    there = set(event.topic_links.values_list("topic_id", flat=True))
    missing = [topic for topic in candidate.topics.all() if topic.pk not in there]
    return [EventTopic.objects.create(event=event, topic=topic).pk for topic in missing]


def _add_place(event: Event, candidate: Candidate) -> list[int]:
    """A city without a known country adds nothing: a place needs one."""
    if not candidate.city or candidate.place_country is None:
        return []
    if event.places.filter(city=candidate.city, country=candidate.place_country).exists():
        return []
    place = EventPlace.objects.create(
        event=event,
        city=candidate.city,
        country=candidate.place_country,
        position=event.places.count(),
    )
    return [place.pk]
