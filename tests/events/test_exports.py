"""The timeline as files: what they hold, what they refuse, and that nothing changes unasked."""

import csv
import json
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from io import StringIO

import pytest
from django.db import connection, transaction
from django.utils.translation import get_language

from events.exports.as_csv import COLUMNS
from events.exports.reading import one_state
from events.exports.wanted import Wanted
from events.history import at_time
from events.models import Event, Topic
from events.past import day_in_force
from events.publication import rename, withdraw
from events.views.exports import streamed
from tests.events.build import make_anniversary, make_event, make_some_events, make_topic

pytestmark = pytest.mark.django_db

FILES = ("csv", "json", "ics", "atom")
TYPES = {
    "csv": "text/csv; charset=utf-8; header=present",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
}


def get(client, file, query="", **headers):
    return client.get(f"/timeline.{file}{query}", headers=headers)


def body(response) -> bytes:
    assert response.status_code == 200, response.content
    return b"".join(response.streaming_content)


def table(client, query="") -> list[dict[str, str]]:
    written = body(get(client, "csv", query)).decode("utf-8-sig")
    *rows, note = csv.DictReader(StringIO(written, newline=""))
    assert note["id"].startswith("# Seoul–Tokyo Record; ")
    return rows


def as_json(client, query="") -> dict:
    return json.loads(body(get(client, "json", query)))


def before_the_last_line(written: bytes) -> bytes:
    return written[: written[:-1].rindex(b"\n") + 1]


@pytest.mark.parametrize("file", FILES)
def test_each_file_says_what_it_is(client, file):
    make_event()
    response = get(client, file)
    assert response["Content-Type"] == TYPES[file]
    assert response["Content-Disposition"] == f'inline; filename="timeline.{file}"'
    assert response["Content-Language"] == "en"
    assert response["Cache-Control"] == "public, max-age=300"
    assert response.streaming
    assert client.post(f"/timeline.{file}").status_code == 405


@pytest.mark.parametrize("query", ["", "?order=oldest", "?kind=summit&kind=call", "?topic=history"])
def test_a_file_holds_the_list_of_the_timeline_in_its_order(client, query):
    make_some_events()
    page = client.get(f"/en/timeline/{query}").content.decode()
    shown = re.findall(r'class="card-title"><a href="/en/events/([-\w]+)/', page)
    assert shown
    assert [row["id"] for row in table(client, query)] == shown
    assert [event["id"] for event in as_json(client, query)["events"]] == shown


def test_a_table_has_the_columns_of_the_codebook(client, editor):
    make_event(
        slug="one",
        kind="VISIT",
        channel="IN_PERSON",
        visit_type="STATE",
        setting="BILATERAL",
        host="JP",
        precision="WINDOW",
        starts_on=date(2025, 6, 15),
        ends_on=date(2025, 6, 17),
        actors=["KR"],
        people=["lee-jae-myung"],
        topics=["trade"],
        places=[("Tokyo", "JP"), ("Nara", "JP")],
        citations=["https://example.org/a;b", "https://example.org/c"],
        title_en="A visit, at last",
        summary_en="In two\nlines.",
        independent_publishers=0,
    )
    [row] = table(client)
    assert tuple(row) == COLUMNS
    assert row == {
        **dict.fromkeys(COLUMNS, ""),
        "id": "one",
        "public_id": str(Event.objects.get().public_id),
        "start_date": "2025-06-15",
        "end_date": "2025-06-17",
        "date_precision": "window",
        "kind": "visit",
        "status": "held",
        "certainty": "confirmed",
        "setting": "bilateral",
        "channel": "in_person",
        "visit_type": "state",
        "actors": "KR",
        "countries": "KR;JP",
        "host": "JP",
        "city": "Tokyo;Nara",
        "place_country": "JP;JP",
        "topics": "trade",
        "participants": "lee-jae-myung",
        "title": "A visit, at last",
        "summary": "In two\nlines.",
        "source_urls": "https://example.org/a%3Bb;https://example.org/c",
        "verified_by": "0",
        "address": "http://testserver/en/events/one/",
        "published_at": "2026-06-01T03:00:00Z",
        "changed_at": row["changed_at"],
        "revision": "0",
    }


@pytest.mark.parametrize("title", ["=1+1", "+82 2", "-1", "@SUM(A1)", "\tx", "'=1", "＝1", "''@"])
def test_no_cell_is_a_formula_and_none_is_spoilt(client, title):
    make_event(title_en=title)
    [row] = table(client)
    assert row["title"] == f"'{title}"


@pytest.mark.parametrize("title", ["'tis so", "A = B", "1-2", "“Quoted”"])
def test_other_cells_are_written_as_they_are(client, title):
    make_event(title_en=title)
    [row] = table(client)
    assert row["title"] == title


def test_a_table_may_begin_with_a_mark_for_spreadsheets(client):
    make_event()
    plain, marked = (body(get(client, "csv", query)) for query in ("", "?bom=1"))
    assert marked.startswith(b"\xef\xbb\xbfid,")
    assert plain.startswith(b"id,")


@pytest.mark.parametrize("file", ["csv", "json", "atom"])
def test_the_last_line_has_a_checksum_of_all_before_it(client, file):
    make_some_events()
    written = body(get(client, file))
    digest = sha256(before_the_last_line(written)).hexdigest()
    assert digest.encode() in written.splitlines()[-1]


def test_each_file_names_licence_source_and_state(client):
    make_some_events()
    with transaction.atomic(), at_time(datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)):
        make_topic("another")
    query = "?country=KR&order=oldest"
    found = as_json(client, query + "&utm=x&from=")
    assert found["licence"] == {
        "name": "CC BY 4.0",
        "url": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert found["generated_from"] == f"http://testserver/timeline.json{query}"
    assert found["query"] == {"country": ["KR"], "order": ["oldest"]}
    assert found["language"] == "en"
    assert found["as_of"] is None
    assert found["count"] == len(found["events"]) == 5
    note = body(get(client, "csv", query)).decode().splitlines()[-1]
    for said in (
        "licence CC BY 4.0 https://creativecommons.org/licenses/by/4.0/",
        f"from http://testserver/timeline.csv{query}",
        f"record changed at {found['record_changed_at']}",
        "events 5",
    ):
        assert said in note


def test_texts_are_in_the_language_asked_and_in_english_where_they_are_not_written(client):
    make_event(title_ko="첫 통화", summary_en="They spoke.", topics=["trade"])
    Topic.objects.update(name_ko="무역")
    [event] = as_json(client, "?lang=ko")["events"]
    assert (event["title"], event["summary"]) == ("첫 통화", "They spoke.")
    assert event["topics"] == [{"slug": "trade", "name": "무역"}]
    assert event["date"]["in_words"] == "2025년 6월 9일 (월)"
    assert event["url"].startswith("http://testserver/ko/events/")
    [row] = table(client, "?lang=ko")
    assert row["title"] == "첫 통화"


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("?country=XX", "country: “XX” is not known here.\n"),
        ("?kind=call&kind=nothing", "kind: “nothing” is not known"),
        ("?from=yesterday", "from: “yesterday” is not a date."),
        ("?from=2025&to=2024", "to: This is before the start"),
        ("?topic=%00", "topic: "),
        ("?order=best", "order: “best” is not known"),
        ("?lang=fr", "lang: give one of en, ko, ja."),
        ("?as_of=soon", "as_of: “soon” is not a day."),
        ("?as_of=2999-01-01", "as_of: 1 January 2999 is still to come."),
        ("?bom=2", "bom: give 0 or 1."),
    ],
)
def test_what_cannot_be_given_is_refused_with_the_reason(client, file, query, told):
    make_event()
    response = get(client, file, query)
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith(told)


@pytest.mark.parametrize("page", ["0", "-1", "x", "1e3", "²", "9999999"])
def test_a_feed_has_pages_by_number_only(client, page):
    response = get(client, "atom", f"?page={page}")
    assert (response.status_code, response.content[:6]) == (400, b"page: ")


def test_drafts_and_withdrawn_events_are_in_no_file(client, editor, now):
    make_event(title_en="Kept back", published=False)
    withdraw(make_event(title_en="Taken back"), reason="Wrong", by=editor, at=now)
    for file in FILES:
        written = body(get(client, file))
        assert b"Kept back" not in written
        assert b"Taken back" not in written


@pytest.mark.parametrize("file", FILES)
def test_a_second_fetch_changes_no_byte_and_a_known_file_is_not_sent_again(client, file):
    make_some_events()
    make_anniversary()
    first = get(client, file)
    written = body(first)
    assert body(get(client, file)) == written
    for name, value in (
        ("If-None-Match", first["ETag"]),
        ("If-None-Match", f"W/{first['ETag']}"),
        ("If-Modified-Since", first["Last-Modified"]),
    ):
        again = get(client, file, **{name: value})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])


@pytest.mark.parametrize("file", FILES)
def test_any_change_of_the_record_makes_another_file(client, file, editor):
    event = make_event(topics=["trade"])
    etags = [get(client, file)["ETag"]]
    for change in (
        lambda: Event.objects.filter(pk=event.pk).update(title_en="Another"),
        lambda: Topic.objects.update(name_en="Commerce"),
        lambda: event.citations.update(title="Named"),
        lambda: event.topic_links.all().delete(),
        lambda: rename(event, slug="elsewhere", by=editor),
    ):
        change()
        etags.append(get(client, file)["ETag"])
    assert len(set(etags)) == len(etags)


def test_files_of_other_queries_and_languages_are_other_files(client):
    make_event()
    queries = ("", "?lang=ko", "?country=KR", "?order=oldest", "?bom=1")
    etags = {get(client, "csv", query)["ETag"] for query in queries}
    assert len(etags) == len(queries)
    # Said otherwise, it is the same file.
    assert get(client, "csv", "?lang=en&from=&x=1")["ETag"] == get(client, "csv")["ETag"]


@pytest.mark.parametrize("file", FILES)
def test_a_past_day_is_read_as_it_stood_and_kept_for_long(client, file, time_machine):
    time_machine.move_to(datetime(2026, 6, 10, tzinfo=UTC), tick=False)
    with transaction.atomic(), at_time(datetime(2026, 6, 1, tzinfo=UTC)):
        event = make_event(title_en="First word")
    with transaction.atomic(), at_time(datetime(2026, 6, 5, tzinfo=UTC)):
        Event.objects.filter(pk=event.pk).update(title_en="Second thought")
    then, now = get(client, file, "?as_of=2026-06-03"), get(client, file)
    assert b"First word" in (old := body(then))
    assert b"Second thought" not in old
    assert b"Second thought" in body(now)
    assert then["Cache-Control"] == "public, max-age=86400"
    assert then["Last-Modified"] == "Mon, 01 Jun 2026 00:00:00 GMT"
    assert b"2026-06-03" in old


def test_a_revision_counts_what_changed_after_publication(client, editor):
    times = [datetime(2026, 6, day, tzinfo=UTC) for day in (1, 2, 3, 4)]
    with transaction.atomic(), at_time(times[0]):
        event = make_event(published=False)
    with transaction.atomic(), at_time(times[1]):
        Event.objects.filter(pk=event.pk).update(published_at=times[1], published_by=editor)
    for moment, city in ((times[2], "Seoul"), (times[3], "Jeju")):
        with transaction.atomic(), at_time(moment):
            event.places.create(city=city, country_id="KR")
    [found] = as_json(client)["events"]
    assert (found["revision"], found["changed_at"]) == (2, "2026-06-04T00:00:00Z")
    assert found["published_at"] == "2026-06-02T00:00:00Z"


def test_head_costs_nothing_and_says_the_same(client):
    make_event()
    head, whole = client.head("/timeline.csv"), get(client, "csv")
    assert head.content == b""
    for name in ("Content-Type", "ETag", "Last-Modified", "Cache-Control"):
        assert head[name] == whole[name]


@pytest.mark.parametrize(("file", "queries"), [("csv", 7), ("json", 7), ("ics", 9), ("atom", 9)])
@pytest.mark.parametrize("number", [1, 7])
def test_a_file_costs_the_same_for_few_and_many(
    client, django_assert_num_queries, file, queries, number
):
    for n in range(number):
        make_event(topics=[f"topic-{n}"], people=[f"person-{n}"], places=[("Seoul", "KR")])
        make_anniversary(f"day-{n}")
    # Two of them begin and end the transaction; two tell for the ETag what there is.
    with django_assert_num_queries(queries):
        body(get(client, file))


def test_a_stream_is_seen_by_nobody_else_and_leaves_nothing_when_broken_off(time_machine):
    time_machine.move_to(datetime(2026, 6, 10, tzinfo=UTC), tick=False)

    def write(wanted, at):
        for _piece in range(3):
            yield f"{get_language()} {day_in_force()}".encode()

    stream = streamed(Wanted(language="ko", day=date(2026, 6, 3)), None, write)
    assert next(stream) == b"ko 2026-06-03"
    assert (get_language(), day_in_force()) == ("en", None)
    assert next(stream) == b"ko 2026-06-03"
    stream.close()
    assert not connection.needs_rollback
    make_event()  # the past could not be written to


@pytest.mark.django_db(transaction=True)
def test_a_file_is_of_one_state_whatever_is_changed_meanwhile():
    event = make_event(title_en="Before")
    with one_state("en", None):
        assert Event.objects.get().title_en == "Before"
        _from_elsewhere("UPDATE events_event SET title_en = 'After' WHERE id = %s", event.pk)
        assert Event.objects.get().title_en == "Before"
        with pytest.raises(Exception, match="read-only"), transaction.atomic():
            Event.objects.update(title_en="Mine")
    assert Event.objects.get().title_en == "After"


def _from_elsewhere(sql, *values):
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(sql, values)
    finally:
        other.close()
