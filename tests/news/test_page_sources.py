"""Pages that list articles, polled as feeds are."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from news.fetching import Fetched
from news.models import Article, Source
from news.polling import poll
from tests.news.build import NOW, make_leaders, make_source
from tests.news.web import Page, article_page

pytestmark = pytest.mark.django_db

INDEX = b"""<!doctype html><title>Press releases</title><h1>Press releases</h1>
<a href="/">Home</a> <a href="/release/">All</a>
<ul>
<li>2025-06-10 <a href="/release/101.html">Telephone talk of the leaders</a></li>
<li>2025-06-11 <a href="release/102.html?from=list">Visit of the minister</a></li>
<li><a href="/about.html">About us</a></li>
</ul>"""
TEXT = "The two leaders spoke by telephone for about half an hour, the office said in its account. "


@pytest.fixture
def source(web):
    make_leaders()
    web.pages["/list"] = Page(INDEX)
    for number in (101, 102):
        web.pages[f"/release/{number}.html"] = article_page("Press release", TEXT * 5)
    web.pages["/release/102.html?from=list"] = web.pages["/release/102.html"]
    return make_source(url=web.url("/list"), kind="PAGE", link_pattern=r"/release/\d+\.html")


def test_the_links_that_fit_become_articles_with_their_titles_and_days(web, source):
    row = poll(source, at=NOW)

    assert (row.outcome, row.items, row.new_articles) == ("NEW", 2, 2)
    article = Article.objects.get(url=web.url("/release/101.html"))
    assert article.title == "Telephone talk of the leaders"
    assert article.published_on.isoformat() == "2025-06-10"
    assert article.stage == "DRAFTED"
    assert not web.asked("/about.html")
    source.refresh_from_db()
    assert source.verified_at == NOW
    assert "html" in web.asked("/list")[0]["Accept"]


def test_a_page_that_has_not_changed_is_not_sent_again(web, source):
    web.pages["/list"].etag = '"1"'
    poll(source, at=NOW)

    row = poll(source, at=NOW + timedelta(hours=1))

    assert (row.outcome, row.http_status) == ("NOTHING_NEW", 304)


@pytest.mark.parametrize(
    ("pattern", "told"),
    [("/nothing-like-this/", "No link on the page fits"), ("(", "not a regular expression")],
)
def test_a_pattern_that_finds_nothing_is_told_and_verifies_nothing(source, pattern, told):
    Source.objects.filter(pk=source.pk).update(link_pattern=pattern)

    row = poll(source, at=NOW)

    assert row.outcome == "NOT_A_FEED"
    assert told in row.reason
    source.refresh_from_db()
    assert (source.verified_at, source.failures) == (None, 1)


@pytest.mark.parametrize(("status", "asked"), [(200, False), (503, False), (404, True)])
def test_a_page_is_read_only_if_its_site_lets_robots(source, status, asked):
    urls = []

    def fetch(url, **how):
        urls.append(url)
        if url.endswith("/robots.txt"):
            return Fetched(status=status, url=url, body=b"User-agent: *\nDisallow: /list")
        return Fetched(status=304, url=url)

    row = poll(source, at=NOW, fetch=fetch)

    assert (source.url in urls) is asked
    assert ("robots" in row.reason) is not asked


PAGE = {"kind": "PAGE", "link_pattern": "x"}


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "PAGE"},
        {"link_pattern": "x"},
        {"kind": "LIST"},
        {"least_minutes": 4},
        {"least_minutes": 1441},
        {"pause_seconds": 61},
        {"listed_at": "javascript:alert(1)"},
    ],
)
def test_the_database_refuses_a_source_that_cannot_be_read_so(fields):
    with pytest.raises(IntegrityError, match="source_"):
        make_source(**fields)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "PAGE"}, "link_pattern"),
        ({"kind": "FEED", "link_pattern": "x"}, "link_pattern"),
        ({**PAGE, "link_pattern": "("}, "link_pattern"),
        ({**PAGE, "link_pattern": "x{99999999999}"}, "link_pattern"),
        ({**PAGE, "link_pattern": "x" * 301}, "link_pattern"),
        ({"least_minutes": 4}, "least_minutes"),
        ({"pause_seconds": 61}, "pause_seconds"),
        ({"listed_at": "nowhere"}, "listed_at"),
    ],
)
def test_what_is_wrong_with_a_source_is_told_beside_its_field(fields, field):
    source = make_source()
    for name, value in fields.items():
        setattr(source, name, value)

    with pytest.raises(ValidationError) as refused:
        source.full_clean()

    assert set(refused.value.message_dict) == {field}
