"""What a query finds, and what it does not, in texts of three languages."""

import unicodedata

import pytest
from django.db import connection

from events import search
from events.models import Event, Phrase
from events.search import matching
from tests.events.build import make_event, make_person, make_topic

pytestmark = pytest.mark.django_db

KOREAN = "양국 정상은 관세를 논의했다."
JAPANESE = "両首脳は関税についての協議を続けることで一致した。"


def finds(query, text):
    """Whether the query finds an event with that text as its summary."""
    make_event(summary_en=text)
    search.refresh()
    return matching(Event.objects.all(), query).exists()


def slugs(query):
    search.refresh()
    return set(matching(Event.objects.all(), query).values_list("slug", flat=True))


# --- Letters ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("관세", KOREAN),
        ("정상", KOREAN),
        ("양국 논의", KOREAN),
        ("했다", KOREAN),
        ("関税", JAPANESE),
        ("についての", JAPANESE),
        ("首脳 一致", JAPANESE),
        ("税", JAPANESE),
        ("세", "관세"),
        ("export", "Controls on exports"),
        ("controls export", "Export controls"),
        ("EXPORT CONTROLS", "export controls"),
        ("협력", "AI협력"),
        ("AI", "AI협력"),
        ("협력", "한일협력TF"),
        ("人々", "多くの人々が"),
        ("サミット", "サミットで"),
        ("サーバー", "サーバーの"),
        ("𠮷野", "外務省の𠮷野氏"),
    ],
)
def test_words_are_found_wherever_they_stand(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("관세", "이관 세금"),
        ("관세", "이관. 세금"),
        ("세관", "관세"),
        ("税関", "関税"),
        ("関税", "関係と税"),
        ("首脳会議", "首脳会談と国際会議"),
        ("竹島", "竹の島"),
        ("port", "exports"),
        ("under", "UN"),
        ("UN", "under"),
        ("con", "controls"),
        ("exporting", "export"),
        ("협력 관세", "협력"),
        ('"협력 관세"', "관세 협력"),
        ('"export controls"', "controls on exports"),
        ("“controls export”", "Export controls"),
        ("「会談首脳」", "首脳会談"),
        ("「日韓 会談」", "日韓首脳会談"),
        ('"controls export"', "They eased controls. Export rose."),
    ],
)
def test_nothing_is_found_that_is_not_there(query, text):
    assert not finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("export", "ｅｘｐｏｒｔ"),
        ("Ｇ７", "the G7 summit"),
        ("カタカナ", "ｶﾀｶﾅ"),
        ("ガイド", "ｶﾞｲﾄﾞ"),
        ("ガイド", unicodedata.normalize("NFD", "ガイド")),
        ("관세", unicodedata.normalize("NFD", KOREAN)),
        (unicodedata.normalize("NFD", "관세"), KOREAN),
        ("李", "\uf9e1"),
        ("한화", "㈜한화"),
        ("주", "㈜한화"),
        ("平成", "㍻元年"),
        ("辻元", "辻\U000e0100元"),
        ("관세", "관\u200b세"),
        ("cooperation", "co\u00adoperation"),
        ("Tokyo", "Tōkyō"),
        ("Tōkyō", "Tokyo"),
        ("Tōkyō", unicodedata.normalize("NFD", "Tōkyō")),
        ("Hà Nội", "ha noi"),
        ("STRASSE", "Straße"),
    ],
)
def test_a_character_is_found_in_each_of_its_forms(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("6월22일", "6월 22일에"),
        ('"6월 22일"', "6월22일"),
        ("6월", "6월22일"),
        ("22일", "6월 22일에"),
        ("2015년", "2015년 12월"),
        ("12月28日", "2015年12月28日、ソウルで"),
        ("G7정상회의", "G7 정상회의에서"),
        ("G7", "G7정상회의"),
        ("3·1절", "제106주년 3ㆍ1절 기념사"),
        ("3ㆍ1절", "3·1절"),
        ("3.1절", "3·1절"),
        ("COVID-19", "the Covid-19 pandemic"),
        ("covid", "COVID-19"),
        ("2+2", "2+2 회의"),
        ("300", "300 million"),
        ("ASEAN+3", "ASEAN+3首脳会議"),
        ("한일", "한·일 정상"),
        ("한·일", "한일 정상"),
        ("한미일", "한·미·일 3국"),
        ("한ㆍ일관계", "한일관계"),
        ("日韓", "日・韓関係"),
        ("日米韓", "日・米・韓"),
        ("ドナルド・トランプ", "ドナルド・トランプ大統領"),
        ("トランプ", "ドナルド・トランプ大統領"),
    ],
)
def test_numbers_and_dotted_words_are_found(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("6월", "16월"),
        ("2일", "22일"),
        ("6월22일", "6월 초와 22일"),
        ("3·1절", "3월 1일"),
        ("COVID-19", "Covid and 19 others"),
        ("제안", "경제·안보"),
        ("독도다", "독도·다케시마"),
        ("한일", "불한·일"),
        ("2015", "15"),
    ],
)
def test_numbers_and_dotted_words_are_not_confused(query, text):
    assert not finds(query, text)


# --- Korean is written with a space or without ---------------------------------------------------


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("한일정상회담", "한일정상회담을 열었다"),
        ("한일정상회담", "한일 정상회담을 열었다"),
        ("한일정상회담", "한일 정상 회담을 열었다"),
        ("한일정상회담", "한일정상 회담을 열었다"),
        ("한일정상회담", "한·일 정상회담"),
        ("정상회담", "정상 회담"),
        ("정상 회담", "정상회담"),
        ('"정상 회담"', "정상회담"),
        ("수출규제", "수출 규제를"),
        ("수출규제", "수출\u3000규제를"),
        ("회담", "한일정상회담을"),
    ],
)
def test_korean_is_found_with_and_without_its_spaces(query, text):
    assert finds(query, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("정상회담", "두 정상. 회담은"),
        ("정상회담", "정상, 회담"),
        ("정상회담", "정상(회담)"),
        ("정상회담", "정상\n회담"),
        ("정상회담", "정상 및 회담"),
        ("정상회담", "정 상회담"),
        ("정상회담", "정상회 담"),
        ("위안부", "위안 부"),
        ("위안부", "위 안부"),
        ("독도", "독 도"),
        ("首脳会談", "首脳 会談"),
        ("日韓関係", "日韓　関係"),
        ('"정상 회담"', "정상 양자회담"),
        ('"정상·회담"', "정상의 회담"),
    ],
)
def test_only_a_space_between_whole_words_is_passed_over(query, text):
    assert not finds(query, text)


# --- Strange queries and texts -------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        '"',
        '""',
        '" "',
        "!!!",
        "・",
        "—",
        "\0",
        "\ud800",
        "\u200b",
        "\u3164",
        "' '",
        "&|!:*",
    ],
)
def test_a_query_without_letters_finds_nothing(query):
    make_event(summary_en="Nothing & nobody.")
    search.refresh()

    assert not matching(Event.objects.all(), query).exists()


@pytest.mark.parametrize(
    "query",
    [
        "export & controls",
        "export:* | controls",
        "!export controls",
        "export <-> controls",
        "(export controls)",
        "'export' controls\\",
        '"export controls',
        "“export controls”",
        "「export controls」",
        "export\0controls",
        "export \ud800 controls",
        "%export% _controls_",
        "export controls " + "export " * 500,
        "exp\u00adort\t\ncontrols",
    ],
)
def test_nothing_in_a_query_is_an_operator(query):
    assert finds(query, "Export controls")
    assert not matching(Event.objects.all(), query.replace("controls", "tariffs")).exists()


@pytest.mark.parametrize(
    "query",
    ["가" * 5000, "a" * 5000, "가 " * 2500, "a " * 2500, '"' * 5000, "가a" * 2500, "ﷺ" * 5000],
)
def test_an_enormous_query_is_answered(query):
    make_event(summary_en="Export controls")
    search.refresh()

    assert not matching(Event.objects.all(), query).exists()


def test_a_word_of_three_thousand_letters_is_kept_and_found():
    long = "a" * 3000

    assert finds("a" * 100, f"before {long} after")
    assert slugs("before") == slugs("after")
    assert not slugs("a" * 10 + "b")


@pytest.mark.parametrize(
    "text",
    [
        " ".join(f"{'가나다라'}{number}" for number in range(30_000)),
        " ".join(f"{number:x<60}" for number in range(30_000)),
        "".join(chr(0x4E00 + number * 7919 % 20_000) for number in range(60_000)),
        "가" * 60_000,
        "а́" * 60_000,
    ],
    ids=["mixed", "long words", "Han", "one letter", "one word"],
)
def test_a_huge_text_is_indexed_and_hides_no_name(text):
    """What a tsvector cannot hold is left out; the document is made all the same."""
    event = make_event(summary_ko=text, people=[make_person("ishiba-shigeru", name_ko="이시바")])

    assert search.refresh() == 1
    assert slugs("이시바") == {event.slug}


def test_an_event_without_any_words_can_be_indexed():
    event = make_event(title_en="—", title_ko="", title_ja="…")

    assert search.refresh() == 1
    assert Event.objects.get(search_document__isnull=False) == event


def test_no_phrase_reaches_from_one_text_into_the_next():
    make_event(title_en="Export", summary_en="controls", title_ko="정상", title_ja="회담")

    assert slugs("export controls")
    assert not slugs('"export controls"')
    assert not slugs("정상회담")


# --- What an event is found by -------------------------------------------------------------------


def test_an_event_is_found_by_everything_that_is_said_of_it():
    topic = make_topic("trade", name_en="Trade", name_ko="통상", name_ja="通商")
    person = make_person("ishiba-shigeru", "JP", name_en="Ishiba", name_ko="이시바", name_ja="石破")
    Phrase.objects.create(text_en="Tokyo", text_ko="도쿄", text_ja="東京")
    Phrase.objects.create(text_en="G20 summit", text_ko="G20 정상회의", text_ja="G20サミット")
    event = make_event(
        title_en="Title",
        title_ko="제목",
        title_ja="題名",
        summary_en="Summary",
        summary_ko="요약",
        summary_ja="要約",
        topics=[topic],
        people=[person],
        places=[("Tokyo", "JP")],
        occasion="G20 summit",
    )
    make_event()

    words = "Title 제목 題名 Summary 요약 要約 Trade 통상 通商 Ishiba 이시바 石破 Tokyo 도쿄 東京"
    for word in f"{words} Japan 일본 日本 G20 정상회의 サミット".split():
        assert slugs(word) == {event.slug}, word


def test_all_words_may_stand_in_different_languages():
    event = make_event(summary_en="Tariffs", summary_ko="수출 규제", summary_ja="首脳会談")

    assert slugs("tariffs 수출 首脳会談") == {event.slug}
    assert slugs("tariffs 수출 外相会談") == set()


def test_the_events_given_are_only_narrowed():
    seen, draft = make_event(summary_en="Tariffs"), make_event(summary_en="T", published=False)
    Event.objects.filter(pk=draft.pk).update(summary_en="Tariffs")
    search.refresh()

    assert list(matching(Event.objects.visible(), "tariffs")) == [seen]
    assert matching(Event.objects.all(), "tariffs").count() == 2


def test_the_index_serves_the_search():
    make_event(summary_ko=KOREAN)
    search.refresh()
    found = matching(Event.objects.all(), "관세 정상회담").values("pk")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "search_document_words" in found.explain()
