"""Readers' reports of errors: how one is received, and how an editor closes it.

Nothing about a sender is kept or looked at, so the limits count reports, never people.
"""

from datetime import datetime, timedelta

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events.models import ErrorReport
from events.models.reports import PUBLIC_REASON_LENGTH, THINGS, Thing, owner_of

OPEN_FOR_ONE_PAGE = 20
IN_ONE_HOUR = 200
# Nobody chooses, types and sends within three seconds of seeing the form; programs do.
SHORTEST_TIME = timedelta(seconds=3)
LONGEST_TIME = timedelta(days=1)
LONGEST_SHOWN = 4000

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_SALT = "events.reporting"
# Any number, the same in every process.
_RECEIVING = 7_102_519_650_624


class AlreadyReported(Exception):
    """The page has a report of the same words; the message says so to the reader."""


class TooManyReports(Exception):
    """A limit is reached; the message tells the reader, `retry_after` when to come back."""

    def __init__(self, message: str, *, retry_after: timedelta) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def stamp(*, at: datetime) -> str:
    """What a form carries to prove when it was shown."""
    return signing.Signer(salt=_SALT).sign(at.isoformat())


def time_since_shown(stamped: str, *, at: datetime) -> timedelta | None:
    """How long before `at` the form with that stamp was shown; None for a stamp not made here."""
    try:
        shown_at = signing.Signer(salt=_SALT).unsign(stamped)
    except signing.BadSignature:
        return None
    return at - datetime.fromisoformat(shown_at)


@transaction.atomic
def receive(
    thing: Thing,
    *,
    about: str,
    message: str,
    source_url: str,
    language: str,
    at: datetime,
    field: str = "",
    shown: str = "",
    revision: int | None = None,
) -> ErrorReport:
    """Keep a reader's report for the editors, with what the thing's page showed of the field.

    Raises AlreadyReported and TooManyReports, and ValidationError for a value that its column
    does not take. Reports are received one at a time, so that the limits hold for many at once.
    """
    report = ErrorReport(
        **{owner_of(thing): thing},
        about=about,
        message=message.strip(),
        source_url=source_url,
        language=language,
        field=field,
        shown=shown[:LONGEST_SHOWN],
        revision=revision,
        created_at=at,
    )
    report.clean_fields(exclude=list(THINGS))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_RECEIVING])
    _refuse_what_is_too_much(report, thing, at=at)
    report.save(force_insert=True)
    return report


def _refuse_what_is_too_much(report: ErrorReport, thing: Thing, *, at: datetime) -> None:
    of_page = ErrorReport.objects.filter(**{owner_of(thing): thing.pk})
    if of_page.filter(message=report.message).exists():
        raise AlreadyReported(
            _("This text has been received for this page already. There is no need to send it.")
        )
    if of_page.still_open().count() >= OPEN_FOR_ONE_PAGE:
        raise TooManyReports(
            _("Many reports on this page are waiting for an editor. Please try again tomorrow."),
            retry_after=_DAY,
        )
    lately = ErrorReport.objects.filter(created_at__gt=at - _HOUR).order_by("-created_at")
    # The one that has to grow older than an hour before another is taken.
    in_the_way = lately.values_list("created_at", flat=True)[IN_ONE_HOUR - 1 : IN_ONE_HOUR].first()
    if in_the_way is not None:
        wait = in_the_way + _HOUR - at
        minutes = -(-wait // timedelta(minutes=1))
        raise TooManyReports(
            ngettext(
                "Many reports came within the last hour. Please try again in %(minutes)d minute.",
                "Many reports came within the last hour. Please try again in %(minutes)d minutes.",
                minutes,
            )
            % {"minutes": minutes},
            retry_after=wait,
        )


@transaction.atomic
def close(
    report: ErrorReport, *, outcome: str, public_reason: str = "", by: User, at: datetime
) -> ErrorReport:
    """Settle the report. Of two who close it, the first one stands.

    The outcome, its day and the reason go into the log of corrections, but for reports that were
    none or one of several. Raises ValidationError for an outcome that is none, for a reason that
    is too long, that is lacking where nothing was corrected, or that nobody would read.
    """
    locked = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if locked.closed_at is None:
        locked.outcome, locked.public_reason = outcome, public_reason.strip()
        locked.closed_at, locked.closed_by = at, by
        _check_outcome(locked)
        locked.save(update_fields=["outcome", "public_reason", "closed_at", "closed_by"])
    report.refresh_from_db(fields=["outcome", "public_reason", "closed_at", "closed_by"])
    return report


def _check_outcome(report: ErrorReport) -> None:
    outcomes = ErrorReport.Outcome
    if report.outcome not in outcomes.values:
        raise ValidationError({"outcome": _("Choose what became of it.")})
    if len(report.public_reason) > PUBLIC_REASON_LENGTH:
        raise ValidationError({"public_reason": _("The reason must have 300 characters or fewer.")})
    if "\0" in report.public_reason:
        raise ValidationError(
            {"public_reason": _("The text holds a character that cannot be kept.")}
        )
    if report.outcome == outcomes.NOT_CORRECTED and not report.public_reason:
        raise ValidationError({"public_reason": _("Tell readers why the record stays as it is.")})
    if report.public_reason and report.outcome not in ErrorReport.TOLD:
        raise ValidationError(
            {"public_reason": _("Readers are not told of this outcome: leave the reason empty.")}
        )
