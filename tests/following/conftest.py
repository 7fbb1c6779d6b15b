"""A mail server of one's own."""

import pytest

from tests.following.mail_server import mail_server


@pytest.fixture
def mailbox(settings):
    """What a mail server on this machine takes, to which all mail goes."""
    with mail_server() as box:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port
        yield box
