"""Who a text names: forms of names, resolved by country, office and the day.

A full form names one person. A surname alone may be shared; it means whoever
the article has already named in full, else whoever holds the office that the
title beside it says, else whoever leads a government on that day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import ahocorasick

from news.pipeline.known_events import EventIndex, index_events
from news.pipeline.name_forms import Form, forms_of, is_borne_by_another
from news.pipeline.offices import (
    OFFICES,
    bare_offices,
    country_before,
    is_counterpart_of_minister,
    title_level,
)
from news.pipeline.patterns import look_through
from news.pipeline.values import Knowledge

_A_YEAR = 365
_SHORTEST_ALONE = 5  # letters of an English surname that says who without the full name
LEADER_OFFICES = ("president", "acting_president", "prime_minister")

_GIVEN_EN = re.compile(
    r"^[ -](?!Administration|Government|Cabinet)[A-Z][a-z]+-[a-z]+|^ [A-Z][a-z]+ [A-Z][a-z]+"
)
# "Cho Hyun-dong" is not Cho Hyun.
_LONGER_NAME = re.compile(r"-[a-z]{2}")


@dataclass(frozen=True, slots=True)
class NameMention:
    """A person named in a sentence. `level` is leader, minister, official or ""."""

    start: int
    end: int
    slug: str
    country: str
    level: str
    is_former: bool
    is_outdated: bool = False  # called a leader, but out of office on the day


@dataclass(frozen=True, slots=True)
class IndexedKnowledge:
    """Knowledge with its names arranged for lookup at every position of a text."""

    knowledge: Knowledge
    names: ahocorasick.Automaton  # the letters of a form → all forms that are written so
    countries: dict[str, str]  # slug → country
    events: EventIndex

    def leaders_on(self, day: date | None) -> dict[str, str]:
        """Country → slug of who leads it that day; an acting one only if alone."""
        found: dict[str, str] = {}
        if day is None:
            return found
        for term in sorted(self.knowledge.terms, key=lambda t: (t.starts_on, t.slug)):
            if term.office not in LEADER_OFFICES or term.starts_on > day:
                continue
            if term.ends_on is not None and term.ends_on < day:
                continue
            wanted = "prime_minister" if term.country in ("JP", "CN") else "president"
            if (
                term.office == wanted
                or term.country not in found
                or term.office != "prime_minister"
            ):
                found[term.country] = term.slug
        return found

    def holds_office(self, slug: str, day: date | None, slack: int = 10) -> bool:
        """Whether a person leads a government that day, give or take `slack` days."""
        return any(
            term.slug == slug
            and term.office in LEADER_OFFICES
            and day is not None
            and (term.starts_on - day).days <= slack
            and (term.ends_on is None or (day - term.ends_on).days <= slack)
            for term in self.knowledge.terms
        )

    def ever_led(self, slug: str) -> bool:
        """Whether the record has this person in a leader's office at any time."""
        return any(t.slug == slug and t.office in LEADER_OFFICES for t in self.knowledge.terms)

    def led_before(self, slug: str, day: date) -> bool:
        """Whether this person's time as a leader was over by a day."""
        return any(
            t.slug == slug
            and t.office in LEADER_OFFICES
            and t.ends_on is not None
            and t.ends_on < day
            for t in self.knowledge.terms
        )


@lru_cache(maxsize=4)
def index_knowledge(knowledge: Knowledge) -> IndexedKnowledge:
    """Arrange names for lookup. Costs a pass over all names; kept for equal values."""
    return IndexedKnowledge(
        knowledge=knowledge,
        names=_looked_for({form for person in knowledge.people for form in forms_of(person)}),
        countries={person.slug: person.country for person in knowledge.people},
        events=index_events(knowledge.events, knowledge.people),
    )


def _looked_for(forms: set[Form]) -> ahocorasick.Automaton:
    """Finds every form in a text in one go."""
    written: dict[str, list[Form]] = {}
    for form in sorted(_known_first(forms), key=lambda f: (f.text, f.slug)):
        written.setdefault(form.text, []).append(form)
    names = ahocorasick.Automaton()
    for text, same in written.items():
        names.add_word(text, tuple(same))
    names.make_automaton()
    return names


def _known_first(forms: set[Form]) -> list[Form]:
    """Forms without guessed surnames that the record gives to somebody else."""
    given = {form.text for form in forms if not form.is_guessed}
    return [form for form in forms if not (form.is_guessed and form.text in given)]


@dataclass(frozen=True, slots=True)
class _Hit:
    start: int
    end: int
    slugs: tuple[str, ...]
    is_short: bool


def _hits(text: str, index: IndexedKnowledge) -> list[_Hit]:
    """Where forms of names stand in a text, longest first at each place."""
    if not index.names:
        return []
    standing: dict[int, list[tuple[Form, ...]]] = {}
    for last, forms in index.names.iter(text):
        standing.setdefault(last + 1 - len(forms[0].text), []).append(forms)
    found: list[_Hit] = []
    end = 0
    for at in sorted(standing):
        if at >= end and (hit := _hit_at(text, at, standing[at])):
            found.append(hit)
            end = hit.end
    return found


def _hit_at(text: str, at: int, standing: list[tuple[Form, ...]]) -> _Hit | None:
    """The longest name of those whose letters stand at a place, the shortest first."""
    for forms in reversed(standing):
        if best := [form for form in forms if _stands_alone(text, at, form)]:
            return _Hit(
                at,
                at + len(best[0].text),
                tuple(sorted({f.slug for f in best})),
                all(f.is_short for f in best),
            )
    return None


def _stands_alone(text: str, at: int, form: Form) -> bool:
    """Whether the form is a name here and not part of another word."""
    end = at + len(form.text)
    before = text[at - 1] if at else " "
    after = text[end : end + 1]
    if form.text[0].isascii():
        if before.isalnum() or before == "-" or after.isalnum():
            return False
        if form.is_short:
            return not _GIVEN_EN.match(text[end : end + 40])
        return not _LONGER_NAME.match(text[end : end + 4])
    if form.is_short and len(form.text) == 1:
        return _titled(text, at, end)
    if re.fullmatch(r"[가-힣]+", form.text):
        return _korean_word(text, end, before)
    if re.fullmatch(r"[ァ-ヶー·]+", form.text):
        return not ("ァ" <= before <= "ヶ") and not ("ァ" <= after <= "ヶ" and after != "·")
    if form.is_short:
        # 石破 before 茂 is the surname of somebody else's full name only if the
        # next characters are a given name; a title or particle shows it is not.
        return not ("一" <= before <= "龥" and before not in "日韓国本米中前元故現新同")
    return True


def _korean_word(text: str, end: int, before: str) -> bool:
    if "가" <= before <= "힣":
        return False
    tail = text[end : end + 2]
    if not tail or not ("가" <= tail[0] <= "힣"):
        return True
    return bool(re.match(r"[은는이가을를과와의도에측]|으로|로|씨|전|총|대|장|외|상|정|내|·", tail))


# What follows is how a name is read, "金鍾泌(キム·ジョンピル)", and names nobody else.
_READING = re.compile(r"[一-龥]\($")


def _titled(text: str, at: int, end: int) -> bool:
    """Whether a one-syllable surname is followed by a title (윤 대통령, 尹氏)."""
    before = text[at - 1] if at else " "
    if "가" <= text[at] <= "힣":
        if "가" <= before <= "힣":
            return False
        return bool(
            re.match(
                r"\s(?:전\s|신임\s)?(?:대통령|총리|부총리|[가-힣]{0,6}장관|차관|국장|대사|주석|권한대행|당선인"
                r"|(?:외교|국방)부장|부장(?=[은는이가과와도을를]))",
                text[end : end + 14],
            )
        )
    if "一" <= before <= "龥" and before not in "国韓前元":
        return False
    return bool(
        re.match(
            r"(?:大統領|氏|両|会談|首相|外相|長官|官房長官|[一-龥]{1,4}相|[一-龥]{0,4}大臣|[一-龥]{0,4}次官"
            r"|代行|主席|政権|内閣)",
            text[end : end + 8],
        )
    )


def _is_titled_so(person: NameMention, office: re.Match[str], country: str) -> bool:
    """Whether an office is the title of a name beside it, or its holder is named anyway."""
    is_title = person.start < office.start() < person.end + 4
    is_near = person.start < office.end() + 24 and office.start() < person.end + 4
    return is_title or (is_near and person.country == country)


@dataclass
class Resolver:
    """Resolves names sentence by sentence, remembering who was named in full."""

    index: IndexedKnowledge
    lang: str
    day: date | None
    full: dict[str, None]
    whole: str = ""  # title and text
    levels: dict[str, str] = field(default_factory=dict)  # what a title made of a person before
    leading: dict[str, bool] = field(default_factory=dict)  # who holds office, once asked for

    @classmethod
    def for_article(
        cls, index: IndexedKnowledge, lang: str, day: date | None, title: str, text: str
    ) -> Resolver:
        """A resolver that knows every full name of the article from the start."""
        full: dict[str, None] = {}
        for piece in (title, text):
            for hit in _hits(piece, index):
                if not hit.is_short and len(hit.slugs) == 1:
                    full.setdefault(hit.slugs[0])
        return cls(index, lang, day, full, f"{title}\n{text}")

    def mentions(self, text: str) -> list[NameMention]:
        """The people a sentence names, in order."""
        found: list[NameMention] = []
        for hit in _hits(text, self.index):
            if hit.is_short and _READING.search(text[: hit.start]):
                continue
            level, is_former = title_level(text, hit.start, hit.end, self.lang)
            if not level and is_counterpart_of_minister(text, hit.start, hit.end):
                level = "minister"
            is_named_so = level == "minister" or text[hit.end : hit.end + 1] == "·"
            is_new = is_named_so and hit.is_short and not self.full.keys() & {*hit.slugs}
            if is_new and is_borne_by_another(text[hit.start : hit.end], self.whole, self.lang):
                continue
            slug = self._choose(hit, level, country_before(text, hit.start))
            if slug is None:
                continue
            if level and not is_former:
                self.levels[slug] = level
            else:
                level = level or self.levels.get(slug, "")
            in_office = self._holds_office(slug)
            is_outdated = False
            if not is_former and (in_office or self._is_the_articles_leader(slug, level)):
                level = "leader"
            elif level in ("leader", "") and self.day and self.index.led_before(slug, self.day):
                is_outdated = not is_former
                is_former = True
            found.append(
                NameMention(
                    hit.start,
                    hit.end,
                    slug,
                    self.index.countries[slug],
                    level,
                    is_former,
                    is_outdated,
                )
            )
        return sorted(found + self._offices(text, found), key=lambda p: p.start)

    def _holds_office(self, slug: str) -> bool:
        if slug not in self.leading:
            self.leading[slug] = self.index.holds_office(slug, self.day)
        return self.leading[slug]

    def _is_the_articles_leader(self, slug: str, level: str) -> bool:
        """Whether the article calls this person a leader and names no one in that office.

        The terms on record may lag behind a change of office, or the date of publication be
        wrong, by months but not by years; an old report below a new one names the leaders of
        today as well.
        """
        country = self.index.countries[slug]
        return (
            level == "leader"
            and slug in self.full
            and self.index.holds_office(slug, self.day, slack=_A_YEAR)
            and not any(
                self.index.countries[other] == country and self._holds_office(other)
                for other in self.full
            )
        )

    @cached_property
    def _leaders(self) -> dict[str, str]:
        return self.index.leaders_on(self.day)

    def _offices(self, text: str, named: list[NameMention]) -> list[NameMention]:
        """Leaders called by their office alone, where it can only be one country's."""
        leaders = self._leaders
        found: list[NameMention] = []
        look_through(text)
        for country, pattern in OFFICES[self.lang].items():
            slug = leaders.get(country)
            if slug is None:
                continue
            for m in pattern.finditer(text):
                if any(_is_titled_so(p, m, country) for p in named):
                    continue
                found.append(NameMention(m.start(), m.end(), slug, country, "leader", False))
        taken = [(p.start, p.end) for p in (*named, *found)]
        for start, end, country in bare_offices(text, self.lang, self.whole):
            slug = leaders.get(country, "")
            if slug in self.full and not any(a < end and start < b for a, b in taken):
                found.append(NameMention(start, end, slug, country, "leader", False))
        return found

    def _was_president(self, slug: str) -> bool:
        is_american = self.index.countries.get(slug) == "US"
        return is_american and self.index.ever_led(slug)

    def _is_to_lead(self, slug: str) -> bool:
        """Whether somebody leads only later: "岸田外相" of 2015 was prime minister from 2021."""
        in_office = self._holds_office(slug)
        return self.day is not None and not in_office and not self.index.led_before(slug, self.day)

    @staticmethod
    def _only(slugs: list[str]) -> str | None:
        return slugs[0] if len(slugs) == 1 else None

    def _choose(self, hit: _Hit, level: str, country: str) -> str | None:
        slugs = [s for s in hit.slugs if not country or self.index.countries.get(s) == country]
        if not slugs:
            return None
        if level == "minister":
            # Presidents do not come back as secretaries: it is somebody of the same name.
            slugs = [s for s in slugs if not self._was_president(s)]
            if not slugs:
                return None
        if not hit.is_short and len(slugs) == 1:
            return slugs[0]
        in_office = [s for s in slugs if self._holds_office(s)]
        if level == "leader":
            named = [s for s in slugs if s in self.full]
            leaders = in_office or [s for s in named if self.index.ever_led(s)] or named
            return leaders[0] if leaders else None
        named = [s for s in slugs if s in self.full]
        if level == "minister":
            ministers = [s for s in named if s not in in_office]
            if ministers:
                return ministers[0]
            others = [s for s in slugs if not self.index.ever_led(s)]
            return self._only(others or [s for s in slugs if self._is_to_lead(s)])
        if len(named) == 1:
            return named[0]
        in_office_named = [s for s in named if s in in_office]
        if in_office_named or in_office:
            return (in_office_named or in_office)[0]
        if named:
            return named[0]
        alone = len(slugs) == 1 and (not self.index.ever_led(slugs[0]) or self.day is None)
        # "Ban on seafood", "Song": short English surnames are words too.
        is_word = self.lang == "en" and hit.end - hit.start < _SHORTEST_ALONE
        return slugs[0] if alone and not is_word and len(hit.slugs) == 1 else None
