"""What an event's page shows of each field, in words: for reports of errors.

A report keeps what its reader saw. It is made again here, from the record, so that nobody can put
words into the record's mouth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from events import wording
from events.dossier import Dossier, Side
from events.models import ErrorReport, Event
from events.ordinals import Claim

_About = ErrorReport.About


@dataclass(frozen=True, slots=True)
class ShownField:
    """One field of a page: its key in addresses, its name, and the text that readers see there.

    `about` is the kind of error that one in this field most likely is.
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
    found.append(_field("counts", "\n".join(claim.headline for claim in claims)))
    found += _agreed(dossier)
    found += _sources(dossier)
    return [field for field in found if field.text]


def likely_about(key: str) -> str:
    """The kind of error that one in that field, or that sort of fields, likely is; or empty."""
    kind = key.partition("-")[0]
    return _KINDS[kind][1] if kind in _KINDS else ""


def find_field(fields: Iterable[ShownField], key: str) -> ShownField | None:
    """The field of that key, or the only one of that sort; None where there is no such one."""
    found = [field for field in fields if key in (field.key, field.key.partition("-")[0])]
    return found[0] if len(found) == 1 else None


def _field(key: str, text: object, name: str = "") -> ShownField:
    kind = key.partition("-")[0]
    own, about = _KINDS[kind]
    return ShownField(key, f"{own}: {name}" if name else str(own), str(text or "").strip(), about)


def _words(event: Event) -> Iterator[ShownField]:
    yield _field("title", event.title)
    yield _field("summary", event.summary)
    yield _field("kind", event.get_kind_display())


def _facts(dossier: Dossier) -> Iterator[ShownField]:
    event = dossier.event
    around = f"{_('around')} " if event.approximate else ""
    yield _field("date", wording.date_in_words(event.precision, event.starts_on, event.ends_on))
    if event.clock_time:
        clock = wording.clock_in_words(event.clock_time, event.time_zone)
        yield _field("time", around + clock)
    if event.minutes:
        minutes = ngettext("%(n)s minute", "%(n)s minutes", event.minutes) % {"n": event.minutes}
        yield _field("length", around + minutes)
    yield _field("channel", event.get_channel_display())
    yield _field("setting", event.get_setting_display())
    yield _field("visit_type", event.get_visit_type_display())
    yield _field("occasion", _phrase(event, "occasion"))
    places = (
        ", ".join(part for part in (_phrase(place, "city"), place.country.name) if part)
        for place in dossier.places
    )
    yield _field("place", "; ".join(places))
    yield _field("host", event.host.name if event.host else "")
    yield _field("acting", _names(dossier.acting))
    yield _field("concerned", _names(dossier.concerned))
    yield _field("topics", _names(dossier.topics))
    yield _field("status", event.get_status_display())
    yield _field("certainty", event.get_certainty_display())
    yield _field("anniversary", "; ".join(row.title for row in dossier.anniversaries))


def _people(dossier: Dossier) -> Iterator[ShownField]:
    lines = []
    for one in dossier.participants:
        person = one.participation.person
        office = one.office.name if one.office else one.participation.capacity
        country = person.country.name if person.country else ""
        lines.append(", ".join(part for part in (person.name, country, office) if part))
    yield _field("participants", "\n".join(lines))


def _accounts(dossier: Dossier) -> Iterator[ShownField]:
    for side in dossier.sides:
        yield _field(f"account-{side.country.code}", _account(side), side.country.name)


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
    lines += (
        _("%(topic)s: not in the account") % {"topic": silence.topic.name}
        for silence in side.silences
    )
    return "\n".join(line for line in lines if line) or _("No readout recorded")


def _agreed(dossier: Dossier) -> Iterator[ShownField]:
    for kind, rows in (("commitment", dossier.commitments), ("followed", dossier.fulfils)):
        for row in rows:
            text = f"{row.text} ({row.get_status_display()})"
            yield _field(f"{kind}-{row.pk}", text)


def _sources(dossier: Dossier) -> Iterator[ShownField]:
    for group in dossier.sources:
        for number, citation in enumerate(group.citations, start=group.start):
            day = wording.day_in_words(citation.published_on) if citation.published_on else ""
            parts = (citation.publisher.name, citation.title, day, citation.url)
            text = " · ".join(part for part in parts if part)
            yield _field(f"source-{citation.pk}", text, str(number))


def _phrase(row: Any, name: str) -> str:
    return str(getattr(row, f"{name}_own", "") or getattr(row, name) or "")


def _names(rows: Sequence[Any]) -> str:
    return wording.listed(row.name for row in rows) if rows else ""
