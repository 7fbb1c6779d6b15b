"""The pages on which an editor uploads events as CSV, looks at the changes and confirms them."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from import_export.admin import ImportMixin
from import_export.forms import ConfirmImportForm, ImportForm
from import_export.tmp_storages import CacheStorage

from accounts.models import User
from events.importing import REFUSED_MEANWHILE, ChangedMeanwhile, EventResource, EventsCsv
from events.loading.table import RecordRefused

LARGEST_FILE = 5 * 1024 * 1024
PROBLEMS_SHOWN = 100


class UploadForm(ImportForm):
    def clean_import_file(self) -> Any:
        file = self.cleaned_data["import_file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 5 MB: split it."))
        return file


class ConfirmForm(ConfirmImportForm):
    seen = forms.CharField(widget=forms.HiddenInput)
    format = forms.ChoiceField(choices=[("0", "CSV")], widget=forms.HiddenInput)


class UploadsEvents(ImportMixin, admin.ModelAdmin):
    """Adds the upload to an admin of events. Needs the right to add and to change events."""

    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    import_template_name = "admin/events/import.html"
    # The two steps may be served by two machines: they share the cache, not their disks.
    tmp_storage_class = CacheStorage

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perms(["events.add_event", "events.change_event"])

    def get_import_formats(self) -> list[type[EventsCsv]]:
        return [EventsCsv]

    def get_import_resource_classes(self, request: HttpRequest) -> list[type[EventResource]]:
        return [EventResource]

    def get_resource_index(self, form: Any) -> int:
        return 0

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form")
        cleaned = getattr(form, "cleaned_data", {})
        return {"by": cast("User", request.user), "seen": cleaned.get("seen", "")}

    def choose_import_resource_class(self, form: Any, request: HttpRequest) -> Any:
        def resource(**kwargs: Any) -> EventResource:
            form.resource_used = EventResource(**kwargs)
            return cast(EventResource, form.resource_used)

        return resource

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)
        if import_form is not None:
            initial["seen"] = import_form.resource_used.seen
        return initial

    def add_data_read_fail_error_to_form(self, form: Any, e: Exception) -> None:
        if not isinstance(e, RecordRefused):
            super().add_data_read_fail_error_to_form(form, e)
            return
        for problem in e.problems[:PROBLEMS_SHOWN]:
            form.add_error("import_file", str(problem))
        if len(e.problems) > PROBLEMS_SHOWN:
            more = len(e.problems) - PROBLEMS_SHOWN
            form.add_error("import_file", _("… and %(number)d more.") % {"number": more})

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return cast(HttpResponse, super().process_import(request, **kwargs))
        except RecordRefused as refusal:
            return self._start_again(request, [str(problem) for problem in refusal.problems])

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        if any(isinstance(error.error, ChangedMeanwhile) for error in result.base_errors):
            return self._start_again(request, [str(REFUSED_MEANWHILE)])
        if result.has_errors():
            found = [error.error for _line, errors in result.row_errors() for error in errors]
            return self._start_again(request, [str(error) for error in found])
        return cast(HttpResponse, super().process_result(result, request))

    def _start_again(self, request: HttpRequest, reasons: list[str]) -> HttpResponse:
        for reason in reasons[:PROBLEMS_SHOWN]:
            messages.error(request, reason)
        app, model = self.get_model_info()
        return HttpResponseRedirect(reverse(f"admin:{app}_{model}_import"))
