"""Mentions of the kind that the article as a whole makes them."""

from __future__ import annotations

import re
from dataclasses import replace

from news.pipeline.actors import PAIR
from news.pipeline.mentions import Mention
from news.pipeline.telling import Telling
from news.pipeline.two_by_name_en import as_two


def as_quarrel(mention: Mention, telling: Telling) -> Mention:
    """A mention; a prefecture's ceremony for the islets that both claim is a dispute."""
    if mention.kind != "anniversary" or any(p.level == "leader" for p in mention.people):
        return mention
    title = telling.title.sentence.text if telling.title else ""
    is_claim = telling.words.topics["territory"].search(f"{title}\n{mention.spoken.sentence.text}")
    return replace(mention, kind="dispute") if is_claim else mention


_CONVERSATION = re.compile(r"\b(?:conversation|exchange)\b", re.IGNORECASE)


def is_conversation(mention: Mention) -> bool:
    """Whether undated English words for talks may be of a call: "his first conversation"."""
    said = mention.spoken.sentence.text[mention.start : mention.end]
    return mention.timed is None and bool(_CONVERSATION.search(said))


_SPOKE = re.compile(
    r"\b(?:spoke|speak|talk\w*|conversation|exchange|minutes|hour)\b", re.IGNORECASE
)
_AFAR = re.compile(r"\bconversations?\b|\bexchange with\b|\breceiver\b|\bcalls?\b", re.IGNORECASE)
# Words of an article that put two into one room, or on their way to it.
_IN_PERSON = re.compile(
    r"\b(?:met|meet\w*|summits?|sat|sit|sitting|visit\w*|dinner|lunch\w*|breakfast|sidelines?"
    r"|margins?|tables?|rooms?|face|host\w*|handshake|hands|in person|bilateral|arriv\w+|lobby"
    r"|hotel|corridor|trips?|flew|fl(?:y|ies)|guest\w*|venue|forum|G7|G20|APEC|ASEAN|NATO|United"
    r" Nations|beside|bench|sofa|stroll\w*|walk\w*|stood|hall|palace|resort|welcom\w+|receiv\w+"
    r"|house|garden|together|encounter)\b",
    re.IGNORECASE,
)


def as_call(mention: Mention, telling: Telling) -> Mention:
    """A mention; leaders who had a "conversation" in an English article without a place, and with
    nothing that puts them into one room, had a call."""
    said = mention.spoken.sentence.text[mention.start : mention.end]
    if telling.lang != "en" or mention.kind != "summit" or not _SPOKE.search(said):
        return mention
    title = telling.title.sentence.text if telling.title else ""
    body = [s for s in telling.spoken if s.sentence.role in ("body", "heading")]
    whole = "\n".join([title, *(s.sentence.text for s in body)])
    if any(s.gatherings for s in body) or _IN_PERSON.search(whole) or not _AFAR.search(whole):
        return mention
    return replace(mention, kind="call")


# "日韓両政府は12日、…協議し" says not who; "日本は…部長、韓国は…局長らが出席した" below does.
_BY_STATES = re.compile(r"(?:日本と韓国|韓国と日本|日韓|韓日|両国)(?:両国)?(?:は|が)")
# "日韓の警察当局は", "両政府は", "外務省と韓国外交部は": offices confer by their officials.
_BY_OFFICES = re.compile(
    r"(?:(?:日韓|韓日|両国|両|日本と韓国|韓国と日本)(?:の)?(?:両)?"
    r"(?:政府|[一-龥ァ-ヶ・·]{0,10}(?:当局|省庁|機関|官庁|中央銀行))(?:同士)?"
    r"|(?:省|庁|部|院|局|委員会|当局)と[^。、はが]{0,8}[一-龥]{2,10}(?:省|庁|部|院|局|委員会|当局))"
    r"(?:の)?(?:トップ|総裁|長官|代表|高官|幹部|実務者|担当者|責任者)?ら?(?:は|が|による)"
)
_OFFICIALS_CAME = re.compile(
    r"(?:部長|局長|次官|審議官|参事官|課長|室長|補佐官|当局者|担当者|担当官|公使)(?:級)?(?:ら|たち|\))?"
    r"[^。、]{0,12}(?:が|も)?(?:出席|参加|臨ん|臨み|出た(?=。)|顔をそろえ|当たった|代表を務め)"
)
_BELOW = 3  # sentences


def as_officials(mention: Mention, telling: Telling) -> Mention:
    """A mention; governments that confer in Japanese do so by their officials, and so do the two
    countries, where officials are told of below."""
    spoken = mention.spoken
    is_open = mention.kind == "meeting" and not mention.level and not mention.people
    if telling.lang != "ja" or not is_open or mention.date_source not in ("clause", "sentence"):
        return mention
    at, before = spoken.sentence, spoken.sentence.text[: mention.start]
    if mention.countries != PAIR:
        return mention
    came = bool(_BY_OFFICES.search(before)) or (
        bool(_BY_STATES.search(before))
        and mention.date_source == "clause"
        and any(
            0 <= s.sentence.rank - at.rank <= _BELOW
            and s.sentence.role == "body"
            and s.sentence.segment == at.segment
            and _OFFICIALS_CAME.search(s.sentence.text)
            for s in telling.spoken
        )
    )
    return replace(mention, kind="ministerial", level="minister") if came else mention


def as_told(mention: Mention, telling: Telling) -> Mention:
    """A mention of the kind that the article as a whole makes it."""
    mention = as_call(as_quarrel(mention, telling), telling)
    return as_two(as_officials(mention, telling), telling)
