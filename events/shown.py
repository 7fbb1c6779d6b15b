"""What an event's page shows of each field, in words: for reports of errors.

A report keeps what its reader saw. It is made again here, from the record, so that nobody can put
words into the record's mouth. Other pages are told in events/shown_elsewhere.py, under keys that
are listed here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import wording
from events.dossier import Dossier, Side, SourceGroup
from events.models import ErrorReport, Event, Readout
from events.ordinals import Claim

_About = ErrorReport.About


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of a page: its key in addresses, its name, and the text that readers see there.

    `about` is the kind of error that one in this field most likely is; empty where none is.
    """

    key: str
    name: str
    text: str
    about: str


_KINDS: dict[str, tuple[Promise, str]] = {
    "title": (gettext_lazy("Title"), _About.WORDING),
    "summary": (gettext_lazy("Summary"), _About.WORDING),
    "kind": (gettext_lazy("Kind"), _About.OTHER),
    "date": (gettext_lazy("Date"), _About.DATE),
    "time": (gettext_lazy("Time"), _About.DATE),
    "length": (gettext_lazy("Length"), _About.DATE),
    "channel": (gettext_lazy("Channel"), _About.OTHER),
    "setting": (gettext_lazy("Setting"), _About.OTHER),
    "visit_type": (gettext_lazy("Type of visit"), _About.OTHER),
    "occasion": (gettext_lazy("Occasion"), _About.OTHER),
    "place": (gettext_lazy("Place"), _About.PLACE),
    "host": (gettext_lazy("Host"), _About.PLACE),
    "acting": (gettext_lazy("Countries that acted"), _About.OTHER),
    "concerned": (gettext_lazy("Also concerned"), _About.OTHER),
    "topics": (gettext_lazy("Topics"), _About.OTHER),
    "status": (gettext_lazy("Status"), _About.OTHER),
    "certainty": (gettext_lazy("Certainty"), _About.OTHER),
    "anniversary": (gettext_lazy("Anniversary"), _About.OTHER),
    "participants": (gettext_lazy("Who took part"), _About.PEOPLE),
    "account": (gettext_lazy("What each side said"), _About.READOUT),
    "counts": (gettext_lazy("Firsts and counts"), _About.OTHER),
    "commitment": (gettext_lazy("What was agreed to be done"), _About.OTHER),
    "followed": (gettext_lazy("What this event followed through"), _About.OTHER),
    "source": (gettext_lazy("Source"), _About.SOURCE),
    # Of people, anniversaries and topics.
    "names": (gettext_lazy("Names"), _About.WORDING),
    "description": (gettext_lazy("Description"), _About.WORDING),
    "country": (gettext_lazy("Country"), _About.OTHER),
    "term": (gettext_lazy("Term of office"), ""),
    "chart": (gettext_lazy("Contacts by year"), _About.OTHER),
    "counterparts": (gettext_lazy("Counterparts"), _About.OTHER),
    "latest": (gettext_lazy("Latest events"), _About.OTHER),
    "origin": (gettext_lazy("Origin"), _About.DATE),
    "calendar": (gettext_lazy("Calendar"), _About.OTHER),
    "marked": (gettext_lazy("Marked in"), _About.OTHER),
    "observed": (gettext_lazy("Observed by"), _About.OTHER),
    "ahead": (gettext_lazy("The next years"), _About.DATE),
    "past": (gettext_lazy("On that day in earlier years"), _About.OTHER),
    "years": (gettext_lazy("Events by year"), _About.OTHER),
    "stances": (gettext_lazy("In the governments’ accounts"), _About.READOUT),
    "people": (gettext_lazy("Who took part most"), _About.PEOPLE),
}


def field_name(key: str) -> str:
    """The name of a field by its key, in the active language; empty for an unknown one."""
    kind = key.partition("-")[0]
    return str(_KINDS[kind][0]) if kind in _KINDS else ""


def told_about(report: ErrorReport) -> str:
    """The field that a report is about, else its kind of error; in the active language."""
    return field_name(report.field) or str(report.get_about_display())


def shown_fields(dossier: Dossier, claims: Iterable[Claim]) -> list[ShownField]:
    """Every field of the event's page that shows something, in its order; no query.

    In the active language, from a dossier that was read while it was active.
    """
    found = [*_words(dossier.event), *_facts(dossier), *_people(dossier), *_accounts(dossier)]
    found.append(shown_field("counts", "\n".join(claim.headline for claim in claims)))
    found += _agreed(dossier)
    found += shown_sources(dossier.sources)
    return [field for field in found if field.text]


def likely_about(key: str) -> str:
    """The kind of error that one in that field, or that sort of fields, likely is; or empty."""
    kind = key.partition("-")[0]
    return _KINDS[kind][1] if kind in _KINDS else ""


def find_field(fields: Iterable[ShownField], key: str) -> ShownField | None:
    """The field of that key, or the only one of that sort; None where there is no such one."""
    found = [field for field in fields if key in (field.key, field.key.partition("-")[0])]
    return found[0] if len(found) == 1 else None


def shown_field(key: str, text: object, name: str = "") -> ShownField:
    """A field by its key; `name` tells it from its like. Without a text the page shows none."""
    kind = key.partition("-")[0]
    own, about = _KINDS[kind]
    return ShownField(key, f"{own}: {name}" if name else str(own), str(text or "").strip(), about)


def _words(event: Event) -> Iterator[ShownField]:
    yield shown_field("title", event.title)
    yield shown_field("summary", event.summary)
    yield shown_field("kind", event.get_kind_display())


def _facts(dossier: Dossier) -> Iterator[ShownField]:
    event = dossier.event
    around = f"{_('around')} " if event.approximate else ""
    yield shown_field(
        "date", wording.date_in_words(event.precision, event.starts_on, event.ends_on)
    )
    if event.clock_time:
        clock = wording.clock_in_words(event.clock_time, event.time_zone)
        yield shown_field("time", around + clock)
    if event.minutes:
        minutes = ngettext("%(n)s minute", "%(n)s minutes", event.minutes) % {"n": event.minutes}
        yield shown_field("length", around + minutes)
    yield shown_field("channel", event.get_channel_display())
    yield shown_field("setting", event.get_setting_display())
    yield shown_field("visit_type", event.get_visit_type_display())
    yield shown_field("occasion", _phrase(event, "occasion"))
    places = (
        ", ".join(part for part in (_phrase(place, "city"), place.country.name) if part)
        for place in dossier.places
    )
    yield shown_field("place", "; ".join(places))
    yield shown_field("host", event.host.name if event.host else "")
    yield shown_field("acting", _names(dossier.acting))
    yield shown_field("concerned", _names(dossier.concerned))
    yield shown_field("topics", _names(dossier.topics))
    yield shown_field("status", event.get_status_display())
    yield shown_field("certainty", event.get_certainty_display())
    yield shown_field("anniversary", "; ".join(row.title for row in dossier.anniversaries))


def _people(dossier: Dossier) -> Iterator[ShownField]:
    lines = []
    for one in dossier.participants:
        person = one.participation.person
        office = one.office.name if one.office else one.participation.capacity
        country = person.country.name if person.country else ""
        lines.append(", ".join(part for part in (person.name, country, office) if part))
    yield shown_field("participants", "\n".join(lines))


def _accounts(dossier: Dossier) -> Iterator[ShownField]:
    for side in dossier.sides:
        yield shown_field(f"account-{side.country.code}", _account(side), side.country.name)


def _account(side: Side) -> str:
    lines: list[str] = []
    for readout in side.readouts:
        published = wording.day_in_words(readout.published_on) if readout.published_on else ""
        told = {"publisher": readout.as_reported_by}
        by = _("as reported by %(publisher)s") % told if readout.as_reported_by else ""
        head = (_phrase(readout, "issuing_body"), by, published)
        lines.append(" · ".join(part for part in head if part))
        for point in readout.said:  # type: ignore[attr-defined]
            topic = f" ({point.topic.name})" if point.topic else ""
            lines.append(f"– {point.text}{topic}, {point.get_stance_display()}")
        lines.append(_seen(readout))
        lines.append(f"{readout.publisher.name} · {readout.url}")
    lines += (
        _("%(topic)s: not in the account") % {"topic": silence.topic.name}
        for silence in side.silences
    )
    return "\n".join(line for line in lines if line) or _("No readout recorded")


def _seen(readout: Readout) -> str:
    """How much of the text was seen."""
    if readout.is_whole is None:
        return _("Not known whether the whole text was seen.")
    if readout.is_whole:
        return _("Whole text seen.")
    return _("The end of the text was not seen: what is missing here means nothing.")


def _agreed(dossier: Dossier) -> Iterator[ShownField]:
    for kind, rows in (("commitment", dossier.commitments), ("followed", dossier.fulfils)):
        for row in rows:
            yield shown_field(f"{kind}-{row.pk}", "\n".join(_commitment(row, kind)))


def _commitment(row: Any, kind: str) -> Iterator[str]:
    yield f"{row.text} ({row.get_status_display()})"
    if kind == "followed":
        yield " ".join([_("Agreed at"), _named(row.event)])
        return
    if row.due_text:
        yield " ".join([_("Deadline as recorded:"), _phrase(row, "due_text")])
    if row.shown_fulfilment:
        words = _("Fulfilled by") if row.status == "FULFILLED" else _("Event that followed:")
        yield f"{words} {_named(row.shown_fulfilment)}"
    yield f"{row.publisher.name} · {row.url}"


def _named(event: Event) -> str:
    day = wording.date_in_words(event.precision, event.starts_on, event.ends_on)
    return f"{event.title}, {day}"


def shown_sources(groups: Iterable[SourceGroup]) -> Iterator[ShownField]:
    """Every source, by its number on the page."""
    for group in groups:
        for number, citation in enumerate(group.citations, start=group.start):
            day = wording.day_in_words(citation.published_on) if citation.published_on else ""
            parts = (citation.publisher.name, citation.title, day, citation.url)
            text = " · ".join(part for part in parts if part)
            yield shown_field(f"source-{citation.pk}", text, str(number))


def _phrase(row: Any, name: str) -> str:
    return str(getattr(row, f"{name}_own", "") or getattr(row, name) or "")


def _names(rows: Sequence[Any]) -> str:
    return wording.listed(row.name for row in rows) if rows else ""
