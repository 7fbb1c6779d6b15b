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
    settled = [d for d in drafts if d.known_as and d.kind == "agreement" and d.participants]
    drafts = [d for d in drafts if not any(_is_settling(d, each) for each in settled)]
    if not drafts or not drafts[0].known_as:
        return drafts
    main = drafts[0]
    return [
        draft
        for draft in drafts
        if draft.known_as or draft.kind not in _OF_LEADERS or draft.starts_on > main.ends_on
    ]


def _is_settling(draft: Draft, settled: Draft) -> bool:
    """Whether ministers met to agree what the record holds as an agreement of theirs."""
    return (
        draft.kind == "ministerial"
        and not draft.known_as
        and draft.starts_on == settled.starts_on
        and set(draft.participants) == set(settled.participants)
    )
