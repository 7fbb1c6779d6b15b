"""A real Chromium against a real server with the whole record; no console message is ignored."""

import os
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser import databases
from tests.browser.pages import add_examples

# Playwright runs an event loop in this thread; Django would otherwise refuse its own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
PASSWORD = "a long passphrase"


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {
        "executable_path": os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        "args": [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    return {"viewport": WIDE, "locale": "en-GB"}


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    served = LiveServer("127.0.0.1")
    yield served.url
    served.stop()


@pytest.fixture(scope="package")
def record(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: Any
) -> Iterator[Callable[[], None]]:
    """The record, loaded once for all tests of this package; called, it undoes what was written.

    It has a database of its own: that of other tests is empty, and emptied by each of these.
    """
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=0, interactive=False, aliases={"default"}, serialized_aliases=set()
        )
        name = connection.settings_dict["NAME"]
        full = f"{name}_full"
        _fill()
        databases.replace(full, by=name)

        def restore() -> None:
            databases.replace(name, by=full)
            cache.clear()

        yield restore
        databases.drop(full)
        databases.disconnect(name)
        teardown_databases(made, verbosity=0)


def _fill() -> None:
    """The record, the sample queue, an account, and what the record has no example of."""
    call_command("load_record", verbosity=0, stdout=StringIO())
    call_command("load_samples", verbosity=0, stdout=StringIO())
    add_examples(by=User.objects.create_superuser("chief", password=PASSWORD))


@pytest.fixture
def site(record: Any, server: str) -> str:
    """The address of a site that has the whole record, which the test only reads."""
    return server


@pytest.fixture
def written(record: Callable[[], None], server: str) -> Iterator[str]:
    """The address of a site that has the whole record; what the test writes is undone."""
    yield server
    record()


class Complaints(list[str]):
    """What a page's console said, but for the status of the page itself where it is an error."""

    def listen(self, page: Page) -> None:
        page.on("console", lambda message: self._hear(page, message))
        page.on("pageerror", lambda error: self.append(f"uncaught: {error}"))

    def _hear(self, page: Page, message: ConsoleMessage) -> None:
        is_own_status = (
            "Failed to load resource" in message.text and message.location["url"] == page.url
        )
        if not is_own_status:
            self.append(f"{message.type}: {message.text}")


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any console message, such as a refused style or script, fails the test."""
    page = context.new_page()
    complaints = Complaints()
    complaints.listen(page)
    yield page
    assert complaints == []


@pytest.fixture
def plain_page(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False, viewport=WIDE, locale="en-GB")
    yield context.new_page()
    context.close()
