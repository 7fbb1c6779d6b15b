"""The specification of a chart in Vega-Lite: the same for the page, the file and every reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from events.charts.figures import KINDS, Figures
from events.models import Event, Term
from events.wording import year_name

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
Spec = dict[str, Any]

_BAND, _GAP = 7, 3
_HEADROOM = 1.05


@dataclass(frozen=True, slots=True)
class Size:
    """A width of the page for which a chart is drawn; `width` and `height` are of the plot."""

    name: str
    width: int
    height: int
    text: int
    most_labels: int
    has_links: bool
    """A bar that is a few pixels wide is no target for a finger; the table has the same links."""


WIDE = Size("wide", 920, 240, 13, 10, True)
NARROW = Size("narrow", 310, 190, 11, 5, False)
SIZES = (WIDE, NARROW)


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by what they stand for: variables of the page, or values that stand alone."""

    kinds: tuple[str, ...]
    edge: str
    grid: str
    text: str
    uncovered: str
    governments: Mapping[str, str]
    font: str


# The fill of what is not covered is a pattern that `events.charts.engine` adds to the drawing.
ON_A_PAGE = Palette(
    kinds=("var(--s1)", "var(--s2)", "var(--s4)", "var(--paper)"),
    edge="var(--s2)",
    grid="var(--hairline)",
    text="var(--ink-2)",
    uncovered="url(#hatch)",
    governments={"KR": "var(--kr)", "JP": "var(--jp)"},
    font="inherit",
)
ALONE = Palette(
    kinds=("#12343f", "#3d7480", "#c3d6d6", "#fbfaf7"),
    edge="#3d7480",
    grid="#dcd8cf",
    text="#4a505a",
    uncovered="#f1efe9",
    governments={"KR": "#1d5c96", "JP": "#b23a2b"},
    font="sans-serif",
)


@dataclass(frozen=True, slots=True)
class Texts:
    """What a chart that stands alone says in words."""

    title: str
    description: str
    source: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Where marks lead: its address, and whose events it shows; everybody's without `leader`."""

    address: str
    leader: str = ""

    def of(self, year: int, kind: str = "") -> str:
        """What was held in a year, of one kind or of all that charts count."""
        kinds = [kind] if kind else KINDS
        pairs = [("kind", name.lower()) for name in kinds]
        pairs += [("leader", self.leader)] if self.leader else []
        pairs += [("status", "held"), ("from", str(year)), ("to", str(year))]
        return f"{self.address}?{urlencode(pairs)}"


def spec_of_contacts(
    figures: Figures,
    terms: Sequence[Term],
    *,
    size: Size,
    palette: Palette,
    timeline: Timeline,
    texts: Texts | None = None,
) -> Spec:
    """Bars by year, stacked by kind, over what is not covered; below them the terms of office.

    With `texts` the chart has a title and a legend of its own.
    """
    first, last = figures.years[0].number, figures.years[-1].number + 1
    x = {
        "field": "from",
        "type": "quantitative",
        "bin": "binned",
        "scale": {"domain": [first, last], "nice": False, "zero": False},
        "title": None,
    }
    layers = [
        {
            "name": "not_covered",
            "data": {"values": _uncovered(figures, first, last)},
            "mark": {"type": "rect", "fill": palette.uncovered},
            "encoding": {"x": {**x, "axis": _axis_of_years(size, first, last)}, "x2": _TO},
        },
        _contacts(figures, x, palette, timeline if size.has_links else None, bool(texts)),
        *_bands(terms, x, palette, first, min(last, _in_years(figures.reaches))),
    ]
    return {
        "$schema": SCHEMA,
        **(words_of(texts) if texts else {}),
        "width": size.width,
        "height": size.height,
        "layer": layers,
        "config": look_of(size, palette),
    }


_TO = {"field": "to"}


def words_of(texts: Texts) -> Spec:
    """What a chart that stands alone has above it."""
    return {
        "title": {"text": texts.title, "subtitle": texts.source, "anchor": "start"},
        "description": texts.description,
    }


def _axis_of_years(size: Size, first: int, last: int) -> Spec:
    """Labels in the middle of their years, below the bands."""
    steps = (step for step in (1, 2, 5, 10, 20) if (last - first) / step <= size.most_labels)
    step = next(steps, 50)
    return {
        "values": [year + 0.5 for year in range(first, last) if year % step == 0],
        "labelExpr": "format(floor(datum.value), 'd')",
        "offset": 2 * (_BAND + _GAP) + _GAP,
        "grid": False,
        "title": None,
    }


def _uncovered(figures: Figures, first: int, last: int) -> list[Spec]:
    """The time before the coverage, and after the last day that the record reaches."""
    covered = min(max(first, _in_years(figures.covered_from)), last)
    reached = max(min(last, round(_in_years(figures.reaches), 2)), covered)
    spans = [(first, covered), (reached, last)]
    return [{"from": begins, "to": ends} for begins, ends in spans if begins < ends]


def _contacts(
    figures: Figures, x: Spec, palette: Palette, timeline: Timeline | None, has_legend: bool
) -> Spec:
    """The layer of the bars; they lead to `timeline` if there is one."""
    names = [str(Event.Kind(kind).label) for kind in KINDS]
    top = max([year.total for year in figures.years] + [1]) * _HEADROOM
    return {
        "name": "contacts",
        "data": {"values": _bars(figures, timeline)},
        "mark": {"type": "bar", "stroke": palette.edge, "strokeWidth": 1, "binSpacing": 2},
        "encoding": {
            "x": x,
            "x2": _TO,
            "y": {
                "field": "contacts",
                "type": "quantitative",
                "stack": "zero",
                "scale": {"domain": [0, top], "nice": False},
                "axis": {"tickMinStep": 1, "tickCount": 4, "format": "d", "title": None},
            },
            "color": {
                "field": "kind",
                "type": "nominal",
                "scale": {"domain": names, "range": list(palette.kinds)},
                "legend": {"title": None, "orient": "top"} if has_legend else None,
            },
            "order": {"field": "order", "type": "quantitative"},
            **({"href": {"field": "timeline"}} if timeline else {}),
            "description": {"field": "told"},
        },
    }


def _bars(figures: Figures, timeline: Timeline | None) -> list[Spec]:
    return [
        {
            "year": year.number,
            "from": year.number,
            "to": year.number + 1,
            "kind": str(Event.Kind(kind).label),
            "order": order,
            "contacts": number,
            "told": f"{year_name(year.number)} · {Event.Kind(kind).label}: {number}",
            **({"timeline": timeline.of(year.number, kind)} if timeline else {}),
        }
        for year in figures.years
        for order, (kind, number) in enumerate(zip(KINDS, year.counts, strict=True))
        if number
    ]


def _bands(
    terms: Iterable[Term], x: Spec, palette: Palette, first: float, last: float
) -> list[Spec]:
    """A line for each government, its terms in turn strong and pale so that neighbours differ.

    Like the contacts, they are told up to `last`.
    """
    rows: dict[str, list[Spec]] = {code: [] for code in palette.governments}
    for term in terms:
        begins = max(_in_years(term.starts_on), first)
        ends = min(_in_years(term.ends_on), last) if term.ends_on else last
        if term.office.country_id in rows and begins < ends:
            of_country = rows[term.office.country_id]
            of_country.append(
                {
                    "holder": term.person.name,
                    "from": round(begins, 3),
                    "to": round(ends, 3),
                    "strength": 0.35 if len(of_country) % 2 else 1,
                }
            )
    layers = []
    for line, (code, values) in enumerate(rows.items()):
        above = _GAP + line * (_BAND + _GAP)
        layers.append(
            {
                "name": f"terms_{code}",
                "data": {"values": values},
                "mark": {"type": "rect", "fill": palette.governments[code]},
                "encoding": {
                    "x": x,
                    "x2": _TO,
                    "y": {"value": {"expr": f"height + {above}"}},
                    "y2": {"value": {"expr": f"height + {above + _BAND}"}},
                    "fillOpacity": {"field": "strength", "type": "quantitative", "scale": None},
                    "description": {"field": "holder"},
                },
            }
        )
    return layers


def _in_years(day: date) -> float:
    """A day on the axis: 2025.0 is the first of 2025."""
    begins = date(day.year, 1, 1)
    return day.year + (day - begins).days / (date(day.year + 1, 1, 1) - begins).days


def look_of(size: Size, palette: Palette) -> Spec:
    """Letters and axes as every chart has them."""
    return {
        "font": palette.font,
        "background": None,
        "view": {"stroke": None},
        "axis": {
            "labelColor": palette.text,
            "labelFontSize": size.text,
            "titleColor": palette.text,
            "titleFontSize": size.text,
            "titleFontWeight": "normal",
            "gridColor": palette.grid,
            "domainColor": palette.grid,
            "tickColor": palette.grid,
        },
        "axisY": {"domain": False, "ticks": False},
    }
