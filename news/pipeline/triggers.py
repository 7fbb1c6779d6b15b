"""Where the words stand that tell of events, each once."""

from __future__ import annotations

from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.patterns import candidates
from news.pipeline.spoken import OccasionMention

# Each costs several looks at the whole sentence; no writer puts more into one.
MOST_TRIGGERS = 20


def mask(text: str, gatherings: tuple[OccasionMention, ...]) -> str:
    """The text with the names of gatherings blanked, at the same offsets."""
    if not gatherings:
        return text
    chars = list(text)
    for gathering in gatherings:
        chars[gathering.start : gathering.end] = "\x00" * (gathering.end - gathering.start)
    return "".join(chars)


def find_triggers(text: str, words: Lexicon) -> list[tuple[Trigger, int, int]]:
    """Triggers in text order; where two overlap the heavier, then the earlier rule wins."""
    found: list[tuple[int, int, Trigger, int, int]] = []
    for order, trigger in enumerate(candidates(words.triggers, text)):
        for m in trigger.pattern.finditer(text):
            if m.end() > m.start():
                found.append((-trigger.weight, order, trigger, m.start(), m.end()))
    found.sort(key=lambda row: (row[0], row[1], row[3]))
    kept: list[tuple[Trigger, int, int]] = []
    for _, _, trigger, start, end in found:
        if any(a < end and start < b for _, a, b in kept):
            continue
        kept.append((trigger, start, end))
    return sorted(kept, key=lambda row: row[1])[:MOST_TRIGGERS]
