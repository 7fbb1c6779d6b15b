"""Light or dark: chosen by a form, kept in a cookie, written into the page by the server."""

import pytest
from django.http import HttpResponse
from django.test import Client

from events.theme import vary_by_theme

pytestmark = pytest.mark.django_db

PAGE = "/en/timeline/?topic=security"


def choose(client, theme, **fields):
    return client.post("/theme/", {"theme": theme, "next": PAGE, **fields})


def html_tag(page):
    return page[page.index("<html") : page.index("<head>")].strip()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_kept_and_leads_back_to_the_page(client, theme):
    answer = choose(client, theme)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    cookie = answer.cookies["theme"]
    assert cookie.value == theme
    assert cookie["max-age"] == 365 * 24 * 3600
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    page = client.get("/ko/timeline/").content.decode()
    assert html_tag(page) == f'<html lang="ko" data-theme="{theme}">'
    assert f'<meta name="color-scheme" content="{theme}">' in page
    assert f'<option value="{theme}" selected>' in page


def test_the_devices_own_colours_come_back_when_they_are_chosen(client):
    choose(client, "dark")
    answer = choose(client, "")
    assert answer.cookies["theme"].value == ""
    assert answer.cookies["theme"]["max-age"] == 0
    page = client.get("/en/timeline/").content.decode()
    assert html_tag(page) == '<html lang="en">'
    assert '<meta name="color-scheme" content="light dark">' in page


@pytest.mark.parametrize("value", ["sepia", "DARK", '"><script>alert(1)</script>', "dark light"])
def test_a_theme_that_is_not_known_is_not_kept_and_not_shown(client, value):
    answer = choose(client, value)
    assert answer.status_code == 302
    assert answer.cookies["theme"].value == ""
    client.cookies["theme"] = value
    page = client.get("/en/timeline/").content.decode()
    assert html_tag(page) == '<html lang="en">'
    assert "<script>alert" not in page


def test_a_reader_who_did_not_choose_has_no_cookie_and_no_theme(client):
    for address in ("/en/", "/ko/timeline/", "/ja/leaders/"):
        answer = client.get(address)
        assert not answer.cookies
        assert "data-theme" not in html_tag(answer.content.decode())


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example/",
        "http:///evil.example/",
        "javascript:alert(1)",
        "\thttps://evil.example/",
        "",
    ],
)
def test_the_form_leads_to_no_other_site(client, elsewhere):
    answer = choose(client, "dark", next=elsewhere)
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_over_tls_the_form_does_not_lead_back_to_plain_http(client):
    address = "http://testserver/en/"
    answer = client.post("/theme/", {"theme": "dark", "next": address}, secure=True)
    assert answer["Location"] == "/"


def test_no_line_break_gets_into_the_answer(client):
    answer = choose(client, "dark", next="/en/\r\nSet-Cookie: a=b")
    assert set(answer.cookies) == {"theme"}
    assert "\n" not in answer["Location"]


def test_the_form_needs_no_token():
    strict = Client(enforce_csrf_checks=True)
    answer = choose(strict, "dark")
    assert answer.status_code == 302
    assert strict.cookies["theme"].value == "dark"
    page = strict.get("/en/timeline/").content.decode()
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_the_theme_changes_only_by_a_form(client, method):
    answer = getattr(client, method)("/theme/?theme=dark")
    assert answer.status_code == 405
    assert not answer.cookies


@pytest.mark.parametrize("address", ["/en/", "/en/timeline/", "/ko/leaders/", "/ja/anniversaries/"])
def test_caches_keep_the_pages_of_different_themes_apart(client, address):
    assert "Cookie" in client.get(address)["Vary"].split(", ")


def test_only_pages_of_the_site_depend_on_the_theme(rf):
    """Whatever else a page reads of the cookies: a file is one for all readers."""
    for kind, varies in (("text/html; charset=utf-8", True), ("text/csv", False)):
        answered = vary_by_theme(lambda request, kind=kind: HttpResponse(content_type=kind))
        assert (answered(rf.get("/")).get("Vary") == "Cookie") == varies


def test_each_page_has_the_form_which_leads_back_to_it_with_its_query(client):
    page = client.get("/ja/timeline/?topic=security&q=%22%3E%3Cb%3E").content.decode()
    form = page[page.index('<form class="theme"') :]
    form = form[: form.index("</form>")]
    assert 'action="/theme/"' in form
    assert 'name="next" value="/ja/timeline/?topic=security&amp;q=%22%3E%3Cb%3E"' in form
