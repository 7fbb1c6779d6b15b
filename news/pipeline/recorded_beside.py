"""Which of two meetings of one visit an article tells of: that of those whom it names."""

from __future__ import annotations

from datetime import timedelta

from news.pipeline.mentions import MEETINGS
from news.pipeline.retold import Retold, span_of
from news.pipeline.telling import Telling

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
