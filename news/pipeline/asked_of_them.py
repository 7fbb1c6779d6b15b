"""Korean talks that nobody held: others ask for them, foretell them or make them up."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.spoken import Spoken

# Who may ask the two to meet, or say how it will end, as the subject of a sentence.
_OUTSIDERS = re.compile(
    r"(?:의원|단체|모임|연대|위원회|협회|연합회?|회원|유족|피해자|시민|주민|학생|교수|연구원|연구소|전문가|학자"
    r"|신문|일보|타임스|포스트|저널|르몽드|가디언|이코노미스트|통신|방송|매체|언론|사설|칼럼|야당|여당"
    r"|민주당|국민의힘|자민당|공명당|혁신당|노조|상의|경제계|재계|경단련|게이단렌|원로|동포|민단|외교관들"
    r"|\d+(?:여\s?)?[명곳개])(?:들)?(?:\s[\d,]+여?\s?[명곳])?(?:이|가|은|는|도)\s"
)
_ASKED = re.compile(
    r"(?:라|자|달라|야\s?한다|도록)(?:고|며|면서)\s[^.]{0,24}"
    r"(?:촉구|요구|주문|주장|호소|당부|외쳤|외친|목소리|제안|건의|권고|채근|압박|요청)"
    r"|(?:도록|길|기를)\s[^.]{0,12}(?:촉구|요구|주문|호소|당부|요청|바랐|바란다|희망)"
    r"|야\s?한다(?:고|며|면서)\s[^.]{0,12}(?:제언|조언|역설|지적|진단|말했|밝혔|썼|적었|강조)"
    r"|(?:것이라|거라|리라|것으로)(?:고|며)?\s[^.]{0,16}(?:내다|전망|예상|예측|점[쳤치]|관측|[봤본]다)"
    r"|필요가\s있다|수\s(?:있|없)다고\s[^.]{0,12}(?:[봤본]|말했|지적|분석|전망|했다)"
)
_FORETOLD = re.compile(
    r"[^.\"]{0,70}[가-힣](?:것이라|거라|리라|것으로)(?:고|며)?\s(?:[가-힣]+\s){0,3}?"
    r"(?:내다[봤본]|전망(?:했|한다)|예측[했한]|점[쳤친]|예상[했한])"
)
_NEXT = re.compile(r"(?:다음|차기|다음번)\s(?:정상\s?|번\s)?$")
_WISHED = re.compile(r"[가-힣]{0,3}\s?(?:하|갖|열|보|나누|나)?고\s싶")
_BEFORE_VERB = (
    r"[을를도]?\s?(?:(?:[가-힣]{1,8}에서|다시|한\s?번|꼭|또|함께|같이|곧|빨리|조속히)\s){0,3}"
)
# "회담을 해 보자고 했더니", "회담을 열면 좋겠다": somebody would like to.
_PROPOSED = re.compile(
    rf"{_BEFORE_VERB}(?:하|갖|가지|열|치르|나누|잡|(?:해|가져|열어|치러|나눠)\s?보)"
    r"(?:자(?:고|는|며|면서|던|[.\"'’”])|(?:었|였)?으?면\s(?:좋|어떻|어떨|한다|하는))"
    rf"|{_BEFORE_VERB}(?:했|열었|가졌|치렀)으면\s"
)
# "회담 후보지로", "회담 장소로 거론되자": where they might meet, not that they do.
_VENUE = re.compile(
    r"[이의]?\s?(?:개최\s?)?(?:후보지|후보\s?도시|유치(?!원))"
    r"|[이의]?\s?(?:개최지|개최\s?장소|개최\s?도시|장소|무대)(?:로|로는|가|는|에)?\s[^.]{0,24}"
    r"(?:거론|꼽[히혔힌힐]|물망|유력|떠오|떠올|점[쳐찍]|손색|적합|제격|추천|제안|급부상|부상)"
)
# "…를 닮은 두 배우가", "…의 통화를 흉내 냈다".
_MADE_UP = re.compile(
    r"(?:닮은|닮았)|역(?:을|할을)\s(?:맡은|맡아)\s?배우|배우(?:가|들이|는)|흉내|분장|(?:드라마|영화|소설|연극|뮤지컬|웹툰|게임|만화)(?:에서|\s속)|밀랍|패러디|대역|개그맨|코미디언"
)
_GAME = re.compile(
    r"감독|선수|투수|포수|타자|마운드|코치|심판|경기|이닝|배우|무대|구단|리그|골대|결승|예선|회장|사장|공연|연주|제목|전시|음반|포스터"
)
_QUOTE = re.compile(r"[\"'‘“「][^\"'’”」]{2,12}[\"'’”」]")
# "전 주일대사와 … 전 주한 일본대사가": out of office, both.
_FORMER = re.compile(
    r"(?<![가-힣])전(?:직)?\s(?:[가-힣]+\s)?[가-힣]{0,4}(?:대사|장관|차관|총리|대통령)"
)
_IN_OFFICE = re.compile(
    r"(?<!전\s)(?<!전직\s)(?<![가-힣])(?:[가-힣]{2,4}\s)?(?:외교부|외무성|국방부|방위성)"
)


def find_unmet(spoken: Spoken, span: tuple[int, int], *, is_dated: bool) -> str:
    """The reason that what Korean words at a span tell of was held by nobody, or ""."""
    text, (start, end) = spoken.sentence.text, span
    if _WISHED.match(text, end) or (not is_dated and _NEXT.search(text[:start])):
        return "hypothetical"
    if _PROPOSED.match(text, end) or _VENUE.match(text, end):
        return "hypothetical"
    if _is_asked(spoken, span) or _FORETOLD.match(text, end):
        return "hypothetical"
    if _MADE_UP.search(text) and not _GAME.fullmatch(text[start:end]):
        return "one_sided"
    if not spoken.scene.people and any(
        m.start() < start and end <= m.end() for m in _QUOTE.finditer(text)
    ):
        return "one_sided" if _GAME.search(text) else ""
    if not spoken.scene.people and len(_FORMER.findall(text, 0, start)) > 1:
        return "" if _IN_OFFICE.search(text, 0, start) else "one_sided"
    return ""


def _is_asked(spoken: Spoken, span: tuple[int, int]) -> bool:
    """Whether others open a sentence that names the two only behind, and ask or foretell."""
    text = spoken.sentence.text
    people = [p for p in spoken.scene.people if not p.is_former and p.country in PAIR]
    first = people[0].start if people else span[0]
    if first > span[0]:
        first = span[0]
    return bool(_OUTSIDERS.search(text, 0, first) and _ASKED.search(text, span[1]))


# "추도식 문제를 꺼냈다", "추도식을 열겠다고": talked about, and not held then.
_OF_CEREMONY = re.compile(
    r"\s?(?:개최\s?)?(?:문제|논란|갈등|참석\s여부|준비|방식)"
    r"|[을를]?\s(?:[가-힣0-9]+\s){0,3}(?:앞두고|앞둔)"
    r"|\s?(?:[가-힣]{1,4})?[을를]?\s(?:놓고|두고|둘러싸고|둘러싼)"
    r"|[가-힣]{0,3}\s[^.\"]{0,24}?(?:겠다|자|기로|도록|려|라|달라)(?:고|는|며)\s"
)


# "도쿄올림픽 개막식": a show of the world, where the two remember nothing.
_SHOW = re.compile(
    r"(?:올림픽|패럴림픽|월드컵|아시안게임|아시안컵|엑스포|박람회|대회|영화제|정상회의|APEC|G20)"
    r"[’'\")]?(?:\s?[가-힣]{1,6})?\s?$"
)


def is_ceremony_talked_of(text: str, span: tuple[int, int]) -> bool:
    """Whether a Korean ceremony is a matter of talks, is promised, or only opens games."""
    start, end = span
    is_show = text.startswith(("개막식", "환영"), start) and _SHOW.search(text, 0, start)
    return bool(is_show or _OF_CEREMONY.match(text, end))


_RULING = re.compile(r"법원|대법|고법|지법|재판부|배상|소송|승소|승리|판결|압류|매각|물어\s?[주내]")
_OF_THE_WAR = re.compile(
    r"일제|끌려|식민|신일철|일본제철|미쓰비시|후지코시|히타치조선|일본\s?정부[를을에]|조선인|전쟁\s?중"
)


def is_other_case(text: str, said: str, *, has_issue: bool) -> bool:
    """Whether Korean words in a sentence tell of a ruling on nothing between the two countries."""
    return not has_issue and bool(_RULING.search(said)) and not _OF_THE_WAR.search(text)


def is_of_three_only(spoken: Spoken) -> bool:
    """Whether a Korean speech names Japan only in one word with a third country: "한미일 협력"."""
    scene = spoken.scene
    blocs = [b.countries for b in scene.blocs if b.countries >= PAIR]
    is_named = "JP" in scene.people_countries() or any(c.country == "JP" for c in scene.countries)
    return bool(blocs) and all(b > PAIR for b in blocs) and not is_named and bool(scene.people)


_RANG = re.compile(r"[^,.은는이가]{0,14}에게\s[^.]{0,16}$")
_CALLER = re.compile(r"[^,.]{0,14}?[은는이가]\s")


def is_call_to_other(spoken: Spoken, at: int) -> bool:
    """Whether who rings, or is rung in Korean "에게 전화를 걸어", is of neither country."""
    text = spoken.sentence.text
    people = [p for p in spoken.scene.people if p.end <= at]
    rung = [p for p in people if _RANG.fullmatch(text, p.end, at)]
    callers = [p for p in people if p not in rung and _CALLER.match(text, p.end)]
    return bool(rung and callers) and {rung[-1].country, callers[0].country} != PAIR
