"""Who takes part in what a trigger tells of: the pair, the pair with others, or strangers."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR, Scene
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken

POLICIES = ("agreement", "dispute", "statement")
_ISSUES = ("history", "comfort_women", "forced_labor", "territory", "export_controls")


def names_issue(text: str, words: Lexicon) -> bool:
    """Whether a text names a matter that lies between Korea and Japan."""
    return any(words.topics[slug].search(text) for slug in _ISSUES)


def find_sides(
    spoken: Spoken,
    scene: Scene,
    words: Lexicon,
    trigger: Trigger,
    start: int,
    end: int,
    clause_text: str,
) -> tuple[frozenset[str], bool, str]:
    """(countries that take part, whether inherited, reason if not Korea and Japan)."""
    for bloc in spoken.scene.blocs:
        if bloc.start < end and start - bloc.end <= 14 and bloc.start >= start - 24:
            if bloc.countries >= PAIR:
                return (bloc.countries, False, "")
            return (bloc.countries, False, "third_country")
    acting = scene.acting()
    people = scene.people_countries()
    outside = bool(acting - PAIR)
    takes_three = trigger.kind == "trilateral" or bool(words.blocs["three"].search(clause_text))
    if trigger.kind != "ceremony" and words.cues["each"].search(clause_text) and people & PAIR:
        return _each(spoken, people)
    if _is_two_of_three(spoken, words, trigger, clause_text):
        return (PAIR, False, "")
    if people >= PAIR:
        if takes_three or people - PAIR:
            return (PAIR | (acting & {"US", "CN"}), False, "")
        return (PAIR, False, "")
    if acting >= PAIR:
        if (people - PAIR or scene.thirds) and people & PAIR and not takes_three:
            return (acting, False, "third_country")
        return (PAIR | (acting & {"US", "CN"} if takes_three else frozenset()), False, "")
    three_name_pair = spoken.scene.people_countries() >= PAIR and takes_three
    is_outside = acting & PAIR and outside and trigger.kind not in ("dispute", "statement")
    if is_outside and not three_name_pair:
        return (acting, False, "third_country")
    return _from_context(spoken, scene, words, trigger, clause_text, takes_three)


def _is_two_of_three(spoken: Spoken, words: Lexicon, trigger: Trigger, clause_text: str) -> bool:
    """Whether a clause turns from three countries to talks of Korea and Japan alone."""
    return (
        trigger.kind in ("meeting", "summit")
        and bool(words.cues["alone"].search(clause_text))
        and not words.blocs["three"].search(clause_text)
        and spoken.scene.people_countries() >= PAIR
    )


def _each(spoken: Spoken, people: frozenset[str]) -> tuple[frozenset[str], bool, str]:
    """ "A meets B, C and D separately": the pair is in it if both sides are."""
    subject = {spoken.subject.country} if spoken.subject else set()
    if (people | subject) >= PAIR:
        return (PAIR, False, "")
    return (people, False, "third_country")


def _from_context(
    spoken: Spoken,
    scene: Scene,
    words: Lexicon,
    trigger: Trigger,
    clause_text: str,
    takes_three: bool,
) -> tuple[frozenset[str], bool, str]:
    """Who acts where the clause itself does not name both sides."""
    whole = spoken.scene.acting()
    extra = whole & {"US", "CN"} if takes_three else frozenset()
    third = spoken.scene.people_countries() - PAIR
    in_clause = scene.people_countries() - PAIR
    if whole >= PAIR and not (third and scene.people_countries() - PAIR):
        return (PAIR | extra, False, "")
    if trigger.kind in ("visit", *POLICIES) and spoken.scene.touched() >= PAIR:
        return (PAIR, False, "")
    context = spoken.context
    has_third = bool(scene.people_countries() - PAIR or scene.thirds) and not takes_three
    if has_third and not scene.acting() & PAIR:
        return (scene.acting(), False, "third_country")
    if whole - PAIR and not whole & PAIR and not takes_three:
        # "The two leaders discussed China" is still about the two.
        if not (words.cues["both"].search(clause_text) and context >= PAIR) or in_clause:
            return (whole, False, "third_country")
        return (PAIR, True, "")
    if whole & PAIR and spoken.scene.touched() >= PAIR and context >= PAIR:
        return (PAIR | extra, True, "")
    if context >= PAIR and not (whole - PAIR):
        extra = context & {"US", "CN"} if takes_three else frozenset()
        return (PAIR | extra, True, "")
    # Some matters lie between Korea and Japan whoever is named.
    is_theirs = trigger.kind in POLICIES and names_issue(spoken.sentence.text, words)
    if is_theirs and whole & PAIR and spoken.article >= PAIR:
        return (PAIR, True, "")
    if context - PAIR and not context >= PAIR:
        return (context, True, "third_country")
    return (whole | context, True, "one_sided" if not (whole | context) >= PAIR else "")


_SUBJECT = {
    "ko": re.compile(r"^[^.,]{0,16}?(?:은|는|이|가)\s"),
    "ja": re.compile(r"^[^。、]{0,14}?[はが]"),
}


def _speaker(text: str, pool: list[NameMention], start: int, words: Lexicon) -> NameMention:
    """Who makes a statement: the last subject before it; in English the first one named."""
    before = [p for p in pool if p.start < start] or pool
    pattern = _SUBJECT.get(words.lang)
    if pattern is None:
        return before[0]
    subjects = [p for p in before if pattern.match(text[p.end : p.end + 18])]
    return (subjects or before)[-1]


def find_participants(
    spoken: Spoken,
    scene: Scene,
    countries: frozenset[str],
    clause_text: str,
    words: Lexicon,
    trigger: Trigger,
    start: int,
) -> tuple[NameMention, ...]:
    """The people of the clause who take part, else those of the sentence."""
    if not countries >= PAIR:
        return ()
    pool = [p for p in scene.people if not p.is_former and p.country in countries]
    is_each = bool(words.cues["each"].search(clause_text))
    if trigger.kind == "ceremony" and pool:
        # "A went to a reception in Seoul and B to one in Tokyo": each to their own.
        before = [p for p in pool if p.start < start]
        return (before[-1],) if is_each and before else tuple(pool)
    if trigger.kind == "statement" and pool:
        return (_speaker(spoken.sentence.text, pool, start, words),)
    if {p.country for p in pool} < PAIR:
        pool += [
            p
            for p in spoken.scene.people
            if p not in pool and not p.is_former and p.country in countries
        ]
    if not pool and words.cues["both"].search(spoken.sentence.text):
        pool = [p for p in spoken.pair if p.country in countries]
    sides = {p.country for p in pool}
    subject = spoken.subject
    if is_each and subject and subject.country not in sides:
        pool.append(subject)
    return tuple(pool)
