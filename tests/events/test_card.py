"""The picture of an event: what is in it, and how its title is broken into lines."""

from io import BytesIO

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from events.card import HEIGHT, WIDTH, Card
from events.card_drawing import _JAPANESE as JAPANESE
from events.card_drawing import _KOREAN as KOREAN
from events.card_drawing import _SERIF as SERIF
from events.card_drawing import draw_card
from events.typesetting import cut, fit

TITLES = {
    "en": "First Ishiba–Lee call",
    "ko": "이재명-이시바 첫 통화",
    "ja": "石破・李在明 初の電話会談",
}
COLOURS = {
    "KR": (0x1D, 0x5C, 0x96),
    "JP": (0xB2, 0x3A, 0x2B),
    "US": (0x7A, 0x5B, 0x00),
    "CN": (0x6B, 0x4C, 0x9A),
    "RU": (0x5C, 0x64, 0x70),
}
LONG = {
    "en": "Foreign ministers of twelve countries meet on the margins of a conference " * 3,
    "ko": "한일 외교장관, 다자 회의를 계기로 만나 여러 현안을 폭넓게 논의하고 협력을 확인 " * 4,
    "ja": "日韓外相、多国間会議の機会に会談し、諸懸案を幅広く協議して協力を確認「継続的に」" * 4,
}


def card(language="en", **said):
    values = {
        "record": "Record",
        "kind": "Call",
        "date": "9 June 2025",
        "title": TITLES[language],
        "title_en": TITLES["en"],
        "countries": (("KR", "Korea"), ("JP", "Japan")),
        **said,
    }
    return Card(language=language, **values)


def picture(drawn):
    return Image.open(BytesIO(drawn))


def set_in(language, text, **choices):
    face = {"en": SERIF, "ko": KOREAN, "ja": JAPANESE}[language]
    values = {"width": 1056, "sizes": range(96, 31, -2), "most_lines": lambda size: 4, **choices}
    return face, fit(text, face, japanese=language == "ja", **values)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("titles", [TITLES, LONG])
def test_a_card_is_a_png_of_the_size_that_sites_ask_for(language, titles):
    image = picture(draw_card(card(language, title=titles[language])))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT)) == ("PNG", (1200, 630))


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("titles", [TITLES, LONG])
def test_nothing_is_written_in_the_margins(language, titles):
    many = tuple((code, f"A country with a long name {code}") for code in COLOURS)
    said = {"date": "some day within 30 December 2025 – 2 January 2026 " * 3, "countries": many}
    image = picture(draw_card(card(language, title=titles[language], **said)))
    for box in ((0, 12, 64, HEIGHT), (1136, 12, WIDTH, HEIGHT), (0, 600, WIDTH, HEIGHT)):
        assert len(image.crop(box).getcolors()) == 1


def test_each_country_has_its_colour_and_no_other_colour_is_there():
    for code, colour in COLOURS.items():
        found = picture(draw_card(card(countries=((code, "Name"),)))).getcolors(1 << 20)
        seen = {colour for _count, colour in found}
        assert colour in seen
        assert not seen & (set(COLOURS.values()) - {colour})


def test_an_act_that_names_no_country_is_drawn_too():
    assert draw_card(card(countries=()))


def test_equal_cards_are_equal_pictures_and_another_is_known_by_its_fingerprint():
    assert draw_card(card()) == draw_card(card())
    assert card().fingerprint == card().fingerprint
    others = [card("ko"), card(status="Cancelled"), card(countries=()), card(date="10 June 2025")]
    assert len({card().fingerprint, *(other.fingerprint for other in others)}) == 5


@pytest.mark.parametrize("title", ["\U00031350会談", "หารือ", "통화 \u0007"])
def test_a_title_with_a_letter_that_no_font_has_is_drawn_in_english(title):
    assert draw_card(card("ja", title=title)) == draw_card(card("ja", title=TITLES["en"]))
    assert draw_card(card("ja", title=title)) != draw_card(card("ja"))


def test_a_card_is_drawn_even_if_no_font_has_the_letters_of_the_english_title():
    assert draw_card(card("en", title="หารือ", title_en="หารือ"))
    assert draw_card(card("en", title=" ", title_en=" "))


def test_letters_are_kerned():
    apart = SERIF.width("T") + SERIF.width("o")
    assert SERIF.width("To") == pytest.approx(apart - 0.058)


def test_a_title_is_set_as_large_as_its_lines_fit():
    _face, short = set_in("en", "Kan statement")
    _face, long = set_in("en", LONG["en"][:150])
    assert short.size == 96
    assert len(short.lines) == 1
    assert long.size < 96
    assert len(long.lines) == 4


def test_lines_of_one_title_are_about_as_long_as_each_other():
    face, setting = set_in("en", "Nakasone in Seoul: first official visit by a prime minister")
    widths = [face.width(line) for line in setting.lines]
    assert len(widths) > 1
    assert min(widths) > 0.75 * max(widths)


def test_what_is_left_out_is_told_by_an_ellipsis_after_a_whole_word():
    _face, setting = set_in("en", "extraordinary consultations " * 20, sizes=[80])
    assert len(setting.lines) == 4
    assert setting.lines[-1] in ("consultations…", "extraordinary…")
    assert cut("short", SERIF, 10) == "short"
    assert cut("x" * 100, SERIF, 10).endswith("x…")


def test_japanese_lines_end_where_a_phrase_ends():
    _face, setting = set_in("ja", "岸田首相の春季靖国真榊奉納と韓国の遺憾表明", sizes=[80])
    assert setting.lines == ("岸田首相の", "春季靖国真榊奉納と", "韓国の遺憾表明")
    _face, setting = set_in("ja", "韓国大法院がトランスナショナルの2025年12月", sizes=[80])
    assert setting.lines == ("韓国大法院が", "トランスナショナルの", "2025年12月")


NO_START, NO_END = tuple("、。」）ーっ々"), tuple("「（")
LETTERS = ["会", "談", "日", "の", "は", "カ", "2025", "A"]
# Each mark stands beside the letter that it may not leave.
WITH_MARKS = ["会、", "談。", "韓」", "議）", "（日", "「会", "カー", "きっ", "人々"]


@given(st.lists(st.sampled_from(LETTERS + WITH_MARKS), min_size=1, max_size=160))
@example(["会"] * 10 + ["会、"] + ["会"] * 10)
@example(["カー"] * 60)
@example(["会"] * 7 + ["「会"] + ["談"] * 15)
def test_no_japanese_line_begins_or_ends_with_what_none_may(parts):
    text = "".join(parts)
    face, setting = set_in("ja", text)
    assert len(setting.lines) <= 4
    assert "".join(setting.lines) == text or setting.lines[-1].endswith("…")
    for line in setting.lines:
        assert face.width(line) * setting.size <= 1056.001
        assert not line.startswith(NO_START)
        assert not line.endswith(NO_END)


@given(
    st.sampled_from(["en", "ko"]),
    st.lists(st.text("aI가힣W–", min_size=1, max_size=60), min_size=1),
)
def test_words_stay_whole_where_a_line_has_room_for_them(language, words):
    text = " ".join(words)[:160].strip()
    face, setting = set_in(language, text)
    assert len(setting.lines) <= 4
    assert all(face.width(line) * setting.size <= 1056.001 for line in setting.lines)
    if "…" not in setting.lines[-1] and all(face.width(w) * setting.size <= 528 for w in words):
        assert " ".join(setting.lines).split() == text.split()
