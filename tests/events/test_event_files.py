"""What an event's page gives away: files, picture, and the tags for sites where it is linked."""

import json
from datetime import UTC, date, datetime
from io import BytesIO

import icalendar
import pytest
import time_machine
from django.template.loader import render_to_string
from django.utils import translation
from PIL import Image

from events.dossier import read_dossier
from events.models import Event
from events.publication import merge, rename, withdraw
from events.views.event_files import page_parts
from events.views.finding import find_event
from tests.events.build import make_event, make_person, make_readout

pytestmark = pytest.mark.django_db

FILES = (".ics", ".bib", ".csl.json", "/card.png")


def get(client, slug, file, language="en", **headers):
    return client.get(f"/{language}/events/{slug}{file}", headers=headers)


def parts_of(rf, event, language="en"):
    with translation.override(language):
        row = find_event(event.slug)
        dossier = read_dossier(row)
        return row, page_parts(
            rf.get(row.get_absolute_url()),
            row,
            read_on=date(2026, 6, 1),
            acting=dossier.acting,
            places=dossier.places,
            people=[shown.participation.person for shown in dossier.participants],
        )


@pytest.mark.parametrize(
    ("file", "content_type", "cached_for"),
    [
        (".ics", "text/calendar; charset=utf-8", 3600),
        (".bib", "application/x-bibtex; charset=utf-8", 3600),
        (".csl.json", "application/vnd.citationstyles.csl+json", 3600),
        ("/card.png", "image/png", 86400),
    ],
)
def test_each_file_has_its_type_and_may_be_cached(client, file, content_type, cached_for):
    make_event(slug="one")
    response = get(client, "one", file)
    assert response.status_code == 200
    assert response["Content-Type"] == content_type
    assert response["Cache-Control"] == f"public, max-age={cached_for}"
    if file != "/card.png":
        assert response["Content-Disposition"] == f'attachment; filename="one{file}"'
    assert client.post(f"/en/events/one{file}").status_code == 405


def test_a_calendar_file_is_in_the_language_of_its_address(client):
    event = make_event(slug="one", title_ko="첫 통화", places=[("Seoul", "KR")])
    response = get(client, "one", ".ics", "ko")
    [entry] = icalendar.Calendar.from_ical(response.content).walk("VEVENT")
    assert entry["SUMMARY"] == "첫 통화"
    assert entry["SUMMARY"].params["LANGUAGE"] == "ko"
    assert entry["LOCATION"] == "Seoul, 대한민국"
    assert entry["UID"] == str(event.public_id)
    assert entry["URL"] == "http://testserver/ko/events/one/"


def test_a_calendar_file_tells_when_the_event_last_changed(client, editor, now):
    event = make_event(slug="one", at=datetime(2026, 5, 1, tzinfo=UTC))
    first = icalendar.Calendar.from_ical(get(client, "one", ".ics").content).walk("VEVENT")[0]
    rename(event, slug="two", by=editor)
    with_version = Event.objects.get().version
    second = icalendar.Calendar.from_ical(get(client, "two", ".ics").content).walk("VEVENT")[0]
    assert second["UID"] == first["UID"]
    assert second["SEQUENCE"] == with_version - 1 > first["SEQUENCE"]
    assert second["LAST-MODIFIED"].dt >= first["LAST-MODIFIED"].dt
    assert get(client, "two", ".ics").content == get(client, "two", ".ics").content


@time_machine.travel(datetime(2026, 6, 1, 16, 0, tzinfo=UTC), tick=False)
def test_the_address_cited_is_the_permanent_one_and_the_day_is_that_of_seoul(client):
    make_event(slug="one", title_ja="会談")
    [item] = get(client, "one", ".csl.json", "ja").json()
    assert item["URL"] == "http://testserver/en/events/one/"
    assert item["accessed"] == {"date-parts": [[2026, 6, 2]]}
    assert item["title"] == "会談"
    assert "url = {http://testserver/en/events/one/}" in get(client, "one", ".bib").content.decode()


@pytest.mark.parametrize("file", FILES)
def test_an_old_address_leads_to_the_file_at_the_new_one(client, editor, file):
    rename(make_event(slug="old"), slug="new", by=editor)
    response = get(client, "old", file, "ko")
    assert (response.status_code, response["Location"]) == (301, f"/ko/events/new{file}")


@pytest.mark.parametrize("file", FILES)
def test_the_files_of_a_merged_event_are_those_of_its_survivor(client, editor, file):
    merge(make_event(slug="merged"), into=make_event(slug="survivor"), by=editor)
    response = get(client, "merged", file)
    assert (response.status_code, response["Location"]) == (301, f"/en/events/survivor{file}")


@pytest.mark.parametrize("file", FILES)
def test_the_files_of_a_withdrawn_event_are_gone(client, editor, now, file):
    event = make_event(slug="gone", title_en="What never happened")
    withdraw(event, reason="A misread report.", by=editor, at=now)
    response = get(client, "gone", file)
    assert response.status_code == 410
    assert "never happened" not in response.content.decode()
    assert "public" not in response.get("Cache-Control", "")


@pytest.mark.parametrize("file", FILES)
def test_drafts_and_unknown_events_have_no_files(client, file):
    make_event(slug="draft", published=False)
    assert get(client, "draft", file).status_code == 404
    assert get(client, "none", file).status_code == 404


@pytest.mark.parametrize(("file", "queries"), [(".ics", 2), (".bib", 1), ("/card.png", 1)])
@pytest.mark.parametrize("number", [1, 6])
def test_a_file_costs_the_same_for_little_and_for_much(
    client, django_assert_num_queries, file, queries, number
):
    event = make_event(
        slug="one",
        topics=[f"topic-{n}" for n in range(number)],
        places=[(f"City {n}", "KR") for n in range(number)],
        people=[f"person-{n}" for n in range(number)],
        citations=number,
    )
    for _n in range(number):
        make_readout(event)
    with django_assert_num_queries(queries):  # the event; of the calendar file also its changes
        get(client, "one", file)


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
def test_the_card_is_a_picture_of_1200_by_630(client, language):
    make_event(slug="one", title_ko="첫 통화", title_ja="初の電話会談")
    image = Image.open(BytesIO(get(client, "one", "/card.png", language).content))
    assert (image.format, image.size) == ("PNG", (1200, 630))


def test_the_cards_of_three_languages_are_three_pictures(client):
    make_event(slug="one")
    cards = [get(client, "one", "/card.png", language) for language in ("en", "ko", "ja")]
    assert len({card["ETag"] for card in cards}) == len({card.content for card in cards}) == 3


def test_a_card_that_a_browser_has_is_not_sent_again_until_it_changes(client):
    event = make_event(slug="one")
    etag = get(client, "one", "/card.png")["ETag"]
    again = get(client, "one", "/card.png", **{"If-None-Match": etag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)
    assert again["Cache-Control"] == "public, max-age=86400"
    Event.objects.filter(pk=event.pk).update(status="CANCELLED")
    changed = get(client, "one", "/card.png", **{"If-None-Match": etag})
    assert changed.status_code == 200
    assert changed["ETag"] != etag


def test_a_card_names_the_countries_that_acted_only(client):
    row = make_event(slug="one", kind="DISPUTE", actors=["KR"])
    one = get(client, "one", "/card.png")["ETag"]
    row.involvements.update(acted=True)
    assert get(client, "one", "/card.png")["ETag"] != one


def test_the_parts_of_the_page_cost_no_query(rf, django_assert_num_queries):
    event = make_event(people=[make_person("lee")], places=[("Seoul", "KR")], host="KR")
    row = find_event(event.slug)
    dossier = read_dossier(row)
    people = [shown.participation.person for shown in dossier.participants]
    with django_assert_num_queries(0):
        parts = page_parts(
            rf.get("/"),
            row,
            read_on=date(2026, 6, 1),
            acting=dossier.acting,
            places=dossier.places,
            people=people,
        )
        render_to_string("events/_cite.html", {**parts, "event": row})
        render_to_string("events/_social.html", parts)


def test_the_page_offers_its_citation_and_files(rf):
    row, parts = parts_of(rf, make_event(slug="one", title_en="Talks on <fish> & trade"))
    html = render_to_string("events/_cite.html", {**parts, "event": row})
    assert "“Talks on &lt;fish&gt; &amp; trade”, Seoul–Tokyo Record, 9 June 2025" in html
    assert "(read on 1 June 2026)" in html
    assert "Talks on &lt;fish&gt; \\&amp; trade" in html
    for file in (".ics", ".bib", ".csl.json"):
        assert f'href="/en/events/one{file}"' in html
    assert "style=" not in html


def test_links_to_the_page_show_title_summary_and_card(rf):
    event = make_event(slug="one", title_ko='"첫" 통화', summary_ko="말하다. " * 100)
    _row, parts = parts_of(rf, event, "ko")
    with translation.override("ko"):
        html = render_to_string("events/_social.html", parts)
    address = "http://testserver/ko/events/one/"
    for tag in (
        f'<link rel="canonical" href="{address}">',
        '<meta property="og:type" content="article">',
        '<meta property="og:title" content="&quot;첫&quot; 통화">',
        f'<meta property="og:url" content="{address}">',
        '<meta property="og:locale" content="ko_KR">',
        '<meta property="og:locale:alternate" content="en_GB">',
        '<meta property="og:locale:alternate" content="ja_JP">',
        f'<meta property="og:image" content="{address}card.png?v=1">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:height" content="630">',
        '<meta name="twitter:card" content="summary_large_image">',
    ):
        assert tag in html
    assert len(parts["social"].description) == 200
    assert parts["social"].description.endswith("…")
    assert '"첫" 통화' in parts["social"].image_says


def test_an_event_without_a_summary_is_described_by_kind_and_date(rf):
    _row, parts = parts_of(rf, make_event())
    assert parts["social"].description == "Call · Monday, 9 June 2025"


def test_no_title_can_end_the_data_block_of_the_page(rf):
    title = "</script><script>alert(1)</script>"
    _row, parts = parts_of(rf, make_event(title_en=title))
    html = render_to_string("events/_social.html", parts)
    assert html.count("</script>") == html.count("<script") == 1
    block = html[html.index('ld+json">') + 9 : html.index("</script>")]
    assert json.loads(block)["name"] == title
