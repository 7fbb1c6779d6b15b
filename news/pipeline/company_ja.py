"""Who stands together in a Japanese clause that names but one of two, or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR, Scene
from news.pipeline.lexicon import Lexicon
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken


def those_before(spoken: Spoken, clause: tuple[int, int], words: Lexicon) -> list[NameMention]:
    """Who did something before a Japanese clause that names nobody: they do the next thing too.

    "AがBを呼び止め、10分ほど話し込んだ".
    """
    if words.lang != "ja" or spoken.scene.within(*clause).acting():
        return []
    earlier = spoken.scene.within(0, clause[0])
    return [p for p in earlier.people if earlier.acting() == PAIR and not p.is_former]


# "船越次官は韓国の第1次官と…話し合った": the other one is no name of the record.
_COLLEAGUE = re.compile(
    r"(?:(?:韓国|日本)(?:の|側の|政府の)?[^、。はが]{0,20}|第[1一2二])"
    r"(?:相|大臣|次官|局長|長官|室長|代表|部長|審議官)(?:ら)?(?:と|が)"
)


def is_with_colleague(
    people: Sequence[NameMention], text: str, scene: Scene, words: Lexicon
) -> bool:
    """Whether one official by name is told with one of the other side by title, and no others."""
    if words.lang != "ja" or len(people) != 1 or people[0].level == "leader":
        return False
    is_of_two = scene.acting() == PAIR and words.cues["ministers"].search(text)
    return bool(is_of_two and _COLLEAGUE.search(text))
