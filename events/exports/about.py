"""What each file says of itself. Pure but for the active language."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256

from events.citing import LICENCE, LICENCE_ADDRESS

# Sent as one piece, so that compressing pays and no row costs a write of its own.
BLOCK = 64 * 1024


@dataclass(frozen=True, slots=True)
class About:
    """Where a file comes from and which state of the record it has; addresses are whole."""

    address: str
    page: str
    """The page that shows the same."""
    language: str
    day: date | None
    """The day asked for; None for the record as it was when it was read."""
    changed_at: datetime | None
    """When the record had last changed; None for an empty one."""

    @property
    def as_of(self) -> str:
        return self.day.isoformat() if self.day else ""


def moment(at: datetime | None) -> str:
    """A moment as files write it, in UTC; empty for none."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else ""


def licence() -> dict[str, str]:
    return {"name": LICENCE, "url": LICENCE_ADDRESS}


def in_blocks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in larger pieces."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= BLOCK:
            yield bytes(block)
            block.clear()
    if block:
        yield bytes(block)


class Seal:
    """Hashes what passes through, so that the end of a stream can tell of all before it."""

    def __init__(self) -> None:
        self._hash = sha256()

    def through(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        for piece in pieces:
            self._hash.update(piece)
            yield piece

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()
