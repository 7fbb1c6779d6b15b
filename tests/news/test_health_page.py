"""How sources do, as an operator reads it."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from news.allowance import MOST_FAILURES
from news.backlog import backlog, time_left
from news.histories import days_of
from news.models import Article, ModelCall, Source
from news.models.articles import MOST_TRIES
from news.watching import watch
from tests.events.build import make_user
from tests.news.build import NOW, make_article, make_source
from tests.news.past import (
    DAY,
    HOUR,
    fail,
    make_failing,
    make_gone,
    make_silent,
    make_well,
    poll,
)

pytestmark = pytest.mark.django_db
at_noon_in_seoul = time_machine.travel(NOW, tick=False)
PAGE = "/admin/news/source/health/"


@pytest.fixture
def operator(client):
    user = make_user("operator", is_staff=True)
    user.groups.add(Group.objects.get(name="operator"))
    client.force_login(user)
    with at_noon_in_seoul:
        yield client


def rows(page):
    return [row.source.name for row in page.context["rows"]]


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


def test_each_source_has_its_state_in_words_and_a_shape(operator):
    make_well(next_poll_at=NOW)
    make_silent()
    make_failing()
    make_gone()
    make_source(is_enabled=False)
    make_source()

    said = text_of(operator.get(PAGE))

    for words in (
        "● Does well",
        "◆ Has nothing new",
        "▲ Does not answer",
        "✕ Gone for good",
        "– Switched off",
        "○ Has not answered yet",
        "It answers, but with nothing new since 28 May 2026. "
        "Before, something came within 6 hours.",
        "No answer since 1 June 2026. 5 attempts in a row have failed. "
        "The server answered 503 (Service Unavailable).",
        "The server answered 410 (Gone).",
    ):
        assert words in said


def test_the_most_urgent_come_first_and_open_alerts_on_top(operator):
    well, silent = make_well(name="a-well"), make_silent(name="b-silent")
    failing, gone = make_failing(name="c-failing"), make_gone(name="d-gone")
    watch(at=NOW)

    page = operator.get(PAGE)

    assert rows(page) == ["d-gone", "c-failing", "b-silent", "a-well"]
    groups = page.context["groups"]
    assert [alert.source for group in groups for alert, _reason in group.alerts] == [
        gone,
        failing,
        silent,
    ]
    assert well.outlet not in page.text.split('id="work"')[0]


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("source", ["early", "late", "never"]),
        ("-source", ["never", "late", "early"]),
        ("answered", ["never", "early", "late"]),
        ("-answered", ["late", "early", "never"]),
        ("new", ["never", "early", "late"]),
        ("next", ["early", "late", "never"]),
        ("failures", ["never", "early", "late"]),
        ("nonsense", ["never", "early", "late"]),
        ("-state", ["early", "late", "never"]),
    ],
)
def test_columns_sort(operator, sort, names):
    for name, ago in (("late", 1), ("early", 2)):
        poll(make_source(name=name, outlet=name), NOW - ago * HOUR)
    fail(make_source(name="never", outlet="never"), [NOW])
    Source.objects.filter(name="never").update(next_poll_at=NOW + 10 * DAY)

    page = operator.get(PAGE, {"sort": sort})

    assert rows(page) == names
    shown = sort if sort != "nonsense" else "state"
    direction = "descending" if shown.startswith("-") else "ascending"
    assert page.text.count(f'aria-sort="{direction}"') == page.text.count("aria-sort") == 1


def test_a_state_filters_and_says_how_many_there_are(operator):
    make_well(name="well")
    make_silent(name="silent")

    page = operator.get(PAGE, {"state": "silent", "sort": "source"})

    assert rows(page) == ["silent"]
    assert "All (2)" in text_of(page)
    assert 'href="/admin/news/source/health/?state=well&amp;sort=source"' in page.text
    assert rows(operator.get(PAGE, {"state": "nonsense"})) == ["silent", "well"]
    assert "No source is in this state." in operator.get(PAGE, {"state": "gone"}).text


def test_each_row_leads_to_its_polls_and_articles(operator):
    source = make_well()
    page = operator.get(PAGE)

    for name in ("poll", "article"):
        address = f"{reverse(f'admin:news_{name}_changelist')}?source__id__exact={source.pk}"
        assert f'href="{address}"' in page.text
        assert operator.get(address).status_code == 200


def test_without_a_source_the_page_says_what_to_do(operator):
    page = operator.get(PAGE)

    assert "There are no sources yet." in page.text
    assert f'href="{reverse("admin:news_source_add")}"' in page.text


def test_sources_that_nobody_reads_are_told(operator):
    source = make_well()
    Source.objects.update(next_poll_at=NOW - timedelta(minutes=14))
    assert "nobody has read them" not in text_of(operator.get(PAGE))
    Source.objects.update(next_poll_at=NOW - timedelta(minutes=40))
    assert "due for 40 minutes and nobody has read them" in text_of(operator.get(PAGE))
    source.refresh_from_db()
    Source.objects.update(is_enabled=False)
    assert "nobody has read them" not in text_of(operator.get(PAGE))


@pytest.mark.parametrize("address", ["/admin/", "/admin/news/source/"])
def test_the_page_is_found_from_the_index_and_the_list(operator, address):
    assert f'href="{PAGE}"' in operator.get(address).text


@at_noon_in_seoul
def test_the_page_costs_the_same_for_few_and_many(admin_client):
    def queries(count):
        for _number in range(count):
            make_silent()
            make_failing()
            make_article(source=make_well())
        watch(at=NOW)
        with CaptureQueriesContext(connection) as asked:
            admin_client.get(PAGE)
        return len(asked)

    few = queries(1)
    assert few == queries(7) <= 8


def test_nothing_in_the_address_makes_it_fail(operator):
    make_well()
    for query in ("?state=%00&sort=%ff", "?sort=-", "?state[]=1", "?sort=--state"):
        assert operator.get(PAGE + query).status_code == 200


# --- Who may ------------------------------------------------------------------------------------


def test_who_may_not_see_sources_is_refused(client):
    assert client.get(PAGE).status_code == 302
    client.force_login(make_user("visitor", is_staff=True))
    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/admin/").text


@at_noon_in_seoul
def test_who_may_only_look_cannot_have_a_source_read(client):
    reader = make_user("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_source"))
    client.force_login(reader)
    source = make_well()
    due = Source.objects.get().next_poll_at

    page = client.get(PAGE)
    assert page.status_code == 200
    assert "Poll now" not in page.text
    assert client.post(PAGE, {"source": source.pk}).status_code == 403
    assert Source.objects.get().next_poll_at == due


def test_an_operator_has_a_source_read_now(operator):
    source, other = make_failing(), make_failing()
    page = f"{PAGE}?state=failing"

    answer = operator.post(page, {"source": source.pk}, follow=True)

    assert answer.redirect_chain == [(page, 302)]
    assert "1 source will be read within a minute." in answer.text
    assert list(Source.objects.due(NOW)) == [source]
    assert not Source.objects.due(NOW).filter(pk=other.pk)


@pytest.mark.parametrize("pk", ["", "nonsense", "²", "999999", "of one that is gone"])
def test_what_is_no_source_or_is_switched_off_is_not_read(operator, pk):
    gone = make_gone()
    chosen = gone.pk if "gone" in pk else pk

    answer = operator.post(PAGE, {"source": chosen}, follow=True)

    assert "Nothing to read" in answer.text
    assert Source.objects.get().next_poll_at == gone.next_poll_at


def test_the_list_has_the_same_as_an_action(operator):
    sources = [make_failing(), make_gone()]
    chosen = {"action": "poll_now", "_selected_action": [source.pk for source in sources]}

    answer = operator.post(reverse("admin:news_source_changelist"), chosen, follow=True)

    assert "1 source will be read within a minute." in answer.text
    assert list(Source.objects.due(NOW)) == sources[:1]


# --- Items a day --------------------------------------------------------------------------------


def test_a_day_without_an_answer_is_not_a_day_without_items():
    source, other = make_source(), make_source()
    today = NOW.date()
    poll(source, NOW - 3 * DAY, new=4)
    poll(source, NOW - 3 * DAY + HOUR, new=2)
    poll(source, NOW - 2 * DAY, "NOTHING_NEW")
    fail(source, [NOW - DAY, NOW - DAY + HOUR])
    poll(other, NOW, new=9)

    days = days_of([source.pk], today=today, count=5, zone="Asia/Seoul")[source.pk]

    assert [day.items for day in days] == [None, 6, 0, None, None]
    assert [day.was_asked for day in days] == [False, True, True, True, False]
    assert [day.on for day in days] == [today - back * DAY for back in range(4, -1, -1)]


def test_days_are_those_of_seoul_and_tokyo():
    source = make_source()
    # Midnight there is 15:00 in UTC.
    midnight = NOW.replace(hour=15) - DAY
    poll(source, midnight - timedelta(seconds=1), new=1)
    poll(source, midnight, new=2)

    days = days_of([source.pk], today=NOW.date(), count=2, zone="Asia/Seoul")[source.pk]

    assert [day.items for day in days] == [1, 2]


def test_the_bars_are_told_in_words_too(operator):
    source = make_source()
    poll(source, NOW - 3 * DAY, new=4)
    poll(source, NOW - 2 * DAY, new=8)
    fail(source, [NOW - DAY])

    page = operator.get(PAGE)

    words = (
        "12 items in 28 days. Most on 30 May 2026: 8. No answer on 1 day and not asked on 25 days."
    )
    assert f'aria-label="{words}"' in page.text
    (row,) = page.context["rows"]
    assert row.bars.items == "M120 20v-10h4v10zM125 20v-20h4v20z"
    assert row.bars.without_items == ""
    assert row.bars.without_answer.startswith("M130 20l4-4")


# --- How far the reading has come ---------------------------------------------------------------


def make_work(*, waiting=0, done=0, ago=timedelta(minutes=30)):
    for _number in range(waiting):
        make_article(stage="FOUND", found_at=NOW - 3 * HOUR, next_try_at=NOW)
    for _number in range(done):
        make_article(stage="DRAFTED", drafted_at=NOW - ago)


def test_articles_are_counted_by_stage():
    make_work(waiting=2, done=3)
    make_article(stage="EXTRACTED", found_at=NOW - HOUR, next_try_at=NOW + HOUR, tries=1)
    make_article(stage="FETCHED", found_at=NOW - 9 * DAY, tries=MOST_TRIES)
    make_article(stage="DRAFTED", drafted_at=NOW - 2 * HOUR)
    make_article(stage="DRAFTED")

    work = backlog(at=NOW)

    assert work.waiting == {"FOUND": 2, "FETCHED": 0, "EXTRACTED": 1}
    assert (work.total, work.resting, work.given_up, work.done) == (3, 1, 1, 3)
    assert work.oldest_found_at == NOW - 3 * HOUR


@pytest.mark.parametrize(
    ("waiting", "done", "ago", "left"),
    [
        (0, 0, HOUR, timedelta()),
        (5, 0, HOUR, None),
        (5, 10, timedelta(minutes=60) - timedelta(seconds=1), timedelta(minutes=30)),
        (4, 2, timedelta(minutes=30), HOUR),
        (4, 2, timedelta(minutes=1), timedelta(minutes=20)),  # as if of ten minutes
        (5, 3, 2 * HOUR, None),
    ],
)
def test_the_time_left_is_that_of_the_last_hours_pace(waiting, done, ago, left):
    make_work(waiting=waiting, done=done, ago=ago)

    found = time_left(backlog(at=NOW), at=NOW)

    assert found is left if left is None else abs(found - left) < timedelta(seconds=2)


def test_the_page_tells_how_long_it_may_take(operator):
    assert "None is waiting." in text_of(operator.get(PAGE))
    make_work(waiting=12)
    assert "Cannot be told: none was read within the last hour." in text_of(operator.get(PAGE))
    make_work(done=2)

    said = text_of(operator.get(PAGE))

    assert "Waiting 12 · Found: 12" in said
    assert "The oldest has waited 3 hours" in said
    assert "Read within the last hour 2" in said
    assert "About 3 hours at that pace, if nothing more comes." in said


def test_an_article_remembers_when_it_was_read(reviewer):
    from news.ingest import store_reading
    from tests.news.build import make_reading

    article = make_article()
    store_reading(article, make_reading())

    assert Article.objects.get().drafted_at is not None


# --- One row for each attempt -------------------------------------------------------------------


def test_polls_say_how_they_went_why_and_how_long_it_took(operator):
    source = make_source()
    fail(source, [NOW - HOUR])
    source.polls.update(finished_at=NOW - HOUR + timedelta(seconds=2.25))

    page = operator.get(reverse("admin:news_poll_changelist"), {"outcome__exact": "ERROR_STATUS"})

    said = text_of(page)
    assert "Answered with an error: The server answered 503 (Service Unavailable)." in said
    assert "2.2 s" in said


def test_alerts_that_have_ended_can_still_be_read(operator):
    source = make_failing()
    watch(at=NOW)
    poll(source, NOW + HOUR)
    watch(at=NOW + HOUR)

    said = text_of(operator.get(reverse("admin:news_alert_changelist")))

    assert "5 attempts in a row have failed." in said
    assert "Recovered" in said


def test_without_a_model_nothing_is_said_of_one(operator):
    assert "Language model" not in operator.get(PAGE).text


def test_a_model_shows_what_it_has_cost_and_what_is_left_to_read(operator, model):
    make_call(outcome="ANSWERED", tokens=1200)
    article = make_article()
    Article.objects.filter(pk=article.pk).update(stage="DRAFTED", drafted_at=NOW)

    said = text_of(operator.get(PAGE))

    assert "test-model" in said
    assert "Requests today 1 of 300" in said
    assert "Tokens today 1200 of 1000000" in said
    assert "still to read 1" in said
    assert "a-key" not in said


def test_a_model_that_rests_or_has_spent_its_day_is_an_alarm(operator, model, settings):
    for _number in range(MOST_FAILURES):
        make_call(outcome="FAILED", problem="The model's server answered 503.")

    said = text_of(operator.get(PAGE))
    assert "left alone for" in said
    assert "The model's server answered 503." in html.unescape(said)

    ModelCall.objects.update(outcome="ANSWERED", problem="")
    settings.MODEL_DAILY_REQUESTS = MOST_FAILURES
    assert "Its budget of today is used up" in text_of(operator.get(PAGE))


def make_call(**fields):
    hashed = str(ModelCall.objects.count()).rjust(64, "0")
    values = {"model": "test-model", "prompt_version": 1, "sent_sha256": hashed, "tokens": 1}
    return ModelCall.objects.create(**{**values, "asked_at": NOW, **fields})
