"""The record's own translations are marked on its pages, and every text says its language."""

import csv
import re
from html.parser import HTMLParser

import pytest
from django.db import transaction
from django.utils import timezone

from events.loading.record import SHIPPED, load_folder
from events.models import Anniversary, Commitment, Event, Point
from tests.events.curated import CALL


def shipped(file):
    with (SHIPPED / file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole record, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_folder(at=timezone.now())
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(record, db):
    """The record under each test's own transaction."""


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return re.sub(r"\s+", " ", response.content.decode())


MARK = {"ko": "이 프로젝트의 번역", "ja": "本プロジェクトによる翻訳"}


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_a_translated_summary_is_marked_and_shows_the_english(client, language):
    event = Event.objects.get(slug=CALL)
    page = page_of(client, f"/{language}/events/{CALL}/")
    own = getattr(event, f"summary_{language}")
    assert f"<p>{own}</p>" in page
    assert (
        f'<details class="translated"><summary>{MARK[language]}</summary>'
        f'<p lang="en">{event.summary_en}</p></details>' in page
    )


@pytest.mark.parametrize("language", ["ko", "ja"])
def test_translated_points_commitments_and_descriptions_are_marked(client, language):
    call = page_of(client, f"/{language}/events/{CALL}/")
    points = Point.objects.filter(readout__event__slug=CALL)
    assert points.count() > 10
    for point in points:
        assert getattr(point, f"text_{language}") in call
    mark = f'<span class="translated-mark">{MARK[language]}.</span>'
    accounts = call[call.index('aria-labelledby="accounts"') : call.index('id="matrix"')]
    assert accounts.count(mark) == Event.objects.get(slug=CALL).readouts.count()

    commitment = Commitment.objects.order_by("pk").first()
    page = page_of(client, f"/{language}/events/{commitment.event.slug}/")
    agreed = page[page.index('aria-labelledby="commitments"') :]
    assert getattr(commitment, f"text_{language}") in agreed
    assert mark in agreed

    treaty = Anniversary.objects.get(slug="normalization-treaty")
    page = page_of(client, f"/{language}/anniversaries/{treaty.slug}/")
    assert getattr(treaty, f"description_{language}") in page
    assert f'<p lang="en">{treaty.description_en}</p>' in page


def test_the_english_pages_show_no_mark_and_no_translation(client):
    event = Event.objects.get(slug=CALL)
    for address in (f"/en/events/{CALL}/", "/en/anniversaries/normalization-treaty/"):
        page = page_of(client, address)
        assert 'class="translated' not in page
        assert "Translation by this project" not in page
    page = page_of(client, f"/en/events/{CALL}/")
    assert event.summary_ja not in page
    assert event.summary_ko not in page


class Read(HTMLParser):
    """The texts of a page with the language that each is marked to be in."""

    EMPTY = frozenset({"meta", "link", "input", "br", "img", "hr", "path"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.languages: list[str] = [""]
        self.texts: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        if tag not in self.EMPTY:
            self.languages.append(dict(attributes).get("lang") or self.languages[-1])

    def handle_endtag(self, tag):
        if tag not in self.EMPTY:
            self.languages.pop()

    def handle_data(self, data):
        if data.strip() and self.lasttag != "script":
            self.texts.append((self.languages[-1], data.strip()))


# Letters of a language that stand in no text of the others.
FOREIGN = {
    "en": re.compile(r"[\u3040-\u30fa\u30fc-\u30ff\u4e00-\u9fff\uac00-\ud7af]"),
    "ko": re.compile(r"[\u3040-\u30fa\u30fc-\u30ff]|(?:\b[a-z]+ ){4}"),
    "ja": re.compile(r"[\uac00-\ud7af]|(?:\b[a-z]+ ){4}"),
}
# Addresses and bibliographic entries are of no language.
ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+/\S")
ENTRY = re.compile(r'<section class="part" aria-labelledby="cite">.*?</section>')
OTHER_PAGES = ["timeline/", "leaders/", "leaders/lee-jae-myung/", "anniversaries/", ""]


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_what_is_in_another_language_says_in_which(client, language):
    events = [row["id"] for row in shipped("events.csv")][["en", "ko", "ja"].index(language) :: 20]
    anniversaries = [row["slug"] for row in shipped("anniversaries.csv")][::4]
    addresses = [
        *OTHER_PAGES,
        *(f"events/{slug}/" for slug in [*events, CALL]),
        *(f"anniversaries/{slug}/" for slug in anniversaries),
    ]
    unmarked = [
        (address, text)
        for address in addresses
        for marked, text in Read(ENTRY.sub("", page_of(client, f"/{language}/{address}"))).texts
        if marked == language and FOREIGN[language].search(text) and not ADDRESS.match(text)
    ]
    assert unmarked == []
