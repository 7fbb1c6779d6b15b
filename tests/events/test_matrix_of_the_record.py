"""Who mentioned what, in the curated record: silences are those that a source tells."""

import re

import pytest
from django.db import transaction
from django.utils import timezone

from events.loading.record import load_folder
from events.models import Silence
from tests.events.curated import CALL
from tests.events.reading import cells_by_topic, event_page


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole record, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_folder(at=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(record, db):
    """The record under each test's own transaction."""


def test_north_korea_in_the_call_of_june_2025_is_in_japans_accounts_alone(client):
    page = event_page(client, CALL)
    rows = cells_by_topic(page)
    korea, japan = rows["North Korea"]
    assert korea == "Not in this readout reported by JoongAng (abductions only)"
    assert "cooperation on the North including abductions" in japan
    assert "Ishiba wanted close work on the North, including abductions" in japan
    plain = " ".join(page.split())
    alone = dict(re.findall(r"Recorded only from ([^:]+): ([^.]+)\.", plain))
    assert "North Korea" in alone["Japan"]
    assert "North Korea" not in alone.get("Republic of Korea", "")
    in_all = re.search(r"In every account: ([^.]+)\.", plain)[1]
    assert "North Korea" not in in_all
    # What the Korean account does not have, and no source speaks of, is only not recorded.
    assert all(
        "Not in this readout" not in cells[0] for t, cells in rows.items() if t != "North Korea"
    )


@pytest.mark.parametrize(
    ("language", "topic", "told"),
    [
        ("ko", "북한", "이 발표문에 없음 중앙일보 보도(납치 문제에 한함)"),
        ("ja", "北朝鮮", "この発表にはない 中央日報の報道(拉致問題のみ)"),
    ],
)
def test_the_silence_of_june_2025_is_told_in_each_language(client, language, topic, told):
    korea, _japan = cells_by_topic(event_page(client, CALL, language))[topic]
    assert korea == told


def test_every_silent_cell_of_the_record_is_a_recorded_silence(client):
    silences = Silence.objects.select_related("event", "topic", "issuer")
    events = {silence.event.slug for silence in silences}
    assert len(events) > 10
    for slug in sorted(events):
        page = event_page(client, slug)
        recorded = {one.topic.name_en for one in silences if one.event.slug == slug}
        told = {
            t for t, cells in cells_by_topic(page).items() if any("Not in this" in c for c in cells)
        }
        assert told == recorded
