"""Contacts of the leaders: talks and visits of Korea's president and Japan's prime minister."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from events.in_reader import in_reader, reader_language
from events.incumbents import HEADS
from events.models import Event, EventTopic, Participation, Readout, Topic
from events.models.events import EventQuerySet
from events.ordinals import KINDS_WITH_CLAIMS


@dataclass(frozen=True, slots=True)
class Contact:
    """One event in which the president and the prime minister of the day both took part."""

    slug: str
    title: str
    kind: str
    channel: str
    precision: str
    starts_on: date
    ends_on: date | None
    last_possible_on: date
    has_both_readouts: bool
    is_title_english: bool = False
    """Whether the title is in English because the reader's language has none."""

    @property
    def is_meeting(self) -> bool:
        """Whether they were in one place; a visit is made in person, even where none says so."""
        return self.channel == "IN_PERSON" or (self.kind == "VISIT" and not self.channel)

    @property
    def is_call(self) -> bool:
        return self.kind == "CALL"


def held_contacts(people: Mapping[str, str] | None = None) -> EventQuerySet:
    """The events in which the president and the prime minister of the day both took part.

    With `people`, slugs by country, only those in which they held the office of their country.
    Of a coarse date the office counts that was held on the first and on the last day that it may
    mean.
    """
    only = people or {}
    holders = (_part_of_the_holder(*head, person=only.get(head[0], "")) for head in HEADS)
    return Event.objects.visible().filter(
        *map(Exists, holders),
        kind__in=KINDS_WITH_CLAIMS,
        status=Event.Status.HELD,
    )


def contacts_of_leaders(people: Mapping[str, str] | None = None) -> list[Contact]:
    """Every contact that was held and that readers may see, oldest first; one query.

    Of all leaders or of these `people`, as for `held_contacts`. Titles are in the reader's
    language.
    """
    both = Q(Exists(_readouts_of("KR"))) & Q(Exists(_readouts_of("JP")))
    language = reader_language()
    english = Q(**{f"title_{language}": ""}) if language != "en" else Q(pk=None)
    rows = (
        held_contacts(people)
        .oldest_first()
        .annotate(
            told=in_reader("title"), both=_true_or_false(both), english=_true_or_false(english)
        )
    )
    columns = ("slug", "told", "kind", "channel", "precision")
    dates = ("starts_on", "ends_on", "last_possible_on")
    return [Contact(*row) for row in rows.values_list(*columns, *dates, "both", "english")]


def _true_or_false(condition: Q) -> ExpressionWrapper:
    return ExpressionWrapper(condition, output_field=BooleanField())


def topics_of(contacts: Iterable[Contact]) -> dict[str, list[Topic]]:
    """The topics of each contact by its slug; one query."""
    slugs = {contact.slug for contact in contacts}
    found: dict[str, list[Topic]] = {}
    links = EventTopic.objects.filter(event__slug__in=slugs).select_related("topic")
    for link in links.annotate(of_event=F("event__slug")):
        found.setdefault(link.of_event, []).append(link.topic)
    return found


def _part_of_the_holder(country: str, office: str, *, person: str) -> QuerySet[Participation]:
    """`person` is the slug of the only one who counts, or empty for anybody."""
    term = "person__terms__"
    return Participation.objects.filter(
        Q(**{f"{term}ends_on": None}) | Q(**{f"{term}ends_on__gte": OuterRef("last_possible_on")}),
        event=OuterRef("pk"),
        **{
            f"{term}office__country": country,
            f"{term}office__slug": office,
            f"{term}starts_on__lte": OuterRef("starts_on"),
            **({"person__slug": person} if person else {}),
        },
    )


def _readouts_of(country: str) -> QuerySet[Readout]:
    return Readout.objects.filter(event=OuterRef("pk"), issuer=country)
