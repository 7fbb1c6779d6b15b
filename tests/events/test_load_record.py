"""The curated files become the record: every row, once."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, time

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from events.loading.layouts import FILES, LANGUAGES, LAYOUT
from events.loading.mapping import public_id
from events.loading.record import load_folder
from events.models import (
    Anniversary,
    Citation,
    Commitment,
    Country,
    Event,
    Office,
    Person,
    Phrase,
    Point,
    Publisher,
    Readout,
    Silence,
    Term,
    Topic,
)
from tests.events.build import make_country, make_event
from tests.events.curated import CALL, COUNTS, command, load

pytestmark = pytest.mark.django_db


def test_every_row_of_the_files_is_loaded_and_counted():
    report = command()

    assert {model: model.objects.count() for model in COUNTS} == COUNTS
    for model, name in zip(COUNTS, FILES, strict=True):
        (line,) = [line for line in report.splitlines() if line.startswith(name)]
        assert line.split() == [name, *map(str, (COUNTS[model], COUNTS[model], 0, 0, 0, 0))]
    assert f"{sum(COUNTS.values())} changes." in report


def test_loading_again_changes_nothing_and_writes_no_history(django_assert_max_num_queries):
    command()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_eventhistory")
        before = cursor.fetchone()

    with django_assert_max_num_queries(100):
        report = command()

    assert "\n0 changes." in report
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM events_eventhistory")
        assert cursor.fetchone() == before


def test_loaded_events_are_published_by_an_account_that_cannot_sign_in(loaded_record, now):
    account = User.objects.get()

    assert (account.username, account.is_active, account.is_staff) == ("record", False, False)
    assert not account.has_usable_password()
    assert Event.objects.visible().filter(published_at=now, published_by=account).count() == 591
    context = Event.objects.get(slug=CALL).history.get().pgh_context.metadata
    assert (context["door"], context["user"]) == ("load_record", account.pk)


def test_an_event_has_everything_that_its_row_says(loaded_record, folder):
    (row,) = [row for row in folder.rows("events.csv") if row["id"] == CALL]
    event = Event.objects.get(slug=CALL)

    assert event.public_id == public_id(CALL)
    assert (event.kind, event.channel, event.precision) == ("CALL", "PHONE", "DAY")
    assert (event.starts_on, event.ends_on) == (date(2025, 6, 9), None)
    assert (event.title_en, event.title_ko, event.title_ja) == (
        row["title_en"],
        row["title_ko"],
        row["title_ja"],
    )
    assert event.summary_en == row["summary_en"]
    assert event.independent_publishers == int(row["verified_by"])
    assert set(event.countries.values_list("code", flat=True)) == set(row["countries"].split(";"))
    assert set(event.people.values_list("slug", flat=True)) == set(row["participants"].split(";"))
    assert set(event.topics.values_list("slug", flat=True)) == set(row["topics"].split(";"))
    cited = event.citations.order_by("position").values_list("url", flat=True)
    assert list(cited) == row["source_urls"].split(";")


def test_what_the_files_write_differently_is_stored_in_the_words_of_the_record(
    loaded_record, folder
):
    assert Event.objects.filter(kind="CEREMONY").count() == 7
    opening = Event.objects.get(slug="2002-05-31-world-cup-opening")
    places = opening.places.order_by("position").values_list("city", "country_id")
    assert list(places) == [("Seoul", "KR"), ("Yokohama", "JP")]
    assert Event.objects.filter(places__city="", places__country__isnull=False).count() == 29
    one_sided = next(row["id"] for row in folder.rows("events.csv") if row["actors"] == "JP")
    acted = Event.objects.get(slug=one_sided).involvements.filter(acted=True)
    assert list(acted.values_list("country", flat=True)) == ["JP"]

    stamped = Readout.objects.get(published_on=date(2015, 11, 2), published_time__isnull=False)
    assert (stamped.published_time, stamped.time_zone) == (time(12, 32), "Asia/Seoul")
    whole = [Readout.objects.filter(is_whole=value).count() for value in (True, False, None)]
    assert whole == [41, 61, 73]
    assert Readout.objects.exclude(as_reported_by="").count() == 111
    first = Country.objects.in_published_order().values_list("code", flat=True)[:2]
    assert list(first) == ["KR", "JP"]


def test_a_citation_takes_publisher_class_and_language_by_its_host(loaded_record):
    dotted = Citation.objects.filter(url__startswith="https://en.wikisource.org./").first()
    assert dotted.publisher.host == "en.wikisource.org."
    one, several = (
        Citation.objects.filter(publisher__languages=languages).first()
        for languages in ("en", "en;ja")
    )
    assert (one.language, several.language) == ("en", "")
    assert Citation.objects.filter(publisher__source_class="OFFICIAL").exists()
    assert Citation.objects.filter(term__isnull=False).exists()
    assert Citation.objects.filter(anniversary__slug="normalization-treaty").count() == 3


def test_a_host_that_is_not_listed_gets_a_publisher_under_its_own_name(folder):
    line = folder.line("events.csv", id=CALL)
    folder.change("events.csv", line, source_urls="https://News.Example.ORG:8080/a?b=1")

    load(folder.path)

    publisher = Citation.objects.get(event__slug=CALL).publisher
    assert (publisher.host, publisher.name) == ("news.example.org:8080",) * 2
    assert publisher.source_class == "UNKNOWN"
    assert load(folder.path) == {}


def test_files_with_a_byte_order_mark_and_windows_line_ends_are_read(folder):
    for name in FILES:
        path = folder.path / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))

    load(folder.path)

    assert {model: model.objects.count() for model in COUNTS} == COUNTS


def test_the_shipped_offices_serve_a_folder_without_its_own(folder):
    (folder.path / "offices.csv").unlink()

    load(folder.path)

    assert Office.objects.get(slug="president", country="KR").name_ko == "대한민국 대통령"


def what_is_stored_of(slug: str) -> tuple[object, ...]:
    event = Event.objects.get(slug=slug)
    acted = event.involvements.filter(acted=True)
    return (
        event.title_en,
        sorted(acted.values_list("country", flat=True)),
        sorted(event.topics.values_list("slug", flat=True)),
        sorted(event.people.values_list("slug", flat=True)),
        sorted(event.places.values_list("city", flat=True)),
    )


CHANGES: list[tuple[str, dict[str, str], dict[str, str], Callable[[], object], object]] = [
    (
        "events.csv",
        {"id": CALL},
        {
            "title_en": "Another title",
            "actors": "JP",
            "topics": "history",
            "participants": "lee-jae-myung",
            "city": "Seoul;Busan",
            "place_country": "KR;KR",
        },
        lambda: what_is_stored_of(CALL),
        ("Another title", ["JP"], ["history"], ["lee-jae-myung"], ["Busan", "Seoul"]),
    ),
    (
        "events.csv",
        {"id": "1965-06-22-claims-agreement"},
        {"end_date": "1965-06-23"},
        lambda: Event.objects.get(slug="1965-06-22-claims-agreement").last_possible_on,
        date(1965, 6, 23),
    ),
    (
        "topics.csv",
        {"slug": "history"},
        {"name_ja": "歴史"},
        lambda: Topic.objects.get(slug="history").name_ja,
        "歴史",
    ),
    (
        "countries.csv",
        {"code": "JP"},
        {"name_en": "State of Japan"},
        lambda: Country.objects.get(code="JP").name_en,
        "State of Japan",
    ),
    (
        "people.csv",
        {"slug": "lee-jae-myung"},
        {"family_name_en": "Yi"},
        lambda: Person.objects.get(slug="lee-jae-myung").family_name_en,
        "Yi",
    ),
    (
        "terms.csv",
        {"slug": "lee-jae-myung"},
        {"term_start": "2025-06-05"},
        lambda: Term.objects.get(person__slug="lee-jae-myung").starts_on,
        date(2025, 6, 5),
    ),
    (
        "anniversaries.csv",
        {"slug": "normalization-treaty"},
        {"countries": "KR"},
        lambda: Anniversary.objects.get(slug="normalization-treaty").countries.count(),
        1,
    ),
    (
        "points.csv",
        {"readout_id": "2013-03-06-abe-park-call-jp", "n": "1"},
        {"stance": "raised"},
        lambda: Point.objects.get(readout__slug="2013-03-06-abe-park-call-jp", position=1).stance,
        "RAISED",
    ),
    (
        "publishers.csv",
        {"host": "10xbest.com"},
        {"class": "blog"},
        lambda: Publisher.objects.get(host="10xbest.com").source_class,
        "BLOG",
    ),
]


def test_each_changed_row_is_one_change(loaded_record, folder):
    changes = dict.fromkeys((file for file, *_ in CHANGES), 0)
    for file, row, cells, _, _ in CHANGES:
        folder.change(file, folder.line(file, **row), **cells)
        changes[file] += 1

    assert load(folder.path) == {file: (0, count, 0) for file, count in changes.items()}
    for file, row, cells, stored, expected in CHANGES:
        assert stored() == expected, (file, row, cells)
    assert load(folder.path) == {}


def test_an_added_row_is_one_addition(loaded_record, folder):
    rows = folder.rows("events.csv")
    added = {**rows[-1], "id": "2026-01-01-added"}
    folder.write("events.csv", [added, *rows])

    assert load(folder.path) == {"events.csv": (1, 0, 0)}
    assert Event.objects.visible().filter(slug="2026-01-01-added").exists()


def test_countries_can_change_their_order(loaded_record, folder):
    rows = folder.rows("countries.csv")
    folder.write("countries.csv", [rows[1], rows[0], *rows[2:]])

    assert load(folder.path) == {"countries.csv": (0, 2, 0)}
    order = Country.objects.in_published_order().values_list("code", flat=True)
    assert list(order) == [row["code"] for row in folder.rows("countries.csv")]


def test_a_country_of_an_editors_makes_room_for_a_new_one_of_the_files(loaded_record, folder):
    make_country("XA", position=37)
    rows = folder.rows("countries.csv")
    names = {"name_en": "New", "name_ko": "New", "name_ja": "New"}
    folder.write("countries.csv", [*rows, {"code": "XB", **names}])

    assert load(folder.path) == {"countries.csv": (1, 0, 0)}
    assert Country.objects.get(code="XA").position > Country.objects.get(code="XB").position


def test_loading_deletes_nothing_and_tells_what_is_in_the_database_only(loaded_record, folder):
    rows = folder.rows("silences.csv")
    folder.write("silences.csv", rows[:-1])
    make_event(slug="entered-by-hand")

    report = command("--dir", str(folder.path))

    assert Silence.objects.count() == 20
    assert "3 rows in the database only" in report
    assert "\n0 changes." in report


def test_a_column_takes_as_much_as_the_table_does():
    models = {
        "countries.csv": Country,
        "topics.csv": Topic,
        "people.csv": Person,
        "offices.csv": Office,
        "anniversaries.csv": Anniversary,
        "events.csv": Event,
        "readouts.csv": Readout,
        "terms.csv": Term,
        "silences.csv": Silence,
        "commitments.csv": Commitment,
        "points.csv": Point,
        "phrases.csv": Phrase,
    }
    other_names = {
        ("events.csv", "id"): "slug",
        ("readouts.csv", "id"): "slug",
        ("readouts.csv", "source_url"): "url",
        ("readouts.csv", "source_language"): "language",
        ("commitments.csv", "id"): "slug",
        ("commitments.csv", "source_url"): "url",
        **{("commitments.csv", f"commitment_{code}"): f"text_{code}" for code in LANGUAGES},
        ("offices.csv", "office"): "slug",
    }
    compared = 0
    for file, model in models.items():
        fields = {field.name: field for field in model._meta.get_fields()}
        for column, cell in (LAYOUT[file].columns | LAYOUT[file].optional).items():
            field = fields.get(other_names.get((file, column), column))
            if hasattr(cell, "limit") and field is not None and not field.is_relation:
                assert cell.limit == field.max_length, (file, column)
                compared += 1
    assert compared > 50


def test_the_words_of_the_files_are_those_of_the_tables():
    words = {
        ("events.csv", "kind"): Event.Kind.values,
        ("events.csv", "setting"): Event.Setting.values,
        ("events.csv", "channel"): Event.Channel.values,
        ("events.csv", "visit_type"): Event.VisitType.values,
        ("events.csv", "status"): Event.Status.values,
        ("events.csv", "certainty"): Event.Certainty.values,
        ("events.csv", "date_precision"): [
            p for p, _ in Event._meta.get_field("precision").choices
        ],
        ("points.csv", "stance"): Point.Stance.values,
        ("commitments.csv", "status"): Commitment.Status.values,
        ("anniversaries.csv", "calendar"): Anniversary.Calendar.values,
        ("publishers.csv", "class"): Publisher.Class.values,
    }
    for (file, column), stored in words.items():
        taken = {word.upper() for word in LAYOUT[file].columns[column].words}
        assert taken - {"ANNIVERSARY"} == set(stored), (file, column)


@pytest.mark.django_db(transaction=True)
def test_two_loads_at_once_load_everything_once():
    failures: list[Exception] = []

    def run() -> None:
        try:
            load_folder(at=timezone.now())
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)

    assert failures == []
    assert {model: model.objects.count() for model in COUNTS} == COUNTS
