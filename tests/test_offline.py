"""The suite speaks to nobody but this machine, and neither does what it starts."""

import socket
import subprocess
import sys

import pytest

ELSEWHERE = ("192.0.2.1", 9)  # kept for documentation: nobody has it


@pytest.mark.parametrize(
    "speak",
    [
        lambda sock: sock.connect_ex(ELSEWHERE),
        lambda sock: sock.sendto(b"x", ELSEWHERE),
        lambda sock: sock.sendmsg([b"x"], [], 0, ELSEWHERE),
        lambda sock: socket.getaddrinfo("news.example.org", 80),
        lambda sock: socket.gethostbyname("news.example.org"),
    ],
    ids=["connect", "send", "send in parts", "resolve", "resolve as of old"],
)
def test_nothing_leaves_this_machine(speak):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        # Not by its class: a Python that a test's Python has started has one of its own.
        pytest.raises(RuntimeError, match=r"^socket\."),
    ):
        speak(sock)


def test_nothing_that_a_test_starts_leaves_it_either():
    script = f"import socket; socket.socket().connect_ex({ELSEWHERE})"

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert "SpeaksToOthers" in run.stderr


def test_this_machine_can_be_spoken_to():
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert socket.getaddrinfo("localhost", 80)
        socket.create_connection(server.getsockname()).close()
