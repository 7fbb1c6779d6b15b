"""The message catalogues of locale/, without gettext's own tools.

`python -m diplomacy.translations` compiles them; with `--check` it lists what is wrong with them
and fails if anything is. Compiled catalogues (.mo) are not kept in git, and a machine that only has
Python has no `msgfmt`; Babel reads and writes both forms.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message, TranslationError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LOCALE = Path(__file__).resolve().parent.parent / "locale"
SOURCE_LANGUAGE = "en"


def compile_stale(locale: Path = LOCALE) -> list[Path]:
    """Write the .mo beside each .po that is newer than it; returns what was written.

    Safe to run again, and in two processes at once. Raises babel's PoFileError for a file that
    is not a catalogue.
    """
    written = []
    for source in _sources(locale):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        catalogue = _read(source)
        draft = target.with_name(f"{target.name}.{os.getpid()}")
        with draft.open("wb") as stream:
            write_mo(stream, catalogue)
        draft.replace(target)
        written.append(target)
    return written


def problems(locale: Path = LOCALE) -> Iterator[str]:
    """What a translator has to mend, one line each: text missing, fuzzy, or its placeholders off.

    The source language's own catalogue may be empty: its texts are the message ids.
    """
    for source in _sources(locale):
        name = source.relative_to(locale.parent)
        try:
            catalogue = _read(source)
        except (PoFileError, UnicodeDecodeError) as error:
            yield f"{name}: not a catalogue: {error}"
            continue
        is_source = source.parts[-3] == SOURCE_LANGUAGE
        for message in catalogue:
            if message.id:
                for wrong in _faults(message, catalogue, is_source):
                    yield f"{name}:{message.lineno}: {wrong}: {message.id!r}"


def _faults(message: Message, catalogue: Catalog, is_source: bool) -> Iterator[str]:
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    if message.fuzzy:
        yield "fuzzy"
    elif all(texts):
        try:
            for error in message.check(catalogue):
                yield str(error)
        except TranslationError as error:
            yield str(error)
    elif any(texts) or not is_source:
        yield "not translated"


def _sources(locale: Path) -> list[Path]:
    return sorted(locale.glob("*/LC_MESSAGES/*.po"))


def _read(source: Path) -> Catalog:
    with source.open("rb") as stream:
        return read_po(stream, locale=source.parts[-3], abort_invalid=True)


def main(arguments: list[str]) -> int:
    if arguments == ["--check"]:
        found = list(problems())
        print("\n".join(found) or "Translations: nothing missing.")
        return 1 if found else 0
    for path in compile_stale():
        print(f"Compiled {path.relative_to(LOCALE.parent)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
