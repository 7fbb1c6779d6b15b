"""Meetings that an article tells were put off or called off.

They are no events that took place or will, so they are kept apart from those: an editor whose
record has the plan is to learn of it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from news.pipeline.choose import choose
from news.pipeline.dates import resolve
from news.pipeline.evidence import make_evidence
from news.pipeline.fields import make_draft
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import gather
from news.pipeline.people import IndexedKnowledge
from news.pipeline.telling import Telling
from news.pipeline.values import Draft

POSTPONED, CANCELLED = "postponed", "cancelled"
# It must be the news: told in the first sentences, of a day to come or of this week.
_LEAD = 1
_OF_LATE = 7  # days
# Where the words stand that call a meeting off, in the clause that names it: before or after.
_REACH = {"en": (50, 110), "ko": (20, 36), "ja": (20, 36)}
# Also a plan that is looked back on, or that nobody doubts but for these words.
_REASONS = ("denied", "background", "")
# The day of the report is not the day that was planned.
_OWN_DATES = ("clause", "sentence", "lead", "edition")


def find_called_off(telling: Telling, index: IndexedKnowledge) -> list[Draft]:
    """Drafts of what the article opens with as put off or called off, on the day once planned."""
    told = {}
    for mention in telling.mentions:
        found = _called_off(mention, telling)
        if found is not None and mention.kind in MEETINGS:
            told[replace(_dated(mention, telling), reason="")] = found
    if not told:
        return []
    # Read as if nothing had been said against it, and nothing else were told.
    plan = replace(telling, mentions=tuple(told), headline=())
    groups = [g for g in choose(gather(plan), plan) if g.source in _OWN_DATES]
    drafts = []
    for group in groups:
        status, span = told[group.mentions[0]]
        if telling.anchor and (telling.anchor - group.days.last).days > _OF_LATE:
            continue
        draft = make_draft(group, plan, index, tuple(groups))
        spoken = group.mentions[0].spoken
        row = make_evidence(telling, spoken, span, "status", status, "called off", 0.8)
        others = tuple(each for each in draft.evidence if each.field != "status")
        drafts.append(replace(draft, status=status, minutes=None, evidence=(*others, row)))
    return drafts


def _dated(mention: Mention, telling: Telling) -> Mention:
    """A mention with the day for which it was planned: told as of the past, but it lies ahead."""
    if mention.timed is not None:
        return mention
    for timed in reversed(mention.spoken.dates):
        days = resolve(timed.phrase, telling.anchor, "future")
        is_day = days is not None and days.grain in ("DAY", "RANGE")
        if is_day and timed.owner != "reporting" and timed.phrase.end <= mention.start:
            planned = replace(timed, days=days)
            return replace(mention, timed=planned, date_source="sentence")
    return mention


def _called_off(mention: Mention, telling: Telling) -> tuple[str, tuple[int, int]] | None:
    """Whether a meeting was put off or called off, and where the words stand that say so."""
    sentence = mention.spoken.sentence
    if mention.reason not in _REASONS or sentence.rank > _LEAD or sentence.role != "body":
        return None
    before, after = _REACH[telling.lang]
    whole = (0, len(sentence.text))
    clause = next((c for c in mention.spoken.clauses if c[0] <= mention.start < c[1]), whole)
    start, end = max(clause[0], mention.start - before), min(clause[1], mention.end + after)
    found: list[tuple[int, str, re.Match[str]]] = []
    for status in (POSTPONED, CANCELLED):
        words = telling.words.cues[status].search(sentence.text, start, end)
        if words is not None:
            found.append((abs(words.start() - mention.start), status, words))
    if not found:
        return None
    _distance, status, words = min(found, key=lambda each: each[:2])
    return status, words.span()
