"""Pages looked at again: what they say then is kept beside what was read."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from news import rereading
from news.fetching import Fetched
from news.ingest import store_reading
from news.knowledge import from_record
from news.models import Article, ArticleVersion, Candidate, Source
from news.polling import poll
from news.rereading import look_again
from news.review import reject
from news.rewording import MOST_VERSIONS, keep_text
from news.schedule import LOOKS, next_look
from news.versions import MOST_COMPARED, changes_of, shortened, worst_grade
from tests.news.build import (
    NOW,
    evidence,
    make_article,
    make_candidate,
    make_draft,
    make_leaders,
    make_reading,
    make_source,
)
from tests.news.web import Page, article_page, rss

HOUR = timedelta(hours=1)
PARAGRAPHS = [
    "President Lee Jae-myung held a phone call with Japanese Prime Minister Shigeru Ishiba on "
    "June 9, the presidential office said, and both agreed to keep in close contact.",
    "The two leaders spoke for about 25 minutes. They shared the view that the relations of "
    "Korea and Japan matter more in the present setting, the office said in a statement.",
]


@pytest.mark.parametrize("looks", range(4))
def test_a_page_is_looked_at_some_times_in_the_first_days(looks):
    assert next_look(NOW, looks=looks) == NOW + LOOKS[looks]
    assert next_look(NOW, looks=4) is None


def test_looks_that_were_missed_are_left_out():
    assert next_look(NOW, looks=0, at=NOW + 7 * HOUR) == NOW + timedelta(days=1)
    assert next_look(NOW, looks=1, at=NOW + timedelta(days=9)) is None


@pytest.fixture
def article(web, db, monkeypatch):
    """An article read from a page that has an ETag, and the candidate drafted from it."""

    def one_call(article, _knowledge):
        row = evidence("kind", "call", "phone call", article.text)
        return make_reading(make_draft(evidence=(row,)))

    monkeypatch.setattr("news.ingest.read_article", one_call)
    make_leaders()
    web.pages["/feed"] = rss((web.url("/a"), "A call", "Tue, 10 Jun 2025 09:00:00 +0900"))
    web.pages["/a"] = article_page("A call", *PARAGRAPHS)
    web.pages["/a"].etag = '"1"'
    poll(make_source(url=web.url("/feed")), at=NOW)
    article = Article.objects.get()
    assert article.stage == "DRAFTED"
    return article


def corrected(web, old, new, etag='"2"'):
    web.pages["/a"] = article_page("A call", *(text.replace(old, new) for text in PARAGRAPHS))
    web.pages["/a"].etag = etag


def test_a_page_that_has_not_changed_is_asked_for_by_its_own_etag_and_stores_nothing(web, article):
    assert look_again(at=NOW + HOUR / 2) == 0
    assert look_again(at=NOW + 2 * HOUR) == 0

    assert [asked.get("If-None-Match") for asked in web.asked("/a")] == [None, '"1"']
    assert not ArticleVersion.objects.exists()
    article.refresh_from_db()
    assert article.rereads == 1
    assert article.reread_at - article.fetched_at == LOOKS[1]


def test_the_same_text_sent_anew_stores_nothing(web, article):
    corrected(web, "x", "x")

    look_again(at=NOW + 2 * HOUR)

    assert not ArticleVersion.objects.exists()
    article.refresh_from_db()
    assert article.etag == '"2"'


def test_another_text_is_kept_beside_the_one_that_evidence_points_into(web, article):
    text = article.text
    corrected(web, "June 9", "June 10")

    assert look_again(at=NOW + 2 * HOUR) == 1
    corrected(web, "shared the view", "were of one mind", '"3"')
    assert look_again(at=NOW + 7 * HOUR) == 1

    article.refresh_from_db()
    assert article.text == text
    row = article.reports.get().evidence.get()
    assert article.text[row.starts_at : row.ends_at] == row.quote
    first, second, third = article.versions.order_by("seen_at")
    assert (first.text, first.grade, first.seen_at) == ("", "", article.fetched_at)
    assert "June 10" in second.text
    assert (second.grade, third.grade) == ("SUBSTANCE", "SUBSTANCE")
    assert worst_grade(article) == "substance"
    newest, older = changes_of(article)
    assert [piece.text for piece in older.text if piece.kind == "new"] == ["10"]
    assert [piece.text.strip() for piece in newest.text if piece.kind == "lost"] == [
        "10",
        "shared the view",
    ]


@pytest.mark.parametrize(
    "page",
    [
        Page(status=404),
        Page(status=200, body=b"<html><body></body></html>"),
        Page(status=200, body=b"%PDF", content_type="application/pdf"),
    ],
)
def test_a_look_that_brings_no_text_is_missed_not_repeated(web, article, page):
    web.pages["/a"] = page

    assert look_again(at=NOW + 2 * HOUR) == 0
    assert look_again(at=NOW + 3 * HOUR) == 0

    assert len(web.asked("/a")) == 2
    assert not ArticleVersion.objects.exists()


def test_the_looks_end_and_so_they_do_once_all_is_rejected(web, article, editor):
    for days in range(1, 9):
        look_again(at=NOW + timedelta(days=days + 0.5))
    article.refresh_from_db()
    assert (article.rereads, article.reread_at) == (2, None)

    later = NOW + timedelta(days=9)
    Article.objects.update(reread_at=later, rereads=0)
    asked = len(web.asked("/a"))
    reject(Candidate.objects.get(), reason="WRONG", by=editor, at=later)
    look_again(at=later + HOUR)
    article.refresh_from_db()
    assert (len(web.asked("/a")), article.reread_at) == (asked, None)


@pytest.mark.django_db
def test_of_two_workers_that_found_a_page_due_one_looks():
    make_candidate(make_article(text_from="page", source=make_source()))
    one, other = Article.objects.get(), Article.objects.get()

    assert rereading._claim(one, at=NOW + 2 * HOUR)
    assert not rereading._claim(other, at=NOW + 2 * HOUR)


@pytest.mark.django_db
def test_one_page_of_a_source_is_looked_at_in_a_run_and_none_of_one_that_is_off():
    first, off = make_source(), make_source(is_enabled=False)
    for source in (first, first, off):
        make_candidate(make_article(text_from="page", source=source))
    asked = []

    def fetch(url, **_how):
        asked.append(url)
        return Fetched(status=404, url=url)

    look_again(at=NOW + 2 * HOUR, fetch=fetch)

    assert sum(not url.endswith("/robots.txt") for url in asked) == 1
    assert Article.objects.to_read_again(NOW + 2 * HOUR).count() == 1


def test_a_host_that_is_being_read_is_not_asked_for_a_page_as_well(web, article):
    corrected(web, "25 minutes", "45 minutes")
    lease = Source.objects.lease(article.source_id, at=NOW + 2 * HOUR, token=uuid4())

    assert look_again(at=NOW + 2 * HOUR) == 0

    lease.release(at=NOW + 2 * HOUR)
    assert look_again(at=NOW + 2 * HOUR) == 1


def test_a_host_has_its_pause_after_such_a_look_too(article):
    Source.objects.update(pause_seconds=30)
    at = NOW + 2 * HOUR
    look_again(at=at)

    assert article.source in Source.objects.held(at + timedelta(seconds=25))
    assert article.source not in Source.objects.held(at + timedelta(seconds=60))


@pytest.mark.django_db
def test_only_what_was_fetched_and_drafted_is_looked_at_again():
    handed_in, fetched = make_article(), make_article(text_from="page", source=make_source())
    make_candidate(handed_in)
    make_candidate(fetched)
    idle = make_article(text_from="page", source=make_source())
    store_reading(idle, make_reading())

    waiting = Article.objects.to_read_again(NOW + timedelta(days=9))

    assert list(waiting) == [fetched]


@pytest.mark.django_db
def test_a_page_that_always_says_something_new_does_not_fill_the_database():
    article, knowledge = make_article(), from_record()
    for minute in range(MOST_VERSIONS + 5):
        keep_text(article, f"Text {minute}.", knowledge, at=NOW + timedelta(minutes=minute))

    assert article.versions.count() == MOST_VERSIONS
    changes = changes_of(article)
    assert len(changes) == MOST_VERSIONS - 1
    assert [bool(change.text) for change in changes].count(True) == MOST_COMPARED


def test_what_is_the_same_is_shown_only_around_the_changes():
    from news.pipeline.changes import compare

    same = "word " * 500
    pieces = shortened(compare(f"{same}one {same}", f"{same}two {same}"))

    assert [piece.kind for piece in pieces] == ["same", "lost", "new", "same"]
    assert all(len(piece.text) < 300 for piece in pieces)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("feed", "page", "stored"),
    [
        ((date(2025, 6, 10), ""), (date(2025, 6, 9), ""), (date(2025, 6, 10), "")),
        ((None, "missing"), (date(2025, 6, 9), ""), (date(2025, 6, 9), "")),
        ((None, "missing"), (None, "impossible"), (None, "impossible")),
        ((date(2026, 6, 1), "future"), (date(2025, 6, 9), ""), (date(2025, 6, 9), "")),
        ((date(2026, 6, 1), "future"), (None, "missing"), (date(2026, 6, 1), "future")),
    ],
)
def test_the_day_of_the_feed_counts_unless_it_has_a_problem_that_the_page_has_not(
    feed, page, stored
):
    moment = datetime(2026, 6, 1, tzinfo=UTC) if feed[0] else None
    article = Article(published_on=feed[0], published_at=moment, date_problem=feed[1])

    article.take_day(*page)

    assert (article.published_on, article.date_problem) == stored
