"""What a headline names as a matter of the event that its article tells of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR
from news.pipeline.patterns import Pattern
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling

# "往来を再開へ" over a story of leaders who will visit each other: nobody else travels.
_TRAVEL, _SHUTTLE = re.compile("往来|行き来"), re.compile("シャトル外交")
# "A and B to meet as the row over islets simmers": two events in one headline.
_MEANWHILE = re.compile(r"\b(?:as|amid|despite|while|after)\b")


def is_in_headline(pattern: Pattern, telling: Telling, rest: Sequence[Spoken]) -> bool:
    """Whether the headline names a matter as one of the event; `rest` tells of other events.

    "米韓首脳、関税で合意" is of others.
    """
    title = telling.article.title
    found = pattern.search(title)
    if found is None:
        return False
    if telling.lang == "en":
        is_beside = _MEANWHILE.search(title[: found.start()]) is not None
        return not (is_beside and any(pattern.search(s.sentence.text) for s in rest))
    if telling.lang == "ko":
        return True
    blocs = telling.title.scene.blocs if telling.title else ()
    is_of_others = bool(blocs) and not any(b.countries >= PAIR for b in blocs)
    is_shuttle = _TRAVEL.match(found.group()) and _SHUTTLE.search(telling.working.text)
    return not (is_of_others or is_shuttle)
