"""Publishing, withdrawing, renaming and merging, alone and by two editors at once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from events.models import Event, EventSlug
from events.publication import PublicationRefused, merge, publish, rename, withdraw
from tests.events.build import make_citation, make_event, make_user

pytestmark = pytest.mark.django_db


def visible() -> list[Event]:
    return list(Event.objects.visible().order_by("pk"))


def test_a_published_draft_is_visible_and_says_who_and_when(editor, now):
    draft = make_event(published=False)
    assert visible() == []

    event = publish(draft, by=editor, at=now)

    assert visible() == [event]
    assert (event.published_at, event.published_by, event.version) == (now, editor, 2)


def test_publishing_again_changes_nothing(editor, now):
    event = make_event(editor, at=now)

    again = publish(event, by=make_user("second"), at=now + timedelta(days=1))

    assert (again.published_at, again.published_by, again.version) == (now, editor, 1)


def test_a_draft_without_a_source_is_not_published(editor, now):
    draft = make_event(published=False, citations=0)

    with pytest.raises(PublicationRefused, match="source"):
        publish(draft, by=editor, at=now)

    assert visible() == []


def test_a_withdrawn_event_leaves_the_record_with_its_reason(editor, now):
    event = withdraw(make_event(), reason=" Entered twice. ", by=editor, at=now)

    assert visible() == []
    assert (event.withdrawn_at, event.withdrawn_by) == (now, editor)
    assert (event.withdrawn_reason, event.version) == ("Entered twice.", 2)


@pytest.mark.parametrize("reason", ["", "  ", "x" * 301])
def test_an_event_is_not_withdrawn_without_a_reason_that_fits(reason, editor, now):
    event = make_event()

    with pytest.raises(PublicationRefused, match="reason"):
        withdraw(event, reason=reason, by=editor, at=now)

    assert visible() == [event]


def test_a_withdrawn_event_is_neither_published_nor_withdrawn_nor_merged(editor, now):
    event = withdraw(make_event(), reason="Entered twice.", by=editor, at=now)
    other = make_event()

    with pytest.raises(PublicationRefused, match="withdrawn"):
        publish(event, by=editor, at=now)
    with pytest.raises(PublicationRefused, match="withdrawn"):
        withdraw(event, reason="Again.", by=editor, at=now)
    with pytest.raises(PublicationRefused, match="withdrawn"):
        merge(event, into=other, by=editor)
    with pytest.raises(PublicationRefused, match="withdrawn"):
        merge(other, into=event, by=editor)


def test_a_draft_is_neither_withdrawn_nor_merged(editor, now):
    draft, event = make_event(published=False), make_event()

    with pytest.raises(PublicationRefused, match="draft"):
        withdraw(draft, reason="No.", by=editor, at=now)
    with pytest.raises(PublicationRefused, match="draft"):
        merge(event, into=draft, by=editor)


def test_a_renamed_event_answers_at_its_old_address(editor):
    event = make_event(slug="first")

    rename(event, slug="second", by=editor)
    event = rename(event, slug="third", by=editor)

    assert (event.slug, event.version) == ("third", 3)
    assert set(event.old_slugs.values_list("slug", flat=True)) == {"first", "second"}


def test_an_event_may_take_back_its_old_address(editor):
    event = make_event(slug="first")

    rename(event, slug="second", by=editor)
    event = rename(event, slug="first", by=editor)

    assert event.slug == "first"
    assert set(event.old_slugs.values_list("slug", flat=True)) == {"second"}


def test_a_draft_leaves_no_old_address(editor):
    draft = make_event(slug="first", published=False)

    rename(draft, slug="second", by=editor)

    assert not EventSlug.objects.exists()


def test_renaming_to_the_same_address_changes_nothing(editor):
    event = make_event(slug="first")

    assert rename(event, slug="first", by=editor).version == 1


@pytest.mark.parametrize("slug", ["taken", "once-taken", "", "a b", "é", "x" * 81])
def test_an_address_of_another_event_or_none_at_all_is_refused(slug, editor):
    make_event(slug="taken")
    rename(make_event(slug="once-taken"), slug="elsewhere", by=editor)
    event = make_event(slug="mine")

    with pytest.raises(PublicationRefused, match="address"):
        rename(event, slug=slug, by=editor)

    event.refresh_from_db()
    assert event.slug == "mine"


def test_the_survivor_of_a_merge_gains_the_sources_it_lacks(editor):
    both, only = "https://example.org/both", "https://example.org/only"
    merged = make_event(citations=[both, only])
    survivor = make_event(citations=[both])

    survivor = merge(merged, into=survivor, by=editor)

    merged.refresh_from_db()
    assert visible() == [survivor]
    assert merged.merged_into == survivor
    assert sorted(survivor.citations.values_list("url", flat=True)) == [both, only]
    assert merged.citations.count() == 2
    assert (merged.version, survivor.version) == (2, 2)


def test_what_was_merged_before_follows_to_the_last_survivor(editor):
    first, second, third = make_event(), make_event(), make_event()

    merge(first, into=second, by=editor)
    merge(second, into=third, by=editor)

    first.refresh_from_db()
    assert first.merged_into == third


def test_an_event_is_not_merged_into_itself(editor):
    event = make_event()

    with pytest.raises(PublicationRefused, match="itself"):
        merge(event, into=event, by=editor)


def test_a_merged_event_is_not_merged_again(editor):
    first, second, third = make_event(), make_event(), make_event()
    merge(first, into=second, by=editor)

    with pytest.raises(PublicationRefused, match="merged"):
        merge(first, into=third, by=editor)
    with pytest.raises(PublicationRefused, match="merged"):
        merge(third, into=first, by=editor)


def at_once(*verbs):
    """Run each verb in a thread and connection of its own; the refusals that came out."""
    ready = threading.Barrier(len(verbs))
    refusals, failures = [], []

    def run(verb):
        try:
            ready.wait(timeout=10)
            verb()
        except PublicationRefused as refusal:
            refusals.append(refusal)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failures == []
    return refusals


@pytest.mark.django_db(transaction=True)
def test_of_two_editors_at_once_the_second_is_refused(now):
    one, other = make_user("one"), make_user("other")
    a, b, c, d = (make_event(one) for _ in range(4))
    make_citation(event=a)

    opposite = at_once(
        lambda: merge(a, into=b, by=one),
        lambda: merge(b, into=a, by=other),
    )
    one_address = at_once(
        lambda: rename(c, slug="wanted", by=one),
        lambda: rename(d, slug="wanted", by=other),
    )
    twice = at_once(
        lambda: withdraw(c, reason="By one.", by=one, at=now),
        lambda: withdraw(c, reason="By the other.", by=other, at=now),
    )

    assert [len(refusals) for refusals in (opposite, one_address, twice)] == [1, 1, 1]
    assert Event.objects.filter(merged_into__isnull=False).count() == 1
    assert Event.objects.filter(slug="wanted").count() == 1
    c.refresh_from_db()
    assert c.withdrawn_by.username in c.withdrawn_reason.replace("the other", "other")
