"""The way out to webhooks: what is called, what is not, and how an answer is read."""

import socket
import threading
import time
from datetime import UTC, datetime

import pytest

from following.calling import Answer, CallFailed, check_address, post
from news.addresses import FetchRefused
from tests.following.receiver import Reply

AT = datetime(2026, 6, 1, tzinfo=UTC)


def call(url, **options):
    return post(url, b'{"a":1}', {"webhook-id": "msg_1"}, at=AT, **options)


def test_a_body_and_its_headers_are_posted_as_they_are(receiver):
    receiver.replies["/hook?key=1"] = Reply(200, body=b"thanks")

    assert call(receiver.url("/hook?key=1")) == Answer(200)
    (got,) = receiver.calls
    assert got.path == "/hook?key=1"
    assert got.body == b'{"a":1}'
    assert got.headers["webhook-id"] == "msg_1"
    assert got.headers["content-type"] == "application/json"
    assert got.headers["user-agent"].startswith("SeoulTokyoRecord/")
    assert "cookie" not in got.headers
    assert "authorization" not in got.headers


@pytest.mark.parametrize("status", [200, 299, 301, 410, 429, 500])
def test_any_status_is_an_answer_and_only_200_to_299_is_a_good_one(receiver, status):
    receiver.replies["/hook"] = Reply(status)

    answer = call(receiver.url())

    assert answer == Answer(status)
    assert answer.is_good is (status < 300)


def test_a_redirect_is_not_followed(receiver):
    receiver.replies["/hook"] = Reply(302, {"Location": receiver.url("/elsewhere")})

    assert call(receiver.url()).status == 302
    assert [got.path for got in receiver.calls] == ["/hook"]


@pytest.mark.parametrize(
    ("told", "seconds"),
    [("120", 120), ("Mon, 01 Jun 2026 00:10:00 GMT", 600), ("soon", None), ("-5", None)],
)
def test_the_time_to_wait_is_read_in_seconds_or_as_a_date(receiver, told, seconds):
    receiver.replies["/hook"] = Reply(503, {"Retry-After": told})

    assert call(receiver.url()) == Answer(503, seconds)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
    ],
)
def test_a_name_that_leads_into_a_private_network_is_refused_at_each_call(address):
    with pytest.raises(CallFailed, match="private network"):
        call("https://hooks.example.org/", resolve=lambda host, port: ["93.184.216.34", address])


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/hook", "https://localhost/"]
)
def test_this_machine_and_its_network_are_refused(settings, url):
    settings.ALLOW_LOOPBACK_SOURCES = False

    with pytest.raises(CallFailed, match="private network"):
        call(url, resolve=lambda host, port: ["127.0.0.1"])


@pytest.mark.parametrize("url", ["http://example.org/", "ftp://example.org/", "https://a:b@x.org/"])
def test_what_is_not_encrypted_or_no_web_address_is_refused(settings, url):
    settings.ALLOW_LOOPBACK_SOURCES = False

    with pytest.raises(FetchRefused):
        check_address(url)
    with pytest.raises(CallFailed):
        call(url)


def test_another_machine_is_never_called_without_encryption(settings):
    settings.ALLOW_LOOPBACK_SOURCES = True

    with pytest.raises(CallFailed, match="https"):
        call("http://example.org/", resolve=lambda host, port: ["93.184.216.34"])


def test_a_receiver_that_says_nothing_is_left_in_time(receiver):
    receiver.replies["/hook"] = Reply(pause=3)
    began = time.monotonic()

    with pytest.raises(CallFailed, match="No answer in time"):
        call(receiver.url(), seconds=0.5)
    assert time.monotonic() - began < 2.5


def test_a_body_without_end_takes_nothing_back_and_holds_nobody(receiver):
    receiver.replies["/hook"] = Reply(200, body=b"x" * 20_000_000)

    assert call(receiver.url()) == Answer(200)


def test_what_speaks_no_http_is_a_failure(settings):
    settings.ALLOW_LOOPBACK_SOURCES = True
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def answer():
            peer, _address = server.accept()
            with peer:
                peer.recv(65536)
                peer.sendall(b"HELLO\r\n\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(CallFailed, match="connection failed"):
            call(f"http://127.0.0.1:{port}/", seconds=5)
        thread.join()
    with pytest.raises(CallFailed, match="took no connection"):
        call(f"http://127.0.0.1:{port}/", seconds=5)


def test_a_host_that_is_not_found_is_a_failure():
    with pytest.raises(CallFailed, match="not found"):
        call("https://nowhere.example/", resolve=lambda host, port: [])
