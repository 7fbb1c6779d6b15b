"""Which sentences of an article go on about one of its events."""

from __future__ import annotations

import re
from enum import Enum

from news.pipeline.actors import PAIR
from news.pipeline.dates import Days
from news.pipeline.looking_back import is_held_too, is_in_speech, is_turn, is_until_then
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling

_THIS_TIME = re.compile(
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
    r"(?:について|に関して|をめぐって|に対して)[もは]?、?$"
    r"|(?:에 (?:대해|관해)(?:서)?|놓고|두고)도?\s$"
)
_AFTER = re.compile(
    r"に(?:続き|続いて|引き続き)、?|에\s이어\s"
    r"|の?(?:終了|閉幕|開始)?の?直?[後前](?:に|、)|を終え(?:て|た後)?、|に先立(?:ち|って)、?"
)
_AHEAD = re.compile(r"[을를]?\s?(?:앞두고|앞둔)|を(?:前に|控え)|に先立ち")
_REACH = 6  # sentences that go on about an event that is not the main one, or no meeting
LEAD = 2
_SILENCE = 20  # sentences of other things after which a story does not come back
_SHORT = 7  # sentences of a story that has room for little but its event
# Those who meet speak of many things; a journey may be for a ceremony.
TALKS = tuple(kind for kind in MEETINGS if kind != "visit")
# A day may belong to what they speak of: an accord called by it, what somebody else did then.
_OF_NOUN = re.compile(
    r"\s?(?:の|에 (?:나온|맺은) |의 )?(?:日韓|政府間|한일|위안부)?\s?"
    r"(?:合意|宣言|協定|합의|선언|협정)"
    r"|の[^。、はが]{0,14}?(?:結果|内容|成果|概要|やり取り)(?:など)?(?:を|に)[^。、]{0,6}(?:説明|報告|伝え|触れ)"
    r"|,? (?:accord|deal|agreement|declaration|settlement|pact)\b"
    r"|\s(?:오전\s|오후\s)?[가-힣]{1,10}[이가]\s[^,.]{1,16}(?<![은는인])(?<=[린긴킨낸난된한운친온])\s"
    r"|に?、?[^、。は]{1,12}[がの][^、。]{1,24}た(?=[一-龥ァ-ヴ「])"
)
# "In December 2018, Tokyo accused …": how it came to what they talk about.
_OPENS_BACK = re.compile(r"\W*(?:In|On|Back in|As early as|During) (?:early |late |mid-)?")
# "A and B, who spoke by phone last week, are to …": who they are.
_DESCRIBES = re.compile(r", (?:who|whose) [^,;.]{0,80}$")
_PAST_DAYS = ("DAY", "RANGE", "WEEK")  # a month or a year may date what the talks were about


def account(group: Group, telling: Telling, groups: tuple[Group, ...]) -> list[Spoken]:
    """The sentences of an event, and those that go on about it.

    What follows a sentence is about the event told of last. A new paragraph,
    or "the two leaders", comes back to the main one.
    """
    own, rest = own_sentences(group), rival_mentions(group, groups)
    is_main = group is center(groups)
    is_long = is_main and (group.kind not in ("agreement", "dispute") or _is_of_two(group))
    is_mixed, past = _is_mixed(group, groups), _chain_of_past(telling)
    chosen: list[Spoken] = []
    is_about, is_gone, away, left, paragraph = False, False, -1, 0, -1
    for spoken in _body(group, telling):
        sentence = spoken.sentence
        # A statement is gone into before the call in which it was then explained.
        is_led = group is groups[0] and sentence.index < min(own_sentences(center(groups)))
        if not is_main and sentence.paragraph != paragraph and not is_led:
            is_about = False
        paragraph = sentence.paragraph
        if is_held_too(sentence.text) and not spoken.scene.people:
            chosen += [spoken] if sentence.index in own else []
            continue
        if sentence.index in own:
            is_about, is_gone, away, left = True, False, -1, _REACH
            chosen.append(spoken)
            continue
        if chosen and sentence.index - chosen[-1].sentence.index > _SILENCE:
            break
        left -= 1
        is_both = is_main and _comes_back(spoken, group, telling, away)
        said = _told_in(spoken, group, telling)
        table = _table(spoken, group, telling) if is_mixed else _Table.UNSAID
        is_of_rest = any(m in rest and not _is_followed(m) for m in said)
        is_elsewhere = not is_both and (
            any(_is_elsewhere(m, group, telling) for m in said) or _is_of_others(spoken, telling)
        )
        is_elsewhere = is_elsewhere or _is_of_earlier_time(spoken, said, group, telling)
        if table is _Table.OTHER or is_of_rest or is_elsewhere:
            is_gone = is_gone or table is _Table.OTHER or (is_mixed and is_of_rest)
            is_about, away = False, sentence.paragraph
            continue
        if table is _Table.OURS:
            is_about, is_gone, away, left = True, False, -1, _REACH
        if is_main and sentence.rank < LEAD and not chosen and spoken.scene.acting() >= PAIR:
            is_about, left = True, _REACH
            chosen.append(spoken)
            continue
        is_back = is_both or away not in (-1, sentence.paragraph)
        is_about = is_about or (is_main and is_back and not is_gone)
        is_near = is_about and (is_long or left >= 0) and sentence.index not in past
        if is_near and _goes_on(spoken, group, telling):
            chosen.append(spoken)
    return chosen


def _told_in(spoken: Spoken, group: Group, telling: Telling) -> list[Mention]:
    told = (m for m in telling.mentions if m.spoken is spoken)
    return [m for m in told if not is_raised(m, group, telling)]


def _chain_of_past(telling: Telling) -> set[int]:
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


# "両外相は": no others than the foreign ministers, whoever was told of in between.
_OF_RANK = re.compile(r"両(首脳|外相|防衛相|国防相|財務相|大臣)は")


def _comes_back(spoken: Spoken, group: Group, telling: Telling, away: int) -> bool:
    """Whether a sentence turns to the main event again; `away` is the paragraph that left it."""
    if telling.lang == "ja" and (m := _OF_RANK.match(spoken.sentence.text)):
        level = "leader" if m.group(1) == "首脳" else "minister"
        return group.kind in TALKS and group.level == level
    return (
        # Within a paragraph "they" are those told of last.
        (away != spoken.sentence.paragraph and _is_of_both(spoken, telling))
        or bool(_THIS_TIME.search(spoken.sentence.text))
        or _names_both(spoken, group)
    )


def rival_mentions(group: Group, groups: tuple[Group, ...]) -> list[Mention]:
    """What is told of the other events of the article.

    What one side asks of the other at talks may be told as a step of its own: it stays a matter
    of the talks, as is the rite that two leaders hold on the day they meet.
    """
    is_talks = group is center(groups) and group.kind in TALKS
    joined = (*POLICIES, "anniversary") if group.kind == "summit" else POLICIES
    others = [
        g
        for g in groups
        if g is not group and not (is_talks and g.kind in joined and g.days.overlaps(group.days))
    ]
    return [m for g in others for m in g.mentions if m not in group.mentions]


def _body(group: Group, telling: Telling) -> list[Spoken]:
    """The sentences of the story that an event is told in."""
    segment = group.mentions[0].spoken.sentence.segment
    return [
        spoken
        for spoken in telling.spoken
        if spoken.sentence.role == "body" and spoken.sentence.segment == segment
    ]


class _Table(Enum):
    """Who goes on in a sentence, where an article tells of talks of two and of three."""

    OURS = "ours"
    OTHER = "other"
    UNSAID = "unsaid"


def _table(spoken: Spoken, group: Group, telling: Telling) -> _Table:
    """Whether a sentence names the two or the three of an event, or those of the other."""
    words, is_three = telling.words.accounts, is_of_three(group)
    before = [m.end for m in telling.mentions if m.spoken is spoken and _is_followed(m)]
    text = spoken.sentence.text[max(before, default=0) :]
    at_two, at_three = words["two"].search(text), words["three"].search(text)
    if bool(at_two) is bool(at_three):
        return _Table.UNSAID
    return _Table.OURS if bool(at_three) is is_three else _Table.OTHER


def _is_mixed(group: Group, groups: tuple[Group, ...]) -> bool:
    """Whether an article tells of talks of two and of three, and the event is one of them."""
    is_three = is_of_three(group)
    return group.kind in MEETINGS and any(
        is_of_three(g) is not is_three for g in groups if g.kind in MEETINGS
    )


def is_of_three(group: Group) -> bool:
    """Whether most tellings of an event have a third country at the table."""
    plain = [m for m in group.mentions if not m.is_attribute] or group.mentions
    threes = [m for m in plain if m.is_three or m.countries - PAIR]
    return group.kind == "trilateral_summit" or 2 * len(threes) > len(plain)


def _is_of_two(group: Group) -> bool:
    """Whether people of both sides act: a declaration after talks, not a ruling."""
    return {p.country for m in group.mentions for p in m.people} >= PAIR


def _is_of_both(spoken: Spoken, telling: Telling) -> bool:
    return bool(telling.words.cues["both"].search(spoken.sentence.text))


def _names_both(spoken: Spoken, group: Group) -> bool:
    """Whether a sentence names those who talk with each other, and nobody else."""
    there = {p.slug for m in group.mentions for p in m.people}
    named = {p.slug: p.country for p in spoken.scene.people}
    return group.kind in TALKS and named.keys() <= there and set(named.values()) == PAIR


def is_said_by_both(spoken: Spoken, telling: Telling) -> bool:
    """Whether both are the subject of a sentence: "両首脳は", but not "両政府の間で"."""
    particle = _PARTICLES.get(telling.lang)
    text = spoken.sentence.text
    found = telling.words.cues["both"].finditer(text)
    return any(particle is None or particle.match(text, m.end()) for m in found)


# "徴用工判決への懸念を伝え": what is said at talks of a quarrel is a matter of the talks.
_RAISED = re.compile(
    r"[」』]?(?:の)?(?:問題|判決|決定|措置|案件)?(?:など)?"
    r"(?:(?:への|に対する|に関する|についての)[^。、]{0,10}(?:懸念|遺憾|抗議|憂慮|不満|考え|立場|見解)"
    r"|(?:を(?:めぐ|巡)|について|に関し)[^。]{0,40}(?:伝え|述べ|求め|抗議|協議|話し合|説明)"
    r"|を(?:取り上げ|提起|非難|批判)|に(?:触れ|言及|抗議))"
)


_CALLED_IN = re.compile(r"大使|公使|呼び|呼ん|招致|論評|記者|会見")


def is_raised(mention: Mention, group: Group, telling: Telling) -> bool:
    """Whether Japanese words for a quarrel without a day only say what came up at talks."""
    is_open = telling.lang == "ja" and mention.kind == "dispute" and mention.timed is None
    if not is_open or group.kind not in TALKS:
        return False
    spoken = mention.spoken
    if _RAISED.match(spoken.sentence.text, mention.end):
        return True
    # "茂木氏は慰安婦判決を「遺憾だ」とし": right behind the call that he had.
    there = {p.slug for m in group.mentions for p in m.people}
    named = {p.slug for p in spoken.scene.people}
    is_behind = spoken.sentence.index - 1 in own_sentences(group)
    return (
        is_behind and bool(named) and named <= there and not _CALLED_IN.search(spoken.sentence.text)
    )


def _is_followed(mention: Mention) -> bool:
    """Whether "following the talks of three": what comes behind is about those that followed."""
    return bool(_AFTER.match(mention.spoken.sentence.text, mention.end))


def _is_elsewhere(mention: Mention, group: Group, telling: Telling) -> bool:
    """Whether a mention tells of another event than the group."""
    if mention in group.mentions or _is_followed(mention):
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


def _is_of_earlier_time(
    spoken: Spoken, said: list[Mention], group: Group, telling: Telling
) -> bool:
    """Whether a Korean sentence turns to what was long before talks: to earlier ones, or to a
    quarrel of other days."""
    if telling.lang != "ko":
        return False
    if any(_is_of_earlier_talks(m) for m in said):
        return True
    is_quarrel = group.kind in TALKS and any(m.kind in POLICIES for m in said)
    return is_quarrel and _is_of_old_days(spoken) and not _goes_on(spoken, group, telling)


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


def _is_of_others(spoken: Spoken, telling: Telling) -> bool:
    """Whether a sentence turns to what else happened, and names nobody."""
    return is_turn(spoken.sentence.text, telling.lang) and not spoken.scene.people


# "The North fired hours before; the leaders agreed to …".
_BOTH_DO = re.compile(
    r"[;,] (?:and |but )?(?:the (?:two |three )?(?:leaders|ministers|sides|pair|two)|both|they) "
    r"(?:also |then )?(?:agreed|condemned|decided|confirmed|vowed|pledged|discussed|called)\b"
)


def _is_unsaid(text: str, telling: Telling) -> bool:
    """Whether a sentence says what was left out, and not what both then said after all."""
    found = telling.words.accounts["unsaid"].search(text)
    return found is not None and not _BOTH_DO.search(text, found.end())


def _goes_on(spoken: Spoken, group: Group, telling: Telling) -> bool:
    """Whether a sentence says what was or will be talked about."""
    text, accounts = spoken.sentence.text, telling.words.accounts
    is_there = group.kind in TALKS and bool(_SIDE.search(text) or _THIS_TIME.search(text))
    if _is_unsaid(text, telling) or (accounts["others"].search(text) and not is_there):
        return False
    if is_until_then(text, telling.lang) or (group.kind in TALKS and is_in_speech(text)):
        return False
    if telling.lang == "ko" and _is_of_somebody_else(spoken, group):
        return False
    named = spoken.scene.people_countries()
    if named - PAIR and len(named & PAIR) == 1 and not is_of_three(group):
        return False  # "Park and Wang will go over …": the talks of one side with another
    if named - PAIR and not named & PAIR and group.kind in TALKS and not is_there:
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
    is_both = not is_act and _is_of_both(spoken, telling)
    if looks_back and not (is_said or is_there or is_both):
        return False
    back = _BACK.get(telling.lang)
    if back and group.kind in TALKS and len(telling.spoken) <= _SHORT and not back.search(text):
        return True
    return bool(is_said) or bool(accounts["content"].search(text))


def _is_of_now(days: Days, telling: Telling) -> bool:
    """Whether days hold that of publication: "this year" is nothing looked back on."""
    return telling.anchor is not None and days.first <= telling.anchor <= days.last


def _is_of_old_days(spoken: Spoken) -> bool:
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


def story_of(
    group: Group, telling: Telling, groups: tuple[Group, ...]
) -> list[tuple[Spoken, bool]]:
    """The sentences that may speak of an event's matters, in their order.

    With each, whether it tells of nothing else, nor says what outsiders think or what was left out.
    """
    rest = {
        m.spoken.sentence.index
        for other in groups
        if other is not group
        for m in other.mentions
        if not m.is_attribute
    } - own_sentences(group)
    accounts = telling.words.accounts
    away = {
        m.spoken.sentence.index for m in telling.mentions if _is_elsewhere(m, group, telling)
    } | rest
    return [
        (
            spoken,
            spoken.sentence.index not in away
            and not accounts["others"].search(spoken.sentence.text)
            and not accounts["unsaid"].search(spoken.sentence.text)
            and not is_until_then(spoken.sentence.text, telling.lang)
            and not (telling.lang == "ko" and _is_of_old_days(spoken)),
        )
        for spoken in _body(group, telling)
    ]


def center(groups: tuple[Group, ...]) -> Group:
    """The event that the account goes on about: talks rather than what was signed at them."""
    main = groups[0]
    if main.kind not in (*POLICIES, "anniversary"):
        return main
    talks = (g for g in groups if g.kind not in POLICIES and g.days.overlaps(main.days))
    return next((g for g in talks if g.kind in MEETINGS and _is_of_two(g)), main)


def own_sentences(group: Group) -> set[int]:
    """The sentences that tell of the event itself, not in passing if there are such."""
    plain = {
        m.spoken.sentence.index
        for m in group.mentions
        if not m.is_attribute and not _is_followed(m)
    }
    return plain or {m.spoken.sentence.index for m in group.mentions}
