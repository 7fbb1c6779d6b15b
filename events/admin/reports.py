"""Readers' reports of errors, as a list; they are settled one by one in the review queue.

What is no report of an error, such as advertising, is closed here, many at once.
"""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import F, QuerySet
from django.db.models.lookups import IsNull
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from events import reporting
from events.admin.events import change_address
from events.models import ErrorReport, Event
from events.models.reports import THINGS, Thing
from events.shown import field_name
from events.templatetags.record import is_web_address


def change_address_of(thing: Thing) -> str:
    """The address of the form on which an editor corrects it."""
    if isinstance(thing, Event):
        return change_address(thing)
    return reverse(f"admin:events_{thing._meta.model_name}_change", args=[thing.pk])


class ReportState(admin.SimpleListFilter):
    title = _("open or closed")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("open", _("Still open")), ("closed", _("Closed"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() not in ("open", "closed"):
            return queryset
        return queryset.filter(closed_at__isnull=self.value() == "open")


@admin.register(ErrorReport)
class ErrorReportAdmin(admin.ModelAdmin):
    """What readers wrote stays as it came; only its closing is an editor's."""

    list_display = (
        "created_at",
        "about",
        "beginning",
        "page",
        "language",
        "outcome",
        "closed_at",
    )
    list_filter = (ReportState, "outcome", "about")
    list_select_related = tuple(THINGS)
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ("created_at", "about", "closed_at")
    search_fields = (
        "message",
        *(f"{name}__slug" for name in THINGS),
        *("event__title_en", "person__name_en", "anniversary__title_en", "topic__name_en"),
    )
    ordering = (IsNull(F("closed_at"), False).asc(), "-created_at", "-id")
    actions = ("close_selected",)
    fields = readonly_fields = (
        "page",
        "about",
        "field_told",
        "shown",
        "message",
        "source",
        "language",
        "revision",
        "created_at",
        "outcome",
        "public_reason",
        "closed_at",
        "closed_by",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_close_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("events.change_errorreport")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_close_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses the character zero, and Django's filters hand it on.
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("what it should say"))
    def beginning(self, report: ErrorReport) -> str:
        return Truncator(report.message).chars(120)

    @admin.display(description=_("page"))
    def page(self, report: ErrorReport) -> str:
        return format_html('<a href="{}">{}</a>', change_address_of(report.thing), report.thing)

    @admin.display(description=_("field"))
    def field_told(self, report: ErrorReport) -> str:
        return field_name(report.field)

    @admin.display(description=_("a source for it"))
    def source(self, report: ErrorReport) -> str:
        if not is_web_address(report.source_url):
            return report.source_url
        return format_html(
            '<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>', report.source_url
        )

    @admin.action(
        description=_("Close the selected as no reports of an error"), permissions=["close"]
    )
    def close_selected(self, request: HttpRequest, queryset: QuerySet[ErrorReport]) -> None:
        at, by = timezone.now(), cast("User", request.user)
        still_open = queryset.filter(closed_at__isnull=True)
        outcome = ErrorReport.Outcome.UNUSABLE
        closed = sum(
            reporting.close(report, outcome=outcome, by=by, at=at).closed_at == at
            for report in still_open
        )
        text = ngettext("%(n)d report was closed.", "%(n)d reports were closed.", closed)
        messages.success(request, text % {"n": closed})
