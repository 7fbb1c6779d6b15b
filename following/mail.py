"""The mail of a digest."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from following.models import Digest


def message_for(
    digest: Digest, *, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """The mail of a digest; its Message-ID is the digest's."""
    lines = [f"{item['kind']} {item['event']}" for item in digest.items]
    return EmailMultiAlternatives(
        subject=f"{len(lines)} events",
        body="\n".join(lines),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[digest.subscriber.address],
        connection=connection,
        headers={"Message-ID": f"<digest-{digest.pk}@localhost>"},
    )
