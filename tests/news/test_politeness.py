"""How often a source is asked, and how fast its articles are."""

from datetime import timedelta

import pytest

from news.fetching import Fetched
from news.models import Article
from news.polling import poll
from news.steps import TURN, finish_articles, read_articles
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
    for number in range(count):
        make_article(
            "",
            source=source,
            url=f"https://example.org/{number}",
            stage="FOUND",
            found_at=NOW,
            next_try_at=NOW,
            text_sha256="",
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


@pytest.mark.parametrize("pause", [0, 1, 3])
def test_a_server_is_left_alone_between_two_pages(finish, pause):
    source = make_source(pause_seconds=pause)
    found(source, 4)

    time, asked = finish(source, seconds=1)

    assert len(asked) == 4
    assert time.waits == ([pause] * 3 if pause else [])


def test_its_host_has_the_pause_after_a_turn_too_whoever_comes_next():
    make_leaders()
    source = make_source(pause_seconds=60)
    neighbour = make_source(pause_seconds=0)
    found(source, 2)
    fetch = slow_server(Time())

    read_articles(source, at=NOW, fetch=fetch)

    soon, later = NOW + timedelta(seconds=55), NOW + timedelta(seconds=65)
    assert read_articles(neighbour, at=soon, fetch=fetch) is None
    assert source not in Article.objects.sources_due(soon)
    assert source in Article.objects.sources_due(later)
    assert read_articles(neighbour, at=later, fetch=fetch) == 0


def test_no_turn_takes_long_and_the_rest_stays_due(finish):
    source = make_source(pause_seconds=60)
    found(source, 10)

    time, asked = finish(source, seconds=5)

    assert len(asked) == 1
    assert not time.waits
    assert source.articles.due(NOW).count() == 10 - len(asked)


def test_a_slow_server_does_not_outlast_the_turn_either(finish):
    source = make_source(pause_seconds=0)
    found(source, 30)

    _time, asked = finish(source, seconds=7)

    assert len(asked) == 3


def test_texts_that_are_here_already_wait_for_nobody(finish):
    source = make_source(pause_seconds=60)
    for n in range(3):
        make_article(TEXT + " " * n, source=source, next_try_at=NOW)

    time, asked = finish(source)

    assert (time.waits, asked) == ([], [])
    assert source.articles.filter(stage="DRAFTED").count() == 3


def test_texts_that_take_long_to_read_do_not_outlast_the_turn():
    make_leaders()
    source, time = make_source(), Time()
    for n in range(6):
        make_article(TEXT + " " * n, source=source, next_try_at=NOW)

    def later():
        time.now += TURN / 12
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
