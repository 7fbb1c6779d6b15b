"""Cut a sentence of a government's account into what each side said and what both agreed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from news.pipeline.readout_words import VERB_LAST, ReadoutWords
from news.pipeline.sentences import quoted_spans

_LINK = re.compile(r"(?:,?\s(?:and|while|but)|[,;、])?\s*$")


@dataclass(frozen=True, slots=True)
class Part:
    """One statement within a sentence; offsets into its text.

    `voice` is "joint", "single" or "" where nobody is named as the speaker; `verb` is one of VERBS
    and begins at `verb_start`. `is_own` is whether the speaker is named here, not in a part before.
    """

    start: int
    end: int
    voice: str
    verb: str
    verb_start: int
    is_own: bool
    is_answer: bool

    @property
    def stance(self) -> str:
        """Of STANCES. What one says to what the other has said is agreed only in so many words."""
        if self.verb == "discussed":
            return "MENTIONED"
        if self.voice == "single":
            return "AGREED" if self.is_answer else "RAISED"
        return "AGREED" if self.voice == "joint" or self.verb == "agreed" else "RAISED"


def find_parts(text: str, words: ReadoutWords, voice: str = "") -> list[Part]:
    """The statements of a sentence in order; none where nothing is said or agreed.

    `voice` is who spoke in the sentence before. A sentence that only opens the account, or says
    what was not talked about, has none.
    """
    if words["opening"].search(text) or words["denied"].search(text):
        return []
    parts = _verb_last(text, words) if words.lang in VERB_LAST else _verb_first(text, words)
    told: list[Part] = []
    is_from_before = True
    for part in parts:
        if part.voice:
            voice, is_from_before = part.voice, False
        # Nobody is the speaker of what "was discussed"; and a sentence of its own that says "it
        # was agreed" is of both sides, whoever spoke in the one before.
        elif part.verb != "discussed" and not (is_from_before and part.verb == "agreed"):
            part = replace(part, voice=voice)
        if part.voice or part.verb != "raised":
            told.append(part)
    return told


def _verb_first(text: str, words: ReadoutWords) -> list[Part]:
    """Each statement goes from its subject, or a further verb, to the next one."""
    begins: dict[int, tuple[int, str, int]] = {}  # verb → where it begins, voice, end before it
    for m in words.head.finditer(text):
        begins[m.end()] = (m.start(), m.lastgroup or "", m.start())
    for m in words["further"].finditer(text):
        if words.verb.match(text, m.end()):
            begins.setdefault(m.end(), (m.end(), "", m.start()))
    if not begins:
        verb = words["discussed"].search(text)
        return [Part(0, len(text), "", "discussed", verb.start(), True, False)] if verb else []
    rows = sorted((start, end, voice, at) for at, (start, voice, end) in begins.items())
    parts = []
    for at, (start, _before, voice, where) in enumerate(rows):
        stop = rows[at + 1][1] if at + 1 < len(rows) else len(text)
        parts.append(_part(text, 0 if at == 0 else start, stop, voice, where, words))
    return parts


def _verb_last(text: str, words: ReadoutWords) -> list[Part]:
    """Each statement goes up to its verb and what links it to the next."""
    quotes = quoted_spans(text)
    parts: list[Part] = []
    start, last = 0, None
    for m in words.verb.finditer(text):
        if any(a <= m.start() < b for a, b in quotes):
            continue
        last = m
        link = words["further"].match(text, m.end())
        if link:
            parts.append(_verb_last_part(text, start, link.end(), m, words))
            start, last = link.end(), None
    if last is not None:
        parts.append(_verb_last_part(text, start, len(text), last, words))
    elif parts and start < len(text):
        # What comes after the last verb belongs to it.
        whole = parts[-1]
        parts[-1] = _part(text, whole.start, len(text), whole.voice, whole.verb_start, words)
    return parts


def _verb_last_part(
    text: str, start: int, end: int, verb: re.Match[str], words: ReadoutWords
) -> Part:
    subject = words.subject.search(text, start, verb.start())
    voice = (subject.lastgroup or "") if subject else ""
    return _part(text, start, end, voice, verb.start(), words)


def _part(text: str, start: int, end: int, voice: str, verb: int, words: ReadoutWords) -> Part:
    found = words.verb.match(text, verb)
    assert found is not None
    link = _LINK.search(text, start, end)
    end = link.start() if link and link.start() > verb else end
    return Part(
        start,
        end,
        voice,
        found.lastgroup or "",
        verb,
        is_own=bool(voice),
        is_answer=bool(words["answered"].match(text, verb)),
    )
