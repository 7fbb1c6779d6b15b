"""The timeline's filters: what they show, what they promise, and how they are told."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.html import escape

from tests.events.build import make_some_events
from tests.events.reading import HTMX, TIMELINE, read, slugs, walk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("country=US", ["camp-david"]),
        # Japan is concerned by the protest, and did not act in it.
        ("country=JP", ["summit", "call", "camp-david", "both-places"]),
        ("country=US&country=JP", ["summit", "call", "camp-david", "both-places"]),
        ("where=KR", ["protest", "both-places"]),
        ("where=KR&where=US", ["protest", "camp-david", "both-places"]),
        ("topic=security&topic=territory", ["summit", "call", "protest", "camp-david"]),
        ("topic=security&country=US", ["camp-david"]),
        ("kind=call&kind=dispute", ["call", "protest"]),
        ("leader=lee-jae-myung", ["summit", "call"]),
        ("leader=lee-jae-myung&leader=yoon-suk-yeol", ["summit", "call", "camp-david"]),
        ("leader=lee-jae-myung&with=ishiba-shigeru", ["summit", "call"]),
        ("leader=yoon-suk-yeol&with=ishiba-shigeru", []),
        ("with=ishiba-shigeru", ["summit", "call"]),
        ("status=postponed", ["both-places"]),
        ("from=2025", ["summit", "call"]),
        ("from=2025-06-10", ["summit"]),
        ("from=2025-08-24", ["summit"]),
        ("from=2025-08-25", []),
        # The year 2022 reaches into its December.
        ("from=2022-12", ["summit", "call", "protest", "camp-david", "both-places"]),
        ("from=2022-12&to=2022-12", ["both-places"]),
        ("to=2022-03", ["both-places"]),
        ("to=2023-08-18", ["camp-david", "both-places"]),
        ("from=2024&to=2024", ["protest"]),
        ("from=&to=&with=&country=", ["summit", "call", "protest", "camp-david", "both-places"]),
        ("unknown=1&as_of=y", ["summit", "call", "protest", "camp-david", "both-places"]),
    ],
)
def test_filters_join_values_by_or_and_keys_by_and(client, query, expected):
    make_some_events()
    assert slugs(read(client, f"?{query}")) == expected
    assert slugs(read(client, f"?{query}", **HTMX)) == expected


def count_beside(page, name, value):
    """The number beside a box to tick, or in an entry of a list to add from."""
    box = rf'id="{name}-{value}"[^>]*>.*?<span class="count">(\d+)</span>'
    if found := re.search(box, page, re.DOTALL):
        return int(found[1])
    listed = re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL)[0]
    return int(re.search(rf'value="{value}"[^>]*>[^<]*\((\d+)\)</option>', listed)[1])


def test_each_option_tells_how_many_events_it_shows_beside_the_other_filters(client):
    make_some_events()
    page = read(client, "?topic=security")
    assert count_beside(page, "kind", "call") == 1
    assert count_beside(page, "kind", "dispute") == 0
    assert count_beside(page, "country", "US") == 1
    # A topic's own key is left out: choosing another adds to it.
    assert count_beside(page, "topic", "territory") == 1
    assert count_beside(page, "topic", "security") == 3
    # One event in two places of a country counts once.
    assert count_beside(read(client), "where", "KR") == 2


@pytest.mark.parametrize("name", ["country", "kind", "topic", "where", "leader", "status"])
def test_an_option_shows_as_many_events_as_it_promises(client, name):
    make_some_events()
    page = read(client, "?from=2023")
    options = re.findall(rf'id="{name}-([^"]+)" name="{name}"', page)
    if listed := re.search(rf'<select[^>]* name="{name}".*?</select>', page, re.DOTALL):
        options += re.findall(r'value="([^"]+)"', listed[0])
    assert options
    for option in options:
        promised = count_beside(page, name, option)
        assert len(slugs(read(client, f"?from=2023&{name}={option}"))) == promised


def test_an_option_that_would_show_nothing_cannot_be_chosen(client):
    make_some_events()
    page = read(client, "?topic=territory")
    assert re.search(r'id="kind-call"[^>]* disabled>', page)
    assert not re.search(r'id="kind-dispute"[^>]* disabled>', page)


def test_chips_name_what_is_chosen_and_lead_to_the_list_without_it(client):
    make_some_events()
    page = read(client, "?country=US&country=JP&topic=security&from=2023&order=oldest")
    chips = re.search(r'<ul class="chips".*?</ul>', page, re.DOTALL)[0]
    links = re.findall(r'href="([^"]+)"', chips)
    assert len(links) == 5
    assert "United States" in chips
    queries = [parse_qs(urlsplit(link.replace("&amp;", "&")).query) for link in links[:-1]]
    full = {"country": ["US", "JP"], "topic": ["security"], "from": ["2023"], "order": ["oldest"]}
    assert queries == [
        full | {"country": ["JP"]},
        full | {"country": ["US"]},
        {key: value for key, value in full.items() if key != "topic"},
        {key: value for key, value in full.items() if key != "from"},
    ]
    assert links[-1] == TIMELINE


def joints(page):
    """The words between the chips, in their order; empty before the first."""
    chips = re.search(r'<ul class="chips".*?</ul>', page, re.DOTALL)[0]
    return [
        "".join(re.findall(r'class="joint">([^<]+)<', chip))
        for chip in re.findall(r"<li>(?!<a class=.clear)(.*?)</li>", chips)
    ]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("country=US", [""]),
        ("country=US&country=JP", ["", "or"]),
        ("country=US&topic=security", ["", "and"]),
        (
            "country=US&country=JP&topic=security&topic=history&from=2023&to=2025",
            ["", "or", "and", "or", "and", "and"],
        ),
        (
            "leader=lee-jae-myung&leader=yoon-suk-yeol&with=ishiba-shigeru",
            ["", "or", "and"],
        ),
    ],
)
def test_chips_are_joined_by_or_within_a_filter_and_by_and_between_filters(client, query, words):
    make_some_events()
    assert joints(read(client, f"?{query}")) == words


def removed(page, name):
    """What is left of the query when the chip of that name is taken away."""
    link = re.search(rf'href="([^"]+)"><span class="visually-hidden">Remove </span>{name}', page)
    return parse_qs(urlsplit(unescape(link[1])).query)


def test_the_second_participant_goes_with_the_last_of_the_first(client):
    make_some_events()
    one = read(client, "?leader=lee-jae-myung&with=ishiba-shigeru&from=2025")
    assert removed(one, "Who took part: Lee") == {"from": ["2025"]}
    assert removed(one, "Together with") == {"leader": ["lee-jae-myung"], "from": ["2025"]}
    two = read(client, "?leader=lee-jae-myung&leader=yoon-suk-yeol&with=ishiba-shigeru")
    assert removed(two, "Who took part: Lee") == {
        "leader": ["yoon-suk-yeol"],
        "with": ["ishiba-shigeru"],
    }


def test_the_form_remembers_what_is_chosen(client):
    make_some_events()
    page = read(
        client, "?kind=call&leader=lee-jae-myung&with=ishiba-shigeru&from=2025&order=oldest"
    )
    assert re.search(r'id="kind-call"[^>]* checked', page)
    assert re.search(r'id="leader-lee-jae-myung"[^>]* checked', page)
    assert re.search(r'<option value="ishiba-shigeru" selected', page)
    assert re.search(r'id="from"[^>]* value="2025"', page)
    assert re.search(r'value="oldest" checked', page)


def removals_offered(page):
    """What the page says one filter less would show, with the address that shows it."""
    offered = re.search(r"One filter less would show:</p>\s*<ul>(.*?)</ul>", page, re.DOTALL)
    links = re.findall(r'<a href="([^"]+)">(.*?)</a>', offered[1]) if offered else []
    return [(words, unescape(address)) for address, words in links]


def test_an_empty_result_says_so_and_offers_to_clear(client):
    make_some_events()
    page = read(client, "?topic=territory&country=US")
    assert "No events match these filters." in page
    assert "<b>0</b> events match these filters." in page
    assert "Clear all filters" in page


@pytest.mark.parametrize(
    ("query", "offered"),
    [
        (
            "topic=security&kind=dispute",
            ["3 events without Kind: Dispute", "1 event without Topic: Security"],
        ),
        # Of two values of one key either may go alone.
        (
            "topic=history&topic=territory&country=US",
            ["2 events without Country that acted: United States"],
        ),
        (
            "from=2023-09&to=2023-12&country=US",
            ["1 event without From: 2023-09"],
        ),
        # Without a first participant there is no second.
        (
            "leader=yoon-suk-yeol&with=lee-jae-myung",
            [
                "5 events without Who took part: Yoon Suk Yeol",
                "1 event without Together with: Lee Jae Myung",
            ],
        ),
    ],
)
def test_an_empty_result_offers_the_filters_whose_removal_shows_most(client, query, offered):
    make_some_events()
    page = read(client, f"?{query}")
    found = removals_offered(page)
    assert [words for words, _address in found] == offered
    for words, address in found:
        assert len(walk(client, address.removeprefix(TIMELINE))) == int(words.split()[0])


def test_a_removal_keeps_the_order_that_was_chosen(client):
    make_some_events()
    (_most, address), *_others = removals_offered(
        read(client, "?topic=security&kind=dispute&order=oldest")
    )
    assert slugs(read(client, address.removeprefix(TIMELINE)))[0] == "camp-david"


def test_an_empty_result_tells_when_no_single_filter_less_would_help(client):
    make_some_events()
    page = read(client, "?kind=dispute&country=US&status=postponed")
    assert removals_offered(page) == []
    assert "No single filter less would show anything. Try two fewer." in page


def test_a_result_that_is_not_empty_offers_no_removal(client):
    make_some_events()
    page = read(client, "?kind=dispute")
    assert "One filter less would show" not in page
    assert "No single filter less" not in page


def test_an_empty_record_says_so(client):
    page = read(client)
    assert "The record has no events yet." in page
    assert "Clear all filters" not in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("country=XX", "“XX” is not known here and was left out."),
        ("kind=CALL", "“CALL” is not known here and was left out."),
        ("topic=none", "“none” is not known here and was left out."),
        ("leader=nobody", "“nobody” is not known here and was left out."),
        ("with=nobody", "“nobody” is not known here and was left out."),
        ("status=maybe", "“maybe” is not known here and was left out."),
        ("order=sideways", "“sideways” is not known here and was left out."),
        ("from=2025-13", "“2025-13” is not a date."),
        ("from=2025-02-30", "“2025-02-30” is not a date."),
        ("from=25", "“25” is not a date."),
        ("to=0000", "“0000” is not a date."),
        ("to=tomorrow", "“tomorrow” is not a date."),
        ("from=2025&to=2024", "This is before the start, and was left out."),
    ],
)
def test_a_bad_value_is_told_beside_its_field_and_left_out(client, query, message):
    make_some_events()
    page = read(client, f"?{query}")
    assert page.count(message) == 2  # in the summary and beside the field
    name = query.split("&")[-1].split("=")[0]
    beside = page[page.index(f'id="field-{name}"') :]
    assert message in beside[: beside.index("</fieldset>")]
    assert "<title>Error: Timeline" in page
    if query != "from=2025&to=2024":
        assert len(slugs(page)) == 5


def test_good_values_stay_beside_a_bad_one(client):
    make_some_events()
    page = read(client, "?country=XX&country=US&from=2025-13")
    assert slugs(page) == ["camp-david"]


def test_what_a_reader_typed_comes_back_as_text(client):
    page = read(client, "?country=<script>alert(1)</script>&from=<b>x</b>")
    assert "<script>alert" not in page
    assert "<b>x" not in page
    assert escape("“<b>x</b>”") in page
