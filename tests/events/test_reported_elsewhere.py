"""Errors are reported on the pages of people, anniversaries and topics as on those of events.

With the same form, limits and outcomes: what the page showed is kept, and what became of it stands
on that page, in the log of corrections and in its feed.
"""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import transaction
from django.utils.translation import override

from events.corrections import changes_of_rows, read_log
from events.counterparts import keys_of_terms_of
from events.history import at_time
from events.models import Anniversary, ErrorReport, Person, Phrase, Term
from events.models.reports import THINGS
from events.reportable import page_address, report_address
from events.reporting import close
from events.shown import field_name, find_field
from events.shown_pages import fields_of, rows_of
from tests.events.build import (
    make_anniversary,
    make_citation,
    make_event,
    make_office,
    make_person,
    make_readout,
    make_term,
    make_topic,
)

pytestmark = pytest.mark.django_db

OPENED = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
WRITTEN = OPENED - timedelta(days=30)
CLOSED = OPENED + timedelta(days=2)
OTHERS = [name for name in THINGS if name != "event"]


@pytest.fixture
def clock():
    with time_machine.travel(OPENED, tick=False) as traveller:
        yield traveller


@pytest.fixture
def things(editor):
    """One thing of each sort, by its name; their pages show something of everything."""
    with transaction.atomic(), at_time(WRITTEN):
        return _things()


def _things():
    lee = make_person("lee-jae-myung", name_en="Lee Jae-myung", name_ko="이재명", name_ja="李在明")
    ishiba = make_person("ishiba-shigeru", "JP", name_en="Ishiba Shigeru")
    office = make_office(name_en="President", name_ko="대통령", name_ja="大統領")
    term = make_term(lee, office=office, party_en="Democratic Party")
    Phrase.objects.create(text_en="Democratic Party", text_ko="더불어민주당", text_ja="共に民主党")
    make_citation(term=term, url="https://example.org/term")
    topic = make_topic(
        "security",
        name_en="Security",
        name_ko="안보",
        name_ja="安全保障",
        description_en="Defence.",
    )
    event = make_event(
        slug="2025-06-22-call",
        title_en="Call on the day",
        starts_on=date(2025, 6, 22),
        people=[lee, ishiba],
        topics=[topic],
    )
    make_readout(event, "KR", points=[("security", "AGREED", "cooperate")])
    anniversary = make_anniversary(
        title_en="Treaty day",
        title_ko="조약의 날",
        title_ja="条約の日",
        description_en="The treaty was signed.",
        observed_by="Governments",
        citations=["https://example.org/day"],
    )
    rows = {"event": event, "person": lee, "anniversary": anniversary, "topic": topic}
    return {name: THINGS[name].objects.get(pk=row.pk) for name, row in rows.items()}


def shown_on(thing, language="en"):
    owner = next(name for name, model in THINGS.items() if isinstance(thing, model))
    with override(language):
        return {one.key: one for one in fields_of(rows_of(owner).get(pk=thing.pk), today=TODAY)}


def texts_of(thing, language="en"):
    return {key: one.text for key, one in shown_on(thing, language).items()}


def address(thing, language="en"):
    with override(language):
        return report_address(thing)


def value_of(page, name):
    return unescape(re.search(rf'name="{name}" value="([^"]*)"', page)[1])


def send(client, clock, thing, *, language="en", **values):
    """Open the form, take half a minute over it, and send it."""
    page = client.get(address(thing, language)).text
    clock.shift(timedelta(seconds=30))
    typed = {
        "about": "WORDING",
        "message": "It was another.",
        "shown_at": value_of(page, "shown_at"),
        "state": value_of(page, "state"),
        **values,
    }
    return client.post(address(thing, language), typed)


def make_report(thing, **fields):
    owner = next(name for name, model in THINGS.items() if isinstance(thing, model))
    values = {"about": "WORDING", "message": "Secret words.", "language": "en", **fields}
    return ErrorReport.objects.create(**{owner: thing}, created_at=OPENED, **values)


def links(page, thing):
    """The fields at which a page leads to the form; empty for the page as a whole."""
    return re.findall(rf'href="{re.escape(address(thing))}(?:\?field=([\w-]+))?"', page)


# What is shown, and how the form is reached


def test_the_fields_of_a_person_are_those_that_the_page_shows(things):
    person = things["person"]
    term = person.terms.get()

    shown = texts_of(person)

    assert shown["names"] == "Lee Jae-myung\n이재명\n李在明"
    assert shown["country"] == "Republic of Korea"
    assert shown[f"term-{term.pk}"].splitlines() == [
        "President",
        "4 June 2025 – no end recorded",
        "Democratic Party",
        "example.org · https://example.org/term",
    ]
    assert shown["counterparts"] == "Ishiba Shigeru, Japan: 1 (22 Jun 2025)"
    assert shown["latest"] == "Sunday, 22 June 2025: Call on the day"
    assert "2025: 1" in shown["chart"].splitlines()


def test_the_fields_of_an_anniversary_are_those_that_the_page_shows(things):
    shown = texts_of(things["anniversary"])

    assert shown.pop("names") == "Treaty day\n조약의 날\n条約の日"
    assert shown.pop("description") == "The treaty was signed."
    assert shown.pop("origin") == "22 June 1965"
    assert shown.pop("calendar") == "Solar"
    assert shown.pop("marked") == "Republic of Korea and Japan"
    assert shown.pop("observed") == "Governments"
    assert shown.pop("ahead").splitlines()[0] == "Monday, 22 June 2026 · 61st anniversary"
    assert shown.pop("past") == "Sunday, 22 June 2025: Call on the day"
    (source,) = shown.values()
    assert source == "example.org · https://example.org/day"


def test_the_fields_of_a_topic_are_those_that_the_page_shows(things):
    assert texts_of(things["topic"]) == {
        "names": "Security\n안보\n安全保障",
        "description": "Defence.",
        "years": "2025: 1",
        "stances": (
            "Republic of Korea: Mentioned 0, Agreed 1, Raised by one side 0, "
            "Readouts with such a point 1\n"
            "Japan: Mentioned 0, Agreed 0, Raised by one side 0, Readouts with such a point 0"
        ),
        "people": "Lee Jae-myung, Republic of Korea: 1\nIshiba Shigeru, Japan: 1",
        "latest": "Sunday, 22 June 2025: Call on the day",
    }


def test_what_is_shown_is_in_the_language_of_the_reader(things):
    term = things["person"].terms.get()

    assert texts_of(things["person"], "ja")[f"term-{term.pk}"].splitlines()[:3] == [
        "大統領",
        "2025年6月4日 – 終了の記録なし",
        "共に民主党",
    ]


@pytest.mark.parametrize("owner", OTHERS)
def test_no_fields_are_mixed_up_by_their_keys(things, owner):
    fields = shown_on(things[owner]).values()

    assert all(len(one.key) <= 40 and field_name(one.key) for one in fields)
    assert all(find_field(fields, one.key) == one for one in fields)


@pytest.mark.parametrize("owner", OTHERS)
def test_each_part_of_a_page_leads_to_the_form_that_shows_it(client, clock, things, owner):
    thing = things[owner]
    term = things["person"].terms.get()
    expected = {
        "person": ["names", f"term-{term.pk}", "chart", "counterparts", ""],
        "anniversary": ["", "ahead", "past", "source", ""],
        "topic": ["", "years", "stances", "people", ""],
    }

    asked = links(client.get(page_address(thing)).text, thing)

    assert asked == expected[owner]
    for field in filter(None, asked):
        page = client.get(f"{address(thing)}?field={field}").text
        block = re.search(r"<blockquote>(.*?)</blockquote>", page, re.DOTALL)
        told = unescape(block[1]).replace("<br>", "\n")
        assert told == find_field(shown_on(thing).values(), field).text


def test_two_terms_of_one_office_are_told_apart(client, things):
    person = things["person"]
    office = person.terms.get().office
    make_term(person, office=office, starts_on=date(2010, 1, 1), ends_on=date(2011, 1, 1))

    page = client.get(page_address(person)).text
    names = re.findall(r'Report an error<span class="visually-hidden"> \((President[^)]*)\)', page)

    assert names == ["President 2025–", "President 2010–2011"]
    told = [one.name for one in shown_on(person).values() if one.key.startswith("term-")]
    assert told == ["Term of office: President 2025", "Term of office: President 2010"]


def test_a_past_day_is_left_for_the_form_of_today(client, things, clock):
    clock.shift(timedelta(days=5))
    page = client.get(f"{page_address(things['person'])}?as_of=2026-06-03").text

    assert "" in links(page, things["person"])


@pytest.mark.parametrize(
    ("owner", "choices"),
    [
        ("person", ["DATE", "SOURCE", "WORDING", "OTHER"]),
        ("anniversary", ["DATE", "SOURCE", "WORDING", "OTHER"]),
        ("topic", ["PEOPLE", "READOUT", "WORDING", "OTHER"]),
    ],
)
def test_only_what_can_be_wrong_on_such_a_page_is_offered_and_taken(
    client, clock, things, owner, choices
):
    page = client.get(address(things[owner])).text
    assert re.findall(r'name="about"[^>]*value="([A-Z]+)"', page) == choices

    refused = send(client, clock, things[owner], about="PLACE")

    assert refused.status_code == 422
    assert "Choose what is wrong." in refused.text
    assert not ErrorReport.objects.exists()


# How a report is received


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("owner", OTHERS)
def test_a_report_keeps_what_the_reader_saw_of_the_one_thing(
    client, clock, things, owner, language
):
    thing = things[owner]

    response = send(client, clock, thing, field="names", language=language)

    assert response.status_code == 303
    kept = ErrorReport.objects.get()
    assert kept.thing == thing
    assert (kept.field, kept.shown, kept.language) == (
        "names",
        texts_of(thing, language)["names"],
        language,
    )
    assert kept.revision is None
    thanks = client.get(response["Location"])
    assert thanks.status_code == 200
    with override(language):
        assert f'href="{page_address(thing)}"' in thanks.text
        assert f'href="{report_address(thing)}"' in thanks.text


@pytest.mark.parametrize("owner", OTHERS)
def test_the_form_names_the_thing_and_leads_back_to_its_page(client, things, owner):
    thing = things[owner]
    label = {"person": "Person:", "anniversary": "Anniversary:", "topic": "Topic:"}[owner]
    name = {"person": "Lee Jae-myung", "anniversary": "Treaty day", "topic": "Security"}[owner]

    for query in ("", "?sent=1"):
        page = client.get(address(thing) + query).text
        assert f'{label} <a href="{page_address(thing)}">{name}</a>' in page
        assert f'<a href="{page_address(thing)}">Back to the page</a>' in page
        assert '<meta name="robots" content="noindex">' in page


def test_what_was_shown_is_never_taken_from_the_browser(client, clock, things):
    send(client, clock, things["anniversary"], field="origin", shown="On the record: a lie.")

    assert ErrorReport.objects.get().shown == "22 June 1965"


def test_a_term_that_changed_meanwhile_is_shown_again_before_anything_is_kept(
    client, clock, things
):
    person = things["person"]
    term = person.terms.get()
    key = f"term-{term.pk}"
    page = client.get(f"{address(person)}?field={key}").text
    clock.shift(timedelta(seconds=30))
    Term.objects.filter(pk=term.pk).update(starts_on=date(2025, 6, 5))
    typed = {"about": "DATE", "field": key, "message": "It began on the 5th."}
    typed["shown_at"] = value_of(page, "shown_at")

    refused = client.post(address(person), {**typed, "state": value_of(page, "state")})

    assert refused.status_code == 422
    assert "has changed since" in refused.text
    assert "5 June 2025" in refused.text
    assert not ErrorReport.objects.exists()
    again = client.post(address(person), {**typed, "state": value_of(refused.text, "state")})
    assert again.status_code == 303


@pytest.mark.parametrize("field", ["title", "term", "term-999999", "names\0", "x" * 300])
def test_a_field_that_the_page_does_not_show_is_refused(client, clock, things, field):
    response = send(client, clock, things["topic"], field=field)

    assert response.status_code == 422
    assert "shows no such field" in response.text
    assert not ErrorReport.objects.exists()


@pytest.mark.parametrize("owner", OTHERS)
def test_a_page_takes_the_same_words_once_and_twenty_reports_until_one_is_closed(
    client, clock, things, owner, editor
):
    thing = things[owner]
    reports = [make_report(thing, message=f"Wrong {n}.") for n in range(19)]
    assert send(client, clock, thing).status_code == 303

    again, more = send(client, clock, thing), send(client, clock, thing, message="Another.")

    assert again.status_code == 422
    assert "has been received for this page already" in again.text
    assert more.status_code == 429
    assert more["Retry-After"] == "86400"
    assert "Many reports on this page" in more.text
    assert send(client, clock, things["event"]).status_code == 303
    close(reports[0], outcome="UNUSABLE", by=editor, at=OPENED)
    assert send(client, clock, thing, message="Another.").status_code == 303


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"homepage": "https://spam.example"}, "must stay empty"),
        ({"shown_at": "x"}, "could not be checked"),
        ({"message": ""}, "Enter what it should say."),
    ],
)
def test_a_program_or_an_empty_form_is_refused_as_on_an_event(
    client, clock, things, values, message
):
    response = send(client, clock, things["person"], **values)

    assert response.status_code == 422
    assert message in response.text
    assert not ErrorReport.objects.exists()


def test_a_former_address_leads_to_the_form_and_takes_what_was_typed(client, clock, things):
    person = things["person"]
    old = address(person)
    page = client.get(old).text
    clock.shift(timedelta(seconds=30))
    Person.objects.filter(pk=person.pk).update(slug="lee")

    asked = client.get(f"{old}?field=names")
    typed = {"about": "WORDING", "message": "Wrong.", "shown_at": value_of(page, "shown_at")}
    sent = client.post(old, typed)

    assert (asked.status_code, asked["Location"]) == (301, "/en/leaders/lee/report/?field=names")
    assert (sent.status_code, sent["Location"]) == (303, "/en/leaders/lee/report/?sent=1")
    assert ErrorReport.objects.get().person == person


@pytest.mark.parametrize("sort", ["leaders", "anniversaries", "topics"])
def test_what_is_not_there_or_no_more_takes_no_report(client, things, sort):
    things["anniversary"].delete()

    for slug in ("nobody", "normalization-treaty", "x" * 300):
        assert client.get(f"/en/{sort}/{slug}/report/").status_code == 404
        assert client.post(f"/en/{sort}/{slug}/report/").status_code == 404


def test_the_form_costs_the_same_for_few_and_many(client, things, django_assert_max_num_queries):
    person = things["person"]
    for number in range(10):
        other = make_person(f"other-{number}", "JP")
        make_event(people=[person, other], topics=["security"], starts_on=date(2024, 6, 22))
        make_citation(term=make_term(person, office=make_office(f"office-{number}")))

    for owner, most in (("person", 11), ("anniversary", 5), ("topic", 6)):
        with django_assert_max_num_queries(most):
            client.get(address(things[owner]))


# What became of it


@pytest.mark.parametrize("owner", OTHERS)
def test_the_outcome_stands_on_the_page_in_the_log_and_in_its_feed(client, things, owner, editor):
    thing = things[owner]
    report = make_report(thing, field="names")
    close(report, outcome="NOT_CORRECTED", public_reason="So it signs.", by=editor, at=CLOSED)

    line = "An error was reported (Names). Outcome: The record stays as it is"
    pages = [
        client.get(at).text
        for at in (page_address(thing), "/en/corrections/", "/corrections.atom?lang=en")
    ]
    for page in pages:
        assert line in page
        assert "So it signs." in page
        assert "Secret words" not in page
        assert editor.username not in page.replace("an editor", "")
    assert '<time datetime="2026-06-03">' in pages[0]
    newest = read_log(size=10).entries[0]
    assert (newest.address, newest.change.at) == (page_address(thing), CLOSED)
    assert newest.name == str(thing)


@pytest.mark.parametrize("outcome", ["DUPLICATE", "UNUSABLE", None])
@pytest.mark.parametrize("owner", OTHERS)
def test_what_was_no_report_or_is_open_is_not_told(client, things, owner, editor, outcome):
    report = make_report(things[owner])
    if outcome:
        close(report, outcome=outcome, by=editor, at=CLOSED)

    for at in (page_address(things[owner]), "/en/corrections/", "/corrections.atom?lang=en"):
        page = client.get(at).text
        assert "An error was reported" not in page
        assert "Errors reported by readers" not in page


def test_an_outcome_stands_on_no_other_page(client, things, editor):
    close(make_report(things["person"]), outcome="CORRECTED", by=editor, at=CLOSED)

    for owner in ("event", "anniversary", "topic"):
        assert "An error was reported" not in client.get(page_address(things[owner])).text


@pytest.mark.parametrize("owner", OTHERS)
def test_an_outcome_is_told_on_no_page_of_an_earlier_day(client, things, owner, editor):
    with time_machine.travel(CLOSED + timedelta(days=5)):
        close(make_report(things[owner]), outcome="CORRECTED", by=editor, at=CLOSED)
        before, after = (
            [
                client.get(f"{at}?as_of={day}").text
                for at in ("/en/corrections/", page_address(things[owner]))
            ]
            for day in ("2026-06-02", "2026-06-04")
        )

    assert all("An error was reported" not in page for page in before)
    assert all("An error was reported" in page for page in after)


def test_changes_of_a_person_and_the_terms_are_told_field_by_field(things):
    person = things["person"]
    term = person.terms.get()
    with transaction.atomic(), at_time(CLOSED):
        Person.objects.filter(pk=person.pk).update(name_en="Lee Jaemyung")
        Term.objects.filter(pk=term.pk).update(starts_on=date(2025, 6, 5))

    (named,) = changes_of_rows("person", [person.pk])
    (begun,) = changes_of_rows("term", keys_of_terms_of(person))

    assert [told.words for told in named.what] == ["Name (English) changed"]
    assert [told.words for told in begun.what] == ["Starts on changed"]
    assert changes_of_rows("anniversary", [things["anniversary"].pk]) == []


def test_the_log_costs_the_same_for_reports_of_all_sorts(things, editor, django_assert_num_queries):
    for number in range(5):
        for thing in things.values():
            report = make_report(thing, message=f"Wrong {number}.")
            close(report, outcome="CORRECTED", by=editor, at=CLOSED)

    with django_assert_num_queries(2):  # what was touched; the reports with their things
        log = read_log(size=20)
    assert len(log.entries) == 20


def test_what_is_removed_takes_its_reports_with_it(client, things, editor):
    close(make_report(things["anniversary"]), outcome="CORRECTED", by=editor, at=CLOSED)
    Anniversary.objects.get().delete()

    assert not ErrorReport.objects.exists()
    assert client.get("/en/corrections/").status_code == 200
