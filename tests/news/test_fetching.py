"""Fetching over real HTTP on loopback."""

import socket
import threading
import time
from datetime import UTC, datetime

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


def test_a_host_without_an_address_is_told():
    def unknown(host, port):
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    for resolve in (unknown, lambda host, port: []):
        with pytest.raises(FetchFailed, match="was not found"):
            fetch("http://news.example.org/", resolve=resolve)


def test_a_resolver_that_says_nothing_is_left():
    over = threading.Event()
    began = time.monotonic()

    with pytest.raises(FetchFailed, match="in time"):
        fetch("http://news.example.org/", limits=QUICK, resolve=lambda h, p: over.wait(5) and [])
    assert time.monotonic() - began < 3
    over.set()


def test_the_next_address_is_dialled_when_one_takes_no_connection(web):
    web.pages["/feed"] = Page(b"there")
    port = web.server.server_port

    answer = fetch(
        f"http://news.example.org:{port}/feed", resolve=lambda h, p: ["::1", "127.0.0.1"]
    )

    assert answer.body == b"there"


def test_a_name_is_resolved_once_and_anew_for_each_hop(web):
    web.pages["/a"] = Page(status=302, headers={"Location": "/b"})
    answers = iter([["127.0.0.1"], ["169.254.169.254"]])

    with pytest.raises(FetchRefused, match="private"):
        fetch(
            f"http://news.example.org:{web.server.server_port}/a",
            resolve=lambda host, port: next(answers),
        )
    assert not web.asked("/b")


def test_a_port_of_another_service_is_refused(web):
    with pytest.raises(FetchRefused, match="Port 22"):
        fetch("http://news.example.org:22/", resolve=lambda h, p: ["93.184.215.14"])


@pytest.mark.parametrize(
    ("statuses", "has_moved"),
    [((301, 308), True), ((301, 302), False), ((307, 301), False), ((303,), False), ((), False)],
)
def test_an_address_has_moved_if_every_redirect_was_permanent(web, statuses, has_moved):
    for step, status in enumerate(statuses):
        web.pages[f"/{step}"] = Page(status=status, headers={"Location": f"/{step + 1}"})
    end = f"/{len(statuses)}"
    web.pages[end] = Page(b"here")

    answer = fetch(web.url("/0"))

    assert answer.body == b"here"
    assert answer.moved_to == (web.url(end) if has_moved else "")


def test_an_answer_says_when_to_come_again(web):
    web.pages["/busy"] = Page(
        status=503,
        headers={
            "Retry-After": "Mon, 01 Jun 2026 04:00:00 GMT",
            "Cache-Control": "max-age=60",
        },
    )

    answer = fetch(web.url("/busy"), now=datetime(2026, 6, 1, 3, 0, tzinfo=UTC))

    assert (answer.status, answer.retry_after, answer.fresh_for) == (503, 3600, 60)


def test_a_location_beyond_ascii_is_followed(web):
    web.pages["/old"] = Page(status=301, headers={"Location": "/다".encode().decode("latin-1")})
    web.pages["/%EB%8B%A4"] = Page(b"here")

    assert fetch(web.url("/old")).body == b"here"


def test_validators_that_cannot_be_sent_are_left_out(web):
    web.pages["/feed"] = Page(b"<rss/>")

    fetch(web.url("/feed"), etag='"x"\r\nX-Injected: 1', last_modified="화요일")

    assert not {"If-None-Match", "If-Modified-Since", "X-Injected"} & set(web.asked("/feed")[0])


def test_neither_proxies_nor_passwords_come_from_the_environment(web, monkeypatch, tmp_path):
    web.pages["/feed"] = Page(b"direct")
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login a password b")
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1/")

    assert fetch(web.url("/feed")).body == b"direct"
    assert "Authorization" not in web.asked("/feed")[0]


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        (["record.example.org"], "(+https://record.example.org/; reader"),
        (["127.0.0.1", ".example.org", "*", "localhost", "[::1]"], "(reader"),
    ],
)
def test_we_say_who_we_are_and_where_to_find_us(web, settings, hosts, expected):
    settings.ALLOWED_HOSTS = hosts
    web.pages["/feed"] = Page(b"<rss/>")

    fetch(web.url("/feed"))

    assert web.asked("/feed")[0]["User-Agent"].startswith(f"SeoulTokyoRecord/0.1 {expected}")
