"""What an editor does with the queue."""

import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from news.models import Candidate
from tests.browser.axe import overflow, violations
from tests.browser.conftest import PASSWORD, PHONE

ADDRESS = "https://news.example/lee-ishiba"
ARTICLE = (
    "SEOUL, June 10 - President Lee Jae-myung spoke by phone with Japanese Prime Minister Shigeru "
    "Ishiba on June 9, his office said. It was their first call since Lee took office.\n"
    "The two leaders are to meet in person for the first time on the sidelines of the G7 summit "
    "in Canada from June 15 to 17.\n"
    "The 60th anniversary of the normalization of diplomatic ties falls on June 22.\n"
)


OTHER_ADDRESS = "https://paper.example/call"
OTHER_ARTICLE = (
    "TOKYO, June 10 - Prime Minister Shigeru Ishiba and South Korean President Lee Jae-myung spoke "
    "by phone for 20 minutes on June 9, the Foreign Ministry said.\n"
)


def ingest(folder: Path, text: str, url: str) -> None:
    article = folder / "article.txt"
    article.write_text(text, encoding="utf-8")
    call_command(
        "ingest_file",
        str(article),
        published="2025-06-10",
        lang="en",
        url=url,
        verbosity=0,
        stdout=StringIO(),
    )


@pytest.fixture
def queue(written, tmp_path) -> str:
    ingest(tmp_path, ARTICLE, ADDRESS)
    return f"{written}/review/"


@pytest.fixture
def reported_twice(queue, tmp_path) -> Candidate:
    """The call of the article above, which another says took less time."""
    ingest(tmp_path, ARTICLE.replace("by phone", "by phone for 25 minutes"), f"{ADDRESS}-2")
    ingest(tmp_path, OTHER_ARTICLE, OTHER_ADDRESS)
    return Candidate.objects.get(kind="CALL", articles__url=OTHER_ADDRESS)


def drafted(**conditions: Any) -> Candidate:
    """The candidate drafted from the article above."""
    return Candidate.objects.get(article__url=ADDRESS, **conditions)


def sign_in(page: Page, queue: str) -> None:
    page.goto(queue)
    page.locator("input[name=login]").fill("chief")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")


def press(page: Page, key: str) -> None:
    """Press a key once the page answers to keys: its text is seen before its script has run."""
    page.wait_for_load_state()
    page.keyboard.press(key)


def open_candidate(page: Page, queue: str, candidate: Candidate) -> None:
    page.goto(f"{queue}{candidate.pk}/")


def test_merging_the_call_puts_its_source_and_sentence_on_the_page_of_the_event(queue, page):
    sign_in(page, queue)
    open_candidate(page, queue, drafted(kind="CALL"))
    with page.expect_navigation():
        page.get_by_role("button", name="Merge into First Ishiba–Lee call").click()
    assert drafted(kind="CALL").state == "MERGED"

    page.goto(queue.replace("/review/", "/en/events/2025-06-09-ishiba-lee-call/"))

    source = page.locator(".citations > li", has_text="news.example").last
    expect(source).to_be_visible()
    source.locator("summary").click()
    expect(source.locator("mark").first).to_be_visible()


def test_merging_a_recurring_day_puts_its_source_on_the_page_of_the_anniversary(queue, page):
    sign_in(page, queue)
    page.goto(f"{queue}{drafted(anniversary__isnull=False).pk}/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Merge into Signing of the Treaty")).click()

    page.goto(queue.replace("/review/", "/en/anniversaries/normalization-treaty/"))

    expect(page.get_by_text("news.example").first).to_be_visible()


def test_an_accepted_meeting_is_on_the_timeline_without_javascript_too(queue, plain_page):
    page = plain_page
    sign_in(page, queue)
    open_candidate(page, queue, drafted(kind="SUMMIT"))
    page.get_by_role("button", name="Accept and see it").click()
    heading = page.get_by_role("heading", level=1).inner_text()
    address = page.url
    page.goto(queue.replace("/review/", "/en/timeline/?status=scheduled"))
    page.locator("#entries").get_by_role("link", name=heading).click()
    assert page.url == f"{address}?status=scheduled"


def test_a_second_decision_is_refused_with_the_first_one_named(queue, context):
    # Chromium reports the answer's status, 409, as a console error: these pages are not watched.
    early, late = context.new_page(), context.new_page()
    sign_in(early, queue)
    for page in (early, late):
        open_candidate(page, queue, drafted(kind="CALL"))
    with early.expect_navigation():
        early.get_by_role("button", name="Merge into First Ishiba–Lee call").click()

    late.get_by_role("button", name="Merge into First Ishiba–Lee call").click()

    expect(late.get_by_role("alert")).to_contain_text("had been decided already")
    expect(late.get_by_text("by chief")).to_be_visible()


class Hand:
    """Clicks and presses keys, and counts how often."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def click(self, name: str) -> None:
        self.actions += 1
        self.page.get_by_role("button", name=name, exact=True).click()

    def press(self, key: str) -> None:
        self.actions += 1
        press(self.page, key)


ACCEPTED = re.compile("On the record:")
MERGED = ACCEPTED


@pytest.mark.parametrize("way", ["click", "press"])
def test_a_correct_candidate_is_accepted_in_at_most_two_actions(queue, page, way):
    candidate = drafted(kind="SUMMIT")
    sign_in(page, queue)
    open_candidate(page, queue, candidate)
    hand = Hand(page)

    # The summit of the G7 is on record, so this editor insists that the draft is another one.
    hand.click("Accept as new") if way == "click" else hand.press("a")
    expect(page.get_by_role("status").first).to_have_text(ACCEPTED)

    assert hand.actions <= 2
    assert drafted(kind="SUMMIT").state == "ACCEPTED"


@pytest.mark.parametrize("way", ["click", "press"])
def test_a_duplicate_is_merged_in_at_most_three_actions(queue, page, way):
    sign_in(page, queue)
    open_candidate(page, queue, drafted(kind="CALL"))
    expect(page.get_by_text("Likely the same as")).to_be_visible()
    hand = Hand(page)

    hand.click("Merge") if way == "click" else hand.press("m")
    expect(page.get_by_role("status").first).to_have_text(MERGED)

    assert hand.actions <= 3
    assert drafted(kind="CALL").event.slug == "2025-06-09-ishiba-lee-call"


def test_a_decision_is_undone_and_another_made_by_keys_alone(queue, page):
    sign_in(page, queue)
    open_candidate(page, queue, drafted(kind="CALL"))

    press(page, "r")
    press(page, "3")
    expect(page.get_by_role("status").first).to_have_text("Rejected.")
    assert drafted(kind="CALL").reject_reason == "WRONG"
    press(page, "u")
    expect(page.get_by_role("status").first).to_have_text("Undone: it waits again.")
    assert page.url == f"{queue}{drafted(kind='CALL').pk}/"
    assert drafted(kind="CALL").state == "PENDING"
    press(page, "t")
    expect(page.get_by_role("button", name="Give back")).to_be_visible()
    press(page, "m")
    expect(page.get_by_role("status").first).to_have_text(MERGED)


def test_no_letter_is_a_shortcut_while_it_is_typed_nor_a_number_before_its_letter(queue, page):
    sign_in(page, queue)
    open_candidate(page, queue, drafted(kind="CALL"))

    press(page, "3")
    press(page, "e")
    expect(page.get_by_label("Title in English")).to_be_focused()
    press(page, "End")
    page.keyboard.type(" armsu?")
    page.get_by_label("Kind", exact=True).focus()
    press(page, "m")

    expect(page.get_by_label("Title in English")).to_have_value(re.compile(" armsu\\?$"))
    assert drafted(kind="CALL").state == "PENDING"


def test_the_list_is_walked_and_ticked_by_keys(queue, page):
    sign_in(page, queue)
    links = page.locator(".review-queue tbody th a")

    press(page, "j")
    expect(links.nth(0)).to_be_focused()
    press(page, "j")
    press(page, "x")
    press(page, "k")
    press(page, "x")
    boxes = page.locator(".review-queue input[type=checkbox]")
    assert [boxes.nth(n).is_checked() for n in range(3)] == [True, True, False]
    press(page, "r")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.get_by_label("Reason").select_option("BACKGROUND")
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_role("status").first).to_have_text("2 rejected.")
    press(page, "u")
    expect(page.get_by_role("status").first).to_have_text("Undone: they wait again.")


def test_the_shortcuts_are_listed_and_can_be_hidden_and_switched_off(queue, page):
    sign_in(page, queue)
    open_candidate(page, queue, drafted(kind="CALL"))
    hint = page.locator(".review-bar kbd").first
    expect(hint).to_be_visible()
    press(page, "?")
    expect(page.get_by_text("undo your last decision")).to_be_visible()

    page.get_by_label("Shortcuts").select_option("hidden")
    page.get_by_role("button", name="Save").first.click()
    expect(hint).to_have_count(0)
    press(page, "?")
    page.get_by_label("Shortcuts").select_option("off")
    page.get_by_role("button", name="Save").first.click()
    expect(hint).to_have_count(0)
    press(page, "m")
    page.wait_for_load_state()

    assert drafted(kind="CALL").state == "PENDING"


def test_on_a_phone_without_javascript_everything_is_in_reach(queue, browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="en-GB")
    page = context.new_page()
    sign_in(page, queue)
    page.get_by_role("link", name="One at a time").click()
    page.goto(f"{queue}{drafted(kind='CALL').pk}/")
    bar = page.get_by_role("group", name="Decide")

    for name in ("Merge", "Accept as new", "Take"):
        expect(bar.get_by_role("button", name=name, exact=True)).to_be_in_viewport()
    for name in ("Edit…", "Reject…", "Skip"):
        expect(bar.get_by_role("link", name=name)).to_be_in_viewport()
    bar.get_by_role("button", name="Merge", exact=True).click()
    page.get_by_role("button", name="Undo").first.click()

    expect(page.get_by_role("status").first).to_have_text("Undone: it waits again.")
    assert drafted(kind="CALL").state == "PENDING"
    context.close()


def test_nothing_is_wider_than_a_phone(queue, browser):
    context = browser.new_context(viewport=PHONE, locale="en-GB")
    page = context.new_page()
    sign_in(page, queue)

    for address in (queue, f"{queue}{drafted(kind='CALL').pk}/?find=Lee"):
        page.goto(address)
        assert overflow(page) == []
    context.close()


def test_a_report_is_taken_off_and_put_back_by_keys(queue, reported_twice, page):
    candidate = reported_twice
    sign_in(page, queue)
    open_candidate(page, queue, candidate)
    differ = page.get_by_role("region", name="The reports contradict each other")
    expect(differ).to_contain_text("25 minutes")
    expect(differ).to_contain_text("20 minutes")
    page.get_by_role("navigation", name="Reports").get_by_role("link").last.click()
    expect(page.locator(".review-text mark", has_text="20 minutes")).to_be_visible()

    press(page, "o")
    expect(page.get_by_role("status").first).to_contain_text("Taken off.")
    assert candidate.reports.count() == 2
    press(page, "p")
    expect(page.get_by_role("status").first).to_contain_text("Put together")
    assert page.url == f"{queue}{candidate.pk}/"
    assert candidate.reports.count() == 3
    press(page, "u")
    expect(page.get_by_role("status").first).to_have_text("Undone: it waits again.")
    assert candidate.reports.count() == 2


def test_reports_are_in_reach_on_a_phone_without_javascript(queue, reported_twice, browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE, locale="en-GB")
    page = context.new_page()
    sign_in(page, queue)
    open_candidate(page, queue, reported_twice)
    page.get_by_role("navigation", name="Reports").get_by_role("link").last.click()
    page.get_by_role("button", name="Take this report off").click()
    page.get_by_role("button", name=re.compile("Put this one to it")).first.click()
    expect(page.get_by_role("status").first).to_contain_text("Put together")
    context.close()


def test_the_page_of_several_reports_has_no_barriers_and_fits_a_phone(
    queue, reported_twice, browser
):
    context = browser.new_context(viewport=PHONE, locale="en-GB", bypass_csp=True)
    page = context.new_page()
    sign_in(page, queue)
    open_candidate(page, queue, reported_twice)

    assert overflow(page) == []
    assert violations(page) == []
    context.close()
