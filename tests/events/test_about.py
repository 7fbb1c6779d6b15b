"""How the record describes itself, and pages that must stand when nothing else does."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from tests.events.build import make_event

LANGUAGES = [code for code, _name in settings.LANGUAGES]
ABOUT = "/en/about/"


def read(client, address: str = ABOUT) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_says_how_much_the_record_holds_and_from_when_to_when(client, db):
    make_event(starts_on=date(1965, 6, 22))
    make_event(starts_on=date(2026, 5, 19))
    make_event(starts_on=date(1960, 1, 1), precision="YEAR")
    make_event(starts_on=date(2027, 1, 1), status="SCHEDULED")
    make_event(starts_on=date(1950, 1, 1), published=False)

    page = read(client)

    assert "The record holds 4 events;" in page
    assert "from 22 June 1965 to 19 May 2026" in page


def test_an_empty_record_claims_no_coverage(client, db):
    assert "The record holds" not in read(client)


def test_it_costs_one_query(client, db, django_assert_num_queries):
    make_event()
    with django_assert_num_queries(1):
        client.get(ABOUT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_part_is_reached_from_the_top(client, db, language):
    page = read(client, f"/{language}/about/")
    parts = re.findall(r'<h2 id="([a-z]+)">', page)

    assert re.findall(r'<a href="#([a-z]+)">', page) == parts
    assert {"events", "coverage", "names", "corrections", "accessibility", "licences"} <= set(parts)


def test_the_licence_is_that_of_the_file(client, db):
    licence = (Path(settings.BASE_DIR) / "LICENSE-DATA.md").read_text(encoding="utf-8")
    page = read(client)

    assert "https://creativecommons.org/licenses/by/4.0/" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in licence
    assert "with the address of the page and the day on which you read it" in words(page)


def test_names_of_other_scripts_are_marked_as_such(client, db):
    page = read(client)

    assert '<span lang="ko">독도</span>' in page
    assert '<span lang="ja">竹島</span>' in page


def test_it_invents_no_contact_address(client, db):
    assert "mailto:" not in read(client)


@pytest.mark.parametrize("template", ["429.html", "500.html"])
def test_pages_for_bad_moments_speak_three_languages_and_need_nothing(
    template, django_assert_num_queries, db
):
    with django_assert_num_queries(0):
        page = render_to_string(template)

    assert page.count("<h1>") == 1
    for language in LANGUAGES:
        assert f'lang="{language}"' in page
    assert "<script" not in page
    assert "style=" not in page
