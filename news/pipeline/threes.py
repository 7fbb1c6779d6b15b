"""Whether a third country sits at the table of Korea and Japan."""

from __future__ import annotations

import re

from news.pipeline.actors import KNOWN, PAIR, Scene
from news.pipeline.joined_by_third import brings_him, comes_to_two
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.listed_en import sees_both
from news.pipeline.listed_ja import listed_before_pair
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken

TALKS = ("meeting", "summit", "call", "trilateral", "contact")


# "Met before the three-way summit": that one is another.
_BESIDE = re.compile(r"\b(?:before|after|ahead|prior|following|beside|besides|margins|sidelines)\b")


# "The three leaders whose countries … held": also at some distance.
_THREE_OF_THEM = re.compile(
    r"\b(?<!of the )three (?:\w+ )?"
    r"(?:leaders|presidents|ministers|neighbou?rs|premiers|governments)\b[^.;:]{0,110}$",
    re.IGNORECASE,
)


# "The half-day meeting, the first the three have held by itself".
_FIRST_OF_THREE = re.compile(
    r",? (?:the|their) (?:first|second|third|only|latest|\w+th) (?:that |which )?(?:all )?(?:the )?"
    r"three (?:\w+ )?(?:have|had|ever|held|were|to)\b"
)


def takes_three(spoken: Spoken, words: Lexicon, trigger: Trigger, start: int, end: int) -> bool:
    """Whether the words at a trigger say that three take part."""
    text = spoken.sentence.text
    near = text[max(0, start - 36) : end + 16]
    if words.lang == "en" and not _BESIDE.search(behind := text[end : end + 40]):
        near += re.split("[,;:.]", behind)[0][16:]
    is_talk = words.lang == "en" and trigger.kind in TALKS
    if is_talk and (_FIRST_OF_THREE.match(text, end) or sees_both(text, start, end)):
        return not words.cues["each"].search(text)
    if words.lang == "en" and trigger.kind in TALKS and _THREE_OF_THEM.search(text[:start]):
        return not words.cues["alone"].search(text)
    return (
        trigger.kind == "trilateral"
        or bool(words.blocs["three"].search(near))
        or (
            words.lang == "ja" and trigger.kind in TALKS and bool(listed_before_pair(spoken, start))
        )
        or lists_three(spoken.sentence.text, spoken.scene, words, start, end)
    )


# "The summit itself was short": that of the three.
_ITSELF = re.compile(
    r"\W*(?:The|Their) (?:[\w-]+ )?(?:meeting|summit|talks|session|gathering|encounter)"
    r"(?: itself| themselves)?,? (?:was|were|took|lasted|ran|went|began|opened|ended|came|ha[sd]"
    r"|did)\b"
)


def goes_on_of_three(spoken: Spoken, words: Lexicon, trigger: Trigger) -> bool:
    """Whether talks that name nobody go on those of three told of before: "회의는 30일까지"."""
    text = spoken.sentence.text
    if words.lang == "en" and not _ITSELF.match(text):
        return _they_are_three(spoken, words, trigger)
    return (
        trigger.kind in ("meeting", "summit")
        and bool(spoken.company - PAIR)
        and not spoken.scene.people
        and spoken.scene.acting() <= spoken.company
        and not spoken.scene.acting() & PAIR
        and not words.cues["both"].search(text)
        and not words.cues["alone"].search(text)
    )


def third_at_table(spoken: Spoken, words: Lexicon, trigger: Trigger) -> frozenset[str]:
    """The third country of an English "three-way meeting" whose sentence names all three, one of
    them as who acts or as where it is: "brought Li Keqiang and Moon Jae-in to Tokyo"."""
    scene = spoken.scene
    others = scene.acting() - PAIR
    is_named = words.lang == "en" and trigger.kind == "trilateral" and not scene.thirds
    is_all = is_named and bool(scene.acting() & PAIR) and scene.touched() >= PAIR
    return others if is_all and len(others) == 1 and others <= KNOWN else frozenset()


_THEY_EN = re.compile(r"\W*(?:They|(?:The|All) three(?: [a-z]+)?)\b")
_TWO_EN = re.compile(r"\b(?:the two|both|each other's)\b(?! (?:years|days|hours|weeks|months))")


def _they_are_three(spoken: Spoken, words: Lexicon, trigger: Trigger) -> bool:
    """Whether English "they" who "also agreed" are the three whom the article named last."""
    text = spoken.sentence.text
    return (
        trigger.kind == "contact"
        and len(spoken.company) == len(PAIR) + 1
        and not spoken.scene.people
        and not spoken.scene.thirds
        and bool(_THEY_EN.match(text))
        and not _TWO_EN.search(text)
        and not words.cues["alone"].search(text)
    )


def thirds_of(
    people: tuple[NameMention, ...], text: str, trigger: Trigger, words: Lexicon
) -> frozenset[str]:
    """The third country of those who, in English, agree or tell something together by name."""
    named = frozenset(p.country for p in people)
    is_apt = words.lang == "en" and trigger.kind == "contact" and named >= PAIR
    if not is_apt or words.cues["alone"].search(text) or words.cues["each"].search(text):
        return frozenset()
    return named & {"US", "CN"}


# "Where the two will also hold talks with their Chinese counterpart".
_THE_TWO = re.compile(
    r"\b(?:they|both|the (?:two|pair))(?: ministers| diplomats)? (?:[\w-]+ ){0,4}$", re.IGNORECASE
)


# "ポンペオ長官を交えて会談した".
_JOINED_JA = re.compile(r"(?:を|も)(?:交え|加え)て?、?[^、。とは]{0,12}$")
# "日米韓外相会談の終了後、別室で言葉を交わした": the three are those of the talks before.
_OTHER_TALKS = re.compile(
    r"[^、。]{0,10}(?:会談|会合|会議|協議|サミット)(?:の?(?:終了|閉幕)?の?直?[後前]|を終え|に先立)"
    r"|\s?(?:정상|외교장관|국방장관)?\s?(?:회의|회담|회동)에서\s(?:[가-힣]+\s)?(?:만난|마주한|본|회담한)\s"
    r"(?:뒤|후|이후|지)"
)


def is_with_third(text: str, start: int) -> bool:
    """Whether a third joins those who, in Japanese, do what follows."""
    return bool(_JOINED_JA.search(text, 0, start))


# "3국 장관은 앞서 북핵 대응을 협의했다": those of the talks of three that were told of.
_THE_THREE = re.compile(
    r"\W*(?:이어\s|앞서\s|이날\s)?(?:세|3국|삼국)\s?(?:나라\s?)?(?:외교|국방|재무|통상|산업)?\s?"
    r"(?:장관|차관|국장|수장)(?:들)?[은이]\s"
)


def has_third(
    spoken: Spoken,
    scene: Scene,
    span: tuple[int, int],
    kind: str,
    people: tuple[NameMention, ...],
) -> bool:
    """Whether leaders of three meet, "the three ministers" of the talks told of before, or the two
    whom in English a third "joined"."""
    if kind == "trilateral_summit":
        return True
    if kind != "ministerial":
        return False
    if spoken.company - PAIR and _THE_THREE.match(spoken.sentence.text):
        return True
    if not any(p.country in {"US", "CN"} for p in people):
        return False
    start, end = span
    is_joined = "joined" in spoken.sentence.text[start:end]
    is_joined |= is_with_third(spoken.sentence.text, start)
    if _THE_TWO.search(spoken.sentence.text, 0, start):
        is_joined |= any(p.country not in PAIR and p.start >= end for p in scene.people)
    return is_joined or comes_to_two(spoken, scene, start)


_TOPIC = {"ko": re.compile(r"\s?[가-힣]{0,6}[은는]\s"), "ja": re.compile(r"[^、。と]{0,6}は")}


def has_topic(spoken: Spoken, words: Lexicon) -> bool:
    """Whether a Korean or Japanese sentence says itself who of the two it is about."""
    topic = _TOPIC.get(words.lang)
    text = spoken.sentence.text
    return topic is not None and any(
        p.country in PAIR and topic.match(text[p.end : p.end + 12]) for p in spoken.scene.people
    )


_AND_THOSE = re.compile(
    r",? (?:and|with|joined by) (?:the |his |her )?(?:[\w-]+ ){0,3}"
    r"(?:diplomats|ministers|leaders|counterparts|colleagues|chiefs|premiers|presidents)"
    r" (?:of|from) "
)


def _heads_list(before: str, scene: Scene) -> bool:
    """Whether an English sentence opens with a third and those of the two: "Rubio and the …"."""
    return any(
        p.country in ("US", "CN") and _AND_THOSE.fullmatch(before, p.end, b.start)
        for p in scene.people[:1]
        for b in scene.blocs
        if b.countries == PAIR and p.end < b.start
    )


# "Vice Minister A, US Deputy Secretary B and Japan's C are to meet": B may be on no record.
_OF_THIRD = re.compile(
    r"(?:^\W*|, |,? and )(?:the )?(?:US|U\.S\.|American|Chinese|China's)"
    r"(?: (?:of|for|the|[A-Z][\w.'-]*)){2,9}"
)
_TO_NEXT = re.compile(r"(?:,|,? and)(?: (?:of|for|the|his|her|[A-Z][\w.'-]*)){0,9} ?")
_THEN_ACT = re.compile(r",? ?(?:(?!(?:told|saw|said|met)\b)[a-z]+ ){0,4}")


def _lists_third_by_office(text: str, scene: Scene, start: int) -> bool:
    """Whether an English list before a trigger is of those of the two, by name, and of a third."""
    m = _OF_THIRD.search(text, 0, start)
    before = [p for p in scene.people if p.end <= start]
    if m is None or len(before) != 2 or {p.country for p in before} != PAIR:
        return False
    spans = sorted([m.span(), *((p.start, p.end) for p in before)])
    gaps = [text[a:b] for (_, a), (b, _) in zip(spans, spans[1:], strict=False)]
    are_listed = all(not gap or _TO_NEXT.fullmatch(gap) for gap in gaps)
    return are_listed and bool(_THEN_ACT.fullmatch(text, spans[-1][1], start))


# "A meeting of" "the leaders of South Korea, China and Japan".
_LEADERS_OF = re.compile(
    r"\s?the (?:leaders|presidents|premiers|(?:foreign|defen[cs]e|finance) (?:ministers|chiefs))"
    r" of (?:the )?"
)


# "한미일 공조가 중요하다는 데 뜻을 같이했다", "日米韓の連携でも一致した": what they speak of.
_THEIR_MATTER = {
    "ko": re.compile(
        r"\s?(?:간|사이의?)?\s?(?:[가-힣]{1,4}\s)?(?:공조|협력|연대|연계|체제|체계|관계|결속)"
        r"|[이가]\s(?:[가-힣]+\s){0,2}(?:힘을\s(?:합|모)|손을\s(?:맞|잡)|손잡|협력하|공조하|연대하|뭉치)[가-힣]{0,2}"
        r"\s?(?:것|일|데|방안|구도)"
    ),
    "ja": re.compile(
        r"(?:(?:3|三)(?:か|カ|ヶ)?国)?(?:間|同士)?(?:の|による|での|で)?(?:緊密な|一層の|さらなる)?"
        r"(?:[一-龥]{1,6}(?:面|分野)?(?:の|での|上の)?)??(?:連携|協力|結束|協調|枠組み|体制|関係|連帯)"
        r"|(?:が|で)[^。、はが]{0,8}(?:連携|協力|結束|協調)(?:し|する)[^。、]{0,10}(?:こと|必要|方針|重要)"
    ),
}


def is_common_matter(end: int, text: str, words: Lexicon) -> bool:
    """Whether behind a word for several countries stands what they have in common."""
    matter = _THEIR_MATTER.get(words.lang)
    return matter is not None and bool(matter.match(text, end))


def lists_three(text: str, scene: Scene, words: Lexicon, start: int, end: int) -> bool:
    """Whether a meeting is of Korea, Japan and a third, named in one breath before or after it."""
    if words.lang == "en" and (
        _heads_list(text[:start], scene) or _lists_third_by_office(text, scene, start)
    ):
        return True
    reach = 64 if words.lang == "en" else 18
    named = [(c.start, frozenset({c.country})) for c in scene.countries if not c.is_place]
    blocs = [b for b in scene.blocs if not is_common_matter(b.end, text, words)]
    if words.lang != "en":
        blocs = [b for b in blocs if not _OTHER_TALKS.match(text, b.end)]
    named += [(b.start, b.countries) for b in blocs]
    listed = [p for p in scene.people if not p.is_former and words.lang != "en"]
    who = [p.start for p in scene.people]
    topic = _TOPIC.get(words.lang)
    starts = {p.start for p in listed if topic and topic.match(text[p.end : p.end + 12])}
    named += [(p.start, frozenset({p.country})) for p in listed]
    for first, _ in named:
        if first in starts:
            continue  # "A will see B and C": A is on no list
        is_after = words.lang == "en" and (
            end <= first <= end + 8 or bool(_LEADERS_OF.fullmatch(text[end:first]))
        )
        # "A, B and C will … again once their leaders had met": nobody else is named between.
        is_last = words.lang == "en" and not any(
            first + reach < at < start for at in (*(at for at, _ in named), *who)
        )
        far = reach * (4 if is_last else 2)
        if not (start - far <= first < start or is_after):
            continue
        within = {
            c
            for at, countries in named
            # "AとBの会談は、米国との連携に…": behind the talks stands what they were about
            if 0 <= at - first <= reach and (words.lang == "en" or at < start)
            for c in countries
        }
        if within >= PAIR and within & {"US", "CN"}:
            return True
    return False


# "Biden receives both guests": those told of before.
_BOTH = re.compile(
    r"\s?(?:both|the two) (?:guests|leaders|men|visitors|allies|premiers|ministers|of them)\b",
    re.IGNORECASE,
)


def hosts(
    scene: Scene, trigger: Trigger, start: int, end: int, spoken: Spoken | None = None
) -> frozenset[str]:
    """The third country whose leader "hosted the leaders of Japan and South Korea"."""
    hosts = frozenset(p.country for p in scene.people if p.end <= start)
    is_before_both = any(b.countries == PAIR and b.start >= end for b in scene.blocs)
    if spoken is not None and not is_before_both:
        is_of_two = {p.country for p in spoken.pair} >= PAIR or spoken.company >= PAIR
        is_before_both = is_of_two and bool(_BOTH.match(spoken.sentence.text, end))
    is_host = trigger.kind in TALKS and hosts <= {"US", "CN"} and is_before_both
    return hosts if is_host else frozenset()


# Who signs after talks of three that named them.
_THREE_SIGN = re.compile(
    r"(?:세 (?:사람|장관|정상|나라)|3국|셋)(?:은|이|도|가)\s"
    r"|(?:3|三)(?:氏|者|閣僚|首脳|防衛相|外相|カ国|か国)(?:は|が|も)"
)


# "Takaichi, Lee and Li ended the pause when they met in Tokyo".
_THEY_DO = re.compile(
    r"\W*(?:(?:when|as|where|once|after|before|and|while) )?(?:they|the three|all three)\b"
    r"|\W*(?:after|before|while|when|upon) (?:meeting|talking|conferring|speaking|sitting down"
    r"|gathering|holding|having)\b",
    re.IGNORECASE,
)


def _listed_before(spoken: Spoken, scene: Scene, start: int) -> frozenset[str]:
    """The third country where an English sentence names three before a clause of "they"."""
    named = frozenset(p.country for p in spoken.scene.people if p.start < start)
    is_three = named > PAIR and len(named) == len(PAIR) + 1 and named <= KNOWN
    return named - PAIR if is_three and not scene.people else frozenset()


# "朴次官、ルビオ長官、岩屋外相が出席し": one of a list, and none whom a matter is called after.
_ON_LIST = re.compile(
    r"[^、。との]{0,10}?(?:、|と(?!の)|や|·|らと?|が(?:出席|参加|そろ|集|一堂)|も)"
)


def _listed_in_clause_before(
    spoken: Spoken, scene: Scene, words: Lexicon, start: int
) -> frozenset[str]:
    """The third country where a Japanese clause names three, and the next one nobody.

    "朴次官、ルビオ長官、岩屋外相が出席し、40分話し合った": the same three talked.
    """
    clause = next((c for c in spoken.clauses if c[0] <= start < c[1]), None)
    before = next((c for c in spoken.clauses if clause and c[1] == clause[0]), None)
    if words.lang != "ja" or before is None or scene.acting() or scene.thirds:
        return frozenset()
    text, those = spoken.sentence.text, spoken.scene.within(*before)
    if any(words.cues[key].search(text) for key in ("each", "alone", "both")):
        return frozenset()
    third = {
        p.country
        for p in those.people
        if p.country not in PAIR and _ON_LIST.match(text, p.end, before[1])
    }
    is_three = those.people_countries() >= PAIR and len(third) == 1 and third <= KNOWN
    return frozenset(third) if is_three else frozenset()


def joins_the_two(
    spoken: Spoken,
    scene: Scene,
    words: Lexicon,
    trigger: Trigger,
    start: int,
    clause_text: str,
) -> frozenset[str]:
    """The third country whose leader or minister "the two" sit down with."""
    is_kind = trigger.kind in (*TALKS, "agreement")
    if trigger.kind in TALKS and words.lang == "en" and brings_him(spoken):
        return frozenset({spoken.scene.people[0].country})
    are_they = trigger.kind in TALKS and words.lang == "en" and _THEY_DO.match(clause_text)
    if are_they and (third := _listed_before(spoken, scene, start)):
        return third
    if trigger.kind in TALKS and (third := _listed_in_clause_before(spoken, scene, words, start)):
        return third
    those = {p.country for p in spoken.pair}
    if words.lang == "en" and not those >= PAIR:
        those = {p.country for p in spoken.scene.people if p.end <= start}
    if not is_kind or not those >= PAIR:
        return frozenset()
    if words.cues["each"].search(clause_text):
        return frozenset()
    if comes_to_two(spoken, scene, start):
        return frozenset(p.country for p in scene.people if p.start < start)
    if trigger.kind == "agreement" and _THREE_SIGN.search(clause_text):
        joined = (spoken.scene.people_countries() | spoken.company) - PAIR
        return joined if joined and joined <= KNOWN else frozenset()
    # "The two signed with Austin a memorandum": his name stands within the trigger.
    named = frozenset(p.country for p in scene.people if p.start > start)
    if not named or named & PAIR or named - KNOWN:
        return frozenset()
    return named if words.cues["together"].search(spoken.sentence.text[:start]) else frozenset()
