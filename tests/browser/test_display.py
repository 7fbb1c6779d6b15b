"""Dark mode, forced colours, print. (Zoom is a matter of each page: see test_pages.py.)"""

from playwright.sync_api import Page, expect

from tests.browser.pages import CALL

PAPER = "getComputedStyle(document.body).backgroundColor"


def test_the_device_decides_until_the_reader_does(site, page):
    page.emulate_media(color_scheme="light")
    page.goto(f"{site}/en/timeline/")
    light = page.evaluate(PAPER)
    page.emulate_media(color_scheme="dark")
    dark = page.evaluate(PAPER)
    assert light != dark

    page.get_by_label("Colours").select_option("light")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate(PAPER) == light
    page.emulate_media(color_scheme="light")
    page.get_by_label("Colours").select_option("dark")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")

    page.goto(f"{site}/ja/events/{CALL}/")
    assert page.evaluate(PAPER) == dark
    expect(page.locator("#theme")).to_have_value("dark")
    page.locator("#theme").select_option("")
    page.locator(".theme button").click()
    expect(page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert page.evaluate(PAPER) == light


def test_a_chosen_theme_has_the_colours_of_the_device_s(site, page):
    """So that what holds for one holds for the other, on each page."""
    colours = """[...document.querySelectorAll("body, body *")].map(element => {
        const style = getComputedStyle(element);
        return [style.color, style.backgroundColor, style.borderBlockStartColor].join(" ");
    })"""
    page.emulate_media(color_scheme="dark")
    page.goto(f"{site}/en/events/{CALL}/")
    by_device = page.evaluate(colours)

    page.emulate_media(color_scheme="light")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")

    assert page.evaluate(colours) == by_device


def test_forced_colours_leave_shapes_and_borders(site, page):
    page.emulate_media(forced_colors="active")
    page.goto(f"{site}/en/timeline/?country=US")

    shapes = page.locator(".card .mark").evaluate_all(
        "marks => [...new Set(marks.map(mark => getComputedStyle(mark, '::before').content))]"
    )
    assert {shape.split('"')[1] for shape in shapes} >= {"●", "■", "▲"}
    for selector in (".bar.is-on:not(.bar-0)", ".bands .band"):
        assert is_seen(page, selector), selector
    for selector, side in (
        (".button", "Top"),
        (".chips a", "Top"),
        (".field", "Top"),
        (".toolbar", "Bottom"),
    ):
        assert has_border(page, selector, side), selector
    here = page.get_by_role("navigation", name="Main").get_by_role("link", name="Timeline")
    expect(here).to_have_css("text-decoration-line", "underline")

    page.goto(f"{site}/en/events/{CALL}/")
    assert has_border(page, ".side", "Top")


def is_seen(page: Page, selector: str) -> bool:
    """Whether the element, or what CSS draws in it, has another colour than the page."""
    return page.locator(selector).first.evaluate(
        """element => {
            const paper = getComputedStyle(document.body).backgroundColor;
            const own = getComputedStyle(element), drawn = getComputedStyle(element, "::after");
            return own.fill !== paper && element.tagName === "path"
                || drawn.backgroundColor !== paper && parseFloat(drawn.height) > 0
                || drawn.borderTopColor !== paper && parseFloat(drawn.borderTopWidth) > 0;
        }"""
    )


def has_border(page: Page, selector: str, side: str) -> bool:
    return page.locator(selector).first.evaluate(
        """(element, side) => {
            const style = getComputedStyle(element);
            return parseFloat(style[`border${side}Width`]) >= 1
                && style[`border${side}Style`] !== "none"
                && style[`border${side}Color`] !== getComputedStyle(document.body).backgroundColor;
        }""",
        side,
    )


def test_print_leaves_out_what_is_clicked_and_adds_where_it_was_and_when(site, page):
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(f"{site}/en/timeline/?country=US&topic=security")

    for selector in (".main-menu", ".filters", ".languages", ".strip", ".theme", ".skip"):
        expect(page.locator(selector)).to_be_hidden()
    note = page.locator(".print-only")
    expect(note).to_be_visible()
    expect(note).to_contain_text(f"{site}/en/timeline/?country=US&topic=security")
    expect(note).to_contain_text("as of ")
    expect(page.locator(".chips")).to_contain_text("Topic: Security and defence")
    expect(page.locator(".card-title").first).to_be_visible()
    assert page.evaluate(PAPER) == "rgb(255, 255, 255)"
