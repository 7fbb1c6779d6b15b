"""Stories of what North Korea has launched, and what they recall of the two.

Such a story says towards its end what leaders or ministers agreed on some days ago. That was news
then; of now are only what the story opens with, and what was done in answer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.merge import Group
from news.pipeline.telling import Telling

_FRESH = 1  # days within which an answer to a launch follows it

_LAUNCH = {
    "en": re.compile(
        r"North Korea(?:n|'s)?\b[^.;]{0,80}\b(?:fir(?:ed|es|ing)|launch\w*|shot|(?:test-?)+fir\w+"
        r"|test(?:s|ed)?|conducted)\b[^.;]{0,60}\b(?:missiles?|satellites?|rockets?|projectiles?"
        r"|ICBM|nuclear (?:test|device|bomb)|artillery)\b"
    ),
    "ko": re.compile(
        r"(?:북한|북)(?:이|은|의|,)?\s[^.]{0,60}(?:미사일|발사체|위성|핵실험|방사포|로켓|ICBM)[^.]{0,40}"
        r"(?:발사|쏘|쏜|쐈|강행|실시|감행|시험)"
    ),
    "ja": re.compile(
        r"北朝鮮[^。]{0,60}(?:ミサイル|飛(?:翔|しょう)体|衛星|核実験|ロケット砲?|ICBM)[^。]{0,40}"
        r"(?:発射|打ち上げ|撃[っちつ]|試射|強行|実施|行[っい])"
    ),
}


def without_recalled(groups: Sequence[Group], telling: Telling) -> tuple[Group, ...]:
    """Leave out what a story that opens with a launch only recalls, days old, further down."""
    if telling.anchor is None or not _opens_with_launch(telling):
        return tuple(groups)
    return tuple(g for g in groups if _is_told_first(g) or not _is_old(g, telling))


def _opens_with_launch(telling: Telling) -> bool:
    opening = [s for s in telling.spoken if s.sentence.rank == 0 and s.sentence.role == "body"]
    pattern = _LAUNCH[telling.lang]
    return any(pattern.search(s.sentence.text) for s in opening)


def _is_told_first(group: Group) -> bool:
    """Whether the headline or the first sentence tells of an event."""
    return bool(group.headline) or any(m.spoken.sentence.rank == 0 for m in group.mentions)


def _is_old(group: Group, telling: Telling) -> bool:
    return telling.anchor is not None and (telling.anchor - group.days.last).days > _FRESH
