"""How many requests an address may send, and what is kept of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache

from events.api.limits import count, sender_of

NOON = datetime(2026, 6, 1, 12, 0, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def test_requests_are_counted_to_the_quota_and_anew_in_the_next_minute():
    first, second, third = (count("198.51.100.7", quota=2, at=NOON) for _request in range(3))
    later = count("198.51.100.7", quota=2, at=NOON + timedelta(seconds=40))

    assert [one.is_exceeded for one in (first, second, third, later)] == [False, False, True, False]
    assert first.headers == {
        "RateLimit-Policy": '"address";q=2;w=60',
        "RateLimit": '"address";r=1;t=40',
    }
    assert third.headers["RateLimit"] == '"address";r=0;t=40'


def test_another_address_has_a_count_of_its_own():
    count("198.51.100.7", quota=1, at=NOON)

    assert not count("198.51.100.8", quota=1, at=NOON).is_exceeded


def test_nobody_counts_without_a_quota_or_a_cache(settings):
    assert count("198.51.100.7", quota=0, at=NOON) is None

    settings.CACHES = {
        "default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}
    }
    assert count("198.51.100.7", quota=1, at=NOON) is None


def test_what_is_kept_tells_neither_the_address_nor_that_it_is_the_same_one():
    store = cache._cache.get_client()
    keys = []
    for minute in range(2):
        cache.clear()
        count("198.51.100.7", quota=9, at=NOON + timedelta(minutes=minute))
        keys += [key.decode() for key in store.scan_iter("*api:*")]

    assert len(keys) == len(set(keys)) == 2
    assert not any("198" in key for key in keys)
    assert 0 < store.ttl(keys[-1]) <= 120


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("198.51.100.7", "198.51.100.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:198.51.100.7", "198.51.100.7"),
        ("", ""),
    ],
)
def test_a_household_is_one_sender(rf, address, sender):
    assert sender_of(rf.get("/", REMOTE_ADDR=address)) == sender


def test_the_proxy_is_believed_only_where_there_is_one(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.7"})

    assert sender_of(request) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert sender_of(request) == "198.51.100.7"


@pytest.mark.django_db
def test_beyond_the_quota_the_answer_is_429_and_says_when_to_come_back(client, settings, noon):
    settings.API_REQUESTS_PER_MINUTE = 1

    allowed, refused = client.get("/api/v1/"), client.get("/api/v1/")

    assert allowed.status_code == 200
    assert allowed["RateLimit"] == '"address";r=0;t=40'
    assert refused.status_code == 429
    assert refused["Retry-After"] == "40"
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Access-Control-Allow-Origin"] == "*"
    assert "40 seconds" in refused.json()["detail"]
