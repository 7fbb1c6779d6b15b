"""A source that has stopped answering is told to readers, who would else take it for calm."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import translation

from news.models import Alert, Poll
from news.silence import notices, silent_sources
from news.watching import watch
from tests.events.build import make_event
from tests.news.build import make_source
from tests.news.past import make_failing, make_gone, make_silent

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
at_noon_in_seoul = time_machine.travel(NOW, tick=False)


def poll(source, at, outcome=Poll.Outcome.NEW):
    """An attempt at that time, remembered as polling does."""
    answered = outcome in (Poll.Outcome.NEW, Poll.Outcome.NOTHING_NEW)
    if answered:
        source.answered(at=at, etag="", last_modified="", has_new=outcome == Poll.Outcome.NEW)
    else:
        source.failed(at=at)
    reason = "" if answered else "no answer"
    return Poll.objects.create(
        source=source, started_at=at, finished_at=at, outcome=outcome, reason=reason
    )


def source_that_answered(hours_ago, outlet="Example Daily", **fields):
    """A source whose last answer was so long ago, and which has failed every hour since."""
    source = make_source(outlet=outlet, **fields)
    poll(source, NOW - 100 * HOUR)
    poll(source, NOW - hours_ago * HOUR, Poll.Outcome.NOTHING_NEW)
    for hour in range(1, hours_ago):
        poll(source, NOW - (hours_ago - hour) * HOUR, Poll.Outcome.UNREACHABLE)
    return source


def silent(at=NOW):
    return [outlet for outlet, _answered in silent_sources(at)]


def test_a_source_that_failed_for_more_than_a_day_is_silent():
    source_that_answered(25)
    assert silent_sources(NOW) == [("Example Daily", NOW - 25 * HOUR)]


@pytest.mark.parametrize("hours", [2, 23, 24])
def test_a_source_that_failed_for_a_day_or_less_is_not(hours):
    source_that_answered(hours)
    assert silent() == []
    assert silent(NOW + 25 * HOUR) == ["Example Daily"]


@pytest.mark.parametrize(
    "outcome",
    [
        Poll.Outcome.UNREACHABLE,
        Poll.Outcome.REFUSED,
        Poll.Outcome.ERROR_STATUS,
        Poll.Outcome.NOT_A_FEED,
    ],
)
def test_whatever_went_wrong_is_no_answer(outcome):
    source = make_source(outlet="Example Daily")
    poll(source, NOW - 30 * HOUR)
    poll(source, NOW - HOUR, outcome)
    assert silent() == ["Example Daily"]


@pytest.mark.parametrize("outcome", [Poll.Outcome.NEW, Poll.Outcome.NOTHING_NEW])
def test_a_source_that_answers_again_is_not_silent(outcome):
    source = source_that_answered(48)
    poll(source, NOW, outcome)
    assert silent() == []


def test_a_source_that_nobody_has_asked_since_is_not_silent():
    """The worker may be down; that is told elsewhere, and not of the source."""
    source = make_source()
    poll(source, NOW - 48 * HOUR)
    assert silent() == []


def test_a_source_that_is_switched_off_is_not_silent():
    source_that_answered(48, is_enabled=False)
    assert silent() == []


def test_a_source_that_never_answered_is_not_silent():
    source = make_source()
    for hours in range(48, 0, -1):
        poll(source, NOW - hours * HOUR, Poll.Outcome.UNREACHABLE)
    assert silent() == []


def test_those_silent_for_longest_come_first():
    source_that_answered(30, "Second")
    source_that_answered(60, "First")
    source_that_answered(30, "Also second")
    assert silent() == ["First", "Also second", "Second"]


def test_it_costs_one_query_for_few_and_many(django_assert_num_queries):
    for number in range(5):
        source_that_answered(30, f"Outlet {number}")
    with django_assert_num_queries(1):
        notices(NOW)


# --- As readers meet it -------------------------------------------------------------------------


def test_nothing_is_said_while_all_sources_answer():
    source_that_answered(2)
    assert notices(NOW) == []


def test_an_outlet_with_two_silent_feeds_is_named_once():
    for _ in range(2):
        source_that_answered(30, "Example Daily")
    source_that_answered(40, "Other Times")
    (notice,) = notices(NOW)
    assert notice == (
        "No answer from these sources: Other Times and Example Daily. "
        "What happened since 30 May 2026 may be missing here."
    )


def test_the_day_is_the_one_in_seoul_and_tokyo():
    # 26 hours before noon of 1 June; in UTC it was the evening of 30 May.
    answered = datetime(2026, 5, 30, 16, 0, tzinfo=UTC)
    source = make_source(outlet="Example Daily")
    poll(source, answered)
    poll(source, NOW, Poll.Outcome.UNREACHABLE)
    (notice,) = notices(NOW)
    assert "since 31 May 2026" in notice


@at_noon_in_seoul
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "No answer from these sources: Example Daily. What happened since 30 May 2026 may be "
            "missing here.",
        ),
        (
            "ko",
            "응답하지 않는 정보원: Example Daily. "
            "2026년 5월 30일 이후의 일이 빠져 있을 수 있습니다.",
        ),
        (
            "ja",
            "応答のない情報源: Example Daily。"
            "2026年5月30日以降の出来事が欠けている可能性があります。",
        ),
    ],
)
def test_the_timeline_tells_it_in_the_readers_language(client, language, words):
    make_event()
    source_that_answered(48)
    for headers in ({}, {"HX-Request": "true"}):
        page = client.get(f"/{language}/timeline/", headers=headers).content.decode()
        assert f'<p class="note">{words}</p>' in page
    with translation.override("en"):
        source = source_that_answered(48, "<b>Daily</b>")
        assert "<b>Daily</b>" not in client.get("/en/timeline/").content.decode()
        source.delete()


@at_noon_in_seoul
def test_the_timeline_says_nothing_while_all_sources_answer(client):
    make_event()
    source_that_answered(2)
    assert '<p class="note">' not in client.get("/en/timeline/").content.decode()


@at_noon_in_seoul
def test_a_site_without_news_has_no_notices(client, settings):
    settings.RECORD_NOTICES = []
    make_event()
    source_that_answered(48)
    assert '<p class="note">' not in client.get("/en/timeline/").content.decode()


@at_noon_in_seoul
def test_an_empty_list_tells_it_too(client):
    """Where nothing matches, a source that is silent may be the reason."""
    make_event()
    source_that_answered(48)
    page = client.get("/en/timeline/?kind=dispute").content.decode()
    assert "No events match these filters." in page
    assert "No answer from these sources: Example Daily." in page


# --- With alerts --------------------------------------------------------------------------------


def test_a_source_with_nothing_new_for_longer_than_usual_is_told_apart():
    make_silent(outlet="Example Daily")
    watch(at=NOW)
    assert notices(NOW) == [
        "Nothing new for longer than usual from these sources: Example Daily. There may be nothing "
        "to report; or what happened since 28 May 2026 is missing here."
    ]


def test_a_source_that_fails_is_told_with_its_alert_not_only_after_a_day():
    make_failing(outlet="Example Daily")
    assert notices(NOW) == []
    watch(at=NOW)
    (notice,) = notices(NOW)
    assert notice.startswith("No answer from these sources: Example Daily.")


def test_a_source_that_is_gone_is_told_until_an_operator_has_settled_it():
    source = make_gone(outlet="Example Daily")
    watch(at=NOW)
    assert silent() == ["Example Daily"]
    source.disabled_because = ""
    source.save()
    assert notices(NOW) == []


@pytest.mark.parametrize("make", [make_silent, make_failing])
def test_a_source_that_has_recovered_is_not_spoken_of_before_its_alert_has_ended(make):
    source = make()
    watch(at=NOW)
    assert notices(NOW)
    poll(source, NOW)
    assert Alert.objects.open().exists()
    assert notices(NOW) == []


@pytest.mark.parametrize("make", [make_silent, make_failing])
def test_an_alert_of_a_source_that_is_switched_off_says_nothing(make):
    source = make()
    watch(at=NOW)
    source.is_enabled = False
    source.save()
    assert notices(NOW) == []


def test_an_alert_of_one_that_never_answered_says_nothing():
    source = make_source()
    for hours in range(6, 0, -1):
        poll(source, NOW - hours * HOUR, Poll.Outcome.UNREACHABLE)
    watch(at=NOW)
    assert Alert.objects.open().exists()
    assert notices(NOW) == []


def test_an_outlet_that_does_not_answer_is_not_also_called_without_news():
    make_failing(outlet="Example Daily")
    make_silent(outlet="Example Daily")
    watch(at=NOW)
    (notice,) = notices(NOW)
    assert notice.startswith("No answer")


def test_alerts_cost_no_further_query(django_assert_num_queries):
    for make in (make_silent, make_failing, make_gone) * 3:
        make()
    watch(at=NOW)
    with django_assert_num_queries(1):
        assert len(notices(NOW)) == 2
