"""A better pipeline drafts anew what waits, and leaves decisions alone."""

from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from news import redrafting, review
from news.models import Article, Candidate
from news.pipeline.version import VERSION
from news.redrafting import Redrafted, redraft, to_redraft
from news.splitting import split
from news.tasks import redraft_waiting
from news.undoing import undo
from tests.events.build import NOW, make_event
from tests.news.build import (
    TEXT,
    evidence,
    evidence_of,
    make_article,
    make_candidate,
    make_candidates,
    make_draft,
    make_leaders,
    make_reading,
)

pytestmark = pytest.mark.django_db
CALL = make_draft()
BETTER = make_draft(minutes=25, topics=("security",), participants=("lee-jae-myung",))
SUMMIT = make_draft(
    kind="summit",
    starts_on=date(2025, 6, 17),
    ends_on=date(2025, 6, 17),
    channel="IN_PERSON",
    evidence=(evidence("kind", "summit", "meet"),),
)


def outcome(article, *drafts):
    return redraft(article, make_reading(*drafts))


def test_a_candidate_that_waits_becomes_what_is_drafted_now():
    article = make_article()
    candidate = make_candidate(article)

    done = outcome(article, BETTER, SUMMIT)

    assert done == Redrafted(articles=1, rewritten=1, removed=0, added=1)
    candidate.refresh_from_db()
    assert candidate.minutes == 25
    assert [person.slug for person in candidate.people.all()] == ["lee-jae-myung"]
    assert [topic.slug for topic in candidate.topics.all()] == ["security"]
    assert evidence_of(candidate).count() == len(BETTER.evidence)
    assert Candidate.objects.count() == 2


def test_what_is_no_longer_drafted_goes_unless_somebody_has_taken_it(reviewer):
    article = make_article()
    _gone, taken = make_candidates(CALL, SUMMIT, article=article)
    taken.take(reviewer, at=NOW)

    done = outcome(article)

    assert (done.removed, list(Candidate.objects.all())) == (1, [taken])


def test_the_same_reading_again_changes_nothing():
    article = make_article()
    make_candidates(CALL, SUMMIT, article=article)

    for _twice in range(2):
        done = outcome(article, CALL, SUMMIT)

    assert (done.removed, done.added) == (0, 0)
    assert Candidate.objects.count() == 2


@pytest.mark.parametrize(
    "drafted",
    [
        CALL,
        BETTER,
        replace(CALL, kind="ministerial"),
        replace(CALL, starts_on=date(2025, 6, 8), ends_on=date(2025, 6, 8)),
        # The same sentence, read as another day.
        replace(CALL, starts_on=date(2025, 1, 1), ends_on=date(2025, 1, 1)),
    ],
)
def test_what_was_rejected_does_not_come_back(editor, drafted):
    article = make_article()
    candidate = make_candidate(article)
    review.reject(candidate, reason="BACKGROUND", by=editor, at=NOW)

    done = outcome(article, drafted, SUMMIT)

    assert done == Redrafted(articles=1, added=1)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.minutes) == ("REJECTED", None)
    assert evidence_of(candidate).count() == 4


def test_what_was_merged_does_not_come_back_under_the_day_of_the_event(editor):
    article = make_article()
    event = make_event(starts_on=date(2025, 6, 2))
    candidate = make_candidate(article)
    review.merge_into_event(candidate, event, url=article.url, by=editor, at=NOW)
    on_that_day = replace(CALL, starts_on=date(2025, 6, 2), ends_on=date(2025, 6, 2), evidence=())

    assert outcome(article, on_that_day) == Redrafted(articles=1)


def test_what_an_editor_split_or_decided_and_undid_stays_as_it_is(editor):
    article = make_article()
    call, summit = make_candidates(CALL, SUMMIT, article=article)
    split(summit, sentences=[], kind="VISIT", starts_on=date(2025, 6, 18))
    review.reject(call, reason="WRONG", by=editor, at=NOW)
    undo(call.decisions.get(), by=editor, at=NOW)

    assert outcome(article, BETTER) == Redrafted(articles=1)
    assert Candidate.objects.pending().count() == 3


def test_only_what_an_older_version_drafted_and_still_waits_is_read_again(editor, monkeypatch):
    make_leaders()
    new = make_article(is_sample=True)
    old, decided = (make_article(TEXT + "." * n) for n in (1, 2))
    for article in (new, old, decided):
        make_candidate(article)
    review.reject(decided.candidates.get(), reason="WRONG", by=editor, at=NOW)
    assert Article.objects.get(pk=new.pk).pipeline_version == VERSION
    Article.objects.filter(pk__in=[old.pk, decided.pk]).update(pipeline_version=VERSION - 1)
    assert list(to_redraft()) == [old]
    assert list(to_redraft(whatever_version=True)) == [new, old]
    monkeypatch.setattr(redrafting, "read", lambda article, knowledge: make_reading(BETTER))

    redraft_waiting()

    assert list(to_redraft()) == []
    assert old.candidates.get().minutes == 25
    assert new.candidates.get().minutes is None


def test_the_command_says_what_it_did_and_one_bad_article_stops_nothing(monkeypatch):
    bad, good = make_article(), make_article(TEXT + ".")
    for article in (bad, good):
        make_candidate(article)

    def read(article, knowledge):
        if article == bad:
            raise RecursionError
        return make_reading(SUMMIT)

    monkeypatch.setattr(redrafting, "read", read)
    out = StringIO()

    call_command("redraft", all=True, stdout=out)

    assert "1 articles read again: 0 candidates written anew, 1 removed, 1 added." in out.getvalue()
    assert bad.candidates.get().kind == "CALL"
