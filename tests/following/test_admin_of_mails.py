"""Operators see what became of mails, and decide about those in doubt."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from following.models import Digest
from tests.events.build import make_user
from tests.following.build import make_digest

pytestmark = pytest.mark.django_db
MAILS = "admin:following_digest_changelist"


def signed_in(client, group):
    user = make_user(group, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    return client


def test_an_operator_finds_the_mails_in_doubt_and_sends_them_again(client):
    operator = signed_in(client, "operator")
    doubtful = make_digest("doubtful@example.org", state="HANDED_OVER")
    make_digest("sent@example.org", state="SENT")

    page = operator.get(reverse(MAILS), {"state": "doubt"}).content.decode()
    assert "doubtful@example.org" in page
    assert "sent@example.org" not in page
    answer = operator.post(
        reverse(MAILS),
        {
            "action": "send_again",
            "_selected_action": list(Digest.objects.values_list("pk", flat=True)),
        },
        follow=True,
    )

    assert "1 mail will be sent again." in answer.content.decode()
    doubtful.refresh_from_db()
    assert doubtful.state == "WAITING"
    assert Digest.objects.filter(state="SENT").count() == 1


@pytest.mark.parametrize("state", ["waiting", "doubt", "refused", "sent", "other"])
def test_mails_are_listed_by_state_and_cannot_be_edited(client, state):
    operator = signed_in(client, "operator")
    digest = make_digest()

    assert operator.get(reverse(MAILS), {"state": state}).status_code == 200
    page = operator.get(reverse("admin:following_digest_change", args=[digest.pk]))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert operator.get(reverse("admin:following_digest_add")).status_code == 403
    assert operator.get(reverse(MAILS), {"q": "a\0b"}).status_code == 302


def test_addresses_are_not_for_editors(client):
    make_digest()

    assert signed_in(client, "editor").get(reverse(MAILS)).status_code == 403


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_few_and_many(client, count, django_assert_max_num_queries):
    operator = signed_in(client, "operator")
    for _ in range(count):
        make_digest()

    with django_assert_max_num_queries(9):
        operator.get(reverse(MAILS))
