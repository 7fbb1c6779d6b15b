"""What feeds offer, stored: nothing lost, nothing doubled."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from news.canonical import address_key
from news.models import Article
from news.parsing.items import FeedItem
from news.storing import store_items
from tests.news.build import NOW, make_article, make_source

pytestmark = pytest.mark.django_db

ITEM = FeedItem("https://example.org/a", "1", "Leaders speak by phone", NOW, NOW.date())
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def source():
    return make_source()


def test_an_article_is_stored_with_all_that_the_feed_says_of_it(source):
    item = replace(ITEM, published_at=None, published_on=None, date_problem="missing", summary="S")

    assert store_items(source, [item], at=NOW) == 1

    article = Article.objects.get()
    assert (article.summary, article.date_problem, article.guid) == ("S", "missing", "1")
    assert article.address_key == address_key(item.url)


def test_spellings_of_one_address_are_one_article_for_all_sources(source):
    store_items(source, [ITEM], at=NOW)
    spelled = replace(ITEM, url="http://EXAMPLE.org/a?utm_source=rss", guid="of another feed")

    assert store_items(make_source(), [spelled], at=NOW) == 0
    assert store_items(source, [spelled], at=NOW) == 0


def test_ids_and_addresses_of_ten_kilobytes_tell_articles_apart(source):
    tail = "a" * 9_900
    items = [
        replace(ITEM, url=f"https://example.org/{tail}/{number}", guid=f"{tail}{number}")
        for number in range(3)
    ]

    assert store_items(source, items, at=NOW) == 3
    assert store_items(source, items, at=LATER) == 0
    moved = [replace(item, url=f"{item.url}/moved") for item in items]
    assert store_items(source, moved, at=LATER) == 0


def test_ids_that_change_at_every_poll_double_nothing(source):
    assert [
        store_items(source, [replace(ITEM, guid=f"{poll}")], at=NOW + timedelta(hours=poll))
        for poll in range(5)
    ] == [1, 0, 0, 0, 0]


def test_one_id_for_everything_loses_nothing_over_many_polls(source):
    offered = [
        replace(ITEM, url=f"https://example.org/{poll}", title=f"Story {poll}") for poll in range(9)
    ]

    added = [
        store_items(source, [item], at=NOW + timedelta(hours=n)) for n, item in enumerate(offered)
    ]

    assert added == [1] * 9
    assert store_items(source, offered, at=LATER) == 0


def test_an_article_under_a_new_title_keeps_its_identity_and_both_titles(source):
    store_items(source, [ITEM], at=NOW)
    article = Article.objects.get()

    store_items(source, [replace(ITEM, title="Leaders did not speak")], at=LATER)
    store_items(source, [replace(ITEM, title="Leaders did not speak")], at=LATER)

    article.refresh_from_db()
    assert article.title == "Leaders did not speak"
    versions = article.versions.order_by("id").values_list("title", "grade")
    assert list(versions) == [
        ("Leaders speak by phone", ""),
        ("Leaders did not speak", "SUBSTANCE"),
    ]


def test_two_feeds_with_a_title_each_do_not_make_versions_without_end(source):
    other = make_source()
    titles = {source: ITEM.title, other: "Phone call of the leaders"}

    for poll in range(4):
        for feed, title in titles.items():
            store_items(feed, [replace(ITEM, title=title)], at=NOW + timedelta(hours=poll))

    assert Article.objects.get().versions.count() == 2


def test_a_title_that_comes_later_is_no_change(source):
    store_items(source, [replace(ITEM, title="")], at=NOW)

    store_items(source, [ITEM], at=LATER)

    article = Article.objects.get()
    assert (article.title, article.versions.count()) == (ITEM.title, 0)


def test_known_articles_are_found_by_index_however_many_are_asked_for(source):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    rows = Article.objects.of_address(*(f"{n:064}" for n in range(500)))

    assert "article_of_an_address_is_stored_once" in rows.explain()


def test_storing_costs_the_same_for_few_and_many(source, django_assert_num_queries):
    for count in (1, 50):
        items = [
            replace(ITEM, url=f"https://example.org/{count}/{n}", guid=f"{count}/{n}")
            for n in range(count)
        ]
        with django_assert_num_queries(2):  # what is known, insert
            store_items(source, items, at=NOW)


@pytest.mark.parametrize(
    ("rule", "columns"),
    [
        ("article_with_an_address_has_its_key", {"address_key": ""}),
        ("article_with_an_id_has_its_key", {"guid": "1", "guid_key": ""}),
    ],
)
def test_no_door_stores_an_article_without_its_keys(rule, columns):
    article = make_article()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**columns)


def test_an_address_that_is_learnt_later_sets_the_key():
    article = make_article(url="")

    article.take_address("https://EXAMPLE.org/b?fbclid=1")
    make_article(url="", text="Another text.").take_address("https://example.org/b")

    article.refresh_from_db()
    assert article.address_key == address_key("https://example.org/b")
    assert Article.objects.of_address(article.address_key).count() == 1
