"""The ways in which a person's name is written: in full, and by the surname alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from news.pipeline.clean import plain
from news.pipeline.values import KnownPerson


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a person, and whether it is only a surname."""

    text: str
    slug: str
    is_short: bool
    is_guessed: bool = False  # the record does not give it


def forms_of(person: KnownPerson) -> Iterable[Form]:
    """Every form of a person, with the surnames that titles are put behind."""
    names = [(lang, plain(form).strip()) for lang, form in person.names]
    surname = person.slug.split("-")[0].title()
    for lang, form in names:
        if not form:
            continue
        yield Form(form, person.slug, _is_surname(lang, form, names))
        if person.country == "KR" and re.fullmatch(r"[가-힣]{2,4}|[一-龥]{2,4}", form):
            yield Form(form[:1], person.slug, True)
        if person.country == "CN" and re.fullmatch(r"[가-힣]{2,4}|[一-龥]{2,3}", form):
            yield Form(form[:1], person.slug, True)
        if lang == "en" and " " in form and form.startswith(surname):
            yield Form(surname, person.slug, True)
        if lang == "en" and " " in form and surname in form:
            # "Prime Minister TAKAICHI Sanae": ministries put family names in capitals.
            yield Form(form.replace(surname, surname.upper(), 1), person.slug, False)
        if person.country == "JP":
            yield from (
                Form(text, person.slug, True, True) for text in _surnames(lang, form, names)
            )
        if lang == "ja" and "·" in form:
            head, _, tail = form.partition("·")
            yield Form(tail if person.country == "US" else head, person.slug, True)


def _surnames(lang: str, form: str, names: list[tuple[str, str]]) -> Iterable[str]:
    """The surname that a Japanese full name begins with, where the record does not give it.

    Korean sets it apart; of kanji it is the first two, or of three perhaps the first, which
    counts as a name only before a title.
    """
    if lang == "ko" and " " in form:
        yield form.split(" ", 1)[0]
    is_full = lang == "ja" and re.fullmatch(r"[一-龥]{3,5}", form)
    if is_full and not any(len(f) < len(form) and form.startswith(f) for _, f in names):
        yield form[:2]
        if len(form) == 3:
            yield form[:1]


def _is_surname(lang: str, form: str, names: list[tuple[str, str]]) -> bool:
    """Whether a form is only part of a longer form of the same person."""
    longer = [f for _, f in names if len(f) > len(form)]
    if re.fullmatch(r"[가-힣]{3,4}|[一-龥]{3,5}", form) and not any(
        f.startswith(form) for f in longer
    ):
        return False
    return any(
        f.startswith(form) or f.endswith(" " + form) or f.endswith("·" + form) for f in longer
    )


# "安徳根(アン·ドックン)産業相", "안덕근 산업통상부 장관": a full name behind its surname.
_GIVEN = {
    "ja": r"[一-龥]{1,2}\([ァ-ヶー]+[·・\s][ァ-ヶー]+\)",
    "ko": r"[가-힣]{2}\s(?:[가-힣]+\s){0,2}[가-힣]{0,8}(?:장관|차관|본부장|실장|국장)",
}


_KANA = re.compile(r"[ァ-ヶー]{1,3}")  # as long as Korean surnames are in kana


def is_borne_by_another(surname: str, whole: str, lang: str) -> bool:
    """Whether an article names somebody in full who bears a surname of one syllable or letter, or
    one in kana: "アン・ドックン産業相"; whoever is known in full is asked for before."""
    if lang == "ja" and _KANA.fullmatch(surname):
        return re.search(rf"(?<![ァ-ヶー·・]){surname}[·・][ァ-ヶー]", whole) is not None
    given = _GIVEN.get(lang)
    if given is None or len(surname) != 1:
        return False
    return re.search(rf"(?<![一-龥가-힣]){surname}{given}", whole) is not None
