"""What followers read: digests and the mails that ask, in text and in HTML, in their language."""

import re
from datetime import date
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Event, Phrase
from events.publication import merge, withdraw
from following.mail import message_for, message_that_asks
from tests.events.build import make_event, make_person, make_user
from tests.following.followers import (
    NOW,
    make_announcement,
    make_asking,
    make_digest,
    make_subscriber,
    make_subscription,
)

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"


class Tags(HTMLParser):
    """Every element with its attributes, and what a mail program would have to fetch."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def links(self):
        return [given["href"] for tag, given in self.found if tag == "a"]


def state(**values):
    """How an event was announced to stand."""
    return {
        "slug": "2025-06-09-call",
        "kind": "CALL",
        "status": "SCHEDULED",
        "precision": "DAY",
        "starts_on": "2025-06-09",
        "ends_on": None,
        "titles": {"en": "A call", "ko": "통화", "ja": "電話"},
        "countries": ["KR", "JP"],
        "places": [["KR", "Seoul"]],
        "topics": [],
        "participants": ["lee-jae-myung"],
        "merged_into": None,
        "withdrawn": None,
        **values,
    }


def digest_of(*items, language="en", query="kind=call", **fields):
    subscriber = make_subscriber("anna@example.org", language=language)
    return make_digest(make_subscription(subscriber, query), *items, **fields)


def both(message):
    """The text and the HTML of a mail."""
    (html,) = message.alternatives
    assert html.mimetype == "text/html"
    return message.body, html.content


def readable(markup):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", markup))


def changed(was, now, **fields):
    event = make_event(title_en="A call")
    make_announcement(event.pk, kind="CHANGED", was=was, now=now)
    return digest_of({"event": event.pk, "kind": "CHANGED", **fields})


# A digest


def test_a_new_event_is_told_with_its_date_its_facts_and_its_page():
    event = make_event(slug="2025-06-09-call", title_en="A call", places=[("Seoul", "KR")])
    message = message_for(digest_of({"event": event.pk, "kind": "NEW"}))

    assert message.subject == "New: A call"
    assert message.to == ["anna@example.org"]
    text, html = both(message)
    assert "New: A call\nMonday, 9 June 2025 · Call · Republic of Korea, Japan · Seoul\n" in text
    assert f"{SITE}/en/events/2025-06-09-call/\n" in text
    assert f"{SITE}/en/events/2025-06-09-call/" in Tags(html).links()
    assert "Monday, 9 June 2025 · Call · Republic of Korea, Japan · Seoul" in readable(html)


def test_several_events_are_counted_in_the_subject_and_told_in_their_order():
    first, second = make_event(title_en="The first"), make_event(title_en="The second")
    make_announcement(second.pk, kind="CHANGED", was=state(), now=state(status="HELD"))
    message = message_for(
        digest_of({"event": second.pk, "kind": "CHANGED"}, {"event": first.pk, "kind": "NEW"})
    )

    assert message.subject == "2 events (Changed: 1, New: 1)"
    for part in both(message):
        assert part.index("The second") < part.index("The first")


@pytest.mark.parametrize(
    ("now", "line"),
    [
        (
            {"starts_on": "2025-06-10"},
            "Date changed: Monday, 9 June 2025 → Tuesday, 10 June 2025",
        ),
        ({"precision": "MONTH", "starts_on": "2025-06-01"}, "Monday, 9 June 2025 → June 2025"),
        ({"ends_on": "2025-06-11"}, "Date changed: Monday, 9 June 2025 → 9–11 Jun 2025"),
        ({"status": "HELD"}, "Status changed: Scheduled → Held"),
        ({"kind": "SUMMIT"}, "Kind changed: Call → Summit"),
        (
            {"places": [["JP", "Tokyo"], ["KR", ""]]},
            "Place changed: Seoul (Republic of Korea) → Tokyo (Japan), Republic of Korea",
        ),
        ({"places": []}, "Place removed: Seoul (Republic of Korea)"),
        ({"countries": ["JP"]}, "Countries that acted changed: Republic of Korea, Japan → Japan"),
        (
            {"participants": ["lee-jae-myung", "nobody-known"]},
            "Participants changed: Lee Jae-myung → Lee Jae-myung, nobody-known",
        ),
    ],
)
def test_a_change_is_told_in_words_with_was_and_now(now, line):
    make_person("lee-jae-myung", name_en="Lee Jae-myung")
    for part in both(message_for(changed(state(), state(**now)))):
        assert line in readable(part)


def test_what_did_not_change_is_not_told():
    text, _html = both(message_for(changed(state(), state(status="HELD", topics=["trade"]))))

    assert text.count("changed") == 1


def test_states_in_the_digest_itself_come_first():
    event = make_event()
    make_announcement(event.pk, kind="CHANGED", was=state(), now=state(status="HELD"))
    both_states = {"was": state(), "now": state(status="CANCELLED")}
    digest = digest_of({"event": event.pk, "kind": "CHANGED", **both_states})

    assert "Scheduled → Cancelled" in message_for(digest).body


def test_an_event_that_came_back_says_so():
    digest = changed(state(withdrawn="A mistake."), state())

    assert "Put back on the record" in message_for(digest).body


def test_a_withdrawn_event_is_told_with_its_reason():
    event = make_event(slug="2025-06-09-call", title_en="A call")
    withdraw(event, reason="It was recorded twice.", by=make_user(), at=NOW)
    message = message_for(digest_of({"event": event.pk, "kind": "WITHDRAWN"}, language="ko"))

    text, html = both(message)
    assert "It was recorded twice." in text
    assert '<span lang="en">It was recorded twice.</span>' in html
    assert f"{SITE}/ko/events/2025-06-09-call/" in text


def test_a_merged_event_is_told_with_the_one_that_stays():
    event, other = make_event(title_en="A call"), make_event(title_en="The same call")
    merge(event, into=other, by=make_user())
    message = message_for(digest_of({"event": event.pk, "kind": "MERGED"}))

    assert message.subject == "Merged into another event: A call"
    for part in both(message):
        assert "Now part of: The same call (Monday, 9 June 2025)" in readable(part)


def test_an_event_without_a_row_is_told_from_what_was_announced():
    make_announcement(999, kind="WITHDRAWN", was=state(), now=state(withdrawn=""))
    message = message_for(digest_of({"event": 999, "kind": "WITHDRAWN"}, language="ja"))

    text, html = both(message)
    assert "電話" in text
    assert "2025年6月9日" in text
    assert not [link for link in Tags(html).links() if "/events/" in link]


def test_an_event_that_leaves_the_filter_is_told_for_the_last_time():
    digest = changed(state(), state(status="HELD"), leaves=True)

    for part in both(message_for(digest)):
        assert "told of it for the last time" in part


@pytest.mark.parametrize(
    ("language", "title", "facts", "place"),
    [
        ("en", "A call", "Monday, 9 June 2025 · Call · Republic of Korea, Japan", "Seoul"),
        ("ko", "통화", "2025년 6월 9일 (월)", "서울"),
        ("ja", "電話", "2025年6月9日(月)", "ソウル"),
    ],
)
def test_a_digest_is_in_the_language_of_its_reader(language, title, facts, place):
    Phrase.objects.create(text_en="Seoul", text_ko="서울", text_ja="ソウル")
    titles = {"title_en": "A call", "title_ko": "통화", "title_ja": "電話"}
    event = make_event(slug="2025-06-09-call", places=[("Seoul", "KR")], **titles)
    make_announcement(event.pk, kind="CHANGED", was=state(), now=state(places=[]))
    message = message_for(digest_of({"event": event.pk, "kind": "CHANGED"}, language=language))

    assert message.subject.endswith(f": {title}")
    text, html = both(message)
    assert f'<html lang="{language}">' in html
    assert message.extra_headers["Content-Language"] == language
    for part in (text, readable(html)):
        assert facts in part
        assert f"{place} (" in part
        assert f"{SITE}/{language}/" in text
    # What one mail was written in does not stay behind for the next.
    assert "New" in message_for(digest_of_another(event)).subject


def digest_of_another(event):
    return make_digest(make_subscription(), {"event": event.pk, "kind": "NEW"})


def test_a_title_that_is_not_translated_is_marked_as_english():
    event = make_event(title_en="A call")
    Event.objects.filter(pk=event.pk).update(title_ko="")

    _text, html = both(message_for(digest_of({"event": event.pk, "kind": "NEW"}, language="ko")))

    assert '<h2 lang="en">' in html


def test_a_digest_can_be_ended_with_one_click():
    message = message_for(digest_of({"event": make_event().pk, "kind": "NEW"}))
    headers = message.message()

    subscriber_key = re.search(r"/follow/manage/([^/]+)/", message.body)[1]
    assert headers["List-Unsubscribe"] == f"<{SITE}/follow/out/{subscriber_key}/>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Precedence"] == "bulk"
    assert headers["List-Id"].endswith("<follow.127.0.0.1>")
    assert parsedate_to_datetime(headers["Date"])


def test_the_identity_of_a_mail_is_that_of_its_digest():
    digest = digest_of({"event": make_event().pk, "kind": "NEW"})

    first, again = message_for(digest), message_for(digest)
    other = message_for(digest_of_another(make_event()))

    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert first.extra_headers["Message-ID"] != other.extra_headers["Message-ID"]
    assert re.fullmatch(r"<digest-\d+\.\d+@127\.0\.0\.1>", first.extra_headers["Message-ID"])


def test_a_digest_names_the_filters_that_it_answers_to_each_with_its_end():
    subscriber = make_subscriber()
    calls = make_subscription(subscriber, "kind=call")
    summits = make_subscription(subscriber, "kind=summit")
    make_subscription(subscriber, "kind=visit")
    event = make_event()
    digest = make_digest(
        calls, {"event": event.pk, "kind": "NEW", "subscriptions": [calls.pk, summits.pk]}
    )

    text, html = both(message_for(digest))

    for row in (calls, summits):
        assert f"{SITE}/follow/out/{row.key}/" in text
        assert f"{SITE}/follow/out/{row.key}/" in Tags(html).links()
    assert "- Call (Once a day)" in text
    assert "Visit" not in text


def test_html_fetches_nothing_and_runs_nothing():
    event = make_event(title_en='<script>x</script> & "quotes"')
    _text, html = both(message_for(digest_of({"event": event.pk, "kind": "NEW"})))

    tags = Tags(html).found
    assert not {tag for tag, _given in tags} & {"script", "img", "link", "iframe", "form", "base"}
    assert not [given for _tag, given in tags if {"src", "background", "style"} & set(given)]
    assert not re.search(r"url\(|@import", html)
    assert "&lt;script&gt;x&lt;/script&gt; &amp; &quot;quotes&quot;" in html


def test_text_is_text_and_no_title_breaks_a_header():
    event = make_event(title_en='A "call" & more')
    Event.objects.filter(pk=event.pk).update(title_en='A "call" &\r\nBcc: b@example.org')
    message = message_for(digest_of({"event": event.pk, "kind": "NEW"}))

    assert message.subject == 'New: A "call" & Bcc: b@example.org'
    assert message.message()["Bcc"] is None
    assert '"call" &' in message.body


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_digest_costs_the_same_for_one_event_and_for_many(language):
    def queries(count):
        events = [make_event(places=[("Seoul", "KR")], topics=["trade"]) for _ in range(count)]
        for event in events:
            make_announcement(event.pk, kind="CHANGED", was=state(), now=state(places=[]))
        items = [{"event": event.pk, "kind": "CHANGED"} for event in events]
        digest = make_digest(make_subscription(make_subscriber(language=language)), *items)
        with CaptureQueriesContext(connection) as captured:
            message_for(digest)
        return len(captured)

    assert queries(12) == queries(1) <= 9


# The mail that asks


def test_who_is_asked_gets_a_link_for_each_request_and_no_other():
    subscriber = make_subscriber("anna@example.org", confirmed_at=None)
    calls = make_subscription(subscriber, "kind=call", confirmed_at=None)
    summits = make_subscription(subscriber, "kind=summit", "WEEKLY", confirmed_at=None)
    ended = make_subscription(subscriber, "kind=visit", confirmed_at=None, ended_at=NOW)

    message = message_that_asks(make_asking(subscriber, language="ja"), at=NOW)

    text, html = both(message)
    for row in (calls, summits):
        assert f"{SITE}/ja/follow/confirm/{row.key}/" in text
        assert f"{SITE}/ja/follow/confirm/{row.key}/" in Tags(html).links()
    assert ended.key not in text
    assert subscriber.key not in text + html
    assert '<html lang="ja">' in html
    assert message.to == ["anna@example.org"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"


def test_who_follows_that_already_is_told_so_and_where_to_change_it():
    subscriber = make_subscriber()
    make_subscription(subscriber, "kind=call")

    message = message_that_asks(make_asking(subscriber), at=NOW)

    text, html = both(message)
    assert "you follow that already" in text
    assert "- Call (Once a day)" in text
    for part in (text, html):
        assert f"{SITE}/en/follow/manage/{subscriber.key}/" in part
    assert "/follow/confirm/" not in text + html


def test_who_follows_one_and_is_asked_for_another_reads_of_both():
    subscriber = make_subscriber()
    make_subscription(subscriber, "kind=call")
    asked = make_subscription(subscriber, "kind=summit", confirmed_at=None)

    text, _html = both(message_that_asks(make_asking(subscriber), at=NOW))

    assert asked.key in text
    assert "- Call (Once a day)" in text


def test_a_request_that_was_settled_meanwhile_is_not_asked_for():
    subscriber = make_subscriber(left_at=NOW)
    make_subscription(subscriber, "kind=call", ended_at=NOW)

    text, _html = both(message_that_asks(make_asking(subscriber), at=NOW))

    assert "nothing to confirm any more" in text
    assert subscriber.key not in text


def test_dates_of_the_two_builders_agree():
    """The states above describe the event that `make_event` makes."""
    assert make_event().starts_on == date(2025, 6, 9)
