"""What an editor does with the queue."""

import re
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from news.models import Candidate
from tests.browser.conftest import PASSWORD

ADDRESS = "https://news.example/lee-ishiba"
ARTICLE = (
    "SEOUL, June 10 - President Lee Jae-myung spoke by phone with Japanese Prime Minister Shigeru "
    "Ishiba on June 9, his office said. It was their first call since Lee took office.\n"
    "The two leaders are to meet in person for the first time on the sidelines of the G7 summit "
    "in Canada from June 15 to 17.\n"
    "The 60th anniversary of the normalization of diplomatic ties falls on June 22.\n"
)


@pytest.fixture
def queue(written, tmp_path) -> str:
    article = tmp_path / "article.txt"
    article.write_text(ARTICLE, encoding="utf-8")
    call_command(
        "ingest_file",
        str(article),
        published="2025-06-10",
        lang="en",
        url=ADDRESS,
        verbosity=0,
        stdout=StringIO(),
    )
    return f"{written}/review/"


def drafted(**conditions: Any) -> Candidate:
    """The candidate drafted from the article above."""
    return Candidate.objects.get(article__url=ADDRESS, **conditions)


def sign_in(page: Page, queue: str) -> None:
    page.goto(queue)
    page.locator("input[name=login]").fill("chief")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")


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
