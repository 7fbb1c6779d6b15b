"""Every type of page is valid HTML, as the W3C's checker (vnu-jar) reads it: `make valid`."""

import json
import subprocess
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from accounts.models import User
from events.models import Event
from following.mail import message_for, message_that_asks
from following.models import Subscriber, Subscription
from tests.browser.pages import FOLLOWER, PAGES, STATUS, add_examples
from tests.following.followers import NOW, make_asking, make_digest

CHECKER = settings.BASE_DIR / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
KINDS = ("NEW", "WITHDRAWN", "MERGED")
LANGUAGES = [code for code, _name in settings.LANGUAGES]

pytestmark = pytest.mark.django_db


def complaints(folder: Path) -> list[str]:
    """What the checker has against the files of a folder: errors and warnings."""
    command = ["java", "-jar", str(CHECKER), "--format", "json", "--stdout", str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return [
        f"{Path(message['url']).name}: {message['message']}: {message.get('extract', '')}"
        for message in json.loads(found.stdout)["messages"]
        if message["type"] == "error" or message.get("subType") == "warning"
    ]


def test_every_type_of_page_is_valid_in_every_language(client, tmp_path):
    call_command("load_record", verbosity=0, stdout=StringIO())
    call_command("load_samples", verbosity=0, stdout=StringIO())
    staff = User.objects.create_superuser("chief")
    add_examples(by=staff)
    written = 0
    for name, find in PAGES.items():
        address = find()
        for language in LANGUAGES:
            response = client.get(f"/{language}/{address}")
            assert response.status_code == STATUS.get(name, 200), name
            (tmp_path / f"{name} {language}.html").write_bytes(response.content)
            written += 1
    client.force_login(staff)
    for name in ("review", "accounts/2fa"):
        page = client.get(f"/{name}/").content
        (tmp_path / f"{name.replace('/', ' ')}.html").write_bytes(page)

    assert written == len(PAGES) * len(LANGUAGES)
    assert complaints(tmp_path) == []


def test_pages_without_a_language_and_mails_are_valid_html(client, tmp_path):
    call_command("load_record", verbosity=0, stdout=StringIO())
    call_command("load_samples", verbosity=0, stdout=StringIO())
    add_examples(by=User.objects.create_superuser("chief"))
    reader = Subscriber.objects.get(key=FOLLOWER)
    rows = list(reader.subscriptions.standing())
    for number, key in enumerate((FOLLOWER, rows[0].key, Subscription.objects.last().key)):
        page = client.get(f"/follow/out/{key}/").content
        (tmp_path / f"follow out {number}.html").write_bytes(page)
    events = Event.objects.order_by("pk")[:3]
    items = [{"event": event.pk, "kind": kind} for event, kind in zip(events, KINDS, strict=True)]
    for language in LANGUAGES:
        reader.language = language
        reader.save()
        for name, message in (
            ("digest", message_for(make_digest(rows[0], *items))),
            ("asking", message_that_asks(make_asking(reader, language=language), at=NOW)),
        ):
            (tmp_path / f"{name} {language}.html").write_text(message.alternatives[0].content)

    assert complaints(tmp_path) == []


def test_the_checker_sees_what_is_wrong(tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>x</title><p hx-a=1>")

    assert len(complaints(tmp_path)) == 1
