"""Event rows of an editor's own, with the columns of the curated file."""

import pytest

from events.loading.importing import known_in_database, stored_event, write_event
from events.loading.parsing import parse_event, parse_events
from events.loading.table import RecordRefused
from events.models import Event
from events.publication import rename, withdraw
from tests.events.build import make_country, make_event, make_person, make_topic
from tests.events.curated import CALL, load

pytestmark = pytest.mark.django_db

HEADER = (
    "id,start_date,end_date,date_precision,kind,actors,setting,channel,visit_type,host,status,"
    "certainty,title_en,title_ko,title_ja,summary_en,countries,participants,city,place_country,"
    "occasion,topics,source_urls,verified_by"
)
ROW = (
    "2025-06-09-call,2025-06-09,,day,call,KR;JP,bilateral,phone,,,held,confirmed,"
    "A call,통화,電話会談,,KR;JP,lee-jae-myung,,,,security,https://example.org/1,"
)


@pytest.fixture(autouse=True)
def what_rows_refer_to():
    make_country("KR")
    make_country("JP")
    make_person("lee-jae-myung")
    make_topic("security")


def cells(**changes: str) -> dict[str, str]:
    return {**dict(zip(HEADER.split(","), ROW.split(","), strict=True)), **changes}


def parsed(**changes: str):
    return parse_event(cells(**changes), known_in_database(), line=2)


def test_a_new_row_becomes_a_published_event_of_the_editors(editor, now):
    outcome = write_event(parsed(), by=editor, at=now)

    event = Event.objects.visible().get(slug="2025-06-09-call")
    assert (outcome.added, outcome.changed) == (1, 0)
    assert (event.published_by, event.published_at) == (editor, now)
    assert [person.slug for person in event.people.all()] == ["lee-jae-myung"]
    assert event.citations.get().publisher.host == "example.org"
    context = event.history.get().pgh_context.metadata
    assert (context["door"], context["user"]) == ("import", editor.pk)


def test_the_same_row_again_changes_nothing(editor, now):
    write_event(parsed(), by=editor, at=now)

    assert write_event(parsed(), by=editor, at=now).unchanged == 1


def test_a_changed_row_changes_the_event_whoever_entered_it(editor, now):
    event = make_event(editor, slug="2025-06-09-call", citations=["https://example.org/kept"])

    outcome = write_event(parsed(title_en="Renamed"), by=editor, at=now)

    event.refresh_from_db()
    assert (outcome.changed, event.title_en, event.version) == (1, "Renamed", 2)
    assert event.citations.count() == 2


def test_a_row_is_the_event_that_has_or_had_its_address(editor):
    event = make_event(slug="2025-06-09-call")
    assert stored_event("2025-06-09-call") == event

    event = rename(event, slug="elsewhere", by=editor)

    assert stored_event("2025-06-09-call") == event
    assert stored_event("elsewhere") == event
    assert stored_event("nowhere") is None


def test_a_withdrawn_event_is_not_changed_by_a_row(editor, now):
    event = make_event(slug="2025-06-09-call")
    withdraw(event, reason="Entered twice.", by=editor, at=now)

    assert write_event(parsed(title_en="Renamed"), by=editor, at=now).kept == [2]
    event.refresh_from_db()
    assert event.title_en != "Renamed"


def test_an_imported_change_is_kept_by_the_next_load(loaded_record, folder, editor, now):
    row = next(row for row in folder.rows("events.csv") if row["id"] == CALL)
    imported = parse_event({**row, "title_en": "Imported"}, known_in_database(), line=2)
    write_event(imported, by=editor, at=now)

    assert load()["events.csv"] == (0, 0, 1)


def test_every_problem_of_a_row_is_told():
    with pytest.raises(RecordRefused) as refusal:
        parsed(topics="weather", participants="nobody", actors="KR;US")

    assert [str(problem) for problem in refusal.value.problems] == [
        "events.csv:2: actors: “US” is not a known country",
        "events.csv:2: actors: “US” acted but is not among the countries concerned",
        "events.csv:2: participants: “nobody” is not a known person",
        "events.csv:2: topics: “weather” is not a known topic",
    ]


def test_a_row_without_a_column_is_refused():
    row = cells()
    del row["kind"]

    with pytest.raises(RecordRefused, match="kind: this column is missing"):
        parse_event(row, known_in_database(), line=2)


def test_a_file_of_rows_is_read_at_once():
    data = f"{HEADER}\n{ROW}\n{ROW.replace('2025-06-09-call', 'second')}\n".encode()

    rows = parse_events(data, known_in_database(), file="mine.csv")

    assert [row.id for row in rows] == ["2025-06-09-call", "second"]
    with pytest.raises(RecordRefused, match="mine.csv:3: id: “2025-06-09-call” is also on line 2"):
        parse_events(
            data.replace(b"second", b"2025-06-09-call"), known_in_database(), file="mine.csv"
        )
