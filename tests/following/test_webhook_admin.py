"""Editors enter webhooks, test them, disable and enable them, in the admin."""

import re

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from following.models import Delivery, Webhook
from following.webhooks import call_due, make_deliveries
from tests.events.admin.pages import offending_markup
from tests.events.build import NOW, make_topic, make_user
from tests.following.build import announce
from tests.following.hooks import is_signed, make_webhook
from tests.following.receiver import Reply

pytestmark = pytest.mark.django_db
LIST = "admin:following_webhook_changelist"
ADD = "admin:following_webhook_add"


def member(name, group):
    user = make_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def anna():
    return member("anna", "editor")


@pytest.fixture
def as_anna(client, anna):
    client.force_login(anna)
    return client


def page_of(webhook):
    return reverse("admin:following_webhook_change", args=[webhook.pk])


def typed(url, **fields):
    values = {"name": "An institute", "contact": "desk@example.org", "query": ""}
    return {**values, "url": url, **fields}


def press(client, webhook, button):
    sent = typed(webhook.url, name=webhook.name, query=webhook.query)
    return client.post(page_of(webhook), {**sent, button: "1"}, follow=True)


def test_an_editor_enters_a_webhook_and_finds_its_secret(as_anna, anna, receiver):
    make_topic("security")
    pasted = "https://record.example.org/ko/timeline/?topic=security&kind=call&order=oldest"
    announce(1)

    page = as_anna.post(reverse(ADD), typed(receiver.url(), query=pasted), follow=True)

    webhook = Webhook.objects.get()
    assert page.request["PATH_INFO"] == page_of(webhook)
    assert webhook.query == "kind=call&topic=security"
    assert webhook.created_by == anna
    assert f"<code>{webhook.secret}</code>" in page.text
    assert re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", webhook.secret)
    make_deliveries(at=NOW)
    assert not Delivery.objects.exists()  # of what was before it
    assert offending_markup(page.text) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"url": "http://example.org/hook"}, "https:// only"),
        ({"url": "https://user:word@example.org/"}, "user name or password"),
        ({"url": "ftp://example.org/"}, "Only addresses with http"),
        ({"url": "no address"}, "valid URL"),
        ({"query": "kind=picnic"}, "is not known here"),
        ({"query": "no filter at all"}, "knows no such filter"),
        ({"contact": "nobody"}, "valid email"),
        ({"query": "from=2025-13"}, "is not a date"),
    ],
)
def test_what_cannot_be_called_or_filtered_is_refused(as_anna, settings, fields, message):
    settings.ALLOW_LOOPBACK_SOURCES = False
    sent = typed("https://example.org/hook") | fields

    page = as_anna.post(reverse(ADD), sent)

    assert page.status_code == 200
    assert message in page.text
    assert not Webhook.objects.exists()


def test_saving_changes_what_was_typed_and_nothing_else(as_anna, receiver):
    webhook = make_webhook(receiver.url())
    secret = webhook.secret

    as_anna.post(page_of(webhook), typed(webhook.url, name="A ministry", query="kind=call"))

    webhook.refresh_from_db()
    assert (webhook.name, webhook.query, webhook.secret) == ("A ministry", "kind=call", secret)


def test_a_test_tells_what_was_answered(as_anna, receiver):
    webhook = make_webhook(receiver.url())

    good = press(as_anna, webhook, "_test")
    receiver.replies["/hook"] = Reply(500)
    bad = press(as_anna, webhook, "_test")

    assert "An institute answered 204." in good.text
    assert "An institute answered 500." in bad.text
    assert is_signed(receiver.calls[0], webhook.secret)


def test_a_test_that_gets_no_answer_says_why(as_anna, settings):
    settings.ALLOW_LOOPBACK_SOURCES = True
    webhook = make_webhook("http://127.0.0.1:1/")

    assert "took no connection" in press(as_anna, webhook, "_test").text


def test_several_are_tested_from_the_list(as_anna, receiver):
    hooks = [make_webhook(receiver.url(path), name=path) for path in ("/a", "/b")]

    page = as_anna.post(
        reverse(LIST),
        {"action": "send_tests", "_selected_action": [one.pk for one in hooks]},
        follow=True,
    )

    assert "/a answered 204." in page.text
    assert "/b answered 204." in page.text


def test_a_new_secret_is_shown_and_the_former_one_named_as_signing(as_anna, receiver):
    webhook = make_webhook(receiver.url())

    page = press(as_anna, webhook, "_rotate")

    former, webhook = webhook.secret, Webhook.objects.get()
    assert webhook.secret != former
    assert webhook.secret in page.text
    assert former not in page.text
    assert "The former one signs as well until" in page.text


def test_it_is_disabled_and_enabled_by_buttons(as_anna, receiver):
    webhook = make_webhook(receiver.url())

    disabled = press(as_anna, webhook, "_disable")
    again = press(as_anna, webhook, "_disable")
    enabled = press(as_anna, webhook, "_enable")

    assert "Disabled by an editor" in disabled.text
    assert 'name="_enable"' in disabled.text
    assert "Somebody has done this before you." in again.text
    assert 'name="_disable"' in enabled.text
    webhook.refresh_from_db()
    assert webhook.is_enabled
    assert Delivery.objects.get().announcement is None


def test_the_list_and_the_page_tell_state_and_last_calls(as_anna, receiver):
    well = make_webhook(receiver.url("/well"), name="Well", query="kind=call")
    make_webhook(receiver.url("/broken"), name="Broken")
    receiver.replies["/broken"] = Reply(503)
    announce(1)
    make_deliveries(at=NOW)
    call_due(at=NOW)

    listed = as_anna.get(reverse(LIST)).text
    page = as_anna.get(page_of(well)).text

    assert "Failing since" in listed
    assert "127.0.0.1" in listed
    assert well.secret not in listed
    assert "New: call" in page
    assert "<td>204</td>" in page
    assert offending_markup(page) == []
    failing = as_anna.get(reverse(LIST), {"state": "failing"})
    assert [one.name for one in failing.context["cl"].result_list] == ["Broken"]


def test_operators_see_webhooks_without_their_secret_and_change_nothing(client, receiver):
    webhook = make_webhook(receiver.url())
    client.force_login(member("omar", "operator"))

    page = client.get(page_of(webhook))

    assert page.status_code == 200
    assert webhook.secret not in page.text
    assert client.get(reverse(ADD)).status_code == 403
    assert client.post(page_of(webhook), {"_rotate": "1"}).status_code == 403
    assert Webhook.objects.get().secret == webhook.secret


def test_strangers_are_led_to_sign_in(client):
    assert client.get(reverse(LIST)).status_code == 302


@pytest.mark.parametrize("count", [1, 12])
def test_the_list_costs_the_same_for_few_and_many(as_anna, count, django_assert_max_num_queries):
    for number in range(count):
        make_webhook(f"https://example.org/{number}")
    as_anna.get(reverse(LIST))

    with django_assert_max_num_queries(10):
        as_anna.get(reverse(LIST))


def test_an_editor_has_a_call_that_was_given_up_made_again(as_anna, receiver):
    webhook = make_webhook(receiver.url())
    announce(1)
    make_deliveries(at=NOW)
    given_up = Delivery.objects.get()
    press(as_anna, webhook, "_disable")
    assert "call again" not in as_anna.get(page_of(webhook)).text
    press(as_anna, webhook, "_enable")
    choice = f'<option value="{given_up.pk}">'
    assert choice in as_anna.get(page_of(webhook)).text

    sent = typed(webhook.url, name=webhook.name, query=webhook.query)
    sent |= {"call": str(given_up.pk), "_again": "1"}
    page = as_anna.post(page_of(webhook), sent, follow=True)

    assert "It will be called again." in page.text
    assert choice not in page.text
    assert call_due(at=timezone.now()) == 2
    given_up.refresh_from_db()
    assert given_up.state == Delivery.State.DELIVERED
    page = as_anna.post(page_of(webhook), sent, follow=True)
    assert "Somebody has done this before you." in page.text


@pytest.mark.parametrize("number", ["", "x", "0", "9" * 30, "²"])
def test_no_call_is_made_again_by_nonsense(as_anna, number):
    webhook = make_webhook("https://a.example.org/")

    sent = typed(webhook.url, name=webhook.name, call=number, _again="1")
    page = as_anna.post(page_of(webhook), sent, follow=True)

    assert "Somebody has done this before you." in page.text
