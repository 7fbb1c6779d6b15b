"""Fetching over real HTTP on loopback."""

import gzip
import socket

import pytest

from news.fetching import Fetched, FetchFailed, FetchRefused, Limits, fetch
from tests.news.web import Page

QUICK = Limits(connect_seconds=1, read_seconds=0.3, total_seconds=0.5, most_bytes=20_000)


def test_an_answer_carries_its_body_and_what_a_later_request_needs(web):
    web.pages["/feed"] = Page(
        b"<rss/>",
        content_type="application/rss+xml",
        etag='"1"',
        headers={"Last-Modified": "Tue, 10 Jun 2025 00:00:00 GMT"},
    )

    answer = fetch(web.url("/feed"))

    assert answer == Fetched(
        status=200,
        url=web.url("/feed"),
        body=b"<rss/>",
        content_type="application/rss+xml",
        etag='"1"',
        last_modified="Tue, 10 Jun 2025 00:00:00 GMT",
    )
    assert "SeoulTokyoRecord" in web.asked("/feed")[0]["User-Agent"]


def test_a_page_that_has_not_changed_is_not_sent_again(web):
    web.pages["/feed"] = Page(b"<rss/>", etag='"1"')

    answer = fetch(web.url("/feed"), etag='"1"', last_modified="Tue, 10 Jun 2025 00:00:00 GMT")

    assert (answer.status, answer.body) == (304, b"")
    assert web.asked("/feed")[0]["If-Modified-Since"] == "Tue, 10 Jun 2025 00:00:00 GMT"


def test_an_error_status_is_an_answer(web):
    assert fetch(web.url("/nowhere")).status == 404


def test_a_query_string_and_characters_beyond_ascii_reach_the_server(web):
    web.pages["/news?id=%EB%8B%A4&b=2"] = Page(b"yes")

    assert fetch(web.url("/news?id=다&b=2")).body == b"yes"


def test_redirects_are_followed_to_the_page(web):
    web.pages["/old"] = Page(status=301, headers={"Location": "/new"})
    web.pages["/new"] = Page(b"here")

    answer = fetch(web.url("/old"))

    assert (answer.url, answer.body) == (web.url("/new"), b"here")


def test_a_circle_of_redirects_ends(web):
    web.pages["/a"] = Page(status=302, headers={"Location": "/a"})

    with pytest.raises(FetchFailed, match="redirects"):
        fetch(web.url("/a"))
    assert len(web.asked("/a")) == 6


def test_a_body_without_end_is_cut_off(web):
    web.pages["/huge"] = Page(pieces=(b"x" * 8192 for _ in range(10_000)))

    with pytest.raises(FetchFailed, match="larger"):
        fetch(web.url("/huge"), limits=QUICK)


def test_a_small_answer_that_unpacks_to_a_huge_one_is_cut_off(web):
    packed = gzip.compress(b"x" * 30_000_000)
    web.pages["/bomb"] = Page(packed, headers={"Content-Encoding": "gzip"})

    with pytest.raises(FetchFailed, match="larger"):
        fetch(web.url("/bomb"), limits=Limits(most_bytes=1_000_000))


def test_a_server_that_says_nothing_is_left(web):
    web.pages["/slow"] = Page(pieces=[b"late"], pause=2)

    with pytest.raises(FetchFailed, match="in time"):
        fetch(web.url("/slow"), limits=QUICK)


def test_a_server_that_drips_is_left(web):
    web.pages["/drip"] = Page(pieces=(b"." for _ in range(100)), pause=0.1)

    with pytest.raises(FetchFailed, match="in time"):
        fetch(web.url("/drip"), limits=QUICK)


@pytest.mark.parametrize(
    "url",
    [
        "feed.xml",
        "ftp://example.org/feed",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://",
        "http://example.org:port/",
        "http://name:secret@example.org/",
        "http://[::1",
    ],
)
def test_what_is_no_web_address_is_refused(url):
    with pytest.raises(FetchRefused):
        fetch(url)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "10.0.0.8",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "fd00::1",
        "fe80::1%eth0",
        "224.0.0.1",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused(address):
    with pytest.raises(FetchRefused, match="private"):
        fetch("http://news.example.org/", resolve=lambda host, port: ["93.184.215.14", address])


def test_only_loopback_is_opened_by_allowing_loopback(settings):
    settings.ALLOW_LOOPBACK_SOURCES = True

    with pytest.raises(FetchRefused):
        fetch("http://news.example.org/", resolve=lambda host, port: ["10.0.0.8"])


def test_a_redirect_into_a_private_network_is_refused(web):
    web.pages["/out"] = Page(status=302, headers={"Location": "http://169.254.169.254/meta"})

    with pytest.raises(FetchRefused, match="private"):
        fetch(web.url("/out"))


def test_the_connection_goes_to_the_address_that_was_checked(web):
    web.pages["/feed"] = Page(b"checked")
    port = web.server.server_port

    answer = fetch(f"http://news.example.org:{port}/feed", resolve=lambda h, p: ["127.0.0.1"])

    assert answer.body == b"checked"
    assert web.asked("/feed")[0]["Host"] == f"news.example.org:{port}"


def test_a_closed_port_is_told(settings):
    settings.ALLOW_LOOPBACK_SOURCES = True
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    with pytest.raises(FetchFailed, match="took no connection"):
        fetch(f"http://127.0.0.1:{port}/")
