"""The list of events, and one form for each kind."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events import publication
from events.admin.filters import CountryThatActed, PublicationState
from events.admin.forms import EventForm
from events.admin.guard import GuardedAdmin
from events.admin.inlines import (
    CommitmentInline,
    CountryInline,
    ParticipationInline,
    PlaceInline,
    ReadoutInline,
    SilenceInline,
    SourceInline,
    TopicInline,
)
from events.admin.specs import SPECS, Spec, fields_of
from events.admin.upload import UploadsEvents
from events.admin.verbs import VerbPages
from events.models import Event
from events.models.kinds import BY_KIND

TITLES = ("title_en", "title_ko", "title_ja")


def change_address(event: Event) -> str:
    """The address of the form on which this event is edited."""
    model = BY_KIND[event.kind]
    return reverse(f"admin:events_{model._meta.model_name}_change", args=[event.pk])


class EventList(admin.ModelAdmin):
    """How events are listed and searched, all or of one kind."""

    list_display = (
        "dated",
        "title",
        "countries_acted",
        "status",
        "certainty",
        "publication",
    )
    list_display_links = ("title",)
    list_filter = ("status", "certainty", CountryThatActed, PublicationState)
    search_fields = (
        *TITLES,
        "slug",
        "people__name_en",
        "people__name_ko",
        "people__name_ja",
        "people__aliases__form",
    )
    search_help_text = _("Titles in the three languages, address, participants.")
    date_hierarchy = "starts_on"
    ordering = ("-starts_on", "coarseness", "-id")
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ("dated", "title", "status", "certainty")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        match = request.resolver_match
        if match is not None and (match.url_name or "").endswith("_changelist"):
            rows = rows.prefetch_related("involvements__country")
        return rows

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses the character zero, and Django's filters hand it on.
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        # Deleting in bulk has no place in a record that keeps what it published.
        actions: dict[str, Any] = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and obj.published_at is not None:
            return False
        return bool(super().has_delete_permission(request, obj))

    @admin.display(description=_("date"), ordering="starts_on")
    def dated(self, event: Event) -> str:
        if event.precision == "MONTH":
            return f"{event.starts_on:%Y-%m}"
        if event.precision == "YEAR":
            return f"{event.starts_on:%Y}"
        return f"{event.starts_on}–{event.ends_on}" if event.ends_on else str(event.starts_on)

    @admin.display(description=_("title"), ordering="title_en")
    def title(self, event: Event) -> str:
        return event.title

    @admin.display(description=_("acted"))
    def countries_acted(self, event: Event) -> str:
        acted = [row.country for row in event.involvements.all() if row.acted]
        return " ".join(country.code for country in sorted(acted, key=lambda c: c.position))

    @admin.display(description=_("publication"))
    def publication(self, event: Event) -> str:
        if event.published_at is None:
            return gettext("draft")
        if event.withdrawn_at is not None:
            return gettext("withdrawn")
        return gettext("merged") if event.merged_into_id else gettext("published")


@admin.register(Event)
class EventAdmin(UploadsEvents, EventList):
    """All events in one list. Each is entered and edited on the form of its kind."""

    def get_list_display(self, request: HttpRequest) -> Any:
        dated, title, *others = self.list_display
        return (dated, title, "kind", *others)

    def get_list_filter(self, request: HttpRequest) -> Any:
        return ("kind", *self.list_filter)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        event = self.get_object(request, object_id)
        if event is None:
            raise Http404
        return HttpResponseRedirect(change_address(event))


class KindAdmin(VerbPages, GuardedAdmin, EventList):
    """The list and the form of the events of one kind."""

    form = EventForm
    change_form_template = "admin/events/event_form.html"
    autocomplete_fields = ("host",)
    save_on_top = True

    @property
    def spec(self) -> Spec:
        return SPECS[self.model.KIND]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A withdrawn or merged event opens to be read. A save that was under way meanwhile gets
        # its page back with the reason, not a bare refusal.
        closed = obj is not None and (obj.withdrawn_at is not None or obj.merged_into_id)
        if closed and request.method != "POST":
            return False
        return bool(super().has_change_permission(request, obj))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = cast("type[EventForm]", super().get_form(request, obj, change, **kwargs))
        form.kind_entered = self.model.KIND
        return form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        about, time = fields_of(self.spec, obj)
        state = ("kind", "status", "certainty") if obj is not None else ("status", "certainty")
        return [
            (None, {"fields": (("precision", "starts_on", "ends_on"), *TITLES, "slug")}),
            (_("About it"), {"fields": (*about, state)}),
            *([(_("Time"), {"fields": (time,)})] if time else []),
            (_("Summary"), {"fields": ("summary_en", "summary_ko", "summary_ja")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        # A published address changes through the verb that keeps the old one answering.
        return ("slug",) if obj is not None and obj.published_at is not None else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {"slug": ("starts_on", "title_en")} if obj is None else {}

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        return {**self.spec.initial, **initial}

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[type[InlineModelAdmin[Any, Any]]]:
        places = self.spec.has_places or (obj is not None and obj.places.exists())
        return [
            CountryInline,
            ParticipationInline,
            *([PlaceInline] if places else []),
            TopicInline,
            SourceInline,
            ReadoutInline,
            CommitmentInline,
            SilenceInline,
        ]

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        # Not on POST: a row equal to its initial values would count as left empty.
        if request.method != "POST" and obj.pk is None and isinstance(inline, CountryInline):
            kwargs["initial"] = [
                {"country": code, "acted": acted} for code, acted in self.spec.countries
            ]
        return kwargs

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        event = form.instance
        if event.published_at is None and "_draft" not in request.POST:
            publication.publish(event, by=cast("User", request.user), at=timezone.now())

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        event = context.get("original")
        context["offers_draft"] = event is None or event.published_at is None
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if obj.kind != self.model.KIND:
            address = change_address(obj)
            link = format_html('<a href="{}">{}</a>', address, obj)
            text = _("{event} was saved, and is now listed under its new kind.")
            messages.success(request, format_html(str(text), event=link))
            return HttpResponseRedirect(address)
        return super().response_change(request, obj)


for _model in BY_KIND.values():
    admin.site.register(_model, KindAdmin)
