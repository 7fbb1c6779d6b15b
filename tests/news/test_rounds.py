"""Many sources in one round: several at once, and none of them in the way of the others."""

import threading
from datetime import timedelta

import pytest
from django.db import DataError, OperationalError, connection
from psycopg.errors import DeadlockDetected

from news import tasks
from news.canonical import address_key
from news.fetching import Fetched, FetchFailed
from news.models import Article, Poll, Source
from news.polling import poll_due
from tests.news.build import NOW, make_source

pytestmark = pytest.mark.django_db
EMPTY = b'<rss version="2.0"><channel><title>News</title></channel></rss>'


def feed(url, *links):
    items = "".join(f"<item><title>News</title><link>{link}</link></item>" for link in links)
    return Fetched(
        status=200, url=url, body=EMPTY.replace(b"</title>", f"</title>{items}".encode())
    )


def make_sources(*names):
    """One source a host, the first waiting the longest."""
    for number, name in enumerate(names):
        waited = timedelta(minutes=len(names) - number)
        make_source(name=name, url=f"https://{name}.example.org/", next_poll_at=NOW - waited)


def test_sources_that_do_not_answer_hold_up_nobody_else():
    slow = [f"slow-{number}" for number in range(3)]
    make_sources(*slow, "a", "b", "c")
    others_are_read = threading.Event()

    def fetch(url, **how):
        if "slow" in url:
            assert others_are_read.wait(20)
            raise FetchFailed("No answer in time.")
        return feed(url)

    told = []
    for row in poll_due(at=NOW, fetch=fetch, at_once=4):
        told.append(row.source.name)
        if len(told) == 3:
            others_are_read.set()

    assert told[:3] == ["a", "b", "c"]
    assert sorted(told[3:]) == slow


def test_who_has_waited_the_longest_is_asked_first():
    make_sources("a", "b", "c")
    asked = []

    def fetch(url, **how):
        asked.append(url)
        return feed(url)

    assert len(list(poll_due(at=NOW, fetch=fetch, at_once=1))) == 3
    assert asked == [f"https://{name}.example.org/" for name in "abc"]


def test_sources_of_one_host_are_asked_one_after_the_other():
    for number in range(4):
        make_source(url=f"https://news.example.org/{number}")
    under_way, most = [], []

    def fetch(url, **how):
        under_way.append(url)
        most.append(len(under_way))
        under_way.remove(url)
        return feed(url)

    assert len(list(poll_due(at=NOW, fetch=fetch))) == 4
    assert max(most) == 1


def test_no_thread_that_asks_needs_the_database():
    make_sources("a", "b")
    opened = []

    def fetch(url, **how):
        opened.append(connection.connection)  # that of this thread
        return feed(url)

    assert len(list(poll_due(at=NOW, fetch=fetch))) == 2
    assert opened == [None, None]


def test_a_source_that_breaks_us_is_told_as_a_failure_and_the_others_are_read():
    make_sources("broken", "fine")

    def fetch(url, **how):
        if "broken" in url:
            raise KeyError("no such thing")
        return feed(url, "https://fine.example.org/1")

    rows = {row.source.name: row for row in poll_due(at=NOW, fetch=fetch)}

    assert "KeyError" in rows["broken"].reason
    assert rows["fine"].new_articles == 1
    broken = Source.objects.get(name="broken")
    assert broken.failures == 1
    assert broken.next_poll_at > NOW


def test_a_feed_that_cannot_be_stored_is_told_as_a_failure_and_the_others_are_read(monkeypatch):
    make_sources("broken", "fine")
    insert = type(Article.objects.all()).insert_new

    def refuse(self, rows):
        if "broken" in rows[0]["url"]:
            raise DataError("a character that no text may have")
        return insert(self, rows)

    monkeypatch.setattr("news.models.articles.ArticleQuerySet.insert_new", refuse)

    rows = list(poll_due(at=NOW, fetch=lambda url, **how: feed(url, f"{url}1")))

    told = {row.source.name: row for row in rows}
    assert "DataError" in told["broken"].reason
    assert told["fine"].new_articles == 1
    assert Poll.objects.count() == 2


def test_of_workers_that_wait_for_each_other_both_store_what_they_have_found(monkeypatch):
    make_sources("a", "b")
    insert = type(Article.objects.all()).insert_new
    refused = []

    def in_each_others_way(self, rows):
        if not refused:
            refused.append(rows)
            raise OperationalError from DeadlockDetected("deadlock detected")
        return insert(self, rows)

    monkeypatch.setattr("news.models.articles.ArticleQuerySet.insert_new", in_each_others_way)

    rows = list(poll_due(at=NOW, fetch=lambda url, **how: feed(url, f"{url}1")))

    assert refused
    assert [row.new_articles for row in rows] == [1, 1]
    assert Article.objects.count() == Poll.objects.count() == 2


def test_a_round_ends_and_leaves_the_rest_to_the_next(monkeypatch):
    monkeypatch.setattr("news.polling.ROUND", timedelta(0))
    make_sources("a")

    assert list(poll_due(at=NOW, fetch=lambda url, **how: feed(url))) == []
    assert not Poll.objects.exists()


def test_new_articles_are_asked_for_at_once_and_a_broker_that_is_away_does_not_matter(
    web, monkeypatch
):
    from kombu.exceptions import OperationalError

    from tests.news.web import rss

    web.pages["/feed"] = rss((web.url("/a"), "News", "Tue, 10 Jun 2025 09:00:00 +0900"))
    make_source(url=web.url("/feed"))
    sent = []

    def away():
        sent.append("read_due")
        raise OperationalError

    monkeypatch.setattr(tasks.read_due, "delay", away)

    tasks.poll_due()
    tasks.poll_due()

    assert sent == ["read_due"]
    assert Article.objects.get().stage == "FOUND"
    tasks.read_due()
    assert Article.objects.get().tries == 1


def test_of_the_articles_of_a_feed_those_that_are_known_are_left_out():
    source = make_source()

    def articles(*numbers):
        return [
            {
                "source_id": source.pk,
                "url": f"https://e.org/{n}",
                "address_key": address_key(f"https://e.org/{n}"),
                "title": '백스페이스 \\ "x"',
                "found_at": NOW,
            }
            for n in numbers
        ]

    assert Article.objects.insert_new(articles(1, 2)) == 2
    assert Article.objects.insert_new(articles(2, 3)) == 1
    assert Article.objects.insert_new([]) == 0
    kept = Article.objects.get(url="https://e.org/3")
    assert (kept.title, kept.source, kept.found_at) == (articles(3)[0]["title"], source, NOW)
    assert (kept.published_on, kept.tries) == (None, 0)


def test_a_title_that_is_too_long_is_refused_not_cut():
    source = make_source()
    with pytest.raises(DataError):
        Article.objects.insert_new(
            [{"source_id": source.pk, "title": "x" * 301, "text_sha256": "1", "found_at": NOW}]
        )
