"""What an editor does with a government's own account of a call."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from news.models import Candidate
from tests.browser.axe import overflow, violations
from tests.browser.conftest import PHONE
from tests.browser.test_reviewing import open_candidate, sign_in

PAGES = Path(__file__).resolve().parents[1] / "news" / "data" / "accounts" / "ja.jsonl"
CALL = json.loads(PAGES.read_text("utf-8").splitlines()[0])


@pytest.fixture
def queue(written, tmp_path) -> str:
    file = tmp_path / "page.txt"
    file.write_text(CALL["text"], encoding="utf-8")
    call_command(
        "ingest_file",
        str(file),
        published=CALL["published"],
        lang="ja",
        url=CALL["url"],
        title=CALL["title"],
        verbosity=0,
        stdout=StringIO(),
    )
    return f"{written}/review/"


def drafted() -> Candidate:
    return Candidate.objects.get(article__url=CALL["url"], kind="CALL")


def on_record() -> list[str]:
    (readout,) = drafted().event.readouts.filter(url=CALL["url"])
    return [point.text_ja for point in readout.points.order_by("position")]


def first_point(page: Page):
    return page.locator(".review-points").first.locator("input[type=checkbox]").first


def test_a_point_ticked_off_stays_off_the_record_without_a_further_click(queue, page):
    sign_in(page, queue)
    open_candidate(page, queue, drafted())
    expect(page.locator("#account-matrix thead")).to_contain_text("Korea")
    number = drafted().readouts.get().points.count()

    first_point(page).uncheck()
    with page.expect_navigation():
        page.locator(".review-bar").get_by_role("button", name="Merge").click()

    assert len(on_record()) == number - 1


def test_another_topic_is_kept_at_once_and_changes_who_mentioned_what(queue, page):
    sign_in(page, queue)
    open_candidate(page, queue, drafted())

    page.locator("select[name$=topic]").first.select_option(label="Fisheries")

    expect(page.locator("#account-matrix [role=status]")).to_have_text("Saved.")
    expect(page.locator("#account-matrix tbody")).to_contain_text("Fisheries")
    page.reload()
    chosen = page.locator("select[name$=topic]").first.locator("option:checked")
    expect(chosen).to_have_text("Fisheries")


def test_without_javascript_the_button_keeps_what_was_changed(queue, plain_page):
    page = plain_page
    sign_in(page, queue)
    open_candidate(page, queue, drafted())
    number = drafted().readouts.get().points.count()

    first_point(page).uncheck()
    page.get_by_role("button", name="Save the account").click()
    expect(page.get_by_text("The account is saved")).to_be_visible()
    page.locator(".review-bar").get_by_role("button", name="Merge").click()

    assert len(on_record()) == number - 1


def test_the_account_breaks_no_rule_and_fits_a_phone(queue, page):
    sign_in(page, queue)
    open_candidate(page, queue, drafted())
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []

    page.set_viewport_size(PHONE)
    assert overflow(page) == []
