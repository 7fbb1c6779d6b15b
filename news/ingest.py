"""From an article's text to candidates in the review queue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from events.models import Anniversary, Country, Event, EventPlace, Person, Topic
from news.canonical import address_key
from news.dispatches import first_of_the_same, not_drafted_yet, one_at_a_time, place_of
from news.hygiene import clean, one_line
from news.models import Article, Candidate, CandidateEvidence
from news.pipeline import ArticleText, Draft, Knowledge, Reading, SetAside, read_article
from news.pipeline.language import find_language
from news.pipeline.version import VERSION
from news.schedule import next_look

MOST_TITLE, MOST_OUTLET = 300, 120
# A drafted day that recurs is called so; published as an event it is a ceremony.
ANNIVERSARY = "anniversary"
# Letters of an article that are read for events: twenty pages. What is longer is no news, and the
# pipeline's time is not bounded by a child's.
MOST_READ = 40_000
STATUSES = {"happened": Candidate.Status.HELD, "scheduled": Candidate.Status.SCHEDULED}


@dataclass(frozen=True, slots=True)
class NewArticle:
    """One article as somebody hands it in. An empty `language` means: find out."""

    text: str
    published_on: date
    title: str = ""
    url: str = ""
    outlet: str = ""
    language: str = ""
    is_sample: bool = False

    def cleaned(self) -> NewArticle:
        """The same as it may be stored."""
        return replace(
            self,
            text=clean(self.text),
            title=one_line(self.title, MOST_TITLE),
            url=clean(self.url),
            outlet=one_line(self.outlet, MOST_OUTLET),
        )


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of an article. `is_new` is false if it was there before; then nothing changed."""

    article: Article
    candidates: tuple[Candidate, ...]
    set_aside: tuple[SetAside, ...]
    is_new: bool


@transaction.atomic
def ingest_article(told: NewArticle, knowledge: Knowledge, *, at: datetime) -> Ingested:
    """Store an article and what it drafts, all or nothing. Safe to run again.

    An article is known by its address or, without one, by its text and day.
    """
    told = told.cleaned()
    article = Article(
        url=told.url,
        title=told.title,
        outlet=told.outlet,
        language=find_language(told.text, told.language),
        published_on=told.published_on,
        found_at=at,
        fetched_at=at,
        stage=Article.Stage.EXTRACTED,
        is_sample=told.is_sample,
    )
    article.keep_text(told.text)
    known = _same_article(article)
    if known is None:
        try:
            with transaction.atomic():
                article.save()
        except IntegrityError:
            # Somebody else stored it in this moment.
            known = _same_article(article)
            if known is None:
                raise
    if known is not None:
        return Ingested(known, tuple(known.candidates.order_by("id")), (), is_new=False)
    reading = read(article, knowledge)
    return Ingested(article, store_reading(article, reading), reading.set_aside, is_new=True)


def read(article: Article, knowledge: Knowledge) -> Reading:
    """What the pipeline makes of a stored article; nothing is written."""
    return read_article(as_text(article), knowledge)


def as_text(article: Article) -> ArticleText:
    """A stored article as extractors read it."""
    return ArticleText(
        id=str(article.pk),
        url=article.url,
        outlet=article.outlet,
        lang=article.language,
        published=article.published_on,
        title=article.title,
        text=article.text[:MOST_READ],
    )


@transaction.atomic
def store_reading(article: Article, reading: Reading) -> tuple[Candidate, ...]:
    """Put the drafts of a reading into the queue, once: a second call stores nothing.

    Raises ValueError when a quote is not in the stored text where it says.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.stage == Article.Stage.DRAFTED:
        return tuple(locked.candidates.order_by("id"))
    new = _to_store(locked, reading.drafts)
    known = _Known(new)
    drafts = {fingerprint(draft): draft for draft in new}
    candidates = tuple(
        _store_draft(locked, key, draft, known, cluster_key=draft.cluster_key)
        for key, draft in drafts.items()
    )
    article.stage = locked.stage = Article.Stage.DRAFTED
    if candidates and locked.text_from and locked.fetched_at:
        locked.reread_at = next_look(locked.fetched_at, looks=0)
    locked.problem, locked.pipeline_version = "", VERSION
    locked.drafted_at = Now()
    columns = ["stage", "problem", "drafted_at", "same_as", "dispatch", "marks", "reread_at"]
    locked.save(update_fields=[*columns, "pipeline_version"])
    return candidates


def _to_store(article: Article, drafts: Sequence[Draft]) -> Sequence[Draft]:
    """Those drafts that the same text elsewhere has not made candidates of already.

    Notes on the article, unsaved, where else its text was printed.
    """
    if drafts:
        one_at_a_time()
    article.same_as = article.same_as or first_of_the_same(article)
    if article.same_as or not drafts:
        return ()
    place = place_of(article)
    article.marks = list(place.marks) or None
    article.dispatch = place.dispatch or article.dispatch
    if place.dispatch is None:
        return drafts
    return () if place.adds_nothing else not_drafted_yet(drafts, place.dispatch)


def fingerprint(draft: Draft) -> str:
    """What makes two drafts of one article the same draft."""
    parts = [
        draft.kind,
        draft.starts_on.isoformat(),
        draft.ends_on.isoformat(),
        *sorted(draft.participants),
        draft.anniversary,
        draft.city,
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


class _Known:
    """The rows of the record that some drafts name, in a fixed number of queries."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        drafts = list(drafts)
        self.people = Person.objects.in_bulk(
            {slug for draft in drafts for slug in draft.participants}, field_name="slug"
        )
        self.countries = Country.objects.in_bulk(
            {code for draft in drafts for code in draft.countries}
        )
        self.topics = Topic.objects.in_bulk(
            {slug for draft in drafts for slug in draft.topics}, field_name="slug"
        )
        self.anniversaries = Anniversary.objects.in_bulk(
            {draft.anniversary for draft in drafts if draft.anniversary}, field_name="slug"
        )
        cities = {draft.city for draft in drafts if draft.city}
        places = EventPlace.objects.filter(city__in=cities).values_list("city", "country_id")
        self.country_of = dict(places.distinct())


def _same_article(article: Article) -> Article | None:
    """The stored article of this address; else of this text and day, if either has no address."""
    same_text = (
        Article.objects.filter(text_sha256=article.text_sha256, published_on=article.published_on)
        .exclude(text_sha256="")
        .order_by("id")
    )
    if article.url:
        key = address_key(article.url)
        return Article.objects.of_address(key).first() or same_text.filter(url="").first()
    return same_text.first()


def add_drafts(article: Article, drafts: Iterable[Draft]) -> None:
    """Put these drafts of an article into the queue. To be called in a transaction."""
    drafts = list(drafts)
    known = _Known(drafts)
    for draft in drafts:
        _store_draft(article, fingerprint(draft), draft, known, cluster_key=draft.cluster_key)


def rewrite(candidate: Candidate, draft: Draft) -> None:
    """Make a candidate that waits what this draft says. To be called in a transaction."""
    candidate.evidence.all().delete()
    known = _Known([draft])
    columns = _columns(draft, known)
    for name, value in columns.items():
        setattr(candidate, name, value)
    candidate.fingerprint, candidate.cluster_key = fingerprint(draft), draft.cluster_key[:120]
    candidate.save()
    _hang(candidate, draft, known)


def _store_draft(
    article: Article, key: str, draft: Draft, known: _Known, *, cluster_key: str
) -> Candidate:
    candidate = Candidate.objects.create(
        article=article,
        fingerprint=key,
        cluster_key=cluster_key[:120],
        **_columns(draft, known),
    )
    _hang(candidate, draft, known)
    return candidate


def _columns(draft: Draft, known: _Known) -> dict[str, Any]:
    is_anniversary = draft.kind == ANNIVERSARY
    starts_on, ends_on = _dates(draft)
    return {
        "kind": Event.Kind.CEREMONY if is_anniversary else Event.Kind(draft.kind.upper()),
        "is_anniversary": is_anniversary,
        "anniversary": known.anniversaries.get(draft.anniversary) if is_anniversary else None,
        "setting": _setting(draft),
        "channel": draft.channel,
        "status": STATUSES[draft.status],
        "precision": draft.precision,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "minutes": draft.minutes or None,
        "city": draft.city[:60],
        "place_country_id": known.country_of.get(draft.city),
        "occasion": draft.occasion[:160],
        "title": draft.title[:300],
    }


def _hang(candidate: Candidate, draft: Draft, known: _Known) -> None:
    candidate.people.set([known.people[s] for s in draft.participants if s in known.people])
    candidate.countries.set([known.countries[c] for c in draft.countries if c in known.countries])
    candidate.topics.set([known.topics[s] for s in draft.topics if s in known.topics])
    CandidateEvidence.objects.bulk_create(_evidence(candidate.article, candidate, draft))


def _dates(draft: Draft) -> tuple[date, date | None]:
    """The days as the record stores them: a month as its first day, one day without an end."""
    if draft.precision == "MONTH":
        return draft.starts_on.replace(day=1), None
    return draft.starts_on, draft.ends_on if draft.ends_on != draft.starts_on else None


def _setting(draft: Draft) -> str:
    """A first guess; the pipeline reads no setting."""
    if draft.kind in (ANNIVERSARY, "dispute", "statement"):
        return ""
    if draft.occasion:
        return Event.Setting.MARGINS
    return Event.Setting.TRILATERAL if len(draft.countries) == 3 else Event.Setting.BILATERAL


def _evidence(article: Article, candidate: Candidate, draft: Draft) -> list[CandidateEvidence]:
    rows: dict[tuple[str, str, int, int], CandidateEvidence] = {}
    for row in draft.evidence:
        if article.text[row.start : row.end] != row.quote:
            raise ValueError(f"The quote {row.quote!r} is not in the text at {row.start}.")
        key = (row.field, row.value[:160], row.start, row.end)
        rows[key] = CandidateEvidence(
            candidate=candidate,
            field=row.field,
            value=row.value[:160],
            quote=row.quote,
            starts_at=row.start,
            ends_at=row.end,
            sentence=row.sentence,
            sentence_starts_at=row.sentence_start,
            rule=row.rule[:60],
            confidence=row.confidence,
        )
    return list(rows.values())
