"""Everything can be reached and used by keyboard alone, and what has the focus can be seen."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.pages import CALL
from tests.browser.reading import event_slugs, implied, until

# Whether a good part of the focused element is in sight, with nothing over it: the beginning, the
# middle or the end of one of its lines. (What is half in sight Chromium does not scroll to.)
IS_IN_SIGHT = """element => [...element.getClientRects()].some(({left, top, width, height}) =>
    [0.1, 0.5, 0.9].some((part) => {
        const there = document.elementFromPoint(left + part * width, top + height / 2);
        return element.contains(there);
    })
)"""
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def comes_in_sight(page: Page) -> bool:
    """Whether what has the focus is in sight, at once or when the scrolling has ended."""
    for _attempt in range(5):
        if page.evaluate_handle("document.activeElement").evaluate(IS_IN_SIGHT):
            return True
        page.wait_for_timeout(50)
    return False


def walk(page: Page, most: int = 400) -> list[str]:
    """Press Tab from the top of the page to its end; what was focused but could not be seen."""
    hidden = []
    for _step in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            return hidden
        page.evaluate("document.activeElement.dataset.reached = ''")
        if not comes_in_sight(page):
            hidden.append(focused(page))
    raise AssertionError(f"After {most} steps the end of the page is not reached: {focused(page)}")


def not_reached(page: Page) -> list[str]:
    """What is on the page, can be seen and used, and that Tab left out.

    Of radio buttons with one name Tab reaches one; arrow keys lead to the others.
    """
    return page.evaluate(
        """focusable => [...document.querySelectorAll(focusable)]
            .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
            .filter(one => one.tabIndex >= 0 && one.type !== "radio" && !("reached" in one.dataset))
            .map(one => one.outerHTML.slice(0, 200))""",
        FOCUSABLE,
    )


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def page_of_a_width(request, browser: Browser):
    context = browser.new_context(viewport=request.param, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("address", ["timeline/?country=US&topic=security", f"events/{CALL}/"])
def test_tab_reaches_everything_and_nothing_covers_what_it_reaches(site, page_of_a_width, address):
    page = page_of_a_width
    page.goto(f"{site}/en/{address}")
    if page.locator("#filters").count():
        page.locator("#filters").evaluate("details => details.open = true")

    assert walk(page) == []
    assert not_reached(page) == []


def test_going_backwards_nothing_covers_what_shift_tab_reaches(site, page_of_a_width):
    page = page_of_a_width
    page.goto(f"{site}/en/timeline/")
    page.locator("footer select").focus()

    hidden = []
    for _step in range(60):
        page.keyboard.press("Shift+Tab")
        if not comes_in_sight(page):
            hidden.append(focused(page))

    assert hidden == []


def test_the_first_stop_skips_to_the_content(site, page):
    page.goto(f"{site}/en/timeline/")

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_the_years_can_be_skipped(site, page):
    page.goto(f"{site}/en/timeline/?country=US&topic=security")
    skip = page.get_by_role("link", name="Skip the years")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('#entries') !== null")


def test_a_box_is_ticked_by_space_and_the_focus_stays(site, page):
    page.goto(f"{site}/en/timeline/")
    page.locator("#country-US").focus()

    page.keyboard.press("Space")
    expect(page).to_have_url(f"{site}/en/timeline/?country=US")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#country-US")).to_be_focused()
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.id") == "country-CN"


def test_show_50_more_by_enter(site, page):
    page.goto(f"{site}/en/timeline/?country=KR&kind=dispute")
    page.locator("#more-link").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#entries .card").nth(50)).to_be_visible()
    shown = event_slugs(page)

    page.keyboard.press("Tab")

    assert set(shown) <= implied("?country=KR&kind=dispute")
    assert f"/{shown[50]}/" in page.evaluate("document.activeElement.getAttribute('href')")


def test_details_open_by_enter(site, page):
    page.goto(f"{site}/en/events/{CALL}/")
    summary = page.locator(".matrix summary").first
    summary.focus()

    page.keyboard.press("Enter")
    expect(page.locator(".matrix details").first).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator(":target")).to_be_in_viewport()


def test_what_scrolls_sideways_is_scrolled_by_arrows_and_left_by_tab(site, browser: Browser):
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    page.goto(f"{site}/en/timeline/?country=US&topic=security")
    strip = page.locator(".strip")
    strip.focus()
    before = strip.evaluate("strip => strip.scrollLeft")
    page.keyboard.press("ArrowLeft")
    until(page, f"document.querySelector('.strip').scrollLeft !== {before}")

    page.keyboard.press("Shift+Tab")

    assert page.evaluate("document.activeElement.closest('.strip') === null")
    context.close()
