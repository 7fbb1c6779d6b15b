"""What sites ask robots to leave alone is left alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.fetching import Fetched, FetchFailed, FetchRefused, fetch
from news.robots import DAY, SOON, Permission, is_allowed, may_read
from tests.news.web import Page

RULES = """
User-agent: *
Disallow: /private
Allow: /private/news$

User-agent: seoultokyorecord
Disallow: /not-for-us/*.html
"""


class Shelf(dict):
    """A cache that remembers for how long."""

    def set(self, key, value, timeout):
        self[key] = value
        self.timeout = timeout


def answering(status=200, body=b""):
    asked = []

    def fetch(url, **options):
        asked.append(url)
        return Fetched(status=status, url=url, body=body)

    fetch.asked = asked
    return fetch


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/private", True), ("/not-for-us/a.html", False), ("/not-for-us/a.txt", True), ("/", True)],
)
def test_rules_that_name_us_go_before_those_for_all(path, expected):
    assert is_allowed(RULES, f"https://example.org{path}") is expected


def test_the_longest_rule_decides():
    rules = RULES.partition("User-agent: seoul")[0]

    assert not is_allowed(rules, "https://example.org/private/x")
    assert is_allowed(rules, "https://example.org/private/news")


@pytest.mark.parametrize("rules", ["", "<!doctype html><p>Not found", "\ufeff", "a\x01:\nDisallow"])
def test_no_rules_allow_everything(rules):
    assert is_allowed(rules, "https://example.org/a")


def test_rules_for_another_robot_are_not_ours():
    rules = "User-agent: *\nDisallow: /a\nUser-agent: googlebot\nUser-agent: x*\nDisallow: /b"

    assert not is_allowed(rules, "https://example.org/a")
    assert is_allowed(rules, "https://example.org/b")


@pytest.mark.parametrize("agent", ["User-agent: r{}", "user agent r{}*", "USERAGENT:\tr{} # x"])
def test_rules_made_to_take_long_do_not(agent):
    robots = "\n".join(agent.format(number) for number in range(3_000))
    paths = "\n".join(f"Disallow: /{number}*a*b*c$" for number in range(3_000))
    began = time.process_time()

    assert is_allowed(f"{robots}\n{paths}", "https://example.org/1" + "abc" * 1000 + "/")
    assert time.process_time() - began < 2


@given(st.text(max_size=200) | st.text("useragnt-:* \n/dilowx$#", max_size=200))
def test_any_text_can_be_read_as_rules(text):
    assert is_allowed(text, "https://example.org/a?b=c") in (True, False)


def test_the_rules_of_a_site_are_asked_for_once_a_day():
    fetch, cache = answering(body=b"User-agent: *\nDisallow: /b"), Shelf()

    assert may_read("https://example.org/a?b", fetch=fetch, cache=cache) is Permission.YES
    assert may_read("https://example.org/b", fetch=fetch, cache=cache) is Permission.NO
    assert fetch.asked == ["https://example.org/robots.txt"]
    assert cache.timeout == DAY


def test_each_port_and_scheme_has_rules_of_its_own():
    fetch, cache = answering(), Shelf()

    for site in ("https://example.org", "http://example.org", "http://example.org:8080"):
        may_read(f"{site}/a", fetch=fetch, cache=cache)

    assert len(fetch.asked) == 3


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_may_be_read(status):
    fetch = answering(status, b"User-agent: *\nDisallow: /")

    assert may_read("https://example.org/a", fetch=fetch, cache=Shelf()) is Permission.YES


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_site_in_trouble_is_left_for_a_while(status):
    fetch, cache = answering(status), Shelf()

    for _time in range(2):
        assert may_read("https://example.org/a", fetch=fetch, cache=cache) is Permission.LATER
    assert len(fetch.asked) == 1
    assert cache.timeout == SOON


@pytest.mark.parametrize("problem", [FetchFailed("No answer in time."), FetchRefused("No.")])
def test_a_site_that_cannot_be_reached_is_left_for_a_while(problem):
    def fetch(url, **options):
        raise problem

    assert may_read("https://example.org/a", fetch=fetch, cache=Shelf()) is Permission.LATER


def test_rules_come_through_the_same_edge(web):
    web.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /b", content_type="text/plain")

    assert may_read(web.url("/a"), fetch=fetch, cache=Shelf()) is Permission.YES
    assert may_read(web.url("/b"), fetch=fetch, cache=Shelf()) is Permission.NO
