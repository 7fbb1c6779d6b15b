"""Readers' reports of errors in the review queue: the list of them, one of them, its closing."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from events import reporting
from events.models import ErrorReport
from news.desk import for_reviewers, tell
from news.error_page import CloseForm, may_close, oldest_first, page_of

PAGE_SIZE = 50
CLOSED_SHOWN = 20


def _for_closers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @for_reviewers
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_close(request):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@_for_closers
def errors(request: HttpRequest) -> HttpResponse:
    """All open reports, the oldest first, and those that were closed last."""
    waiting = oldest_first(ErrorReport.objects.still_open())
    closed = ErrorReport.objects.filter(closed_at__isnull=False).with_thing()
    context = {
        "page": Paginator(waiting, PAGE_SIZE).get_page(request.GET.get("page")),
        "closed": closed.order_by(F("closed_at").desc(), "-id")[:CLOSED_SHOWN],
    }
    return render(request, "news/errors.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@_for_closers
def error(request: HttpRequest, pk: int) -> HttpResponse:
    """One report with what was shown and what stands now; a form closes it."""
    report = get_object_or_404(ErrorReport.objects.select_related("closed_by"), pk=pk)
    if request.method != "POST":
        return _page(request, report, CloseForm())
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, report, form, status=422)
    if report.closed_at is not None:
        tell(request, _("Somebody closed this report before you."))
        return HttpResponseRedirect(reverse("news:error", args=[report.pk]))
    at = timezone.now()
    try:
        closed = reporting.close(report, **form.cleaned_data, by=request.user, at=at)  # type: ignore[arg-type]
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, report, form, status=422)
    is_mine = closed.closed_by_id == request.user.pk and closed.closed_at == at
    text = _("The report is closed.") if is_mine else _("Somebody closed this report before you.")
    tell(request, text)
    return HttpResponseRedirect(reverse("news:errors"))


def _page(
    request: HttpRequest, report: ErrorReport, form: CloseForm, *, status: int = 200
) -> HttpResponse:
    return render(
        request,
        "news/error.html",
        {**page_of(report, at=timezone.now()), "form": form},
        status=status,
    )
