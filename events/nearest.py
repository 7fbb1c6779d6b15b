"""The events nearest to a day; two short queries on the index of the timeline."""

from datetime import date

from events.models import Event


def nearest_before(day: date, number: int) -> list[Event]:
    """Visible events that begin before the day, the nearest first."""
    return list(Event.objects.visible().filter(starts_on__lt=day).newest_first()[:number])


def nearest_from(day: date, number: int) -> list[Event]:
    """Visible events that begin on the day or after it, the nearest first."""
    later = Event.objects.visible().filter(starts_on__gte=day)
    return list(later.order_by("starts_on", "coarseness", "id")[:number])


def nearest_events(day: date, number: int) -> list[Event]:
    """Visible events around the day, the oldest first."""
    around = [*nearest_before(day, number), *nearest_from(day, number)]
    closest = sorted(around, key=lambda event: abs((event.starts_on - day).days))[:number]
    return sorted(closest, key=lambda event: (event.starts_on, event.coarseness, event.pk))
