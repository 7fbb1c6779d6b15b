from typing import Any

from django.apps import AppConfig
from django.contrib import admin
from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks


class DiplomacyConfig(AppConfig):
    name = "diplomacy"
    default = True

    def ready(self) -> None:
        from diplomacy.operations import log_context  # noqa: F401


class LateAdminConfig(SimpleAdminConfig):
    """The admin, whose pages are loaded with its addresses (`diplomacy.urls`) or to be checked."""

    default = False

    def ready(self) -> None:
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(_check_all_pages, checks.Tags.admin)


def _check_all_pages(**given: Any) -> Any:
    admin.autodiscover()
    return check_admin_app(**given)
