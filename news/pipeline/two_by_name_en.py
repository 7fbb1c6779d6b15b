"""English talks of two beside a table of three, of officials whom only the article introduces."""

from __future__ import annotations

import re
from dataclasses import replace

from news.pipeline.actors import PAIR
from news.pipeline.mentions import Mention
from news.pipeline.telling import Telling

_NEAR = 60  # characters around the words for talks
_APART = re.compile(r"\b(?:bilateral(?:ly)?|separate(?:ly)?|one-on-one|face-to-face|two-way)\b")
# "On Saturday Kim met Asao for bilateral talks": who sees whom.
_SEES = re.compile(
    r"(?:^|[ ,])(?P<one>[A-Z][a-z]+) (?:also |then |later |is to |will |and )*(?:[a-z]+ ){0,6}?"
    r"(?:with|met|meets?|sees?|saw) (?P<other>[A-Z][a-z]+)\b(?! [A-Z])"
)
_TITLE = r"(?:[\w-]+ ){0,6}?(?:[A-Z][\w-]+ ){1,2}"
_OURS = r"Japan(?:'s|ese)|(?:South )?Korea(?:'s|n)"


def as_two(mention: Mention, telling: Telling) -> Mention:
    """A mention; "Kim met Asao for bilateral talks" is of ministers of the two where the article
    says before whose minister the second is."""
    is_open = mention.kind == "meeting" and not mention.level and not mention.people
    if telling.lang != "en" or not is_open or mention.reason or mention.countries != PAIR:
        return mention
    text = mention.spoken.sentence.text
    if not _APART.search(text):
        return mention
    m = _SEES.search(text[max(0, mention.start - _NEAR) : mention.end + _NEAR])
    if m is None or not _is_of(m["other"], _OURS, telling):
        return mention
    if _is_of(m["one"], r"China's|Chinese|U\.S\.|American", telling):
        return mention
    return replace(
        mention, kind="ministerial", level="minister", is_inherited=False, is_of_two=True
    )


def _is_of(name: str, whose: str, telling: Telling) -> bool:
    """Whether an article introduces the bearer of a surname as an official of some country."""
    introduced = re.compile(
        rf"\b(?:{whose}) {_TITLE}{name}\b|\b{name} of (?:South )?(?:Korea|Japan)\b"
        if whose == _OURS
        else rf"\b(?:{whose}) {_TITLE}{name}\b"
    )
    return any(
        introduced.search(s.sentence.text) for s in telling.spoken if name in s.sentence.text
    )
