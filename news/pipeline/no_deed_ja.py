"""Japanese sentences that name an act only as the cause of what had long been, or a rite of all;
talks among those of one side, or of bodies that are no offices; a quarrel that talks are about."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.dating import MEETINGS
from news.pipeline.spoken import Spoken
from news.pipeline.timing import Timed

# "22日に式典を強行したことで、両国関係は冷え込んでいた": the act is no news, nor is the state.
_CHILL = re.compile(
    r"[^。]{0,40}?(?:関係|空気|雰囲気|対話|往来|交流|ムード)(?:は|が|も)[^。]{0,20}?"
    r"(?:冷え込|冷え切|冷却|悪化|緊張|ぎくしゃく|こじれ|険悪|最悪|途絶え|滞|凍り|きしみ|行き詰ま)"
    r"[^。、]{0,10}?(?:いた|いました|だった|なか(?!っ)|中(?=、|で)|矢先)"
)
# "首脳ら15人が慰霊碑に並び": those whom a summit brings there, and no two of them.
_ALL = re.compile(
    r"(?:各国|招待国|参加国|加盟国|主要国|[GＧ]\s?(?:7|20))(?:の)?首脳|首脳(?:夫妻)?(?:ら|たち)?\d+人|首脳らが"
)
_OF_KOREANS = re.compile(r"韓国人|朝鮮人|朝鮮半島出身|同胞|日韓|韓日|両首脳|両氏")


# "首相は大統領との会談に向け、外相らと官邸で協議した": with whom, right before what is done.
_DOES = re.compile(r"[一-龥]{0,8}(?:は|が)")
_WITH = re.compile(r"[一-龥]{0,8}ら?と(?:も)?[^、。とはが]{0,14}")
_AHEAD = re.compile(
    r"(?:会談|会合)(?:に向け|を前に|を控え|に備え)[^。]*?(?=協議|話し合|打ち合わせ|面会|相談|確認)"
)
_AND = re.compile(r"[一-龥]{0,8}(?:、|と|や|·)")


def is_among_themselves(spoken: Spoken, at: int) -> bool:
    """Whether somebody talks with one of the own side, whoever else a Japanese sentence names."""
    text = spoken.sentence.text
    if ahead := _AHEAD.match(text, at):
        at = ahead.end()
    people = [p for p in spoken.scene.people if p.end <= at]
    if len(people) < 2 or not _WITH.fullmatch(text, people[-1].end, at):
        return False
    partner, beside = people[-1], people[-2]
    if beside.country != partner.country and _AND.fullmatch(text, beside.end, partner.start):
        return False
    who = next((p for p in reversed(people[:-1]) if _DOES.match(text, p.end)), None)
    is_own = who is not None and who.slug != partner.slug and who.country == partner.country
    return is_own and partner.country in PAIR


# "9月13日に開かれた追悼式には、…折り合えず、韓国側は出席しなかった": that was then.
_STAYED_AWAY = re.compile(
    r"欠席|不参加|ボイコット|出席|参加|参列|加わら|不在|空席|代表を|人を|顔を|姿を"
)
_TO_RITE = re.compile(
    r"(?:に|の)?[^。、]{0,24}?(?:式|式典|行事|慰霊祭|法要|集い|催し)[」』]?(?:に|へ|を|で)"
)


def _is_of_old_rite(spoken: Spoken, span: tuple[int, int]) -> bool:
    """Whether somebody kept away from a rite of an older day, told by that day in Japanese."""
    text = spoken.sentence.text
    if not _STAYED_AWAY.search(text, *span):
        return False
    return any(
        t.owner == "background" and _TO_RITE.match(text, t.phrase.end, span[0] + 1)
        for t in spoken.dates
    )


# "当選すれば首相と会談する考えを27日の討論会で示した": the day is that of the debate.
_IF_ELECTED = re.compile(
    r"(?:当選|就任|再選|勝利|政権交代|政権を(?:取|獲得))(?:が実現)?し?"
    r"(?:すれば|れば|たら|た場合|た(?:暁|あかつき))[^。]{0,40}$"
)


# "輸出管理を厳しくした措置をめぐり、両国の局長級が協議した": what they talk over.
_TALKED_OVER = re.compile(
    r"[^。、「」]{0,16}(?:をめぐ(?:り|って|る)|を巡(?:り|って|る)|について|に関(?:し|する))"
    r"[^。「」]{0,40}?(?:会談|協議(?!を(?:要請|求め|申し))|対話|会合|話し合|意見を交わ)"
)


# "国会は9日、小委員会を開いた", "日韓の大学は共同委員会を": no talks of officials.
_BODY = re.compile(r"(?:共同|合同|混合|小|実務|協力)委員会|トップ|責任者|担当者|専門家")
_NO_OFFICES = re.compile(
    r"(?:国会|議会|与党|野党|大学|学会|協会|連盟|団体|財団|企業|会社|各社|大手|メーカー|財閥|商社"
    r"|商工会議所|財界|経済界|市|町|村)(?:同士)?(?:の[^、。はが]{0,8})?(?:は|が|による|と)"
)


def find_no_deed_ja(spoken: Spoken, span: tuple[int, int], kind: str, timed: Timed | None) -> str:
    """The reason that a Japanese sentence tells of no act of the two now, or ""."""
    text = spoken.sentence.text
    if kind == "dispute" and timed is None and _is_of_old_rite(spoken, span):
        return "background"
    if kind in (*MEETINGS, "visit") and _IF_ELECTED.search(text, 0, span[0]):
        return "hypothetical"
    if kind == "dispute" and (_CHILL.match(text, span[1]) or _TALKED_OVER.match(text, span[1])):
        return "background"
    is_body = kind == "ministerial" and _BODY.match(text, *span)
    if is_body and _NO_OFFICES.search(text, 0, span[0]):
        return "one_sided"
    if kind == "anniversary" and _ALL.search(text, 0, span[0]) and not _OF_KOREANS.search(text):
        return "one_sided"
    return ""
