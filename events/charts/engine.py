"""Draws a Vega-Lite specification as SVG that may stand in a page under a strict policy."""

import re
import xml.etree.ElementTree as ET
from importlib.metadata import version
from typing import Any

ENGINE = f"vl-convert-python {version('vl-convert-python')}"
"""Known without loading it: another version may draw otherwise."""

FORM = 2
"""Of what is done to the engine's drawing below; to be raised when that changes."""

SITE = "http://site.invalid"
"""Stands for the site in links: the engine takes no address without a host."""

_VEGA_LITE = "6.4"
_SVG, _XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
_NEEDLESS = ("class", "role", "version", "pointer-events", "stroke-miterlimit")
_LONG_DECIMAL = re.compile(r"\d+\.\d{2,}")

ET.register_namespace("", _SVG)


def draw(spec: dict[str, Any], *, name: str) -> str:
    """The chart as an SVG element whose ids begin with `name`.

    The engine takes 120 MB and most of a second to start: never call this in a web process.
    """
    import vl_convert

    return presentable(vl_convert.vegalite_to_svg(spec, vl_version=_VEGA_LITE), name=name)


def presentable(drawn: str, *, name: str) -> str:
    """The engine's SVG without what a page has no use for.

    It is hidden from assistive technology, and its links from the keyboard: a hundred stops in a
    row help nobody, and the table beside it has the same figures and links.
    """
    root = ET.fromstring(drawn)
    for element in root.iter():
        _keep_what_is_drawn(element, name)
        _add_title(element)
    _drop_empty(root)
    _join_alike(root)
    root.set("aria-hidden", "true")
    if f"url(#{name}-hatch)" in ET.tostring(root, encoding="unicode"):
        root.append(_hatch(name))
    return ET.tostring(root, encoding="unicode")


def _tag(name: str) -> str:
    return f"{{{_SVG}}}{name}"


def _is_needless(attribute: str, value: str) -> bool:
    if attribute in ("opacity", "fill-opacity"):
        return value == "1"
    is_aria = attribute.startswith("aria-") and attribute != "aria-label"
    return is_aria or attribute in _NEEDLESS


def _keep_what_is_drawn(element: ET.Element, name: str) -> None:
    for attribute in list(element.attrib):
        value = element.attrib[attribute]
        if _is_needless(attribute, value):
            del element.attrib[attribute]
        elif attribute == "id":
            element.set("id", f"{name}-{value}")
        elif attribute == _XLINK:
            del element.attrib[attribute]
            element.set("href", value.removeprefix(SITE))
            element.set("tabindex", "-1")
        elif attribute in ("d", "transform"):
            element.set(attribute, _LONG_DECIMAL.sub(lambda n: f"{float(n[0]):.1f}", value))
        elif value.startswith("url(#"):
            element.set(attribute, value.replace("#", f"#{name}-"))


def _add_title(element: ET.Element) -> None:
    """What a pointer tells of a mark."""
    told = [child.attrib.pop("aria-label", "") for child in element]
    if element.tag == _tag("a") and any(told):
        title = ET.Element(_tag("title"))
        title.text = "".join(told)
        element.insert(0, title)


def _drop_empty(element: ET.Element) -> None:
    for child in list(element):
        _drop_empty(child)
        is_empty_path = child.tag == _tag("path") and child.get("d") in ("", "M0,0h0v0h0Z", None)
        is_invisible = child.get("display") == "none"
        is_empty_group = child.tag == _tag("g") and not len(child)
        if is_empty_path or is_invisible or is_empty_group:
            element.remove(child)


def _join_alike(element: ET.Element) -> None:
    """Make one path of neighbours that differ in nothing but their outline."""
    by_look: dict[tuple[tuple[str, str], ...], ET.Element] = {}
    for child in list(element):
        _join_alike(child)
        if child.tag != _tag("path"):
            by_look.clear()
            continue
        look = tuple(sorted((key, value) for key, value in child.items() if key != "d"))
        like = by_look.setdefault(look, child)
        if like is not child:
            like.set("d", like.get("d", "") + child.get("d", ""))
            element.remove(child)


def _hatch(name: str) -> ET.Element:
    defs = ET.Element(_tag("defs"))
    pattern = ET.SubElement(
        defs,
        _tag("pattern"),
        {
            "id": f"{name}-hatch",
            "width": "6",
            "height": "6",
            "patternUnits": "userSpaceOnUse",
            "patternTransform": "rotate(45)",
        },
    )
    ET.SubElement(
        pattern, _tag("path"), {"d": "M0,0v6", "stroke": "var(--border)", "stroke-width": "0.6"}
    )
    return defs
