"""Runs the demo: servers, preparation, then web, worker and beat until one dies or we are told."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from diplomacy import embedded
from diplomacy.demo import scale
from diplomacy.demo.account import ACCOUNT, PASSWORD_CHANGED, password_file
from diplomacy.demo.address import Address, AddressError, address_from
from diplomacy.embedded import Attachment, EmbeddedError, locks, project_places
from diplomacy.embedded.children import spawn
from diplomacy.embedded.command import complete_environment, uses_embedded
from diplomacy.embedded.places import PROJECT

START_SECONDS = 120
STOP_SECONDS = 30
LOOK_SECONDS = 0.2
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# As root (a container), Celery warns at length of pickle, which we do not accept.
QUIET_AS_ROOT = "ignore:You're running the worker"
PYTHON = [sys.executable, "-m"]


class DemoError(Exception):
    """The demo cannot start or go on; the message says why, for a person."""


def run() -> int:
    """The demo from beginning to end; returns its exit code. It explains itself on the terminal."""
    for number in SIGNALS:
        signal.signal(number, _stop_once)
    try:
        complete_environment(os.environ)
        address = address_from(os.environ)
        with _only_one(address):
            address.refuse_if_busy()
            _serve(address, _environment(address))
    except KeyboardInterrupt:
        print("Stopped. Nothing is left running; the data stays in var/.", flush=True)
        return 0
    except (AddressError, EmbeddedError, DemoError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _stop_once(_number: int, _frame: object) -> None:
    """The first signal begins an orderly stop; those after it must not break it off."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    print("\nStopping …", flush=True)
    raise KeyboardInterrupt


@contextmanager
def _only_one(address: Address) -> Iterator[None]:
    """Raises DemoError when another demo of this clone runs, saying which and where."""
    places = project_places()
    places.prepare_data()
    file = places.data / "demo.lock"
    lock = locks.take(file, address.url)
    if lock is None:
        pid, _, url = locks.holder(file).partition(" ")
        raise DemoError(
            f"The demo of this folder is already running (pid {pid}) at {url or 'its address'}. "
            "Use that one, or stop it first with Ctrl-C where it runs."
        )
    with lock:
        yield


def _environment(address: Address) -> dict[str, str]:
    """What the children run with; whatever the person has set stands."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "diplomacy.settings",
        "DEBUG": "0",
        "INSECURE_HTTP": "1",
        "ALLOWED_HOSTS": address.allowed_hosts(),
        "SITE_URL": address.url,
        "PYTHONUNBUFFERED": "1",
    }
    environ = {**ours, **os.environ}
    if not environ.get("SECRET_KEY"):
        environ["SECRET_KEY"] = embedded.local_secret_key()
    return environ


def _serve(address: Address, environ: dict[str, str]) -> None:
    with ExitStack() as stack:
        attachment = None
        if uses_embedded(environ):
            attachment = stack.enter_context(embedded.servers(stop_all=True))
            if scale.is_asked_for(environ):
                environ |= scale.environment()
        is_password_known = _prepare(environ)
        team = stack.enter_context(Team())
        # A pool of connections belongs to one process that does not fork: the web's.
        team.start("web", _web(address), {**environ, "DATABASE_POOL": "1"})
        team.start("worker", worker_command(), environ)
        schedule = project_places().data / "celerybeat-schedule"
        team.start("beat", beat_command(schedule), environ)
        team.wait_until_serving(address)
        _announce(address, is_password_known)
        team.watch(attachment)


def _web(address: Address) -> list[str]:
    return [
        *(*PYTHON, "granian", "--interface", "wsgi", "--host", address.ip),
        *("--port", str(address.port), "--workers", "2", "--blocking-threads", "1"),
        *("--respawn-failed-workers", "--log-level", "warning", "diplomacy.wsgi:application"),
    ]


def worker_command() -> list[str]:
    """A worker with two processes."""
    return [
        *(sys.executable, "-W", QUIET_AS_ROOT, "-m", "celery", "--quiet", "-A", "diplomacy"),
        *("worker", "--concurrency", "2"),
        *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    ]


def beat_command(schedule: Path) -> list[str]:
    """Beat, which remembers in the file `schedule` when it last sent what."""
    return [
        *(*PYTHON, "celery", "--quiet", "-A", "diplomacy", "beat", "--schedule", str(schedule)),
        *("--pidfile=", "--loglevel", "WARNING"),
    ]


def _prepare(environ: Mapping[str, str]) -> bool:
    """Migrate, load and collect; whether the account's password is known.

    Raises DemoError when that fails; the child has said why.
    """
    # In a session of its own: Ctrl-C comes to us, and we end it.
    child = spawn(
        [*PYTHON, "diplomacy.demo.prepare"], death_signal=signal.SIGTERM, cwd=PROJECT, env=environ
    )
    try:
        code = child.wait()
    finally:
        if child.poll() is None:
            child.terminate()
            child.wait()
    if code not in {0, PASSWORD_CHANGED}:
        raise DemoError(f"The demo did not start: preparing it failed (exit code {code}).")
    return code == 0


def _announce(address: Address, is_password_known: bool) -> None:
    password = (
        password_file().read_text().strip()
        if is_password_known
        else "changed since it was made; `python manage.py changepassword admin` sets a new one"
    )
    print(
        f"\n  Seoul–Tokyo Record   {address.url}/\n"
        f"  Review queue         {address.url}/review/\n"
        f"  Account              {ACCOUNT}   password: {password}\n"
        f"  Stop                 Ctrl-C\n",
        flush=True,
    )


class Team:
    """The children of the demo, each under a warden. All end when the `with` ends."""

    def __init__(self) -> None:
        self.wardens: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Team":
        return self

    def start(self, name: str, command: list[str], environ: Mapping[str, str]) -> None:
        self.wardens[name] = subprocess.Popen(
            [*PYTHON, "diplomacy.demo.warden", *command],
            stdin=subprocess.PIPE,  # the warden ends its command when this closes
            cwd=PROJECT,
            env=environ,
            start_new_session=True,
        )

    def wait_until_serving(self, address: Address) -> None:
        """Raises DemoError when a child ends first, or nothing answers in time."""
        deadline = time.monotonic() + START_SECONDS
        while not address.answers():
            self._refuse_dead()
            if time.monotonic() > deadline:
                raise DemoError(f"The web server did not answer in {START_SECONDS} seconds.")
            time.sleep(LOOK_SECONDS)
        self._refuse_dead()

    def watch(self, attachment: Attachment | None) -> None:
        """Until a child or a server ends, which raises DemoError."""
        watched = [] if attachment is None else [attachment]
        while True:
            self._refuse_dead()
            if select.select(watched, [], [], LOOK_SECONDS)[0]:
                raise DemoError(
                    "A database server ended by itself, so everything else was stopped; "
                    f"see {project_places().logs}."
                )

    def _refuse_dead(self) -> None:
        for name, warden in self.wardens.items():
            if warden.poll() is not None:
                raise DemoError(
                    f"The {name} process ended by itself (exit code {warden.returncode}), "
                    "so everything else was stopped."
                )

    def __exit__(self, *_: object) -> None:
        for warden in self.wardens.values():
            if warden.stdin is not None:
                with suppress(OSError), warden.stdin as pipe:
                    pipe.write(b"stop")
        for warden in self.wardens.values():
            try:
                warden.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                warden.kill()
                warden.wait()
