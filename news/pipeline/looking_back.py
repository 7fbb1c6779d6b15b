"""Sentences of a story that tell how things stood before, or turn to something else."""

from __future__ import annotations

import re

# What became of a matter, or of relations, until then; the last time they met.
_UNTIL_THEN = {
    "en": re.compile(
        r"^(?:(?:Bilateral )?(?:Relations|Ties)\b[^,.;]{0,50}?|Seoul|Tokyo|(?:South )?Korea|Japan"
        r"|The (?:thaw|rift|rows?|feud|quarrels?|disputes?"
        r"|(?:two )?(?:neighbou?rs|countries|nations)))"
        r"(?:,[^,]*,)? (?:has|have|had|was|were|wants? (?:Seoul|Tokyo|South Korea|Japan) to)\b"
        r"|\b[Aa]t (?:their|the) (?:last|previous|first|earlier) (?:meeting|summit|talks)\b"
    ),
    "ko": re.compile(
        r"바\s?있(?:다|습니다)\.?$|[가-힣]\s왔(?:다|습니다)\.?$"
        r"|(?:지난번|직전|앞선|이전)\s?(?:정상)?(?:회담|회의|통화)에서"
    ),
    "ja": re.compile(
        r"経緯がある。?$|(?:して|されて|なって|[めけれげ]て)(?:いた|きた)。?$|(?:^|、)(?:前回|先月|昨年|先日|\d{1,2}月)の(?:首脳|外相)?(?:会談|協議|会合)で"
    ),
}
_AGREED = re.compile(
    r"\b(?:agreed|said|told|pledged|asked|urged|confirmed|proposed|at (?:odds|loggerheads))\b"
)
# What else happened that day, by others.
_TURN = {
    "en": re.compile(
        r"^(?:Also (?:on|in) |(?:On )?[Tt]he same day,|Meanwhile,|Separately,|Elsewhere,)"
    ),
    # "랜도 부장관과는 관세를 놓고 마주 앉는다": whom one of the two sees besides.
    "ko": re.compile(
        r"^(?:한편|이와\s?별도로|같은\s날)[,\s]"
        r"|^[가-힣\s]{1,20}(?:대통령|총리|주석|장관|차관|대표|보좌관|특사)(?:와|과)(?:는|도)\s"
    ),
    "ja": re.compile(r"^(?:このほか|これとは別に|同日)、?"),
}


def is_until_then(text: str, lang: str) -> bool:
    """Whether a sentence tells what went before, and not what was said of it."""
    found = _UNTIL_THEN[lang].search(text)
    return bool(found) and not (lang == "en" and _AGREED.search(text))


def is_turn(text: str, lang: str) -> bool:
    """Whether a sentence opens with what else happened."""
    return bool(_TURN[lang].search(text))


# "日米韓外相会談も同地で行われた。": told by the way, the story goes on as before.
_HELD_TOO = re.compile(
    r"(?:会談|会合|会議|協議)も[^。、]{0,16}(?:行われた|開かれた|持たれた|開いた|行った|あった)。?$"
)
_SPEECH = re.compile(r"(?:就任|施政方針|所信表明|記念|国連|一般討論)演説で")


def is_held_too(text: str) -> bool:
    """Whether a Japanese sentence says no more than that other talks were held as well."""
    return bool(_HELD_TOO.search(text))


def is_in_speech(text: str) -> bool:
    """Whether somebody says something in a speech in Japanese, and not at a table."""
    return bool(_SPEECH.search(text))
