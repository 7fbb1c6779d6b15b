from following.models.announcements import Announced, Announcement, Watermark
from following.models.askings import Asking
from following.models.digests import Digest
from following.models.subscribers import Subscriber, Subscription
from following.models.webhooks import Delivery, Webhook

__all__ = [
    "Announced",
    "Announcement",
    "Asking",
    "Delivery",
    "Digest",
    "Subscriber",
    "Subscription",
    "Watermark",
    "Webhook",
]
