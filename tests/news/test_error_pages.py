"""Editors find readers' reports of errors in the review queue and close them with an outcome."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from events.history import at_time
from events.models import Anniversary, ErrorReport, Event, Person, Term
from tests.events.build import (
    NOW,
    make_anniversary,
    make_event,
    make_person,
    make_term,
    make_topic,
    make_user,
)

pytestmark = pytest.mark.django_db
LIST = "/review/errors/"


@pytest.fixture
def anna():
    user = make_user("anna")
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def desk(client, anna):
    """A client signed in as an editor."""
    client.force_login(anna)
    return client


def make_report(event=None, **fields):
    values = {"about": "WORDING", "message": "It was the second.", "language": "en", **fields}
    if not values.keys() & {"person", "anniversary", "topic"}:
        values["event"] = event or make_event()
    return ErrorReport.objects.create(created_at=fields.pop("created_at", NOW), **values)


def page_of(report):
    return f"{LIST}{report.pk}/"


def test_the_queue_shows_open_reports_the_oldest_ones_first(desk, anna):
    make_report(message="Closed already.", closed_at=NOW, closed_by=anna, outcome="UNUSABLE")
    for number in range(12):
        make_report(message=f"Wrong {number:02}.")

    page = desk.get("/review/").text

    assert "Wrong 00." in page
    assert page.index("Wrong 00.") < page.index("Wrong 09.")
    assert "Wrong 10." not in page
    assert "Closed already." not in page
    assert "All reports of errors, 12 of them open" in page
    listed = desk.get(LIST).text
    assert "Wrong 11." in listed
    assert listed.index("Wrong 11.") < listed.index("Closed already.")


def test_a_queue_without_reports_says_nothing_of_them(desk):
    assert "Errors reported" not in desk.get("/review/").text
    assert "No report of an error is open." in desk.get(LIST).text


def test_what_was_shown_stands_beside_what_stands_now(desk):
    with transaction.atomic(), at_time(NOW - timedelta(days=1)):
        event = make_event(title_en="First summit", title_ja="初の会談")
    report = make_report(event, field="title", shown="初の会談", language="ja", revision=0)

    before = desk.get(page_of(report)).text
    with transaction.atomic(), at_time(timezone.now() + timedelta(hours=1)):
        Event.objects.filter(pk=event.pk).update(title_ja="二度目の会談")
    after = desk.get(page_of(report)).text

    assert "初の会談</dd>" in before
    assert "<dd>The same</dd>" in before
    assert "What changed since" not in before
    assert '<dd lang="ja">初の会談</dd>' in after
    assert '<span lang="ja">二度目の会談</span>' in after
    assert "Title in Japanese changed" in after
    assert "revision 0, now 1" in after


def test_a_field_that_is_no_more_is_told(desk):
    event = make_event(summary_en="They met.")
    report = make_report(event, field="summary", shown="They met.")
    Event.objects.filter(pk=event.pk).update(summary_en="")

    assert "shows no such field any more" in desk.get(page_of(report)).text


def test_a_report_on_a_person_stands_beside_what_stands_now_and_what_changed(desk):
    with transaction.atomic(), at_time(NOW - timedelta(days=1)):
        person = make_person(name_en="Lee Jae-myung")
        term = make_term(person, starts_on=date(2025, 6, 3))
    shown = "President\n3 June 2025 – no end recorded"
    report = make_report(person=person, field=f"term-{term.pk}", shown=shown)

    before = desk.get(page_of(report)).text
    with transaction.atomic(), at_time(timezone.now() + timedelta(hours=1)):
        Term.objects.filter(pk=term.pk).update(starts_on=date(2025, 6, 4))
        Person.objects.filter(pk=person.pk).update(name_en="Lee Jaemyung")
    after = desk.get(page_of(report)).text

    assert 'Person: <a href="/en/leaders/lee-jae-myung/">Lee Jae-myung</a>' in before
    assert f'href="/admin/events/person/{person.pk}/change/"' in before
    assert "<dd>The same</dd>" in before
    assert "What changed since" not in before
    assert "4 June 2025 – no end recorded" in after
    assert "Starts on changed" in after
    assert "Name (English) changed" in after
    assert "revision" not in after


@pytest.mark.parametrize(
    ("make", "owner", "label", "field"),
    [
        (make_anniversary, "anniversary", "Anniversary:", "origin"),
        (make_topic, "topic", "Topic:", "names"),
    ],
)
def test_a_report_on_another_page_is_listed_opened_and_closed(desk, make, owner, label, field):
    thing = make()
    report = make_report(**{owner: thing}, field=field, shown="Something else.")

    for page in (desk.get("/review/").text, desk.get(LIST).text):
        assert f"{thing}</a>" in page
    opened = desk.get(page_of(report)).text
    assert f"{label} <a href=" in opened
    assert "Stands there now" in opened
    assert "<dd>The same</dd>" not in opened
    done = desk.post(page_of(report), {"outcome": "CORRECTED"}, follow=True)
    assert "The report is closed." in done.text
    assert "The record was corrected" in done.text


def test_a_day_that_recurs_is_told_in_the_language_of_the_reader(desk):
    anniversary = make_anniversary(observed_by="Governments", origin_on=date(1965, 6, 22))
    report = make_report(anniversary=anniversary, field="origin", language="ja", shown="x")

    assert '<span lang="ja">1965年6月22日</span>' in desk.get(page_of(report)).text
    Anniversary.objects.filter(pk=anniversary.pk).update(title_en="Another name")
    assert "Another name" in desk.get(page_of(report)).text


def test_an_editor_closes_a_report_with_an_outcome_and_readers_learn_of_it(desk, client, anna):
    event = make_event(title_en="First summit")
    report = make_report(event, field="title", shown="First summit")

    done = desk.post(
        page_of(report),
        {"outcome": "NOT_CORRECTED", "public_reason": "The first since 2019 is meant."},
        follow=True,
    )

    assert done.redirect_chain == [(LIST, 302)]
    assert "The report is closed." in done.text
    report.refresh_from_db()
    assert (report.closed_by, report.outcome) == (anna, "NOT_CORRECTED")
    assert "The first since 2019 is meant." in client.get(event.get_absolute_url()).text
    assert "<form method=" not in desk.get(page_of(report)).text.partition("<main")[2]


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Choose what became of it."),
        ({"outcome": "NOT_CORRECTED"}, "Tell readers why the record stays as it is."),
        ({"outcome": "CORRECTED", "public_reason": "x" * 301}, "at most 300 characters"),
        ({"outcome": "UNUSABLE", "public_reason": "x"}, "leave the reason empty"),
        ({"outcome": "DELETE"}, "Select a valid choice"),
    ],
)
def test_an_outcome_that_lacks_something_is_told_and_the_report_stays_open(desk, sent, message):
    report = make_report()

    page = desk.post(page_of(report), sent)

    assert page.status_code == 422
    assert message in page.text
    report.refresh_from_db()
    assert report.closed_at is None


def test_of_two_editors_the_first_one_stands(desk, anna):
    report = make_report()
    ben = make_user("ben")
    ErrorReport.objects.update(outcome="CORRECTED", closed_at=NOW, closed_by=ben)

    page = desk.post(page_of(report), {"outcome": "UNUSABLE"}, follow=True)

    assert "Somebody closed this report before you." in page.text
    report.refresh_from_db()
    assert (report.closed_by, report.outcome) == (ben, "CORRECTED")


def test_what_a_reader_wrote_is_text(desk):
    report = make_report(message="<script>x</script>", source_url="javascript:alert(1)")

    for page in (desk.get("/review/").text, desk.get(LIST).text, desk.get(page_of(report)).text):
        assert "<script>x" not in page
        assert "&lt;script&gt;x" in page
        assert 'href="javascript' not in page


def test_only_those_who_may_close_reports_see_them(client, reviewer):
    report = make_report()
    assert client.get(LIST).status_code == 302
    client.force_login(reviewer)  # may decide candidates, and no more

    assert "Errors reported" not in client.get("/review/").text
    assert client.get(LIST).status_code == 403
    assert client.get(page_of(report)).status_code == 403
    assert client.post(page_of(report), {"outcome": "UNUSABLE"}).status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_for_few_and_many(desk, django_assert_num_queries, count, anna):
    for number in range(count):
        make_report(message=f"Wrong {number}.")
        make_report(message=f"Wrong {number}.", person=make_person())
        make_report(message=f"Wrong {number}.", anniversary=make_anniversary(f"day-{number}"))
        make_report(message=f"Old {number}.", closed_at=NOW, closed_by=anna, outcome="CORRECTED")

    with django_assert_num_queries(7):  # session, user, permissions (2); count, open, closed
        desk.get(LIST)


def test_a_report_that_is_none_answers_404(desk):
    assert desk.get(f"{LIST}999/").status_code == 404
