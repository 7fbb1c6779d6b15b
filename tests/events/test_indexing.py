"""Whatever changes the words of an event, by whichever door: the search follows."""

import threading

import pytest
from django.db import connection, transaction

from events import search
from events.models import (
    Alias,
    Country,
    Event,
    EventPlace,
    EventTopic,
    Participation,
    Person,
    Phrase,
    SearchDocument,
    SearchStale,
    Topic,
)
from events.publication import merge, withdraw
from tests.events.build import make_event, make_person, make_topic
from tests.events.curated import CALL, load

pytestmark = pytest.mark.django_db


def slugs(query, events=None):
    found = search.matching(Event.objects.all() if events is None else events, query)
    return set(found.values_list("slug", flat=True))


@pytest.fixture
def event(editor):
    """An event that has the word "old" in each of its texts, indexed."""
    Phrase.objects.create(text_en="Gyeongju", text_ko="경주 old", text_ja="慶州")
    event = make_event(
        slug="the-event",
        title_en="Old title",
        summary_ko="요약 old",
        topics=[make_topic("trade", name_en="Old topic")],
        people=[make_person("lee-jae-myung", name_ja="Old name")],
        places=[("Gyeongju", "KR")],
        occasion="Old occasion",
    )
    make_event(slug="another", title_en="Another title")
    search.refresh()
    return event


# --- Doors --------------------------------------------------------------------------------------


def save(event):
    event.title_en = "New title"
    event.save()


def update(event):
    Event.objects.filter(pk=event.pk).update(title_en="New title")


def update_in_bulk(event):
    event.title_en = "New title"
    Event.objects.bulk_update([event], ["title_en"])


def change_by_hand(event):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE events_event SET title_en = 'New title' WHERE id = %s", [event.pk])


@pytest.mark.parametrize("change", [save, update, update_in_bulk, change_by_hand])
def test_a_new_title_is_found_and_the_old_one_no_more(event, change):
    change(event)

    assert search.refresh() == 1
    assert slugs('"new title"') == {"the-event"}
    assert slugs('"old title"') == set()


CHANGES = {
    "a topic is renamed": (
        lambda event: Topic.objects.update(name_en="New topic"),
        ('"old topic"', '"new topic"'),
    ),
    "a topic is added": (
        lambda event: EventTopic.objects.create(event=event, topic=make_topic("defence")),
        (None, "defence"),
    ),
    "a topic is removed": (
        lambda event: EventTopic.objects.all().delete(),
        ('"old topic"', None),
    ),
    "a person is renamed": (
        lambda event: Person.objects.update(name_ja="New name"),
        ('"old name"', '"new name"'),
    ),
    "a person is added": (
        lambda event: Participation.objects.create(event=event, person=make_person("cho-hyun")),
        (None, '"cho hyun"'),
    ),
    "a person is removed": (
        lambda event: Participation.objects.all().delete(),
        ('"old name"', None),
    ),
    "a place is added": (
        lambda event: EventPlace.objects.create(event=event, country_id="JP", city="Nara"),
        (None, "nara japan"),
    ),
    "a place is corrected": (
        lambda event: EventPlace.objects.update(city="Busan"),
        ("gyeongju", "busan"),
    ),
    "a place is removed": (lambda event: EventPlace.objects.all().delete(), ("경주", None)),
    "a country is renamed": (
        lambda event: Country.objects.filter(code="KR").update(name_ko="새나라"),
        ("대한민국", "새나라"),
    ),
    "a phrase is translated": (
        lambda event: Phrase.objects.update(text_ko="경상북도"),
        ("경주", "경상북도"),
    ),
    "a phrase is added": (
        lambda event: Phrase.objects.create(text_en="Old occasion", text_ja="旧称"),
        (None, "旧称"),
    ),
    "a phrase is renamed": (
        lambda event: Phrase.objects.update(text_en="Old occasion", text_ja="時機"),
        ("경주 慶州", "경주 時機"),
    ),
    "a phrase is removed": (lambda event: Phrase.objects.all().delete(), ("경주", None)),
    "an occasion is corrected": (
        lambda event: Event.objects.filter(pk=event.pk).update(occasion="New occasion"),
        ('"old occasion"', '"new occasion"'),
    ),
}


@pytest.mark.parametrize(("change", "words"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_what_hangs_on_an_event_is_followed(event, change, words):
    old, new = words
    if old:
        assert slugs(old) == {"the-event"}
    if new:
        assert slugs(new) == set()

    change(event)
    search.refresh()

    if old:
        assert slugs(old) == set()
    if new:
        assert slugs(new) == {"the-event"}


def test_a_link_that_is_moved_changes_both_events(event):
    EventTopic.objects.update(event=Event.objects.get(slug="another"))

    assert search.refresh() == 2
    assert slugs('"old topic"') == {"another"}


def test_a_new_form_of_a_name_needs_no_indexing(event):
    person = Person.objects.get()
    Alias.objects.create(person=person, language="ko", form="아무개")

    assert not SearchStale.objects.exists()
    assert slugs("아무개") == {"the-event"}


def test_what_is_rolled_back_was_never_changed(event):
    with transaction.atomic():
        save(event)
        transaction.set_rollback(True)

    assert search.refresh() == 0
    assert slugs('"old title"') == {"the-event"}


def test_a_load_indexes_what_it_changed(folder):
    load()
    assert CALL not in slugs("entirely new")

    folder.change("events.csv", folder.line("events.csv", id=CALL), title_en="Entirely new title")
    load(folder.path)

    assert slugs("entirely new") == {CALL}
    assert not SearchStale.objects.exists()


def test_a_merged_or_withdrawn_event_is_no_longer_shown(event, editor, now):
    another = Event.objects.get(slug="another")
    withdraw(another, reason="It did not take place.", by=editor, at=now)
    survivor = make_event(slug="survivor")
    merge(event, into=survivor, by=editor)
    search.refresh()

    assert slugs("title", Event.objects.visible()) == set()
    assert slugs("title") == {"the-event", "another"}


def test_a_deleted_draft_leaves_no_document_and_nothing_to_do():
    draft = make_event(published=False, topics=["trade"])
    search.refresh()
    save(draft)

    draft.delete()

    assert search.refresh() == 0
    assert not SearchDocument.objects.exists()
    assert not SearchStale.objects.exists()


# --- Work ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 15])
def test_indexing_costs_the_same_for_few_and_many(count, django_assert_num_queries):
    for _ in range(count):
        make_event(topics=["trade"], people=["cho-hyun"], places=[("Nara", "JP")], occasion="G20")

    # The list asked twice; lock, list, six kinds of texts, documents, within a savepoint.
    with django_assert_num_queries(2 + 9 + 2):
        assert search.refresh() == count


def test_nothing_to_do_costs_one_query(event, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert search.refresh() == 0


def test_more_than_fits_in_one_go_is_worked_off(monkeypatch):
    monkeypatch.setattr(search, "_AT_ONCE", 3)
    for number in range(8):
        make_event(title_en=f"Number {number}", topics=["trade"])

    assert search.refresh() == 8
    assert len(slugs("number")) == 8


def test_what_was_changed_last_comes_first_and_the_rest_waits(event, monkeypatch):
    monkeypatch.setattr(search, "_AT_ONCE", 3)
    for number in range(8):
        make_event(title_en=f"Number {number}")
    update(event)

    assert search.refresh(at_most=1) < 8
    assert slugs('"new title"') == {"the-event"}
    assert search.refresh() > 1
    assert len(slugs("number")) == 8


def test_all_can_be_indexed_anew(event):
    SearchDocument.objects.update(words="")
    save(event)

    assert search.index_all() == 2
    assert slugs("another") == {"another"}
    assert slugs('"new title"') == {"the-event"}
    assert not SearchStale.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("slower", [search.refresh, search.index_all])
def test_of_two_at_once_the_newer_words_stand(monkeypatch, slower):
    event = make_event(title_en="Old title")
    if slower is search.index_all:
        search.refresh()
    has_read, may_write = threading.Event(), threading.Event()
    cut = search.as_vector

    def cut_slowly(texts):
        if not has_read.is_set():
            has_read.set()
            may_write.wait(timeout=10)
        return cut(texts)

    def at_work(verb):
        try:
            verb()
        finally:
            connection.close()

    monkeypatch.setattr(search, "as_vector", cut_slowly)
    first = threading.Thread(target=at_work, args=[slower])
    second = threading.Thread(target=at_work, args=[search.refresh])
    first.start()
    assert has_read.wait(timeout=10)
    update(event)
    second.start()
    second.join(timeout=0.5)
    may_write.set()
    for thread in (first, second):
        thread.join(timeout=30)

    assert slugs('"new title"') == {event.slug}
    assert slugs('"old title"') == set()
    assert not SearchStale.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_draft_can_be_deleted_while_it_is_being_indexed(monkeypatch):
    draft = make_event(published=False)
    cut, problems = search.as_vector, []

    def delete_draft():
        try:
            Event.objects.filter(pk=draft.pk).delete()
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    def cut_after_the_deletion(texts):
        deletion = threading.Thread(target=delete_draft)
        deletion.start()
        deletion.join(timeout=5)
        assert not deletion.is_alive()
        return cut(texts)

    monkeypatch.setattr(search, "as_vector", cut_after_the_deletion)

    search.refresh()

    assert problems == []
    assert not Event.objects.exists()
    assert not SearchDocument.objects.exists()
    assert not SearchStale.objects.exists()
