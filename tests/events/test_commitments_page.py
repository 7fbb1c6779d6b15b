"""Follow-through: what was agreed to be done, by status and age, and the event that did it."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine

from events.follow_through import Standing, age_band, standing_of, time_between, time_since
from events.models import Commitment, Event
from events.publication import withdraw
from tests.events.build import make_commitment, make_country, make_event, make_publisher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False):
        yield


def read(client, query="", language="en"):
    response = client.get(f"/{language}/commitments/{query}")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def promised(page):
    """What was promised, by the heading under which it stands."""
    found = {}
    for part in re.findall(r'<section class="part".*?</section>', page):
        heading = words(re.search(r"<h2.*?</h2>", part)[0])
        found[heading] = [words(title) for title in re.findall(r"<h3.*?</h3>", part)]
    return found


def entry(page, slug):
    """One commitment as it reads, and its links."""
    html = re.search(rf'<li class="card" id="{slug}">.*?</li>', page)[0]
    return words(html), re.findall(r'href="([^"]+)"', html)


def table(page):
    """The numbers by status: of each age, and of all."""
    rows = re.findall(r"<tr.*?</tr>", re.search(r"<tbody>.*?</tbody>", page)[0])
    cells = [[words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row)] for row in rows]
    return {first: [int(number) for number in numbers] for first, *numbers in cells}


def make_four():
    """One of each standing, agreed in different years."""
    done = make_event(starts_on=date(2024, 5, 1))
    old, middle, new = (make_event(starts_on=date(year, 3, 1)) for year in (2020, 2024, 2026))
    make_commitment(old, text_en="late", due_on=date(2021, 1, 1), due_precision="YEAR")
    make_commitment(new, text_en="waiting")
    make_commitment(middle, text_en="done", status="FULFILLED", fulfilled_by=done)
    make_commitment(middle, text_en="given up", status="LAPSED")


# --- One commitment -----------------------------------------------------------------------------


def test_it_says_what_was_promised_by_whom_where_and_the_event_that_did_it(client):
    agreed = make_event(
        slug="2023-03-16-tokyo",
        title_en="Tokyo summit",
        starts_on=date(2023, 3, 16),
        countries=["JP", "KR", "US"],
        actors=["JP", "KR"],
    )
    make_country("US")
    done = make_event(slug="2023-05-07-seoul", title_en="Seoul visit", starts_on=date(2023, 5, 7))
    make_commitment(
        agreed,
        slug="c1",
        text_en="resume visits",
        due_text="within the year",
        status="FULFILLED",
        fulfilled_by=done,
        url="https://example.org/says-so",
        publisher=make_publisher("ministry.example.org", name="A ministry"),
    )

    said, links = entry(read(client), "c1")

    assert "resume visits" in said
    assert "Republic of Korea Japan Agreed at Tokyo summit , 16 Mar 2023" in said
    assert "Deadline as recorded: within the year" in said
    assert "Fulfilled by Seoul visit , 7 May 2023 ." in said
    assert "1 month until it was done" in said
    assert "Source: A ministry" in said
    assert links == [
        "/en/events/2023-03-16-tokyo/",
        "/en/events/2023-05-07-seoul/",
        "https://example.org/says-so",
        f"/en/events/2023-03-16-tokyo/report/?field=commitment-{agreed.commitments.get().pk}",
    ]


def test_an_open_one_reads_no_fulfilment_recorded_as_of_today(client):
    make_commitment(make_event(starts_on=date(2025, 3, 1)), slug="c1")

    said, _ = entry(read(client), "c1")

    assert "No fulfilment recorded as of 1 June 2026." in said
    assert "1 year and 3 months since it was agreed" in said


def test_an_event_that_followed_is_no_fulfilment(client):
    later = make_event(title_en="A later talk", starts_on=date(2025, 8, 1))
    make_commitment(make_event(), slug="c1", fulfilled_by=later)

    said, _ = entry(read(client), "c1")

    assert "No fulfilment recorded" in said
    assert "Event that followed: A later talk" in said
    assert "Fulfilled" not in said


def test_it_is_read_in_the_language_of_the_page_and_marked_as_a_translation(client):
    make_commitment(make_event(), slug="c1", text_en="resume visits", text_ko="방문을 재개한다")

    korean, _ = entry(read(client, language="ko"), "c1")

    assert "방문을 재개한다" in korean
    assert "이 프로젝트의 번역" in korean
    assert '<span lang="en">resume visits</span>' in read(client, language="ja")


def test_what_hangs_on_an_event_that_readers_may_not_see_is_left_out(client, editor, now):
    make_commitment(make_event(published=False), text_en="from a draft")
    hidden = make_event(title_en="A mistaken entry")
    make_commitment(hidden, text_en="from a mistake")
    make_commitment(
        make_event(), slug="c1", text_en="shown", status="FULFILLED", fulfilled_by=hidden
    )
    withdraw(Event.objects.get(pk=hidden.pk), reason="A mistake", by=editor, at=now)

    page = read(client)

    assert promised(page) == {"Fulfilled 1": ["shown"]}
    assert "A mistaken entry" not in page
    assert "until it was done" not in page


# --- Overdue ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "precision", "day", "standing"),
    [
        (date(2026, 5, 31), "DAY", date(2026, 5, 31), Standing.OPEN),
        (date(2026, 5, 31), "DAY", date(2026, 6, 1), Standing.OVERDUE),
        (date(2026, 6, 1), "MONTH", date(2026, 6, 30), Standing.OPEN),
        (date(2026, 6, 1), "MONTH", date(2026, 7, 1), Standing.OVERDUE),
        (date(2026, 1, 1), "YEAR", date(2026, 12, 31), Standing.OPEN),
        (date(2026, 1, 1), "YEAR", date(2027, 1, 1), Standing.OVERDUE),
        (None, "", date(2099, 1, 1), Standing.OPEN),
    ],
)
def test_overdue_is_only_what_has_a_stated_deadline_that_is_wholly_past(
    due_on, precision, day, standing
):
    commitment = Commitment(due_text="soon", due_on=due_on, due_precision=precision)

    assert standing_of(commitment, day) == standing


@pytest.mark.parametrize("status", ["FULFILLED", "LAPSED"])
def test_what_is_done_or_lapsed_is_never_overdue(status):
    commitment = Commitment(status=status, due_on=date(2020, 1, 1), due_precision="DAY")

    assert standing_of(commitment, date(2026, 6, 1)) == status.lower()


def test_today_is_the_day_in_seoul(client):
    make_commitment(make_event(), text_en="late", due_on=date(2026, 5, 31), due_precision="DAY")

    with time_machine.travel(datetime(2026, 5, 31, 14, 59, tzinfo=UTC), tick=False):
        assert list(promised(read(client))) == ["No fulfilment recorded 1"]
    with time_machine.travel(datetime(2026, 5, 31, 15, 0, tzinfo=UTC), tick=False):
        assert list(promised(read(client))) == [
            "No fulfilment recorded, past the stated deadline 1"
        ]


# --- Ages ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts_on", "said"),
    [
        (date(2026, 6, 1), "0 days"),
        (date(2026, 5, 31), "1 day"),
        (date(2026, 5, 2), "30 days"),
        (date(2026, 5, 1), "1 month"),
        (date(2024, 6, 2), "1 year and 11 months"),
        (date(2024, 6, 1), "2 years"),
        (date(2026, 6, 2), ""),
    ],
)
def test_an_age_is_counted_from_the_day_on_which_it_was_agreed(starts_on, said):
    assert time_since(make_event(starts_on=starts_on), date(2026, 6, 1)) == said


def test_an_age_is_not_told_where_a_coarse_date_leaves_it_open():
    some_day_in_may = make_event(starts_on=date(2024, 5, 1), precision="MONTH")
    some_day_in_may.refresh_from_db()

    # One month after the last day of May, and two after the first.
    assert time_since(some_day_in_may, date(2024, 7, 1)) == ""
    assert time_since(some_day_in_may, date(2024, 7, 31)) == "2 months"
    assert time_between(make_event(starts_on=date(2024, 4, 1)), some_day_in_may) == "1 month"


@pytest.mark.parametrize(
    ("starts_on", "band"),
    [
        (date(2026, 6, 1), 0),
        (date(2025, 6, 2), 0),
        (date(2025, 6, 1), 1),
        (date(2023, 6, 2), 1),
        (date(2023, 6, 1), 2),
    ],
)
def test_bands_of_ages_begin_with_a_full_year_and_three(starts_on, band):
    assert age_band(make_event(starts_on=starts_on), date(2026, 6, 1)) == band


# --- The list -----------------------------------------------------------------------------------


def test_they_stand_by_status(client):
    make_four()

    assert promised(read(client)) == {
        "No fulfilment recorded, past the stated deadline 1": ["late"],
        "No fulfilment recorded 1": ["waiting"],
        "Fulfilled 1": ["done"],
        "Lapsed 1": ["given up"],
    }


def test_the_oldest_of_what_is_not_done_comes_first_and_the_latest_of_what_is(client):
    done = make_event(starts_on=date(2026, 1, 1))
    for year in (2021, 2025, 2023):
        event = make_event(starts_on=date(year, 1, 1))
        make_commitment(event, text_en=f"open {year}")
        make_commitment(event, text_en=f"done {year}", status="FULFILLED", fulfilled_by=done)

    found = promised(read(client))

    assert found["No fulfilment recorded 3"] == ["open 2021", "open 2023", "open 2025"]
    assert found["Fulfilled 3"] == ["done 2025", "done 2023", "done 2021"]


def test_a_table_counts_them_by_status_and_age(client):
    make_four()

    assert table(read(client)) == {
        "No fulfilment recorded": [1, 0, 1, 2],
        "of these, past the stated deadline": [0, 0, 1, 1],
        "Fulfilled": [0, 1, 0, 1],
        "Lapsed": [0, 1, 0, 1],
        "All": [1, 2, 1, 4],
    }


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?status=open", ["late", "waiting"]),
        ("?status=overdue", ["late"]),
        ("?status=fulfilled", ["done"]),
        ("?status=lapsed", ["given up"]),
        ("?status=lapsed&status=overdue", ["late", "given up"]),
        ("?status=", ["late", "waiting", "done", "given up"]),
    ],
)
def test_a_status_in_the_address_shows_only_those(client, query, shown):
    make_four()

    page = read(client, query)

    assert [title for titles in promised(page).values() for title in titles] == shown
    assert table(page)["All"] == [1, 2, 1, 4]


def test_the_table_links_to_each_status_and_says_which_is_on(client):
    make_four()

    links = re.findall(
        r'<th scope="row"[^>]*><a href="([^"]+)"( aria-current="true")?',
        read(client, "?status=open"),
    )

    assert [address for address, _ in links] == [
        "/en/commitments/?status=open",
        "/en/commitments/?status=overdue",
        "/en/commitments/?status=fulfilled",
        "/en/commitments/?status=lapsed",
        "/en/commitments/",
    ]
    assert [bool(current) for _, current in links] == [True, False, False, False, False]


def test_a_status_that_is_not_known_is_told_and_left_out(client):
    make_four()

    page = read(client, "?status=%3Cb%3Edone")

    assert "“&lt;b&gt;done” is not known here and was left out." in page
    assert len(promised(page)) == 4
    assert len(promised(read(client, "?status=soon&status=lapsed"))) == 1


def test_a_status_without_any_says_so_and_leads_back(client):
    make_commitment(make_event())

    page = read(client, "?status=lapsed")

    assert "The record has no commitment with this status." in page
    assert '<a href="/en/commitments/">Show all</a>' in page


def make_many(number, **fields):
    agreed = make_event(starts_on=date(2025, 1, 1))
    for n in range(number):
        make_commitment(agreed, text_en=f"promise {n}", **fields)


def titles(page):
    return [title for found in promised(page).values() for title in found]


def test_more_than_fifty_are_paged_and_counted_all(client):
    make_many(48)
    make_many(55, status="LAPSED")

    first = read(client)
    address = re.search(r'<a class="button" href="([^"]+)">Show 50 more</a>', first)[1]
    second = read(client, address.removeprefix("/en/commitments/"))
    third = read(client, "?page=3")

    assert [len(titles(page)) for page in (first, second, third)] == [50, 50, 3]
    assert len({*titles(first), *titles(second), *titles(third)}) == 55  # both are numbered from 0
    # The figures are of all, whatever the page shows of them.
    assert list(promised(first)) == ["No fulfilment recorded 48", "Lapsed 55"]
    assert list(promised(third)) == ["Lapsed 55"]
    assert table(third) == table(first)
    assert "Show 50 more" not in third
    assert "Page 3 of 3." in third
    assert '<a href="/en/commitments/">Back to the first page</a>' in third
    assert "Back to the first page" not in first
    assert first.count("<") / 2 < 1_500


def test_the_status_that_was_chosen_stays_from_page_to_page(client):
    make_many(51)
    make_many(3, status="LAPSED")

    page = read(client, "?status=open&status=soon")
    address = re.search(r'href="([^"]+)">Show 50 more', page)[1]

    assert address == "/en/commitments/?status=open&amp;page=2"
    second = read(client, "?status=open&page=2")
    assert titles(second) == ["promise 50"]
    assert '<a href="/en/commitments/?status=open">Back to the first page</a>' in second


@pytest.mark.parametrize("asked", ["2", "0", "-1", "x", "%00", "9" * 400])
def test_a_page_that_is_not_there_is_the_first_with_a_notice(client, asked):
    make_many(3)

    page = read(client, f"?page={asked}")

    assert titles(page) == ["promise 0", "promise 1", "promise 2"]
    assert "There is no such page of this list. This is the first page." in page
    assert "There is no such page" not in read(client, "?page=1")


def test_an_empty_record_says_so(client):
    page = read(client)

    assert "The record has no commitments yet." in page
    assert "<table" not in page


@pytest.mark.parametrize("number", [1, 12])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_page_costs_the_same_for_few_and_many(
    client, django_assert_num_queries, number, language
):
    for n in range(number):
        make_commitment(
            make_event(),
            status="FULFILLED",
            fulfilled_by=make_event(),
            publisher=make_publisher(f"{n}.example.org"),
        )
    with django_assert_num_queries(1):
        client.get(f"/{language}/commitments/")
