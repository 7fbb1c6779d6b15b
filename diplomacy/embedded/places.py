"""Where the embedded servers keep their data and listen, and who may use those folders."""

import functools
import hashlib
import os
import pwd
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from diplomacy.embedded.errors import EmbeddedError

PROJECT = Path(__file__).resolve().parent.parent.parent
NOBODY = 65534


@dataclass(frozen=True)
class Places:
    """The folders of one pair of servers: what they store, and the sockets they listen on."""

    data: Path
    sockets: Path

    @property
    def postgres(self) -> Path:
        return self.data / "postgres"

    @property
    def valkey(self) -> Path:
        return self.data / "valkey"

    @property
    def logs(self) -> Path:
        return self.data / "log"

    @property
    def lock(self) -> Path:
        """Locked for as long as a keeper runs; holds its pid."""
        return self.data / "servers.lock"

    @property
    def door(self) -> Path:
        """The socket on which the keeper is asked for the servers."""
        return self.sockets / "keeper"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey"

    def prepare(self) -> None:
        """Make the folders, private to this user. Safe to run again.

        Raises EmbeddedError when one of them belongs to somebody else or cannot be made.
        """
        self.prepare_data()
        self._prepare_sockets()

    def prepare_data(self) -> None:
        """As `prepare`, but for the folder of the sockets."""
        for folder in (self.data, self.postgres, self.valkey, self.logs, self.lock):
            _refuse_foreign(folder)
        try:
            for folder in (self.valkey, self.logs):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise EmbeddedError(
                f"{self.data} cannot be written ({error.strerror}). Run as the user who owns the "
                "project's folder, or set DATABASE_URL and REDIS_URL to servers of your own."
            ) from error

    def _prepare_sockets(self) -> None:
        """The folder lies in a place where anybody writes: it must be ours, and no link."""
        try:
            self.sockets.mkdir(mode=0o700)
        except FileExistsError:
            pass
        except OSError as error:
            raise EmbeddedError(f"{self.sockets} cannot be made: {error.strerror}.") from error
        found = self.sockets.lstat()
        if not stat.S_ISDIR(found.st_mode) or not _is_ours(found.st_uid):
            raise EmbeddedError(
                f"{self.sockets} is not a folder of {_account(os.geteuid())} but of "
                f"{_account(found.st_uid)}. Its owner has run this project here; run it as that "
                "user, or have the folder removed."
            )
        if stat.S_IMODE(found.st_mode) & 0o077:
            self.sockets.chmod(0o700)


@functools.cache
def project_places() -> Places:
    """The servers of this clone: data under its var/, sockets in a folder named by its path."""
    digest = hashlib.sha256(os.fsencode(PROJECT)).hexdigest()[:16]
    return Places(data=PROJECT / "var", sockets=_temporary_folder() / f"record-{digest}")


def _temporary_folder() -> Path:
    """/tmp where there is one.

    TMPDIR differs between shells, whose processes must meet; and it may be long, while the path
    of a unix socket ends at 107 bytes.
    """
    shared = Path("/tmp")  # noqa: S108
    return shared if os.access(shared, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


def _refuse_foreign(path: Path) -> None:
    try:
        owner = path.stat().st_uid
    except FileNotFoundError:
        return
    except OSError as error:
        raise EmbeddedError(f"{path} cannot be read: {error.strerror}.") from error
    me = os.geteuid()
    if not _is_ours(owner):
        raise EmbeddedError(
            f"{path} belongs to {_account(owner)}, and this is {_account(me)}: the embedded "
            f"servers were set up by another user. Run as {_account(owner)}, remove {path.name} "
            "(and with it its data), or set DATABASE_URL and REDIS_URL to servers of your own."
        )


def _is_ours(owner: int) -> bool:
    """As root, PostgreSQL's folders may have been handed to an account without privileges."""
    me = os.geteuid()
    return owner == me or (me == 0 and owner == NOBODY)


def _account(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"
