import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.urls import reverse

from tests.events.admin.pages import offending_markup

pytestmark = pytest.mark.django_db

PASSWORD = "a long passphrase"


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def staff(django_user_model):
    return django_user_model.objects.create_user("mina", password=PASSWORD, is_staff=True)


def sign_in(client, password, **more):
    return client.post(reverse("account_login"), {"login": "mina", "password": password, **more})


def test_the_admin_sends_to_the_sign_in_page_and_back(client, staff):
    first = client.get("/admin/", follow=True)
    assert first.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert first.status_code == 200
    assert not offending_markup(first.content.decode())

    answer = sign_in(client, PASSWORD, next="/admin/")

    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_too_many_wrong_passwords_lock_the_account_for_a_while(client, staff):
    for _attempt in range(12):
        answer = sign_in(client, "wrong")

    assert "Too many failed login attempts" in answer.content.decode()
    locked = sign_in(client, PASSWORD)
    assert locked.status_code in (200, 429)
    assert "_auth_user_id" not in client.session


def test_a_reader_without_staff_rights_gets_no_further_than_the_door(client, django_user_model):
    django_user_model.objects.create_user("mina", password=PASSWORD)
    sign_in(client, PASSWORD)

    assert client.get("/admin/", follow=True).status_code == 403


def test_nobody_signs_up(client):
    page = client.post(
        reverse("account_signup"),
        {"username": "eve", "password1": PASSWORD, "password2": PASSWORD},
    )

    assert b"closed" in page.content.lower()
    assert b"sign up" not in client.get(reverse("account_login")).content.lower()


def test_a_second_factor_is_offered_and_asked_for(client, staff):
    sign_in(client, PASSWORD)
    assert client.get(reverse("mfa_index")).status_code == 200
    # Adding a factor asks for the password once more.
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert page.status_code == 200
    html = page.content.decode()
    assert "<svg" in html
    assert "data:image" not in html
    assert not offending_markup(html)

    def code():
        counter = next(iter(yield_hotp_counters_from_time()))
        return format_hotp_value(hotp_value(page.context["form"].secret, counter))

    assert client.post(reverse("mfa_activate_totp"), {"code": code()}).status_code == 302
    client.logout()
    second_step = sign_in(client, PASSWORD, next="/admin/")
    assert second_step.url.startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "name",
    [
        "account_change_password",
        "account_email",
        "account_logout",
        "account_reset_password",
        "mfa_index",
        "mfa_activate_totp",
    ],
)
def test_pages_about_the_account_keep_the_content_security_policy(client, staff, name):
    sign_in(client, PASSWORD)

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    page = client.get(reverse(name), follow=True)

    assert page.status_code == 200
    assert not offending_markup(page.content.decode())
