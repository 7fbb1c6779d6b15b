"""Whether what is signed is a treaty of the two, where the sentence itself does not say so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.telling import Telling


def is_signed_by_pair(mention: Mention, telling: Telling) -> bool:
    """Whether a treaty is signed where nobody but the two is spoken of: "覚書も交わされた"."""
    cues, spoken = telling.words.cues, mention.spoken
    said = spoken.sentence.text[mention.start : mention.end]
    is_signing = bool(cues["instrument"].search(said) and cues["signed"].search(said))
    is_bare = said.startswith("서명") or said in _BARE
    is_named = is_bare and _named_before(mention, telling)
    is_signing = is_named or (
        is_signing and telling.lang != "en" and _tells_of_talks(mention, telling)
    )
    return is_signing and spoken.context == PAIR and spoken.scene.acting() <= PAIR


_BARE = ("署名", "調印")


def says_what_is_signed(mention: Mention, telling: Telling) -> bool:
    """Whether a Japanese "sign" has a treaty with it, or in the sentence before: no guest book."""
    text = mention.spoken.sentence.text
    if text[mention.start : mention.end] not in _BARE:
        return True
    is_here = bool(telling.words.cues["instrument"].search(text))
    return is_here or _named_before(mention, telling)


def _named_before(mention: Mention, telling: Telling) -> bool:
    """Whether the sentence before names what is signed: "협정이 … 통과했다. 서명은 23일 …"."""
    at = mention.spoken.sentence.rank - 1
    return any(
        s.sentence.rank == at and telling.words.cues["instrument"].search(s.sentence.text)
        for s in telling.spoken
    )


def _tells_of_talks(mention: Mention, telling: Telling) -> bool:
    """Whether a story tells of talks of the two, beside which something may be signed."""
    segment = mention.spoken.sentence.segment
    return any(
        m.kind in MEETINGS
        and not m.reason
        and not m.is_inherited
        and m.countries >= PAIR
        and m.spoken.sentence.segment == segment
        for m in telling.mentions
    )


_MEMORANDUM = re.compile(r"memorand|\bMOU\b|각서|覚書", re.IGNORECASE)


def is_signed_there(mention: Mention, talks: Sequence[Mention]) -> bool:
    """Whether ministers put their names to a memorandum in the sentence they meet in."""
    said = mention.spoken.sentence.text[mention.start : mention.end]
    is_there = any(m.spoken is mention.spoken for m in talks)
    return is_there and bool(_MEMORANDUM.search(said))


# "会談に合わせ、両政府は…覚書を交わした": on the day of the talks, by whomever.
_WITH_TALKS = {
    "ja": re.compile(
        r"(?:会談|訪問|来日|訪韓|訪日)(?:の?(?:[後前]|席|場)(?:に|で|、)|に(?:合わせ|併せ|先立|続|際し)"
        r"|を(?:機に|前に|終え))|(?:これ|それ)に(?:合わせ|併せ|先立|続)"
    ),
    "ko": re.compile(
        r"(?:회담|방한|방일|방문)(?:[을를]\s?(?:계기|맞아|앞두고|마친)|에\s?(?:맞춰|앞서|이어)"
        r"|\s?(?:뒤|후|직후|직전)[에,\s])|이에\s?(?:맞춰|앞서|이어)"
    ),
}


def is_signed_with_talks(mention: Mention, telling: Telling) -> bool:
    """Whether a treaty of the two was signed before, after or beside talks told of above."""
    with_talks, spoken = _WITH_TALKS.get(telling.lang), mention.spoken
    said = spoken.sentence.text[mention.start : mention.end]
    cues = telling.words.cues
    return (
        with_talks is not None
        and mention.tense == "past"
        and not mention.countries - PAIR
        and bool(cues["instrument"].search(said) and cues["signed"].search(said))
        and with_talks.search(spoken.sentence.text, 0, mention.end) is not None
    )


def is_signing(mention: Mention, telling: Telling) -> bool:
    """Whether a treaty or the like is signed; the declaration of a summit is part of it."""
    cues = telling.words.cues
    text = mention.spoken.sentence.text[mention.start : mention.end]
    return bool(cues["instrument"].search(text) and cues["signed"].search(text))
