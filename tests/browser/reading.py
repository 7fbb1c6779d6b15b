"""Reading the timeline's page as a person would."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.events.test_timeline_of_the_record import QUERIES, slugs_where


def implied(query: str) -> set[str]:
    """The events that the record's files imply for a query."""
    return slugs_where(QUERIES[query])


def event_slugs(page: Page) -> list[str]:
    links = page.locator("#entries .card-title a").evaluate_all(
        "links => links.map(link => link.getAttribute('href'))"
    )
    return [re.match(r"/\w\w/events/([^/]+)/", link)[1] for link in links]


def told(page: Page) -> Locator:
    """The line that tells the number of results."""
    return page.locator("#results .told")


def chips(page: Page) -> Locator:
    return page.get_by_role("list", name="Filters that are on").get_by_role("link")


def place(page: Page) -> tuple[str, int, str]:
    """The address, where the focused link leads or the control's id, its height in the window."""
    return tuple(
        page.evaluate(
            """() => {
                const focused = document.activeElement;
                const name = focused.getAttribute("href") ?? focused.id;
                return [location.href, name, Math.round(focused.getBoundingClientRect().top)];
            }"""
        )
    )


def leave_by(page: Page, link: Locator) -> tuple[tuple[str, int, str], str]:
    """Follow a link of the list, focused at its final height; (its place then, where it leads)."""
    until(page, "document.documentElement.classList.contains('is-laid-out')")
    link.scroll_into_view_if_needed()
    link.focus()
    left, target = place(page), link.get_attribute("href")
    link.click()
    expect(page).to_have_url(re.compile(re.escape(target) + "$"))
    return left, target


def until(page: Page, condition: str) -> None:
    """Wait for it. (The wait of Playwright's own needs `eval`, which the pages' policy forbids.)"""
    for _attempt in range(50):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"After five seconds not {condition}")
