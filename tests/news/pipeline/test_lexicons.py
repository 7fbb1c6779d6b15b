from datetime import date, timedelta

import pytest

from news.pipeline.lexicon import (
    TRIGGER_KINDS,
    anniversary_words,
    lexicon,
    occasions,
    places,
)
from tests.news.pipeline.record_knowledge import RECORD, _rows, record_knowledge


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_every_trigger_says_a_known_kind(lang):
    for trigger in lexicon(lang).triggers:
        assert trigger.kind in TRIGGER_KINDS
        assert trigger.weight in (1, 2, 3)
        assert trigger.level in ("", "leader", "minister")
        assert trigger.channel in ("", "PHONE", "VIDEO")


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_every_kind_can_be_told_in_every_language(lang):
    assert {trigger.kind for trigger in lexicon(lang).triggers} == set(TRIGGER_KINDS)


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_no_pattern_matches_nothing(lang):
    words = lexicon(lang)
    patterns = [t.pattern for t in words.triggers]
    patterns += [*words.cues.values(), *words.topics.values(), *words.blocs.values()]

    assert [p.pattern for p in patterns if p.search("")] == []


@pytest.mark.parametrize("lang", ["en", "ko", "ja"])
def test_topics_are_those_of_the_record(lang):
    slugs = {row["slug"] for row in _rows("topics")}

    assert set(lexicon(lang).topics) <= slugs


def test_editions_are_short_and_in_order():
    for occasion in occasions():
        days = [day for edition in occasion.editions for day in (edition.first, edition.last)]
        assert days == sorted(days)
        assert all((e.last - e.first).days <= 7 for e in occasion.editions)


def test_every_edition_says_what_its_days_rest_on():
    editions = [e for occasion in occasions() for e in occasion.editions]

    assert [e for e in editions if not (e.event or e.source.startswith("http"))] == []


def test_an_edition_with_an_event_is_where_and_when_the_record_has_it():
    events = {row["id"]: row for row in _rows("events")}

    cited = [e for occasion in occasions() for e in occasion.editions if e.event]
    assert cited
    for edition in cited:
        event = events[edition.event]
        day = date.fromisoformat(event["start_date"])
        assert edition.city in event["city"].split(";")
        assert edition.first - timedelta(days=1) <= day <= edition.last + timedelta(days=1)


def test_anniversary_words_are_for_known_anniversaries():
    known = {a.slug for a in record_knowledge().anniversaries}

    assert set(anniversary_words()) <= known


def test_places_are_named_as_the_record_names_them():
    cities = {city for row in _rows("events") for city in row["city"].split(";") if RECORD.is_dir()}

    assert {"Seoul", "Tokyo", "Busan", "Nara"} <= set(places()) & cities
