"""What the topics of an event say of each other: one may stand for another, or rule it out."""

from __future__ import annotations

import re
from dataclasses import replace

from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Evidence

Rows = dict[str, Evidence]

# A site on a list of heritage where people were made to work is a matter of the past.
_HERITAGE = re.compile(
    r"\bheritage|\bUNESCO|세계\s?(?:문화)?유산|유네스코|世界(?:文化)?遺産|ユネスコ", re.IGNORECASE
)
# Words of regret say for what only by what stands with them.
_REGRET = re.compile(r"\bapolog|\bremorse|사죄|사과|반성|謝罪|お?詫び|おわび|反省", re.IGNORECASE)
# Who goes to a panel of trade does something of law; who threatens to does not.
_COMPLAINT = re.compile(
    r"\bWTO|World Trade|complain|세계무역기구|제소|世界貿易機関|提訴", re.IGNORECASE
)


def settle_topics(
    rows: Rows,
    group: Group,
    telling: Telling,
    groups: tuple[Group, ...],
    told: list[Spoken],
) -> None:
    """Take away, change and add topics of an event by what stands beside them.

    `told` are the sentences that go on about it.
    """
    if {"culture", "history"} <= set(rows) and _HERITAGE.search(rows["culture"].quote):
        del rows["culture"]
    is_curb = "export_controls" in rows
    _settle_curb(rows, group, telling)
    _settle_money(rows, group)
    if group.kind not in POLICIES:
        _settle_regret(rows, group, telling, groups, told)
        return
    if "forced_labor" in rows and "history" not in rows and not is_curb:
        rows["history"] = replace(rows["forced_labor"], value="history", rule="past wrong")
    if group.kind == "agreement" and "comfort_women" in rows and "history" not in rows:
        rows["history"] = replace(rows["comfort_women"], value="history", rule="past wrong")


def _settle_curb(rows: Rows, group: Group, telling: Telling) -> None:
    """A curb on exports is a dispute of trade; talk of it is of nothing else of trade."""
    if "export_controls" not in rows:
        return
    rows.pop("technology", None)  # what is made of the goods
    if group.kind not in POLICIES:
        curbs = telling.words.topics["export_controls"]
        if "trade" in rows and curbs.search(rows["trade"].quote):
            del rows["trade"]
        return
    if "trade" not in rows:
        rows["trade"] = replace(rows["export_controls"], value="trade", rule="curb")
    if not _COMPLAINT.search(telling.article.title):
        rows.pop("legal", None)  # the ruling that it is said to answer
    if group.kind == "dispute":
        del rows["export_controls"]


def _settle_money(rows: Rows, group: Group) -> None:
    """What is of money is of trade too; of talks of those who answer for it, nothing else."""
    if "finance" not in rows:
        return
    if "trade" not in rows:
        rows["trade"] = replace(rows["finance"], value="trade", rule="money")
    if group.kind == "ministerial":
        del rows["finance"]


def _settle_regret(
    rows: Rows, group: Group, telling: Telling, groups: tuple[Group, ...], told: list[Spoken]
) -> None:
    """An apology is for what was settled that day, not for the past as a whole."""
    if "history" not in rows or not _REGRET.search(rows["history"].quote):
        return
    past, women = telling.words.topics["history"], telling.words.topics["comfort_women"]
    said = [m.group() for s in told for m in past.finditer(s.sentence.text)]
    if any(not _REGRET.search(word) for word in said):
        return
    if "comfort_women" in rows:
        del rows["history"]
        return
    is_settled = any(g.kind == "agreement" and g.days.overlaps(group.days) for g in groups)
    if is_settled and women.search(f"{telling.article.title}\n{telling.working.text}"):
        rows["comfort_women"] = replace(rows.pop("history"), value="comfort_women", rule="regret")
