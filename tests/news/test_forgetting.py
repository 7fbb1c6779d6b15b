"""What is let go of after a time, and what never is."""

from datetime import timedelta

import pytest

from diplomacy.celery import app
from news import forgetting, tasks
from news.forgetting import forget_answers, forget_polls, forget_texts
from news.knowledge import from_record
from news.models import Article, ModelCall, ModelReading, Poll
from news.models.articles import MOST_TRIES
from news.parsing.items import FeedItem
from news.review import reject
from news.rewording import keep_text
from news.storing import store_items
from tests.events.build import make_citation, make_event
from tests.news.build import NOW, make_article, make_candidate, make_source

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=100)
KEEP = timedelta(days=30)


def drafted(**fields):
    return make_article(stage="DRAFTED", **fields)


def test_a_text_that_nothing_needs_is_forgotten_and_its_article_is_not():
    source = make_source()
    article = drafted(source=source, guid="1", summary="S", url="https://example.org/a")
    keep_text(article, "Another text.", from_record(), at=NOW)

    assert forget_texts(at=LATER, keep=KEEP) == 1
    assert forget_texts(at=LATER, keep=KEEP) == 0

    article.refresh_from_db()
    assert (article.text, article.summary, article.forgotten_at) == ("", "", LATER)
    assert article.title
    assert article.text_sha256
    assert not article.versions.exists()
    item = FeedItem("https://example.org/a?utm_source=x", "", article.title, NOW, NOW.date())
    assert store_items(source, [item], at=LATER) == 0
    moved = FeedItem("https://example.org/b", "1", article.title, None, None)
    assert store_items(source, [moved], at=LATER) == 0


def test_what_waits_or_is_cited_is_kept(editor):
    make_candidate(make_article())
    make_article(stage="EXTRACTED")
    make_citation(event=make_event(), url=drafted().url)
    drafted(found_at=LATER)
    drafted(is_sample=True)

    assert forget_texts(at=LATER, keep=KEEP) == 0


def test_an_article_whose_candidates_are_all_rejected_or_that_was_given_up_is_forgotten(editor):
    reject(make_candidate(make_article()), reason="WRONG", by=editor, at=NOW)
    given_up = Article.objects.create(
        url="https://example.org/x", found_at=NOW, stage="FETCHED", page="<html>", tries=MOST_TRIES
    )

    assert forget_texts(at=LATER, keep=KEEP) == 2

    given_up.refresh_from_db()
    assert (given_up.page, given_up.stage) == ("", "FETCHED")


def test_old_polls_go_but_the_last_answer_of_each_source(monkeypatch):
    monkeypatch.setattr(forgetting, "BATCH", 3)
    source = make_source()
    for day in range(10):
        at = NOW + timedelta(days=day)
        Poll.objects.create(source=source, started_at=at, finished_at=at, outcome="NOTHING_NEW")
    last = Poll.objects.create(
        source=source, started_at=LATER, finished_at=LATER, outcome="REFUSED", reason="No."
    )

    assert forget_polls(at=LATER, keep=KEEP) == 9

    kept = Poll.objects.order_by("started_at").values_list("started_at", flat=True)
    assert list(kept) == [NOW + timedelta(days=9), last.started_at]


def test_what_a_model_was_asked_and_read_goes_too(editor):
    article = make_article(found_at=NOW)
    reject(make_candidate(article), reason="WRONG", by=editor, at=NOW)
    call = ModelCall.objects.create(
        asked_at=NOW, model="m", prompt_version=1, sent_sha256="0" * 64, tokens=1
    )
    ModelReading.objects.create(
        article=article, call=call, model="m", prompt_version=1, read_at=NOW
    )

    assert forget_answers(at=LATER, keep=KEEP) == 1
    assert ModelReading.objects.get().call is None
    assert forget_texts(at=LATER, keep=KEEP) == 1
    assert not ModelReading.objects.exists()


@pytest.mark.parametrize(("days", "left"), [(30, 0), (0, 1)])
def test_the_task_keeps_what_the_settings_say_and_0_is_for_ever(settings, days, left):
    settings.KEEP_POLLS_DAYS = settings.KEEP_TEXTS_DAYS = days
    source = make_source()
    Poll.objects.create(
        source=source,
        started_at=NOW - timedelta(days=3000),
        finished_at=NOW,
        outcome="REFUSED",
        reason="No.",
    )
    drafted(found_at=NOW - timedelta(days=3000))

    tasks.forget_old()

    assert Poll.objects.count() == Article.objects.exclude(text="").count() == left


def test_the_task_runs_every_day():
    schedule = app.conf.beat_schedule.values()

    assert "news.tasks.forget_old" in [entry["task"] for entry in schedule]
