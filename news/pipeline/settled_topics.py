"""What the topics of an event say of each other: one may stand for another, or rule it out."""

from __future__ import annotations

import re
from dataclasses import replace

from news.pipeline.evidence import make_evidence
from news.pipeline.merge import Group
from news.pipeline.patterns import Pattern
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
# Talks at which a matter was laid to rest, told as talks.
_SETTLED = re.compile(r"\bagree|\bsettle|합의|타결|合意|妥結|決着", re.IGNORECASE)
# An envoy is called in over a ruling: the answer to it is no act of a court.
_ANSWER = re.compile(
    r"\bsummon|\bcall(?:ed|s|ing)? (?:in|to)\b|\bprotest|\bambassador|초치|불러|불러들|항의|대사를"
    r"|大使を|呼び|呼ん|招致|抗議",
    re.IGNORECASE,
)


# A yearly book speaks of all the world; what the other side protests at is one page of it.
_BOOK = re.compile(
    r"防衛白書|外交青書|방위백서|외교청서|\b(?:white ?paper|blue ?book)\b", re.IGNORECASE
)
_REST_OF_BOOK = ("security", "north_korea", "trilateral_us", "trade")
# What Moscow and Pyongyang do together is no matter of defence between the two.
_OF_NORTH = re.compile(
    r"(?:(?:러시아|북한)(?:[와과·,]\s?|의\s)(?:북한|러시아)(?:이|가|의|\s?간|\s?간의|\s?사이의?)?"
    r"|북[·-]?러|러[·-]?북|북한과의|러시아와의)\s?(?:[가-힣]+\s){0,3}"
    r"군사(?:적|분야)?\s?(?:협력|밀착|기술|교류|정보|거래|동맹)"
    r"|(?:평화|지역|세계|국제\s?사회)[가-힣]{0,2}\s(?:[가-힣]+\s){0,2}안보(?:[를을]|에\s?(?:대한\s)?)\s?"
    r"(?:[가-힣]+\s)?(?:위협|해[치칠친]|흔[드들])"
    r"|(?:ロシア(?:と北朝鮮|、北朝鮮)|北朝鮮(?:と|、)ロシア|[ロ露]朝|朝[ロ露])[^。]{0,40}?"
    r"(?:軍事(?:協力|的|面|同盟)|安全保障[^。]{0,8}(?:脅威|脅か))"
)


# A minister goes to a shrine: no matter of what his office is for.
_SHRINE = re.compile(r"靖国|야스쿠니|\bYasukuni\b")
# "この問題は外相会談でも取り上げられた": what the article is about.
_THIS_MATTER = re.compile(r"(?:この|同)(?:問題|件)(?=[はをがもに])|(?:この|同)(?:問題|件)について")
_QUARRELS = ("territory", "history", "comfort_women", "forced_labor", "trade")
_RAISED = re.compile(
    r"取り上げ|提起|話題|議題|協議|話し合|意見を交|議論|抗議|伝え|応酬|焦点|主題|争点|念頭|言及|触れた"
)


# "판결이 관계의 기반을 무너뜨렸다고 했다": the one that the article has told of.
_RULING = re.compile(
    r"판결|사법부의?\s(?:판단|결정)|判決|司法の?判断|\b(?:ruling|verdict|judge?ment)s?\b",
    re.IGNORECASE,
)
_OF_RULINGS = ("forced_labor", "comfort_women")


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
    _settle_heritage(rows, telling)
    _settle_book(rows, group, telling)
    _settle_threat(rows, telling, told)
    _settle_shrine(rows, group, telling)
    _settle_this(rows, group, telling, groups)
    _settle_ruling(rows, group, telling, told)
    _settle_that(rows, group, telling, told)
    is_curb = "export_controls" in rows
    _settle_curb(rows)
    _settle_money(rows)
    if group.kind not in POLICIES:
        _settle_regret(rows, group, telling, groups, told)
        return
    is_ground = is_curb or _is_answer(group)
    if "forced_labor" in rows and "history" not in rows and not is_ground:
        rows["history"] = replace(rows["forced_labor"], value="history", rule="past wrong")
    if group.kind == "agreement" and "comfort_women" in rows and "history" not in rows:
        rows["history"] = replace(rows["comfort_women"], value="history", rule="past wrong")


def _settle_heritage(rows: Rows, telling: Telling) -> None:
    """A site to be listed is of the past where the article says what happened there."""
    if "culture" not in rows or not _HERITAGE.search(rows["culture"].quote):
        return
    past = telling.words.topics["history"]
    if "history" in rows:
        del rows["culture"]
    elif past.search(telling.working.text):
        rows["history"] = replace(rows.pop("culture"), value="history", rule="heritage")


def _settle_book(rows: Rows, group: Group, telling: Telling) -> None:
    """A protest at a book's words on the islets is of nothing else that stands in it."""
    is_of_book = any(_BOOK.search(m.spoken.sentence.text) for m in group.mentions)
    if group.kind != "dispute" or "territory" not in rows or not is_of_book:
        return
    for slug in _REST_OF_BOOK:
        if slug in rows and not telling.words.topics[slug].search(telling.article.title):
            del rows[slug]


def _settle_threat(rows: Rows, telling: Telling, told: list[Spoken]) -> None:
    """What the North and Russia do is of the North, where nothing else is said of security."""
    if telling.lang == "en" or "security" not in rows or "north_korea" not in rows:
        return
    defence = telling.words.topics["security"]
    said = [(s.sentence.text, m.start()) for s in told for m in defence.finditer(s.sentence.text)]
    spans = {text: [m.span() for m in _OF_NORTH.finditer(text)] for text, _ in said}
    if said and all(any(a <= at < b for a, b in spans[text]) for text, at in said):
        del rows["security"]


def _settle_shrine(rows: Rows, group: Group, telling: Telling) -> None:
    """A shrine that a minister of defence honours makes no matter of security."""
    if group.kind != "dispute" or "security" not in rows or "history" not in rows:
        return
    is_rite = any(_SHRINE.search(m.spoken.sentence.text) for m in group.mentions)
    if is_rite and not telling.words.topics["security"].search(telling.article.title):
        del rows["security"]


def _settle_this(rows: Rows, group: Group, telling: Telling, groups: tuple[Group, ...]) -> None:
    """Talks at which "this matter" came up, below the quarrel of the headline, are of that too."""
    main = groups[0]
    if telling.lang != "ja" or main.kind not in POLICIES or group.kind in (*POLICIES, "visit"):
        return
    own = {m.spoken.sentence.index for m in group.mentions}
    near = own | {index - 1 for index in own}
    for spoken in telling.spoken:
        text = spoken.sentence.text
        m = _THIS_MATTER.search(text) if spoken.sentence.index in near else None
        if m is None or not _RAISED.search(text, m.end()):
            continue
        for slug in _QUARRELS:
            is_main = telling.words.topics[slug].search(telling.article.title)
            if is_main and slug not in rows:
                rows[slug] = make_evidence(telling, spoken, m.span(), "topics", slug, "this", 0.5)
        return


def _settle_ruling(rows: Rows, group: Group, telling: Telling, told: list[Spoken]) -> None:
    """Talks about "the ruling" are of the matter in which a court has ruled, if it is but one."""
    if group.kind in (*POLICIES, "anniversary") or any(slug in rows for slug in _OF_RULINGS):
        return
    said = next(((s, m) for s in told if (m := _RULING.search(s.sentence.text))), None)
    if said is None:
        return
    body = (s.sentence.text for s in telling.spoken if not s.sentence.segment)
    of_court = [text for text in (telling.article.title, *body) if _RULING.search(text)]
    topics = telling.words.topics
    ruled = [slug for slug in _OF_RULINGS if any(topics[slug].search(text) for text in of_court)]
    if len(ruled) == 1:
        (spoken, m), slug = said, ruled[0]
        rows[slug] = make_evidence(telling, spoken, m.span(), "topics", slug, "ruling", 0.5)


def _settle_that(rows: Rows, group: Group, telling: Telling, told: list[Spoken]) -> None:
    """Talks at which "this matter" comes up are of the one that the sentence before names.

    "少女像の移転を韓国は拒んできた。会談ではこの問題が焦点になる".
    """
    if telling.lang != "ja" or group.kind in (*POLICIES, "visit"):
        return
    body = {s.sentence.index: s for s in telling.spoken if s.sentence.role == "body"}
    for spoken in told:
        text, before = spoken.sentence.text, body.get(spoken.sentence.index - 1)
        m = _THIS_MATTER.search(text)
        if before is None or m is None or not _RAISED.search(text, m.end()):
            continue
        for slug in _QUARRELS:
            if slug not in rows and telling.words.topics[slug].search(before.sentence.text):
                rows[slug] = make_evidence(telling, spoken, m.span(), "topics", slug, "this", 0.5)


def _is_answer(group: Group) -> bool:
    """Whether what is told first of an event is how one side answers the other."""
    first = min(m.spoken.sentence.index for m in group.mentions)
    told = [m for m in group.mentions if m.spoken.sentence.index == first]
    return any(_ANSWER.search(m.spoken.sentence.text, m.start, m.end) for m in told)


def _settle_curb(rows: Rows) -> None:
    """A curb on exports is a matter of trade, not of what is made of the goods."""
    if "export_controls" not in rows:
        return
    curb = rows.pop("export_controls")
    rows.pop("technology", None)
    if "trade" not in rows:
        rows["trade"] = replace(curb, value="trade", rule="curb")


def _settle_money(rows: Rows) -> None:
    """What is of money, a swap or the exchange rate, is of trade."""
    if "finance" in rows:
        row = rows.pop("finance")
        if "trade" not in rows:
            rows["trade"] = replace(row, value="trade", rule="money")


def _settles(group: Group, matter: Pattern) -> bool:
    """Whether the sentences of talks say that a matter was settled there."""
    told = [m.spoken.sentence.text for m in group.mentions]
    return any(matter.search(text) and _SETTLED.search(text) for text in told)


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
    beside = [g for g in groups if g is not group and g.days.overlaps(group.days)]
    is_settled = any(g.kind == "agreement" or _settles(g, women) for g in beside)
    if is_settled and women.search(f"{telling.article.title}\n{telling.working.text}"):
        rows["comfort_women"] = replace(rows.pop("history"), value="comfort_women", rule="regret")
