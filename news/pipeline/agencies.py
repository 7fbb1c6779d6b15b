"""Which news agency a text names as where it is from."""

from __future__ import annotations

import re

# Only in the places where a credit stands: a bracket, a dateline, the last words.
_CREDITS = (
    ("YONHAP", r"Yonhap|연합뉴스|聯合ニュース"),
    ("NEWSIS", r"Newsis|뉴시스"),
    ("NEWS1", r"News1|뉴스1|뉴스원"),
    ("KYODO", r"Kyodo(?: News)?|共同(?:通信)?|교도(?:통신)?"),
    ("JIJI", r"Jiji(?: Press)?|時事(?:通信)?|지지(?:통신)?"),
    ("REUTERS", r"Reuters|ロイター|로이터"),
    ("AFP", r"AFP"),
    ("AP", r"AP"),
)
_SHAPES = (
    r"[(（\[【](?:[^()（）\[\]【】\n]{{0,30}}[=＝/\s]|[一-龥ァ-ヶー]{{1,10}})?(?:{0})"
    r"(?:\s?(?:発|통신|時事))?[)）\]】]"
)
_LAST_WORDS = r"(?:^|[\s(（\[【=＝©]|Source: )(?:{0})[)）\]】.]*\s*$"
_PATTERNS = tuple(
    (agency, re.compile(_SHAPES.format(name)), re.compile(_LAST_WORDS.format(name)))
    for agency, name in _CREDITS
)
_HEAD = 400
_TAIL = 120


def agency_of(text: str) -> str:
    """The agency that a text credits, by its code; empty if it names none.

    The first credit counts, then one at the very end. An agency that is only spoken of
    (“Kyodo reported”) is none.
    """
    head, tail = text[:_HEAD], text.rstrip()[-_TAIL:]
    found = [
        (match.start(), agency)
        for agency, pattern, _last in _PATTERNS
        if (match := pattern.search(head))
    ]
    if found:
        return min(found)[1]
    return next(
        (
            agency
            for agency, pattern, last in _PATTERNS
            if pattern.search(tail) or last.search(tail)
        ),
        "",
    )
