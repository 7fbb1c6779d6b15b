"""Who mentioned what: a silence is told only where a source tells it."""

import re
from datetime import UTC, datetime
from itertools import count

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from events.matrix import Account, State, matrix_of
from events.models import Country, Point, Silence, Topic
from tests.events.build import make_country, make_event, make_readout, make_topic
from tests.events.reading import cells_by_topic, event_page

KOREA = Country(code="KR", name_en="Republic of Korea")
JAPAN = Country(code="JP", name_en="Japan")
CHINA = Country(code="CN", name_en="China")
TOPICS = [
    Topic(id=number, slug=slug, name_en=slug.capitalize())
    for number, slug in enumerate(("history", "security", "trade"), start=1)
]
HISTORY, SECURITY, TRADE = TOPICS
_numbers = count(1)


def point(topic, stance="MENTIONED"):
    return Point(id=next(_numbers), topic=topic, stance=stance, text_en="a point")


def silence(topic, **fields):
    return Silence(topic=topic, basis="a source tells so", **fields)


def account(country, *points, silences=(), has_readout=True):
    return Account(country, points, silences, has_readout)


def states(*accounts):
    """The state of each cell by topic, in the order of the accounts."""
    matrix = matrix_of(accounts)
    return {
        row.topic.slug if row.topic else None: [cell.state.value for cell in row.cells]
        for row in matrix.rows
    }


# --- Pure ---------------------------------------------------------------------------------------


def test_a_topic_is_said_by_the_account_that_has_a_point_on_it():
    assert states(account(KOREA, point(HISTORY)), account(JAPAN, point(SECURITY))) == {
        "history": ["said", "nothing"],
        "security": ["nothing", "said"],
    }


def test_a_topic_is_left_out_where_a_source_says_so_and_only_there():
    assert states(
        account(KOREA, point(HISTORY), silences=[silence(SECURITY)]),
        account(JAPAN, point(SECURITY), point(TRADE)),
    ) == {
        "history": ["said", "nothing"],
        "security": ["silent", "said"],
        "trade": ["nothing", "said"],
    }


def test_a_government_without_an_account_has_none_recorded_rather_than_nothing_said():
    missing = account(KOREA, has_readout=False)
    assert states(missing, account(JAPAN, point(TRADE))) == {"trade": ["no_readout", "said"]}


def test_a_point_weighs_more_than_a_silence_on_the_same_topic():
    side = account(KOREA, point(HISTORY), silences=[silence(HISTORY)])
    (row,) = matrix_of([side]).rows
    assert row.cells[0].state == State.SAID
    assert row.cells[0].silence is side.silences[0]


def test_topics_stand_in_their_published_order_and_points_without_one_last():
    accounts = [account(KOREA, point(None), point(TRADE)), account(JAPAN, point(HISTORY))]
    assert list(states(*accounts)) == ["history", "trade", None]


def test_each_stance_is_told_once_in_the_order_of_the_account():
    said = [point(HISTORY, stance) for stance in ("RAISED", "AGREED", "RAISED")]
    (row,) = matrix_of([account(KOREA, *said)]).rows
    assert row.cells[0].stances == ["Raised by one side", "Agreed"]
    assert list(row.cells[0].points) == said


def test_what_all_and_what_only_one_have_a_point_on():
    matrix = matrix_of(
        [
            account(KOREA, point(HISTORY), point(TRADE), point(None)),
            account(JAPAN, point(TRADE), point(SECURITY), point(None)),
        ]
    )
    assert matrix.in_all == [TRADE]
    assert matrix.in_one == [(KOREA, [HISTORY]), (JAPAN, [SECURITY])]


def test_of_three_governments_two_are_neither_all_nor_one():
    accounts = [account(KOREA, point(TRADE)), account(JAPAN, point(TRADE)), account(CHINA)]
    matrix = matrix_of(accounts)
    assert (matrix.in_all, matrix.in_one) == ([], [])


def test_nothing_recorded_of_any_account_makes_no_table():
    assert matrix_of([]) is None
    assert matrix_of([account(KOREA), account(JAPAN, has_readout=False)]) is None


topics = st.sampled_from([*TOPICS, None])


@given(
    said=st.lists(st.lists(topics, max_size=4), min_size=1, max_size=3),
    left_out=st.lists(st.lists(st.sampled_from(TOPICS), unique=True, max_size=2), max_size=3),
)
def test_no_cell_is_silent_but_by_a_recorded_silence(said, left_out):
    left_out += [[]] * (len(said) - len(left_out))
    accounts = [
        account(country, *map(point, named), silences=[silence(t) for t in silent])
        for country, named, silent in zip((KOREA, JAPAN, CHINA), said, left_out, strict=False)
    ]
    matrix = matrix_of(accounts)
    cells = [(row.topic, cell) for row in matrix.rows for cell in row.cells] if matrix else []
    by_country = {side.country.code: side for side in accounts}
    for topic, cell in cells:
        side = by_country[cell.country.code]
        recorded = [one.topic for one in side.silences]
        has_point = any(one.topic == topic for one in side.points)
        assert (cell.state == State.SILENT) == (topic in recorded and not has_point)
        assert (cell.state == State.SAID) == has_point
    assert sum(len(cell.points) for _topic, cell in cells) == sum(map(len, said))


# --- On the page --------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_table_tells_stances_numbers_and_points_and_leads_to_them(client):
    event = make_event()
    readout = make_readout(
        event,
        "KR",
        points=[
            ("security", "AGREED", "close work on the North"),
            ("security", "RAISED", "drills"),
            (None, "MENTIONED", "ties in general"),
        ],
    )
    make_readout(event, "JP", points=[("security", "MENTIONED", "the North")])
    page = event_page(client, event.slug)
    assert cells_by_topic(page) == {
        "Topic": ["Republic of Korea", "Japan"],
        "Security": [
            "Agreed, Raised by one side 2 close work on the North drills",
            "Mentioned the North",
        ],
        "Without a topic": ["Mentioned ties in general", "nothing recorded"],
    }
    for point in readout.points.all():
        assert f'<a href="#point-{point.pk}">{point.text_en}</a>' in page
        assert page.count(f'id="point-{point.pk}"') == 1


@pytest.mark.django_db
def test_the_sentence_above_the_table_names_what_all_and_what_one_recorded(client):
    event = make_event()
    make_readout(
        event, "KR", points=[(t, "MENTIONED", t) for t in ("security", "history", "trade")]
    )
    make_readout(event, "JP", points=[(t, "MENTIONED", t) for t in ("security", "fisheries")])
    page = " ".join(event_page(client, event.slug).split())
    assert "In every account: Security." in page
    assert "Recorded only from Republic of Korea: History and Trade." in page
    assert "Recorded only from Japan: Fisheries." in page


@pytest.mark.django_db
def test_firm_and_soft_silences_are_told_apart(client):
    event = make_event()
    make_readout(event, "KR")
    make_readout(event, "JP", points=[("north_korea", "AGREED", "x"), ("history", "RAISED", "y")])
    for slug, is_firm in (("north_korea", True), ("history", False)):
        Silence.objects.create(
            event=event,
            issuer=make_country("KR"),
            topic=make_topic(slug),
            basis="told by a newspaper",
            is_firm=is_firm,
        )
    rows = cells_by_topic(event_page(client, event.slug))
    assert rows["North korea"][0] == "Not in this readout told by a newspaper"
    assert rows["History"][0] == "Not in this readout, as far as seen told by a newspaper"


@pytest.mark.django_db
@time_machine.travel(datetime(2026, 6, 1, 3, 0, tzinfo=UTC), tick=False)
@pytest.mark.parametrize(
    ("language", "missing"),
    [
        ("en", "No readout recorded as of 1 June 2026."),
        ("ko", "2026년 6월 1일 기준 기록된 발표문 없음."),
        ("ja", "2026年6月1日時点で記録された発表なし。"),
    ],
)
def test_a_missing_account_is_one_that_is_not_recorded_and_never_one_that_did_not_mention(
    client, language, missing
):
    event = make_event()
    make_readout(event, "JP", points=[("security", "MENTIONED", "the North")])
    page = event_page(client, event.slug, language)
    assert 'class="cell-no_readout"' in page
    assert "cell-silent" not in page
    assert 'class="silence' not in page
    assert missing in page
    if language == "en":
        assert cells_by_topic(page)["Security"] == ["no readout recorded", "Mentioned the North"]
        assert not re.search("did not mention|not mentioned|Not in this readout", page)


@pytest.mark.django_db
def test_points_that_are_missing_from_an_account_make_no_silence(client):
    event = make_event()
    make_readout(event, "KR", is_whole=True, points=[("history", "MENTIONED", "the past")])
    make_readout(event, "JP", is_whole=True, points=[("security", "MENTIONED", "the North")])
    page = event_page(client, event.slug)
    assert cells_by_topic(page)["Security"][0] == "nothing recorded"
    assert "Not in this readout" not in page


@pytest.mark.django_db
def test_accounts_without_points_have_no_table(client):
    event = make_event()
    make_readout(event, "KR")
    page = event_page(client, event.slug)
    assert "Who mentioned what" not in page
    assert "No points recorded from this account." in page
