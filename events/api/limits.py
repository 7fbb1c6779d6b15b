"""How many requests an address may send: counted in the cache, for a minute.

The count stands under a hash of the address with a salt that is another one each minute, so that
nothing kept tells who asked, nor that two minutes' requests were the same reader's.
"""

import ipaddress
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

WINDOW = 60
"""In seconds; a minute begins where the clock's does."""

# Of an IPv6 address the part that a provider gives to one household.
_OF_ONE_HOUSEHOLD = 64


@dataclass(frozen=True, slots=True)
class Allowance:
    """Where a sender stands in this minute."""

    quota: int
    used: int
    resets_in: int
    """Seconds."""

    @property
    def is_exceeded(self) -> bool:
        return self.used > self.quota

    @property
    def headers(self) -> dict[str, str]:
        """As in the IETF's draft `ratelimit-headers`."""
        left = max(self.quota - self.used, 0)
        return {
            "RateLimit-Policy": f'"address";q={self.quota};w={WINDOW}',
            "RateLimit": f'"address";r={left};t={self.resets_in}',
        }


def count(sender: str, *, quota: int, at: datetime) -> Allowance | None:
    """Count a request of the sender; None where nobody counts: no quota, or the cache is away."""
    if not quota:
        return None
    window, passed = divmod(int(at.timestamp()), WINDOW)
    key = f"api:{salted_hmac(f'events.api.limits:{window}', sender).hexdigest()[:32]}"
    cache.add(key, 0, timeout=2 * WINDOW)
    try:
        used = cache.incr(key)
    except ValueError:
        return None
    return Allowance(quota, used, WINDOW - passed)


def sender_of(request: HttpRequest) -> str:
    """The network that the request comes from: an address, of IPv6 the first half of it.

    Behind a proxy that is trusted with the scheme, its word is taken for the address as well: the
    last one in X-Forwarded-For is the one that it saw itself.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER and (seen := request.headers.get("X-Forwarded-For")):
        address = seen.rpartition(",")[2].strip()
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((int(known), _OF_ONE_HOUSEHOLD), strict=False))
    return str(known)
