"""Whether a mention tells of what one of the two did with a third country, or of companies."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.no_affair import is_no_affair
from news.pipeline.sides import POLICIES, names_issue
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling

_BACK = 3  # sentences in which "the two leaders" have been named

# What turns a sentence from those who meet to somebody beside them.
_BESIDE = {
    "en": re.compile(
        r"\b(?:after|before|who|whom|whose|while|when|as|where|had|has|following|that|which|"
        r"having|since|than|unlike|like)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"(?:고|며|데|뒤|앞서|전날|이어)[,\s]"),
    "ja": re.compile(r"[、。]|前日|後"),
}
# Who sits at a table of three, not what three work on.
_AT_TABLE = re.compile(
    r"(?:\s?3국|[3三]か国|[3三]カ国)?の?[\s-]?(?:정상|외교|국방|장관|회의|회담|首脳|外相|防衛相|会談|会合|次官"
    r"|summit|talks|leaders|meeting|foreign|defen[cs]e|ministers)"
)
# Somebody as the subject, by the words behind the name.
_SUBJECT = {
    "ko": re.compile(r"[^.,와과]{0,10}?(?:은|는|이|가)\s"),
    "ja": re.compile(r"[^。、とに]{0,8}?(?:は|が|も)"),
}
# A government of others as the subject that a sentence opens with.
_OTHERS_ACT = {
    "ko": re.compile(
        r"\W*(?:[^\s】\]]{1,12}[】\]]\s?)?(?:중국|북한|러시아|미국|대만|中|北|美)"
        r"(?![과와·,]\s?(?:한국|일본|우리))(?:\s?[가-힣]+){0,3}?(?:은|는|이|가)\s"
    ),
    "ja": re.compile(
        r"\W*(?:[^\s】]{1,12}】)?(?:中国|北朝鮮|ロシア|米国|米|台湾)(?!と|·|、)"
        r"[^。、とに]{0,16}?(?:は|が)"
    ),
}
# Where an ambassador is at a third country's.
_POSTED_THERE = {
    "en": re.compile(r"\bambassador (?:to|in) (?:China|Beijing|Russia|Moscow|the United States)\b"),
    "ko": re.compile(r"주(?:중|미|러|베이징|유엔)\s?[가-힣]{0,4}\s?(?:대사|공사)"),
    "ja": re.compile(r"(?:駐|在)(?:中国?|米国?|ロシア|露|北京|国連)[^、。]{0,6}(?:大使|公使)"),
}
_COMPANIES = {
    "en": re.compile(
        r"\b(?:(?!peace|law|policy|decision)[\w-]+[ -]?(?:makers?|builders?)|manufacturers?"
        r"|trading houses?|utilit(?:y|ies)|insurers?|brokerages?|refiner(?:y|ies|s)|shippers?"
        r"|publishers?|hospitals?|stock exchanges?|bourses?|business (?:federations?|lobb(?:y|ies))"
        r"|compan(?:y|ies)|firms?|conglomerates?|start-?ups?|retailers?|airlines?|banks?(?! of)"
        r"|universit(?:y|ies)|museums?|clubs?|leagues?|studios?|broadcasters?"
        r"|chambers? of commerce|sister cit(?:y|ies)|municipalit(?:y|ies)|chief executives?)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?:기업|업체|회사|그룹|(?<!한국)(?<!일본)(?<!중앙)은행|대학교?|구단|항공사?|연맹|협회|병원|공사|제약|전자|증권)"
        r"(?:들)?(?:은|는|이|가|과|와|측)[\s,]"
    ),
    "ja": re.compile(
        r"(?:社|企業|メーカー|(?<!日本)(?<!韓国)(?<!中央)銀行|大学|大|グループ|商社|航空|球団|連盟|協会|病院|製薬|証券|電機)"
        r"(?:は|が|と|など)"
    ),
}
# "Signed a memorandum with a Japanese trading house": whoever the other is.
_WITH_FIRM = re.compile(
    r"\b(?:with|and) (?:an?|its|the|two|three|several) (?:[\w-]+ )?(?:Japanese|(?:South )?Korean)"
    r" (?:[\w-]+ ){0,2}?(?:\w*(?:makers?|builders?)|manufacturers?|trading houses?|compan(?:y|ies)"
    r"|firms?|retailers?|airlines?|utilit(?:y|ies)|insurers?|refiners?|publishers?|hospitals?"
    r"|universit(?:y|ies)|developers?|suppliers?|partners?|start-?ups?|broadcasters?|clubs?)\b",
    re.IGNORECASE,
)
# "Seoul and Tokyo have reached an agreement to let airlines": the two states are the subject.
_STATE = r"(?:(?:South |S\. ?)?Korea|Japan|Seoul|Tokyo)"
_STATES = re.compile(
    rf"(?<!of )(?<!from )(?<!in )(?<!between )(?<!with )\b{_STATE} and {_STATE}"
    r"(?: (?:have|had|will|are to|also|formally))* $"
)
_CROWDS = {
    "en": re.compile(
        r"\b(?:thousands|hundreds|dozens|scores|crowds?|students|marchers|protesters|people)\b"
        r"[^.;]{0,40}\b(?:march(?:ed|es)|rall(?:ied|y)|gathered|took to|demonstrat\w+|chanted)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"(?:집회|시위|행진|규탄대회|촛불)(?:가|를|을|에|은|는)"
        r"|(?:시민단체|시민|회원)[^.]{0,30}(?:모였|모여|규탄|항의)"
    ),
    "ja": re.compile(
        r"(?:集会|デモ|行進)(?:が|を|は|に)|市民(?:団体|ら)[^。]{0,30}(?:抗議|反対|集ま)"
    ),
}
_GOVERNMENT = {
    "en": re.compile(
        r"\b(?:governments?|minist(?:er|ers|ry|ries)|presidents?(?! of the (?:company|firm|bank))"
        r"|premiers?|leaders?|ambassadors?|envoys?|diplomats?|plaintiffs|victims|laborers|wartime"
        r"|comfort women|both (?:countries|sides)|two (?:countries|sides|neighbou?rs))\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(
        r"정부|장관|대통령|총리|외교|대사|양국|두\s?나라|당국|피해자|징용|강제|위안부|양측|국무"
    ),
    "ja": re.compile(
        r"政府|大臣|外相|首相|大統領|大使|両国|当局|省|徴用|慰安婦|被害者|原告|双方|閣議|外交"
    ),
}


# "더불어민주당은 정부와 정책협의회를 열고": a party, a parliament or a town at its own table.
_AT_HOME = re.compile(
    r"\W*(?:[가-힣]{2,8}당|당정|여야|국회|[가-힣]{2,4}(?:시|군|구|시의회|도의회)|노조|[가-힣]{2,10}(?:협회|연맹|총연합|연합회))"
    r"(?:은|는|이|가|과|와)\s"
)
_ACROSS = re.compile(
    r"(?:한[·-]?일|양국|양측|두\s나라|외무성|방위성|재무성|경제산업성|농림수산성|국토교통성|문부과학성|일본\s?(?:정부|측))"
)


def is_of_outsiders(mention: Mention, telling: Telling) -> bool:
    """Whether others than the governments of Korea and Japan do what a mention tells of.

    A guard behind the reading of sides, for what goes on from the sentences before.
    """
    if mention.kind == "agreement" and not mention.people:
        return _is_of_companies(mention, telling)
    if mention.kind in POLICIES:
        return _is_act_of_others(mention, telling)
    text = mention.spoken.sentence.text
    if mention.kind in MEETINGS and telling.lang == "ja" and is_no_affair(mention, telling):
        return True
    if mention.kind not in MEETINGS or telling.words.accounts["three"].search(text):
        return False
    if mention.kind == "ministerial" and telling.lang == "ko" and _is_at_home(mention):
        return True
    return _is_met_by_others(mention, telling) or _are_others_before(mention, telling)


def _is_at_home(mention: Mention) -> bool:
    """Whether a Korean party or association sits at a table to which no government is named."""
    spoken = mention.spoken
    text = spoken.sentence.text
    is_opened = _AT_HOME.match(text, spoken.sentence.dateline_end)
    return bool(is_opened) and not mention.people and not _ACROSS.search(text)


def _is_of_companies(mention: Mention, telling: Telling) -> bool:
    """Whether companies or schools sign, and no government is spoken of."""
    text = mention.spoken.sentence.text
    if telling.lang == "en" and _WITH_FIRM.search(text, mention.start):
        return True
    if telling.lang == "en" and _STATES.search(text[: mention.start]):
        return False
    return bool(
        _COMPANIES[telling.lang].search(text) and not _GOVERNMENT[telling.lang].search(text)
    )


def _is_act_of_others(mention: Mention, telling: Telling) -> bool:
    """Whether crowds or a third country act, or one opens a sentence that names one of the two."""
    spoken = mention.spoken
    text = spoken.sentence.text
    if mention.kind == "dispute" and _CROWDS[telling.lang].search(text):
        return not _GOVERNMENT[telling.lang].search(text)
    if mention.kind == "dispute" and telling.lang == "en" and _is_mere_absence(mention, telling):
        return True
    if mention.kind == "dispute" and _POSTED_THERE[telling.lang].search(text):
        return True
    pattern = _OTHERS_ACT.get(telling.lang)
    if pattern is None or not pattern.match(text, spoken.sentence.dateline_end):
        return False
    return not spoken.scene.touched() >= PAIR


_ABSENCE = re.compile(
    r".*?\b(?:chairs|seats|places|rows?)\b|.*\b(?:pulled|backed|dropped|bowed|stayed|opted) out$"
    r"|sen[dt]s? no\b|ke(?:eps?|pt)\b",
    re.IGNORECASE,
)


def _is_mere_absence(mention: Mention, telling: Telling) -> bool:
    """Whether English words tell of an absence where nothing lies between the two."""
    spoken = mention.spoken
    if not _ABSENCE.match(spoken.sentence.text[mention.start : mention.end]):
        return False
    if spoken.scene.acting() >= PAIR:
        return False
    title = telling.title.sentence.text if telling.title else ""
    return not names_issue(f"{title}\n{spoken.sentence.text}", telling.words)


def _is_met_by_others(mention: Mention, telling: Telling) -> bool:
    """Whether the subject is somebody of a third country who meets one of the two."""
    pattern = _SUBJECT.get(telling.lang)
    scene, text = mention.spoken.scene, mention.spoken.sentence.text
    named = scene.people_countries()
    if pattern is None or len(named & PAIR) != 1 or scene.touched() >= PAIR:
        return False
    thirds = [(p.end, p.start) for p in scene.people if p.country not in PAIR]
    thirds += [(end, start) for start, end in scene.thirds]
    return any(
        start < mention.start and pattern.match(text[end : end + 20]) for end, start in thirds
    )


def _are_others_before(mention: Mention, telling: Telling) -> bool:
    """Whether "the two leaders" are one of the two and a third, who were named together."""
    spoken = mention.spoken
    if spoken.scene.acting() >= PAIR:
        return False
    is_named = {p.country for p in mention.people} >= PAIR and not mention.is_inherited
    if telling.lang != "en" and is_named:
        return False  # "16일에는 이시바 총리와 회담했다", of whom the article is about
    sentence = spoken.sentence
    before = [
        other
        for other in telling.spoken
        if other.sentence.segment == sentence.segment
        and other.sentence.role == "body"
        and other.sentence.index < sentence.index
    ]
    if any(_first_two(other, telling) >= PAIR for other in before):
        return False
    if telling.title and telling.title.scene.acting() >= PAIR:
        return False
    return any(_is_of_one_and_other(_first_two(other, telling)) for other in before[-_BACK:])


def _is_of_one_and_other(countries: frozenset[str]) -> bool:
    return len(countries) == 2 and len(countries & PAIR) == 1


def _first_two(spoken: Spoken, telling: Telling) -> frozenset[str]:
    """The countries of those whom a sentence names first, if two are set apart from the rest.

    Three in one breath are all taken.
    """
    scene, text = spoken.scene, spoken.sentence.text
    if any(
        bloc.countries == PAIR or (bloc.countries > PAIR and _AT_TABLE.match(text, bloc.end))
        for bloc in scene.blocs
    ):
        return PAIR
    named = [(p.start, p.end, p.country) for p in scene.people if not p.is_former]
    known = {p.start for p in scene.people}
    named += [(a, b, "other") for a, b in scene.thirds if a not in known]
    found: list[str] = []
    end = 0
    for start, stop, country in sorted(named):
        if country in found:
            end = stop
            continue
        if len(found) == 2 and _BESIDE[telling.lang].search(text[end:start]):
            break
        found.append(country)
        end = stop
    return frozenset(found)
