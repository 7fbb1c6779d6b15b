"""Plans of which an article says at its beginning that nothing is fixed yet."""

from __future__ import annotations

import re

from news.pipeline.merge import Group
from news.pipeline.telling import Telling
from news.pipeline.undated import LEAD_SENTENCES

# "No separate meeting has been arranged".
_SEPARATE = re.compile(r"\bseparate\b")


def is_undecided(group: Group, telling: Telling) -> bool:
    """Whether officials say in the first paragraphs that nothing of a plan is fixed yet.

    What is open between two is not so of talks of three.
    """
    if telling.anchor is None or group.days.first <= telling.anchor:
        return False
    words, of_two = telling.words.cues["undecided"], telling.words.cues["alone"]
    is_of_three = any(m.is_three for m in group.mentions)
    return any(
        s.sentence.rank <= LEAD_SENTENCES
        and words.search(s.sentence.text)
        and not (
            is_of_three and (of_two.search(s.sentence.text) or _SEPARATE.search(s.sentence.text))
        )
        for s in telling.spoken
    )
