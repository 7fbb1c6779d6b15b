import math
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
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from events import reporting
from events.former_addresses import key_once_at
from events.guarded_form import GuardedForm
from events.models import ErrorReport, Event
from events.models.citations import ADDRESS_LENGTH
from events.models.reports import THINGS, Thing
from events.reportable import Sort, page_address, report_address, sort_of
from events.shown import ShownField, find_field, likely_about
from events.shown_pages import ShownPage, read_page, rows_of
from events.validators import PageAddressValidator
from events.views.finding import find_event
from events.views.today import day_of_reading

MESSAGE_LENGTH = 1000
LONGEST_CHOICE = 90


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
        sort: Sort,
        field: str = "",
    ) -> None:
        chosen = find_field(page.fields, field)
        initial = {"field": chosen.key if chosen else "", "about": likely_about(field)}
        super().__init__(data, initial=initial)
        self.show_at(at)
        self.page = page
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (one.value, one.label) for one in ErrorReport.About if one in sort.about
        ]
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
        state = self.data.get("state")
        # What is kept as shown must be what the reader saw.
        if key and state is not None and state != self.page.state:
            raise forms.ValidationError(
                _("The page has changed since. See what it shows now, and send the form again.")
            )
        return key


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_cache=True)
def report(request: HttpRequest, slug: str, owner: str = "event") -> HttpResponse:
    """The form on which a reader tells the editors of an error, and the thanks for it.

    A text sent to an old address is taken there: a redirect would lose it.
    """
    thing = _find(owner, slug)
    if request.method == "POST":
        return _receive(request, thing)
    if thing.slug != slug:
        query = request.META.get("QUERY_STRING", "")
        address = report_address(thing) + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(address)
    if request.GET.get("sent") == "1":
        return render(request, "events/report_thanks.html", _about(thing))
    form = ReportForm(
        at=timezone.now(),
        page=_shown_page(thing),
        sort=sort_of(thing),
        field=request.GET.get("field", ""),
    )
    return _page(request, thing, form)


def _find(owner: str, slug: str) -> Any:
    """What readers know at that address, now or once, with what its form shows of it.

    Raises Http404 for what is no more, or no longer shown.
    """
    if owner == "event":
        row = find_event(slug)
        event = find_event(row.merged_into.slug) if row.merged_into else row
        if event.withdrawn_at is not None:
            raise Http404
        return event
    rows = rows_of(owner)
    thing = rows.filter(slug=slug).first()
    if thing is None and (key := key_once_at(THINGS[owner], slug)):
        thing = rows.filter(pk=key).first()
    if thing is None:
        raise Http404
    return thing


def _shown_page(thing: Thing) -> ShownPage:
    return read_page(thing, today=day_of_reading())


def _about(thing: Thing) -> dict[str, Any]:
    """The thing as the form and the thanks name it."""
    return {
        "thing": thing,
        "sort": sort_of(thing),
        "page_address": page_address(thing),
        "address": report_address(thing),
        "is_event": isinstance(thing, Event),
    }


def _page(
    request: HttpRequest, thing: Thing, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    return render(request, "events/report.html", {**_about(thing), "form": form}, status=status)


def _receive(request: HttpRequest, thing: Thing) -> HttpResponse:
    """Thanks by way of a redirect, or the form again with what was typed and what is wrong."""
    page = _shown_page(thing)
    form = ReportForm(request.POST, at=timezone.now(), page=page, sort=sort_of(thing))
    if not form.is_valid():
        return _page(request, thing, form, status=422)
    try:
        reporting.receive(
            thing,
            **form.cleaned_data,
            shown=form.shown.text if form.shown else "",
            revision=page.revision,
            language=get_language() or "en",
            at=form.at,
        )
    except reporting.AlreadyReported as refusal:
        form.add_error("message", str(refusal))
        return _page(request, thing, form, status=422)
    except reporting.TooManyReports as refusal:
        form.add_error(None, str(refusal))
        response = _page(request, thing, form, status=429)
        response["Retry-After"] = str(math.ceil(refusal.retry_after / timedelta(seconds=1)))
        return response
    return HttpResponseRedirect(f"{report_address(thing)}?sent=1", status=303)
