"""Editors read what readers reported, and close it."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import ErrorReport
from tests.events.admin.pages import change_page, offending_markup
from tests.events.build import NOW, make_event, make_person

LIST = "admin:events_errorreport_changelist"

pytestmark = pytest.mark.usefixtures("countries")


def make_report(event=None, *, minutes=0, closed_by=None, **fields):
    values = {"about": "DATE", "message": "It was later.", "language": "en", **fields}
    if "person" not in fields:
        values["event"] = event or make_event()
    if closed_by:
        values |= {"closed_at": NOW + timedelta(days=1), "closed_by": closed_by}
    at = NOW + timedelta(minutes=minutes)
    return ErrorReport.objects.create(created_at=at, **values)


def page_of(report):
    return reverse("admin:events_errorreport_change", args=[report.pk])


def close(client, *reports):
    data = {"action": "close_selected", "_selected_action": [report.pk for report in reports]}
    return client.post(reverse(LIST), data, follow=True)


def listed(client, query=""):
    page = client.get(reverse(LIST) + query)
    assert page.status_code == 200
    return list(page.context["cl"].result_list)


def test_open_reports_come_first_and_the_newest_of_them_on_top(as_anna, anna):
    closed = make_report(minutes=9, closed_by=anna)
    old, new = make_report(minutes=1), make_report(minutes=5)
    closed_earlier = make_report(minutes=3, closed_by=anna)

    assert listed(as_anna) == [new, old, closed, closed_earlier]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=open", ["a", "b"]),
        ("?state=closed", ["c"]),
        ("?about__exact=PLACE", ["b"]),
        ("?q=2025-06-09-call", ["c"]),
        ("?q=rather", ["a"]),
        ("?state=never", ["a", "b", "c"]),
        ("?p=x", ["a", "b", "c"]),
    ],
)
def test_reports_are_found_by_state_subject_words_and_event(as_anna, anna, query, found):
    reports = {
        "a": make_report(message="Rather later."),
        "b": make_report(about="PLACE"),
        "c": make_report(make_event(slug="2025-06-09-call"), closed_by=anna),
    }
    names = {report: name for name, report in reports.items()}

    page = as_anna.get(reverse(LIST) + query, follow=True)

    assert sorted(names[report] for report in page.context["cl"].result_list) == found


@pytest.mark.parametrize("query", ["?q=%00", "?about__exact=%00", "?state=%00"])
def test_a_query_string_of_garbage_is_no_error(as_anna, query):
    make_report()
    assert as_anna.get(reverse(LIST) + query, follow=True).status_code == 200


def test_an_editor_closes_the_selected_reports_under_her_name(as_anna, anna):
    first, second, other = make_report(), make_report(), make_report()

    page = close(as_anna, first, second)

    assert "2 reports were closed." in page.text
    for report in (first, second, other):
        report.refresh_from_db()
    assert (first.closed_by, second.closed_by, other.closed_by) == (anna, anna, None)
    assert first.closed_at is not None
    assert other.closed_at is None


def test_closing_a_closed_report_leaves_it_to_who_closed_it_first(as_ben, anna):
    report, still_open = make_report(closed_by=anna), make_report()

    page = close(as_ben, report, still_open)

    assert "1 report was closed." in page.text
    report.refresh_from_db()
    assert (report.closed_by, report.closed_at) == (anna, NOW + timedelta(days=1))


def test_a_report_is_read_and_neither_written_nor_deleted_by_editors(as_anna):
    report = make_report(message="It was later.")

    page = as_anna.get(page_of(report))

    assert page.status_code == 200
    assert 'name="message"' not in page.text
    assert as_anna.post(page_of(report), {"message": "Nothing."}).status_code == 403
    assert as_anna.get(reverse("admin:events_errorreport_add")).status_code == 403
    delete = reverse("admin:events_errorreport_delete", args=[report.pk])
    assert as_anna.post(delete, {"post": "yes"}).status_code == 403
    report.refresh_from_db()
    assert report.message == "It was later."


@pytest.mark.parametrize("page", ["list", "report"])
def test_what_a_reader_wrote_is_shown_as_text_beside_a_link_to_the_event(as_anna, page):
    event = make_event(kind="DISPUTE", title_en="Export <controls>")
    report = make_report(event, message="<script>alert(1)</script> & more")

    shown = as_anna.get(reverse(LIST) if page == "list" else page_of(report)).text

    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in shown
    assert f'<a href="{change_page(event, "dispute")}">' in shown
    assert "Export &lt;controls&gt;</a>" in shown
    assert offending_markup(shown) == []


@pytest.mark.parametrize("page", ["list", "report"])
def test_a_report_on_a_person_leads_to_the_person(as_anna, page):
    person = make_person(name_en="Lee Jae-myung")
    report = make_report(person=person)
    make_report()

    shown = as_anna.get(f"{reverse(LIST)}?q=jae-myung" if page == "list" else page_of(report)).text

    address = reverse("admin:events_person_change", args=[person.pk])
    assert f'<a href="{address}">Lee Jae-myung</a>' in shown
    if page == "list":
        assert listed(as_anna, "?q=jae-myung") == [report]


def test_the_source_is_a_link_that_tells_nothing_and_vouches_for_nothing(as_anna):
    shown = as_anna.get(page_of(make_report(source_url="https://example.org/?a=1&b=2"))).text

    link = '<a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer nofollow">'
    assert link in shown


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JavaScript://example.org/%0aalert(1)"])
def test_an_address_that_is_none_of_the_web_is_no_link(as_anna, address):
    shown = as_anna.get(page_of(make_report(source_url=address))).text

    assert address in shown
    assert not re.search(r'href="javascript', shown, re.IGNORECASE)


def test_the_list_costs_the_same_for_one_report_and_for_many(as_anna, anna):
    make_report()
    as_anna.get(reverse(LIST))
    with CaptureQueriesContext(connection) as with_one:
        as_anna.get(reverse(LIST))
    for minutes in range(12):
        closed_by = anna if minutes % 2 else None
        make_report(minutes=minutes, closed_by=closed_by)
        make_report(minutes=minutes, closed_by=closed_by, person=make_person())

    with CaptureQueriesContext(connection) as with_many:
        assert len(listed(as_anna)) == 25

    assert len(with_many) == len(with_one) <= 10


def test_operators_and_strangers_see_no_reports(client, django_user_model):
    report = make_report()
    assert client.get(reverse(LIST)).status_code == 302
    operator = django_user_model.objects.create_user("omar", is_staff=True)
    operator.groups.add(Group.objects.get(name="operator"))
    client.force_login(operator)

    assert client.get(reverse(LIST)).status_code == 403
    assert client.get(page_of(report)).status_code == 403
    assert close(client, report).status_code == 403
    report.refresh_from_db()
    assert report.closed_at is None
