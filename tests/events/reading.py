"""Reading the timeline as a browser does: addresses, pages, and what stands on them."""

import re
from typing import Any

from django.test import Client

HTMX = {"HX-Request": "true"}
TIMELINE = "/en/timeline/"


def slugs(page: str) -> list[str]:
    """The events of a page or fragment, in its order."""
    return re.findall(r'class="card-title"><a href="/\w\w/events/([-\w]+)/', page)


def read(client: Client, query: str = "", **headers: str) -> str:
    """The timeline with that query, as a page or (with HTMX) a fragment."""
    response = client.get(TIMELINE + query, headers=headers or None)
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def walk(client: Client, query: str = "", headers: Any = None) -> list[str]:
    """Every event from page to page, following "Show 50 more" as a link."""
    found, address = [], TIMELINE + query
    while address:
        page = client.get(address, headers=headers).content.decode()
        found += slugs(page)
        more = re.search(r'id="more-link"[^>]* href="([^"]+)" data-hx-get="([^"]+)"', page)
        if more:
            assert more[1] == more[2]
        address = more and more[1].replace("&amp;", "&")
    return found


def event_page(client: Client, slug: str, language: str = "en") -> str:
    """The page of that event as it is sent."""
    response = client.get(f"/{language}/events/{slug}/")
    assert response.status_code == 200
    page: str = response.content.decode()
    return page


def cells_by_topic(page: str) -> dict[str, list[str]]:
    """Who mentioned what, as text by topic; the first row holds the governments."""
    found = re.search(r'<table class="data matrix">(.*?)</table>', page, re.DOTALL)
    assert found
    rows = {}
    for row in re.findall(r"<tr>(.*?)</tr>", found[1], re.DOTALL):
        cells = re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        words = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
        rows[words[0]] = words[1:]
    return rows
