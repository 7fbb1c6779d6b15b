"""Events as CSV (RFC 4180). Pure but for the active language.

The columns are those of the curated `events.csv` (docs/data.md), with texts in one language.
"""

import csv
import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from io import StringIO
from typing import Any

from events.citing import LICENCE, LICENCE_ADDRESS
from events.exports.about import About, Seal, moment
from events.exports.reading import Exported

COLUMNS = (
    "id",
    "public_id",
    "start_date",
    "end_date",
    "date_precision",
    "clock_time",
    "time_zone",
    "minutes",
    "approximate",
    "kind",
    "status",
    "certainty",
    "setting",
    "channel",
    "visit_type",
    "actors",
    "countries",
    "host",
    "city",
    "place_country",
    "occasion",
    "topics",
    "participants",
    "title",
    "summary",
    "source_urls",
    "verified_by",
    "address",
    "published_at",
    "changed_at",
    "revision",
)

# What a spreadsheet takes for a formula, in half or full width; apostrophes before it are ours.
_LOOKS_LIKE_A_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")


def csv_lines(
    rows: Iterable[Exported], about: About, *, base: str, with_bom: bool = False
) -> Iterator[bytes]:
    """The whole file. Its last line is a note, with the SHA-256 of all bytes before that line.

    `base` is the start of the address of an event's page, up to its slug.
    """
    seal = Seal()
    number = 0

    def before_the_note() -> Iterator[bytes]:
        nonlocal number
        yield (BOM_UTF8 if with_bom else b"") + _line(COLUMNS)
        for row in rows:
            number += 1
            yield _line([_harmless(str(cell)) for cell in _cells(row, base)])

    yield from seal.through(before_the_note())
    yield _line([_note(about, number, seal.sha256), *[""] * (len(COLUMNS) - 1)])


def _line(cells: Iterable[str]) -> bytes:
    written = StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue().encode()


def _harmless(cell: str) -> str:
    """Text that no spreadsheet runs. Whoever wants the text itself drops one apostrophe."""
    return f"'{cell}" if _LOOKS_LIKE_A_FORMULA.match(cell) else cell


def _note(about: About, number: int, digest: str) -> str:
    said = [
        "# Seoul–Tokyo Record",
        f"licence {LICENCE} {LICENCE_ADDRESS}",
        f"from {about.address}",
        f"as of {about.as_of}" if about.as_of else "",
        f"record changed at {moment(about.changed_at)}",
        f"events {number}",
        f"sha256 {digest}",
    ]
    return "; ".join(part for part in said if part)


def _cells(row: Exported, base: str) -> Iterator[Any]:
    event = row.event
    yield from (event.slug, event.public_id, event.starts_on, event.ends_on or "")
    yield from (event.precision.lower(), event.clock_time or "", event.time_zone)
    yield from (event.minutes or "", "yes" if event.approximate else "")
    yield from (event.kind.lower(), event.status.lower(), event.certainty.lower())
    yield from (event.setting.lower(), event.channel.lower(), event.visit_type.lower())
    yield ";".join(one["code"] for one in event.involved if one["acted"])
    yield ";".join(one["code"] for one in event.involved)
    yield event.host_id or ""
    yield ";".join(one["own"] or one["en"] for one in event.located)
    yield ";".join(one["country"] for one in event.located)
    yield event.occasion_own or event.occasion
    yield ";".join(one["slug"] for one in event.subjects)
    yield ";".join(one["slug"] for one in event.participants)
    yield from (event.title, event.summary)
    # An address may hold what separates them; written so, it leads to the same page.
    yield ";".join(one["url"].replace(";", "%3B") for one in event.sources)
    yield "" if event.independent_publishers is None else event.independent_publishers
    yield f"{base}{event.slug}/"
    yield from (moment(event.published_at), moment(row.revision.at), row.revision.number)
