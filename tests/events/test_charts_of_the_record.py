"""The chart of leaders' contacts over the whole record: its headline, checked against the rows."""

import csv
import re
from collections import Counter
from io import StringIO

import pytest
from django.template.loader import render_to_string

from events.models import Event, Term
from events.views import charts

KINDS = ["CALL", "SUMMIT", "TRILATERAL_SUMMIT", "VISIT"]


@pytest.fixture(autouse=True)
def loaded(loaded_record, time_machine, now):
    """The record on the first of June 2026."""
    time_machine.move_to(now, tick=False)


def in_office(event, slug, country):
    terms = Term.objects.filter(office__slug=slug, office__country=country)
    first, last = event.starts_on, event.last_possible_on
    return {
        term.person_id
        for term in terms
        if term.starts_on <= first and (term.ends_on is None or term.ends_on >= last)
    }


def counted_by_hand():
    """Events by year in which both heads of the day took part, one by one."""
    years = Counter()
    for event in Event.objects.visible().filter(kind__in=KINDS, status="HELD"):
        people = set(event.people.values_list("pk", flat=True))
        heads = [("president", "KR"), ("prime_minister", "JP")]
        if all(people & in_office(event, *head) for head in heads):
            years[event.starts_on.year] += 1
    return years


def test_the_headline_is_what_the_rows_say():
    by_hand = counted_by_hand()
    whole = {year: by_hand[year] for year in range(1998, 2026)}
    fullest = [year for year in whole if whole[year] == max(whole.values())]
    emptiest = [year for year in whole if whole[year] == min(whole.values())]

    page = render_to_string("events/_chart.html", {"chart": charts.contacts_by_year("en")})

    said = re.search(r'<h2 id="chart-contacts">(.*?)</h2>', page)[1]
    most, fewest = (
        [int(number) for number in re.findall(r"\d+", part)] for part in said.split("the fewest")
    )
    assert most == [*fullest, max(whole.values())]
    assert fewest == [*emptiest, min(whole.values())]


def test_every_year_of_the_file_is_what_the_rows_say(client):
    rows = csv.DictReader(StringIO(client.get("/charts/contacts.csv").text))

    totals = {int(row["year"]): int(row["total"] or 0) for row in rows}
    assert list(totals) == list(range(1965, 2027))
    assert {year: number for year, number in totals.items() if number} == counted_by_hand()
