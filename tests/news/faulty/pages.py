"""What is wrong with the page of an article."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import partial

from tests.news.faults import RESET
from tests.news.faulty.scripts import (
    OK,
    Answer,
    endless,
    headed,
    packed,
    redirect,
    sent,
    status,
    zeros,
)

SENTENCES = [
    "The leaders of the two countries spoke by phone for about 25 minutes on Monday evening.",
    "They shared the view that their relations matter more than before, the office said.",
    "Both sides agreed to meet in person at an early date and to keep in close contact.",
]
PARAGRAPHS = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
KOREAN = "이재명 대통령과 이시바 시게루 일본 총리가 9일 전화 통화를 했다고 대통령실이 밝혔다. "
JAPANESE = "石破首相は9日、韓国の李在明大統領と電話で会談し、両国の関係を発展させることで一致した。"
CHALLENGE = (
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<noscript>Enable JavaScript and cookies to continue</noscript><script>go()</script>"
)


@dataclass(frozen=True)
class PageFault:
    """What a server sends for the page of an article, and how far the article gets by it.

    `says` is part of the problem that is shown; `text` a part of the text that is kept.
    """

    name: str
    answer: Answer
    says: str = ""
    text: str = ""
    is_slow: bool = False
    stage: str = "FOUND"


def html(body: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>A call</title>{head}</head><body>{body}</body></html>"
    )


def article(body: str = PARAGRAPHS, head: str = "") -> bytes:
    return html(f"<article>{body}</article>", head).encode()


def typed(kind: str, body: bytes) -> Answer:
    return headed(f"Content-Type: {kind}", body=body)


def read(name: str, answer: Answer | bytes, text: str = SENTENCES[1]) -> PageFault:
    return PageFault(
        name, typed("text/html", answer) if isinstance(answer, bytes) else answer, text=text
    )


def told(title: str, text: str, codec: str, *, header: str = "", meta: str = "") -> PageFault:
    """A page in a charset, with what its header and its head say about it."""
    head = f'<meta charset="{meta}">' if meta else ""
    body = html(f"<article><p>{text * 4}</p></article>", head).encode(codec)
    kind = f"text/html; charset={header}" if header else "text/html"
    return read(f"{codec}{title}", typed(kind, body), text.strip())


no_text = partial(PageFault, says="No article text", stage="FETCHED")
larger = partial(PageFault, says="larger")
_LD = json.dumps({"articleBody": " ".join(SENTENCES), "headline": "A call"})

PAGES = [
    read("a good page", article()),
    read("no type", headed(body=article())),
    read("XHTML", typed("application/xhtml+xml", b"<?xml version='1.0'?>" + article())),
    read("a type with an odd charset", typed('text/html; charset="x', article())),
    read("gzip", packed("gzip", gzip.compress(article()))),
    told("", KOREAN, "euc-kr", header="EUC-KR"),
    told(" by its head", KOREAN, "euc-kr", meta="euc-kr"),
    told(" that says nothing", KOREAN, "euc-kr"),
    told(" that says utf-8", KOREAN, "euc-kr", header="utf-8", meta="utf-8"),
    told(" that says Shift_JIS", KOREAN, "cp949", header="Shift_JIS"),
    told("", JAPANESE, "shift_jis", header="Shift_JIS"),
    told(" that says nothing", JAPANESE, "shift_jis"),
    told(" that says EUC-KR", JAPANESE, "cp932", meta="euc-kr"),
    told(" that says ISO-8859-1", JAPANESE, "euc-jp", header="ISO-8859-1"),
    told("", JAPANESE, "iso-2022-jp", meta="iso-2022-jp"),
    told("", JAPANESE, "utf-16"),
    told(" that says EUC-KR", KOREAN, "utf-8", header="EUC-KR", meta="euc-kr"),
    read("zeros and controls", article(PARAGRAPHS.replace(" ", " \0\x01\u202e")[:-9] + PARAGRAPHS)),
    read("broken letters", article().replace(b"25", b"\xff\xfe")),
    read("tags without ends", article("<p>".join(SENTENCES) + "<div><b><i><table><tr><td>")),
    read("ends without tags", article("</div></b></p>" * 1000 + PARAGRAPHS)),
    read(
        "50,000 attributes",
        article(f"<p {' '.join(f'a{n}=1' for n in range(50_000))}>x</p>{PARAGRAPHS}"),
    ),
    read("4 MB of script", article(PARAGRAPHS, f"<script>{'var a = 1;' * 400_000}</script>")),
    read(
        "4 MB of styles in the text", article(f"<style>{'a {{}} ' * 500_000}</style>{PARAGRAPHS}")
    ),
    read(
        "a picture of 4 MB in the text",
        article(f"<img src='data:image/png;base64,{'A' * 4_000_000}'>{PARAGRAPHS}"),
    ),
    read("entities of HTML by the thousand", article("&lt;&amp;&hellip;" * 50_000 + PARAGRAPHS)),
    read(
        "a text in its JSON-LD alone",
        html(
            "<div id='root'></div>", f'<script type="application/ld+json">{_LD}</script>'
        ).encode(),
    ),
    no_text(
        "a script without end",
        headed(body=article(PARAGRAPHS, '<script type="application/ld+json">{"a":')),
    ),
    read("a text that keeps us busy", article(f"<p>{'met ' * 30_000}</p>"), "met met"),
    read("a text of 1 MB", article(f"<p>{'They met on June 9. ' * 50_000}</p>"), "They met"),
    PageFault(
        "100,000 nested elements",
        typed("text/html", article("<div>" * 100_000)),
        says="No article text|Reading",
        stage="FETCHED",
    ),
    no_text("nothing", headed(body=b"")),
    no_text("blanks", headed(body=b" \r\n")),
    no_text("an empty page", headed(body=html("").encode())),
    no_text("a frame", typed("text/html", html("<iframe src='/x'></iframe>").encode())),
    no_text("a page that is a picture", typed("text/html", b"\x89PNG\r\n\x1a\n" + bytes(9999))),
    PageFault("403 with a challenge", status(403, body=CHALLENGE.encode()), says="403 "),
    *(
        PageFault(f"{code} with the text", status(code, body=article()), says=f"{code} ")
        for code in (304, 401, 404, 410, 429, 451, 500, 503)
    ),
    *(
        PageFault(f"a page that is {kind}", typed(kind, b"%PDF-1.7" + article()), says=kind)
        for kind in (
            "application/pdf",
            "image/png",
            "application/json",
            "video/mp4",
            "application/octet-stream",
            "text/css",
            "application/zip",
        )
    ),
    larger("a gzip bomb", packed("gzip", zeros(300))),
    larger("an endless page", endless(OK + b"\r\n", article() * 200)),
    larger(
        "20 MB of script",
        lambda: [OK + b"\r\n", article(), b"<script>", *[b"var a = 1;" * 10_000] * 200],
    ),
    PageFault("brotli", packed("br", article()), says="not asked for"),
    PageFault("a redirect inside", redirect("http://10.0.0.1/"), says="private"),
    PageFault("a redirect to itself", redirect("/page"), says="circle"),
    PageFault(
        "reset", sent(OK + b"Content-Length: 9999\r\n\r\n" + article(), 0.05, RESET), says="cut off"
    ),
    PageFault("cut off", headed("Content-Length: 99999", body=article()), says="complete"),
    PageFault("silence", sent(5.0), says="in time", is_slow=True),
    PageFault("a drip", endless(OK + b"\r\n", b".", pause=0.1), says="in time", is_slow=True),
]
