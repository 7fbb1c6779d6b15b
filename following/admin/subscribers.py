"""Who follows the record by mail, for operators: to be read, not changed.

Addresses are private. Readers change what goes to theirs by the links in their mails.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _

from following import queries
from following.models import Subscriber, Subscription


class SubscriberState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("told", _("Told")),
            ("unconfirmed", _("Not confirmed")),
            ("refused", _("Refused by their mail server")),
            ("left", _("Left")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "told":
                return queryset.filter(
                    confirmed_at__isnull=False, left_at__isnull=True, refused_at__isnull=True
                )
            case "unconfirmed":
                return queryset.filter(confirmed_at__isnull=True)
            case "refused":
                return queryset.filter(refused_at__isnull=False, left_at__isnull=True)
            case "left":
                return queryset.filter(left_at__isnull=False)
        return queryset


class SubscriptionRows(admin.TabularInline):
    model = Subscription
    can_delete = False
    extra = 0
    fields = readonly_fields = ("filter_in_words", "pace", "created_at", "confirmed_at", "ended_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("filter"))
    def filter_in_words(self, row: Subscription) -> str:
        return queries.in_words(row.query)


@admin.register(Subscriber)
class SubscriberAdmin(admin.ModelAdmin):
    """An address and what goes there; its keys are not shown, for who has them may change it."""

    list_display = ("address", "language", "followed", "created_at", "confirmed_at", "left_at")
    list_filter = (SubscriberState, "language")
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ("address", "created_at", "confirmed_at", "left_at")
    search_fields = ("address",)
    ordering = ("-created_at", "-id")
    inlines = (SubscriptionRows,)
    fields = readonly_fields = (
        "address",
        "language",
        "created_at",
        "asked_at",
        "confirmed_at",
        "refused_at",
        "left_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Subscriber]:
        standing = Q(
            subscriptions__confirmed_at__isnull=False, subscriptions__ended_at__isnull=True
        )
        return (
            super().get_queryset(request).annotate(number=Count("subscriptions", filter=standing))
        )

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses the character zero, and Django's filters hand it on.
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("filters followed"), ordering="number")
    def followed(self, subscriber: Subscriber) -> int:
        return subscriber.number  # type: ignore[attr-defined]
