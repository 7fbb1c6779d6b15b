"""Which of the site's addresses a process loads to answer a request.

The admin with its imports, the review and sign-in with its second factors weigh as much as all that
readers need, and the API with its types half of that. A process loads them with the first request
for one of them, and one that only readers ask never does.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

# Paths that begin so are looked up among all addresses of the site, `diplomacy.urls`.
OF_STAFF = ("accounts", "admin", "review")

Answer = Callable[[HttpRequest], HttpResponseBase]


def by_who_asks(answer: Answer) -> Answer:
    """Middleware: addresses of readers are looked up, and named in pages, among themselves.

    It stands before any other that looks addresses up.
    """

    def answered(request: HttpRequest) -> HttpResponseBase:
        first = request.path_info.lstrip("/").partition("/")[0]
        if first == "api":
            request.urlconf = "diplomacy.api_urls"
        elif first not in OF_STAFF:
            request.urlconf = "diplomacy.reader_urls"
        return answer(request)

    return answered
