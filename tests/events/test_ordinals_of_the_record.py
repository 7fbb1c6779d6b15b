"""Firsts and counts on the whole curated record: the cases that are known from official counts."""

from collections import defaultdict
from datetime import date

import pytest
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation

from events.counting import claims_about
from events.loading.record import load_folder
from events.models import Event


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


def about(slug):
    return claims_about(Event.objects.get(slug=slug))


def about_all():
    """Claims of every visible event of the record, by slug, in order of date."""
    events = Event.objects.visible().order_by("starts_on", "id")
    return {event.slug: claims_about(event) for event in events}


def in_three_languages(slug):
    said = {}
    for language in ("en", "ko", "ja"):
        with translation.override(language):
            said[language] = [(claim.headline, str(claim.rule)) for claim in about(slug)]
    return said


def test_kishida_in_seoul_was_the_first_bilateral_visit_since_noda():
    bilateral, of_any_purpose, meeting = about("2023-05-07-kishida-yoon-seoul")
    assert bilateral.headline == (
        "First bilateral visit by a Japanese prime minister to Korea since October 2011,"
        " after 11 years and 6 months"
    )
    assert bilateral.since.slug == "2011-10-19-lee-noda-seoul"
    assert bilateral.months == 11 * 12 + 6
    assert of_any_purpose.headline == (
        "First visit of any purpose by a Japanese prime minister to Korea since February 2018,"
        " after 5 years and 2 months"
    )
    assert of_any_purpose.since.slug == "2018-02-09-abe-moon-pyeongchang"
    assert meeting.number == 4


def test_ishiba_in_busan_was_outside_seoul_among_bilateral_visits_only():
    outside, meeting = about("2025-09-30-ishiba-lee-busan")
    assert outside.headline == (
        "Among bilateral visits, the first by a Japanese prime minister to Korea outside Seoul"
        " since July 2004, after 21 years and 2 months"
    )
    assert outside.since.slug == "2004-07-21-roh-koizumi-jeju"
    assert "multilateral meeting does not" in outside.rule.filter
    assert meeting.number == 3


@pytest.mark.parametrize(
    ("slug", "number"),
    [
        ("2024-09-06-kishida-yoon-seoul", 12),
        ("2024-07-10-kishida-yoon-washington", 11),
        ("2024-05-26-kishida-yoon-seoul", 10),
        ("2025-09-30-ishiba-lee-busan", 3),
        ("2001-10-20-kim-koizumi-shanghai", 2),
        ("2015-11-02-abe-park-seoul", 1),
        ("2017-07-07-abe-moon-hamburg", 1),
        ("2008-10-24-lee-aso-beijing", 1),
        ("2017-08-25-abe-moon-call", 4),
        ("2025-06-09-ishiba-lee-call", 1),
    ],
)
def test_numbers_are_those_that_the_governments_and_the_summaries_give(slug, number):
    claim = about(slug)[-1]
    assert claim.number == number == len(claim.counted)
    assert claim.counted[-1].slug == slug


def test_every_pair_is_numbered_without_gaps_in_the_order_of_dates():
    numbers = defaultdict(list)
    for claims in about_all().values():
        for claim in claims:
            if claim.number:
                of_whom = frozenset(leader.person for leader in claim.counted[-1].leaders)
                numbers[of_whom, claim.counted[-1].kind == "CALL"].append(claim.number)
    assert len(numbers) >= 30
    for found in numbers.values():
        assert found == sorted(found)
        # A visit and the talks during it, entered apart, share a number.
        assert set(found) == set(range(1, max(found) + 1))


def test_nothing_is_claimed_before_the_coverage():
    for slug, claims in about_all().items():
        for claim in claims:
            assert min(entry.starts_on for entry in claim.counted) >= date(1998, 1, 1), slug
            if claim.since and "any purpose" in claim.headline:
                assert claim.since.starts_on >= date(2013, 1, 1), slug
    for slug in ("1983-01-11-nakasone-seoul", "1996-03-02-kim-hashimoto-bangkok"):
        assert about(slug) == []
    assert not any("any purpose" in c.headline for c in about("2015-11-02-abe-park-seoul"))


def test_no_visit_is_called_a_state_visit():
    for language, words in (("en", "state visit"), ("ko", "국빈"), ("ja", "国賓")):
        with translation.override(language):
            for claims in about_all().values():
                assert not any(words in c.headline + str(c.rule) for c in claims)


def test_claims_are_made_in_three_languages():
    twelfth = in_three_languages("2024-09-06-kishida-yoon-seoul")
    assert twelfth["en"][0][0] == "Their 12th meeting in person"
    assert twelfth["ko"][0][0] == "두 사람의 12번째 대면 회담"
    assert twelfth["ja"][0][0] == "両者の12回目の対面会談"
    assert "기시다" in twelfth["ko"][0][1]
    assert "岸田" in twelfth["ja"][0][1]
    seoul = in_three_languages("2023-05-07-kishida-yoon-seoul")
    assert "2011년 10월" in seoul["ko"][0][0]
    assert "11년 6개월" in seoul["ko"][0][0]
    assert "2011年10月" in seoul["ja"][0][0]
    assert "11年6か月" in seoul["ja"][0][0]
    assert "。 " not in seoul["ja"][0][1]


def test_the_part_of_the_page_opens_every_event_counted():
    slug = "2025-09-30-ishiba-lee-busan"
    claims = about(slug)
    context = {"claims": claims, "event": Event.objects.get(slug=slug)}
    html = render_to_string("events/_ordinals.html", context)
    for claim in claims:
        assert claim.headline in html
        for row in claim.counted:
            assert f'<a href="/en/events/{row.slug}/"' in html
    assert html.count('aria-current="true"') == html.count("<details>") == 2
    assert '<time datetime="2004-07-21">' in html


def test_a_page_without_claims_has_no_part_for_them():
    assert render_to_string("events/_ordinals.html", {"claims": []}).strip() == ""
