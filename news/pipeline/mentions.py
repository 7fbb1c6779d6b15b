"""Mentions: places in a sentence that tell of an event, with who and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from news.pipeline.actors import PAIR, Scene, find_level, sends_others
from news.pipeline.at_table import at_table
from news.pipeline.attended import is_held_then, is_visited
from news.pipeline.attributes import is_attribute
from news.pipeline.colleagues import has_colleague, is_of_officials
from news.pipeline.company import (
    hides,
    is_after_talks,
    is_counted_to,
    is_declaration,
    is_errand,
    is_in_company,
    is_planned,
    is_protest,
    is_purpose,
    is_refusal,
    is_said_by_phone,
    kind_of_regret,
    weight_together,
)
from news.pipeline.dates import Days
from news.pipeline.dating import MEETINGS as MEETINGS
from news.pipeline.dating import find_date
from news.pipeline.doubts import find_doubt, find_other_matter, find_past
from news.pipeline.envoys import is_courtesy, is_of_envoy, is_protest_to_envoy
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.no_deed import find_no_deed, is_done_by_others
from news.pipeline.not_them import is_none_of_theirs
from news.pipeline.participants import find_participants
from news.pipeline.people import NameMention
from news.pipeline.planned import is_announced
from news.pipeline.recall import is_pluperfect
from news.pipeline.sentences import quoted_spans
from news.pipeline.side_by_side_en import TOGETHER, together_at
from news.pipeline.sides import POLICIES, find_sides
from news.pipeline.spoken import OccasionMention, Spoken
from news.pipeline.tenses import tense_at, tense_of
from news.pipeline.threes import has_third, thirds_of
from news.pipeline.timing import Timed
from news.pipeline.triggers import find_triggers, mask


@dataclass(frozen=True, slots=True)
class Mention:
    """One telling of an event. `reason` says why it makes none, else "".

    `date_source` is clause, sentence, reporting or "" (undated).
    """

    spoken: Spoken
    kind: str
    start: int
    end: int
    weight: int
    level: str
    channel: str
    tense: str
    people: tuple[NameMention, ...]
    countries: frozenset[str]
    is_inherited: bool  # the countries come from the sentences before
    timed: Timed | None
    date_source: str
    is_attribute: bool  # "the summit held on the 17th": told in passing
    gathering: OccasionMention | None
    is_three: bool  # its words say that three take part
    reason: str
    is_of_two: bool = False  # officials of the two by themselves, beside others


def find_mentions(spoken: Spoken, words: Lexicon) -> list[Mention]:
    """Every telling of an event in a sentence, those that make none included."""
    text = spoken.sentence.text
    masked = mask(text, spoken.gatherings)
    quotes = [q for q in quoted_spans(text) if not is_announced(text, q, words.lang)]
    mentions: list[Mention] = []
    for trigger, start, end in find_triggers(masked, words):
        clause = next(((a, b) for a, b in spoken.clauses if a <= start < b), (0, len(text)))
        if trigger.kind == "contact" and not is_in_company(spoken, clause, start, words):
            continue
        if trigger.kind in ("contact", "meeting") and is_done_by_others(spoken, start, words):
            continue
        if words.lang == "en" and is_none_of_theirs(spoken, trigger.kind, start, end):
            continue
        if words.lang == "en" and any(p.start < start < p.end for p in spoken.scene.people):
            continue  # "Choi Sang-mok": nobody sang
        if trigger.kind == "saying" and not is_declaration(spoken, clause, words):
            continue
        mention = _mention(spoken, words, trigger, start, end, clause)
        is_quoted = _is_only_quoted(mention, end, text, words.lang)
        if is_quoted or any(a < start < b for a, b in quotes if not _is_performed(trigger, end, b)):
            mention = replace(mention, reason=mention.reason or "quotation")
        mentions.append(mention)
    if words.lang == "en" and not any(m.kind in MEETINGS for m in mentions):
        mentions += _side_by_side(spoken, words)
    return _without_shadows(mentions)


def _side_by_side(spoken: Spoken, words: Lexicon) -> list[Mention]:
    """What two who stand side by side in a sentence did on a day that it names, if anything."""
    span = together_at(spoken)
    if span is None:
        return []
    first = next((a for a, b in spoken.clauses if a <= span[0] < b), 0)
    last = next((b for a, b in spoken.clauses if a < span[1] <= b), span[1])
    mention = _mention(spoken, words, TOGETHER, *span, (first, last))
    return [mention] if mention.timed is not None else []


_QUOTE_END = 10  # characters
_SAID = re.compile(r"「[^」]{10,}」|\"[^\"]{10,}\"")


def _is_only_quoted(mention: Mention, end: int, text: str, lang: str) -> bool:
    """Whether talks are what somebody speaks of on a day: "「会談は早く行いたい」と4日述べた"."""
    if lang == "en" or mention.kind not in MEETINGS or mention.timed is None:
        return False
    at = mention.timed.phrase.start
    return any(
        m.start() < mention.start < m.end() - 4 - (end - mention.start)
        and not m.start() <= at < m.end()
        for m in _SAID.finditer(text)
    )


def _is_performed(trigger: Trigger, end: int, closes: int) -> bool:
    """Whether a quotation does what it says: "…に遺憾を表明する」", "…항의한다"."""
    return trigger.kind == "dispute" and closes - end <= _QUOTE_END


def _without_shadows(mentions: list[Mention]) -> list[Mention]:
    """Leave out "talks" beside "by phone", and "agreed" beside "met", in one clause."""
    kept: list[Mention] = []
    calls = [m for m in mentions if m.kind == "call" and not m.reason]
    for mention in mentions:
        if mention.kind in ("summit", "meeting", "ministerial") and any(
            abs(c.start - mention.start) < 60 and _same_clause(c, mention) for c in calls
        ):
            continue
        if mention.kind == "call" and _is_protest_by_phone(mention, mentions):
            continue
        is_weak = mention.weight == 1 and mention.kind in MEETINGS
        said = mention.spoken.sentence.text[mention.start : mention.end]
        shown = (m for m in kept if hides(m.kind, mention.kind, said))
        if is_weak and any(_same_clause(m, mention) for m in shown):
            continue
        kept.append(mention)
    return kept


def _is_protest_by_phone(call: Mention, mentions: list[Mention]) -> bool:
    """Whether an official rings to protest: that is the dispute, and nobody's talk."""
    return not {p.country for p in call.people} >= PAIR and any(
        m.kind == "dispute" and not m.reason and (not call.people or _same_clause(call, m))
        for m in mentions
    )


def _same_clause(one: Mention, other: Mention) -> bool:
    return any(a <= one.start < b and a <= other.start < b for a, b in one.spoken.clauses)


_ACTS = (*POLICIES, "anniversary")


def _mention(
    spoken: Spoken,
    words: Lexicon,
    trigger: Trigger,
    start: int,
    end: int,
    clause: tuple[int, int],
) -> Mention:
    text = spoken.sentence.text
    clause_text = text[clause[0] : clause[1]]
    scene = at_table(spoken.scene.within(*clause), text, words, start)
    countries, is_inherited, reason = find_sides(
        spoken, scene, words, trigger, start, end, clause_text
    )
    found = find_participants(spoken, scene, countries, clause_text, words, trigger, start)
    people, level = _rank(spoken, scene, words, trigger, (start, end), clause_text, found)
    countries |= thirds_of(people, text, trigger, words) if countries >= PAIR else frozenset()
    kind = _kind(trigger, text[start:end], countries, level)
    kind = _kind_of_company(kind, people, text, text[end : clause[1]], trigger, words)
    kind = kind_of_regret(kind, level, text[:start], text[start:end])
    countries &= PAIR if kind == "visit" else countries
    goes_there, span = is_visited(text, end, words.lang), (start, end)
    timed, source, tense = _timing(spoken, clause, span, kind, words)
    if goes_there and timed is not None and is_held_then(text, timed, start, words.lang):
        goes_there, tense = False, ""  # "left for the summit to be held on the 18th"
    if goes_there or (_is_promised(trigger, text[start:end]) and _is_to_come(timed, words)):
        timed, source = None, ""  # "agreed to meet on June 15"
    return Mention(
        spoken=spoken,
        kind=kind,
        start=start,
        end=end,
        weight=_weight(trigger, clause_text, words),
        level=level,
        channel=trigger.channel,
        tense=tense,
        people=people,
        countries=countries,
        is_inherited=is_inherited,
        timed=timed,
        date_source=source,
        is_attribute=goes_there
        or trigger.kind != "ceremony"
        and is_attribute(spoken, start, end, timed, words.lang),
        gathering=_gathering(spoken, clause),
        is_three=trigger.kind == "trilateral" or has_third(spoken, scene, span, kind, people),
        reason=find_past(spoken, clause, span, kind in _ACTS, timed)
        or reason
        or _why_none(spoken, clause, span, kind, people, timed, tense, words),
    )


def _is_promised(trigger: Trigger, said: str) -> bool:
    return trigger.kind == "contact" and not is_planned(said)


def _why_none(
    spoken: Spoken,
    clause: tuple[int, int],
    span: tuple[int, int],
    kind: str,
    people: tuple[NameMention, ...],
    timed: Timed | None,
    tense: str,
    words: Lexicon,
) -> str:
    """Why what is told is no event of the two, or ""."""
    return (
        find_other_matter(spoken, clause, span, kind, people, words)
        or find_doubt(spoken.sentence.text, clause, span, kind, timed, tense, words)
        or find_no_deed(spoken, span, kind, timed, tense, words)
    )


def _rank(
    spoken: Spoken,
    scene: Scene,
    words: Lexicon,
    trigger: Trigger,
    span: tuple[int, int],
    clause_text: str,
    people: tuple[NameMention, ...],
) -> tuple[tuple[NameMention, ...], str]:
    """(who takes part, and whether they are leaders or ministers)."""
    text, (start, end) = spoken.sentence.text, span
    level = trigger.level or _level(clause_text, text[:start], text, scene, spoken.scene, words)
    is_told = {p.country for p in people} >= PAIR and words.lang == "en"
    if trigger.kind not in POLICIES:
        there = tuple(p for p in people if not sends_others(p, text, words.lang))
        if len(there) < len(people) and words.lang == "ko" and "특사" not in text:
            level = trigger.level  # "만나 대통령의 안부를 전했다": the president is not there
        people = there
    if words.lang == "en" and level == "minister":
        # "The vice ministers met, a day after the president …": he is not there.
        people = tuple(p for p in people if p.level != "leader" or p in scene.people)
    if people and (not level or (is_told and not trigger.level)):
        level = find_level("", Scene(people, (), (), ()), words)
    if not level and not people and is_of_officials(spoken, trigger, span, clause_text, words):
        level = "minister"
    is_received = trigger.kind == "meeting" and level == "leader"
    if is_courtesy(text[start:end], people) or (is_received and is_of_envoy(text, scene, words)):
        level = "minister"
    return people, level


def _is_to_come(timed: Timed | None, words: Lexicon) -> bool:
    return words.lang == "en" and timed is not None and timed.tense == "future"


def _timing(
    spoken: Spoken, clause: tuple[int, int], span: tuple[int, int], kind: str, words: Lexicon
) -> tuple[Timed | None, str, str]:
    """(the day of what a trigger tells of, how near it was found, the tense it is told in)."""
    timed, source = find_date(spoken, clause, span, kind, words)
    tense = _tense(spoken.sentence.text, clause, span, kind, words)
    if source == "sentence" and is_pluperfect(spoken.sentence.text, clause, span, words):
        return (None, "", tense)  # "They had spoken twice; on Friday they met"
    said = spoken.sentence.text[span[0] : span[1]]
    if kind == "dispute" and _is_to_come(timed, words) and is_refusal(said):
        return (None, "", "past")  # "will not come to the review on Thursday"
    return (timed, source, tense)


def _weight(trigger: Trigger, clause_text: str, words: Lexicon) -> int:
    if trigger.kind == "saying":
        return 0
    if trigger.kind == "contact":
        return max(trigger.weight, weight_together(clause_text, words))
    return trigger.weight


def _tense(
    text: str, clause: tuple[int, int], span: tuple[int, int], kind: str, words: Lexicon
) -> str:
    """The tense in which a mention is told."""
    if kind == "statement" and words.lang == "en":
        # "In a speech he said that he would": only what comes before tells of the speech.
        return tense_of(text[clause[0] : span[1]], words) or "past"
    if words.lang == "en" and kind in MEETINGS and is_purpose(text[clause[0] : span[0]]):
        return "future"
    if words.lang == "en" and kind in MEETINGS and is_after_talks(text[: span[1]]):
        return "past"
    if words.lang == "en" and kind in MEETINGS and is_counted_to(text[: span[0]]):
        return ""
    tense = tense_at(text, clause, span[0], words)
    is_told = words.lang == "en" and kind == "call" and not tense
    return "past" if is_told and is_said_by_phone(text[clause[0] : span[0]]) else tense


def _level(clause: str, before: str, text: str, scene: Scene, whole: Scene, words: Lexicon) -> str:
    if not scene.people and before:
        # "The top diplomats, who came together …, want their leaders to meet."
        return find_level(before, whole.within(0, len(before)), words) or find_level(
            clause, scene, words
        )
    return find_level(clause, scene, words) or find_level(text, whole, words)


_KINDS = {"ceremony": "anniversary", "saying": "statement"}


def _kind(
    trigger: Trigger,
    quote: str,
    countries: frozenset[str],
    level: str,
) -> str:
    """The kind of event a trigger tells of between people of these countries and this rank."""
    if trigger.kind not in ("trilateral", "summit", "meeting", "contact"):
        return _KINDS.get(trigger.kind, trigger.kind)
    three = trigger.kind == "trilateral" or len(countries & {"US", "CN"}) > 0
    if trigger.kind == "trilateral" and re.search(
        r"정상|首脳|サミット|summit", quote, re.IGNORECASE
    ):
        level = "leader"
    elif trigger.kind == "trilateral" and re.search(
        r"장관|차관|국장|협상|고위|대표|당국|外相|次官|minister|防衛|大臣|閣僚|局長|相(?=会)", quote
    ):
        level = "minister"
    if level == "minister":
        return "ministerial"
    if level == "leader":
        return "trilateral_summit" if three else "summit"
    return "meeting"


def _kind_of_company(
    kind: str,
    people: tuple[NameMention, ...],
    text: str,
    behind: str,
    trigger: Trigger,
    words: Lexicon,
) -> str:
    """The kind, by who meets whom for what: an envoy's visit, an ambassador's protest."""
    if kind in MEETINGS and kind != "call" and is_errand(people, text, words):
        return "visit"
    if kind == "visit" and not people and has_colleague(text[: len(text) - len(behind)], words):
        return "ministerial"
    is_seen = kind in ("ministerial", "meeting")
    if is_seen and (is_protest(behind, words) or is_protest_to_envoy(text, trigger, words)):
        return "dispute"
    return kind


def _gathering(spoken: Spoken, clause: tuple[int, int]) -> OccasionMention | None:
    inside = [g for g in spoken.gatherings if clause[0] <= g.start < clause[1]]
    if inside:
        return inside[0]
    return spoken.gatherings[0] if spoken.gatherings else None


def days_of(mention: Mention) -> Days | None:
    """The days a mention is dated with."""
    return mention.timed.days if mention.timed else None


def is_other_table(one: Mention, other: Mention) -> bool:
    """Whether one sentence tells of ministers' talks of two, and of talks of three besides."""
    two, three = (one, other) if other.is_three else (other, one)
    if two.spoken is not three.spoken or two.is_three or not three.is_three:
        return False
    if two.countries - PAIR:
        return False  # "joins the talks of three, and sits there with both"
    return two.kind == "ministerial" and any(p in two.spoken.scene.people for p in two.people)
