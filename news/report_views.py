"""Taking the reports of a candidate apart, and putting them together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from news import joining, review, splitting
from news.desk import filters_sent, for_reviewers, tell, with_filters
from news.forms import SplitForm
from news.models import Candidate
from news.queue_forms import is_id
from news.views import candidate_of, candidate_page, report_asked_for, shown_report


@require_POST
@for_reviewers
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two candidates of one; the second is shown."""
    found, filters = candidate_of(pk), filters_sent(request)
    report = shown_report(found.reports.all(), request.POST.get("report", ""))
    if found.state != Candidate.State.PENDING or report is None:
        return candidate_page(request, found, filters=filters, status=409)
    form = SplitForm(request.POST, candidate=found, report=report)
    if not form.is_valid():
        return candidate_page(request, found, filters=filters, forms={"split": form}, status=422)
    try:
        second = splitting.split(found, report=report, **form.cleaned_data)
    except review.AlreadyDecided:
        return candidate_page(request, candidate_of(pk), filters=filters, status=409)
    tell(request, _("Now there are two. This is the second; the first waits too."))
    return HttpResponseRedirect(with_filters(second.get_absolute_url(), filters))


@require_POST
@for_reviewers
def take_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a candidate of its own of one of several reports; it is shown."""
    found, filters = candidate_of(pk), filters_sent(request)
    report = report_asked_for(found.reports.all(), request.POST.get("report", ""))
    refused = _("Only one of several reports is taken off, and this one is not of them.")
    try:
        if report is None:
            return candidate_page(request, found, filters=filters, refused=refused, status=409)
        second = splitting.take_off(found, report)
    except review.AlreadyDecided:
        return candidate_page(request, candidate_of(pk), filters=filters, status=409)
    except splitting.NotAReport:
        return candidate_page(request, found, filters=filters, refused=refused, status=409)
    tell(request, _("Taken off. This report waits by itself; the others wait too."))
    return HttpResponseRedirect(with_filters(second.get_absolute_url(), filters))


@require_POST
@for_reviewers
def join(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the candidate's reports to another candidate, which is shown."""
    found, filters = candidate_of(pk), filters_sent(request)
    into = request.POST.get("into", "")
    other = Candidate.objects.filter(pk=into).first() if is_id(into) else None
    refused = _("Choose the candidate to put it to.")
    try:
        if other is not None:
            other = joining.join(found, other, by=request.user, at=timezone.now())  # type: ignore[arg-type]
            decisions = found.decisions.standing().values_list("pk", flat=True)
            tell(request, _("Put together: these are the reports of both."), list(decisions))
            return HttpResponseRedirect(with_filters(other.get_absolute_url(), filters))
    except review.AlreadyDecided:
        return candidate_page(request, candidate_of(pk), filters=filters, status=409)
    except joining.CannotJoin as error:
        refused = str(error)
    return candidate_page(request, found, filters=filters, refused=refused, status=422)
