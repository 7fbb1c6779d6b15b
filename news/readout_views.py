"""Changing a drafted account before its candidate is decided."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from events.models import Event
from events.views.fragments import wants_fragment
from news import review
from news.desk import desk_context, filters_sent, for_reviewers, tell, with_filters
from news.matching import compared
from news.models import Candidate, CandidateReadout
from news.readout_forms import AccountForm
from news.readout_page import accounts_of


@require_POST
@for_reviewers
def save(request: HttpRequest, pk: int, readout: int) -> HttpResponse:
    """Keep what the editor changed of an account, and lead back; for htmx only say so.

    A candidate that was decided meanwhile keeps what was published: 409.
    """
    candidate = get_object_or_404(Candidate, pk=pk)
    try:
        with transaction.atomic():
            locked = review.locked_while_pending(candidate)
            rows = CandidateReadout.objects.with_parts().filter(candidate=locked)
            row = rows.filter(pk=readout).first()
            if row is None:
                return _refused(request, candidate, _("Not saved: the account was drafted anew."))
            form = AccountForm(row, request.POST)
            is_saved = form.is_valid()
            if is_saved:
                form.save(by=request.user)  # type: ignore[arg-type]
                if locked.assigned_to_id is None:
                    locked.take(request.user, at=timezone.now())  # type: ignore[arg-type]
    except review.AlreadyDecided:
        why = _("Not saved: this candidate had been decided already.")
        return _refused(request, candidate, why)
    if wants_fragment(request):
        return _answer(request, candidate, None if is_saved else form)
    if not is_saved:
        return _whole_page(request, candidate, form)
    tell(request, _("The account is saved. It goes on record with the event."))
    address = with_filters(candidate.get_absolute_url(), filters_sent(request))
    against = request.POST.get("against", "")
    if against:
        address += ("&" if "?" in address else "?") + f"against={against}"
    return HttpResponseRedirect(f"{address}#account-{readout}")


def _against(request: HttpRequest) -> Event | None:
    slug = request.POST.get("against", "").replace("\0", "")
    found = Event.objects.visible().filter(slug=slug).first() if slug else None
    return compared(found) if found else None


def _answer(request: HttpRequest, candidate: Candidate, form: AccountForm | None) -> HttpResponse:
    """What has changed on the page: whether it is saved, and who mentions what now."""
    context = {"accounts": accounts_of(candidate, _against(request)), "form": form}
    return render(request, "news/_account_saved.html", context)


def _whole_page(request: HttpRequest, candidate: Candidate, form: AccountForm) -> HttpResponse:
    """The account by itself, as it was sent, with what is wrong."""
    against = _against(request)
    context = {
        **desk_context(request, filters_sent(request)),
        "candidate": candidate,
        "against": against,
        "accounts": accounts_of(candidate, against, form),
        "errors": form.errors,
    }
    return render(request, "news/account.html", context, status=422)


def _refused(request: HttpRequest, candidate: Candidate, why: str) -> HttpResponse:
    if wants_fragment(request):
        return render(request, "news/_account_saved.html", {"refused": why})
    tell(request, why)
    return HttpResponseRedirect(candidate.get_absolute_url())
