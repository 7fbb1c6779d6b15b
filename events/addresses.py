"""Addresses of pages: pure."""

from urllib.parse import urlsplit


def host_of(address: str) -> str:
    """The host of an address as publishers are listed: lower case, with a port if it names one.

    Raises ValueError for what is not an address.
    """
    parts = urlsplit(address)
    # The port is read because an impossible one only shows then.
    return parts.netloc.rpartition("@")[2].lower() if parts.port or parts.hostname else ""
