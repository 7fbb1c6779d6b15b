"""What all pages of the review queue share: who may come in, the filters kept, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.cache import never_cache

from news.models import Candidate, Decision
from news.models.candidates import CandidateQuerySet
from news.queue_forms import QueueFilter
from news.shortcuts import HELP, chosen_keys

FILTERS = ("state", "source", "language", "kind", "confidence", "taken")
LONGEST_FILTERS = 600
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


def filters_of(given: QueryDict) -> str:
    """The queue's filters, as a query string without what is empty."""
    kept = QueryDict(mutable=True)
    for name in FILTERS:
        if given.get(name):
            kept[name] = str(given[name])
    return kept.urlencode()


def filters_sent(request: HttpRequest) -> str:
    """The filters that a form has carried along."""
    return filters_of(QueryDict(request.POST.get("filters", "")[:LONGEST_FILTERS]))


def with_filters(address: str, filters: str) -> str:
    return f"{address}?{filters}" if filters else address


def in_queue(request: HttpRequest, filters: str) -> CandidateQuerySet:
    """The candidates that fit the filters."""
    return QueueFilter(QueryDict(filters)).chosen(editor_of(request))


def editor_of(request: HttpRequest) -> int:
    """The id of who has signed in."""
    assert request.user.pk is not None
    return int(request.user.pk)


def next_address(request: HttpRequest, found: Candidate | None, filters: str) -> str:
    """The next candidate that waits for this editor; the queue when none is left.

    After `found` it goes round to those skipped. What other editors have taken is passed over.
    """
    waiting = in_queue(request, filters).pending().not_with_others(editor_of(request))
    following = None
    if found is not None:
        following = waiting.after(found).oldest_article_first().first()
        waiting = waiting.exclude(pk=found.pk)
    following = following or waiting.oldest_article_first().first()
    address = following.get_absolute_url() if following else reverse("news:queue")
    return with_filters(address, filters)


def tell(request: HttpRequest, text: str, decisions: Sequence[int] = ()) -> None:
    """Say on the next page what was done; with decisions, that page offers to undo them."""
    messages.success(request, text, extra_tags=" ".join(map(str, decisions)))


def desk_context(request: HttpRequest, filters: str) -> dict[str, Any]:
    """What every page of the queue shows: its filters, the shortcuts, what can be undone."""
    return {
        "filters": filters,
        "keys": chosen_keys(request),
        "help": HELP,
        "latest": list(Decision.objects.latest_of(editor_of(request), 5)),
    }
