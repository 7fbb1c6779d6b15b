"""Signatures of calls, as Standard Webhooks 1.0 has them (symmetric, `v1`). Pure.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"
SECRET_BYTES = 32


class BadSecret(ValueError):
    """What was given is no secret in the form of Standard Webhooks."""


def written_secret(key: bytes) -> str:
    """A key, of 24 to 64 random bytes, as organisations are given it."""
    return PREFIX + base64.b64encode(key).decode("ascii")


def key_of(secret: str) -> bytes:
    """The key in a secret. Raises BadSecret."""
    try:
        key = base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError) as problem:
        raise BadSecret from problem
    if not secret.startswith(PREFIX) or not 24 <= len(key) <= 64:
        raise BadSecret
    return key


def signature(message_id: str, timestamp: int, body: bytes, *, secret: str) -> str:
    """ "v1," and the HMAC-SHA256 of id, seconds since 1970 and body, in base64."""
    signed = b".".join((message_id.encode("ascii"), str(timestamp).encode("ascii"), body))
    digest = hmac.digest(key_of(secret), signed, hashlib.sha256)
    return "v1," + base64.b64encode(digest).decode("ascii")


def headers_of(
    message_id: str, body: bytes, *, secrets: Iterable[str], at: datetime
) -> dict[str, str]:
    """The three headers of one attempt made `at`; a signature by each secret."""
    timestamp = int(at.timestamp())
    signatures = (signature(message_id, timestamp, body, secret=secret) for secret in secrets)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }
