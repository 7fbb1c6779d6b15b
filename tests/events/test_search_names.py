"""People are found under every form of their names, and nobody else with them."""

import unicodedata

import pytest

from events import search
from events.models import Event
from events.search import matching
from events.tokens import has_name
from tests.events.build import make_event, make_person

pytestmark = pytest.mark.django_db


def slugs(query):
    search.refresh()
    return set(matching(Event.objects.all(), query).values_list("slug", flat=True))


@pytest.fixture
def ishiba():
    aliases = [("en", "Ishiba"), ("en", "Shigeru Ishiba"), ("ko", "이시바"), ("ja", "石破")]
    names = {"name_en": "Ishiba Shigeru", "name_ko": "이시바 시게루", "name_ja": "石破茂"}
    return make_person("ishiba-shigeru", "JP", aliases=aliases, **names)


@pytest.fixture
def parks():
    make_person(
        "park-chung-hee", name_en="Park Chung-hee", name_ko="박정희", aliases=[("en", "Park")]
    )
    make_person(
        "park-geun-hye", name_en="Park Geun-hye", name_ko="박근혜", aliases=[("en", "Park")]
    )


@pytest.mark.parametrize(
    "query",
    [
        "石破",
        "石破茂",
        "石破 茂",
        "石破・茂",
        "이시바",
        "이시바 시게루",
        "이시바시게루",
        "시게루 이시바",
        unicodedata.normalize("NFD", "이시바"),
        "Ishiba",
        "ISHIBA",
        "ｉｓｈｉｂａ",
        "Ishiba Shigeru",
        "shigeru ishiba",
        '"Shigeru Ishiba"',
        "“Ishiba Shigeru”",
        "Ishiba, Shigeru",
    ],
)
def test_each_form_of_a_name_finds_the_same_events(ishiba, query):
    expected = {
        make_event(people=[ishiba]).slug,
        make_event(summary_en="A letter to Ishiba was delivered.").slug,
        make_event(summary_ko="이시바에게 보낸 서한.").slug,
        make_event(summary_ja="新石破内閣が発足した。").slug,
    }
    make_event(summary_en="Ishibashi", summary_ko="나이시바", summary_ja="石が破れた")

    assert slugs(query) == expected


def test_a_name_is_found_among_other_words(ishiba):
    there = make_event(people=[ishiba], summary_en="Talks in Seoul.")
    make_event(people=[ishiba])
    make_event(summary_en="Talks in Seoul.")

    for query in ("Shigeru Ishiba Seoul", "Seoul 石破 茂", 'talks "이시바 시게루" seoul'):
        assert slugs(query) == {there.slug}, query


def test_a_family_name_of_several_finds_all_of_them_and_a_full_name_one(parks):
    old = make_event(people=["park-chung-hee"]).slug
    new = make_event(people=["park-geun-hye"]).slug
    letter = make_event(summary_en="A letter to Park.").slug
    make_event(summary_en="Parking was discussed.")
    korean = make_event(summary_ko="박근혜 전 대통령").slug

    assert slugs("Park") == slugs("park") == {old, new, letter, korean}
    assert slugs("박근혜") == slugs("Park Geun-hye") == {new, korean}
    assert slugs("Park Chung-hee") == {old}


def test_a_family_name_is_a_form_too():
    own = {"name_en": "Takaichi Sanae", "name_ko": "다카이치 사나에", "name_ja": "高市早苗"}
    make_person("takaichi-sanae", "JP", family_name_en="Takaichi", **own)
    letter = make_event(summary_ja="高市早苗首相への書簡")

    assert slugs("Takaichi") == {letter.slug}


@pytest.mark.parametrize(
    ("longer", "shorter", "has"),
    [
        ("Shigeru Ishiba", "ISHIBA", True),
        ("Park Geun-hye", "Geun Hye", True),
        ("石破茂", "石破", True),
        ("이시바 시게루", "이시바", True),
        ("Ishiba", "Ishiba", False),
        ("Kanno", "Kan", False),
        ("Joanna", "Ann", False),
        ("イシバ", "シバ", False),
        ("石破", "石破茂", False),
    ],
)
def test_a_longer_name_that_has_a_shorter_one_need_not_be_looked_for(longer, shorter, has):
    assert has_name(longer, shorter) is has


def test_a_form_of_one_character_stands_for_nobody():
    person = make_person("mori-yoshiro", "JP", name_ja="森喜朗", aliases=[("ja", "森")])
    meeting = make_event(people=[person]).slug
    forest = make_event(summary_ja="森林の保護").slug

    assert slugs("森") == {meeting, forest}
    assert slugs("森喜朗") == {meeting}


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("스가", "평화 프로세스가 진전됐다"),
        ("フォード", "スタンフォード大学で"),
        ("Abe", "Abeyance"),
    ],
)
def test_a_name_is_not_found_inside_another_word(form, text):
    make_person("suga-yoshihide", "JP", name_en="Suga Yoshihide", aliases=[("en", form)])
    make_event(summary_en=text)

    assert slugs("Suga Yoshihide") == slugs(form) == set()


def test_a_query_costs_one_query_for_the_names_and_one_for_the_events(
    ishiba, django_assert_num_queries
):
    make_event(people=[ishiba])
    search.refresh()

    for query in ("石破", "石破 茂 Seoul 会談", "a b c d e f g h i j k l m n o p"):
        with django_assert_num_queries(2):
            list(matching(Event.objects.all(), query))
