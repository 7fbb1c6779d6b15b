"""A pytest plugin (`-p tests.environment`): real servers, before Django's settings are read.

Under pytest-xdist every worker has servers of its own: throttling counts in the cache and tasks
wait in the queue, and neither may be another worker's.
"""

import os
from pathlib import Path

import pytest

from diplomacy import translations
from tests import servers
from tests.offline import sitecustomize

OURS = "RECORD_TESTS_OWN_SERVERS"

os.environ.setdefault("INSECURE_HTTP", "1")
os.environ["HASHED_STATIC_FILES"] = "0"  # no test waits for a collectstatic
os.environ["PACKAGES_DIR"] = "/nonexistent"  # none but those that a test writes
# Pythons that tests start are kept from the network as the tests are.
_offline = str(Path(sitecustomize.__file__).parent)
os.environ["PYTHONPATH"] = os.pathsep.join(
    filter(None, [_offline, os.environ.get("PYTHONPATH", "")])
)
if os.environ.pop(OURS, ""):
    del os.environ["DATABASE_URL"], os.environ["REDIS_URL"]
_given = {"DATABASE_URL", "REDIS_URL"} & set(os.environ)
_running = servers.provide()
if not _given:
    os.environ[OURS] = "1"
# Pages are compared in three languages, and compiled catalogues are not kept in git.
translations.compile_stale()


def pytest_unconfigure(config: pytest.Config) -> None:
    _running.close()
