"""Leaders' contacts by year: what is counted, what is said of it, how it is drawn and given out."""

import csv
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from html import unescape
from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.template.loader import render_to_string

from diplomacy.celery import app
from events import tasks
from events.charts import engine
from events.charts.figures import count_by_year, finding
from events.models import Drawing
from events.views import charts
from tests.events.build import make_event, make_office, make_person, make_term

TODAY = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nobody_has_asked_before():
    cache.clear()


@pytest.fixture
def june(time_machine):
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def leaders(db, june):
    """A president and a prime minister in office since long ago."""
    president, minister = make_person("the-president", "KR"), make_person("the-minister", "JP")
    make_term(president, starts_on=date(1990, 1, 1))
    make_term(minister, office=make_office("prime_minister", "JP"), starts_on=date(1990, 1, 1))
    return [president, minister]


@pytest.fixture
def contacts(leaders):
    """Two calls and a summit in 2024, a summit in 1995, and the last event of the record."""
    for month in (3, 4):
        make_event(people=leaders, starts_on=date(2024, month, 1))
    make_event(kind="SUMMIT", people=leaders, starts_on=date(2024, 5, 1), slug="the-summit")
    make_event(kind="SUMMIT", people=leaders, starts_on=date(1995, 5, 1))
    make_event(kind="STATEMENT", starts_on=date(2026, 5, 20))
    return leaders


@pytest.fixture
def asked(monkeypatch):
    """The names of the charts that a worker was asked to draw."""
    names = []
    monkeypatch.setattr(tasks.draw_charts, "delay", lambda name: names.append(name))
    return names


def shown(language="en"):
    return render_to_string("events/_chart.html", {"chart": charts.contacts_by_year(language)})


def figures(by_year, *, first=2000, last=2005, reaches=date(2005, 12, 31)):
    days = [("CALL", date(year, 1, 9)) for year, n in by_year.items() for _ in range(n)]
    return count_by_year(
        days, first=first, last=last, reaches=reaches, covered_from=date(2001, 1, 1)
    )


def test_the_headline_names_the_fullest_and_the_emptiest_years():
    said = finding(figures({2001: 3, 2002: 1, 2003: 3, 2004: 2, 2005: 2}))

    assert said == (
        "The record holds the most contacts of the two leaders for 2001 and 2003 (3 each), "
        "the fewest for 2002 (1)"
    )


def test_only_years_that_are_covered_whole_are_compared():
    counts = {2000: 9, 2001: 2, 2002: 3, 2003: 2, 2004: 2, 2005: 9}

    said = finding(figures(counts, reaches=date(2005, 12, 30)))

    assert "for 2002 (3), the fewest for 2001, 2003 and 2004 (2 each)" in said

    counts |= {2000: 1, 2005: 1}
    said = finding(figures(counts, reaches=date(2005, 12, 30)))

    assert "for 2002 (3), the fewest for 2001, 2003 and 2004 (2 each)" in said


def test_years_that_are_too_many_to_name_are_counted():
    assert "the fewest for 5 of 6 years (0 each)" in finding(
        figures({2003: 1}, last=2006, reaches=date(2006, 12, 31))
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({2000: 4}, "no contact of the two leaders in a year that it covers whole"),
        (dict.fromkeys(range(2001, 2006), 2), "2 contacts of the two leaders in each year from"),
    ],
)
def test_there_is_a_headline_where_no_year_stands_out(counts, said):
    assert said in finding(figures(counts))


def test_what_lies_after_the_reach_of_the_record_is_not_counted():
    counted = figures({2004: 1, 2005: 2}, reaches=date(2005, 1, 8))

    assert [year.total for year in counted.years] == [0, 0, 0, 0, 1, 0]


def test_the_table_tells_nothing_recorded_from_nothing_known(contacts):
    page = shown()
    rows = {
        re.search(r">(\d{4})</a>", row)[1]: re.findall(r"<td[^>]*>(.*?)</td>", row)
        for row in re.findall(r"<tr>(<th scope=\"row\">.*?)</tr>", page)
    }

    # Summits, visits, trilateral summits, calls, all of them, coverage.
    assert rows["2024"] == ["1", "0", "0", "2", "3", ""]
    assert rows["2020"] == ["0", "0", "0", "0", "0", ""]
    assert rows["1995"] == ["1", "–", "–", "–", "1", "selective"]
    assert not {"1994", "2026"} & set(rows)
    assert "selective before 1998 and reaches to 20 May 2026" in page


def test_a_page_without_a_drawing_shows_the_table_and_asks_for_one(
    contacts, asked, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page, _again = shown(), shown()

    assert "The chart is being drawn. The table has the same figures." in page
    assert "<details open>" in page
    assert "<svg" not in page
    assert asked == ["contacts"]


def test_nobody_is_asked_while_the_cache_and_with_it_the_broker_is_away(
    contacts, asked, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(cache, "add", lambda *_: True)
    monkeypatch.setattr(cache, "get", lambda *_: None)

    with django_capture_on_commit_callbacks(execute=True):
        page = shown()

    assert "being drawn" in page
    assert asked == []


def test_a_drawing_stands_in_the_page_in_two_widths_and_in_every_language(contacts, asked):
    tasks.draw_charts()

    assert Drawing.objects.count() == 2 * len(settings.LANGUAGES)
    for language in ("en", "ko", "ja"):
        page = shown(language)
        assert page.count("<svg") == 2
        assert "<details>" in page
        # A strict policy blocks both.
        assert "style" not in page
        ids = re.findall(r'<\w+ id="([^"]+)"', page)
        assert len(ids) == len(set(ids)) > 2
        assert {name in ids for name in re.findall(r"url\(#([^)]+)\)", page)} == {True}


def test_a_mark_leads_to_what_it_counts(client, contacts):
    tasks.draw_charts()
    links = re.findall(r'<a href="([^"]+)" tabindex="-1"><title>(.*?)</title>', shown())

    assert [told for _address, told in links] == [
        "1995 · Summit: 1",
        "2024 · Summit: 1",
        "2024 · Call: 2",
    ]
    page = client.get(unescape(links[1][0])).content.decode()
    assert re.findall(r'class="card-title"><a href="([^"?]+)', page) == ["/en/events/the-summit/"]


def test_a_drawing_of_other_figures_is_not_shown(contacts, asked):
    tasks.draw_charts()
    make_event(people=contacts, starts_on=date(2023, 3, 1))

    assert "being drawn" in shown()

    tasks.draw_charts()
    assert "2023 · Call: 1" in shown()


def test_nothing_is_drawn_twice(contacts, monkeypatch):
    tasks.draw_charts()
    monkeypatch.setattr(engine, "draw", lambda *_, **__: pytest.fail("drawn again"))

    tasks.draw_charts()

    assert "<svg" in shown()


def test_drawings_that_nobody_needs_are_forgotten_after_a_month(contacts, time_machine):
    tasks.draw_charts()
    before = set(Drawing.objects.values_list("key", flat=True))
    make_event(people=contacts, starts_on=date(2023, 3, 1))

    time_machine.move_to(TODAY + timedelta(days=31), tick=False)
    tasks.draw_charts()

    kept = set(Drawing.objects.values_list("key", flat=True))
    assert len(kept) == len(before)
    assert not kept & before


def test_beat_draws_the_charts():
    schedule = {entry["task"]: entry["schedule"] for entry in app.conf.beat_schedule.values()}
    assert schedule[tasks.draw_charts.name] == 60


def test_a_web_process_does_not_load_the_engine():
    loads = "import diplomacy.wsgi, django.urls as u, sys; u.get_resolver().url_patterns"
    script = f"{loads}; sys.exit('vl_convert' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("events", [1, 20])
def test_a_chart_costs_the_same_for_few_and_many(leaders, asked, events, django_assert_num_queries):
    for day in range(1, events + 1):
        make_event(people=leaders, starts_on=date(2024, 1, day))

    with django_assert_num_queries(4):  # contacts, reach of the record, terms, drawings
        shown()


def test_the_figures_come_as_a_file_in_which_the_unknown_is_empty(client, contacts):
    answer = client.get("/charts/contacts.csv")

    rows = {row["year"]: row for row in csv.DictReader(StringIO(answer.text))}
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert [*rows][0] == "1965"
    assert rows["2024"] == {
        "year": "2024",
        "summit": "1",
        "visit": "0",
        "trilateral_summit": "0",
        "call": "2",
        "total": "3",
        "coverage": "whole year",
    }
    assert (rows["1994"]["total"], rows["1994"]["coverage"]) == ("", "selective")
    assert (rows["2026"]["call"], rows["2026"]["coverage"]) == ("", "to 20 May 2026")


def test_the_specification_stands_alone(client, contacts):
    spec = json.loads(client.get("/charts/contacts.vl.json?lang=ja").text)

    assert "var(" not in json.dumps(spec)
    (bars,) = [layer for layer in spec["layer"] if layer["name"] == "contacts"]
    assert {row["kind"] for row in bars["data"]["values"]} == {"首脳会談", "電話会談"}
    addresses = {row["timeline"].partition("?")[0] for row in bars["data"]["values"]}
    assert addresses == {"http://testserver/ja/timeline/"}
    assert spec["title"]["text"]
    assert engine.draw(spec, name="alone").startswith("<svg")


@pytest.mark.parametrize("kind", ["csv", "vl.json"])
def test_a_file_that_cannot_be_given_says_why(client, contacts, kind):
    answer = client.get(f"/charts/contacts.{kind}?lang=fr")

    assert answer.status_code == 400
    assert answer.text == "lang: give one of en, ko, ja.\n"
    for name in ("weather", "contacts-of-nobody", "the-president"):
        assert client.get(f"/charts/{name}.{kind}").status_code == 404


def test_one_persons_chart_counts_what_that_person_took_part_in(client, contacts):
    president, _minister = contacts
    make_event(kind="VISIT", people=[president], starts_on=date(2023, 3, 1))

    tasks.draw_charts(name="contacts-of-the-president")
    chart = charts.contacts_over_time("en", president)
    page = render_to_string("events/_chart.html", {"chart": chart})

    assert "the most contacts of The President for 2024 (3)" in page
    assert "2023 · Visit: 1" in page
    assert "leader=the-president" in page
    assert "/charts/contacts-of-the-president.csv" in page
    assert client.get("/charts/contacts-of-the-president.csv").status_code == 200


def test_a_person_without_contacts_has_no_chart(leaders):
    assert charts.contacts_over_time("en", leaders[0]) is None
