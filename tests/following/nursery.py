"""A process that starts workers, for a test that kills them.

It loads everything once and forks for each worker, so that one is up in a moment. For each line
that it reads it answers with a line: "start" with the number of a new worker, and a number when
the worker of that number has been killed. All are killed when nothing more is to be read.
"""

import os
import signal
import sys
import time
import traceback
from datetime import timedelta

import django

# By then every announcement has settled.
AHEAD = timedelta(minutes=10)


def work_for_ever() -> None:
    """All that is done for followers by mail, from the change to the dot."""
    from django.utils import timezone

    from following import announcing, digesting, sending

    # What a killed worker had in hand is to be free again while the test still runs; shorter than
    # some rounds take, so that it is taken from the living as well.
    sending.HOLD = timedelta(seconds=0.5)
    sending._AT_ONCE = 5
    digesting._SUBSCRIBERS_AT_ONCE = 10
    while True:
        announcing.note_changes(at=timezone.now())
        for pace in ("INSTANT", "DAILY"):
            digesting.make_digests(pace, at=timezone.now() + AHEAD)
        sending.send_waiting(at=timezone.now() + AHEAD)
        time.sleep(0.02)


def start() -> int:
    if pid := os.fork():
        return pid
    try:
        work_for_ever()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)


def kill(pid: int) -> None:
    """One that has ended by itself keeps its number until this waits for it."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main() -> None:
    django.setup()
    from django.core.mail.utils import DNS_NAME

    # Loaded once, for all that are forked.
    from following import announcing, digesting, sending  # noqa: F401

    # The network would be asked for this machine's name.
    DNS_NAME._fqdn = "localhost"  # type: ignore[attr-defined]
    print("ready", flush=True)
    living = set()
    try:
        for line in sys.stdin:
            if line.strip() == "start":
                living.add(pid := start())
            else:
                living.remove(pid := int(line))
                kill(pid)
            print(pid, flush=True)
    finally:
        for pid in living:
            kill(pid)


if __name__ == "__main__":
    main()
