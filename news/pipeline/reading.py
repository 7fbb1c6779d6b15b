"""The whole path from an article to its drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from news.pipeline.anniversaries import find_anniversaries
from news.pipeline.beside_recorded import without_unrecorded
from news.pipeline.called_off import find_called_off
from news.pipeline.choose import choose
from news.pipeline.cluster import share_keys, with_keys
from news.pipeline.fields import make_draft
from news.pipeline.headlined import headlined_first
from news.pipeline.in_passing import without_met_before
from news.pipeline.known_fields import put_right
from news.pipeline.known_groups import with_retold
from news.pipeline.launches import without_recalled
from news.pipeline.merge import gather
from news.pipeline.one_event import is_one_event
from news.pipeline.people import IndexedKnowledge, index_knowledge
from news.pipeline.readouts import read_readout
from news.pipeline.stays import without_shells
from news.pipeline.telling import Telling, read_telling
from news.pipeline.treaty_steps import without_steps
from news.pipeline.validate import stands
from news.pipeline.values import STATUSES, ArticleText, Draft, Knowledge, Reading, SetAside

SAID = ("statement", "dispute", "agreement", "anniversary")


def read_article(article: ArticleText, knowledge: Knowledge) -> Reading:
    """The events an article tells of, the main one first, with the words behind each field.

    Behind them come plans that it tells were put off or called off.
    """
    index = index_knowledge(knowledge)
    telling = read_telling(article, index)
    groups = with_retold(choose(gather(telling), telling), telling, index)
    groups = without_met_before(groups, telling)
    groups = without_steps(groups, telling.lang, telling.anchor)
    groups = without_recalled(groups, telling)
    drafts = without_shells(
        [
            put_right(make_draft(group, telling, index, groups), group, telling, index)
            for group in groups
        ]
    )
    drafts = without_unrecorded(drafts)
    drafts += [
        milestone
        for milestone in find_anniversaries(telling, knowledge.anniversaries)
        # What was said or done on the day is the event, not the day.
        if not any(d.starts_on == milestone.starts_on and d.kind in SAID for d in drafts)
    ]
    off = find_called_off(telling, index)
    drafts = [
        d for d in drafts if d.status != "scheduled" or not any(is_one_event(d, o) for o in off)
    ]
    drafts += [plan for plan in off if not any(is_one_event(plan, draft) for draft in drafts)]
    drafts = headlined_first([draft for draft in drafts if stands(draft, article)], telling)
    kept = with_keys(drafts)
    kept = _with_readout(kept, article, index)
    is_relevant = any(draft.status in STATUSES for draft in kept)
    return Reading(
        is_relevant=is_relevant,
        cluster_key=kept[0].cluster_key if is_relevant else "",
        drafts=kept,
        set_aside=_set_aside(telling, kept),
    )


def read_batch(
    articles: Iterable[ArticleText],
    knowledge: Knowledge,
    *,
    failed: Callable[[ArticleText, Exception], None] | None = None,
) -> Iterator[Reading]:
    """Readings in the order given; articles of one main event share a cluster key.

    All articles are read before the first reading is handed out. An article that the rules break
    on is told to `failed`, if that is given, and read as one without events: the others count.
    """

    def read(article: ArticleText) -> Reading:
        try:
            return read_article(article, knowledge)
        except Exception as error:
            if failed is None:
                raise
            failed(article, error)
            return Reading(is_relevant=False, cluster_key="", drafts=(), set_aside=())

    yield from share_keys([read(article) for article in articles])


def _with_readout(
    drafts: tuple[Draft, ...], article: ArticleText, index: IndexedKnowledge
) -> tuple[Draft, ...]:
    """The drafts; a government's own page is its account of the main one, if that took place."""
    if not drafts or drafts[0].kind == "anniversary" or drafts[0].status != "happened":
        return drafts
    main = drafts[0]
    return (replace(main, readout=read_readout(article, index, main.countries)), *drafts[1:])


def _set_aside(telling: Telling, drafts: tuple[Draft, ...]) -> tuple[SetAside, ...]:
    """Sentences that spoke of an event but made none; one row each."""
    used = {row.sentence_start for draft in drafts for row in draft.evidence if row.field == "kind"}
    rows: dict[int, SetAside] = {}
    for mention in telling.mentions:
        sentence = mention.spoken.sentence
        start, end = telling.working.span(sentence.start, sentence.end)
        if start in used or start in rows:
            continue
        reason = "caption" if sentence.role == "caption" else mention.reason
        if not reason and sentence.segment:
            reason = "other_article"
        if reason:
            text = telling.article.text[start:end]
            rows[start] = SetAside(sentence=text, start=start, end=end, reason=reason)
    return tuple(rows.values())


def to_json(reading: Reading) -> dict[str, object]:
    """The object that `draft_events` prints for one article (without its id).

    A plan that is off is none of the events there.
    """
    return {
        "is_relevant": reading.is_relevant,
        "cluster_key": reading.cluster_key or None,
        "events": [_event(draft) for draft in reading.drafts if draft.status in STATUSES],
    }


def _event(draft: Draft) -> dict[str, object]:
    evidence: dict[str, dict[str, object]] = {}
    for row in draft.evidence:
        evidence.setdefault(row.field, {"quote": row.quote, "start": row.start, "end": row.end})
    return {
        "kind": draft.kind,
        "start": draft.starts_on.isoformat(),
        "end": draft.ends_on.isoformat(),
        "status": draft.status,
        "participants": list(draft.participants),
        "countries": list(draft.countries),
        "city": draft.city,
        "topics": list(draft.topics),
        "evidence": evidence,
        "cluster_key": draft.cluster_key,
    }
