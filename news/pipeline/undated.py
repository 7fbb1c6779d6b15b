"""Days for what is told without one: by where it stands in the article."""

from __future__ import annotations

import re
from datetime import date

from news.pipeline.actors import PAIR
from news.pipeline.datelines import dateline
from news.pipeline.dates import Days
from news.pipeline.mentions import MEETINGS, Mention
from news.pipeline.page import is_day_line
from news.pipeline.spoken import Spoken
from news.pipeline.telling import Telling
from news.pipeline.timing import Timed
from news.pipeline.usable import is_of_pair

LEAD_SENTENCES = 4
_SCENE_LENGTH = 30  # characters of a line that only says when and where
STORY_DAYS = 3  # what is told without a day goes on with a day of now only


def dated_above(telling: Telling) -> tuple[Days, Timed] | None:
    """The day that stands by itself above a press release or the text of a statement, or in a
    dateline."""
    for spoken in telling.spoken:
        if spoken.sentence.rank > 0 or spoken.sentence.role not in ("heading", "body"):
            return None
        if line := dateline(spoken.sentence, telling.lang, telling.anchor):
            return line
        for timed in spoken.dates:
            days = timed.days
            is_line = spoken.sentence.role == "heading" and timed.owner == "event"
            if is_line and days is not None and days.grain == "DAY":
                return (days, timed)
    return None


def around(mention: Mention, telling: Telling) -> list[Spoken]:
    """The sentences of the lead: the one of the mention, those before it, then the others."""
    lead = [s for s in telling.spoken if s.sentence.rank <= LEAD_SENTENCES]
    at = mention.spoken.sentence.index
    before = [s for s in lead if s.sentence.index <= at]
    return before[::-1] + [s for s in lead if s.sentence.index > at]


def agrees(timed: Timed, days: Days, mention: Mention, anchor: date | None) -> bool:
    if anchor is None or not mention.tense:
        return True
    if mention.tense == "future":
        return (anchor - days.last).days <= 1
    return (days.first - anchor).days <= (-1 if timed.tense == "future" else 1)


# "Will hold its own in the autumn": on no day that the story tells.
_SOME_DAY = re.compile(
    r"\b(?:(?:in|by|this|next) (?:the )?(?:coming )?"
    r"(?:spring|summer|autumn|fall|winter|year|months|weeks|new year)"
    r"|later this (?:year|month)|in the (?:first|second|latter) half|by the end of"
    r"|at (?:a (?:later|future)|an (?:early|appropriate)) (?:date|time)|in the near future|soon)\b",
    re.IGNORECASE,
)


def is_some_day(mention: Mention, lang: str) -> bool:
    """Whether an English sentence tells of what is to come at a time that it leaves open."""
    sentence = mention.spoken.sentence
    is_ahead = mention.tense == "future" and mention.timed is None and mention.weight > 1
    return lang == "en" and is_ahead and bool(_SOME_DAY.search(sentence.text, mention.start))


def is_scene_setter(spoken: Spoken) -> bool:
    """Whether a line only says when and where: "19일 저녁 도쿄의 한 호텔."."""
    is_bare = not spoken.scene.people and all(not t.tense for t in spoken.dates)
    return is_bare and len(spoken.sentence.text) < _SCENE_LENGTH


_HOUR = re.compile(r"오전|오후|아침|점심|저녁|밤|새벽|午前|午後|朝|昼|夕|夜")


def sets_scene(spoken: Spoken) -> bool:
    """Whether a line only says when, by the hour too, and where: "어제 오후 나라의 한 호텔."."""
    return is_scene_setter(spoken) and bool(_HOUR.search(spoken.sentence.text))


def sets_day(spoken: Spoken, telling: Telling) -> bool:
    """Whether a sentence gives its day to what follows, though it names neither of the two.

    A line of when and where, talks one after the other, or a Korean opening without anybody.
    """
    if is_scene_setter(spoken) or is_round_of_talks(spoken, telling):
        return True
    is_first = telling.lang == "ko" and spoken.sentence.rank == 0
    scene = spoken.scene
    return is_first and not scene.people and not scene.thirds and scene.touched() < PAIR


_ROUND = re.compile(r"잇따라|잇달아|연쇄|차례로|릴레이|相次いで|立て続けに|次々と")


def is_round_of_talks(spoken: Spoken, telling: Telling) -> bool:
    """Whether an article opens with whom a leader met one after the other on those days."""
    is_first = spoken.sentence.rank == 0 and bool(_ROUND.search(spoken.sentence.text))
    return is_first and any(m.spoken is spoken and m.kind in MEETINGS for m in telling.mentions)


def day_of_press(mention: Mention, telling: Telling) -> tuple[Days, Timed | None] | None:
    """The day on which papers, as an article opens, told of talks: "15일 보도했다"."""
    spoken = mention.spoken
    is_lead = spoken.sentence.rank == 0 and spoken.sentence.segment == 0
    if not is_lead or mention.kind not in MEETINGS or mention.tense != "past":
        return None
    if telling.anchor is None or not {p.country for p in mention.people} >= PAIR:
        return None
    for timed in spoken.dates:
        days = timed.days
        if timed.owner == "media" and days is not None and days.grain == "DAY":
            return (days, timed) if 0 <= (telling.anchor - days.first).days <= 1 else None
    return None


def day_of_chronicle(mention: Mention, telling: Telling) -> tuple[Days, Timed | None] | None:
    """The day in the line that heads a part of a chronicle, for talks told of in that part."""
    if mention.kind not in MEETINGS or mention.is_attribute:
        return None
    for spoken in reversed(telling.spoken[: _place(mention, telling)]):
        if spoken.sentence.role == "heading" and is_day_line(spoken.sentence.text):
            timed = spoken.dates[0] if spoken.dates else None
            return (timed.days, timed) if timed and timed.days else None
    return None


def _place(mention: Mention, telling: Telling) -> int:
    return next((i for i, s in enumerate(telling.spoken) if s is mention.spoken), 0)


def _of_both(mention: Mention, telling: Telling) -> set[str]:
    """The countries of those in a call; English may name the other in the next sentence."""
    found = {p.country for p in mention.people}
    if telling.lang != "en":
        return found
    after = telling.spoken[_place(mention, telling) + 1 :][:1]
    return found | {p.country for s in after for p in s.scene.people if p.level == "leader"}


def day_of_story(mention: Mention, telling: Telling) -> tuple[Days, Timed | None] | None:
    """The day told of last before a call that leaders or ministers of both sides had.

    Who looks back on an older call says when it was; who only goes on with the story does not.
    """
    spoken = mention.spoken
    named = {p.country for p in mention.people if p in spoken.scene.people}
    is_story = mention.kind == "call" and mention.tense == "past" and not mention.is_attribute
    if not is_story or not named or not _of_both(mention, telling) >= PAIR:
        return None
    if telling.anchor is None or any(t.owner == "background" for t in spoken.dates):
        return None
    before = [
        s
        for s in telling.spoken
        if s.sentence.index < spoken.sentence.index
        and s.sentence.segment == spoken.sentence.segment
        and s.sentence.role == "body"
    ]
    for earlier in reversed(before):
        told = [
            (t.days, t)
            for t in earlier.dates
            if t.owner in ("event", "reporting", "media")
            and t.days is not None
            and t.days.grain == "DAY"
            and 0 <= (telling.anchor - t.days.first).days <= STORY_DAYS
        ]
        if told:
            return max(told, key=lambda each: each[0].first)
    return None


def is_apart(spoken: Spoken, mention: Mention, telling: Telling) -> bool:
    """Whether a later English sentence is of others than those who met: "The jets landed"; or of
    talks of two, where three met."""
    if telling.lang != "en" or spoken.sentence.index <= mention.spoken.sentence.index:
        return False
    if mention.countries - PAIR and any(
        is_of_pair(m) for m in telling.mentions if m.spoken is spoken
    ):
        return True
    is_named = any(p.slug in {m.slug for m in mention.people} for p in spoken.scene.people)
    cues = telling.words.cues
    is_said = any(cues[key].search(spoken.sentence.text) for key in ("both", "company"))
    return not is_named and not is_said


# "From midnight tomorrow …. That is when the agreement takes effect."
_POINTS_BACK = re.compile(r"\W*(?:That|This|It) (?:is|was|will be) (?:also )?when\b")


def is_of_nobody(spoken: Spoken, mention: Mention, telling: Telling) -> bool:
    """Whether a sentence names no country and nobody, not even as "they", and a mention does not
    point back to it."""
    scene = spoken.scene
    if _POINTS_BACK.match(mention.spoken.sentence.text):
        return False
    is_named = scene.touched() or scene.people
    return not is_named and not telling.words.cues["both"].search(spoken.sentence.text)
