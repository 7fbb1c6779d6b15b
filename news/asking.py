"""Having a language model read along, where one is configured: the second reading of an article.

It comes after the rules and apart from them: they never wait for it. What it finds besides them
waits as a candidate of its own; of what both found, its reading is only kept beside, to be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep

import structlog
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from events.models import Country, Topic
from news.agreement import Told, unmatched
from news.allowance import Limits, Refusal, Spent, refusal, rests_until
from news.clock import Clock, clock_from
from news.completions import MOST_ANSWER_TOKENS, Completion, Endpoint, NoCompletion, complete
from news.dispatches import not_drafted_yet, one_at_a_time
from news.ingest import as_text
from news.knowledge import from_record
from news.models import (
    Article,
    Candidate,
    CandidateEvidence,
    ModelCall,
    ModelReading,
    Report,
)
from news.models.readings import ModelCallQuerySet
from news.pipeline import Draft, Knowledge
from news.pipeline.answers import BadAnswer, read_answer
from news.pipeline.checking import Judged, Vocabulary
from news.pipeline.extractor import ModelExtractor
from news.pipeline.orders import gives_orders
from news.pipeline.people import index_knowledge
from news.pipeline.questions import PROMPT_VERSION, Question, names_both
from news.pipeline.telling import read_telling
from news.reporting import start_candidate
from news.tellings import as_drafted

# What is older is no news: a model that is switched on does not read the archive.
READ_FOR = timedelta(days=3)
# No request is begun later in a run; two that take their whole time still fit into a task.
RUN = timedelta(seconds=40)
MOST_IN_A_RUN = 100
# A request whose end nobody has noted for so long has lost its worker.
HELD = timedelta(minutes=3)
# Requests that failed for one article, while others were answered, before it is given up.
MOST_TRIES = 4
_ASKING = 5_171_044  # any number: the space of the lock under which requests are begun

Complete = Callable[..., Completion]
log = structlog.get_logger(__name__)


class NotNow(Exception):
    """The model is not to be asked now; `reason` says why."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class ModelState:
    """How the model does and what it has cost today, for operators."""

    endpoint: Endpoint
    limits: Limits
    spent: Spent
    waiting: int
    rests_until: datetime | None
    refusal: Refusal | None
    last: ModelCall | None
    """The last request that has ended."""


def configured() -> Endpoint | None:
    """The model that the settings name; None if none is to be asked."""
    if not settings.MODEL_URL:
        return None
    return Endpoint(
        settings.MODEL_URL, settings.MODEL_NAME, settings.MODEL_KEY, settings.MODEL_SECONDS
    )


def allowed() -> Limits:
    """What a day may cost."""
    return Limits(settings.MODEL_DAILY_REQUESTS, settings.MODEL_DAILY_TOKENS)


def state_of(endpoint: Endpoint, *, at: datetime) -> ModelState:
    """How a model does at this moment. Four queries."""
    calls = ModelCall.objects.all()
    spent = calls.spent_since(_midnight(at))
    latest = calls.last_ended(endpoint.model, held_since=at - HELD)
    return ModelState(
        endpoint=endpoint,
        limits=allowed(),
        spent=spent,
        waiting=to_ask(endpoint, at=at).count(),
        rests_until=rests_until(latest, at=at),
        refusal=refusal(spent, latest, allowed(), at=at),
        last=calls.ended(endpoint.model).first(),
    )


def to_ask(endpoint: Endpoint, *, at: datetime) -> QuerySet[Article]:
    """Articles of the last days that this model has not read; first those of which one waits."""
    read = ModelReading.objects.filter(
        article=OuterRef("pk"), model=endpoint.model, prompt_version=PROMPT_VERSION
    )
    waiting = Candidate.objects.pending().filter(reports__article=OuterRef("pk"))
    found = Article.objects.filter(
        ~Exists(read), stage=Article.Stage.DRAFTED, same_as=None, drafted_at__gt=at - READ_FOR
    ).exclude(text="")
    return found.annotate(has_waiting=Exists(waiting)).order_by("-has_waiting", "-drafted_at", "pk")


def ask_due(
    *,
    at: datetime,
    complete: Complete = complete,
    wait: Callable[[float], None] = sleep,
) -> int:
    """Have the model read articles until none is left, time is up, or it is not to be asked.

    Returns how many were read. Safe to run again, and beside others: one request at a time.
    """
    endpoint = configured()
    if endpoint is None:
        return 0
    clock = clock_from(at)
    articles = list(to_ask(endpoint, at=at)[:MOST_IN_A_RUN])
    if not articles:
        return 0
    reader = _Reader(endpoint, from_record([at.date()]), vocabulary(), clock, complete, wait)
    count = 0
    for article in articles:
        if clock() >= at + RUN:
            break
        try:
            count += reader.read(article)
        except NotNow:
            break
    return count


def vocabulary() -> Vocabulary:
    """The words of the record that an answer may use; two queries."""
    return Vocabulary(
        frozenset(Country.objects.values_list("pk", flat=True)),
        frozenset(Topic.objects.values_list("slug", flat=True)),
    )


@dataclass
class _Reader:
    endpoint: Endpoint
    knowledge: Knowledge
    vocabulary: Vocabulary
    clock: Clock
    complete: Complete
    wait: Callable[[float], None]
    call: ModelCall | None = None

    def read(self, article: Article) -> bool:
        """Have one article read; whether it is done with. Raises NotNow."""
        text, self.call = as_text(article), None
        if not names_both(read_telling(text, index_knowledge(self.knowledge))):
            self._keep(article)
            return True
        try:
            judged = ModelExtractor(self.ask, self.vocabulary)(text, self.knowledge)
        except BadAnswer:
            self._keep(article, problem=_("The model did not answer as it was asked to."))
        except NoCompletion as error:
            if not self._is_hopeless():
                return False
            self._keep(article, problem=str(error))
        else:
            self._keep(article, judged)
        return True

    def ask(self, question: Question) -> str:
        """The answer to a question: the one on file, else a new one, at the second try if need be.

        Raises NotNow, NoCompletion and BadAnswer.
        """
        alike = self._alike(question.sha256)
        self.call = alike.answered().first()
        if self.call is not None:
            return self.call.content
        try:
            return self._ask_once(question)
        except BadAnswer:
            return self._ask_once(question)
        except NoCompletion as error:
            if error.wait is None:
                raise
            self.wait(error.wait)
            return self._ask_once(question)

    def _ask_once(self, question: Question) -> str:
        self.call = call = self._begin(question)
        try:
            answer = self.complete(self.endpoint, question.messages)
            call.tokens = answer.tokens or call.tokens
            read_answer(answer.content)
        except NoCompletion as error:
            call.ended(ModelCall.Outcome.FAILED, problem=str(error))
            self._tell_if_resting(str(error))
            raise
        except BadAnswer as error:
            call.ended(ModelCall.Outcome.MALFORMED, problem=str(error), content=answer.content)
            self._tell_if_resting(str(error))
            raise
        call.ended(ModelCall.Outcome.ANSWERED, content=answer.content)
        return answer.content

    @transaction.atomic
    def _begin(self, question: Question) -> ModelCall:
        """Note a request before it is made, so that it is paid for. Raises NotNow."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ASKING])
        at, calls = self.clock(), ModelCall.objects.all()
        if calls.under_way(at - HELD).exists():
            raise NotNow(Refusal.BUSY)
        tokens = question.most_tokens + MOST_ANSWER_TOKENS
        latest = calls.last_ended(self.endpoint.model, held_since=at - HELD)
        reason = refusal(calls.spent_since(_midnight(at)), latest, allowed(), at=at, tokens=tokens)
        if reason is not None:
            raise NotNow(reason)
        return ModelCall.objects.create(
            asked_at=at,
            model=self.endpoint.model,
            prompt_version=PROMPT_VERSION,
            sent_sha256=question.sha256,
            tokens=tokens,
        )

    def _alike(self, sent_sha256: str) -> ModelCallQuerySet:
        return ModelCall.objects.like(
            model=self.endpoint.model, prompt_version=PROMPT_VERSION, sent_sha256=sent_sha256
        )

    def _is_hopeless(self) -> bool:
        """Whether it is this article that cannot be answered, and not the model that is away."""
        assert self.call is not None
        failed = self._alike(self.call.sent_sha256).order_by("asked_at")
        first = failed.first()
        if first is None or failed.count() < MOST_TRIES:
            return False
        answered = ModelCall.objects.answered().filter(model=self.endpoint.model)
        return answered.filter(asked_at__gt=first.asked_at).exists()

    def _tell_if_resting(self, problem: str) -> None:
        at = self.clock()
        latest = ModelCall.objects.last_ended(self.endpoint.model, held_since=at - HELD)
        if until := rests_until(latest, at=at):
            log.warning("model_resting", problem=problem, until=until.isoformat())

    @transaction.atomic
    def _keep(self, article: Article, judged: Judged | None = None, *, problem: str = "") -> None:
        """Store what was read, and put into the queue what only the model found."""
        locked = Article.objects.select_for_update().get(pk=article.pk)
        if not locked.text:
            return  # it has been forgotten meanwhile
        reading = ModelReading(article=locked)
        reading.drafts = judged.drafts if judged else ()
        ModelReading.objects.update_or_create(
            article=locked,
            defaults={
                "call": self.call,
                "model": self.endpoint.model,
                "prompt_version": PROMPT_VERSION,
                "read_at": self.clock(),
                "told": reading.told,
                "dropped": [
                    {"field": one.field, "value": one.value, "reason": one.reason}
                    for one in (judged.dropped if judged else ())
                ],
                "gives_orders": gives_orders(locked.text),
                "problem": problem,
            },
        )
        if judged and judged.drafts:
            _add_what_is_new(locked, list(judged.drafts))


def _add_what_is_new(article: Article, drafts: list[Draft]) -> None:
    """Make candidates of the drafts that no report of the article tells of, decided or not.

    Each waits by itself, whatever other articles tell: what a model reads changes no candidate.
    """
    one_at_a_time()
    reports = article.reports.in_order().prefetch_related("evidence")
    told = [told_by(report, report.evidence.all()) for report in reports]
    new = [drafts[place] for place in unmatched(map(told_in, drafts), told)]
    if article.dispatch is not None:
        new = list(not_drafted_yet(new, article.dispatch))
    for draft in new:
        try:
            with transaction.atomic():
                start_candidate(article, draft)
        except IntegrityError:  # the same draft, of which an editor has made something else
            continue


def told_in(draft: Draft) -> Told:
    """A draft as a value to compare."""
    rows = (row for row in draft.evidence if row.field == "kind")
    return Told(as_drafted(draft), frozenset(row.sentence_start for row in rows))


def told_by(report: Report, evidence: Iterable[CandidateEvidence]) -> Told:
    """A report with its evidence as a value to compare."""
    rows = (row for row in evidence if row.field == "kind")
    return Told(as_drafted(report.draft), frozenset(row.sentence_starts_at for row in rows))


def _midnight(at: datetime) -> datetime:
    """When the day of the budget began; `at` is in UTC."""
    return at.replace(hour=0, minute=0, second=0, microsecond=0)
