"""Keys in addresses: who holds one may change what goes to a subscriber, so no log may."""

import re
from collections.abc import MutableMapping
from typing import Any

_IN_ADDRESS = re.compile(r"(/follow/(?:confirm|manage|out)/)[^/?#\s]+")


def without_keys(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> Any:
    """Processor of structlog: the line with stars for each key in an address."""
    for name in ("request", "path"):
        if isinstance(line.get(name), str):
            line[name] = _IN_ADDRESS.sub(r"\1***", line[name])
    return line
