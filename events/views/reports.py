import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from events import reporting
from events.counting import claims_about
from events.dossier import read_dossier
from events.guarded_form import GuardedForm
from events.models import ErrorReport, Event
from events.models.citations import ADDRESS_LENGTH
from events.revisions import latest_revision
from events.shown import ShownField, find_field, likely_about, shown_fields
from events.validators import PageAddressValidator
from events.views.finding import find_event

MESSAGE_LENGTH = 1000
LONGEST_CHOICE = 90


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What the event's page shows, field by field, and the revision of the event it shows."""

    fields: list[ShownField]
    revision: int


def _shown_page(event: Event) -> ShownPage:
    """Everything that can be reported, in the active language; seven queries at most."""
    fields = shown_fields(read_dossier(event), claims_about(event))
    return ShownPage(fields, latest_revision(event).number)


def _in_one_line(field: ShownField) -> str:
    words = " ".join(field.text.split())
    return Truncator(f"{field.name}: {words}").chars(LONGEST_CHOICE)


class MessageField(forms.CharField):
    """Text whose line breaks count once, though a browser sends two characters for each."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")


class ReportForm(GuardedForm):
    """What a reader sends."""

    field = forms.ChoiceField(
        label=_("Where it stands"),
        required=False,
        widget=forms.Select(attrs={"class": "field"}),
        error_messages={
            "invalid_choice": _("The page shows no such field any more. Choose another."),
        },
    )
    about = forms.ChoiceField(
        label=_("What is wrong"),
        choices=ErrorReport.About.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what is wrong."),
            "invalid_choice": _("Choose what is wrong."),
        },
    )
    message = MessageField(
        label=_("What it should say"),
        help_text=_("At most 1,000 characters."),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"class": "field", "rows": 6}),
        error_messages={
            "required": _("Enter what it should say."),
            "max_length": _("What it should say must have 1,000 characters or fewer."),
            "null_characters_not_allowed": _("The text holds a character that cannot be kept."),
        },
    )
    source_url = forms.CharField(
        label=_("A source for it (optional)"),
        help_text=_("The whole address, beginning with https:// or http://."),
        required=False,
        max_length=ADDRESS_LENGTH,
        validators=[PageAddressValidator()],
        widget=forms.URLInput(
            attrs={"class": "field", "autocomplete": "off", "spellcheck": "false"}
        ),
        error_messages={
            "max_length": _("The address must have 1,000 characters or fewer."),
            "null_characters_not_allowed": PageAddressValidator.message,
        },
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        at: datetime,
        page: ShownPage,
        field: str = "",
    ) -> None:
        chosen = find_field(page.fields, field)
        initial = {"field": chosen.key if chosen else "", "about": likely_about(field)}
        super().__init__(data, initial=initial)
        self.show_at(at)
        self.page = page
        self.fields["field"].choices = [  # type: ignore[attr-defined]
            ("", _("The page as a whole")),
            *((one.key, _in_one_line(one)) for one in page.fields),
        ]
        # The browser would cut a pasted text without a word, and count its line breaks otherwise.
        del self.fields["message"].widget.attrs["maxlength"]
        del self.fields["source_url"].widget.attrs["maxlength"]

    @property
    def shown(self) -> ShownField | None:
        """The field that is chosen in the form, with what the page shows of it."""
        return find_field(self.page.fields, str(self["field"].value() or ""))

    def clean_field(self) -> str:
        key: str = self.cleaned_data["field"]
        revision = self.data.get("revision")
        # What is kept as shown must be what the reader saw.
        if key and revision is not None and revision != str(self.page.revision):
            raise forms.ValidationError(
                _("The page has changed since. See what it shows now, and send the form again.")
            )
        return key


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def report(request: HttpRequest, slug: str) -> HttpResponse:
    """The form on which a reader tells the editors of an error, and the thanks for it.

    A text sent to an old address is taken there: a redirect would lose it.
    """
    row = find_event(slug)
    event = find_event(row.merged_into.slug) if row.merged_into else row
    if event.withdrawn_at is not None:
        raise Http404
    if request.method == "POST":
        return _receive(request, event)
    if event.slug != slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(_address(event) + (f"?{query}" if query else ""))
    if request.GET.get("sent") == "1":
        return render(request, "events/report_thanks.html", {"event": event})
    field = request.GET.get("field", "")
    return _page(
        request, event, ReportForm(at=timezone.now(), page=_shown_page(event), field=field)
    )


def _address(event: Event) -> str:
    return reverse("events:report", kwargs={"slug": event.slug})


def _page(
    request: HttpRequest, event: Event, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    context = {"event": event, "form": form, "address": _address(event)}
    return render(request, "events/report.html", context, status=status)


def _receive(request: HttpRequest, event: Event) -> HttpResponse:
    """Thanks by way of a redirect, or the form again with what was typed and what is wrong."""
    page = _shown_page(event)
    form = ReportForm(request.POST, at=timezone.now(), page=page)
    if not form.is_valid():
        return _page(request, event, form, status=422)
    try:
        reporting.receive(
            event,
            **form.cleaned_data,
            shown=form.shown.text if form.shown else "",
            revision=page.revision,
            language=get_language() or "en",
            at=form.at,
        )
    except reporting.AlreadyReported as refusal:
        form.add_error("message", str(refusal))
        return _page(request, event, form, status=422)
    except reporting.TooManyReports as refusal:
        form.add_error(None, str(refusal))
        response = _page(request, event, form, status=429)
        response["Retry-After"] = str(math.ceil(refusal.retry_after / timedelta(seconds=1)))
        return response
    return HttpResponseRedirect(f"{_address(event)}?sent=1", status=303)
