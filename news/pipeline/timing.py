"""Which dates of a sentence belong to what happened, and which to who told it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from news.pipeline.date_phrases import find_dates
from news.pipeline.dates import DatePhrase, Days, add_days, resolve
from news.pipeline.grounds import is_ground, is_of_before
from news.pipeline.lexicon import Lexicon
from news.pipeline.moved import is_new_day, is_old_day, without_old_day
from news.pipeline.planned import (
    is_announced,
    is_set_ahead,
    is_start_ahead,
    is_their_day,
    tense_of_present,
    without_words_of_others,
)
from news.pipeline.sentences import quoted_spans
from news.pipeline.tellers import (
    ends_reporting,
    is_of_what_was_told,
    is_said_together,
    is_told_on_other_day,
)
from news.pipeline.tenses import tense_before, tense_of

PAST_DAYS = 14  # what lies further back is what the article looks back on
FUTURE_DAYS = 240


@dataclass(frozen=True, slots=True)
class Recent:
    """The days told of last: of the news, and of anything, however old.

    이날 and この日 go back to the news; "two days later" goes back to whatever
    stood before, as does the English "the same day" if that is close by.
    """

    news: Days | None = None
    any: Days | None = None
    done: Days | None = None  # the last of the news that was not still to come
    ahead: Days | None = None  # the last of what is still to come
    gap: int = 0  # sentences read since the last of any
    is_vague: bool = False  # an older month or year was told after the last of any
    story: Days | None = None  # the last of the news that is of publication or the day before

    def further(self) -> Recent:
        """What is recent once a sentence more has been read."""
        return replace(self, gap=self.gap + 1)

    def after(self, timed: Timed, anchor: date | None) -> Recent:
        """What is recent once a further date has been read."""
        if timed.days is not None and timed.days.grain in ("MONTH", "YEAR"):
            return replace(self, is_vague=timed.owner == "background")
        if timed.days is None or timed.days.grain not in ("DAY", "RANGE"):
            return self
        # 이날 after 전날 is still the day that the story is about; who is quoted tells no story.
        if timed.owner in ("aside", "deadline", "quotation") or timed.phrase.shape == "eve":
            return self
        news = self.news if timed.owner == "background" else timed.days
        # The paper may be dated a day early; what was done was done.
        slack = 1 if timed.tense == "past" else 0
        is_done = anchor is None or (news is not None and (news.first - anchor).days <= slack)
        is_ahead = timed.owner == "event" and anchor is not None and timed.days.first > anchor
        ahead = timed.days if is_ahead else self.ahead
        done = news if is_done else self.done
        return Recent(news, timed.days, done, ahead, story=self._story(timed, anchor))

    def _story(self, timed: Timed, anchor: date | None) -> Days | None:
        """The day of the story, once a further date has been read."""
        days = timed.days
        if days is None or anchor is None or timed.owner not in ("event", "reporting"):
            return self.story
        is_now = days.grain == "DAY" and 0 <= (anchor - days.first).days <= 1
        return days if is_now else self.story


@dataclass(frozen=True, slots=True)
class Timed:
    """A date phrase with its days and its owner.

    owner: event · reporting ("said Friday") · media (a newspaper reported) ·
    background (too long ago, or "since …") · length ("two-day") · quotation ·
    deadline ("until Friday") · aside (the same moment by another clock:
    "日本時間17日"; or the day of a missile, or one that only counts down).
    """

    phrase: DatePhrase
    days: Days | None
    owner: str
    tense: str = ""


# Each costs a look at the whole sentence; more are a table, or made to keep us busy.
MOST_DATES = 40
_OTHER_ZONE = re.compile(
    r"\((?:日本時間|韓国時間|現地時間|한국\s?시간|일본\s?시간|현지\s?시간"
    r"|(?:local|Korea|Japan) time,?)"
    r"[^)]{0,6}$"
)


def read_dates(
    text: str,
    words: Lexicon,
    anchor: date | None,
    recent: Recent,
    clauses: list[tuple[int, int]],
    skip: int = 0,
) -> list[Timed]:
    """The dates of a sentence, each resolved in the tense of its clause.

    `recent` are the days the article told of last; `skip` leaves out a dateline.
    """
    found: list[Timed] = []
    here: Days | None = None
    past: Days | None = None  # an older day of this sentence, that "the day before" leans on
    phrases = [p for p in find_dates(text, words.lang) if p.start >= skip][:MOST_DATES]
    quotes = quoted_spans(text) if phrases else []
    for phrase in phrases:
        start, end = next(((a, b) for a, b in clauses if a <= phrase.start < b), (0, len(text)))
        told = without_words_of_others(text, phrase.start, words.lang)
        tense = _tense_of_date(told, phrase, (start, end), clauses, words)
        owner = _owner(text, phrase, words, skip)
        if words.lang == "en":
            said_so, phrase = phrase, without_old_day(text, phrase)
            if phrase is not said_so or is_new_day(text, phrase.start):
                owner, tense = "event", "future"
        if owner in ("reporting", "media"):
            tense = "past"
        said = text[phrase.start : phrase.end]
        if words.lang == "en" and phrase.shape == "dayonly" and found:
            phrase = _in_month_before(phrase, found[-1])
        if phrase.shape == "dayonly" and found and _FOLLOWED.match(text, found[-1].phrase.end):
            here = None
        before = _before(phrase, words, recent, here, tense, said)
        if words.lang == "en" and phrase.shape == "same" and found:
            before = _told_beside(found) or before
        days = resolve(phrase, anchor, tense, before)
        if phrase.shape == "eve" and past is not None:
            eve = add_days(past.first, phrase.shift)
            days = Days(eve, eve, "DAY") if eve else None
        if words.lang == "en" and phrase.shape == "later" and recent.is_vague:
            owner = "background"  # "In March 2023 …. Ten days later …"
        beside = (found, quotes, anchor)
        owner, is_old = _settled_owner(text, phrase, owner, days, tense, beside, words)
        past = days if is_old and days and days.grain == "DAY" else past
        found.append(Timed(phrase, days, owner, tense))
        recent = recent.after(found[-1], anchor)
        here = recent.any if days else here
    return _with_day_to_come(found, text, words, anchor)


def _settled_owner(
    text: str,
    phrase: DatePhrase,
    owner: str,
    days: Days | None,
    tense: str,
    beside: tuple[list[Timed], list[tuple[int, int]], date | None],
    words: Lexicon,
) -> tuple[str, bool]:
    """(who owns a date, now that its days are known; whether it is one looked back on).

    `beside` are the dates before it in its sentence, the quotations there and publication.
    """
    found, quotes, anchor = beside
    is_while = phrase.direction == "future" and phrase.shape == "offset" and tense == "past"
    if phrase.shape == "length" or (is_while and words.lang == "en"):
        return ("length", False)  # "got nothing from him in two days"
    if _OTHER_ZONE.search(text[: phrase.start]):
        return ("aside", False)
    said = [q for q in quotes if q[0] < phrase.start < q[1]]
    is_said = bool(said) and not any(is_announced(text, q, words.lang) for q in said)
    if is_said or is_their_day(text, phrase, words.lang):
        return ("quotation", False)
    if words.lang == "en" and _is_of_old_year(text, phrase, found, anchor):
        return ("background", True)
    if owner == "anchor":
        return ("event" if _is_of_the_day(days, anchor) else "background", False)
    if owner == "event" and (days is None or is_background(days, phrase, anchor)):
        return ("background", True)
    if owner == "event" and words.lang == "ko" and _is_ground(text, phrase, days, anchor):
        return ("background", False)
    if owner == "reporting" and days and _is_long_past(days, anchor):
        return ("background", False)
    return (owner, False)


def _in_month_before(phrase: DatePhrase, told: Timed) -> DatePhrase:
    """A bare day with the month named before it: "took place in June, in Seoul on the 16th"."""
    month = told.days
    if month is None or month.grain != "MONTH" or phrase.month_shift is not None:
        return phrase
    return replace(phrase, shape="day", year=month.first.year, month=month.first.month)


def _told_beside(found: list[Timed]) -> Days | None:
    """The day of an event that is told beside who said so.

    "He arrives on Tuesday, the office said on Friday, and sits down the same afternoon".
    """
    days = [t.days for t in found if t.owner == "event" and t.days and t.days.grain == "DAY"]
    return days[-1] if days and found[-1].owner == "reporting" else None


def _tense_of_date(
    told: str,
    phrase: DatePhrase,
    clause: tuple[int, int],
    clauses: list[tuple[int, int]],
    words: Lexicon,
) -> str:
    """The tense in which a sentence tells what happens on a day of it."""
    start, end = clause
    if words.lang == "en" and start and is_set_ahead(told[start:end]):
        start = next((a for a, b in clauses if b == start), start)
    return (
        ("future" if is_start_ahead(told[: phrase.start], words.lang) else "")
        or _tense_of_described(told[start:end], phrase.start - start, words)
        or tense_before(told[start : phrase.start], told[phrase.end :], words)
        or tense_of(told[start:end], words)
        or tense_of(told, words)
        or tense_of_present(phrase, told, words.lang)
    )


# "The United States, where Cho heads on Wednesday, …".
DESCRIBED = re.compile(r",\s(?:where|who|which)\b[^,;]*$")


def _tense_of_described(clause: str, at: int, words: Lexicon) -> str:
    """The tense of the relative clause in which an English date stands, or ""."""
    opened = DESCRIBED.search(clause[:at]) if words.lang == "en" else None
    return tense_of(clause[opened.start() : _end_of_part(clause, at)], words) if opened else ""


def _end_of_part(clause: str, at: int) -> int:
    end = clause.find(",", at)
    return end if end >= 0 else len(clause)


def _with_day_to_come(
    found: list[Timed], text: str, words: Lexicon, anchor: date | None
) -> list[Timed]:
    """The dates of a sentence; nobody has said on a day that is still to come what will be then."""
    if anchor is None or len(found) != 1 or words.lang == "en":
        return found
    days = found[0].days
    is_ahead = days is not None and days.first > anchor and found[0].owner == "reporting"
    if is_ahead and tense_of(text, words) == "future":
        return [replace(found[0], owner="event")]
    return found


_OPENS_BRACKET = re.compile(r"[(\[][^)\]]{0,12}$")
_ALMOST_A_YEAR = 300  # days


def _is_of_old_year(text: str, phrase: DatePhrase, found: list[Timed], anchor: date | None) -> bool:
    """Whether a day in brackets belongs to an older year that the sentence has named before."""
    if anchor is None or not _OPENS_BRACKET.search(text[: phrase.start]):
        return False
    return any(
        t.owner == "background" and t.days and (anchor - t.days.last).days > _ALMOST_A_YEAR
        for t in found
    )


# 같은 날 beside a day is that one; 이날 is the day of the story.
_SAME_AS = re.compile(r"같은|同")


def _before(
    phrase: DatePhrase,
    words: Lexicon,
    recent: Recent,
    here: Days | None,
    tense: str,
    said: str,
) -> Days | None:
    """The days a phrase, in the words `said`, may lean on.

    A bare day takes its month from its own sentence only.
    """
    if phrase.shape == "dayonly" or (here is not None and _SAME_AS.match(said)):
        return here
    if words.lang == "en" and tense == "future" and phrase.shape in ("eve", "same"):
        return recent.ahead or recent.any  # "said on Thursday … will meet the day before"
    is_ahead = tense == "future" or (tense != "past" and _SAME_AS.match(said))
    if phrase.shape == "same" and is_ahead and recent.ahead is not None:
        return recent.ahead  # "they meet on the 31st, he said on the 29th; on the same day …"
    if words.lang == "en" and tense == "past" and here is None and recent.any == recent.ahead:
        return recent.done or recent.any  # "will be in Tokyo on Aug. 23. On the same day he spoke"
    is_far = here is None and recent.gap > 1  # years ago, some sentences before
    looks_back = phrase.shape == "eve" or (
        phrase.shape == "same" and (words.lang != "en" or is_far)
    )
    if not looks_back:
        return recent.any
    is_apart = here is None and (recent.gap > 1 or recent.any != recent.done)
    if words.lang == "ko" and phrase.shape == "same" and is_apart:
        return recent.story or recent.done  # no older day that was told some sentences before
    # 이날 with a past verb is no day that is still to come.
    return recent.done if tense == "past" else recent.news


def is_background(days: Days, phrase: DatePhrase, anchor: date | None) -> bool:
    """Whether days lie too far from the day of publication to be its news."""
    if days.grain == "YEAR":
        return True
    if anchor is None:
        return days.grain != "DAY" and days.grain != "RANGE"
    if (days.first - anchor).days > FUTURE_DAYS:
        return True
    if days.grain in ("MONTH", "WEEK"):
        return days.last < anchor or (phrase.direction == "past")
    return (anchor - days.last).days > PAST_DAYS


def _is_ground(text: str, phrase: DatePhrase, days: Days | None, anchor: date | None) -> bool:
    """Whether a day some days ago only says on what that is built which is told now."""
    if days is None or anchor is None or days.grain not in ("DAY", "RANGE"):
        return False
    age = (anchor - days.last).days
    return is_ground(text, phrase.end, age) or is_of_before(text, phrase.start, age)


def _is_long_past(days: Days, anchor: date | None) -> bool:
    """Whether somebody said something too long ago to be the news."""
    return anchor is not None and (anchor - days.last).days > PAST_DAYS


# "先月26日に続き、30日": the second day is of no older month.
_FOLLOWED = re.compile(r"に(?:引き)?続(?:き|いて|く)|に次(?:ぎ|いで|ぐ)|以来|以降")
# "Since the talks on the 7th": what a story of the 8th leans on may be its news.
_OFFICE = re.compile(
    r"office|inaugura|elected|취임|就任|発足|当選|着任|選出|選ばれ|再選", re.IGNORECASE
)


# "Guests have come since Monday": the day that something lasts from, not the one told of.
_SO_FAR = re.compile(r"\b(?:has|have)\b[^.;,]{0,60}\bsince\s$")


def _is_of_the_day(days: Days | None, anchor: date | None) -> bool:
    return bool(days and anchor and days.grain == "DAY" and abs((anchor - days.last).days) <= 2)


def _owner(text: str, phrase: DatePhrase, words: Lexicon, skip: int) -> str:
    before, after = text[: phrase.start], text[phrase.end :]
    if words.lang == "en" and is_old_day(text, phrase.start):
        return "aside"
    leaned_on = words.reporting["past_anchor_before"].search(before[-60:])
    if leaned_on and phrase.end_day is not None:
        return "event"
    leaned_on = leaned_on or words.reporting["past_anchor_after"].match(after[:40])
    if leaned_on and _SO_FAR.search(before[-90:]):
        return "background"
    if leaned_on:
        return "background" if _OFFICE.search(leaned_on.group()) else "anchor"
    if _says(words, "aside", before, after):
        return "aside"
    is_reporting = bool(
        words.reporting["before"].search(before[-80:]) or words.reporting["after"].match(after[:60])
    ) and not is_of_what_was_told(before, after, words.lang)
    is_reporting = is_reporting and not is_said_together(before, words.lang)
    if words.lang != "en" and words.reporting["before"].search(before[-24:]):
        is_reporting = ends_reporting(text, words) and not is_told_on_other_day(after, words.lang)
    if not is_reporting:
        is_limit = phrase.end_day is None and _says(words, "deadline", before, after)
        return "deadline" if is_limit else "event"
    # The agency that a dateline credits reports nothing.
    near = before[max(skip, len(before) - 40) :] + after[:30]
    return "media" if words.reporting["media"].search(near) else "reporting"


def _says(words: Lexicon, name: str, before: str, after: str) -> bool:
    """Whether the words around a date name an owner."""
    return bool(
        words.reporting[f"{name}_before"].search(before[-80:])
        or words.reporting[f"{name}_after"].match(after[:40])
    )
