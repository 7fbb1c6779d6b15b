"""Keep the search in step with what staff change."""

from collections.abc import Callable

import structlog
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from events import search

Answer = Callable[[HttpRequest], HttpResponse]

# Somebody waits for the answer; the rest of an import is left to the task.
_IN_A_REQUEST = 300

log = structlog.get_logger(__name__)


def index_after_changes(answer: Answer) -> Answer:
    """Middleware: after a request of staff that may have changed something, index what it changed.

    So an editor finds at once what was just entered. What changes by another door (a command, a
    worker) is indexed by the task `events.tasks.index_changes` within a minute.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.method == "POST" and request.user.is_staff:
            try:
                search.refresh(at_most=_IN_A_REQUEST)
            except DatabaseError:
                # The change itself is saved and must not look as if it were not.
                log.exception("search_not_refreshed")
        return response

    return answered
