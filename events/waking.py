"""Asking a worker for something from a web process.

Celery is loaded by the first process that asks: most never do, and hold neither it nor its tasks.
"""

from importlib import import_module
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


def wake(task: str, **arguments: Any) -> None:
    """Send a message for the task of that whole name ("events.tasks.draw_charts").

    Nothing rests on it: beat asks for the same before long.
    """
    # The broker is that of the application, which knows its tasks only once both are there.
    import_module(settings.WORKERS_APP)
    import_string(task).delay(**arguments)
