"""A pytest plugin (`-p tests.environment`): real servers, before Django's settings are read."""

import os

import pytest

from tests import servers

os.environ.setdefault("INSECURE_HTTP", "1")
_running = servers.provide()


def pytest_unconfigure(config: pytest.Config) -> None:
    _running.close()
