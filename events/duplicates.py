"""Events that may already record what somebody is about to enter."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q

from events.models import Event, EventCountry, Participation
from events.models.events import EventQuerySet

# Newspapers date a call by their own day, a reader's Tuesday being the other side's Monday.
SLACK = timedelta(days=1)


def likely_duplicates(
    *,
    kind: str,
    starts_on: date,
    ends_on: date | None = None,
    people: Collection[int] = (),
    countries: Collection[str] = (),
    exclude: int | None = None,
) -> EventQuerySet:
    """Events of the same kind within a day of these dates that share a participant.

    `people` are ids of persons, `countries` the codes of those that acted, `ends_on` the last day
    that the date covers (for a month, its last day). Where either event names nobody, a shared
    acting country is enough. `exclude` is the id of the event itself. Drafts are among them;
    withdrawn and merged events are not. Oldest first; costs one query when it is evaluated.
    """
    named = Participation.objects.filter(event=OuterRef("pk"))
    acted = EventCountry.objects.filter(event=OuterRef("pk"), acted=True)
    shares_an_actor = Q(Exists(acted.filter(country__in=countries)))
    if people:
        shares = Q(Exists(named.filter(person__in=people))) | (~Q(Exists(named)) & shares_an_actor)
    else:
        shares = shares_an_actor
    found = Event.objects.filter(
        shares,
        kind=kind,
        starts_on__lte=(ends_on or starts_on) + SLACK,
        last_possible_on__gte=starts_on - SLACK,
        withdrawn_at__isnull=True,
        merged_into__isnull=True,
    )
    if exclude is not None:
        found = found.exclude(pk=exclude)
    return found.oldest_first()
