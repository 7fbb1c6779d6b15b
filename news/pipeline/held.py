"""Where Korean and Japanese words end that say of talks that they were held.

What stands behind is what somebody asked for, wished or promised there, and puts no doubt on the
talks: "会談では、首相が協力を要請した", "회의가 열려 준비를 서두르기로 했다".
"""

from __future__ import annotations

import re

from news.pipeline.spoken import Spoken

_HELD = {
    "ja": re.compile(
        r"[^。、「」]{0,14}?(?:が|は|も)(?:[^。、「」をに]{0,10})?(?:あり|あった後|開かれ|行われ|持たれ|営まれ|実現し|続き|終わり)(?:、|て)"
        r"|[^。、「」]{0,6}?(?:で|の(?:席|中|場|冒頭|なか)で|の(?:席|場)上)(?:は|も)?、"
        r"|[^。、「」]{0,6}?(?:を(?:[^。、「」をに]{0,6})?(?:行い|開き|持ち|終え|済ませ)|し(?:て)?|に臨み)、"
    ),
    "ko": re.compile(
        r"[가-힣]{0,3}[이가]\s(?:[가-힣0-9]+\s){0,4}(?:열려|열렸고|열렸으며|이어져|이어졌고|있었고|있었으며|진행돼|진행됐고|개최돼)(?:서)?,?\s"
        r"|[가-힣]{0,3}에서(?:는|도)?,?\s"
        r"|[가-힣]{0,3}[을를]\s(?:[가-힣0-9]+\s){0,3}(?:열어|열고|열었고|갖고|가졌고|가진\s(?:뒤|자리에서)|마치고|마친\s뒤|했고)(?:서)?,?\s"
    ),
}
# What may be, or what is said not to have been: then the talks themselves are in doubt.
_OPEN = re.compile(
    r"可能性|場合|れば|なら|かどうか|べき|ようと|予定だった|たい(?:と|考え|意向)|つもり|か[。」]|見方|見通し"
    r"|見込み|とみられ|焦点|意向|予定|方針"
    r"|가능성|경우|[하되]면\s|[다라]면\s|여부|예정|려던|야\s한다|겠다|려고|려는|[할될릴룰]\s(?:것|듯|전망)"
    r"|전망|관건|싶다|방침|계획이"
)


def end_of_held(text: str, end: int, lang: str) -> int | None:
    """Where words end that follow a trigger at once and say that it took place, if they do."""
    pattern = _HELD.get(lang)
    m = pattern.match(text, end) if pattern else None
    if m is None or _OPEN.search(text, end):
        return None
    return m.end()


_QUOTATION = re.compile(r"\s*[「『\"“‘'][^」』\"”’']*[」』\"”’'][。.]?\s*")


def is_quoted_before(spoken: Spoken, at: int, following: Spoken) -> bool:
    """Whether a place lies in what somebody is quoted with ahead of what he did: in the same
    sentence, or in one before it that holds nothing else."""
    quoted = _QUOTATION.match(spoken.sentence.text)
    if quoted is None or at >= quoted.end():
        return False
    is_all = quoted.end() == len(spoken.sentence.text)
    is_next = spoken.sentence.index + 1 == following.sentence.index
    return following is spoken or (is_all and is_next)


# "1日の記者会見で、首相との会談では歴史も取り上げたいと語った": the day is that of the wish.
_SPOKE_AT = {
    "ja": re.compile(
        r"(?:記者会見|定例会見|(?<!首脳)(?<!共同)会見|答弁|予算委(?:員会)?|閣議後?|国務会議|インタビュー|講演"
        r"|番組|ぶら下がり|取材|投稿)(?:で|に)(?:は|も)?、"
    ),
    "ko": re.compile(
        r"(?:기자회견|기자간담회|간담회|브리핑|국무회의|인터뷰|답변|강연|방송|대정부질문|예산위원회)에서[는도]?,?\s"
    ),
}
_WISHES = {
    "ja": re.compile(r"[^。]{0,50}(?:たい(?:と|考え|意向)|つもりだ|考えを(?:示|表明|明らか))"),
    "ko": re.compile(r"[^.]{0,50}(?:겠다(?:고|는|며)|려고\s한다|고\s싶다|생각이라고|계획이라고)"),
}


def is_wished_for(text: str, trigger: tuple[int, int], lang: str) -> bool:
    """Whether somebody says before others what he wants to do at talks that are to come."""
    if lang not in _WISHES:
        return False
    is_before_others = bool(_SPOKE_AT[lang].search(text, 0, trigger[0]))
    return is_before_others and bool(_WISHES[lang].match(text, trigger[1]))
