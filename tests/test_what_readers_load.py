"""What a process that only readers ask has in its memory.

Each is a process of its own: whatever it loads, it loads for the pages of readers.
"""

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from diplomacy import addressing, api_urls, reader_urls, urls
from events import tasks
from tests.events.build import make_event

PROJECT = Path(__file__).resolve().parents[1]

# The heaviest of what readers' pages and files do not need, and where it is needed.
NOT_FOR_READERS = {
    "celery": "workers, and whoever wakes one",
    "kombu": "workers, and whoever wakes one",
    "trafilatura": "the child that reads articles",
    "feedparser": "the child that reads feeds",
    "lxml": "the child that reads pages",
    "nh3": "what fetches",
    "urllib3": "what fetches",
    "news.fetching": "workers",
    "news.pipeline": "workers, and the review",
    "news.admin": "staff",
    "events.admin": "staff",
    "events.loading": "the command and the imports of staff",
    "import_export.admin": "the imports of staff",
    "allauth.mfa.stages": "sign-in",
    "fido2": "sign-in",
    "ninja": "the API",
    "pydantic": "the API",
    "vl_convert": "workers that draw",
    "PIL": "an event's picture",
    "icalendar": "calendar files",
    "holidays": "a month of the calendar",
    "hypothesis": "tests",
}

ASK = """
import json, sys
from diplomacy.wsgi import application
from django.test import Client

client = Client(headers={"host": "127.0.0.1"})
answers = []
for address in sys.argv[1:]:
    response = client.get(address)
    body = b"".join(response) if response.streaming else response.content
    answers.append((address, response.status_code, len(body)))
print(json.dumps({"answers": answers, "modules": sorted(sys.modules)}))
"""


def modules_after(*addresses: str) -> set[str]:
    """The modules of a web process that has answered those addresses."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    database = urlunsplit(parts._replace(path=f"/{connection.settings_dict['NAME']}"))
    asked = subprocess.run(
        [sys.executable, "-c", ASK, *addresses],
        cwd=PROJECT,
        env={
            **os.environ,
            "DATABASE_URL": database,
            "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE,
        },
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert asked.returncode == 0, asked.stderr
    told = json.loads(asked.stdout.splitlines()[-1])
    expected = [404 if "nothing" in address else 200 for address in addresses]
    assert [status for _address, status, _size in told["answers"]] == expected
    return set(told["modules"])


@pytest.mark.django_db(transaction=True)
def test_readers_load_nothing_of_staff_workers_or_the_api():
    make_event(title_en="A call that is exported")
    tasks.draw_charts()

    loaded = modules_after(
        *("/en/", "/ko/timeline/", "/en/data/", "/nothing/", "/timeline.csv", "/timeline.json"),
        *("/healthz", "/readyz", "/metrics"),
    )

    assert {name: NOT_FOR_READERS[name] for name in NOT_FOR_READERS.keys() & loaded} == {}


@pytest.mark.django_db(transaction=True)
def test_a_reader_of_a_page_whose_chart_is_not_drawn_wakes_a_worker_on_the_broker_of_the_site():
    make_event(title_en="A call that no chart shows yet")
    queue = redis.Redis.from_url(os.environ["REDIS_URL"])
    queue.delete("celery")
    cache.clear()

    loaded = modules_after("/en/")

    assert "celery" in loaded
    assert "events.tasks.draw_charts" in {
        json.loads(message)["headers"]["task"] for message in queue.lrange("celery", 0, -1)
    }


@pytest.mark.django_db(transaction=True)
def test_a_program_that_asks_the_api_loads_nothing_of_staff():
    loaded = modules_after("/api/v1/events", "/api/v1/docs", "/timeline.json")

    assert "ninja" in loaded
    assert {"fido2", "events.admin", "news.pipeline", "celery"} & loaded == set()


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_for_more_than_readers_do_is_answered_all_the_same():
    asked = ("/en/about/", "/accounts/login/", "/timeline.ics", "/en/calendar/2025/06/")

    loaded = modules_after(*asked)

    assert {"fido2", "icalendar", "holidays", "events.admin"} <= loaded


def test_each_address_is_among_those_that_its_beginning_is_looked_up_in():
    readers = {id(pattern) for pattern in reader_urls.urlpatterns}
    for_programs = {id(pattern) for pattern in api_urls.urlpatterns} - readers

    def beginnings(patterns):
        return {str(pattern.pattern).partition("/")[0] for pattern in patterns}

    assert beginnings(p for p in api_urls.urlpatterns if id(p) in for_programs) == {"api"}
    others = [p for p in urls.urlpatterns if id(p) not in readers | for_programs]
    assert beginnings(others) == set(addressing.OF_STAFF)
