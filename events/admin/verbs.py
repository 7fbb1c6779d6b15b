"""Withdrawing, renaming and merging an event: a page of its own for each, asking once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events import publication
from events.models import Event


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("Readers see it at the event's address, which keeps answering."),
    )

    def carry_out(self, event: Event, *, by: Any) -> Event:
        reason = self.cleaned_data["reason"]
        return publication.withdraw(event, reason=reason, by=by, at=timezone.now())


class RenameForm(forms.Form):
    slug = forms.SlugField(
        label=_("New address"),
        max_length=80,
        help_text=_("The old address keeps leading to the event."),
    )

    def carry_out(self, event: Event, *, by: Any) -> Event:
        return publication.rename(event, slug=self.cleaned_data["slug"], by=by)


class MergeForm(forms.Form):
    into = forms.ModelChoiceField(
        label=_("The event that stays"),
        queryset=Event.objects.visible(),
        widget=AutocompleteSelect(Event._meta.get_field("merged_into"), admin.site),
        help_text=_("It gains the sources that it lacks; the merged address leads to it."),
    )

    def carry_out(self, event: Event, *, by: Any) -> Event:
        return publication.merge(event, into=self.cleaned_data["into"], by=by)


VERBS: dict[str, tuple[Any, type[forms.Form], Any]] = {
    "withdraw": (_("Withdraw"), WithdrawForm, _("withdrawn")),
    "rename": (_("Rename"), RenameForm, _("given a new address")),
    "merge": (_("Merge into another event"), MergeForm, _("merged into another")),
}


class VerbPages(admin.ModelAdmin):
    """Adds a page for each verb to the admin of events."""

    def get_urls(self) -> list[Any]:
        name = self.opts.model_name
        pages = [
            path(
                f"<path:object_id>/{verb}/",
                self.admin_site.admin_view(self._page(verb)),
                name=f"events_{name}_{verb}",
            )
            for verb in VERBS
        ]
        return pages + super().get_urls()

    def _page(self, verb: str) -> Callable[..., HttpResponse]:
        def page(request: HttpRequest, object_id: str) -> HttpResponse:
            return self._carry_out(request, object_id, verb)

        return page

    def _carry_out(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        label, form_class, outcome = VERBS[verb]
        event = self.get_object(request, unquote(object_id))
        if event is None:
            raise Http404
        if not self.has_change_permission(request, event):
            raise PermissionDenied
        form = form_class(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                survivor = form.carry_out(event, by=request.user)  # type: ignore[attr-defined]
            except publication.PublicationRefused as refusal:
                form.add_error(None, str(refusal))
            else:
                self.log_change(request, event, str(outcome))
                messages.success(request, _("“%s” was saved.") % survivor)
                address = f"admin:events_{self.opts.model_name}_changelist"
                return HttpResponseRedirect(reverse(address))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": event,
            "title": label,
            "subtitle": str(event),
            "form": form,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/events/verb.html", context)
