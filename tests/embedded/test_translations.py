import gettext
import os
from pathlib import Path

import pytest
from babel.messages.pofile import PoFileError

from diplomacy.translations import compile_stale, problems

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def catalogue(locale: Path, language: str, text: str) -> Path:
    folder = locale / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "django.po"
    file.write_text(HEAD + text)
    return file


def test_a_newer_catalogue_is_compiled_once(tmp_path):
    source = catalogue(tmp_path, "ko", 'msgid "Timeline"\nmsgstr "연표"\n')
    (target,) = compile_stale(tmp_path)
    assert compile_stale(tmp_path) == []
    os.utime(target, (0, 0))
    assert compile_stale(tmp_path) == [source.with_suffix(".mo")]
    with target.open("rb") as stream:
        assert gettext.GNUTranslations(stream).gettext("Timeline") == "연표"


def test_what_is_no_catalogue_is_refused(tmp_path):
    catalogue(tmp_path, "ko", "msgid Timeline")
    with pytest.raises(PoFileError):
        compile_stale(tmp_path)
    assert [line.split(": ")[1] for line in problems(tmp_path)] == ["not a catalogue"]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('msgid "Calls"\nmsgstr ""\n', "not translated"),
        ('#, fuzzy\nmsgid "Calls"\nmsgstr "통화"\n', "fuzzy"),
        ('#, python-format\nmsgid "%(n)s calls"\nmsgstr "통화 %(m)s건"\n', "placeholder"),
        ('#, python-format\nmsgid "%(n)s calls"\nmsgstr "통화 %(n)s건"\n', ""),
    ],
)
def test_a_translator_is_told_what_to_mend(tmp_path, entry, said):
    catalogue(tmp_path, "ko", entry)
    found = list(problems(tmp_path))
    assert len(found) == bool(said)
    assert all(said in line and "ko/LC_MESSAGES/django.po:" in line for line in found)


def test_english_needs_no_translation(tmp_path):
    catalogue(tmp_path, "en", 'msgid "Calls"\nmsgstr ""\n')
    assert list(problems(tmp_path)) == []
