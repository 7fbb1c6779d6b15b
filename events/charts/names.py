"""What charts are called in addresses."""

from collections.abc import Iterator, Sequence

from django.urls.converters import StringConverter

COMPARE = "compare-"
_BETWEEN = "--"


class ChartNameConverter(StringConverter):
    """A slug, or several with what joins two leaders (see events/governments.py)."""

    regex = "[-a-zA-Z0-9_~]+"


def name_of_comparison(keys: Sequence[str]) -> str:
    """The name of the chart that compares the sides with those keys."""
    return COMPARE + _BETWEEN.join(keys)


def keys_in(name: str) -> Iterator[tuple[str, ...]]:
    """Each way to read the keys of one or two sides in a name: a slug may have two hyphens too."""
    if not name.startswith(COMPARE):
        return
    keys = name.removeprefix(COMPARE)
    yield (keys,)
    at = keys.find(_BETWEEN)
    while at >= 0:
        yield keys[:at], keys[at + len(_BETWEEN) :]
        at = keys.find(_BETWEEN, at + 1)
