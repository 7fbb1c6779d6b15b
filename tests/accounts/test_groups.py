import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse

from tests.events.build import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client, django_user_model):
    """Signs in a new member of staff who is in the group given."""

    def sign_in(group, **fields):
        user = django_user_model.objects.create_user(f"new {group}", is_staff=True, **fields)
        user.groups.add(Group.objects.get(name=group))
        client.force_login(user)
        return client

    return sign_in


def status(client, name, *args, data=None):
    address = reverse(f"admin:{name}", args=args)
    answer = client.get(address) if data is None else client.post(address, data)
    return answer.status_code


def test_an_editor_enters_the_record_and_keeps_out_of_the_users(member):
    event = make_event()
    client = member("editor")

    assert status(client, "events_call_add") == 200
    assert status(client, "events_call_change", event.pk) == 200
    assert status(client, "events_person_add") == 200
    assert status(client, "events_call_delete", event.pk, data={"post": "yes"}) == 403
    assert status(client, "events_country_delete", "KR", data={"post": "yes"}) == 403
    assert status(client, "accounts_user_changelist") == 403
    assert status(client, "accounts_user_add") == 403


def test_an_operator_keeps_the_users_and_out_of_the_record(member):
    event = make_event()
    client = member("operator")

    assert status(client, "accounts_user_changelist") == 200
    assert status(client, "accounts_user_add") == 200
    assert status(client, "events_event_changelist") == 403
    assert status(client, "events_call_add") == 403
    assert status(client, "events_call_change", event.pk) == 403
    assert status(client, "events_call_withdraw", event.pk, data={"reason": "No."}) == 403
    event.refresh_from_db()
    assert event.withdrawn_at is None


def test_an_operator_cannot_make_anybody_a_superuser(member, django_user_model):
    client = member("operator")
    operator = django_user_model.objects.get(username="new operator")
    data = {"username": "new-operator", "language": "en", "is_staff": "on", "is_superuser": "on"}
    data |= {"is_active": "on", "user_permissions": [Permission.objects.first().pk]}

    assert status(client, "accounts_user_change", operator.pk, data=data) == 302

    operator.refresh_from_db()
    assert not operator.is_superuser
    assert not operator.user_permissions.exists()


def test_an_operator_cannot_take_over_the_account_of_a_superuser(member, django_user_model):
    chief = django_user_model.objects.create_superuser("chief", password="a long passphrase")
    client = member("operator")

    passwords = {"password1": "another passphrase", "password2": "another passphrase"}
    password_page = reverse("admin:auth_user_password_change", args=[chief.pk])
    assert client.post(password_page, passwords).status_code == 403
    assert status(client, "accounts_user_change", chief.pk, data={"username": "x"}) == 403

    chief.refresh_from_db()
    assert chief.check_password("a long passphrase")


def test_a_new_account_is_made_with_its_language_and_group(member, django_user_model):
    client = member("operator")
    group = Group.objects.get(name="editor")
    data = {
        "username": "yuki",
        "language": "ja",
        "is_staff": "on",
        "groups": [group.pk],
        "usable_password": "true",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
    }

    assert status(client, "accounts_user_add", data=data) == 302

    yuki = django_user_model.objects.get(username="yuki")
    assert yuki.language == "ja"
    assert yuki.is_staff
    assert list(yuki.groups.all()) == [group]


def test_migrating_again_changes_nothing_and_repairs_what_was_changed():
    def named():
        return {
            group.name: set(group.permissions.values_list("codename", flat=True))
            for group in Group.objects.all()
        }

    before = named()
    assert {"add_call", "change_citation", "view_event"} <= before["editor"]
    assert {"add_user", "change_user", "view_user"} <= before["operator"]
    editor = Group.objects.get(name="editor")
    editor.permissions.remove(*editor.permissions.filter(codename="add_call"))
    editor.permissions.add(Permission.objects.get(codename="add_user"))

    call_command("migrate", verbosity=0)

    assert named() == before


def test_editors_review_and_operators_keep_the_sources(member, client):
    queue, new_source = reverse("news:queue"), reverse("admin:news_source_add")

    editor = member("editor")
    assert editor.get(queue).status_code == 200
    assert editor.get(new_source).status_code == 403

    operator = member("operator")
    assert operator.get(queue).status_code == 403
    assert operator.get(new_source).status_code == 200
    assert status(operator, "news_poll_changelist") == 200
