"""Texts in the reader's language: chosen in the query, marked where they are in another."""

import re
from datetime import date

import pytest
from django.utils import translation

from events.in_reader import in_reader, phrase_in_reader, reader_language
from events.models import Event, EventPlace, Phrase
from events.wording import date_in_words, day_with_weekday
from tests.events.build import make_event, make_person, make_readout, make_term, make_topic

LANGUAGES = ("en", "ko", "ja")


@pytest.mark.parametrize(
    ("active", "language"),
    [
        ("en", "en"),
        ("ko", "ko"),
        ("ja", "ja"),
        ("en-gb", "en"),
        ("ko-kr", "ko"),
        ("fr", "en"),
        (None, "en"),
    ],
)
def test_the_reader_reads_one_of_three_languages(active, language):
    with translation.override(active):
        assert reader_language() == language


def said(**fields):
    """A title in each language, as a query in that language finds it."""
    event = make_event(**fields)
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            rows = Event.objects.filter(pk=event.pk).annotate(own=in_reader("title"))
            found[language] = rows.get().own
    return found


@pytest.mark.django_db
def test_a_text_comes_in_the_readers_language_and_in_english_where_it_is_not_written():
    written = {"title_en": "A call", "title_ko": "통화", "title_ja": "電話会談"}
    assert said(**written) == {"en": "A call", "ko": "통화", "ja": "電話会談"}
    assert said(**{**written, "title_ko": ""})["ko"] == "A call"


@pytest.mark.django_db
def test_a_phrase_comes_in_the_readers_words_and_is_empty_where_it_has_none():
    Phrase.objects.create(text_en="Seoul", text_ko="서울", text_ja="")
    make_event(places=[("Seoul", "KR"), ("Jeju", "KR")])
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            rows = EventPlace.objects.annotate(own=phrase_in_reader("city"))
            found[language] = dict(rows.values_list("city", "own"))
    assert found == {
        "en": {"Seoul": "", "Jeju": ""},
        "ko": {"Seoul": "서울", "Jeju": ""},
        "ja": {"Seoul": "", "Jeju": ""},
    }


@pytest.mark.django_db
def test_a_phrase_is_found_by_all_of_its_words_and_no_others():
    Phrase.objects.create(text_en="APEC sidelines", text_ko="APEC 계기")
    make_event(slug="one", occasion="APEC sidelines")
    make_event(slug="two", occasion="APEC")
    make_event(slug="three", occasion="apec sidelines")
    with translation.override("ko"):
        rows = Event.objects.annotate(own=phrase_in_reader("occasion"))
        assert dict(rows.values_list("slug", "own")) == {"one": "APEC 계기", "two": "", "three": ""}


# --- On the pages -------------------------------------------------------------------------------


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.django_db
def test_a_city_without_a_name_in_the_readers_language_is_marked_as_english(client):
    Phrase.objects.create(text_en="Seoul", text_ko="서울", text_ja="ソウル")
    make_event(slug="one", places=[("Seoul", "KR"), ("Jeju", "KR")])
    english, korean, japanese = (page_of(client, f"/{code}/timeline/") for code in LANGUAGES)
    assert "<span>Seoul, Jeju</span>" in english
    assert '<span>서울, <span lang="en">Jeju</span></span>' in korean
    assert '<span>ソウル, <span lang="en">Jeju</span></span>' in japanese
    assert '<span lang="en">Jeju</span>' in page_of(client, "/ko/events/one/")
    assert 'lang="en">Jeju' not in page_of(client, "/en/events/one/")


@pytest.mark.django_db
def test_what_is_shown_in_another_language_says_which(client):
    """Every text of this event is unmarked on a page of its own language and marked on others."""
    titles = {"title_en": "A call", "title_ko": "통화", "title_ja": "電話会談"}
    event = make_event(slug="one", occasion="APEC sidelines", summary_en="They spoke.", **titles)
    make_readout(
        event, "KR", issuing_body="The presidential office", points=[(None, "AGREED", "to meet")]
    )
    own = {"en": "A call", "ko": "통화", "ja": "電話会談"}
    for code in LANGUAGES:
        page = page_of(client, f"/{code}/events/one/")
        assert f"<h1>{own[code]}</h1>" in page
        for other in set(LANGUAGES) - {code}:
            assert f'<span lang="{other}">{own[other]}</span>' in page
        for words in ("APEC sidelines", "They spoke.", "The presidential office", "to meet"):
            assert (f'<span lang="en">{words}</span>' in page) == (code != "en"), (code, words)


@pytest.mark.django_db
def test_a_party_is_told_in_the_readers_words(client):
    Phrase.objects.create(text_en="Liberal Party", text_ko="자유당", text_ja="")
    make_term(make_person("someone"), party_en="Liberal Party")
    assert "<td>Liberal Party</td>" in page_of(client, "/en/leaders/someone/")
    assert "<td>자유당</td>" in page_of(client, "/ko/leaders/someone/")
    assert '<td><span lang="en">Liberal Party</span></td>' in page_of(
        client, "/ja/leaders/someone/"
    )


@pytest.mark.django_db
def test_a_topic_on_a_card_has_its_name_in_the_readers_language(client):
    make_topic("history", name_en="History", name_ko="역사", name_ja="歴史")
    make_event(topics=["history"])
    for code, name in (("en", "History"), ("ko", "역사"), ("ja", "歴史")):
        assert f"<span>{name}</span>" in page_of(client, f"/{code}/timeline/")


# --- Dates --------------------------------------------------------------------------------------

TREATY = date(1965, 6, 22)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Tuesday, 22 June 1965"),
        ("ko", "1965년 6월 22일 (화)"),
        ("ja", "1965年6月22日(火)"),
    ],
)
def test_a_day_is_written_as_each_language_does(language, words):
    with translation.override(language):
        assert day_with_weekday(TREATY) == words
        assert date_in_words("DAY", TREATY) == words


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "22 June 1965"),
        ("ko", "1965년 6월 22일 (화)"),
        ("ja", "1965年6月22日(火)"),
    ],
)
def test_the_page_of_an_event_has_its_date_in_the_readers_language(client, language, words):
    make_event(slug="treaty", kind="AGREEMENT", starts_on=TREATY)
    page = page_of(client, f"/{language}/events/treaty/")
    (dated,) = re.findall(r'<dd><time datetime="1965-06-22">([^<]+)</time>', page)
    assert words in dated
    if language == "en":
        assert not re.search(r"[가-힣ぁ-ん年月日]", dated)
