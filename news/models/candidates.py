from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models import Anniversary, Country, Event, Person, Topic
from events.models.dates import FIRST_DAY_OF_A_COARSE_DATE, Precision
from news.models.articles import Article
from news.pipeline.checking import MODEL

# The columns that a decision fills.
DECIDED = (
    "state",
    "decided_by",
    "decided_at",
    "event",
    "made_anniversary",
    "reject_reason",
    "note",
)


def by_model_only() -> Q:
    """What holds of a candidate that only a language model found, and no rule."""
    rows = CandidateEvidence.objects.filter(candidate=OuterRef("pk"))
    return Q(Exists(rows.filter(rule=MODEL))) & ~Q(Exists(rows.exclude(rule=MODEL)))


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def pending(self) -> Self:
        return self.filter(state=Candidate.State.PENDING)

    def not_with_others(self, editor_id: int) -> Self:
        """Those that no other editor has taken."""
        return self.filter(Q(assigned_to__isnull=True) | Q(assigned_to=editor_id))

    def with_confidence(self) -> Self:
        """Add `confidence`: the least that any of the drafted values rests on; may be null."""
        rows = CandidateEvidence.objects.filter(candidate=OuterRef("pk"), confidence__isnull=False)
        least = rows.order_by("confidence").values("confidence")[:1]
        return self.annotate(confidence=Subquery(least))

    def with_day(self) -> Self:
        """Add `day`: when the article was published, or found where that is not known."""
        return self.annotate(day=Coalesce("article__published_on", TruncDate("article__found_at")))

    def oldest_article_first(self) -> Self:
        """The order of the queue; candidates of one article stay together."""
        return self.with_day().order_by("day", "article_id", "id")

    def after(self, candidate: Candidate) -> Self:
        """Those behind `candidate` (read with its `day`) in the order of the queue."""
        place = {"day": candidate.day, "article_id": candidate.article_id}
        return self.with_day().filter(
            Q(day__gt=place["day"])
            | Q(day=place["day"], article_id__gt=place["article_id"])
            | Q(**place, id__gt=candidate.pk)
        )

    def before(self, candidate: Candidate) -> Self:
        """Those ahead of `candidate` (read with its `day`) in the order of the queue."""
        place = {"day": candidate.day, "article_id": candidate.article_id}
        return self.with_day().filter(
            Q(day__lt=place["day"])
            | Q(day=place["day"], article_id__lt=place["article_id"])
            | Q(**place, id__lt=candidate.pk)
        )

    def for_queue(self) -> Self:
        """Load what a line of the queue prints, in a fixed number of queries.

        The text of the articles stays in the database: it may be long.
        """
        return self.select_related(
            "article", "anniversary", "event", "made_anniversary", "decided_by", "assigned_to"
        ).defer("article__text", "article__page", "article__summary")


class Candidate(models.Model):
    """A drafted event, or a drafted mention of a day that recurs, waiting for an editor.

    A mention of a recurring day has `is_anniversary`, and `anniversary` where the record knows
    the day; its kind is CEREMONY, which it becomes if an editor publishes it as an event.
    """

    class State(models.TextChoices):
        PENDING = "PENDING", _("To be decided")
        ACCEPTED = "ACCEPTED", _("Accepted")
        MERGED = "MERGED", _("Merged")
        REJECTED = "REJECTED", _("Rejected")

    class Status(models.TextChoices):
        SCHEDULED = "SCHEDULED", _("Scheduled")
        HELD = "HELD", _("Held")
        POSTPONED = "POSTPONED", _("Postponed")
        CANCELLED = "CANCELLED", _("Cancelled")

    class RejectReason(models.TextChoices):
        NOT_DIPLOMACY = "NOT_DIPLOMACY", _("Not an act of the two governments")
        BACKGROUND = "BACKGROUND", _("Background, not what the article reports")
        WRONG = "WRONG", _("Misread: the article does not say this")
        NOT_CONFIRMED = "NOT_CONFIRMED", _("Not confirmed: a plan or a rumour")
        DUPLICATE = "DUPLICATE", _("The same as another candidate")
        OTHER = "OTHER", _("Another reason")

    article = models.ForeignKey(
        Article, models.PROTECT, related_name="candidates", verbose_name=_("article")
    )
    fingerprint = models.CharField(max_length=64, editable=False)
    cluster_key = models.CharField(max_length=120, blank=True, db_index=True)

    kind = models.CharField(_("kind"), max_length=20, choices=Event.Kind)
    is_anniversary = models.BooleanField(_("recurring day"), default=False)
    anniversary = models.ForeignKey(
        Anniversary,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name=_("known anniversary"),
    )
    setting = models.CharField(_("setting"), max_length=12, choices=Event.Setting, blank=True)
    channel = models.CharField(_("channel"), max_length=10, choices=Event.Channel, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    precision = models.CharField(_("precision of the date"), max_length=8, choices=Precision)
    starts_on = models.DateField(_("starts on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    city = models.CharField(_("city"), max_length=60, blank=True)
    place_country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country of the place"),
    )
    occasion = models.CharField(_("occasion"), max_length=160, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    people = models.ManyToManyField(Person, blank=True, verbose_name=_("participants"))
    countries = models.ManyToManyField(
        Country, blank=True, related_name="+", verbose_name=_("countries")
    )
    topics = models.ManyToManyField(Topic, blank=True, verbose_name=_("topics"))

    split_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="split_off",
        verbose_name=_("split from"),
        help_text=_("The candidate of which an editor made two."),
    )
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken by"),
    )
    assigned_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PENDING)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("decided by"),
    )
    reject_reason = models.CharField(_("reason"), max_length=20, choices=RejectReason, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="candidates",
        verbose_name=_("event"),
        help_text=_("What it became or was merged into."),
    )
    made_anniversary = models.ForeignKey(
        Anniversary,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decided_candidates",
        verbose_name=_("anniversary"),
        help_text=_("What it became or was merged into."),
    )

    day: date  # where the queryset was read with_day()
    confidence: float | None  # … with_confidence()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidate")
        verbose_name_plural = _("candidates")
        indexes = [
            models.Index("state", "article", name="candidate_queue"),
            models.Index("starts_on", "id", name="candidate_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="article_drafts_a_candidate_once", fields=["article", "fingerprint"]
            ),
            models.CheckConstraint(
                name="candidate_pending_is_not_decided",
                condition=~Q(state="PENDING")
                | Q(decided_at__isnull=True, decided_by__isnull=True, reject_reason="", note="")
                & Q(event__isnull=True, made_anniversary__isnull=True),
            ),
            models.CheckConstraint(
                name="candidate_decided_at_and_by_go_together",
                condition=Q(state="PENDING")
                | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="candidate_accepted_or_merged_has_one_result",
                condition=~Q(state__in=["ACCEPTED", "MERGED"])
                | Q(reject_reason="", event__isnull=False, made_anniversary__isnull=True)
                | Q(reject_reason="", event__isnull=True, made_anniversary__isnull=False),
            ),
            models.CheckConstraint(
                name="candidate_rejected_has_a_reason_and_no_result",
                condition=~Q(state="REJECTED")
                | Q(event__isnull=True, made_anniversary__isnull=True) & ~Q(reject_reason=""),
            ),
            models.CheckConstraint(
                name="candidate_of_known_anniversary_is_one",
                condition=Q(anniversary__isnull=True) | Q(is_anniversary=True),
            ),
            models.CheckConstraint(
                name="candidate_of_anniversary_is_a_ceremony",
                condition=Q(is_anniversary=False) | Q(kind="CEREMONY"),
            ),
            models.CheckConstraint(
                name="candidate_ends_on_or_after_its_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="candidate_of_a_month_or_year_stands_on_its_first_day",
                condition=FIRST_DAY_OF_A_COARSE_DATE,
            ),
            models.CheckConstraint(
                name="candidate_window_has_two_ends",
                condition=~Q(precision=Precision.WINDOW)
                | Q(ends_on__isnull=False, ends_on__gt=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.starts_on}"

    def get_absolute_url(self) -> str:
        return reverse("news:candidate", kwargs={"pk": self.pk})

    @property
    def kind_in_words(self) -> str:
        """The kind as editors call it; what recurs may be a day or one ceremony for it."""
        if self.anniversary_id is not None:
            return gettext("Recurring day")
        if self.is_anniversary:
            return gettext("Ceremony or recurring day")
        return self.get_kind_display()

    def take(self, by: User, *, at: datetime) -> None:
        """Note that this editor works on it, whoever did before; nobody else is kept out."""
        self._assign(by, at)

    def give_back(self) -> None:
        """Note that nobody works on it."""
        self._assign(None, None)

    def wait_again(self) -> None:
        """Forget how it was decided; the Decision keeps that."""
        self.state = self.State.PENDING
        self.decided_by = self.decided_at = self.event = self.made_anniversary = None
        self.reject_reason = self.note = ""
        self.save(update_fields=[*DECIDED])

    def _assign(self, editor: User | None, at: datetime | None) -> None:
        self.assigned_to, self.assigned_at = editor, at
        self.save(update_fields=["assigned_to", "assigned_at"])

    @property
    def result(self) -> Event | Anniversary | None:
        """What it became or was merged into."""
        return self.event or self.made_anniversary


class CandidateEvidence(models.Model):
    """The words of the article that one value of one field was read from."""

    candidate = models.ForeignKey(Candidate, models.CASCADE, related_name="evidence")
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
                fields=["candidate", "field", "value", "starts_at", "ends_at"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.quote}"
