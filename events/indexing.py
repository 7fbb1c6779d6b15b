"""Keep the search in step with what staff change."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from events import search

Answer = Callable[[HttpRequest], HttpResponse]


def index_after_changes(answer: Answer) -> Answer:
    """Middleware: after a request that may have changed something, index what it changed.

    So an editor finds at once what was just entered. What changes by another door (a command, a
    worker) is indexed by the task `events.tasks.index_changes` within a minute.
    """

    def answered(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if request.method == "POST" and request.user.is_authenticated:
            search.refresh()
        return response

    return answered
