"""The backup file: written whole or not at all, and read only if it is whole."""

import hashlib
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from diplomacy.backups.errors import BackupError
from diplomacy.backups.manifest import Manifest

DUMP, MANIFEST = "record.dump", "manifest.json"
PIECE = 1 << 20


def refuse_unwritable(file: Path) -> None:
    """Raises BackupError when a backup cannot be put at `file`."""
    folder = file.parent
    if not folder.is_dir():
        raise BackupError(f"The folder {folder} does not exist.")
    if file.is_dir():
        raise BackupError(f"{file} is a folder; name a file in it.")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BackupError(f"The folder {folder} cannot be written.")


@contextmanager
def written_whole(file: Path) -> Iterator[Path]:
    """A private path beside `file` to write to; it takes the name `file` if the body succeeds.

    A backup that stands at `file` is replaced only then. Raises BackupError when the disk refuses.
    """
    draft = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        yield draft
        _sync(draft)
        draft.replace(file)
        _sync(file.parent)
    except OSError as error:
        raise BackupError(f"{file} could not be written: {error.strerror}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write(path: Path, dump: IO[bytes], describe: Callable[[int, str], Manifest]) -> Manifest:
    """Store all of `dump` and then what `describe(bytes, sha256)` says of it."""
    digest, size = hashlib.sha256(), 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        with archive.open(DUMP, "w", force_zip64=True) as member:
            while piece := dump.read(PIECE):
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        manifest = describe(size, digest.hexdigest())
        archive.writestr(MANIFEST, manifest.to_json())
    return manifest


@contextmanager
def opened(file: Path) -> Iterator[tuple[Manifest, zipfile.ZipFile]]:
    """The manifest and the archive, of which every byte of the dump has been checked.

    Raises BackupError for a file that is missing, no backup, cut short or altered.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = Manifest.from_json(archive.read(MANIFEST))
            _refuse_altered(archive, manifest)
            yield manifest, archive
    except OSError as error:
        raise BackupError(f"{file} cannot be read: {error.strerror or error}.") from error
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
        raise BackupError(
            f"{file} is not a backup, or it is damaged or cut short ({error}). "
            "Nothing has been changed."
        ) from error


def _refuse_altered(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    digest, size = hashlib.sha256(), 0
    with archive.open(DUMP) as member:
        while piece := member.read(PIECE):
            digest.update(piece)
            size += len(piece)
    if (size, digest.hexdigest()) != (manifest.dump_bytes, manifest.dump_sha256):
        raise BackupError(
            "The backup is damaged: its dump is not the one its manifest describes. "
            "Nothing has been changed."
        )
