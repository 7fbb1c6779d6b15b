"""Who reviews, and a small web on this machine to read from."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission

from tests.news.faults import FaultServer
from tests.news.model_server import ModelServer
from tests.news.web import Web


@pytest.fixture
def reviewer(editor: Any) -> Any:
    editor.user_permissions.add(Permission.objects.get(codename="change_candidate"))
    return editor


@pytest.fixture
def web(settings: Any) -> Iterator[Web]:
    """A web server on loopback; its sources are allowed."""
    settings.ALLOW_LOOPBACK_SOURCES = True
    with Web() as running:
        yield running


@pytest.fixture
def server(settings: Any) -> Iterator[FaultServer]:
    """A server on loopback that does what it is told, however wrong; its sources are allowed."""
    settings.ALLOW_LOOPBACK_SOURCES = True
    with FaultServer() as running:
        yield running


@pytest.fixture
def model(settings: Any) -> Iterator[ModelServer]:
    """A language model on loopback that is to read along; it finds nothing unless told what."""
    with ModelServer() as running:
        settings.MODEL_URL, settings.MODEL_NAME = running.url, "test-model"
        settings.MODEL_KEY, settings.MODEL_SECONDS = "a-key", 5.0
        yield running
