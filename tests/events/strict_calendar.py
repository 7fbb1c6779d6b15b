"""What RFC 5545 wants of a calendar file, checked by hand: not by the library that writes it."""

import re
from datetime import date, datetime, timedelta

_NAME = re.compile(r"[A-Z0-9-]+")
_DAY, _MOMENT = re.compile(r"\d{8}"), re.compile(r"\d{8}T\d{6}Z")
# A backslash in a text begins one of four pairs, and nothing else; commas part values of lists.
_TEXT = re.compile(r"(?:[^\\;,]|\\[\\;,nN])*")
_TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "PRODID", "X-WR-CALNAME"}
_ONCE = {
    *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION", "STATUS"),
    *("SEQUENCE", "LAST-MODIFIED", "TRANSP", "URL", "RRULE", "RECURRENCE-ID"),
}
_STATUSES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}


def check(written: bytes) -> list[dict[str, tuple[dict[str, str], str]]]:
    """The entries by property, each its parameters and raw value; else AssertionError."""
    lines = _unfolded(written)
    assert lines[:1] == ["BEGIN:VCALENDAR"]
    assert lines[-1] == "END:VCALENDAR"
    first = next(n for n, line in enumerate(lines[1:], 1) if line.startswith("BEGIN:"))
    head = [_property(line) for line in lines[1:first]]
    names = [name for name, _parameters, _value in head]
    for name in ("VERSION", "PRODID"):
        assert names.count(name) == 1, name
    for name, _parameters, value in head:
        assert name not in _TEXTS or _TEXT.fullmatch(value), value
    entries = list(_entries(lines[first:-1]))
    keys = [(entry["UID"][1], entry.get("RECURRENCE-ID", ({}, ""))[1]) for entry in entries]
    assert len(keys) == len(set(keys)), "an entry is there twice"
    whole = {entry["UID"][1] for entry in entries if "RRULE" in entry}
    assert {uid for uid, of in keys if of} <= whole, "an occurrence of no rule"
    return entries


def _unfolded(written: bytes) -> list[str]:
    assert written.endswith(b"\r\n")
    assert not re.search(rb"[^\r]\n|\r[^\n]", written), "a line ends otherwise than by CRLF"
    raw = written.removesuffix(b"\r\n").split(b"\r\n")
    lines: list[str] = []
    for line in raw:
        assert 0 < len(line) <= 75, line
        text = line.decode()  # no letter is cut in two
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", text), text
        if text.startswith((" ", "\t")):
            lines[-1] += text[1:]
        else:
            lines.append(text)
    return lines


def _property(line: str) -> tuple[str, dict[str, str], str]:
    found = re.fullmatch(r'([A-Z0-9-]+)((?:;[A-Z-]+=(?:"[^"]*"|[^";:,]*))*):(.*)', line)
    assert found, line
    parameters = dict(pair.split("=", 1) for pair in found[2].split(";") if pair)
    return found[1], parameters, found[3]


def _entries(lines):
    inside: list[str] = []
    entry: dict[str, tuple[dict[str, str], str]] = {}
    for line in lines:
        name, parameters, value = _property(line)
        if name == "BEGIN":
            inside.append(value)
            entry = {} if value == "VEVENT" else entry
        elif name == "END":
            assert inside.pop() == value
            if value == "VEVENT":
                _check_entry(entry)
                yield entry
        elif inside == ["VEVENT"]:
            assert not (name in _ONCE and name in entry), f"{name} twice"
            entry[name] = (parameters, value)
    assert not inside


def _check_entry(entry) -> None:
    for name in ("UID", "DTSTAMP", "DTSTART"):
        assert name in entry, name
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        assert _MOMENT.fullmatch(entry[name][1]), name
    for name, (_parameters, value) in entry.items():
        assert _NAME.fullmatch(name)
        assert name not in _TEXTS or _TEXT.fullmatch(value), value
    assert re.fullmatch(r"\d+", entry["SEQUENCE"][1])
    assert entry["STATUS"][1] in _STATUSES
    assert re.match(r"https?://\S+$", entry["URL"][1])
    starts, ends = _time(entry["DTSTART"]), _time(entry["DTEND"]) if "DTEND" in entry else None
    if ends is not None:
        assert type(starts) is type(ends)
        assert starts < ends
    if "RECURRENCE-ID" in entry:
        assert type(_time(entry["RECURRENCE-ID"])) is type(starts)
        assert "RRULE" not in entry


def _time(prop) -> date | datetime:
    parameters, value = prop
    if parameters.get("VALUE") == "DATE":
        assert _DAY.fullmatch(value), value
        return datetime.strptime(value, "%Y%m%d").date()  # noqa: DTZ007
    assert _MOMENT.fullmatch(value), value
    return datetime.strptime(value, "%Y%m%dT%H%M%S%z")


def last_day(entry) -> date:
    """The last day of a whole-day entry, whose end is exclusive."""
    ends = _time(entry["DTEND"])
    assert not isinstance(ends, datetime)
    return ends - timedelta(days=1)
