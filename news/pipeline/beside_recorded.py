"""What an article seems to tell beside an event that the record holds."""

from __future__ import annotations

from datetime import timedelta

from news.pipeline.values import Draft

# Whoever recorded an event recorded what leaders did beside it or before.
_OF_LEADERS = ("summit", "trilateral_summit", "call", "visit")
_SUMMITS = ("summit", "trilateral_summit")
_SAME_TRIP = timedelta(days=3)


def without_unrecorded(drafts: list[Draft]) -> list[Draft]:
    """Leave out doings of leaders that the record lacks, up to the day of a main event it holds.

    Of the labelled articles one such draft was right and seven were misread. What is still to
    come after the main event may well be new, as may talks of ministers.
    """
    settled = [d for d in drafts if d.known_as and d.kind == "agreement" and d.participants]
    drafts = [d for d in drafts if not any(_is_settling(d, each) for each in settled)]
    drafts = [d for d in drafts if not any(_is_misdated(d, each) for each in drafts)]
    if not drafts or not drafts[0].known_as:
        return drafts
    main = drafts[0]
    return [
        draft
        for draft in drafts
        if draft.known_as or draft.kind not in _OF_LEADERS or draft.starts_on > main.ends_on
    ]


def _is_misdated(draft: Draft, recorded: Draft) -> bool:
    """Whether a summit is one on record by another day: that of the departure, or of a week's end.

    The same leaders do not hold the same talks twice on one journey.
    """
    return (
        draft.kind in _SUMMITS
        and draft.kind == recorded.kind
        and bool(recorded.known_as)
        and not draft.known_as
        and draft.countries == recorded.countries
        and set(draft.participants) <= set(recorded.participants)
        and abs(draft.starts_on - recorded.starts_on) <= _SAME_TRIP
    )


def _is_settling(draft: Draft, settled: Draft) -> bool:
    """Whether ministers met to agree what the record holds as an agreement of theirs."""
    return (
        draft.kind == "ministerial"
        and not draft.known_as
        and draft.starts_on == settled.starts_on
        and set(draft.participants) == set(settled.participants)
    )
