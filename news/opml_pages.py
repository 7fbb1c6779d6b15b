"""The admin's pages that download the list of sources as OPML and take one over."""

from __future__ import annotations

from typing import Any

import structlog
from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from events.models import Country
from news.opml import MOST_BYTES
from news.source_lists import Defaults, ListRefused, export_sources, import_sources

log = structlog.get_logger(__name__)


class OpmlForm(forms.Form):
    file = forms.FileField(label=_("OPML file"))
    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.order_by("code"),
        required=False,
        help_text=_("For new sources of which the file names none."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", "---------"), *settings.LANGUAGES],
        required=False,
        help_text=_("For new sources of which the file names none."),
    )
    are_disabled = forms.BooleanField(
        label=_("Leave new sources disabled"), initial=True, required=False
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("The file is larger than 1 MB."))
        return file

    def defaults(self) -> Defaults:
        """What the file may leave open; only for a form that is valid."""
        country = self.cleaned_data["country"]
        return Defaults(
            country=country.pk if country else "",
            language=self.cleaned_data["language"],
            are_enabled=not self.cleaned_data["are_disabled"],
        )


class ExchangesSources(admin.ModelAdmin):
    """Adds download and upload to an admin of sources."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("import/", view(self.import_page), name="news_source_import"),
            path("export/", view(require_safe(self.export_file)), name="news_source_export"),
            *super().get_urls(),
        ]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        context = {"has_import_permission": self.has_import_permission(request)}
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def export_file(self, request: HttpRequest) -> HttpResponse:
        """All sources as a file, whatever the list is filtered by."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        answer = HttpResponse(
            export_sources(at=timezone.now()), content_type="text/x-opml; charset=utf-8"
        )
        answer["Content-Disposition"] = 'attachment; filename="sources.opml"'
        return answer

    def import_page(self, request: HttpRequest) -> HttpResponse:
        """The form, and below it what became of the file."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = OpmlForm(request.POST or None, request.FILES or None)
        outcome, problems = None, []
        if form.is_valid():
            body = form.cleaned_data["file"].read()
            try:
                outcome = import_sources(body, defaults=form.defaults(), at=timezone.now())
            except ListRefused as refusal:
                problems = list(refusal.problems)
            else:
                log.info("sources imported", added=outcome.added, changed=list(outcome.changed))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import sources"),
            "opts": self.opts,
            "form": form,
            "outcome": outcome,
            "problems": problems,
        }
        return TemplateResponse(request, "admin/news/source/import.html", context)
