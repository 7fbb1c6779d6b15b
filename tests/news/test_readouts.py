"""Governments' accounts: drafted from their pages, put on record with the event, taken back."""

from datetime import UTC, date, datetime, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override

from events.models import Commitment, Event, Evidence, Point, Readout, Silence
from news import review
from news.ingest import NewArticle, ingest_article
from news.knowledge import from_record
from news.labels import labelled_articles
from news.models import Article, CandidateReadout
from news.pipeline import DraftReadout
from news.pipeline.values import DraftCommitment, DraftPoint, Passage
from news.readouts import issuer_of
from news.reporting import file_drafts, retell
from news.review import Parts
from news.undoing import undo
from tests.events.build import (
    NOW,
    make_country,
    make_event,
    make_publisher,
    make_readout,
    make_topic,
    make_user,
)
from tests.news.build import (
    evidence,
    make_article,
    make_candidate,
    make_draft,
    make_leaders,
    make_source,
)

pytestmark = pytest.mark.django_db
HOST = "mofa.example"
URL = f"https://{HOST}/readout"
PAGE = (
    "Prime Minister Ishiba Shigeru held a telephone talk with President Lee Jae-myung on June 9. "
    "Prime Minister Ishiba raised the abductions. "
    "The two leaders agreed to hold a summit in September."
)
KO = "양 정상은 북한 문제를 논의했습니다. 양 정상은 셔틀외교를 재개하기로 했습니다."


def passage(quote, text=PAGE):
    start = text.index(quote)
    return Passage(quote, start, start + len(quote), quote, start)


def drafted(text=PAGE, raised="Prime Minister Ishiba raised the abductions.", issuer="JP"):
    agreed = text.partition(raised)[2].strip()
    return DraftReadout(
        issuer,
        points=(
            DraftPoint("north_korea", "RAISED", passage(raised, text), "one side", 0.85),
            DraftPoint("", "AGREED", passage(agreed, text), "both", 0.7),
        ),
        commitments=(
            DraftCommitment(
                passage(agreed, text), ("KR", "JP"), "in September", date(2025, 9, 1), "MONTH"
            ),
        ),
    )


@pytest.fixture
def official(db):
    """The record knows a host of the Japanese government and a topic."""
    make_leaders()
    make_topic("north_korea")
    return make_publisher(HOST, name="A ministry", source_class="OFFICIAL", country_code="JP")


def page(text=PAGE, **fields):
    return make_article(text, url=URL, published_on=date(2025, 6, 9), **fields)


def candidate_of(article=None, readout=None, **fields):
    article = article or page()
    words = article.text.split(".")[0]
    return make_candidate(
        article,
        evidence=(evidence("kind", "call", words, article.text),),
        readout=readout or drafted(),
        **fields,
    )


def accept(candidate, by, **parts):
    event = Event(
        kind="CALL",
        channel="PHONE",
        status="HELD",
        precision="DAY",
        starts_on=candidate.starts_on,
        title_en="Lee–Ishiba call",
    )
    whom = {"actors": list(candidate.countries.all()), **parts}
    return review.accept(candidate, event=event, parts=Parts(**whom), url=URL, by=by, at=NOW)


def test_an_official_page_comes_in_as_candidate_with_its_account(official):
    told = NewArticle(text=PAGE, published_on=date(2025, 6, 9), url=URL, title="Telephone talk")

    candidate, planned = ingest_article(told, from_record(), at=NOW).candidates

    assert not planned.readouts.exists()
    readout = candidate.readouts.get()
    assert (readout.issuer_id, readout.issuing_body) == ("JP", "A ministry")
    assert [
        (row.topic.slug if row.topic else "", row.stance) for row in readout.points.order_by("pk")
    ] == [("north_korea", "RAISED"), ("", "AGREED")]
    promise = readout.commitments.get()
    assert (promise.by, promise.due_on, promise.due_precision) == (
        ["KR", "JP"],
        date(2025, 9, 1),
        "MONTH",
    )
    assert all(
        PAGE[row.starts_at : row.ends_at] == row.quote for row in (*readout.points.all(), promise)
    )


@pytest.mark.parametrize(
    ("source", "url", "issuer"),
    [
        ({"source_class": "OFFICIAL", "country": "JP"}, "https://other.example/1", "JP"),
        ({"source_class": "OFFICIAL", "country": "US"}, "https://other.example/1", ""),
        ({"source_class": "PRESS", "country": "JP"}, "https://other.example/1", ""),
        ({"source_class": "PRESS", "country": "KR"}, URL, "JP"),
        (None, URL, "JP"),
        (None, "https://mofa.example.org/1", ""),
        (None, "", ""),
    ],
)
def test_a_page_is_a_governments_by_its_source_or_its_host(official, source, url, issuer):
    if source:
        source = make_source(**{**source, "country": make_country(source["country"])})

    assert issuer_of(Article(source=source, url=url), from_record()) == issuer


def test_the_time_of_publishing_is_told_by_the_clocks_of_the_government(official):
    article = page(published_at=datetime(2025, 6, 9, 16, 30, 12, tzinfo=UTC))

    readout = candidate_of(article).readouts.get()

    assert readout.published_on == date(2025, 6, 10)
    assert (readout.published_time, readout.time_zone) == (time(1, 30), "Asia/Tokyo")


def test_a_quote_that_is_not_in_the_text_is_refused(official):
    shifted = drafted(text=" " + PAGE)

    with pytest.raises(ValueError, match="is not in the text"), transaction.atomic():
        candidate_of(readout=shifted)


def test_accepting_publishes_the_account_with_its_event(official, editor):
    candidate = candidate_of()

    event = accept(candidate, editor)

    readout = event.readouts.get()
    assert (readout.slug, readout.issuer_id, readout.url) == (f"{event.slug}-jp", "JP", URL)
    assert (readout.publisher, readout.issuing_body) == (official, "A ministry")
    assert (readout.language, readout.published_on) == ("en", date(2025, 6, 9))
    assert readout.is_whole is None
    first, second = readout.points.order_by("position")
    assert (first.topic.slug, first.stance) == ("north_korea", "RAISED")
    assert first.text_en == "Prime Minister Ishiba raised the abductions."
    assert (second.topic, second.stance) == (None, "AGREED")
    commitment = event.commitments.get()
    assert (commitment.slug, commitment.due_text) == (f"{event.slug}-c1", "in September")
    assert (commitment.due_on, commitment.due_precision) == (date(2025, 9, 1), "MONTH")
    rows = Evidence.objects.filter(citation__event=event, field__in=["point", "commitment"])
    assert {(row.field, row.value) for row in rows} == {
        ("point", "north_korea raised"),
        ("point", "agreed"),
        ("commitment", ""),
    }
    assert all(PAGE[row.starts_at : row.ends_at] == row.quote for row in rows)


def test_nothing_is_concluded_from_what_an_account_does_not_say(official, editor):
    accept(candidate_of(), editor)

    assert not Silence.objects.exists()


def test_what_the_editor_left_out_stays_out_and_what_was_changed_goes_as_changed(official, editor):
    candidate = candidate_of()
    first, second = candidate.readouts.get().points.order_by("position")
    second.is_left_out = True
    second.save()
    first.stance, first.text_en = "MENTIONED", "abductions"
    first.save()
    candidate.readouts.get().commitments.update(is_left_out=True)

    event = accept(candidate, editor)

    point = Point.objects.get(readout__event=event)
    assert (point.position, point.stance, point.text_en) == (1, "MENTIONED", "abductions")
    first.refresh_from_db()
    assert first.point == point
    assert not Commitment.objects.exists()


def test_an_account_that_is_left_out_is_not_published(official, editor):
    candidate = candidate_of()
    candidate.readouts.update(is_left_out=True)

    event = accept(candidate, editor)

    assert not event.readouts.exists()
    assert not event.commitments.exists()


def test_a_page_in_another_language_keeps_its_words_and_needs_english_for_a_commitment(
    official, editor
):
    article = page(KO, language="ko")
    readout = drafted(KO, raised="양 정상은 북한 문제를 논의했습니다.")
    event = accept(candidate_of(article, readout), editor)

    point = Point.objects.filter(readout__event=event).order_by("position").first()
    assert point.text_ko == "양 정상은 북한 문제를 논의했습니다."
    assert point.text_en == "wording in Korean only"
    assert not event.commitments.exists()


def test_a_commitment_put_into_english_goes_on_record(official, editor):
    article = page(KO, language="ko")
    candidate = candidate_of(article, drafted(KO, raised="양 정상은 북한 문제를 논의했습니다."))
    candidate.readouts.get().commitments.update(text_en="resume shuttle diplomacy")

    commitment = accept(candidate, editor).commitments.get()

    assert commitment.text_en == "resume shuttle diplomacy"
    assert commitment.text_ko == ""


def test_an_account_by_a_country_that_is_not_concerned_is_refused_with_all(official, editor):
    candidate = candidate_of()

    with pytest.raises(ValidationError, match="must be among the countries"):
        accept(candidate, editor, actors=[make_country("KR")])

    assert not Event.objects.exists()
    assert not Readout.objects.exists()


def test_merging_adds_the_account_that_the_event_lacks(official, editor):
    event = make_event(kind="CALL", starts_on=date(2025, 6, 9), actors=["KR", "JP"])
    make_readout(event, "KR")
    candidate = candidate_of()

    review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)

    assert set(event.readouts.values_list("issuer", flat=True)) == {"KR", "JP"}
    assert event.commitments.count() == 1


def test_an_account_that_the_event_has_from_this_address_is_not_doubled(official, editor):
    event = make_event(kind="CALL", starts_on=date(2025, 6, 9), actors=["KR", "JP"])
    make_readout(event, "JP", url=f"{URL}#top")
    candidate = candidate_of()

    review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)

    assert event.readouts.count() == 1


def test_undoing_takes_the_account_back(official, editor):
    event = make_event(kind="CALL", starts_on=date(2025, 6, 9), actors=["KR", "JP"])
    candidate = candidate_of()
    review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)
    assert event.readouts.exists()

    undo(candidate.decisions.get(), by=editor, at=NOW)

    assert not event.readouts.exists()
    assert not event.commitments.exists()
    assert not event.citations.filter(url=URL).exists()
    assert candidate.readouts.get().readout is None


def test_an_event_accepted_again_has_its_account_once(official, editor):
    candidate = candidate_of()
    first = accept(candidate, editor)
    undo(candidate.decisions.get(), by=editor, at=NOW)
    candidate.refresh_from_db()

    again = accept(candidate, editor)

    assert again.pk == first.pk
    assert again.readouts.get().slug == f"{again.slug}-jp"
    assert again.commitments.count() == 1


def test_words_of_the_page_are_not_passed_off_as_a_translation(official, editor, client):
    article = page(KO, language="ko")
    readout = drafted(KO, raised="양 정상은 북한 문제를 논의했습니다.")
    event = accept(candidate_of(article, readout), editor)

    with override("ko"):
        mark, own = gettext("Translation by this project"), "양 정상은 북한 문제를 논의했습니다."
        shown = client.get(event.get_absolute_url()).text

    assert own in shown
    assert mark not in shown


def test_what_somebody_has_changed_since_is_not_taken_back(official, editor):
    event = make_event(kind="CALL", starts_on=date(2025, 6, 9), actors=["KR", "JP"])
    candidate = candidate_of()
    review.merge_into_event(candidate, event, url=URL, by=editor, at=NOW)
    Point.objects.filter(position=1).update(text_en="in better words")
    event.commitments.update(status="LAPSED")

    undo(candidate.decisions.get(), by=editor, at=NOW)

    assert event.readouts.get().points.filter(text_en="in better words").exists()
    assert event.commitments.get().status == "LAPSED"


def test_drafting_anew_replaces_an_account_unless_an_editor_has_edited_it(official, editor):
    candidate = candidate_of()
    draft = make_draft(readout=drafted(), evidence=())
    before = candidate.readouts.get().pk

    retell(candidate.reports.get(), draft)
    anew = candidate.readouts.get()
    assert anew.pk != before
    assert anew.points.count() == 2

    CandidateReadout.objects.update(edited_by=editor)
    retell(candidate.reports.get(), make_draft(evidence=()))
    assert candidate.readouts.get().pk == anew.pk


def test_the_history_says_through_which_door_an_account_came(official, editor):
    event = accept(candidate_of(), editor)

    context = event.readouts.get().history.order_by("pgh_id").first().pgh_context.metadata
    assert (context["door"], context["user"]) == ("review", editor.pk)


def test_readers_see_the_account_beside_the_other(official, editor, client):
    event = make_event(kind="CALL", starts_on=date(2025, 6, 9), actors=["KR", "JP"])
    make_readout(event, "KR", points=[("security", "AGREED", "security to be strengthened")])
    review.merge_into_event(candidate_of(), event, url=URL, by=editor, at=NOW)

    shown = client.get(event.get_absolute_url()).text

    assert "Prime Minister Ishiba raised the abductions." in shown
    assert "security to be strengthened" in shown


@pytest.mark.parametrize(
    "change",
    [
        {"published_time": time(9, 0)},
        {"published_time": time(9, 0), "time_zone": "Asia/Tokyo", "published_on": None},
    ],
)
def test_a_clock_time_needs_its_date_and_zone(official, change):
    readout = candidate_of().readouts.get()

    with pytest.raises(IntegrityError, match="drafted_readout_time"), transaction.atomic():
        CandidateReadout.objects.filter(pk=readout.pk).update(**change)


def test_an_article_is_one_account_of_a_candidate(official):
    readout = candidate_of().readouts.get()
    readout.pk = None
    readout._state.adding = True

    with pytest.raises(IntegrityError, match="one_account"), transaction.atomic():
        readout.save()


def test_a_second_editor_is_told_and_nothing_is_doubled(official, editor):
    candidate = candidate_of()
    accept(candidate, editor)

    with pytest.raises(review.AlreadyDecided):
        accept(candidate, make_user("second"))
    assert Readout.objects.count() == 1


def test_the_accounts_of_both_governments_go_on_record_together(official, editor):
    candidate = candidate_of()
    other = make_article(PAGE, url="https://president.example/briefing")
    (same,) = file_drafts(other, [make_draft(evidence=(), readout=drafted(issuer="KR"))])
    assert same == candidate

    event = accept(candidate, editor)

    accounts = {(row.issuer_id, row.url, row.slug) for row in event.readouts.all()}
    assert accounts == {
        ("JP", URL, f"{event.slug}-jp"),
        ("KR", other.url, f"{event.slug}-kr"),
    }
    assert {row.slug for row in event.commitments.all()} == {f"{event.slug}-c1", f"{event.slug}-c2"}


def test_decisions_are_labels_for_the_reading_of_accounts(official, editor):
    candidate = candidate_of()
    readout = candidate.readouts.get()
    first, second = readout.points.order_by("position")
    first.stance, second.is_left_out = "MENTIONED", True
    first.save()
    second.save()
    accept(candidate, editor)

    (article,) = labelled_articles()

    assert article["accounts"] == [
        {
            "issuer": "JP",
            "points": [{"topic": "north_korea", "stance": "mentioned", "quote": first.quote}],
            "rejected": [{"topic": "", "stance": "agreed", "quote": second.quote}],
            "commitments": [
                {
                    "quote": second.quote,
                    "due_text": "in September",
                    "due_on": "2025-09-01",
                    "due_precision": "MONTH",
                    "by": ["KR", "JP"],
                }
            ],
        }
    ]
