"""A mail server and a receiver of webhooks of one's own."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.following.mail_server import mail_server
from tests.following.receiver import Receiver


@pytest.fixture
def mailbox(settings):
    """What a mail server on this machine takes, to which all mail goes."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    """A receiver of webhooks on loopback, which may be called."""
    settings.ALLOW_LOOPBACK_SOURCES = True
    with Receiver() as running:
        yield running
