"""What every test has: an editor, and a fixed moment."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, settings

# How long a machine that has other work takes says nothing of what is tested.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings as django_settings
    from django.core.mail.utils import DNS_NAME

    from diplomacy import celery  # noqa: F401  # a task that a test calls may send another one

    # A hash that is slow on purpose takes a quarter of a second for every test with an editor.
    django_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # Mail carries the name of this machine, for which the network would be asked.
    DNS_NAME._fqdn = "localhost"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language behind; addresses that a test builds must not depend on it."""
    with translation.override("en"):
        yield


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def editor(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user("editor", password="a long passphrase")
