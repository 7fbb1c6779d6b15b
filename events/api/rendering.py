"""JSON as the API writes it: in letters, not in escapes."""

from ninja.renderers import JSONRenderer


class JSON(JSONRenderer):
    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}
