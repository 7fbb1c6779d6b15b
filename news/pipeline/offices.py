"""What the words beside a name say of its bearer: title, level, country.

Also the offices that name their holder without a name ("the Japanese premier").
"""

from __future__ import annotations

import re
from functools import lru_cache

from news.pipeline.patterns import Pattern

_TITLES_EN = re.compile(
    r"(?:(?P<acting>acting president)|(?P<elect>president-elect|presidential winner)"
    r"|(?P<president>president)"
    r"|(?P<deputy>(?:deputy|vice|first vice|senior)[ -][a-z -]{0,18}"
    r"(?:minister|premier|president|secretary))"
    r"|(?P<minister>(?:foreign|defen[cs]e|finance|trade|industry|economy|unification|justice|culture|land"
    r"|environment|transport|education|science|agriculture)\s(?:and [a-z]+ )?"
    r"(?:minister|secretary|chief)"
    r"|secretary of (?:state|defense)|minister|chief cabinet secretary|top diplomat)"
    r"|(?P<ambassador>ambassador|envoy|emissary|lawmaker|legislator|speaker)"
    r"|(?P<premier>prime minister|premier|pm))\s*$",
    re.IGNORECASE,
)
_BEFORE_NAME_EN = re.compile(
    r"(?:former|ex-?|predecessor,?|previous|onetime|ousted|impeached"
    # "Kan then spoke with President Lee", "late Monday received President Lee": both in office.
    r"|(?:(?<!, )(?<!and )then|late)(?![ -](?:[\w']+[ -]){0,3}(?:with|to|by|at|for|from|met|meets"
    r"|saw|sees|join(?:s|ed)|call(?:s|ed)|phon(?:es|ed)|rang|rings|told|tells|host(?:s|ed)"
    r"|receiv(?:es|ed)|welcom(?:es|ed)|ask(?:s|ed)|on|in|\w+day|night|evening)\b)"
    r"|succeed(?:ed|ing|s)?|replac(?:e[sd]?|ing)|successor (?:to|of)|took over from)"
    r"[ -](?:\w+[ -]){0,4}$",
    re.IGNORECASE,
)
_TITLES_KO = re.compile(
    r"^\s?(?:일본\s?|한국\s?|미국\s?|중국\s?)?(?:신임\s?)?"
    r"(?P<former>전\s|당시\s|前\s?|전임\s)?(?:일본\s?)?"
    r"(?P<title>대통령\s?권한대행|권한대행|대통령|부총리|국무총리|총리|수상"
    r"|[가-힣]{0,6}\s?(?:부장관|차관|장관|대신|부장(?=[은는이가과와의도을를에 ,·])"
    r"|상(?=[은는이가과와의도을를에 ,·])|외무상|외상|방위상|재무상|관방장관)"
    r"|국가주석|주석|대사|국장|의원|당선인|씨|내각|정권|정부)"
)
_TITLES_JA = re.compile(
    r"^(?:[\(（][^)）]{1,24}[\)）])?(?P<former>前|元|·前)?"
    r"(?P<title>大統領代行|大統領|[一-龥]{0,4}副(?:首相|総理)(?:大臣)?|首相|総理(?:大臣)?|[一-龥]{0,4}(?:副大臣|次官|長官|大臣)|外務大臣|外相|防衛相|財務相|経産相|経済産業相"
    r"|(?!化|部|科|融|保|全)[一-龥]{1,6}相|官房長官|国家主席|主席|大使|局長|氏|さん|政権|内閣|両)"
)

# "The first visit by a Japanese leader", "a former Japanese premier": nobody of today.
_NO_OTHER = (
    r"(?<!\ba )(?<!\bno )(?<!\bany )(?<!former )(?<!first )(?<!another )(?<!\bthen )(?<!previous )"
    r"(?<!sitting )(?<!\bex-)(?<!future )(?<!every )(?<!last )(?<!opposition )\b"
)

OFFICES = {
    "en": {
        "KR": Pattern(
            rf"{_NO_OTHER}(?:South Korea(?:n|'s) (?:president|leader|head of state)"
            r"|(?<!North )Korean president|Seoul's (?:president|leader)"
            r"|(?:president|leader) of (?:South Korea|the Republic of Korea)(?!'s))"
            r"\b(?! of\b|-elect)"
        ),
        "JP": Pattern(
            rf"{_NO_OTHER}(?:Japan(?:ese|'s) (?:prime minister|premier|leader|head of government)"
            r"|Tokyo's (?:premier|leader)|(?:prime minister|premier|leader) of Japan(?!'s))"
            r"\b(?! of\b)"
        ),
    },
    "ko": {
        "KR": Pattern(r"(?:^|(?<=[,\"] )|(?<=한국 )|(?<=우리 ))대통령(?=[은이과께])"),
        "JP": Pattern(r"일본\s?총리(?=[는가와의]|\s)"),
    },
    "ja": {
        "KR": Pattern(r"韓国(?:の)?大統領"),
        "JP": Pattern(r"(?<![一-龥ァ-ヶー])(?:日本の)?(?:首相|総理)(?=は|が|も|と)"),
    },
}


_BEHIND_EN = re.compile(
    r",? (?:(?:the|his|her|a|an|its|Japan's|South Korea's|Korea's) )?((?:[a-z-]+ ){0,4}?"
    r"(?:(?:prime |foreign |defen[cs]e |finance )?minister|president|premier|lawmaker|legislator"
    r"|speaker|envoy|emissary)\b)"
)
# A former leader who is sent or received: words before the title, and behind the name.
_RECEIVED_EN = re.compile(
    r"\b(?:(?:received|receives|welcomed|welcomes|hosted|(?:led|headed) by|envoy,?|emissary,?)"
    r" (?:(?:the|Japan's|South Korea's|Japanese|South Korean|Korean) )*"
    r"|(?:met|meets|saw|sees|talks with|met with|(?:lunch|dinner|breakfast) with)"
    r" (?:the )?(?:Japan's|South Korea's|Japanese|South Korean|Korean) )(?:former|ex-?)[ -]?$",
    re.IGNORECASE,
)
_SENT_EN = re.compile(
    r"[^.;]{0,70}?\b(?:who (?:heads|leads|chairs|heads up|is (?:the )?(?:head|chairman))"
    r"|at the head of|leading|heading|chair(?:man|s)? (?:of|the)"
    r"|as (?:an? |the |his |her )?(?:special )?(?:envoy|emissary|representative)"
    r"|was (?:received|welcomed|hosted|shown)|called on|paid a"
    r"|(?:carr|bear|bring|brought|hand(?:ed|ing)|deliver)\w* [^.;]{0,20}letter)",
    re.IGNORECASE,
)


def _is_sent(text: str, at: int, end: int) -> bool:
    """Whether a former leader, titled so from `at` on, comes as an envoy or as a guest."""
    return bool(_RECEIVED_EN.search(text[max(0, at - 60) : at]) or _SENT_EN.match(text, end))


def _title_behind(text: str, start: int, end: int, is_former: bool) -> tuple[str, bool]:
    """What an English title behind a name says: "Taro Aso, the deputy prime minister"."""
    after = _BEHIND_EN.match(text[end : end + 70])
    if not after:
        return ("", is_former)
    word = after.group(1)
    if re.search(r"lawmaker|legislator|speaker|envoy|emissary", word):
        return ("official", is_former)
    if re.search(r"\b(?:deputy|vice)\b|(?<!prime )minister$", word):
        return ("minister", is_former)
    if re.search(r"\b(?:former|ex|one-?time|then|late)\b", word):
        is_guest = _SENT_EN.match(text, end + after.end()) or _RECEIVED_EN.search(
            text[max(0, start - 60) : start] + "former"
        )
        return ("official", False) if is_guest else ("leader", True)
    return ("leader", is_former)


# "Prime Ministers Kim Jong-pil and Keizo Obuchi": one title for both.
_TITLED_TOGETHER_EN = re.compile(
    r"\b(prime ministers|premiers|presidents|leaders"
    r"|(?:foreign |defen[cs]e |finance |vice )?ministers)"
    r" (?:[A-Z][\w.'-]*,? ){0,3}?(?:[A-Z][\w.'-]*,? and (?:[A-Z][\w.'-]* )?)?$",
    re.IGNORECASE,
)


def _titled_together(before: str) -> str:
    """The level that a title in the plural gives the names behind it, or ""."""
    m = _TITLED_TOGETHER_EN.search(before)
    if m is None or not re.fullmatch(r"[^a-z]*(?:[A-Z][\w.'-]*,? |and )*", before[m.end(1) + 1 :]):
        return ""
    word = m.group(1).lower()
    return "leader" if re.search(r"prime|premier|president|leader", word) else "minister"


# "The prime minister" of an article on Korea and Japan, where nobody else has the office.
_BARE = {
    "KR": Pattern(r"(?-i:\b[Tt]he (?:new |visiting )?president\b(?!'s (?:office|spokes|aides)))"),
    "JP": Pattern(
        r"(?-i:\b[Tt]he (?:new |visiting )?(?:prime minister|premier)\b(?!'s (?:office|res)))"
    ),
}
_OTHER_HOLDERS = {
    "KR": re.compile(
        r"\b(?:Trump|Biden|Obama|Bush|Clinton|Reagan|Xi|Hu|Jiang|Putin|Zelensk\w+|Macron|Marcos"
        r"|Lai|Prabowo|Yeltsin)\b"
    ),
    "JP": re.compile(
        r"\b(?:Li|Wen|Zhu|Modi|Starmer|Albanese|Carney|Trudeau|Netanyahu|Ishiba's predecessor)\b"
        r"|\b(?:Chinese|South Korean) (?:premier|prime minister)\b"
    ),
}


def bare_offices(text: str, lang: str, whole: str) -> list[tuple[int, int, str]]:
    """(start, end, country) of offices told without a name or a country, in an English sentence.

    `whole` is the article: who else holds such an office there leaves it open who is meant.
    """
    if lang != "en":
        return []
    return [
        (m.start(), m.end(), country)
        for country, pattern in _BARE.items()
        if not _has_other_holder(country, whole)
        for m in pattern.finditer(text)
        if not re.match(r"(?:,? [A-Z]|-elect| of )", text[m.end() :])
    ]


@lru_cache(maxsize=4)
def _has_other_holder(country: str, whole: str) -> bool:
    """Whether an article names who else holds such an office; looked up once for all sentences."""
    return bool(_OTHER_HOLDERS[country].search(whole))


def title_level(text: str, start: int, end: int, lang: str) -> tuple[str, bool]:
    """The level that the title beside a name gives it, and whether it is a former one."""
    if lang == "en":
        before = text[max(0, start - 60) : start]
        m = _TITLES_EN.search(before)
        is_former = bool(_BEFORE_NAME_EN.search(before[: m.start()] if m else before))
        if m:
            group = m.lastgroup or ""
            if group in ("president", "acting", "elect", "premier"):
                if is_former and _is_sent(text, start - len(before) + m.start(), end):
                    return ("official", False)
                return ("leader", is_former)
            return ("minister" if group in ("minister", "deputy") else "official", is_former)
        if together := _titled_together(before):
            return (together, is_former)
        return _title_behind(text, start, end, is_former)
    pattern = _TITLES_KO if lang == "ko" else _TITLES_JA
    m = pattern.match(text[end : end + 40])
    if not m:
        return ("", False)
    title = m.group("title")
    is_former = bool(m.group("former"))
    if re.search(r"대통령|(?<!부)총리|수상|大統領|(?<!副)(?:首相|総理)|主席|주석|권한대행", title):
        return ("leader", is_former)
    if re.search(
        r"[장차]관|부총리|대신|상$|부장|副首相|副総理|相$|大臣|次官|長官|국장|局長", title
    ):
        return ("minister", is_former)
    if re.search(r"대사|大使|의원|당선인", title):
        return ("official", is_former)
    return ("", is_former)


_NATION = re.compile(
    r"\b(?:(South Korean?|Korean|ROK)|(Japanese|Japan)|(U\.?S\.?|American)|(Chinese|China)"
    r"|((?!Yongsan|Busan|Ulsan|Ilsan|Onsan)[A-Z][a-z]+(?:ese|ish|ian|an)))(?='s\s|\s)"
)
_COUNTRIES = ("KR", "JP", "US", "CN", "other")


def country_before(text: str, start: int) -> str:
    """The country named right before a name or its title, or ""."""
    window = text[max(0, start - 48) : start]
    found = [m for m in _NATION.finditer(window) if m.end() < len(window)]
    if not found:
        return ""
    last = found[-1]
    title = window[last.end() :].removeprefix("'s")
    if not re.fullmatch(r"\s(?:[A-Za-z-]+\s){1,4}", title) or re.search(
        r"\b(?:and|with|to|by|from|for|of|as|when|at|in|on|but|while|that|where)\b|--|\b(?:[a-z]+ed|met|saw|told|took|sees|meets|rang|capital|city)\b",
        title,
    ):
        return ""
    return _COUNTRIES[(last.lastindex or 1) - 1]


_HIS_COUNTERPART = (
    r"(?:his|her) (?:(?:new|visiting|South|Korean|Japanese|Chinese|U\.S\.) )*counterpart\b"
)
_NAMED_AS_COUNTERPART = re.compile(rf"\b{_HIS_COUNTERPART},? (?:[A-Z][\w'-]+ )?$")
_COUNTERPART_BEHIND = re.compile(rf",? {_HIS_COUNTERPART}")


def is_counterpart_of_minister(text: str, start: int, end: int) -> bool:
    """Whether English names somebody as a minister's counterpart, whatever he led before:
    "Finance Minister Yoo and his Japanese counterpart, Taro Aso"."""
    before = text[max(0, start - 60) : start]
    is_named = _NAMED_AS_COUNTERPART.search(before) or _COUNTERPART_BEHIND.match(text, end)
    return is_named is not None and "Prime Minister" not in text and "President " not in text
