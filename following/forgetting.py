"""What is forgotten of followers, and when: an address is kept no longer than it is needed."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from following.models import Asking, Subscriber, Subscription
from following.subscribing import TIME_TO_CONFIRM

# For so long an old link still says that it has been used.
KEPT_AFTER_LEAVING = timedelta(days=30)
KEPT_AFTER_ENDING = timedelta(days=30)
# Longer than any limit looks back.
KEPT_AFTER_ASKING = timedelta(days=7)


def forget(*, at: datetime) -> int:
    """Delete what is not needed any more; return how many addresses were among it.

    Safe to repeat. With an address goes all that hangs on it.
    """
    Subscription.objects.filter(
        confirmed_at__isnull=True, created_at__lte=at - TIME_TO_CONFIRM
    ).delete()
    Subscription.objects.filter(ended_at__lte=at - KEPT_AFTER_ENDING).delete()
    Asking.objects.filter(settled_at__lte=at - KEPT_AFTER_ASKING).delete()
    # Who has left and asks again is kept until that request is settled.
    wanted = Subscription.objects.filter(subscriber=OuterRef("pk"), ended_at__isnull=True)
    never_confirmed = Q(confirmed_at__isnull=True, created_at__lte=at - TIME_TO_CONFIRM)
    left = Q(left_at__lte=at - KEPT_AFTER_LEAVING)
    gone = Subscriber.objects.filter(never_confirmed | left).exclude(Exists(wanted))
    refused = Subscriber.objects.filter(refused_at__lte=at - KEPT_AFTER_LEAVING)
    forgotten = list((gone | refused).values_list("pk", flat=True))
    Subscriber.objects.filter(pk__in=forgotten).delete()
    return len(forgotten)
