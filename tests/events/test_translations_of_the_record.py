"""The record's own translations: complete, with the numbers of the English, and kept on loading."""

import calendar
import csv
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from django.core.management import CommandError

from events.loading.layouts import LAYOUT
from events.loading.record import SHIPPED
from events.models import Anniversary, Commitment, Event, Point, Topic
from tests.events.curated import CALL, Folder, command, load


class Text(NamedTuple):
    """An English text of the files with its translations."""

    place: str
    en: str
    ko: str
    ja: str


# File, the texts that it translates, and the columns that tell its rows apart.
TRANSLATED = (
    ("events.csv", "summary", ("id",)),
    ("points.csv", "text", ("readout_id", "n")),
    ("commitments.csv", "commitment", ("id",)),
    ("anniversaries.csv", "description", ("slug",)),
    ("topics.csv", "description", ("slug",)),
    ("phrases.csv", "text", ("text_en",)),
)
# Where short wordings stand in English that phrases.csv translates.
PHRASES = (
    ("events.csv", "city"),
    ("events.csv", "occasion"),
    ("readouts.csv", "issuing_body"),
    ("commitments.csv", "due_text"),
    ("silences.csv", "basis"),
    ("terms.csv", "party_en"),
    ("anniversaries.csv", "observed_by"),
)


def rows(file: str) -> list[dict[str, str]]:
    with (SHIPPED / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def texts() -> Iterator[Text]:
    for file, name, key in TRANSLATED:
        for row in rows(file):
            place = " ".join([file, *(row[column] for column in key)])
            yield Text(place, *(row[f"{name}_{code}"] for code in ("en", "ko", "ja")))


# --- What the files say -------------------------------------------------------------------------


def test_every_text_is_written_in_three_languages():
    found = list(texts())
    assert len(found) > 1800
    assert [text.place for text in found if not (text.en and text.ko and text.ja)] == []


def test_every_translated_column_of_the_files_is_looked_at_here():
    translated = {
        (file, column.removesuffix("_ko"))
        for file, layout in LAYOUT.items()
        for column in layout.optional
        if column.endswith("_ko")
    }
    assert translated == {(file, name) for file, name, _ in TRANSLATED if file != "phrases.csv"}


def test_every_phrase_in_use_has_its_translation():
    known = {row["text_en"] for row in rows("phrases.csv")}
    missing = {
        (file, words)
        for file, column in PHRASES
        for row in rows(file)
        # Several cities stand in one cell; no other phrase is cut at a semicolon.
        for words in (row[column].split(";") if column == "city" else [row[column]])
        if words and words not in known and not re.fullmatch(r"\d{4}(-\d\d){0,2}", words)
    }
    assert missing == set()


def test_every_translated_phrase_is_in_use():
    used = {
        words
        for file, column in PHRASES
        for row in rows(file)
        for words in (row[column].split(";") if column == "city" else [row[column]])
    }
    assert [row["text_en"] for row in rows("phrases.csv") if row["text_en"] not in used] == []


def test_each_language_is_written_in_its_own_letters():
    """Hanja stand in Korean newspapers, though not here; Japanese names in kana have Hangul."""
    for text in texts():
        assert not re.search(r"[\u3040-\u30fa\u30fc-\u30ff\u4e00-\u9fff]", text.ko), text.place
        assert not re.search(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]", text.ja), text.place
        assert not re.search(r"[\u3040-\u30ff\u3130-\u318f\u4e00-\u9fff\uac00-\ud7af]", text.en)
        for words in text[1:]:
            assert words == words.strip(), text.place
            assert "  " not in words, text.place


# --- Numbers ------------------------------------------------------------------------------------

MONTHS = tuple(calendar.month_name)
SCALES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
UNITS = {"만": 10**4, "万": 10**4, "억": 10**8, "億": 10**8, "조": 10**12, "兆": 10**12}
_IN_UNITS = re.compile(
    r"(?:\d+(?:\.\d+)?(?:[만万억億]|[조兆](?=\s*(?:\d|엔|원|달러|円|ウォン|ドル))) ?)+"
)
NUMBER = r"\d+(?:\.\d+)?"
# Numbers of the English that a translation says otherwise.
SAID_OTHERWISE = {
    # "from 70 to 13 billion": there the scale of the first stands with the second.
    ("events.csv 2012-10-09-swap-not-renewed", Decimal(70)),
}


def numbers_in_english(text: str) -> set[Decimal]:
    # Japanese newspapers say 新型コロナ.
    plain = re.sub(r"(?<=\d),(?=\d)", "", text.replace("COVID-19", "COVID"))
    found = re.findall(rf"({NUMBER})(?:[ -](million|billion|trillion))?", plain)
    return {Decimal(number) * SCALES.get(scale, 1) for number, scale in found}


def numbers_in_translation(text: str) -> set[Decimal]:
    """Numbers in figures, also those of ten thousands: 11억 7000만 is 1,170,000,000."""
    plain = re.sub(r"(?<=\d),(?=\d)", "", text)
    found = set()
    for written in _IN_UNITS.findall(plain):
        parts = re.findall(rf"({NUMBER})(.)", written)
        found.add(sum((Decimal(number) * UNITS[unit] for number, unit in parts), Decimal(0)))
    rest = _IN_UNITS.sub(" ", plain)
    return found | {Decimal(number) for number in re.findall(NUMBER, rest)}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("약 11억 7000만 원, 12명", {1_170_000_000, 12}),
        ("3億ドル", {300_000_000}),
        ("1965년 청구권협정 제3조에 따라", {1965, 3}),
        ("1兆円", {10**12}),
        ("탄약 1만 발", {10_000}),
        ("1,000회째", {1000}),
        ("3.5億ドル", {350_000_000}),
    ],
)
def test_figures_are_read_as_each_language_writes_them(text, numbers):
    assert numbers_in_translation(text) == {Decimal(number) for number in numbers}


def test_every_number_of_the_english_is_in_both_translations():
    lost = [
        (text.place, number, translated)
        for text in texts()
        for number in numbers_in_english(text.en)
        if (text.place, number) not in SAID_OTHERWISE
        for translated in (text.ko, text.ja)
        if number not in numbers_in_translation(translated)
    ]
    assert lost == []


def test_every_month_of_the_english_is_in_both_translations():
    lost = [
        (text.place, month, translated)
        for text in texts()
        # March First is the name of a day, and has one of its own in either language.
        for month in re.findall(
            rf"\b({'|'.join(MONTHS[1:])})\b", text.en.replace("March First", "")
        )
        for translated, word in ((text.ko, "월"), (text.ja, "月"))
        if not re.search(rf"(?<!\d){MONTHS.index(month)}{word}", translated)
    ]
    assert lost == []


# --- Loading them -------------------------------------------------------------------------------


def without_translations(folder: Folder) -> None:
    """A folder as it was before there were any."""
    for file, layout in LAYOUT.items():
        if layout.optional:
            kept = [
                {column: cell for column, cell in row.items() if column not in layout.optional}
                for row in folder.rows(file)
            ]
            folder.write(file, kept)


def stored() -> list[Any]:
    columns = {
        Event: "summary",
        Point: "text",
        Commitment: "text",
        Anniversary: "description",
        Topic: "description",
    }
    return [
        list(model.objects.order_by("pk").values_list(f"{name}_ko", f"{name}_ja"))
        for model, name in columns.items()
    ]


@pytest.mark.django_db
def test_files_without_translations_leave_the_stored_ones_as_they_are(loaded_record, folder):
    before = stored()
    without_translations(folder)
    assert load(folder.path) == {}
    assert stored() == before


@pytest.mark.django_db
def test_files_without_translations_load_alone(folder):
    without_translations(folder)
    load(folder.path)
    assert not any(ko or ja for rows_of in stored() for ko, ja in rows_of)
    assert load(folder.path) == {}


@pytest.mark.django_db
def test_a_changed_or_emptied_translation_is_one_change(loaded_record, folder):
    folder.change("events.csv", folder.line("events.csv", id=CALL), summary_ko="고친 요약.")
    folder.change("topics.csv", folder.line("topics.csv", slug="history"), description_ja="")
    assert load(folder.path) == {"events.csv": (0, 1, 0), "topics.csv": (0, 1, 0)}
    assert Event.objects.get(slug=CALL).summary_ko == "고친 요약."
    assert Topic.objects.get(slug="history").description_ja == ""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("file", "column", "limit"),
    [
        (file, column, reader.limit)
        for file, layout in LAYOUT.items()
        for column, reader in layout.optional.items()
    ],
)
def test_a_translation_that_is_too_long_is_refused_with_its_place(folder, file, column, limit):
    folder.change(file, 3, **{column: "가" * (limit + 1)})
    with pytest.raises(CommandError) as refusal:
        command("--dir", str(folder.path))
    assert f"{file}:3: {column}: " in str(refusal.value)
    assert f"at most {limit}" in str(refusal.value)
    assert not Event.objects.exists()
