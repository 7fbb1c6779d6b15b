"""Moments in the forms that feeds of three countries use."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.parsing.dates import effective, read_moment

SEOUL = ZoneInfo("Asia/Seoul")
FETCHED = datetime(2025, 6, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Tue, 10 Jun 2025 09:00:00 +0900", "2025-06-10 00:00"),
        ("Tue, 10 Jun 2025 09:00:00 GMT", "2025-06-10 09:00"),
        ("Tue, 10 Jun 2025 09:00:00 KST", "2025-06-10 00:00"),
        ("Tue, 10 Jun 2025 09:00:00 EST", "2025-06-10 14:00"),
        ("10 Jun 25 09:00 JST", "2025-06-10 00:00"),
        ("Tue, 10 Jun 2025 09:00:00", "2025-06-10 00:00"),
        ("Tue Jun 10 09:00:00 2025", "2025-06-10 00:00"),
        ("2025-06-10T09:00:00Z", "2025-06-10 09:00"),
        ("2025-06-10T09:00:00.123456+09:00", "2025-06-10 00:00"),
        ("2025-06-10T09:00:00+0900", "2025-06-10 00:00"),
        ("2025-06-10T09:00-05", "2025-06-10 14:00"),
        ("2025-06-10 09:00:00 +0900", "2025-06-10 00:00"),
        ("2025-06-10 09:00", "2025-06-10 00:00"),
        ("20250610T090000Z", "2025-06-10 09:00"),
        ("20250610", "2025-06-09 15:00"),
        ("2025-06-10", "2025-06-09 15:00"),
        ("2025.06.10 09:00", "2025-06-10 00:00"),
        ("2025. 6. 10. 오후 3:20", "2025-06-10 06:20"),
        ("2025/6/10(火) 09:00", "2025-06-10 00:00"),
        ("2025년 6월 10일 오전 9시", "2025-06-10 00:00"),
        ("2025년 6월 10일(화) 오후 12시 30분", "2025-06-10 03:30"),
        ("입력 2025년 06월 10일 09시 05분 07초", "2025-06-10 00:05"),
        ("2025年6月10日 9時", "2025-06-10 00:00"),
        ("２０２５年６月１０日（火）午後３時２０分", "2025-06-10 06:20"),
        ("令和7年6月10日", "2025-06-09 15:00"),
        ("令和元年5月1日 午前0時", "2019-04-30 15:00"),
        ("平成31年4月30日", "2019-04-29 15:00"),
        ("2025-06-10 24:00", "2025-06-10 15:00"),
        ("June 10, 2025 9:00 a.m.", "2025-06-10 00:00"),
        ("Updated: 10 June 2025", "2025-06-09 15:00"),
    ],
)
def test_a_moment_is_read_in_any_form(told, expected):
    moment = read_moment(told, SEOUL)

    assert moment is not None
    assert f"{moment:%Y-%m-%d %H:%M}" == expected


@pytest.mark.parametrize(
    ("told", "moment", "problem"),
    [
        ([], None, "missing"),
        (["", " "], None, "missing"),
        (["yesterday"], None, "impossible"),
        (["2025-02-30"], None, "impossible"),
        (["2025-06-10 25:00"], None, "impossible"),
        (["2025年13月1日"], None, "impossible"),
        (["0001-01-01T00:00:00Z"], None, "too_old"),
        (["Thu, 01 Jan 1970 00:00:00 GMT"], None, "too_old"),
        (["2025-06-11T11:00:00Z"], datetime(2025, 6, 11, 11, tzinfo=UTC), ""),
        (["2025-06-12T11:00:00Z"], FETCHED, "future"),
        (["9999-12-31T23:59:59-12:00"], None, "impossible"),
        (["2125-06-12", "2025-06-09T00:00:00Z"], datetime(2025, 6, 9, tzinfo=UTC), ""),
    ],
)
def test_a_moment_that_cannot_be_is_flagged(told, moment, problem):
    assert effective(told, SEOUL, fetched_at=FETCHED) == (moment, problem)


@given(
    st.lists(st.text(max_size=60) | st.from_regex(r"\d{1,4}[-./년年]\d{1,2}[-./월月]\d{1,2}.{9}"))
)
def test_no_text_breaks_the_reader_or_leads_past_the_fetch(told):
    moment, problem = effective(told, SEOUL, fetched_at=FETCHED)

    assert moment is None or datetime(1990, 1, 1, tzinfo=UTC) <= moment
    assert moment is None or moment <= datetime(2025, 6, 11, 12, tzinfo=UTC)
    assert bool(problem) == (moment is None or problem == "future")
