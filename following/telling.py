"""What a mail says of each event: what happened to it, and what was and is now.

Values come from the states that were announced; words are the reader's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from events import wording
from events.cards import with_card
from events.changes import Told, Value, how_it_changed
from events.models import Event, Phrase
from events.names import Names
from following.collapsing import Item
from following.models import Announcement
from following.states import State


@dataclass(frozen=True, slots=True)
class Words:
    """What the codes, slugs and English phrases of states are called in the reader's language."""

    names: Names
    phrases: Mapping[str, str]
    """The reader's words by the English; those that have none are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event of a mail, in the reader's language."""

    label: str
    title: Value
    path: str
    """The address of its page; empty where there is none any more."""
    date: str
    facts: str
    what: tuple[Told, ...] = ()
    """What changed."""
    why: str = ""
    """Why it was withdrawn, as the editor wrote it, in English."""
    other: "Line | None" = None
    """Into which it was merged."""
    leaves: bool = False
    """Whether it is told for the last time, because the filter does not pick it any more."""


def lines_of(items: Sequence[Item], names: Names) -> list[Line]:
    """A line for each item, in their order; two queries for all events.

    Of an item whose states are not known any more nothing is said of what changed.
    """
    rows = with_card(Event.objects.filter(pk__in={item.event_id for item in items}))
    events = {event.pk: event for event in rows.select_related("merged_into")}
    words = Words(names, _phrases(state for item in items for state in (item.was or {}, item.now)))
    return [_line(item, events.get(item.event_id), words) for item in items]


def _phrases(states: Iterable[State]) -> dict[str, str]:
    """How the reader's language writes the cities of these states; one query, in English none."""
    language = get_language() or "en"
    cities = {city for state in states for _country, city in state.get("places", ()) if city}
    if language == "en" or not cities:
        return {}
    own = f"text_{language}"
    rows = Phrase.objects.filter(text_en__in=cities).exclude(**{own: ""})
    return dict(rows.values_list("text_en", own))


def _line(item: Item, event: Event | None, words: Words) -> Line:
    kind, was, now = item.kind, item.was or {}, item.now
    if event is None:
        # Not even its row is there: what was announced last is all that can be said.
        last = now or was
        return Line(_label(kind), _title_of_state(last), "", _when(last), "")
    return Line(
        label=_label(kind),
        title=_title(event),
        path=event.get_absolute_url(),
        date=wording.date_in_words(event.precision, event.starts_on, event.ends_on),
        facts=_facts(event),
        what=tuple(changes_between(was, now, words)) if kind == "CHANGED" else (),
        why=event.withdrawn_reason if kind == "WITHDRAWN" else "",
        other=_other(event.merged_into) if kind == "MERGED" and event.merged_into else None,
        leaves=kind == "CHANGED" and item.leaves,
    )


def _label(kind: str) -> str:
    labels = dict(Announcement.Kind.choices)
    return str(labels.get(kind, kind))


def _title(event: Event) -> Value:
    language = get_language() or "en"
    own = getattr(event, f"title_{language}", "")
    return Value(own) if own or language == "en" else Value(getattr(event, "title_en", ""), "en")


def _title_of_state(state: State) -> Value:
    titles = state.get("titles") or {}
    language = get_language() or "en"
    own = titles.get(language)
    return Value(own) if own else Value(titles.get("en") or "?", "" if language == "en" else "en")


def _facts(event: Event) -> str:
    """Kind, who acted, and where."""
    acting = [country["name"] for country in event.acting]  # type: ignore[attr-defined]
    cities = [city["own"] or city["en"] for city in event.cities]  # type: ignore[attr-defined]
    status = "" if event.status == "HELD" else event.get_status_display()
    where, who = wording.listed(cities), wording.listed(acting)
    said = [event.get_kind_display(), who, where, status]
    return " · ".join(part for part in said if part)


def _other(event: Event) -> Line:
    when = wording.date_in_words(event.precision, event.starts_on, event.ends_on)
    return Line("", _title(event), event.get_absolute_url(), when, "")


# What changed


def changes_between(was: State, now: State, words: Words) -> Iterable[Told]:
    """What readers are told of two states that were announced: was, and is now.

    A value that only one of the two has is not compared.
    """
    if not _stands(was) and _stands(now):
        yield Told(_("Put back on the record"))
    for what, keys, read in _FACTS:
        if not all(key in was and key in now for key in keys):
            continue
        if all(was[key] == now[key] for key in keys):
            continue
        before, after = read(was, words), read(now, words)
        said = how_it_changed(str(what), before, after)
        yield Told(said, (Value(before),) if before else (), (Value(after),) if after else ())


def _stands(state: State) -> bool:
    return state.get("withdrawn") is None and state.get("merged_into") is None


def _when(state: State, words: Words | None = None) -> str:
    if not state.get("starts_on"):
        return ""
    ends_on = state.get("ends_on")
    return wording.date_in_words(
        state.get("precision", "DAY"),
        date.fromisoformat(state["starts_on"]),
        date.fromisoformat(ends_on) if ends_on else None,
    )


def _chosen(key: str, choices: Iterable[tuple[str, Any]]) -> Callable[[State, Words], str]:
    labels = dict(choices)

    def read(state: State, words: Words) -> str:
        return str(labels.get(state[key], state[key]))

    return read


def _countries(codes: Iterable[str], words: Words) -> str:
    known = words.names.countries
    return wording.listed(known[code].name if code in known else code for code in codes)


def _acting(state: State, words: Words) -> str:
    return _countries(state["countries"], words)


def _places(state: State, words: Words) -> str:
    """Cities with their countries, or the country alone where no city is known."""
    said = []
    for place in state["places"]:
        country, city = place
        where = _countries([country], words)
        city = words.phrases.get(city, city)
        said.append(f"{city} ({where})" if city else where)
    return wording.listed(said)


def _participants(state: State, words: Words) -> str:
    people = words.names.people
    slugs = state["participants"]
    return wording.listed(people[slug].name if slug in people else slug for slug in slugs)


_FACTS: tuple[tuple[Promise, Sequence[str], Callable[[State, Words], str]], ...] = (
    (gettext_lazy("Kind"), ("kind",), _chosen("kind", Event.Kind.choices)),
    (gettext_lazy("Date"), ("precision", "starts_on", "ends_on"), _when),
    (gettext_lazy("Status"), ("status",), _chosen("status", Event.Status.choices)),
    (gettext_lazy("Place"), ("places",), _places),
    (gettext_lazy("Countries that acted"), ("countries",), _acting),
    (gettext_lazy("Participants"), ("participants",), _participants),
)


def subject_of(lines: Sequence[Line], *, left_out: int = 0) -> str:
    """ "New: Phone call of …" for one event, "3 events: 2 new, 1 changed" for several.

    `left_out` is how many more events there are than lines.
    """
    if len(lines) == 1 and not left_out:
        subject = f"{lines[0].label}: {lines[0].title.text}"
    elif left_out:
        # Of what kind those without a line are is not known.
        subject = _("%(n)s events") % {"n": wording.number_in_words(len(lines) + left_out)}
    else:
        counted: dict[str, int] = {}
        for line in lines:
            counted[line.label] = counted.get(line.label, 0) + 1
        said = [f"{label}: {number}" for label, number in counted.items()]
        subject = _("%(n)s events (%(kinds)s)") % {"n": len(lines), "kinds": ", ".join(said)}
    # A line break would end the header.
    return " ".join(subject.split())
