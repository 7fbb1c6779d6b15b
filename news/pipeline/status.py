"""Whether an event had happened by the day of publication or was still to come."""

from __future__ import annotations

import re

from news.pipeline.dates import Days
from news.pipeline.mentions import Mention
from news.pipeline.merge import Group
from news.pipeline.sides import POLICIES
from news.pipeline.telling import Telling
from news.pipeline.tenses import is_told_past

# "Japan will pay into a fund, they said after their talks on Monday".
_AFTER = re.compile(r"\bafter (?:his|her|their|the) (?:[\w-]+ ){0,2}[\w-]+$")


def find_status(group: Group, days: Days, telling: Telling) -> tuple[str, Mention | None]:
    """Scheduled or happened on the day of publication; the tense decides on the day itself."""
    by = group.dated_by or group.mentions[0]
    anchor = telling.anchor
    if anchor is not None and group.kind in POLICIES and days.first <= anchor:
        return ("happened", by)  # "said it will pay" is done by saying
    if anchor is not None and (days.first - anchor).days > 1:
        return ("scheduled", by)
    if anchor is not None and (anchor - days.last).days > 1:
        return ("happened", by)
    if anchor is not None and days.first < anchor and _is_told_past(by, telling):
        return ("happened", by)  # "… will visit each year, they decided on Friday"
    talks = [_tense_of_talks(m, telling) for m in group.mentions if m.kind != "visit"]
    talks = [tense for tense in talks if tense]
    if by.kind == "visit" and days.first == anchor and talks and set(talks) == {"future"}:
        return ("scheduled", by)  # "arrived this morning and will meet him in the afternoon"
    tenses = [m.tense for m in group.mentions if m.tense]
    own = by.tense or (tenses[0] if tenses else "")
    is_held = any(m.tense == "past" and m.weight > 1 and m.kind != "visit" for m in group.mentions)
    is_held = is_held or _AFTER.search(by.spoken.sentence.text[: by.end]) is not None
    if own == "future" and anchor is not None and days.first <= anchor and is_held:
        return ("happened", by)
    if own == "future":
        return ("scheduled", by)
    if own == "past" or anchor is None:
        return ("happened", by)
    is_ahead = days.first > anchor or (days.first == anchor and _ends_unfinished(by, telling))
    return ("scheduled" if is_ahead else "happened", by)


# "大統領も足を運ぶ。": a verb that is no past one closes the sentence.
_UNFINISHED_JA = re.compile(r"[うくぐすつぬぶむ]。?$|(?<![いあ])る。?$")


def _tense_of_talks(mention: Mention, telling: Telling) -> str:
    """The tense of talks; those told in the present are to come: "夕刻から会談が続く。"."""
    return mention.tense or ("future" if _ends_unfinished(mention, telling) else "")


def _ends_unfinished(mention: Mention, telling: Telling) -> bool:
    return telling.lang == "ja" and bool(_UNFINISHED_JA.search(mention.spoken.sentence.text))


def _is_told_past(mention: Mention, telling: Telling) -> bool:
    text = mention.spoken.sentence.text
    clause = next(
        (c for c in mention.spoken.clauses if c[0] <= mention.start < c[1]), (0, len(text))
    )
    return is_told_past(text[clause[0] : clause[1]], telling.words)
