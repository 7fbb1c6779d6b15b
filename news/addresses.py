"""Where the news may be read from: which web addresses, which ports, which IP addresses.

Nothing here asks a resolver or opens a connection. What is refused follows IANA's registries,
because `ipaddress.is_global` does not: on Python 3.11 it lets through 192.0.0.8/29, 64:ff9b::/96,
2002::/16 and forms that embed another address.

https://www.iana.org/assignments/iana-ipv4-special-registry
https://www.iana.org/assignments/iana-ipv6-special-registry
https://www.iana.org/assignments/ipv6-address-space
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext as _

MOST_LETTERS = 4096
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9_])?")
# What RFC 3986 lets stand in a path or query, and "%": what is quoted already stays as it is.
_KEPT = "/?%:@!$&'()*+,;=-._~"

_LOOPBACK = (IPv4Network("127.0.0.0/8"), IPv6Network("::1/128"))
_REFUSED_V4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network, unspecified
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; Alibaba's metadata is in it
        "127.0.0.0/8",  # loopback
        "168.63.129.16/32",  # Azure's host, inside its machines only
        "169.254.0.0/16",  # link-local, and the metadata of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # IETF protocol assignments; Oracle's metadata is in it
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # relays of 6to4, withdrawn
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarking
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
# The only part of IPv6 that is given out as global unicast. Outside lie loopback, unspecified,
# IPv4-mapped and -compatible forms, NAT64 (64:ff9b::/96, 64:ff9b:1::/48), discard-only, unique
# local (with fd00:ec2::254, Amazon's metadata), link-local, site-local and multicast.
_GLOBAL_V6 = IPv6Network("2000::/3")
_REFUSED_V6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # IETF protocol assignments: Teredo, benchmarking, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: embeds an IPv4 address
        "3fff::/20",  # documentation
    )
)

_WEB_PORTS = frozenset({80, 443})
_FIRST_FREE_PORT = 1024
# Services that a line of HTTP may harm, or that say something about a machine which is no news.
# From the "bad ports" of https://fetch.spec.whatwg.org/#port-blocking and the common databases.
_REFUSED_PORTS = frozenset(
    {
        *(1433, 1521, 3306, 5432, 5984, 9042, 27017),  # databases
        *(6379, 9200, 9300, 11211),  # caches and search
        *(2049, 4045),  # NFS and its locks
        *(2375, 2376, 2379, 2380, 6443, 10250),  # Docker, etcd, Kubernetes
        *(3389, 5900, *range(6000, 6064)),  # remote desktops, X11
        *(1719, 1720, 1723, 5060, 5061),  # telephony and tunnels
        *(4190, 6514, 6566, 10080),  # mail filters, syslog, scanners, Amanda
        *(*range(6665, 6670), 6679, 6697),  # IRC
    }
)


class FetchRefused(Exception):
    """We do not go there: not http(s), or an address of a private network."""


@dataclass(frozen=True, slots=True)
class Target:
    """A web address taken apart: whom to ask, by which name, for what."""

    url: str
    is_https: bool
    host: str
    port: int
    host_header: str
    request: str


def read_target(url: str) -> Target:
    """Take a web address apart; its fragment is dropped, its host is as DNS wants it.

    Raises FetchRefused for anything but http(s) with a host and without a password.
    """
    if len(url) > MOST_LETTERS:
        raise FetchRefused(
            _("The address is longer than %(most)d letters.") % {"most": MOST_LETTERS}
        )
    try:
        if _CONTROLS.search(url):
            raise ValueError("control character")
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https"):
            raise ValueError("scheme")
        if "@" in parts.netloc:
            raise FetchRefused(_("An address with a user name or password is not read."))
        host = _host(parts.hostname or "")
        standard = 443 if parts.scheme == "https" else 80
        port = standard if parts.port is None else parts.port
        request = quote(parts.path or "/", safe=_KEPT)
        if parts.query:
            request += "?" + quote(parts.query, safe=_KEPT)
    except ValueError as error:
        raise FetchRefused(
            _("Only addresses with http:// or https:// and a host are read.")
        ) from error
    named = f"[{host}]" if ":" in host else host
    host_header = named if port == standard else f"{named}:{port}"
    return Target(
        url=f"{parts.scheme}://{host_header}{request}",
        is_https=parts.scheme == "https",
        host=host,
        port=port,
        host_header=host_header,
        request=request,
    )


def check_answers(target: Target, answers: Sequence[str], *, loopback: bool) -> None:
    """Raise FetchRefused unless *every* IP address of a host may be dialled.

    One bad answer among good ones is how a name is made to lead inside. `loopback` allows this
    machine, on any port.
    """
    if loopback and answers and all(is_loopback(answer) for answer in answers):
        return
    if not is_sane_port(target.port):
        raise FetchRefused(_("Port %(port)d is not for the web.") % {"port": target.port})
    for answer in answers:
        if not is_public(answer) and not (loopback and is_loopback(answer)):
            raise FetchRefused(_("“%(host)s” is in a private network.") % {"host": target.host})


def is_sane_port(port: int) -> bool:
    """Whether a news site may reasonably be on a port of the public internet."""
    if port < _FIRST_FREE_PORT:
        return port in _WEB_PORTS
    return port <= 65535 and port not in _REFUSED_PORTS


def is_public(address: str) -> bool:
    """Whether an IP address is one machine on the public internet, in no embedding form."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if ip.version == 4:
        return not any(ip in network for network in _REFUSED_V4)
    # A zone id names an interface of this machine; nothing global has one.
    if ip.scope_id is not None or ip not in _GLOBAL_V6:
        return False
    return not any(ip in network for network in _REFUSED_V6)


def is_loopback(address: str) -> bool:
    """Whether an IP address is this machine, written plainly: not mapped, without a zone."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    return "%" not in address and any(ip in network for network in _LOOPBACK)


def _host(host: str) -> str:
    """The name or IP address as DNS and certificates know it. Raises ValueError."""
    if ":" in host:
        if "%" in host:
            raise ValueError("zone id")
        return str(ip_address(host))
    name = host.encode("idna").decode("ascii").lower().rstrip(".")
    if not _NAME.fullmatch(name):
        raise ValueError("host")
    return name
