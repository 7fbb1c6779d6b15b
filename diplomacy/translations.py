"""Compiles the message catalogues of locale/, without gettext's own tools.

`python -m diplomacy.translations`. Catalogues (.mo) are not kept in git, and a machine that only
has Python has no `msgfmt`; Babel reads and writes both forms.
"""

import os
import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Write the .mo beside each .po that is newer than it; returns what was written.

    Safe to run again, and in two processes at once. Raises babel's PoFileError for a file that
    is not a catalogue.
    """
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as stream:
            catalogue = read_po(stream, abort_invalid=True)
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        with draft.open("wb") as stream:
            write_mo(stream, catalogue)
        draft.replace(target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_stale():
        print(path.relative_to(LOCALE.parent), file=sys.stderr)
