"""Editors find readers' reports of errors in the review queue and close them with an outcome."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from events.history import at_time
from events.models import ErrorReport, Event
from tests.events.build import NOW, make_event, make_user

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
    return ErrorReport.objects.create(
        event=event or make_event(), created_at=fields.pop("created_at", NOW), **values
    )


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
    assert "The same" in before
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
        make_report(message=f"Old {number}.", closed_at=NOW, closed_by=anna, outcome="CORRECTED")

    with django_assert_num_queries(7):  # session, user, permissions (2); count, open, closed
        desk.get(LIST)


def test_a_report_that_is_none_answers_404(desk):
    assert desk.get(f"{LIST}999/").status_code == 404
