"""Who starts the indexing: requests of staff, the task of every minute, an operator."""

from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from diplomacy.celery import app
from events import search, tasks
from events.indexing import index_after_changes
from events.models import Event, Topic
from tests.events.build import make_event, make_topic, make_user

pytestmark = pytest.mark.django_db


def slugs(query):
    return set(search.matching(Event.objects.all(), query).values_list("slug", flat=True))


def save(event):
    event.title_en = "New title"
    event.save()


@pytest.fixture
def event(editor):
    """An event of two that are indexed."""
    topic = make_topic("trade", name_en="Old topic")
    event = make_event(slug="the-event", title_en="Old title", topics=[topic])
    make_event(slug="another", title_en="Another title")
    search.refresh()
    return event


@pytest.mark.parametrize(
    ("method", "user", "is_indexed"),
    [("post", "staff", True), ("get", "staff", False), ("post", "stranger", False)],
)
def test_a_request_of_staff_that_changes_something_indexes_it(
    event, rf, editor, method, user, is_indexed
):
    request = getattr(rf, method)("/admin/")
    editor.is_staff = True
    request.user = editor if user == "staff" else AnonymousUser()

    def answer(request):
        save(event)
        return HttpResponse("saved")

    response = index_after_changes(answer)(request)

    assert response.content == b"saved"
    assert bool(slugs('"new title"')) is is_indexed


def test_an_editor_finds_at_once_what_was_just_entered(client, event):
    client.force_login(make_user("chief", is_staff=True, is_superuser=True))
    topic = Topic.objects.get()
    typed = {"slug": topic.slug, "name_en": "New topic", "name_ko": "통상", "name_ja": "通商"}

    response = client.post(reverse("admin:events_topic_change", args=[topic.pk]), typed)

    assert response.status_code == 302
    assert slugs("통상") == slugs('"new topic"') == {"the-event"}


@pytest.mark.django_db(transaction=True)
def test_an_answer_is_given_where_indexing_fails(rf, editor):
    """Another process that keeps the lock for too long is as good as any failure."""
    event = make_event(title_en="Old title")
    request = rf.post("/admin/")
    request.user, editor.is_staff = editor, True
    other = connection.copy()
    try:
        with other.cursor() as cursor, connection.cursor() as own:
            cursor.execute("SELECT pg_advisory_lock(%s)", [search._INDEXING])
            own.execute("SET lock_timeout = '20ms'")
            save(event)
            response = index_after_changes(lambda request: HttpResponse("saved"))(request)
            own.execute("RESET lock_timeout")
    finally:
        other.close()

    assert response.content == b"saved"
    assert slugs('"new title"') == set()
    assert search.refresh() == 1


def test_the_task_indexes_what_has_changed(event):
    save(event)

    tasks.index_changes()

    assert slugs('"new title"') == {"the-event"}


def test_the_task_is_sent_every_minute():
    schedule = {job["task"]: job["schedule"] for job in app.conf.beat_schedule.values()}

    assert schedule[tasks.index_changes.name] == 60


def test_an_operator_indexes_by_a_command(event):
    def command(*args):
        out = StringIO()
        call_command("index_events", *args, stdout=out)
        return out.getvalue().strip()

    save(event)

    assert command() == "Indexed 1 event."
    assert slugs('"new title"') == {"the-event"}
    assert command() == "Indexed 0 events."
    assert command("--all") == "Indexed 2 events."
