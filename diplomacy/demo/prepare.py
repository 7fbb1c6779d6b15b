"""What the demo needs before it serves: schema, record, samples, static files, an account.

`python -m diplomacy.demo.prepare`, with the servers running; one process, so that Django is set up
once. Every step is safe to run again and cheap when nothing changed. Ends with PASSWORD_CHANGED
when all is ready but the account's password is no longer the one that we made.
"""

import hashlib
import os
import sys
from pathlib import Path

import django
from babel.messages.pofile import PoFileError
from django.core.management import CommandError, call_command, get_commands

from diplomacy.demo import scale
from diplomacy.demo.account import PASSWORD_CHANGED, make_account
from diplomacy.embedded import EmbeddedError, project_places
from diplomacy.translations import compile_stale


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diplomacy.settings")
    try:
        compile_stale()  # before the setup, which reads what was compiled
        django.setup()
        call_command("check")  # says what is wrong where a person looks, and once
        _step("schema")
        call_command("migrate", interactive=False, verbosity=0)
        for command, title in (
            ("load_record", "record"),
            ("load_sources", "list of sources, disabled"),
            ("load_samples", "sample review queue"),
        ):
            if command in get_commands():
                _step(title)
                call_command(command)
        if scale.is_asked_for(os.environ):
            number = scale.number_of_events(os.environ)
            _step(f"{number:,} made-up events; a while, once")
            call_command("generate_events", count=number, seed=1)
        _step("static files")
        collect_static(project_places().data / "static.state")
    except (CommandError, EmbeddedError, PoFileError) as error:
        print(f"The demo could not be prepared: {error}", file=sys.stderr)
        return 1
    return 0 if make_account() else PASSWORD_CHANGED


def collect_static(state_file: Path) -> None:
    """Collect, hash and compress static files, if any was added, removed or changed since."""
    from django.conf import settings

    state = _static_state()
    if (
        Path(settings.STATIC_ROOT).is_dir()
        and state_file.exists()
        and state_file.read_text() == state
    ):
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    state_file.write_text(state)


def _static_state() -> str:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda found: found[0]):
            found = os.stat(storage.path(path))
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _step(title: str) -> None:
    print(f"· {title}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
