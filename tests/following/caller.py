"""A process that makes calls in a child, and kills it for each line that it reads.

It loads everything once and forks, so that another child is up in a moment. When nothing more is to
be read, the last one is killed.
"""

import os
import signal
import sys
import time
import traceback
from datetime import timedelta

import django


def work_for_ever() -> None:
    from django.utils import timezone

    from following import webhooks

    # What a killed worker had in hand is to be free again while the test still runs.
    webhooks.HOLD = timedelta(seconds=0.5)
    while True:
        webhooks.make_deliveries(at=timezone.now())
        webhooks.call_due(at=timezone.now())
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
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main() -> None:
    django.setup()
    # Loaded once, for all that are forked.
    from following import webhooks  # noqa: F401

    living = start()
    print("ready", flush=True)
    for _line in sys.stdin:
        kill(living)
        living = start()
        print("killed", flush=True)
    kill(living)


if __name__ == "__main__":
    main()
