"""The overview: where things stand, and as of when."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from events.contacts import Contact, contacts_of_leaders
from events.glance import glance
from events.heat_map import heat_map
from tests.events.build import (
    make_anniversary,
    make_event,
    make_office,
    make_person,
    make_readout,
    make_term,
)

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def read(client, address="/en/"):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def leaders():
    """A president and a prime minister in office since June 2025, and the one before her."""
    lee, takaichi = make_person("lee-jae-myung", "KR"), make_person("takaichi-sanae", "JP")
    ishiba = make_person("ishiba-shigeru", "JP")
    president = make_office("president", "KR")
    minister = make_office("prime_minister", "JP")
    make_term(lee, office=president, starts_on=date(2025, 6, 4))
    make_term(ishiba, office=minister, starts_on=date(2024, 10, 1), ends_on=date(2025, 10, 21))
    make_term(takaichi, office=minister, starts_on=date(2025, 10, 21))
    return lee, ishiba, takaichi


def test_only_those_in_office_that_day_make_a_contact_of_leaders(leaders):
    lee, ishiba, takaichi = leaders
    make_event(slug="call", kind="CALL", people=[lee, ishiba], starts_on=date(2025, 6, 9))
    make_event(slug="early", kind="SUMMIT", people=[lee, takaichi], starts_on=date(2025, 9, 1))
    make_event(slug="later", kind="SUMMIT", people=[lee, ishiba], starts_on=date(2025, 12, 1))
    make_event(slug="alone", kind="VISIT", people=[lee], starts_on=date(2025, 12, 2))
    make_event(
        slug="talks", kind="MINISTERIAL", people=[lee, takaichi], starts_on=date(2025, 12, 3)
    )
    make_event(
        slug="hidden",
        kind="SUMMIT",
        people=[lee, takaichi],
        starts_on=date(2025, 12, 4),
        published=False,
    )
    make_event(
        slug="to-come",
        kind="SUMMIT",
        people=[lee, takaichi],
        starts_on=date(2026, 1, 4),
        status="SCHEDULED",
    )
    assert [contact.slug for contact in contacts_of_leaders()] == ["call"]


@time_machine.travel(JUNE, tick=False)
def test_figures_that_need_today_are_given_as_of_the_end_of_the_record(client, leaders):
    lee, ishiba, takaichi = leaders
    make_event(kind="CALL", people=[lee, ishiba], starts_on=date(2025, 6, 9))
    make_event(kind="SUMMIT", people=[lee, takaichi], starts_on=date(2026, 5, 10))
    make_event(kind="STATEMENT", starts_on=date(2026, 5, 20))
    page = read(client)
    assert "As of 20 May 2026, where the record ends." in page
    assert "Since the leaders last met 10 days" in page
    assert "Since they last spoke by phone or video 345 days" in page
    assert "Contacts in these 12 months 2 and 0 in the 12 before" in page
    assert "Contacts with both governments’ readouts 0% 0 of 2 since 1998" in page


@time_machine.travel(JUNE, tick=False)
def test_a_record_that_reaches_today_says_so(client, leaders):
    make_event(kind="STATEMENT", starts_on=date(2026, 6, 1))
    assert "As of today, 1 June 2026." in read(client)


def test_an_empty_record_has_no_figures_and_no_errors(client):
    page = read(client)
    assert "The record has no events yet." in page
    assert page.count("None recorded") == 3


@time_machine.travel(JUNE, tick=False)
def test_the_latest_event_has_both_accounts_or_says_that_none_is_recorded(client, leaders):
    lee, _ishiba, takaichi = leaders
    event = make_event(kind="SUMMIT", people=[lee, takaichi], starts_on=date(2026, 5, 19))
    points = [(None, "MENTIONED", text) for text in ("first", "second", "third", "fourth")]
    make_readout(event, "JP", points=points)
    page = read(client)
    assert "first; second; third." in page
    assert "All 4 recorded points" in page
    assert "No readout recorded as of 1 June 2026." in page


@time_machine.travel(JUNE, tick=False)
def test_two_leaders_lead_to_what_both_took_part_in(client, leaders):
    lee, ishiba, _takaichi = leaders
    make_event(kind="CALL", people=[lee, ishiba], starts_on=date(2025, 6, 9))
    address = "?leader=lee-jae-myung&amp;with=ishiba-shigeru"
    markup = client.get("/en/").content.decode()
    assert address in markup
    assert "?leader=lee-jae-myung&amp;with=takaichi-sanae" not in markup
    assert "1 event matches" in read(client, f"/en/timeline/{address.replace('&amp;', '&')}")


def test_leaders_whose_terms_never_overlapped_are_marked_so(client, leaders):
    yoon = make_person("yoon-suk-yeol", "KR")
    make_term(
        yoon,
        office=make_office("president", "KR"),
        starts_on=date(2022, 5, 10),
        ends_on=date(2025, 4, 4),
    )
    page = read(client)
    # Ishiba met both terms; Takaichi began after Yoon's had ended.
    assert page.count("never in office together") == 1


def contact(day: date, kind: str = "SUMMIT", channel: str = "IN_PERSON") -> Contact:
    return Contact("slug", "Title", kind, channel, "DAY", day, None, day, False)


def test_a_year_of_contacts_ends_with_the_day_and_begins_after_the_same_day_before():
    days = [date(2024, 5, 20), date(2025, 5, 20), date(2025, 5, 21), date(2026, 5, 20)]
    found = glance([contact(day) for day in days], today=date(2026, 5, 20), last_held=days[-1])
    assert (found.in_this_year, found.in_the_year_before) == (2, 1)
    assert found.year_from == date(2025, 5, 21)


@given(st.dates(min_value=date(1998, 1, 1), max_value=date(2100, 1, 1)))
def test_a_year_of_days_has_every_day_once(last):
    year = heat_map([], last=last)
    assert year.paths[0][1].count("M") == (last - year.first).days + 1
    assert not any(path for _amount, path in year.paths[1:])


def test_a_contact_of_two_days_is_on_both_and_a_coarse_one_on_none():
    year = heat_map(
        [
            ("DAY", date(2026, 1, 31), date(2026, 2, 1)),
            ("DAY", date(2026, 2, 1), date(2026, 2, 1)),
            ("MONTH", date(2026, 3, 1), date(2026, 3, 31)),
        ],
        last=date(2026, 5, 20),
    )
    assert [path.count("M") for _amount, path in year.paths] == [363, 1, 1, 0]
    assert {month.first.month: month.number for month in year.months if month.number} == {
        1: 1,
        2: 2,
        3: 1,
    }
    assert year.coarse == 1


@time_machine.travel(datetime(2026, 5, 31, 16, 0, tzinfo=UTC), tick=False)
def test_the_overview_shows_what_was_and_what_comes(client):
    make_event(title_en="Last call", starts_on=date(2026, 5, 30))
    make_event(title_en="Announced summit", starts_on=date(2026, 6, 1), status="SCHEDULED")
    make_event(title_en="Never updated", starts_on=date(2026, 5, 31), status="SCHEDULED")
    make_event(title_en="Hidden draft", published=False)
    make_anniversary(origin_on=date(1965, 6, 22), title_en="Treaty signed")
    page = client.get("/en/").content.decode()
    latest = page[page.index('id="latest"') : page.index('id="scheduled"')]
    coming = page[page.index('id="scheduled"') :]
    assert "Last call" in latest
    assert "Announced summit" not in latest
    # It is 1 June in Seoul by now.
    assert "Announced summit" in coming
    assert "Never updated" not in page
    assert "Hidden draft" not in page
    assert "<b>21</b> days" in coming
    assert "61st anniversary" in coming
    assert "selective before 1998" in coming


@pytest.mark.parametrize("number", [1, 9])
def test_the_overview_costs_the_same_for_few_and_many(
    client, django_assert_num_queries, leaders, number
):
    for n in range(number):
        make_event(topics=[f"t-{n}"], people=leaders[:2], places=[("Seoul", "KR")])
        make_event(status="SCHEDULED", starts_on=date(2999, 1, 1), topics=[f"t-{n}"])
        make_anniversary(f"day-{n}")
    # The latest event, its readouts, those before it, the scheduled ones; the record, where it
    # ends, contacts, terms, people, the year; topics (2); the chart's reach and drawings;
    # anniversaries with countries (2).
    with django_assert_num_queries(16):
        client.get("/en/")


def talk(client):
    """The part of the overview about topics, and its rows: topic, number and where both lead."""
    page = re.sub(r"\s+", " ", client.get("/en/").content.decode())
    part = re.search(r'<section class="part" aria-labelledby="talk">.*?</section>', page)[0]
    row = r'<a href="/en/topics/(\w+)/">.*?<a href="([^"]+)"><span[^>]*>([^<]+): </span>(\d+)</a>'
    return part, [(m[2], m[3], m[0], m[1].replace("&amp;", "&")) for m in re.findall(row, part)]


@time_machine.travel(JUNE, tick=False)
def test_the_most_frequent_topics_of_leaders_contacts_are_told_with_their_number(client, leaders):
    lee, ishiba, takaichi = leaders
    both = {"people": [lee, takaichi], "starts_on": date(2026, 1, 13)}
    make_event(kind="SUMMIT", topics=["security", "trade"], **both)
    make_event(kind="CALL", topics=["security"], **both)
    # None of these is a contact of the two leaders.
    make_event(kind="CALL", topics=["trade"], people=[lee], starts_on=date(2026, 1, 14))
    make_event(kind="MINISTERIAL", topics=["trade"], **both)
    make_event(kind="CALL", topics=["trade"], published=False, **both)
    make_event(kind="SUMMIT", topics=["history"], status="SCHEDULED", **both)

    part, rows = talk(client)

    assert [row[:3] for row in rows] == [("Security", "2", "security"), ("Trade", "1", "trade")]
    assert "By year, 1965–2026" in part
    assert '<a href="/en/topics/">All topics</a>' in part
    timeline = read(client, rows[0][3])
    assert "2 events match" in timeline


@time_machine.travel(JUNE, tick=False)
def test_years_before_the_coverage_are_lighter_in_what_they_talk_about(client):
    kim, obuchi = make_person("kim-dae-jung", "KR"), make_person("obuchi-keizo", "JP")
    make_term(kim, starts_on=date(1990, 1, 1))
    make_term(obuchi, office=make_office("prime_minister", "JP"), starts_on=date(1990, 1, 1))
    for year in (1997, 1998):
        make_event(people=[kim, obuchi], topics=["trade"], starts_on=date(year, 3, 1))

    part, _rows = talk(client)

    bars = re.findall(r'<path (class="selective" )?d="M(\d+) [^"]+"/>', part)
    assert bars == [("", str(3 * (1998 - 1965))), ('class="selective" ', str(3 * (1997 - 1965)))]
    assert "Bars before 1998 are lighter" in part


def test_no_more_than_eight_topics_are_told_and_none_in_an_empty_record(client, leaders):
    lee, ishiba, _takaichi = leaders
    assert "The record has no topics of leaders’ contacts yet." in talk(client)[0]
    for number in range(10):
        topics = [f"t_{n}" for n in range(number + 1)]
        make_event(people=[lee, ishiba], topics=topics, starts_on=date(2025, 7, 1))

    _part, rows = talk(client)

    assert [row[1] for row in rows] == [str(10 - n) for n in range(8)]
