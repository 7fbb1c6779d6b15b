"""Let go of announcements and mails that nobody needs any more."""

from datetime import datetime, timedelta

from django.db.models import Exists, Min, OuterRef

from following.models import (
    Announcement,
    Delivery,
    Digest,
    Subscriber,
    Subscription,
    Webhook,
)

KEPT = timedelta(days=400)
# A mail to somebody who has left, or whose server takes none, would be old when they are back.
KEPT_FOR_NOBODY = timedelta(days=7)


def clear_old(*, at: datetime) -> int:
    """Delete mails and announcements of more than 400 days ago; returns how many of the latter.

    A mail that waits stays, unless for a week its reader has taken none; and so does every
    announcement that somebody is still to be told. Safe to repeat.
    """
    waiting = Digest.objects.filter(state=Digest.State.WAITING)
    Digest.objects.filter(made_at__lt=at - KEPT).exclude(state=Digest.State.WAITING).delete()
    for_nobody = waiting.filter(made_at__lt=at - KEPT_FOR_NOBODY)
    for_nobody.exclude(pk__in=waiting.to_takers().values("pk")).delete()
    old = Announcement.objects.filter(at__lt=at - KEPT)
    told = (
        Subscription.objects.standing().filter(
            subscriber__in=Subscriber.objects.told().filter(refused_at=None)
        ),
        Webhook.objects.filter(is_enabled=True, disabled_at=None),
    )
    for rows in told:
        if (last := rows.aggregate(least=Min("told_through"))["least"]) is not None:
            old = old.filter(id__lte=last)
    calls = Delivery.objects.filter(announcement=OuterRef("pk"), state=Delivery.State.WAITING)
    old = old.exclude(Exists(calls))
    number = old.count()
    old.delete()
    return number
