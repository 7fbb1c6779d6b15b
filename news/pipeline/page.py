"""What each paragraph of a newspaper page is: news, or the page around it.

Pages leak lists of other articles, picture texts and lines of their own into
a text. They follow the layout of a page, not the grammar of a language: a
short line that names a list opens one; items have bullets and no full stop;
the list goes on until whole paragraphs come back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.lexicon import page_words

_STOP = {
    "en": re.compile(r"[.!?:…][\"')\]]*\s*$"),
    "ko": re.compile(r"(?:[.!?…][\"')\]]*|다|[\"'])\s*$"),
    "ja": re.compile(r"[。!?…][」』)\"]*\s*$|。[^。]{0,12}\s*$"),
}
_FULL_STOP = {
    "en": re.compile(r"[.!?][\"')\]]*\s*$"),
    "ko": re.compile(r"[.!?][\"')\]]*\s*$"),
    "ja": re.compile(r"[。!?][」』)\"]*\s*$"),
}
_BULLET = re.compile(
    r"^\s*(?:[-·•●○◆◇■□▲△▼▽▶▷►▸☞✓※*♣⊙◀▣♥★☆>|✔➤→①-⑳❶-❿]"
    r"|\d{1,2}(?:[.)]\s?|\s)|\(\d{1,2}\)\s?)"
)
# What agencies and ministries close a text with.
_LAST_WORD = re.compile(r"(?:/\s?END\s?/|\(END\)|-END-|###|/끝/)$", re.IGNORECASE)
# Of the bullets those that stand before no number or date of a story.
_POINTER = re.compile(r"^\s*[-·▶▷☞◀]\s")
_HEADING_LENGTH = {"en": 160, "ko": 90, "ja": 90}
_PROSE_LENGTH = {"en": 140, "ko": 70, "ja": 60}
_HEAD_LENGTH = {"en": 70, "ko": 36, "ja": 36}
_ITEM_LENGTH = {"en": 24, "ko": 14, "ja": 12}
_HEAD_REACH = 28  # characters into a line in which it must name a list
_RUN = 3  # lines in a row that make a list


def paragraph_roles(paragraphs: Sequence[str], counts: Sequence[int], lang: str) -> list[str]:
    """The role of each paragraph; `counts` are the sentences in each.

    body: tells of the world · heading: a line without a full stop
    caption: under a picture · clutter: the page talking about itself
    teaser: an item, or the name, of a list of other articles
    """
    roles: list[str] = []
    is_list = is_pointer = False
    for paragraph, count in zip(paragraphs, counts, strict=True):
        if _opens_list(paragraph, lang):
            is_list, is_pointer = True, _is_pointer(paragraph, lang)
            roles.append("teaser")
            continue
        role = _role(paragraph, count, lang)
        # "Related: Moon meets Abe" is a list of one: whole sentences are the story again.
        if is_pointer and role == "body" and _FULL_STOP[lang].search(paragraph):
            is_list = False
        if is_list and role in ("body", "heading"):
            is_list = not _is_prose(paragraph, count, lang)
            role = "teaser" if is_list else role
        roles.append(role)
    return _without_runs(roles, paragraphs, counts, lang)


def _without_runs(
    roles: list[str], paragraphs: Sequence[str], counts: Sequence[int], lang: str
) -> list[str]:
    """Roles in which a run of short lines below the story is a list, named or not.

    One line in two has no full stop: that tells headlines from an agency's
    paragraphs of one sentence each.
    """
    start = 0
    told = False  # whether a paragraph of the story stands above
    for at in range(len(roles) + 1):
        is_line = at < len(roles) and (
            counts[at] <= 1 and len(paragraphs[at]) < _PROSE_LENGTH[lang]
        )
        if is_line:
            continue
        loose = [i for i in range(start, at) if not _is_stopped(paragraphs[i], lang)]
        # A finished sentence before or behind the list is the story's.
        run = range(loose[0], loose[-1] + 1) if loose else range(0)
        if told and len(run) >= _RUN and 2 * len(loose) >= len(run):
            for i in run:
                roles[i] = "teaser" if roles[i] in ("body", "heading") else roles[i]
        if at < len(roles):
            told = told or roles[at] == "body"
        start = at + 1
    return roles


def _is_stopped(paragraph: str, lang: str) -> bool:
    return bool(_FULL_STOP[lang].search(paragraph))


def is_furniture(line: str) -> bool:
    """Whether a short line is the page's, not the article's: a credit, a menu, another article."""
    words = page_words()
    is_named = any(
        words[name].search(line) for name in ("furniture", "furniture_line", "list_head")
    )
    return is_named or _POINTER.match(line) is not None


def is_caption_sentence(sentence: str, lang: str) -> bool:
    """Whether a sentence within a paragraph belongs under a picture.

    Korean and Japanese agencies sign whole sentences too: "…した。(共同)".
    """
    if lang == "ja" and "。" in sentence or sentence.rstrip().endswith("다."):
        return False
    return bool(page_words()["caption_mark"].search(sentence))


def _opens_list(paragraph: str, lang: str) -> bool:
    m = page_words()["list_head"].search(paragraph[: _HEAD_REACH + 24])
    if m is None or m.start() > _HEAD_REACH or _FULL_STOP[lang].search(paragraph):
        return False
    return len(paragraph) <= _HEAD_LENGTH[lang] or m.start() <= 6


def _is_pointer(paragraph: str, lang: str) -> bool:
    """Whether a line names a list and its only item: "READ MORE: Lee to see Ishiba"."""
    m = page_words()["list_head"].search(paragraph[: _HEAD_REACH + 24])
    return m is not None and len(paragraph) - m.end() >= _ITEM_LENGTH[lang]


def _is_prose(paragraph: str, count: int, lang: str) -> bool:
    """Whether a paragraph is too long and too finished to be an item of a list."""
    if not _FULL_STOP[lang].search(paragraph):
        return False
    return len(paragraph) >= _PROSE_LENGTH[lang] * (1 if count > 1 else 1.5)


_DAY_LINE = re.compile(
    r"\W{0,3}(?:\d{1,2}[月월]\s?)?\d{1,2}[日일]\s?(?:[((][月火水木金土日월화수목금토일][))])?\s*"
)


# Japanese television gives what was said as a line by itself, below the name of who said it.
_SPOKEN_LINE = re.compile(r"[「『\"][^「」『』\"\n]{24,}[」』\"]。?")


def is_day_line(paragraph: str) -> bool:
    """Whether a line names a day and nothing else, as those of a chronicle do: "▽23日"."""
    return _DAY_LINE.fullmatch(paragraph) is not None


def _role(paragraph: str, count: int, lang: str) -> str:
    words = page_words()
    paragraph = _LAST_WORD.sub("", paragraph.rstrip()).rstrip()
    stopped = bool(_STOP[lang].search(paragraph))
    if len(paragraph) < 200 and words["furniture"].search(paragraph):
        return "clutter"
    if len(paragraph) < 200 and not stopped and words["furniture_line"].search(paragraph):
        return "clutter"
    if words["caption_head"].search(paragraph) and len(paragraph) < 400:
        return "caption"
    is_short = count <= 2 and (not stopped or len(paragraph) < 300)
    if is_short and is_caption_sentence(paragraph, lang):
        return "caption"
    if is_day_line(paragraph):
        return "heading"
    if _SPOKEN_LINE.fullmatch(paragraph):
        return "body"
    if _BULLET.match(paragraph) and not _FULL_STOP[lang].search(paragraph):
        return "teaser" if len(paragraph) < _HEADING_LENGTH[lang] else "body"
    # A Korean headline may end in a verb as a sentence does, but without a stop.
    is_line = paragraph.rstrip().endswith("다") and len(paragraph) < 40
    if (not stopped or is_line) and len(paragraph) < _HEADING_LENGTH[lang]:
        return "heading"
    return "body"
