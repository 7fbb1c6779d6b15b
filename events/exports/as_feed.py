"""Events as an Atom feed (RFC 4287), what changed last first. Pure but for the active language."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5
from xml.sax.saxutils import escape, quoteattr

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from events import wording
from events.citing import LICENCE, LICENCE_ADDRESS
from events.exports.about import About, Seal, moment
from events.exports.reading import Exported

# Names what feeds are made of: any number, the same for ever.
_FEEDS = UUID("0d9b8e4e-5f0c-4c7e-9a53-6b7a2a1f6b55")
# What no XML document can hold, not even escaped.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def feed_lines(
    rows: Iterable[Exported],
    about: About,
    *,
    base: str,
    query: str,
    filters: str,
    updated: datetime,
    further: dict[str, str],
) -> Iterator[bytes]:
    """The whole file. Its last line is a comment, with the SHA-256 of all bytes before that line.

    `base` is the start of the address of an event's page, up to its slug. `query` tells feeds
    apart wherever the site stands, `filters` says in words which events these are, and `further`
    are the addresses of other pages of the same feed, by relation.
    """
    seal = Seal()

    def before_the_seal() -> Iterator[bytes]:
        yield "".join(_head(about, query, filters, updated, further)).encode()
        for row in rows:
            yield "".join(_entry(row, base, about.language)).encode()
        yield b"</feed>\n"

    yield from seal.through(before_the_seal())
    yield f"<!-- sha256 {seal.sha256} -->\n".encode()


def _head(
    about: About, query: str, filters: str, updated: datetime, further: dict[str, str]
) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(about.language)}>\n'
    yield _text("id", uuid5(_FEEDS, query).urn)
    yield _text("title", ": ".join(part for part in (_("Seoul–Tokyo Record"), filters) if part))
    said = _("What was published or corrected last comes first.")
    if about.day:
        stood = _("The record as it stood on %(day)s.") % {"day": wording.day_in_words(about.day)}
        said = f"{stood} {said}"
    yield _text("subtitle", said)
    yield _text("updated", moment(updated))
    yield f"<author>{_text('name', _('Seoul–Tokyo Record'), end='')}</author>\n"
    yield _text("rights", f"{LICENCE} {LICENCE_ADDRESS}")
    yield _link("license", LICENCE_ADDRESS)
    yield _link("self", about.address, "application/atom+xml")
    yield _link("alternate", about.page, "text/html", about.language)
    for relation, address in further.items():
        yield _link(relation, address, "application/atom+xml")


def _entry(row: Exported, base: str, language: str) -> Iterator[str]:
    event = row.event
    date = wording.date_in_words(event.precision, event.starts_on, event.ends_on)
    yield "<entry>\n"
    yield _text("id", event.public_id.urn)
    yield _text("title", f"{event.title} ({date})")
    yield _text("updated", moment(row.revision.at))
    yield _text("published", moment(event.published_at))
    yield _link("alternate", f"{base}{event.slug}/", "text/html", language)
    kind = str(event.get_kind_display())
    yield f"<category term={_attribute(event.kind.lower())} label={_attribute(kind)}/>\n"
    for topic in event.subjects:
        yield f"<category term={_attribute(topic['slug'])} label={_attribute(topic['name'])}/>\n"
    yield _text("content", _content(event, date), kind="html")
    yield "</entry>\n"


def _content(event: Any, date: str) -> SafeString:
    """What an entry says, as HTML: kind, date, countries and places, the summary, its sources."""
    acting = [one["name"] for one in event.involved if one["acted"]]
    places = [one["own"] or one["en"] or one["country_name"] for one in event.located]
    said = [str(event.get_kind_display()), date, str(event.get_status_display())]
    said += [wording.listed(names) for names in (acting, places) if names]
    sources = format_html_join(
        "",
        '<li><a href="{}">{}</a></li>',
        ((one["url"], one["publisher"]) for one in event.sources),
    )
    summary = format_html("<p>{}</p>", event.summary) if event.summary else ""
    return format_html("<p>{}</p>{}<ul>{}</ul>", " · ".join(said), summary, sources)


def _clean(words: object) -> str:
    return _NOT_IN_XML.sub("", str(words))


def _attribute(words: object) -> str:
    return quoteattr(_clean(words))


def _text(name: str, words: object, *, kind: str = "", end: str = "\n") -> str:
    type_ = f' type="{kind}"' if kind else ""
    return f"<{name}{type_}>{escape(_clean(words))}</{name}>{end}"


def _link(relation: str, address: str, content_type: str = "", language: str = "") -> str:
    type_ = f" type={_attribute(content_type)}" if content_type else ""
    hreflang = f" hreflang={_attribute(language)}" if language else ""
    return f"<link rel={_attribute(relation)}{type_}{hreflang} href={_attribute(address)}/>\n"
