"""What a filter would have told lately, for whoever wonders whether to follow it."""

from datetime import date, timedelta

import pytest

from events.models import Event
from events.publication import publish, withdraw
from following.announcing import note_changes
from following.digesting import would_have_sent
from tests.events.build import NOW, make_event, make_some_events, make_user

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def previewed(query="", **options):
    found = would_have_sent(query, at=NOW + timedelta(days=1), **options)
    return [(item.now["slug"], item.kind) for item in found]


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
