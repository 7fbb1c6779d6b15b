"""The ways to narrow the list of events."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from events.models import Country


class CountryThatActed(admin.SimpleListFilter):
    title = _("country that acted")
    parameter_name = "acted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        countries = Country.objects.filter(involvements__acted=True).distinct()
        return [(country.code, str(country)) for country in countries.order_by("position")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        return queryset.filter(involvements__country=self.value(), involvements__acted=True)


class PublicationState(admin.SimpleListFilter):
    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("draft", _("Draft")),
            ("published", _("Published")),
            ("withdrawn", _("Withdrawn")),
            ("merged", _("Merged")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        states: dict[str | None, dict[str, Any]] = {
            "draft": {"published_at__isnull": True},
            "published": {
                "published_at__isnull": False,
                "withdrawn_at__isnull": True,
                "merged_into__isnull": True,
            },
            "withdrawn": {"withdrawn_at__isnull": False},
            "merged": {"merged_into__isnull": False},
        }
        return queryset.filter(**states.get(self.value(), {}))
