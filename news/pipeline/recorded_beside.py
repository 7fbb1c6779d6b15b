"""What an article tells beside the record: other people of one visit, or another quarrel."""

from __future__ import annotations

from datetime import timedelta

from news.pipeline.mentions import MEETINGS
from news.pipeline.merge import Group
from news.pipeline.retold import Retold, span_of
from news.pipeline.telling import Telling

# What the two quarrel about; a record of a quarrel names one of these.
_MATTERS = {"history", "comfort_women", "forced_labor", "territory", "trade", "energy_environment"}
_A_VISIT = timedelta(days=2)


def lacks_somebody(told: Retold, other: Retold, telling: Telling) -> bool:
    """Whether a meeting of the same guest on the next day is told with everybody, and this not.

    "Cho will be in Tokyo on July 29 and 30 to see Iwaya" tells nothing of his call on the premier.
    """
    event, beside = told.event, other.event
    if event is beside or event.kind != beside.kind or event.kind not in MEETINGS:
        return False
    if not set(event.people) & set(beside.people):
        return False
    one, two = span_of(event), span_of(beside)
    if one.overlaps(two) or max(one.first - two.last, two.first - one.last) > _A_VISIT:
        return False
    titled = telling.title.scene.people if telling.title else ()
    named = {p.slug for s in telling.spoken for p in s.scene.people} | {p.slug for p in titled}
    return set(beside.people) <= named and not set(event.people) <= named


def is_other_matter(told: Retold, group: Group, telling: Telling) -> bool:
    """Whether a quarrel of another day is of something else than that on record.

    A protest over islets on Thursday is no answer to a ruling of Wednesday that is told below it.
    """
    if any(m.spoken is told.core for m in group.mentions):
        return False
    said = [m.spoken.sentence.text for m in group.mentions]
    named = {t for t, p in telling.words.topics.items() if any(p.search(text) for text in said)}
    return bool(named & _MATTERS) and not named & _MATTERS & set(told.event.topics)
