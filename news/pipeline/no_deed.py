"""Where nothing is done: surveys, candidates, demands, and what others recall or ask for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from news.pipeline.actors import PAIR
from news.pipeline.asked_of_them import find_unmet, is_call_to_other, is_ceremony_talked_of
from news.pipeline.dating import MEETINGS
from news.pipeline.in_prospect import is_in_prospect
from news.pipeline.lexicon import Lexicon
from news.pipeline.no_deed_ja import find_no_deed_ja, is_among_themselves
from news.pipeline.rites import is_not_paid
from news.pipeline.spoken import Spoken
from news.pipeline.timing import Timed

_DEEDS = (*MEETINGS, "visit")


_ANSWERED = re.compile(r"%|割|답했|답한|응답|나타났|조사됐|答え|回答")


def find_no_deed(
    spoken: Spoken,
    span: tuple[int, int],
    kind: str,
    timed: Timed | None,
    tense: str,
    words: Lexicon,
) -> str:
    """The reason that the sentence around a trigger tells only of what people think, ask or
    would do, or ""."""
    text = spoken.sentence.text
    at, clause = next(((a, text[a:b]) for a, b in spoken.clauses if a <= span[0] < b), (0, text))
    is_told = timed is not None and tense == "past" and spoken.scene.people_countries() >= PAIR
    asked = clause[: span[1] - at] if is_told and words.lang == "en" else clause
    is_answer = not is_told or words.lang == "en" or _ANSWERED.search(text, span[1])
    if is_answer and words.cues["survey"].search(asked):
        return "hypothetical"
    if words.cues["disowned_after"].match(text[span[1] :]):
        return "denied"
    if _is_retold(text, span, kind, timed, words):
        return "background"
    if words.lang == "ja" and (reason := find_no_deed_ja(spoken, span, kind, timed)):
        return reason
    if words.lang == "en" and _is_wanted(text[: span[0]], kind):
        return "hypothetical"
    if words.lang == "ko" and kind == "anniversary" and is_ceremony_talked_of(text, span):
        return "hypothetical"
    if kind == "agreement" and words.lang != "en" and _TURNED_DOWN.match(text[span[1] :]):
        return "denied"
    if kind == "agreement" and words.lang != "en" and _ASKED_FOR.match(text[span[1] :]):
        return "hypothetical"
    if words.lang == "ko" and kind == "call" and is_call_to_other(spoken, span[0]):
        return "third_country"
    if words.lang == "ko" and kind == "dispute" and is_not_paid(text, span):
        return "hypothetical"
    is_korean = words.lang == "ko" and kind in (*_DEEDS, "statement")
    if is_korean and (reason := find_unmet(spoken, span, is_dated=timed is not None)):
        return reason
    if kind not in _DEEDS:
        return ""
    if words.lang == "en" and (reason := _find_open_en(text, at, span, timed, tense)):
        return reason
    if words.cues["demanded_after"].match(text[span[1] :]) or _is_asked_of(text, span, words):
        return "hypothetical"
    if timed is None and words.lang != "en" and words.cues["habit"].search(text[at : span[0]]):
        return "background"
    if not is_told and words.cues["candidate"].search(text):
        return "hypothetical"
    return ""


def _find_open_en(
    text: str, clause: int, span: tuple[int, int], timed: Timed | None, tense: str
) -> str:
    """The reason that English talks, in the clause from an offset, are of others or of no day."""
    if _WORLD.match(text, clause):
        return "one_sided"
    return "hypothetical" if is_in_prospect(text, clause, span, timed, tense) else ""


# "수출규제 철회를 거듭 촉구했다", "管理の撤回を求めた".
_ASKED_FOR = re.compile(
    r"[를을]?\s?(?:[가-힣]+\s){0,3}(?:촉구|요구|요청|주장)|하라|해\s?달라|할\s것을"
    r"|(?:を|するよう)(?:に)?[^。、]{0,10}(?:求め|促[しす]|要求|迫[っりる]|訴え|要請)"
)
# "방안을 내놓았으나 일본은 거절했다", "案を示したが、韓国は拒んだ".
_TURNED_DOWN = re.compile(
    r"[^.,]{0,12}(?:으나|지만|는데|았으나|었으나),?\s[^.]{0,40}(?:거절|거부|일축|퇴짜|받아들이지|외면)"
    r"|[^。、]{0,12}が、[^。]{0,40}(?:拒否|拒ん|断っ|一蹴|退け|はねつけ|受け入れな|応じな)"
)


# "There will be no meeting when world leaders gather in Osaka": the setting of what is told.
_WORLD = re.compile(
    r"\W*(?:when|as|where|while|before|after) (?:the )?(?:[\w-]+ ){0,2}(?:world|global|G-?7|G-?20"
    r"|APEC|Asian|other) leaders\b",
    re.IGNORECASE,
)
# "They should have spoken"; "urged both to settle the issue".
_COUNTER = re.compile(
    r"\b(?:should|could|might|ought to|must) (?:not )?have\b[^.;,]{0,50}$", re.IGNORECASE
)
_URGED = re.compile(
    r"\b(?:urg(?:ed|es|ing)|call(?:ed|s|ing)? (?:up)?on|ask(?:ed|s|ing)?|press(?:ed|es|ing)"
    r"|appeal(?:ed|s|ing)? to|petition(?:ed|s|ing)?)\b[^.;]{0,140}?"
    r"\bto (?:[^.;]{0,80}?\b(?:and|or) (?:to )?)?$",
    re.IGNORECASE,
)


def _is_wanted(before: str, kind: str) -> bool:
    """Whether English words before a trigger say that it should have been, or is asked for."""
    is_counter = kind in _DEEDS and _COUNTER.search(before)
    return bool(is_counter or (kind == "agreement" and _URGED.search(before)))


def _is_retold(
    text: str, span: tuple[int, int], kind: str, timed: Timed | None, words: Lexicon
) -> bool:
    """Whether somebody only recalls what is told of, or saw it in the news."""
    if words.lang == "en":
        return (
            kind in _DEEDS and timed is None and bool(words.cues["retold"].search(text[: span[0]]))
        )
    if timed is None and _TALK_OF_IT.match(text, span[1]):
        return True
    return bool(words.cues["retold"].match(text[span[1] :]))


# "두 정상의 만남을 두고 말이 많다": nobody says that they met, or when.
_TALK_OF_IT = re.compile(
    r"(?:[을를]|(?<=[을를]))\s(?:놓고|두고|둘러싸고|둘러싼)\s"
    r"|[이가]\s(?:(?:한창\s)?(?:열리|진행되|이어지)는|(?:끝|시작|열리|마무리)[가-힣]{1,2})\s(?:동안|사이|무렵|즈음)"
)


# "When they next sit down": nobody says that they will.
_NEXT_TIME = re.compile(
    r"\b(?:when(?:ever)?|once|until|unless|before) (?:they|the two|both|the leaders|the pair)"
    r" (?:\w+ly |next |first |do |can |finally )?$",
    re.IGNORECASE,
)
# "두 정상에게 만나 달라고 촉구했다": what somebody asks of both.
_OF_THEM = re.compile(r"에게\s[^.]{0,20}$")
_ASKED = re.compile(
    r"[^.]{0,30}(?:달라고|라고|것을|자고)\s(?:[가-힣]+\s)?(?:촉구|요구|요청|제안|당부|호소)"
)


def _is_asked_of(text: str, span: tuple[int, int], words: Lexicon) -> bool:
    """Whether Korean words ask those who are named before a trigger to meet, or English
    ones only say what is to be once they do."""
    if words.lang == "en":
        return bool(re.match(r"(?:to )?(?:meet|sit|talk|speak)\b", text[span[0] :])) and bool(
            _NEXT_TIME.search(text[: span[0]])
        )
    is_korean = words.lang == "ko" and _OF_THEM.search(text[: span[0]])
    return bool(is_korean and _ASKED.match(text[span[1] :]))


def opens_with_survey(spoken: Iterable[Spoken], words: Lexicon) -> bool:
    """Whether the first sentence of an article tells what people answered."""
    return any(s.sentence.rank == 0 and tells_answers(s, words) for s in spoken)


def tells_answers(spoken: Spoken, words: Lexicon) -> bool:
    """Whether a sentence tells what people answered, or how they were asked."""
    return bool(words.cues["survey"].search(spoken.sentence.text))


# Verbs that somebody does to those behind them: "a lawmaker urged Park to meet Abe".
_DONE_TO = re.compile(
    r"\s*(?:urged|asked|told|invited|thanked|assured|congratulated|promised|warned|heard|listened"
    r"|condemned|called (?:for|on|upon)|wanted|hoped|considered|sought|recalled|noted"
    r"|discuss(?:es|ed)?|agreed|arranged|announced|confirmed|decided|spoke|talked|wants)\b",
    re.IGNORECASE,
)
_DONE_TO_BOTH = re.compile(
    r"\s*(?:urged|asked|told|called (?:on|upon)|pressed|invited)\s(?:both|the two|the|their|all)\s"
    r"(?:\w+ )?(?:leaders|governments|sides|capitals|countries|neighbou?rs|ministers)\b",
    re.IGNORECASE,
)
_THOSE = re.compile(
    r"\b(?:they|he|she|both|the (?:two|pair|duo|leaders|ministers)|leaders|presidents|premiers"
    r"|ministers|diplomats|officials|sides)\b",
    re.IGNORECASE,
)


# "So decided the ministers": they stand behind what they do themselves.
_INVERTED = re.compile(r"\W*(?:(?:So|Thus|This|Also)\b)?\W*")


# "…들이 모여 대통령과 총리에게 촉구했다", "…集まり、首相に求めた": whom others turn to.
_TURNED_TO = {
    "ko": re.compile(r"\s?[가-힣]{0,8}(?:에게|께)"),
    "ja": re.compile(r"(?:前?首相|大統領|総理|外相|氏|長官){0,2}に(?!よる|よれ|よっ|よ、)"),
}


def is_done_by_others(spoken: Spoken, at: int, words: Lexicon) -> bool:
    """Whether all who are named stand behind what is done, and others do it to them.

    Or those of one side do it among themselves.
    """
    text = spoken.sentence.text
    people = [p for p in spoken.scene.people if p.country in PAIR]
    if words.lang == "en" and _DONE_TO_BOTH.match(text[at:]):
        return True
    if words.lang == "ja" and is_among_themselves(spoken, at):
        return True
    if not {p.country for p in people} >= PAIR or any(p.start <= at for p in people):
        return False
    if words.lang == "en":
        is_inverted = _INVERTED.fullmatch(text[:at])
        return bool(_DONE_TO.match(text[at:])) and not is_inverted and not _THOSE.search(text[:at])
    last = max(p.end for p in people)
    return bool(_TURNED_TO[words.lang].match(text[last:]))


# "The call was echoed in Osaka": an appeal, where nothing else tells of a telephone.
_THE_CALL = re.compile(r"\W*the call\b", re.IGNORECASE)
_BY_PHONE = re.compile(
    r"phone|\b(?:spoke|rang|dial\w*|video|minutes?|half an hour|on the line)\b", re.IGNORECASE
)


def is_appeal(told: Iterable[tuple[Spoken, int]], spoken: Iterable[Spoken]) -> bool:
    """Whether English calls, each by its sentence and where it stands there, are demands."""
    return all(_THE_CALL.match(s.sentence.text[at:]) for s, at in told) and not any(
        _BY_PHONE.search(s.sentence.text) for s in spoken
    )


_NO_TALKS_EN = re.compile(
    r"\b(?:No|There (?:was|were) no) (?:[\w-]+ ){0,2}(?:talks|meetings?|summit)\b"
    r"|\b(?:did|would|could) not (?:hold|have) (?:any |an? )?(?:[\w-]+ ){0,2}"
    r"(?:talks|meeting|summit)\b"
)


def says_no_talks(spoken: Iterable[Spoken]) -> bool:
    """Whether an English sentence says that two held no talks."""
    return any(_NO_TALKS_EN.search(s.sentence.text) for s in spoken)


# "Talks about the export curbs": what they speak of is not what is done.
_TALKED_ABOUT = {
    "ko": re.compile(
        r"\s?(?:문제|현안|논란|이슈)(?:[를을은는이가도의에와로]|,|\s)"
        r"|[^.,]{0,14}\s(?:[가-힣]+\s)?(?:하|되돌리|철회하|거두|풀|없애|멈추|해제하)라고\s(?:요구|촉구|했|말했)|"
        r"[^가-힣]?\s?(?:문제|조치|판결|강화|결정|논란|갈등)?(?:를|을)?\s?"
        r"(?:둘러싼|둘러싸고|놓고|두고|관련한?\s(?:협의|논의|회의|대화)"
        r"|에 (?:관한|대한)\s(?:협의|논의|회의))"
    ),
    "ja": re.compile(
        r"[」』]?(?:の)?(?:問題|懸案|論争)(?:[をはがもでの、]|に(?:つ|関|触))"
        r"|[」』]?(?:の)?(?:強化|厳格化|問題|判決|措置|決定)?(?:の問題)?"
        r"(?:を(?:めぐ|巡)|に関する(?:協議|会合|対話)|に絡)"
        r"|[」』]?(?:の)?(?:強化|厳格化|問題|判決|措置|決定)?(?:について|を受け(?:た|て)?)[^。]{0,40}"
        r"(?:会合|協議(?!を続)|話し合|議論)"
        r"|[^、。]{0,14}(?:問題|事案|事件)(?:を(?:めぐ|巡)|について|に関し)"
        r"|[^。、]{0,16}(?:を|について|に関し|かどうか|か)[^。、]{0,4}(?:問わ|聞か|尋ね|質問さ|質問を受け)れ?"
    ),
}


def is_talked_about(text: str, end: int, words: Lexicon) -> bool:
    """Whether a matter is named that others talk about, and nobody does anything."""
    pattern = _TALKED_ABOUT.get(words.lang)
    return pattern is not None and bool(pattern.match(text[end:]))
