"""Which of the dates of a sentence belongs to the event that some words of it tell of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR
from news.pipeline.lexicon import Lexicon
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.tenses import tense_at, tense_of
from news.pipeline.timing import DESCRIBED, Timed

MEETINGS = ("call", "summit", "trilateral_summit", "visit", "ministerial", "meeting")


def find_date(
    spoken: Spoken, clause: tuple[int, int], span: tuple[int, int], kind: str, words: Lexicon
) -> tuple[Timed | None, str]:
    """The date that belongs to a trigger and how near it was found: clause, sentence, reporting."""
    if words.lang in _HOW_MANIETH and _HOW_MANIETH[words.lang].match(spoken.sentence.text, span[1]):
        return (None, "")
    text = spoken.sentence.text
    usable = _usable(spoken, kind, words)
    if words.lang == "en" and kind in MEETINGS:
        usable = [t for t in usable if not _is_of_those_before(text, span[1], t)]
        usable = [t for t in usable if not _is_of_arrival(text, span, t, usable)]
    days = [t for t in usable if t.days is not None and t.days.grain in ("DAY", "RANGE")]
    coarse = [t for t in usable if t not in days]
    reported = spoken.dates if kind in POLICIES else ()
    told = [t for t in reported if t.owner == "reporting" and t.days is not None]
    ahead = coarse if words.lang != "en" and kind in MEETINGS else []
    if words.lang == "en" and kind in MEETINGS and (day := _set_for(text, days, span[1])):
        return (day, "clause")
    at, whole = span[0], span
    # English tells the day right behind the noun: "on Sunday, before the summit on Monday".
    span = span if words.lang == "en" else (at, at)
    for pool in (days, coarse):
        pool = [t for t in pool if not _is_of_other_step(spoken, at, t, ahead)]
        inside = [t for t in pool if clause[0] <= t.phrase.start < clause[1]]
        elsewhere = [t for t in pool if not _is_of_others(spoken, t)]
        if words.lang == "en":
            elsewhere = [t for t in elsewhere if not _is_of_described(spoken, span[1], t)]
        if words.lang == "en" and tense_of(text[clause[0] : clause[1]], words) == "past":
            # "Expressed regret and will summon him on Monday": the day of what is to come.
            elsewhere = [t for t in elsewhere if t.tense != "future"]
            inside = [t for t in inside if not _is_ahead_of_described(text[span[1] :], span[1], t)]
        if inside or elsewhere:
            chosen = _nearest(inside or elsewhere, span)
            if words.lang == "en" and kind in MEETINGS:
                chosen = _right_behind_names(text, inside, span[1]) or chosen
            if kind in ("statement", "dispute") and inside:
                # "On the 10th …, 100 years on the 29th": nobody speaks on a later day.
                told_by = [t for t in inside if not _is_later(t, inside[0])]
                chosen = _nearest(told_by, span)
            is_apart = inside and words.lang != "en" and told and told[0].phrase.start >= clause[1]
            is_ahead = told and _is_later(chosen, told[0])
            is_apart = is_apart or (kind == "statement" and _is_to_speak(chosen, at, words.lang))
            if is_ahead and not is_apart and not _is_signed_then(spoken, whole, clause, words):
                break  # curbs "from the 4th" are a dispute once they are announced
            return (chosen, "clause" if inside else "sentence")
    if told:
        return (_nearest(told, span), "reporting")
    return (None, "")


# "Arrived on Sunday for a meeting later this week".
_ARRIVED = re.compile(
    r"\b(?:arriv(?:ed|es)|fl(?:ew|ies)|le(?:ft|aves)|land(?:ed|s)|depart(?:ed|s)|travel(?:led|ed|s)"
    r"|head(?:ed|s)|set(?:s)? off|came|comes)\b[^;]{0,60}$"
)


def _is_of_arrival(text: str, span: tuple[int, int], timed: Timed, others: Sequence[Timed]) -> bool:
    """Whether a day before talks is that of the journey to them, and theirs stands behind them."""
    if timed.phrase.end > span[0] or not _ARRIVED.search(text[: timed.phrase.start]):
        return False
    is_for = " for " in text[timed.phrase.end : span[0] + 4]
    return is_for and any(t.phrase.start >= span[1] for t in others)


# "The talks followed Monday's meeting": the day is of what had been before them.
_FOLLOWED = re.compile(
    r" (?:[a-z]+ )?(?:followed|follow|follows|buil[dt]s? on"
    r"|(?:came|come|comes|took place|were held|was held) (?:[\w-]+ ){0,3}?"
    r"(?:after|following|on the heels of)) (?:up )?(?:on )?"
)


def _is_of_those_before(text: str, end: int, timed: Timed) -> bool:
    """Whether English has behind talks the day of others, which they only followed."""
    is_owned = text.startswith("'s ", timed.phrase.end)
    return is_owned and bool(_FOLLOWED.fullmatch(text, end, timed.phrase.start))


def _usable(spoken: Spoken, kind: str, words: Lexicon) -> list[Timed]:
    """The dates of a sentence that an event of a kind may have."""
    text = spoken.sentence.text
    owned = [t for t in spoken.dates if t.days is not None and t.owner == "event"]
    if kind not in MEETINGS:
        return owned
    noun = words.cues["other_noun"]
    return [
        t
        for t in owned
        if not noun.search(text[: t.phrase.start]) or _HOURS_FROM.search(text[: t.phrase.start])
    ]


# "통화한 것은 6일 트럼프 대통령에 이어 두 번째다": the day is of another.
_HOW_MANIETH = {
    "ko": re.compile(r"[가-힣]{0,4}\s?(?:것은|건)\s[^.]*(?:처음|번째|만이?다|만에)"),
    "ja": re.compile(r"[ぁ-ん]{0,5}のは、?[^。]*(?:初めて|ぶり|[回度例人]目|以来)"),
}


def says_how_many(text: str, end: int) -> bool:
    """Whether Korean words of a meeting only say which of several it was: "만난 것은 처음이다"."""
    return bool(_HOW_MANIETH["ko"].match(text, end))


# "Hours after the ceremony on Monday": the day of both.
_HOURS_FROM = re.compile(r"\bhours? (?:after|before) [^.;,]{0,40}$", re.IGNORECASE)
_ENDED = re.compile(
    r"마친|끝낸|마치고|끝내고|[한했] (?:뒤|후)|終え|終わ|した後|した(?:の|あ)ち|経て"
)


def _is_of_other_step(spoken: Spoken, at: int, timed: Timed, ahead: list[Timed]) -> bool:
    """Whether a day is of what came after: "회담을 마친 대통령은 24일 도착했다".

    Or of the plan, where those `ahead` are the weeks for which it is made.
    """
    if _is_of_intent(ahead, at, timed):
        return True
    return at < timed.phrase.start and bool(
        _ENDED.search(spoken.sentence.text[at : timed.phrase.start])
    )


def _is_later(one: Timed, other: Timed) -> bool:
    return bool(one.days and other.days and one.days.first > other.days.first)


def _is_of_intent(ahead: list[Timed], at: int, timed: Timed) -> bool:
    """Whether on a day somebody meant to meet in weeks to come: "27日、来月中旬に会談する意向"."""
    return any(
        timed.phrase.end <= t.phrase.start and t.phrase.end <= at and _is_later(t, timed)
        for t in ahead
    )


_THEY_EN = re.compile(r"\b(?:the two|both|they|the pair)\b", re.IGNORECASE)


def _are_they(spoken: Spoken, start: int, end: int) -> bool:
    """Whether those of both sides who were named last act in an English clause."""
    is_pair = {p.country for p in spoken.pair} >= PAIR
    return is_pair and bool(_THEY_EN.search(spoken.sentence.text, start, end))


def _is_of_others(spoken: Spoken, timed: Timed) -> bool:
    """Whether a date stands in a clause about a meeting with a third country."""
    for start, end in spoken.clauses:
        if start <= timed.phrase.start < end:
            scene = spoken.scene.within(start, end)
            if scene.people_countries() >= PAIR or _are_they(spoken, start, end):
                return False
            return bool(scene.people_countries() - PAIR or scene.thirds)
    return False


_RELATIVE = re.compile(r",? (?:who|which|whose)\b")
# "It comes as the two countries mark on Monday …": the day of what they mark.
_COMES = re.compile(r"\b(?:comes?|came|coming) ?$")
_AS_THEY_MARK = re.compile(
    r" ?as [^,;]{3,50}?\b(?:marks?|celebrates?|commemorates?|observes?|prepares?|gets? ready)\b"
)


def _is_of_described(spoken: Spoken, end: int, timed: Timed) -> bool:
    """Whether a clause behind has the day of something else: "on talks, which broke up …"."""
    start = next((a for a, b in spoken.clauses if a <= timed.phrase.start < b), 0)
    text = spoken.sentence.text
    between = text[end:start].strip(" ,")
    if start >= end and _COMES.search(text, end, start) and _AS_THEY_MARK.match(text, start):
        return True
    return start >= end and bool(between) and bool(_RELATIVE.match(text, start))


def _is_ahead_of_described(rest: str, end: int, timed: Timed) -> bool:
    """Whether a day is of what is still to come elsewhere: "… with Washington, where he heads"."""
    at = timed.phrase.start - end
    return timed.tense == "future" and at > 0 and bool(DESCRIBED.search(rest[:at]))


# "Talks between President A and Premier B in C on Thursday": only names up to the day.
_NAMES_ON = re.compile(r" ?(?:(?:[A-Z][\w.'-]*|and|the|of|in|at|with|his|her),? )+on ")


def _right_behind_names(text: str, timed: list[Timed], end: int) -> Timed | None:
    """The day that English tells right behind those who meet, whatever day stands nearer."""
    return next((t for t in timed if _NAMES_ON.fullmatch(text[end : t.phrase.start])), None)


# "A meeting with his counterparts, A and B, set for Saturday".
_SET_FOR = re.compile(
    r"[^.;]{0,120}?[ ,](?:set|scheduled|slated|due|planned|fixed|booked|expected|to (?:be held|take"
    r" place|open|begin)|that (?:is|are|will)|which (?:is|are|will)) (?:[a-z]+ ){0,4}?"
    r"(?:for|on|to take place)? ?(?:the |late |early )?"
)
_OTHER_DEED = re.compile(r",? (?:and|but|while) |\b(?:said|told|announced|after|before)\b")


def _set_for(text: str, timed: list[Timed], end: int) -> Timed | None:
    """The day that English says talks behind an offset are "set for", whatever stands nearer."""
    found = next((t for t in timed if t.phrase.start > end), None)
    if found is None or not _SET_FOR.fullmatch(text, end, found.phrase.start):
        return None
    between = text[end : found.phrase.start]
    return None if _OTHER_DEED.search(_LISTED_NAMES.sub("", between)) else found


_LISTED_NAMES = re.compile(r"(?:,| and) (?=(?:(?:his|her|the|South|Korean|Japanese) )*[A-Z])")


def _nearest(timed: list[Timed], span: tuple[int, int]) -> Timed:
    at, end = span
    # As near before as behind: "accepted on Thursday to come to Gwangju on July 7".
    return min(
        timed,
        key=lambda t: (
            min(abs(t.phrase.start - end), abs(t.phrase.end - at)),
            end > at and t.phrase.start < at,
        ),
    )


def _is_to_speak(timed: Timed, at: int, lang: str) -> bool:
    """Whether it is announced that somebody gives a speech on a day to come, told before it."""
    return lang != "en" and timed.tense == "future" and timed.phrase.end <= at


def _is_signed_then(
    spoken: Spoken, span: tuple[int, int], clause: tuple[int, int], words: Lexicon
) -> bool:
    """Whether a treaty is to be signed on a day to come, whoever announced that."""
    text = spoken.sentence.text
    said = text[span[0] : span[1]]
    cues = words.cues
    is_signing = bool(cues["instrument"].search(said) and cues["signed"].search(said))
    return is_signing and tense_at(text, clause, span[0], words) == "future"
