"""Readouts with their points, and commitments: pages of their own for what hangs on an event."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.admin.fields import DeadlineForm, SourcedForm, zone_choices
from events.admin.guard import GuardedAdmin, VersionedForm
from events.admin.inlines import ADDRESSES, PointInline, unused_id
from events.models import Commitment, Readout


class HangingForm(SourcedForm, VersionedForm):
    """A readout or commitment; its event is chosen once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Left empty: made from the event's address.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        event = cleaned.get("event") or self.guarded_event()
        if "slug" in self.fields and not cleaned.get("slug") and event is not None:
            issuer = cleaned.get("issuer")
            suffix = issuer.pk.lower() if issuer else "c"
            cleaned["slug"] = unused_id(type(self.instance), event, suffix)
        return cleaned


class ReadoutForm(HangingForm):
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False, choices=zone_choices)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        event, issuer = cleaned.get("event") or self.guarded_event(), cleaned.get("issuer")
        if event and issuer and not event.involvements.filter(country=issuer).exists():
            self.add_error(
                "issuer",
                _("The event does not concern this country: add it to the event's countries."),
            )
        return cleaned


class CommitmentForm(DeadlineForm, HangingForm):
    """A commitment on its own page."""


class HangingAdmin(GuardedAdmin):
    formfield_overrides = ADDRESSES
    list_per_page = 50
    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("event", "slug") if obj is not None else ()


@admin.register(Readout)
class ReadoutAdmin(HangingAdmin):
    form = ReadoutForm
    list_display = ("slug", "event", "issuer", "issuing_body", "as_reported_by", "published_on")
    list_filter = ("issuer", "is_whole")
    list_select_related = ("event", "issuer")
    search_fields = ("slug", "issuing_body", "event__title_en", "event__slug")
    ordering = ("-event__starts_on", "slug")
    autocomplete_fields = ("event", "issuer", "publisher")
    inlines = (PointInline,)
    fields = (
        "event",
        "slug",
        ("issuer", "issuing_body"),
        "url",
        ("publisher", "as_reported_by"),
        ("language", "is_whole"),
        ("published_on", "published_time", "time_zone"),
    )


@admin.register(Commitment)
class CommitmentAdmin(HangingAdmin):
    form = CommitmentForm
    list_display = ("text", "event", "status", "due_on", "fulfilled_by")
    list_filter = ("status",)
    list_select_related = ("event", "fulfilled_by")
    search_fields = ("slug", "text_en", "text_ko", "text_ja", "event__title_en", "event__slug")
    ordering = ("-event__starts_on", "slug")
    autocomplete_fields = ("event", "fulfilled_by", "publisher")
    fields = (
        "event",
        "slug",
        "text_en",
        ("text_ko", "text_ja"),
        ("due_text", "due_on", "due_precision"),
        ("status", "fulfilled_by"),
        "url",
        "publisher",
    )
