"""Secrets that a clone makes for itself and keeps under var/."""

import os
import secrets
from pathlib import Path

from diplomacy.embedded.errors import EmbeddedError
from diplomacy.embedded.places import project_places


def local_secret_key() -> str:
    """The SECRET_KEY of this clone, made on first use; for loopback, never for a public site.

    Raises EmbeddedError when it can be neither read nor made.
    """
    return kept_secret(project_places().data / "secret-key", length=50)


def kept_secret(file: Path, length: int) -> str:
    """The secret kept in `file` (0600), made of `length` random bytes when there is none.

    Two processes that make it at once agree on one. Raises EmbeddedError when `file` can be
    neither read nor written.
    """
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as stream:
                stream.write(secrets.token_urlsafe(length) + "\n")
            try:
                os.link(draft, file)
            except FileExistsError:
                pass
            finally:
                draft.unlink()
        return file.read_text().strip()
    except OSError as error:
        raise EmbeddedError(
            f"{file} cannot be used ({error.strerror}). Run as the user who owns it, or set "
            "SECRET_KEY, DATABASE_URL and REDIS_URL."
        ) from error
