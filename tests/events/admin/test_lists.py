from datetime import date

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse

from events.models import Event
from tests.events.admin.pages import change_page, offending_markup
from tests.events.build import (
    make_anniversary,
    make_commitment,
    make_event,
    make_person,
    make_readout,
    make_term,
)

LIST = "admin:events_event_changelist"


@pytest.mark.parametrize("model", ["event", "call"])
def test_the_list_costs_the_same_for_one_event_and_for_many(as_anna, countries, model):
    address = reverse(f"admin:events_{model}_changelist")
    make_event(people=["lee-jae-myung"], topics=["security"])
    as_anna.get(address)
    with CaptureQueriesContext(
        connection,
    ) as with_one:
        as_anna.get(address)
    for day in range(1, 25):
        make_event(starts_on=date(2025, 6, day), people=["lee-jae-myung"], topics=["security"])

    with CaptureQueriesContext(connection) as with_many:
        page = as_anna.get(address)

    assert page.context["cl"].result_count == 25
    assert len(with_many) == len(with_one) <= 16, [q["sql"][:120] for q in with_many]


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("q=Kananaskis", ["summit"]),
        ("q=%E6%9D%8E%E5%9C%A8%E6%98%8E", ["call"]),
        ("q=call", ["call"]),
        ("kind__exact=CALL", ["call", "draft"]),
        ("acted=US", ["summit"]),
        ("publication=draft", ["draft"]),
        ("publication=published", ["call", "summit"]),
        ("status__exact=SCHEDULED", ["draft"]),
        ("certainty__exact=WEAK_SOURCES", ["summit"]),
        ("starts_on__year=2024", ["draft"]),
    ],
)
def test_events_are_found_by_their_facts(as_anna, countries, query, slugs):
    lee = make_person(name_ja="李在明")
    make_event(slug="call", people=[lee])
    make_event(
        slug="summit",
        kind="SUMMIT",
        title_en="At Kananaskis",
        countries=["KR", "JP", "US"],
        certainty="WEAK_SOURCES",
    )
    make_event(slug="draft", published=False, starts_on=date(2024, 1, 1), status="SCHEDULED")

    page = as_anna.get(f"{reverse(LIST)}?{query}")

    assert page.status_code == 200
    assert sorted(event.slug for event in page.context["cl"].result_list) == slugs


@pytest.mark.parametrize(
    "query", ["acted=XX", "publication=never", "kind__exact=%00", "starts_on__year=99999", "p=x"]
)
def test_a_query_string_of_garbage_is_no_error(as_anna, countries, query):
    make_event()
    assert as_anna.get(f"{reverse(LIST)}?{query}", follow=True).status_code == 200


def test_an_event_in_the_list_of_all_opens_on_the_form_of_its_kind(as_anna, countries):
    event = make_event(kind="DISPUTE")

    response = as_anna.get(change_page(event, "event"))

    assert response.url == change_page(event, "dispute")
    assert as_anna.get(reverse("admin:events_event_change", args=[999])).status_code == 404


@pytest.mark.parametrize("term", ["lee", "李在明", "이재명", "lee\x00"])
def test_people_are_completed_by_any_form_of_their_name(as_anna, countries, term):
    make_person(aliases=[("ja", "李在明"), ("ko", "이재명")], name_en="Lee Jae-myung")

    answer = as_anna.get(
        reverse("admin:autocomplete"),
        {
            "term": term,
            "app_label": "events",
            "model_name": "participation",
            "field_name": "person",
        },
    )

    assert [row["text"] for row in answer.json()["results"]] == ["Lee Jae-myung"]


def test_every_admin_page_opens_and_keeps_the_content_security_policy(admin_client, countries):
    event = make_event(people=["lee-jae-myung"], topics=["security"], places=[("Tokyo", "JP")])
    make_event(published=False)
    make_readout(event, points=[("security", "AGREED", "talks go on")])
    make_commitment(event)
    make_term()
    make_anniversary()
    Group.objects.get_or_create(name="editor")
    broken = {}

    for address in admin_pages():
        page = admin_client.get(address)
        if page.status_code == 302 and "/events/event/" in address:
            continue  # an event opens on the form of its kind
        allowed = (200, 403) if address.endswith(("/add/", "/delete/")) else (200,)
        problem = page.status_code not in allowed and page.status_code
        problem = problem or (page.status_code == 200 and offending_markup(page.content.decode()))
        if problem:
            broken[address] = problem

    assert broken == {}


def admin_pages():
    """The address of each list, form, history and deletion page, for rows that are there."""
    yield reverse("admin:index")
    for model in admin.site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        yield reverse(f"{name}_add")
        row = model._default_manager.first()
        if row is None:
            continue
        pages = ["change", "history", "delete"]
        if model.__base__ is Event:
            pages += ["withdraw", "rename", "merge"]
        for page in pages:
            try:
                yield reverse(f"{name}_{page}", args=[row.pk])
            except NoReverseMatch:
                continue
