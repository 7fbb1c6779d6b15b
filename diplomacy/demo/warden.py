"""Stands over one child of the demo, so that nothing of it outlives the demo.

`python -m diplomacy.demo.warden COMMAND…`, its standard input a pipe that the supervisor holds. A
web server or a Celery worker has processes of its own, which serve on when their main process is
killed; a parent-death signal reaches only the main one. So the command gets a session of its own,
and the warden ends that whole group when the command ends, when the supervisor says so, and when
the pipe closes because the supervisor was killed. Ends with the command's exit code.
"""

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import suppress

from diplomacy.embedded.children import spawn

DRAIN_SECONDS = 10.0  # for requests and tasks under way, when told to stop
ORPHAN_SECONDS = 2.0  # when the supervisor is gone, and with it the servers
LOOK_SECONDS = 0.2


def main(command: list[str]) -> int:
    # Ctrl-C is the supervisor's to hear. (Not SIG_IGN, which the command would inherit.)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: None)
    child = spawn(command, death_signal=signal.SIGTERM)
    try:
        seconds = _wait_for_word(child)
        if seconds is not None:
            os.kill(child.pid, signal.SIGTERM)
            _wait_until_ended(child, seconds)
    finally:
        # Before the child is reaped: until then nobody else can have its number.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    code = child.wait()
    return 128 - code if code < 0 else code  # as a shell counts an end by a signal


def _wait_for_word(child: subprocess.Popen[bytes]) -> float | None:
    """Seconds that the child has for ending, once it is to end; None when it ended by itself."""
    while not _has_ended(child):
        if select.select([sys.stdin], [], [], LOOK_SECONDS)[0]:
            return DRAIN_SECONDS if os.read(sys.stdin.fileno(), 16) else ORPHAN_SECONDS
    return None


def _wait_until_ended(child: subprocess.Popen[bytes], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not _has_ended(child):
        time.sleep(0.05)


def _has_ended(child: subprocess.Popen[bytes]) -> bool:
    """Without reaping it."""
    options = os.WEXITED | os.WNOHANG | os.WNOWAIT
    return os.waitid(os.P_PID, child.pid, options) is not None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
