"""What a reader does with the timeline, with JavaScript."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.reading import chips, event_slugs, implied, leave_by, place, told, until


def add(page: Page, key: str, value: str) -> None:
    """Choose from a list of people or places."""
    page.locator(f"#field-{key} > summary").click()
    page.locator(f"#add-{key}").focus()
    page.locator(f"#add-{key}").select_option(value)


def test_ticking_boxes_narrows_the_list_and_keeps_the_focus_and_the_address(site, page):
    page.goto(f"{site}/en/timeline/")
    before = told(page).inner_text()

    page.locator("input[type=checkbox][name=country][value=US]").check()
    expect(page).to_have_url(f"{site}/en/timeline/?country=US")
    expect(told(page)).not_to_have_text(before)
    expect(page.locator("#country-US")).to_be_focused()
    page.locator("input[type=checkbox][name=topic][value=security]").check()

    expect(page).to_have_url(f"{site}/en/timeline/?country=US&topic=security")
    expect(chips(page)).to_have_count(3)
    expect(page.locator("#topic-security")).to_be_focused()
    expected = implied("?country=US&topic=security")
    assert set(event_slugs(page)) == expected
    expect(told(page)).to_contain_text(f"{len(expected)} events match these filters.")


def test_the_number_of_results_is_announced_in_a_region_that_stays(site, page):
    page.goto(f"{site}/en/timeline/?topic=security")
    region = page.locator("#announcement")
    expect(region).to_be_empty()
    page.evaluate("window.kept = document.querySelector('#announcement')")

    page.locator("#country-US").check()
    expect(page).to_have_url(re.compile("country=US"))

    number = len(implied("?country=US&topic=security"))
    expect(region).to_contain_text(f"{number} events match these filters.")
    assert page.evaluate("window.kept === document.querySelector('#announcement')")


def test_boxes_ticked_quickly_all_count(site, page):
    page.goto(f"{site}/en/timeline/")

    # Faster than the first answer comes.
    page.evaluate(
        "for (const id of ['country-US', 'topic-security']) document.getElementById(id).click()"
    )

    expect(page).to_have_url(f"{site}/en/timeline/?country=US&topic=security")
    expect(chips(page)).to_have_count(3)
    expect(page.locator("#topic-security")).to_be_checked()
    assert set(event_slugs(page)) == implied("?country=US&topic=security")


def test_a_picked_person_becomes_a_chip_and_a_second_one_is_asked_for(site, page):
    page.goto(f"{site}/en/timeline/")
    expect(page.locator("#with")).to_have_count(0)

    add(page, "leader", "lee-jae-myung")
    expect(chips(page).first).to_contain_text("Lee Jae-myung")
    expect(page.locator("#leader-lee-jae-myung")).to_be_checked()
    expect(page.locator("#add-leader")).to_be_focused()
    page.locator("#with").select_option("ishiba-shigeru")

    expect(page).to_have_url(re.compile(r"leader=lee-jae-myung&with=ishiba-shigeru$"))
    assert set(event_slugs(page)) == implied("?leader=lee-jae-myung&with=ishiba-shigeru")


def test_a_picked_place_becomes_a_chip(site, page):
    page.goto(f"{site}/en/timeline/?topic=trilateral_us")

    add(page, "where", "JP")
    expect(page.locator("#where-JP")).to_be_checked()

    expect(chips(page)).to_contain_text(
        ["Topic: Korea-Japan-US", "Where it took place: Japan", "Clear all"]
    )
    assert set(event_slugs(page)) == implied("?where=JP&topic=trilateral_us")


@pytest.mark.parametrize("by", ["enter", "button"])
def test_a_search_finds_names_across_scripts(site, page, by):
    found = []
    for words in ("石破", "이시바", "Ishiba"):
        page.goto(f"{site}/en/timeline/")
        before = told(page).inner_text()
        page.get_by_role("searchbox").fill(words)
        if by == "enter":
            page.keyboard.press("Enter")
        else:
            page.get_by_role("button", name="Search").click()
        expect(told(page)).not_to_have_text(before)
        found.append(event_slugs(page))

    expect(page).to_have_url(f"{site}/en/timeline/?q=Ishiba")
    assert found[0]
    assert found[0] == found[1] == found[2]


def test_a_search_from_another_page_leads_to_the_timeline(site, page):
    page.goto(f"{site}/en/leaders/")
    page.get_by_role("searchbox", name="Search the record").fill("Freedom Edge")
    page.keyboard.press("Enter")

    expect(page).to_have_url(f"{site}/en/timeline/?q=Freedom+Edge")
    expect(page.get_by_role("link", name="First Freedom Edge exercise begins")).to_be_visible()


def test_chips_come_off_one_by_one_or_all_at_once(site, page):
    page.goto(f"{site}/en/timeline/?country=US&topic=security&kind=call")

    page.get_by_role("link", name="Remove Kind: Call").click()
    expect(page).to_have_url(f"{site}/en/timeline/?country=US&topic=security")
    assert set(event_slugs(page)) == implied("?country=US&topic=security")
    page.locator(".chips").get_by_role("link", name="Clear all").click()

    expect(page).to_have_url(f"{site}/en/timeline/")
    expect(page.locator(".chips")).to_have_count(0)


def test_where_nothing_matches_the_filter_to_drop_is_offered(site, page):
    page.goto(f"{site}/en/timeline/?country=US&topic=security&q=qqqqqqqq")

    page.locator(".empty").get_by_role("link").first.click()

    expect(page).to_have_url(f"{site}/en/timeline/?country=US&topic=security")
    assert set(event_slugs(page)) == implied("?country=US&topic=security")


def test_reload_and_a_new_tab_show_the_same_list(site, page, context):
    page.goto(f"{site}/en/timeline/")
    page.locator("input[type=checkbox][name=country][value=US]").check()
    page.locator("input[type=checkbox][name=topic][value=security]").check()
    expect(page).to_have_url(re.compile("topic=security"))
    shown = event_slugs(page)

    page.reload()
    assert event_slugs(page) == shown
    expect(page.locator("#topic-security")).to_be_checked()
    with context.expect_page() as opened:
        page.get_by_role("link", name="Remove Topic: Security and defence").click(
            modifiers=["Control"]
        )
    opened.value.wait_for_load_state()

    assert opened.value.url == f"{site}/en/timeline/?country=US"
    assert set(shown) < set(event_slugs(opened.value))
    assert event_slugs(page) == shown


def test_back_and_forward_restore_list_place_and_focus(site, page):
    page.goto(f"{site}/en/timeline/")
    page.locator("input[type=checkbox][name=country][value=US]").check()
    expect(page).to_have_url(f"{site}/en/timeline/?country=US")
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    shown = event_slugs(page)
    link = page.locator("#entries .card-title a").nth(20)
    left, target = leave_by(page, link)

    page.go_back()
    link = page.locator(f"#entries a[href='{target}']")
    expect(link).to_be_focused()
    assert place(page) == left
    assert event_slugs(page) == shown
    top = page.evaluate("scrollY")

    page.go_back()
    expect(page).to_have_url(f"{site}/en/timeline/")
    expect(page.locator("#country-US")).to_be_focused()
    expect(page.locator("#country-US")).not_to_be_checked()
    until(page, "scrollY === 0")

    page.go_forward()
    expect(page.locator("#country-US")).to_be_checked()
    until(page, f"Math.round(scrollY - {top}) === 0")
    assert event_slugs(page) == shown


def test_show_50_more_appends_and_reading_goes_on_at_its_first_heading(site, page):
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
    following = page.locator(":focus").locator("xpath=ancestor::section[@class='year']")
    assert page.locator(":focus").evaluate("heading => heading.tagName") == "H2"
    assert shown[50] in following.locator(".card-title a").first.get_attribute("href")


def test_back_brings_what_show_50_more_had_brought(site, page):
    page.goto(f"{site}/en/timeline/?country=KR&kind=dispute")
    page.get_by_role("link", name="Show 50 more").click()
    link = page.locator("#entries .card-title a").nth(60)
    left, target = leave_by(page, link)

    page.go_back()
    expect(page.locator(f"#entries a[href='{target}']")).to_be_focused()

    assert place(page) == left


def test_back_and_reload_keep_the_height_where_headings_had_been_in_another_font(site, page):
    late = []

    def answer_once_late(route):
        if not late:
            late.append(route)
            page.wait_for_timeout(500)
        route.continue_()

    page.route("**/*.woff2", answer_once_late)
    page.goto(f"{site}/en/timeline/?country=US")
    link = page.locator("#entries .card-title a").nth(20)
    left, target = leave_by(page, link)

    page.go_back()
    expect(page.locator(f"#entries a[href='{target}']")).to_be_focused()
    assert place(page) == left

    top = page.evaluate("scrollY")
    page.reload()
    until(page, f"Math.round(scrollY - {top}) === 0")


def test_a_bar_of_the_strip_opens_its_year(site, page):
    page.goto(f"{site}/en/timeline/?country=KR")

    page.get_by_role("link", name=re.compile("^2015: ")).click()

    expect(page).to_have_url(f"{site}/en/timeline/?country=KR&from=2015&to=2015")
    expect(page.locator("#entries .year > h2")).to_have_text("2015")
    assert all(slug.startswith("2015") for slug in event_slugs(page))


def test_the_language_switch_keeps_the_page_and_its_filters(site, page):
    page.goto(f"{site}/en/timeline/")
    page.locator("input[type=checkbox][name=country][value=US]").check()
    page.locator("input[type=checkbox][name=topic][value=security]").check()
    expect(page).to_have_url(re.compile("topic=security"))

    page.get_by_role("navigation", name="Language").get_by_role("link", name="日本語").click()

    expect(page).to_have_url(f"{site}/ja/timeline/?country=US&topic=security")
    expect(page.locator("html")).to_have_attribute("lang", "ja")
    assert set(event_slugs(page)) == implied("?country=US&topic=security")


def test_a_request_that_fails_is_made_again_in_the_plain_way(site, browser):
    # Not the watched page: Chromium reports the broken request as a console error.
    page = browser.new_page()
    page.goto(f"{site}/en/timeline/")
    page.route("**/*", lambda route: route.abort() if is_of_htmx(route) else route.continue_())

    page.locator("input[type=checkbox][name=country][value=US]").check()

    expect(chips(page).first).to_contain_text("Country that acted: United States")
    page.context.close()


def is_of_htmx(route) -> bool:
    return "hx-request" in route.request.headers
