"""What an operator relies on: probes, metrics, the cache, the log."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import connection
from django.test import Client

from diplomacy.cache import ForgivingRedisCache
from diplomacy.embedded import Places
from diplomacy.embedded.valkey import Valkey
from diplomacy.operations import health

PROJECT = Path(__file__).resolve().parent.parent
NOBODY_THERE = "redis://127.0.0.1:1/0"
TOKEN = "a token for tests"


@pytest.fixture
def cache_down(settings):
    cache = settings.CACHES["default"]
    settings.CACHES = {"default": {**cache, "LOCATION": NOBODY_THERE}}


@pytest.fixture
def places() -> Iterator[Places]:
    """Folders for servers of one's own; not below tmp_path, whose name is too long for a socket."""
    with tempfile.TemporaryDirectory(prefix="record-cache-", dir="/tmp") as folder:
        places = Places(data=Path(folder), sockets=Path(folder) / "s")
        places.prepare()
        yield places


# Without the database: pytest-django would fail a test that asked it.
def test_a_living_process_is_healthy_without_asking_anybody(client, settings):
    settings.REDIS_URL = NOBODY_THERE

    response = client.get("/healthz")

    assert response.status_code == 200
    assert response.json() == {"status": "ok"}
    assert response["Cache-Control"] == "no-store"


@pytest.mark.parametrize("address", ["/healthz", "/metrics"])
def test_a_probe_needs_neither_the_sites_name_nor_tls(client, settings, address):
    settings.ALLOWED_HOSTS = ["record.example.org"]
    settings.SECURE_SSL_REDIRECT = True

    response = client.get(address, headers={"Host": "10.0.0.7:8000"})

    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.django_db
def test_a_site_with_everything_at_hand_is_ready(client):
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["checks"] == {"database": "ok", "broker": "ok", "migrations": "ok"}


@pytest.mark.django_db
def test_a_site_without_its_broker_is_not_ready(client, settings):
    settings.REDIS_URL = NOBODY_THERE

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["broker"] == "unreachable"
    assert response.json()["checks"]["database"] == "ok"


@pytest.mark.django_db
def test_a_site_without_its_database_is_not_ready_and_tells_no_secret(client, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "127.0.0.1")
    monkeypatch.setitem(connection.settings_dict, "PORT", "1")
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "not for the public")

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"] == {
        "database": "unreachable",
        "broker": "ok",
        "migrations": "unknown",
    }
    for secret in ("public", "127.0.0.1", connection.settings_dict["NAME"]):
        assert secret not in response.text


@pytest.mark.django_db
def test_a_site_whose_schema_is_behind_its_code_is_not_ready(client, monkeypatch):
    known = health._migrations()
    monkeypatch.setattr(health, "_migrations", lambda: known | {("events", "9999_next")})

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["checks"]["migrations"] == "not applied: events"


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_the_operators_addresses_are_only_read(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_metrics_answer_this_machine(client, address):
    response = client.get("/metrics", REMOTE_ADDR=address)

    assert response.status_code == 200
    assert "django_http_requests_before_middlewares_total" in response.text


@pytest.mark.parametrize(
    ("extra", "token"),
    [
        ({"REMOTE_ADDR": "192.0.2.7"}, TOKEN),
        ({"REMOTE_ADDR": ""}, TOKEN),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer wrong"}, TOKEN),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer é"}, TOKEN),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": f"Basic {TOKEN}"}, TOKEN),
        ({"REMOTE_ADDR": "192.0.2.7", "HTTP_AUTHORIZATION": "Bearer "}, ""),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, TOKEN),
    ],
)
def test_metrics_refuse_everybody_else(client, settings, extra, token):
    settings.METRICS_TOKEN = token

    response = client.get("/metrics", **extra)

    assert response.status_code == 403
    assert "django_http" not in response.text


def test_metrics_answer_whoever_knows_the_token(client, settings):
    settings.METRICS_TOKEN = TOKEN

    response = client.get(
        "/metrics", headers={"Authorization": f"Bearer {TOKEN}"}, REMOTE_ADDR="192.0.2.7"
    )

    assert response.status_code == 200


def test_behind_a_proxy_metrics_always_need_the_token(client, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 403


def test_a_cache_that_is_down_is_a_miss(cache_down):
    cache = caches["default"]

    assert isinstance(cache, ForgivingRedisCache)
    assert cache.get("key", "otherwise") == "otherwise"
    assert cache.get_many(["key"]) == {}
    assert cache.get_or_set("key", lambda: "computed") == "computed"
    assert cache.add("key", 1) is True
    assert cache.touch("key") is False
    assert cache.delete("key") is False
    assert "key" not in cache
    assert cache.set_many({"key": 1}) == []
    cache.set("key", 1)
    cache.delete_many(["key"])
    cache.clear()
    with pytest.raises(ValueError, match="not found"):
        cache.incr("key")


def test_a_cache_that_came_back_is_used_again(monkeypatch, places):
    monkeypatch.setattr("diplomacy.cache.AWAY_SECONDS", 0.0)
    cache = ForgivingRedisCache(f"unix://{places.valkey_socket}?db=1", {})
    cache.set("key", "lost")
    server = Valkey(places, durable=False)
    server.start()
    try:
        assert cache.get("key") is None
        cache.set("key", "kept")
        assert cache.get("key") == "kept"
    finally:
        server.stop()


def test_a_cache_that_works_keeps_values():
    cache = caches["default"]

    cache.set("key", "kept")

    assert cache.get("key") == "kept"
    assert cache.add("key", "other") is False


@pytest.mark.django_db
def test_signing_in_works_while_the_cache_is_down(cache_down):
    get_user_model().objects.create_user("operator", password="a long passphrase", is_staff=True)

    response = Client().post(
        "/accounts/login/", {"login": "operator", "password": "a long passphrase"}
    )

    assert response.status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/", "/ko/timeline/", "/ja/leaders/", "/accounts/login/"])
def test_pages_are_served_while_the_cache_is_down(client, cache_down, address):
    assert client.get(address).status_code == 200


SERVE = """
import django, logging; django.setup()
from django.test import Client
from django.urls import path
from diplomacy import reader_urls
def broken(request): raise RuntimeError("broken on purpose")
reader_urls.urlpatterns.append(path("broken", broken))
client = Client(raise_request_exception=False)
for address in ("/robots.txt", "/nothing-here", "/broken"):
    response = client.get(address)
    print(response.status_code, response.headers["X-Request-ID"])
"""


@pytest.fixture(scope="module")
def served() -> dict[str, subprocess.CompletedProcess[str]]:
    """Three requests (found, not found, broken) as the log tells them at two levels."""
    return {
        level: subprocess.run(
            [sys.executable, "-c", SERVE],
            cwd=PROJECT,
            env={
                **os.environ,
                "LOG_LEVEL": level,
                "ALLOWED_HOSTS": "testserver",
                "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
            },
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        for level in ("INFO", "WARNING")
    }


def test_each_request_is_one_json_line_with_the_id_that_its_answer_carries(served):
    lines = [json.loads(line) for line in served["INFO"].stderr.splitlines()]
    answers = [line.split() for line in served["INFO"].stdout.splitlines()]

    assert [line["event"] for line in lines] == [
        "request_finished",
        "request_finished",
        "request_failed",
    ]
    assert [[str(line["code"]), line["request_id"]] for line in lines] == answers
    assert [status for status, _ in answers] == ["200", "404", "500"]


def test_by_default_the_log_tells_only_what_went_wrong(served):
    (line,) = [json.loads(line) for line in served["WARNING"].stderr.splitlines()]

    assert line["request"] == "GET /broken"
    assert "broken on purpose" in line["exception"]


def test_a_task_that_fails_is_one_json_line_that_names_it(tmp_path):
    environ = {
        **os.environ,
        "LOG_LEVEL": "INFO",
        # Messages of its own: a worker of another test must not take them.
        "REDIS_URL": os.environ["REDIS_URL"].split("?")[0] + "?db=7",
        "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
    }
    send = "import django; django.setup(); from diplomacy.celery import app;"
    send += "app.send_task('news.tasks.poll_due', kwargs={'unexpected': 1})"
    subprocess.run([sys.executable, "-c", send], cwd=PROJECT, env=environ, check=True, timeout=60)
    log = tmp_path / "worker.log"
    command = [sys.executable, "-m", "celery", "--quiet", "-A", "diplomacy", "worker"]
    command += ["--pool", "solo", "--without-gossip", "--without-mingle", "--without-heartbeat"]

    with log.open("wb") as stream:
        worker = subprocess.Popen(command, cwd=PROJECT, env=environ, stdout=stream, stderr=stream)
    try:
        deadline = time.monotonic() + 60
        while "task_failed" not in log.read_text() and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        worker.terminate()
        worker.wait(30)

    lines = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    (failed,) = [line for line in lines if line["level"] == "error"]
    assert failed["event"] == "task_failed"
    assert failed["task"] == "news.tasks.poll_due"
    assert failed["task_id"]
    assert "unexpected keyword argument" in failed["exception"]
