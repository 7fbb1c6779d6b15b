"""The child that reads for us: bounded, replaced, and never left behind."""

import os
import socket
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from news import child
from news.child import ChildFailed, ChildLimits, close_children, run_in_child
from news.parsing import Unreadable

ROOT = Path(__file__).parents[2]
MB = 1024 * 1024


def ask(function, body=b"", *, limits=None, **told):
    return run_in_child(
        "tests.news.child_work", function, body, limits=limits or ChildLimits(), **told
    )


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def wait_until_gone(pid, seconds=5):
    until = time.monotonic() + seconds
    while is_running(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not is_running(pid)


def test_a_function_of_ours_is_run_on_bytes_in_one_process_for_many_documents():
    first, second = ask("echo", "한일".encode(), told=1), ask("echo", b"2")

    assert (first["body"], first["told"]) == ("한일", 1)
    assert second["body"] == "2"
    assert first["pid"] == second["pid"] != os.getpid()


@pytest.mark.parametrize(
    ("function", "limits", "reason", "words"),
    [
        ("sleep", ChildLimits(seconds=0.2), "slow", "longer than"),
        ("spin", ChildLimits(cpu_seconds=0.1), "slow", "longer than"),
        ("fill", ChildLimits(memory_bytes=50 * MB), "memory", "more memory"),
        ("abort", ChildLimits(), "memory", "more memory"),
        ("die", ChildLimits(), "died", "-11"),
    ],
)
def test_what_goes_too_far_is_told_and_the_child_replaced(function, limits, reason, words):
    before = ask("echo")["pid"]

    with pytest.raises(ChildFailed, match=words) as failed:
        ask(function, limits=limits)

    assert failed.value.reason == reason
    after = ask("echo")["pid"]
    assert after != before
    assert not is_running(before)


def test_a_function_that_fails_costs_no_child():
    before = ask("echo")["pid"]

    with pytest.raises(ChildFailed, match="ZeroDivisionError: by zero") as failed:
        ask("fail")
    with pytest.raises(Unreadable) as refused:
        ask("refuse")

    assert (failed.value.reason, refused.value.reason) == ("broken", "empty")
    assert ask("echo")["pid"] == before


def test_a_child_that_has_grown_or_read_its_share_is_replaced(monkeypatch):
    pids = [ask("echo")["pid"]]
    assert ask("keep") == 1
    pids.append(ask("echo")["pid"])
    monkeypatch.setattr(child, "MOST_DOCUMENTS", 2)
    ask("echo")
    pids.append(ask("echo")["pid"])

    assert len(set(pids)) == 3
    assert [is_running(pid) for pid in pids] == [False, False, True]


def test_a_child_that_died_unasked_is_replaced():
    pid = ask("echo")["pid"]
    os.kill(pid, 9)
    child._mine.child.process.wait(5)

    assert ask("echo")["pid"] != pid


def test_stray_output_does_not_spoil_an_answer():
    assert ask("chatter") == "said"
    assert ask("echo", b"next")["body"] == "next"


def test_the_child_has_no_secret_and_no_django_models(monkeypatch):
    close_children()
    monkeypatch.setenv("SECRET_KEY", "secret")

    told = ask("environment")

    assert set(told["names"]) <= {
        *("PATH", "LD_LIBRARY_PATH", "TMPDIR", "PYTHONUTF8", "MALLOC_ARENA_MAX", "LC_CTYPE"),
    }
    assert not {"django", "psycopg", "news.models"} & set(told["modules"])


@pytest.mark.parametrize(
    "what",
    [
        *("write", "append", "remove", "rename", "run", "shell", "fork"),
        *("connect", "resolve", "send", "a socket of the system", "fetch"),
    ],
)
def test_the_child_opens_no_socket_starts_nothing_and_changes_no_file(what, tmp_path):
    file = tmp_path / "file"
    file.write_text("kept")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0)
        with pytest.raises(ChildFailed, match="PermissionError|URLError"):
            ask("forbidden", what=what, path=str(file), port=listener.getsockname()[1])
        with pytest.raises(BlockingIOError):
            listener.accept()

    assert file.read_text() == "kept"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_threads_share_the_child():
    told = []
    threads = [
        threading.Thread(target=lambda n=n: told.append(ask("echo", str(n).encode())))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(each["body"] for each in told) == sorted(map(str, range(8)))
    assert len({each["pid"] for each in told}) == 1


def test_an_interrupted_call_leaves_no_answer_for_the_next_one(monkeypatch):
    class SoftLimitError(Exception):
        pass

    def interrupted(self):
        raise SoftLimitError

    ask("echo")
    with monkeypatch.context() as patch:
        patch.setattr(child._Child, "_receive", interrupted)
        with pytest.raises(SoftLimitError):
            ask("echo", b"first")

    assert ask("echo", b"second")["body"] == "second"


def test_nothing_is_left_after_closing():
    pid = ask("echo")["pid"]

    close_children()
    close_children()

    assert not is_running(pid)


SCRIPT = """
import os, sys, time
from news.child import run_in_child

def pid():
    return run_in_child("tests.news.child_work", "echo", b"")["pid"]

mine = pid()
"""


def run_script(rest):
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT + textwrap.dedent(rest)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def test_a_forked_process_has_a_child_of_its_own():
    """As a worker of Celery's has, forked from a process that has a child already."""
    with run_script(
        """
        forked = os.fork()
        other = pid()
        if forked == 0:
            print(other, flush=True)
            os._exit(0)
        os.waitpid(forked, 0)
        print(mine, other, flush=True)
        """
    ) as script:
        lines = script.stdout.read().split("\n")

    assert script.returncode == 0
    forked, (mine, still_mine) = int(lines[0]), map(int, lines[1].split())
    assert mine == still_mine != forked
    # os._exit runs no exit handlers, as in Celery: the child sees its input end.
    assert wait_until_gone(forked)
    assert wait_until_gone(mine)


def test_the_child_ends_with_a_parent_that_is_killed_while_it_works():
    with run_script(
        """
        print(mine, flush=True)
        run_in_child("tests.news.child_work", "sleep", b"")
        """
    ) as script:
        pid = int(script.stdout.readline())
        script.kill()

    assert wait_until_gone(pid)
