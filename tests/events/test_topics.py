"""The list of topics and the page of one: events by year, accounts, people."""

import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine

from events.publication import withdraw
from events.sparklines import STEPS, bars_by_year, fullest_years, sparkline
from tests.events.build import make_event, make_person, make_readout, make_topic
from tests.events.reading import slugs

TODAY = time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
in_the_record = pytest.mark.django_db


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def words(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def rows(html):
    """The cells of a table's body as text, row by row."""
    body = re.search(r"<tbody>.*?</tbody>", html)[0]
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)]
        for row in re.findall(r"<tr.*?</tr>", body)
    ]


def section(page, name):
    return re.search(rf'<section class="part" aria-labelledby="{name}">.*?</section>', page)[0]


def events_on(topic, *years, **fields):
    for year in years:
        make_event(topics=[topic], starts_on=date(year, 3, 1), **fields)


# --- Bars ---------------------------------------------------------------------------------------


def test_each_year_has_a_bar_and_the_fullest_has_all_steps():
    bars = bars_by_year({2001: 40, 2003: 1}, range(2000, 2004), covered_from=2002)

    assert [bar.height for bar in bars] == [0, STEPS, 0, 1]
    assert [bar.is_selective for bar in bars] == [True, True, False, False]


def test_a_sparkline_draws_the_years_that_have_events_from_the_bottom_up():
    bars = bars_by_year({1997: 2, 1999: 4}, range(1996, 2000), covered_from=1998)

    line = sparkline(bars)

    assert (line.width, line.height) == (12, STEPS)
    assert line.selective == "M3 20v-10h2v10z"
    assert line.covered == "M9 20v-20h2v20z"


def test_the_fullest_years_are_all_that_have_as_many():
    assert fullest_years({2001: 2, 2003: 5, 1999: 5}) == ([1999, 2003], 5)
    assert fullest_years({}) == ([], 0)


# --- The list -----------------------------------------------------------------------------------


@in_the_record
@TODAY
def test_topics_stand_by_the_number_of_their_visible_events(client, editor, now):
    make_topic("unused")
    events_on("trade", 2019)
    events_on("security", 1990, 2023, 2023)
    events_on("trade", 2020, 2021, 2022, published=False)
    withdraw(
        make_event(topics=["trade"], starts_on=date(2024, 1, 1)), reason="Twice", by=editor, at=now
    )

    page = read(client, "/en/topics/")

    assert rows(page) == [
        ["Security", "3", "2023", "Most events in 2023: 2"],
        ["Trade", "1", "2019", "Most events in 2019: 1"],
        ["Unused", "0", "", "no events yet"],
    ]
    assert "By year, 1990–2026" in page


@in_the_record
@TODAY
def test_a_year_before_the_coverage_is_drawn_lighter_and_the_page_says_why(client):
    events_on("trade", 1997, 1998)

    page = read(client, "/en/topics/")

    drawn = re.findall(r'<path (class="selective" )?d="([^"]+)"/>', page)
    assert drawn == [("", "M3 20v-20h2v20z"), ('class="selective" ', "M0 20v-20h2v20z")]
    assert "Bars before 1998 are lighter: there the record is selective." in page
    assert 'aria-hidden="true"' in re.search(r"<svg[^>]*sparkline[^>]*>", page)[0]


@in_the_record
def test_where_many_years_have_as_many_events_none_is_named(client):
    events_on("trade", 2019, 2020, 2021, 2022)
    events_on("security", 2019, 2020)

    found = {row[0]: row[3] for row in rows(read(client, "/en/topics/"))}

    assert found["Trade"] == "Most events in one year: 1"
    assert found["Security"] == "Most events in 2019 and 2020: 1"


@in_the_record
def test_a_record_without_topics_says_so(client):
    assert "The record has no topics yet." in read(client, "/en/topics/")


# --- One topic ----------------------------------------------------------------------------------


@in_the_record
def test_a_topic_has_its_names_in_three_languages_and_its_description(client):
    make_topic(
        "trade",
        name_en="Trade",
        name_ko="통상",
        name_ja="通商",
        description_en="Customs and investment.",
        description_ko="세관과 투자.",
    )

    english, korean = read(client, "/en/topics/trade/"), read(client, "/ko/topics/trade/")

    assert '<span lang="ko">통상</span><span lang="ja">通商</span>' in english
    assert "Customs and investment." in english
    assert "세관과 투자." in korean
    assert "이 프로젝트의 번역" in korean


@in_the_record
@TODAY
def test_bars_lead_to_the_events_of_their_year_and_the_headline_says_which_has_most(client):
    events_on("trade", 1990, 2019, 2019)
    events_on("security", 1980, 2019)

    page = section(read(client, "/en/topics/trade/"), "by-year")

    assert words(re.search(r"<h2.*?</h2>", page)[0]) == "Most events in 2019: 2"
    links = re.findall(r'<a class="(bar[^"]*)"[^>]*? href="([^"]+)" title="([^"]+)"', page)
    assert links == [
        (
            "bar bar-10 is-selective",
            "/en/timeline/?topic=trade&amp;from=1990&amp;to=1990",
            "1990: 1 event",
        ),
        ("bar bar-20", "/en/timeline/?topic=trade&amp;from=2019&amp;to=2019", "2019: 2 events"),
    ]
    # From the first year of the record to this one.
    assert len(re.findall('class="bar ', page)) == 2026 - 1980 + 1
    assert rows(page) == [["2019", "2"], ["1990", "1"]]
    assert len(slugs(client.get(unescape(links[1][1])).text)) == 2


@in_the_record
def test_points_of_readouts_are_counted_by_government_and_stance(client, editor, now):
    event = make_event()
    both = [("trade", "MENTIONED", "one"), ("trade", "AGREED", "two"), ("history", "RAISED", "x")]
    make_readout(event, "KR", points=both)
    make_readout(event, "KR", points=[("trade", "MENTIONED", "three"), (None, "AGREED", "y")])
    hidden = make_event()
    make_readout(hidden, "JP", points=[("trade", "RAISED", "four")])
    withdraw(hidden, reason="Twice", by=editor, at=now)

    page = read(client, "/en/topics/trade/")

    assert rows(section(page, "stances")) == [
        ["Republic of Korea", "2", "1", "0", "2"],
        ["Japan", "0", "0", "0", "0"],
    ]
    assert "Counts are of what the record holds" in section(page, "stances")


@in_the_record
def test_a_topic_that_no_readout_names_has_no_table_of_them(client):
    events_on("trade", 2019)

    assert 'id="stances"' not in read(client, "/en/topics/trade/")


@in_the_record
def test_those_who_took_part_most_lead_to_their_events_on_the_topic(client, editor, now):
    lee, ishiba = make_person("lee-jae-myung", "KR"), make_person("ishiba-shigeru", "JP")
    make_event(topics=["trade"], people=[lee, ishiba])
    make_event(topics=["trade", "history"], people=[ishiba])
    make_event(topics=["history"], people=[lee])
    make_event(topics=["trade"], people=[lee], published=False)
    withdraw(make_event(topics=["trade"], people=[lee]), reason="Twice", by=editor, at=now)

    page = section(read(client, "/en/topics/trade/"), "people")

    assert [(row[0], row[2][-1]) for row in rows(page)] == [
        ("Ishiba Shigeru", "2"),
        ("Lee Jae Myung", "1"),
    ]
    address = re.search(r'href="(/en/timeline/[^"]+)"', page)[1]
    assert len(slugs(client.get(unescape(address)).text)) == 2


@in_the_record
def test_the_latest_events_lead_on_to_all_of_them(client):
    for number in range(12):
        make_event(slug=f"e-{number}", topics=["trade"], starts_on=date(2025, 1, number + 1))

    page = read(client, "/en/topics/trade/")

    assert slugs(page) == [f"e-{number}" for number in range(11, 1, -1)]
    assert '<a href="/en/timeline/?topic=trade">All 12 events on the timeline</a>' in page


@in_the_record
def test_a_topic_without_events_says_so_and_draws_nothing(client):
    make_topic("trade")

    page = read(client, "/en/topics/trade/")

    assert "The record has no events on this topic yet." in page
    assert "bar-0" not in page


@in_the_record
@pytest.mark.parametrize("address", ["none", "Trade"])
def test_an_unknown_topic_is_not_found(client, address):
    make_topic("trade")

    assert client.get(f"/en/topics/{address}/").status_code == 404


@in_the_record
@pytest.mark.parametrize("number", [1, 12])
def test_pages_of_topics_cost_the_same_for_few_and_many(client, django_assert_num_queries, number):
    for n in range(number):
        event = make_event(
            topics=["trade", f"topic-{n}"],
            people=[f"person-{n}"],
            places=[("Seoul", "KR")],
            starts_on=date(2000 + n, 1, 1),
        )
        make_readout(event, points=[("trade", "AGREED", "one")])
    with django_assert_num_queries(3):  # span of years; events by topic and year; topics
        client.get("/en/topics/")
    # Topic; years; span of years; points and their countries (2); people; events with their cards.
    with django_assert_num_queries(7):
        client.get("/en/topics/trade/")
