"""Japanese sentences that name an act only as the cause of what had long been, or a rite of all."""

from __future__ import annotations

import re

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


def find_no_deed_ja(text: str, span: tuple[int, int], kind: str) -> str:
    """The reason that a Japanese sentence tells of no act of the two now, or ""."""
    if kind == "dispute" and _CHILL.match(text, span[1]):
        return "background"
    if kind == "anniversary" and _ALL.search(text, 0, span[0]) and not _OF_KOREANS.search(text):
        return "one_sided"
    return ""
