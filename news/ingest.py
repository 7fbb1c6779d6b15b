"""From an article's text to candidates in the review queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from news.canonical import address_key
from news.dispatches import first_of_the_same, not_drafted_yet, one_at_a_time, place_of
from news.hygiene import clean, one_line
from news.models import Article, Candidate
from news.pipeline import ArticleText, Draft, Knowledge, Reading, SetAside, read_article
from news.pipeline.language import find_language
from news.pipeline.version import VERSION
from news.readouts import issuer_of
from news.reporting import file_drafts
from news.schedule import next_look

MOST_TITLE, MOST_OUTLET = 300, 120
# Letters of an article that are read for events: twenty pages. What is longer is no news, and the
# pipeline's time is not bounded by a child's.
MOST_READ = 40_000


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
        return Ingested(known, tuple(known.candidates.order_by("id").distinct()), (), is_new=False)
    reading = read(article, knowledge)
    return Ingested(article, store_reading(article, reading), reading.set_aside, is_new=True)


def read(article: Article, knowledge: Knowledge) -> Reading:
    """What the pipeline makes of a stored article; nothing is written."""
    return read_article(as_text(article, issuer=issuer_of(article, knowledge)), knowledge)


def as_text(article: Article, *, issuer: str = "") -> ArticleText:
    """A stored article as extractors read it; `issuer` is the government that published it."""
    return ArticleText(
        id=str(article.pk),
        url=article.url,
        outlet=article.outlet,
        lang=article.language,
        published=article.published_on,
        title=article.title,
        text=article.text[:MOST_READ],
        issuer=issuer,
    )


@transaction.atomic
def store_reading(article: Article, reading: Reading) -> tuple[Candidate, ...]:
    """Put the drafts of a reading into the queue, once: a second call stores nothing.

    A draft of what a candidate that waits tells already is a further report of it. Raises
    ValueError when a quote is not in the stored text where it says.
    """
    locked = Article.objects.select_for_update().get(pk=article.pk)
    if locked.stage == Article.Stage.DRAFTED:
        return tuple(locked.candidates.order_by("id").distinct())
    new = _to_store(locked, reading.drafts)
    candidates = file_drafts(locked, new)
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
