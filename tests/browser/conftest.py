"""A real Chromium against a real server with the whole record; no console message is ignored."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import BrowserContext, ConsoleMessage, Page

# Playwright runs an event loop in this thread; Django would otherwise refuse its own queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


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


@pytest.fixture
def site(live_server: Any, settings: Any) -> str:
    """The address of a site that has the whole record."""
    call_command("load_record", verbosity=0)
    address: str = live_server.url
    return address


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page on which any console error, such as a refused style or script, fails the test."""
    page = context.new_page()
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.type}: {message.text}")

    page.on("console", listen)
    page.on("pageerror", lambda error: complaints.append(f"uncaught: {error}"))
    yield page
    assert complaints == []
