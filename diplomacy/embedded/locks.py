"""Lock files that say who holds them. The kernel frees a lock when its holder dies."""

import fcntl
import os
from pathlib import Path
from typing import IO

from diplomacy.embedded.errors import EmbeddedError


def take(file: Path, note: str = "") -> IO[str] | None:
    """Lock `file` and write this pid and `note` into it; None when another process holds it.

    The lock lasts until the returned file is closed. Raises EmbeddedError when the file cannot be
    opened.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise EmbeddedError(
            f"{file} cannot be opened: {error.strerror}. Was it made by another user?"
        ) from error
    stream = os.fdopen(descriptor, "r+")
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        stream.close()
        return None
    stream.truncate(0)
    stream.write(f"{os.getpid()} {note}".strip() + "\n")
    stream.flush()
    return stream


def holder(file: Path) -> str:
    """What the last holder of the lock wrote: its pid, and its note."""
    try:
        return file.read_text().strip()
    except OSError:
        return ""
