"""Which sentences of an article go on about one of its events."""

from __future__ import annotations

import re
from enum import Enum

from news.pipeline.actors import PAIR
from news.pipeline.goes_on import (
    TALKS,
    THIS_TIME,
    chain_of_past,
    goes_on,
    is_elsewhere,
    is_followed,
    is_of_both,
    is_of_earlier_time,
    is_of_old_days,
    is_of_three,
)
from news.pipeline.looking_back import is_held_too, is_turn, is_until_then
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling

_REACH = 6  # sentences that go on about an event that is not the main one, or no meeting
LEAD = 2
_SILENCE = 20  # sentences of other things after which a story does not come back


def account(group: Group, telling: Telling, groups: tuple[Group, ...]) -> list[Spoken]:
    """The sentences of an event, and those that go on about it.

    What follows a sentence is about the event told of last. A new paragraph,
    or "the two leaders", comes back to the main one.
    """
    own, rest = own_sentences(group), rival_mentions(group, groups)
    is_main = group is center(groups)
    is_long = is_main and (group.kind not in ("agreement", "dispute") or _is_of_two(group))
    is_mixed, past, chosen = _is_mixed(group, groups), chain_of_past(telling), list[Spoken]()
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
            is_gone, away, left = False, -1, _REACH
            is_about = is_main or not _is_only_before(spoken, group)
            chosen.append(spoken)
            continue
        if chosen and sentence.index - chosen[-1].sentence.index > _SILENCE:
            break
        left -= 1
        is_both = is_main and _comes_back(spoken, group, telling, away)
        said = _told_in(spoken, group, telling)
        table = _table(spoken, group, telling) if is_mixed else _Table.UNSAID
        is_of_rest = any(m in rest and not is_followed(m) for m in said)
        turns = _turns(spoken, said, group, telling, is_both)
        if table is _Table.OTHER or is_of_rest or turns:
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
        if is_near and goes_on(spoken, group, telling):
            chosen.append(spoken)
    return chosen


def _is_only_before(spoken: Spoken, group: Group) -> bool:
    """Whether a sentence tells of talks only as those after which others followed."""
    told = [m for m in group.mentions if m.spoken is spoken]
    return bool(told) and all(is_followed(m) for m in told)


def _turns(
    spoken: Spoken, said: list[Mention], group: Group, telling: Telling, is_both: bool
) -> bool:
    """Whether a sentence turns to another event, to what others did, or to an older time."""
    is_another = any(is_elsewhere(m, group, telling) for m in said)
    is_another = (is_another or _is_of_others(spoken, telling)) and not is_both
    return is_another or is_of_earlier_time(spoken, said, group, telling)


def _told_in(spoken: Spoken, group: Group, telling: Telling) -> list[Mention]:
    told = (m for m in telling.mentions if m.spoken is spoken)
    return [m for m in told if not is_raised(m, group, telling)]


# "両外相は": no others than the foreign ministers, whoever was told of in between.
_OF_RANK = re.compile(r"両(首脳|外相|防衛相|国防相|財務相|大臣)は")

# "두 정상은": those of the other rank, where talks of ministers are told beside theirs.
_OF_RANK_KO = re.compile(r"(?:두|양|세)\s?(정상|장관|외교장관|차관|국장)(?:은|이)\s")


def _comes_back(spoken: Spoken, group: Group, telling: Telling, away: int) -> bool:
    """Whether a sentence turns to the main event again; `away` is the paragraph that left it."""
    if telling.lang == "ja" and (m := _OF_RANK.match(spoken.sentence.text)):
        level = "leader" if m.group(1) == "首脳" else "minister"
        return group.kind in TALKS and group.level == level
    return (
        # Within a paragraph "they" are those told of last.
        (away != spoken.sentence.paragraph and is_of_both(spoken, telling))
        or bool(THIS_TIME.search(spoken.sentence.text))
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
    if telling.lang == "ko" and (m := _OF_RANK_KO.match(spoken.sentence.text)):
        level = "leader" if m.group(1) == "정상" else "minister"
        if group.level != level:
            return _Table.OTHER
    words, is_three = telling.words.accounts, is_of_three(group)
    before = [m.end for m in telling.mentions if m.spoken is spoken and is_followed(m)]
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


def _is_of_two(group: Group) -> bool:
    """Whether people of both sides act: a declaration after talks, not a ruling."""
    return {p.country for m in group.mentions for p in m.people} >= PAIR


def _names_both(spoken: Spoken, group: Group) -> bool:
    """Whether a sentence names those who talk with each other, and nobody else."""
    there = {p.slug for m in group.mentions for p in m.people}
    named = {p.slug: p.country for p in spoken.scene.people}
    return group.kind in TALKS and named.keys() <= there and set(named.values()) == PAIR


# "徴用工判決への懸念を伝え": what is said at talks of a quarrel is a matter of the talks.
_RAISED = re.compile(
    r"[」』]?(?:の)?(?:問題|判決|決定|措置|案件)?(?:など)?"
    r"(?:(?:への|に対する|に関する|についての)[^。、]{0,10}(?:懸念|遺憾|抗議|憂慮|不満|考え|立場|見解)"
    r"|(?:を(?:めぐ|巡)|について|に関し)[^。]{0,40}(?:伝え|述べ|求め|抗議|協議|話し合|説明)"
    r"|を(?:取り上げ|提起|非難|批判)|に(?:触れ|言及|抗議))"
)


# "23일 판결이 가장 무거운 주제였다", "판결을 놓고 맞섰다".
_RAISED_KO = re.compile(
    r"(?:[이가은는]|[를을]\s?둘러싼\s[가-힣]+[이가은는])\s(?:[가-힣]+\s){0,3}"
    r"(?:주제|의제|화제|쟁점|화두|현안|도마)(?:였|이었|로|에)"
    r"|[를을]\s(?:놓고|두고|둘러싸고)\s[^.]{0,30}"
    r"(?:맞섰|맞붙|의견을|입장을|설전|공방|논의|이견|평행선|엇갈)"
)
_CALLED_IN = re.compile(r"大使|公使|呼び|呼ん|招致|論評|記者|会見")


def is_raised(mention: Mention, group: Group, telling: Telling) -> bool:
    """Whether words for a quarrel, in Japanese without a day, only say what came up at talks."""
    if telling.lang == "ko" and mention.kind == "dispute" and group.kind in TALKS:
        is_behind = mention.spoken.sentence.index - 1 in own_sentences(group)
        return is_behind and bool(_RAISED_KO.match(mention.spoken.sentence.text, mention.end))
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


def _is_of_others(spoken: Spoken, telling: Telling) -> bool:
    """Whether a sentence turns to what else happened, and names nobody."""
    return is_turn(spoken.sentence.text, telling.lang) and not spoken.scene.people


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
        m.spoken.sentence.index for m in telling.mentions if is_elsewhere(m, group, telling)
    } | rest
    return [
        (
            spoken,
            spoken.sentence.index not in away
            and not accounts["others"].search(spoken.sentence.text)
            and not accounts["unsaid"].search(spoken.sentence.text)
            and not is_until_then(spoken.sentence.text, telling.lang)
            and not (telling.lang == "ko" and is_of_old_days(spoken)),
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
        m.spoken.sentence.index for m in group.mentions if not m.is_attribute and not is_followed(m)
    }
    return plain or {m.spoken.sentence.index for m in group.mentions}
