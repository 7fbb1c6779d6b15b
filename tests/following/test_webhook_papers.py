"""The page for receivers says what is so: its example verifies real calls."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from following.enabling import rotate_secret
from following.payloads import RESUMED, TEST, TYPES
from following.webhooks import LONGEST_PAUSE, call_due, make_deliveries
from tests.events.build import NOW
from tests.following.build import announce
from tests.following.hooks import make_webhook

PAPER = (Path(__file__).resolve().parents[2] / "docs" / "webhooks.md").read_text(encoding="utf-8")


@pytest.fixture
def is_from_the_record():
    """The function of the example."""
    (code,) = re.findall(r"```python\n(.*?)```", PAPER, re.DOTALL)
    names = {}
    exec(compile(code, "docs/webhooks.md", "exec"), names)
    return names["is_from_the_record"]


@pytest.mark.django_db
def test_the_example_takes_real_calls_and_nothing_else(receiver, is_from_the_record):
    webhook = make_webhook(receiver.url())
    former = webhook.secret
    secret = rotate_secret(webhook, at=NOW).secret
    announce(1)
    make_deliveries(at=NOW)
    call_due(at=NOW)
    (call,) = receiver.calls
    then = NOW.timestamp

    for good in (secret, former):
        assert is_from_the_record(call.headers, call.body, good, now=then)
    other = "whsec_" + "A" * 32
    assert not is_from_the_record(call.headers, call.body, other, now=then)
    assert not is_from_the_record(call.headers, call.body + b" ", secret, now=then)
    late = (NOW + timedelta(minutes=6)).timestamp
    assert not is_from_the_record(call.headers, call.body, secret, now=late)
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        assert not is_from_the_record({**call.headers, name: "x"}, call.body, secret, now=then)
        without = {key: value for key, value in call.headers.items() if key != name}
        assert not is_from_the_record(without, call.body, secret, now=then)


def test_every_type_of_call_is_explained():
    for kind in (*TYPES.values(), RESUMED, TEST):
        assert f"| `{kind}` |" in PAPER
    assert timedelta(hours=6) == LONGEST_PAUSE
    assert "up to six hours" in PAPER
