"""Figures of the news at /metrics."""

from datetime import timedelta

import pytest
import time_machine
from prometheus_client.parser import text_string_to_metric_families

from news.gauges import news_figures
from news.models.articles import MOST_TRIES
from news.watching import watch
from tests.news.build import NOW, make_article, make_source
from tests.news.past import HOUR, make_failing, make_gone, make_silent, make_well, poll

pytestmark = pytest.mark.django_db


def figures(text):
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
        if sample.name.startswith("news_")
    }


def test_sources_are_counted_by_state():
    for make in (make_well, make_silent, make_failing, make_gone):
        make()
    make_source()
    make_source(is_enabled=False)
    watch(at=NOW)

    found = figures(news_figures(at=NOW).decode())

    states = ("well", "silent", "failing", "gone", "untried", "off")
    assert [found["news_sources", state] for state in states] == [1] * 6


def test_a_state_that_no_source_is_in_is_nought_not_missing():
    found = figures(news_figures(at=NOW).decode())

    assert found["news_sources", "failing"] == 0
    assert found["news_articles_waiting", "found"] == 0
    assert found["news_polling_overdue_seconds",] == 0


def test_each_source_says_when_it_last_answered():
    failing = make_failing(attempts=5)
    never = make_source()
    poll(never, NOW, "ERROR_STATUS")

    found = figures(news_figures(at=NOW).decode())

    assert found["news_source_last_success_seconds", failing.name] == 6 * 3600
    assert ("news_source_last_success_seconds", never.name) not in found


def test_work_that_stands_still_shows():
    make_article(stage="FOUND", found_at=NOW - 2 * HOUR)
    make_article(stage="FOUND", tries=MOST_TRIES)
    make_article(stage="DRAFTED", drafted_at=NOW - timedelta(minutes=5))
    make_source(next_poll_at=NOW - timedelta(minutes=7))
    make_source(next_poll_at=NOW - HOUR, is_enabled=False)
    make_source(next_poll_at=NOW - HOUR, leased_until=NOW + timedelta(minutes=1))

    found = figures(news_figures(at=NOW).decode())

    assert found["news_articles_waiting", "found"] == 1
    assert found["news_articles_oldest_waiting_seconds",] == 7200
    assert found["news_articles_given_up",] == 1
    assert found["news_articles_drafted_last_hour",] == 1
    assert found["news_polling_overdue_seconds",] == 420


@pytest.mark.parametrize("count", [1, 10])
def test_a_scrape_costs_two_queries_for_few_and_many(django_assert_num_queries, count):
    for _number in range(count):
        make_well()
        make_article()

    with django_assert_num_queries(2):
        news_figures(at=NOW)


def test_metrics_hold_them_beside_those_of_requests(client):
    make_well(name="example")
    with time_machine.travel(NOW + HOUR, tick=False):
        answer = client.get("/metrics")

    assert figures(answer.text)["news_source_last_success_seconds", "example"] == 3600
    assert "django_http_requests_before_middlewares_total" in answer.text


def test_metrics_of_requests_outlive_the_database(client, monkeypatch):
    def gone(*, at):
        raise ConnectionError("no database")

    monkeypatch.setattr("diplomacy.operations.metrics.news_figures", gone)

    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert "django_http_requests_before_middlewares_total" in answer.text
    assert "news_sources" not in answer.text
