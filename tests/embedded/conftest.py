import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from diplomacy.embedded import Places, servers
from tests.embedded.processes import processes_below, wait_until


@contextmanager
def empty_places() -> Iterator[Places]:
    # pytest's own tmp_path may be too long for a socket.
    root = Path(tempfile.mkdtemp(prefix="record-embedded-", dir="/tmp"))
    yield Places(data=root / "var", sockets=root / "s")
    assert wait_until(lambda: not processes_below(root))
    shutil.rmtree(root)


@pytest.fixture
def fresh_places() -> Iterator[Places]:
    """Room for a pair of servers, of which nothing may be left running after the test."""
    with empty_places() as places:
        yield places


@pytest.fixture(scope="session")
def set_up_once() -> Iterator[Places]:
    with empty_places() as places:
        with servers(places):
            pass
        yield places


@pytest.fixture
def places(set_up_once: Places, fresh_places: Places) -> Places:
    """As `fresh_places`, after a first start: initdb takes as long as all else in a test."""
    shutil.copytree(set_up_once.data, fresh_places.data)
    return fresh_places
