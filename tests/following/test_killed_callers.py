"""Workers that are killed at any moment leave no call out: what comes twice has the same id."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from following.models import Delivery
from following.payloads import message_id
from tests.following.build import announce, state
from tests.following.hooks import is_signed, make_webhook
from tests.following.receiver import Reply
from tests.news.test_worker import database_of_the_test

PROJECT = Path(__file__).resolve().parents[2]
KILLS = 20
CHANGES = 60
PATIENCE = 120


@pytest.mark.django_db(transaction=True)
def test_whoever_is_killed_leaves_no_call_out_and_keeps_the_order(receiver, settings):
    hooks = [make_webhook(receiver.url(path)) for path in ("/a", "/b", "/c")]
    for path in ("/a", "/b", "/c"):
        receiver.replies[path] = Reply(200, pause=0.03)
    for number in range(CHANGES):
        announce(number, now=state(slug=f"number-{number}"))
    chance = random.Random(20260601)
    environ = {
        **os.environ,
        "ALLOW_LOOPBACK_SOURCES": "1",
        "DATABASE_URL": database_of_the_test(),
        "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
        "INSECURE_HTTP": "1",
        "LOG_LEVEL": "CRITICAL",
        "SITE_URL": settings.SITE_URL,
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.following.caller"],
        cwd=PROJECT,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "ready\n"
        for _kill in range(KILLS):
            time.sleep(chance.uniform(0.05, 0.4))
            process.stdin.write("kill\n")
            process.stdin.flush()
            assert process.stdout.readline() == "killed\n"
        deadline = time.monotonic() + PATIENCE
        while Delivery.objects.filter(state="DELIVERED").count() < 3 * CHANGES:
            assert time.monotonic() < deadline, len(receiver.calls)
            time.sleep(0.1)
        process.stdin.close()
        process.wait(20)

    repeated = 0
    for webhook, path in zip(hooks, ("/a", "/b", "/c"), strict=True):
        calls = [call for call in receiver.calls if call.path == path]
        assert all(is_signed(call, webhook.secret) for call in calls)
        # A receiver that drops repeats by their id has everything once, in its order.
        once = list(dict.fromkeys(call.id for call in calls))
        made = Delivery.objects.filter(webhook=webhook).order_by("id")
        assert once == [message_id(one, site=settings.SITE_URL) for one in made]
        assert len(once) == CHANGES
        # And a repeat comes before what follows it.
        ranks = [once.index(call.id) for call in calls]
        assert ranks == sorted(ranks)
        repeated += len(calls) - CHANGES
    assert repeated <= 3 * KILLS
    print(f"{KILLS} kills, {repeated} calls came twice")
