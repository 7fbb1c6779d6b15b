"""English sentences of gatherings, journeys and tables that are not those of Korea and Japan.

"When the Group of 20 meets", "his stay in South Africa", "talks with the leaders of Italy and
Peru", "posed with the other leaders": whoever of the two is named beside has met nobody there.
"""

from __future__ import annotations

import re

from news.pipeline.actors import PAIR, visited
from news.pipeline.spoken import Spoken

# Between the name of a gathering and the verb of which it is the subject.
_MEMBERS = re.compile(
    r"(?:'s)?(?: (?:leaders|members|nations|countries|states|economies|ministers|summit))?"
    r"(?: in [A-Z][\w-]+(?: [A-Z][\w-]+)?)?"
    r"(?: (?:will|is to|are to|is due to|are due to|is set to|are set to))? ?"
)
_CONVENES = re.compile(
    r"(?:to )?(?:meet|meets|met|gather|convene|hold|end|clos|open|conclud)\w*\b", re.IGNORECASE
)
_LEADERS = (
    r"(?:leaders?|presidents?|premiers?|(?:prime |foreign |defen[cs]e )?ministers?|counterparts?"
    r"|heads of (?:state|government))"
)
_NAMES = r"(?:(?:the )?(?-i:[A-Z])[\w.'’-]*(?: (?-i:[A-Z])[\w.'’-]*)*(?:,? and |, )?)+"
# "Will hold talks with the leaders of Britain, Turkey and Iran".
_WITH_LEADERS = re.compile(
    rf"(?: (?:separate|bilateral|one-on-one|individual))?(?: (?:talks|meetings|summits))?"
    rf"(?: with)? ?(?:the )?{_LEADERS} (?:of|from) ({_NAMES})",
    re.IGNORECASE,
)
# "A regular summit with EU leaders", "talks with Southeast Asian counterparts".
_WITH_GROUP = re.compile(
    r"(?: ?with)? ?(?:the |his |her |other )*((?-i:[A-Z])[\w.-]*(?: (?-i:[A-Z])[\w.-]*){0,3})"
    rf" (?-i:{_LEADERS}|officials|nations)\b(?<=s)(?! of| from)",
    re.IGNORECASE,
)
# "A summit of Pacific Rim leaders", "a dinner of the world's biggest economies".
_OF_MANY = re.compile(
    r"(?: (?:talks|meeting|summit|dinner|session|conference))? of (?:the )?(?:world|regional"
    r"|global|Asian?|European?|Pacific|Asia-Pacific|Southeast|East|Arab|African|major|leading"
    r"|industriali[sz]ed|rich|biggest|allied|\d+|twenty|Group)\b"
    r"(?:[ -][\w'-]+){0,5}? (?:leaders|nations|countries|economies|powers|members|states)\b",
    re.IGNORECASE,
)
# Gatherings by name in which Korea and Japan do not sit together.
_OF_OTHERS = re.compile(
    r"\b(?:Quad|BRICS|EU|European Union|Arab League|AUKUS)(?: (?:leaders|foreign ministers)[',]*)?"
    r" (?:summit|meeting|talks|session)\b"
)
# What stands between a verb and the gathering that is its object.
_TAKES_PART = re.compile(r" (?:an?|the|their|his|her) (?:[\w-]+ ){0,2}?(?:summit|meeting|dinner)")
_IN_A_CROWD = re.compile(
    r"[^.;]{0,40}?\b(?:(?:group|family|commemorative) (?:photo\w*|pictures?|portraits?)"
    r"|(?:with|beside|alongside|among|amid) (?:(?:all|the|his|her|some|many|dozens of) )*"
    rf"(?:other|fellow|assembled|gathered|\d+|twenty|many) (?:[\w-]+ ){{0,2}}?{_LEADERS}\b)",
    re.IGNORECASE,
)
_GOAL = re.compile(
    r"(?: (?:visit|trip|stay|tour|stopover|swing))? (?:in|to|of|through|at|across) "
    r"(?:(?:the|neighbou?ring|nearby|northern|southern|western|eastern|central) )*(?=[A-Z])"
)
_END_OF_GOAL = re.compile(
    r"[.,;:]| (?:for|on|from|with|as|where|before|after|during|until|that|which|this|next|last"
    r"|when|ahead|to) "
)


def is_elsewhere(spoken: Spoken, kind: str, start: int, end: int) -> bool:
    """Whether what a trigger of a kind tells is of a gathering, or of a journey or talks
    elsewhere."""
    text = spoken.sentence.text
    if kind == "visit":
        return _is_journey_elsewhere(spoken, end)
    if kind in ("meeting", "contact") and _is_of_gathering(spoken, start):
        return True
    if kind == "contact" and _IN_A_CROWD.match(text, end):
        return True
    if any(m.start() < end and start < m.end() for m in _OF_OTHERS.finditer(text)):
        return True
    return _is_of_many(text, kind, end) or _is_with_leaders_of_others(spoken, end)


def _is_of_gathering(spoken: Spoken, start: int) -> bool:
    """Whether a gathering is the subject of a verb of meeting: "when the Group of 20 meets"."""
    text = spoken.sentence.text
    return bool(_CONVENES.match(text, start)) and any(
        g.end <= start and _MEMBERS.fullmatch(text, g.end, start) for g in spoken.gatherings
    )


def _is_of_many(text: str, kind: str, end: int) -> bool:
    """Whether those who meet are a continent's leaders or the like."""
    if kind == "contact":
        taken = _TAKES_PART.match(text, end)
        return taken is not None and bool(_OF_MANY.match(text, taken.end()))
    return bool(_OF_MANY.match(text, end))


def _is_with_leaders_of_others(spoken: Spoken, end: int) -> bool:
    """Whether talks are with leaders who are told by their countries, none of the two."""
    group = _WITH_GROUP.match(spoken.sentence.text, end)
    if group is not None and not _names_pair(spoken, *group.span(1)):
        return True
    listed = _WITH_LEADERS.match(spoken.sentence.text, end)
    return listed is not None and not _names_pair(spoken, *listed.span(1))


def _is_journey_elsewhere(spoken: Spoken, end: int) -> bool:
    """Whether a stay is told to be in a place that is neither Korea's nor Japan's."""
    text = spoken.sentence.text
    goal = _GOAL.match(text, end)
    if goal is None:
        return False
    close = _END_OF_GOAL.search(text, goal.end())
    span = (goal.end(), close.start() if close else len(text))
    if _names_pair(spoken, *span) or visited(text[slice(*span)], "en"):
        return False
    # A town that no list holds may lie in the country that is named beside it.
    is_known = any(span[0] <= c.start < span[1] for c in spoken.scene.countries)
    return is_known or not spoken.scene.touched() >= PAIR


def _names_pair(spoken: Spoken, start: int, end: int) -> bool:
    """Whether a span names one of the two countries."""
    scene = spoken.scene.within(start, end)
    return bool(scene.touched() & PAIR)
