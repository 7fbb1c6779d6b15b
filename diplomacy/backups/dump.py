"""Reading a stored dump as the SQL it stands for."""

import re
import subprocess
import tempfile
import threading
import zipfile
from collections.abc import Iterator

from diplomacy.backups.archive import DUMP, PIECE
from diplomacy.backups.database import Programs
from diplomacy.backups.errors import BackupError

COPY = re.compile(rb"COPY (.+?) \(.*\) FROM stdin;\n")


def script(archive: zipfile.ZipFile, programs: Programs, *options: str) -> Iterator[bytes]:
    """The dump as lines of a psql script. Raises BackupError at the end if it was not readable."""
    with tempfile.TemporaryFile() as words:
        child = subprocess.Popen(
            [programs["pg_restore"], "--no-owner", "--no-privileges", "--file=-", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=words,
        )
        feeder = threading.Thread(target=_feed, args=(archive, child))
        feeder.start()
        try:
            assert child.stdout is not None
            yield from child.stdout
        finally:
            if child.stdout is not None:
                child.stdout.close()
            code = child.wait()
            feeder.join()
        if code != 0:
            words.seek(0)
            raise BackupError(f"pg_restore could not read the dump: {_text(words.read())}")


def _feed(archive: zipfile.ZipFile, child: subprocess.Popen[bytes]) -> None:
    assert child.stdin is not None
    try:
        with child.stdin as pipe, archive.open(DUMP) as member:
            while piece := member.read(PIECE):
                pipe.write(piece)
    except (OSError, ValueError, zipfile.BadZipFile):
        pass  # pg_restore ended or misses its end, and says so


def rows_in(archive: zipfile.ZipFile, programs: Programs) -> dict[str, int]:
    """Rows that the dump holds, by `schema.table`. Raises BackupError if it is not readable."""
    rows: dict[str, int] = {}
    table = ""
    for line in script(archive, programs, "--data-only"):
        if table:
            if line == b"\\.\n":
                table = ""
            else:
                rows[table] += 1
        elif begun := COPY.match(line):
            table = begun[1].decode().replace('"', "")
            rows[table] = 0
    return rows


def _text(words: bytes) -> str:
    return words.decode(errors="replace").strip()
