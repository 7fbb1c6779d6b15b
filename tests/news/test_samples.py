"""The sample queue: filled once, marked as samples, from facts of the record."""

import io
import json
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from news import review
from news.management.commands.load_samples import SAMPLES
from news.matching import likely_anniversaries, likely_events
from news.models import Article, Candidate
from tests.events.build import NOW

LINES = [json.loads(line) for line in SAMPLES.read_text(encoding="utf-8").splitlines()]


def load() -> str:
    out = io.StringIO()
    call_command("load_samples", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The whole record and the samples, for the reading tests below; rolled back after them."""
    from django.db import transaction

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            call_command("load_record", stdout=io.StringIO())
            load()
            yield
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def of(name: str) -> list[Candidate]:
    return list(Candidate.objects.filter(article__url__endswith=f"/{name}").order_by("starts_on"))


def offered(candidate: Candidate) -> list[str]:
    return [match.event.slug for match in likely_events(candidate)]


def test_samples_are_in_three_languages_at_a_reserved_address():
    assert {line["lang"] for line in LINES} == {"en", "ko", "ja"}
    assert {urlsplit(line["url"]).hostname for line in LINES} == {"sample.example"}
    assert {line["outlet"] for line in LINES} == {"Sample"}


@pytest.mark.django_db
def test_every_sample_is_stored_and_marked(loaded):
    assert Article.objects.filter(is_sample=True).count() == len(LINES)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("defence-ministers-yokosuka", "2026-01-30-defense-ahn-koizumi-yokosuka"),
        ("nara-summit", "2026-01-13-takaichi-lee-nara"),
        ("takeshima-day-protest", "2026-02-22-takeshima-day-protest"),
    ],
)
def test_a_sample_of_an_event_on_record_is_offered_for_merging(loaded, name, slug):
    (candidate,) = of(name)

    assert offered(candidate)[0] == slug


@pytest.mark.django_db
def test_one_article_may_draft_what_was_held_and_what_is_to_come(loaded):
    talks, summit = of("gyeongju-foreign-ministers")

    assert (talks.status, summit.status) == ("HELD", "SCHEDULED")
    assert offered(talks)[0] == "2025-10-29-fm-motegi-cho-gyeongju"
    assert offered(summit)[0] == "2025-10-30-takaichi-lee-gyeongju"


@pytest.mark.django_db
def test_what_the_record_has_only_in_passing_would_be_new(loaded):
    (notice,) = of("sado-memorial-boycott")
    plan = of("ishiba-visit-being-arranged")[-1]

    assert offered(notice) == []
    assert (plan.precision, plan.starts_on.isoformat()) == ("MONTH", "2025-01-01")
    assert offered(plan) == []


@pytest.mark.django_db
def test_a_recurring_day_is_told_from_a_ceremony(loaded):
    (day,) = of("treaty-anniversary-june")
    (ceremony,) = of("sado-separate-memorial")

    assert [row.slug for row in likely_anniversaries(day)] == ["normalization-treaty"]
    assert likely_anniversaries(ceremony) == []
    assert offered(ceremony)[0] == "2025-11-21-korea-sado-memorial"
    assert (day.kind_in_words, ceremony.kind_in_words) == (
        "Recurring day",
        "Ceremony or recurring day",
    )


@pytest.mark.django_db
def test_an_explainer_full_of_dates_drafts_nothing(loaded):
    assert of("treaty-and-declaration-explained") == []


@pytest.mark.django_db
def test_loading_again_adds_nothing_and_leaves_decisions(loaded, editor):
    candidate = of("nara-summit")[0]
    review.reject(candidate, reason="WRONG", by=editor, at=NOW)
    before = Candidate.objects.count()

    told = load()

    assert "0 sample articles added" in told
    candidate.refresh_from_db()
    assert (candidate.state, Candidate.objects.count()) == ("REJECTED", before)
