from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article
from news.models.candidates import Candidate
from news.models.told import draft_of, told_of

if TYPE_CHECKING:
    from news.pipeline import Draft


class ReportQuerySet(models.QuerySet["Report"]):
    def in_order(self) -> Self:
        """The first that came first."""
        return self.order_by("id")

    def with_article(self) -> Self:
        """Load what tells one report from another; the text stays in the database."""
        return self.select_related("article__source", "article__dispatch").defer(
            "article__text", "article__page", "article__summary"
        )


class Report(models.Model):
    """What one article tells of the event of a candidate, as it was drafted from it.

    `told` is that draft as plain data, without its evidence, which hangs on the report, and without
    the account of a government, which hangs on the candidate. A report that an editor `is_placed`
    stays with its candidate whatever a later reading makes of it.
    """

    candidate = models.ForeignKey(
        Candidate, models.CASCADE, related_name="reports", verbose_name=_("candidate")
    )
    article = models.ForeignKey(
        Article, models.PROTECT, related_name="reports", verbose_name=_("article")
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    told = models.JSONField(_("told"))
    is_placed = models.BooleanField(
        _("placed by an editor"),
        default=False,
        db_default=False,
        help_text=_("An editor said to which candidate it belongs."),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("news report")
        verbose_name_plural = _("news reports")
        constraints = [
            models.UniqueConstraint(
                name="article_reports_a_draft_once", fields=["article", "fingerprint"]
            ),
            models.CheckConstraint(
                name="report_tells_a_kind_and_a_day",
                condition=Q(told__has_keys=["kind", "starts_on", "ends_on"]),
            ),
        ]

    def __str__(self) -> str:
        """Who reports; a link needs a name."""
        article = self.article
        return article.outlet or article.host or article.title or f"#{self.pk}"

    @property
    def draft(self) -> Draft:
        """What it tells, without evidence and account."""
        return draft_of(self.told)

    @draft.setter
    def draft(self, draft: Draft) -> None:
        told = told_of(replace(draft, evidence=(), readout=None))
        del told["evidence"], told["readout"]
        self.told = told


class CandidateEvidence(models.Model):
    """The words of a report's article that one value of one field was read from."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="evidence")
    field = models.CharField(_("field"), max_length=30)
    value = models.CharField(_("value"), max_length=160, blank=True)
    quote = models.TextField(_("quote"))
    starts_at = models.PositiveIntegerField(
        _("starts at"), help_text=_("Offset of the quote in the text, in code points.")
    )
    ends_at = models.PositiveIntegerField(_("ends at"))
    sentence = models.TextField(_("sentence"))
    sentence_starts_at = models.PositiveIntegerField(_("sentence starts at"))
    rule = models.CharField(_("rule"), max_length=60, blank=True)
    confidence = models.FloatField(_("confidence"), null=True, blank=True)

    class Meta:
        verbose_name = _("evidence of a candidate")
        verbose_name_plural = _("evidence of candidates")
        constraints = [
            models.CheckConstraint(
                name="candidate_quote_has_a_length", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="candidate_quote_stands_in_its_sentence",
                condition=Q(sentence_starts_at__lte=F("starts_at")),
            ),
            models.UniqueConstraint(
                name="candidate_evidence_is_stored_once",
                fields=["report", "field", "value", "starts_at", "ends_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.quote}"


def by_model_only(owner: str) -> Q:
    """What holds of a row that only a language model found, and no rule.

    `owner` leads from evidence to that row: "report", or "report__candidate".
    """
    # The pipeline's own name for it; not loaded with the models (see news/models/told.py).
    from news.pipeline.checking import MODEL

    rows = CandidateEvidence.objects.filter(**{owner: OuterRef("pk")})
    return Q(Exists(rows.filter(rule=MODEL))) & ~Q(Exists(rows.exclude(rule=MODEL)))
