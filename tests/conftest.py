"""What every test has: an editor, and a fixed moment."""

from datetime import UTC, datetime
from typing import Any

import pytest


def pytest_configure(config: pytest.Config) -> None:
    # Hashed names and compression need a collectstatic that no test waits for.
    from django.conf import settings

    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def editor(django_user_model: Any) -> Any:
    return django_user_model.objects.create_user("editor", password="a long passphrase")
