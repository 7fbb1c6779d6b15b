"""Every page and filter works as a plain link or form."""

import re

from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from events.models import ErrorReport
from following import asking
from following.models import Subscriber
from tests.browser.pages import CALL
from tests.browser.reading import chips, event_slugs, implied, told


def test_filters_and_pages_lead_to_the_same_events(site, plain_page):
    plain_page.goto(f"{site}/en/timeline/")

    plain_page.locator("input[type=checkbox][name=country][value=KR]").check()
    plain_page.locator("input[type=checkbox][name=kind][value=dispute]").check()
    plain_page.get_by_role("button", name="Apply filters").click()
    found = event_slugs(plain_page)
    while plain_page.get_by_role("link", name="Show 50 more").count():
        plain_page.get_by_role("link", name="Show 50 more").click()
        found += event_slugs(plain_page)

    assert len(found) == len(set(found))
    assert set(found) == implied("?country=KR&kind=dispute")


def test_people_are_picked_from_lists(site, plain_page):
    plain_page.goto(f"{site}/en/timeline/")
    plain_page.locator("#field-leader > summary").click()
    plain_page.locator("#add-leader").select_option("lee-jae-myung")
    plain_page.get_by_role("button", name="Apply filters").click()
    plain_page.locator("#with").select_option("ishiba-shigeru")
    plain_page.get_by_role("button", name="Apply filters").click()

    assert set(event_slugs(plain_page)) == implied("?leader=lee-jae-myung&with=ishiba-shigeru")


def test_a_search_and_its_chip(site, plain_page):
    plain_page.goto(f"{site}/en/timeline/?country=US&topic=security")
    plain_page.get_by_role("searchbox").fill("Freedom Edge")
    plain_page.get_by_role("button", name="Search").click()
    assert set(event_slugs(plain_page)) < implied("?country=US&topic=security")

    chips(plain_page).filter(has_text="Freedom Edge").click()

    assert set(event_slugs(plain_page)) == implied("?country=US&topic=security")
    plain_page.locator(".chips").get_by_role("link", name="Clear all").click()
    expect(told(plain_page)).to_contain_text("events in the record so far")


def test_colours_are_chosen(site, plain_page):
    plain_page.goto(f"{site}/ko/leaders/")
    plain_page.locator("#theme").select_option("dark")
    plain_page.locator(".theme").get_by_role("button").click()

    expect(plain_page).to_have_url(f"{site}/ko/leaders/")
    expect(plain_page.locator("html")).to_have_attribute("data-theme", "dark")


def test_an_error_is_reported(written, plain_page):
    plain_page.goto(f"{written}/en/events/{CALL}/")
    plain_page.get_by_role("link", name="Report an error", exact=True).click()
    plain_page.get_by_role("button", name="Send the report").click()
    expect(plain_page.get_by_role("alert")).to_contain_text("Choose what is wrong.")

    plain_page.get_by_role("radio").first.check()
    plain_page.get_by_label("What it should say").fill("It was on 10 June.")
    plain_page.wait_for_timeout(3100)  # a program would be quicker, and is refused
    plain_page.get_by_role("button", name="Send the report").click()

    expect(plain_page).to_have_url(re.compile(r"/report/\?sent=1$"))
    assert ErrorReport.objects.get().message == "It was on 10 June."


def test_a_list_is_followed_by_mail_and_ended(written, plain_page):
    plain_page.goto(f"{written}/en/timeline/?kind=call&topic=security")
    plain_page.get_by_role("link", name="Follow by mail").click()
    plain_page.get_by_role("button", name="Send me the link").click()
    expect(plain_page.get_by_role("alert")).to_contain_text("Enter an email address.")

    plain_page.get_by_label("Once a week").check()
    plain_page.get_by_label("Email address").fill("anna@example.org")
    plain_page.wait_for_timeout(3100)  # a program would be quicker, and is refused
    plain_page.get_by_role("button", name="Send me the link").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("Please look into your mail")
    asking.ask(at=timezone.now())
    (link,) = re.findall(r"http://127\.0\.0\.1:8000(\S+/confirm/\S+)", mail.outbox[-1].body)

    plain_page.goto(written + link)
    plain_page.get_by_role("button", name="Confirm").click()
    plain_page.get_by_role("link", name="See, change or end").click()
    plain_page.get_by_label("How often").select_option("INSTANT")
    plain_page.get_by_role("button", name="Change", exact=True).click()
    expect(plain_page.get_by_role("status")).to_contain_text("How often you are told was changed.")
    subscriber = Subscriber.objects.get(address="anna@example.org")
    assert subscriber.subscriptions.get().pace == "INSTANT"

    plain_page.goto(f"{written}/follow/out/{subscriber.key}/")
    plain_page.get_by_role("button", name="End all mails").click()
    expect(plain_page.get_by_role("heading", level=1)).to_have_text(
        "You get no more of these mails"
    )
    assert not subscriber.subscriptions.standing().exists()


def test_details_open_and_every_account_is_there(site, plain_page):
    plain_page.goto(f"{site}/en/events/{CALL}/")

    expect(plain_page.locator(".side")).to_have_count(2)
    plain_page.locator(".matrix summary").first.click()
    expect(plain_page.locator(".matrix details[open] li").first).to_be_visible()
