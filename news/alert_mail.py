"""Telling operators of alerts: one mail for all that is new, to each in their language.

An alert is claimed, the mail is sent while no transaction is open, then it is marked as told.
Whoever dies in between leaves it to the next one, after a while: a mail that comes twice, which is
rare, is better than none. A mail server that is not there is asked again with the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from smtplib import SMTPException

import structlog
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext, override

from accounts.models import User
from news.habits import State
from news.health_words import advice_on, reason_of
from news.models import Alert, Source
from news.models.alerts import HOLD

SECONDS = 20
UNSENT = (SMTPException, OSError)

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Group:
    """The alerts of one kind, in the language of who reads them."""

    name: str
    advice: str
    sources: list[tuple[Source, str]]
    """Each with its reason."""


def tell(*, at: datetime) -> int:
    """Mail what has not been told yet; return how many alerts that was. Safe to run again."""
    alerts = _claim(at)
    if not alerts:
        return 0
    recipients = recipients_by_language()
    if recipients and not _send(alerts, recipients):
        _release(alerts)
        return 0
    _mark(alerts, at)
    return len(alerts)


def recipients_by_language() -> dict[str, list[str]]:
    """Addresses of the operators, and those of OPERATOR_EMAILS; each once, whatever its case."""
    operators = User.objects.filter(is_active=True, groups__name="operator").exclude(email="")
    named = [*operators.order_by("id").values_list("email", "language")]
    named += [(address, settings.LANGUAGE_CODE) for address in settings.OPERATOR_EMAILS]
    recipients: dict[str, list[str]] = {}
    seen = set()
    for address, language in named:
        if address.lower() not in seen:
            seen.add(address.lower())
            recipients.setdefault(language, []).append(address)
    return recipients


@transaction.atomic
def _claim(at: datetime) -> list[Alert]:
    """The alerts to tell, which nobody else tells for a while; oldest first."""
    free = Alert.objects.untold().unheld(at).order_by("raised_at", "id")
    alerts = list(free.select_related("source").select_for_update(of=("self",), skip_locked=True))
    _of(alerts).update(held_until=at + HOLD)
    return alerts


def _release(alerts: Iterable[Alert]) -> None:
    _of(alerts).update(held_until=None)


@transaction.atomic
def _mark(alerts: Sequence[Alert], at: datetime) -> None:
    """Remember what was told: an alert that has ended since is told again, as recovered."""
    _of(alerts).filter(raising_told_at=None).update(raising_told_at=at)
    _of(alert for alert in alerts if _has_recovered(alert)).update(ending_told_at=at)
    _release(alerts)


def _of(alerts: Iterable[Alert]) -> QuerySet[Alert]:
    return Alert.objects.filter(pk__in=[alert.pk for alert in alerts])


def _has_recovered(alert: Alert) -> bool:
    return alert.ending == Alert.Ending.RECOVERED


def _send(alerts: Sequence[Alert], recipients: dict[str, list[str]]) -> bool:
    """Send the mails; whether any came through. If none did, it is worth trying again.

    One address that is refused must not make the others get theirs twice.
    """
    sent = 0
    try:
        with get_connection(timeout=SECONDS) as connection:
            for language, addresses in recipients.items():
                with override(language):
                    subject, body = digest(alerts)
                for address in addresses:
                    sent += _send_one(EmailMessage(subject, body, None, [address]), connection)
    except UNSENT as error:
        log.warning("alerts_not_mailed", alerts=len(alerts), error=str(error))
    return bool(sent)


def _send_one(message: EmailMessage, connection: BaseEmailBackend) -> int:
    message.connection = connection
    try:
        return message.send()
    except UNSENT as error:
        log.warning("alerts_not_mailed", to=message.to, error=str(error))
        return 0


def digest(alerts: Sequence[Alert]) -> tuple[str, str]:
    """Subject and body of the mail about these alerts, in the active language."""
    raised = [alert for alert in alerts if not _has_recovered(alert)]
    recovered = [alert for alert in alerts if _has_recovered(alert)]
    parts = []
    if raised:
        counted = ngettext("%(n)d source needs you", "%(n)d sources need you", len(raised))
        parts.append(counted % {"n": len(raised)})
    if recovered:
        counted = ngettext(
            "%(n)d source has recovered", "%(n)d sources have recovered", len(recovered)
        )
        parts.append(counted % {"n": len(recovered)})
    context = {
        "groups": [_group(kind, raised) for kind in Alert.Kind],
        "recovered": recovered,
        "page": reverse("admin:news_source_health"),
    }
    return "; ".join(parts), render_to_string("news/alert_mail.txt", context)


def _group(kind: Alert.Kind, alerts: Sequence[Alert]) -> Group:
    same = [
        (alert.source, reason_of(alert.as_judgement())) for alert in alerts if alert.kind == kind
    ]
    return Group(str(kind.label), advice_on(State(kind.value)), same)
