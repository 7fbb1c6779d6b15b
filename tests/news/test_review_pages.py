"""The review pages as an editor and others meet them."""

from datetime import date

import pytest
from django.urls import reverse

from events.models import Anniversary, Event
from events.tasks import index_changes
from news import review
from news.models import Candidate
from tests.events.build import NOW, make_anniversary, make_event, make_person, make_term, make_user
from tests.news.build import (
    TEXT,
    make_anniversary_candidate,
    make_article,
    make_candidate,
    make_candidates,
    make_draft,
    make_leaders,
    make_reports,
)

pytestmark = pytest.mark.django_db
QUEUE = "/review/"


@pytest.fixture
def desk(client, reviewer):
    """A client signed in as one who may review."""
    client.force_login(reviewer)
    return client


def address(candidate, verb=""):
    return f"/review/{candidate.pk}/{verb}/" if verb else f"/review/{candidate.pk}/"


def as_shown(desk, candidate, **changes):
    """What a browser sends when the form to accept is left as it is shown, but for `changes`."""
    form = desk.get(address(candidate)).context["accept"]
    sent = {"then": "next"}
    for field in form:
        value = field.value()
        if value is None:
            continue
        sent[field.html_name] = [str(v) for v in value] if isinstance(value, list) else str(value)
    return {**sent, **changes}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", ""),
        ("get", "1/"),
        ("post", "1/accept/"),
        ("post", "1/merge/"),
        ("post", "1/reject/"),
        ("post", "1/anniversary/"),
    ],
)
def test_only_those_who_may_review_come_in(client, method, path):
    anonymous = getattr(client, method)(QUEUE + path)
    client.force_login(make_user("reader"))
    without_permission = getattr(client, method)(QUEUE + path)

    assert anonymous.status_code == 302
    assert "login" in anonymous["Location"]
    assert without_permission.status_code == 403


def test_an_empty_queue_says_so(desk):
    assert "Nothing waits for a decision" in desk.get(QUEUE).text


def test_the_queue_shows_what_waits_the_oldest_article_first(desk, reviewer):
    new = make_candidate(make_article(published_on=date(2025, 6, 12)), title="New one")
    old = make_candidate(make_article(published_on=date(2025, 6, 1)), title="Old one")
    done = make_candidate(title="Done one")
    review.reject(done, reason="WRONG", by=reviewer, at=NOW)

    shown = desk.get(QUEUE)

    assert list(shown.context["page"].object_list) == [old, new]
    assert "2 candidates" in shown.text
    assert "Done one" not in shown.text.partition("Your last decisions")[0]


def test_the_queue_is_filtered_by_state_language_and_kind(desk, reviewer):
    call = make_candidate()
    korean = make_candidate(make_article(language="ko"), kind="visit", channel="")
    day = make_anniversary_candidate()
    review.reject(call, reason="WRONG", by=reviewer, at=NOW)

    def found(query):
        return set(desk.get(QUEUE, query).context["page"].object_list)

    assert found({}) == {korean, day}
    assert found({"state": "rejected"}) == {call}
    assert found({"state": "all"}) == {call, korean, day}
    assert found({"language": "ko"}) == {korean}
    assert found({"kind": "anniversary"}) == {day}
    assert found({"kind": "visit", "language": "en"}) == set()
    assert "No candidate fits" in desk.get(QUEUE, {"kind": "visit", "language": "en"}).text


def test_garbage_in_the_query_is_told_beside_its_field_and_left_out(desk):
    make_candidate()

    shown = desk.get(QUEUE, {"kind": "zzz", "page": "-3", "language": "\x00", "other": "x"})

    assert shown.status_code == 200
    assert "zzz" in shown.text
    assert len(shown.context["page"].object_list) == 1


@pytest.mark.parametrize("count", [1, 50])
def test_the_queue_costs_the_same_for_few_and_many(desk, django_assert_num_queries, count):
    article = make_article()
    make_leaders()
    make_event(people=["lee-jae-myung", "ishiba-shigeru"])
    for day in range(count):
        make_candidate(article if day % 2 else None, minutes=day + 1, city=f"City {day}")

    # session, user, permissions (2), last decisions, sources, count, candidates with people,
    # countries and topics, events with four of their parts
    with django_assert_num_queries(19):
        shown = desk.get(QUEUE)

    assert len(shown.context["page"].object_list) == min(count, 25)


def test_further_candidates_stand_on_a_second_page(desk):
    for _number in range(26):
        make_candidate()

    assert 'href="?page=2"' in desk.get(QUEUE).text
    assert len(desk.get(QUEUE, {"page": 2}).context["page"].object_list) == 1


def test_a_candidate_is_shown_with_the_sentence_behind_each_field(desk):
    text = desk.get(address(make_candidate())).text

    assert "<mark>spoke by phone</mark>" in text
    assert "<mark>Lee Jae-myung</mark>" in text
    assert "First call" not in text
    assert text.count("<h1") == 1


def test_words_of_an_article_are_shown_not_run(desk):
    script = "<script>alert(1)</script>"
    candidate = make_candidate(
        make_article(TEXT + script, title=script, outlet=script), title=script
    )

    assert script not in desk.get(address(candidate)).text
    assert script not in desk.get(QUEUE).text


@pytest.mark.parametrize("count", [1, 6])
def test_a_candidate_costs_the_same_beside_few_and_many(desk, django_assert_num_queries, count):
    candidate = make_candidate()
    for number in range(count):
        make_event(people=["lee-jae-myung"])
        make_term(
            make_person(f"leader-{number}", "JP"),
            starts_on=date(2020 + number, 1, 1),
            ends_on=date(2020 + number, 6, 1),
        )
        make_candidate()

    with django_assert_num_queries(37):
        desk.get(address(candidate))


@pytest.mark.parametrize("count", [2, 6])
def test_a_candidate_costs_the_same_of_few_reports_and_many(desk, django_assert_num_queries, count):
    candidate = make_reports(*(make_article() for _number in range(count)))

    # Besides: who publishes at their addresses.
    with django_assert_num_queries(30):
        desk.get(address(candidate))


def test_an_address_too_long_for_a_citation_is_asked_for_in_short(desk):
    candidate = make_candidate(make_article(url="https://example.org/" + "a" * 5000))

    answer = desk.post(address(candidate, "accept"), as_shown(desk, candidate))
    short = as_shown(desk, candidate, url="https://example.org/short")
    desk.post(address(candidate, "accept"), short)

    assert answer.status_code == 422
    assert Event.objects.get().citations.get().url == "https://example.org/short"


def test_a_sample_is_marked_as_one(desk):
    assert "Sample:" in desk.get(address(make_candidate(make_article(is_sample=True)))).text
    assert "Sample:" not in desk.get(address(make_candidate())).text


def test_accepting_as_drafted_publishes_and_goes_on_to_the_next(desk, reviewer):
    article = make_article(published_on=date(2025, 6, 10))
    first, second = make_candidate(article), make_candidate()

    answer = desk.post(address(first, "accept"), as_shown(desk, first))

    event = Event.objects.visible().get()
    assert (event.title, event.published_by) == ("Lee-Ishiba call", reviewer)
    assert {person.slug for person in event.people.all()} == {"lee-jae-myung", "ishiba-shigeru"}
    assert event.citations.get().url == article.url
    assert answer["Location"] == address(second)
    assert event.get_absolute_url() in desk.get(address(second)).text
    assert desk.get(event.get_absolute_url()).status_code == 200


def test_an_editor_may_go_to_the_new_event_instead(desk):
    candidate = make_candidate()

    answer = desk.post(address(candidate, "accept"), as_shown(desk, candidate, then="see"))

    assert answer["Location"] == Event.objects.get().get_absolute_url()


def test_what_the_editor_changed_is_what_is_published(desk):
    candidate = make_candidate()
    yoon = make_person("yoon-suk-yeol")
    changed = as_shown(
        desk,
        candidate,
        title_en="A talk by video",
        title_ko="화상 회담",
        channel="VIDEO",
        minutes="25",
        starts_on="2025-06-08",
        actors=["KR"],
        concerned=["JP", "US"],
        more_people=[str(yoon.pk)],
        city="Seoul",
        place_country="KR",
    )

    desk.post(address(candidate, "accept"), changed)

    event = Event.objects.get()
    assert (event.title_en, event.title_ko, event.title_ja) == ("A talk by video", "화상 회담", "")
    assert (event.channel, event.minutes, event.starts_on) == ("VIDEO", 25, date(2025, 6, 8))
    assert dict(event.involvements.values_list("country", "acted")) == {
        "KR": True,
        "JP": False,
        "US": False,
    }
    assert yoon in event.people.all()
    assert event.places.get().city == "Seoul"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title_en": ""}, "required"),
        ({"starts_on": "2025-02-30"}, "valid date"),
        ({"ends_on": "2025-06-08"}, "cannot end before it starts"),
        ({"channel": "LETTER"}, "by phone or by video"),
        ({"precision": "MONTH"}, "first day"),
        ({"minutes": "-1"}, "greater than or equal to"),
        ({"minutes": "99999999"}, "less than or equal to"),
        ({"actors": []}, "required"),
        ({"people": ["999999"]}, "not one of the available choices"),
        ({"more_people": ["x"]}, "not a valid value"),
        ({"kind": "PICNIC"}, "PICNIC is not one of the available choices"),
        ({"city": "Seoul", "place_country": ""}, "Choose the country"),
        ({"title_en": "nul\x00"}, "Null characters"),
    ],
)
def test_a_form_that_is_wrong_is_shown_again_with_what_is_wrong(desk, changes, told):
    candidate = make_candidate()

    answer = desk.post(
        address(candidate, "accept"), as_shown(desk, candidate, occasion="Kept", **changes)
    )

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="Kept"' in answer.text
    assert "Nothing was saved" in answer.text
    assert "Error:" in answer.text
    assert not Event.objects.exists()


@pytest.mark.parametrize("given", ["example.org/news", "https://example.org:99999/news"])
def test_an_article_without_an_address_asks_the_editor_for_one(desk, given):
    candidate = make_candidate(make_article(url=""))

    without = desk.post(address(candidate, "accept"), as_shown(desk, candidate))
    wrong = desk.post(address(candidate, "accept"), as_shown(desk, candidate, url=given))
    desk.post(
        address(candidate, "accept"), as_shown(desk, candidate, url="https://example.org/news")
    )

    assert (without.status_code, wrong.status_code) == (422, 422)
    assert "whole address" in wrong.text
    assert Event.objects.get().citations.get().url == "https://example.org/news"


def test_an_address_once_given_is_not_asked_for_again(desk):
    candidates = make_candidates(
        make_draft(), make_draft(city="Seoul"), article=make_article(url="")
    )

    desk.post(
        address(candidates[0], "accept"),
        as_shown(desk, candidates[0], url="https://example.org/news"),
    )

    assert "url" not in desk.get(address(candidates[1])).context["accept"].fields


def test_a_second_decision_is_told_who_decided_and_what_became_of_it(desk, reviewer):
    candidate = make_candidate()
    sent = as_shown(desk, candidate)
    event = make_event()
    first = make_user("kim")
    review.merge_into_event(candidate, event, url="https://example.org/1", by=first, at=NOW)

    for verb, data in (
        ("accept", sent),
        ("merge", {"event": event.slug}),
        ("reject", {"reject_reason": "WRONG"}),
    ):
        answer = desk.post(address(candidate, verb), data)
        assert answer.status_code == 409
        assert "Merged by kim" in answer.text
        assert event.get_absolute_url() in answer.text
        assert "was not carried out" in answer.text
    assert Event.objects.count() == 1


def test_an_event_on_record_is_offered_and_merged_by_its_button(desk):
    candidate = make_candidate()
    event = make_event(starts_on=date(2025, 6, 9), people=["lee-jae-myung", "ishiba-shigeru"])

    shown = desk.get(address(candidate)).text
    assert f'name="event" value="{event.slug}"' in shown
    assert "same day" in shown
    answer = desk.post(address(candidate, "merge"), {"event": event.slug})

    assert answer["Location"] == QUEUE
    assert event.citations.filter(url=candidate.article.url).exists()
    assert "spoke by phone" in desk.get(event.get_absolute_url()).text


@pytest.mark.parametrize(
    "words",
    ["https://record.example.org/en/events/2020-01-01-another/?x=1", "2020-01-01-another", "Quiet"],
)
def test_an_event_that_was_not_offered_is_found_and_merged(desk, words):
    candidate = make_candidate()
    event = make_event(
        slug="2020-01-01-another", starts_on=date(2020, 1, 1), title_en="A quiet talk"
    )
    make_event(slug="2020-01-02-loud", starts_on=date(2020, 1, 2), title_en="A loud talk")
    index_changes()

    shown = desk.get(address(candidate), {"find": words, "kind": "call"}).text
    desk.post(address(candidate, "merge"), {"event": event.slug})

    assert 'name="event" value="2020-01-01-another"' in shown
    assert "2020-01-02-loud" not in shown
    assert 'type="hidden" name="kind" value="call"' in shown
    assert event.citations.count() == 2


@pytest.mark.parametrize("words", ["nothing like it", "\x00", "/", "a" * 5000])
def test_a_search_without_result_says_so(desk, words):
    shown = desk.get(address(make_candidate()), {"find": words})

    assert shown.status_code == 200
    assert "No published event was found" in shown.text or words == "\x00"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Choose the event"),
        ({"event": "no-such-event"}, "nothing at this address"),
        ({"anniversary": "no-such-day"}, "nothing at this address"),
        ({"event": "../../etc"}, "Nothing was saved"),
        ({"anniversary": "/"}, "Nothing was saved"),
    ],
)
def test_a_merge_into_nothing_is_told(desk, data, told):
    candidate = make_candidate()

    answer = desk.post(address(candidate, "merge"), data)

    assert answer.status_code == 422
    assert told in answer.text
    candidate.refresh_from_db()
    assert candidate.state == "PENDING"


def test_a_merge_into_a_withdrawn_event_is_told(desk, reviewer):
    event = make_event(withdrawn_at=NOW, withdrawn_by=reviewer, withdrawn_reason="wrong")

    answer = desk.post(address(make_candidate(), "merge"), {"event": event.slug})

    assert answer.status_code == 422
    assert "withdrawn" in answer.text


def test_a_recurring_day_on_record_is_offered_and_shows_the_sentence_after(desk):
    day = make_anniversary("normalization-treaty")
    candidate = make_anniversary_candidate(anniversary="normalization-treaty")

    assert 'name="anniversary" value="normalization-treaty"' in desk.get(address(candidate)).text
    desk.post(address(candidate, "merge"), {"anniversary": day.slug})

    assert "meet in June" in desk.get(day.get_absolute_url()).text


def test_an_unknown_recurring_day_is_added(desk):
    candidate = make_anniversary_candidate()
    sent = {
        "title_en": "Treaty day",
        "origin_on": "1965-06-22",
        "calendar": "SOLAR",
        "countries": ["KR", "JP"],
        "then": "see",
    }

    assert "Add a recurring day" in desk.get(address(candidate)).text
    wrong = desk.post(address(candidate, "anniversary"), {**sent, "origin_on": "2099-01-01"})
    answer = desk.post(address(candidate, "anniversary"), sent)

    assert wrong.status_code == 422
    assert "lies before" in wrong.text
    assert answer["Location"] == Anniversary.objects.get().get_absolute_url()


def test_a_call_cannot_be_added_as_a_recurring_day(desk):
    answer = desk.post(address(make_candidate(), "anniversary"), {"title_en": "x"})

    assert answer.status_code == 422
    assert not Anniversary.objects.exists()


def test_rejecting_needs_a_reason_and_another_reason_in_words(desk):
    candidate = make_candidate()

    none = desk.post(address(candidate, "reject"), {})
    silent = desk.post(address(candidate, "reject"), {"reject_reason": "OTHER"})
    told = desk.post(address(candidate, "reject"), {"reject_reason": "OTHER", "note": "A drill"})

    assert (none.status_code, silent.status_code, told.status_code) == (422, 422, 302)
    candidate.refresh_from_db()
    assert (candidate.state, candidate.note) == ("REJECTED", "A drill")
    assert "A drill" in desk.get(address(candidate)).text


def test_the_filters_stay_from_candidate_to_candidate(desk):
    first = make_candidate(make_article(language="ko"))
    make_candidate()
    third = make_candidate(make_article(language="ko"))

    shown = desk.get(address(first), {"language": "ko"})
    previous = desk.get(address(third), {"language": "ko"}).context["previous"]
    answer = desk.post(
        address(first, "reject"), {"reject_reason": "WRONG", "filters": "language=ko"}
    )

    assert shown.context["next"] == third
    assert previous == first
    assert answer["Location"] == f"{address(third)}?language=ko"


def test_after_the_last_candidate_those_skipped_come_again(desk):
    skipped, last = make_candidate(), make_candidate()

    answer = desk.post(address(last, "reject"), {"reject_reason": "WRONG"})

    assert answer["Location"] == address(skipped)


def test_a_decision_needs_a_post_and_a_page_that_is_there(desk):
    candidate = make_candidate()

    assert desk.get(address(candidate, "accept")).status_code == 405
    assert desk.get("/review/999999/").status_code == 404
    assert desk.post("/review/999999/reject/", {"reject_reason": "WRONG"}).status_code == 404
    assert desk.get("/review/99999999999999999999/").status_code == 404
    assert Candidate.objects.get().state == "PENDING"
    assert reverse("news:queue") == QUEUE


def test_no_style_or_script_stands_inside_the_pages(desk):
    candidate = make_anniversary_candidate()

    for text in (desk.get(QUEUE).text, desk.get(address(candidate)).text):
        assert " style=" not in text
        assert "<style" not in text
        assert " onclick=" not in text


def test_every_staff_page_leads_to_the_others_and_out(desk):
    queue = desk.get("/review/").text

    assert 'href="/review/" aria-current="page"' in queue
    assert 'href="/accounts/logout/"' in queue
    assert "/review/" not in desk.get("/en/").text
