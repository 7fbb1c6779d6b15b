"""The tense in which a clause tells what it tells: "past", "future" or ""."""

from __future__ import annotations

import re
from functools import lru_cache

from news.pipeline.lexicon import Lexicon, lexicon
from news.pipeline.planned import is_beside, opens_ahead, without_words_of_others
from news.pipeline.tellers import without_report


def tense_of(text: str, words: Lexicon) -> str:
    """ "past", "future" or "" from the words of a clause; the last verb decides."""
    return _tense(text, words.lang)


_SAYING = re.compile(
    r"\b(?:said|announced|told|confirmed|reported|disclosed|added|revealed|stated)$", re.IGNORECASE
)
# Words for the future that are no verb of their own clause.
_INFINITIVE = re.compile(r"(?:agreed )?to |plan|ahead|upcoming|expected|has invited", re.IGNORECASE)
_REPORTED_LATER = re.compile(
    r"\b(?:saying|adding|noting|stressing|telling|pledging|promising|vowing|hoping|agreeing|warning"
    r"|predicting|arguing|announcing|explaining|that)\b"
)
# "Lee travels to Tokyo on Friday": the present of timetables.
_TIMETABLE = re.compile(
    r"\b(?:takes? (?:effect|place|part)|begins|starts|opens|arrives|leaves|departs|travels|flies"
    r"|meets|visits|hosts|holds|returns|attends|goes|comes|heads|kicks off|gets under way"
    r"|gives|throws|joins|receives|welcomes|sees|boards|lands|convenes|gathers|sets (?:off|out)"
    r"|sits down|(?<!to )(?:meet|gather|convene|confer)(?= (?:in|on|at|again|here|next|this))"
    r"|brings|takes (?:him|her|them)|lunches|dines"
    r"|(?<!to )(?:fly|travel|arrive|leave|depart|head|return)(?= (?:to|for|in|on|from|home|back)\b)"
    r"|(?:follows?|comes|belongs)(?= (?:on|in|at|to|the next|next|a day)\b)"
    r"|(?:is|are) (?:to|due|on|preparing|holding|hosting|visiting|meeting|traveling|travelling))\b"
)


# Every mention and date of a clause asks for its tense.
@lru_cache(maxsize=1024)
def _tense(text: str, lang: str) -> str:
    words = lexicon(lang)
    text = without_report(text, words)
    past = _past_verbs(text, words)
    told = [p for p in past if not _SAYING.search(text[:p])]
    future = [
        m.end()
        for m in words.cues["future"].finditer(text)
        # "Met and agreed to hold", "became the first to visit": what comes after is no tense.
        if not _is_after_deed(text, m, told) and not opens_ahead(text, m, past)
    ]
    if lang == "en" and not future and not past:
        return "future" if _TIMETABLE.search(text) else ""
    if not future and not past:
        return ""
    if words.lang == "en":
        # English puts the finite verb first: "will meet … announced Monday".
        if not future:
            return "past"
        return "future"
    if not future:
        return "past"
    if not past:
        return "future"
    return "future" if max(future) >= max(past) else "past"


def _is_after_deed(text: str, m: re.Match[str], told: list[int]) -> bool:
    """Whether words for the future only say what those who did something then meant to do."""
    before = [p for p in told if p < m.start()]
    if not before:
        return False
    return bool(_INFINITIVE.match(m.group()) or _REPORTED_LATER.search(text, before[0], m.start()))


_NEXT_CLAUSE = re.compile(r",\s(?:and|but)\s(?:(?:on|late|early|last)\s)?$")


# "She arrives for a stay that opens on Tuesday, both governments made known on Friday".
_TOLD_AFTER = re.compile(
    r"^[^,;]*,\s[^,;]*\b(?:said|announced|confirmed|disclosed|made (?:it )?known)"
)


def tense_before(before: str, after: str, words: Lexicon) -> str:
    """In English a date hangs on a verb before it, if there is one: the tense of that.

    "Gave notice on Monday that it would …" is past; "will see … hosted by Li on Monday" is not.
    """
    if words.lang != "en":
        return ""
    if _NEXT_CLAUSE.search(before):
        return ""  # "… wished them to meet, and on Saturday they came"
    past = _past_verbs(before, words)
    ahead = [m.end() for m in words.cues["future"].finditer(before) if not is_beside(m, past)]
    # "The women are to be paid, judges decided on Friday": the verb beside the date counts.
    is_told_last = past and ahead and re.search("[,:;]", before[max(ahead) : max(past)])
    if ahead and not is_told_last:
        return "future"
    if past:
        return "past"
    return "future" if _TIMETABLE.search(before) and _TOLD_AFTER.search(after) else ""


# In Korean every past verb has the syllable 았, 었 or one contracted with it.
_KO_PAST = re.compile(
    "["
    + "".join(
        chr(c) for c in range(0xAC00, 0xD7A4) if (c - 0xAC00) % 28 == 20 and chr(c) not in "있겠"
    )
    + "](?:다|습니다|고|으며|지만|는데|음)"
)


def _past_verbs(text: str, words: Lexicon) -> list[int]:
    """Where the past verbs of a text end."""
    found = [m.end() for m in words.cues["past"].finditer(text)]
    if words.lang == "ko":
        found += [m.end() for m in _KO_PAST.finditer(text)]
    return found


def is_told_past(text: str, words: Lexicon) -> bool:
    """Whether a clause has a past verb besides the one of who reports it."""
    return bool(_past_verbs(without_report(text, words), words))


def _ends_past(text: str, words: Lexicon) -> bool:
    """Whether a sentence closes with a past verb that is not one of reporting."""
    told = without_report(text, words).rstrip(" .。\"'」)")
    return any(end >= len(told) - 1 for end in _past_verbs(told, words))


def tense_at(text: str, clause: tuple[int, int], at: int, words: Lexicon) -> str:
    """The tense in which a clause of a sentence tells what stands at an offset in it."""
    told = without_words_of_others(text, at, words.lang)
    return tense_of(told[clause[0] : clause[1]], words) or _tense_of_rest(told, clause, words)


# Who tells the other something has met him; a spokesman "announces" what is to come.
_SPOKE = re.compile(
    r"고\s(?:말했|강조했|당부했|요청했|전달했|했)다[.\"')]*\s*$"
    r"|と(?:[^。、と]{0,6})(?:述べ|伝え|語っ|強調し|訴え|応じ)(?:た|ました)。?\s*$"
)


def _tense_of_rest(text: str, clause: tuple[int, int], words: Lexicon) -> str:
    """The tense that a clause without one has from the verb that closes its sentence.

    "회의를 열고 … 열기로 했다", "会談し、…開くことで一致した": they met, whatever they agreed to.
    """
    is_first = words.lang != "en" and clause[1] < len(text)
    if is_first and (_ends_past(text, words) or _SPOKE.search(text)):
        return "past"
    return tense_of(text, words)
