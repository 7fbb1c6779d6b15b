"""Sources in the admin, and what was read from them."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from news.fetching import Fetched
from news.models import Poll, Source
from news.polling import poll
from tests.events.build import make_country, make_user
from tests.news.build import make_article, make_candidate, make_source

pytestmark = pytest.mark.django_db
SOURCE = {
    "name": "example-en",
    "outlet": "Example",
    "url": "https://example.org/feed.xml",
    "country": "KR",
    "language": "en",
    "source_class": "PRESS",
    "time_zone": "Asia/Seoul",
    "is_enabled": "on",
}


@pytest.fixture
def operator(client):
    user = make_user("operator", is_staff=True)
    user.groups.add(Group.objects.get(name="operator"))
    client.force_login(user)
    return client


def test_an_operator_adds_a_source_that_is_due_at_once(operator):
    make_country("KR")

    answer = operator.post(reverse("admin:news_source_add"), SOURCE)

    assert answer.status_code == 302, answer.context["errors"]
    source = Source.objects.get()
    assert (source.name, source.verified_at) == ("example-en", None)
    assert source in Source.objects.due(timezone.now())


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"url": "example.org/feed.xml"}, "valid URL"),
        ({"url": "ftp://example.org/feed.xml"}, "valid URL"),
        ({"time_zone": "Asia/Soul"}, "not a time zone"),
        ({"name": "two words"}, "valid “slug”"),
        ({"language": "fr"}, "not one of the available choices"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused_beside_its_field(operator, change, told):
    make_country("KR")

    answer = operator.post(reverse("admin:news_source_add"), {**SOURCE, **change})

    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Source.objects.exists()


def test_a_new_address_forgets_what_the_old_one_said(operator):
    now = timezone.now()
    source = make_source(etag='"1"', verified_at=now, failures=3, next_poll_at=now)

    operator.post(reverse("admin:news_source_change", args=[source.pk]), SOURCE)

    source.refresh_from_db()
    assert (source.etag, source.verified_at, source.failures) == ("", None, 0)


def test_what_a_worker_finds_at_the_old_address_is_not_kept_for_the_new_one(operator):
    source = make_source()

    def answer(url, **how):
        """The operator corrects the address while the worker waits for the old one."""
        operator.post(reverse("admin:news_source_change", args=[source.pk]), SOURCE)
        return Fetched(status=304, url=url, etag='"of the old one"')

    assert poll(source, at=timezone.now(), fetch=answer) is None

    source.refresh_from_db()
    assert (source.url, source.etag, source.failures) == (SOURCE["url"], "", 0)
    assert source in Source.objects.due(timezone.now())


def test_a_source_that_is_enabled_again_no_longer_says_why_it_was_not(operator):
    source = make_source(is_enabled=False, disabled_because="The server answered 410 (Gone).")
    change = reverse("admin:news_source_change", args=[source.pk])
    assert "410 (Gone)" in operator.get(change).content.decode()

    changelist = reverse("admin:news_source_changelist")
    operator.post(changelist, {"action": "enable", "_selected_action": [source.pk]})

    source.refresh_from_db()
    assert (source.is_enabled, source.disabled_because) == (True, "")


def test_sources_are_switched_off_and_on_not_deleted(operator):
    source = make_source()
    changelist = reverse("admin:news_source_changelist")

    operator.post(changelist, {"action": "disable", "_selected_action": [source.pk]})
    source.refresh_from_db()
    assert not source.is_enabled
    operator.post(changelist, {"action": "enable", "_selected_action": [source.pk]})
    source.refresh_from_db()
    assert source.is_enabled
    assert operator.get(reverse("admin:news_source_delete", args=[source.pk])).status_code == 403


def test_polls_are_listed_with_their_reasons(operator):
    now = timezone.now()
    Poll.objects.create(
        source=make_source(),
        started_at=now,
        finished_at=now,
        outcome="NOT_A_FEED",
        reason="The address answers with a web page (HTML), not with a feed.",
    )

    assert "web page (HTML)" in operator.get(reverse("admin:news_poll_changelist")).text


@pytest.mark.parametrize("model", ["poll", "article", "candidate"])
def test_what_was_read_is_looked_at_not_changed(admin_client, model):
    candidate = make_candidate(make_article(source=make_source()))
    rows = {"article": candidate.article, "candidate": candidate}

    assert admin_client.get(reverse(f"admin:news_{model}_changelist")).status_code == 200
    assert admin_client.get(reverse(f"admin:news_{model}_add")).status_code == 403
    if model in rows:
        change = reverse(f"admin:news_{model}_change", args=[rows[model].pk])
        assert admin_client.get(change).status_code == 200
        assert admin_client.post(change, {}).status_code == 403


@pytest.mark.parametrize("model", ["source", "poll", "article", "candidate"])
def test_the_lists_have_no_style_inside(admin_client, model):
    make_candidate(make_article(source=make_source()))

    text = admin_client.get(reverse(f"admin:news_{model}_changelist")).text

    assert "<style" not in text
    assert " style=" not in text


@pytest.mark.parametrize("count", [1, 20])
def test_the_lists_cost_the_same_for_few_and_many(
    admin_client, django_assert_max_num_queries, count
):
    for _number in range(count):
        make_candidate(make_article(source=make_source()))

    for model in ("source", "article", "candidate"):
        with django_assert_max_num_queries(12):
            admin_client.get(reverse(f"admin:news_{model}_changelist"))
