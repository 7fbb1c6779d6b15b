"""What changed on an event's page since its publication, as its readers are told."""

import re
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation

from events import changed_rows
from events.changed_rows import Row
from events.changes import MOST_CHANGES, Told, Value, changes_of, tell
from events.history import at_time, recorded
from events.models import (
    Event,
    EventCountry,
    EventPlace,
    EventTopic,
    Evidence,
    Participation,
    Phrase,
    Point,
    Readout,
    Silence,
)
from events.publication import merge, publish, rename, withdraw
from tests.events.build import (
    make_anniversary,
    make_citation,
    make_commitment,
    make_country,
    make_event,
    make_person,
    make_publisher,
    make_readout,
    make_topic,
)

PUBLISHED_AT = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@contextmanager
def hour(number, door="admin", by=None):
    """A transaction so many hours after the publication."""
    moment = PUBLISHED_AT + timedelta(hours=number)
    with transaction.atomic(), at_time(moment), recorded(door=door, by=by):
        yield


def published_event(**fields):
    with hour(0, door="load_record"):
        return make_event(**fields)


def change(event, **fields):
    with hour(1):
        Event.objects.filter(pk=event.pk).update(**fields)


def told(event):
    """Changes after the publication: in words, values after a colon."""
    return [[_line(thing) for thing in each.what] for each in changes_of(event)[:-1]]


def _line(thing):
    was, now = ("; ".join(v.text for v in values) for values in (thing.was, thing.now))
    values = " → ".join(side for side in (was, now) if side)
    return f"{thing.words}: {values}" if values else thing.words


def rendered(event):
    page = render_to_string("events/_changes.html", {"changes": changes_of(event)})
    return re.sub(r"\s+", " ", page)


# Publication


@pytest.mark.django_db
def test_an_event_that_is_entered_with_all_its_parts_was_published_and_no_more():
    with hour(0, door="load_record"):
        event = make_event(people=["lee-jae-myung"], topics=["security"], places=[("Seoul", "KR")])
        make_readout(event, points=[("security", "AGREED", "cooperation")])
        make_commitment(event)

    (only,) = changes_of(event)
    assert (only.at, only.role, only.what) == (
        PUBLISHED_AT,
        "the curated record",
        (Told("Published"),),
    )


@pytest.mark.django_db
def test_a_draft_has_no_changes():
    event = make_event(published=False)

    assert changes_of(event) == []
    assert rendered(event).strip() == ""


@pytest.mark.django_db
def test_what_happened_to_the_draft_is_not_told(editor, now):
    with hour(-3):
        event = make_event(published=False, title_en="Secret working title", topics=["security"])
    with hour(-2):
        Event.objects.filter(pk=event.pk).update(title_en="First Ishiba–Lee call")
        event.topic_links.all().delete()
    with hour(0, door="publication", by=editor):
        publish(event, by=editor, at=now)
    with hour(1):
        Event.objects.filter(pk=event.pk).update(title_en="Ishiba–Lee call")

    assert told(event) == [["Title changed: First Ishiba–Lee call → Ishiba–Lee call"]]
    assert "Secret" not in rendered(event)


# The event's own columns


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ({"title_en": "A call"}, {"title_en": "The call"}, "Title changed: A call → The call"),
        (
            {"title_ko": "통화"},
            {"title_ko": "첫 통화"},
            "Title in Korean changed: 통화 → 첫 통화",
        ),
        ({"summary_en": "Short."}, {"summary_en": "Longer."}, "Summary changed"),
        ({}, {"summary_ko": "짧게."}, "Korean translation of the summary added"),
        (
            {"summary_ja": "短く。"},
            {"summary_ja": ""},
            "Japanese translation of the summary removed",
        ),
        (
            {},
            {"starts_on": date(2025, 6, 10)},
            "Date changed: 9 June 2025 → 10 June 2025",
        ),
        (
            {},
            {"precision": "MONTH", "starts_on": date(2025, 6, 1)},
            "Date changed: 9 June 2025 → June 2025",
        ),
        ({"status": "SCHEDULED"}, {"status": "HELD"}, "Status changed: Scheduled → Held"),
        (
            {},
            {"certainty": "WEAK_SOURCES"},
            "Certainty changed: Confirmed → Weak sources",
        ),
        ({"kind": "VISIT"}, {"kind": "CEREMONY"}, "Kind changed: Visit → Ceremony"),
        ({}, {"channel": "VIDEO"}, "Channel changed: By phone → By video"),
        ({}, {"setting": "BILATERAL"}, "Setting added: Bilateral"),
        ({"occasion": "G7"}, {"occasion": ""}, "Occasion removed: G7"),
        (
            {"clock_time": time(12, 0), "time_zone": "Asia/Seoul"},
            {"clock_time": time(12, 5), "approximate": True},
            "Time changed: 12:00 (Korean Time) → around 12:05 (Korean Time)",
        ),
        ({"minutes": 1}, {"minutes": 25}, "Length changed: 1 minute → 25 minutes"),
        (
            {"independent_publishers": 2},
            {"independent_publishers": 3},
            "Publishers seen changed: two publishers seen → three or more publishers seen",
        ),
    ],
)
def test_a_changed_column_is_told_with_its_values_where_they_are_short(before, after, line):
    event = published_event(**before)
    change(event, **after)

    assert told(event) == [[line]]


@pytest.mark.django_db
def test_another_host_is_told_by_name():
    event = published_event(kind="SUMMIT", host="KR")
    change(event, host=make_country("JP"))

    assert told(event) == [["Host changed: Republic of Korea → Japan"]]


@pytest.mark.django_db
def test_what_readers_do_not_see_is_no_change(django_user_model):
    with hour(0):
        event = make_event(places=[("Seoul", "KR")], independent_publishers=3)
        make_readout(event)
    another = django_user_model.objects.create_user("another")
    change(event, version=7, independent_publishers=5, published_by=another)
    with hour(2):
        event.places.update(position=4)
        event.citations.update(position=4)
        event.readouts.update(slug="another-id")

    assert told(event) == []


@pytest.mark.django_db
def test_an_event_that_is_renamed_has_another_address(editor):
    event = published_event()
    with hour(1, by=editor):
        rename(event, slug="2025-06-09-call", by=editor)

    assert told(event) == [["Address changed"]]


@pytest.mark.django_db
def test_an_event_that_is_withdrawn_keeps_its_list(editor, now):
    event = published_event()
    change(event, status="CANCELLED")
    with hour(2, by=editor):
        withdraw(event, reason="Entered twice.", by=editor, at=now)

    assert told(event) == [["Withdrawn"], ["Status changed: Held → Cancelled"]]


@pytest.mark.django_db
def test_a_merge_is_told_on_both_pages(editor):
    event, survivor = published_event(), published_event()
    with hour(1, by=editor):
        merge(event, into=survivor, by=editor)

    assert told(event) == [["Merged into another event"]]
    assert told(survivor) == [
        ["Source added: example.org", "Another event was merged into this one"]
    ]


# What hangs on the event


@pytest.mark.django_db
def test_parts_that_are_added_and_removed_are_told_by_name():
    event = published_event(topics=["security"], places=[("Seoul", "KR")])
    with hour(1):
        Participation.objects.create(event=event, person=make_person("lee-jae-myung"))
        Participation.objects.create(event=event, person=make_person("ishiba-shigeru", "JP"))
        event.topic_links.all().delete()
        event.places.update(city="Busan")
        EventCountry.objects.create(event=event, country=make_country("US"), acted=False)
        make_citation(event=event, publisher=make_publisher("yna.co.kr", name="Yonhap"))
    with hour(2):
        Silence.objects.create(
            event=event, issuer=make_country("KR"), topic=make_topic("trade"), basis="its text"
        )
        make_commitment(event)

    assert told(event) == [
        ["Topic left out of an account added: Trade", "Commitment added"],
        [
            "Country added: United States",
            "Place changed: Seoul, Republic of Korea → Busan, Republic of Korea",
            "Topic removed: Security",
            "2 participants added: Lee Jae Myung; Ishiba Shigeru",
            "Source added: Yonhap",
        ],
    ]


@pytest.mark.django_db
def test_a_part_that_is_put_back_within_one_transaction_is_no_change():
    event = published_event(topics=["security"])
    with hour(1):
        event.topic_links.all().delete()
        EventTopic.objects.create(event=event, topic=make_topic("security"))
    with hour(2):
        made = EventPlace.objects.create(event=event, country=make_country("KR"))
        made.delete()

    assert told(event) == []


@pytest.mark.django_db
def test_a_readout_comes_and_goes_with_its_points():
    event = published_event()
    with hour(1):
        readout = make_readout(event, "JP", points=[(None, "MENTIONED", "ties")])
    with hour(2):
        readout.delete()

    assert told(event) == [["Readout removed: Japan"], ["Readout added: Japan"]]


@pytest.mark.django_db
def test_a_readout_changes_by_its_own_columns_and_by_its_points():
    event = published_event()
    with hour(1):
        readout = make_readout(event, "KR", points=[(None, "MENTIONED", "ties")])
    with hour(2):
        Point.objects.create(readout=readout, position=2, text_en="trade")
        readout.points.filter(position=1).update(stance="AGREED")
    with hour(3):
        Readout.objects.filter(pk=readout.pk).update(is_whole=True)
        readout.points.filter(position=2).delete()

    assert told(event)[:2] == [["Readout changed: Republic of Korea"]] * 2


@pytest.mark.django_db
def test_translations_that_come_later_are_told_as_such():
    with hour(0, door="load_record"):
        event = make_event()
        make_readout(event, points=[(None, "MENTIONED", "ties"), (None, "AGREED", "trade")])
        make_commitment(event)
    with hour(1, door="load_record"):
        Point.objects.filter(readout__event=event).update(text_ko="관계", text_ja="関係")
        event.commitments.update(text_ja="定期協議の再開")
        Event.objects.filter(pk=event.pk).update(summary_ko="요약")
    with hour(2):
        Point.objects.filter(readout__event=event, position=1).update(text_ko="양국 관계")

    newest, second, first = changes_of(event)
    assert [thing.words for thing in newest.what] == ["Korean translation of a readout changed"]
    assert second.role == "the curated record"
    assert [thing.words for thing in second.what] == [
        "Korean translation of the summary added",
        "Korean translation of a readout added",
        "Japanese translation of a readout added",
        "Japanese translation of a commitment added",
    ]
    assert first.what == (Told("Published"),)


@pytest.mark.django_db
def test_evidence_is_told_only_where_its_source_was_there_before():
    def support(citation):
        Evidence.objects.create(
            citation=citation, field="start", sentence="9일", quote="9", starts_at=0, ends_at=1
        )

    event = published_event()
    with hour(1):
        support(make_citation(event=event))
    with hour(2):
        support(event.citations.earliest("pk"))

    assert told(event) == [["Evidence added"], ["Source added: example.org"]]


@pytest.mark.django_db
def test_a_readout_that_is_moved_is_told_where_it_was_and_where_it_is():
    event, other = published_event(), published_event()
    with hour(1):
        readout = make_readout(event, points=[(None, "MENTIONED", "ties")])
    with hour(2):
        Readout.objects.filter(pk=readout.pk).update(event=other)
    with hour(3):
        readout.points.update(text_en="relations")

    assert told(event) == [
        ["Readout removed: Republic of Korea"],
        ["Readout added: Republic of Korea"],
    ]
    assert told(other) == [
        ["Readout changed: Republic of Korea"],
        ["Readout added: Republic of Korea"],
    ]


@pytest.mark.django_db
def test_sources_of_other_events_and_of_anniversaries_are_none_of_its_changes():
    event, other = published_event(), published_event()
    with hour(1):
        make_citation(event=other)
        make_citation(anniversary=make_anniversary())
        Event.objects.filter(pk=other.pk).update(title_en="Another")

    assert told(event) == []


# Who, when and how much


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("door", "role"),
    [
        ("load_record", "the curated record"),
        ("admin", "an editor"),
        ("review", "an editor"),
        ("import", "an editor"),
        ("publication", "an editor"),
        ("command", "a program"),
        ("unheard of", ""),
    ],
)
def test_a_door_tells_the_role(door, role):
    event = published_event()
    with hour(1, door=door):
        make_citation(event=event)

    assert changes_of(event)[0].role == role


@pytest.mark.django_db
def test_a_change_outside_any_context_has_no_role():
    later = PUBLISHED_AT + timedelta(hours=1)
    with at_time(PUBLISHED_AT):
        event = make_event()
    with at_time(later):
        make_citation(event=event)

    assert [(c.role, c.at) for c in changes_of(event)] == [("", later), ("", PUBLISHED_AT)]
    assert "·" not in rendered(event)


@pytest.mark.django_db
def test_no_editor_is_named(django_user_model):
    anna = django_user_model.objects.create_user("anna-the-editor", pk=987654)
    with hour(0, door="publication", by=anna):
        event = make_event(anna)
    with hour(1, by=anna):
        Event.objects.filter(pk=event.pk).update(title_en="The call", published_by=anna)
        withdraw(event, reason="Entered twice.", by=anna, at=PUBLISHED_AT)

    for output in (repr(changes_of(event)), rendered(event)):
        assert "anna" not in output
        assert "987654" not in output


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 20])
def test_few_and_many_changes_cost_one_query(django_assert_num_queries, count):
    event = published_event(host="KR")
    for number in range(count):
        with hour(number + 1):
            Event.objects.filter(pk=event.pk).update(occasion=f"G{number}")
            make_citation(event=event)
            make_readout(event, points=[("security", "AGREED", "ties")])

    with django_assert_num_queries(1):
        changes = changes_of(event)
    with django_assert_num_queries(0):
        page = render_to_string("events/_changes.html", {"changes": changes})
    assert page.count("<time") == len(changes) == count + 1


@pytest.mark.django_db
def test_of_very_many_changes_the_newest_and_the_publication_are_told():
    event = published_event()
    for number in range(MOST_CHANGES):
        with hour(number + 1):
            Event.objects.filter(pk=event.pk).update(occasion=f"G{number}")
    assert len(changes_of(event)) == MOST_CHANGES + 1
    assert "are not listed" not in rendered(event)

    change(event, occasion="last", minutes=5)
    with hour(100):
        Event.objects.filter(pk=event.pk).update(occasion="newest")

    changes = changes_of(event)
    assert len(changes) == MOST_CHANGES + 1
    assert changes[0].what[0].now == (Value("newest"),)
    assert (changes[-1].at, changes[-1].what) == (PUBLISHED_AT, (Told("Published"),))
    assert [c.follows_a_gap for c in changes] == [False] * MOST_CHANGES + [True]
    assert "are not listed" in rendered(event)


@pytest.mark.django_db
def test_a_flood_of_rows_is_cut_at_a_whole_change(monkeypatch):
    event = published_event()
    for number in (1, 2):
        with hour(number):
            for _number in range(3):
                make_citation(event=event)
    monkeypatch.setattr(changed_rows, "MOST_ROWS", 5)

    assert told(event) == [["3 sources added: example.org"]]
    assert changes_of(event)[-1].follows_a_gap


# In the reader's language


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "noun", "values", "host", "published"),
    [
        ("en", "Date", ["9 June 2025", "10 June 2025"], "Republic of Korea", "Published"),
        ("ko", "날짜", ["2025년 6월 9일", "2025년 6월 10일"], "대한민국", "게시"),
        ("ja", "日付", ["2025年6月9日", "2025年6月10日"], "韓国", "公開"),
    ],
)
def test_changes_are_told_in_the_language_of_the_page(language, noun, values, host, published):
    event = published_event()
    change(event, starts_on=date(2025, 6, 10), host=make_country("KR"))

    with translation.override(language):
        newest, first = changes_of(event)
    day, place = newest.what
    assert day.words.startswith(noun)
    assert (day.was, day.now) == ((Value(values[0]),), (Value(values[1]),))
    assert place.now == (Value(host),)
    assert first.what[0].words == published


@pytest.mark.django_db
def test_a_value_in_another_language_than_the_page_says_so():
    event = published_event(occasion="G7", title_en="A call")
    Phrase.objects.create(text_en="G20", text_ko="주요 20개국")
    change(event, occasion="G20", title_en="The <call>")

    with translation.override("ko"):
        page = rendered(event)

    assert '<span lang="en">A call</span> → <span lang="en">The &lt;call&gt;</span>' in page
    assert '<span lang="en">G7</span> → 주요 20개국' in page


@pytest.mark.django_db
def test_the_day_of_a_change_is_that_of_seoul_and_tokyo():
    event = published_event()
    with hour(14):  # 17:00 UTC, 02:00 in Seoul
        make_citation(event=event)

    page = rendered(event)
    assert '<time datetime="2026-06-02">2 June 2026</time> · an editor' in page
    assert '<time datetime="2026-06-01">1 June 2026</time> · the curated record' in page
    assert page.index("Source added: example.org") < page.index("Published")


@pytest.mark.django_db
def test_a_list_of_more_than_five_changes_is_folded():
    event = published_event()
    for number in range(4):
        with hour(number + 1):
            make_citation(event=event)
    assert "<details" not in rendered(event)

    with hour(6):
        make_citation(event=event)
    assert "<summary>6 changes</summary>" in rendered(event)


# From rows to words, without a database


def topic(pk, was, now):
    def state(name):
        return name and {"topic_id": name, "name": [name, None]}

    return Row("topic", pk, None, state(was), state(now))


def test_rows_of_one_transaction_are_told_by_where_they_begin_and_end():
    rows = [topic(1, "Trade", "Energy"), topic(1, "Energy", "Security")]

    assert tell(rows) == [Told("Topic changed", (Value("Trade"),), (Value("Security"),))]


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [topic(1, "Trade", "Energy"), topic(1, "Energy", "Trade")],
        [topic(1, None, "Trade"), topic(1, "Trade", None)],
        [topic(1, "Trade", None), topic(2, None, "Trade")],
    ],
    ids=["nothing", "there and back", "added and removed", "replaced by its like"],
)
def test_rows_that_end_as_they_began_are_not_told(rows):
    assert tell(rows) == []
