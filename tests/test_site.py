"""Every address of the site, as urlpatterns names them: each answers, each is well-formed."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation

from diplomacy import sitemaps
from events.urls import urlpatterns as public_patterns
from following.urls import urlpatterns as following_patterns
from tests.events.build import make_anniversary, make_event, make_person, make_term
from tests.following.followers import make_subscriber, make_subscription

LANGUAGES = [code for code, _ in settings.LANGUAGES]
SLUGS = {"event": "2025-06-09-call", "leader": "lee-jae-myung", "anniversary": "liberation-day"}
SLUGS |= {"calendar_month": "2025/06", "topic": "security"}
SLUGS |= dict.fromkeys(("report", "card", "ics", "bib", "csl"), SLUGS["event"])
SLUGS |= {f"report_{name}": SLUGS[name] for name in ("leader", "anniversary", "topic")}
# Addresses without a language that a browser may be sent to.
PLAIN = ["/accounts/login/", "/api/v1/docs"]
NAMES = [pattern.name for pattern in public_patterns if isinstance(pattern, URLPattern)]
# The pages on which readers write: their form needs Django's token, and no search engine.
WRITTEN = {"report", "report_leader", "report_anniversary", "report_topic"}
# What an event's page offers to take away is no page.
FILES = {"card", "ics", "bib", "csl"}
# Leads to the page of this month.
LEADS = {"calendar"}
PAGES = [name for name in NAMES if name not in FILES | LEADS]
READ = [name for name in PAGES if name not in WRITTEN]
# Pages for who follows by mail: the form, and those behind a key, which set no cookie.
FOLLOWING = [pattern.name for pattern in following_patterns]
KEYED = {"confirm", "manage"}
KEY = "a-key-of-the-tests"
# Blocks of data, which no browser runs.
DATA = {"application/json", "application/ld+json"}


class Headings(HTMLParser):
    """Counts <h1>, and collects what a strict policy would block."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.h1, self.blocked = 0, []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.h1 += tag == "h1"
        given = dict(attributes)
        self.blocked += [name for name in given if name == "style" or name.startswith("on")]
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") not in DATA
        ):
            self.blocked.append(tag)
        if tag in {"script", "img", "iframe"} and (given.get("src") or "").startswith("http"):
            self.blocked.append(given["src"])


@pytest.fixture
def record(db):
    """A record in which every public page has something to show."""
    person = make_person(SLUGS["leader"])
    make_term(person)
    make_event(slug=SLUGS["event"], people=[person], topics=["security"])
    make_anniversary(SLUGS["anniversary"])
    make_subscription(make_subscriber(key=KEY), "topic=security")
    make_subscription(make_subscriber(), "topic=security", key=KEY, confirmed_at=None)


def address(name: str, language: str = "en") -> str:
    pattern = next(pattern for pattern in public_patterns if pattern.name == name)
    arguments = dict.fromkeys(pattern.pattern.converters, SLUGS.get(name))
    with translation.override(language):
        return reverse(f"events:{name}", kwargs=arguments)


def refuse_weak_headers(response):
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in response["Permissions-Policy"]
    assert response["Referrer-Policy"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_each_public_page_answers_in_each_language(client, record, name, language):
    page = address(name, language)

    response = client.get(page)

    assert response.status_code == 200, page
    assert response["Content-Language"] == language
    assert f'<html lang="{language}"' in response.text
    found = Headings(response.text)
    assert found.h1 == 1
    assert found.blocked == []
    refuse_weak_headers(response)
    cookies = {"csrftoken"} if name in WRITTEN else set()
    assert set(response.cookies) == cookies, "a reader gets no cookie"


def address_of_following(name: str, language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"following:{name}", kwargs={"key": KEY} if name in KEYED else {})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FOLLOWING)
def test_each_page_of_following_answers_in_each_language(client, record, name, language):
    garbage = "?from=2025-13&after=%00%ff&country=%F0%9F%98%80&q=%27%22%3Cscript%3E&done=%00&x[]=1"
    for query in ("", garbage):
        response = client.get(address_of_following(name, language) + query)

        assert response.status_code == 200
        assert response["Content-Language"] == language
        assert f'<html lang="{language}"' in response.text
        found = Headings(response.text)
        assert found.h1 == 1
        assert found.blocked == []
        refuse_weak_headers(response)
        assert set(response.cookies) == ({"csrftoken"} if name == "follow" else set())
        assert '<meta name="robots" content="noindex">' in response.text


def test_no_page_of_following_is_in_the_sitemap(client, record):
    assert "/follow/" not in sitemap(client)


@pytest.mark.parametrize("name", [*READ, *sorted(FILES)])
def test_each_public_page_is_only_read(client, record, name):
    assert client.post(address(name)).status_code in {403, 405}


@pytest.mark.parametrize("name", PAGES)
def test_each_public_page_takes_any_query_string(client, record, name):
    garbage = "?from=2025-13&after=%00%ff&country=%F0%9F%98%80&q=%27%22%3Cscript%3E&page=-1&x[]=1"

    response = client.get(address(name) + garbage)

    assert response.status_code == 200
    assert "<script>" not in response.text.lower().replace("<script src", "")


@pytest.mark.parametrize("name", sorted(FILES))
def test_each_file_of_an_event_takes_any_query_string(client, record, name):
    assert client.get(f"{address(name)}?from=2025-13&after=%00%ff&x[]=1").status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "page", [*PLAIN, "/en/events/no-such-event/", "/nothing-here", "/follow/out/no-such-key/"]
)
def test_other_pages_are_as_strict(client, page):
    response = client.get(page)

    assert response.status_code in {200, 404}
    found = Headings(response.text)
    assert found.h1 == 1
    assert found.blocked == []
    refuse_weak_headers(response)


@pytest.fixture
def administrator(db) -> Client:
    client = Client()
    user = get_user_model().objects.create_superuser("root", password="a long passphrase")
    client.force_login(user)
    return client


def admin_addresses() -> list[str]:
    admin.autodiscover()
    own = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
        for model, options in admin.site._registry.items()
        for page in ("changelist", "add")
        if page == "changelist"
        or type(options).__module__.split(".")[0] in {"events", "following", "news"}
    ]
    return ["/admin/", "/admin/password_change/", *own]


def test_each_page_of_the_admin_is_strict(administrator):
    for page in admin_addresses():
        response = administrator.get(page)

        assert response.status_code in {200, 403}, page
        refuse_weak_headers(response)
        found = Headings(response.text)
        assert found.blocked == [], page


@pytest.mark.django_db
def test_nobody_reads_the_admin_without_signing_in(client):
    for page in admin_addresses():
        response = client.get(page)

        assert response.status_code == 302, page
        assert response["Location"].startswith("/admin/login/"), page
    assert client.get("/admin/login/")["Location"].startswith("/accounts/login/")


@pytest.mark.django_db
def test_sign_up_is_closed(client):
    assert client.post("/accounts/signup/", {"username": "x"}).status_code in {200, 403, 404}
    assert not get_user_model().objects.exists()


def test_the_sitemap_names_each_page_in_each_language(client, record):
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    named = {entry.text for entry in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")}

    for name in READ:
        for language in LANGUAGES:
            assert f"http://testserver{address(name, language)}" in named
    alternates = tree.findall(".//{http://www.w3.org/1999/xhtml}link")
    assert {link.get("hreflang") for link in alternates} == set(LANGUAGES)


def test_the_sitemap_leads_only_to_pages_that_are_there(client, record):
    for location in re.findall(r"<loc>http://testserver([^<]+)</loc>", sitemap(client)):
        assert client.get(location).status_code == 200, location


@pytest.mark.django_db
def test_the_sitemap_keeps_what_readers_may_not_see(client, editor):
    make_event(slug="a-draft", published=False)
    make_event(
        slug="a-withdrawn-one",
        withdrawn_at=datetime(2026, 6, 1, tzinfo=UTC),
        withdrawn_by=editor,
        withdrawn_reason="recorded twice",
    )

    assert "a-draft" not in sitemap(client)
    assert "a-withdrawn-one" not in sitemap(client)


def test_a_sitemap_too_long_for_one_file_is_an_index_of_several(client, record, monkeypatch):
    make_event(slug="2025-06-10-call")
    monkeypatch.setattr(sitemaps.InThreeLanguages, "limit", 2)

    parts = re.findall(r"<loc>http://testserver([^<]+)</loc>", sitemap(client))
    pages = [page for part in parts for page in re.findall("<loc>", client.get(part).text)]

    assert "/sitemap-events.xml?p=3" in parts
    assert len(pages) == len(LANGUAGES) * (10 + 2 + 1 + 1 + 1 + 1)


def sitemap(client) -> str:
    return client.get("/sitemap.xml").text


@pytest.mark.parametrize("count", [1, 12])
def test_the_sitemap_costs_the_same_for_few_and_many(
    client, db, django_assert_max_num_queries, count
):
    for _ in range(count):
        make_event()
    with django_assert_max_num_queries(14):
        client.get("/sitemap.xml")


def test_robots_are_kept_from_the_work_and_shown_the_sitemap(client):
    response = client.get("/robots.txt")

    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /review/" in response.text
    assert "Sitemap: http://testserver/sitemap.xml" in response.text


def test_a_browser_that_asks_for_an_icon_gets_one(client):
    response = client.get("/favicon.ico")

    assert response["Content-Type"] == "image/x-icon"
    assert response.content.startswith(b"\x00\x00\x01\x00")


def test_every_public_address_is_walked_here():
    """A page of a further app under a language would be missed above."""
    (with_language,) = [
        entry
        for entry in get_resolver().url_patterns
        if hasattr(entry.pattern, "prefix_default_language")
    ]

    assert [entry.app_name for entry in with_language.url_patterns] == ["events", "following"]
