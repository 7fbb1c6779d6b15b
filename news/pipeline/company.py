"""Who stands together in a clause: people of both sides, of one rank, or an envoy and his host."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.asides import is_each_apart, is_from_afar, is_in_own_capital
from news.pipeline.colleagues import are_of_both, are_retired, has_colleague
from news.pipeline.company_ja import is_with_colleague, those_before
from news.pipeline.dating import MEETINGS
from news.pipeline.in_one_place import (
    are_together,
    has_answered,
    is_of_one_rank,
    is_reply,
    speaks_elsewhere,
)
from news.pipeline.lexicon import Lexicon
from news.pipeline.people import NameMention
from news.pipeline.sides import names_issue
from news.pipeline.spoken import Spoken

_NO_COMMENT = re.compile(r"\b(?:no comment|(?:declined|refused) to (?:comment|say|answer))\b")
_TO_OTHER = re.compile(r"\btold (?:Japan|Tokyo|South Korea|Seoul)\b")


def is_declaration(spoken: Spoken, clause: tuple[int, int], words: Lexicon) -> bool:
    """Whether a leader or minister says something of what lies between the two, right at the start.

    It is news only where an article tells of nothing else, and so weighs nothing.
    """
    is_named = names_issue(spoken.sentence.text, words) or (
        spoken.has_issue and _TO_OTHER.search(spoken.sentence.text)
    )
    is_silent = words.lang == "en" and _NO_COMMENT.search(spoken.sentence.text)
    if spoken.sentence.rank > 1 or not is_named or is_silent:
        return False
    people = spoken.scene.within(*clause).people or spoken.scene.people
    return any(p.level in ("leader", "minister") and not p.is_former for p in people)


HE_AND = re.compile(r"\b(?:he|she) and\b|\band (?:he|she)\b", re.IGNORECASE)
_HE_AND = re.compile(r"\b(?:he|she) and\b|\band (?:he|she|him|her)\b|\bwith (?:him|her)\b", re.I)


_PRONOUN = re.compile(r"\b(?:he|she)\b", re.I)


_SHORT_QUOTE = re.compile(r'["“][^"”]{3,40}["”]')


def _is_in_short_quote(text: str, at: int) -> bool:
    """Whether a verb is somebody's term: 'a meeting "gladly agreed to"'."""
    return any(m.start() < at < m.end() for m in _SHORT_QUOTE.finditer(text))


def is_in_company(spoken: Spoken, clause: tuple[int, int], at: int, words: Lexicon) -> bool:
    """Whether people of both sides, and of the same rank, stand together in a clause.

    Then weak words ("talked", "agreed") tell of a meeting; by themselves they do not.
    """
    text = spoken.sentence.text[clause[0] : clause[1]]
    scene = spoken.scene.within(*clause)
    if is_reply(spoken.sentence.text, at, words):
        return has_answered(spoken, at)
    if speaks_elsewhere(spoken, at, words):
        return False
    if words.lang == "en" and _is_in_short_quote(spoken.sentence.text, at):
        return False
    if words.lang == "en" and _HE_AND.search(text):
        scene = spoken.scene
    people = [p for p in scene.people if not p.is_former] or those_before(spoken, clause, words)
    subject = spoken.subject
    if words.lang == "en" and (
        _are_apart(people, spoken.sentence.text)
        or is_from_afar(spoken.sentence.text)
        or _is_in_speech(people, spoken.sentence.text, at)
    ):
        return False
    if has_colleague(text, words) and not scene.thirds and scene.people_countries() <= PAIR:
        return True
    if words.lang == "en" and is_with_third(spoken, people, at):
        return True
    if words.lang == "en" and subject and _PRONOUN.search(text):
        people.append(subject)
    before = spoken.sentence.text[clause[0] : at]
    if words.lang == "en" and _is_no_company(spoken, people, clause, before):
        return False
    before = _TALKS_NAMED.sub("", before)
    titled = words.cues["leaders"].search(before) or words.cues["ministers"].search(before)
    titled = None if words.lang == "en" and are_retired(before) else titled
    if titled and PAIR <= scene.acting() <= PAIR | {"US", "CN"} and not people:
        return True
    if is_with_colleague(people, text, scene, words):
        return True
    if (
        is_of_one_rank(people)
        or are_together(spoken, clause, at, words)
        or (words.lang == "en" and _are_officials(before))
    ):
        return True
    is_they = words.lang == "en" and bool(_THEY.search(before[-_NEAR_VERB:]))
    before_that = (subject,) if subject else ()
    named = [p for p in (*spoken.scene.people, *spoken.pair, *before_that) if not p.is_former]
    return is_they and not scene.thirds and not people and is_of_one_rank(named)


def _is_no_company(
    spoken: Spoken, people: list[NameMention], clause: tuple[int, int], before: str
) -> bool:
    """Whether English describes one by the other, tells of each apart, or looks back."""
    if _is_described_by(people, spoken.sentence.text, clause):
        return True
    if _APART.search(spoken.sentence.text):
        return True
    return bool(_HAD.search(before)) and not _is_dated(spoken, clause)


def _are_apart(people: list[NameMention], text: str) -> bool:
    """Whether the second of two did the same at another time: "A spoke at ten, B at eleven"."""
    if len(people) < 2 or people[0].country == people[1].country:
        return False
    first, second = people[:2]
    is_elsewhere = is_in_own_capital(text[first.end :], second.start - first.end)
    return is_elsewhere or is_each_apart(text, first.end, (second.start, second.end))


_SPEAKS = re.compile(
    r"\b(?:in|during|with|at) (?:an?|his|her|the) (?:[\w'-]+ ){0,4}?(?:speech|address|interview"
    r"|lecture|statement|news conference|press conference|testimony|essay|book|article|post)\b",
    re.IGNORECASE,
)


def _is_in_speech(people: list[NameMention], text: str, at: int) -> bool:
    """Whether one says or vows something in a speech, and the other is only named in it."""
    before = {p.country for p in people if p.start < at}
    return not before >= PAIR and bool(_SPEAKS.search(text[:at]))


def _are_officials(before: str) -> bool:
    return bool(_OFFICIALS.search(before)) or are_of_both(before)


_OF_A_NOUN = re.compile(
    r"\b(?:promise|pledge|plan|letter|offer|proposal|agreement|deal|declaration|statement|vow"
    r"|message|remarks?|commitment|line|formula|summit|talks|meeting|call|step|pact)s?,? "
    r"(?:that|which) (?:(?:the|South|Korean|Japanese|President|Prime|Minister|Foreign|Premier) )*$"
)


def _is_described_by(people: list[NameMention], text: str, clause: tuple[int, int]) -> bool:
    """Whether what people did only says which: "a promise that Yoon gave Kishida last week"."""
    return bool(people) and bool(_OF_A_NOUN.search(text[clause[0] : people[0].start]))


# "Against the summit they gathered": who is named is no leader.
_TALKS_NAMED = re.compile(r"(?:首脳|外相)(?:会談|会議|会合)|(?:정상|장관)\s?(?:회담|회의)")
_APART = re.compile(
    r"\b(?:(?:did|do|would|will|could) not|without|neither|avoided|refused to|failed to) "
    r"(?:\w+ )?(?:speak|speaking|meet|meeting|talk|talking|sit|exchang\w+|shak\w+|each other)\b"
    r"|\bkept apart\b",
    re.IGNORECASE,
)
_HAD = re.compile(r"\bhad (?:\w+ ){0,2}$", re.IGNORECASE)


def _is_dated(spoken: Spoken, clause: tuple[int, int]) -> bool:
    return any(t.owner == "event" and clause[0] <= t.phrase.start < clause[1] for t in spoken.dates)


_OFFICIALS = re.compile(
    r"\b(?:officials|diplomats|experts|negotiators|envoys) (?:of|from) (?:both|the two)\b", re.I
)
_THEY = re.compile(r"\b(?:they|the (?:two|pair|duo)|both)\b", re.IGNORECASE)
_NEAR_VERB = 40  # characters
# "For 55 minutes", "nearly two hours": those who are together so long are in talks.
_LASTED = re.compile(
    r"\b(?:\d+|an|[a-z]*(?:one|two|three|four|five|six|seven|eight|nine|ten|teen|twenty|thirty|forty"
    r"|fifty|sixty|ninety|hundred|few|several|some))[ -](?:\w+ )?(?:minutes?|hours?)\b"
    r"(?! (?:after|before|earlier|later|ago|apart|of one another|from))|\bhalf an hour\b",
    re.IGNORECASE,
)


_ALONE = re.compile(
    r"^(?!.*\b(?:agreed|hop|want|wish|plan|promis|urg))"
    r".*\b(?:face to face|by themselves|on their own|in private)\b"
)
# When on the day two were together, and that a third was with them.
_APART_FROM = re.compile(
    r"\W*(?:In the (?:morning|afternoon|evening)|Earlier(?: in the day| that day)?"
    r"|Before(?:hand| that)|Afterwards?|Later(?: in the day| that day)?),? (?-i:[A-Z])"
)
_WITH_THIRD = re.compile(
    r"\b(?:they|the (?:two|pair|duo)|both),? (?:and|with|joined by|along with|together with) "
    r"[^;,]{0,60}$",
    re.IGNORECASE,
)


_HE_AND_THIRD = re.compile(
    r"\b(?:[Hh]e|[Ss]he) and (?:[\w'.-]+ ){1,6}with (?:[\w'.-]+ ){0,3}"
    r"(?:Donald Trump|Joe Biden|Barack Obama|Li Qiang|Xi Jinping|President|Premier|Secretary)\b"
)


def is_with_third(spoken: Spoken, people: list[NameMention], at: int) -> bool:
    """Whether "the pair and President Biden" did something, after both were named."""
    others = {p.country for p in people if p.end <= at}
    is_third = len(others) == 1 and others <= {"US", "CN"}
    is_pair = {p.country for p in spoken.pair} >= PAIR
    return is_third and is_pair and bool(_WITH_THIRD.search(spoken.sentence.text[:at]))


def weight_together(text: str, words: Lexicon) -> int:
    """What a clause with two in company weighs: more where it says how long they were, or when."""
    is_told = _LASTED.search(text) or _APART_FROM.match(text) or _WITH_THIRD.search(text[:90])
    is_told = is_told or _HE_AND_THIRD.search(text) or _ALONE.search(text)
    return 2 if words.lang == "en" and is_told else 1


# Who carries a letter or leads lawmakers is on an errand, whomever he is received by.
_ERRAND_EN = re.compile(
    r"\b(?:(?:special |presidential )?envoys?|emissar(?:y|ies)|lawmakers?|legislators?"
    r"|parliamentar(?:y|ians?)|politicians?|delegation|letter (?:from|by|of)"
    r"|(?:personal|handwritten) letter|spy chief|intelligence chief|who (?:heads|leads)|league"
    r"|federation|visitors"
    r"|(?-i:(?:National Assembly|Lower House|Upper House) Speaker(?= [A-Z]))"
    r"|former (?:prime minister|premier|president)"
    r"|ex-premier)\b",
    re.IGNORECASE,
)


def is_errand(people: tuple[NameMention, ...], text: str, words: Lexicon) -> bool:
    """Whether the leader of one side sees an envoy, lawmaker or former premier of the other.

    That is a visit: neither a summit nor talks of ministers.
    """
    if words.lang != "en" or not _ERRAND_EN.search(text):
        return False
    leads = {p.country for p in people if p.level == "leader"}
    serves = {p.country for p in people if p.level == "minister"}
    return len(leads & PAIR) == 1 and not serves & PAIR - leads


_TO_PROTEST = re.compile(
    r"\b(?:to (?:lodge|deliver|make|file|convey|hand over)? ?(?:an? |his |her |its )?(?:\w+ )?"
    r"(?:protest|complain)|in protest)\b"
)


def is_protest(behind: str, words: Lexicon) -> bool:
    """Whether an ambassador goes to see a minister, or is received, only "to protest"."""
    return words.lang == "en" and bool(_TO_PROTEST.search(behind))


# "Arrived in Tokyo for a summit": the summit is still to come then.
_PURPOSE = re.compile(
    r"\b(?:arriv|land|flew|came|left|travel|depart|head|touched down|flies|fly)[^.;]{0,60}?"
    r"\bfor (?:a |an |his |her |their |the )?(?:[\w-]+ ){0,2}$",
    re.IGNORECASE,
)


def is_purpose(before: str) -> bool:
    """Whether somebody came or went "for" the talks behind these English words."""
    return bool(_PURPOSE.search(before))


_TOLD_HOST = re.compile(
    r"\btold (?:his|her) (?:[\w-]+ ){0,2}(?:hosts?|guests?|visitors?|counterparts?|colleagues?"
    r"|opposite number)\b[^.;]{0,90}$"
)
_REGRET = re.compile(r"regret|disappoint|unacceptable|deplor|intolerable|complain", re.IGNORECASE)


def kind_of_regret(kind: str, level: str, before: str, said: str) -> str:
    """The kind; where a minister "told her host" of her regret, these are words at talks."""
    if kind != "dispute" or not (_REGRET.search(said) and _TOLD_HOST.search(before)):
        return kind
    return {"minister": "ministerial", "leader": "summit"}.get(level, kind)


_AFTER_TALKS = re.compile(
    r"\b(?:said|told|agreed|announced|declared|confirmed|stressed|called|pledged|promised)\b"
    r"[^.;]{0,60}(?:\bafter|\bfollowing|\bat the end of) (?:an?|the|their|his|her) "
    r"(?:[\w-]+ ){0,4}[\w-]*$"
)


def is_after_talks(before: str) -> bool:
    """Whether leaders said something "after their second meeting": it was held."""
    return bool(_AFTER_TALKS.search(before))


_COUNTED_TO = re.compile(
    r"\b(?:days? (?:ahead of|before)|on the eve of|hours (?:ahead of|before)) (?:[\w'.-]+ ){0,6}$"
)


def is_counted_to(before: str) -> bool:
    """Whether English only says how long before talks something was: "a day before a summit"."""
    return bool(_COUNTED_TO.search(before))


_SAID_TO = re.compile(
    r"\b(?:told|asked|thanked|assured|informed|congratulated|urged|briefed|reminded|warned|conveyed"
    r"|expressed|offered|extended|proposed)\b(?![^.;]{0,80}\b(?:will|to (?:hold|have|make)) )"
)


def is_said_by_phone(before: str) -> bool:
    """Whether somebody told another something before the English words "over the phone"."""
    return bool(_SAID_TO.search(before))


_PLANNED = re.compile(r"(?:to|will|is|are|has|have) \w", re.IGNORECASE)


def is_planned(said: str) -> bool:
    """Whether words of two in company look ahead themselves: "is to brief", "have a table"."""
    return bool(_PLANNED.match(said))


def hides(told: str, weak: str, said: str) -> bool:
    """Whether what is told of a kind says all that weak words of a meeting do; that a minister
    "leaves" does not say whom he is "to see"."""
    is_for_talks = told == "visit" and weak == "ministerial" and is_planned(said)
    return told in MEETINGS and not is_for_talks


_REFUSAL = re.compile(r"\W*(?:will not|won't|would not|not to|decided not|chose not)\b", re.I)


def is_refusal(said: str) -> bool:
    """Whether English words say what somebody will not come to: the refusal is what is done."""
    return bool(_REFUSAL.match(said))
