"""What leads to a subscriber's pages is in no log."""

import pytest
import structlog

from following.keys import without_keys


@pytest.mark.parametrize(
    ("asked", "logged"),
    [
        ("GET /ko/follow/manage/s3cret_-key/?done=ended", "GET /ko/follow/manage/***/?done=ended"),
        ("POST /follow/out/s3cret_-key/", "POST /follow/out/***/"),
        ("GET /en/follow/confirm/s3cret_-key", "GET /en/follow/confirm/***"),
        ("GET /en/follow/?q=manage", "GET /en/follow/?q=manage"),
        ("GET /en/follow/sent/", "GET /en/follow/sent/"),
    ],
)
def test_the_log_has_stars_for_a_key(asked, logged):
    assert without_keys(None, "info", {"request": asked, "code": 200}) == {
        "request": logged,
        "code": 200,
    }


def test_every_line_of_the_log_passes_there():
    assert without_keys in structlog.get_config()["processors"]
