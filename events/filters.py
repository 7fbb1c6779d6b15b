"""The reader's choices on the timeline, declared once: form, queryset and counts.

A value that is not known is told beside its field and otherwise left out; the values beside it
stay. Within one key the values are joined by "or", between keys by "and".
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast
from django.utils.functional import cached_property
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from events import search
from events.models import (
    Country,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Participation,
    Person,
    Topic,
)
from events.models.events import EventQuerySet
from events.periods import Period, parse_period
from events.selection import Selection
from events.standing import Standing, current
from events.timeline import Order, Position

_SHOWN_OF_A_BAD_VALUE = 40
_SHOWN_BAD_VALUES = 3
_MOST_SEARCHES_KEPT = 200
# Keys that take one value; the others are joined by "or".
_ONE_VALUE = ("q", "with", "from", "to")
# The code of an error of values that are not known.
UNKNOWN = "unknown"
ORDERS = {"newest": _("Newest first"), "oldest": _("Oldest first")}
# As the query string orders them.
_KEYS = ("q", "country", "kind", "topic", "where", "leader", "with", "status", "from", "to")


def _quoted(values: Iterable[str]) -> str:
    shown = [f"“{Truncator(value).chars(_SHOWN_OF_A_BAD_VALUE)}”" for value in values]
    return ", ".join(shown[:_SHOWN_BAD_VALUES]) + (" …" if len(shown) > _SHOWN_BAD_VALUES else "")


class KnownValuesField(forms.Field):
    """Keeps the values that are known; the form reports the others.

    (A field of choices copies them all, twice for every page, and there are hundreds.)
    """

    widget = forms.SelectMultiple

    def __init__(self, *, known: Collection[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def clean(self, value: Any) -> list[str]:
        return [given for given in dict.fromkeys(value or ()) if given in self.known]


class KnownValueField(forms.CharField):
    """One value that is known; the message names what was given."""

    def __init__(self, *, known: Collection[str] = (), **options: Any) -> None:
        super().__init__(**options)
        self.known = known

    def run_validators(self, value: Any) -> None:
        """NUL is told like everything else that is not known."""

    def validate(self, value: Any) -> None:
        if value and value not in self.known:
            raise ValidationError(unknown_values([value]))


class PeriodField(forms.CharField):
    """An ISO day, month or year; its value is a Period, or None when empty."""

    def to_python(self, value: Any) -> Any:
        text = str(super().to_python(value) or "")
        if not text:
            return None
        try:
            return parse_period(text)
        except ValueError as problem:
            raise ValidationError(
                _(
                    "%(given)s is not a date. Give a day (2025-06-09), a month (2025-06) or a "
                    "year (2025)."
                ),
                params={"given": _quoted([text])},
            ) from problem

    def run_validators(self, value: Any) -> None:
        """Nothing is left to check once a period has been read."""


def unknown_values(values: Iterable[str]) -> ValidationError:
    return ValidationError(
        _("%(given)s is not known here and was left out."),
        code=UNKNOWN,
        params={"given": _quoted(values)},
    )


class WordsField(forms.CharField):
    """Words to look for; the message says what was wrong with them."""

    def to_python(self, value: Any) -> str:
        # Not PostgreSQL nor an address can carry NUL, and nobody types it.
        words = " ".join(str(super().to_python(value) or "").replace("\0", " ").split())
        if len(words) > search.LONGEST_QUERY:
            raise ValidationError(
                _("Give at most %(limit)s characters to search for."),
                params={"limit": search.LONGEST_QUERY},
            )
        return words

    def run_validators(self, value: Any) -> None:
        """The search takes any words."""


class TimelineForm(forms.Form):
    """Reads the query string; the timeline's template writes its own controls."""

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            if isinstance(field, KnownValuesField):
                self._report_unknown(name, field)
        start, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if start and end and end.last < start.first:
            # Also takes it out of the cleaned data.
            self.add_error("to", _("This is before the start, and was left out."))
        return self.cleaned_data

    def _report_unknown(self, name: str, field: KnownValuesField) -> None:
        given = cast(list[str], self[name].data or [])
        unknown = [value for value in dict.fromkeys(given) if value and value not in field.known]
        if unknown:
            kept = self.cleaned_data[name]
            self.add_error(name, unknown_values(unknown))
            self.cleaned_data[name] = kept


class KnownValuesFilter(django_filters.Filter):
    field_class = KnownValuesField


class KnownValueFilter(django_filters.Filter):
    field_class = KnownValueField


class WordsFilter(django_filters.Filter):
    field_class = WordsField


class PeriodFilter(django_filters.Filter):
    field_class = PeriodField


def _having(rows: QuerySet[Any]) -> Exists:
    return Exists(rows.filter(event=OuterRef("pk")))


def in_addresses(choices: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Choices as the query string writes them: lower case, where the database has upper."""
    return {value.lower(): label for value, label in choices}


_KINDS, _STATUSES = in_addresses(Event.Kind.choices), in_addresses(Event.Status.choices)


class TimelineFilter(django_filters.FilterSet):
    """The timeline's query string, read with the names of the record as it stands.

    With `only_given`, at most one query is made, for just those rows that the query string names
    and without their names: enough to filter, not for a form.
    """

    q = WordsFilter(label=_("Search"), method="about_the_words")
    country = KnownValuesFilter(label=_("Country that acted"), method="acted")
    kind = KnownValuesFilter(label=_("Kind"), method="of_kind")
    topic = KnownValuesFilter(label=_("Topic"), method="about")
    where = KnownValuesFilter(label=_("Where it took place"), method="happened_in")
    leader = KnownValuesFilter(label=_("Who took part"), method="taken_part_in")
    status = KnownValuesFilter(label=_("Status"), method="of_status")
    order = KnownValueFilter(label=_("Order"), method="sorted_by_the_page")

    class Meta:
        model = Event
        fields: list[str] = []
        form = TimelineForm

    @classmethod
    def get_filters(cls) -> Any:
        # Three keys of the query string are words of Python and cannot be attributes.
        filters = super().get_filters()
        filters["with"] = KnownValueFilter(label=_("Together with"), method="taken_part_in")
        filters["from"] = PeriodFilter(label=_("From"), method="not_over_before")
        filters["to"] = PeriodFilter(label=_("To"), method="begun_by")
        return filters

    def __init__(
        self,
        *args: Any,
        only_given: bool = False,
        standing: Standing | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if standing is not None:
            self.standing = standing
        self._found: dict[str, QuerySet[Any]] = {}
        if only_given:
            countries, topics, people = self._given()
            self.countries = {country.code: country for country in countries}
            self.topics = {topic.slug: topic for topic in topics}
            self.people = {person.slug: person for person in people}
        else:
            names = self.standing.names
            self.countries, self.topics, self.people = names.countries, names.topics, names.people
        self.known: dict[str, Mapping[str, Any]] = {
            "kind": _KINDS,
            "status": _STATUSES,
            "order": ORDERS,
            "country": self.countries,
            "where": self.countries,
            "topic": self.topics,
            "leader": self.people,
            "with": self.people,
        }
        for name, rows in self.known.items():
            self.filters[name].extra["known"] = rows

    def _given(self) -> tuple[list[Country], list[Topic], list[Person]]:
        """What of countries, topics and people the query string names, with no more than keys."""
        parts: list[QuerySet[Any, Any]] = []
        for model, key, names in (
            (Country, "code", ("country", "where")),
            (Topic, "slug", ("topic",)),
            (Person, "slug", ("leader", "with")),
        ):
            values = {value for name in names if self.data for value in self.data.getlist(name)}
            # PostgreSQL does not even compare a text with NUL.
            if known := {value for value in values if value and "\0" not in value}:
                which = Value(model.__name__, output_field=CharField())
                rows = model._default_manager.filter(**{f"{key}__in": known}).order_by()
                parts.append(rows.values_list(which, Cast("pk", CharField()), key))
        found: dict[str, list[tuple[str, str]]] = {}
        for which, pk, key in parts[0].union(*parts[1:], all=True) if parts else ():
            found.setdefault(which, []).append((pk, key))
        return (
            [Country(code=code) for _pk, code in found.get("Country", [])],
            [Topic(pk=int(pk), slug=slug) for pk, slug in found.get("Topic", [])],
            [Person(pk=int(pk), slug=slug) for pk, slug in found.get("Person", [])],
        )

    def about_the_words(self, events: EventQuerySet, name: str, value: str) -> EventQuerySet:
        if not value:
            return events
        if value not in self._found:
            # Finding the names in the words costs queries; every count asks for them again.
            found = search.matching(Event.objects.all(), value)
            self._found[value] = found.order_by().values("pk")
        return events.filter(pk__in=self._found[value])

    def acted(self, events: EventQuerySet, name: str, values: list[str]) -> EventQuerySet:
        rows = EventCountry.objects.filter(acted=True, country__in=values)
        return events.filter(_having(rows)) if values else events

    def happened_in(self, events: EventQuerySet, name: str, values: list[str]) -> EventQuerySet:
        rows = EventPlace.objects.filter(country__in=values)
        return events.filter(_having(rows)) if values else events

    def about(self, events: EventQuerySet, name: str, values: list[str]) -> EventQuerySet:
        rows = EventTopic.objects.filter(topic__in=[self.topics[value].pk for value in values])
        return events.filter(_having(rows)) if values else events

    def taken_part_in(
        self, events: EventQuerySet, name: str, values: list[str] | str
    ) -> EventQuerySet:
        slugs = [values] if isinstance(values, str) else values
        rows = Participation.objects.filter(person__in=[self.people[slug].pk for slug in slugs])
        return events.filter(_having(rows)) if values else events

    def of_kind(self, events: EventQuerySet, name: str, values: list[str]) -> EventQuerySet:
        return events.filter(kind__in=[value.upper() for value in values]) if values else events

    def of_status(self, events: EventQuerySet, name: str, values: list[str]) -> EventQuerySet:
        return events.filter(status__in=[value.upper() for value in values]) if values else events

    def not_over_before(self, events: EventQuerySet, name: str, value: Period) -> EventQuerySet:
        return events.filter(last_possible_on__gte=value.first) if value else events

    def begun_by(self, events: EventQuerySet, name: str, value: Period) -> EventQuerySet:
        return events.filter(starts_on__lte=value.last) if value else events

    def sorted_by_the_page(self, events: EventQuerySet, name: str, value: str) -> EventQuerySet:
        return events

    @cached_property
    def chosen(self) -> dict[str, list[str]]:
        """The valid values by key, as the query string writes them; the order apart."""
        assert self.errors is not None  # reading them validates the form
        cleaned = self.form.cleaned_data
        given: dict[str, list[str]] = {}
        for name in _KEYS:
            value = cleaned.get(name) or []
            if isinstance(value, Period):
                value = value.written
            given[name] = [value] if isinstance(value, str) else value
        return given

    def labels(self, name: str) -> Mapping[str, str]:
        """How the known values of a key read in the reader's language."""

        def made() -> dict[str, str]:
            # Rows have names; kinds, statuses and orders are words themselves.
            return {
                value: str(getattr(row, "name", row)) for value, row in self.known[name].items()
            }

        return self.standing.remember(("labels", get_language(), name), made)

    @property
    def choices(self) -> list[tuple[str, str]]:
        """The valid filters as pairs; two query strings that mean the same have the same pairs."""
        return [(name, value) for name, values in self.chosen.items() for value in values]

    @property
    def refused(self) -> list[tuple[str, str]]:
        """The values that were left out, as pairs, cut to a length that an address can carry."""
        return [
            (name, value[:_SHOWN_OF_A_BAD_VALUE])
            for name in self.errors
            for value in self.data.getlist(name)
            if value and value not in self.chosen.get(name, ())
        ]

    @property
    def reading_order(self) -> Order:
        assert self.errors is not None
        return "oldest" if self.form.cleaned_data.get("order") == "oldest" else "newest"

    @cached_property
    def standing(self) -> Standing:
        """The record that was given, else as it stands at the first use."""
        return current()

    @cached_property
    def selection(self) -> Selection:
        """The choices as sets of the events that stand in the record; one query for a search."""
        assert self.errors is not None
        cleaned = {name: self.form.cleaned_data.get(name) for name in _KEYS}
        return Selection(
            self.standing.bitmaps,
            cleaned,
            stored=self._stored,
            found=self._events_with,
        )

    def _events_with(self, words: str) -> int:
        """The set of the events that a search finds."""
        kept = self.standing.searches
        if words not in kept:
            if len(kept) >= _MOST_SEARCHES_KEPT:
                kept.clear()
            ids = search.ids_matching(words, self.standing.names.in_searches)
            kept[words] = self.standing.bitmaps.among(ids)
        return kept[words]

    def _stored(self, name: str, value: str) -> str | int:
        """A value of the query string as the record has it."""
        if name in ("kind", "status"):
            return value.upper()
        return value if name in ("country", "where") else self.known[name][value].pk

    def pick(self, start: Position | None, size: int) -> list[Position]:
        """The first `size` events after `start`, in the reading order."""
        after = (start.sorts_on.toordinal(), start.coarseness, start.id) if start else None
        selection = self.selection
        found = selection.bitmaps.page(selection.but(), self.reading_order, after, size)
        return [Position(date.fromordinal(day), coarse, pk) for day, coarse, pk in found]

    def without(self, name: str, value: str) -> int:
        """The events under every filter except one value of one key, as a set."""
        left = [kept for kept in self.chosen[name] if kept != value]
        return self.selection.without(name, [] if name in _ONE_VALUE else left)
