"""What an article seems to tell beside an event that the record holds."""

from __future__ import annotations

from news.pipeline.values import Draft

# Whoever recorded an event recorded what leaders did beside it or before.
_OF_LEADERS = ("summit", "trilateral_summit", "call", "visit")


def without_unrecorded(drafts: list[Draft]) -> list[Draft]:
    """Leave out doings of leaders that the record lacks, up to the day of a main event it holds.

    Of the labelled articles one such draft was right and seven were misread. What is still to
    come after the main event may well be new, as may talks of ministers.
    """
    if not drafts or not drafts[0].known_as:
        return drafts
    main = drafts[0]
    return [
        draft
        for draft in drafts
        if draft.known_as or draft.kind not in _OF_LEADERS or draft.starts_on > main.ends_on
    ]
