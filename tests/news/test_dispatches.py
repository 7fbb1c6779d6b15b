"""One text in several places drafts its candidates once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from news import ingest
from news.dispatches import also_in
from news.ingest import NewArticle, ingest_article, store_reading
from news.models import Article, Candidate, Dispatch, Report
from news.pipeline import Knowledge
from news.review import reject
from tests.news.build import NOW, evidence, make_article, make_draft, make_leaders, make_reading
from tests.news.pipeline.test_resemblance import LANGUAGES, OWN, whole

pytestmark = pytest.mark.django_db

DAY = date(2025, 6, 10)
NOTHING = Knowledge((), (), ())


@pytest.fixture(autouse=True)
def record():
    make_leaders()


def drafted(article, **fields):
    """The article as it is once read, with one candidate drafted from its first letters."""
    row = evidence("kind", "call", article.text[:20], article.text)
    store_reading(article, make_reading(make_draft(evidence=(row,), **fields)))
    article.refresh_from_db()
    return article


def printed(outlet, text, **fields):
    return make_article(text, outlet=outlet, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_that_two_outlets_print_is_one_dispatch_with_one_set_of_candidates(language):
    text = whole(language)
    first = drafted(printed("One", text, language=language))
    second = drafted(printed("Two", "(Yonhap) " + text, language=language))

    assert Candidate.objects.count() == 1
    first.refresh_from_db()
    assert first.dispatch == second.dispatch is not None
    assert first.dispatch.agency == "YONHAP"
    assert [other.outlet for other in also_in(first)] == ["Two"]
    assert [other.outlet for other in also_in(second)] == ["One"]
    third = drafted(printed("Three", text, language=language))
    assert third.dispatch == first.dispatch
    assert Dispatch.objects.count() == 1


def test_a_dispatch_that_reports_what_another_told_first_is_one_report_too():
    drafted(make_article(outlet="First"))
    drafted(printed("One", whole("en")))
    drafted(printed("Two", whole("en") + " " + OWN["en"]))

    assert Dispatch.objects.count() == 1
    assert (Candidate.objects.count(), Report.objects.count()) == (1, 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_reports_of_one_event_both_draft(language):
    drafted(printed("One", whole(language), language=language))
    drafted(printed("Two", OWN[language], language=language))

    assert (Report.objects.count(), Dispatch.objects.count()) == (2, 0)


@pytest.mark.parametrize(
    "fields",
    [
        {"published_on": DAY + timedelta(days=3)},
        {"is_sample": True},
        {"text": "(Kyodo) " + whole("en")},
    ],
    ids=["days later", "a sample", "another agency"],
)
def test_what_is_not_one_dispatch_drafts_for_itself(fields):
    drafted(printed("One", "(Yonhap) " + whole("en")))

    drafted(printed("Two", **{"text": whole("en"), **fields}))

    assert (Report.objects.count(), Dispatch.objects.count()) == (2, 0)


def test_what_a_longer_print_tells_besides_is_drafted_and_the_rest_is_not():
    drafted(printed("One", whole("en")))
    longer = printed("Two", whole("en") + " " + OWN["en"])
    row = evidence("kind", "call", longer.text[:20], longer.text)
    again = make_draft(evidence=(row,), city="Seoul")
    other = make_draft(evidence=(row,), kind="summit", starts_on=DAY, ends_on=DAY)

    store_reading(longer, make_reading(again, other))

    assert [row.kind for row in longer.candidates.all()] == ["SUMMIT"]
    assert Dispatch.objects.count() == 1


def test_the_same_text_under_a_second_address_is_the_same_article():
    first = drafted(printed("One", whole("en")))
    second = drafted(printed("One", whole("en"), url="https://example.org/second"))

    assert second.same_as == first
    assert (second.stage, Candidate.objects.count()) == ("DRAFTED", 1)
    assert also_in(first) == []


def test_a_short_text_of_another_day_is_another_article():
    drafted(printed("One", "Lee and Ishiba spoke by phone."))
    later = drafted(
        printed("One", "Lee and Ishiba spoke by phone.", published_on=DAY + timedelta(days=30))
    )

    assert later.same_as is None
    assert Report.objects.count() == 2


def test_the_texts_alike_are_looked_up_by_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    plan = Article.objects.filter(marks__overlap=[8, 16]).explain()

    assert "article_by_marks_of_its_text" in plan


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_read_one_text_at_once_draft_it_once():
    articles = [printed(f"Outlet {n}", whole("en")) for n in range(2)]
    ready = threading.Barrier(2)

    def work(article):
        ready.wait(10)
        drafted(article)
        connection.close()

    threads = [threading.Thread(target=work, args=(article,)) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (Candidate.objects.count(), Dispatch.objects.count()) == (1, 1)


@pytest.fixture
def rejected(editor, monkeypatch):
    """An article whose only candidate was rejected; all that is ingested drafts a candidate."""

    def reading(article, _knowledge):
        row = evidence("kind", "call", article.text[:20], article.text)
        return make_reading(make_draft(evidence=(row,)))

    monkeypatch.setattr(ingest, "read_article", reading)
    told = NewArticle(
        text=whole("en"),
        published_on=DAY,
        title="A call",
        url="https://example.org/a",
        outlet="One",
    )
    done = ingest_article(told, NOTHING, at=NOW)
    reject(done.candidates[0], reason="WRONG", by=editor, at=NOW)
    return told


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"text": "Quite another text now. " * 9},
        {"title": "Another title"},
        {"url": "http://example.org/a?utm_source=rss"},
        {"url": "https://example.org/b"},
        {"url": "", "outlet": ""},
        {"url": "https://example.com/b", "outlet": "Two"},
        {"url": "https://example.org/b", "published_on": DAY + timedelta(days=20)},
    ],
)
def test_what_was_rejected_stays_rejected(rejected, change):
    fields = {name: getattr(rejected, name) for name in rejected.__slots__}

    ingest_article(NewArticle(**{**fields, **change}), NOTHING, at=NOW)

    assert not Candidate.objects.pending().exists()


def test_an_article_that_is_read_again_drafts_nothing_again(rejected):
    article = Article.objects.get()
    row = evidence("kind", "summit", article.text[:20], article.text)

    store_reading(article, make_reading(make_draft(evidence=(row,), kind="summit")))

    assert not Candidate.objects.pending().exists()
