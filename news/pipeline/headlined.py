"""Put first what the headline tells, where an article tells of talks of two and of three."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from news.pipeline.actors import PAIR
from news.pipeline.lexicon import Lexicon
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Draft

_APART_DAYS = 3  # the most days between talks that one headline may tell of
_TALKS = ("summit", "ministerial", "trilateral_summit")
_THIRDS = frozenset({"US", "CN"})
# What stands behind these is told only to say when or where: "a day after session with Biden".
_ONLY_WHEN = re.compile(
    r"\b(?:after|before|ahead of|following|(?:sidelines|edges|margins|fringes) of|despite)"
    r" (?:[\w'-]+ ){0,4}$",
    re.IGNORECASE,
)
# "정상회담 앞두고", "한미일은 …": what is told so is not what the headline leads with.
_ONLY_WHEN_BEFORE = re.compile(
    r"[^,…·、。]{0,12}?(?:\s앞두고|\s앞서|\s계기|\s끝나고|\s마치고|\s직후|를?\s?별도로"
    r"|を前に|の合間|に先立|を終え|の前に|の後に|とは別)"
    r"|[가-힣一-龥]{2,4}(?:은|도|では|でも)"
)
# "Ishiba, Yoon, Biden", "Kishida and Yoon meet Biden".
_LISTED = re.compile(r"\W*(?:\w{1,12}\W{1,3}){0,2}(?:and |·|、|と|, |& |과 |와 |-)\W*")
_MET = re.compile(r"[^,;…]{0,12}\b(?:meet|meets|met|join|joins|joined)\b[^,;]{0,24}")


def headlined_first(drafts: Sequence[Draft], telling: Telling) -> list[Draft]:
    """The drafts, with the one first that the headline tells of.

    It is another than the first only if the headline names who met there, and nobody of the
    first; or if the first is of talks of two and the headline tells of three, or the other way
    round. A headline that tells of both has its news first.
    """
    if not drafts or telling.title is None:
        return list(drafts)
    first = _of_the_named(drafts, telling.title) or _of_the_number(drafts, telling)
    if first is None:
        return list(drafts)
    return [first, *(d for d in drafts if d is not first)]


def _of_the_named(drafts: Sequence[Draft], title: Spoken) -> Draft | None:
    """The event of those whom a headline names, one of each side at least, if it is not first."""
    pair = [p for p in title.scene.people if p.country in PAIR and not p.is_former]
    named = {p.slug for p in pair}
    is_other = drafts[0].kind in _TALKS and not named & set(drafts[0].participants)
    if {p.country for p in pair} != PAIR or not is_other:
        return None
    of_them = (d for d in drafts[1:] if d.kind in _TALKS and named <= set(d.participants))
    return next(of_them, None)


def _of_the_number(drafts: Sequence[Draft], telling: Telling) -> Draft | None:
    """Talks with as many sides as the headline tells of, if those that stand first have others."""
    first = drafts[0]
    other = next((d for d in drafts[1:] if _is_other_table(d, first)), None)
    if first.kind not in _TALKS or other is None or telling.title is None:
        return None
    return other if _told_number(telling.title, telling.words) == _number(other) else None


def _number(draft: Draft) -> int:
    return min(len(draft.countries), 3)


def _is_other_table(draft: Draft, first: Draft) -> bool:
    """Whether a draft is of talks of three near others of two, or the other way round."""
    gap = abs((draft.starts_on - first.starts_on).days)
    return (
        draft.kind in _TALKS and gap <= _APART_DAYS and {_number(draft), _number(first)} == {2, 3}
    )


def _told_number(title: Spoken, words: Lexicon) -> int:
    """3 if a headline is of talks with a third, 2 if of those of Korea and Japan, 0 if of neither.

    What it names only to say when talks are does not count.
    """
    text, scene = title.sentence.text, title.scene
    people = [p for p in scene.people if not p.is_former]
    pair = [p for p in people if p.country in PAIR]
    thirds = [p for p in people if p.country in _THIRDS and _is_told(p.start, text)]
    twos = [b.start for b in scene.blocs if b.countries == PAIR]
    twos += [m.start() for m in words.accounts["two"].finditer(text)]
    twos += _both_named([(p.country, p.start) for p in pair])
    twos += _both_named([(c.country, c.start) for c in scene.countries if not c.is_place])
    threes = [b.start for b in scene.blocs if b.countries > PAIR]
    threes += [m.start() for m in words.blocs["three"].finditer(text)]
    threes += [m.start() for m in words.accounts["three"].finditer(text)]
    threes += [p.start for p in thirds]
    threes += [c.start for c in scene.countries if c.country in _THIRDS and not c.is_place]
    at_two, at_three = _first_told(twos, text), _first_told(threes, text)
    is_three = any(p.country == "CN" or _joins(pair, p, text) for p in thirds)
    if at_two is not None and is_three:
        return 3
    if at_three is None:
        return 2 if at_two is not None else 0
    return 2 if at_two is not None and at_two < at_three else 3


def _both_named(named: Iterable[tuple[str, int]]) -> list[int]:
    """Where the second of the two sides is first named, if both are."""
    firsts: dict[str, int] = {}
    for country, start in named:
        if country in PAIR:
            firsts.setdefault(country, start)
    return [max(firsts.values())] if firsts.keys() == PAIR else []


def _joins(people: Sequence[NameMention], third: NameMention, text: str) -> bool:
    """Whether a third stands in one list with the two, or they meet him together."""
    before = [p for p in people if p.end <= third.start]
    if {p.country for p in before} != PAIR:
        return False
    one, other = before[-2], before[-1]
    is_list = _LISTED.fullmatch(text, one.end, other.start) is not None
    behind = text[other.end : third.start]
    return is_list and bool(_LISTED.fullmatch(behind) or _MET.fullmatch(behind))


def _first_told(places: Iterable[int], text: str) -> int | None:
    """The first of some places in a headline that does not only say when something is."""
    return min((at for at in places if _is_told(at, text)), default=None)


def _is_told(at: int, text: str) -> bool:
    """Whether what stands at a place in a headline is told for itself, and not to say when."""
    return not _ONLY_WHEN.search(text, 0, at) and not _ONLY_WHEN_BEFORE.match(text, at)
