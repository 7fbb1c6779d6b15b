"""Which fields the form of each kind has, and how a new event of it begins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from events.models import Event

Setting, Channel = Event.Setting, Event.Channel

MEETING_SETTINGS = (Setting.BILATERAL, Setting.MARGINS, Setting.TRILATERAL)
IN_ROOM_OR_VIDEO = (Channel.IN_PERSON, Channel.VIDEO)


@dataclass(frozen=True)
class Spec:
    """The form of one kind.

    `about` are its fields beyond titles, dates and status. `fixed` are columns that follow from
    the kind and are not asked. `countries` are the rows offered: code and whether it acted.
    """

    about: tuple[str, ...]
    initial: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    channels: tuple[str, ...] = tuple(Channel.values)
    settings: tuple[str, ...] = tuple(Setting.values)
    has_clock: bool = True
    has_length: bool = True
    has_places: bool = True
    countries: tuple[tuple[str, bool], ...] = (("KR", True), ("JP", True))


SPECS: dict[str, Spec] = {
    Event.Kind.CALL: Spec(
        about=("channel", "setting", "occasion"),
        initial={"channel": Channel.PHONE, "setting": Setting.BILATERAL},
        channels=(Channel.PHONE, Channel.VIDEO),
        settings=(Setting.BILATERAL, Setting.TRILATERAL, Setting.MULTILATERAL),
        has_places=False,
    ),
    Event.Kind.SUMMIT: Spec(
        about=("channel", "setting", "visit_type", "host", "occasion"),
        initial={"channel": Channel.IN_PERSON, "setting": Setting.BILATERAL},
        channels=IN_ROOM_OR_VIDEO,
        settings=MEETING_SETTINGS,
    ),
    Event.Kind.TRILATERAL_SUMMIT: Spec(
        about=("channel", "setting", "host", "occasion"),
        initial={"channel": Channel.IN_PERSON, "setting": Setting.TRILATERAL},
        channels=IN_ROOM_OR_VIDEO,
        settings=(Setting.TRILATERAL, Setting.MARGINS),
        countries=(("KR", True), ("JP", True), ("", True)),
    ),
    Event.Kind.VISIT: Spec(
        about=("visit_type", "host", "setting", "occasion"),
        initial={"setting": Setting.BILATERAL},
        fixed={"channel": Channel.IN_PERSON},
        has_length=False,
    ),
    Event.Kind.MINISTERIAL: Spec(
        about=("channel", "setting", "host", "occasion"),
        initial={"channel": Channel.IN_PERSON, "setting": Setting.BILATERAL},
    ),
    Event.Kind.AGREEMENT: Spec(
        about=("setting", "channel", "host", "occasion"),
        initial={"setting": Setting.BILATERAL},
        has_clock=False,
        has_length=False,
    ),
    # One government acts, and only the editor knows which: both are listed, neither is ticked.
    Event.Kind.STATEMENT: Spec(
        about=("setting", "channel", "occasion"),
        initial={"setting": Setting.UNILATERAL},
        has_length=False,
        countries=(("KR", False), ("JP", False)),
    ),
    Event.Kind.DISPUTE: Spec(
        about=("setting", "channel", "occasion"),
        initial={"setting": Setting.UNILATERAL},
        has_clock=False,
        has_length=False,
        countries=(("KR", False), ("JP", False)),
    ),
    Event.Kind.CEREMONY: Spec(
        about=("setting", "channel", "host", "occasion"),
        initial={"setting": Setting.BILATERAL, "channel": Channel.IN_PERSON},
        has_length=False,
    ),
    Event.Kind.OTHER: Spec(
        about=("setting", "channel", "visit_type", "host", "occasion"),
        initial={"setting": Setting.BILATERAL},
    ),
}

_CLOCK = ("clock_time", "time_zone")
_OPTIONAL = ("channel", "setting", "visit_type", "host", "occasion", *_CLOCK, "minutes")


def fields_of(spec: Spec, event: Event | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields about the event and those about its time, for a form of this kind.

    A column in which a stored event has a value is always among them, whatever its kind: what
    cannot be seen cannot be corrected.
    """
    clock = _CLOCK if spec.has_clock else ()
    asked = {*spec.about, *clock, *(("minutes",) if spec.has_length else ())}
    if event is not None:
        asked |= {
            name
            for name in _OPTIONAL
            if getattr(event, name) not in (None, "") and name not in spec.fixed
        }
        if asked & set(_CLOCK):
            asked |= set(_CLOCK)
    about = spec.about + tuple(
        name
        for name in ("channel", "setting", "visit_type", "host", "occasion")
        if name in asked and name not in spec.about
    )
    time = tuple(name for name in (*_CLOCK, "minutes") if name in asked)
    return about, (*time, "approximate") if time else time
