"""The list of the review queue, and what is done from anywhere in it: bulk reject, undo, keys."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from news import review
from news.desk import (
    desk_context,
    editor_of,
    filters_of,
    filters_sent,
    for_reviewers,
    next_address,
    tell,
    with_filters,
)
from news.error_page import open_errors
from news.matching import events_like, standing_of
from news.models import Candidate, Decision
from news.queue_forms import MOST_AT_ONCE, BulkRejectForm, QueueFilter, is_id
from news.readout_page import issuers_lacking
from news.second_opinions import found_by_model_only
from news.shortcuts import CHOICES, keep_keys
from news.undoing import CannotUndo, undo

PAGE_SIZE = 25


@require_safe
@for_reviewers
def queue(request: HttpRequest) -> HttpResponse:
    """Candidates, the oldest article first."""
    return _list(request, filters_of(request.GET))


@require_safe
@for_reviewers
def first(request: HttpRequest) -> HttpResponse:
    """Lead to the first candidate that waits for this editor, for one item at a time."""
    return HttpResponseRedirect(next_address(request, None, filters_of(request.GET)))


@require_POST
@for_reviewers
def reject_several(request: HttpRequest) -> HttpResponse:
    """Set all ticked candidates aside with one reason; those decided meanwhile stay so."""
    filters = filters_sent(request)
    form = BulkRejectForm(request.POST)
    if not form.is_valid():
        return _list(request, filters, reject=form, status=422)
    given = form.cleaned_data
    done, late = [], 0
    for candidate in Candidate.objects.filter(pk__in=given["candidates"]).order_by("pk"):
        try:
            review.reject(
                candidate,
                reason=given["reject_reason"],
                note=given["note"],
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
            )
        except review.AlreadyDecided:
            late += 1
        else:
            done.append(candidate.pk)
    decisions = Decision.objects.standing().filter(candidate__in=done)
    text = ngettext("%(n)d rejected.", "%(n)d rejected.", len(done)) % {"n": len(done)}
    if late:
        text += " " + ngettext(
            "%(n)d had been decided already.", "%(n)d had been decided already.", late
        ) % {"n": late}
    tell(request, text, list(decisions.values_list("pk", flat=True)))
    return HttpResponseRedirect(with_filters(reverse("news:queue"), filters))


@require_POST
@for_reviewers
def undo_decisions(request: HttpRequest) -> HttpResponse:
    """Undo the decisions named, all or none, and lead to what waits again."""
    filters = filters_sent(request)
    ids = [one for one in request.POST.get("decisions", "").split()[:MOST_AT_ONCE] if is_id(one)]
    decisions = list(Decision.objects.filter(pk__in=ids).order_by("-pk"))
    address = with_filters(reverse("news:queue"), filters)
    if not decisions:
        tell(request, _("There is nothing to undo."))
        return HttpResponseRedirect(address)
    try:
        with transaction.atomic():
            for decision in decisions:
                undo(decision, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    except CannotUndo as refused:
        tell(request, _("Not undone: %(why)s") % {"why": refused})
        return HttpResponseRedirect(address)
    count = len(decisions)
    tell(request, ngettext("Undone: it waits again.", "Undone: they wait again.", count))
    if count == 1:
        address = with_filters(reverse("news:candidate", args=[decisions[0].candidate_id]), filters)
    return HttpResponseRedirect(address)


@require_POST
@for_reviewers
def choose_keys(request: HttpRequest) -> HttpResponse:
    """Keep the editor's choice of shortcuts and lead back."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = reverse("news:queue")
    response = HttpResponseRedirect(back)
    keep_keys(response, request.POST.get("keys", ""))
    return response


def _list(
    request: HttpRequest, filters: str, *, reject: BulkRejectForm | None = None, status: int = 200
) -> HttpResponse:
    chosen = QueueFilter(request.GET if reject is None else QueryDict(filters))
    found = chosen.chosen(editor_of(request)).for_queue().oldest_article_first()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context: dict[str, Any] = {
        **desk_context(request, filters),
        "errors": open_errors(request),
        "choices": CHOICES,
        "filter": chosen,
        "page": page,
        "rows": _rows(rows),
        "reject": reject or BulkRejectForm(),
        "has_pending": any(row.state == Candidate.State.PENDING for row in rows),
    }
    return render(request, "news/queue.html", context, status=status)


def _rows(candidates: list[Candidate]) -> list[dict[str, Any]]:
    """Each candidate with what it is to the record; only of those that wait."""
    waiting = [row for row in candidates if row.state == Candidate.State.PENDING]
    events = [row for row in waiting if not row.is_anniversary]
    matches = events_like(events)
    likeliest = {pk: found[0].event if found else None for pk, found in matches.items()}
    lacking = issuers_lacking(likeliest)
    by_model = found_by_model_only(candidates) if candidates else set()
    return [
        {
            "candidate": row,
            "is_by_model": row.pk in by_model,
            "standing": standing_of(matches[row.pk]) if row.pk in matches else "",
            "event": likeliest.get(row.pk),
            "lacking": lacking.get(row.pk, []),
        }
        for row in candidates
    ]
