"""A reader reports an error on an event's page; limits keep programs from drowning the editors."""

import re
import threading
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from events import reporting
from events.models import ErrorReport
from events.publication import merge, rename, withdraw
from events.reporting import AlreadyReported, TooManyReports, close, receive
from tests.events.build import make_event, make_user

pytestmark = pytest.mark.django_db

LANGUAGES = [code for code, _ in settings.LANGUAGES]
OPENED = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
TYPED = {"about": "DATE", "message": "It was on 10 June.", "source_url": "https://example.org/a"}


@pytest.fixture
def clock():
    """The clock stands; a test moves it."""
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


def address(event, language="en"):
    return f"/{language}/events/{event.slug}/report/"


def stamp(page):
    return unescape(re.search(r'name="shown_at" value="([^"]+)"', page)[1])


def fill_in(client, clock, event, *, seconds=30.0, language="en", **values):
    """Open the form, take that long over it, and send it; None leaves a field out."""
    shown_at = stamp(client.get(address(event, language)).text)
    clock.shift(timedelta(seconds=seconds))
    data = {**TYPED, "homepage": "", "shown_at": shown_at, **values}
    sent = {name: value for name, value in data.items() if value is not None}
    return client.post(address(event, language), sent)


def make_report(event, message="Wrong.", at=OPENED, **fields):
    values = {"about": "OTHER", "language": "en", "created_at": at, **fields}
    return ErrorReport.objects.create(event=event, message=message, **values)


def take(event, message="Wrong.", at=OPENED):
    return receive(event, about="OTHER", message=message, source_url="", language="en", at=at)


class Tags(HTMLParser):
    """The attributes of every element, by the name of the element."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def all(self, name):
        return [attributes for tag, attributes in self.found if tag == name]

    def by_id(self, identifier):
        (one,) = [given for _tag, given in self.found if given.get("id") == identifier]
        return one


def problems(page):
    """Target and message of each line of the error summary."""
    summary = re.search(r'<div class="problems".*?</ul>', page, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", summary[0]) if summary else []
    return [
        (
            (re.findall(r'href="#([^"]+)"', line) or [""])[0],
            unescape(re.sub("<[^>]+>", "", line)),
        )
        for line in lines
    ]


def test_a_report_is_kept_and_the_reader_learns_what_happens_next(client, clock):
    event = make_event(slug="2025-06-09-call")

    response = fill_in(client, clock, event, language="ja", message="  10日です。\r\n出典あり。 ")

    assert response.status_code == 303
    assert response["Location"] == "/ja/events/2025-06-09-call/report/?sent=1"
    kept = ErrorReport.objects.get()
    assert (kept.event, kept.about, kept.language) == (event, "DATE", "ja")
    assert (kept.message, kept.source_url) == ("10日です。\n出典あり。", "https://example.org/a")
    assert kept.created_at == OPENED + timedelta(seconds=30)
    assert kept.closed_at is None
    thanks = client.get("/en/events/2025-06-09-call/report/?sent=1")
    assert thanks.status_code == 200
    assert "An editor reads every report" in thanks.text
    assert 'href="/en/events/2025-06-09-call/"' in thanks.text
    assert "report-form" not in thanks.text


def test_a_report_without_a_source_is_kept(client, clock):
    assert fill_in(client, clock, make_event(), source_url="").status_code == 303
    assert ErrorReport.objects.get().source_url == ""


def test_nothing_about_the_sender_is_kept(client, clock):
    fill_in(client, clock, make_event())

    (row,) = ErrorReport.objects.values()
    assert set(row) == {
        "id",
        "event_id",
        "person_id",
        "anniversary_id",
        "topic_id",
        "about",
        "message",
        "source_url",
        "language",
        "created_at",
        "field",
        "shown",
        "revision",
        "outcome",
        "public_reason",
        "closed_at",
        "closed_by_id",
    }
    page = client.get(address(make_event())).text
    assert "no name, no email address, no IP address" in page


@pytest.mark.parametrize("query", ["", "?sent=1"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_stand_in_each_language_and_away_from_search_engines(client, language, query):
    event = make_event(title_en="Call", title_ko="통화", title_ja="電話会談")

    response = client.get(address(event, language) + query)

    assert response.status_code == 200
    page = response.text
    assert f'<html lang="{language}"' in page
    assert len(Tags(page).all("h1")) == 1
    assert {"name": "robots", "content": "noindex"} in Tags(page).all("meta")
    title = {"en": "Call", "ko": "통화", "ja": "電話会談"}[language]
    assert f'<a href="/{language}/events/{event.slug}/">{title}</a>' in page
    assert f"{title} –" in re.search(r"<title>(.*?)</title>", page, re.DOTALL)[1]
    # A shared cache would hand out one reader's token to all.
    assert "private" in response["Cache-Control"]


def test_each_field_of_the_form_has_its_label_and_its_hint(client):
    page = client.get(address(make_event())).text
    tags = Tags(page)

    assert [radio["value"] for radio in tags.all("input") if radio["type"] == "radio"] == list(
        ErrorReport.About
    )
    labels = {label["for"] for label in tags.all("label")}
    visible = [
        field["id"]
        for field in (*tags.all("input"), *tags.all("textarea"))
        if field.get("name") in (*TYPED, "homepage")
    ]
    assert set(visible) <= labels
    for name in ("message", "source_url"):
        assert tags.by_id(f"id_{name}")["aria-describedby"] == f"id_{name}_helptext"
        assert "aria-invalid" not in tags.by_id(f"id_{name}")
        assert tags.by_id(f"id_{name}_helptext")["class"] == "hint"
    assert "maxlength" not in tags.by_id("id_message")
    assert problems(page) == []


def test_the_trap_is_out_of_the_way_of_people(client):
    page = client.get(address(make_event())).text

    trap = Tags(page).by_id("id_homepage")
    assert (trap["tabindex"], trap["autocomplete"]) == ("-1", "off")
    label = '<label for="id_homepage">Leave this field empty</label>'
    assert re.search(rf'<div class="off-page" aria-hidden="true">\s*{label}', page)


@pytest.mark.parametrize(
    ("values", "target", "message"),
    [
        ({"about": None}, "id_about_0", "Choose what is wrong."),
        ({"about": "NOISE"}, "id_about_0", "Choose what is wrong."),
        ({"about": "DATE\0"}, "id_about_0", "Choose what is wrong."),
        ({"message": None}, "id_message", "Enter what it should say."),
        ({"message": " \n "}, "id_message", "Enter what it should say."),
        ({"message": "x" * 1001}, "id_message", "1,000 characters or fewer"),
        ({"message": "ten\0eleven"}, "id_message", "a character that cannot be kept"),
        ({"source_url": "javascript:alert(1)"}, "id_source_url", "Enter the whole address"),
        ({"source_url": "www.example.org/a"}, "id_source_url", "Enter the whole address"),
        ({"source_url": "ftp://example.org/a"}, "id_source_url", "Enter the whole address"),
        ({"source_url": "https://example.org:99999/"}, "id_source_url", "Enter the whole address"),
        ({"source_url": "https://example.org/\0"}, "id_source_url", "Enter the whole address"),
        (
            {"source_url": "https://example.org/" + "x" * 990},
            "id_source_url",
            "1,000 characters or fewer",
        ),
    ],
)
def test_a_bad_input_is_told_above_and_beside_its_field_and_nothing_is_kept(
    client, clock, values, target, message
):
    response = fill_in(client, clock, make_event(), **values)

    page = response.text
    assert response.status_code == 422
    assert not ErrorReport.objects.exists()
    assert re.search(r"<title>\s*Error: Report an error", page)
    ((goes_to, told),) = problems(page)
    assert goes_to == target
    assert message in told
    tags = Tags(page)
    tags.by_id(target)
    name = target.removeprefix("id_").removesuffix("_0")
    (group,) = tags.all("fieldset")
    marked = group if name == "about" else tags.by_id(target)
    assert marked["aria-invalid"] == "true"
    assert f"id_{name}_error" in marked["aria-describedby"].split()
    assert told in unescape(page.split(f'id="id_{name}_error"')[1].split("</div>")[0])


def test_what_was_typed_stays_in_the_form_and_does_no_harm(client, clock):
    typed = {"about": "PLACE", "message": "</textarea><script>x</script>", "source_url": 'a"b'}

    page = fill_in(client, clock, make_event(), **typed).text

    assert "<script>x" not in page
    assert "&lt;/textarea&gt;&lt;script&gt;x" in page
    assert 'value="a&quot;b"' in page
    (chosen,) = [field for field in Tags(page).all("input") if "checked" in field]
    assert chosen["value"] == "PLACE"


def test_every_problem_is_told_in_the_order_of_the_fields(client, clock):
    nothing = dict.fromkeys(TYPED)

    page = fill_in(client, clock, make_event(), **nothing | {"source_url": "x"}).text

    assert [target for target, _ in problems(page)] == ["id_about_0", "id_message", "id_source_url"]


def test_a_line_break_counts_as_one_character_as_it_does_for_the_reader(client, clock):
    text = "\r\n".join(["x" * 9] * 100)
    assert len(text) > 1000

    assert fill_in(client, clock, make_event(), message=text).status_code == 303
    assert ErrorReport.objects.get().message == text.replace("\r\n", "\n")


@pytest.mark.parametrize("language", LANGUAGES)
def test_problems_are_told_on_a_whole_page_in_each_language(client, clock, language):
    response = fill_in(client, clock, make_event(), language=language, message="")

    assert response.status_code == 422
    assert f'<html lang="{language}"' in response.text
    assert len(Tags(response.text).all("h1")) == 1


def test_a_form_whose_trap_is_filled_is_refused_and_comes_back_with_the_trap_empty(client, clock):
    response = fill_in(client, clock, make_event(), homepage="https://spam.example")

    assert response.status_code == 422
    assert "must stay empty" in problems(response.text)[0][1]
    assert "spam.example" not in response.text
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize(
    ("seconds", "message"),
    [
        (0, "sooner than people"),
        (2.9, "sooner than people"),
        (3, None),
        (24 * 3600, None),
        (24 * 3600 + 1, "more than a day ago"),
    ],
)
def test_a_form_is_taken_neither_at_once_nor_after_a_day(client, clock, seconds, message):
    response = fill_in(client, clock, make_event(), seconds=seconds)

    assert response.status_code == (422 if message else 303)
    assert ErrorReport.objects.exists() is (message is None)
    if message:
        assert message in problems(response.text)[0][1]


@pytest.mark.parametrize("shown_at", [None, "", "2026-06-01", "x:y", "é\0", "9" * 5000])
def test_a_form_without_a_stamp_of_ours_is_refused(client, clock, shown_at):
    response = fill_in(client, clock, make_event(), shown_at=shown_at)

    assert response.status_code == 422
    assert "could not be checked" in problems(response.text)[0][1]
    assert not ErrorReport.objects.exists()


def test_a_stamp_whose_time_was_changed_is_refused(client, clock):
    event = make_event()
    genuine = stamp(client.get(address(event)).text)
    earlier = genuine.replace("03:00:00", "02:00:00")
    assert earlier != genuine

    response = client.post(address(event), {**TYPED, "shown_at": earlier})

    assert response.status_code == 422
    assert "could not be checked" in problems(response.text)[0][1]


@pytest.mark.parametrize("seconds", [1, 24 * 3600 + 1])
def test_a_form_sent_too_early_or_too_late_is_taken_when_it_is_sent_again(client, clock, seconds):
    event = make_event()
    refused = fill_in(client, clock, event, seconds=seconds)
    clock.shift(timedelta(seconds=4))

    response = client.post(address(event), {**TYPED, "shown_at": stamp(refused.text)})

    assert response.status_code == 303


def test_a_corrected_form_is_taken_at_once(client, clock):
    event = make_event()
    refused = fill_in(client, clock, event, message="")

    response = client.post(address(event), {**TYPED, "shown_at": stamp(refused.text)})

    assert response.status_code == 303


def test_a_form_from_elsewhere_is_refused(clock):
    event, client = make_event(), Client(enforce_csrf_checks=True)
    page = client.get(address(event)).text
    data = {**TYPED, "shown_at": stamp(page)}
    clock.shift(timedelta(seconds=30))

    assert client.post(address(event), data).status_code == 403
    assert not ErrorReport.objects.exists()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    data["csrfmiddlewaretoken"] = token
    assert client.post(address(event), data).status_code == 303


def test_the_same_words_are_received_once_for_an_event(client, clock, editor):
    event, other = make_event(), make_event()
    assert fill_in(client, clock, event).status_code == 303
    close(ErrorReport.objects.get(), outcome="CORRECTED", by=editor, at=OPENED)

    again = fill_in(client, clock, event, about="OTHER", message=f"{TYPED['message']}\r\n")

    assert again.status_code == 422
    assert problems(again.text) == [
        (
            "id_message",
            "This text has been received for this page already. There is no need to send it.",
        )
    ]
    assert fill_in(client, clock, other).status_code == 303
    assert ErrorReport.objects.count() == 2


def test_an_event_takes_twenty_reports_until_an_editor_closes_one(client, clock, editor):
    event, other = make_event(), make_event()
    reports = [make_report(event, f"Wrong {n}.") for n in range(20)]

    refused = fill_in(client, clock, event)

    assert refused.status_code == 429
    assert refused["Retry-After"] == "86400"
    assert "waiting for an editor" in problems(refused.text)[0][1]
    assert TYPED["message"] in refused.text
    assert fill_in(client, clock, other).status_code == 303
    close(reports[0], outcome="CORRECTED", by=editor, at=OPENED)
    assert fill_in(client, clock, event).status_code == 303


@pytest.fixture
def full_hour(db, editor, monkeypatch):
    """Reports on several events within ten minutes, as many as an hour may bring."""
    monkeypatch.setattr(reporting, "IN_ONE_HOUR", 5)
    return [make_report(make_event(), at=OPENED + timedelta(minutes=2 * n)) for n in range(5)]


def test_all_events_together_take_so_many_reports_an_hour(client, clock, full_hour):
    clock.move_to(OPENED + timedelta(minutes=20))

    refused = fill_in(client, clock, make_event())

    assert refused.status_code == 429
    assert refused["Retry-After"] == str(40 * 60 - 30)
    assert problems(refused.text)[0][1] == (
        "Many reports came within the last hour. Please try again in 40 minutes."
    )
    clock.shift(timedelta(seconds=int(refused["Retry-After"])))
    assert fill_in(client, clock, make_event(), seconds=3).status_code == 303


def test_closing_reports_makes_no_room_within_the_hour(full_hour, editor):
    for report in full_hour:
        close(report, outcome="CORRECTED", by=editor, at=OPENED)

    with pytest.raises(TooManyReports):
        take(make_event(), at=OPENED + timedelta(minutes=59, seconds=59))


def test_the_limits_are_those_that_the_papers_name():
    assert (reporting.OPEN_FOR_ONE_PAGE, reporting.IN_ONE_HOUR) == (20, 200)


@pytest.mark.parametrize(
    "values", [{"about": "NOISE"}, {"message": " "}, {"source_url": "javascript:alert(1)"}]
)
def test_no_other_door_lets_a_bad_value_in(values):
    fields = {**TYPED, "language": "en", "at": OPENED, **values}

    with pytest.raises(ValidationError):
        receive(make_event(), **fields)


def at_once(*calls):
    """Run each in a thread and connection of its own; the refusals that came out."""
    ready, refusals, failures = threading.Barrier(len(calls)), [], []

    def run(call):
        try:
            ready.wait(timeout=10)
            call()
        except (AlreadyReported, TooManyReports) as refusal:
            refusals.append(type(refusal))
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    return refusals


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_slip_past_a_limit():
    event, other = make_event(), make_event()
    for n in range(18):
        make_report(event, f"Wrong {n}.")

    too_many = at_once(*(lambda n=n: take(event, f"At once {n}.") for n in range(6)))
    twice = at_once(*(lambda: take(other, "The same words.") for _ in range(6)))

    assert too_many == [TooManyReports] * 4
    assert twice == [AlreadyReported] * 5
    assert ErrorReport.objects.filter(event=event).count() == 20
    assert ErrorReport.objects.filter(event=other).count() == 1


def test_of_two_editors_who_close_a_report_the_first_one_stands(now):
    anna, ben = make_user("anna"), make_user("ben")
    report = make_report(make_event())
    stale = ErrorReport.objects.get(pk=report.pk)

    first = close(report, outcome="CORRECTED", by=anna, at=now)
    second = close(stale, outcome="CORRECTED", by=ben, at=now + timedelta(hours=1))

    assert (first.closed_at, first.closed_by) == (now, anna)
    assert (second.closed_at, second.closed_by) == (now, anna)


def test_an_old_address_leads_to_the_form_at_the_new_one(client, editor):
    event = make_event(slug="old")
    rename(event, slug="new", by=editor)

    response = client.get("/ko/events/old/report/?from=mail")

    assert response.status_code == 301
    assert response["Location"] == "/ko/events/new/report/?from=mail"


@pytest.mark.parametrize("merged", [False, True])
def test_a_report_typed_while_the_address_changed_is_not_lost(client, clock, editor, merged):
    event, survivor = make_event(slug="old"), make_event(slug="new" if merged else "another")
    shown_at = stamp(client.get("/en/events/old/report/").text)
    clock.shift(timedelta(seconds=30))
    if merged:
        merge(event, into=survivor, by=editor)
    else:
        rename(event, slug="new", by=editor)

    response = client.post("/en/events/old/report/", {**TYPED, "shown_at": shown_at})

    assert response.status_code == 303
    assert response["Location"] == "/en/events/new/report/?sent=1"
    assert ErrorReport.objects.get().event == (survivor if merged else event)


@pytest.mark.parametrize("slug", ["none", "draft", "gone", "x" * 300])
def test_an_event_that_readers_do_not_see_takes_no_report(client, clock, editor, now, slug):
    make_event(slug="draft", published=False)
    withdraw(make_event(slug="gone"), reason="A mistake.", by=editor, at=now)
    data = {**TYPED, "shown_at": reporting.stamp(at=OPENED - timedelta(minutes=1))}

    for query in ("", "?sent=1"):
        assert client.get(f"/en/events/{slug}/report/{query}").status_code == 404
    assert client.post(f"/en/events/{slug}/report/", data).status_code == 404
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_the_form_takes_no_other_method(client, method):
    assert getattr(client, method)(address(make_event())).status_code == 405


@pytest.mark.parametrize("count", [0, 19])
def test_the_form_costs_the_same_with_few_reports_and_many(
    client, clock, django_assert_num_queries, count
):
    event = make_event()
    for n in range(count):
        make_report(event, f"Wrong {n}.")
    shown_at = reporting.stamp(at=OPENED - timedelta(minutes=1))

    with django_assert_num_queries(7):  # the event, what hangs on it (5), its revision
        client.get(address(event))
    with django_assert_num_queries(1):
        client.get(address(event) + "?sent=1")
    with django_assert_num_queries(7):
        assert client.post(address(event), {"shown_at": shown_at}).status_code == 422
    # The page, the lock, the three limits, the row; a savepoint and its release.
    with django_assert_num_queries(14):
        client.post(address(event), {**TYPED, "shown_at": shown_at})
