"""The one way out to the web: bounded in time, size and redirects, and never into our own network.

A name is resolved once, every address it has is checked, and the connection goes to the address
that was checked: a name that changes its mind between check and use (DNS rebinding) gains nothing.
Each redirect is a new address and is checked anew.
"""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from django.conf import settings
from django.utils.translation import gettext as _

USER_AGENT = "SeoulTokyoRecord/0.1 (reader of news feeds for a public record)"
MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
CHUNK = 64 * 1024


class FetchRefused(Exception):
    """We do not go there: not http(s), or an address of a private network."""


class FetchFailed(Exception):
    """Nothing usable came back; the message says why."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes that one fetch may cost."""

    connect_seconds: float = 10
    read_seconds: float = 20
    total_seconds: float = 60
    most_bytes: int = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer. `url` is where it came from after redirects; `body` is decompressed."""

    status: int
    url: str
    body: bytes = b""
    content_type: str = ""
    etag: str = ""
    last_modified: str = ""


Resolve = Callable[[str, int], Sequence[str]]


def addresses_of(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host name. Raises FetchFailed when it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchFailed(_("The host “%(host)s” was not found.") % {"host": host}) from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    accept: str = "*/*",
    limits: Limits = Limits(),  # noqa: B008 - frozen, so one shared default is safe
    resolve: Resolve = addresses_of,
) -> Fetched:
    """GET an address; with `etag` or `last_modified` the answer may be a 304 without a body.

    Any status but a redirect is an answer, not an error. Raises FetchRefused and FetchFailed.
    """
    headers = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    ends = time.monotonic() + limits.total_seconds
    for _hop in range(MOST_REDIRECTS + 1):
        answer = _get(url, headers, limits, ends, resolve)
        if isinstance(answer, Fetched):
            return answer
        url = answer
    raise FetchFailed(_("More than %(count)d redirects.") % {"count": MOST_REDIRECTS})


def _get(
    url: str, headers: dict[str, str], limits: Limits, ends: float, resolve: Resolve
) -> Fetched | str:
    """One request: the answer, or the address that it redirects to."""
    parts = _checked(url)
    pool = _pool(parts, limits, ends, resolve)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = parts.netloc
    try:
        response = pool.urlopen(
            "GET",
            urllib3.util.parse_url(target).request_uri,
            headers={**headers, "Host": host},
            redirect=False,
            retries=False,
            preload_content=False,
            assert_same_host=False,
        )
        try:
            if response.status in REDIRECTS and response.headers.get("Location"):
                return urljoin(url, response.headers["Location"])
            body = b"" if response.status == 304 else _body(response, limits, ends)
        finally:
            response.close()
    except urllib3.exceptions.NewConnectionError as error:
        # By its class a time-out, too.
        raise FetchFailed(_("The host “%(host)s” took no connection.") % {"host": host}) from error
    except urllib3.exceptions.TimeoutError as error:
        raise FetchFailed(_("No answer in time.")) from error
    except urllib3.exceptions.SSLError as error:
        raise FetchFailed(_("The certificate of “%(host)s” is not valid.") % {"host": host}) from (
            error
        )
    except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        reason = type(error).__name__
        raise FetchFailed(_("The connection failed (%(reason)s).") % {"reason": reason}) from error
    finally:
        pool.close()
    return Fetched(
        status=response.status,
        url=url,
        body=body,
        content_type=response.headers.get("Content-Type", ""),
        etag=response.headers.get("ETag", "")[:300],
        last_modified=response.headers.get("Last-Modified", "")[:100],
    )


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
        parts.port  # noqa: B018 - raises ValueError for a port that is no number
    except ValueError:
        known = False
    if not known:
        raise FetchRefused(_("Only addresses with http:// or https:// and a host are read."))
    if parts.username is not None or parts.password is not None:
        raise FetchRefused(_("An address with a user name or password is not read."))
    return parts


def _pool(
    parts: SplitResult, limits: Limits, ends: float, resolve: Resolve
) -> urllib3.HTTPConnectionPool:
    """A connection to the checked address of the host, still speaking to it by its name."""
    host = parts.hostname or ""
    is_https = parts.scheme == "https"
    port = parts.port or (443 if is_https else 80)
    addresses = resolve(host, port)
    for address in addresses:
        if not _is_allowed(address):
            raise FetchRefused(_("“%(host)s” is in a private network.") % {"host": host})
    left = ends - time.monotonic()
    if left <= 0 or not addresses:
        raise FetchFailed(_("No answer in time."))
    timeout = urllib3.Timeout(
        connect=min(limits.connect_seconds, left), read=min(limits.read_seconds, left)
    )
    if is_https:
        return urllib3.HTTPSConnectionPool(
            addresses[0],
            port,
            timeout=timeout,
            maxsize=1,
            cert_reqs="CERT_REQUIRED",
            server_hostname=host,
            assert_hostname=host,
        )
    return urllib3.HTTPConnectionPool(addresses[0], port, timeout=timeout, maxsize=1)


def _is_allowed(address: str) -> bool:
    """Whether an IP address is on the public internet, or on this machine where that is allowed."""
    ip = ip_address(address.partition("%")[0])
    if ip.is_loopback:
        return bool(settings.ALLOW_LOOPBACK_SOURCES)
    return ip.is_global and not ip.is_multicast


def _body(response: urllib3.BaseHTTPResponse, limits: Limits, ends: float) -> bytes:
    """Read what arrives, piece by piece, so that neither a drip nor a flood holds a worker."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(CHUNK, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > limits.most_bytes:
            most = limits.most_bytes // 1024
            raise FetchFailed(_("The answer is larger than %(most)d KB.") % {"most": most})
        if time.monotonic() > ends:
            raise FetchFailed(_("No answer in time."))
    return b"".join(pieces)
