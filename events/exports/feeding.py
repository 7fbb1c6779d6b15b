"""Which events a page of a feed has: those that were published or corrected last (RFC 5005)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import QueryDict

from events.exports.reading import Exported, in_order
from events.exports.wanted import Refused, Wanted
from events.models.events import EventQuerySet
from events.revisions import record_changed_at, revisions_of

PAGE_SIZE = 100
PAGE = "page"
_HIGHEST = 100_000


@dataclass(frozen=True, slots=True)
class FeedPage:
    """One page of a feed, the newest changes on the first."""

    number: int = 1

    @classmethod
    def read(cls, query: QueryDict) -> FeedPage:
        """The page that the query string names, else the first. Raises Refused."""
        written = query.get(PAGE, "") or "1"
        is_number = written.isascii() and written.isdigit() and len(written) <= 6
        if not is_number or not 1 <= int(written) <= _HIGHEST:
            raise Refused([(PAGE, f"give a number from 1 to {_HIGHEST}.")])
        return cls(int(written))

    def query(self, wanted: Wanted) -> str:
        """The query string of this page of the feed, with its question mark."""
        if self.number == 1:
            return wanted.query
        return "?" + urlencode([*wanted.pairs, (PAGE, str(self.number))])

    def further(self, total: int) -> dict[str, FeedPage]:
        """The other pages by their relation to this one; none where there is only one."""
        last = max(1, -(-total // PAGE_SIZE))
        if last == 1 and self.number == 1:
            return {}
        pages = {"first": 1, "previous": self.number - 1, "next": self.number + 1, "last": last}
        return {
            relation: replace(self, number=number)
            for relation, number in pages.items()
            if 1 <= number <= last
        }


@dataclass(frozen=True, slots=True)
class Found:
    """The events of a page, how many the feed has, and when any of them last changed."""

    rows: Iterator[Exported]
    total: int
    updated: datetime


def read_page(events: EventQuerySet, page: FeedPage) -> Found:
    """The page's events: those of one moment in their own order; five queries."""
    published = dict(events.order_by().values_list("pk", "published_at"))
    revisions = revisions_of(published)
    changed = {pk: revisions[pk].at if pk in revisions else at for pk, at in published.items()}
    newest_first = sorted(changed, key=lambda pk: (changed[pk], pk), reverse=True)
    start = (page.number - 1) * PAGE_SIZE
    updated = changed[newest_first[0]] if newest_first else record_changed_at()
    return Found(
        rows=in_order(newest_first[start : start + PAGE_SIZE]),
        total=len(newest_first),
        updated=updated or datetime(1970, 1, 1, tzinfo=UTC),
    )
