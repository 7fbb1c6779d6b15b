"""What the picture says that links to an event show elsewhere; drawn by `events.card_drawing`."""

import hashlib
import json
from dataclasses import asdict, dataclass

WIDTH, HEIGHT = 1200, 630

# Raise it when the drawing changes: the pictures that caches hold are then out of date.
_DESIGN = 1


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture says, in `language`; countries as pairs of code and name, in their order."""

    language: str
    record: str
    kind: str
    date: str
    title: str
    title_en: str
    countries: tuple[tuple[str, str], ...] = ()
    status: str = ""

    @property
    def fingerprint(self) -> str:
        """Equal for pictures that are equal."""
        said = json.dumps([_DESIGN, asdict(self)])
        return hashlib.sha256(said.encode()).hexdigest()[:32]
