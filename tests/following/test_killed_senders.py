"""Senders that are killed at any moment send nothing twice and forget nobody."""

import os
import random
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from following.models import Digest
from following.sending import send_again, send_waiting
from tests.following.build import make_digest
from tests.following.mail_server import mail_server
from tests.news.test_worker import database_of_the_test

PROJECT = Path(__file__).resolve().parents[2]
READERS = 300
KILLS = 40
AT_ONCE = 2
PATIENCE = 120


@contextmanager
def nursery(port):
    """What takes a command to nursery.py, whose senders send to this port, and gives its answer."""
    environ = {
        **os.environ,
        "DATABASE_URL": database_of_the_test(),
        "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
        "INSECURE_HTTP": "1",
        "LOG_LEVEL": "CRITICAL",
    }
    with subprocess.Popen(
        [sys.executable, "-m", "tests.following.nursery"],
        cwd=PROJECT,
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == "ready\n"

        def tell(command):
            process.stdin.write(f"{command}\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        try:
            yield tell
        finally:
            process.stdin.close()
            process.wait(20)


@pytest.mark.django_db(transaction=True)
def test_whoever_is_killed_sends_nothing_twice_and_forgets_nobody(settings):
    chance = random.Random(20260601)
    now = timezone.now()
    readers = [f"reader-{number}@example.org" for number in range(READERS)]
    for address in readers:
        make_digest(address, made_at=now, next_attempt_at=now)
    kills = 0

    with mail_server(answers_after=0.02) as box, nursery(box.port) as tell:
        senders = [tell("start") for _ in range(AT_ONCE)]
        deadline = time.monotonic() + PATIENCE
        while Digest.objects.filter(state="WAITING").exists():
            assert time.monotonic() < deadline, box.received.total()
            time.sleep(chance.uniform(0.01, 0.12))
            if kills < KILLS:
                tell(senders.pop(chance.randrange(AT_ONCE)))
                senders.append(tell("start"))
                kills += 1
        time.sleep(0.3)
        for sender in senders:
            tell(sender)
        received = box.received
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port

        # Nothing twice; and all that is not known to have come is in doubt, for operators to see.
        later = timezone.now() + timedelta(minutes=10)
        doubts = Digest.objects.in_doubt(later).select_related("subscriber")
        in_doubt = {digest.subscriber.address for digest in doubts}
        assert set(received.values()) == {1}
        assert set(readers) - set(received) <= in_doubt
        assert len(in_doubt) <= kills
        assert Digest.objects.filter(state="SENT").count() == READERS - len(in_doubt)
        print(f"{kills} kills, {len(in_doubt)} in doubt, {box.unfinished} cut off")

        # The operator decides for those: then everybody has been told.
        missing = [d.pk for d in doubts if d.subscriber.address not in received]
        assert send_again(missing, at=later) == len(missing)
        assert send_waiting(at=later) == len(missing)
        assert box.received == dict.fromkeys(readers, 1)
