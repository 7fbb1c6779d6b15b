"""Pages for who follows the record by mail.

Those with a key in their address belong to whoever holds it: no cache keeps them, they set no
cookie, and no address is told to where a link leads. They need no token either, for a stranger's
page cannot know the key; and with no referrer a browser would not say where a form comes from.
"""

import math
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from events.filters import TimelineFilter
from events.standing import Standing, current
from following import queries, subscribing
from following.forms import FollowForm, LanguageForm, PaceForm
from following.models import Subscriber, Subscription
from following.preview import preview_of

Keyed = Callable[[HttpRequest, str], HttpResponse]

_READ_AND_SEND = ["GET", "HEAD", "POST"]
# What a page of the owner's says after something was done there.
_DONE = ("changed", "ended", "language", "again")


def _private(view: Keyed) -> Keyed:
    """Decorator of pages with a key in their address."""

    @wraps(view)
    def answered(request: HttpRequest, key: str) -> HttpResponse:
        response = view(request, key)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return csrf_exempt(answered)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "following/unknown.html", status=404)


# To follow


@require_http_methods(_READ_AND_SEND)
@cache_control(private=True, no_cache=True)
def follow(request: HttpRequest) -> HttpResponse:
    """The form for the filter that the query string names, and what it would have sent."""
    standing = current()
    chosen = queries.chosen_in(request.GET, standing=standing)
    try:
        query = queries.spelt(chosen)
    except queries.TooLong:
        return _form_page(request, chosen, standing, None, "", status=200)
    now = timezone.now()
    if request.method == "POST":
        return _receive(request, chosen, standing, query)
    form = FollowForm(at=now, initial={"pace": "DAILY", "language": get_language()})
    return _form_page(request, chosen, standing, form, query, status=200)


def _form_page(
    request: HttpRequest,
    chosen: TimelineFilter,
    standing: Standing,
    form: FollowForm | None,
    query: str,
    *,
    status: int,
) -> HttpResponse:
    """Without a form where the filter is too long to be kept."""
    context: dict[str, Any] = {
        "form": form,
        "words": queries.words_of(chosen),
        "address": _address(query),
        "list": _list_of(query),
        "refused": [
            (chosen.filters[name].label, str(message))
            for name, messages in chosen.errors.items()
            for message in messages
        ],
    }
    if form is not None:
        preview = preview_of(query, names=standing.names, at=form.at)
        paces = [(radio, preview.mails.get(radio.data["value"], 0)) for radio in form["pace"]]
        context |= {"preview": preview, "paces": paces}
    return render(request, "following/follow.html", context, status=status)


def _address(query: str) -> str:
    return reverse("following:follow") + (f"?{query}" if query else "")


def _list_of(query: str) -> str:
    return reverse("events:timeline") + (f"?{query}" if query else "")


def _receive(
    request: HttpRequest, chosen: TimelineFilter, standing: Standing, query: str
) -> HttpResponse:
    """To the next step by way of a redirect, or the form again with what is wrong."""
    form = FollowForm(request.POST, at=timezone.now())
    if not form.is_valid():
        return _form_page(request, chosen, standing, form, query, status=422)
    given = form.cleaned_data
    try:
        subscribing.subscribe(
            given["address"],
            query=query,
            pace=given["pace"],
            language=given["language"],
            at=form.at,
        )
    except subscribing.TooManyRequests as refusal:
        form.add_error(None, str(refusal))
        response = _form_page(request, chosen, standing, form, query, status=429)
        response["Retry-After"] = str(math.ceil(refusal.retry_after / timedelta(seconds=1)))
        return response
    return HttpResponseRedirect(reverse("following:sent"), status=303)


@require_safe
@cache_control(private=True, no_cache=True)
def sent(request: HttpRequest) -> HttpResponse:
    """What happens next; the same whatever address was given."""
    return render(request, "following/sent.html", {"days": subscribing.TIME_TO_CONFIRM.days})


# To confirm


@_private
@require_http_methods(_READ_AND_SEND)
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """A button that confirms: programs that look into mails follow links, and press nothing."""
    row = Subscription.objects.filter(key=key).select_related("subscriber").first()
    if row is None:
        return _unknown(request)
    if request.method == "POST":
        try:
            subscribing.confirm(row, language=get_language() or "en", at=timezone.now())
        except subscribing.HasEnded:
            return _confirm_page(request, row)
        return HttpResponseRedirect(request.path, status=303)
    return _confirm_page(request, row)


def _confirm_page(request: HttpRequest, row: Subscription) -> HttpResponse:
    context = {
        "subscription": row,
        "subscriber": row.subscriber,
        "words": queries.in_words(row.query),
        "address": request.path,
        "list": _list_of(row.query),
        "again": _address(row.query),
    }
    return render(request, "following/confirm.html", context)


# To change and to end


@_private
@require_http_methods(_READ_AND_SEND)
def manage(request: HttpRequest, key: str) -> HttpResponse:
    """What goes to an address, for its owner to change."""
    subscriber = Subscriber.objects.filter(key=key).first()
    if subscriber is None:
        return _unknown(request)
    if request.method == "POST":
        done = _do(request, subscriber)
        query = urlencode({"done": done}) if done else ""
        return HttpResponseRedirect(request.path + (f"?{query}" if query else ""), status=303)
    now, standing = timezone.now(), current()
    return render(
        request,
        "following/manage.html",
        {
            "subscriber": subscriber,
            "standing": _in_words(subscribing.standing_of(subscriber), standing),
            "waiting": _in_words(subscribing.waiting_for(subscriber, at=now), standing),
            "paces": Subscription.Pace.choices,
            "address": request.path,
            "done": request.GET.get("done") if request.GET.get("done") in _DONE else "",
        },
    )


def _in_words(rows: list[Subscription], standing: Standing) -> list[tuple[Subscription, str, str]]:
    """Each with its filter in words, and the address of its list."""
    return [
        (row, queries.in_words(row.query, standing=standing), _list_of(row.query)) for row in rows
    ]


def _do(request: HttpRequest, subscriber: Subscriber) -> str:
    """Do what a button of the owner's page says; what was done, or empty for nothing."""
    now, asked = timezone.now(), request.POST.get("do", "")
    if asked == "leave":
        subscribing.leave(subscriber, at=now)
        return ""
    if asked == "again":
        subscribing.try_again(subscriber)
        return "again"
    if asked == "language":
        form = LanguageForm(request.POST)
        if form.is_valid():
            subscribing.change_language(subscriber, **form.cleaned_data)
        return "language" if form.is_valid() else ""
    number = request.POST.get("subscription", "")
    if not number.isascii() or not number.isdecimal() or len(number) > 18:
        return ""
    row = subscriber.subscriptions.filter(pk=number).first()
    if row is not None and asked == "end":
        subscribing.end(row, at=now)
        return "ended"
    pace = PaceForm(request.POST)
    if row is not None and asked == "pace" and pace.is_valid():
        subscribing.change_pace(row, **pace.cleaned_data)
        return "changed"
    return ""


@_private
@require_http_methods(_READ_AND_SEND)
def out(request: HttpRequest, key: str) -> HttpResponse:
    """End a subscription, or all of a subscriber, by whose key it is: RFC 8058.

    Mail programs post here on their own, without a cookie and following no redirect; a reader who
    follows the link gets a button that does the same. What is posted is not even read: the key
    says all.
    """
    row = Subscription.objects.filter(key=key).select_related("subscriber").first()
    subscriber = row.subscriber if row else Subscriber.objects.filter(key=key).first()
    if subscriber is None:
        return _unknown(request)
    if request.method == "POST":
        now = timezone.now()
        if row is not None:
            subscribing.end(row, at=now)
            row.refresh_from_db()
        else:
            subscribing.leave(subscriber, at=now)
            subscriber.refresh_from_db()
    with override(subscriber.language):
        response = render(request, "following/out.html", _of_leaving(request, row, subscriber))
    # It has no language in its path: it is in that of the mails.
    response["Content-Language"] = subscriber.language
    return response


def _of_leaving(
    request: HttpRequest, row: Subscription | None, subscriber: Subscriber
) -> dict[str, Any]:
    return {
        "subscription": row,
        "subscriber": subscriber,
        "words": queries.in_words(row.query) if row else "",
        "address": request.path,
        "ended_at": row.ended_at if row else subscriber.left_at,
        "others": row is not None and subscriber.subscriptions.standing().exists(),
        "again": _address(row.query if row else ""),
    }
