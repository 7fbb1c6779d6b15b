"""What an event was about: topics of the record, from the sentences that tell of it."""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR
from news.pipeline.evidence import make_evidence
from news.pipeline.goes_on import is_of_three, is_said_by_both
from news.pipeline.left_out import is_occasion, left_out, told_of_allies
from news.pipeline.mentions import Mention
from news.pipeline.merge import Group
from news.pipeline.patterns import Pattern
from news.pipeline.settled_topics import settle_topics
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.storyline import (
    LEAD,
    account,
    center,
    is_raised,
    own_sentences,
    rival_mentions,
    story_of,
)
from news.pipeline.telling import Telling
from news.pipeline.titled_topics import find_anywhere, is_of_headline, read_accord, read_headline
from news.pipeline.values import Evidence

# A topic of a country that takes part, whatever is said.
TRILATERAL = {"US": "trilateral_us", "CN": "trilateral_china"}
# What an editor adds: reports name a ruling or a rite as the ground of what they are about.
_EDITORS_OWN = ("legal", "protocol")
# Leaders who go on visiting each other are no travellers.
_SHUTTLE = re.compile(r"往来[^。、]{0,10}シャトル外交|\bexchange visits\b")
# Only what was done makes an event one of these; talk of it is talk of trade.
_CURB = "export_controls"
# Why they met may be the topic: the 60th year.
_OCCASION = "normalization"
# "60周年の年に訪韓が実現したことを歓迎": it says when they met.
_IN_THAT_YEAR = re.compile(
    r"[^。、]{0,10}(?:年|今年|節目)に[^。、]{0,16}(?:実現|行われ|開かれ|訪れ|訪韓|訪日|来日|来韓|訪問)"
)
# Who mourns the dead celebrates no treaty.
_MOURNING = re.compile(
    r"追悼|慰霊|悼[むみん]|추도|추모|위령|\bmemorials?\b(?! hall| park| day)|\bmourn",
    re.IGNORECASE,
)
# Whose talks are of security, whatever else is told of them.
_DEFENCE = re.compile(
    r"\bdefen[cs]e (?:minister|chief|secretar)|국방\s?(?:부\s?)?장관|방위(?:상|대신)"
    r"|防衛(?:相|大臣)|国防(?:相|長官|部長官)",
    re.IGNORECASE,
)
# Of a list of fields in which to work together, these say little of what was talked about.
_FILLERS = ("technology", "energy_environment", "culture", "finance")
# Fields of which a list may consist: "oil, gas and hydrogen".
_ONE_FIELD = ("energy_environment",)
_OTHERS = ("trade", "people_exchange", "security")  # what makes it a list of many things
_LIST_MARK = re.compile(
    r", |、|・|·|\band\b|や|および|など|및|와 |과 |\s등|を含[むめ]|をはじめ|といった"
)
# "하기로 했고, 수소와 …": a comma behind a verb lists nothing.
_CLAUSE_END = re.compile(r"[고며면데나서만],\s")
# ", and promises that royal books": another verb, no item of a list.
_NEXT_VERB = re.compile(
    r",? (?:and|but) (?=(?:he|she|they|it|both|will|would)\b"
    r"|(?:agree|announce|ask|call|express|offer|pledge|promise|propose|say|said|stress|undert|urge"
    r"|voice|vow)\w* )"
)
_LISTED = 2  # marks of a list around a word, within its reach
_REACH = 24  # characters
_LONG = 12  # sentences of a story in which a single late word counts little
_LATE = 0.7  # of the story
_SPEECH = 9  # sentences of a story that give what was spoken
_OFTEN = 2  # sentences; what a story comes back to more often is one of its matters
_BESIDE = 16  # characters around the words for a deed that say what it was


def find_topics(
    group: Group, telling: Telling, countries: tuple[str, ...], groups: tuple[Group, ...]
) -> tuple[tuple[str, ...], list[Evidence]]:
    """Topics in the order they are first told, with the words for each.

    `groups` are all events of the article, the main one first: what is told of
    one is no topic of another.
    """
    rows: dict[str, Evidence] = {}
    own = own_sentences(group)
    named = _named(telling)
    rivals = rival_mentions(group, groups)
    told, main = account(group, telling, groups), center(groups)
    is_main = group is main
    if group.kind == "anniversary" != main.kind and own <= own_sentences(main):
        # "위령비에 헌화한 뒤 회담했다": what follows is about the talks.
        told = [s for s in told if s.sentence.index in own]
    for spoken in told:
        _read(rows, named, spoken, group, telling, spoken.sentence.index in own, rivals)
    _weigh(rows, named, group, telling, story_of(group, telling, groups), own, is_main)
    if is_of_headline(group, main, telling, groups):
        open_to = [t for t in _topics(telling) if t[0] != _CURB or group.kind in POLICIES]
        read_headline(rows, open_to, telling, [m.spoken for m in rivals])
    _add_implied(rows, group, telling, countries, groups)
    settle_topics(rows, group, telling, groups, told)
    return (tuple(rows), list(rows.values()))


def _named(telling: Telling) -> dict[str, Pattern]:
    """The topics that a sentence has a word for, and the article as a whole."""
    return {slug: p for slug, p in _topics(telling) if _is_named(p, telling)}


def _topics(telling: Telling) -> list[tuple[str, Pattern]]:
    """Those that are drafted, with their words."""
    return [(slug, p) for slug, p in telling.words.topics.items() if slug not in _EDITORS_OWN]


def _is_named(pattern: Pattern, telling: Telling) -> bool:
    whole = telling.working.text
    for spoken in telling.spoken:
        if m := pattern.search(spoken.sentence.text):
            # What stands before a sentence may take its first words back. To search a whole
            # article takes long, so the same place is tried first.
            at = spoken.sentence.start + m.start()
            return bool(pattern.match(whole, at) or pattern.search(whole))
    return False


def _read(
    rows: dict[str, Evidence],
    named: dict[str, Pattern],
    spoken: Spoken,
    group: Group,
    telling: Telling,
    is_own: bool,
    rivals: list[Mention],
) -> None:
    """Add the topics that a sentence names for the first time.

    What stands nearer to `rivals`, the mentions of other events, is about those.
    """
    text = spoken.sentence.text
    # What the aim is that both pursue is a matter of theirs, once it is said that they met.
    is_aim = telling.lang != "en" and spoken.sentence.rank >= LEAD
    aims = () if is_aim else telling.words.accounts["purpose"].finditer(text)
    masked = [m.span() for m in aims]
    names = [(g.start, g.end) for g in spoken.gatherings]
    names += left_out(text, telling.lang) + [m.span() for m in _SHUTTLE.finditer(text)]
    names += told_of_allies(text) if telling.lang == "en" and group.kind in POLICIES else []
    # "After talks of three on the 6th": the name of another meeting, no topic of this one.
    names += [
        (m.start, m.end)
        for m in telling.mentions
        if m.spoken is spoken
        and m not in group.mentions
        and not m.reason
        and _is_another(m, group)
        and not is_raised(m, group, telling)
    ]
    others = [m for m in rivals if m.spoken is spoken]
    ours = [m for m in group.mentions if m.spoken is spoken]
    for slug, pattern in named.items():
        if slug in rows:
            continue
        closed = names if slug == _OCCASION else masked + names
        for m in pattern.finditer(text, spoken.sentence.dateline_end):
            if m.end() == m.start() or any(a <= m.start() < b for a, b in closed):
                continue
            if others and _is_nearer(others, ours, m.start(), telling.lang):
                continue
            if _is_only_named(slug, named, text, m.span()):
                continue
            if slug == _CURB and not (is_own and _is_deed(pattern, group, telling, spoken)):
                continue
            rows[slug] = make_evidence(
                telling, spoken, m.span(), "topics", slug, "word", 0.7 if is_own else 0.5
            )
            break


def _weigh(
    rows: dict[str, Evidence],
    named: dict[str, Pattern],
    group: Group,
    telling: Telling,
    story: list[tuple[Spoken, bool]],
    own: set[int],
    is_main: bool,
) -> None:
    """Take what the story comes back to; leave what it names once, far from the event.

    A speech or a protest is about what is said of it itself.
    """
    content = telling.words.accounts["content"]
    is_long = len(story) > _LONG
    for slug, pattern in named.items():
        if slug == _CURB or pattern.search(telling.article.title):
            continue
        said = [
            (at, spoken, is_near, m)
            for at, (spoken, is_near) in enumerate(story)
            if (m := _first(pattern, spoken))
        ]
        if slug in rows:
            told = [spoken for at, spoken, *_ in said if at > len(story) * _LATE]
            # In Korean, what is told beside the main event has its place at the end.
            is_in_place = telling.lang == "ko" and not is_main
            if is_long and not is_in_place and _is_first_told(rows[slug], told, telling):
                del rows[slug]
                continue
            is_own = any(spoken.sentence.index in own for _, spoken, _, _ in said)
            is_act = group.kind in POLICIES
            is_told = content.search(said[0][1].sentence.text) if said else None
            is_first = bool(said) and said[0][1].sentence.rank == 0
            is_act_only = is_act and not is_first and not is_told
            # A speech goes on to more than one thing, what others say of it follows.
            is_speech = group.kind == "statement" and bool(said) and said[0][0] <= _SPEECH
            is_beside = is_act if is_long and not is_speech else is_act_only
            is_plain = len(said) == 1 and not is_said_by_both(said[0][1], telling)
            # Of a long story of a protest most is how it came to it.
            is_past = is_long and group.kind == "dispute" and not is_first
            if not is_own and is_beside and (is_plain or is_past):
                del rows[slug]
            continue
        near = [(spoken, m) for _, spoken, is_near, m in said if is_near]
        spoken_of = [row for row in near if content.search(row[0].sentence.text)]
        if is_main and len(near) > _OFTEN and not (is_long and group.kind == "dispute"):
            spoken, m = (spoken_of or near)[0]
            rows[slug] = make_evidence(telling, spoken, m.span(), "topics", slug, "story", 0.4)


def _is_first_told(row: Evidence, late: list[Spoken], telling: Telling) -> bool:
    """Whether a topic comes up only at the end of a story, and not as what both say."""
    return any(
        row.sentence_start == telling.working.span(spoken.sentence.start, spoken.sentence.end)[0]
        and not is_said_by_both(spoken, telling)
        for spoken in late
    )


def _is_nearer(others: list[Mention], ours: list[Mention], at: int, lang: str) -> bool:
    """Whether a word belongs to the mention of another event in the same sentence.

    English says what it is about behind the verb, Korean and Japanese before it.
    """
    if not ours:
        return False
    starts = sorted([(m.start, True) for m in others] + [(m.start, False) for m in ours])
    before = [is_other for start, is_other in starts if start <= at]
    behind = [is_other for start, is_other in starts if start > at]
    if lang == "en":
        return before[-1] if before else False
    return behind[0] if behind else False


def _is_only_named(slug: str, named: dict[str, Pattern], text: str, span: tuple[int, int]) -> bool:
    """Whether words say when something was, or name one field of many."""
    if slug == _OCCASION:
        return bool(_IN_THAT_YEAR.match(text, span[1]))
    return slug in _FILLERS and _is_listed(slug, named, text, span)


def _is_listed(slug: str, named: dict[str, Pattern], text: str, span: tuple[int, int]) -> bool:
    """Whether words are one of several fields that are named one after the other."""
    start, end = span
    around = text[max(0, start - _REACH) : start] + "\n" + text[end : end + _REACH]
    around = _NEXT_VERB.sub("  ", around)
    if slug in _ONE_FIELD:
        around = _CLAUSE_END.sub("  ", around)
    if len(_LIST_MARK.findall(around)) < _LISTED:
        return False
    # A list of nothing else is about it.
    is_whole = slug in _ONE_FIELD and bool(named[slug].search(around))
    return not is_whole or any(named[each].search(around) for each in _OTHERS if each in named)


def _first(pattern: Pattern, spoken: Spoken) -> re.Match[str] | None:
    """The first match that is no part of a gathering's name."""
    names = [(g.start, g.end) for g in spoken.gatherings]
    found = pattern.finditer(spoken.sentence.text, spoken.sentence.dateline_end)
    return next(
        (m for m in found if m.end() > m.start() and not any(a <= m.start() < b for a, b in names)),
        None,
    )


def _is_another(mention: Mention, group: Group) -> bool:
    """Whether a mention with a day is of another day, or of more countries."""
    days = mention.timed.days if mention.timed else None
    is_more = mention.is_three or (days is not None and bool(mention.countries - PAIR))
    return (days is not None and not days.overlaps(group.days)) or (
        group.kind == "summit" and is_more
    )


def _is_deed(pattern: Pattern, group: Group, telling: Telling, spoken: Spoken) -> bool:
    """Whether a curb is what was done: headline or deed say so."""
    text = spoken.sentence.text
    deeds = [
        m for m in group.mentions if m.spoken is spoken and m.weight > 1 and m.kind == group.kind
    ]
    return bool(pattern.search(telling.article.title)) or any(
        pattern.search(text, max(0, m.start - _BESIDE), m.end + _BESIDE) for m in deeds
    )


def _add_implied(
    rows: dict[str, Evidence],
    group: Group,
    telling: Telling,
    countries: tuple[str, ...],
    groups: tuple[Group, ...],
) -> None:
    """Topics that follow from who took part and from what was done."""
    _add_partners(rows, group, telling, countries, groups)
    if group.kind == "agreement" and not rows:
        read_accord(rows, telling)
    told = [telling.article.title, *(m.spoken.sentence.text for m in group.mentions)]
    mourns = any(_MOURNING.search(text) for text in told)
    if group.kind == "anniversary" and "normalization" not in rows and not mourns:
        find_anywhere(rows, "normalization", telling, "anniversary")
    is_rite = group.kind in ("anniversary", "dispute") and mourns and "history" in rows
    if is_rite and "forced_labor" not in rows:  # whom they mourn is told anywhere in the story
        find_anywhere(rows, "forced_labor", telling, "mourned")
    if group.kind == "ministerial" and "security" not in rows:
        is_opening = telling.lang != "ko" or group is center(groups)
        _find_defence(rows, group, telling, LEAD if is_opening else 0)


def _find_defence(rows: dict[str, Evidence], group: Group, telling: Telling, lead: int) -> None:
    """Add security to the talks of those who answer for defence, as their own sentences tell or
    the first `lead` ones."""
    own = own_sentences(group)
    is_named = bool(_DEFENCE.search(telling.article.title))
    for spoken in telling.spoken:
        sentence = spoken.sentence
        if sentence.role != "body" or not (sentence.index in own or sentence.rank < lead):
            continue
        if m := _DEFENCE.search(sentence.text):
            row = make_evidence(telling, spoken, m.span(), "topics", "security", "office", 0.6)
            rows["security"] = row
            return
    if is_named:
        by = group.mentions[0]
        rows["security"] = make_evidence(
            telling, by.spoken, (by.start, by.end), "topics", "security", "office", 0.5
        )


def _add_partners(
    rows: dict[str, Evidence],
    group: Group,
    telling: Telling,
    countries: tuple[str, ...],
    groups: tuple[Group, ...],
) -> None:
    """The topic of three is that of those who sit at the table."""
    by = group.dated_by or group.mentions[0]
    partners = [slug for country, slug in TRILATERAL.items() if country in countries]
    for slug in partners:
        if slug not in rows:
            rows[slug] = make_evidence(
                telling, by.spoken, (by.start, by.end), "topics", slug, "took part", 0.8
            )
    threes = [m for g in groups if is_of_three(g) for m in g.mentions]
    for slug in TRILATERAL.values():
        # "Three-way cooperation" is that of the three at the table; beside their talks,
        # it is a matter of the two where they go on about it by themselves.
        row = rows.get(slug)
        if (
            row
            and slug not in partners
            and (
                partners
                or is_occasion(telling.article.text, row.start, row.end)
                or (threes and not _is_apart(row, threes, telling))
            )
        ):
            del rows[slug]


def _is_apart(row: Evidence, mentions: list[Mention], telling: Telling) -> bool:
    """Whether a sentence of the account tells of none of the `mentions`."""
    starts = {
        telling.working.span(m.spoken.sentence.start, m.spoken.sentence.end)[0] for m in mentions
    }
    return row.rule == "word" and row.sentence_start not in starts
