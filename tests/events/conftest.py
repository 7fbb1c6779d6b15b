"""The whole curated record, for tests that read it."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from events.loading.record import load_folder
from events.loading.writing import Outcome
from tests.events.curated import Folder


@pytest.fixture
def loaded_record(db: Any, now: datetime) -> list[Outcome]:
    """Load the shipped files, published at `now`, for one test; takes about a second."""
    return load_folder(at=now)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the shipped files."""
    return Folder(tmp_path)
