"""The page of a candidate, with the forms to decide it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.models import Anniversary, Event
from news import review, splitting
from news.desk import (
    desk_context,
    editor_of,
    filters_of,
    filters_sent,
    for_reviewers,
    in_queue,
    next_address,
    tell,
    with_filters,
)
from news.dispatches import also_in
from news.drafted import drafted_fields, text_in_parts
from news.forms import AcceptForm, AnniversaryForm, MergeForm, RejectForm, SplitForm
from news.likeness import OPEN, Standing, Verdict
from news.matching import (
    Match,
    compared,
    events_named,
    likely_anniversaries,
    likely_events,
    standing_of,
    waiting_like,
)
from news.models import Candidate
from news.second_opinions import second_opinion, with_opinions
from news.shortcuts import CHOICES
from news.versions import worst_grade

MOST_FOUND = 8


@require_safe
@for_reviewers
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate with the sentence behind each field, and what can be done with it."""
    return _page(request, _candidate(pk), filters=filters_of(request.GET))


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
        return review.merge_into_event(found, form.target, **form.changes(), **whom)

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


@require_POST
@for_reviewers
def split(request: HttpRequest, pk: int) -> HttpResponse:
    """Make two candidates of one; the second is shown."""
    found, filters = _candidate(pk), filters_sent(request)
    form = SplitForm(request.POST, candidate=found)
    if found.state != Candidate.State.PENDING:
        return _page(request, found, filters=filters, status=409)
    if not form.is_valid():
        return _page(request, found, filters=filters, forms={"split": form}, status=422)
    try:
        second = splitting.split(found, **form.cleaned_data)
    except review.AlreadyDecided:
        return _page(request, _candidate(pk), filters=filters, status=409)
    tell(request, _("Now there are two. This is the second; the first waits too."))
    return HttpResponseRedirect(with_filters(second.get_absolute_url(), filters))


@require_POST
@for_reviewers
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who works on the candidate, or that nobody does; it keeps nobody out."""
    found = _candidate(pk)
    if found.state == Candidate.State.PENDING:
        if request.POST.get("take") == "no":
            found.give_back()
        else:
            found.take(request.user, at=timezone.now())  # type: ignore[arg-type]
    return HttpResponseRedirect(with_filters(found.get_absolute_url(), filters_sent(request)))


def _candidate(pk: int) -> Candidate:
    rows = Candidate.objects.with_day().select_related(
        "article__source",
        "article__dispatch",
        "anniversary",
        "event",
        "made_anniversary",
        "decided_by",
        "assigned_to",
        "split_from",
        "place_country",
    )
    return get_object_or_404(rows.prefetch_related("people", "countries", "topics"), pk=pk)


def _decide(
    request: HttpRequest, found: Candidate, form: Any, name: str, carry_out: Callable[[], Any]
) -> HttpResponse:
    """Carry out a decision if its form is right; else show what is wrong and lose nothing."""
    filters = filters_sent(request)
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
    decisions = found.decisions.standing().values_list("pk", flat=True)
    tell(request, _told(result), list(decisions))
    return HttpResponseRedirect(next_address(request, found, filters))


def _told(result: Any) -> str:
    if isinstance(result, Candidate):
        return _("Rejected.")
    return format_html(
        '{} <a href="{}">{}</a>', _("On the record:"), result.get_absolute_url(), result.title
    )


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
    around: Any = in_queue(request, filters)
    context: dict[str, Any] = {
        **desk_context(request, filters),
        "choices": CHOICES,
        "candidate": found,
        "article": found.article,
        "text": text_in_parts(found.article.text, evidence),
        "also_in": also_in(found.article),
        "changed": worst_grade(found.article),
        "previous": around.before(found).order_by("-day", "-article_id", "-id").first(),
        "next": around.after(found).oldest_article_first().first(),
        "is_refused": status == 409,
        "undone": found.decisions.undone().select_related("by").order_by("pk"),
    }
    against = None
    if found.state == Candidate.State.PENDING:
        sent = forms or {}
        matches = likely_events(found)
        against = _against(request, matches)
        context |= {
            **_on_record(request, found, filters, matches, against),
            "skip": next_address(request, found, filters),
            "accept": sent.get("accept") or AcceptForm(candidate=found),
            "merge": sent.get("merge") or MergeForm(candidate=found),
            "split": sent.get("split") or SplitForm(candidate=found),
            "reject": sent.get("reject") or RejectForm(),
            "reasons": Candidate.RejectReason.choices,
            "errors": [form for form in sent.values() if form.errors],
        }
        if found.is_anniversary:
            context["anniversary_form"] = sent.get("anniversary") or AnniversaryForm(
                candidate=found
            )
    else:
        context["decision"] = found.decisions.standing().filter(by=editor_of(request)).first()
    context["model"], by_model = second_opinion(found, context["article"], evidence)
    context["fields"] = with_opinions(drafted_fields(found, evidence, against), found, by_model)
    context["ticked"] = _ticked(request, context)
    return render(request, "news/candidate.html", context, status=status)


def _ticked(request: HttpRequest, context: dict[str, Any]) -> set[str]:
    """The fields that merging changes: as sent, else those that the record does not say.

    What happens to something planned is for the editor to say.
    """
    if request.POST.get("against"):
        return set(request.POST.getlist("take"))
    if context.get("standing") == Standing.UPDATE:
        return set()
    return {line.name for line in context["fields"] if line.verdict == Verdict.FILLS}


def _against(request: HttpRequest, matches: list[Match]) -> Event | None:
    """The event to compare with: the one asked for, else the likeliest."""
    slug = request.POST.get("against") or request.GET.get("against") or ""
    for match in matches:
        if match.event.slug == slug:
            return match.event
    if slug and "\0" not in slug:
        asked = Event.objects.visible().filter(slug=slug).first()
        if asked is not None:
            return compared(asked)
    return matches[0].event if matches else None


def _on_record(
    request: HttpRequest,
    found: Candidate,
    filters: str,
    matches: list[Match],
    against: Event | None,
) -> dict[str, Any]:
    """What is on record like it: the event compared, others, and what was searched for."""
    query = request.GET.get("find", "").replace("\0", "").strip()
    return {
        "matches": matches,
        "standing": standing_of(matches),
        "likeliest": matches[0].event if matches else None,
        "against": against,
        "is_open": against is not None and against.status in OPEN,
        "anniversaries": likely_anniversaries(found),
        "alike": waiting_like(found),
        "find": query,
        "kept": [(name, value) for name, value in QueryDict(filters).items()],
        "found": list(events_named(query)[:MOST_FOUND]) if query else [],
    }
