"""The admin's search for a row to choose."""

from typing import Any

from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest


class ZeroFreeAutocomplete(AutocompleteJsonView):
    """The stock view without the character zero, which PostgreSQL refuses in a text."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        term, *rest = super().process_request(request)
        return term.replace("\x00", ""), *rest
