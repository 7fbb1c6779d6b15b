"""The demo's parts, and the whole of it once, in a clone of its own."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from diplomacy.demo.address import AddressError, address_from
from tests.embedded.processes import PROJECT, processes_below, wait_until


@pytest.mark.parametrize(
    ("environ", "url", "allowed"),
    [
        ({}, "http://127.0.0.1:8000", "127.0.0.1,localhost,[::1]"),
        ({"PORT": "9", "HOST": ""}, "http://127.0.0.1:9", "127.0.0.1,localhost,[::1]"),
        ({"HOST": "0.0.0.0"}, "http://127.0.0.1:8000", "*"),
        ({"HOST": "127.0.0.2"}, "http://127.0.0.2:8000", "127.0.0.1,localhost,[::1],127.0.0.2"),
    ],
)
def test_the_address_follows_host_and_port(environ, url, allowed):
    address = address_from(environ)
    assert (address.url, address.allowed_hosts()) == (url, allowed)


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(AddressError, match="PORT must be a number"):
        address_from({"PORT": port})


def test_a_busy_port_is_refused_with_another_to_try():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(AddressError, match=f"in use.*PORT={port + 1}"):
            address_from({"PORT": str(port)}).refuse_if_busy()
    address_from({"PORT": str(port)}).refuse_if_busy()


@pytest.mark.parametrize("how", ["the command is killed", "the pipe closes"])
def test_a_warden_ends_the_whole_group(tmp_path, how):
    command = ["sh", "-c", f"cd {tmp_path}; sleep 600 & echo $$; exec sleep 600"]
    with subprocess.Popen(
        [sys.executable, "-m", "diplomacy.demo.warden", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=PROJECT,
    ) as warden:
        main = int(warden.stdout.readline())
        assert wait_until(lambda: len(processes_below(tmp_path)) == 2)
        if how == "the pipe closes":
            warden.stdin.close()
            assert warden.wait(20) == 128 + signal.SIGTERM
        else:
            os.kill(main, signal.SIGKILL)
            assert warden.wait(20) == 128 + signal.SIGKILL
    assert wait_until(lambda: not processes_below(tmp_path))


@pytest.fixture(scope="module")
def clone() -> Iterator[Path]:
    """The project as it lies here, without what was made in it."""
    folder = Path(tempfile.mkdtemp(prefix="record-clone-", dir="/tmp")) / "clone"
    unwanted = shutil.ignore_patterns(".*", "var", "tests", "__pycache__", "*.mo")
    shutil.copytree(PROJECT, folder, ignore=unwanted)
    yield folder
    assert wait_until(lambda: not processes_below(folder))
    shutil.rmtree(folder.parent)


class Demo:
    """A demo of `clone` on a free port."""

    def __init__(self, clone: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.clone = clone
        self.output = clone.parent / f"output-{self.port}"

    @contextmanager
    def started(self, **asked: str) -> Iterator[subprocess.Popen[bytes]]:
        unset = {
            "HASHED_STATIC_FILES",
            "DATABASE_URL",
            "REDIS_URL",
            "SECRET_KEY",
            "DJANGO_SETTINGS_MODULE",
        }
        environ = {name: value for name, value in os.environ.items() if name not in unset}
        with self.output.open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "diplomacy.demo"],
                stdout=output,
                stderr=output,
                cwd=self.clone,
                env={**environ, "PORT": str(self.port), **asked},
            )
        with process:
            try:
                yield process
            finally:
                process.kill()

    def said(self) -> str:
        return self.output.read_text()

    def wait_until_serving(self, process: subprocess.Popen[bytes]) -> None:
        said_or_dead = wait_until(
            lambda: "Ctrl-C" in self.said() or process.poll() is not None, seconds=240
        )
        assert said_or_dead, self.said()
        assert process.poll() is None, self.said()


def test_a_demo_serves_stands_alone_and_leaves_nothing_behind(clone):
    demo, second = Demo(clone), Demo(clone)
    with demo.started() as killed:
        demo.wait_until_serving(killed)
        with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/accounts/login/") as answer:
            assert answer.status == 200
        password = re.search(r"admin +password: (\S+)", demo.said())
        assert password
        with second.started() as refused:
            assert refused.wait(60) == 1
        known = f"already running (pid {killed.pid}) at http://127.0.0.1:{demo.port}"
        assert known in second.said()
    assert wait_until(lambda: not processes_below(clone)), "after kill -9"

    with second.started() as stopped:
        second.wait_until_serving(stopped)
        assert password.group() in second.said()
        stopped.send_signal(signal.SIGINT)
        assert stopped.wait(40) == 0
        assert not processes_below(clone), "after Ctrl-C"


def test_a_demo_of_scale_has_made_up_events_in_a_database_of_its_own(clone):
    demo = Demo(clone)
    with demo.started(BENCH="1", EVENTS="60") as process:
        demo.wait_until_serving(process)
        with urllib.request.urlopen(f"http://127.0.0.1:{demo.port}/en/timeline/") as answer:
            assert "<b>651</b> events" in answer.read().decode()
        process.send_signal(signal.SIGINT)
        assert process.wait(40) == 0
