"""One worker reads a source at a time, and only who still holds it may say what it found."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import OperationalError, connection

from news.fetching import Fetched, fetch
from news.models import Article, HeldHost, Poll, Source
from news.models.hosts import LEASE
from news.polling import poll, poll_due
from news.steps import finish_articles, read_articles, read_due
from tests.news.build import NOW, make_leaders, make_source
from tests.news.web import Page, article_page, rss

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
PUBLISHED = "Tue, 10 Jun 2025 09:00:00 +0900"
AFTER_THE_LEASE = NOW + LEASE + timedelta(seconds=1)


def lease(source, at=NOW):
    return Source.objects.lease(source.pk, at=at, token=uuid4())


def test_a_source_that_is_being_read_is_not_due_until_its_lease_ends():
    source = make_source()
    assert lease(source)

    assert lease(source) is None
    assert source not in Source.objects.due(NOW)
    assert source in Source.objects.due(AFTER_THE_LEASE)
    assert lease(source, AFTER_THE_LEASE)


def test_a_host_gets_one_request_at_a_time_and_another_port_is_another_host():
    first = make_source(url="https://news.example.org/a")
    same = make_source(url="https://NEWS.example.org/b")
    other_port = make_source(url="https://news.example.org:8443/c")
    assert lease(first)

    assert lease(same) is None
    assert lease(other_port)
    assert lease(same, AFTER_THE_LEASE)


@committed
def test_of_workers_that_claim_at_once_one_gets_it():
    sources = [make_source(url=f"https://news.example.org/{number}") for number in range(4)]
    ready, got = threading.Barrier(8), []

    def worker(number):
        try:
            ready.wait(20)
            got.append(lease(sources[number % 4]))
        finally:
            connection.close()

    threads = [threading.Thread(target=worker, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)

    assert len(got) == 8
    assert len([one for one in got if one is not None]) == 1


def test_who_lost_the_lease_writes_nothing(web):
    web.pages["/feed"] = rss((web.url("/a"), "Old news", PUBLISHED))
    source = make_source(url=web.url("/feed"))

    def slow(url, **how):
        """Another worker takes over while this one waits for the network."""
        answer = fetch(url, **how)
        assert lease(source, AFTER_THE_LEASE)
        return answer

    assert poll(source, at=NOW, fetch=slow) is None
    assert not Poll.objects.exists()
    assert not Article.objects.exists()
    source.refresh_from_db()
    assert source.leased_until == AFTER_THE_LEASE + LEASE


def test_a_worker_that_died_delays_its_source_by_the_lease_only(web):
    web.pages["/feed"] = rss((web.url("/a"), "News", PUBLISHED))
    source = make_source(url=web.url("/feed"))
    assert lease(source)  # and nothing more is heard of that worker

    assert poll(source, at=NOW + LEASE / 2) is None
    assert poll(source, at=AFTER_THE_LEASE).new_articles == 1


def test_a_host_that_two_workers_claim_by_two_sources_is_read_by_one_of_them():
    make_source(url="https://news.example.org/a")
    make_source(url="https://news.example.org/b")
    make_source(url="https://other.example.org/c", next_poll_at=NOW + timedelta(hours=1))
    last = make_source(url="https://last.example.org/d", next_poll_at=NOW - timedelta(hours=1))

    first = Source.objects.lease_due(5, at=NOW, token=uuid4())
    second = Source.objects.lease_due(5, at=NOW, token=uuid4())

    assert [lease.source.host for lease in first] == ["last.example.org", "news.example.org"]
    assert first[0].source == last
    assert second == []
    assert Source.objects.lease_due(0, at=AFTER_THE_LEASE, token=uuid4()) == []


def test_a_source_that_was_just_polled_is_not_claimed_by_who_saw_it_due_before():
    source = make_source()
    due = Source.objects.due(NOW)
    source.answered(at=NOW, etag="", last_modified="")

    assert due._lease([source.pk], at=NOW, token=uuid4()) == []
    assert Source.objects.lease(source.pk, at=NOW, token=uuid4())


def test_who_says_that_it_is_still_there_keeps_its_lease_and_who_lost_it_cannot():
    source, later = make_source(), NOW + LEASE / 2
    mine = lease(source)

    assert mine.renew(at=later)
    assert lease(source, NOW + LEASE) is None
    theirs = lease(source, later + LEASE)
    assert theirs
    assert not mine.renew(at=later + LEASE)
    mine.release(at=later + LEASE)
    assert source in Source.objects.held(later + LEASE)
    theirs.release(at=later + LEASE)
    assert source not in Source.objects.held(later + LEASE)


def test_a_round_holds_what_it_asks_for_as_long_as_it_waits(web, monkeypatch):
    monkeypatch.setattr("news.polling.RENEWAL", timedelta(seconds=0.05))
    web.pages["/feed"] = Page(pieces=[rss().body], pause=0.3)
    source = make_source(url=web.url("/feed"))
    renewed = []
    renew = type(Source.objects.all()).renew
    monkeypatch.setattr(
        "news.models.sources.SourceQuerySet.renew",
        lambda self, leases, at: renewed.append(at) or renew(self, leases, at=at),
    )

    (row,) = poll_due(at=NOW)

    assert row.source == source
    assert renewed


def test_the_steps_of_an_article_that_another_worker_took_over_are_not_stored(web):
    make_leaders()
    text = "Rain is expected in the south of the country. "
    web.pages["/a"] = article_page("Rain", text * 9)
    source = make_source()
    article = Article.objects.create(
        source=source, url=web.url("/a"), language="en", found_at=NOW, next_try_at=NOW
    )

    def slow(url, **how):
        """Another worker reads the article while this one waits for its page."""
        answer = fetch(url, **how)
        if url.endswith("/a"):
            assert finish_articles(source, at=AFTER_THE_LEASE) == 1
            return Fetched(status=200, url=url, body=article_page("Other", "Snow. " * 60).body)
        return answer

    assert finish_articles(source, at=NOW, fetch=slow) == 0
    article.refresh_from_db()
    assert (article.stage, article.tries) == ("DRAFTED", 0)
    assert text.strip() in article.text
    late = Article(pk=article.pk, next_try_at=NOW)
    late.stumbled("too late", at=NOW)
    article.refresh_from_db()
    assert (article.problem, article.tries) == ("", 0)


def test_pages_wait_while_another_worker_asks_their_host(web):
    source = make_source(url=web.url("/feed"))
    Article.objects.create(source=source, url=web.url("/a"), found_at=NOW, next_try_at=NOW)
    assert lease(make_source(url=web.url("/other")))

    assert read_articles(source, at=NOW) is None
    assert read_due(at=NOW) == 0
    assert web.requests == []


def elsewhere(web, path="/0"):
    """A source whose article stands on another host than its feed; the article is due."""
    source = make_source()
    Article.objects.create(source=source, url=web.url(path), found_at=NOW, next_try_at=NOW)
    return source


def test_pages_on_another_host_wait_while_that_is_asked_for_its_own_feed(web):
    source = elsewhere(web)
    assert lease(make_source(url=web.url("/feed")))

    read_articles(source, at=NOW)

    assert web.requests == []
    assert source.articles.get().tries == 0
    read_articles(source, at=AFTER_THE_LEASE)
    assert web.asked("/0")


def test_a_feed_waits_while_its_host_is_asked_for_the_pages_of_another(web):
    feed = make_source(url=web.url("/feed"))
    tries = []

    def slow(url, **how):
        tries.append((lease(feed), *Source.objects.lease_due(9, at=NOW, token=uuid4())))
        return fetch(url, **how)

    read_articles(elsewhere(web), at=NOW, fetch=slow)

    assert tries
    assert all(got == (None,) for got in tries)
    assert lease(feed, AFTER_THE_LEASE)


def test_two_sources_do_not_ask_a_third_host_for_their_pages_at_once(web):
    first, second = elsewhere(web, "/first"), elsewhere(web, "/second")

    def slow(url, **how):
        if url.endswith("/first"):
            read_articles(second, at=NOW, fetch=fetch)
            assert not web.asked("/second")
        return fetch(url, **how)

    read_articles(first, at=NOW, fetch=slow)
    assert web.asked("/first")
    assert second.articles.get().tries == 0

    read_articles(second, at=AFTER_THE_LEASE)
    assert web.asked("/second")


@committed
def test_of_workers_that_want_one_host_for_pages_at_once_one_gets_it():
    ready, got = threading.Barrier(8), []

    def worker():
        try:
            ready.wait(20)
            got.append(HeldHost.objects.take("news.example.org", at=NOW, token=uuid4()))
        finally:
            connection.close()

    threads = [threading.Thread(target=worker) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(got) == [False] * 7 + [True]


def test_a_host_rests_for_the_pause_of_who_asked_it_for_pages(web):
    source = elsewhere(web)
    Source.objects.filter(pk=source.pk).update(pause_seconds=60)
    source.refresh_from_db()
    feed = make_source(url=web.url("/feed"))

    read_articles(source, at=NOW)

    assert lease(feed, NOW + timedelta(seconds=55)) is None
    assert lease(feed, NOW + timedelta(seconds=70))


def test_pages_are_left_by_who_has_lost_the_source(web):
    source = make_source()
    for path in ("/a", "/b"):
        Article.objects.create(source=source, url=web.url(path), found_at=NOW, next_try_at=NOW)

    def slow(url, **how):
        if url.endswith("/a"):
            assert lease(source, AFTER_THE_LEASE)
        return fetch(url, **how)

    read_articles(source, at=NOW, fetch=slow)

    assert len(web.asked("/a")) == 1
    assert not web.asked("/b")


def test_sources_take_turns_with_their_articles_who_had_one_last_comes_last(web):
    let_go = (NOW, None, NOW - timedelta(hours=1), None)
    waiting = [
        make_source(url=f"https://e{number}.example.org/", leased_until=at)
        for number, at in enumerate(let_go)
    ]
    for number, source in enumerate(waiting):
        Article.objects.create(
            source=source, url=web.url(f"/{number}"), found_at=NOW, next_try_at=NOW
        )
    Article.objects.filter(source=waiting[3]).update(next_try_at=NOW - timedelta(minutes=1))
    held = make_source()
    Article.objects.create(source=held, url=web.url("/held"), found_at=NOW, next_try_at=NOW)
    assert lease(held)

    in_turn = list(Article.objects.sources_due(NOW))

    assert in_turn == [waiting[3], waiting[1], waiting[2], waiting[0]]


def test_a_database_that_is_away_is_no_problem_of_the_article(web, monkeypatch):
    source = make_source()
    article = Article.objects.create(
        source=source, url=web.url("/a"), found_at=NOW, next_try_at=NOW
    )

    def away(*args, **how):
        raise OperationalError("the connection is closed")

    with pytest.raises(OperationalError):
        finish_articles(source, at=NOW, fetch=away)

    article.refresh_from_db()
    assert (article.tries, article.problem) == (0, "")


def test_a_worker_that_died_over_an_article_delays_it_by_the_lease_only(web):
    make_leaders()
    web.pages["/a"] = article_page("Rain", "Rain is expected in the south of the country. " * 9)
    source = make_source()
    article = Article.objects.create(
        source=source, url=web.url("/a"), language="en", found_at=NOW, next_try_at=NOW
    )
    assert article.claim(at=NOW)

    assert finish_articles(source, at=NOW + LEASE / 2) == 0
    assert finish_articles(source, at=AFTER_THE_LEASE) == 1


def answers(*told):
    """A fetch that gives these answers, one after the other."""
    queue = list(told)
    return lambda url, **how: queue.pop(0)


def feed(**fields):
    body = b'<rss version="2.0"><channel><title>News</title></channel></rss>'
    return Fetched(status=200, url="https://example.org/feed", body=body, **fields)


def polled(source, *told, at=NOW):
    for answer in told:
        at += timedelta(days=2)
        poll(source, at=at, fetch=answers(answer))
    source.refresh_from_db()
    return source


def test_a_permanent_redirect_is_adopted_once_it_is_confirmed():
    new = "https://example.org/new"
    source = make_source(url="https://example.org/old")

    assert polled(source, feed(moved_to=new), feed(moved_to=new)).url == "https://example.org/old"
    assert polled(source, feed(moved_to=new), at=NOW + timedelta(days=9)).url == new


def test_a_redirect_that_changes_its_mind_or_leads_to_a_known_source_is_not_adopted():
    source = make_source(url="https://example.org/old")
    new, other = feed(moved_to="https://example.org/new"), feed(moved_to="https://example.org/x")
    assert polled(source, new, new, other, new, feed(), new).url == "https://example.org/old"

    make_source(url="https://example.org/new")
    assert polled(source, new, new, new, new).url == "https://example.org/old"


def test_a_source_that_is_gone_is_disabled_and_says_why():
    source = polled(make_source(), Fetched(status=410, url="https://example.org/"))

    assert not source.is_enabled
    assert "410" in source.disabled_because
    assert Poll.objects.get().outcome == "GONE"


def test_a_server_that_asks_for_patience_gets_it():
    source = make_source()
    busy = Fetched(status=503, url="https://example.org/", retry_after=7 * 3600)

    poll(source, at=NOW, fetch=answers(busy))

    source.refresh_from_db()
    assert source.next_poll_at == NOW + timedelta(hours=7)


def test_a_lie_about_nothing_new_is_found_out_within_a_day(web):
    web.pages["/feed"] = rss((web.url("/a"), "News", PUBLISHED))
    web.pages["/feed"].etag = '"always the same"'
    source = make_source(url=web.url("/feed"))
    poll(source, at=NOW)
    web.pages["/feed"] = rss((web.url("/b"), "More news", PUBLISHED))
    web.pages["/feed"].etag = '"always the same"'

    assert poll(source, at=NOW + timedelta(hours=6)).http_status == 304
    assert poll(source, at=NOW + timedelta(hours=25)).new_articles == 1


@pytest.mark.parametrize("read_in_full_at", [None, NOW - timedelta(hours=1)])
def test_a_304_that_nobody_asked_for_is_an_error(read_in_full_at):
    source = make_source(read_in_full_at=read_in_full_at)

    row = poll(source, at=NOW, fetch=answers(Fetched(status=304, url="https://e.org/")))

    assert row.outcome == "ERROR_STATUS"
