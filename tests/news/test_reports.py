"""Articles that report one event make one candidate, and editors take it apart again."""

import threading
from datetime import date

import pytest
from django.db import connection

from events.models import Event
from news import review
from news.ingest import store_reading
from news.joining import CannotJoin, join
from news.models import Candidate, Report
from news.redrafting import Redrafted, redraft
from news.review import AlreadyDecided
from news.splitting import NotAReport, split, take_off
from news.undoing import CannotUndo, undo
from tests.events.build import NOW, make_event, make_publisher, make_user
from tests.news.build import (
    evidence,
    evidence_of,
    make_anniversary_candidate,
    make_article,
    make_candidate,
    make_draft,
    make_leaders,
    make_reading,
    make_reports,
    make_source,
)
from tests.news.test_export_labels import exported, labels
from tests.news.test_review import event_of, parts_of

pytestmark = pytest.mark.django_db
NEXT_DAY = date(2025, 6, 10)


def told(article, *drafts, **fields):
    """The candidates that an article reports, once read."""
    return store_reading(article, make_reading(*(drafts or [make_draft(**fields)])))


def accept(candidate, by, **more):
    published = review.accept(
        candidate,
        event=more.pop("event", None) or event_of(candidate),
        parts=parts_of(candidate),
        url=candidate.article.url,
        by=by,
        at=NOW,
        **more,
    )
    candidate.refresh_from_db()
    return published


def last(candidate):
    return candidate.decisions.standing().get()


@pytest.fixture(autouse=True)
def leaders():
    make_leaders()


def test_articles_of_one_event_make_one_candidate_in_any_language_and_outlet():
    (first,) = told(make_article(language="en"))
    (second,) = told(make_article(language="ko"), minutes=25)
    (third,) = told(make_article(language="ja"), starts_on=NEXT_DAY, ends_on=NEXT_DAY)

    assert first == second == third
    assert [report.article.language for report in first.reports.in_order()] == ["en", "ko", "ja"]
    assert [row.language for row in first.articles.order_by("pk")] == ["en", "ko", "ja"]
    first.refresh_from_db()
    assert (first.minutes, first.starts_on) == (25, date(2025, 6, 9))
    assert evidence_of(first).count() == 12


def test_an_official_source_corrects_what_newspapers_told():
    (candidate,) = told(make_article(), minutes=20)
    told(make_article(), minutes=20)
    told(make_article(source=make_source(source_class="OFFICIAL")), minutes=25)

    candidate.refresh_from_db()
    assert candidate.minutes == 25


def test_a_page_without_a_source_is_as_official_as_who_publishes_there():
    make_publisher("mofa.example.org", source_class="OFFICIAL")
    (candidate,) = told(make_article(), minutes=20)
    told(make_article(url="https://mofa.example.org/1"), minutes=25)

    candidate.refresh_from_db()
    assert candidate.minutes == 25


def test_a_plan_and_what_became_of_it_are_one_and_the_later_article_tells_the_status(editor):
    plan = {"status": "scheduled", "precision": "MONTH"}
    month = {"starts_on": date(2025, 6, 1), "ends_on": date(2025, 6, 30)}
    (first,) = told(make_article(published_on=date(2025, 5, 30)), **plan, **month)
    (second,) = told(make_article(published_on=date(2025, 6, 5)), status="scheduled")
    (third,) = told(make_article(published_on=date(2025, 6, 8)), status="cancelled")

    assert first == second == third
    first.refresh_from_db()
    assert (first.precision, first.starts_on) == ("DAY", date(2025, 6, 9))
    assert first.status == "CANCELLED"
    event = accept(first, editor, event=event_of(first))
    assert event.status == "CANCELLED"
    # A plan that is off is no event of draft_events, and no label of one.
    assert [label["is_relevant"] for label in labels()] == [True, True, False]


def test_a_stay_of_several_days_is_found_by_any_of_them():
    stay = {"kind": "visit", "channel": "IN_PERSON"}
    (first,) = told(make_article(), **stay, ends_on=date(2025, 6, 12))
    day = date(2025, 6, 12)
    (second,) = told(make_article(), **stay, starts_on=day, ends_on=day)

    assert first == second


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "summit", "channel": "IN_PERSON"},
        {"starts_on": date(2025, 6, 11), "ends_on": date(2025, 6, 11)},
        {"participants": ("lee-jae-myung", "kishida-fumio")},
    ],
)
def test_what_is_another_event_makes_another_candidate(fields):
    (first,) = told(make_article())
    (second,) = told(make_article(), **fields)

    assert first != second


def test_a_sample_is_no_report_of_what_news_tell():
    (first,) = told(make_article())
    (second,) = told(make_article(is_sample=True))

    assert first != second


def test_two_events_of_one_article_never_become_one():
    call = make_draft()
    again = make_draft(city="Seoul")

    assert len(set(told(make_article(), call, again))) == 2


def test_what_was_decided_gets_no_further_report(editor):
    (first,) = told(make_article())
    event = accept(first, editor)

    (second,) = told(make_article())

    assert second != first
    assert second.state == "PENDING"
    assert event.citations.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_read_of_one_event_at_once_make_one_candidate():
    articles = [make_article() for _number in range(2)]
    ready = threading.Barrier(2)

    def work(article):
        ready.wait(10)
        told(article)
        connection.close()

    threads = [threading.Thread(target=work, args=(article,)) for article in articles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert (Candidate.objects.count(), Report.objects.count()) == (1, 2)


def test_accepting_cites_every_article_with_its_evidence(editor):
    articles = [make_article(url=f"https://{name}.example.org/1") for name in ("one", "two")]
    candidate = make_reports(*articles)
    told(make_article(url=""), minutes=20)
    told(make_article(url="https://three.example.org/1"), starts_on=NEXT_DAY, ends_on=NEXT_DAY)

    event = accept(candidate, editor, event=event_of(candidate, independent_publishers=1))

    citations = list(event.citations.order_by("position"))
    assert [row.url for row in citations] == [
        "https://one.example.org/1",
        "https://two.example.org/1",
        "https://three.example.org/1",
    ]
    assert [row.evidence.count() for row in citations] == [4, 4, 3]
    # The third told another day: that is no evidence for what was accepted.
    fields = set(citations[2].evidence.values_list("field", flat=True))
    assert fields == {"kind", "participants"}
    assert Event.objects.get().independent_publishers == 3


def test_undoing_gives_all_reports_back(editor):
    candidate = make_reports(make_article(), make_article())
    accept(candidate, editor)

    undo(last(candidate), by=editor, at=NOW)

    candidate.refresh_from_db()
    assert (candidate.state, candidate.reports.count()) == ("PENDING", 2)
    assert accept(candidate, editor).citations.count() == 2


def test_merging_adds_all_sources_and_undoing_takes_them_all_back(editor):
    event = make_event(citations=["https://before.example.org/1"], independent_publishers=1)
    candidate = make_reports(
        make_article(url="https://one.example.org/1"), make_article(url="https://two.example.org/1")
    )

    review.merge_into_event(candidate, event, url="https://one.example.org/1", by=editor, at=NOW)

    event.refresh_from_db()
    assert (event.citations.count(), event.independent_publishers) == (3, 3)
    undo(last(candidate), by=editor, at=NOW)
    event.refresh_from_db()
    assert [row.url for row in event.citations.all()] == ["https://before.example.org/1"]
    assert event.independent_publishers == 1


def test_rejecting_rejects_all_reports(editor):
    first, second = make_article(), make_article()
    review.reject(make_reports(first, second), reason="WRONG", by=editor, at=NOW)

    for article in (first, second):
        assert redraft(article, make_reading(make_draft(minutes=9))) == Redrafted(articles=1)
    assert not Candidate.objects.pending().exists()


def test_a_report_that_came_after_the_page_was_shown_waits_by_itself(editor):
    candidate = make_reports(make_article())
    seen = {report.pk for report in candidate.reports.all()}
    late = [make_article(), make_article()]
    for article in late:
        told(article)

    event = accept(candidate, editor, seen=seen)

    assert event.citations.count() == 1
    (waiting,) = Candidate.objects.pending()
    assert [report.article for report in waiting.reports.in_order()] == late


def test_a_report_is_taken_off_and_put_back(editor):
    first, second = make_article(), make_article()
    candidate = make_reports(first, second)
    report = candidate.reports.get(article=second)

    other = take_off(candidate, report)

    assert other.split_from == candidate
    assert [row.article for row in candidate.reports.all()] == [first]
    assert [row.article for row in other.reports.all()] == [second]
    assert evidence_of(other).count() == 4
    # Reading it again changes nothing of that.
    redraft(second, make_reading(make_draft()))
    assert other.reports.count() == 1
    assert join(other, candidate, by=editor, at=NOW) == candidate
    assert candidate.reports.count() == 2


def test_the_article_it_is_filed_under_follows_the_reports():
    first, second = make_article(), make_article()
    candidate = make_reports(first, second)

    other = take_off(candidate, candidate.reports.get(article=first))

    candidate.refresh_from_db()
    assert (candidate.article, other.article) == (second, first)


def test_the_only_report_is_not_taken_off_nor_one_of_another(editor):
    candidate, other = make_candidate(), make_candidate()

    for report in (candidate.reports.get(), other.reports.get()):
        with pytest.raises(NotAReport):
            take_off(candidate, report)
    review.reject(candidate, reason="WRONG", by=editor, at=NOW)
    with pytest.raises(AlreadyDecided):
        take_off(candidate, candidate.reports.get())


def test_two_candidates_put_together_are_one_and_undoing_makes_them_two(editor):
    one, other = make_candidate(minutes=20), make_candidate(minutes=25)
    join(one, make_candidate(), by=editor, at=NOW)
    undo(last(one), by=editor, at=NOW)

    join(one, other, by=editor, at=NOW)

    one.refresh_from_db()
    assert (one.state, one.joined_to, one.reports.count()) == ("JOINED", other, 0)
    assert [report.draft.minutes for report in other.reports.in_order()] == [20, 25]
    undo(last(one), by=editor, at=NOW)
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.state, one.joined_to, one.minutes, other.minutes) == ("PENDING", None, 20, 25)


def test_what_was_put_to_a_candidate_that_was_decided_stays_there(editor):
    one, other = make_candidate(), make_candidate()
    join(one, other, by=editor, at=NOW)
    accept(other, editor)

    with pytest.raises(CannotUndo, match="decided or changed"):
        undo(last(one), by=editor, at=NOW)


def test_undoing_leaves_no_candidate_without_a_report(editor):
    one, other = make_candidate(), make_candidate()
    own = other.reports.get()
    join(one, other, by=editor, at=NOW)
    take_off(other, own)

    with pytest.raises(CannotUndo, match="decided or changed"):
        undo(last(one), by=editor, at=NOW)


def test_the_others_are_read_anew_after_one_was_taken_off():
    articles = [make_article() for _number in range(3)]
    candidate = make_reports(*articles)
    take_off(candidate, candidate.reports.get(article=articles[0]))

    for article in articles:
        redraft(article, make_reading(make_draft(minutes=25)))
    for article in articles[1:]:
        redraft(article, make_reading())

    (apart,) = Candidate.objects.all()
    assert (apart.article, apart.minutes, apart.split_from) == (articles[0], None, None)


def test_only_candidates_that_wait_are_put_together(editor):
    one, other, day = make_candidate(), make_candidate(), make_anniversary_candidate()
    review.reject(other, reason="WRONG", by=editor, at=NOW)

    for into in (one, other, day):
        with pytest.raises(CannotJoin):
            join(one, into, by=editor, at=NOW)
    with pytest.raises(AlreadyDecided):
        join(other, one, by=editor, at=NOW)


@pytest.mark.django_db(transaction=True)
def test_two_editors_who_put_two_candidates_to_each_other_do_not_block():
    one, other = make_candidate(), make_candidate()
    ready = threading.Barrier(2)
    outcomes = []

    def work(candidate, into, by):
        ready.wait(10)
        try:
            join(candidate, into, by=by, at=NOW)
        except (CannotJoin, AlreadyDecided):
            outcomes.append("refused")
        else:
            outcomes.append("joined")
        connection.close()

    pairs = [(one, other, make_user("a")), (other, one, make_user("b"))]
    threads = [threading.Thread(target=work, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)

    assert sorted(outcomes) == ["joined", "refused"]
    assert Candidate.objects.pending().get().reports.count() == 2


def test_sentences_are_split_off_the_report_that_is_shown():
    first, second = make_article(), make_article()
    candidate = make_reports(first, second)

    other = split(
        candidate,
        sentences=[],
        kind="SUMMIT",
        starts_on=NEXT_DAY,
        report=candidate.reports.get(article=second),
    )

    assert (other.article, other.kind, other.starts_on) == (second, "SUMMIT", NEXT_DAY)
    assert candidate.reports.count() == 2


def test_a_report_that_is_read_anew_as_another_event_leaves_the_others():
    first, second = make_article(), make_article()
    candidate = make_reports(first, second)
    moved = make_draft(starts_on=date(2025, 7, 1), ends_on=date(2025, 7, 1), evidence=())
    near = make_draft(minutes=25)

    same = redraft(second, make_reading(near))
    assert (same.rewritten, candidate.reports.count()) == (1, 2)
    redraft(second, make_reading(make_draft(starts_on=date(2025, 6, 8), ends_on=date(2025, 6, 8))))
    assert candidate.reports.count() == 2
    done = redraft(second, make_reading(moved))

    # Another day altogether is another draft: the old report goes, the new one comes.
    assert (done.removed, done.added) == (1, 1)
    candidate.refresh_from_db()
    assert [report.article for report in candidate.reports.all()] == [first]
    assert Candidate.objects.count() == 2


def test_a_queue_drafted_before_is_put_together_when_read_anew():
    one, other = make_candidate(), make_candidate()

    redraft(other.article, make_reading(make_draft()))

    assert list(Candidate.objects.all()) == [one]
    assert one.reports.count() == 2


def test_a_taken_candidate_is_not_put_to_another_while_it_is_worked_on(reviewer):
    make_candidate()
    other = make_candidate()
    other.take(reviewer, at=NOW)

    redraft(other.article, make_reading(make_draft()))

    assert Candidate.objects.count() == 2


def test_the_same_reading_again_changes_no_report():
    articles = [make_article(), make_article()]
    candidate = make_reports(*articles)
    before = list(candidate.reports.in_order().values_list("pk", "fingerprint"))

    for article in articles:
        redraft(article, make_reading(make_draft()))

    assert list(candidate.reports.in_order().values_list("pk", "fingerprint")) == before
    assert Candidate.objects.count() == 1


def test_every_article_is_labelled_and_counted_for_its_own_source(editor):
    wire, paper = make_source(name="wire"), make_source(name="paper")
    candidate = make_reports(make_article(source=wire, language="en"))
    korean = make_article(source=paper, language="ko")
    row = evidence("kind", "call", "spoke by phone")
    told(korean, participants=("lee-jae-myung",), evidence=(row,), status="scheduled")

    event = accept(candidate, editor)

    first, second = labels()
    assert first["cluster"] == second["cluster"] == event.slug
    assert first["events"][0]["participants"] == ["ishiba-shigeru", "lee-jae-myung"]
    assert second["events"][0]["participants"] == ["lee-jae-myung"]
    lines = [line.split() for line in exported(report=True).splitlines()]
    for name in ("wire", "paper", "en", "ko"):
        assert [name, "1", "0", "0", "0", "1.00"] in lines
    assert ["call", "2", "0", "0", "0", "1.00"] in lines


def test_an_article_of_which_one_report_waits_is_no_label_yet(editor):
    article = make_article()
    call, _summit = told(
        article, make_draft(), make_draft(kind="summit", channel="IN_PERSON", evidence=())
    )
    told(make_article())
    accept(call, editor)

    assert [label["id"] for label in labels()] == [f"article-{article.pk + 1}"]
