"""Who led the two governments when: for headings of years and bands under the strip."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from events.models import Country, Term

# The offices whose holders speak for the two governments; acting holders have offices of their own.
HEADS = (("KR", "president"), ("JP", "prime_minister"))


@dataclass(frozen=True, slots=True)
class Incumbent:
    """A head of government in one year, with the days in it on which the term began or ended."""

    name: str
    slug: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class Heads:
    """Those who led one government in a year, in the order of their terms."""

    country: Country
    incumbents: list[Incumbent]


def terms_of_heads() -> list[Term]:
    """Every term of a Korean president or Japanese prime minister, oldest first; one query."""
    terms = Term.objects.filter(
        office__country__in=[code for code, _office in HEADS],
        office__slug__in=[office for _code, office in HEADS],
    ).select_related("person", "office__country")
    return [
        term
        for term in terms.order_by("office__country__position", "starts_on", "id")
        if (term.office.country_id, term.office.slug) in HEADS
    ]


def heads_in(year: int, terms: Iterable[Term]) -> list[Heads]:
    """Who led the two governments at some time in a year, in the published order of countries."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: dict[str, Heads] = {}
    for term in terms:
        if term.starts_on > last or (term.ends_on is not None and term.ends_on < first):
            continue
        country = term.office.country
        heads = found.setdefault(country.code, Heads(country, []))
        ends_within = term.ends_on is not None and term.ends_on <= last
        heads.incumbents.append(
            Incumbent(
                name=term.person.name,
                slug=term.person.slug,
                since=term.starts_on if term.starts_on > first else None,
                until=term.ends_on if ends_within else None,
            )
        )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Band:
    """The terms of one government as two paths of one line, so that neighbours differ."""

    country: Country
    odd: str
    even: str


def bands(
    terms: Sequence[Term], *, first_year: int, last_year: int, today: date, width: int
) -> list[Band]:
    """SVG paths along the strip of years; each year is `width` units wide, each line 1 high.

    A term without an end reaches to `today`.
    """
    origin, end = date(first_year, 1, 1), date(last_year + 1, 1, 1)
    scale = width * (last_year - first_year + 1) / (end - origin).days
    by_country: dict[str, tuple[Country, list[list[str]]]] = {}
    for term in terms:
        begins, ends = max(term.starts_on, origin), min(term.ends_on or today, end)
        if ends <= begins:
            continue
        country, lines = by_country.setdefault(
            term.office.country_id, (term.office.country, [[], []])
        )
        x = round((begins - origin).days * scale, 1)
        length = round((ends - begins).days * scale, 1)
        lines[len(lines[0]) > len(lines[1])].append(f"M{x:g} 0h{length:g}v1h-{length:g}z")
    return [
        Band(country, "".join(odd), "".join(even)) for country, (odd, even) in by_country.values()
    ]
