"""Lists of sources that become rows, and rows that become a list: the shipped one, and OPML."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from news.hygiene import one_line
from news.models import Source
from news.opml import NotOpml, Outline, read, write

SHIPPED = Path(__file__).resolve().parent / "sources.toml"
# What an operator decides about a source, and a list tells; its address stands beside it.
FIELDS = (
    "name", "outlet", "kind", "link_pattern", "country", "language", "source_class", "time_zone",
    "least_minutes", "pause_seconds", "listed_at", "is_enabled",
)  # fmt: skip
_LANGUAGES = dict(settings.LANGUAGES)
_YES_AND_NO = {"true": True, "1": True, "false": False, "0": False}
_LONGEST_NAME = 50
# Where a list names no zone, the clock of the country; elsewhere the field's default.
_ZONES = {"KR": "Asia/Seoul", "JP": "Asia/Tokyo"}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a list cannot be taken over; `line` is 0 where the whole file is meant."""

    what: str
    line: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.what
        return _("Line %(line)d: %(what)s") % {"line": self.line, "what": self.what}


class ListRefused(Exception):
    """Nothing of a list was taken over."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a list that other programs wrote does not tell of the sources that are new."""

    country: str = ""
    language: str = ""
    are_enabled: bool = True


@dataclass(slots=True)
class Outcome:
    """What became of a list: short names, and for each changed source its changed fields."""

    added: list[str] = field(default_factory=list)
    changed: dict[str, list[str]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)


def load_shipped(path: Path = SHIPPED) -> Outcome:
    """Add the sources of the shipped list that are not there, disabled.

    The others stay as they are; a source is there if its short name or its address is. Raises
    ListRefused if a country is missing; then nothing is added.
    """
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    taken = _taken_names()
    urls = set(taken.values())
    outcome, problems = Outcome(), []
    with transaction.atomic():
        for told in listed:
            if told["name"] in taken or told["url"] in urls:
                outcome.unchanged.append(told["name"])
                continue
            source = Source(is_enabled=False)
            _set(source, told)
            source.url = told["url"]
            problems += [Problem(f"{source.name}: {what}") for what in _complaints(source, taken)]
            if not problems:
                source.save()
                outcome.added.append(source.name)
        if problems:
            raise ListRefused(problems)
    return outcome


def import_sources(body: bytes, *, defaults: Defaults, at: datetime) -> Outcome:
    """Take over an OPML file: all of it, or nothing. Safe to do again.

    A source is known by its address. Of one that is there, only what stands in our namespace is
    changed: what another program calls a feed says nothing of how it is read here. Raises
    ListRefused.
    """
    try:
        first: dict[str, Outline] = {}  # a reader may keep one feed in several folders
        for outline in read(body):
            first.setdefault(outline.url, outline)
        with transaction.atomic():
            return _take_over(list(first.values()), defaults, at=at)
    except NotOpml as error:
        raise ListRefused([Problem(str(error))]) from error
    except IntegrityError as error:
        message = _("The sources were changed in this moment. Please try again.")
        raise ListRefused([Problem(message)]) from error


def export_sources(*, at: datetime) -> str:
    """All sources as OPML, which `import_sources` takes over elsewhere without loss."""
    outlines = [
        Outline(source.url, source.outlet, source.language, _values(source))
        for source in Source.objects.order_by("name")
    ]
    return write(outlines, title="Seoul–Tokyo Record", made_at=at)


def _take_over(outlines: Sequence[Outline], defaults: Defaults, *, at: datetime) -> Outcome:
    urls = [outline.url for outline in outlines]
    known = {
        source.url: source
        for source in Source.objects.select_for_update(of=("self",)).filter(url__in=urls)
    }
    taken = _taken_names()
    outcome, problems = Outcome(), []
    for outline in outlines:
        source = known.get(outline.url)
        told = {name: value for name, value in outline.own.items() if name in FIELDS}
        before = {} if source is None else _values(source)
        if source is None:
            source = _new(outline, told, defaults, taken)
        else:
            _set(source, told)
        if _values(source) == before:
            outcome.unchanged.append(source.name)
            continue
        if complaints := _complaints(source, taken):
            problems += [Problem(what, outline.line) for what in complaints]
            continue
        taken.pop(before.get("name", ""), None)
        taken[source.name] = source.url
        if not before:
            source.save()
            outcome.added.append(source.name)
        elif changed := [name for name, value in _values(source).items() if value != before[name]]:
            source.correct(changed, at=at)
            outcome.changed[source.name] = changed
    if problems:
        raise ListRefused(problems)
    return outcome


def _taken_names() -> dict[str, str]:
    """The short names of all sources, each with the address that it belongs to."""
    return dict(Source.objects.values_list("name", "url"))


def _new(
    outline: Outline, told: Mapping[str, str], defaults: Defaults, taken: Mapping[str, str]
) -> Source:
    language = outline.language[:2].lower()
    country = told.get("country", defaults.country)
    title = one_line(outline.title, 120) or urlsplit(outline.url).netloc[:120]
    source = Source(url=outline.url)
    _set(
        source,
        {
            "name": _free_name(outline.title, outline.url, taken),
            "outlet": title,
            "country": country,
            "language": language if language in _LANGUAGES else defaults.language,
            "time_zone": _ZONES.get(country, source.time_zone),
            **told,
        },
    )
    if not defaults.are_enabled:
        source.is_enabled = False
    return source


def _free_name(title: str, url: str, taken: Mapping[str, str]) -> str:
    """A short name that no source has, from what the source calls itself or from its host."""
    host = urlsplit(url).netloc.removeprefix("www.").replace(".", "-")
    wanted = (slugify(title) or slugify(host) or "source")[:_LONGEST_NAME].strip("-")
    names = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, 10**6))
    return next(name for name in names if name not in taken)


def _set(source: Source, told: Mapping[str, Any]) -> None:
    """Set what a list tells; it is not checked, and nothing is saved."""
    for name in FIELDS:
        if name in told:
            value = told[name]
            if name == "is_enabled" and isinstance(value, str):
                value = _YES_AND_NO.get(value.lower(), value)
            setattr(source, "country_id" if name == "country" else name, value)


def _values(source: Source) -> dict[str, str]:
    """What a list tells of a source, as text."""
    told = {name: getattr(source, name) for name in FIELDS if name != "country"}
    told |= {"country": source.country_id, "is_enabled": str(source.is_enabled).lower()}
    return {name: str(told[name]) for name in FIELDS}


def _complaints(source: Source, taken: Mapping[str, str]) -> list[str]:
    """What is wrong with a source, in words; its values are of the right types afterwards.

    The model's own checks of names and constraints would take a dozen queries for each source.
    """
    missing = [_("It names no country: choose one.")] if not source.country_id else []
    missing += [] if source.language else [_("It names no language: choose one.")]
    if missing:
        return missing
    if taken.get(source.name, source.url) != source.url:
        return [_("Another source is called “%(name)s”.") % {"name": source.name}]
    try:
        source.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        called = {column.name: column.verbose_name for column in Source._meta.fields}
        return [
            f"{called[name]}: {what}" if name in called else what
            for name, messages in error.message_dict.items()
            for what in messages
        ]
    return []
