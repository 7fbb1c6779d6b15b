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
    r"可能性|場合|れば|なら|かどうか|べき|ようと|予定だった|가능성|경우|[하되]면\s|[다라]면\s|여부|예정이었|려던|야\s한다"
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
