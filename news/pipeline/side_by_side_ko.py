"""Whether a Korean sentence puts one of each side in one place, whatever they do there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from news.pipeline.actors import PAIR
from news.pipeline.patterns import Pattern
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken

# How the one named behind is joined to the first: with him, to him, led by him, him.
_WITH = re.compile(
    r"[^,.]{0,14}?(?:(?:와|과)(?:는|도|\s함께|\s같이)?\s(?!관련|관계|쌓은|이룬|합의한|약속한)"
    r"|에게\s|의\s(?:[가-힣]+\s)?(?:안내|영접|마중|배웅|환대|초대|손|팔|잔|옆|곁)|[을를]\s)"
)
_BOTH_ACT = re.compile(r"[^,.]{0,14}?[이가은는도]\s")
_ADJOINED = re.compile(r"[^,.은는이가]{0,14}(?:와|과|,|·)\s?(?:[가-힣]+\s){0,3}")
_SUBJECT = re.compile(r"[^,.]{0,14}?[이가은는도]\s")
_PLACE = re.compile(
    r"[가-힣]에서[는도]?\s|에\s(?:[가-힣]+\s){0,6}(?:나타[났난]|섰|앉[았은]|도착했|모습을|올랐)|관저|청사|호텔|공항|정상회의장|영빈관|청와대|숙소"
)
# Where one speaks of the other to somebody else, and what needs no meeting.
_ELSEWHERE = re.compile(
    r"국회|국무회의|의회|중의원|참의원|간담회|회견|인터뷰|방송|강연|세미나|포럼|토론|국감|국정감사|위원회|국방위|외통위"
    r"|유세|법정|재판|사설|칼럼|기고|연설|경축|기념식|추도|추모|리셉션|여론|지지율|조사에|서한|편지|친서|축전|조전"
    r"|위로전|전문을|메시지|초청장|보냈|보낸|부쳤|특사|대독|사진|영상|소셜|엑스|트위터|페이스북|올린\s글|글을|책|저서"
    r"|회고|돌이켰|배우|닮은|흉내|비판|비난|질타|자평|평가했|언급|의원|기자|단체|시민|신문|통화|전화|의혹|소송"
    r"|반박|주장|항의|규탄|당선|취임|낙선|사임|서거|별세|야스쿠니|독도|미사일을\s쏘"
)
_CUES = ("denied", "hypothetical", "undecided", "background", "cancelled", "postponed", "survey")


def is_pair_told(
    spoken: Spoken, people: tuple[NameMention, ...], cues: Mapping[str, Pattern]
) -> bool:
    """Whether a Korean sentence tells what one of each side did together at a place."""
    text = spoken.sentence.text
    if {p.country for p in people} != PAIR or spoken.scene.thirds:
        return False
    if any(b.countries != PAIR for b in spoken.scene.blocs) or text.rstrip().endswith("?"):
        return False
    if not _PLACE.search(text) or _ELSEWHERE.search(text):
        return False
    if any(cues[key].search(text) for key in _CUES):
        return False
    first, last = people[0], next(p for p in people if p.country != people[0].country)
    if _ADJOINED.fullmatch(text, first.end, last.start):
        return bool(_BOTH_ACT.match(text, last.end))
    return bool(_SUBJECT.match(text, first.end) and _WITH.match(text, last.end))
