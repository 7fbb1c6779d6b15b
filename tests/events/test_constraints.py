"""The database itself refuses bad states, whatever door they come through."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from events.models import (
    Alias,
    AnniversaryCountry,
    Commitment,
    Country,
    ErrorReport,
    Event,
    EventCountry,
    EventPlace,
    EventSlug,
    EventTopic,
    Evidence,
    Office,
    Participation,
    Phrase,
    Point,
    Silence,
)
from tests.events.build import (
    make_anniversary,
    make_citation,
    make_commitment,
    make_country,
    make_event,
    make_office,
    make_person,
    make_publisher,
    make_readout,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db

MOMENT = datetime(2026, 6, 1, tzinfo=UTC)


@contextmanager
def refused(constraint: str) -> Iterator[None]:
    """The database refuses what is written inside, at once or at the end of the transaction.

    `constraint` is its name, or part of the message of a refusal without one.
    """
    try:
        with transaction.atomic():
            yield
            at_the_end_of_the_transaction()
    except DatabaseError as error:
        name = error.__cause__.diag.constraint_name or str(error)
        assert constraint in name
    else:
        pytest.fail(f"This was not refused by {constraint}.")


def at_the_end_of_the_transaction() -> None:
    connection.check_constraints()


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


EVENT_RULES: dict[str, list[dict[str, Any]]] = {
    "event_ends_on_or_after_its_start": [
        {"starts_on": "2025-06-09", "ends_on": "2025-06-08"},
    ],
    "event_of_a_month_or_year_stands_on_its_first_day": [
        {"precision": "MONTH", "starts_on": "2025-06-09"},
        {"precision": "MONTH", "starts_on": "2025-06-01", "ends_on": "2025-06-30"},
        {"precision": "YEAR", "starts_on": "2025-06-01"},
        {"precision": "YEAR", "starts_on": "2025-01-09"},
        {"precision": "YEAR", "starts_on": "2025-01-01", "ends_on": "2025-12-31"},
        {"precision": "WEEK", "starts_on": "2025-06-09"},
    ],
    "event_window_has_two_ends": [
        {"precision": "WINDOW", "starts_on": "2025-06-09"},
        {"precision": "WINDOW", "starts_on": "2025-06-09", "ends_on": "2025-06-09"},
    ],
    "event_clock_time_and_zone_go_together": [
        {"clock_time": "12:00"},
        {"time_zone": "Asia/Seoul"},
    ],
    "event_lasts_at_least_a_minute": [{"minutes": 0}],
    "call_is_by_phone_or_video": [
        {"kind": "CALL", "channel": "IN_PERSON"},
        {"kind": "CALL", "channel": "LETTER"},
        {"kind": "CALL", "channel": ""},
    ],
    "summit_is_in_person_or_by_video": [
        {"kind": "SUMMIT", "channel": "PHONE"},
        {"kind": "TRILATERAL_SUMMIT", "channel": ""},
    ],
    "event_published_at_and_by_go_together": [
        {"published_by": None},
        {"published_at": None},
    ],
    "event_merged_was_published_and_is_not_withdrawn": [
        {"published_at": None, "published_by": None, "merged_into": "other"},
        {
            "merged_into": "other",
            "withdrawn_at": MOMENT,
            "withdrawn_by": "editor",
            "withdrawn_reason": "Twice.",
        },
    ],
    "event_is_not_merged_into_itself": [{"merged_into": "itself"}],
    "event_withdrawn_with_time_editor_and_reason": [
        {"withdrawn_at": MOMENT},
        {"withdrawn_by": "editor"},
        {"withdrawn_reason": "Twice."},
        {"withdrawn_at": MOMENT, "withdrawn_by": "editor"},
        {"withdrawn_at": MOMENT, "withdrawn_reason": "Twice."},
        {
            "published_at": None,
            "published_by": None,
            "withdrawn_at": MOMENT,
            "withdrawn_by": "editor",
            "withdrawn_reason": "Twice.",
        },
    ],
}


@pytest.mark.parametrize(
    ("rule", "values"), [(rule, values) for rule, cases in EVENT_RULES.items() for values in cases]
)
def test_an_event_in_a_bad_state_is_refused(rule, values, editor):
    event, other = make_event(editor), make_event(editor)
    named = {"editor": editor, "other": other, "itself": event}

    with refused(rule):
        Event.objects.filter(pk=event.pk).update(
            **{name: named.get(value, value) for name, value in values.items()}
        )


@pytest.mark.parametrize(
    "values",
    [
        {"ends_on": "2025-06-09"},
        {"ends_on": "2025-06-11"},
        {"precision": "WINDOW", "ends_on": "2025-06-10"},
        {"precision": "MONTH", "starts_on": "2025-06-01"},
        {"precision": "YEAR", "starts_on": "2025-01-01"},
        {"clock_time": "12:00", "time_zone": "Asia/Seoul", "minutes": 25},
        {"kind": "CALL", "channel": "VIDEO"},
        {"kind": "SUMMIT", "channel": "IN_PERSON"},
        {"kind": "DISPUTE", "channel": ""},
    ],
)
def test_an_event_in_a_good_state_is_taken(values, editor):
    event = make_event(editor)

    assert Event.objects.filter(pk=event.pk).update(**values) == 1
    at_the_end_of_the_transaction()


def test_a_term_cannot_end_before_it_starts():
    with refused("term_ends_on_or_after_its_start"):
        make_term(starts_on=date(2025, 6, 4), ends_on=date(2025, 6, 3))


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        (date(2020, 1, 1), None),
        (date(2020, 1, 1), date(2021, 1, 2)),
        (date(2022, 1, 1), date(2022, 2, 1)),
        (date(2022, 12, 31), None),
    ],
)
def test_two_people_cannot_hold_one_office_at_a_time(starts_on, ends_on):
    make_term(make_person("a"), starts_on=date(2021, 1, 1), ends_on=date(2023, 1, 1))

    with refused("terms_of_one_office_do_not_overlap"):
        make_term(make_person("b"), starts_on=starts_on, ends_on=ends_on)


def test_terms_may_touch_on_the_day_of_the_handover():
    make_term(make_person("a"), starts_on=date(2021, 1, 1), ends_on=date(2023, 1, 1))

    make_term(make_person("b"), starts_on=date(2023, 1, 1))
    make_term(make_person("c"), starts_on=date(2019, 1, 1), ends_on=date(2021, 1, 1))


def test_two_offices_may_be_held_at_a_time():
    make_term(make_person("a"), starts_on=date(2021, 1, 1))

    make_term(make_person("b"), office=make_office("acting_president"), starts_on=date(2021, 1, 1))
    make_term(make_person("c", "JP"), starts_on=date(2021, 1, 1))


def test_a_published_event_has_a_citation():
    with refused("published_event_has_a_citation"):
        make_event(citations=0)


def test_a_published_event_inserted_by_hand_has_a_citation(editor):
    with refused("published_event_has_a_citation"):
        sql(
            """
            INSERT INTO events_event (
                public_id, slug, kind, setting, channel, visit_type, status, certainty, precision,
                starts_on, time_zone, approximate, title_en, title_ko, title_ja, summary_en,
                summary_ko, summary_ja, occasion, withdrawn_reason, version, published_at,
                published_by_id
            ) VALUES (%s, 'by-hand', 'OTHER', '', '', '', 'HELD', 'CONFIRMED', 'DAY',
                '2025-06-09', '', false, 'a', 'b', 'c', '', '', '', '', '', 1, now(), %s)
            """,
            uuid4(),
            editor.pk,
        )


def test_a_draft_published_by_hand_has_a_citation(editor):
    draft = make_event(published=False, citations=0)

    with refused("published_event_has_a_citation"):
        sql(
            "UPDATE events_event SET published_at = now(), published_by_id = %s WHERE id = %s",
            editor.pk,
            draft.pk,
        )


def test_a_draft_needs_no_citation():
    make_event(published=False, citations=0)
    at_the_end_of_the_transaction()


def test_the_last_citation_of_a_published_event_stays():
    event = make_event(citations=2)
    sql("DELETE FROM events_citation WHERE id = %s", event.citations.first().pk)
    at_the_end_of_the_transaction()

    with refused("published_event_has_a_citation"):
        sql("DELETE FROM events_citation WHERE event_id = %s", event.pk)


def test_the_last_citation_cannot_move_to_another_event():
    event, other = make_event(), make_event()

    with refused("published_event_has_a_citation"):
        sql("UPDATE events_citation SET event_id = %s WHERE event_id = %s", other.pk, event.pk)


def test_the_last_citation_may_be_replaced_in_one_transaction():
    event = make_event()

    event.citations.all().delete()
    make_citation(event=event)
    at_the_end_of_the_transaction()


def test_a_citation_supports_one_thing():
    event, anniversary = make_event(), make_anniversary()

    with refused("citation_supports_exactly_one_thing"):
        make_citation()
    with refused("citation_supports_exactly_one_thing"):
        make_citation(event=event, anniversary=anniversary)
    with refused("citation_supports_exactly_one_thing"):
        make_citation(event=event, term=make_term())


def test_a_source_is_cited_once():
    url = "https://example.org/twice"
    event, anniversary, term = make_event(), make_anniversary(), make_term()

    twice("event_cites_an_address_once", lambda: make_citation(url=url, event=event))
    twice(
        "anniversary_cites_an_address_once", lambda: make_citation(url=url, anniversary=anniversary)
    )
    twice("term_cites_an_address_once", lambda: make_citation(url=url, term=term))


def test_the_address_of_a_source_has_a_scheme():
    event = make_event()

    with refused("citation_address_is_http"):
        make_citation(event=event, url="example.org/a")
    with refused("citation_address_is_http"):
        make_citation(event=event, url="javascript:alert(1)")
    with refused("readout_address_is_http"):
        make_readout(event, url="example.org/a")
    with refused("commitment_address_is_http"):
        make_commitment(event, url="ftp://example.org/a")


def test_a_readout_is_by_a_country_concerned():
    event = make_event(countries=["KR", "JP"])
    make_country("US")

    with refused("account_is_by_a_country_concerned"):
        make_readout(event, "US")


def test_a_readout_inserted_by_hand_is_by_a_country_concerned():
    event, publisher = make_event(), make_publisher()
    make_country("US")

    with refused("account_is_by_a_country_concerned"):
        sql(
            """
            INSERT INTO events_readout (slug, event_id, issuer_id, issuing_body, url,
                publisher_id, as_reported_by, language, time_zone)
            VALUES ('by-hand', %s, 'US', '', 'https://example.org/', %s, '', '', '')
            """,
            event.pk,
            publisher.pk,
        )


def test_a_readout_cannot_change_to_a_country_that_is_not_concerned():
    event = make_event()
    readout = make_readout(event, "KR")
    make_country("US")

    with refused("account_is_by_a_country_concerned"):
        sql("UPDATE events_readout SET issuer_id = 'US' WHERE id = %s", readout.pk)
    with refused("account_is_by_a_country_concerned"):
        other = make_event(countries=["JP"])
        sql("UPDATE events_readout SET event_id = %s WHERE id = %s", other.pk, readout.pk)


def test_a_silence_is_of_a_country_concerned():
    event, topic = make_event(), make_topic()
    make_country("US")

    with refused("account_is_by_a_country_concerned"):
        sql(
            "INSERT INTO events_silence (event_id, issuer_id, topic_id, basis, is_firm)"
            " VALUES (%s, 'US', %s, 'contrast of accounts seen', false)",
            event.pk,
            topic.pk,
        )


@pytest.mark.parametrize("account", ["readout", "silence"])
def test_a_country_with_an_account_cannot_leave_the_event(account):
    event = make_event()
    if account == "readout":
        make_readout(event, "KR")
    else:
        Silence.objects.create(event=event, issuer_id="KR", topic=make_topic(), basis="denied")
    make_country("US")

    with refused("account_is_by_a_country_concerned"):
        EventCountry.objects.filter(event=event, country="KR").delete()
    with refused("account_is_by_a_country_concerned"):
        EventCountry.objects.filter(event=event, country="KR").update(country="US")


def test_a_readout_and_its_country_may_be_written_in_any_order():
    event = make_event(countries=["JP"])

    make_readout(event, "KR")
    EventCountry.objects.create(event=event, country_id="KR")
    at_the_end_of_the_transaction()


def test_a_published_event_is_never_deleted():
    event = make_event()
    with refused("Cannot delete"):
        event.delete()
    with refused("Cannot delete"):
        sql("DELETE FROM events_event WHERE id = %s", event.pk)


def test_a_draft_may_be_deleted():
    make_event(published=False).delete()
    at_the_end_of_the_transaction()


def test_a_public_id_never_changes():
    event = make_event()

    with refused("Cannot update"):
        sql("UPDATE events_event SET public_id = %s WHERE id = %s", uuid4(), event.pk)


def test_a_clock_time_of_a_readout_has_its_date_and_zone():
    event = make_event()
    for values in (
        {"published_time": time(12, 0)},
        {"published_time": time(12, 0), "time_zone": "Asia/Seoul"},
        {"published_time": time(12, 0), "published_on": date(2025, 6, 9)},
        {"published_on": date(2025, 6, 9), "time_zone": "Asia/Seoul"},
    ):
        with refused("readout_time_has_a_date_and_a_zone"):
            make_readout(event, **values)


def test_a_deadline_and_its_precision_go_together():
    event = make_event()

    with refused("commitment_due_date_has_a_precision"):
        make_commitment(event, due_on=date(2026, 1, 1))
    with refused("commitment_due_date_has_a_precision"):
        make_commitment(event, due_precision="DAY")
    for precision, day in (("MONTH", 2), ("YEAR", 2)):
        with refused("commitment_due_in_a_month_or_year_on_its_first_day"):
            make_commitment(event, due_on=date(2026, 1, day), due_precision=precision)
    with refused("commitment_due_in_a_month_or_year_on_its_first_day"):
        make_commitment(event, due_on=date(2026, 2, 1), due_precision="YEAR")


def test_a_fulfilled_commitment_names_the_event_that_did_it():
    with refused("commitment_fulfilled_names_the_event"):
        make_commitment(make_event(), status=Commitment.Status.FULFILLED)


def test_a_country_code_is_two_capital_letters():
    with refused("country_code_is_two_capital_letters"):
        make_country("kr")


def make_evidence(**values: Any) -> Evidence:
    quote = {"sentence": "They spoke.", "quote": "spoke", "starts_at": 5, "ends_at": 10}
    return Evidence.objects.create(**{"field": "kind", "text_sha256": "0" * 64, **quote, **values})


def test_the_quote_of_a_piece_of_evidence_has_a_length():
    citation = make_citation(event=make_event())

    with refused("evidence_quote_has_a_length"):
        make_evidence(citation=citation, ends_at=5)


def twice(constraint: str, make: Callable[[], Any]) -> None:
    make()
    with refused(constraint):
        make()


def test_what_is_said_once_is_stored_once():
    event, topic, person = make_event(), make_topic(), make_person()
    korea, anniversary = make_country("KR"), make_anniversary(countries=[])
    readout = make_readout(event, "KR")
    citation = make_citation(event=event)

    with refused("event_names_a_country_once"):
        EventCountry.objects.create(event=event, country=korea)
    with refused("readout_is_listed_once"):
        make_readout(event, "KR", url=readout.url)
    twice(
        "event_names_a_place_once",
        lambda: EventPlace.objects.create(event=event, country=korea, city="Seoul"),
    )
    twice("event_names_a_topic_once", lambda: EventTopic.objects.create(event=event, topic=topic))
    twice(
        "event_names_a_participant_once",
        lambda: Participation.objects.create(event=event, person=person),
    )
    twice(
        "alias_of_a_person_is_listed_once",
        lambda: Alias.objects.create(person=person, language="ko", form="이재명"),
    )
    twice(
        "office_is_listed_once",
        lambda: Office.objects.create(country=korea, slug="president", name_en="President"),
    )
    twice(
        "anniversary_names_a_country_once",
        lambda: AnniversaryCountry.objects.create(anniversary=anniversary, country=korea),
    )
    twice(
        "readout_has_one_point_at_a_position",
        lambda: Point.objects.create(readout=readout, position=1, text_en="a"),
    )
    twice(
        "silence_is_recorded_once",
        lambda: Silence.objects.create(event=event, issuer=korea, topic=topic, basis="denied"),
    )
    twice("evidence_is_stored_once", lambda: make_evidence(citation=citation))


def test_addresses_and_ids_are_unique():
    event = make_event()

    with refused("events_event_slug"):
        make_event(slug=event.slug)
    with refused("events_event_public_id"):
        make_event(public_id=event.public_id)
    EventSlug.objects.create(slug="old", event=event)
    with refused("events_eventslug_slug"):
        EventSlug.objects.create(slug="old", event=make_event())
    with refused("events_country_position"):
        Country.objects.create(code="FR", name_en="a", position=make_country("KR").position)
    # A second translation of the same words would be shown or not by chance.
    twice("events_phrase_text_en", lambda: Phrase.objects.create(text_en="Seoul", text_ko="서울"))


def test_a_report_is_about_exactly_one_thing():
    things = {"event": make_event(), "person": make_person()}
    things |= {"anniversary": make_anniversary(), "topic": make_topic()}
    report = {"about": "OTHER", "message": "Wrong.", "language": "en", "created_at": MOMENT}

    for name, thing in things.items():
        ErrorReport.objects.create(**report, **{name: thing})
    for names in ([], *combinations(things, 2), list(things)):
        with refused("report_is_about_exactly_one_thing"):
            ErrorReport.objects.create(**report, **{name: things[name] for name in names})


@pytest.mark.parametrize("half", ["time", "editor"])
def test_a_report_is_closed_at_a_time_and_by_somebody(half, editor):
    closed = {"closed_at": MOMENT} if half == "time" else {"closed_by": editor}

    with refused("report_is_closed_at_a_time_by_somebody"):
        ErrorReport.objects.create(
            event=make_event(),
            about="DATE",
            message="Off by a day.",
            language="en",
            created_at=MOMENT,
            **closed,
        )


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("report_has_an_outcome_only_when_closed", {"outcome": "CORRECTED"}),
        (
            "report_that_changes_nothing_is_given_a_reason",
            {"outcome": "NOT_CORRECTED", "closed_at": MOMENT},
        ),
        (
            "report_has_a_public_reason_only_if_it_is_told",
            {"outcome": "UNUSABLE", "public_reason": "Why", "closed_at": MOMENT},
        ),
    ],
)
def test_the_outcome_of_a_report_is_one_that_can_be_told(constraint, fields, editor):
    if "closed_at" in fields:
        fields = {**fields, "closed_by": editor}

    with refused(constraint):
        ErrorReport.objects.create(
            event=make_event(),
            about="DATE",
            message="Off by a day.",
            language="en",
            created_at=MOMENT,
            **fields,
        )


def test_every_named_constraint_of_the_record_is_tested_here():
    source = Path(__file__).read_text(encoding="utf-8")
    names = {
        constraint.name
        for model in apps.get_app_config("events").get_models()
        for constraint in model._meta.constraints
    }

    assert names
    assert [name for name in sorted(names) if name not in source] == []
