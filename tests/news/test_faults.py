"""Every fault of a source, polled as a worker polls it: told in words, bounded, nothing lost."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from django.core.cache import cache

from news.fetching import Fetched, Limits, fetch
from news.models import Article, Poll, Source
from news.polling import poll
from news.steps import finish_articles
from tests.news.build import NOW, make_source
from tests.news.faults import FaultServer
from tests.news.faulty.charsets import CHARSETS
from tests.news.faulty.entries import DATES, ITEMS
from tests.news.faulty.offers import Bytes
from tests.news.faulty.pages import PAGES, PageFault, typed
from tests.news.faulty.pages import article as page
from tests.news.faulty.scripts import OK, Fault, item, rss, status
from tests.news.faulty.servers import SERVERS
from tests.news.faulty.shapes import SHAPES

pytestmark = pytest.mark.django_db

MOST_SECONDS = 30
MOST_GROWTH = 100 * 1024 * 1024
# The limits that are in use but where waiting is the fault.
PATIENT = Limits()
QUICK = Limits(connect_seconds=1, read_seconds=0.3, total_seconds=0.6)
LATER = "What came later"
PROCESS = Path("/proc/self")


def reads_feeds_only(limits: Limits = PATIENT) -> Callable[..., Fetched]:
    """A fetch for which there are no pages of articles."""

    def told(url: str, **how: Any) -> Fetched:
        if not url.startswith("http://127.0.0.1:"):
            return Fetched(status=404, url=url)
        return fetch(url, **{"limits": limits, **how, "now": NOW})

    return told


@contextmanager
def bounded() -> Iterator[None]:
    """What is done inside takes neither too long nor too much memory."""
    began, before = time.monotonic(), _memory("VmRSS")
    if before:
        (PROCESS / "clear_refs").write_text("5")  # the peak is that of what follows
    yield
    assert time.monotonic() - began < MOST_SECONDS
    assert _memory("VmHWM") - before < MOST_GROWTH


def _memory(name: str) -> int:
    """Bytes of this process, now (VmRSS) or at most (VmHWM); 0 where no system tells."""
    if not PROCESS.exists():
        return 0
    status = (PROCESS / "status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if name in line) * 1024


def titles() -> list[str]:
    return list(Article.objects.order_by("id").values_list("title", flat=True))


def feed_after(*told: tuple[str, str]) -> bytes:
    """A good feed that still offers what is known, and one item more."""
    known = [
        # Twice, for a title may hold markup: what is escaped once is taken for that.
        f"<item><title>{escape(escape(title))}</title><link>{escape(url)}</link></item>"
        for url, title in told
    ]
    return OK + b"\r\n" + rss(*known, item("/later", LATER)).encode()


@pytest.mark.parametrize("fault", SERVERS, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_server_however_wrong_is_told_and_nothing_is_lost(server: FaultServer, fault: Fault):
    server.scripts |= fault.pages
    source = make_source(url=server.url("/feed"))

    with bounded():
        row = poll(
            source,
            at=NOW,
            fetch=reads_feeds_only(QUICK if fault.is_slow else PATIENT),
            spread=lambda: 0.5,
        )

    assert (row.outcome, titles()) == (fault.outcome, fault.stored)
    assert_told(row, fault.says)
    source.refresh_from_db()
    if fault.outcome == "GONE":
        assert not source.is_enabled
        return
    wait = (source.next_poll_at - NOW) / timedelta(seconds=1)
    least, most = fault.wait or (600, 86400)
    assert least <= wait <= most
    assert_nothing_is_lost_when_it_is_over(server, source)


def _minute(moment: datetime | None) -> str | None:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else None


def assert_told(row: Poll, says: str) -> None:
    """The reason has the words, and ends as a sentence does; there is one if it failed."""
    assert re.search(says, row.reason), row.reason
    assert not row.reason or row.reason.endswith(".")
    assert row.outcome in ("NEW", "NOTHING_NEW") or row.reason


def assert_nothing_is_lost_when_it_is_over(server: FaultServer, source: Source) -> None:
    known = list(Article.objects.order_by("id").values_list("url", "title"))
    server.scripts["/feed"] = lambda: [feed_after(*known)]

    row = poll(source, at=source.next_poll_at, fetch=reads_feeds_only())

    assert (row.outcome, row.new_articles) == ("NEW", 1)
    assert titles() == [*(title for _url, title in known), LATER]


@pytest.mark.parametrize(
    "fault", [*CHARSETS, *SHAPES, *ITEMS, *DATES], ids=lambda fault: fault.name.replace(" ", "-")
)
def test_a_feed_however_wrong_is_read_or_told_and_nothing_is_lost(
    server: FaultServer, fault: Bytes
):
    kind = f"Content-Type: {fault.kind}\r\n".encode("latin-1", "replace")
    server.scripts["/feed"] = lambda: [OK + kind + b"\r\n", fault.sent]
    source = make_source(url=server.url("/feed"), time_zone="Asia/Seoul")

    with bounded():
        row = poll(source, at=NOW, fetch=reads_feeds_only())

    assert row.outcome == fault.outcome, row.reason
    assert_told(row, fault.says or ("" if row.reason else "^$"))
    found = list(Article.objects.order_by("id"))
    home = server.url("")
    for expected, told in [
        (fault.titles, [article.title for article in found]),
        (fault.urls, [article.url.removeprefix(home) for article in found]),
        (fault.guids, [article.guid for article in found]),
        (
            fault.moments,
            [
                article.published_at and f"{article.published_at:%Y-%m-%d %H:%M}"
                for article in found
            ],
        ),
        (fault.count, len(found)),
    ]:
        assert expected is None or told == expected
    assert row.new_articles == len(found)
    source.refresh_from_db()
    assert timedelta(minutes=10) <= source.next_poll_at - NOW <= timedelta(days=1)
    assert_nothing_is_lost_when_it_is_over(server, source)


@pytest.mark.parametrize("fault", PAGES, ids=lambda fault: fault.name.replace(" ", "-"))
def test_a_page_however_wrong_is_read_or_told_and_tried_again(
    server: FaultServer, fault: PageFault
):
    cache.clear()
    server.scripts |= {"/robots.txt": status(404), "/page": fault.answer}
    source = make_source(url=server.url("/feed"))
    article = make_found(source, server.url("/page"))
    limits = {"limits": QUICK} if fault.is_slow else {}

    with bounded():
        finish_articles(source, at=NOW, fetch=lambda url, **how: fetch(url, **{**how, **limits}))

    article.refresh_from_db()
    assert re.search(fault.says or "^$", article.problem), article.problem
    assert fault.text in article.text
    if not fault.says:
        assert article.stage == "DRAFTED"
        return
    assert (article.stage, article.tries) == (fault.stage, 1)
    assert timedelta(minutes=10) <= article.next_try_at - NOW <= timedelta(days=1)
    server.scripts["/page"] = typed("text/html", page())
    finish_articles(source, at=article.next_try_at + timedelta(days=1))
    article.refresh_from_db()
    assert article.stage == ("DRAFTED" if fault.stage == "FOUND" else "FETCHED")


def make_found(source: Source, url: str) -> Article:
    return Article.objects.create(
        source=source,
        url=url,
        language="en",
        published_on=NOW.date(),
        found_at=NOW,
        next_try_at=NOW,
    )
