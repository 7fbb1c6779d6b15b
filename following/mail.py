"""The mails to followers: a digest, and the one that asks for confirmation; text and HTML.

In the language of who gets them, with nothing that a mail program would have to fetch.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.standing import Standing, current
from following import addresses, queries
from following.digesting import items_of
from following.models import Asking, Digest, Subscriber, Subscription
from following.subscribing import TIME_TO_CONFIRM, standing_of, waiting_for
from following.telling import lines_of, subject_of

# No program that answers by itself is to answer these, or to count them as written by hand.
_BY_ITSELF = {"Auto-Submitted": "auto-generated"}


def message_for(
    digest: Digest, *, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """The mail of a digest: its identity is the digest's, so that a copy can be told as one.

    Costs the same few queries whatever the digest holds.
    """
    subscriber = digest.subscriber
    standing = current()
    with override(subscriber.language):
        lines = lines_of(items_of([digest])[digest.pk], standing.names)
        asked_for = _asked_for(digest)
        context = {
            "lines": [(line, addresses.whole(line.path) if line.path else "") for line in lines],
            "left_out": digest.left_out,
            "list": _list_of(asked_for),
            "subject": subject_of(lines, left_out=digest.left_out),
            "subscriptions": _in_words(asked_for, standing),
        }
        return _message(
            "digest",
            context,
            subscriber,
            language=subscriber.language,
            connection=connection,
            headers={
                "Message-ID": _message_id("digest", digest.pk, digest.made_at),
                "Date": format_datetime(timezone.now()),
                # RFC 8058: a mail program posts to it, without asking and without a cookie.
                "List-Unsubscribe": f"<{addresses.leaving(subscriber.key)}>",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
                "List-Id": f"Seoul-Tokyo Record <follow.{addresses.host()}>",
                "Precedence": "bulk",
                **_BY_ITSELF,
            },
        )


def message_that_asks(
    asking: Asking, *, at: datetime, connection: object = None
) -> EmailMultiAlternatives:
    """The mail that asks the owner of an address whether what waits for it is wanted."""
    subscriber = asking.subscriber
    standing = current()
    with override(asking.language):
        is_told = subscriber.confirmed_at is not None and subscriber.left_at is None
        context = {
            "subject": _("Seoul–Tokyo Record: please confirm"),
            "waiting": [
                (row, addresses.confirming(row.key, language=asking.language))
                for row in _in_words(waiting_for(subscriber, at=at), standing)
            ],
            "subscriptions": _in_words(standing_of(subscriber), standing) if is_told else [],
            "is_told": is_told,
            "days": TIME_TO_CONFIRM.days,
        }
        if not context["waiting"]:
            context["subject"] = _("Seoul–Tokyo Record: what you follow by mail")
        return _message(
            "asking",
            context,
            subscriber,
            language=asking.language,
            connection=connection,
            headers={
                "Message-ID": _message_id("asking", asking.pk, at),
                "Date": format_datetime(at),
                **_BY_ITSELF,
            },
        )


def _message(
    name: str,
    context: Mapping[str, Any],
    subscriber: Subscriber,
    *,
    language: str,
    connection: object,
    headers: dict[str, str],
) -> EmailMultiAlternatives:
    more = {
        "language": language,
        "site": addresses.whole(f"/{language}/"),
        "manage": addresses.managing(subscriber.key, language=language),
        "leave": addresses.leaving(subscriber.key),
    }
    message = EmailMultiAlternatives(
        subject=context["subject"],
        body=render_to_string(f"following/{name}.txt", {**context, **more}),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[subscriber.address],
        connection=connection,
        headers={"Content-Language": language, **headers},
    )
    html = render_to_string(f"following/{name}.html", {**context, **more})
    message.attach_alternative(html, "text/html")
    return message


def _message_id(kind: str, number: int, at: datetime) -> str:
    """The moment keeps mails of a database that was made anew apart from earlier ones."""
    return f"<{kind}-{number}.{int(at.timestamp())}@{addresses.host()}>"


def _asked_for(digest: Digest) -> list[Subscription]:
    """The subscriptions that a digest answers to, in the order of their making."""
    ids = {asked for item in digest.items for asked in item.get("subscriptions", ())}
    rows = Subscription.objects.filter(pk__in=ids, subscriber=digest.subscriber_id)
    return list(rows.order_by("created_at", "id"))


def _list_of(asked_for: Sequence[Subscription]) -> str:
    """The address of the list that is followed; of the whole record's where there are several."""
    query = asked_for[0].query if len(asked_for) == 1 else ""
    return addresses.whole(reverse("events:timeline") + (f"?{query}" if query else ""))


def _in_words(rows: Sequence[Subscription], standing: Standing) -> list[Subscription]:
    """The same rows, each with its filter in words and the address that ends it."""
    for row in rows:
        row.words = queries.in_words(row.query, standing=standing)  # type: ignore[attr-defined]
        row.end_address = addresses.leaving(row.key)  # type: ignore[attr-defined]
    return list(rows)
