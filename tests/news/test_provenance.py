"""Where a text is from, how sure its day is and what became of it: stored, and said to people."""

import unicodedata
from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.urls import reverse

from news.canonical import address_key, key_of
from news.ingest import NewArticle, ingest_article
from news.knowledge import from_record
from news.models import Article, Dispatch
from news.polling import poll
from news.rewording import keep_text
from tests.news.build import (
    NOW,
    TEXT,
    make_article,
    make_candidate,
    make_leaders,
    make_source,
)
from tests.news.web import Page, article_page

pytestmark = pytest.mark.django_db

FEED = """<rss version="2.0"><channel><item><link>{url}</link><title>A call</title>
<pubDate>{date}</pubDate><description>{summary}</description></item></channel></rss>"""
SUMMARY = "The leaders of the two countries spoke by phone, the office said in a few words."


@pytest.fixture
def page_of(client, reviewer):
    """The review page of an article's candidate, as one sees it who may look at articles."""
    reviewer.user_permissions.add(Permission.objects.get(codename="view_article"))
    client.force_login(reviewer)

    def shown(article):
        return client.get(make_candidate(article).get_absolute_url()).text

    return shown


def polled(web, page, date="Tue, 10 Jun 2025 09:00:00 +0900"):
    feed = FEED.format(url=web.url("/a"), date=date, summary=SUMMARY)
    web.pages |= {"/feed": Page(feed.encode()), "/a": page}
    make_leaders()
    poll(make_source(url=web.url("/feed"), time_zone="Asia/Seoul"), at=NOW)
    return Article.objects.get()


def test_a_page_without_a_text_leaves_the_summary_of_the_feed_and_says_so(web):
    article = polled(web, Page(b"<html><body><div id='root'></div></body></html>"))

    assert (article.text, article.text_from) == (SUMMARY, "summary")
    assert article.get_text_from_display() == "The summary in the feed"


def test_a_text_of_the_page_is_said_to_be_of_the_page_and_the_summary_is_kept(web):
    article = polled(web, article_page("A call", *[SUMMARY.replace("few", "many")] * 4))

    assert (article.text_from, article.summary) == ("page", SUMMARY)


@pytest.mark.parametrize(
    ("date", "noted", "day", "problem"),
    [
        ("", "2025-06-09T23:00:00Z", "2025-06-10", ""),
        ("", "2099-01-01", "2026-06-01", "future"),
        ("Tue, 01 Jan 2099 00:00:00 GMT", "2025-06-10", "2025-06-10", ""),
        ("Tue, 01 Jan 2099 00:00:00 GMT", "2099-01-01", "2026-06-01", "future"),
    ],
)
def test_the_day_is_the_first_believable_one_of_feed_and_page(web, date, noted, day, problem):
    notes = f'{{"headline":"A call","datePublished":"{noted}"}}'
    head = f'<script type="application/ld+json">{notes}</script>'.encode()
    page = article_page("A call", *[SUMMARY] * 4)
    page.body = page.body.replace(b"</head>", head + b"</head>")

    article = polled(web, page, date)

    assert (article.published_on.isoformat(), article.date_problem) == (day, problem)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"text_from": "summary"}, "Only the summary in the feed"),
        ({"date_problem": "future"}, "dates it in the future"),
        ({"date_problem": "missing"}, "gives no date"),
        ({"date_problem": "impossible"}, "does not exist"),
        ({"date_problem": "too_old"}, "too old to be true"),
        ({"text_from": "page"}, None),
    ],
)
def test_the_review_page_says_what_to_know_of_the_text(page_of, fields, told):
    shown = page_of(make_article(**fields))

    assert ("review-notes" in shown) == bool(told)
    assert (told or "") in shown


def test_the_review_page_names_the_other_outlets_of_a_dispatch(page_of):
    dispatch = Dispatch.objects.create(agency="YONHAP", found_at=NOW)
    make_article("Other.", dispatch=dispatch, outlet="The <Other> Times")

    shown = page_of(make_article(dispatch=dispatch))

    assert "Also in, after Yonhap:" in shown
    assert "The &lt;Other&gt; Times</a>" in shown


def test_the_review_page_says_that_the_article_has_changed_and_where_to_see_it(page_of):
    article = make_article()
    keep_text(article, TEXT.replace("June 9", "June 10"), from_record(), at=NOW)

    shown = page_of(article)

    assert "Changed since it was read (substance)." in shown
    assert reverse("admin:news_article_change", args=[article.pk]) + "#versions" in shown


def test_who_may_not_look_at_articles_gets_no_link_to_them(client, reviewer):
    article = make_article()
    keep_text(article, "Another text.", from_record(), at=NOW)
    client.force_login(reviewer)

    shown = client.get(make_candidate(article).get_absolute_url()).text

    assert "Changed since it was read" in shown
    assert "#versions" not in shown


def test_the_admin_shows_the_versions_word_by_word_and_escaped(admin_client):
    article = make_article(date_problem="future", text_from="json-ld")
    for hour, day in enumerate(("<b>10</b>", "11")):
        text = TEXT.replace("9", day)
        keep_text(article, text, from_record(), at=NOW + timedelta(hours=hour))

    shown = admin_client.get(reverse("admin:news_article_change", args=[article.pk])).text

    assert "<del>9</del><ins>&lt;b&gt;10&lt;/b&gt;</ins>" in shown
    assert "<b>10</b>" not in shown
    assert "dates it in the future" in shown
    assert "search engines (JSON-LD)" in shown
    assert " style=" not in shown


def test_the_admin_says_of_an_article_that_stayed_as_it_was(admin_client):
    shown = admin_client.get(reverse("admin:news_article_change", args=[make_article().pk])).text

    assert "No change has been seen." in shown


def test_what_is_handed_in_is_stored_composed_and_without_what_no_text_means():
    told = NewArticle(
        text=unicodedata.normalize("NFD", "한일 정상이 통화했다.") + "\x00\ud800\r\nが\u202e",
        title="A\x00 call\ud800",
        published_on=NOW.date(),
        url="https://example.org/a",
    )

    article = ingest_article(told, from_record(), at=NOW).article

    article.refresh_from_db()
    assert (article.text, article.title) == ("한일 정상이 통화했다.\nが", "A call")
    assert article.address_key == address_key("https://example.org/a")
    assert not ingest_article(told, from_record(), at=NOW).is_new


def test_a_page_is_stored_composed_and_without_what_no_text_means(web):
    page = Page(unicodedata.normalize("NFD", "<html>가\x00\u202e</html>").encode())

    article = polled(web, page)
    assert article.text_from == "summary"
    from news.extraction import decode_page

    assert decode_page(page.body) == "<html>가</html>"


def test_articles_stored_before_there_were_keys_get_them():
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE news_article DROP CONSTRAINT article_with_an_address_has_its_key, "
            "DROP CONSTRAINT article_with_an_id_has_its_key"
        )
    first, second, third = (make_article() for _number in range(3))
    Article.objects.update(address_key="", guid_key="")
    Article.objects.filter(pk=second.pk).update(url=f"{first.url}?utm_source=x", guid="2")

    import_module("news.migrations.0004_keys_of_articles").fill_keys(apps, None)

    first.refresh_from_db()
    second.refresh_from_db()
    third.refresh_from_db()
    assert (first.address_key, first.same_as) == (address_key(first.url), None)
    assert (second.address_key, second.same_as, second.guid_key) == ("", first, key_of("2"))
    assert third.address_key == address_key(third.url)
