"""The Atom feed of a list, held against RFC 4287 and the rules of the W3C validator by hand."""

import re
import xml.etree.ElementTree as ET
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.db import transaction

from events.exports import feeding
from events.history import at_time
from events.models import Event
from tests.events.build import make_event, make_person

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_OF_A_FEED = {"id", "title", "subtitle", "updated", "author", "rights", "link", "entry"}
_OF_AN_ENTRY = {"id", "title", "updated", "published", "link", "category", "content"}


def fetch(client, query=""):
    response = client.get(f"/timeline.atom{query}")
    assert response.status_code == 200
    return b"".join(response.streaming_content)


class Addresses(HTMLParser):
    """The addresses in a piece of HTML, which must close what it opens."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        assert tag in {"p", "ul", "li", "a"}
        self.open.append(tag)
        self.found += [value for name, value in attributes if name == "href"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def check(written: bytes):
    """The feed's root; AssertionError where it breaks a rule."""
    root = ET.fromstring(written)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") in ("en", "ko", "ja")
    _check_parts(root, _OF_A_FEED)
    assert root.findtext(f"{ATOM}author/{ATOM}name")
    relations = [link.get("rel") for link in root.findall(f"{ATOM}link")]
    assert relations.count("self") == relations.count("alternate") == 1
    entries = root.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in (root, *entries)]
    assert len(ids) == len(set(ids))
    moments = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert [_read(one) for one in moments] == sorted(map(_read, moments), reverse=True)
    for entry in entries:
        _check_parts(entry, _OF_AN_ENTRY)
        [link] = entry.findall(f"{ATOM}link")
        assert link.get("rel") == "alternate"
        content = entry.find(f"{ATOM}content")
        assert content.get("type") == "html"
        html = Addresses(content.text)
        assert not html.open
        for address in html.found:
            assert urlsplit(address).scheme in ("http", "https")
    return root


def _read(moment: str) -> datetime:
    return datetime.fromisoformat(moment.replace("Z", "+00:00"))


def _check_parts(parent, known) -> None:
    names = [child.tag.removeprefix(ATOM) for child in parent]
    assert set(names) <= known
    for name in ("id", "title", "updated"):
        assert names.count(name) == 1, name
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", parent.findtext(f"{ATOM}id"))
    for name in ("updated", "published"):
        value = parent.findtext(f"{ATOM}{name}")
        assert value is None or _MOMENT.fullmatch(value)
    pairs = [(c.get("rel"), c.get("type"), c.get("hreflang")) for c in parent.iter(f"{ATOM}link")]
    of_one = [pair for pair in pairs if pair[0] == "alternate"]
    assert parent.tag == f"{ATOM}feed" or len(of_one) == len(set(of_one))
    for link in parent.findall(f"{ATOM}link"):
        assert urlsplit(link.get("href")).scheme in ("http", "https")


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_feed_of_the_whole_record_keeps_the_rules_on_each_page(client, loaded_record, language):
    address, seen = f"?lang={language}", []
    while address:
        root = check(fetch(client, address))
        seen += [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        address = links.get("next", "").partition("?")[2] and "?" + links["next"].split("?")[1]
    assert len(seen) == len(set(seen)) == 591


def test_what_changed_last_comes_first_whenever_it_took_place(client):
    times = [datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=n) for n in range(4)]
    for moment, slug in zip(times, ("one", "two", "three"), strict=False):
        with transaction.atomic(), at_time(moment):
            make_event(slug=slug, title_en=slug, at=moment)
    with transaction.atomic(), at_time(times[3]):
        Event.objects.filter(slug="one").update(title_en="one, corrected")
    root = check(fetch(client))
    titles = [entry.findtext(f"{ATOM}title") for entry in root.findall(f"{ATOM}entry")]
    assert [title.partition(" (")[0] for title in titles] == ["one, corrected", "three", "two"]
    assert _read(root.findtext(f"{ATOM}updated")) == times[3]
    first = root.find(f"{ATOM}entry")
    assert _read(first.findtext(f"{ATOM}published")) == times[0]


@pytest.mark.parametrize("text", ["<b>&amp;</b> ]]>", "a\x0bb\x00"[:3], "\ufffe한국", "“Q” 'q' \""])
def test_no_text_breaks_the_document(client, text):
    make_event(title_en=text, summary_en=f"{text}</p>", topics=['a"b'])
    root = check(fetch(client))
    title = root.findtext(f"{ATOM}entry/{ATOM}title")
    assert title.startswith(re.sub("[\x0b\x00\ufffe]", "", text))


def test_it_names_itself_its_page_and_its_filters(client):
    make_event(people=[make_person("lee-jae-myung", name_en="Lee Jae-myung")])
    query = "?country=KR&kind=call&leader=lee-jae-myung&from=2025"
    root = check(fetch(client, query + "&utm_source=x"))
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["alternate"] == f"http://testserver/en/timeline/{query}"
    assert links["self"] == f"http://testserver/timeline.atom{query}"
    assert root.findtext(f"{ATOM}title") == (
        "Seoul–Tokyo Record: Country that acted: Republic of Korea; Kind: Call; "
        "Who took part: Lee Jae-myung; From: 2025"
    )


def test_feeds_of_other_lists_have_other_ids_and_the_same_list_one(client):
    make_event()
    queries = ("", "?kind=call", "?kind=call&lang=ko", "?order=oldest")
    ids = [check(fetch(client, query)).findtext(f"{ATOM}id") for query in queries]
    assert len(set(ids)) == len(ids)
    again = client.get("/timeline.atom", headers={"Host": "localhost"})
    assert ids[0].encode() in b"".join(again.streaming_content)


def test_a_long_feed_is_cut_into_pages_that_lead_to_each_other(client, monkeypatch):
    monkeypatch.setattr(feeding, "PAGE_SIZE", 2)
    for _n in range(5):
        make_event()
    root = check(fetch(client, "?page=2"))
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    start = "http://testserver/timeline.atom"
    assert links["first"] == links["previous"] == start
    assert links["next"] == links["last"] == f"{start}?page=3"
    assert links["self"] == f"{start}?page=2"
    assert len(root.findall(f"{ATOM}entry")) == 2
    assert check(fetch(client, "?page=9")).findall(f"{ATOM}entry") == []


def test_an_empty_record_has_a_feed_without_entries(client):
    root = check(fetch(client))
    assert root.findall(f"{ATOM}entry") == []
