"""Steps towards an agreement that an article tells of beside its signing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from news.pipeline.merge import Group

# Initialling and the leave of a cabinet or a parliament.
_STEP = {
    "en": re.compile(r"\binitial(?:l?ed|l?ing)\b|\b(?:cabinet|parliament)\b[^.;]*\bapprov", re.I),
    "ko": re.compile(r"가서명|국무회의|의결|비준동의"),
    "ja": re.compile(r"仮署名|閣議|(?:締結|承認)を(?:決め|決定|承認)|国会承認"),
}
_STEP_OF_OLD = 4  # days after which an initialling is no news beside a signing


def without_steps(groups: Sequence[Group], lang: str, anchor: date | None) -> tuple[Group, ...]:
    """Leave out what only led up to a signing: it is not an event beside it.

    An initialling is news by itself while it is fresh; a decision to sign on the next day is not.
    """
    signed = [g for g in groups if g.kind == "agreement" and not _is_step(g, lang)]
    return tuple(
        group
        for group in groups
        if group.kind != "agreement"
        or not _is_step(group, lang)
        or not any(_leads_to(group, other, anchor) for other in signed)
    )


def _is_step(group: Group, lang: str) -> bool:
    told = [m for m in group.mentions if m.kind == "agreement"]
    return bool(told) and all(_STEP[lang].search(m.spoken.sentence.text) for m in told)


def _leads_to(step: Group, signing: Group, anchor: date | None) -> bool:
    days = (signing.days.first - step.days.last).days
    told_on = anchor or signing.days.first
    is_eve = 0 <= days <= 1
    return is_eve or (days > 0 and (told_on - step.days.last).days > _STEP_OF_OLD)
