"""An error is reported at a part of a page, and what became of it stands there."""

import re

from playwright.sync_api import expect

from events.models import ErrorReport
from tests.browser.axe import overflow, violations
from tests.browser.conftest import PHONE
from tests.browser.pages import CALL
from tests.browser.test_reviewing import sign_in


def test_an_error_goes_from_its_part_of_the_page_to_an_outcome_there(written, browser):
    context = browser.new_context(viewport=PHONE, locale="en-GB", bypass_csp=True)
    page = context.new_page()
    page.goto(f"{written}/en/events/{CALL}/")
    page.get_by_role("link", name="Report an error (Who took part)").click()
    expect(page.get_by_label("Where it stands")).to_have_value("participants")
    expect(page.get_by_label("Who took part")).to_be_checked()
    page.get_by_label("What it should say").fill("The ministers took part, too.")
    page.wait_for_timeout(3100)  # a program would be quicker, and is refused
    page.get_by_role("button", name="Send the report").click()
    expect(page).to_have_url(re.compile(r"/report/\?sent=1$"))

    sign_in(page, f"{written}/review/")
    errors = page.get_by_role("region", name="Errors reported by readers")
    expect(errors).to_contain_text("The ministers took part, too.")
    assert overflow(page) + violations(page) == []
    errors.get_by_role("link", name="Who took part").click()
    expect(page.get_by_text("Shown when it was reported")).to_be_visible()
    assert overflow(page) + violations(page) == []
    page.get_by_role("button", name="Close the report").click()
    expect(page.get_by_text("Choose what became of it.")).to_be_visible()
    assert overflow(page) + violations(page) == []
    page.get_by_label("The record stays as it is").check()
    page.get_by_label("Reason told to readers").fill("Both offices name the leaders only.")
    page.get_by_role("button", name="Close the report").click()
    expect(page.get_by_text("The report is closed.")).to_be_visible()
    assert overflow(page) + violations(page) == []

    page.goto(f"{written}/en/events/{CALL}/")
    changes = page.get_by_role("region", name="What changed on this page")
    expect(changes).to_contain_text("Outcome: The record stays as it is")
    expect(changes).to_contain_text("Both offices name the leaders only.")
    context.close()


def test_an_error_of_a_term_goes_by_keys_and_without_javascript_to_an_outcome(written, browser):
    context = browser.new_context(viewport=PHONE, locale="ja-JP", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{written}/ja/leaders/ishiba-shigeru/")
    term = page.locator("table").first.locator(".report-link").first
    term.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/ja/leaders/ishiba-shigeru/report/\?field=term-\d+$"))
    expect(page.locator("blockquote")).to_contain_text("2024年10月1日")
    page.locator("input[name=about][value=DATE]").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("It began later.")
    page.wait_for_timeout(3100)  # a program would be quicker, and is refused
    page.locator(".report-form button").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/report/\?sent=1$"))

    report = ErrorReport.objects.get()
    assert (str(report.thing), report.message) == ("Ishiba Shigeru", "It began later.")
    context.close()
    context = browser.new_context(viewport=PHONE, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, f"{written}/review/")
    page.get_by_role("link", name="Term of office").first.click()
    expect(page.get_by_text("Stands there now")).to_be_visible()
    page.get_by_label("The record stays as it is").check()
    page.get_by_label("Reason told to readers").fill("The Diet voted on 1 October.")
    page.get_by_role("button", name="Close the report").click()
    expect(page.get_by_text("The report is closed.")).to_be_visible()

    page.goto(f"{written}/en/leaders/ishiba-shigeru/")
    told = page.get_by_role("region", name="Errors reported by readers")
    expect(told).to_contain_text("Outcome: The record stays as it is")
    expect(told).to_contain_text("The Diet voted on 1 October.")
    context.close()
