"""The one spelling of a timeline's query string."""

from urllib.parse import urlencode

from django.http import QueryDict

from events.filters import TimelineFilter
from events.models import Event
from following.models.subscribers import QUERY_LENGTH


def canonical(query: str | QueryDict) -> str:
    """The valid choices of a query string in their order.

    Raises ValueError for one that is longer than can be kept.
    """
    given = QueryDict(query) if isinstance(query, str) else query
    written = urlencode(TimelineFilter(given, queryset=Event.objects.visible()).choices)
    if len(written) > QUERY_LENGTH:
        raise ValueError("The filter is too long to be kept.")
    return written
