"""Who took part in events, with the office that each held on the day."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, When
from django.db.models.functions import JSONObject

from events.incumbents import HEADS
from events.models import Office, Participation, Term
from events.models.dates import Precision


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part, with the office held that day; without one, the capacity that a source
    gives."""

    participation: Participation
    office: Office | None

    @property
    def is_head(self) -> bool:
        """Whether this is the president of Korea or the prime minister of Japan."""
        return self.office is not None and (self.office.country_id, self.office.slug) in HEADS


def pair_of(participants: Sequence[Participant]) -> tuple[int, int] | None:
    """The Korean and the Japanese participant whose meetings an event belongs to: the two heads
    if both took part, else the only ones of their countries. None for no such two."""
    chosen = []
    for code in ("KR", "JP"):
        own = [one for one in participants if one.participation.person.country_id == code]
        heads = [one for one in own if one.is_head]
        candidates = heads or own
        if len(candidates) != 1:
            return None
        chosen.append(candidates[0])
    if chosen[0].is_head != chosen[1].is_head:
        return None
    return chosen[0].participation.person_id, chosen[1].participation.person_id


def participants_of(events: Collection[int]) -> dict[int, list[Participant]]:
    """By event, each in the published order of countries, then by family name; one query.

    The person and its country are loaded with each.
    """
    # Of a coarse date only an office held all through it is the one held that day.
    last = Case(
        When(event__precision=Precision.DAY, then=F("event__starts_on")),
        default=F("event__last_possible_on"),
    )
    held = (
        Term.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("last_day")),
            starts_on__lte=OuterRef("event__starts_on"),
            person=OuterRef("person"),
        )
        .latest_first()
        .values(
            json=JSONObject(
                slug="office__slug",
                country_id="office__country_id",
                name_en="office__name_en",
                name_ko="office__name_ko",
                name_ja="office__name_ja",
            )
        )
    )
    links = (
        Participation.objects.filter(event__in=events)
        .select_related("person__country")
        .annotate(last_day=last)
        .annotate(offices=ArraySubquery(held[:1]))
        .order_by("person__country__position", "person__family_name_en", "person__slug")
    )
    found: dict[int, list[Participant]] = {pk: [] for pk in events}
    for link in links:
        office = Office(**link.offices[0]) if link.offices else None
        found[link.event_id].append(Participant(link, office))
    return found
