"""What an event was about: topics of the record, from the sentences that tell of it."""

from __future__ import annotations

import re

from news.pipeline.evidence import make_evidence
from news.pipeline.merge import Group
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.values import Evidence

# Sentences that go on about the talks without naming them again.
_CONTENT = {
    "en": re.compile(
        r"\b(?:agreed|pledged|discuss\w*|agenda|exchanged views|compared notes|reaffirm\w*|promised"
        r"|shared views|spoke of|confirmed|called for|talks|settled on|voiced|vowed|decided)\b",
        re.IGNORECASE,
    ),
    "ko": re.compile(r"논의|합의|의견|강조|의제|협력|평가|뜻을 모|공감|공조|협의|확인했"),
    "ja": re.compile(r"一致|協議|意見|議題|確認|述べ|申し合わせ|連携|伝え|合意|確かめ|話し合"),
}
_REACH = 3  # sentences after the telling


def find_topics(group: Group, telling: Telling) -> tuple[tuple[str, ...], list[Evidence]]:
    """Topics in the order they are first told, with the words for each."""
    rows: dict[str, Evidence] = {}
    for spoken in _relevant(group, telling):
        text = spoken.sentence.text
        for slug, pattern in telling.words.topics.items():
            if slug in rows:
                continue
            m = pattern.search(text, spoken.sentence.dateline_end)
            if m and m.end() > m.start():
                rows[slug] = make_evidence(
                    telling, spoken, (m.start(), m.end()), "topics", slug, "word", 0.6
                )
    return (tuple(rows), list(rows.values()))


def _relevant(group: Group, telling: Telling) -> list[Spoken]:
    """The sentences of the event, and those after them that go on about it."""
    own = {m.spoken.sentence.index for m in group.mentions if not m.is_attribute}
    named = {m.spoken.sentence.index for m in group.mentions if not m.is_inherited} & own
    chosen = []
    for spoken in telling.spoken:
        at = spoken.sentence.index
        if spoken.sentence.role == "caption":
            continue
        if at in own or (
            any(at - _REACH <= mark < at for mark in named) and _goes_on(spoken, telling)
        ):
            chosen.append(spoken)
    return chosen


def _goes_on(spoken: Spoken, telling: Telling) -> bool:
    if any(t.owner == "background" for t in spoken.dates):
        return False
    return bool(_CONTENT[telling.lang].search(spoken.sentence.text))
