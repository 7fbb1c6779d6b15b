"""Webhooks for tests, and what a receiver should make of a call."""

import base64
import hashlib
import hmac

from django.utils.crypto import constant_time_compare

from following.enabling import begin
from following.models import Webhook
from tests.events.build import NOW, make_user


def make_webhook(url, *, query="", at=NOW, **fields):
    """A webhook that is called about what is announced from now on."""
    values = {"name": "An institute", "contact": "desk@example.org", **fields}
    webhook = Webhook(url=url, query=query, **values)
    return begin(webhook, by=make_user(), at=at)


def is_signed(call, secret):
    """Whether the call is signed by that secret, worked out apart from the code that signs."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{call.id}.{call.headers['webhook-timestamp']}.".encode() + call.body
    made = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    given = call.headers["webhook-signature"].split(" ")
    return any(constant_time_compare(one, f"v1,{made}") for one in given)
