"""What a reader does with the timeline, with and without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE
from tests.events.test_timeline_of_the_record import QUERIES, slugs_where

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = [
    "/en/",
    "/en/timeline/",
    "/en/timeline/?from=2025-13&country=KR",
    "/en/timeline/?country=US&kind=call",
    "/en/events/2025-06-09-ishiba-lee-call/",
    "/en/events/2023-03-16-kishida-yoon-tokyo/",
    "/ko/events/2025-06-17-ishiba-lee-kananaskis/",
    "/en/leaders/",
    "/ja/leaders/lee-jae-myung/",
    "/en/anniversaries/",
    "/en/anniversaries/normalization-treaty/",
    "/accounts/login/",
]


def implied(query: str) -> set[str]:
    return slugs_where(QUERIES[query])


def event_slugs(page: Page) -> list[str]:
    links = page.locator("#entries .card-title a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [re.fullmatch(r"/en/events/(.+)/", link)[1] for link in links]


def test_filtering_by_country_keeps_the_address_and_back_brings_the_list_back(site, page):
    page.goto(f"{site}/en/timeline/")
    before = page.locator("#results [role=status]").inner_text()

    page.locator("input[name=country][value=US]").check()
    expect(page).to_have_url(f"{site}/en/timeline/?country=US")
    expect(page.locator("#results [role=status]")).not_to_have_text(before)
    page.locator("input[name=topic][value=security]").check()
    expect(page).to_have_url(re.compile("topic=security"))
    expect(page.get_by_role("link", name="Remove Topic: Security and defence")).to_be_visible()
    assert set(event_slugs(page)) == implied("?country=US&topic=security")

    page.get_by_role("link", name="First Freedom Edge exercise begins").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("First Freedom Edge exercise begins")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Timeline")
    assert set(event_slugs(page)) == implied("?country=US&topic=security")

    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{site}/en/timeline/")
    expect(page.locator("#results [role=status]")).to_have_text(before)
    expect(page.locator("input[name=country][value=US]")).not_to_be_checked()


def test_show_50_more_appends_and_keeps_the_address(site, page):
    page.goto(f"{site}/en/timeline/?country=KR&kind=dispute")
    address = page.url
    expected = implied("?country=KR&kind=dispute")
    assert len(expected) > 50

    first = event_slugs(page)
    page.get_by_role("link", name="Show 50 more").click()
    expect(page.locator("#entries .card")).to_have_count(min(100, len(expected)))

    shown = event_slugs(page)
    assert page.url == address
    assert shown[:50] == first
    assert len(set(shown)) == len(shown)


def test_without_javascript_the_same_filters_and_pages_work(site, browser: Browser):
    context = browser.new_context(java_script_enabled=False, viewport=WIDE)
    page = context.new_page()
    page.goto(f"{site}/en/timeline/")

    page.locator("input[name=country][value=KR]").check()
    page.locator("input[name=kind][value=dispute]").check()
    page.get_by_role("button", name="Apply filters").click()
    found = event_slugs(page)
    while page.get_by_role("link", name="Show 50 more").count():
        page.get_by_role("link", name="Show 50 more").click()
        found += event_slugs(page)
    context.close()

    assert len(found) == len(set(found))
    assert set(found) == implied("?country=KR&kind=dispute")


@pytest.mark.parametrize("width", [WIDE, PHONE], ids=["wide", "phone"])
def test_no_page_is_wider_than_its_window_or_breaks_an_accessibility_rule(
    site, browser: Browser, width
):
    # axe is injected as a script, which the policy of the site rightly refuses.
    context = browser.new_context(bypass_csp=True, viewport=width)
    page = context.new_page()
    problems = []
    for address in PAGES:
        page.goto(site + address)
        found = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        if found[0] > found[1]:
            problems.append(f"{address} is {found[0]} wide in a window of {found[1]}")
        report = Axe().run(page)
        problems += [
            f"{address}: {rule['id']}: {rule['nodes'][0]['html']}"
            for rule in report.response["violations"]
        ]
    context.close()

    assert problems == []


def test_every_page_stays_within_its_policy(site, page):
    for address in PAGES:
        page.goto(site + address)
        expect(page.get_by_role("heading", level=1)).to_have_count(1)


def test_the_language_switch_keeps_the_page_and_its_filters(site, page):
    page.goto(f"{site}/en/timeline/?country=US&topic=security")

    page.get_by_role("navigation", name="Language").get_by_role("link", name="日本語").click()

    expect(page).to_have_url(f"{site}/ja/timeline/?country=US&topic=security")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
