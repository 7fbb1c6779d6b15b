"""Whether the one whom somebody talks with is of a third country."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR, Scene
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.listed_ja import listed_before_pair
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken
from news.pipeline.threes import TALKS

# Words behind a name that say that others did something with its bearer.
JOINED = {
    "ko": re.compile(
        r"^(?:[^,.은는이가]|[은는이가](?!\s)){0,14}?(?:(?:와|과)(?:는|도)?\s|에게[도는]?\s(?:[가-힣]+\s)?전화)"
    ),
    "ja": re.compile(r"^[^。、]{0,12}?(?:と|に(?:は|も)?電話)"),
}
_LISTED = {
    "ko": re.compile(r"[^.은는이가]{0,12}(?:,|·)[^.,은는이가]{0,8}"),
    "ja": re.compile(r"[^。、はがも]{0,10}[、·や][^。、はがも]{0,8}"),
}
_TOWARDS_EN = re.compile(
    r"(?:with|between|of|on|see|sees|saw|meets?|met|hosts?|hosted|welcom\w+|receiv\w+)\s?$", re.I
)
_HE_AND = re.compile(r"\b(?:he|she) and (?-i:[A-Z])|\band (?:he|she)\b", re.IGNORECASE)
# "With Chinese Foreign Minister A B and South Korean Foreign Minister C D": how far off C is.
_LISTED_WITHIN = 90
_WITH_EN = re.compile(r"\s*(?:with|between)\b", re.I)
_TOWARDS = {
    "ko": re.compile(r"(?:와|과)(?:의|도|는)?(?:\s[가-힣0-9]+){0,3}\s?$"),
    "ja": re.compile(r"との?[^。、]{0,12}$"),
}


# "米副大統領は", "미국 국무장관이": somebody of a third country, whoever it is, as the subject.
_OF_THIRD = {
    "ko": re.compile(
        r"\s?[가-힣\s]{0,8}(?:대통령|총리|장관|주석|부장|특사|보좌관|위원장)(?:은|는|이|가|도)\s"
    ),
    "ja": re.compile(
        r"[^。、とにの]{0,8}(?:大統領|首相|長官|外相|主席|高官|特使|補佐官|代表|委員長)"
        r"[^。、とに]{0,6}?(?:は|が|も)"
    ),
}


def opens_with_stranger(spoken: Spoken, words: Lexicon, start: int) -> bool:
    """Whether the subject before a trigger is told only by a third country and an office."""
    pattern = _OF_THIRD.get(words.lang)
    return pattern is not None and any(
        c.country not in PAIR and c.end <= start and pattern.match(spoken.sentence.text, c.end)
        for c in spoken.scene.countries
    )


# "Will brief Abe on his April 27 talks with Kim": the talks are one man's own.
_HIS = re.compile(r"\b(?:on|about|from|of|after) (?:his|her) (?:[\w.]+ ){0,3}$")
_HE_HELD = re.compile(r"\b(?:held|hold|holds|in|during) (?:his|her) (?:[\w.]+ ){0,3}$")


def _is_only_where(spoken: Spoken, at: int, end: int, words: Lexicon) -> bool:
    """Whether a place is only where they met: "saw his Japanese counterpart in Washington"."""
    own = (c for c in spoken.scene.countries if c.country in PAIR and not c.is_place)
    return words.lang == "ja" or (words.lang == "en" and any(end <= c.start < at for c in own))


def is_with_stranger(spoken: Spoken, words: Lexicon, start: int, end: int) -> bool:
    """Whether the one whom somebody talks with, by the grammar, is of a third country."""
    text = spoken.sentence.text
    spans = [(p.start, p.end, p.country) for p in spoken.scene.people]
    spans += [(a, b, "other") for a, b in spoken.scene.thirds]
    spans += [
        (c.start, c.end, c.country)
        for c in spoken.scene.countries
        # "ワシントンで具氏と会い": where they met is nobody.
        if c.country not in PAIR
        and not (c.is_place and _is_only_where(spoken, c.start, end, words))
    ]
    if words.lang == "en":
        people = [p for p in spoken.scene.people if p.end <= start and not p.is_former]
        is_his = _HIS.search(text[:start]) and not _HE_HELD.search(text[:start])
        those = {p.country for p in people}
        if spoken.subject and _HE_AND.search(text[:start]):
            those.add(spoken.subject.country)  # "he and Ishiba stood with Biden"
        if those >= PAIR and not is_his:
            return False  # "Shin and Kihara are to sit down with Austin": the three
        after = sorted(s for s in spans if end <= s[0] <= end + 70)
        is_towards = _TOWARDS_EN.search(text[start:end]) or _WITH_EN.match(text[end:])
        if not after or not is_towards:
            return False
        between = text[end : after[0][0]]
        rest = text[after[0][1] : after[0][1] + _LISTED_WITHIN]
        close = next((b for a, b in spoken.clauses if a <= after[0][0] < b), len(text))
        joined = any(
            s[2] in PAIR and 0 < s[0] - after[0][1] <= _LISTED_WITHIN and s[0] < close
            for s in spans
        ) and re.match(r"[^.;]{0,50}?(?:,| and )", rest)
        return after[0][2] not in PAIR and "," not in between and not joined
    before = sorted(s for s in spans if start - 30 <= s[0] and s[1] <= start)
    if not before or before[-1][2] in PAIR:
        return False
    if _is_listed_with_pair(spoken, before[-1][0], words):
        return False
    if words.lang == "ja" and listed_before_pair(spoken, start):
        return False
    return bool(_TOWARDS[words.lang].search(text[before[-1][1] : start]))


# "韓国の文大統領、中国の李首相と会談した", "아베 총리, 리커창 총리와 회담했다": a table of three.
_AT_ONE_TABLE = {
    "ko": re.compile(r"[^.,와과]{0,10}(?:,|·)\s?(?:[가-힣]{1,4}\s)?"),
    "ja": re.compile(r"[^。、とはがも]{0,8}[、·](?:[一-龥ァ-ヶ]{1,6}の)?"),
}


def _is_listed_with_pair(spoken: Spoken, at: int, words: Lexicon) -> bool:
    """Whether the stranger named at a place is listed behind one of the two, and the other
    one meets them."""
    named = [p for p in spoken.scene.people if p.country in PAIR and not p.is_former]
    beside = [
        p
        for p in named
        if p.end <= at and _AT_ONE_TABLE[words.lang].fullmatch(spoken.sentence.text, p.end, at)
    ]
    sides = {p.country for p in named} | ({spoken.subject.country} if spoken.subject else set())
    return bool(beside) and sides >= PAIR


def goes_on_of_stranger(spoken: Spoken, scene: Scene, words: Lexicon, trigger: Trigger) -> bool:
    """Whether a sentence without a subject goes on with one of a third country.

    "Trump arrives on the 27th. On the 28th he talks with Takaichi" leaves "he" out.
    """
    if trigger.kind not in TALKS:
        return False
    if words.lang == "en":
        return _is_his_meeting(spoken, scene)
    if spoken.scene.blocs:
        return False
    named = spoken.scene.people
    if len(spoken.scene.people_countries()) == 1 and opens_with_stranger(
        spoken, words, named[0].start
    ):
        return is_only_joined(spoken.sentence.text, named, words)
    subject = spoken.subject
    if subject is None or subject.country in PAIR or len(scene.people_countries()) != 1:
        return False
    return is_only_joined(spoken.sentence.text, spoken.scene.people, words)


_PRONOUN_EN = re.compile(
    r"\W*(?:(?:where|when|who|and|On|In|At)\b[^,.;]{0,30}?)?\b(he|she|they)\b", re.I
)


def _is_his_meeting(spoken: Spoken, scene: Scene) -> bool:
    """Whether "he" or "they" who meet one of the two are of a third country themselves."""
    if not scene.people or scene.people_countries() >= PAIR or scene.people_countries() - PAIR:
        return False
    first = scene.people[0].start
    before = [p for p in spoken.scene.people if p.end <= first and not p.is_former]
    he = before[0] if before else spoken.subject
    if he is None or he.country in PAIR:
        return False
    clause = next(((a, b) for a, b in spoken.clauses if a <= first < b), None)
    said = _PRONOUN_EN.match(spoken.sentence.text[clause[0] : first]) if clause else None
    if said is None:
        return False
    is_of_all = {p.country for p in spoken.pair} >= PAIR or spoken.company >= PAIR
    return said.group(1).lower() != "they" or not is_of_all


def is_only_joined(text: str, people: Sequence[NameMention], words: Lexicon) -> bool:
    """Whether a sentence names people only as those whom somebody met: "30日にBと会う"."""
    joined = JOINED.get(words.lang)
    if joined is None:
        return False
    following = len(text)
    for person in sorted(people, key=lambda p: -p.start):
        # "A、Bとの会談に臨む": who is listed before one who is met is met as well.
        is_listed = following < len(text) and bool(
            _LISTED[words.lang].fullmatch(text, person.end, following)
        )
        if not joined.match(text[person.end : person.end + 18]) and not is_listed:
            return False
        following = person.start
    return bool(people)


_TABLE_EN = re.compile(r"\b(?:leaders|presidents|premiers|ministers|chiefs|diplomats) of\b")


def is_table_of_others(spoken: Spoken, start: int) -> bool:
    """Whether those who meet are listed by country, and one of the two is not among them.

    "The leaders of the United States, Japan, India and Australia met": whoever else is named.
    """
    text = spoken.sentence.text
    listed = [m.end() for m in _TABLE_EN.finditer(text, max(0, start - 90), start)]
    if not listed or re.search(r"[.;:]|\b(?:who|which)\b", text[listed[-1] : start]):
        return False
    if any(p.country in PAIR for p in spoken.scene.people if listed[-1] <= p.start < start):
        return False  # "the leaders of Japan and China arrive, and Yoon will see each of them"
    table = {c.country for c in spoken.scene.countries if listed[-1] <= c.start < start}
    table |= {c for b in spoken.scene.blocs if listed[-1] <= b.start < start for c in b.countries}
    return len(table) > 1 and bool(table - PAIR) and not table >= PAIR


_THEIR_LEADER_EN = re.compile(
    r"\W*The (?:American|U\.S\.|US|Chinese|Russian|North Korean) (?:leader|president|premier)\b"
)


def is_their_leader(spoken: Spoken, scene: Scene, trigger: Trigger, start: int) -> bool:
    """Whether who travels, or "he", is the leader of a third country that a sentence opens with."""
    before = spoken.sentence.text[:start]
    is_subject = trigger.kind == "visit" or bool(re.search(r"\b(?:he|she)\b", before))
    return (
        is_subject and bool(_THEIR_LEADER_EN.match(before)) and not scene.people_countries() >= PAIR
    )
