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
from news import review
from news.contradicting import contradictions_in_words
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
from news.models import Candidate, CandidateEvidence, Report
from news.models.reports import ReportQuerySet
from news.queue_forms import MOST_AT_ONCE, is_id
from news.readout_page import accounts_of
from news.second_opinions import second_opinion, with_opinions
from news.shortcuts import CHOICES
from news.versions import worst_grade

MOST_FOUND = 8


@require_safe
@for_reviewers
def candidate(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate with the sentence behind each field, and what can be done with it."""
    return candidate_page(request, candidate_of(pk), filters=filters_of(request.GET))


@require_POST
@for_reviewers
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the event as the form has it."""
    found = candidate_of(pk)
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
            seen=_seen(request),
        ),
    )


@require_POST
@for_reviewers
def accept_as_anniversary(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a new recurring day as the form has it."""
    found = candidate_of(pk)
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
            seen=_seen(request),
        ),
    )


@require_POST
@for_reviewers
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Add the article and its evidence to what is on record already."""
    found = candidate_of(pk)
    form = MergeForm(request.POST, candidate=found)

    def carry_out() -> Event | Anniversary:
        whom: dict[str, Any] = {"url": form.address, "by": request.user, "at": timezone.now()}
        whom["seen"] = _seen(request)
        if isinstance(form.target, Anniversary):
            return review.merge_into_anniversary(found, form.target, **whom)
        assert form.target is not None
        return review.merge_into_event(found, form.target, **form.changes(), **whom)

    return _decide(request, found, form, "merge", carry_out)


@require_POST
@for_reviewers
def reject(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the candidate aside with a reason."""
    found = candidate_of(pk)
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
            seen=_seen(request),
        ),
    )


@require_POST
@for_reviewers
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Note who works on the candidate, or that nobody does; it keeps nobody out."""
    found = candidate_of(pk)
    if found.state == Candidate.State.PENDING:
        if request.POST.get("take") == "no":
            found.give_back()
        else:
            found.take(request.user, at=timezone.now())  # type: ignore[arg-type]
    return HttpResponseRedirect(with_filters(found.get_absolute_url(), filters_sent(request)))


def candidate_of(pk: int) -> Candidate:
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
        return candidate_page(request, found, filters=filters, status=409)
    if not form.is_valid():
        return candidate_page(request, found, filters=filters, forms={name: form}, status=422)
    try:
        result = carry_out()
    except review.AlreadyDecided:
        return candidate_page(request, candidate_of(found.pk), filters=filters, status=409)
    except (review.CannotMerge, ValidationError) as error:
        form.add_error(None, error if isinstance(error, ValidationError) else str(error))
        return candidate_page(request, found, filters=filters, forms={name: form}, status=422)
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


def candidate_page(
    request: HttpRequest,
    found: Candidate,
    *,
    filters: str,
    forms: dict[str, Any] | None = None,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a candidate, with forms as they were sent or as drafted."""
    reports = list(found.reports.in_order().with_article())
    asked = request.POST.get("report") or request.GET.get("report") or ""
    shown = shown_report(found.reports.all(), asked)
    evidence = _evidence(reports)
    around: Any = in_queue(request, filters)
    context: dict[str, Any] = {
        **desk_context(request, filters),
        "choices": CHOICES,
        "candidate": found,
        **_report_context(reports, shown, evidence, found),
        "contradictions": contradictions_in_words(reports, evidence),
        "previous": around.before(found).order_by("-day", "-article_id", "-id").first(),
        "next": around.after(found).oldest_article_first().first(),
        "is_refused": status == 409,
        "refused": refused,
        "undone": found.decisions.undone().select_related("by").order_by("pk"),
    }
    against = None
    if found.state == Candidate.State.PENDING:
        matches = likely_events(found)
        against = _against(request, matches)
        context |= _on_record(request, found, filters, matches, against)
        context |= _to_decide(found, shown, forms or {})
        context["skip"] = next_address(request, found, filters)
        context["accounts"] = accounts_of(found, against)
    else:
        context["decision"] = found.decisions.standing().filter(by=editor_of(request)).first()
    by_model = None
    if shown is not None:
        own = [row for row in evidence if row.report_id == shown.pk]
        context["model"], by_model = second_opinion(shown, own)
    context["fields"] = with_opinions(drafted_fields(found, evidence, against), found, by_model)
    context["ticked"] = _ticked(request, context)
    return render(request, "news/candidate.html", context, status=status)


def _to_decide(found: Candidate, shown: Report | None, sent: dict[str, Any]) -> dict[str, Any]:
    """The forms of a candidate that waits, as they were sent or as drafted."""
    forms = {
        "accept": sent.get("accept") or AcceptForm(candidate=found),
        "merge": sent.get("merge") or MergeForm(candidate=found),
        "reject": sent.get("reject") or RejectForm(),
        "reasons": Candidate.RejectReason.choices,
        "errors": [form for form in sent.values() if form.errors],
    }
    if shown is not None:
        forms["split"] = sent.get("split") or SplitForm(candidate=found, report=shown)
    if found.is_anniversary:
        forms["anniversary_form"] = sent.get("anniversary") or AnniversaryForm(candidate=found)
    return forms


def _report_context(
    reports: list[Report], shown: Report | None, evidence: list[CandidateEvidence], found: Candidate
) -> dict[str, Any]:
    """The reports, and the article of the one that is shown with the words that count in it."""
    article = shown.article if shown else found.article
    own = [row for row in evidence if shown and row.report_id == shown.pk]
    return {
        "reports": reports,
        "shown": shown,
        "seen": " ".join(str(report.pk) for report in reports),
        "article": article,
        "article_day": article.published_on or article.found_at.date(),
        "text": text_in_parts(article.text, own),
        "also_in": also_in(article),
        "changed": worst_grade(article),
    }


def _evidence(reports: list[Report]) -> list[CandidateEvidence]:
    """The evidence of all reports, report by report, in the order of their texts."""
    by_pk = {report.pk: report for report in reports}
    rows = list(CandidateEvidence.objects.filter(report__in=by_pk).order_by("starts_at", "id"))
    for row in rows:
        row.report = by_pk[row.report_id]
    rows.sort(key=lambda row: row.report_id)
    return rows


def report_asked_for(reports: ReportQuerySet, asked: str) -> Report | None:
    """The report that was asked for."""
    return reports.filter(pk=asked).first() if is_id(asked) else None


def shown_report(reports: ReportQuerySet, asked: str) -> Report | None:
    """The report asked for, else the first, with its article's text."""
    rows = reports.in_order().select_related("article__source", "article__dispatch")
    return report_asked_for(rows, asked) or rows.first()


def _seen(request: HttpRequest) -> set[int] | None:
    """The reports that the page showed on which the editor decided."""
    given = request.POST.get("reports", "").split()[:MOST_AT_ONCE]
    return {int(pk) for pk in given if is_id(pk)} or None


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
