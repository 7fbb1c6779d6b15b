"""Decisions on candidates: what they leave on the record."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection, connections, transaction

from events.models import Anniversary, Citation, Country, Event, Evidence, Person, Topic
from news import review
from news.models import Candidate
from news.review import AlreadyDecided, CannotMerge, Parts
from tests.events.build import NOW, make_anniversary, make_event, make_publisher, make_user
from tests.news.build import (
    TEXT,
    evidence,
    make_anniversary_candidate,
    make_article,
    make_candidate,
    make_leaders,
    make_source,
)

pytestmark = pytest.mark.django_db
URL = "https://example.org/news/call"


def event_of(candidate: Candidate, **fields: object) -> Event:
    values = {
        "kind": candidate.kind,
        "channel": candidate.channel,
        "status": candidate.status,
        "precision": candidate.precision,
        "starts_on": candidate.starts_on,
        "ends_on": candidate.ends_on,
        "title_en": "Lee–Ishiba call",
        **fields,
    }
    return Event(**values)


def parts_of(candidate: Candidate, **fields: object) -> Parts:
    values = {
        "actors": list(candidate.countries.all()),
        "people": list(candidate.people.all()),
        "topics": list(candidate.topics.all()),
        **fields,
    }
    return Parts(**values)


def accept(candidate: Candidate, by, event: Event | None = None, **parts: object) -> Event:
    with transaction.atomic():
        published = review.accept(
            candidate,
            event=event or event_of(candidate),
            parts=parts_of(candidate, **parts),
            url=URL,
            by=by,
            at=NOW,
        )
    candidate.refresh_from_db()
    return published


def test_accepting_publishes_the_event_with_its_source_and_sentences(editor):
    publisher = make_publisher("example.org", name="The Example")
    candidate = make_candidate(make_article(url=URL, title="Leaders speak"), topics=("security",))

    event = accept(candidate, editor, city="Seoul", place_country=Country.objects.get(pk="KR"))

    assert event in Event.objects.visible()
    assert (event.published_by, event.published_at, event.slug) == (
        editor,
        NOW,
        "2025-06-09-leeishiba-call",
    )
    assert {row.country_id for row in event.involvements.filter(acted=True)} == {"KR", "JP"}
    assert {person.slug for person in event.people.all()} == {"lee-jae-myung", "ishiba-shigeru"}
    assert [topic.slug for topic in event.topics.all()] == ["security"]
    assert [place.city for place in event.places.all()] == ["Seoul"]
    citation = event.citations.get()
    assert (citation.url, citation.title, citation.publisher) == (URL, "Leaders speak", publisher)
    assert (citation.language, citation.published_on) == ("en", date(2025, 6, 10))
    rows = citation.evidence.order_by("starts_at")
    assert [row.field for row in rows] == ["participants", "participants", "kind", "start"]
    assert {row.text_sha256 for row in rows} == {candidate.article.text_sha256}
    assert all(TEXT[row.starts_at : row.ends_at] == row.quote for row in rows)
    assert (candidate.state, candidate.event, candidate.decided_by) == ("ACCEPTED", event, editor)


def test_the_history_says_who_published_it_through_which_door(editor):
    event = accept(make_candidate(), editor)

    context = event.history.order_by("pgh_id").first().pgh_context.metadata
    assert context["door"] == "review"
    assert context["user"] == editor.pk
    assert "accepted" in context["reason"]


def test_a_value_that_the_editor_changed_takes_no_sentence_along(editor):
    candidate = make_candidate()
    lee = Person.objects.get(slug="lee-jae-myung")
    changed = event_of(candidate, starts_on=date(2025, 6, 8))

    event = accept(candidate, editor, changed, people=[lee])

    values = {(row.field, row.value) for row in event.citations.get().evidence.all()}
    assert values == {("kind", "call"), ("participants", "lee-jae-myung")}


def test_a_second_decision_is_refused_whatever_it_is(editor):
    candidate = make_candidate()
    event = accept(candidate, editor)
    stale = Candidate.objects.get(pk=candidate.pk)
    whom = {"by": make_user("second"), "at": NOW}

    for decide in (
        lambda: review.accept(stale, event=event_of(stale), parts=parts_of(stale), url=URL, **whom),
        lambda: review.merge_into_event(stale, event, url=URL, **whom),
        lambda: review.reject(stale, reason="WRONG", **whom),
    ):
        with pytest.raises(AlreadyDecided) as refused:
            decide()
        assert refused.value.candidate.decided_by == editor
        assert refused.value.candidate.event == event
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_one_is_refused():
    candidate = make_candidate()
    editors = [make_user("one"), make_user("two")]

    def decide(by):
        try:
            accept(Candidate.objects.get(pk=candidate.pk), by)
        except AlreadyDecided:
            return "refused"
        else:
            return "accepted"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(decide, editors))

    assert sorted(outcomes) == ["accepted", "refused"]
    assert Event.objects.count() == 1
    connection.ensure_connection()


@pytest.mark.django_db(transaction=True)
def test_two_candidates_of_one_title_accepted_at_once_get_two_addresses():
    candidates = [make_candidate(), make_candidate()]
    editor = make_user()

    def decide(candidate):
        try:
            return accept(candidate, editor).slug
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        slugs = set(pool.map(decide, candidates))

    assert slugs == {"2025-06-09-leeishiba-call", "2025-06-09-leeishiba-call-2"}


def test_an_old_address_is_not_given_to_another_event(editor):
    from events.publication import rename

    first = accept(make_candidate(), editor)
    rename(first, slug="2025-06-09-first-call", by=editor)

    assert accept(make_candidate(), editor).slug == "2025-06-09-leeishiba-call-2"


@pytest.mark.parametrize(
    ("title", "precision", "day", "slug"),
    [
        ("Lee and Ishiba meet", "MONTH", date(2025, 6, 1), "2025-06-lee-and-ishiba-meet"),
        ("정상 통화", "DAY", date(2025, 6, 9), "2025-06-09-call"),
        ("x" * 160, "DAY", date(2025, 6, 9), "2025-06-09-" + "x" * 69),
    ],
)
def test_the_address_is_made_of_what_is_known_of_the_day(editor, title, precision, day, slug):
    candidate = make_candidate()
    event = event_of(candidate, title_en=title, precision=precision, starts_on=day)

    assert accept(candidate, editor, event).slug == slug


def test_the_publisher_of_an_unknown_host_is_known_by_its_source(editor):
    source = make_source(outlet="Example Wire", source_class="WIRE")
    article = make_article(url="https://wire.example.org/a", outlet="Example Wire", source=source)
    candidate = make_candidate(article)

    review.merge_into_event(
        candidate, make_event(), url="https://wire.example.org/a", by=editor, at=NOW
    )

    publisher = Citation.objects.get(url="https://wire.example.org/a").publisher
    assert (publisher.host, publisher.name) == ("wire.example.org", "Example Wire")
    assert (publisher.source_class, publisher.country_code) == ("WIRE", "KR")


def test_merging_adds_the_source_and_its_sentences_to_the_event(editor):
    event = make_event(by=make_user("other"), citations=["https://example.org/before"])
    version = event.version
    candidate = make_candidate(make_article(url=URL))

    review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)

    event.refresh_from_db()
    candidate.refresh_from_db()
    assert event.version == version + 1
    assert [row.url for row in event.citations.order_by("position")] == [
        "https://example.org/before",
        URL,
    ]
    assert event.citations.get(url=URL).evidence.count() == 4
    assert (candidate.state, candidate.event) == ("MERGED", event)


def test_merging_a_page_that_is_cited_already_adds_only_its_sentences(editor):
    event = make_event(citations=[URL])

    for _twice in range(2):
        candidate = make_candidate(make_article(text=TEXT))
        review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)

    assert event.citations.count() == 1
    assert event.citations.get().evidence.count() == 4


@pytest.mark.parametrize("columns", [{"published": False}, {"withdrawn_reason": "wrong"}])
def test_nothing_is_merged_into_an_event_that_readers_do_not_see(editor, columns):
    if "withdrawn_reason" in columns:
        columns = {**columns, "withdrawn_at": NOW, "withdrawn_by": editor}
    event = make_event(by=editor, **columns)
    candidate = make_candidate()

    with pytest.raises(CannotMerge):
        review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)

    candidate.refresh_from_db()
    assert candidate.state == "PENDING"


def test_a_recurring_day_gets_the_source_and_its_sentences(editor):
    day = make_anniversary("normalization-treaty")
    candidate = make_anniversary_candidate(anniversary="normalization-treaty")
    assert candidate.anniversary == day

    review.merge_into_anniversary(candidate, candidate.anniversary, url=URL, by=editor, at=NOW)

    candidate.refresh_from_db()
    assert day.citations.get(url=URL).evidence.get().quote == "meet in June"
    assert (candidate.state, candidate.result) == ("MERGED", day)


def test_an_unknown_recurring_day_becomes_a_new_one(editor):
    candidate = make_anniversary_candidate()
    day = Anniversary(title_en="Treaty day", origin_on=date(1965, 6, 22))

    made = review.accept_as_anniversary(
        candidate,
        anniversary=day,
        countries=list(Country.objects.filter(pk__in=["KR", "JP"])),
        url=URL,
        by=editor,
        at=NOW,
    )

    candidate.refresh_from_db()
    assert made.slug == "treaty-day"
    assert made.countries.count() == 2
    assert made.citations.get().evidence.count() == 1
    assert (candidate.state, candidate.result) == ("ACCEPTED", made)


def test_an_unknown_recurring_day_may_become_a_ceremony(editor):
    candidate = make_anniversary_candidate()

    event = accept(candidate, editor)

    assert event.kind == "CEREMONY"
    assert event.citations.get().evidence.get().field == "kind"


def test_only_a_recurring_day_becomes_an_anniversary(editor):
    with pytest.raises(ValueError, match="recurring"):
        review.accept_as_anniversary(
            make_candidate(),
            anniversary=Anniversary(title_en="x", origin_on=date(1965, 6, 22)),
            countries=[],
            url=URL,
            by=editor,
            at=NOW,
        )
    assert not Anniversary.objects.exists()


def test_rejecting_keeps_the_reason_and_publishes_nothing(editor):
    candidate = make_candidate()

    review.reject(candidate, reason="OTHER", note="A rehearsal.", by=editor, at=NOW)

    candidate.refresh_from_db()
    assert (candidate.state, candidate.reject_reason, candidate.note) == (
        "REJECTED",
        "OTHER",
        "A rehearsal.",
    )
    assert (candidate.decided_by, candidate.decided_at) == (editor, NOW)
    assert not Event.objects.exists()


def test_a_failure_on_the_way_leaves_the_candidate_waiting(editor):
    candidate = make_candidate()
    no_country = event_of(candidate, channel="LETTER")  # a call is by phone or video

    with pytest.raises(Exception, match="call_is_by_phone_or_video"), transaction.atomic():
        accept(candidate, editor, no_country)

    candidate.refresh_from_db()
    assert candidate.state == "PENDING"
    assert not Citation.objects.exists()
    assert not Evidence.objects.exists()


def test_drafts_that_name_what_the_record_does_not_know_are_kept_without_it():
    make_leaders()
    candidate = make_candidate(
        participants=("lee-jae-myung", "somebody-new"),
        topics=("security", "no-such-topic"),
        evidence=(evidence("kind", "call", "spoke by phone"),),
    )

    assert [person.slug for person in candidate.people.all()] == ["lee-jae-myung"]
    assert list(candidate.topics.all()) == [Topic.objects.get(slug="security")]
