"""What hangs on an event, as rows of its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminURLFieldWidget
from django.db import models
from django.forms import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.fields import AddressField, DeadlineForm, SourcedForm
from events.admin.guard import kept_forms
from events.models import (
    Citation,
    Commitment,
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Participation,
    Point,
    Readout,
    Silence,
)

ADDRESSES: dict[type[models.Field[Any, Any]], dict[str, Any]] = {
    models.URLField: {"form_class": AddressField, "widget": AdminURLFieldWidget}
}


class OfferedWhenNew(admin.options.InlineModelAdmin):
    """Rows that are offered empty on a new event only; later ones are asked for."""

    offered = 0

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj is not None and obj.pk else self.offered


class RowsOfAnEvent(OfferedWhenNew, admin.TabularInline):
    """The same as a table."""


class CountryInline(RowsOfAnEvent):
    model = EventCountry
    fields = ("country", "acted")
    autocomplete_fields = ("country",)
    verbose_name_plural = _("countries concerned, and which of them acted")
    offered = 3


class ParticipationInline(RowsOfAnEvent):
    model = Participation
    fields = ("person", "capacity")
    autocomplete_fields = ("person",)
    offered = 2


class PlaceInline(RowsOfAnEvent):
    model = EventPlace
    fields = ("city", "country", "position")
    autocomplete_fields = ("country",)
    verbose_name_plural = _("places, each under the country that administers it")
    offered = 1


class TopicInline(RowsOfAnEvent):
    model = EventTopic
    fields = ("topic",)
    autocomplete_fields = ("topic",)
    offered = 2


class SourcesFormSet(BaseInlineFormSet):
    """Refuses an event without a source."""

    def clean(self) -> None:
        super().clean()
        if not kept_forms(self):
            raise forms.ValidationError(_("Add at least one source: nothing is saved without."))


class CitationInline(OfferedWhenNew, admin.StackedInline):
    model = Citation
    form = SourcedForm
    fields = (
        ("url", "publisher"),
        ("title", "language", "published_on"),
        ("archived_url", "position"),
    )
    autocomplete_fields = ("publisher",)
    formfield_overrides = ADDRESSES
    offered = 1


class SourceInline(CitationInline):
    """The citations of what cannot do without."""

    formset = SourcesFormSet


class OwnIdForm(SourcedForm):
    """A readout or commitment entered on its event's page gets its id from the event."""

    def save(self, commit: bool = True) -> Any:
        row = self.instance
        if not row.slug:
            suffix = "c" if isinstance(row, Commitment) else row.issuer_id.lower()
            row.slug = unused_id(type(row), row.event, suffix)
        return super().save(commit)


def unused_id(model: type[Readout] | type[Commitment], event: Event, suffix: str) -> str:
    """The first of `<address of the event>-<suffix>`, `…2`, `…3` that no row has."""
    base = f"{event.slug}-{suffix}"[:84]
    taken = set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    number = 1 if model is Commitment else 0
    while (slug := f"{base}{number or ''}") in taken:
        number = max(number + 1, 2)
    return slug


class ReadoutInline(admin.StackedInline):
    """The governments' accounts; the points of each are entered on its own page."""

    model = Readout
    form = OwnIdForm
    extra = 0
    fields = (
        ("issuer", "issuing_body"),
        ("url", "publisher"),
        ("as_reported_by", "language", "published_on", "is_whole"),
    )
    autocomplete_fields = ("issuer", "publisher")
    formfield_overrides = ADDRESSES
    show_change_link = True
    verbose_name_plural = _("readouts (the points of each are entered on its own page)")


class CommitmentForm(DeadlineForm, OwnIdForm):
    """A commitment entered on its event's page."""


class CommitmentInline(admin.StackedInline):
    model = Commitment
    fk_name = "event"
    form = CommitmentForm
    extra = 0
    fields = (
        "text_en",
        ("text_ko", "text_ja"),
        ("due_text", "due_on", "due_precision"),
        ("status", "fulfilled_by"),
        ("url", "publisher"),
    )
    autocomplete_fields = ("fulfilled_by", "publisher")
    formfield_overrides = ADDRESSES
    show_change_link = True


class SilenceInline(RowsOfAnEvent):
    model = Silence
    fields = ("issuer", "topic", "basis", "is_firm")
    autocomplete_fields = ("issuer", "topic")


class PointInline(admin.TabularInline):
    model = Point
    extra = 0
    fields = ("position", "topic", "stance", "text_en", "text_ko", "text_ja")
    autocomplete_fields = ("topic",)
    ordering = ("position",)
