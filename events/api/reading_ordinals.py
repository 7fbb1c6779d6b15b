"""Firsts and counts of an event for the API, in all three languages."""

from django.utils.translation import override

from events.api.places import Places
from events.api.texts import LANGUAGES
from events.api.written import Written, write_reference
from events.counting import claims_about
from events.models import Event
from events.ordinals import Claim

_PARTS_OF_A_RULE = ("population", "filter", "window", "ties", "coverage")


def read_ordinals(event: Event, *, places: Places) -> list[Written]:
    """One query for each language, and one for the events that were counted."""
    told: dict[str, list[Claim]] = {}
    for language in LANGUAGES:
        with override(language):
            told[language] = claims_about(event)
    claims = list(zip(*told.values(), strict=True))
    ids = {entry.id for same in claims for entry in same[0].counted}
    ids |= {same[0].since.id for same in claims if same[0].since}
    events = Event.objects.in_bulk(ids) if ids else {}
    return [
        {
            "headline": _texts(one.headline for one in same),
            "number": same[0].number,
            "since": write_reference(events[same[0].since.id], places) if same[0].since else None,
            "months": same[0].months,
            "rule": {
                part: _texts(getattr(one.rule, part) for one in same) for part in _PARTS_OF_A_RULE
            },
            "counted": [write_reference(events[one.id], places) for one in same[0].counted],
        }
        for same in claims
    ]


def _texts(in_order: object) -> dict[str, str]:
    return dict(zip(LANGUAGES, in_order, strict=True))  # type: ignore[call-overload]
