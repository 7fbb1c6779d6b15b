"""Addresses as mails carry them: whole, under SITE_URL, in the language of who gets them."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override


def whole(path: str) -> str:
    """The address of a path of this site."""
    return f"{settings.SITE_URL}{path}"


def host() -> str:
    """The name of this site, as identifiers of mails carry it."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def confirming(key: str, *, language: str) -> str:
    """Where a subscription is confirmed; that page's language becomes that of the mails."""
    with override(language):
        return whole(reverse("following:confirm", kwargs={"key": key}))


def managing(key: str, *, language: str) -> str:
    """Where the owner of an address sees and changes what goes there."""
    with override(language):
        return whole(reverse("following:manage", kwargs={"key": key}))


def leaving(key: str) -> str:
    """Where one subscription is ended, or all of a subscriber, by whose key it is."""
    return whole(reverse("follow_out", kwargs={"key": key}))
