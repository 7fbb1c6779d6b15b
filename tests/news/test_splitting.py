"""One candidate that tells of two events becomes two."""

from dataclasses import replace
from datetime import date

import pytest

from news import review
from news.models import Candidate
from news.review import AlreadyDecided
from news.splitting import split
from tests.events.build import NOW
from tests.news.build import TEXT, evidence_of, make_candidate
from tests.news.build import evidence as told

pytestmark = pytest.mark.django_db
SECOND = TEXT.index("They will")


def row(field, value, quote, sentence_start=0):
    one = told(field, value, quote)
    return replace(one, sentence=TEXT[sentence_start:], sentence_start=sentence_start)


def drafted():
    return make_candidate(
        topics=("security",),
        evidence=(
            row("kind", "call", "spoke by phone"),
            row("start", "2025-06-09", "June 9"),
            row("participants", "lee-jae-myung", "Lee Jae-myung"),
            row("participants", "ishiba-shigeru", "Shigeru Ishiba"),
            row("kind", "summit", "meet", SECOND),
            row("topics", "security", "in June", SECOND),
        ),
    )


def fields(candidate):
    return set(evidence_of(candidate).values_list("field", "value"))


def test_sentences_move_with_what_only_they_tell():
    first = drafted()

    second = split(first, sentences=[SECOND], kind="SUMMIT", starts_on=date(2025, 6, 17))

    assert fields(second) == {("kind", "summit"), ("topics", "security")}
    assert fields(first) == {
        ("kind", "call"),
        ("start", "2025-06-09"),
        ("participants", "lee-jae-myung"),
        ("participants", "ishiba-shigeru"),
    }
    assert (second.kind, second.starts_on, second.split_from) == (
        "SUMMIT",
        date(2025, 6, 17),
        first,
    )
    assert second.people.count() == 0
    assert [topic.slug for topic in second.topics.all()] == ["security"]
    assert first.topics.count() == 0
    # No words tell of countries: both have them.
    assert first.countries.count() == second.countries.count() == 2


def test_without_sentences_both_are_told_by_the_same_words():
    first = drafted()

    second = split(first, sentences=[], kind="CALL", starts_on=date(2025, 6, 10))

    assert evidence_of(first).count() == 6
    assert ("start", "2025-06-09") not in fields(second)
    assert ("participants", "lee-jae-myung") in fields(second)
    assert second.people.count() == 2


def test_a_candidate_can_be_split_again_but_not_once_decided(editor):
    first = drafted()
    for _twice in range(2):
        split(first, sentences=[], kind="CALL", starts_on=date(2025, 6, 10))
    review.reject(first, reason="WRONG", by=editor, at=NOW)

    with pytest.raises(AlreadyDecided):
        split(first, sentences=[], kind="CALL", starts_on=date(2025, 6, 10))
    assert Candidate.objects.count() == 3
