from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.addresses import host_of
from events.models.citations import ADDRESS_LENGTH as CITATION_LENGTH
from news.canonical import address_key, key_of
from news.models.dispatches import Dispatch
from news.models.hosts import LEASE
from news.models.insertion import insertion
from news.models.sources import Source

# No server takes a longer one.
ADDRESS_LENGTH = 10_000
GUID_LENGTH = 1000
# The last one is a day and a half after the first: a site may be down for a night.
MOST_TRIES = 8
_FIRST_WAIT = timedelta(minutes=15)


class ArticleQuerySet(models.QuerySet["Article"]):
    def unfinished(self) -> Self:
        """Articles still on their way to being drafted, without those given up."""
        return self.exclude(stage=Article.Stage.DRAFTED).filter(tries__lt=MOST_TRIES)

    def due(self, at: datetime) -> Self:
        """Those of them whose next try has come."""
        return self.unfinished().filter(next_try_at__lte=at)

    def sources_due(self, at: datetime) -> models.QuerySet[Source]:
        """Sources that nobody reads and whose articles are due.

        In turn: first who was let go the longest ago, then whose article has waited the longest.
        """
        waiting = self.due(at).filter(source=models.OuterRef("pk")).order_by("next_try_at")
        since = models.Subquery(waiting.values("next_try_at")[:1])
        free = Source.objects.free(at).alias(since=since).filter(since__isnull=False)
        return free.order_by(F("leased_until").asc(nulls_first=True), "since", "id")

    def insert_new(self, rows: Sequence[Mapping[str, Any]]) -> int:
        """Store articles, given as values by column; return how many the constraints allowed.

        All rows tell the same columns; the others are as in a new article. `bulk_create` took half
        of the time of a poll to prepare the rows of a feed, and does not say how many it stored.
        """
        if not rows:
            return 0
        statement, same = insertion(self.model, tuple(rows[0]))
        with connection.cursor() as cursor:
            cursor.execute(statement, [*same, json.dumps(rows, default=str)])
            return int(cursor.rowcount)

    def with_day(self) -> Self:
        """Add `day`: of publication, or of finding where that is not known."""
        return self.annotate(day=Coalesce("published_on", TruncDate("found_at")))

    def of_address(self, *keys: str) -> Self:
        """The articles at these addresses, given as their keys."""
        # Saying twice that it is not empty lets PostgreSQL see, for any number of keys, that the
        # index of the constraint holds them all.
        return self.filter(address_key__in=keys).exclude(address_key="")

    def of_guid(self, source: Source, *keys: str) -> Self:
        """The articles that a source has given these ids, as their keys."""
        return self.filter(source=source, guid_key__in=keys).exclude(guid_key="")

    def to_read_again(self, at: datetime) -> Self:
        """Those of a source whose page is to be looked at once more."""
        return self.filter(reread_at__lte=at, source__isnull=False)


class Article(models.Model):
    """One news item, stored once.

    `text` is what evidence points into, by code points, so it never changes once it is drafted;
    what the page says later is kept as versions. An article is known by its address in one
    spelling (`address_key`) and, within its source, by the feed's id (`guid_key`); without an
    address by its text and its day. `guid` is the id as far as it fits, for people to look at.
    """

    class Stage(models.TextChoices):
        FOUND = "FOUND", _("Found")
        FETCHED = "FETCHED", _("Fetched")
        EXTRACTED = "EXTRACTED", _("Text extracted")
        DRAFTED = "DRAFTED", _("Read for events")

    class DateProblem(models.TextChoices):
        """The codes of news.parsing.dates."""

        MISSING = "missing", _("The source gives no date.")
        IMPOSSIBLE = "impossible", _("The date that the source gives does not exist.")
        FUTURE = "future", _("The source dates it in the future; it counts as of its finding.")
        TOO_OLD = "too_old", _("The date that the source gives is too old to be true.")

    class TextFrom(models.TextChoices):
        """The codes of news.parsing; empty for a text that was handed in."""

        PAGE = "page", _("The page as readers see it")
        JSON_LD = "json-ld", _("The page's notes for search engines (JSON-LD)")
        SCRIPT = "script", _("The data of the page's scripts")
        SUMMARY = "summary", _("The summary in the feed")

    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source"),
    )
    url = models.URLField(_("address"), max_length=ADDRESS_LENGTH, blank=True)
    address_key = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False
    )
    guid = models.CharField(_("id in the feed"), max_length=GUID_LENGTH, blank=True)
    guid_key = models.CharField(
        max_length=64, blank=True, default="", db_default="", editable=False
    )
    guid_is_shared = models.BooleanField(
        _("its id is used for other articles too"), default=False, db_default=False, editable=False
    )
    same_as = models.ForeignKey(
        "self",
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="doubles",
        db_index=False,
        verbose_name=_("the same article as"),
        help_text=_("One outlet's text under a second address. It drafts nothing."),
    )
    dispatch = models.ForeignKey(
        Dispatch,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        db_index=False,
        verbose_name=_("dispatch"),
    )
    marks = ArrayField(models.BigIntegerField(), null=True, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True)
    outlet = models.CharField(_("outlet"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    date_problem = models.CharField(
        _("problem of the date"),
        max_length=12,
        choices=DateProblem,
        blank=True,
        default="",
        db_default="",
    )
    found_at = models.DateTimeField(_("found at"))
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    drafted_at = models.DateTimeField(_("read for events at"), null=True, blank=True)
    page = models.TextField(
        _("page"), blank=True, help_text=_("The HTML between fetching and extraction.")
    )
    summary = models.TextField(_("summary in the feed"), blank=True, default="", db_default="")
    text = models.TextField(_("text"), blank=True)
    text_from = models.CharField(
        _("the text is from"),
        max_length=10,
        choices=TextFrom,
        blank=True,
        default="",
        db_default="",
    )
    text_sha256 = models.CharField(
        _("hash of the text"), max_length=64, blank=True, help_text=_("SHA-256 of its UTF-8 bytes.")
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.FOUND)
    tries = models.PositiveSmallIntegerField(_("failed tries"), default=0)
    # Also how a worker holds an article: it moves this on, and no other takes it up before.
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now, db_default=Now())
    problem = models.CharField(_("last problem"), max_length=300, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
    etag = models.CharField(max_length=300, blank=True, default="", db_default="", editable=False)
    last_modified = models.CharField(
        max_length=100, blank=True, default="", db_default="", editable=False
    )
    reread_at = models.DateTimeField(_("read again at"), null=True, blank=True)
    rereads = models.PositiveSmallIntegerField(_("times read again"), default=0, db_default=0)
    forgotten_at = models.DateTimeField(
        _("forgotten at"),
        null=True,
        blank=True,
        help_text=_("When its text was deleted; title, address and dates stay."),
    )
    pipeline_version = models.PositiveSmallIntegerField(
        _("read by version"),
        default=0,
        db_default=0,
        help_text=_("The version of the pipeline that drafted from it."),
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        indexes = [
            models.Index(
                F("source"),
                F("next_try_at"),
                name="article_next_try_of_a_source",
                condition=~Q(stage="DRAFTED"),
            ),
            models.Index(
                F("reread_at"),
                name="article_to_read_again",
                condition=Q(reread_at__isnull=False),
            ),
            models.Index(
                F("text_sha256"), name="article_by_its_text", condition=~Q(text_sha256="")
            ),
            # An article that is only found costs none of these: that is how most are written.
            GinIndex(
                fields=["marks"],
                name="article_by_marks_of_its_text",
                condition=Q(marks__isnull=False),
            ),
            models.Index(
                F("drafted_at").desc(),
                name="article_read_last_first",
                condition=Q(drafted_at__isnull=False),
            ),
            models.Index(
                F("same_as"), name="article_by_its_double", condition=Q(same_as__isnull=False)
            ),
            models.Index(
                F("dispatch"), name="article_by_its_dispatch", condition=Q(dispatch__isnull=False)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="article_of_an_address_is_stored_once",
                fields=["address_key"],
                condition=~Q(address_key=""),
            ),
            models.UniqueConstraint(
                name="article_without_an_address_is_stored_once",
                fields=["text_sha256", "published_on"],
                condition=Q(url=""),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="article_of_a_feed_is_stored_once",
                fields=["source", "guid_key"],
                condition=~Q(guid_key=""),
            ),
            models.CheckConstraint(
                name="article_with_an_address_has_its_key",
                condition=Q(url="") | ~Q(address_key="") | Q(same_as__isnull=False),
            ),
            models.CheckConstraint(
                name="article_with_an_id_has_its_key",
                condition=Q(guid="") | ~Q(guid_key=""),
            ),
            models.CheckConstraint(
                name="article_is_not_the_same_as_itself",
                condition=Q(same_as__isnull=True) | ~Q(same_as=F("id")),
            ),
            models.CheckConstraint(
                name="article_address_is_http",
                condition=Q(url="") | Q(url__regex=r"^https?://"),
            ),
            models.CheckConstraint(
                name="article_that_was_read_has_a_text",
                condition=Q(stage__in=["FOUND", "FETCHED"])
                | ~Q(text_sha256="") & (~Q(text="") | Q(forgotten_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding:
            self.take_keys()
        super().save(*args, **kwargs)

    def take_keys(self, guid: str = "") -> None:
        """Set what the article is known by; `guid` is the whole id where it is too long to keep."""
        self.address_key = address_key(self.url)
        self.guid_key = key_of(guid) or self.guid_key or key_of(self.guid)

    @property
    def host(self) -> str:
        """Where it appeared, with a port if its address has one; empty if that is not known."""
        with suppress(ValueError):
            return host_of(self.url)
        return ""

    @property
    def is_citable(self) -> bool:
        """Whether it has an address that a citation can hold."""
        return 0 < len(self.url) <= CITATION_LENGTH

    def keep_text(self, text: str) -> None:
        """Set the text that evidence will point into, and its hash; nothing is saved."""
        self.text = text
        self.text_sha256 = sha256(text.encode()).hexdigest()

    def take_day(self, day: date | None, problem: str) -> None:
        """Set the day that the page gives, where the feed gave none or no good one; unsaved."""
        if self.published_on is None:
            self.published_on, self.date_problem = day, problem
        elif self.date_problem and day is not None and not problem:
            self.published_on, self.published_at, self.date_problem = day, None, ""

    def take_address(self, url: str) -> None:
        """Remember where an article that came without an address can be read.

        Nothing changes if it has one, or if another article has this one.
        """
        key = address_key(url)
        if self.url or Article.objects.of_address(key).exists():
            return
        try:
            with transaction.atomic():
                Article.objects.filter(pk=self.pk, url="").update(url=url, address_key=key)
        except IntegrityError:
            return  # another article got it in this moment
        self.url, self.address_key = url, key

    def claim(self, *, at: datetime) -> bool:
        """Whether this worker may go on with the article; another one then may not for a while.

        Compare and set in one statement, so that nothing stays locked while the network is slow.
        """
        held_until = at + LEASE
        same = Article.objects.filter(pk=self.pk, next_try_at=self.next_try_at)
        if not same.update(next_try_at=held_until):
            return False
        self.next_try_at = held_until
        return True

    def keep(self, *columns: str, at: datetime) -> bool:
        """Save what a step has brought, and hold the article for the next one.

        False, and nothing is saved, if another worker has taken it over meanwhile.
        """
        return self._save_mine(*columns, next_try_at=at + LEASE)

    def stumbled(self, problem: str, *, at: datetime) -> None:
        """Remember why the next step failed; it is tried again, a few times, ever later.

        Nothing is remembered by a worker from which another has taken the article over.
        """
        next_try_at = at + _FIRST_WAIT * 2**self.tries
        self.tries += 1
        self.problem = problem[:300]
        self._save_mine("tries", "problem", next_try_at=next_try_at)

    def _save_mine(self, *columns: str, next_try_at: datetime) -> bool:
        values = {column: getattr(self, column) for column in columns}
        same = Article.objects.filter(pk=self.pk, next_try_at=self.next_try_at)
        if not same.update(**values, next_try_at=next_try_at):
            return False
        self.next_try_at = next_try_at
        return True
