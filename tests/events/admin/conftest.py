from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from tests.events.build import make_country


@pytest.fixture
def countries(db: Any) -> None:
    for code in ("KR", "JP", "US"):
        make_country(code)


@pytest.fixture
def anna(django_user_model: Any) -> Any:
    """An editor by her group only."""
    user = django_user_model.objects.create_user("anna", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def ben(django_user_model: Any) -> Any:
    """A second editor."""
    user = django_user_model.objects.create_user("ben", is_staff=True)
    user.groups.add(Group.objects.get(name="editor"))
    return user


@pytest.fixture
def as_anna(client: Client, anna: Any) -> Client:
    client.force_login(anna)
    return client


@pytest.fixture
def as_ben(ben: Any) -> Client:
    client = Client()
    client.force_login(ben)
    return client
