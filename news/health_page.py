"""The page of the admin that says how each source does, and how far the reading has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from events.periods import civil_day
from news.asking import ModelState, configured, state_of
from news.backlog import Backlog, backlog, time_left
from news.day_bars import DayBars, day_bars
from news.habits import ALARMING, Judgement, State, judge
from news.health_words import SHAPES, STATES, advice_on, length_in_words, reason_of
from news.histories import Watched, days_of, watched_sources
from news.models import Alert, Article, Source

DAYS = 28
# Beat hands out what is due every minute: after this it is not the sources that are late.
LATE = timedelta(minutes=15)
_URGENCY = list(State)
_EARLIEST = datetime.min.replace(tzinfo=timezone.get_default_timezone())


@dataclass(frozen=True, slots=True)
class Row:
    """One source as the page prints it."""

    source: Source
    judgement: Judgement
    answered_at: datetime | None
    answered_ago: str
    new_ago: str
    next_in: str
    """Empty where it is due, being read or switched off."""
    is_read_now: bool
    bars: DayBars

    @property
    def state(self) -> str:
        return str(STATES[self.judgement.state])

    @property
    def shape(self) -> str:
        return SHAPES[self.judgement.state]

    @property
    def reason(self) -> str:
        return reason_of(self.judgement)


@dataclass(frozen=True, slots=True)
class Group:
    """The open alerts of one kind, each with its reason, and what to do about them."""

    kind: State
    alerts: list[tuple[Alert, str]]

    @property
    def name(self) -> str:
        return str(STATES[self.kind])

    @property
    def shape(self) -> str:
        return SHAPES[self.kind]

    @property
    def advice(self) -> str:
        return advice_on(self.kind)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that filters or sorts, and whether it is the one chosen."""

    label: Any
    address: str
    is_chosen: bool
    extra: str = ""


# What each column sorts by; a minus in the address turns it round.
_SORTS: dict[str, tuple[Any, Callable[[Watched, Judgement], Any]]] = {
    "state": (pgettext_lazy("of a source", "State"), lambda one, said: _URGENCY.index(said.state)),
    "source": (gettext_lazy("Source"), lambda one, said: one.source.outlet.lower()),
    "answered": (
        gettext_lazy("Last success"),
        lambda one, said: one.history.answered_at or _EARLIEST,
    ),
    "new": (gettext_lazy("Last new item"), lambda one, said: one.source.last_new_at or _EARLIEST),
    "next": (
        gettext_lazy("Next try"),
        lambda one, said: (not one.source.is_enabled, one.source.next_poll_at),
    ),
    "failures": (gettext_lazy("Failures"), lambda one, said: -one.source.failures),
}


def health(request: HttpRequest, model_admin: admin.ModelAdmin[Source]) -> HttpResponse:
    """The page, or on POST what its button does. Raises PermissionDenied."""
    if not model_admin.has_view_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        if not model_admin.has_change_permission(request):
            raise PermissionDenied
        _poll_now(request)
        return HttpResponseRedirect(request.get_full_path())
    context = {
        **model_admin.admin_site.each_context(request),
        **page(request, at=timezone.now()),
        "title": _("Health of sources"),
        "opts": model_admin.model._meta,
        "may_poll": model_admin.has_change_permission(request),
        "may_add": model_admin.has_add_permission(request),
    }
    return TemplateResponse(request, "admin/news/source/health.html", context)


def page(request: HttpRequest, *, at: datetime) -> dict[str, Any]:
    """What the page shows at this moment; as many queries for many sources as for one."""
    watched = [(one, judge(one.history)) for one in watched_sources()]
    states = Counter(judgement.state for _one, judgement in watched)
    state = next((state for state in State if state.lower() == request.GET.get("state")), None)
    sort = request.GET.get("sort", "state")
    sort = sort if sort.removeprefix("-") in _SORTS else "state"
    shown = _sorted([one for one in watched if state in (None, one[1].state)], sort)
    work = backlog(at=at)
    return {
        "at": at,
        "groups": _open_alerts(),
        "rows": _rows(shown, at),
        "total": len(watched),
        "filters": _filters(states, state, sort),
        "columns": _columns(state, sort),
        "late_for": _late_for(watched, at),
        "work": work,
        "oldest": _between(work.oldest_found_at, at),
        "stages": [(Article.Stage(stage).label, count) for stage, count in work.waiting.items()],
        "time_left": _time_left(work, at),
        "model": _model(at),
        "days": DAYS,
    }


def due_message(count: int) -> str:
    """What the operator is told who asked for sources to be read."""
    if not count:
        return _("Nothing to read: a source that is switched off is not asked.")
    return ngettext(
        "%(n)d source will be read within a minute.",
        "%(n)d sources will be read within a minute.",
        count,
    ) % {"n": count}


def _poll_now(request: HttpRequest) -> None:
    pk = request.POST.get("source", "")
    chosen = Source.objects.filter(pk=pk if pk.isascii() and pk.isdigit() else 0)
    messages.info(request, due_message(chosen.make_due(timezone.now())))


def _rows(shown: Sequence[tuple[Watched, Judgement]], at: datetime) -> list[Row]:
    days = days_of(
        [one.source.pk for one, _judgement in shown],
        today=civil_day(at, settings.RECORD_TIME_ZONE),
        count=DAYS,
        zone=settings.RECORD_TIME_ZONE,
    )
    return [
        Row(
            source=one.source,
            judgement=judgement,
            answered_at=one.history.answered_at,
            answered_ago=_between(one.history.answered_at, at),
            new_ago=_between(one.source.last_new_at, at),
            next_in=_between(at, one.source.next_poll_at) if one.source.next_poll_at > at else "",
            is_read_now=bool(one.source.leased_until and one.source.leased_until > at),
            bars=day_bars(days[one.source.pk]),
        )
        for one, judgement in shown
    ]


def _open_alerts() -> list[Group]:
    """The open alerts, the most urgent kind first."""
    alerts = Alert.objects.open().select_related("source").order_by("raised_at", "id")
    groups = {state: Group(state, []) for state in ALARMING}
    for alert in alerts:
        said = alert.as_judgement()
        groups[said.state].alerts.append((alert, reason_of(said)))
    return [group for group in groups.values() if group.alerts]


def _sorted(
    watched: Iterable[tuple[Watched, Judgement]], sort: str
) -> list[tuple[Watched, Judgement]]:
    _label, key = _SORTS[sort.removeprefix("-")]
    # They come by name, which is how equals stay.
    return sorted(watched, key=lambda one: key(*one), reverse=sort.startswith("-"))


def _late_for(watched: Iterable[tuple[Watched, Judgement]], at: datetime) -> str:
    """For how long a source has been due, if for so long that there seem to be no workers."""
    due = [
        one.source.next_poll_at
        for one, _judgement in watched
        if one.source.is_enabled and not (one.source.leased_until and one.source.leased_until > at)
    ]
    earliest = min(due, default=at)
    return _between(earliest, at) if at - earliest > LATE else ""


def _between(start: datetime | None, end: datetime) -> str:
    return length_in_words(end - start) if start else ""


def _model(at: datetime) -> ModelState | None:
    endpoint = configured()
    return state_of(endpoint, at=at) if endpoint else None


def _time_left(work: Backlog, at: datetime) -> str:
    left = time_left(work, at=at)
    return length_in_words(left) if left else ""


def _filters(states: Counter[State], chosen: State | None, sort: str) -> list[Choice]:
    every = Choice(_("All"), _address(None, sort), chosen is None, str(states.total()))
    return [every] + [
        Choice(
            f"{SHAPES[state]} {STATES[state]}", _address(state, sort), state == chosen, str(count)
        )
        for state in State
        if (count := states[state]) or state == chosen
    ]


def _columns(state: State | None, sort: str) -> list[Choice]:
    columns = []
    for name, (label, _key) in _SORTS.items():
        is_chosen = sort.removeprefix("-") == name
        other = f"-{name}" if sort == name else name
        direction = ("descending" if sort.startswith("-") else "ascending") if is_chosen else ""
        columns.append(Choice(label, _address(state, other), is_chosen, direction))
    return columns


def _address(state: State | None, sort: str) -> str:
    query = {"state": state.lower()} if state else {}
    if sort != "state":
        query["sort"] = sort
    return reverse("admin:news_source_health") + (f"?{urlencode(query)}" if query else "")
