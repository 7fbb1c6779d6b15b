"""Workers that are killed at any moment tell nothing twice and forget nobody."""

import os
import random
import re
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from following.announcing import note_changes
from following.models import Announcement, Digest, Subscription
from following.sending import send_again, send_waiting
from tests.events.build import make_event
from tests.following.build import make_subscriber, make_subscription
from tests.following.mail_server import mail_server
from tests.news.test_worker import database_of_the_test

PROJECT = Path(__file__).resolve().parents[2]
READERS = 100
EVENTS = 4
KILLS = 40
AT_ONCE = 2
PATIENCE = 120


@contextmanager
def nursery(port):
    """What takes a command to nursery.py, whose workers send to this port, and gives its answer."""
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


def received_events(box):
    """How often each reader was told of each event."""
    told = Counter()
    for reader, mail in box.taken:
        number = re.search(rb"^Message-ID: <digest-(\d+)", mail, re.MULTILINE)[1]
        told.update((reader, item["event"]) for item in Digest.objects.get(pk=int(number)).items)
    return told


def is_all_done(events):
    newest = Announcement.objects.order_by("-id").values_list("id", flat=True).first()
    return (
        Announcement.objects.filter(event_id__in=events).count() == len(events)
        and not Subscription.objects.filter(told_through__lt=newest).exists()
        and not Digest.objects.filter(state="WAITING").exists()
    )


@pytest.mark.django_db(transaction=True)
def test_whoever_is_killed_tells_nothing_twice_and_forgets_nobody(settings):
    chance = random.Random(20260601)
    readers = [f"reader-{number}@example.org" for number in range(READERS)]
    for address in readers:
        reader = make_subscriber(address)
        make_subscription(reader, query="kind=call")
        make_subscription(reader, query="status=held")
    make_event()
    note_changes(at=timezone.now())
    events, kills = [], 0

    with mail_server(answers_after=0.02) as box, nursery(box.port) as tell:
        workers = [tell("start") for _ in range(AT_ONCE)]
        deadline = time.monotonic() + PATIENCE
        while kills < KILLS or not is_all_done(events):
            assert time.monotonic() < deadline, box.received.total()
            time.sleep(chance.uniform(0.02, 0.25))
            if kills < KILLS:
                tell(workers.pop(chance.randrange(AT_ONCE)))
                workers.append(tell("start"))
                kills += 1
            if kills >= len(events) * KILLS / EVENTS and len(events) < EVENTS:
                events.append(make_event().pk)
        for worker in workers:
            tell(worker)
        told = received_events(box)
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", box.port

        # Nothing twice; and all that is not known to have come is in doubt, for operators to see.
        everything = {(reader, event) for reader in readers for event in events}
        later = timezone.now() + timedelta(hours=1)
        doubts = Digest.objects.in_doubt(later).select_related("subscriber")
        doubtful = {(d.subscriber.address, item["event"]) for d in doubts for item in d.items}
        assert set(told.values()) == {1}
        assert everything - set(told) <= doubtful
        assert len(doubts) <= kills
        print(f"{kills} kills, {len(doubts)} in doubt, {box.unfinished} cut off")

        # The operator decides for those: then everybody has been told.
        missing = [d.pk for d in doubts if (d.subscriber.address, d.items[0]["event"]) not in told]
        assert send_again(missing, at=later) == len(missing)
        assert send_waiting(at=later) == len(missing)
        assert received_events(box) == dict.fromkeys(everything, 1)
