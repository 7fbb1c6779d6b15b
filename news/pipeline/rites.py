"""Shrine visits in Korean that are only spoken of, foretold or left undone."""

from __future__ import annotations

import re

_RITE = re.compile(r"참배|봉납|헌납|공물|야스쿠니")
# "참배하지 않을 것이라고", "참배를 보류하는 쪽으로": it is not done.
_UNDONE = (
    r"[을를은는도]?\s?(?:[가-힣]+\s){0,2}?(?:하지|가지|보내지|바치지|올리지)(?:는|도)?\s?(?:않|못|말)"
    r"|[을를은는도]?\s(?:[가-힣]+\s)?"
    r"(?:미루|미룰|미룬|미뤘|보류|유보|자제|단념|포기|접기|접었|접는|삼가|피하|피할|피했|건너뛰|거르|걸렀|그만)"
)
# "참배할지", "참배 여부를", "참배할 것이냐는 질문에": nobody knows yet.
_OPEN = (
    r"\s?(?:여부|의사|의향|의지|계획|가능성|문제|논란|시기|이슈)"
    r"|[을를]?\s?(?:(?:하|가|보내|바치|올리)?[실]?[할갈낼칠릴]|하겠|하는|[했갔냈쳤렸])"
    r"(?:\s?(?:것인|건)?지|\s?(?:것이|거)?(?:냐|나)|느냐|는지)"
)
# "참배할 것으로 내다봤다", "참배를 강행할 수 있다는 우려": others foretell it.
_FORETOLD = (
    r"[을를]?\s?(?:[가-힣]+\s)?[가-힣]{0,3}[할갈낼칠릴]\s?"
    r"(?:가능성|수(?:도|는)?\s(?:있|없)|경우|때|듯|것(?:으로|이라는|이라고|이란)\s"
    r"(?:[가-힣]+\s){0,2}?(?:보인|보이|봤|본다|내다|전망|예상|예측|관측|점[쳐쳤치]|우려))"
    r"|[을를]?\s?(?:[가-힣]+\s)?[가-힣]{0,2}(?:한다면|하면|했다간|하게\s되면|하더라도|해도)[\s,]"
)
# "참배에 대해 \"적절히 판단하겠다\"고": who might go is asked about it; no protest at one paid.
_ASKED = (
    r"(?:에|과|와)\s?(?:대해|대해서는?|관해|관해서는?|관련해|관련한|대한)\s"
    r"(?![^.]{0,60}(?:유감|항의|반발|비판|규탄|우려|실망|개탄|반대|초치))"
    r"[^.]{0,60}(?:판단|생각|결정|검토|고려|대응|언급|답[했하변을]|대답|말을\s아|질문|입장|신중|밝히지|말하지)"
)
_NOT_PAID = re.compile("|".join((_UNDONE, _OPEN, _FORETOLD, _ASKED)))


def is_not_paid(text: str, trigger: tuple[int, int]) -> bool:
    """Whether what follows words for a shrine visit says that none was paid, or none yet."""
    start, end = trigger
    return bool(_RITE.search(text, start, end) and _NOT_PAID.match(text, end))
