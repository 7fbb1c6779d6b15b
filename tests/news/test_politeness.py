"""How often a source is asked, and how fast its articles are."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from news.fetching import Fetched
from news.models import Article
from news.pacing import Pace
from news.polling import poll
from news.steps import MOST_TIME, finish_articles
from tests.news.build import NOW, TEXT, make_article, make_leaders, make_source

pytestmark = pytest.mark.django_db
FEED = b'<rss version="2.0"><channel><title>News</title></channel></rss>'


class Time:
    """A clock that waiting moves on, and that remembers each wait."""

    def __init__(self):
        self.now, self.waits = NOW, []

    def clock(self):
        return self.now

    def wait(self, seconds):
        self.waits.append(seconds)
        self.now += timedelta(seconds=seconds)


def found(source, count):
    return Article.objects.bulk_create(
        Article(
            source=source,
            url=f"https://example.org/{n}",
            language="en",
            found_at=NOW,
            next_try_at=NOW,
        )  # fmt: skip
        for n in range(count)
    )


def slow_server(time, *, seconds=0, asked=None):
    """A fetch of pages that takes its time; robots.txt is not there."""

    def fetch(url, **how):
        if url.endswith("/robots.txt"):
            return Fetched(status=404, url=url)
        time.now += timedelta(seconds=seconds)
        if asked is not None:
            asked.append(time.now)
        return Fetched(status=404, url=url)

    return fetch


@pytest.fixture
def finish():
    """Read the articles of a source with a clock of our own; the moments at which it was asked."""
    make_leaders()

    def run(source, *, seconds=0):
        time, asked = Time(), []
        fetch = slow_server(time, seconds=seconds, asked=asked)
        finish_articles(source, at=NOW, fetch=fetch, clock=time.clock, wait=time.wait)
        return time, asked

    return run


@pytest.mark.parametrize("pause", [0, 1, 7])
def test_a_server_is_left_alone_between_two_pages(finish, pause):
    source = make_source(pause_seconds=pause)
    found(source, 4)

    time, asked = finish(source, seconds=2)

    assert len(asked) == 4
    assert time.waits == ([pause] * 3 if pause else [])


def test_no_run_outlasts_its_task_and_the_rest_stays_due(finish):
    source = make_source(pause_seconds=60)
    found(source, 10)

    time, asked = finish(source, seconds=5)

    assert 0 < len(asked) < 10
    assert asked[-1] - NOW < MOST_TIME
    assert sum(time.waits) < MOST_TIME.total_seconds()
    assert source.articles.due(NOW).count() == 10 - len(asked)


def test_a_slow_server_does_not_outlast_the_task_either(finish):
    source = make_source()
    found(source, 30)

    _time, asked = finish(source, seconds=20)

    assert len(asked) == MOST_TIME.total_seconds() // 20


def test_texts_that_are_here_already_wait_for_nobody(finish):
    source = make_source(pause_seconds=60)
    for n in range(3):
        make_article(TEXT + " " * n, source=source, next_try_at=NOW)

    time, asked = finish(source)

    assert (time.waits, asked) == ([], [])
    assert source.articles.filter(stage="DRAFTED").count() == 3


class Turns:
    """A cache that remembers for how long each key is kept."""

    def __init__(self):
        self.kept = {}

    def add(self, key, value, timeout):
        return key not in self.kept and self.touch(key, timeout)

    def touch(self, key, timeout):
        self.kept[key] = timeout
        return True


def pace(turns, *, pause, name="pages"):
    time = Time()
    return Pace(name, timedelta(seconds=pause), NOW + MOST_TIME, time.clock, time.wait, turns)


def test_one_worker_at_a_time_asks_for_the_pages_of_a_source(finish):
    source = make_source(pause_seconds=1)
    found(source, 2)
    assert cache.add(f"pages:{source.pk}", "another worker", 60)

    assert finish(source)[1] == []

    cache.delete(f"pages:{source.pk}")
    assert len(finish(source)[1]) == 2


def test_a_turn_outlasts_the_pause_and_leaves_one_behind():
    turns = Turns()
    mine, other = pace(turns, pause=7), pace(turns, pause=7)

    assert mine.is_our_turn()
    assert not other.is_our_turn()
    assert 7 < turns.kept["pages"] < 60  # or a worker that died would be waited for too long
    mine.was_asked()
    assert turns.kept["pages"] > 7
    mine.leave()
    assert turns.kept["pages"] == 7


def test_without_a_pause_workers_do_not_wait_for_each_other():
    turns = Turns()

    assert pace(turns, pause=0).is_our_turn()
    assert pace(turns, pause=0).is_our_turn()
    assert not turns.kept


def test_texts_that_take_long_to_read_do_not_outlast_the_task():
    make_leaders()
    source, time = make_source(), Time()
    for n in range(6):
        make_article(TEXT + " " * n, source=source, next_try_at=NOW)

    def later():
        time.now += MOST_TIME / 6
        return time.now

    finish_articles(source, at=NOW, clock=later, wait=time.wait)

    assert 0 < source.articles.filter(stage="DRAFTED").count() < 6


@pytest.mark.parametrize("minutes", [5, 10, 720, 1440])
@pytest.mark.parametrize(
    "answer",
    [
        Fetched(status=200, url="https://example.org/", body=FEED),
        Fetched(status=200, url="https://example.org/", body=FEED, fresh_for=60),
        Fetched(status=500, url="https://example.org/"),
        Fetched(status=503, url="https://example.org/", retry_after=1),
    ],
    ids=["answers", "fresh for a minute", "fails", "asks for a second"],
)
def test_a_source_is_never_asked_more_often_than_its_operator_wants(minutes, answer):
    source = make_source(least_minutes=minutes, interval=timedelta(minutes=1))

    poll(source, at=NOW, fetch=lambda url, **how: answer)

    source.refresh_from_db()
    assert source.next_poll_at - NOW >= timedelta(minutes=minutes)
