"""Child processes that do not outlive their parent."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def spawn(
    command: Sequence[str | os.PathLike[str]],
    *,
    death_signal: signal.Signals,
    log: IO[bytes] | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: int | None = None,
) -> subprocess.Popen[bytes]:
    """Start `command` in its own session; on Linux it gets `death_signal` when we die.

    It writes to `log`, or where we write; it runs as the account `user` if root is to step down.
    Call it from the main thread: the kernel sends the signal when the *thread* that spawned ends.
    """
    return subprocess.Popen(
        [os.fspath(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        cwd=cwd,
        env=env,
        start_new_session=True,
        preexec_fn=_die_with(os.getpid(), death_signal, user),  # noqa: PLW1509
    )


def end_with_parent(death_signal: signal.Signals) -> None:
    """Have the kernel send this process `death_signal` when its parent ends. Linux only."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal))


def _die_with(parent: int, death_signal: signal.Signals, user: int | None) -> Callable[[], None]:
    def in_child() -> None:
        if user is not None:
            # Before the signal is set: the kernel forgets it when the user changes.
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)
        end_with_parent(death_signal)
        if os.getppid() != parent:
            os._exit(1)  # the parent ended before the signal was set

    return in_child


def stop(
    child: subprocess.Popen[bytes], signals: Sequence[tuple[signal.Signals, float]]
) -> int | None:
    """Send each signal and wait its seconds until the child has ended; its exit code, or None."""
    for number, seconds in signals:
        if child.poll() is None:
            child.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                child.wait(seconds)
    return child.poll()


def processes_in(folder: Path, program: str) -> list[int]:
    """Pids of the processes of `program` whose working folder is `folder`. Linux; else empty.

    Both are asked for, since a living pid in a file may by now be anybody's, and a shell may
    stand in the folder.
    """
    wanted = str(folder.resolve())
    return [
        int(entry.name)
        for entry in Path("/proc").glob("[0-9]*")
        if _link(entry / "cwd") == wanted and Path(_link(entry / "exe")).name == program
    ]


def _link(path: Path) -> str:
    try:
        return os.readlink(path)
    except OSError:
        return ""
