"""A real Celery worker on the real broker polls a feed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.utils import timezone

from news import tasks
from news.models import Article, Poll
from tests.news.build import make_leaders, make_source
from tests.news.test_polling import PARAGRAPHS, PUBLISHED
from tests.news.web import article_page, rss

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds; a worker is up in about three


def database_of_the_test() -> str:
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process on this test's database and broker, ended by its own group."""
    command = [sys.executable, "-m", "celery", "-A", "diplomacy", "worker"]
    command += ["--pool", "solo", "--loglevel", "info", "--without-gossip", "--without-mingle"]
    with (tmp_path / "worker.log").open("wb") as log:
        process = subprocess.Popen(
            command,
            cwd=PROJECT,
            env={
                **os.environ,
                "DATABASE_URL": database_of_the_test(),
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


def test_beat_asks_for_a_task_that_exists():
    from diplomacy.celery import app as celery_app

    celery_app.loader.import_default_modules()

    for entry in django_settings.CELERY_BEAT_SCHEDULE.values():
        assert entry["task"] in celery_app.tasks


@pytest.mark.django_db
def test_a_message_that_comes_twice_polls_once(web):
    make_source(url=web.url("/feed"), next_poll_at=timezone.now())

    tasks.poll_due()
    tasks.poll_due()

    assert Poll.objects.count() == 1
