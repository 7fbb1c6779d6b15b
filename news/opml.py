"""Lists of sources as OPML, the format in which feed readers exchange theirs. Pure.

What OPML has no word for stands in attributes of a namespace of our own, so that nothing is lost
between two sites like this one; other readers do not see it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from typing import NoReturn
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

NAMESPACE = "urn:seoul-tokyo-record:source"
MOST_BYTES = 1024 * 1024
MOST_DEPTH = 20
MOST_SOURCES = 1000

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class NotOpml(Exception):
    """The bytes are no list of sources; the message says why."""


@dataclass(frozen=True, slots=True)
class Outline:
    """One source as a list tells it; `own` is what stands in our namespace, by name."""

    url: str
    title: str = ""
    language: str = ""
    own: Mapping[str, str] = field(default_factory=dict)
    line: int = 0


def read(body: bytes) -> list[Outline]:
    """The sources of a list in order, from folders too; a page of ours is a link. Raises NotOpml.

    Nothing is fetched or expanded: entities, in which XML hides files and bombs, are refused.
    """
    if len(body) > MOST_BYTES:
        raise NotOpml(_("The file is larger than 1 MB."))
    parser = expat.ParserCreate(namespace_separator=" ")
    reader = _Reader(parser)
    try:
        parser.Parse(body, True)
    except expat.ExpatError as error:
        raise NotOpml(
            _("The file is not well-formed XML (line %(line)d: %(problem)s).")
            % {"line": error.lineno, "problem": expat.ErrorString(error.code)}
        ) from error
    except (ValueError, LookupError) as error:
        raise NotOpml(_("The file is in an encoding that XML cannot be read in.")) from error
    if not reader.outlines:
        raise NotOpml(_("The file names no source."))
    return reader.outlines


def write(outlines: Iterable[Outline], *, title: str, made_at: datetime) -> str:
    """A list that `read` reads back as it was, and that other readers understand."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<opml version="2.0" xmlns:record={quoteattr(NAMESPACE)}>',
        "  <head>",
        f"    <title>{escape(_clean(title))}</title>",
        f"    <dateCreated>{format_datetime(made_at)}</dateCreated>",
        "  </head>",
        "  <body>",
        *(f"    <outline {_attributes(outline)}/>" for outline in outlines),
        "  </body>",
        "</opml>",
    ]
    return "\n".join(lines) + "\n"


def _attributes(outline: Outline) -> str:
    told = {"text": outline.title, "title": outline.title, "language": outline.language}
    # A reader that took a page for a feed would complain about it for ever.
    is_page = outline.own.get("kind") == "PAGE"
    told |= {"type": "link", "url": outline.url} if is_page else {"type": "rss"}
    told |= {} if is_page else {"xmlUrl": outline.url}
    told |= {f"record:{name}": value for name, value in outline.own.items()}
    return " ".join(f"{name}={quoteattr(_clean(value))}" for name, value in told.items())


def _clean(text: str) -> str:
    return _NOT_XML.sub("", text)


class _Reader:
    """What expat calls while it goes through a file."""

    def __init__(self, parser: expat.XMLParserType) -> None:
        self.outlines: list[Outline] = []
        self._parser = parser
        self._depth = 0
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._entity
        parser.SkippedEntityHandler = self._entity

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(" ")[2].lower()
        if self._depth == 1 and local != "opml":
            raise NotOpml(_("The file is not OPML: it begins with <%(name)s>.") % {"name": local})
        if self._depth > MOST_DEPTH:
            raise NotOpml(_("The file has folders within folders without end."))
        if local == "outline":
            self._outline(attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1

    def _entity(self, *about: object) -> NoReturn:
        raise NotOpml(_("The file uses entities of its own, which no list of sources needs."))

    def _outline(self, attributes: dict[str, str]) -> None:
        plain = {name.lower(): value.strip() for name, value in attributes.items()}
        mine = {
            name.rpartition(" ")[2]: value
            for name, value in attributes.items()
            if name.startswith(f"{NAMESPACE} ")
        }
        url = plain.get("xmlurl") or (plain.get("url", "") if mine.get("kind") == "PAGE" else "")
        if not url:
            return  # a folder, or a link that another program keeps beside its feeds
        if len(self.outlines) == MOST_SOURCES:
            raise NotOpml(_("The file names more than %(most)d sources.") % {"most": MOST_SOURCES})
        self.outlines.append(
            Outline(
                url=url,
                title=plain.get("title") or plain.get("text", ""),
                language=plain.get("language", ""),
                own=mine,
                line=self._parser.CurrentLineNumber,
            )
        )
