"""The specification of a comparison in Vega-Lite: a rising line for each side on one scale."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from events.charts.spec import SCHEMA, Palette, Size, Spec, Texts, look_of, words_of
from events.comparing import Course
from events.contacts import Contact
from events.wording import date_in_words, number_in_words

_HEADROOM = 1.12
_DASHES: tuple[list[int], ...] = ([1, 0], [6, 4])
"""The first side's line is whole, the second's is broken: they differ without their colour."""
_WIDTH = 2
_ABOVE, _BELOW = -11, 17
_NEAR_ACROSS, _NEAR_UP = 0.08, 0.12
"""Shares of the plot within which the numbers at two ends would cover each other."""


def spec_of_comparison(
    courses: Sequence[Course],
    *,
    size: Size,
    palette: Palette,
    address_of: Callable[[str], str] | None,
    texts: Texts | None = None,
) -> Spec:
    """Lines, their contacts where `address_of` says where those lead, and the lines' ends.

    With `texts` the chart has a title and a legend of its own.
    """
    days = max([course.days for course in courses] + [1])
    top = max([course.total for course in courses] + [1]) * _HEADROOM
    names = [course.side.name for course in courses]
    places = {
        "x": {
            "field": "day",
            "type": "quantitative",
            "scale": {"domain": [0, days], "nice": False},
            "axis": {"title": _title_of_days(courses), "format": ",d", "grid": False}
            | {"tickMinStep": 1, "tickCount": size.most_labels, "labelFlush": False},
        },
        "y": {
            "field": "contacts",
            "type": "quantitative",
            "scale": {"domain": [0, top], "nice": False},
            "axis": {"tickMinStep": 1, "tickCount": 4, "format": "d", "title": _("Contacts")},
        },
        "color": _by_side(names, palette.kinds, "symbol" if texts else None),
    }
    layers = [_lines(courses, places, has_legend=bool(texts))]
    if address_of:
        layers.append(_contacts(courses, places, address_of))
    layers += [*_ends(courses, places, palette), *_numbers(courses, places, days, top, size)]
    return {
        "$schema": SCHEMA,
        **(words_of(texts) if texts else {}),
        "width": size.width,
        "height": size.height,
        "layer": layers,
        "config": look_of(size, palette),
    }


def _title_of_days(courses: Sequence[Course]) -> str:
    if all(course.side.is_pair for course in courses):
        return _("Days in office together")
    return _("Days in office")


def _by_side(names: Sequence[str], values: Sequence[object], legend: str | None) -> Spec:
    return {
        "field": "side",
        "type": "nominal",
        "scale": {"domain": list(names), "range": list(values)[: len(names)]},
        "legend": {"title": None, "orient": "top", "labelLimit": 0} if legend else None,
    }


def _lines(courses: Sequence[Course], places: Spec, *, has_legend: bool) -> Spec:
    names = [course.side.name for course in courses]
    return {
        "name": "lines",
        "data": {"values": [point for course in courses for point in _points(course)]},
        "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": _WIDTH},
        "encoding": {
            **places,
            "strokeDash": _by_side(names, _DASHES, "stroke" if has_legend else None),
        },
    }


def _points(course: Course) -> list[Spec]:
    """Where the line begins, rises and ends."""
    steps = [(step.day, step.total) for step in course.steps]
    points = [(0, 0), *steps, (max(course.days, steps[-1][0] if steps else 0), course.total)]
    return [{"side": course.side.name, "day": day, "contacts": n} for day, n in points]


def _contacts(courses: Sequence[Course], places: Spec, address_of: Callable[[str], str]) -> Spec:
    """A mark at each contact that leads to its event."""
    values = [
        {
            "side": course.side.name,
            "day": step.day,
            "contacts": step.total,
            "event": address_of(step.contact.slug),
            "told": f"{_date_of(step.contact)} · {step.contact.title}",
        }
        for course in courses
        for step in course.steps
    ]
    return {
        "name": "contacts",
        "data": {"values": values},
        "mark": {"type": "circle", "size": 34, "opacity": 1},
        "encoding": {**places, "href": {"field": "event"}, "description": {"field": "told"}},
    }


def _date_of(contact: Contact) -> str:
    """Without the weekday."""
    dates = (contact.precision, contact.starts_on, contact.ends_on)
    return date_in_words(*dates, with_weekday=False)


def _ends(courses: Sequence[Course], places: Spec, palette: Palette) -> list[Spec]:
    """A dot where someone left office; a ring where the record ends before that."""
    layers = []
    for name, goes_on in (("left", False), ("going_on", True)):
        values = [_points(course)[-1] for course in courses if course.goes_on == goes_on]
        # The inside of a ring hides the line behind it.
        inside = {"fill": palette.kinds[-1]} if goes_on else {}
        mark = {"type": "point", "filled": not goes_on, "size": 90, "opacity": 1, **inside}
        if values:
            layers.append(
                {
                    "name": name,
                    "data": {"values": values},
                    "mark": {**mark, "strokeWidth": _WIDTH},
                    "encoding": places,
                }
            )
    return layers


def _numbers(
    courses: Sequence[Course], places: Spec, days: int, top: float, size: Size
) -> list[Spec]:
    """How many contacts a line ends with; the lower of two that end close by stands below."""
    layers = []
    for course in courses:
        (end,) = _points(course)[-1:]
        close_and_higher = [
            other
            for other in courses
            if (other.total, other.side.key) > (course.total, course.side.key)
            and abs(other.days - course.days) < days * _NEAR_ACROSS
            and other.total - course.total < top * _NEAR_UP
        ]
        layers.append(
            {
                "data": {"values": [{**end, "number": number_in_words(course.total)}]},
                "mark": {
                    "type": "text",
                    "dy": _BELOW if close_and_higher and course.total else _ABOVE,
                    "fontSize": size.text + 1,
                    "fontWeight": "bold",
                },
                "encoding": {**places, "text": {"field": "number"}},
            }
        )
    return layers
