"""The form of an event, of any kind."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from events.admin.fields import zone_choices
from events.admin.guard import VersionedForm
from events.admin.specs import SPECS, Spec
from events.duplicates import likely_duplicates
from events.models import Event, EventSlug
from events.models.dates import Precision

ID = re.compile(r"[0-9]{1,18}")
CODE = re.compile(r"[A-Z]{2}")


def chosen(data: Mapping[str, Any], prefix: str, name: str) -> list[dict[str, str]]:
    """The rows posted for an inline that have a value in `name` and are not to be deleted.

    Forms validate before their inlines; what they must know of them they read from here. Values
    are as typed, unchecked.
    """
    try:
        total = min(int(data.get(f"{prefix}-TOTAL_FORMS", 0)), 1000)
    except ValueError:
        return []
    rows = []
    for number in range(total):
        row = {key: data.get(f"{prefix}-{number}-{key}", "") for key in (name, "acted", "DELETE")}
        if row[name] and not row["DELETE"]:
            rows.append(row)
    return rows


def last_day_covered(precision: str, starts_on: date, ends_on: date | None) -> date:
    """The last day on which an event with this date can have taken place."""
    if precision == Precision.MONTH:
        return starts_on.replace(day=calendar.monthrange(starts_on.year, starts_on.month)[1])
    if precision == Precision.YEAR:
        return starts_on.replace(month=12, day=31)
    return ends_on or starts_on


def proposed_slug(starts_on: date, title: str) -> str:
    """An address that no event has or had, from the date and the English title."""
    wanted = f"{starts_on}-{slugify(title)}"[:76].rstrip("-")
    slug, number = wanted, 1
    while Event.objects.filter(slug=slug).exists() or EventSlug.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{wanted}-{number}"
    return slug


class EventForm(VersionedForm):
    """Checks what no single row can tell: who acted, whose accounts hang on it, duplicates."""

    kind_entered: ClassVar[str] = ""
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=zone_choices,
        help_text=_("The zone of that clock: the place's own."),
    )
    another_event = forms.BooleanField(label=_("Save anyway: it is another event"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duplicates: list[Event] = []
        self.spec: Spec = SPECS[self.instance.kind or self.kind_entered]
        if not self.instance.kind:
            self.instance.kind = self.kind_entered
        self._fit_to_the_kind()

    def _fit_to_the_kind(self) -> None:
        for name in ("title_ko", "title_ja", "slug"):
            if name in self.fields:
                self.fields[name].required = False
        is_new = self.instance.pk is None
        if is_new:
            for name, value in self.spec.fixed.items():
                setattr(self.instance, name, value)
        for name, values in (("channel", self.spec.channels), ("setting", self.spec.settings)):
            # A stored event may be moved to another kind, so it is offered every value.
            if name in self.fields and is_new:
                field = self.fields[name]
                assert isinstance(field, forms.ChoiceField)
                offered = cast("Iterable[tuple[str, str]]", field.choices)
                field.choices = [(v, label) for v, label in offered if not v or v in values]
        if "starts_on" in self.fields:
            self.fields["starts_on"].help_text = _(
                "The civil date at the place. Known only to the month or year: its first day."
            )
            self.fields["ends_on"].help_text = _(
                "For several days, or the last day of “some day between”; else empty."
            )
            self.fields["precision"].help_text = _(
                "“Day” also for an event of several days; “some day between” when a source names "
                "only a period, such as “at the G7, 15–17 June”."
            )

    def _get_validation_exclusions(self) -> set[str]:
        # Kind and channel follow from the form where it does not ask them, and the rules that
        # name them must be checked all the same.
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclude - {"kind", "channel"}

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        former = EventSlug.objects.filter(slug=slug)
        if self.instance.pk:
            former = former.exclude(event_id=self.instance.pk)
        if slug and former.exists():
            raise forms.ValidationError(_("Another event once had this address."))
        return slug

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, title = cleaned.get("starts_on"), cleaned.get("title_en")
        if "slug" in self.fields and not cleaned.get("slug") and starts_on and title:
            cleaned["slug"] = proposed_slug(starts_on, title)
        self._check_countries()
        if not self.errors:
            self._warn_of_duplicates()
        return cleaned

    def _countries(self) -> list[dict[str, str]]:
        rows = chosen(self.data, "involvements", "country")
        return [row for row in rows if CODE.fullmatch(row["country"])]

    def _check_countries(self) -> None:
        rows = self._countries()
        if not any(row["acted"] for row in rows):
            self.add_error(None, _("Tick at least one country that acted."))
        concerned = {row["country"] for row in rows}
        for prefix in ("readouts", "silences"):
            issuers = {row["issuer"] for row in chosen(self.data, prefix, "issuer")}
            for code in sorted(issuers - concerned):
                self.add_error(
                    None,
                    _(
                        "A readout or a silence is by a country that the event concerns: add "
                        "%(country)s to its countries."
                    )
                    % {"country": code},
                )

    def _warn_of_duplicates(self) -> None:
        if self.instance.pk and not {"starts_on", "ends_on", "kind"} & set(self.changed_data):
            return
        data, cleaned = self.data, self.cleaned_data
        starts_on: date = cleaned["starts_on"]
        self.duplicates = list(
            likely_duplicates(
                kind=cleaned.get("kind") or self.instance.kind,
                starts_on=starts_on,
                ends_on=last_day_covered(cleaned["precision"], starts_on, cleaned.get("ends_on")),
                people=[
                    int(row["person"])
                    for row in chosen(data, "participations", "person")
                    if row["person"].isascii()
                    and row["person"].isdigit()
                    and len(row["person"]) < 18
                ],
                countries=[row["country"] for row in self._countries() if row["acted"]],
                exclude=self.instance.pk,
            )[:10]
        )
        if self.duplicates and not cleaned.get("another_event"):
            self.add_error(
                None,
                _(
                    "This may be in the record already, as one of the events listed. Nothing is "
                    "saved until you tick that it is another event."
                ),
            )
