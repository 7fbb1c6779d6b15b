"""Operators see who follows by mail, and nobody else does."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.following.followers import NOW, make_subscriber, make_subscription

pytestmark = pytest.mark.django_db

LIST = "admin:following_subscriber_changelist"


@pytest.fixture
def member(client, django_user_model):
    """Signs in a new member of staff who is in the group given."""

    def sign_in(group):
        user = django_user_model.objects.create_user(f"new {group}", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


def page_of(subscriber):
    return reverse("admin:following_subscriber_change", args=[subscriber.pk])


def listed(client, query=""):
    page = client.get(reverse(LIST) + query)
    assert page.status_code == 200
    return [subscriber.address for subscriber in page.context["cl"].result_list]


def test_an_operator_reads_who_follows_what(member):
    subscriber = make_subscriber("anna@example.org")
    row = make_subscription(subscriber, "kind=call", "WEEKLY")

    operator = member("operator")

    assert listed(operator) == ["anna@example.org"]
    page = operator.get(page_of(subscriber)).text
    assert "Call" in page
    assert "Once a week" in page
    assert subscriber.key not in page
    assert row.key not in page


def test_an_operator_changes_nothing(member):
    subscriber = make_subscriber("anna@example.org")
    operator = member("operator")

    assert operator.post(page_of(subscriber), {"address": "b@example.org"}).status_code == 403
    assert operator.get(reverse("admin:following_subscriber_add")).status_code == 403
    delete = reverse("admin:following_subscriber_delete", args=[subscriber.pk])
    assert operator.post(delete, {"post": "yes"}).status_code == 403
    subscriber.refresh_from_db()
    assert subscriber.address == "anna@example.org"


def test_editors_see_no_addresses(member):
    subscriber = make_subscriber("anna@example.org")
    editor = member("editor")

    assert editor.get(reverse(LIST)).status_code == 403
    assert editor.get(page_of(subscriber)).status_code == 403
    assert "subscriber" not in editor.get("/admin/").text


def test_an_administrator_deletes_an_address_for_good(admin_client):
    subscriber = make_subscriber("anna@example.org")
    make_subscription(subscriber)
    delete = reverse("admin:following_subscriber_delete", args=[subscriber.pk])

    assert admin_client.post(delete, {"post": "yes"}).status_code == 302
    assert listed(admin_client) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=told", ["told@example.org"]),
        ("?state=unconfirmed", ["new@example.org"]),
        ("?state=refused", ["refused@example.org"]),
        ("?state=left", ["left@example.org"]),
        ("?q=told", ["told@example.org"]),
        ("?q=%00", None),
    ],
)
def test_the_list_is_filtered_by_state(member, query, found):
    make_subscriber("told@example.org")
    make_subscriber("new@example.org", confirmed_at=None)
    make_subscriber("refused@example.org", refused_at=NOW)
    make_subscriber("left@example.org", left_at=NOW)
    operator = member("operator")

    if found is None:
        assert operator.get(reverse(LIST) + query).status_code == 302
    else:
        assert listed(operator, query) == found


def test_the_list_costs_the_same_for_one_and_for_many(member):
    operator = member("operator")
    make_subscription()
    listed(operator)
    with CaptureQueriesContext(connection) as with_one:
        listed(operator)
    for _ in range(12):
        make_subscription()

    with CaptureQueriesContext(connection) as with_many:
        assert len(listed(operator)) == 13

    assert len(with_many) == len(with_one) <= 10
