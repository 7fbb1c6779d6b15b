from pathlib import Path

import dj_database_url
import pytest

from diplomacy.embedded import cache_location, celery_broker, postgres_url


@pytest.mark.parametrize(
    ("redis_url", "broker", "cache"),
    [
        ("unix:///tmp/s/v", "redis+socket:///tmp/s/v?virtual_host=0", "unix:///tmp/s/v?db=1"),
        ("unix:///tmp/v?db=3", "redis+socket:///tmp/v?virtual_host=3", "unix:///tmp/v?db=1"),
        ("redis://h:6379/0", "redis://h:6379/0", "redis://h:6379/1"),
        ("redis://h", "redis://h", "redis://h/1"),
        ("rediss://:pw@h:1/0?a=b", "rediss://:pw@h:1/0?a=b", "rediss://:pw@h:1/1?a=b"),
        ("redis://h/?db=4", "redis://h/?db=4", "redis://h/1"),
    ],
)
def test_one_address_serves_queue_and_cache(redis_url, broker, cache):
    assert celery_broker(redis_url) == broker
    assert cache_location(redis_url) == cache


@pytest.mark.parametrize("nonsense", ["", "localhost:6379", "http://h/", "/tmp/v"])
def test_an_address_of_another_kind_is_refused(nonsense):
    for convert in (celery_broker, cache_location):
        with pytest.raises(ValueError, match="REDIS_URL must be"):
            convert(nonsense)


def test_a_socket_folder_passes_through_a_database_url():
    parsed = dj_database_url.parse(postgres_url(Path("/tmp/a b/s")))
    assert (parsed["HOST"], parsed["PORT"], parsed["NAME"], parsed["USER"]) == (
        "/tmp/a b/s",
        5432,
        "record",
        "postgres",
    )
