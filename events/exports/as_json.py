"""Events as one JSON object, a line for each. Pure but for the active language."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from events import wording
from events.exports.about import About, Seal, licence, moment
from events.exports.reading import Exported


def json_lines(
    rows: Iterable[Exported],
    about: About,
    *,
    base: str,
    query: Sequence[tuple[str, str]],
) -> Iterator[bytes]:
    """The whole file. Its last line has the SHA-256 of all bytes before that line.

    `base` is the start of the address of an event's page, up to its slug.
    """
    seal = Seal()
    number = 0

    def before_the_seal() -> Iterator[bytes]:
        nonlocal number
        yield _head(about, query)
        for row in rows:
            start = ",\n" if number else "\n"
            number += 1
            yield f"{start}{_packed(_event(row, base))}".encode()
        yield f'\n],"count":{number},\n'.encode()

    yield from seal.through(before_the_seal())
    yield f'"sha256":"{seal.sha256}"}}\n'.encode()


def _packed(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _head(about: About, query: Sequence[tuple[str, str]]) -> bytes:
    asked: dict[str, list[str]] = {}
    for key, value in query:
        asked.setdefault(key, []).append(value)
    head = {
        "record": "Seoul–Tokyo Record",
        "licence": licence(),
        "generated_from": about.address,
        "query": asked,
        "language": about.language,
        "as_of": about.as_of or None,
        "record_changed_at": moment(about.changed_at) or None,
    }
    return (_packed(head)[:-1] + ',"events":[').encode()


def _event(row: Exported, base: str) -> dict[str, Any]:
    event = row.event
    return {
        "id": event.slug,
        "public_id": str(event.public_id),
        "url": f"{base}{event.slug}/",
        "kind": event.kind.lower(),
        "status": event.status.lower(),
        "certainty": event.certainty.lower(),
        "setting": event.setting.lower() or None,
        "channel": event.channel.lower() or None,
        "visit_type": event.visit_type.lower() or None,
        "date": _date(event),
        "title": event.title,
        "summary": event.summary or None,
        "countries": event.involved,
        "host": event.host_id,
        "places": [
            {
                "city": one["own"] or one["en"] or None,
                "country": {"code": one["country"], "name": one["country_name"]},
            }
            for one in event.located
        ],
        "occasion": event.occasion_own or event.occasion or None,
        "topics": event.subjects,
        "participants": event.participants,
        "accounts": event.accounts,
        "sources": [{key: value or None for key, value in one.items()} for one in event.sources],
        "verified_by": event.independent_publishers,
        "published_at": moment(event.published_at),
        "changed_at": moment(row.revision.at),
        "revision": row.revision.number,
    }


def _date(event: Any) -> dict[str, Any]:
    return {
        "start": event.starts_on.isoformat(),
        "end": event.ends_on.isoformat() if event.ends_on else None,
        "precision": event.precision.lower(),
        "in_words": wording.date_in_words(event.precision, event.starts_on, event.ends_on),
        "clock_time": event.clock_time.isoformat("minutes") if event.clock_time else None,
        "time_zone": event.time_zone or None,
        "minutes": event.minutes,
        "approximate": event.approximate,
    }
