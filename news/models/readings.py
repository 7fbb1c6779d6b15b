"""What a language model was asked, and what it read in an article."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q, Sum
from django.utils.translation import gettext_lazy as _

from news.allowance import MOST_FAILURES, Attempt, Spent
from news.models.articles import Article
from news.models.told import draft_of, told_of

if TYPE_CHECKING:
    from news.pipeline import Draft

NAME_LENGTH = 120
PROBLEM_LENGTH = 300


class ModelCallQuerySet(models.QuerySet["ModelCall"]):
    def like(self, *, model: str, prompt_version: int, sent_sha256: str) -> Self:
        """Those that sent the same to the same model."""
        return self.filter(model=model, prompt_version=prompt_version, sent_sha256=sent_sha256)

    def answered(self) -> Self:
        return self.filter(outcome=ModelCall.Outcome.ANSWERED)

    def ended(self, model: str) -> Self:
        """The requests to a model that have ended, the last one first."""
        found = self.filter(model=model).exclude(outcome=ModelCall.Outcome.ASKED)
        return found.order_by("-asked_at", "-pk")

    def under_way(self, held_since: datetime) -> Self:
        """Those whose end is awaited; a worker that asked earlier is gone."""
        return self.filter(outcome=ModelCall.Outcome.ASKED, asked_at__gt=held_since)

    def spent_since(self, moment: datetime) -> Spent:
        """What the requests since then have cost, those that failed too."""
        found = self.filter(asked_at__gte=moment).aggregate(n=Count("pk"), tokens=Sum("tokens"))
        return Spent(found["n"], found["tokens"] or 0)

    def last_ended(self, model: str, *, held_since: datetime) -> list[Attempt]:
        """The last requests to a model that have ended, as far as a rest is told by them."""
        ended = (
            self.filter(model=model)
            .exclude(outcome=ModelCall.Outcome.ASKED, asked_at__gt=held_since)
            .order_by("-asked_at", "-pk")
        )
        rows = ended.values_list("asked_at", "outcome")[:MOST_FAILURES]
        return [Attempt(when, outcome != ModelCall.Outcome.ANSWERED) for when, outcome in rows]


class ModelCall(models.Model):
    """One request to a language model: what it cost, and its answer, which is asked for once.

    It is written before it is made, so that a budget holds whatever becomes of the worker.
    """

    class Outcome(models.TextChoices):
        ASKED = "ASKED", _("Under way")
        ANSWERED = "ANSWERED", _("Answered")
        MALFORMED = "MALFORMED", _("Answered otherwise than asked")
        FAILED = "FAILED", _("No answer")

    asked_at = models.DateTimeField(_("asked at"))
    model = models.CharField(_("model"), max_length=NAME_LENGTH)
    prompt_version = models.PositiveSmallIntegerField(_("version of the question"))
    sent_sha256 = models.CharField(
        _("hash of the question"),
        max_length=64,
        help_text=_("SHA-256 of all that was sent, the article's text with it."),
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.ASKED)
    tokens = models.PositiveIntegerField(
        _("tokens"), help_text=_("As the server counts them; at most, where it does not say.")
    )
    content = models.TextField(_("answer"), blank=True)
    problem = models.CharField(_("problem"), max_length=PROBLEM_LENGTH, blank=True)

    objects = ModelCallQuerySet.as_manager()

    class Meta:
        verbose_name = _("request to the model")
        verbose_name_plural = _("requests to the model")
        indexes = [models.Index("asked_at", name="model_call_by_time")]
        constraints = [
            models.UniqueConstraint(
                name="model_answers_a_question_once",
                fields=["sent_sha256", "model", "prompt_version"],
                condition=Q(outcome="ANSWERED"),
            ),
            models.CheckConstraint(
                name="model_call_that_failed_says_why",
                condition=~Q(outcome__in=["FAILED", "MALFORMED"]) | ~Q(problem=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.asked_at:%Y-%m-%d %H:%M}"

    def ended(self, outcome: Outcome, *, problem: str = "", content: str = "") -> None:
        """Note how it ended."""
        self.outcome, self.problem = outcome, problem[:PROBLEM_LENGTH]
        self.content = content.replace("\0", "")
        self.save(update_fields=["outcome", "problem", "content", "tokens"])


class ModelReading(models.Model):
    """What is left of a model's answer about an article, once checked.

    `drafts` are events as plain data, with the words behind each field; `dropped` says what was not
    kept and why. `problem` says why there is no reading; empty too where none was needed.
    """

    article = models.OneToOneField(
        Article, models.CASCADE, related_name="model_reading", verbose_name=_("article")
    )
    call = models.ForeignKey(
        ModelCall, models.SET_NULL, null=True, related_name="readings", verbose_name=_("request")
    )
    model = models.CharField(_("model"), max_length=NAME_LENGTH)
    prompt_version = models.PositiveSmallIntegerField(_("version of the question"))
    read_at = models.DateTimeField(_("read at"))
    told = models.JSONField(_("drafts"), default=list, db_default=[])
    dropped = models.JSONField(_("dropped"), default=list, db_default=[])
    gives_orders = models.BooleanField(_("speaks to programs"), default=False, db_default=False)
    problem = models.CharField(_("problem"), max_length=PROBLEM_LENGTH, blank=True)

    class Meta:
        verbose_name = _("reading by the model")
        verbose_name_plural = _("readings by the model")
        constraints = [
            models.CheckConstraint(
                name="model_reading_with_a_problem_has_no_drafts",
                condition=Q(problem="") | Q(told=[]),
            )
        ]

    def __str__(self) -> str:
        return str(self.article)

    @property
    def drafts(self) -> list[Draft]:
        return [draft_of(told) for told in self.told]

    @drafts.setter
    def drafts(self, drafts: tuple[Draft, ...]) -> None:
        self.told = [told_of(draft) for draft in drafts]
