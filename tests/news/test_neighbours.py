"""A source that keeps us waiting, or asks to be left alone, and the others beside it."""

from __future__ import annotations

import threading
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from news.fetching import Fetched, Limits, fetch
from news.models import Article, Source
from news.polling import poll
from news.steps import REST, finish_articles
from tests.news.build import NOW, make_source
from tests.news.faults import FaultServer
from tests.news.faulty.pages import article as page
from tests.news.faulty.scripts import FEED, OK, SITE, headed, sent, status

QUICK = Limits(connect_seconds=1, read_seconds=0.3, total_seconds=0.6)


@pytest.fixture
def source(server: FaultServer) -> Source:
    cache.clear()
    server.scripts["/robots.txt"] = status(404)
    return make_source(url=server.url("/feed"))


def found(source: Source, *urls: str) -> list[Article]:
    return [
        Article.objects.create(
            source=source, url=url, language="en", found_at=NOW, next_try_at=NOW,
            published_on=NOW.date(),
        )
        for url in urls
    ]  # fmt: skip


def quickly(url: str, **how: Any) -> Fetched:
    return fetch(url, **{**how, "limits": QUICK, "now": NOW})


@pytest.mark.django_db(transaction=True)
def test_a_source_that_hangs_does_not_delay_another(server: FaultServer):
    patient = Limits(read_seconds=20, total_seconds=20)
    server.scripts |= {"/feed": sent(OK + b"Content-Length: 999\r\n\r\n", 20.0)}
    with FaultServer() as good:
        good.scripts |= {"/feed": headed(), "/robots.txt": status(404)}
        hanging, other = (make_source(url=each.url("/feed")) for each in (server, good))

        def hang() -> None:
            try:
                poll(hanging, at=NOW, fetch=lambda url, **how: fetch(url, limits=patient))
            finally:
                connection.close()

        thread = threading.Thread(target=hang)
        thread.start()
        while not server.asked:
            time.sleep(0.01)

        row = poll(other, at=NOW, fetch=lambda url, **how: (
            Fetched(404, url) if url.startswith(SITE) else fetch(url, **how)))  # fmt: skip

        assert row is not None
        assert row.new_articles == 2
        assert thread.is_alive()
        server.stop()
        thread.join(20)


@pytest.mark.django_db
def test_a_host_that_does_not_answer_is_asked_once_and_the_others_pages_cost_no_try(
    server: FaultServer, source: Source
):
    server.scripts |= {f"/{n}": sent(5.0) for n in range(9)}
    mine = found(source, *(server.url(f"/{n}") for n in range(9)))
    (elsewhere,) = found(source, "https://elsewhere.example.org/1")

    def fetched(url: str, **how: Any) -> Fetched:
        return Fetched(404, url) if "elsewhere" in url else quickly(url, **how)

    finish_articles(source, at=NOW, fetch=fetched)

    assert server.asked == ["/robots.txt", "/0"]
    for article in [*mine, elsewhere]:
        article.refresh_from_db()
    assert [article.tries for article in mine] == [1, *[0] * 8]
    assert all(timedelta() < article.next_try_at - NOW < 2 * REST for article in mine)
    assert elsewhere.problem == "The server answered 404 (Not Found)."


@pytest.mark.django_db
@pytest.mark.parametrize("code", [429, 502, 503, 504])
def test_a_host_in_trouble_is_left_alone_for_as_long_as_it_asks(
    server: FaultServer, source: Source, code: int
):
    server.scripts |= {f"/{n}": status(code, "Retry-After: 7200") for n in range(5)}
    mine = found(source, *(server.url(f"/{n}") for n in range(5)))

    finish_articles(source, at=NOW, fetch=quickly)

    assert server.asked == ["/robots.txt", "/0"]
    assert not source.articles.due(NOW + timedelta(seconds=7199)).exists()
    server.scripts |= {f"/{n}": headed(body=page()) for n in range(5)}
    assert finish_articles(source, at=NOW + timedelta(hours=3)) == len(mine)


@pytest.mark.django_db
def test_a_host_whose_rules_cannot_be_had_is_left_alone(server: FaultServer, source: Source):
    server.scripts["/robots.txt"] = status(503)
    found(source, *(server.url(f"/{n}") for n in range(5)))

    finish_articles(source, at=NOW, fetch=quickly)

    assert server.asked == ["/robots.txt"]
    assert sorted(source.articles.values_list("tries", flat=True)) == [0, 0, 0, 0, 1]


@pytest.mark.django_db
def test_no_page_is_begun_when_the_time_is_over(server: FaultServer, source: Source):
    server.scripts |= {f"/{n}": headed(body=page()) for n in range(3)}
    found(source, *(server.url(f"/{n}") for n in range(3)))

    assert finish_articles(source, at=NOW, until=NOW, fetch=quickly) == 0
    assert server.asked == []

    assert finish_articles(source, at=NOW, fetch=quickly) == 3


@pytest.mark.django_db
def test_an_article_goes_on_where_the_time_was_over(
    server: FaultServer, source: Source, monkeypatch: pytest.MonkeyPatch
):
    server.scripts["/0"] = headed(body=page())
    (article,) = found(source, server.url("/0"))
    late: list[timedelta] = []
    monkeypatch.setattr("news.steps.clock_from", lambda at: lambda: at + sum(late, timedelta()))

    def slowly(url: str, **how: Any) -> Fetched:
        late.append(timedelta(seconds=60 if url.endswith("/0") else 0))
        return quickly(url, **how)

    assert finish_articles(source, at=NOW, fetch=slowly) == 0
    article.refresh_from_db()
    assert (article.stage, article.tries) == ("FETCHED", 0)

    late.clear()
    assert finish_articles(source, at=article.next_try_at, fetch=slowly) == 1
    assert server.asked.count("/0") == 1


@pytest.mark.django_db
def test_what_nobody_foresaw_is_told_and_the_source_is_tried_again(source: Source):
    def breaks(url: str, **how: Any) -> Fetched:
        raise ZeroDivisionError

    row = poll(source, at=NOW, fetch=breaks)

    assert row is not None
    assert (row.outcome, row.reason) == ("UNREACHABLE", "Reading failed (ZeroDivisionError).")
    source.refresh_from_db()
    assert source.next_poll_at > NOW
    assert poll(source, at=source.next_poll_at, fetch=lambda url, **how: (
        Fetched(404, url) if url.startswith(SITE) else Fetched(200, url, FEED)
    )).new_articles == 2  # fmt: skip
