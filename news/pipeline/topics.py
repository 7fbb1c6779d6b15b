"""What an event was about: topics of the record, from the sentences that tell of it."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum

from news.pipeline.actors import PAIR
from news.pipeline.evidence import make_evidence
from news.pipeline.lexicon import Pattern
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Evidence

# A topic of a country that takes part, whatever is said.
_TRILATERAL = {"US": "trilateral_us", "CN": "trilateral_china"}
# Only what was done makes an event one of these; talk of them is talk of trade or of the past.
_DEEDS = ("legal", "export_controls")
# Why they met may be the topic: a funeral, the 60th year.
_OCCASIONS = ("protocol", "normalization")
_PAST_WRONGS = ("forced_labor", "comfort_women")
_THIS_TIME = re.compile(
    r"今回の(?:首脳|外相|防衛相)?(?:会談|協議|訪問|会合)では|이번 (?:정상)?회담에서"
)
_PARTICLES = {"ko": re.compile(r"(?:들)?(?:은|는|이|가|도)\s"), "ja": re.compile(r"は|が|も")}
# Who mourns the dead celebrates no treaty.
_MOURNING = re.compile(r"追悼|慰霊|悼[むみん]|추도|추모|위령")
_REACH = 4  # sentences that go on about an event that is not the main one, or no meeting
_LEAD = 2
_LONG = 12  # sentences of a story in which a single late word counts little
_LATE = 0.6  # of the story
_BESIDE = 16  # characters around the words for a deed that say what it was


def find_topics(
    group: Group, telling: Telling, countries: tuple[str, ...], groups: tuple[Group, ...]
) -> tuple[tuple[str, ...], list[Evidence]]:
    """Topics in the order they are first told, with the words for each.

    `groups` are all events of the article, the main one first: what is told of
    one is no topic of another.
    """
    rows: dict[str, Evidence] = {}
    own = _own(group)
    for spoken in _account(group, telling, groups):
        _read(rows, spoken, group, telling, spoken.sentence.index in own)
    is_main = group is _center(groups)
    _weigh(rows, group, telling, _story(group, telling, groups), own, is_main)
    if is_main:
        _read_headline(rows, group, telling)
    _add_implied(rows, group, telling, countries, groups)
    return (tuple(rows), list(rows.values()))


def _center(groups: tuple[Group, ...]) -> Group:
    """The event that the account goes on about: talks rather than what was signed at them."""
    main = groups[0]
    if main.kind not in (*POLICIES, "anniversary"):
        return main
    talks = (g for g in groups if g.kind not in POLICIES and g.days.overlaps(main.days))
    return next((g for g in talks if g.kind in MEETINGS and _is_of_two(g)), main)


def _own(group: Group) -> set[int]:
    """The sentences that tell of the event itself, not in passing if there are such."""
    plain = {m.spoken.sentence.index for m in group.mentions if not m.is_attribute}
    return plain or {m.spoken.sentence.index for m in group.mentions}


def _read(
    rows: dict[str, Evidence], spoken: Spoken, group: Group, telling: Telling, is_own: bool
) -> None:
    """Add the topics that a sentence names for the first time."""
    text = spoken.sentence.text
    masked = [m.span() for m in telling.words.accounts["purpose"].finditer(text)]
    names = [(g.start, g.end) for g in spoken.gatherings]
    # "After talks of three on the 6th": the name of another meeting, no topic of this one.
    names += [
        (m.start, m.end)
        for m in telling.mentions
        if m.spoken is spoken and m not in group.mentions and not m.reason and _is_another(m, group)
    ]
    for slug, pattern in telling.words.topics.items():
        if slug in rows or (slug == "protocol" and not is_own):
            continue
        closed = names if slug in _OCCASIONS else masked + names
        for m in pattern.finditer(text, spoken.sentence.dateline_end):
            if m.end() == m.start() or any(a <= m.start() < b for a, b in closed):
                continue
            if slug in _DEEDS and not (is_own and _is_deed(pattern, group, telling, spoken)):
                continue
            rows[slug] = make_evidence(
                telling, spoken, m.span(), "topics", slug, "word", 0.7 if is_own else 0.5
            )
            break


def _story(group: Group, telling: Telling, groups: tuple[Group, ...]) -> list[tuple[Spoken, bool]]:
    """The sentences that may speak of an event's matters, in their order.

    With each, whether it tells of nothing else, nor says what outsiders think or what was left out.
    """
    segment = group.mentions[0].spoken.sentence.segment
    rest = {
        m.spoken.sentence.index
        for other in groups
        if other is not group
        for m in other.mentions
        if not m.is_attribute
    } - _own(group)
    accounts = telling.words.accounts
    away = {
        m.spoken.sentence.index for m in telling.mentions if _is_elsewhere(m, group, telling)
    } | rest
    return [
        (
            spoken,
            spoken.sentence.index not in away
            and not accounts["others"].search(spoken.sentence.text)
            and not accounts["unsaid"].search(spoken.sentence.text),
        )
        for spoken in telling.spoken
        if spoken.sentence.role == "body" and spoken.sentence.segment == segment
    ]


def _weigh(
    rows: dict[str, Evidence],
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
    for slug, pattern in telling.words.topics.items():
        if slug in (*_DEEDS, "protocol") or pattern.search(telling.article.title):
            continue
        said = [
            (at, spoken, is_near, m)
            for at, (spoken, is_near) in enumerate(story)
            if (m := _first(pattern, spoken))
        ]
        if slug in rows:
            is_own = any(spoken.sentence.index in own for _, spoken, _, _ in said)
            is_late = len(story) > _LONG and all(at > len(story) * _LATE for at, *_ in said)
            is_beside = is_late or group.kind in ("statement", "dispute")
            is_plain = len(said) == 1 and not _is_said_by_both(said[0][1], telling)
            if not is_own and is_plain and is_beside:
                del rows[slug]
            continue
        near = [(spoken, m) for _, spoken, is_near, m in said if is_near]
        spoken_of = [row for row in near if content.search(row[0].sentence.text)]
        if is_main and (len(near) > 2 or (len(near) > 1 and spoken_of)):
            spoken, m = (spoken_of or near)[0]
            rows[slug] = make_evidence(telling, spoken, m.span(), "topics", slug, "story", 0.4)


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
    return days is not None and (
        not days.overlaps(group.days) or bool(mention.countries - PAIR and group.kind == "summit")
    )


def _is_deed(pattern: Pattern, group: Group, telling: Telling, spoken: Spoken) -> bool:
    """Whether a ruling or a curb is what was done: headline or deed say so."""
    is_done = group.kind in POLICIES or pattern is telling.words.topics["export_controls"]
    if not is_done:
        return False
    text = spoken.sentence.text
    deeds = [m for m in group.mentions if m.spoken is spoken and m.weight > 1]
    return bool(pattern.search(telling.article.title)) or any(
        pattern.search(text, max(0, m.start - _BESIDE), m.end + _BESIDE) for m in deeds
    )


def _read_headline(rows: dict[str, Evidence], group: Group, telling: Telling) -> None:
    """What the headline names is a topic if the story says it as well."""
    for slug, pattern in telling.words.topics.items():
        if slug in rows or (slug in _DEEDS and group.kind not in POLICIES):
            continue
        if pattern.search(telling.article.title):
            _find_anywhere(rows, slug, telling, "headline")


def _find_anywhere(rows: dict[str, Evidence], slug: str, telling: Telling, rule: str) -> None:
    """Add a topic with the first words for it in the story, if there are any."""
    pattern = telling.words.topics[slug]
    for spoken in telling.spoken:
        if spoken.sentence.role != "body" or spoken.sentence.segment:
            continue
        m = pattern.search(spoken.sentence.text)
        if m and m.end() > m.start():
            rows[slug] = make_evidence(telling, spoken, m.span(), "topics", slug, rule, 0.5)
            return


def _add_implied(
    rows: dict[str, Evidence],
    group: Group,
    telling: Telling,
    countries: tuple[str, ...],
    groups: tuple[Group, ...],
) -> None:
    """Topics that follow from who took part and from what was done."""
    by = group.dated_by or group.mentions[0]
    partners = [slug for country, slug in _TRILATERAL.items() if country in countries]
    for slug in partners:
        if slug not in rows:
            rows[slug] = make_evidence(
                telling, by.spoken, (by.start, by.end), "topics", slug, "took part", 0.8
            )
    for slug in _TRILATERAL.values():
        # "Three-way cooperation" is that of the three at the table; beside their talks,
        # it is no matter of the two.
        if slug not in partners and (partners or any(_is_of_three(g) for g in groups)):
            rows.pop(slug, None)
    mourns = any(_MOURNING.search(m.spoken.sentence.text) for m in group.mentions)
    if group.kind == "anniversary" and "normalization" not in rows and not mourns:
        _find_anywhere(rows, "normalization", telling, "anniversary")
    is_of_curbs = {"trade", "export_controls"} <= set(rows) and group.kind not in POLICIES
    if is_of_curbs and telling.words.topics["export_controls"].search(rows["trade"].quote):
        del rows["trade"]  # they spoke of the curbs, and of nothing else of trade
    # A judgment is of the law.
    wrong = next((slug for slug in _PAST_WRONGS if slug in rows and "legal" not in rows), "")
    if group.kind in POLICIES and wrong and not {"history", "export_controls"} & set(rows):
        rows["history"] = replace(rows[wrong], value="history", rule="past wrong")


def _account(group: Group, telling: Telling, groups: tuple[Group, ...]) -> list[Spoken]:
    """The sentences of an event, and those that go on about it.

    What follows a sentence is about the event told of last. A new paragraph,
    or "the two leaders", comes back to the main one.
    """
    own, is_main = _own(group), group is _center(groups)
    segment = group.mentions[0].spoken.sentence.segment
    rest = [m for other in groups if other is not group for m in other.mentions]
    is_long = is_main and (group.kind not in ("agreement", "dispute") or _is_of_two(group))
    is_mixed = _is_mixed(group, groups)
    chosen: list[Spoken] = []
    is_about, is_gone, away, left = False, False, -1, 0
    for spoken in telling.spoken:
        sentence = spoken.sentence
        if sentence.role != "body" or sentence.segment != segment:
            continue
        if sentence.index in own:
            is_about, is_gone, away, left = True, False, -1, _REACH
            chosen.append(spoken)
            continue
        left -= 1
        # Within a paragraph "they" are those told of last.
        is_both = is_main and (
            (away != sentence.paragraph and _is_of_both(spoken, telling))
            or bool(_THIS_TIME.search(sentence.text))
        )
        said = [m for m in telling.mentions if m.spoken is spoken]
        table = _table(spoken, group, groups, telling)
        if table is _Table.OTHER or any(
            m in rest or (not is_both and _is_elsewhere(m, group, telling)) for m in said
        ):
            is_gone = (
                is_gone or table is _Table.OTHER or (is_mixed and any(m in rest for m in said))
            )
            is_about, away = False, sentence.paragraph
            continue
        if table is _Table.OURS:
            is_about, is_gone, away, left = True, False, -1, _REACH
        if is_main and sentence.rank < _LEAD and not chosen and spoken.scene.acting() >= PAIR:
            chosen.append(spoken)
            continue
        is_back = is_both or away not in (-1, sentence.paragraph)
        is_about = is_about or (is_main and is_back and not is_gone)
        if is_about and (is_long or left >= 0) and _goes_on(spoken, telling):
            chosen.append(spoken)
    return chosen


class _Table(Enum):
    """Who goes on in a sentence, where an article tells of talks of two and of three."""

    OURS = "ours"
    OTHER = "other"
    UNSAID = "unsaid"


def _table(spoken: Spoken, group: Group, groups: tuple[Group, ...], telling: Telling) -> _Table:
    """Whether a sentence names the two or the three of an event, or those of the other."""
    words, is_three = telling.words.accounts, _is_of_three(group)
    if not _is_mixed(group, groups):
        return _Table.UNSAID
    text = spoken.sentence.text
    at_two, at_three = words["two"].search(text), words["three"].search(text)
    if bool(at_two) is bool(at_three):
        return _Table.UNSAID
    return _Table.OURS if bool(at_three) is is_three else _Table.OTHER


def _is_mixed(group: Group, groups: tuple[Group, ...]) -> bool:
    """Whether an article tells of talks of two and of three, and the event is one of them."""
    is_three = _is_of_three(group)
    return group.kind in MEETINGS and any(
        _is_of_three(g) is not is_three for g in groups if g.kind in MEETINGS
    )


def _is_of_three(group: Group) -> bool:
    plain = [m for m in group.mentions if not m.is_attribute] or group.mentions
    threes = [m for m in plain if m.is_three or m.countries - PAIR]
    return group.kind == "trilateral_summit" or 2 * len(threes) > len(plain)


def _is_of_two(group: Group) -> bool:
    """Whether people of both sides act: a declaration after talks, not a ruling."""
    return {p.country for m in group.mentions for p in m.people} >= PAIR


def _is_of_both(spoken: Spoken, telling: Telling) -> bool:
    return bool(telling.words.cues["both"].search(spoken.sentence.text))


def _is_said_by_both(spoken: Spoken, telling: Telling) -> bool:
    """Whether both are the subject of a sentence: "両首脳は", but not "両政府の間で"."""
    particle = _PARTICLES.get(telling.lang)
    text = spoken.sentence.text
    found = telling.words.cues["both"].finditer(text)
    return any(particle is None or particle.match(text, m.end()) for m in found)


def _is_elsewhere(mention: Mention, group: Group, telling: Telling) -> bool:
    """Whether a mention tells of another event than the group."""
    if mention in group.mentions:
        return False
    if mention.reason == "third_country":
        before = mention.spoken.sentence.text[: mention.start]
        if telling.words.cues["prospect"].search(before):
            return False  # "asked for help to meet Kim" is a matter of these talks
        return mention.kind in MEETINGS and mention.weight > 1
    days = mention.timed.days if mention.timed else None
    return not mention.reason and days is not None and not days.overlaps(group.days)


def _goes_on(spoken: Spoken, telling: Telling) -> bool:
    """Whether a sentence says what was or will be talked about."""
    text, accounts = spoken.sentence.text, telling.words.accounts
    if accounts["others"].search(text) or accounts["unsaid"].search(text):
        return False
    named = spoken.scene.people_countries()
    if named - PAIR and len(named & PAIR) == 1:
        return False  # "Park and Wang will go over …": the talks of one side with another
    looks_back = any(
        t.owner == "background" and t.days and t.days.grain != "YEAR" for t in spoken.dates
    )
    is_said = telling.words.cues["leader_said"].search(text)
    if looks_back and not is_said and not _is_of_both(spoken, telling):
        return False
    return bool(accounts["content"].search(text))
