"""The text of an article, from wherever its page keeps it."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.child import ChildLimits
from news.extraction import extract
from news.parsing import articles
from news.parsing.scripts import longest_story

SENTENCES = [
    "The leaders of the two countries spoke by phone for about 25 minutes on Monday evening.",
    "They shared the view that their relations matter more than before, the office said.",
    "Both sides agreed to meet in person at an early date and to keep in close contact.",
    "A spokesman added that trade and security were on the list of the things they raised.",
]
STORY = "\n".join(SENTENCES)
SHELL = (
    "<html><head><title>A call</title>{head}</head><body><div id='root'></div>{body}</body></html>"
)


def page(head="", body=""):
    return SHELL.format(head=head, body=body)


def ld(data):
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def next_data(data):
    return f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>'


def flight(*rows):
    text = "\n".join(rows) + "\n"
    half = len(text) // 2
    return "".join(
        f"<script>self.__next_f.push({json.dumps([1, part])})</script>"
        for part in (text[:half], text[half:])
    )


PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
LIST = [{"type": "p", "content": sentence} for sentence in SENTENCES]
ELEMENTS = [
    ["$", "p", str(n), {"children": [sentence[:20], ["$", "a", None, {"children": sentence[20:]}]]}]
    for n, sentence in enumerate(SENTENCES)
]
TEASERS = [{"url": f"/{n}", "summary": "Another story, told in a sentence. " * 9} for n in range(9)]


@pytest.mark.parametrize(
    ("html", "how"),
    [
        (page(body=f"<article>{PARAGRAPHS}</article>"), "page"),
        (page(ld({"@graph": [{"@type": "NewsArticle", "articleBody": STORY}]})), "json-ld"),
        (page(ld([{"articleBody": PARAGRAPHS}, {"articleBody": "Short."}])), "json-ld"),
        (page(body=next_data({"props": {"article": {"content": PARAGRAPHS}}})), "script"),
        (page(body=next_data({"props": {"blocks": LIST, "related": TEASERS}})), "script"),
        (page(body=flight('1:["$","div",null,{}]', f"2:{json.dumps(ELEMENTS)}")), "script"),
        (page(body=flight(f"a:T{len(PARAGRAPHS):x},{PARAGRAPHS}3:null")), "script"),
    ],
)
def test_a_text_is_found_wherever_the_page_keeps_it(html, how):
    found = extract(html, summary="A summary from the feed.")

    assert found is not None
    assert (found.text.split(), found.how) == (STORY.split(), how)
    assert found.title == "A call"


def test_without_a_text_on_the_page_the_feed_s_summary_counts():
    assert extract(page(), summary="A\u202e summary.") is not None
    assert extract(page(), summary="A\u202e summary.").text == "A summary."
    assert extract(page(), summary="A summary.").how == "summary"
    assert extract(page(), summary=" ") is None
    assert extract("") is None


def test_a_request_for_javascript_is_no_text_where_there_is_a_better_one():
    html = page(ld({"articleBody": STORY}), "<p>Please enable JavaScript to read this page.</p>")

    assert extract(html).how == "json-ld"


def test_title_and_day_are_taken_from_json_ld_where_the_page_has_none():
    html = ld({"headline": "A <b>call</b>", "datePublished": "2025-06-10T09:00:00+09:00"})

    found = extract(f"<html><body>{html}<article>{PARAGRAPHS}</article></body></html>")

    assert (found.title, found.published_on) == ("A call", date(2025, 6, 10))


@pytest.mark.parametrize(
    ("told", "day", "problem"),
    [
        ("2025-06-09T23:30:00Z", date(2025, 6, 10), ""),
        ("2025년 6월 10일 오전 9시", date(2025, 6, 10), ""),
        ("2099-01-01T00:00:00+09:00", date(2025, 6, 12), "future"),
        ("1970-01-01", None, "too_old"),
        ("2025-02-31", None, "impossible"),
        (None, None, "missing"),
    ],
)
def test_the_day_of_a_page_is_judged_as_that_of_a_feed(told, day, problem):
    html = f"<html><body>{ld({'headline': 'A call', 'datePublished': told})}</body></html>"
    at = datetime(2025, 6, 11, 16, 0, tzinfo=UTC)

    found = extract(html, summary="A summary.", time_zone="Asia/Seoul", at=at)

    assert (found.published_on, found.date_problem) == (day, problem)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 100_000 + STORY,
        "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + f">{STORY}</p>",
        page(ld({"articleBody": 5}) + '<script type="application/ld+json">{"a":</script>'),
        page('<script type="application/ld+json">' + "[" * 100_000 + "</script>"),
        page(body='<script id="__NEXT_DATA__">' + '{"a":' * 100_000 + "</script>"),
        page(body="<script>self.__next_f.push([1, 5]); self.__next_f.push(</script>"),
        page(body=flight("1:Tffffffff,x", "zz", "2:")),
        "\x00\ud800\uffff",
    ],
)
def test_no_page_breaks_the_reader(html):
    found = extract(html, limits=ChildLimits(seconds=8))

    assert found is None or STORY[:40] in found.text


@settings(max_examples=40, deadline=None)
@given(st.text("<>ap/ \"'={}[]:,x가。", max_size=300))
def test_any_page_is_read_or_has_no_text(html):
    at = "2026-06-01T03:00:00+00:00"
    told = articles.read(
        page(body=html).encode(), url="", summary="", time_zone="UTC", fetched_at=at
    )

    assert told is None or told["text"]
    assert isinstance(longest_story("__next_f" + html), str)
