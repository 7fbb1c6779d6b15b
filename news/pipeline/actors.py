"""Which countries act in a stretch of text, and who stands for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from news.pipeline.lexicon import Lexicon
from news.pipeline.people import NameMention

PAIR = frozenset({"KR", "JP"})
KNOWN = PAIR | {"US", "CN"}  # that sit at a table with the two
BLOC_COUNTRIES = {
    "KR-JP": PAIR,
    "KR-JP-US": PAIR | {"US"},
    "KR-JP-CN": PAIR | {"CN"},
    "other": frozenset({"other"}),
}


@dataclass(frozen=True, slots=True)
class CountryMention:
    """A country named. A place ("in Seoul") is where, not who."""

    start: int
    end: int
    country: str
    is_place: bool


@dataclass(frozen=True, slots=True)
class BlocMention:
    """Countries named in one word (한일, 日米韓, Seoul-Tokyo)."""

    start: int
    end: int
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scene:
    """Everybody in one sentence."""

    people: tuple[NameMention, ...]
    countries: tuple[CountryMention, ...]
    blocs: tuple[BlocMention, ...]
    thirds: tuple[tuple[int, int], ...]  # leaders of other countries, by name

    def within(self, start: int, end: int) -> Scene:
        """The part of the scene in a span."""
        return Scene(
            tuple(p for p in self.people if start <= p.start < end),
            tuple(c for c in self.countries if start <= c.start < end),
            tuple(b for b in self.blocs if start <= b.start < end),
            tuple(t for t in self.thirds if start <= t[0] < end),
        )

    def people_countries(self) -> frozenset[str]:
        return frozenset(p.country for p in self.people if not p.is_former)

    def acting(self) -> frozenset[str]:
        """Countries that act: of people in office, by name, and in blocs."""
        found = set(self.people_countries())
        found |= {c.country for c in self.countries if not c.is_place}
        for bloc in self.blocs:
            found |= bloc.countries
        if self.thirds:
            found.add("other")
        return frozenset(found)

    def touched(self) -> frozenset[str]:
        """Countries that act or are where it happens."""
        return self.acting() | {c.country for c in self.countries}


# "韓国のチョン・ウィヨン外相": a name that the record lacks, of one of the two.
_OF_PAIR = re.compile(r"(?:韓国|日本)の$|(?:한국|일본)의?\s?$")


# Where somebody goes; no city acts for its country.
_CITIES = {
    "KR": re.compile(
        r"\b(?:Busan|Incheon|Daegu|Gwangju|Daejeon|Sejong|Ulsan|Jeju|Gyeongju|Andong|Pyeongchang"
        r"|Gangneung|Yeosu|Gimpo|Gimhae)\b"
    ),
    "JP": re.compile(
        r"\b(?:Osaka|Kyoto|Nara|Kobe|Nagoya|Sendai|Sapporo|Yokohama|Niigata|Fukuoka|Hiroshima"
        r"|Nagasaki|Okinawa|Oita|Hokkaido|Haneda|Narita|Budokan|Imperial Palace)\b"
    ),
}


def visited(text: str, lang: str) -> frozenset[str]:
    """The countries of the cities that an English text names."""
    if lang != "en":
        return frozenset()
    return frozenset(key for key, cities in _CITIES.items() if cities.search(text))


def find_scene(text: str, people: Sequence[NameMention], words: Lexicon) -> Scene:
    """Everybody whom a sentence names."""
    blocs = _blocs(text, words)
    countries: list[CountryMention] = []
    named = [(p.start, p.end) for p in people]
    taken = _marked(text, [*named, *((b.start, b.end) for b in blocs)])
    for key in ("KR", "JP", "US", "CN", "other"):
        for m in words.countries[key].finditer(text):
            if any(taken[m.start() : m.end()]):
                continue
            is_place = _is_place(text, m, words) or _is_matter(text, m, key, words)
            countries.append(CountryMention(m.start(), m.end(), key, is_place))
    of_people = _marked(text, named)
    thirds = tuple(
        (m.start(), m.end())
        for m in words.third_names.finditer(text)
        if not any(of_people[m.start() : m.end()]) and not _OF_PAIR.search(text, 0, m.start())
    )
    return Scene(tuple(people), tuple(sorted(countries, key=lambda c: c.start)), blocs, thirds)


_DATELINES = re.compile(r"^(SEOUL|TOKYO)\b", re.MULTILINE)
_CAPITALS = {"SEOUL": "KR", "TOKYO": "JP"}


def countries_touched(text: str, words: Lexicon) -> frozenset[str]:
    """The countries that a text names at all."""
    found = {key for key in ("KR", "JP", "US", "CN") if words.countries[key].search(text)}
    found |= {_CAPITALS[m.group(1)] for m in _DATELINES.finditer(text) if words.lang == "en"}
    for key in ("KR-JP", "KR-JP-US", "KR-JP-CN"):
        if words.blocs[key].search(text):
            found |= BLOC_COUNTRIES[key]
    return frozenset(found)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> bytearray:
    """A byte for each letter of a text, 1 within the spans: overlaps are told without comparing
    all with all, of which one long line may have thousands."""
    marks = bytearray(len(text))
    for start, end in spans:
        marks[start:end] = b"\1" * (end - start)
    return marks


def _blocs(text: str, words: Lexicon) -> tuple[BlocMention, ...]:
    found: list[BlocMention] = []
    taken = _marked(text, ())
    for key in ("KR-JP-US", "KR-JP-CN", "KR-JP", "other"):
        for m in words.blocs[key].finditer(text):
            if any(taken[m.start() : m.end()]):
                continue
            taken[m.start() : m.end()] = b"\1" * (m.end() - m.start())
            found.append(BlocMention(m.start(), m.end(), BLOC_COUNTRIES[key]))
    return tuple(sorted(found, key=lambda b: b.start))


def own_first(blocs: tuple[BlocMention, ...], start: int, lang: str) -> Sequence[BlocMention]:
    """Blocs in the order in which one of them says who meets at an offset.

    "한미, 한미일 정상회담" are of three, "日韓、日中の首脳会談" also of the two.
    """
    if lang == "en":
        return blocs
    return sorted(blocs, key=lambda b: (b.end <= start, not b.countries >= PAIR))


_KO_PLACE = re.compile(r"^(?:에서|에\s|을\s(?:방문|찾)|행|으?로\s(?:떠|출국|향|건너|이동|출발))")
_JA_PLACE = re.compile(
    r"^(?:で(?!は)|に(?:到着|滞在|向)|へ(?:移|向|出発|飛|入り|渡)|·(?!アメリカ|韓国|日本|中国|米国)[一-龥ァ-ヶ]|を(?:訪|出発)|市|都内|への(?:対応|対抗|対処|輸出|措置|圧力|反論))"
)


# "At Seoul's foreign ministry", "his counterpart from Tokyo": the government is meant.
_ITS_OFFICE = re.compile(r"'s (?:[A-Za-z]+ ){0,2}?(?:[Mm]inistry|government|embassy)\b")
_FROM_THERE = re.compile(r"\b(?:counterparts?|colleagues?|opposite numbers?) from (?:the )?$")


def _is_place(text: str, m: re.Match[str], words: Lexicon) -> bool:
    """Whether a country's name (or its capital's) only says where."""
    before = text[max(0, m.start() - 24) : m.start()]
    if words.lang == "en" and (_ITS_OFFICE.match(text, m.end()) or _FROM_THERE.search(before)):
        return False
    if words.countries["place_before"].search(before):
        return True
    after = text[m.end() : m.end() + 8]
    if words.lang == "ko":
        return bool(_KO_PLACE.match(after))
    if words.lang == "ja":
        return bool(_JA_PLACE.match(after))
    return False


# "Met to speak with one voice on Russia and China": what they talk about.
_ON = re.compile(
    r"\b(?:on|over|about|against|toward|towards|regarding|concerning) (?:the )?"
    r"(?:(?:North Korea|Pyongyang|Russia|Moscow|China|Beijing|Iran|Taiwan|Ukraine),?"
    r"(?: and)? ){0,3}$"
)


def _is_matter(text: str, m: re.Match[str], key: str, words: Lexicon) -> bool:
    """Whether English names a country besides the two only as what is talked about."""
    return words.lang == "en" and key not in PAIR and bool(_ON.search(text[: m.start()][-60:]))


# "文大統領の特使", "尹氏が日本に送った代表団": who sends somebody stays at home. "李政権" is no
# person at all.
_SENDER_JA = re.compile(
    r"(?:·[ァ-ヶー]+)?(?:\([^)]*\)|\))?[^、。()がの]{0,8}(?:の(?:特使|親書|伝言|メッセージ|名代|使節|代表団)"
    r"|が[^、。]{0,12}(?:送|派遣|遣わ)[^、。]{0,12}(?:特使|代表団|使節団|訪問団))"
    r"|(?:·[ァ-ヶー]+)?(?:\([^)]*\)|\))?(?:米|新)?政権"
)


_SENDER_KO = re.compile(
    r"(?:\([^)]*\))?\s?[^\s.,은는이가]{0,6}의\s(?:안부|친서|메시지|인사|특사|서한|뜻|초청장|안부를)"
)
_SENDER_EN = re.compile(
    r"'s (?:[\w-]+ ){0,2}?(?:envoys?|emissar(?:y|ies)|delegation|representatives?|letter|message"
    r"|predecessor|successor|wife)\b|\s(?:has |had )?(?:sent|dispatched)\b"
)
_SENT_BY_EN = re.compile(
    r"\b(?:(?:letter|message|note|regards|greetings|words) (?:[\w-]+ )?(?:from|of|by)|sent by"
    r"|on behalf of|(?:envoys?|emissar(?:y|ies)|delegation|representatives?) (?:of|from|for)"
    r"|in place of|instead of|representing) (?:(?:the|South|Korean|Japanese|President"
    r"(?:-elect)?|Prime|Minister|Premier|Japan's|Korea's|Mr\.|Ms\.|leader) ?)*$",
    re.IGNORECASE,
)


def sends_others(person: NameMention, text: str, lang: str) -> bool:
    """Whether a sentence names somebody only as the one whose envoys, letters or government do."""
    if lang == "en":
        before = text[max(0, person.start - 60) : person.start]
        return bool(_SENDER_EN.match(text, person.end) or _SENT_BY_EN.search(before))
    return bool((_SENDER_KO if lang == "ko" else _SENDER_JA).match(text, person.end))


def find_level(text: str, scene: Scene, words: Lexicon) -> str:
    """Whether leaders or ministers act here: "leader", "minister" or ""."""
    sides: dict[str, set[str]] = {"KR": set(), "JP": set()}
    for person in scene.people:
        if person.country in sides and not person.is_former:
            sides[person.country].add(person.level or "minister")
    if "leader" in sides["KR"] and "leader" in sides["JP"]:
        return "leader"
    named = sides["KR"] | sides["JP"]
    if "minister" in named:
        return "minister"
    says_ministers = bool(words.cues["ministers"].search(text))
    if "leader" in named and not (says_ministers and "official" in named):
        return "leader"
    if says_ministers:
        return "minister"
    if words.cues["leaders"].search(text):
        return "leader"
    if not named and words.lang == "en" and scene.people_countries():
        # "Biden receives both guests"
        return "leader" if any(p.level == "leader" for p in scene.people) else "minister"
    return "minister" if "official" in named else ""


_DESCRIBED = re.compile(r",? (?:who|whose|which)\b")
_RESUMED = re.compile(
    r",(?= (?:ha[sd]|have|is|are|was|were|will|would|told|met|held|spoke|arrived|left|went|came"
    r"|called|visited|agreed) )"
)


def _resumptions(text: str, cuts: list[int]) -> list[int]:
    """Where an English sentence comes back to its subject: "X, who won on Monday, has met Y"."""
    found: list[int] = []
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        if start and _DESCRIBED.match(text, start):
            found += [m.start() for m in _RESUMED.finditer(text, start + 5, end)][:1]
    return found


def split_clauses(text: str, words: Lexicon) -> list[tuple[int, int]]:
    """Spans of the clauses of a sentence, in order, without gaps."""
    cuts = [0]
    for m in words.clause_split.finditer(text):
        cut = m.start() if words.lang == "en" else m.end()
        if cut - cuts[-1] > 4 and cut < len(text):
            cuts.append(cut)
    if words.lang == "en":
        cuts = sorted({*cuts, *_resumptions(text, cuts)})
    cuts.append(len(text))
    return list(zip(cuts, cuts[1:], strict=False))
