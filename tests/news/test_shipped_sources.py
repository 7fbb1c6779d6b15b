"""The list of sources that comes with the site."""

import re
import tomllib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from news.models import Source
from news.source_lists import SHIPPED
from tests.events.build import make_country

pytestmark = pytest.mark.django_db
LISTED = tomllib.loads(SHIPPED.read_text(encoding="utf-8"))["source"]
BY_NAME = {told["name"]: told for told in LISTED}


@pytest.fixture
def countries():
    for code in ("KR", "JP"):
        make_country(code)


def load():
    out = StringIO()
    call_command("load_sources", stdout=out)
    return out.getvalue()


def test_the_shipped_sources_wait_disabled_and_unverified(countries):
    assert f"{len(LISTED)} sources added, disabled; 0 were there." in load()

    assert Source.objects.count() == len(LISTED) >= 15
    assert not Source.objects.exclude(is_enabled=False, verified_at=None).exists()
    assert not Source.objects.filter(listed_at="").exists()
    for country in ("KR", "JP"):
        assert {"OFFICIAL", "PRESS", "WIRE"} <= set(
            Source.objects.filter(country=country).values_list("source_class", flat=True)
        )


def test_loading_again_changes_nothing_that_an_operator_has_changed(countries):
    load()
    Source.objects.filter(name="nhk-ja").update(
        is_enabled=True, url="https://example.org/moved.xml", outlet="N.H.K."
    )
    Source.objects.filter(name="asahi-ja").update(name="asahi-politics")

    assert f"0 sources added, disabled; {len(LISTED)} were there." in load()

    nhk = Source.objects.get(name="nhk-ja")
    assert (nhk.is_enabled, nhk.url) == (True, "https://example.org/moved.xml")
    assert not Source.objects.filter(name="asahi-ja").exists()


def test_what_is_new_in_the_list_is_added(countries):
    load()
    Source.objects.filter(name="yonhap-en").delete()

    assert "added yonhap-en\n1 sources added" in load()


def test_without_the_record_nothing_is_added():
    with pytest.raises(CommandError, match="load_record"):
        load()

    assert not Source.objects.exists()


# Addresses as the record and public files cite them, in other numbers.
@pytest.mark.parametrize(
    ("name", "path", "fits"),
    [
        ("mofa-jp-ja", "/mofaj/press/release/pressit_000001_04200.html", True),
        ("mofa-jp-ja", "/mofaj/press/release/press4_003100.html", True),
        ("mofa-jp-ja", "/mofaj/a_o/na/kr/page1_001900.html", True),
        ("mofa-jp-ja", "/mofaj/a_o/na1/page4_002000.html", True),
        ("mofa-jp-ja", "/mofaj/a_o/na/kr/pageit_000001_01000.html", True),
        ("mofa-jp-ja", "/mofaj/pageit_000001_00100.html", True),
        ("mofa-jp-ja", "/mofaj/press/release/index.html", False),
        ("mofa-jp-ja", "/mofaj/press/release/8_10_index.html", False),
        ("mofa-jp-ja", "/mofaj/files/100900000.pdf", False),
        ("mofa-jp-ja", "/a_o/na/kr/page4e_001200.html", False),
        ("mofa-kr-ko", "/www/brd/m_4080/view.do?seq=376300", True),
        ("mofa-kr-ko", "/www/brd/m_4080/view.do?page=1&pitem=10&seq=376300", True),
        ("mofa-kr-ko", "/www/brd/m_4080/list.do?page=2", False),
        ("mofa-kr-ko", "/www/brd/m_4080/view.do?subseq=7", False),
        ("mofa-kr-ko", "/eng/brd/m_5676/view.do?seq=322800", False),
        ("president-kr-ko", "/briefings/aB3dE5gH", True),
        ("president-kr-ko", "/newsroom/briefing/aB3dE5gH", True),
        ("president-kr-ko", "/newsroom/briefing/", False),
        ("president-kr-ko", "/speeches/aB3dE5gH", False),
    ],
)
def test_a_pattern_tells_articles_from_what_else_a_site_links_to(name, path, fits):
    told = BY_NAME[name]
    site = re.match("https://[^/]+", told["url"])[0]

    assert bool(re.search(told["link_pattern"], site + path)) is fits


def test_a_pattern_fits_no_address_of_another_site():
    patterns = [told["link_pattern"] for told in LISTED if told.get("kind") == "PAGE"]

    assert len(patterns) == 3
    for pattern in patterns:
        assert not re.search(pattern, "https://example.org/?https://www.mofa.go.kr/view.do?seq=1")
        assert pattern.startswith("^https")
