"""Sentences that close with who tells of something."""

from __future__ import annotations

import re

from news.pipeline.lexicon import Lexicon

# "…다고 밝혔지만, 일본은 …": what somebody else says behind it leaves the report one.
_FINAL_KO = re.compile(
    r"[다라]고\s(?:[가-힣]+\s){0,2}(?:밝혔|말했|전했|보도했|발표했|알렸|설명했)(?:지만|으나|는데|으며|고),?\s"
    r"|(?:밝혔|말했|전했|보도했|발표했|확인했|알렸|설명했|강조했|공개했|알려졌|언급했|부인했|해명했|일축했"
    r"|공지했|답했|전해졌|내다봤|반박했|시사했|소개했|예고했|안내했|귀띔했|덧붙였|전망했|통보했)"
    r"[가-힣]*[.\s\"')]*$"
    r"|(?:낸|내놓은|배포한|공개한|펴낸|내보낸)\s(?:[가-힣]+\s){0,2}(?:보도\s?자료|자료|발표문|보도문)"
)
_FINAL_JA = re.compile(
    r"(?:発表し|明らかにし|述べ|語っ|報じ|伝え|話し|表明し|公表し|確認し|明かし|否定し|説明し|強調し|認め|答え"
    r"|方向で(?:最終)?調整に入っ|調整を始め|(?:方針|意向)を固め|ことを決め|示し|反論し|主張し|指摘し|示唆し|報告し)[ぁ-ん]*[。\s」)]*$"
)


def ends_reporting(text: str, words: Lexicon) -> bool:
    """Whether a Korean or Japanese sentence closes with a verb of reporting."""
    pattern = _FINAL_KO if words.lang == "ko" else _FINAL_JA
    return bool(pattern.search(text))


# "외교부는 오는 12일 협의가 열린다고 10일 밝혔다": who told of it did so on the second day.
_TOLD_ON = {
    "ko": re.compile(
        r"(?:[다라자]고|[다라]며|기로\s했다고)\s(?:이날|오늘|어제|전날|(?:지난\s)?\d{1,2}일)(?:\([^)]{1,8}\))?"
        r"(?:에)?,?\s(?:[가-힣·]+\s){0,4}(?:밝혔|말했|전했|보도했|발표했|알렸|설명했|공지했|예고했|통보했)"
    ),
    "ja": re.compile(
        r"(?:と|ことを|旨を)(?:同日|\d{1,2}日)(?:[^と。]{0,12})?(?:発表し|明らかにし|述べ|語っ|報じ|伝え)"
    ),
}


def is_told_on_other_day(after: str, lang: str) -> bool:
    """Whether words behind a Korean or Japanese day say on which other one it was told."""
    pattern = _TOLD_ON.get(lang)
    return pattern is not None and bool(pattern.search(after))


_REPORT = {
    "en": re.compile(
        r",\s[^,]{0,60}\b(?:said|announced|told|reported|confirmed)\b"
        r"(?![^,]{0,40}\b(?:he|she|they|it|that|will|would)\b)[^,]*$"
    ),
    "ko": re.compile(
        r"(?<=[다라])(?:고|며|면서)\s[^,]{0,40}(?:밝혔|말했|전했|보도했|발표했|확인했|알렸|설명했|예고했|공지했"
        r"|안내했|귀띔했|내다봤|전망했|덧붙였|통보했)[가-힣]*\.?$"
    ),
    "ja": re.compile(
        r"(?:と|こと[をが]|旨[をが])[^。と]{0,24}"
        r"(?:発表|明らかに|述べ|語っ|報じ|伝え|話し|表明|公表|説明|示唆|明言|明かし|分か|わか|判明)[ぁ-ん]*。?$"
    ),
}


def without_report(text: str, words: Lexicon) -> str:
    """A sentence without "…, officials said": its past is not the event's."""
    return _REPORT[words.lang].sub("", text)


# "An aide said of Friday's hour": the day is that of what was told, and not of the telling.
_OF_WHAT = re.compile(
    r"\b(?:of|about|after|during|following|ahead of|before|from)\s$", re.IGNORECASE
)
_OWN = re.compile(
    r"'s (?!(?:\w+ )?(?:statements?|reports?|briefings?|announcements?|releases?|remarks|papers?"
    r"|editions?|issues?|readouts?|press|news|interviews?|broadcasts?|programmes?|programs?)\b)\w"
)


# "Told his trade minister on Friday not to let the matter rest": an order is a deed, and no report.
_TOLD_SOMEBODY = re.compile(r"\btold (?:[\w'.-]+ ){1,6}(?:on |late |early )*$")
_TO_DO = re.compile(r"(?: (?:morning|afternoon|evening|night))?,? (?:not )?to [a-z]+\b")


def is_of_what_was_told(before: str, after: str, lang: str) -> bool:
    """Whether an English day between these words belongs to what somebody spoke of, or to the
    order that he gave."""
    if lang != "en":
        return False
    is_order = bool(_TOLD_SOMEBODY.search(before[-80:]) and _TO_DO.match(after))
    return is_order or bool(_OF_WHAT.search(before) and _OWN.match(after))


# "The finance ministers of South Korea and Japan said Saturday": both at once, so together.
_STATE = r"(?:South Korea|S\. Korea|Korea|Japan|Seoul|Tokyo)"
_BOTH_SAID = re.compile(
    r"\b(?:ministers|top diplomats|(?:finance|trade|industry|defen[cs]e|bank) chiefs|governors)"
    rf" (?:of|from) {_STATE} and {_STATE} (?:jointly |also )?"
    r"(?:said|announced|confirmed|stated|warned) (?:on )?$"
)


def is_said_together(before: str, lang: str) -> bool:
    """Whether those of both sides said something in one voice on the day behind some words."""
    return lang == "en" and bool(_BOTH_SAID.search(before[-120:]))
