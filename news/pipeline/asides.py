"""What English only describes by the way: quarrels that are a noun's clause, speeches one after
the other, charges that are not said to be true; and why words of a quarrel are of none now."""

from __future__ import annotations

import re

from news.pipeline.lexicon import Lexicon
from news.pipeline.patterns import Pattern
from news.pipeline.timing import Timed

# "A quarrel that froze exchanges", "the row which drew a protest".
_DESCRIBED = Pattern(
    r"\b(?:quarrels?|rows?|disputes?|spats?|feuds?|tiffs?|arguments?|rifts?|standoffs?|incidents?"
    r"|affairs?|episodes?|frictions?|tensions?|differences|bad blood),? (?:that|which) "
    r"(?:ha[sd] |have |once |then |later )*$"
)
# "Charged that Tokyo had walked away": what one side says of the other, without a day.
_CHARGED = Pattern(
    r"\b(?:charg|alleg|accus|complain|claim|insinuat|contend)(?:ed|e[sd]|s|ing)\b[^.;]{0,60}?"
    r"\b(?:had|of having) (?:\w+ )?$"
)


def is_described(text: str, end: int) -> bool:
    """Whether English words before those of a quarrel only say which quarrel is meant."""
    return bool(_DESCRIBED.search(text, 0, end))


def is_charged(text: str, end: int) -> bool:
    """Whether one side only charges that the other had done what follows."""
    return bool(_CHARGED.search(text, 0, end))


# "The consultations that have come back to life since spring": no session of now.
_LASTING = re.compile(
    r"s? (?:that|which) (?:have|has|had) [^.;,]{0,60}?"
    r"\b(?:since|for (?:\w+ )?(?:years|months|weeks|decades)|back|so far|until now)\b"
    r"|[^.;,]{0,40}? (?:have|has|had) (?:(?:gone|dragged) on|been (?:under way|going on))"
    r" (?:for|since)\b"
)


def is_lasting(text: str, end: int) -> bool:
    """Whether a clause behind English words says that what they name has gone on for long."""
    return bool(_LASTING.match(text, end))


# "A spoke at ten, B at eleven": the second verb is left out, and they did not do it together.
_LEFT_OUT = re.compile(
    r"(?:(?:his|hers|theirs) )?(?:at (?:\w+(?:-\w+)?|\d[\d:.]*)(?: (?:o'clock|a\.m\.|p\.m\.))?"
    r"|(?:an? |one |two |half an )?(?:hours?|minutes|day|week)s? (?:later|earlier|after|before)"
    r"|(?:on |the )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|in (?-i:[A-Z])\w+"
    r"|afterwards|later|earlier|the (?:next|following) \w+)(?=[,.;]| and\b| at\b| in\b)",
    re.IGNORECASE,
)


def is_each_apart(text: str, first_end: int, second: tuple[int, int]) -> bool:
    """Whether the second of two who are named did the same at another time: "B at eleven"."""
    between = text[first_end : second[0]]
    comma = max(between.rfind(","), between.rfind(";"))
    if comma < 0 or not _LEFT_OUT.match(text[second[1] :].lstrip()):
        return False
    opening = between[comma:]
    return bool(
        re.fullmatch(r"[,;] (?:and |while )?(?:[\w.'-]+ ){0,4}", opening)
    ) and not re.search(r"\b(?:with|by|to|met|saw)\b", opening)


# "In Seoul A opened a show and, in Tokyo, B opened its twin": each was in his own capital.
_THERE = re.compile(
    r"(?:,|;| and| while| as),? (?:while |and |as |back )?in (?:Tokyo|Seoul|(?:the )?(?:Japanese"
    r"|South Korean) capital|(?:his|her) (?:own )?(?:capital|country))\b,? (?:[\w'.-]+ ){0,4}$"
)


def is_in_own_capital(text: str, second: int) -> bool:
    """Whether the second of two who are named in English is said to be in another place."""
    return bool(_THERE.search(text, 0, second))


# "Thanked him on social media", "said in an interview that they talk often".
_AFAR = Pattern(
    r"\bon (?:social media|Twitter|Facebook|Instagram|Weibo|(?:his|her) (?:account|page|blog))\b"
    r"|\b(?:in|with|by|through) (?:an? |his |her )?(?:[\w-]+ ){0,2}?(?:posts?|postings?|tweets?"
    r"|letters?|telegrams?|cables?|interview|essay|column|op-ed|memoirs?|messages?)\b"
    r"|\bfor (?:the |a |his |her )(?:[\w-]+ ){0,2}?(?:messages?|letters?|condolences|telegram|cable"
    r"|greetings|flowers|wreath|sympath(?:y|ies)|congratulations)\b"
)
_IN_ROOM = Pattern(
    r"\b(?:met|meet\w*|talks|summit|dinner|lunch|minutes|hours?|sat|hand(?:ed|s) over)\b"
)


# "Invited her to come to Andong for a summit", "congratulated her on becoming premier".
_NEEDS_NO_ROOM = Pattern(
    r"\binvit(?:es?|ed) [^;]{0,90}?\bto (?:come|visit|attend|travel|make|pay|go|fly|return|join"
    r"|take part|participate|hold)\b"
    r"|\b(?:congratulat\w+|felicitat\w+|praised|lauded|hailed) [^.;,]{0,70}?\b(?:(?:on|upon|for)"
    r" (?:becoming|being|having|taking|winning|assuming)|(?:on|upon|for|over) (?:[\w'-]+ ){0,4}?"
    r"(?:victory|win|election|re-?election|inauguration|appointment|birthday|success))\b"
)
_AT_TALKS = Pattern(
    r"\b(?:when|as|where|after|before) (?:they|the two|both|the pair) (?:met|sat|dined|talked)\b"
    r"|\b(?:after|before|during|at|over|in) (?:their|his|her|an?) (?:[\w-]+ ){0,2}?"
    r"(?:meeting|talks|dinner|lunch|summit|conversation)\b"
)


def is_from_afar(text: str) -> bool:
    """Whether an English sentence says that what one told the other was written, or said on air."""
    told = _NEEDS_NO_ROOM.search(text)
    if told is not None and not _IN_ROOM.search(text[: told.start()]):
        return not _AT_TALKS.search(text[told.start() :])
    return bool(_AFAR.search(text)) and not _IN_ROOM.search(text)


# "Should the two ever sign a pact, …": nobody says that they will.
_SUPPOSED = re.compile(
    r"\W*(?:Should|Were|Had) (?:(?:the|both|either|they|he|she) |(?-i:[A-Z]))[^,]*$"
)


_WANTED = Pattern(r"\b(?:ought to|had better|(?:should|must|needs? to) (?:at last |now )?) ?$")


_ASKED = Pattern(
    r"\b(?:ask|wonder|question|puzzl|debat)(?:ed|ing|s|le[sd])?\b[^.;]{0,40}? (?:why|how|whether)\b"
    r"[^.;]{0,90}$"
)


# "Is to brief lawmakers on his talks with", "hoped the two would".
_BRIEFED = Pattern(
    r"\b(?:brief|report|inform|debrief)(?:ed|s|ing)?\b[^.;]{0,80}?\b(?:on|about|of) "
    r"(?:his|her|their|the) (?:[\w-]+ ){0,2}$"
)
_HOPED = Pattern(
    r"\b(?:hop|wish|pray)(?:ed|es?|ing)\b[^.;]{0,60}\bwould (?:\w+ ){0,2}$"
    r"|\b(?:demand|urg|insist|recommend)(?:ed|es?|s|ing)\b[^.;]{0,60}?\bthat (?:[\w'-]+ ){1,4}$"
)


# "To raise it when he next meets her": nobody says when.
_NEXT_TIME = Pattern(
    r"\b(?:when(?:ever)?|if|once|as soon as) (?:[\w'-]+ ){1,5}?next (?:\w+ )?$"
    r"|\b(?:the )?next time (?:that |when )?(?:[\w'-]+ ){1,5}$|\bwhenever (?:[\w'-]+ ){1,4}$"
)


_WISHES = (_WANTED, _ASKED, _BRIEFED, _HOPED, _NEXT_TIME)


def is_supposed(text: str, end: int) -> bool:
    """Whether English words before a deed only suppose it, or want it."""
    return bool(_SUPPOSED.match(text, 0, end)) or any(w.search(text, 0, end) for w in _WISHES)


_NOT_DONE = Pattern(
    r"\b(?:(?:did|has|have|had|does|do) not|refrained from|stopped short of|without|instead of"
    r"|(?:chose|decided|opted) not to|neither) (?:\w+ )?$|n't (?:\w+ )?$"
)


def is_not_done(text: str, end: int) -> bool:
    """Whether English words before an act say that it was left undone."""
    return bool(_NOT_DONE.search(text, 0, end))


_INSTEAD = re.compile(
    r"[^.;]{0,90}?\bbut (?:[\w'-]+ ){0,6}?(?:offerings?|branch|tree|fee|money|donation)\b"
)


def is_made_up_for(text: str, start: int) -> bool:
    """Whether English tells what was sent to the shrine by one who did not go there himself."""
    return bool(_INSTEAD.match(text, start))


_RULING = Pattern(r"\b(?:courts?|rulings?|verdicts?|judge?ments?|judges)\b")
_OF_WAR = re.compile(
    r"\b(?:war|wartime|coloni\w+|toil\w*|forced|conscript\w*|drafted|mines?|mills?|shipyards?|plant"
    r"|victims|survivors|descendants|bereaved|sex|slaves?|women|seiz\w+|laborers?|labourers?)\b",
    re.IGNORECASE,
)


def is_other_ruling(said: str, text: str) -> bool:
    """Whether a court decides of something else in English than what was done in the war."""
    return bool(_RULING.search(said)) and not _OF_WAR.search(text)


_WHY = re.compile(
    r"\b(?:why|because|how)\b[^,.;]{0,40}$|\b(?:days|weeks|months|years) after\b[^,.;]{0,40}$",
    re.IGNORECASE,
)


# "Held talks on Japan's export curbs": what was talked over, whatever the day.
_TALKED_OVER = re.compile(
    r"\b(?:(?:talks|consultations|dialogue|negotiations|discussions?)\b[^.;]{0,40}?"
    r" (?:on|about|over)|discuss(?:ed|es|ing)?) (?:(?:[A-Z]\w+'s?|(?!on\b)[a-z][\w-]*) ){0,3}$"
)


# "A code that saves pilots from a radar lock-on": what is to happen no more.
_KEPT_OFF = re.compile(
    r"\b(?:prevent\w*|aver(?:t|ts|ted|ting)|avoid\w*|forestall\w*|ward(?:s|ed|ing)? off|preclud\w*"
    r"|guard(?:s|ed|ing)? against|(?:steps|measures|safeguards|rules|guarantees?) against"
    r"|rul(?:e|es|ed|ing) out|(?:repeats?|repetition|recurrences?) of"
    r"|(?:ke(?:ep|eps|pt|eping)|sav(?:es?|ing)|protect(?:s|ing)?) (?:[\w'-]+ ){1,6}?from)"
    r"\s(?:[\w'-]+ ){0,4}$",
    re.IGNORECASE,
)


def why_no_quarrel(
    text: str,
    clause: tuple[int, int],
    trigger: tuple[int, int],
    timed: Timed | None,
    words: Lexicon,
) -> str:
    """Why words of dispute tell of no government's act now: crowds, or a cause named; or ""."""
    before = text[clause[0] : trigger[0]]
    is_protest = text[trigger[0] :].lower().startswith("protest")
    if is_protest and words.cues["crowd"].search(before):
        return "one_sided"
    told = text[: trigger[0]]
    if words.lang == "en" and _KEPT_OFF.search(told):
        return "hypothetical"
    is_left = words.lang == "en" and is_not_done(text, trigger[0])
    if is_left and not is_made_up_for(text, trigger[0]):
        return "denied"
    if words.lang == "en" and (
        is_described(text, trigger[0]) or (timed is None and is_charged(text, trigger[0]))
    ):
        return "background"
    if _WHY.search(told) or (words.lang == "en" and _TALKED_OVER.search(before)):
        return "background"
    return "background" if timed is None and words.cues["cause"].search(before) else ""


# Who acts for no government.
_PRIVATE = re.compile(
    r"\W*(?:An?|One|Two|Three|Some|Several|\d+) (?:[\w-]+ ){0,3}?(?:tourists?|man|men|woman|women"
    r"|couple|students?|act(?:or|ress)|singer|idol|businessm[ae]n|pensioners?|novelist|blogger"
    r"|youtuber|driver|teenagers?|climbers?|collector)\b[^,;]*$"
)
_FIRMS = re.compile(
    r"\b(?:Samsung|Sony|Hyundai|Kia|Toyota|Nissan|Honda|LG|SK|Posco|Lotte|Naver|Kakao|SoftBank"
    r"|Rakuten|Panasonic|Toshiba|Asiana|ANA|Nintendo|compan(?:y|ies)|firms?|makers?|carriers?|airlines?"
    r"|Airlines|shareholders?|studios?|clubs?|lenders?|retailers?|landlord|universit(?:y|ies))\b"
)
_STATE = re.compile(
    r"\b(?:governments?|ministr\w+|ministers?|embass\w+|ambassadors?|agenc(?:y|ies)|president|premier"
    r"|police|coast guards?|authorit\w+|negotiators?|central banks?|officials?|parliament|Diet"
    r"|Cabinet|treat(?:y|ies)|ministerial|leaders?)\b",
    re.IGNORECASE,
)


def is_private(text: str, end: int, kind: str) -> bool:
    """Whether English tells of a deed of private people, or of a contract of firms."""
    if kind == "dispute":
        return bool(_PRIVATE.match(text, 0, end))
    return kind == "agreement" and bool(_FIRMS.search(text, 0, end)) and not _STATE.search(text)
