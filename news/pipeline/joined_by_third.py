"""A third country's leader who comes to the two that an article was about."""

from __future__ import annotations

import re

from news.pipeline.actors import KNOWN, PAIR, Scene
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.spoken import Spoken

_TO_TWO = re.compile(
    r"(?:join(?:s|ed)?|brought|pull(?:s|ed)|took|takes|dr[ae]ws?|host(?:s|ed)?|receiv(?:es?|ed)"
    r"|(?:sit|sat|meet|met|talk\w*|confer\w*) (?:down )?(?:with )?) ?"
    r"(?:them|the two|the pair|both)\b"
)
# "Blinken brought the two to one table", "Trump had them over for dinner".
_HAD_TWO = re.compile(
    r"\b(?:brought|brings|gathered|gathers|seated|had|has|sat|invited|invites|assembled|drew|got"
    r"|summoned|took|takes|pulled|pulls) (?:them|the (?:two|pair|duo)(?: men| leaders| ministers)?"
    r"|both(?: men| leaders| ministers| of them)?) [^;,]{0,30}$"
)
# "Trump had him and Japan's Shinzo Abe over for dinner": the third, him told of before, the other.
_HIM_AND = re.compile(
    r"\b(?:had|has|met|meets?|host(?:s|ed)?|receiv(?:es?|ed)|brought|sat|seated|joined|invited"
    r"|saw|welcom(?:es?|ed)|greet(?:s|ed)|talked|spoke)(?: down)?(?: with| to)? (?:him|her) and "
    r"(?:[\w'.-]+ ){0,6}$"
)
_WITH_TWO = re.compile(
    r"\b(?:they|the (?:two|pair|duo)|both),? (?:and|with|joined by|along with|together with) "
    r"[^;,]{0,60}$",
    re.IGNORECASE,
)


def comes_to_two(spoken: Spoken, scene: Scene, start: int) -> bool:
    """Whether a third by name joins those told of before: "Biden then joined them"."""
    text = spoken.sentence.text
    if brings_him(spoken):
        return True
    before = {p.country for p in scene.people if p.start < start}
    is_third = len(before) == 1 and before <= {"US", "CN"}
    is_to_two = _TO_TWO.match(text, start) or _WITH_TWO.search(text[:start])
    return is_third and bool(is_to_two or _HAD_TWO.search(text[:start]))


def brings_him(spoken: Spoken) -> bool:
    """Whether a third by name has "him", told of before, and the other side by name."""
    him, people = spoken.subject, spoken.scene.people
    if him is None or len(people) != 2 or people[0].country not in {"US", "CN"}:
        return False
    is_of_both = {him.country, people[1].country} == PAIR
    return is_of_both and bool(_HIM_AND.search(spoken.sentence.text[: people[1].start]))


_MADE_THREE = re.compile(
    r"(?:を|も)(?:交え|加え)(?:た|ての)、?(?:日米韓|日中韓)?[3三](?:か国|カ国|ヶ国|国|者)"
    r"[^。、]{0,10}(?:会談|会合|会議|協議|サミット)"
)


def third_joined(spoken: Spoken, lang: str) -> frozenset[str]:
    """The third country that a Japanese sentence adds to the two told of before: "オースティン氏も
    交えた3カ国会談"."""
    scene = spoken.scene
    third = scene.acting() - PAIR
    is_joined = lang == "ja" and spoken.context >= PAIR and _MADE_THREE.search(spoken.sentence.text)
    return third if is_joined and len(third) == 1 and third <= KNOWN else frozenset()


def is_table_of_headline(spoken: Spoken, scene: Scene, words: Lexicon, trigger: Trigger) -> bool:
    """Whether the headline names all of "高市、李、トランプの3氏", one of whom is no name here."""
    acting = scene.acting()
    is_told_before = PAIR < PAIR | acting <= spoken.context or bool(
        third_joined(spoken, words.lang)
    )
    return (
        words.lang == "ja" and trigger.kind == "trilateral" and is_told_before and not scene.thirds
    )


_LEADS_EN = re.compile(r"\bthe (American|U\.S\.|US|Chinese) (?:president|leader|premier)\b", re.I)


def leads_of_third(text: str, lang: str) -> frozenset[str]:
    """The third country whose leader English tells without his name: "the American president"."""
    m = _LEADS_EN.search(text) if lang == "en" else None
    return frozenset({"CN" if m.group(1) == "Chinese" else "US"}) if m else frozenset()


def turns_to_two(text: str) -> bool:
    """Whether an English sentence turns from three to "the two leaders"."""
    return bool(re.match(r"\W*(?:The two|Both)\b", text))
