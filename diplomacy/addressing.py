"""Which of the site's addresses a process loads to answer a request.

The admin with its imports, the review, sign-in with its second factors and the API with its types
weigh as much as all that readers need. A process loads them with the first request for one of them,
and one that only readers ask never does.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# What begins so is in `diplomacy.urls` only; all the rest is in `diplomacy.reader_urls` too.
_NOT_OF_READERS = ("accounts", "admin", "api", "review")

Answer = Callable[[HttpRequest], HttpResponseBase]


def readers_by_themselves(answer: Answer) -> Answer:
    """Middleware: addresses of readers are looked up, and written, among themselves.

    It stands before any other that looks addresses up.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        if request.path_info.lstrip("/").partition("/")[0] not in _NOT_OF_READERS:
            request.urlconf = "diplomacy.reader_urls"
        return answer(request)

    return answered
