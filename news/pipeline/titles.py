"""A plain English working title for a draft, from its fields alone."""

from __future__ import annotations

from news.pipeline.people import IndexedKnowledge

_COUNTRY_NAMES = {"KR": "Korea", "JP": "Japan", "US": "US", "CN": "China"}
_NOUNS = {
    "call": "call",
    "summit": "summit",
    "trilateral_summit": "trilateral summit",
    "visit": "visit",
    "ministerial": "ministerial talks",
    "agreement": "agreement",
    "dispute": "dispute",
    "statement": "statement",
    "anniversary": "anniversary",
}


def make_title(
    kind: str,
    participants: tuple[str, ...],
    countries: tuple[str, ...],
    city: str,
    occasion: str,
    index: IndexedKnowledge,
) -> str:
    """For example "Lee-Ishiba summit at the G7" or "Korea-Japan dispute"."""
    surnames = [surname(slug, index) for slug in participants[:3]]
    who = "-".join(n for n in surnames if n) if len(participants) > 1 else ""
    if not who:
        who = "-".join(_COUNTRY_NAMES.get(c, c) for c in countries)
    title = f"{who} {_NOUNS[kind]}"
    if occasion:
        return f"{title} at the {occasion}"
    return f"{title} in {city}" if city else title


def surname(slug: str, index: IndexedKnowledge) -> str:
    """The family name of a person, as English writes it."""
    person = next((p for p in index.knowledge.people if p.slug == slug), None)
    if person is None:
        return ""
    forms = [form for lang, form in person.names if lang == "en" and " " not in form]
    return min(forms, key=len) if forms else slug.split("-")[0].title()
