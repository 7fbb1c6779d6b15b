"""What a filter would have told lately, for whoever wonders whether to follow it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from events.models import Event
from events.publication import publish, withdraw
from following.announcing import note_changes
from following.preview import would_have_sent
from tests.events.build import NOW, make_event, make_some_events, make_user
from tests.following.build import announce, state

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def previewed(query="", **options):
    """What daily mails would have told, the latest mail first."""
    sent = would_have_sent(query, at=NOW + timedelta(days=1), **options)
    return [(item.now["slug"], item.kind) for mail in sent.mails["DAILY"] for item in mail]


def mails(query="", at=NOW + timedelta(days=1)):
    """How many mails each pace makes."""
    sent = would_have_sent(query, at=at)
    return {pace.value: len(made) for pace, made in sent.mails.items()}


def test_the_preview_tells_what_was_published_lately_and_the_filter_picks():
    make_some_events()
    Event.objects.update(published_at=NOW - timedelta(days=400))
    make_event(slug="old", at=NOW - timedelta(days=40))
    make_event(slug="talk", kind="VISIT", at=NOW - timedelta(days=3))
    make_event(slug="summit-2", kind="SUMMIT", at=NOW - timedelta(days=2))

    assert previewed() == [("summit-2", "NEW"), ("talk", "NEW")]
    assert previewed("kind=summit") == [("summit-2", "NEW")]
    assert previewed("kind=dispute") == []
    assert previewed(days=60)[-1] == ("old", "NEW")


def test_the_preview_tells_each_event_once_with_what_was_announced():
    make_event(slug="first", at=NOW - timedelta(days=400))
    known, wrong = make_event(slug="known"), make_event(slug="wrong")
    note_changes(at=NOW)
    new = make_event(slug="new", published=False)
    publish(new, by=make_user(), at=NOW + MINUTE)
    withdraw(wrong, reason="A slip", by=make_user(), at=NOW + MINUTE)
    Event.objects.filter(slug="first").update(starts_on=date(2025, 6, 1))
    Event.objects.filter(pk=known.pk).update(starts_on=date(2025, 6, 1))
    note_changes(at=NOW + MINUTE)

    # What was published and corrected within the time is new; and published and withdrawn, none.
    assert sorted(previewed()) == [("first", "CHANGED"), ("known", "NEW"), ("new", "NEW")]


def test_what_the_record_began_with_was_never_news():
    make_some_events()

    assert previewed() == []


MONDAY = datetime(2026, 6, 8, tzinfo=UTC) - timedelta(hours=9)
"""When a Monday begins in Seoul and Tokyo."""


def test_mails_are_counted_by_pace():
    for number, moment in enumerate(
        [
            MONDAY + timedelta(hours=7, minutes=59),  # in Monday's mails, of the week before
            MONDAY + timedelta(hours=8, minutes=1),  # in Tuesday's
            MONDAY + timedelta(hours=8, minutes=1, seconds=30),  # in the same minute
            MONDAY + timedelta(days=1, hours=9),  # in Wednesday's
        ]
    ):
        announce(number, at=moment)

    assert mails(at=MONDAY + timedelta(days=5)) == {"INSTANT": 3, "DAILY": 3, "WEEKLY": 2}
    assert mails() == {"INSTANT": 0, "DAILY": 0, "WEEKLY": 0}


def test_an_event_that_changes_after_it_was_told_is_told_again_where_a_mail_lies_between():
    at = MONDAY + timedelta(hours=12)
    announce(1, at=at)
    announce(1, was=state(), now=state(status="POSTPONED"), at=at + 3 * MINUTE)
    announce(1, was=state(status="POSTPONED"), now=state(), at=at + timedelta(days=1))

    assert mails(at=MONDAY + timedelta(days=9)) == {"INSTANT": 2, "DAILY": 2, "WEEKLY": 1}


def test_an_event_that_leaves_the_filter_is_previewed_for_the_last_time():
    announce(1, was=state(), now=state(kind="SUMMIT"), at=NOW)

    sent = would_have_sent("kind=call", at=NOW + MINUTE)

    assert [[item.leaves for item in mail] for mail in sent.mails["DAILY"]] == [[True]]
    assert mails("kind=visit") == {"INSTANT": 0, "DAILY": 0, "WEEKLY": 0}


def test_what_was_published_before_anything_was_announced_is_told_as_it_was():
    make_event(at=NOW - timedelta(days=400))
    make_event(slug="talk", kind="CALL", at=NOW - timedelta(days=9))
    note_changes(at=NOW - timedelta(days=8))
    Event.objects.filter(slug="talk").update(kind="SUMMIT", channel="IN_PERSON")
    note_changes(at=NOW)

    assert previewed("kind=call") == [("talk", "CHANGED"), ("talk", "NEW")]
    assert previewed("kind=summit") == [("talk", "CHANGED")]
