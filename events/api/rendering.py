"""JSON as the API writes it: in letters, not in escapes."""

import json
from typing import Any

from ninja.renderers import JSONRenderer


class JSON(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}


def written_out(values: Any) -> bytes:
    """Values as an answer of the API would hold them, for who is not answering a request."""
    text: str = json.dumps(values, cls=JSON.encoder_class, **JSON.json_dumps_params)
    return text.encode()
