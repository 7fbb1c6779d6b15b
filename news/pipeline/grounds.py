"""Korean talks and acts of some days ago, named by their day as the ground of what is told now."""

from __future__ import annotations

import re

# What is as old as this is news no more where a noun names it and nothing says that it was done.
_OLD_TALKS, _OLD_ACT = 3, 5  # days
_REACH = 80  # characters from the day to the noun
_TALKS = re.compile(
    r"(?:정상\s?|장관\s?)?(?:회담|회의|회동|만남)|통화(?!\s?스)|(?:국빈\s?)?(?:방일|방한)"
)
_ACT = re.compile(
    r"해법|해결책|배상안|합의|판결|협정|각서|선언|성명|조치|수출\s?규제|담화|제소|통보"
)
# "도쿄에서 열린 윤 대통령과 기시다 총리의": which talks are meant, and no verb that goes on.
_WORD = re.compile(r"[가-힣·()A-Z0-9]{1,12}")
_GOES_ON = re.compile(r"(?:[아어여해겨려러뒤후]|만나|[하열갖]고|며|면서|(?<!에)서|데)$")
_OUTCOME = r"(?:합의|결과|성과|내용|약속|발표|선언|논의|협의|발언|사항|의제|후속|여파|평가|의미)"
_TOLD = r"(?:밝혔|말했|답했|해명|반박|주장|설명했|강조|비판|질의|질문|물음|지적|따졌|추궁)"
_GROUND = re.compile(
    # 회담의 후속 조치, 회담 합의에 따라, 회담 결과를 놓고
    rf"(?:에서의|의)?\s(?:[가-힣]+\s){{0,2}}?(?:공동\s?)?{_OUTCOME}"
    # 회담 때 약속한, 회담에서 나온 합의
    r"|(?:\s(?:때|당시|자리에서|과정에서|직후)|에서)(?:는|도)?\s[^.]{0,60}?"
    r"(?:기로\s(?:뜻을\s모은|합의한|약속한|한)"
    r"|(?:합의|약속|논의|제안|요청|언급|제기|거론|발표|확인|결정|공유|도출|채택)[한된했됐]던?"
    r"|나온|꺼낸|밝힌|말한|나눈|내놓은)\s"
    # 회담에서 …지 않았다고 밝혔다, 회담에서 …했느냐는 질문에
    r"|(?:에서|\s때)(?:는|도)?\s[^.]{0,90}?(?:다고|다는|냐고|냐는|는지|라고)\s[^.]{0,30}"
    rf"{_TOLD}"
    # 회담에 대한 평가, 회담을 계기로 되살아난, 회담을 비판하며
    r"|\s(?:뒤|후|이후|직후)[,\s]|에\s(?:[가-힣]+\s)?(?:반발|반대|항의|호응|힘입)"
    # 회담을 한 것이 지지율에
    r"|[을를]\s(?:한|가진|연|치른|마친)\s(?:것|데|뒤|후|이후|점|영향|효과)"
    r"|(?:에|과|와)?\s?(?:대한|대해|대해서는?|관한|관련한?|관련해|따른|따라|이은|비춰)[,\s]"
    r"|[을를]\s(?:[가-힣]+\s){0,2}?"
    r"(?:놓고|두고|둘러싸고|둘러싼|계기로|통해|비판|규탄|평가|겨냥|언급|거론)"
)


# "지난달 30일 부산에서 대통령을 만난 총리는": who somebody is, and no news of the meeting.
_WHO_MET = re.compile(
    r"[^.,]{0,60}?(?:만난|만났던|(?:회담|회동|통화|면담|방한|방일|방문|대면|합의|서명|악수)(?:한|했던)"
    r"|(?:회담|회동|통화|만남|면담)[을를]\s(?:한|했던|가진|가졌던|연|열었던|마친|치른)|찾은|찾았던|다녀온|다녀간|마주\s?앉은)\s"
    r"(?:[가-힣]+\s){0,3}?[가-힣]*(?:대통령|총리|장관|외무상|외상|방위상|재무상|총재|실장|정상|사람)"
    r"(?:은|는|이|가|의|도|을|를|에게|와|과)?\s"
)


# "앞서 20일에는 …했다": what came before the news.
_EARLIER = re.compile(r"^\W*(?:이에\s|이보다\s|그에\s)?앞서,?\s(?:[가-힣]{1,10}\s){0,3}$")


def is_of_before(text: str, start: int, age: int) -> bool:
    """Whether a Korean sentence turns to what came before, and names a day for it at an offset."""
    return age >= _OLD_ACT and bool(_EARLIER.match(text[:start]))


def is_ground(text: str, end: int, age: int = _OLD_ACT, at: int | None = None) -> bool:
    """Whether a Korean day that ends at an offset only says on what the rest is built.

    The day lies `age` days back; `at` is where words for what was done then begin, if they must.
    """
    if age < _OLD_TALKS:
        return False
    described = _WHO_MET.match(text, end)
    if described is not None and (at is None or at < described.end()):
        return True
    nouns = (_TALKS, _ACT) if age >= _OLD_ACT else (_TALKS,)
    return any(_is_ground(text, end, noun, at) for noun in nouns)


def _is_ground(text: str, end: int, noun: re.Pattern[str], at: int | None) -> bool:
    found = noun.search(text, end, end + _REACH)
    return (
        found is not None
        and (at is None or at < found.end())
        and _only_names(text[end : found.start()])
        and bool(_GROUND.match(text, found.end()))
    )


def _only_names(between: str) -> bool:
    """Whether words between a day and a noun say nothing but which one is meant."""
    return all(_WORD.fullmatch(word) and not _GOES_ON.search(word) for word in between.split())
