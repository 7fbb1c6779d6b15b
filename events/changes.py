"""What changed on an event's page since it was published, told from the row history.

The rows come from events/changed_rows.py; what they amount to is worked out here. Who did it is
told by role, never by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from events import wording
from events.changed_rows import Row, State, Transaction, transactions_of
from events.models import Event

# The first publication is told besides these.
MOST_CHANGES = 50

_ROLES = {
    "load_record": gettext_noop("the curated record"),
    "command": gettext_noop("a program"),
    **dict.fromkeys(("admin", "review", "import", "publication"), gettext_noop("an editor")),
}


@dataclass(frozen=True, slots=True)
class Value:
    """A value as readers see it, and its language where that is not the page's."""

    text: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that changed, in the reader's language; values only where they are short."""

    words: str
    was: tuple[Value, ...] = ()
    now: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What one transaction changed.

    `role` is empty where the history does not tell it, as for SQL by hand, and `why` where no
    reason was given. `follows_a_gap` says that changes between this one and the next newer one
    listed are left out of the list.
    """

    at: datetime
    role: str
    what: tuple[Told, ...]
    why: str = ""
    follows_a_gap: bool = False


def changes_of(event: Event) -> list[Change]:
    """What readers could see change on the event's page, newest first; one query.

    Begins with the first publication, so a draft has none. Holds that and the newest fifty.
    """
    found, are_all = transactions_of(event.pk, most=MOST_CHANGES)
    if not found:
        return []
    first, *later = found
    changes = []
    for transaction in later:
        if what := tell(transaction.rows):
            changes.append(_change(transaction, what))
    return [*changes, replace(published(first), follows_a_gap=not are_all)]


def published(first: Transaction) -> Change:
    """The first publication."""
    return _change(first, [Told(_("Published"))])


def _change(transaction: Transaction, what: Iterable[Told]) -> Change:
    return Change(transaction.at, role_of(transaction.door), tuple(what), transaction.why)


def role_of(door: str | None) -> str:
    """Who acts through a door, in the reader's language; empty for an unknown one."""
    return _(_ROLES[door]) if door in _ROLES else ""


# What the rows of one transaction amount to


def tell(rows: Iterable[Row]) -> list[Told]:
    """What the rows of one transaction, in their order, changed for readers; pure.

    Rows that end as they began are not told, and neither is one that replaces its like, unless
    others hang on it and may differ.
    """
    nets: dict[str, dict[int, Row]] = {}
    for row in rows:
        known = nets.setdefault(row.table, {})
        known[row.id] = replace(row, was=known[row.id].was) if row.id in known else row
    of = {
        table: _differing(found.values(), replaceable=table not in ("citation", "readout"))
        for table, found in nets.items()
    }
    told: list[Told] = []
    for net in of.get("event", ()):
        if net.was is not None and net.now is not None:
            told += _tell_event(net.was, net.now)
    of["readout"], points = _with_points(of.get("readout", []), of.get("point", []))
    of["evidence"] = _outside(of.get("evidence", []), of.get("citation", []))
    commitments, translated = _translations(of.get("commitment", []))
    of["commitment"] = commitments
    for table in _PARTS:
        told += _tell_part(table, of.get(table, []))
    if of.get("merged"):
        told.append(Told(_("Another event was merged into this one")))
    told += _tell_translations(_("%(language)s translation of a readout"), points)
    told += _tell_translations(_("%(language)s translation of a commitment"), translated)
    return told


def _differing(nets: Iterable[Row], *, replaceable: bool) -> list[Row]:
    """Without what ends as it began: a row, or a row removed and another of its like added."""
    differing = [net for net in nets if net.was != net.now]
    if not replaceable:
        return differing
    removed = [net for net in differing if net.now is None]
    kept = [net for net in differing if net.was is not None and net.now is not None]
    for net in (net for net in differing if net.was is None):
        like = next((r for r in removed if (r.within, r.was) == (net.within, net.now)), None)
        if like is None:
            kept.append(net)
        else:
            removed.remove(like)
    return kept + removed


def _outside(nets: Iterable[Row], owners: Iterable[Row]) -> list[Row]:
    """The rows whose owner stayed: what comes and goes with its owner needs no word of its own."""
    moved = {net.id for net in owners if net.was is None or net.now is None}
    return [net for net in nets if net.within not in moved]


def _with_points(readouts: list[Row], points: list[Row]) -> tuple[list[Row], list[Row]]:
    """Readouts with those that changed by their points alone; and points newly translated."""
    changed, translated = _translations(points)
    known = {net.id for net in readouts}
    by_points = {
        net.within: Row("readout", net.within, None, net.was or net.now, net.now or net.was)
        for net in changed
        if net.within is not None and net.within not in known
    }
    return readouts + list(by_points.values()), translated


def _translations(nets: list[Row]) -> tuple[list[Row], list[Row]]:
    """Rows that changed, and rows of which nothing but the translations did."""
    changed: list[Row] = []
    translated: list[Row] = []
    for net in nets:
        was, now = net.was or {}, net.now or {}
        differing = {key for key in was | now if was.get(key) != now.get(key)}
        is_translation = net.was and net.now and differing <= {"text_ko", "text_ja"}
        (translated if is_translation else changed).append(net)
    return changed, translated


def _tell_translations(what: str, nets: list[Row]) -> Iterator[Told]:
    for language in ("ko", "ja"):
        key = f"text_{language}"
        pairs = [((n.was or {})[key], (n.now or {})[key]) for n in nets]
        differing = [(was, now) for was, now in pairs if was != now]
        if differing:
            name = what % {"language": wording.language_name(language)}
            yield Told(
                how_it_changed(name, any(w for w, _n in differing), any(n for _w, n in differing))
            )


def how_it_changed(what: str, was: object, now: object) -> str:
    """ "Date changed", or "added" or "removed" where one side has nothing."""
    if not was:
        return _("%(what)s added") % {"what": what}
    if not now:
        return _("%(what)s removed") % {"what": what}
    return _("%(what)s changed") % {"what": what}


# The event's own columns


def _said(texts: Sequence[str | None] | None) -> Value | None:
    """The text in the reader's language of a pair [English, reader's], else the English."""
    english, own = texts or ("", "")
    if own or not english:
        return Value(own) if own else None
    return Value(english, "" if wording.locale_now().language == "en" else "en")


def _chosen(key: str, choices: type[models.TextChoices]) -> Callable[[Mapping[str, Any]], Any]:
    """A reader of a column with choices; a choice that is no more stands as it is stored."""
    labels = dict(choices.choices)

    def read(row: Mapping[str, Any]) -> Value | None:
        return Value(str(labels.get(row[key], row[key]))) if row[key] else None

    return read


def _when(row: Mapping[str, Any]) -> Value:
    last = row["ends_on"] and date.fromisoformat(row["ends_on"])
    first = date.fromisoformat(row["starts_on"])
    if row["precision"] == "DAY" and last in (None, first):
        return Value(wording.day_in_words(first))
    return Value(wording.date_in_words(row["precision"], first, last))


def _clock(row: Mapping[str, Any]) -> Value | None:
    if not row["clock_time"]:
        return None
    words = wording.clock_in_words(time.fromisoformat(row["clock_time"]), row["time_zone"])
    return Value(_around(row, words))


def _length(row: Mapping[str, Any]) -> Value | None:
    minutes = row["minutes"]
    if not minutes:
        return None
    return Value(_around(row, ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}))


def _around(row: Mapping[str, Any], words: str) -> str:
    return f"{_('around')} {words}" if row["approximate"] else words


def _publishers(row: Mapping[str, Any]) -> Value | None:
    """The grade that readers see, not the number."""
    seen = row["independent_publishers"]
    grades = {1: _("one publisher seen"), 2: _("two publishers seen")}
    return Value(grades.get(seen, _("three or more publishers seen"))) if seen else None


_FACTS: tuple[tuple[Promise, Callable[[Mapping[str, Any]], Value | None]], ...] = (
    (gettext_lazy("Kind"), _chosen("kind", Event.Kind)),
    (gettext_lazy("Date"), _when),
    (gettext_lazy("Time"), _clock),
    (gettext_lazy("Length"), _length),
    (gettext_lazy("Channel"), _chosen("channel", Event.Channel)),
    (gettext_lazy("Setting"), _chosen("setting", Event.Setting)),
    (gettext_lazy("Type of visit"), _chosen("visit_type", Event.VisitType)),
    (gettext_lazy("Occasion"), lambda row: _said(row["occasion"])),
    (gettext_lazy("Host"), lambda row: _said(row["host"])),
    (gettext_lazy("Status"), _chosen("status", Event.Status)),
    (gettext_lazy("Certainty"), _chosen("certainty", Event.Certainty)),
    (gettext_lazy("Publishers seen"), _publishers),
)


def _tell_event(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Told]:
    yield from _tell_standing(was, now)
    yield from _tell_texts(was, now)
    for what, read in _FACTS:
        before, after = read(was), read(now)
        if before != after:
            words = how_it_changed(str(what), before, after)
            yield Told(words, (before,) if before else (), (after,) if after else ())


def _tell_standing(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Told]:
    gone_before, gone = (row["is_withdrawn"] or row["is_merged"] for row in (was, now))
    if gone and not gone_before:
        yield Told(_("Withdrawn") if now["is_withdrawn"] else _("Merged into another event"))
    elif gone_before and not gone:
        yield Told(_("Put back on the record"))
    if was["slug"] != now["slug"]:
        yield Told(_("Address changed"))


def _tell_texts(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Told]:
    reader = wording.locale_now().language
    for language in ("en", "ko", "ja"):
        before, after = was[f"title_{language}"], now[f"title_{language}"]
        if before != after:
            name = {"language": wording.language_name(language)}
            what = _("Title") if language == reader else _("Title in %(language)s") % name
            mark = "" if language == reader else language
            values = [(Value(text, mark),) if text else () for text in (before, after)]
            yield Told(how_it_changed(what, before, after), *values)
    for language in ("en", "ko", "ja"):
        before, after = was[f"summary_{language}"], now[f"summary_{language}"]
        if before != after:
            name = {"language": wording.language_name(language)}
            translation = _("%(language)s translation of the summary") % name
            yield Told(
                how_it_changed(_("Summary") if language == "en" else translation, before, after)
            )


# What hangs on the event

# One, and several: of the site's languages only English tells them apart.
_PARTS = {
    "country": (gettext_lazy("Country"), gettext_lazy("%(n)s countries")),
    "place": (gettext_lazy("Place"), gettext_lazy("%(n)s places")),
    "topic": (gettext_lazy("Topic"), gettext_lazy("%(n)s topics")),
    "participant": (gettext_lazy("Participant"), gettext_lazy("%(n)s participants")),
    "citation": (gettext_lazy("Source"), gettext_lazy("%(n)s sources")),
    "evidence": (gettext_lazy("Evidence"), gettext_lazy("Evidence")),
    "readout": (gettext_lazy("Readout"), gettext_lazy("%(n)s readouts")),
    "silence": (
        gettext_lazy("Topic left out of an account"),
        gettext_lazy("%(n)s topics left out of accounts"),
    ),
    "commitment": (gettext_lazy("Commitment"), gettext_lazy("%(n)s commitments")),
}


def _tell_part(table: str, nets: list[Row]) -> Iterator[Told]:
    one, many = _PARTS[table]
    added = [net for net in nets if net.was is None]
    removed = [net for net in nets if net.now is None]
    changed = [net for net in nets if net.was is not None and net.now is not None]
    for some in (added, changed, removed):
        if some:
            what = str(one) if len(some) == 1 else str(many) % {"n": len(some)}
            was, now = _names(net.was for net in some), _names(net.now for net in some)
            words = how_it_changed(what, some is not added, some is not removed)
            yield Told(words, () if was == now or len(some) > 1 and now else was, now)


def _names(states: Iterable[State]) -> tuple[Value, ...]:
    """What the rows are called, in their order, each name once."""
    said = (_said((state or {}).get("name")) for state in states)
    return tuple(dict.fromkeys(value for value in said if value))
