"""The pages of editors and operators keep the rules too; each is looked at once."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect

from events.models import Event
from news.models import Candidate
from tests.browser.axe import overflow, violations
from tests.browser.conftest import PASSWORD, WIDE, Complaints
from tests.browser.pages import CALL

# What the templates of Django's admin do by themselves, on two of its pages: its search box has a
# title for a label, links of its date hierarchy, breadcrumbs and calendars stand close or are told
# by colour alone, and rows in tables name their fields in the table's head only, widely.
OF_DJANGO = {
    "events": {"label-title-only", "target-size"},
    "health": {"link-in-text-block"},
    "event": {
        "empty-table-header",
        "label",
        "label-title-only",
        "link-in-text-block",
        "target-size",
        "too-wide",
    },
    "sources": {"link-in-text-block", "target-size"},
    "source": {"link-in-text-block"},
    "import of sources": {"link-in-text-block"},
}


@pytest.fixture(scope="package")
def staff(record: object, server: str, browser: Browser) -> Iterator[Page]:
    """A page of somebody who has signed in."""
    context = browser.new_context(viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(f"{server}/accounts/login/")
    page.locator("input[name=login]").fill("chief")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Review queue")
    yield page
    context.close()


def problems(page: Page, address: str) -> list[str]:
    complaints = Complaints()
    complaints.listen(page)
    page.goto(address)
    # Heard before axe looks: on the admin's pages, what it does to their styles is refused.
    said = list(complaints)
    return said + overflow(page) + violations(page)


def addresses() -> dict[str, str]:
    event = Event.objects.get(slug=CALL)
    candidate = Candidate.objects.filter(state="PENDING").earliest("pk")
    return {
        "queue": "/review/",
        "candidate": candidate.get_absolute_url(),
        "second factor": "/accounts/2fa/",
        "administration": reverse("admin:index"),
        "events": reverse("admin:events_event_changelist"),
        "health": reverse("admin:news_source_health"),
        "event": reverse("admin:events_event_change", args=[event.pk]),
        "sources": reverse("admin:news_source_changelist"),
        "source": reverse("admin:news_source_add"),
        "import of sources": reverse("admin:news_source_import"),
    }


def test_the_sign_in_breaks_no_rule(site, page):
    assert problems(page, f"{site}/accounts/login/") == []


@pytest.mark.parametrize(
    "name",
    [
        "queue",
        "candidate",
        "second factor",
        "administration",
        "events",
        "event",
        "health",
        "sources",
        "source",
        "import of sources",
    ],
)
def test_a_page_of_staff_breaks_no_rule(site, staff, name):
    found = problems(staff, site + addresses()[name])

    ours = [one for one in found if one.split()[0] not in OF_DJANGO.get(name, set())]
    assert ours == []
