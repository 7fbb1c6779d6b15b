from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now, TruncDate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.models.citations import ADDRESS_LENGTH
from news.models.sources import LEASE, Source

MOST_TRIES = 4
_FIRST_WAIT = timedelta(minutes=15)


class ArticleQuerySet(models.QuerySet["Article"]):
    def unfinished(self) -> Self:
        """Articles still on their way to being drafted, without those given up."""
        return self.exclude(stage=Article.Stage.DRAFTED).filter(tries__lt=MOST_TRIES)

    def due(self, at: datetime) -> Self:
        """Those of them whose next try has come."""
        return self.unfinished().filter(next_try_at__lte=at)

    def with_day(self) -> Self:
        """Add `day`: of publication, or of finding where that is not known."""
        return self.annotate(day=Coalesce("published_on", TruncDate("found_at")))


class Article(models.Model):
    """One news item, stored once.

    `text` is what evidence points into, by code points, so it never changes once it is drafted.
    Without an address an article is known by its text and its day.
    """

    class Stage(models.TextChoices):
        FOUND = "FOUND", _("Found")
        FETCHED = "FETCHED", _("Fetched")
        EXTRACTED = "EXTRACTED", _("Text extracted")
        DRAFTED = "DRAFTED", _("Read for events")

    source = models.ForeignKey(
        Source,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("source"),
    )
    url = models.URLField(_("address"), max_length=ADDRESS_LENGTH, blank=True)
    guid = models.CharField(_("id in the feed"), max_length=ADDRESS_LENGTH, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    outlet = models.CharField(_("outlet"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    found_at = models.DateTimeField(_("found at"))
    fetched_at = models.DateTimeField(_("fetched at"), null=True, blank=True)
    page = models.TextField(
        _("page"), blank=True, help_text=_("The HTML between fetching and extraction.")
    )
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(
        _("hash of the text"), max_length=64, blank=True, help_text=_("SHA-256 of its UTF-8 bytes.")
    )
    stage = models.CharField(_("stage"), max_length=10, choices=Stage, default=Stage.FOUND)
    tries = models.PositiveSmallIntegerField(_("failed tries"), default=0)
    # Also how a worker holds an article: it moves this on, and no other takes it up before.
    next_try_at = models.DateTimeField(_("next try at"), default=timezone.now, db_default=Now())
    problem = models.CharField(_("last problem"), max_length=300, blank=True)
    is_sample = models.BooleanField(_("sample"), default=False)
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
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="article_of_an_address_is_stored_once",
                fields=["url"],
                condition=~Q(url=""),
            ),
            models.UniqueConstraint(
                name="article_without_an_address_is_stored_once",
                fields=["text_sha256", "published_on"],
                condition=Q(url=""),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="article_of_a_feed_is_stored_once",
                fields=["source", "guid"],
                condition=~Q(guid=""),
            ),
            models.CheckConstraint(
                name="article_address_is_http",
                condition=Q(url="") | Q(url__regex=r"^https?://"),
            ),
            models.CheckConstraint(
                name="article_that_was_read_has_a_text",
                condition=Q(stage__in=["FOUND", "FETCHED"]) | ~Q(text="") & ~Q(text_sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.url or f"{self._meta.verbose_name} {self.pk}"

    def keep_text(self, text: str) -> None:
        """Set the text that evidence will point into, and its hash; nothing is saved."""
        self.text = text
        self.text_sha256 = sha256(text.encode()).hexdigest()

    def take_address(self, url: str) -> None:
        """Remember where an article that came without an address can be read.

        Nothing changes if it has one, or if another article has this one.
        """
        if self.url or Article.objects.filter(url=url).exists():
            return
        try:
            with transaction.atomic():
                Article.objects.filter(pk=self.pk, url="").update(url=url)
        except IntegrityError:
            return  # another article got it in this moment
        self.url = url

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

    def stumbled(self, problem: str, *, at: datetime) -> None:
        """Remember why the next step failed; it is tried again, a few times, ever later."""
        self.next_try_at = at + _FIRST_WAIT * 2**self.tries
        self.tries += 1
        self.problem = problem[:300]
        self.save(update_fields=["tries", "problem", "next_try_at"])
