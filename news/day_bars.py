"""Items a day of one source as small bars, and the same in words. Pure but for the language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.wording import day_in_words, listed
from news.histories import Day

PACE = 5
_WIDE = PACE - 1
HEIGHT = 20


@dataclass(frozen=True, slots=True)
class DayBars:
    """Three SVG paths: bars, low ones for days without an item, hatches for days without an answer.

    A day on which nobody asked has none of them.
    """

    width: int
    height: int
    items: str
    without_items: str
    without_answer: str
    words: str


def day_bars(days: Sequence[Day]) -> DayBars:
    """The bars of some days in a row; the fullest day has the whole height."""
    most = max((day.items or 0 for day in days), default=0)
    items, empty, hatches = [], [], []
    for number, day in enumerate(days):
        left = number * PACE
        if day.items is None:
            hatches += [_hatch(left)] if day.was_asked else []
        elif day.items:
            items.append(_bar(left, max(2, round(HEIGHT * day.items / most))))
        else:
            empty.append(_bar(left, 1))
    return DayBars(
        width=len(days) * PACE,
        height=HEIGHT,
        items="".join(items),
        without_items="".join(empty),
        without_answer="".join(hatches),
        words=_in_words(days, most),
    )


def _bar(left: int, height: int) -> str:
    return f"M{left} {HEIGHT}v-{height}h{_WIDE}v{height}z"


def _hatch(left: int) -> str:
    """Diagonals from the foot of a day to its head."""
    return "".join(f"M{left} {foot}l{_WIDE}-{_WIDE}" for foot in range(HEIGHT, 0, -_WIDE))


def _in_words(days: Sequence[Day], most: int) -> str:
    total = sum(day.items or 0 for day in days)
    said = [
        ngettext("%(n)d item in %(days)d days.", "%(n)d items in %(days)d days.", total)
        % {"n": total, "days": len(days)}
    ]
    if most:
        fullest = next(day.on for day in reversed(days) if day.items == most)
        said.append(_("Most on %(day)s: %(n)d.") % {"day": day_in_words(fullest), "n": most})
    said += _counted(days)
    return " ".join(said)


def _counted(days: Iterable[Day]) -> list[str]:
    silent = [day for day in days if day.items is None]
    unanswered = sum(day.was_asked for day in silent)
    unasked = len(silent) - unanswered
    parts = []
    if unanswered:
        told = ngettext("no answer on %(n)d day", "no answer on %(n)d days", unanswered)
        parts.append(told % {"n": unanswered})
    if unasked:
        told = ngettext("not asked on %(n)d day", "not asked on %(n)d days", unasked)
        parts.append(told % {"n": unasked})
    if not parts:
        return []
    words = listed(parts)
    return [_("%(told)s.") % {"told": words[:1].upper() + words[1:]}]
