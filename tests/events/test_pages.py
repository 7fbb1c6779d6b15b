"""What all pages share: languages, landmarks, errors, words for dates."""

import re
from datetime import UTC, date, datetime, time

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.views.csrf import csrf_failure
from hypothesis import given
from hypothesis import strategies as st

from events import wording
from events.periods import civil_day, parse_period
from tests.events.build import make_anniversary, make_event, make_person, make_term

PAGES = ["", "timeline/", "leaders/", "anniversaries/"]


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("", "en"),
        ("ko", "ko"),
        ("ja-JP,ja;q=0.9,en;q=0.8", "ja"),
        ("de-DE,fr;q=0.9", "en"),
        ("en;q=0.4,ja;q=0.5,ko;q=0.9", "ko"),
        ("fr,ko-KR;q=0.3", "ko"),
        ("*", "en"),
        ("ko;q=banana,\x00", "en"),
        ("x" * 4000, "en"),
    ],
)
def test_the_root_leads_to_the_readers_language(client, accepts, language):
    response = client.get("/", headers={"Accept-Language": accepts})
    assert response.status_code == 302
    assert response["Location"] == f"/{language}/"
    assert {"Accept-Language", "Cookie"} <= set(response["Vary"].split(", "))


def test_a_language_chosen_before_wins_over_the_browsers(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ja"
    assert client.get("/", headers={"Accept-Language": "ko"})["Location"] == "/ja/"


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_sound_with_an_empty_record(client, language, page):
    response = client.get(f"/{language}/{page}")
    html = response.content.decode()
    assert response.status_code == 200
    assert html.count("<h1") == 1
    assert html.count("<main") == 1
    assert html.lstrip().startswith("<!doctype html>")
    assert f'<html lang="{language}">' in html


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", [*PAGES, "events/one/", "leaders/lee/", "anniversaries/day/", "no/"]
)
def test_markup_is_free_of_what_the_policy_refuses(client, page):
    person = make_person("lee")
    make_term(person)
    make_event(slug="one", people=[person])
    make_anniversary("day")
    html = client.get(f"/en/{page}").content.decode()
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", html)
    assert not re.search(r"<script(?![^>]*(\ssrc=|application/ld\+json))", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'(?:for|aria-labelledby|aria-describedby)="([^"]+)"', html):
        assert set(target.split()) <= set(ids)
    levels = [int(level) for level in re.findall(r"<h([1-6])", html)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in zip(levels, levels[1:], strict=False))


@pytest.mark.django_db
def test_the_switcher_keeps_page_and_query(client):
    page = client.get("/en/timeline/?country=US&from=2025").content.decode()
    assert '<a href="/ja/timeline/?country=US&amp;from=2025" hreflang="ja"' in page
    assert 'hreflang="x-default" href="http://testserver/en/timeline/?country=US' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/en/nothing/", "There is no page at this address"),
        ("/nothing/", "There is no page at this address"),
        ("/ko/events/..%2f/", "이 주소에는 페이지가 없습니다"),
        ("/en//x//", "There is no page at this address"),
    ],
)
def test_a_wrong_address_says_so_on_a_page_with_the_menu(client, address, words):
    response = client.get(address)
    assert response.status_code == 404
    page = response.content.decode()
    assert words in page
    assert "/timeline/" in page
    assert 'hreflang="ko"' in page


def test_the_page_of_a_failure_needs_no_request():
    assert "Something failed on our side" in render_to_string("500.html")


@pytest.mark.django_db
def test_the_page_of_a_refusal_can_be_shown(rf):
    assert "not open to you" in render_to_string("403.html", request=rf.get("/en/"))


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_on_a_page_of_ours(rf):
    assert "This form had grown too old" in csrf_failure(rf.post("/en/")).content.decode()


@pytest.mark.parametrize(
    ("language", "day", "month", "window"),
    [
        ("en", "Monday, 9 June 2025", "June 2025", "some day within 9–11 Jun 2025"),
        ("ko", "2025년 6월 9일 (월)", "2025년 6월", None),
        ("ja", "2025年6月9日(月)", "2025年6月", None),
    ],
)
def test_dates_are_written_as_each_language_does(language, day, month, window):
    june = date(2025, 6, 9)
    with translation.override(language):
        assert wording.date_in_words("DAY", june) == day
        assert wording.date_in_words("MONTH", date(2025, 6, 1)) == month
        if window:
            assert wording.date_in_words("WINDOW", june, date(2025, 6, 11)) == window


def test_days_of_a_list_entry_reach_over_the_end_of_a_month():
    with translation.override("en"):
        across = wording.day_of_the_month(date(2025, 9, 30), date(2025, 10, 1))
        assert across.replace("\u2009", " ") == "30 Sept – 1 Oct"
        assert wording.day_of_the_month(date(2025, 9, 9), date(2025, 9, 10)) == "9–10"
        assert wording.weekday_short(date(2025, 9, 9), date(2025, 9, 10)) == "Tue–Wed"


@pytest.mark.parametrize(
    ("years", "words"),
    [
        (0, ""),
        (1, "1st anniversary"),
        (2, "2nd anniversary"),
        (3, "3rd anniversary"),
        (11, "11th anniversary"),
        (60, "60th anniversary"),
        (101, "101st anniversary"),
        (112, "112th anniversary"),
        (122, "122nd anniversary"),
    ],
)
def test_english_ordinals(years, words):
    with translation.override("en"):
        assert wording.anniversary_ordinal(years) == words


def test_a_clock_time_names_its_zone_and_an_unknown_zone_stays_as_it_is():
    with translation.override("en"):
        assert wording.clock_in_words(time(12, 5), "Asia/Tokyo") == "12:05 (Japan Time)"
        assert wording.clock_in_words(time(12, 5), "Nowhere/Else") == "12:05 (Nowhere/Else)"


def test_an_unknown_language_keeps_its_code():
    with translation.override("en"):
        assert wording.language_name("ko") == "Korean"
        assert wording.language_name("zz-broken-tag") == "zz-broken-tag"


@given(st.text(max_size=12))
def test_a_period_is_read_or_refused_with_one_error(text):
    try:
        period = parse_period(text)
    except ValueError:
        return
    assert period.first <= period.last
    assert period.first.isoformat().startswith(text)


@given(st.dates())
def test_every_day_month_and_year_is_a_period(day):
    assert parse_period(day.isoformat()).first == day
    for length in (4, 7):
        period = parse_period(day.isoformat()[:length])
        assert period.first <= day <= period.last


def test_the_civil_day_is_that_of_the_zone():
    moment = datetime(2025, 12, 31, 15, 0, tzinfo=UTC)
    assert civil_day(moment, "Asia/Seoul") == date(2026, 1, 1)
    with pytest.raises(ValueError, match="aware"):
        civil_day(moment.replace(tzinfo=None), "Asia/Seoul")
