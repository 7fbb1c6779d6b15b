"""Each type of page, in each language and width, keeps the rules that hold for all."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import overflow, too_many_nodes, violations
from tests.browser.conftest import PHONE, WIDE, Complaints
from tests.browser.pages import CALL, ENDED, FOLLOWER, PAGES, STATUS

LANGUAGES = [code for code, _ in settings.LANGUAGES]


def _watched(browser: Browser, viewport: dict[str, int]) -> BrowserContext:
    return browser.new_context(viewport=viewport, locale="en-GB")


@pytest.fixture(scope="session")
def wide(browser: Browser) -> Iterator[BrowserContext]:
    context = _watched(browser, WIDE)
    yield context
    context.close()


@pytest.fixture(scope="session")
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = _watched(browser, PHONE)
    yield context
    context.close()


@pytest.fixture(scope="package")
def addresses(record: object) -> dict[str, str]:
    return {name: find() for name, find in PAGES.items()}


def is_variant(name: str) -> bool:
    """Whether a page is another of its type, such as "event, one account"."""
    return "," in name


def theme(width: str, language: str, name: str = "") -> str:
    """Each width is seen in both themes, if not in each language: colours know no language."""
    shift = width == "phone" and not is_variant(name)
    return ["light", "dark"][(LANGUAGES.index(language) + shift) % 2]


def sights() -> Iterator[tuple[str, str, str]]:
    """Width, language and page: every type of page in all of them; variants in every language,
    at one width each."""
    for number, name in enumerate(PAGES):
        for order, language in enumerate(LANGUAGES):
            for place, width in enumerate(("wide", "phone")):
                if not is_variant(name) or (number + order) % 2 == place:
                    yield width, language, name


def problems_when_zoomed(page: Page) -> list[str]:
    """A window of 1280 pixels is 640 wide at 200 %, and 320 at 400 %."""
    problems = []
    for width in (640, 320):
        page.set_viewport_size({"width": width, "height": 450})
        problems += overflow(page)
    return problems


def check(page: Page, complaints: Complaints, width: str) -> None:
    problems = too_many_nodes(page) + overflow(page) + violations(page)
    if width == "phone":
        problems += problems_when_zoomed(page)
    page.close()
    assert problems + complaints == []


def watched_page(
    request: pytest.FixtureRequest, width: str, language: str, name: str = ""
) -> tuple[Page, Complaints]:
    page, complaints = request.getfixturevalue(width).new_page(), Complaints()
    page.emulate_media(color_scheme=theme(width, language, name))
    complaints.listen(page)
    return page, complaints


@pytest.mark.parametrize(("width", "language", "name"), list(sights()))
def test_a_page_breaks_no_rule(site, addresses, request, width, language, name):
    page, complaints = watched_page(request, width, language, name)

    answer = page.goto(f"{site}/{language}/{addresses[name]}")

    assert answer.status == STATUS.get(name, 200)
    check(page, complaints, width)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_page_in_the_language_of_its_mails_breaks_no_rule(site, request, width, language):
    page, complaints = watched_page(request, width, language)

    answer = page.goto(f"{site}/follow/out/{ENDED if language == 'en' else FOLLOWER}/")

    assert answer.status == 200
    check(page, complaints, width)


@pytest.mark.parametrize("form", [f"events/{CALL}/report/", "follow/?kind=call"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", ["wide", "phone"])
def test_a_form_that_was_refused_breaks_no_rule(site, request, width, language, form):
    page, complaints = watched_page(request, width, language)
    page.goto(f"{site}/{language}/{form}")

    with page.expect_navigation():
        page.locator(".report-form button").click()

    expect(page.get_by_role("alert")).to_be_focused()
    check(page, complaints, width)
