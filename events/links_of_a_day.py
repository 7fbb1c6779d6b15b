"""A page of a past day leads on within that day: its links and forms carry `as_of`. Pure.

Done on the finished page, as web archives do it, so that no template or view has to remember it,
and none that shows the record as it is pays for it.
"""

import re
from collections.abc import Callable
from datetime import date

from events.past import PARAMETER

TODAY = "data-today"
"""The attribute of a link or form that leads out of the day, or names a day of its own."""

# An attribute's value may hold ">".
_TAG = re.compile(r'<(?P<name>a|form)\b(?:[^>"]|"[^"]*")*>')
_ADDRESS = re.compile(r'(?<=\s)(?P<name>href|data-hx-get|action)="(?P<address>/[^"]*)"')

Takes = Callable[[str], bool]


def page_of_day(markup: str, day: date, takes: Takes) -> str:
    """The page with `as_of` in each link and form that leads to a path which `takes` a day."""

    def link(found: re.Match[str]) -> str:
        address = address_on_day(found["address"], day, takes, joint="&amp;")
        return f'{found["name"]}="{address}"'

    def tag(found: re.Match[str]) -> str:
        written = found[0]
        if TODAY in written:
            return written
        if found["name"] == "a":
            return _ADDRESS.sub(link, written)
        # A browser drops the query of a form's address; so it is a field instead.
        target = _ADDRESS.search(written)
        if 'method="get"' not in written or target is None or not takes(_path(target["address"])):
            return written
        return f'{written}<input type="hidden" name="{PARAMETER}" value="{day.isoformat()}">'

    return _TAG.sub(tag, markup)


def address_on_day(address: str, day: date, takes: Takes, *, joint: str = "&") -> str:
    """The address with `as_of`, if its path takes one and it names no day already."""
    whole, hash_, fragment = address.partition("#")
    _start, mark, query = whole.partition("?")
    if re.search(rf"(?:^|[&;]){PARAMETER}=", query) or not takes(_path(address)):
        return address
    return f"{whole}{joint if mark else '?'}{PARAMETER}={day.isoformat()}{hash_}{fragment}"


def _path(address: str) -> str:
    return re.split(r"[?#]", address, maxsplit=1)[0]
