"""Which mentions may make events: no captions, no crowds, nobody else's meetings."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.colleagues import are_of_both, has_colleague, names_both_ministers
from news.pipeline.envoys import is_guest
from news.pipeline.joined_by_third import comes_to_two
from news.pipeline.listed_en import is_table_of_two
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.outsiders import is_of_outsiders
from news.pipeline.sentences import quoted_spans
from news.pipeline.sides import POLICIES, names_issue
from news.pipeline.signings import is_signed_by_pair, says_what_is_signed
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling


def is_titled(mention: Mention) -> bool:
    """Whether a headline tells of what may be the article's event: "Phone call" names no side."""
    return not mention.reason or (mention.reason == "one_sided" and mention.countries <= PAIR)


def is_usable(mention: Mention, telling: Telling) -> bool:
    """Whether nothing speaks against a mention, and it is of Korea and Japan."""
    role = mention.spoken.sentence.role
    if mention.reason or role == "caption":
        return False
    if role == "heading" and mention.spoken.sentence.index > 0:
        return False
    if is_of_outsiders(mention, telling) or _is_report_denied(mention, telling):
        return False
    if _is_mere_greeting(mention, telling):
        return False
    if mention.kind == "statement" and mention.is_inherited and not _is_spoken_to_issue(mention):
        return False
    if mention.kind == "statement" and telling.lang == "en" and not _is_to_other(mention, telling):
        return False
    if mention.kind == "visit" and not mention.people and not _has_visitor(mention, telling):
        return False
    if mention.kind == "anniversary" and not mention.people and not _remembers(mention, telling):
        return False
    if mention.kind == "summit" and mention.is_inherited and not _names_leaders(mention, telling):
        return False
    if mention.kind == "agreement" and not says_what_is_signed(mention, telling):
        return False
    is_loose = mention.weight < 3 or mention.kind == "call"
    if mention.is_inherited and is_loose and not _speaks_of_pair(mention, telling):
        return False
    return mention.countries >= PAIR


_REPORT = re.compile(r"\b(?:newspaper|paper|daily|broadcaster|report|story|article|wrote)\b", re.I)


def _is_report_denied(mention: Mention, telling: Telling) -> bool:
    """Whether an English sentence tells what a report claimed that the opening denies."""
    spoken = mention.spoken
    if telling.lang != "en" or mention.kind not in MEETINGS or spoken.sentence.rank == 0:
        return False
    if not _REPORT.search(spoken.sentence.text[: mention.start]):
        return False
    opening = [m for m in telling.mentions if m.spoken.sentence.rank == 0 and m.kind in MEETINGS]
    return bool(opening) and all(m.reason in ("denied", "hypothetical") for m in opening)


_GREETING = re.compile(
    r"이야기|대화|인사|악수|환담|조우|立ち話|言葉|あいさつ|挨拶|握手|出迎え"
    r"|\b(?:greet\w*|pleasantries|handshake|hands|nod)\b",
    re.IGNORECASE,
)
_NOT_HELD = re.compile(
    r"회담[은이도][^.]{0,14}(?:마련되지|열리지|성사되지|잡히지|예정돼 있지|없)"
    r"|会談(?:は|も)[^。]{0,10}(?:設けられ|開かれ|行われ|実現し|予定されて(?:い|お)?)(?:な|ず|ら)"
    r"|会談(?:は|も)(?:なかった|なく|見送)"
    r"|\bnothing more\b|\b(?:no|without|not|n't)(?: (?:hold\w*|have|having|any|an?|proper|formal"
    r"|separate|bilateral|official|one-on-one)){0,3} (?:talks|meeting|summit|conversation)\b",
    re.IGNORECASE,
)
_NEAR_DENIAL = 3  # sentences


def _is_mere_greeting(mention: Mention, telling: Telling) -> bool:
    """Whether leaders only greeted each other, and talks of theirs are told not to be held."""
    said = mention.spoken.sentence.text[mention.start : mention.end]
    if mention.kind not in ("summit", "ministerial") or not _GREETING.search(said):
        return False
    at = mention.spoken.sentence
    return any(
        abs(s.sentence.rank - at.rank) <= _NEAR_DENIAL
        and s.sentence.segment == at.segment
        and _NOT_HELD.search(s.sentence.text)
        for s in telling.spoken
    )


def _names_leaders(mention: Mention, telling: Telling) -> bool:
    """Whether leaders of both sides, or "the two", are named where a summit goes on with others."""
    if telling.lang == "en" or mention.weight > 2:
        return True
    pages = (*telling.spoken, *([telling.title] if telling.title else []))
    leads = {p.country for s in pages for p in s.scene.people if p.level == "leader"}
    is_bloc = any(b.countries >= PAIR for s in pages for b in s.scene.blocs)
    return leads >= PAIR or is_bloc


def _is_about_jubilee(mention: Mention, telling: Telling) -> bool:
    """Whether an article is about what is remembered, or about what lies between the two."""
    title = telling.title.sentence.text if telling.title else ""
    return mention.spoken.has_issue or bool(telling.words.cues["jubilee"].search(title))


def _speaks_of_pair(mention: Mention, telling: Telling) -> bool:
    """Whether a sentence that names no sides still means the two: "they met"."""
    text = _unquoted(mention.spoken.sentence.text)
    cues = telling.words.cues
    if mention.kind == "anniversary" and _is_about_jubilee(mention, telling):
        return True
    if mention.kind == "agreement" and is_signed_by_pair(mention, telling):
        return True
    if mention.kind == "agreement" and mention.countries - PAIR and mention.tense == "past":
        return telling.lang != "en"  # those of three who talked sign
    if mention.kind in POLICIES:
        if mention.kind == "dispute" and mention.spoken.scene.acting() & PAIR:
            return True
        if mention.spoken.has_issue or names_issue(text, telling.words):
            return True
        return bool(cues["both"].search(text))
    if telling.lang == "en":
        # Names and nouns are said again: "officials spent Monday in meetings" is not of the two.
        if mention.kind == "call" and _opens_titled(mention, telling):
            return True
        if _goes_on(mention) or has_colleague(text, telling.words) or are_of_both(text):
            return True
        return _names_somebody(mention) or any(
            cues[key].search(text) for key in ("both", "company", "each")
        )
    if mention.people or len(mention.countries) > 2:
        return True
    return any(cues[key].search(text) for key in ("both", "leaders", "ministers", "each"))


# "The talks that followed": of those named just before.
_DEFINITE = re.compile(
    r"\W*The (?:[\w-]+ ){0,2}"
    r"(?:talks|meeting|conversation|session|summit|discussions?|encounter|call)\b"
)


def _goes_on(mention: Mention) -> bool:
    """Whether a sentence opens with the talks of two that the one before named."""
    spoken = mention.spoken
    is_of_two = spoken.company == PAIR and {p.country for p in spoken.pair} >= PAIR
    return is_of_two and bool(_DEFINITE.match(spoken.sentence.text))


def _opens_titled(mention: Mention, telling: Telling) -> bool:
    """Whether an article opens with it under a headline that names both sides."""
    scene = telling.title.scene if telling.title else None
    return mention.spoken.sentence.rank <= 1 and scene is not None and scene.acting() == PAIR


def _unquoted(text: str) -> str:
    """A sentence without what somebody is quoted with at length."""
    for start, end in reversed(quoted_spans(text)):
        text = text[:start] + text[end:]
    return text


def _names_somebody(mention: Mention) -> bool:
    """Whether one who takes part is named in the sentence itself."""
    return any(p in mention.spoken.scene.people for p in mention.people)


_TOAST = re.compile(r"\b(?:glass(?:es)?|cups?|drunk|drank|entry|appearance)\b", re.IGNORECASE)


def _remembers(mention: Mention, telling: Telling) -> bool:
    """Whether a gathering remembers something, or officials hold it: no festival, no match."""
    text = mention.spoken.sentence.text
    cues = telling.words.cues
    said = text[mention.start : mention.end]
    return (
        (not mention.is_inherited and not _TOAST.search(said))
        or _is_about_jubilee(mention, telling)
        or any(cues[key].search(text) for key in ("jubilee", "delegation"))
    )


def _is_to_other(mention: Mention, telling: Telling) -> bool:
    """Whether a speech in English has to do with the other side: by its matter, or named in the
    same clause."""
    spoken = mention.spoken
    if mention.weight > 1 or spoken.has_issue or names_issue(spoken.sentence.text, telling.words):
        return True
    clause = next((c for c in spoken.clauses if c[0] <= mention.start < c[1]), None)
    return clause is None or spoken.scene.within(*clause).touched() >= PAIR


def _is_spoken_to_issue(mention: Mention) -> bool:
    """Whether a sentence names who speaks, in an article on what lies between the two."""
    if mention.weight > 1 and mention.spoken.has_issue:
        return True
    return mention.spoken.has_issue and any(
        (p in mention.spoken.scene.people or p is mention.spoken.subject)
        and (p.level == "leader" or (p.level == "minister" and mention.date_source == "clause"))
        for p in mention.people
    )


_SPORT = re.compile(
    r"\b(?:baseball|football|soccer|basketball|golf|season|games?|match(?:es)?|fans|coach(?:es)?"
    r"|players?|concerts?|league|tournament|Olympic|champion\w*)\b",
    re.IGNORECASE,
)


def _has_visitor(mention: Mention, telling: Telling) -> bool:
    """Whether somebody on duty travels; crowds of tourists and teams that play are no event."""
    if telling.lang == "en" and _SPORT.search(mention.spoken.sentence.text):
        return False
    return bool(telling.words.cues["delegation"].search(mention.spoken.sentence.text))


_RITE = re.compile(
    r"Yasukuni|玉串|真榊|参拝|奉納|공물|참배|다마구시|마사카키|봉납|\b(?:shrine|offering)s?\b", re.I
)


def is_rite(mention: Mention) -> bool:
    """Whether a mention tells of a shrine honoured."""
    return bool(_RITE.search(mention.spoken.sentence.text, mention.start, mention.end))


def is_rite_beside(one: Mention, other: Mention) -> bool:
    """Whether one side's leader speaks on the day on which the other's honours a shrine."""
    rite, speech = (one, other) if one.kind == "dispute" else (other, one)
    if rite.kind != "dispute" or speech.kind != "statement":
        return False
    theirs = {p.country for p in speech.people}
    its = {p.country for p in rite.people}
    return bool(its and theirs) and not its & theirs and is_rite(rite)


def is_answer(one: Mention, other: Mention) -> bool:
    """Whether leaders of the two each speak on the day, or one speaks and the other honours a
    shrine."""
    return is_other_speech(one, other) or is_rite_beside(one, other)


def is_errand_beside(one: Mention, other: Mention) -> bool:
    """Whether experts or envoys travel on the days on which leaders meet somewhere else."""
    errand, talks = (one, other) if one.kind == "visit" else (other, one)
    said = errand.spoken.sentence.text[errand.start : errand.end]
    is_errand = errand.kind == "visit" and not errand.people and not errand.level
    is_errand = is_errand or (errand.kind == "visit" and is_guest(said))
    is_led = any(p.level == "leader" for p in talks.people)
    return is_errand and (talks.kind == "summit" or is_led) and bool(talks.people)


# "Saw his Japanese colleague": two, one of them without a name.
_COLLEAGUE = re.compile(
    r"[^.,;]{0,24}\b(?:his|her|their) (?:\w+ )?(?:South Korean|Korean|Japanese) (?:\w+ )?"
    r"(?:counterpart|colleague|opposite number|host|guest)\b"
)


# "岩屋氏は韓国側と個別に会談した".
_OTHER_SIDE = re.compile(
    r"(?:韓国|日本)(?:側|の外相|の首相|の大統領)とは?(?:[^、。]{0,12}、)?[^、。]{0,12}$"
)

# "일본 재무상과 양자 면담을 갖고", "따로 만나": a talk of two, whoever they are.
_OF_TWO = re.compile(
    r"(?<=양자\s)(?:면담|대화|협의|접촉|만남|회동)|양자\s?(?:회담|면담|협의|접촉|회동)"
    r"|(?<=(?:별도|따로)\s)(?:만나|만났|회담|면담|회동)|(?<=별도로\s)(?:만나|만났|회담|면담|회동)"
)

# "한일 장관이 따로 만나", "日韓の外相は昼食をともにした".
_TWO_MINISTERS = re.compile(
    r"\s?(?:양국\s)?(?:외교|국방|재무|통상)?\s?(?:장관|수장)(?:이|은|끼리|만)\s[^.,]{0,20}$"
    r"|(?:の|両国の)?(?:首脳|外相|防衛相|財務相|両外相)(?:は|が|だけ|同士)[^。、]{0,16}$"
)


# "이어 22일 오후에는 이와야 외무상과 회담해": whom he met of whom the sentence before was.
_WITH_HIM = re.compile(
    r"\s?[가-힣]{0,6}(?:상|장관|차관|국장)(?:과|와)(?:는|도)?\s(?:[가-힣0-9]+\s){0,3}"
)


def _is_with_one(mention: Mention) -> bool:
    """Whether a Korean sentence names one minister, and he of the sentence before met that one."""
    people = mention.spoken.scene.people
    is_one = len(people) == 1 and mention.spoken.subject in mention.people
    return is_one and bool(
        _WITH_HIM.fullmatch(mention.spoken.sentence.text, people[0].end, mention.start)
    )


# "The foreign ministers of South Korea and Japan parted on Tuesday without …".
_MINISTERS_OF = re.compile(r"\b(?:ministers|chiefs|diplomats) of (?:South )?$")


_APART_JA = re.compile(r"と[^。、と]{0,14}(?:個別に|別途|2国間で|二国間で)[^。、]{0,6}\Z")


def is_apart(mention: Mention) -> bool:
    """Whether Japanese says that two of the pair met by themselves: "韓国の産業相と個別に会談"."""
    before = mention.spoken.sentence.text[: mention.start]
    is_of_two = mention.countries == PAIR and not mention.is_inherited
    return is_of_two and bool(_APART_JA.search(before))


def is_of_pair(mention: Mention) -> bool:
    """Whether a mention itself says that ministers of the two meet, and no others."""
    named = {p.country for p in mention.people if p in mention.spoken.scene.people}
    text = mention.spoken.sentence.text
    if mention.level == "minister" and names_both_ministers(text):
        named |= {p.country for p in mention.people}
    if _is_with_one(mention):
        named |= {p.country for p in mention.people}
    is_colleague = bool(_COLLEAGUE.match(text, mention.start))
    named |= mention.countries if is_colleague else set()
    is_other_side = _OTHER_SIDE.search(text[: mention.start])
    is_of_two = is_other_side or (_OF_TWO.match(text, mention.start) and not mention.is_inherited)
    is_told = is_apart(mention) or is_table_of_two(text, mention.start, mention.end)
    if (is_of_two or is_told or mention.is_of_two) and mention.countries == PAIR:
        named |= PAIR
    blocs = (
        b
        for b in mention.spoken.scene.blocs
        if b.end == mention.start
        or (_MINISTERS_OF.search(text, 0, b.start) and text[b.end : mention.start] == " ")
        or _TWO_MINISTERS.match(text[b.end : mention.start])
    )
    named |= {country for bloc in blocs for country in bloc.countries}  # 日韓外相会談
    return (
        (is_colleague or is_told or not mention.is_inherited)
        and not mention.is_three
        and named == PAIR
    )


def brings_third(mention: Mention) -> bool:
    """Whether English tells who joined "them", or had them to one table: talks besides."""
    spoken, start = mention.spoken, mention.start
    is_joined = "joined by" in spoken.sentence.text[start : mention.end]
    return mention.is_three and (is_joined or comes_to_two(spoken, spoken.scene, start))


def is_named_pair(mention: Mention, telling: Telling) -> bool:
    """Whether an English sentence names people of both sides who meet, one perhaps as "he"."""
    spoken = mention.spoken
    here = (*spoken.scene.people, spoken.subject)
    named = {p.country for p in mention.people if p in here}
    return telling.lang == "en" and named >= PAIR and mention.level != ""


def is_titled_by_name(mention: Mention, telling: Telling) -> bool:
    """Whether the headline names those who met."""
    if telling.title is None:
        return False
    named = {p.slug for p in telling.title.scene.people if not p.is_former}
    people = {p.slug for p in mention.people}
    return telling.title.scene.people_countries() >= PAIR and len(named & people) > 1


def is_of_strangers(spoken: Spoken, mention: Mention) -> bool:
    """Whether a later sentence is of somebody else: "Hu had received Abe the day before"."""
    others = spoken.scene.people_countries() - PAIR - mention.countries
    is_after = spoken.sentence.index > mention.spoken.sentence.index
    return is_after and bool(spoken.scene.thirds or others)


_SPEECH = re.compile(
    r"\b(?:speech|address|message|remarks|ceremony|Liberation Day|March (?:1st|First))\b"
    r"|경축사|경축식|기념사|추도사|추도식|연설|광복절|演説|式辞|祝辞|追悼式|光復節",
    re.IGNORECASE,
)


def is_other_speech(one: Mention, other: Mention) -> bool:
    """Whether leaders of the two each give a speech of their own, as on August 15th."""
    if one.kind != "statement" or other.kind != "statement":
        return False
    if not all(_SPEECH.search(m.spoken.sentence.text) for m in (one, other)):
        return False
    first, second = ({p.country for p in m.people if p.level == "leader"} for m in (one, other))
    return bool(first and second) and not first & second
