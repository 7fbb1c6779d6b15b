"""Servers whose ETag and Last-Modified are missing, wrong or lies: no item is lost by them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from news.fetching import fetch
from news.models import Article, Source
from news.polling import poll
from tests.news.build import NOW, make_source
from tests.news.faults import FaultServer, Script
from tests.news.faulty.scripts import OK, SITE, item, rss

pytestmark = pytest.mark.django_db

NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"
TITLES = [f"News {number}" for number in range(5)]
HOUR = timedelta(hours=1)

VALIDATORS = {
    "none": b"",
    "an ETag": b'ETag: "1"\r\n',
    "a weak ETag": b'ETag: W/"1"\r\n',
    "an ETag without quotes": b"ETag: 1, 2; x\r\n",
    "an empty ETag": b"ETag:\r\n",
    "an ETag of 10 KB": b'ETag: "' + b"x" * 10_000 + b'"\r\n',
    "an ETag of Latin-1": b'ETag: "\xe9"\r\n',
    "an ETag of UTF-8": 'ETag: "한"\r\n'.encode(),
    "an ETag with a zero": b'ETag: "\0"\r\n',
    "an ETag over lines": b'ETag: "1\r\n  2"\r\n',
    "an ETag for everything": b"ETag: *\r\n",
    "two ETags": b'ETag: "1"\r\nETag: "2"\r\n',
    "a time": b"Last-Modified: Mon, 01 Jun 2026 00:00:00 GMT\r\n",
    "a time ahead": b"Last-Modified: Fri, 01 Jan 2055 00:00:00 GMT\r\n",
    "the end of time": b"Last-Modified: Fri, 31 Dec 9999 23:59:59 GMT\r\n",
    "the epoch": b"Last-Modified: Thu, 01 Jan 1970 00:00:00 GMT\r\n",
    "no time": b"Last-Modified: yesterday, \xb2\r\n",
    "a time of 10 KB": b"Last-Modified: " + b"1" * 10_000 + b"\r\n",
    "both": b'ETag: "1"\r\nLast-Modified: Mon, 01 Jun 2026 00:00:00 GMT\r\n',
}


def offered(count: int, validators: bytes = b"") -> bytes:
    items = [item(f"/{number}", TITLES[number]) for number in range(count)]
    return OK + validators + b"\r\n" + rss(*items).encode()


def is_conditional(server: FaultServer) -> bool:
    return b"\nIf-" in server.heads[-1]


def polled(source: Source, hours: float) -> str:
    row = poll(source, at=NOW + hours * HOUR, fetch=lambda url, **how: (
        fetch(url, **{**how, "now": NOW})
    ))  # fmt: skip
    assert row is not None
    source.refresh_from_db()
    return row.outcome


def titles() -> list[str]:
    stored = Article.objects.filter(url__startswith=SITE)
    return list(stored.order_by("id").values_list("title", flat=True))


@pytest.fixture
def source(server: FaultServer) -> Source:
    # Pages are asked for too; this is not about them.
    server.scripts["/robots.txt"] = lambda: [b"HTTP/1.1 200 OK\r\n\r\nUser-agent: *\nDisallow: /"]
    return make_source(url=server.url("/feed"))


@pytest.fixture(autouse=True)
def no_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("news.polling.read_articles", lambda *args, **how: 0)


@pytest.mark.parametrize("name", VALIDATORS)
def test_new_items_under_an_old_validator_are_stored_and_it_is_not_trusted_again(
    server: FaultServer, source: Source, name: str
):
    told = VALIDATORS[name]
    server.scripts["/feed"] = lambda: [offered(1, told)]
    assert polled(source, 0) == "NEW"
    server.scripts["/feed"] = lambda: [offered(2, told)]
    assert polled(source, 1) == "NEW"
    # From here on whoever sends one is told that nothing has changed.
    server.scripts["/feed"] = lambda: [NOT_MODIFIED if is_conditional(server) else offered(3, told)]

    assert polled(source, 2) == "NEW"
    assert titles() == TITLES[:3]


@pytest.mark.parametrize("name", ["a time ahead", "the end of time"])
def test_a_time_ahead_is_never_sent_back(server: FaultServer, source: Source, name: str):
    server.scripts["/feed"] = lambda: [offered(1, VALIDATORS[name])]

    polled(source, 0)
    polled(source, 1)

    assert not is_conditional(server)


def test_what_is_true_is_sent_back(server: FaultServer, source: Source):
    server.scripts["/feed"] = lambda: [offered(1, VALIDATORS["both"])]
    polled(source, 0)
    server.scripts["/feed"] = lambda: [NOT_MODIFIED]

    assert polled(source, 1) == "NOTHING_NEW"
    assert b'If-None-Match: "1"' in server.heads[-1]
    assert b"If-Modified-Since: Mon, 01 Jun 2026 00:00:00 GMT" in server.heads[-1]


def test_validators_that_change_each_time_cost_nothing_but_their_bytes(
    server: FaultServer, source: Source
):
    for number in range(1, 5):
        told = f'ETag: "{number % 2}"\r\n'.encode()
        server.scripts["/feed"] = lambda number=number, told=told: [offered(number, told)]
        assert polled(source, number) == "NEW"

    assert titles() == TITLES[:4]


def test_a_server_that_says_for_ever_that_nothing_has_changed_is_asked_for_all_once_a_day(
    server: FaultServer, source: Source
):
    told = VALIDATORS["both"]

    def script() -> Script:
        return [NOT_MODIFIED if is_conditional(server) else offered(3, told)]

    server.scripts["/feed"] = lambda: [offered(1, told)]
    polled(source, 0)
    server.scripts["/feed"] = script

    assert [polled(source, hour) for hour in (1, 12, 23, 25)] == [*["NOTHING_NEW"] * 3, "NEW"]
    assert titles() == TITLES[:3]


@pytest.mark.parametrize(
    "cut", [b"</channel></rss>", b"<title>News 1</title>", b"1</link></item></channel>"]
)
def test_half_a_feed_is_not_taken_for_all_that_its_validator_stands_for(
    server: FaultServer, source: Source, cut: bytes
):
    told = VALIDATORS["both"]
    server.scripts["/feed"] = lambda: [offered(2, told).partition(cut)[0]]
    polled(source, 0)
    server.scripts["/feed"] = lambda: [NOT_MODIFIED if is_conditional(server) else offered(2, told)]

    polled(source, 1)

    assert titles() == TITLES[:2]
    polled(source, 2)
    assert is_conditional(server)


def test_nobody_asked_for_a_304(server: FaultServer, source: Source):
    server.scripts["/feed"] = lambda: [NOT_MODIFIED]
    assert polled(source, 0) == "ERROR_STATUS"

    server.scripts["/feed"] = lambda: [offered(1)]
    assert polled(source, 2) == "NEW"
