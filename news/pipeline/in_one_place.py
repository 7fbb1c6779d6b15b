"""Korean tellings of talks without a word for talks: how long, at what table, who answered whom."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.lexicon import Lexicon
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken
from news.pipeline.strangers import JOINED

# "…자고 했고 총리는 … 화답했다": who replies has been spoken to.
_REPLIED = re.compile(
    r"(?:라고|자고|다고|고)\s(?:[가-힣]+\s){0,2}(?:화답|응수|맞받|되받|대답|맞섰|답했)"
)
_SAID_FIRST = re.compile(
    r"^[가-힣\s]{0,12}?[은는이가]\s[^.]{2,160}?(?:라|자|다|달라|냐|까)고\s?[^.]{0,14}?"
    r"(?:[했었았]고|[했었았]으며|[했었았]지만|[했었았]는데|하자|묻자|하며|하고)[,\s]"
)
_APART = re.compile(
    r"국회|의회|중의원|참의원|국무회의|기자|인터뷰|사설|성명|서한|편지|축전|각각|따로|간담회|강연"
    r"|리셉션|페이스북|엑스\(|트위터|소셜미디어|SNS|경축사|기념사|추도"
)
# "두 정상은 … 45분간": those whom the whole article is about.
_THE_TWO = re.compile(
    r"(?:두|양)\s?(?:나라\s|국\s)?(?:정상|장관|외교수장|사람|총리|차관|국장)[은이의들도]"
    r"|(?:양국|두 나라|한일)\s(?:정상|(?:[가-힣]{2,4}\s)?(?:장관|수장|차관|국장|과장))"
    r"[들]?[은이의도]"
)
_AUTHORITIES = re.compile(r"당국(?:자)?(?:들)?[이은]\s")
# "총리는 19일 이 대통령을 … 찾아와": an office alone, of whom the sentence before was about.
_OFFICE = re.compile(r"\W*(?:총리|대통령|장관|외무상|방위상)[은는이가도]\s")


# Before whom one speaks of the other.
_BEFORE_OTHERS = re.compile(
    r"(?:국회|국무회의|의회|중의원|참의원|국방위|외통위|국감|국정감사|기자|간담회|회견|인터뷰|방송|강연|세미나|포럼)"
    r"[가-힣\s]{0,6}(?:에서|에게)\s"
)


def speaks_elsewhere(spoken: Spoken, at: int, words: Lexicon) -> bool:
    """Whether a Korean sentence tells, before some words, that one speaks before others."""
    return words.lang == "ko" and bool(_BEFORE_OTHERS.search(spoken.sentence.text, 0, at))


def is_reply(text: str, at: int, words: Lexicon) -> bool:
    """Whether Korean words at an offset say that somebody answers."""
    return words.lang == "ko" and bool(_REPLIED.match(text, at))


def are_together(spoken: Spoken, clause: tuple[int, int], at: int, words: Lexicon) -> bool:
    """Whether Korean words at an offset are of two of both sides, of one rank, in one place."""
    if words.lang != "ko":
        return False
    text = spoken.sentence.text
    scene = spoken.scene.within(*clause)
    people = [p for p in scene.people if not p.is_former]
    if spoken.subject is not None and _OFFICE.match(text):
        people.append(spoken.subject)
        return is_of_one_rank(people)
    if (
        len(people) == 1
        and spoken.subject is not None
        and JOINED["ko"].match(text[people[0].end :])
    ):
        return is_of_one_rank([*people, spoken.subject])
    is_bloc = any(b.countries == PAIR and b.end <= at for b in scene.blocs)
    if is_bloc and _AUTHORITIES.search(text, clause[0], at):
        return not people and not scene.acting() - PAIR
    is_told = _THE_TWO.search(text, *clause)
    is_theirs = spoken.article == PAIR or {p.country for p in spoken.pair} == PAIR
    return bool(is_told) and is_theirs and not people and not scene.acting() - PAIR


def has_answered(spoken: Spoken, at: int) -> bool:
    """Whether one of both sides said something first, and the other is who replies at an offset."""
    text = spoken.sentence.text
    people = [p for p in spoken.scene.people if p.start < at]
    if len({p.country for p in people}) != 2 or not is_of_one_rank(people):
        return False
    first, last = people[0], people[-1]
    if first.country == last.country or _APART.search(text):
        return False
    return bool(_SAID_FIRST.search(text[first.end : last.start]))


def is_of_one_rank(people: list[NameMention]) -> bool:
    """Whether leaders of both sides are among people, or others in office of both."""
    current = [p for p in people if not p.is_former]
    leads = {p.country for p in current if p.level == "leader"}
    serves = {p.country for p in current if p.level != "leader"}
    return leads >= PAIR or serves >= PAIR
