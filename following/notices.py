"""Telling an organisation and the operators that its webhook was given up: once.

A webhook is claimed, the mails are sent while no transaction is open, then it is marked as told. A
mail server that is not there is asked again with the next run. Whoever dies in between leaves it to
the next one: a mail that comes twice, which is rare, is better than none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from following.addresses import whole
from following.models import Delivery, Webhook
from news.alert_mail import recipients_by_language

HOLD = timedelta(minutes=5)
SECONDS = 20

log = structlog.get_logger(__name__)


def tell_of_given_up(*, at: datetime) -> int:
    """Mail what was given up since the last run; returns how many webhooks that was."""
    told = 0
    while (webhook := _claim(at)) is not None:
        ours = Webhook.objects.filter(pk=webhook.pk, notice_held_until=at + HOLD)
        if not _send(webhook):
            return told  # held a while longer: the mail server is away for the others, too
        told += ours.update(notice_sent_at=at, notice_held_until=None)
    return told


@transaction.atomic
def _claim(at: datetime) -> Webhook | None:
    free = Webhook.objects.untold(at).order_by("disabled_at", "id")
    webhook = free.select_for_update(of=("self",), skip_locked=True).first()
    if webhook is not None:
        Webhook.objects.filter(pk=webhook.pk).update(notice_held_until=at + HOLD)
    return webhook


def _send(webhook: Webhook) -> bool:
    """Send the mails; whether any came through. One address that is refused must not make the
    others get theirs twice."""
    sent = 0
    try:
        with get_connection(timeout=SECONDS) as connection:
            for message in _messages(webhook):
                message.connection = connection
                try:
                    sent += message.send()
                except OSError as error:  # smtplib's among them
                    log.warning("webhook_notice_not_mailed", to=message.to, error=str(error))
    except OSError as error:  # smtplib's among them
        log.warning("webhook_notice_not_mailed", webhook=webhook.pk, error=str(error))
    return bool(sent)


def _messages(webhook: Webhook) -> Iterator[EmailMessage]:
    """To the contact in the language of who entered it, and to each operator in theirs."""
    contact = webhook.contact
    yield _message(webhook, contact, webhook.created_by.language, for_operators=False)
    for language, addresses in recipients_by_language().items():
        for address in addresses:
            if address.lower() != contact.lower():
                yield _message(webhook, address, language, for_operators=True)


def _message(webhook: Webhook, address: str, language: str, *, for_operators: bool) -> EmailMessage:
    given_up = Delivery.objects.filter(webhook=webhook, settled_at=webhook.disabled_at)
    page = reverse("admin:following_webhook_change", args=[webhook.pk]) if for_operators else ""
    with override(language):
        subject = _("Webhook disabled: %(name)s") % {"name": " ".join(webhook.name.split())}
        context = {
            "webhook": webhook,
            "last": given_up.order_by("id").first(),
            "docs": whole("/api/v1/docs"),
            "page": whole(page) if page else "",
        }
        body = render_to_string("following/webhook_disabled.txt", context)
    return EmailMessage(subject, body, None, [address])
