"""The review pages: a queue, and one page for each candidate with the forms to decide it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.models import Anniversary, Event
from news import review
from news.dispatches import also_in
from news.drafted import drafted_fields, text_in_parts
from news.forms import AcceptForm, AnniversaryForm, MergeForm, QueueFilter, RejectForm
from news.matching import likely_anniversaries, likely_events
from news.models import Candidate
from news.versions import worst_grade

PAGE_SIZE = 25
FILTERS = ("state", "language", "kind")
View = Callable[..., HttpResponse]


def for_reviewers(view: View) -> View:
    """Only for those who may decide candidates; an anonymous visitor is asked to sign in."""

    @never_cache
    @login_required
    @permission_required("news.change_candidate", raise_exception=True)
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@for_reviewers
def queue(request: HttpRequest) -> HttpResponse:
    """Candidates, the oldest article first."""
    chosen = QueueFilter(request.GET)
    found = chosen.chosen().for_queue().oldest_article_first()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "news/queue.html",
        {
            "filter": chosen,
            "page": page,
            "filters": _filters(request.GET),
        },
    )


@require_safe
@for_reviewers
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate with the sentence behind each field, and what can be done with it."""
    return _page(request, _candidate(pk), filters=_filters(request.GET))


@require_POST
@for_reviewers
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the event as the form has it."""
    found = _candidate(pk)
    form = AcceptForm(request.POST, candidate=found)
    return _decide(
        request,
        found,
        form,
        "accept",
        lambda: review.accept(
            found,
            event=form.event(),
            parts=form.parts(),
            url=form.address,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        ),
    )


@require_POST
@for_reviewers
def accept_as_anniversary(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a new recurring day as the form has it."""
    found = _candidate(pk)
    form = AnniversaryForm(request.POST, candidate=found)
    if not found.is_anniversary:
        form.add_error(None, _("This candidate is no recurring day."))
    return _decide(
        request,
        found,
        form,
        "anniversary",
        lambda: review.accept_as_anniversary(
            found,
            anniversary=form.instance,
            countries=form.cleaned_data["countries"],
            url=form.address,
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        ),
    )


@require_POST
@for_reviewers
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the article and its evidence to what is on record already."""
    found = _candidate(pk)
    form = MergeForm(request.POST, candidate=found)

    def carry_out() -> Event | Anniversary:
        whom: dict[str, Any] = {"url": form.address, "by": request.user, "at": timezone.now()}
        if isinstance(form.target, Anniversary):
            return review.merge_into_anniversary(found, form.target, **whom)
        assert form.target is not None
        return review.merge_into_event(found, form.target, **whom)

    return _decide(request, found, form, "merge", carry_out)


@require_POST
@for_reviewers
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the candidate aside with a reason."""
    found = _candidate(pk)
    form = RejectForm(request.POST)
    return _decide(
        request,
        found,
        form,
        "reject",
        lambda: review.reject(
            found,
            reason=form.cleaned_data["reject_reason"],
            note=form.cleaned_data["note"],
            by=request.user,  # type: ignore[arg-type]
            at=timezone.now(),
        ),
    )


def _candidate(pk: int) -> Candidate:
    rows = Candidate.objects.with_day().select_related(
        "article__source",
        "article__dispatch",
        "anniversary",
        "event",
        "made_anniversary",
        "decided_by",
        "place_country",
    )
    return get_object_or_404(rows.prefetch_related("people", "countries", "topics"), pk=pk)


def _filters(given: QueryDict) -> str:
    """The queue's filters, as a query string without what is empty."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if given.get(name):
            kept[name] = str(given[name])
    return kept.urlencode()


def _decide(
    request: HttpRequest, found: Candidate, form: Any, name: str, carry_out: Callable[[], Any]
) -> HttpResponse:
    """Carry out a decision if its form is right; else show what is wrong and lose nothing."""
    filters = _filters(QueryDict(request.POST.get("filters", "")[:300]))
    if found.state != Candidate.State.PENDING:
        return _page(request, found, filters=filters, status=409)
    if not form.is_valid():
        return _page(request, found, filters=filters, forms={name: form}, status=422)
    try:
        result = carry_out()
    except review.AlreadyDecided:
        return _page(request, _candidate(found.pk), filters=filters, status=409)
    except (review.CannotMerge, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return _page(request, found, filters=filters, forms={name: form}, status=422)
    if request.POST.get("then") == "see" and not isinstance(result, Candidate):
        return HttpResponseRedirect(result.get_absolute_url())
    messages.success(request, _told(result))
    return HttpResponseRedirect(_next_address(found, filters))


def _told(result: Any) -> str:
    if isinstance(result, Candidate):
        return _("Rejected.")
    return format_html(
        '{} <a href="{}">{}</a>', _("On the record:"), result.get_absolute_url(), result.title
    )


def _in_queue(filters: str) -> Any:
    return QueueFilter(QueryDict(filters)).chosen()


def _with_filters(address: str, filters: str) -> str:
    return f"{address}?{filters}" if filters else address


def _next_address(found: Candidate, filters: str) -> str:
    """The next candidate that waits, going round to those skipped; the queue when none is left."""
    waiting = _in_queue(filters).pending()
    following = waiting.after(found).oldest_article_first().first() or (
        waiting.oldest_article_first().first()
    )
    address = following.get_absolute_url() if following else reverse("news:queue")
    return _with_filters(address, filters)


def _page(
    request: HttpRequest,
    found: Candidate,
    *,
    filters: str,
    forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a candidate, with forms as they were sent or as drafted."""
    evidence = list(found.evidence.order_by("starts_at", "id"))
    around = _in_queue(filters)
    context: dict[str, Any] = {
        "candidate": found,
        "article": found.article,
        "fields": drafted_fields(found, evidence),
        "text": text_in_parts(found.article.text, evidence),
        "also_in": also_in(found.article),
        "changed": worst_grade(found.article),
        "filters": filters,
        "previous": around.before(found).order_by("-day", "-article_id", "-id").first(),
        "next": around.after(found).oldest_article_first().first(),
        "is_refused": status == 409,
    }
    if found.state == Candidate.State.PENDING:
        sent = forms or {}
        context |= {
            "matches": likely_events(found),
            "anniversaries": likely_anniversaries(found),
            "accept": sent.get("accept") or AcceptForm(candidate=found),
            "merge": sent.get("merge") or MergeForm(candidate=found),
            "reject": sent.get("reject") or RejectForm(),
            "errors": [form for form in sent.values() if form.errors],
        }
        if found.is_anniversary:
            context["anniversary_form"] = sent.get("anniversary") or AnniversaryForm(
                candidate=found
            )
    return render(request, "news/candidate.html", context, status=status)
