"""Officials and ministers whose talks on a day of their own are news beside the main event."""

from __future__ import annotations

import re
from collections.abc import Sequence

from news.pipeline.actors import PAIR
from news.pipeline.listed_en import is_table_of_two
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.merge import Group
from news.pipeline.participants import names_both_ministers
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.usable import is_named_pair

_SOON = 6  # body sentences that may tell of a second event
_NAME = r"(?-i:[A-Z][\w'-]+(?: [A-Z][\w'-]+){1,2})"
_HIS = r"(?:his|her) (?:(?:new|visiting|then|South|Korean|Japanese) )*counterpart"
# "His South Korean counterpart in that role, Kim Gunn", "Kim Gunn, her counterpart".
_NAMED = re.compile(
    rf"\b{_HIS}(?: (?:in|from|for|at) [^,.;]{{1,40}})?,? ({_NAME})|({_NAME}), {_HIS}\b"
)


def is_with_counterpart(mention: Mention, telling: Telling) -> bool:
    """Whether an official whom we do not know sees "his counterpart" on a day told with it."""
    says = telling.words.cues["counterpart"].search(mention.spoken.sentence.text)
    return telling.lang == "en" and mention.date_source == "clause" and bool(says)


def is_with_another(mentions: Sequence[Mention], others: Sequence[Mention]) -> bool:
    """Whether somebody meets a counterpart by name of whom other mentions do not tell."""
    told = "\n".join(m.spoken.sentence.text for m in others)
    texts = (m.spoken.sentence.text for m in mentions if m.date_source == "clause")
    named = [m.group(1) or m.group(2) for text in texts for m in _NAMED.finditer(text)]
    return any(name.split()[-1] not in told for name in named)


def is_to_meet(mention: Mention, telling: Telling) -> bool:
    """Whether it is said on which day to come people of both sides are to meet.

    English says so soon; Japanese and Korean wherever both were named in the sentence before:
    "首相は9日、大統領と電話で話した。17日に首脳会談が開かれる見通しだ".
    """
    if telling.lang != "en":
        is_told = mention.weight > 2 and mention.date_source == "clause" and not mention.reason
        is_ahead = is_told and mention.tense == "future" and _is_ahead(mention, telling)
        return is_ahead and {p.country for p in mention.people} >= PAIR
    is_soon = mention.date_source == "clause" and mention.spoken.sentence.rank < _SOON
    return is_soon and mention.tense == "future" and is_named_pair(mention, telling)


def _is_ahead(mention: Mention, telling: Telling) -> bool:
    """Whether the one day of a mention is not over when the article appears."""
    days = mention.timed.days if mention.timed else None
    if days is None or telling.anchor is None:
        return False
    return days.grain == "DAY" and days.first >= telling.anchor


def is_of_both_ministers(mention: Mention) -> bool:
    """Whether a sentence says that ministers or officials of both sides met on a day, by office.

    "양국 외교장관은 지난 목요일 방콕에서 회담했다" is as good as by name; so is the English "a
    separate meeting between Han and Ito", whom the record may not know.
    """
    is_told = mention.level == "minister" and mention.date_source == "clause"
    text = mention.spoken.sentence.text
    return is_told and (
        mention.is_of_two
        or names_both_ministers(text[: mention.start])
        or is_table_of_two(text, mention.start, mention.end)
    )


# Who talks below the ministers.
_OFFICIALS = re.compile(r"국장|차관|과장|실무|局長|次官|課長|審議官|事務レベル|実務")


def is_of_officials(group: Group) -> bool:
    """Whether talks with a day of their own are of officials, none of them named."""
    by = group.dated_by
    if by is None or by.date_source != "clause" or any(m.people for m in group.mentions):
        return False
    text = by.spoken.sentence.text
    return group.kind == "ministerial" and bool(_OFFICIALS.search(text[: by.end]))


_TITLE = 14  # characters


def is_official(text: str, end: int) -> bool:
    """Whether the title behind a name that ends at a place is that of an official."""
    title = re.split(r"[、,。とやがはも]|\s(?!차관|국장|과장)", text[end : end + _TITLE])[0]
    return bool(_OFFICIALS.search(title))


_SILENT = re.compile(r"\b(?:not|no|declined to|refused to) comment\b")


def is_of_talks(spoken: Spoken, kind: str, telling: Telling) -> bool:
    """Whether those whom an English sentence names met, or said nothing: no part in a quarrel."""
    if telling.lang != "en" or kind != "dispute":
        return False
    met = (m for m in telling.mentions if m.spoken is spoken and m.kind in MEETINGS)
    return bool(_SILENT.search(spoken.sentence.text)) or any(m.weight > 1 for m in met)
