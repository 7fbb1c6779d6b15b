"""When to come again, as servers say it."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.headers import DAY, clean, fresh_for, read_http_date, retry_after

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
IN_AN_HOUR = "Mon, 01 Jun 2026 04:00:00 GMT"
LONG_AGO = "Thu, 01 Jan 1970 00:00:00 GMT"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("120", 120),
        (" 120 ", 120),
        ("0", 0),
        (IN_AN_HOUR, 3600),
        (LONG_AGO, 0),
        ("99999999", DAY),
        ("9" * 5000, DAY),
        ("Fri, 31 Dec 9999 23:59:59 GMT", DAY),
        ("-5", None),
        ("1.5", None),
        ("soon", None),
        ("²", None),
        ("", None),
    ],
)
def test_retry_after(told, expected):
    assert retry_after({"Retry-After": told}, NOW) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"Cache-Control": "max-age=600"}, 600),
        ({"Cache-Control": 'public, Max-Age="600"'}, 600),
        ({"Cache-Control": "max-age=600, max-age=700"}, 600),
        ({"Cache-Control": "max-age=172800"}, DAY),
        ({"Cache-Control": "max-age=31536000"}, None),
        ({"Cache-Control": "max-age=" + "9" * 5000}, None),
        ({"Cache-Control": "max-age=-1"}, None),
        ({"Cache-Control": "max-age"}, None),
        ({"Cache-Control": "no-cache, max-age=600"}, 0),
        ({"Cache-Control": "no-store"}, 0),
        ({"Cache-Control": "s-maxage=5", "Expires": IN_AN_HOUR}, 3600),
        ({"Cache-Control": "max-age=600", "Expires": IN_AN_HOUR}, 600),
        ({"Expires": IN_AN_HOUR}, 3600),
        ({"Expires": IN_AN_HOUR, "Date": "Mon, 01 Jun 2026 03:59:00 GMT"}, 60),
        ({"Expires": LONG_AGO}, 0),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, None),
        ({"Expires": "0"}, None),
        ({"Expires": "-1"}, None),
    ],
)
def test_freshness(headers, expected):
    assert fresh_for(headers, NOW) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mon, 01 Jun 2026 03:00:00 GMT",
        "Monday, 01-Jun-26 03:00:00 GMT",
        "Mon Jun  1 03:00:00 2026",
        "Mon, 01 Jun 2026 12:00:00 +0900",
    ],
)
def test_the_forms_of_an_http_date(text):
    assert read_http_date(text) == NOW


@given(st.text(max_size=300))
def test_any_text_in_a_header_is_understood_or_ignored(text):
    headers = dict.fromkeys(("Retry-After", "Cache-Control", "Expires", "Date"), text)

    for seconds in (retry_after(headers, NOW), fresh_for(headers, NOW)):
        assert seconds is None or 0 <= seconds <= DAY


@given(st.text("0123456789 :,-+GMTJanFeb", max_size=40))
def test_any_text_like_a_date_is_understood_or_ignored(text):
    moment = read_http_date(text)
    assert moment is None or moment.tzinfo is UTC


@pytest.mark.parametrize(
    ("value", "expected"),
    [('W/"1"', 'W/"1"'), (" x ", "x"), ("é", "é"), ("a\x00", ""), ("a\nb", ""), ("日", ""),
     ("x" * 11, "")],
)  # fmt: skip
def test_a_value_is_kept_if_it_can_be_sent_back(value, expected):
    assert clean(value, 10) == expected
