"""The days of a multilateral gathering: from the text first, else from the record."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING

from news.pipeline.dates import DatePhrase, Days
from news.pipeline.lexicon import occasions
from news.pipeline.mentions import Mention, days_of
from news.pipeline.timing import Timed

if TYPE_CHECKING:
    from news.pipeline.telling import Telling

# An edition is only meant if it is near the day of publication.
_NEAR = timedelta(days=45)
_DURING = re.compile(
    r"期間中|際|(?<!打ち)(?<!打)合わせ|現地で|会場で|滞在中|席上|기간|계기|맞춰|참석|현지에서|현장에서"
    r"|sidelines|margins|during",
    re.IGNORECASE,
)


def edition_days(mention: Mention, telling: Telling) -> tuple[Days, Timed | None] | None:
    """The days of the gathering at which an undated meeting is to take place.

    Only for what is still to come or under way: a past meeting "at the G7"
    has had a day of its own, and without it is looked back on.
    """
    text = mention.spoken.sentence.text
    named = mention.gathering
    if mention.tense != "future" or not (named or _DURING.search(text)):
        return None
    names = {g.name for s in telling.spoken for g in s.gatherings}
    if named:
        names = {named.name}
    if not names:
        return None
    found = _from_text(mention, telling) or _from_record(names, telling)
    own = days_of(mention)
    if found is not None and own is not None and not own.overlaps(found[0]):
        return None  # "the summit in May": not on the days of the journey to prepare it
    return found


def is_aside(mention: Mention) -> bool:
    """Whether a meeting is said to be on the sidelines of something else."""
    return bool(_DURING.search(mention.spoken.sentence.text))


def _from_text(mention: Mention, telling: Telling) -> tuple[Days, Timed | None] | None:
    """The last range of days told before the mention."""
    last: tuple[Days, Timed | None] | None = None
    for spoken in telling.spoken:
        if spoken.sentence.index > mention.spoken.sentence.index:
            break
        for timed in spoken.dates:
            days = timed.days
            if days is None or days.grain != "RANGE" or timed.owner != "event":
                continue
            if telling.anchor is None or days.last >= telling.anchor:
                last = (days, timed)
    return last


def _from_record(names: set[str], telling: Telling) -> tuple[Days, Timed | None] | None:
    if telling.anchor is None:
        return None
    for occasion in occasions():
        if occasion.name not in names:
            continue
        for edition in occasion.editions:
            if edition.last >= telling.anchor and edition.first - telling.anchor <= _NEAR:
                phrase = DatePhrase(0, 0, "day")
                return (Days(edition.first, edition.last, "RANGE"), Timed(phrase, None, "edition"))
    return None
