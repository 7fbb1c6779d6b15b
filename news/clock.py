"""A clock that starts at a given moment, so that long work knows how late it has become."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

Clock = Callable[[], datetime]


def clock_from(at: datetime) -> Clock:
    """`at`, and what has passed since this call; a changed system clock does not matter."""
    began = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - began)
