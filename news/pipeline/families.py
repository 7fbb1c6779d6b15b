"""What kinds of telling may be of one event."""

from __future__ import annotations

from news.pipeline.actors import PAIR
from news.pipeline.mentions import Mention
from news.pipeline.telling import Telling

_FAMILIES = {
    "call": "call",
    "summit": "meeting",
    "visit": "meeting",
    "meeting": "meeting",
    "trilateral_summit": "three",
    "ministerial": "ministerial",
    "agreement": "policy",
    "dispute": "policy",
    "statement": "policy",
    "anniversary": "anniversary",
}


def family_of(mention: Mention) -> str:
    """What kinds of telling may be of one event. Ministers of three make a family of their own."""
    family = _FAMILIES[mention.kind]
    if mention.kind in ("meeting", "visit") and mention.level == "minister":
        family = "ministerial"
    has_third = bool(mention.countries - PAIR) and not mention.is_inherited
    if family == "ministerial" and (has_third or mention.is_three):
        return "three_ministers"
    return family


def is_taken_back(mention: Mention, telling: Telling) -> bool:
    """Whether the headline or the first sentence denies what is told of later without a day."""
    opening = [m for m in telling.mentions if m.spoken.sentence.rank == 0]
    same = [
        m for m in (*telling.headline, *opening) if family_of(m) == family_of(mention) and m.people
    ]
    return any(m.reason in ("denied", "hypothetical") for m in same) and not any(
        not m.reason and m.weight > 1 for m in same
    )
