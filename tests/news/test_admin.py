"""Sources in the admin, and what was read from them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from news.fetching import Fetched
from news.models import Article, Poll, Source
from news.polling import poll
from tests.events.build import make_country, make_user
from tests.news.build import make_article, make_candidate, make_source
from tests.news.web import rss

pytestmark = pytest.mark.django_db
SOURCE = {
    "name": "example-en",
    "outlet": "Example",
    "kind": "FEED",
    "url": "https://example.org/feed.xml",
    "country": "KR",
    "language": "en",
    "source_class": "PRESS",
    "time_zone": "Asia/Seoul",
    "least_minutes": "10",
    "pause_seconds": "0",
    "is_enabled": "on",
}
PAGE = {"kind": "PAGE", "link_pattern": "/news/"}


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
        ({"kind": "PAGE"}, "A page needs a pattern"),
        ({"link_pattern": "/news/"}, "A feed has no pattern"),
        ({**PAGE, "link_pattern": "(news"}, "“(news” is not a regular expression"),
        ({"least_minutes": "4"}, "greater than or equal to 5"),
        ({"pause_seconds": "61"}, "less than or equal to 60"),
    ],
)
def test_a_source_that_cannot_be_read_is_refused_beside_its_field(operator, change, told):
    make_country("KR")

    answer = operator.post(reverse("admin:news_source_add"), {**SOURCE, **change})

    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not Source.objects.exists()


def change(operator, source, **fields):
    """Post the form of a source with these fields changed; everything else as it is."""
    told = {name: getattr(source, name) for name in SOURCE}
    told |= {"country": source.country_id, "link_pattern": source.link_pattern, **fields}
    address = reverse("admin:news_source_change", args=[source.pk])
    # A box that is not ticked is not sent.
    answer = operator.post(address, {name: told[name] for name in told if told[name] is not False})
    assert answer.status_code == 302, answer.context["errors"]
    source.refresh_from_db()


@pytest.mark.parametrize(
    "correction", [{"url": "https://example.org/new"}, PAGE], ids=["address", "pattern"]
)
def test_a_new_address_or_pattern_forgets_what_the_old_one_said(operator, correction):
    now = timezone.now()
    past = {"etag": '"1"', "last_modified": "yesterday", "verified_at": now, "failures": 3}
    source = make_source(
        **past,
        read_in_full_at=now,
        moved_to="https://example.org/x",
        moved_times=2,
        least_minutes=5,
    )

    change(operator, source, **correction)

    assert (source.etag, source.last_modified, source.moved_to) == ("", "", "")
    assert (source.verified_at, source.read_in_full_at) == (None, None)
    assert (source.failures, source.moved_times) == (0, 0)
    assert source in Source.objects.due(timezone.now())


def test_another_correction_keeps_what_its_server_said(operator):
    now = timezone.now()
    source = make_source(etag='"1"', verified_at=now)

    change(operator, source, outlet="Another name")

    assert (source.outlet, source.etag, source.verified_at) == ("Another name", '"1"', now)


def test_more_patience_counts_from_the_last_poll(operator):
    now = timezone.now()
    source = make_source(last_polled_at=now, next_poll_at=now + timedelta(minutes=10))

    change(operator, source, least_minutes=720)

    assert source.next_poll_at == now + timedelta(hours=12)


@pytest.mark.parametrize("is_new_address", [True, False])
def test_what_a_worker_finds_at_the_old_address_is_not_kept_for_the_new_one(
    operator, is_new_address
):
    source = make_source()

    def answer(url, **how):
        """The operator corrects the source while the worker waits for the old address."""
        change(
            operator, source, **({"url": SOURCE["url"]} if is_new_address else {"outlet": "New"})
        )
        body = rss(("https://example.org/old-news", "Old news", "")).body
        return Fetched(status=200, url=url, body=body, etag='"of the old one"')

    row = poll(source, at=timezone.now(), fetch=answer)

    source.refresh_from_db()
    assert (row is None) is is_new_address
    assert Poll.objects.exists() is not is_new_address
    assert Article.objects.exists() is not is_new_address
    assert source.etag == ("" if is_new_address else '"of the old one"')
    assert (source in Source.objects.due(timezone.now())) is is_new_address


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


def test_the_list_tells_kind_host_and_whether_a_source_ever_answered(operator):
    make_source(name="one", url="https://news.example.org/1", verified_at=timezone.now())
    make_source(name="two", url="https://gov.example.org/list", **PAGE)
    changelist = reverse("admin:news_source_changelist")

    everything = operator.get(changelist).text

    assert "news.example.org" in everything
    assert ">Page<" in everything
    assert everything.count('alt="False"') >= 1
    for query, name in (("verified=yes", "one"), ("verified=no", "two"), ("kind=PAGE", "two")):
        listed = operator.get(f"{changelist}?{query}").context["cl"].queryset
        assert [source.name for source in listed] == [name], query


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
