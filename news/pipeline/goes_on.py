"""Whether a sentence goes on about an event, or turns to something else."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.dates import Days
from news.pipeline.looking_back import is_in_speech, is_until_then
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling

THIS_TIME = re.compile(
    r"今回の(?:首脳|外相|防衛相)?(?:会談|協議|訪問|会合)では|이번 (?:정상)?회담에서"
    r"|^(?:会談|協議|会合|電話)(?:の中)?では?、?|^(?:회담|통화|회의|면담)(?:에서|에서는|에선)\s"
    r"|^(?:At|In|During) (?:the|their) (?:talks|meeting|call|summit)\b"
    r"|^(?:[가-힣]+\s){0,3}(?:총리|대통령|장관|외무상|방위상)와의\s(?:회담|통화|만남|면담)에서"
    r"|^[^。、]{0,12}との(?:会談|協議|電話(?:会談)?)では?、?"
)
# One of those at the table, or both, as the subject: what they say or ask is said there.
_SIDE = re.compile(
    r"^(?:우리|한국|일본|양)\s?측은\s|^(?:日本|韓国|日韓|双方|両国|両)(?:側)?は"
    r"|^(?:They|Both|The (?:two|pair|leaders|ministers|two (?:leaders|ministers|sides)))\s"
    r"|^(?:The )?(?:South )?(?:Korean|Japanese) side\b"
)
# What looks back; of a short story of talks in English, whatever else follows goes on about them.
_BACK = {
    "en": re.compile(
        r"\b(?:last|previous(?:ly)?|earlier|ago|since|until (?:now|then)|formerly|had|then|now"
        r"|today)\b",
        re.IGNORECASE,
    )
}
_PARTICLES = {"ko": re.compile(r"(?:들)?(?:은|는|이|가|도)\s"), "ja": re.compile(r"は|が|も")}
# "Also spoke about the North and Russia": what the third country is to the two.
_ABOUT = re.compile(
    r"(?:について|に関して|をめぐって|に対して)[もは]?、?$|(?:協力|連携|対応|枠組み)[もを]、?$"
    r"|(?:에 (?:대해|관해)(?:서)?|놓고|두고)도?\s$"
)
_AFTER = re.compile(
    r"に(?:続き|続いて|引き続き)、?|에\s이어\s"
    r"|の?(?:終了|閉幕|開始)?の?直?[後前](?:に|、)|が(?:終わ|閉幕)[^。、]{1,6}(?:直?後に?、|と、)|を終え(?:て|た後)?、|に先立(?:ち|って)、?"
)
_AHEAD = re.compile(r"[을를]?\s?(?:앞두고|앞둔)|を(?:前に|控え)|に先立ち")
_SHORT = 7  # sentences of a story that has room for little but its event
# Those who meet speak of many things; a journey may be for a ceremony.
TALKS = tuple(kind for kind in MEETINGS if kind != "visit")
# A day may belong to what they speak of: an accord called by it, what somebody else did then.
_OF_NOUN = re.compile(
    r"\s?(?:の|에 (?:나온|맺은) |의 )?(?:日韓|政府間|한일|위안부)?\s?"
    r"(?:合意|宣言|協定|합의|선언|협정)"
    r"|の[^。、はが]{0,14}?(?:結果|内容|成果|概要|やり取り)(?:など)?(?:を|に)[^。、]{0,6}(?:説明|報告|伝え|触れ)"
    r"|,? (?:accord|deal|agreement|declaration|settlement|pact)\b"
    r"|\s(?:오전\s|오후\s)?[가-힣]{1,10}[이가]\s[^,.]{1,24}(?<![은는인])(?<=[린긴킨낸난된한운친온])\s"
    r"|\s(?:공식\s|처음\s)?(?:내놓은|발표한|밝힌|제시한|공개한|채택한|맺은|체결한|서명한|도출한)\s"
    r"|に?、?[^、。は]{1,12}[がの][^、。]{1,24}た(?=[一-龥ァ-ヴ「])"
)
# "In December 2018, Tokyo accused …": how it came to what they talk about.
_OPENS_BACK = re.compile(r"\W*(?:In|On|Back in|As early as|During) (?:early |late |mid-)?")
# "A and B, who spoke by phone last week, are to …": who they are.
_DESCRIBES = re.compile(r", (?:who|whose) [^,;.]{0,80}$")
_PAST_DAYS = ("DAY", "RANGE", "WEEK")  # a month or a year may date what the talks were about


def chain_of_past(telling: Telling) -> set[int]:
    """The sentences of Japanese paragraphs that tell of older days, one after the other.

    "16年の会合で…決めていた。ところが翌17年1月に…打ち切った": how it came to the talks.
    """
    chain: set[int] = set()
    before: Spoken | None = None
    for spoken in telling.spoken if telling.lang == "ja" else ():
        is_past = is_until_then(spoken.sentence.text, telling.lang) or (
            _is_of_past(spoken, telling) and not is_said_by_both(spoken, telling)
        )
        is_next = before is not None and before.sentence.paragraph == spoken.sentence.paragraph
        if is_past and is_next and before is not None:
            chain |= {before.sentence.index, spoken.sentence.index}
        before = spoken if is_past else None
    return chain


# "19年に日本が…": no length of time, where it opens a sentence.
_SHORT_YEAR = re.compile(r"(?:だが|しかし|さらに|また)?、?[0-2]\d年に(?!わた|及|一)")


def _is_of_past(spoken: Spoken, telling: Telling) -> bool:
    days = [(t, t.days) for t in spoken.dates if t.days is not None]
    return (bool(days) or _SHORT_YEAR.match(spoken.sentence.text) is not None) and all(
        t.owner == "background"
        and (telling.anchor is None or when.last < telling.anchor)
        and not _OF_NOUN.match(spoken.sentence.text, t.phrase.end)
        for t, when in days
    )


def is_of_three(group: Group) -> bool:
    """Whether most tellings of an event have a third country at the table."""
    plain = [m for m in group.mentions if not m.is_attribute] or group.mentions
    plain = [m for m in plain if not m.is_inherited] or plain
    threes = [m for m in plain if m.is_three or m.countries - PAIR]
    return group.kind == "trilateral_summit" or 2 * len(threes) > len(plain)


def is_of_both(spoken: Spoken, telling: Telling) -> bool:
    return bool(telling.words.cues["both"].search(spoken.sentence.text))


def is_said_by_both(spoken: Spoken, telling: Telling) -> bool:
    """Whether both are the subject of a sentence: "両首脳は", but not "両政府の間で"."""
    particle = _PARTICLES.get(telling.lang)
    text = spoken.sentence.text
    found = telling.words.cues["both"].finditer(text)
    return any(particle is None or particle.match(text, m.end()) for m in found)


def is_followed(mention: Mention) -> bool:
    """Whether "following the talks of three": what comes behind is about those that followed."""
    return bool(_AFTER.match(mention.spoken.sentence.text, mention.end))


def is_elsewhere(mention: Mention, group: Group, telling: Telling) -> bool:
    """Whether a mention tells of another event than the group."""
    if mention in group.mentions or is_followed(mention):
        return False
    days = mention.timed.days if mention.timed else None
    text = mention.spoken.sentence.text
    if mention.timed and group.kind in TALKS and _OF_NOUN.match(text, mention.timed.phrase.end):
        return False
    if mention.reason == "third_country":
        is_older = days is not None and days.last < group.days.first
        if is_older and telling.words.accounts["content"].search(text, mention.end):
            return False  # "right after the summit of the two Koreas": why they speak of it
        before = text[: mention.start]
        if _AHEAD.match(text, mention.end) or _ABOUT.search(before):
            return False  # why, or of what, they speak
        if telling.words.cues["prospect"].search(before):
            return False  # "asked for help to meet Kim" is a matter of these talks
        is_alike = mention.kind == group.kind == "trilateral_summit"
        return mention.kind in MEETINGS and mention.weight > 1 and not is_alike
    is_loose = days is not None and days.grain not in ("DAY", "RANGE")
    if mention.kind == group.kind and mention.weight == 1 and is_loose:
        return False  # "they decided to set up a dialogue next month": when that is to be
    is_journey = mention.kind == "visit" and mention.date_source not in ("clause", "sentence")
    # "17일 제사 때는 참배를 보류했다": what one side left undone on a day of its own.
    is_undone = telling.lang == "ko" and mention.kind in POLICIES
    return (
        (not mention.reason or (is_undone and mention.reason in ("denied", "hypothetical")))
        and not (is_journey and group.kind in MEETINGS)
        and days is not None
        and not days.overlaps(group.days)
    )


_AT_THOSE = re.compile(r"[가-힣]{0,3}(?:에서|에게|의|때|당시|에)[는도]?\s")


def is_of_earlier_time(spoken: Spoken, said: list[Mention], group: Group, telling: Telling) -> bool:
    """Whether a Korean sentence turns to what was long before talks: to earlier ones, or to a
    quarrel of other days."""
    if telling.lang != "ko":
        return False
    if any(_is_of_earlier_talks(m) for m in said):
        return True
    is_quarrel = group.kind in TALKS and any(m.kind in POLICIES for m in said)
    return is_quarrel and is_of_old_days(spoken) and not goes_on(spoken, group, telling)


def _is_of_earlier_talks(mention: Mention) -> bool:
    """Whether Korean tells of talks on an older day, and what was agreed to then.

    "지난해 5월 회담에서 합의한 …를 점검했다" is about these talks.
    """
    spoken, is_talk = mention.spoken, mention.kind in TALKS and mention.weight > 1
    if mention.reason != "background" or not is_talk:
        return False
    start = next((a for a, b in spoken.clauses if a <= mention.start < b), 0)
    # A month or a year alone may date what they talk about.
    is_bygone = bool(spoken.scene.people) and all(p.is_former for p in spoken.scene.people)
    is_older = any(
        t.owner == "background"
        and t.days is not None
        and (t.days.grain in _PAST_DAYS or is_bygone)
        and start <= t.phrase.start < mention.start
        and not _OF_NOUN.match(spoken.sentence.text, t.phrase.end)
        for t in spoken.dates
    )
    return is_older and not _AT_THOSE.match(spoken.sentence.text, mention.end)


# "The North fired hours before; the leaders agreed to …".
_BOTH_DO = re.compile(
    r"[;,] (?:and |but )?(?:the (?:two |three )?(?:leaders|ministers|sides|pair|two)|both|they) "
    r"(?:also |then )?(?:agreed|condemned|decided|confirmed|vowed|pledged|discussed|called)\b"
)


# "신문은 두 정상이 …하기로 했다고 전했다": whoever tells it, both did so.
_BOTH_AGREED = re.compile(
    r"(?:두|양)\s?(?:정상|장관|외교장관|차관|나라|사람|측)[이은는가]\s[^.]{0,60}"
    r"(?:기로\s(?:[가-힣]+\s)?(?:[했한]|합의|뜻을)|데\s(?:합의|의견을\s같|인식을\s같|뜻을)"
    r"|(?:논의|협의|확인)[했한]|의견을\s나)"
    r"|両(?:首脳|外相|大臣|次官|氏|政府)[がは][^。]{0,60}(?:一致し|合意し|確認し|協議し|話し合)"
)


def _is_unsaid(text: str, telling: Telling) -> bool:
    """Whether a sentence says what was left out, and not what both then said after all."""
    found = telling.words.accounts["unsaid"].search(text)
    return found is not None and not _BOTH_DO.search(text, found.end())


def goes_on(spoken: Spoken, group: Group, telling: Telling) -> bool:
    """Whether a sentence says what was or will be talked about."""
    text, accounts = spoken.sentence.text, telling.words.accounts
    is_talk = group.kind in TALKS
    is_there = is_talk and bool(_SIDE.search(text) or THIS_TIME.search(text))
    is_theirs = is_there or (is_talk and bool(_BOTH_AGREED.search(text)))
    if _is_unsaid(text, telling) or (accounts["others"].search(text) and not is_theirs):
        return False
    if is_until_then(text, telling.lang) or (group.kind in TALKS and is_in_speech(text)):
        return False
    if telling.lang == "ko" and _is_of_somebody_else(spoken, group):
        return False
    named = spoken.scene.people_countries()
    if named - PAIR and len(named & PAIR) == 1 and not is_of_three(group):
        return False  # "Park and Wang will go over …": the talks of one side with another
    is_stranger = bool(named - PAIR) and not named & PAIR and not is_of_three(group)
    if is_stranger and group.kind in TALKS and not is_there:
        return False  # "Earlier in July Trump announced …": the deed of somebody else
    if named > PAIR and not is_of_three(group):
        return False  # "On Sunday Park, Abe and Li had declared …": those at another table
    # What two leaders said to each other long ago is no part of a protest of now.
    is_act = telling.lang == "ko" and group.kind == "dispute"
    looks_back = any(
        t.owner == "background"
        and t.days
        and (
            t.days.grain in _PAST_DAYS
            or group.kind == "statement"
            or is_act
            or (group.kind in TALKS and _OPENS_BACK.fullmatch(text, 0, t.phrase.start))
        )
        and not (is_act and _is_of_now(t.days, telling))
        and not _OF_NOUN.match(text, t.phrase.end)
        and not _DESCRIBES.search(text, 0, t.phrase.start)
        for t in spoken.dates
    )
    is_said = telling.words.cues["leader_said"].search(text)
    is_both = not is_act and is_of_both(spoken, telling)
    if looks_back and not (is_said or is_there or is_both):
        return False
    back = _BACK.get(telling.lang)
    if back and group.kind in TALKS and len(telling.spoken) <= _SHORT and not back.search(text):
        return True
    return bool(is_said) or bool(accounts["content"].search(text))


def _is_of_now(days: Days, telling: Telling) -> bool:
    """Whether days hold that of publication: "this year" is nothing looked back on."""
    return telling.anchor is not None and days.first <= telling.anchor <= days.last


def is_of_old_days(spoken: Spoken) -> bool:
    """Whether all days that a sentence names are long past."""
    owners = {t.owner for t in spoken.dates if t.days and t.days.grain in _PAST_DAYS}
    return owners == {"background"}


# Who was not there tells of the talks, or of something else.
_OF_TALKS = re.compile(
    r"회담|통화|회의|회동|만찬|오찬|면담|협의|정상|양국|(?<![가-힣])두\s|양측|설명했|전했|브리핑"
)


def _is_of_somebody_else(spoken: Spoken, group: Group) -> bool:
    """Whether a Korean sentence names ministers who did not meet, and speaks of no talks."""
    there = {p.slug for m in group.mentions for p in m.people}
    named = [p for p in spoken.scene.people if not p.is_former]
    is_apart = bool(named) and all(p.slug not in there and p.level == "minister" for p in named)
    return (
        group.kind == "ministerial"
        and len(there) > 1
        and is_apart
        and not _OF_TALKS.search(spoken.sentence.text)
    )
