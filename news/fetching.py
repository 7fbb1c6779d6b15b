"""The one way out to the web: bounded in time, size and redirects, and never into our own network.

A name is resolved once, every address it has is checked, and the connection goes to an address
that was checked: a name that changes its mind between check and use (DNS rebinding) gains nothing.
Each redirect is a new address and is checked anew. Nothing is taken from the environment: neither
proxies nor passwords.
"""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from http.client import (
    BadStatusLine,
    HTTPException,
    IncompleteRead,
    LineTooLong,
    UnknownProtocol,
)
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from urllib3 import BaseHTTPResponse
from urllib3 import exceptions as urllib3_exceptions

from news.addresses import FetchRefused, Target, check_answers, read_target
from news.dialling import (
    MOST_HEAD_BYTES,
    BodyTooLarge,
    Budget,
    HeadCutOff,
    HeadTooLarge,
    NoConnection,
    NotFound,
    Resolve,
    addresses_of,
    addresses_within,
    dial,
)
from news.headers import clean, fresh_for, last_change, retry_after
from news.unpacking import OFFERED, CannotUnpack, Unpacker, too_large

__all__ = ["Fetched", "FetchFailed", "FetchRefused", "Limits", "NoAnswer", "fetch", "user_agent"]

PRODUCT = "SeoulTokyoRecord"
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
CHUNK = 64 * 1024
_LENGTH = re.compile(r"[0-9]{1,18}")
_BROKEN: Sequence[tuple[tuple[type[BaseException], ...], str]] = (
    ((HeadTooLarge, LineTooLong), gettext_noop("The headers of the answer are too large.")),
    ((HeadCutOff,), gettext_noop("The connection ended without an answer.")),
    ((BadStatusLine, UnknownProtocol), gettext_noop("The answer is not HTTP.")),
    ((IncompleteRead,), gettext_noop("The answer ended before it was complete.")),
    ((ConnectionError,), gettext_noop("The connection was cut off.")),
    ((urllib3_exceptions.InvalidHeader,), gettext_noop("The answer does not say where it ends.")),
    # What is left of these is how http.client says that there are more than a hundred headers.
    ((HTTPException,), gettext_noop("The headers of the answer are too large.")),
)


class FetchFailed(Exception):
    """Nothing usable came back; the message says why."""


class NoAnswer(FetchFailed):
    """The host was not found, took no connection or kept us waiting: so it will its other pages."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes that one fetch may cost.

    `connect_seconds` is for each address of a host, `read_seconds` for each silence, and
    `total_seconds` for everything, redirects included.
    """

    connect_seconds: float = 5
    read_seconds: float = 10
    total_seconds: float = 16
    most_bytes: int = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it came from after redirects; `body` is unpacked.

    `moved_to` is that address if every redirect on the way was a permanent one (301, 308), else
    empty. `retry_after` and `fresh_for` are seconds, at most a day, or None if not told.
    """

    status: int
    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""
    moved_to: str = ""
    retry_after: int | None = None
    fresh_for: int | None = None


@dataclass(frozen=True, slots=True)
class _Order:
    """What stays the same on every hop of one fetch."""

    headers: dict[str, str]
    limits: Limits
    ends: float
    resolve: Resolve
    now: datetime


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str
    is_permanent: bool


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    accept: str = "*/*",
    limits: Limits = Limits(),  # noqa: B008 - frozen, so one shared default is safe
    resolve: Resolve = addresses_of,
    now: datetime | None = None,
) -> Fetched:
    """GET an address; with `etag` or `last_modified` the answer may be a 304 without a body.

    Any status but a redirect is an answer, not an error. `now` is what dates in headers are
    counted from: by default, this moment. Raises FetchRefused and FetchFailed.
    """
    headers = {"User-Agent": user_agent(), "Accept": accept, "Accept-Encoding": OFFERED}
    headers |= _conditions(etag, last_modified)
    ends = time.monotonic() + limits.total_seconds
    order = _Order(headers, limits, ends, resolve, now or datetime.now(UTC))
    target = read_target(url)
    seen: set[str] = set()
    is_permanent = True
    while target.url not in seen:
        if len(seen) > MOST_REDIRECTS:
            raise FetchFailed(_("More than %(count)d redirects.") % {"count": MOST_REDIRECTS})
        seen.add(target.url)
        answer = _get(target, order)
        if isinstance(answer, Fetched):
            has_moved = is_permanent and len(seen) > 1
            return replace(answer, moved_to=target.url if has_moved else "")
        is_permanent = is_permanent and answer.is_permanent
        target = _followed(target, answer.url)
    raise FetchFailed(_("The redirects lead in a circle."))


def user_agent() -> str:
    """Who we say we are, with the site's address where it has a public name."""
    names = [name for name in settings.ALLOWED_HOSTS if _is_public_name(name)]
    who = f"+https://{names[0]}/; " if names else ""
    return f"{PRODUCT}/0.1 ({who}reader of news feeds for a public record)"


def _is_public_name(name: str) -> bool:
    return "." in name and name[0].isalnum() and name[-1].isalpha() and name.isascii()


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    told = {"If-None-Match": clean(etag, 300), "If-Modified-Since": clean(last_modified, 100)}
    return {name: value for name, value in told.items() if value}


def _followed(target: Target, location: str) -> Target:
    """Where a redirect leads. Raises FetchRefused, also for a step from https back to http."""
    try:
        onward = read_target(urljoin(target.url, location))
    except ValueError as error:
        raise FetchRefused(_("A redirect leads to no web address.")) from error
    if target.is_https and not onward.is_https:
        raise FetchRefused(_("A redirect from https to http is not followed."))
    return onward


def _get(target: Target, order: _Order) -> Fetched | _Redirect:
    """One request, with every way in which it may fail put into words."""
    host = target.host
    try:
        return _ask(target, order)
    except NotFound as error:
        raise NoAnswer(_("The host “%(host)s” was not found.") % {"host": host}) from error
    except NoConnection as error:
        raise NoAnswer(_("The host “%(host)s” took no connection.") % {"host": host}) from error
    except (TimeoutError, urllib3_exceptions.TimeoutError) as error:
        raise NoAnswer(_("No answer in time.")) from error
    except ssl.CertificateError as error:
        raise FetchFailed(_("The certificate of “%(host)s” is not valid.") % {"host": host}) from (
            error
        )
    except CannotUnpack as error:
        raise FetchFailed(str(error)) from error
    except (urllib3_exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
        raise FetchFailed(_broken(error, order.limits)) from error


def _broken(error: BaseException, limits: Limits) -> str:
    """What was wrong with a connection, in words."""
    causes = _causes(error)
    if any(isinstance(cause, BodyTooLarge) for cause in causes):
        return too_large(limits.most_bytes)
    for kinds, words in _BROKEN:
        if any(isinstance(cause, kinds) for cause in causes):
            return _(words)
    return _("The connection failed (%(reason)s).") % {"reason": type(error).__name__}


def _causes(error: BaseException | None) -> list[BaseException]:
    """An error and those that it came from."""
    found: list[BaseException] = []
    while error is not None and error not in found:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found


def _ask(target: Target, order: _Order) -> Fetched | _Redirect:
    budget = Budget(order.ends, order.limits.read_seconds)
    addresses = addresses_within(budget, order.resolve, target)
    check_answers(target, addresses, loopback=settings.ALLOW_LOOPBACK_SOURCES)
    connection = dial(target, addresses, budget, order.limits.connect_seconds)
    try:
        connection.request(
            "GET",
            target.request,
            headers={"Host": target.host_header, **order.headers, "Connection": "close"},
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        # What frames a body is not counted with it, and may be endless too.
        budget.head_is_over(2 * order.limits.most_bytes + MOST_HEAD_BYTES)
        try:
            location = response.headers.get("Location", "").strip()
            if response.status in REDIRECTS and location:
                return _Redirect(_as_sent(location), response.status in PERMANENT)
            body = b"" if response.status == 304 else _body(response, order.limits, budget)
        finally:
            response.close()
    finally:
        connection.close()
    told = response.headers
    return Fetched(
        status=response.status,
        url=target.url,
        body=body,
        content_type=clean(told.get("Content-Type", ""), 200),
        etag=clean(told.get("ETag", ""), 300),
        last_modified=last_change(told, order.now),
        retry_after=retry_after(told, order.now),
        fresh_for=fresh_for(told, order.now),
    )


def _as_sent(location: str) -> str:
    """A Location as its server meant it: http.client reads UTF-8 as Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return location


def _body(response: BaseHTTPResponse, limits: Limits, budget: Budget) -> bytes:
    """Read what arrives, piece by piece, so that neither a drip nor a flood holds a worker."""
    _check_end(response.headers)
    unpacker = Unpacker(response.headers.get("Content-Encoding", ""), most=limits.most_bytes)
    try:
        while piece := response.read1(CHUNK, decode_content=False):
            unpacker.feed(piece)
            budget.seconds()  # a flood is never waited for, but has its time too
    except urllib3_exceptions.ProtocolError:
        # Servers count the bytes before they pack them; the sum at the end says that all are here.
        if not unpacker.has_ended:
            raise
    return unpacker.finish()


def _check_end(headers: Mapping[str, str]) -> None:
    """Raise FetchFailed for a body whose end cannot be told.

    http.client reads such a body until the connection ends, whatever that leaves out or adds.
    """
    transfer = headers.get("Transfer-Encoding", "").strip().lower()
    lengths = [length.strip() for length in headers.get("Content-Length", "0").split(",")]
    if transfer not in ("", "identity", "chunked") or not all(map(_LENGTH.fullmatch, lengths)):
        raise FetchFailed(_("The answer does not say where it ends."))
