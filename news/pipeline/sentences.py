"""Cut a normalised text into sentences that know where they stand and what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from news.pipeline.page import is_caption_sentence, is_furniture, paragraph_roles

# A "sentence" longer than this is a page without punctuation; reading it
# whole would tie unrelated words together.
MAX_SENTENCE = 1200

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Lt|Col|Adm|St|vs|No|Jr|Sr|Inc|Corp|Co|Ltd|Jan|Feb|Mar"
    r"|Md|Va|Pa|Calif|Mass|Conn|Fla|Wash|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|approx|etc|p\.m|a\.m|e\.g|i\.e)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)
_END_EN = re.compile(r"[.!?…]+[\"')\]]*(?=\s+[\"'(\[]?[^\W_a-z]|\s+[^\w\s\"'(\[,;.-])")
_END_KO = re.compile(
    r"(?<=[가-힣\")\]'])[.!?…]+[\"')\]]*(?=\s|[가-힣\"'▲■◆])|[.!?]+[\"')\]]*(?=\s)"
)
# A stop within a quotation may be followed by "と述べた"; a bare one also by "ところが".
_END_JA = re.compile(
    r"[。!?！？]+[」』)\"]+(?![」』、とをがはのに])|[!?！？]+(?![」』)\"。!?！？、とをがはのに])"
    r"|。+(?![」』)\"。!?！？、]|と(?:述べ|語[りっる]|話[しす]|し|い[うっ]|の|書|記[しす]|訴え|主張))"
)
_ENDS = {"en": _END_EN, "ko": _END_KO, "ja": _END_JA}

_MONTH_DAY = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}(?:, \d{4})?"
)
_DATELINE = re.compile(
    r"^\s*(?:[A-Z][A-Z'.]+(?:[ ,/]+[A-Z][A-Z'.]+)*(?:, [A-Za-z. ]+)?"
    rf"(?:,? {_MONTH_DAY})?\s?(?:\([^)]{{1,30}}\)\s?)?(?:--\s?|—\s?|-\s)"
    r"|(?!(?:In|On|At|By|For|From|Since|Until|After|Before) |[A-Z][a-z]+day\b|[A-Z][a-z]+ed\b)"
    r"[A-Z][a-z]+(?:[ /][A-Z][a-z]+)?(?: \[[^\]]{1,20}\]|, [A-Z][a-z]+(?: [A-Z][a-z]+)?)?"
    rf",? {_MONTH_DAY}\s?(?:\([^)]{{1,30}}\)\s?)?(?:--\s?|—\s?|-\s|:\s|(?=[A-Z][a-z]))"
    r"|\(?\[?[가-힣·]{2,12}\s?=\s?[가-힣A-Za-z0-9 ]{2,20}[\])]"
    r"|【[^】\d]{2,20}】|\[[가-힣]{2,10}\s?=[^\]]{2,20}\])"
)
# Datelines of other agencies: "TOKYO, 17 March (Petra) --", "ISLAMABAD, Mar 17 (APP):",
# "Seoul (Web Desk - 28th May, 2024)". What tells them from a sentence is that they give the day.
_WRITTEN = (
    rf"(?:{_MONTH_DAY}|\d{{1,2}}(?:st|nd|rd|th)?,? (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct"
    r"|Nov|Dec)[a-z]{0,6}\.?(?:,? \d{4})?)"
)
_PLACE = r"[A-Z][\w'.]{1,20}(?:[ ,/]{1,2}[A-Z][\w'.]{1,20}){0,3}(?: \[[^\]]{1,20}\])?"
_DATED_LINE = re.compile(
    r"^\s*(?:\([^()]{1,40}\)\s?)?"
    r"(?!(?:In|On|At|By|For|From|Since|Until|After|Before) |[A-Z][a-z]+day\b)"
    rf"{_PLACE}(?: \([^()]{{1,40}}\))?[,:]?\s"
    rf"(?:{_WRITTEN}\s?(?:\([^()]{{1,40}}\))?\s?(?:--|[—–:-])\s"
    rf"|(?:\([^()]{{2,60}} [-–—] |(?:(?<=: )|(?<=[A-Z]{{2}} ))\(){_WRITTEN}\)\s?"
    r"(?:(?:--|[—–:-])\s|(?=[A-Z])))"
)
_NUMBERING = re.compile(r"\s*\(?\d{1,2}[.)]")
_QUOTE_OPEN = re.compile(r"[「『\"]")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; offsets into the working copy. `role` says how to read it.

    The roles are those of `page`; `segment` counts the articles stuck together
    on one page, from 0; `rank` counts body sentences, so that a page's menus do
    not push the lead down.
    """

    index: int
    rank: int
    start: int
    end: int
    text: str
    role: str
    paragraph: int
    segment: int
    dateline_end: int  # offset in `text` where a dateline ends, else 0


def split_sentences(text: str, lang: str) -> list[Sentence]:
    """The sentences of a text in order."""
    sentences: list[Sentence] = []
    segment = 0
    rank = 0
    story = 0  # sentences of a story before; a headline and a picture text are none
    spans = list(_paragraphs(text, lang))
    cuts = [list(_pieces(text[start:end], lang)) for start, end in spans]
    roles = paragraph_roles([text[a:b] for a, b in spans], [len(c) for c in cuts], lang)
    for number, ((start, end), pieces, role) in enumerate(zip(spans, cuts, roles, strict=True)):
        paragraph = text[start:end]
        dateline = _DATELINE.match(paragraph) or _DATED_LINE.match(paragraph)
        is_line = number > 0 and roles[number - 1] in ("heading", "teaser")
        above = text[slice(*spans[number - 1])] if is_line else ""
        if (
            story >= _A_STORY
            and role == "body"
            and (dateline or _is_titled(above, text[start : start + _OPENING], lang))
        ):
            segment += 1
        if role == "body":
            ended = sum(bool(_ENDED.search(paragraph, a, b)) for a, b in pieces)
            story += _A_STORY if dateline or lang != "en" else ended
        for piece_start, piece_end in pieces:
            piece = paragraph[piece_start:piece_end]
            own = role
            if role == "body" and is_caption_sentence(piece, lang):
                own = "caption"
            sentences.append(
                Sentence(
                    index=len(sentences),
                    rank=rank,
                    start=start + piece_start,
                    end=start + piece_end,
                    text=piece,
                    role=own,
                    paragraph=number,
                    segment=segment,
                    dateline_end=dateline.end() if dateline and piece_start == 0 else 0,
                )
            )
            rank += own == "body"
    return sentences


_A_STORY = 2  # sentences
_ENDED = re.compile(r"[.!?…][\"')\]]*$")
_WORD = re.compile(r"[A-Za-z]{4,}")
_INTRODUCED = re.compile(
    r"\b(?:President|Prime Minister|Premier|Minister|Secretary|Chairman|Ambassador|Leader)"
    r" (?:[A-Z][\w.-]+ ){1,2}[A-Z][a-z]"
)
_TITLE_WORDS = 4
_OPENING = 500  # characters


def _is_titled(line: str, paragraph: str, lang: str) -> bool:
    """Whether a line above a paragraph is the headline of another English article.

    The paragraph says its words again, and people by full name and office as only an opening
    does; a subheading is shorter, a picture text does not make the story begin anew.
    """
    words = {w.lower()[:5] for w in _WORD.findall(line)}
    if lang != "en" or len(words) < _TITLE_WORDS or not _INTRODUCED.search(paragraph):
        return False
    if is_furniture(line) or not line.lstrip()[:1].isalnum():
        return False
    said = {w.lower()[:5] for w in _WORD.findall(paragraph)}
    return len(words & said) >= 2 and 3 * len(words & said) >= len(words)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where a sentence lets somebody speak at length (short quotes are just terms)."""
    if not _QUOTE_OPEN.search(text):
        return []
    spans: list[tuple[int, int]] = []
    opened = -1
    mark = ""
    for i, char in enumerate(text):
        if opened < 0 and char in '「『"':
            opened, mark = i, {"「": "」", "『": "』", '"': '"'}[char]
        elif opened >= 0 and char == mark:
            spans.append((opened, i + 1))
            opened = -1
    if opened >= 0:
        spans.append((opened, len(text)))
    return [(a, b) for a, b in spans if b - a > 24]


def _paragraphs(text: str, lang: str) -> Iterator[tuple[int, int]]:
    """Spans of lines; in English a line that goes on in lower case is joined."""
    begin = None
    end = 0
    at = 0
    for line in text.split("\n"):
        start, stop = at, at + len(line)
        at = stop + 1
        if not line.strip():
            if begin is not None:
                yield (begin, end)
            begin = None
            continue
        head = line.lstrip()[:1]
        if begin is not None and lang == "en" and head.islower():
            end = stop
            continue
        if begin is not None:
            yield (begin, end)
        begin, end = start, stop
    if begin is not None:
        yield (begin, end)


def _pieces(paragraph: str, lang: str) -> Iterator[tuple[int, int]]:
    """Spans of sentences within a paragraph."""
    start = 0
    for m in _ENDS[lang].finditer(paragraph):
        end = m.end()
        if lang == "en" and _ABBREVIATION.search(paragraph[max(start, end - 12) : end]):
            continue
        if _NUMBERING.fullmatch(paragraph, start, end):
            continue
        if lang != "en" and _inside_quote(paragraph, start, m.start()):
            continue
        yield from _chunks(paragraph, start, end)
        start = end
    yield from _chunks(paragraph, start, len(paragraph))


def _inside_quote(paragraph: str, start: int, at: int) -> bool:
    """Whether a full stop ends a sentence that somebody is quoted with."""
    window = paragraph[max(start, at - 400) : at]
    if window.count("「") > window.count("」") or window.count("『") > window.count("』"):
        return True
    return window.count('"') % 2 == 1 and '"' in paragraph[at : at + 400]


def _chunks(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and paragraph[start].isspace():
        start += 1
    while end > start and paragraph[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = paragraph.rfind(" ", start + MAX_SENTENCE // 2, start + MAX_SENTENCE)
        cut = cut if cut > start else start + MAX_SENTENCE
        yield (start, cut)
        start = cut
    if end > start:
        yield (start, end)
