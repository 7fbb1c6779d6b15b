"""Polling real feeds on loopback, down to candidates in the queue."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from news import steps
from news.fetching import fetch
from news.models import Article, Candidate, Poll, Source
from news.polling import poll
from tests.news.build import NOW, make_leaders, make_reading, make_source
from tests.news.web import Page, article_page, rss

pytestmark = pytest.mark.django_db

PUBLISHED = "Tue, 10 Jun 2025 09:00:00 +0900"
LATER = NOW + timedelta(hours=1)
PARAGRAPHS = [
    "President Lee Jae-myung held a phone call with Japanese Prime Minister Shigeru Ishiba on "
    "June 9, the presidential office said, and both agreed to keep in close contact.",
    "The two leaders spoke for about 25 minutes. They shared the view that the relations of "
    "Korea and Japan matter more in the present setting, the office said in a statement.",
    "They also agreed to meet in person at an early date to talk about bilateral ties.",
]


@pytest.fixture
def source(web):
    web.pages["/feed"] = rss(
        (web.url("/a"), "Leaders speak by phone", PUBLISHED),
        (web.url("/b"), "Rain expected", PUBLISHED),
    )
    web.pages["/a"] = article_page("Leaders speak by phone", *PARAGRAPHS)
    web.pages["/b"] = article_page(
        "Rain expected",
        *["Rain is expected in the south of the country on Wednesday, the weather office said."]
        * 4,
    )
    make_leaders()
    return make_source(url=web.url("/feed"))


def last_poll():
    return Poll.objects.latest_first().first()


def test_a_new_article_is_read_down_to_its_text(web, source):
    row = poll(source, at=NOW)

    assert (row.outcome, row.items, row.new_articles, row.reason) == ("NEW", 2, 2, "")
    article = Article.objects.get(url=web.url("/a"))
    assert article.stage == Article.Stage.DRAFTED
    assert "about 25 minutes" in article.text
    assert "Politics" not in article.text
    assert article.page == ""
    assert (article.outlet, article.title) == (source.outlet, "Leaders speak by phone")
    assert article.published_at == datetime(2025, 6, 10, 0, 0, tzinfo=UTC)
    assert article.published_on.isoformat() == "2025-06-10"


def test_polling_twice_stores_each_article_once(web, source):
    poll(source, at=NOW)

    row = poll(source, at=LATER)

    assert (row.outcome, row.items, row.new_articles) == ("NOTHING_NEW", 2, 0)
    assert Article.objects.count() == 2
    assert len(web.asked("/a")) == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(web, source):
    web.pages["/feed"].etag = '"7"'
    poll(source, at=NOW)

    row = poll(source, at=LATER)

    assert web.asked("/feed")[1]["If-None-Match"] == '"7"'
    assert (row.outcome, row.http_status, row.items) == ("NOTHING_NEW", 304, 0)
    source.refresh_from_db()
    assert (source.etag, source.failures) == ('"7"', 0)


def test_a_source_is_verified_by_its_first_feed(source):
    assert source.verified_at is None

    poll(source, at=NOW)
    poll(source, at=LATER)

    source.refresh_from_db()
    assert source.verified_at == NOW
    assert source.next_poll_at > LATER


@pytest.mark.parametrize(
    ("page", "outcome", "reason"),
    [
        (Page(status=500), "ERROR_STATUS", "500 (Internal Server Error)"),
        (Page(status=404), "ERROR_STATUS", "404 (Not Found)"),
        (Page(status=799), "ERROR_STATUS", "799"),
        (article_page("Sign in", "Please sign in."), "NOT_A_FEED", "web page (HTML)"),
        (Page(b"<rss"), "NOT_A_FEED", "neither RSS nor Atom"),
        (Page(b""), "NOT_A_FEED", "empty"),
        (Page(status=302, headers={"Location": "http://10.0.0.1/"}), "REFUSED", "private"),
        (Page(status=302, headers={"Location": "ftp://example.org/"}), "REFUSED", "https://"),
    ],
)
def test_a_poll_that_failed_says_why_and_the_next_one_waits_longer(
    web, source, page, outcome, reason
):
    web.pages["/feed"] = page

    row = poll(source, at=NOW, spread=lambda: 0.5)

    assert row.outcome == outcome
    assert reason in row.reason
    assert Article.objects.count() == 0
    source.refresh_from_db()
    assert (source.verified_at, source.failures) == (None, 1)
    first_wait = source.next_poll_at - NOW
    poll(source, at=LATER, spread=lambda: 0.5)
    source.refresh_from_db()
    assert source.next_poll_at - LATER == 2 * first_wait
    assert Poll.objects.count() == 2


def test_the_wait_after_many_failures_is_a_day(source, web):
    web.pages["/feed"] = Page(status=500)
    source.failures = 900
    source.save()

    poll(source, at=NOW)

    source.refresh_from_db()
    wait = source.next_poll_at - NOW
    assert timedelta(hours=21) < wait <= timedelta(hours=24)


def test_an_article_whose_page_fails_is_tried_again_at_the_next_poll(web, source):
    page = web.pages.pop("/a")
    poll(source, at=NOW)
    article = Article.objects.get(url=web.url("/a"))
    assert (article.stage, article.tries) == ("FOUND", 1)
    assert "404" in article.problem

    web.pages["/a"] = page
    poll(source, at=LATER)

    article.refresh_from_db()
    assert article.stage == "DRAFTED"


def test_an_article_without_a_text_is_given_up_after_a_few_tries(web, source):
    web.pages["/a"] = Page(b"<html><body></body></html>")
    web.pages["/b"] = Page(b"%PDF-1.7", content_type="application/pdf")

    for hour in range(6):
        poll(source, at=NOW + timedelta(hours=hour))

    articles = {article.url: article for article in Article.objects.all()}
    assert "No article text" in articles[web.url("/a")].problem
    assert "application/pdf" in articles[web.url("/b")].problem
    assert len(web.asked("/b")) == 4


def test_a_source_that_another_worker_reads_is_left_alone(source):
    same = Source.objects.get(pk=source.pk)
    assert Source.objects.lease(source.pk, at=NOW, token=uuid4())

    assert poll(same, at=NOW) is None
    assert Poll.objects.count() == 0


def test_two_feeds_that_offer_one_address_make_one_article(web, source):
    poll(source, at=NOW)

    row = poll(make_source(url=web.url("/feed?copy=1")), at=LATER)

    assert row.outcome == "ERROR_STATUS"
    web.pages["/feed?copy=1"] = web.pages["/feed"]
    row = poll(make_source(url=web.url("/feed?copy=1#2")), at=LATER + timedelta(hours=1))
    assert (row.items, row.new_articles) == (2, 0)
    assert Article.objects.count() == 2


def test_a_feed_that_moves_an_article_does_not_make_a_second_one(web, source):
    poll(source, at=NOW)
    body = web.pages["/feed"].body.replace(
        f"<link>{web.url('/a')}".encode(), f"<link>{web.url('/moved')}".encode()
    )
    web.pages["/feed"] = Page(body)

    row = poll(source, at=LATER)

    assert row.new_articles == 0


@pytest.mark.django_db(transaction=True)
def test_no_transaction_is_open_while_the_network_is_waited_for(web, source):
    def watched(url, **how):
        assert not connection.in_atomic_block
        return fetch(url, **how)

    poll(source, at=NOW, fetch=watched)

    assert [path for path, _headers in web.requests] == ["/feed", "/robots.txt", "/a", "/b"]


def test_what_the_pipeline_drafts_waits_in_the_queue(web, source, monkeypatch):
    from tests.news.build import evidence, make_draft

    def one_call(article, knowledge):
        if "25 minutes" not in article.text:
            return make_reading()
        row = evidence("kind", "call", "phone call", article.text)
        return make_reading(make_draft(evidence=(row,)))

    monkeypatch.setattr("news.ingest.read_article", one_call)

    poll(source, at=NOW)

    candidate = Candidate.objects.get()
    assert candidate.state == "PENDING"
    assert candidate.article.url == web.url("/a")


def test_an_article_that_cannot_be_read_does_not_keep_the_others_back(web, source, monkeypatch):
    def fails_on_rain(article, knowledge):
        if "Rain" in article.text:
            raise RecursionError
        return make_reading()

    monkeypatch.setattr("news.ingest.read_article", fails_on_rain)

    poll(source, at=NOW)

    stages = dict(Article.objects.values_list("url", "stage"))
    assert stages == {web.url("/a"): "DRAFTED", web.url("/b"): "EXTRACTED"}
    assert "RecursionError" in Article.objects.get(url=web.url("/b")).problem
    assert Poll.objects.count() == 1


def test_only_enabled_sources_whose_time_has_come_are_due(source):
    make_source(next_poll_at=LATER)
    make_source(is_enabled=False)

    assert list(Source.objects.due(NOW)) == [source]
    assert steps.MOST_PAGES > 1


def test_a_page_that_its_site_keeps_from_robots_is_not_asked_for(web, source):
    web.pages["/robots.txt"] = Page(
        b"User-agent: *\nDisallow: /a\n", content_type="text/plain; charset=utf-8"
    )

    poll(source, at=NOW)

    assert not web.asked("/a")
    assert "robots" in Article.objects.get(url=web.url("/a")).problem
    assert Article.objects.get(url=web.url("/b")).stage == "DRAFTED"
