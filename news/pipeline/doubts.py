"""What takes an event back: it is looked back on, denied, or only thought of."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.asides import (
    is_lasting,
    is_made_up_for,
    is_other_ruling,
    is_private,
    is_supposed,
    why_no_quarrel,
)
from news.pipeline.asked_of_them import is_of_three_only, is_other_case
from news.pipeline.held import end_of_held, is_wished_for
from news.pipeline.lexicon import Lexicon
from news.pipeline.moved import is_moved
from news.pipeline.no_deed import is_talked_about
from news.pipeline.other_days import (
    is_at_that_time,
    is_attribute_year,
    is_content,
    is_named_by_day,
    is_of_another_noun,
    is_of_the_break,
    is_when_then,
    is_years_before,
    names_a_paper,
)
from news.pipeline.people import NameMention
from news.pipeline.recall import (
    REPORTED,
    is_counted_from,
    is_last_time,
    is_looked_back_on,
    is_recalled,
    without_requests,
)
from news.pipeline.sides import POLICIES, names_issue
from news.pipeline.spoken import Spoken
from news.pipeline.timing import Timed

_LOOSE = ("weekday", "offset", "same", "later", "week", "dayonly")
_LONG_AGO = 300  # days
# How far before and after a trigger the words stand that govern it. English
# puts "may" and "no plans for" before it, Korean and Japanese all that after.
_REACH = {"en": (80, 0), "ko": (14, 48), "ja": (14, 40)}
_DENIED_REACH = {"en": (70, 60), "ko": (14, 40), "ja": (14, 36)}
# Who protests also demands; of talks the same words say that they are only wanted.
_DEMAND = re.compile(r"求め|要求|要請|촉구|요구|요청")
_WISH = re.compile(r"意欲|期待|提案|희망|기대|제안|바란다|바랐|바람을")
_WORDS = re.compile(r"「[^」]*」|\"[^\"]*\"")


def find_past(
    spoken: Spoken,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    is_policy: bool,
    timed: Timed | None,
) -> str:
    """ "background" if the people or the only date of a clause are of another time."""
    present = [p for p in spoken.scene.people if not names_a_paper(spoken.sentence.text, p.end)]
    people = [p for p in present if clause[0] <= p.start < clause[1]] or present
    if is_policy:  # "marked 20 years since Kim and Obuchi met": those behind are its matter
        people = [p for p in spoken.scene.people if p.start < trigger[0]]
    if any(p.is_outdated for p in people) and all(p.is_former for p in people):
        return "background"
    if is_named_by_day(spoken, trigger) or is_years_before(spoken, clause, trigger[0]):
        return "background"
    # In an older article "Thursday" is not this week's.
    is_loose = timed is None or (timed.phrase.shape in _LOOSE and not timed.phrase.direction)
    if spoken.is_bygone and is_loose:
        return "background"
    is_borrowed = timed is not None and is_policy and timed.phrase.start >= clause[1]
    if (timed is None or is_borrowed) and any(
        t.owner == "background"
        and (timed is None or (t.days is not None and t.days.grain == "YEAR"))
        and t.days
        and clause[0] <= t.phrase.start < clause[1]
        and not (is_policy and is_content(spoken.sentence.text, trigger, t))
        and not is_attribute_year(spoken.sentence.text, trigger, t)
        and not is_counted_from(spoken.sentence.text, t.phrase.start)
        and not is_of_another_noun(spoken.sentence.text, trigger, t)
        and not is_of_the_break(spoken.sentence.text, t.phrase.end)
        for t in spoken.dates
    ):
        return "background"
    if timed is None and (is_at_that_time(spoken, clause) or is_when_then(spoken, clause)):
        return "background"
    if is_policy and timed is not None and _is_remembered(spoken, clause, trigger, timed):
        return "background"
    return ""


# "The deal of 2015", "the notice that was given in 2019": what such a year belongs to.
_DESCRIBES = (
    re.compile(r"の|[^。、]{0,24}た(?=[一-龥ァ-ヶA-Z「])"),
    re.compile(
        "\\s(?:한일\\s|위안부\\s)?(?:합의|선언|협정|조약)|[^.,]{0,24}(?:[받맺얻]은|["
        + "".join(chr(c) for c in range(0xAC04, 0xD7A4, 28) if chr(c) not in "는은년")
        + "])\\s(?=[가-힣A-Z])"
    ),
)


def _describes(between: str) -> bool:
    return any(pattern.match(between) for pattern in _DESCRIBES)


def _is_remembered(
    spoken: Spoken, clause: tuple[int, int], trigger: tuple[int, int], timed: Timed
) -> bool:
    """Whether an older day stands nearer: "the 22nd is 50 years from the treaty signed in 1965"."""
    here = abs(timed.phrase.start - trigger[0])
    return any(
        t.owner == "background"
        and t.days is not None
        and timed.days is not None
        and (timed.days.first - t.days.first).days > _LONG_AGO
        and clause[0] <= t.phrase.start < clause[1]
        and not _describes(spoken.sentence.text[t.phrase.end : trigger[0]])
        and abs(t.phrase.start - trigger[0]) < here
        for t in spoken.dates
    )


# "They may be seated side by side": the participle is no past.
_WHETHER = re.compile(r"\bwhether\s(?:[\w'-]+\s){0,5}$", re.IGNORECASE)
_MAY_BE = re.compile(r"\b(?:(?-i:may)|might|could) (?:be |have )?(?:[\w-]+ ){0,5}$", re.IGNORECASE)


def find_doubt(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    kind: str,
    timed: Timed | None,
    tense: str,
    words: Lexicon,
) -> str:
    """The reason that the words around a trigger take the event back, or ""."""
    is_policy = kind in (*POLICIES, "anniversary")
    if not is_policy and is_wished_for(text, trigger, words.lang):
        return "hypothetical"
    if not is_policy and (held := end_of_held(text, trigger[1], words.lang)):
        clause = (clause[0], min(held, clause[1]))
    if text.rstrip().endswith("?") or (words.lang == "en" and is_supposed(text, trigger[0])):
        return "hypothetical"
    if words.cues["disowned"].search(text[: trigger[0]]):
        return "denied"
    if reason := _find_plain_doubt(text, clause, trigger, kind, timed, words):
        return reason
    if _is_only_thought_of(text, clause, trigger, kind, timed, tense, words):
        return "hypothetical"
    if words.lang == "en" and is_private(text, trigger[0], kind):
        return "one_sided"
    if kind == "dispute" and (reason := why_no_quarrel(text, clause, trigger, timed, words)):
        return reason
    if is_looked_back_on(text, clause, trigger, timed, words):
        return "background"
    if is_recalled(text, clause, trigger, None if is_policy else timed, words):
        return "background"
    is_own = timed is not None and (words.lang == "en" or timed.phrase.start >= clause[0])
    if not is_own and not is_policy and _near(text, clause, trigger, words, "promised", _REACH):
        return "hypothetical"
    if words.lang == "en" and not is_policy and is_lasting(text, trigger[1]):
        return "background"
    if timed is None and _is_habit(text, clause, trigger, words):
        return "background"
    if not is_policy and _is_with_others(text, clause, trigger, words):
        return "one_sided"
    return ""


def _find_plain_doubt(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    kind: str,
    timed: Timed | None,
    words: Lexicon,
) -> str:
    """The reason that takes an event back whatever its day and tense, or ""."""
    is_policy = kind in (*POLICIES, "anniversary")
    if kind not in POLICIES and words.cues["long_since"].search(text[: trigger[0]]):
        return "background"
    if kind not in POLICIES and _is_prospect(text, clause, trigger, timed, words):
        return "hypothetical"
    if is_policy and _is_stayed_away_from(text, clause, trigger, words):
        return "denied"
    if kind == "agreement" and _is_off(text, clause, trigger, words):
        return "denied"
    if words.lang == "en" and not is_policy and is_last_time(text, trigger, timed):
        return "background"
    # Staying away or cancelling is what a dispute is made of.
    is_over = words.lang == "ja" and text.startswith("後", trigger[1])
    is_held = is_policy or is_over or (words.lang == "en" and is_moved(text))
    if not is_held and _near(text, clause, trigger, words, "denied", _DENIED_REACH):
        return "denied"
    return ""


def _is_habit(text: str, clause: tuple[int, int], trigger: tuple[int, int], words: Lexicon) -> bool:
    """Whether something is done again and again; "decided to meet every year" is no habit."""
    said = text[trigger[0] : min(clause[1], trigger[1] + 48)]
    found = words.cues["habit"].search(said)
    own = trigger[1] - trigger[0]
    return found is not None and not re.search(r"\bto [a-z]+ ", said[own : found.start()])


def _is_only_thought_of(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    kind: str,
    timed: Timed | None,
    tense: str,
    words: Lexicon,
) -> bool:
    """Whether the words around a trigger leave an event open: "may", "検討", 가능성."""
    is_policy = kind in (*POLICIES, "anniversary")
    is_day = timed is not None and timed.days is not None and timed.days.grain in ("DAY", "RANGE")
    is_told = is_day and tense == "past"
    if words.cues["setting"].search(text[clause[0] : trigger[0]]):
        # "Calls for dialogue in an address": the address is no wish.
        is_told = is_told or not _near(text, clause, trigger, words, "uncertain", _REACH)
    asked = _DEMAND.sub(lambda m: " " * len(m.group()), text) if is_policy else text
    if words.lang == "ko":
        asked = without_requests(asked, trigger)
    if kind == "statement" and words.lang != "en":
        # What is said is said.
        asked = _WORDS.sub(lambda m: " " * len(m.group()), asked)
        asked = _WISH.sub(lambda m: " " * len(m.group()), asked)
    if not is_policy and words.lang == "en" and _MAY_BE.search(text[clause[0] : trigger[0]]):
        return True
    if words.lang == "en" and _WHETHER.search(text[clause[0] : trigger[0]]):
        return True
    if not is_told and _near(asked, clause, trigger, words, "hypothetical", _REACH):
        return True
    return bool(words.cues["hypothetical_after"].match(text[trigger[1] : clause[1]]))


def _is_off(text: str, clause: tuple[int, int], trigger: tuple[int, int], words: Lexicon) -> bool:
    """Whether a signing is told to be put off or called off."""
    return words.lang == "en" and any(
        _near(text, clause, trigger, words, cue, _DENIED_REACH)
        for cue in ("cancelled", "postponed")
    )


# "To arrange, at a suitable time, a summit".
_PARENTHESIS = re.compile(r", (?:at|in|as|if|when|once|before|without|with) [^,;]{3,50}, ")


def _is_prospect(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    timed: Timed | None,
    words: Lexicon,
) -> bool:
    """Whether a meeting is only what somebody agreed to, hoped for or spoke of.

    "On Monday they agreed to meet soon": the day is that of the agreeing. A day told after the
    meeting is its own.
    """
    if timed is not None and timed.phrase.start >= trigger[1]:
        return False
    if timed is not None and timed.days is not None and timed.days.grain not in ("DAY", "RANGE"):
        return False
    before = _PARENTHESIS.sub(" ", text[clause[0] : trigger[0]])
    said = text[trigger[0] : trigger[1]]
    return bool(words.cues["prospect"].search(before + ("to " if said.startswith("to ") else "")))


def _near(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    words: Lexicon,
    cue: str,
    reach: dict[str, tuple[int, int]],
) -> bool:
    before, after = reach[words.lang]
    start = max(clause[0], trigger[0] - before)
    end = min(clause[1], trigger[1] + after)
    # The trigger's own words ("called on the premier") are no doubt.
    said = text[trigger[0] : trigger[1]]
    kept = "to " if said.lower().startswith("to ") else ""
    blank = kept + " " * (len(said) - len(kept)) if cue != "denied" else said
    window = text[start : trigger[0]] + blank + text[trigger[1] : end]
    if words.lang == "en" and REPORTED.search(text[: trigger[0]]):
        window = window.replace("would", "     ")  # "said that it would" is a future
    return bool(words.cues[cue].search(window))


def _is_stayed_away_from(
    text: str, clause: tuple[int, int], trigger: tuple[int, int], words: Lexicon
) -> bool:
    """Whether a ceremony is named only as one that somebody does not attend."""
    cue = words.cues["absent"]
    if words.lang == "en":
        told = text[max(clause[0], trigger[0] - 60) : trigger[0]]
        return bool(cue.search(told)) and not is_made_up_for(text, trigger[0])
    return bool(cue.match(text[trigger[1] : trigger[1] + 24]))


def _is_with_others(
    text: str, clause: tuple[int, int], trigger: tuple[int, int], words: Lexicon
) -> bool:
    """Whether somebody meets reporters or compatriots, and not the other side."""
    others = words.cues["others"]
    if words.lang == "en":
        return bool(others.match(text[trigger[0] : trigger[1] + 60]))
    return bool(others.search(text[max(clause[0], trigger[0] - 16) : trigger[0]]))


# A journey given up is a quarrel where it answers one.
_GIVEN_UP = re.compile(
    r"(?:訪韓|訪日|来日|来韓|訪問)を(?:取りやめ|中止|見送|断念)"
    r"|(?:(?:日本|韓国)を訪|訪韓|訪日|来日|来韓)[^。]{0,4}な(?:い|かった)$"
    r"|(?:방일|방한|방문)[^.]{0,10}(?:철회|취소|무산|않기로|백지화)"
)
_ABSENCE = re.compile(r"欠席|不参加|ボイコット|(?:出席|参加|参列)|불참|(?:참석|참가)|보이콧")
_DECLARED = re.compile(
    r"[^。、]{0,8}と(?:発表|正式に|表明)|(?:[가-힣]*\s){0,3}[가-힣]*다고\s[^.]{0,40}(?:밝혔|발표)"
)


def find_other_matter(
    spoken: Spoken,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    kind: str,
    people: tuple[NameMention, ...],
    words: Lexicon,
) -> str:
    """The reason that a quarrel is with others or only talked about, that words are of
    somebody out of office, or ""."""
    text = spoken.sentence.text
    if kind == "statement":
        said = spoken.scene.within(*clause).people
        if words.lang == "ko" and is_of_three_only(spoken):
            return "third_country"
        return "background" if said and all(p.is_former for p in said) else ""
    if kind != "dispute":
        return ""
    is_named = spoken.has_issue or names_issue(text, words)
    if words.lang == "ko" and is_other_case(text, text[slice(*trigger)], has_issue=is_named):
        return "third_country"
    told = text[max(clause[0], trigger[0] - 40) : trigger[1]]
    if words.lang == "en" and not is_named and is_other_ruling(told, text):
        return "one_sided"  # a landlord's suit against a shop
    if _GIVEN_UP.match(text[trigger[0] : trigger[1]]) and not (
        spoken.has_issue or _DECLARED.match(text[trigger[1] :])
    ):
        return "denied"
    if _is_against_others(spoken, clause, trigger, people, words):
        return "third_country"
    is_absence = _ABSENCE.match(text[trigger[0] : trigger[1]])
    if is_absence and words.lang != "en" and _is_strangers(spoken, clause, trigger):
        return "third_country"
    if is_absence and not (spoken.has_issue or spoken.scene.touched() >= PAIR):
        return "third_country"  # who does not go to the summit of others offends nobody
    return "background" if is_talked_about(text, trigger[1], words) else ""


def _is_strangers(spoken: Spoken, clause: tuple[int, int], trigger: tuple[int, int]) -> bool:
    """Whether the last one named before words for an absence is of a third country."""
    before = [p for p in spoken.scene.people if clause[0] <= p.start and p.end <= trigger[0]]
    return bool(before) and before[-1].country not in PAIR


def _is_against_others(
    spoken: Spoken,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    people: tuple[NameMention, ...],
    words: Lexicon,
) -> bool:
    """Whether both sides together protest at what North Korea did."""
    text = spoken.sentence.text
    together = any(bloc.countries > PAIR for bloc in spoken.scene.blocs)
    if {p.country for p in people} < PAIR and not (together and words.lang == "ja"):
        return False
    if words.lang == "en":
        blamed = text[trigger[0] : min(clause[1], trigger[1] + 60)]
    else:
        blamed = text[max(clause[0], trigger[0] - 40) : trigger[0]]
    return bool(words.topics["north_korea"].search(blamed))
