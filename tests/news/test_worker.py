"""A real Celery worker on the real broker polls a feed."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection
from django.utils import timezone

from diplomacy.celery import app
from diplomacy.embedded import Places, celery_broker
from diplomacy.embedded.valkey import Valkey
from news import tasks
from news.models import Article, Poll
from tests.news.build import make_leaders, make_source
from tests.news.test_polling import PARAGRAPHS, PUBLISHED
from tests.news.web import Page, article_page, rss

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; a worker is up in about three


def database_of_the_test() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on this test's database and broker, ended by its own group."""
    with running_worker(tmp_path, os.environ["REDIS_URL"], "--pool", "solo") as process:
        yield process


@contextmanager
def running_worker(
    tmp_path: Path, redis_url: str, *options: str
) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "celery", "-A", "diplomacy", "worker", *options]
    command += ["--loglevel", "info", "--without-gossip", "--without-mingle"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={
                **os.environ,
                "DATABASE_URL": database_of_the_test(),
                "REDIS_URL": redis_url,
                "ALLOW_LOOPBACK_SOURCES": "1",
                "INSECURE_HTTP": "1",
            },
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()


def test_a_worker_polls_what_is_due_and_stores_its_articles(worker, web, tmp_path):
    web.pages["/feed"] = rss((web.url("/a"), "Leaders speak by phone", PUBLISHED))
    web.pages["/a"] = article_page("Leaders speak by phone", *PARAGRAPHS)
    make_leaders()
    make_source(url=web.url("/feed"), next_poll_at=timezone.now())
    make_source(url=web.url("/never"), is_enabled=False, next_poll_at=timezone.now())

    tasks.poll_due.delay()

    deadline = time.monotonic() + PATIENCE
    while not Article.objects.filter(stage="DRAFTED").exists():
        assert worker.poll() is None, (tmp_path / "worker.log").read_text()
        assert time.monotonic() < deadline, (tmp_path / "worker.log").read_text()
        time.sleep(0.1)
    assert Poll.objects.get().outcome == "NEW"
    assert Article.objects.get().url == web.url("/a")
    assert len(web.asked("/never")) == 0


@pytest.fixture
def own_valkey() -> Iterator[Valkey]:
    """A broker that may be killed. Not below tmp_path, whose name is too long for a socket."""
    with tempfile.TemporaryDirectory(prefix="record-broker-", dir="/tmp") as folder:
        places = Places(data=Path(folder), sockets=Path(folder) / "s")
        places.prepare()
        server = Valkey(places)
        server.start()
        try:
            yield server
        finally:
            server.stop()


def test_polling_goes_on_when_a_broker_that_was_killed_is_back(
    transactional_db, own_valkey, web, tmp_path
):
    """Twice, and while a task is under way: a worker that cannot acknowledge it must not end."""
    redis_url = f"unix://{own_valkey.places.valkey_socket}"
    make_leaders()

    def wake():
        with app.connection_for_write(celery_broker(redis_url)) as connection:
            tasks.poll_due.apply_async(connection=connection)

    def wait_until(condition):
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert worker.poll() is None, (tmp_path / "worker.log").read_text()
            assert time.monotonic() < deadline, (tmp_path / "worker.log").read_text()
            time.sleep(0.05)

    with running_worker(tmp_path, redis_url, "--concurrency", "1") as worker:
        for number in range(2):
            path = f"/feed/{number}"
            web.pages[path] = Page(pieces=[rss().body], pause=1.5)
            make_source(url=web.url(path), next_poll_at=timezone.now())
            wake()
            wait_until(lambda path=path: web.asked(path))
            own_valkey.child.kill()
            own_valkey.child.wait()
            wait_until(lambda number=number: Poll.objects.count() == number + 1)
            own_valkey.start()
        last = make_source(url=web.url("/last"), next_poll_at=timezone.now())
        wake()
        wait_until(lambda: last.polls.exists())

    assert [len(web.asked(f"/feed/{number}")) for number in range(2)] == [1, 1]
    assert Poll.objects.count() == 3


def test_beat_asks_for_a_task_that_exists():
    app.loader.import_default_modules()

    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks


@pytest.mark.django_db
def test_a_message_that_comes_twice_polls_once(web):
    make_source(url=web.url("/feed"), next_poll_at=timezone.now())

    tasks.poll_due()
    tasks.poll_due()

    assert Poll.objects.count() == 1
