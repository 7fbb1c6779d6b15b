"""`poll`: reading sources now, without a worker."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from news.models import Article, Poll
from tests.news.build import make_source
from tests.news.web import article_page, rss

pytestmark = pytest.mark.django_db


def run(*names: str) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    try:
        call_command("poll", *names, stdout=out, stderr=err, no_color=True)
    except CommandError as error:
        err.write(f"failed: {error}")
    return out.getvalue(), err.getvalue()


def test_without_names_the_due_sources_are_read(web):
    web.pages["/feed"] = rss()
    make_source(name="due", url=web.url("/feed"))
    make_source(name="later", next_poll_at=timezone.now() + timedelta(hours=1))

    assert run() == ("due: 0 items, 0 new.\n", "")


def test_the_articles_of_due_sources_are_read_as_far_as_they_go(web):
    web.pages["/feed"] = rss((web.url("/a"), "Rain", "Tue, 10 Jun 2025 09:00:00 +0900"))
    web.pages["/a"] = article_page("Rain", "Rain is expected in the south of the country. " * 9)
    make_source(name="due", url=web.url("/feed"))

    assert run() == ("due: 1 items, 1 new.\n", "")
    assert Article.objects.get().stage == "DRAFTED"


def test_a_named_source_is_read_whether_due_or_not(web):
    web.pages["/feed"] = rss()
    later = timezone.now() + timedelta(hours=1)
    make_source(name="later", url=web.url("/feed"), next_poll_at=later)

    out, _err = run("later", "later")

    assert out == "later: 0 items, 0 new.\n"


def test_nothing_due_is_said():
    assert run() == ("No source is due.\n", "")


def test_an_unknown_name_is_told_with_the_known_ones_and_nothing_is_read():
    make_source(name="known")

    out, err = run("known", "unknown")

    assert out == ""
    assert "unknown" in err
    assert "Known sources: known" in err
    assert not Poll.objects.exists()


def test_a_source_that_cannot_be_read_is_told_and_the_others_are_read(web):
    web.pages["/page"] = article_page("Sign in", "Please sign in.")
    web.pages["/feed"] = rss()
    make_source(name="page", url=web.url("/page"))
    make_source(name="feed", url=web.url("/feed"))

    out, err = run("page", "feed")

    assert out == "feed: 0 items, 0 new.\n"
    assert "page: The address answers with a web page (HTML), not with a feed." in err
    assert "failed: 1 of 2 sources" in err
