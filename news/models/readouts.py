from __future__ import annotations

from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from events.models import Commitment, Country, Point, Readout, Topic
from events.models.dates import Precision
from news.models.articles import Article
from news.models.candidates import Candidate

LONGEST_TEXT = 300  # of a point or commitment on record


class CandidateReadoutQuerySet(models.QuerySet["CandidateReadout"]):
    def with_parts(self) -> Self:
        """Load what the review page and publishing look at, in a fixed number of queries."""
        return (
            self.select_related("issuer", "article", "readout")
            .prefetch_related(
                "points__topic",
                "points__drafted_topic",
                "points__point__topic",
                "commitments__commitment",
            )
            .order_by("issuer__position", "id")
        )


class CandidateReadout(models.Model):
    """A government's own account of a candidate's event, as drafted from its page.

    `readout` is what it became on the record. One that an editor has edited is not drafted again.
    """

    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="readouts", verbose_name=_("candidate")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="readouts", verbose_name=_("article")
    )
    issuer = models.ForeignKey(
        Country, models.PROTECT, related_name="+", verbose_name=_("government")
    )
    issuing_body = models.CharField(_("issued by"), max_length=120, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_time = models.TimeField(_("published at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=40, blank=True)
    is_whole = models.BooleanField(_("whole text seen"), null=True, blank=True)
    is_left_out = models.BooleanField(_("left out"), default=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("edited by"),
    )
    readout = models.ForeignKey(
        Readout,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="drafts",
        verbose_name=_("readout"),
        help_text=_("What it became."),
    )

    objects = CandidateReadoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("drafted readout")
        verbose_name_plural = _("drafted readouts")
        constraints = [
            models.UniqueConstraint(
                name="article_is_one_account_of_a_candidate", fields=["candidate", "article"]
            ),
            models.CheckConstraint(
                name="drafted_readout_time_has_a_date_and_a_zone",
                condition=Q(published_time__isnull=True, time_zone="")
                | Q(published_time__isnull=False, published_on__isnull=False) & ~Q(time_zone=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issuing_body or self.issuer_id}: {self.candidate_id}"


class Passage(models.Model):
    """Words of the article that a point or commitment was read from, and their sentence."""

    position = models.PositiveSmallIntegerField(_("position"))
    quote = models.TextField(_("quote"))
    starts_at = models.PositiveIntegerField(
        _("starts at"), help_text=_("Offset of the quote in the text, in code points.")
    )
    ends_at = models.PositiveIntegerField(_("ends at"))
    sentence = models.TextField(_("sentence"))
    sentence_starts_at = models.PositiveIntegerField(_("sentence starts at"))
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)
    text_en = models.CharField(
        _("text in English"),
        max_length=LONGEST_TEXT,
        blank=True,
        help_text=_("In the words of the record; empty: as on the page."),
    )
    is_left_out = models.BooleanField(_("left out"), default=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.text_en or self.quote

    @property
    def quote_in_short(self) -> str:
        """The words of the page as far as the record holds them."""
        short = self.quote.strip()
        if len(short) <= LONGEST_TEXT:
            return short
        return short[: LONGEST_TEXT - 1].rstrip() + "…"

    def goes_on_record(self, language: str) -> bool:
        """Whether it is published with its account, from a page in this language."""
        return not self.is_left_out

    def texts(self, language: str) -> dict[str, Any]:
        """What the record is to say, by column: in English, and in the language of the page."""
        if language not in WORDING_IN:
            return {"text_en": self.text_en or self.quote_in_short}
        return {
            "text_en": self.text_en or WORDING_IN[language],
            f"text_{language}": self.quote_in_short,
        }


# In the language of the record, for a point that nobody has put into English.
WORDING_IN = {"ko": "wording in Korean only", "ja": "wording in Japanese only"}


def _quoted(name: str) -> list[models.CheckConstraint]:
    return [
        models.CheckConstraint(
            name=f"{name}_quote_has_a_length", condition=Q(ends_at__gt=F("starts_at"))
        ),
        models.CheckConstraint(
            name=f"{name}_quote_stands_in_its_sentence",
            condition=Q(sentence_starts_at__lte=F("starts_at")),
        ),
    ]


class CandidatePoint(Passage):
    """One thing that a drafted readout says; topic and stance as drafted and as they are now."""

    readout = models.ForeignKey(CandidateReadout, models.CASCADE, related_name="points")
    topic = models.ForeignKey(
        Topic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("topic"),
    )
    stance = models.CharField(_("stance"), max_length=10, choices=Point.Stance)
    drafted_topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    drafted_stance = models.CharField(max_length=10, choices=Point.Stance, editable=False)
    point = models.OneToOneField(
        Point, models.SET_NULL, null=True, blank=True, related_name="draft", editable=False
    )

    class Meta:
        verbose_name = _("drafted point")
        verbose_name_plural = _("drafted points")
        constraints = [
            models.UniqueConstraint(
                name="drafted_readout_has_one_point_at_a_position", fields=["readout", "position"]
            ),
            *_quoted("drafted_point"),
        ]


class CandidateCommitment(Passage):
    """Something that a drafted readout promises, and the countries that undertake it."""

    readout = models.ForeignKey(CandidateReadout, models.CASCADE, related_name="commitments")
    by = ArrayField(models.CharField(max_length=2), verbose_name=_("undertaken by"))
    due_text = models.CharField(_("deadline as recorded"), max_length=80, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    due_precision = models.CharField(
        _("precision of the deadline"),
        max_length=8,
        blank=True,
        choices=[(p.value, p.label) for p in Precision if p != Precision.WINDOW],
    )
    commitment = models.OneToOneField(
        Commitment, models.SET_NULL, null=True, blank=True, related_name="draft", editable=False
    )

    class Meta:
        verbose_name = _("drafted commitment")
        verbose_name_plural = _("drafted commitments")
        constraints = [
            models.UniqueConstraint(
                name="drafted_readout_has_one_commitment_at_a_position",
                fields=["readout", "position"],
            ),
            *_quoted("drafted_commitment"),
            models.CheckConstraint(
                name="drafted_commitment_due_date_has_a_precision",
                condition=Q(due_on__isnull=True, due_precision="")
                | Q(due_on__isnull=False) & ~Q(due_precision=""),
            ),
            models.CheckConstraint(
                name="drafted_commitment_due_on_first_day_of_its_period",
                condition=~Q(due_precision__in=["MONTH", "YEAR"])
                | Q(due_precision="MONTH", due_on__day=1)
                | Q(due_precision="YEAR", due_on__day=1, due_on__month=1),
            ),
        ]

    def goes_on_record(self, language: str) -> bool:
        """It needs its text in English: it stands by itself in the list of all commitments."""
        return not self.is_left_out and (language == "en" or bool(self.text_en))

    def texts(self, language: str) -> dict[str, Any]:
        """Only in English: words of the page would be taken for the project's translation."""
        return {"text_en": self.text_en or self.quote_in_short}
