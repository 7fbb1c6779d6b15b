"""What the bytes of a source offer, read in a child process: feeds and index pages."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from news.child import ChildLimits, run_in_child
from news.parsing import Unreadable
from news.parsing.items import MOST_ITEMS, Feed, FeedItem

__all__ = ["MOST_ITEMS", "Feed", "FeedItem", "NotAFeed", "read_feed", "read_index"]

_REASONS = {
    "empty": gettext_noop("The answer is empty."),
    "html": gettext_noop("The address answers with a web page (HTML), not with a feed."),
    "no_feed": gettext_noop("The answer is neither RSS nor Atom nor JSON Feed."),
    "breaks_off": gettext_noop("The feed breaks off before its first item."),
    "no_links": gettext_noop("No link on the page fits the pattern."),
    "bad_pattern": gettext_noop("The pattern for links is not a regular expression."),
}


class NotAFeed(Exception):
    """The bytes are no feed; the message says what they look like."""


def read_feed(
    body: bytes,
    *,
    url: str,
    time_zone: str,
    at: datetime,
    content_type: str = "",
    limits: ChildLimits | None = None,
) -> Feed:
    """The items of RSS, Atom, RDF or JSON Feed that have an http(s) address.

    `url` is where the feed came from, for relative addresses; `time_zone` is for times that name
    none; `at` is when it was fetched, since nothing is published later. Raises NotAFeed and
    ChildFailed.
    """
    try:
        told = run_in_child(
            "news.parsing.feeds",
            "read",
            body,
            limits=limits or ChildLimits(),
            url=url,
            time_zone=time_zone,
            content_type=content_type,
            fetched_at=at.isoformat(),
        )
    except Unreadable as error:
        raise NotAFeed(_(_REASONS[error.reason])) from error
    return Feed.from_json(told)


def read_index(
    body: bytes,
    *,
    url: str,
    pattern: str,
    time_zone: str,
    at: datetime,
    content_type: str = "",
    limits: ChildLimits | None = None,
) -> Feed:
    """The links of a web page whose absolute address the regular expression fits, as items.

    Raises NotAFeed, also when no link fits, and ChildFailed, also for a pattern without end.
    """
    try:
        told = run_in_child(
            "news.parsing.index_pages",
            "read",
            body,
            limits=limits or ChildLimits(),
            url=url,
            pattern=pattern,
            time_zone=time_zone,
            content_type=content_type,
            fetched_at=at.isoformat(),
        )
    except Unreadable as error:
        raise NotAFeed(_(_REASONS[error.reason])) from error
    return Feed.from_json(told)
