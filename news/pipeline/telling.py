"""Read an article sentence by sentence into what each says, in context."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from news.pipeline.actors import KNOWN, PAIR, countries_touched, find_scene, split_clauses
from news.pipeline.clean import Working, normalise, plain
from news.pipeline.company import HE_AND
from news.pipeline.datelines import day_written
from news.pipeline.envoys import is_summons
from news.pipeline.joined_by_third import leads_of_third, third_joined, turns_to_two
from news.pipeline.language import find_language
from news.pipeline.lexicon import Lexicon, lexicon, page_words
from news.pipeline.mentions import Mention, find_mentions
from news.pipeline.participants import are_talked_of
from news.pipeline.patterns import look_through
from news.pipeline.people import IndexedKnowledge, NameMention, Resolver
from news.pipeline.sentences import Sentence, split_sentences
from news.pipeline.sides import names_issue
from news.pipeline.spoken import Spoken, find_gatherings
from news.pipeline.strangers import is_only_joined
from news.pipeline.threes import is_common_matter
from news.pipeline.timing import Recent, Timed, read_dates
from news.pipeline.triggers import find_triggers
from news.pipeline.values import ArticleText

# Sentences that are read: mentions are compared with each other, and no article has more.
MOST_SENTENCES = 800
OPENING = 2  # body sentences after the first in which an article says what it is about
OFF_PAGE = ("clutter", "teaser")  # roles of lines that belong to the page, not to the article


@dataclass(frozen=True, slots=True)
class Telling:
    """An article read once: its sentences with people, dates and mentions.

    `headline` is the title read like a sentence; it stands outside the text,
    so it may weigh in but never be evidence.
    """

    article: ArticleText
    working: Working
    lang: str
    words: Lexicon
    anchor: date | None
    title: Spoken | None
    headline: tuple[Mention, ...]
    spoken: tuple[Spoken, ...]
    mentions: tuple[Mention, ...]


def read_telling(article: ArticleText, index: IndexedKnowledge) -> Telling:
    """Read the sentences of an article in order."""
    working = normalise(article.text)
    lang = find_language(working.text or article.title, article.lang)
    words = lexicon(lang)
    title = plain(article.title[:400]).replace("\n", " ")
    resolver = Resolver.for_article(index, lang, article.published, title, working.text)
    touched = countries_touched(f"{title}\n{working.text}", words)
    touched |= {index.countries[slug] for slug in resolver.full}
    sentences = split_sentences(working.text, lang)[:MOST_SENTENCES]
    if page_words()["file_picture"].search(title):
        sentences = [replace(s, role="caption") for s in sentences]
    opening = " ".join(s.text for s in sentences if s.role == "body" and s.rank <= OPENING)
    # "石破首相は靖国に…": a surname with its title stands for the country too.
    touched |= {p.country for p in resolver.mentions(f"{title}\n{opening}") if not p.is_former}
    has_issue = names_issue(f"{title}\n{opening}", words)
    reader = _Reader(words, resolver, article.published, touched, has_issue)
    headline: list[Mention] = []
    titled: Spoken | None = None
    if title.strip():
        sentence = Sentence(-1, 0, 0, len(title), title, "heading", -1, 0, 0)
        titled = reader.read(sentence)
        headline = find_mentions(titled, words)
    spoken: list[Spoken] = []
    mentions: list[Mention] = []
    for sentence in sentences:
        if sentence.role in OFF_PAGE:
            if find_triggers(sentence.text, words):  # else it tells of nothing, whoever is named
                mentions.extend(_of_others(reader.read_aside(sentence), words))
            continue
        said = reader.read(sentence)
        spoken.append(said)
        mentions.extend(find_mentions(said, words))
    return Telling(
        article=article,
        working=working,
        lang=lang,
        words=words,
        anchor=article.published,
        title=titled,
        headline=tuple(headline),
        spoken=tuple(spoken),
        mentions=tuple(mentions),
    )


def _of_others(said: Spoken, words: Lexicon) -> list[Mention]:
    """What a page says beside its article: kept, with the reason that it makes no event."""
    return [replace(m, reason="other_article") for m in find_mentions(said, words)]


def _is_of_others_alone(spoken: Spoken) -> bool:
    """Whether a sentence names talks of others in one word, and nobody of the two."""
    blocs = spoken.scene.blocs
    is_theirs = bool(blocs) and not any(bloc.countries & PAIR for bloc in blocs)
    return is_theirs and not spoken.scene.people_countries() & PAIR


def _is_of_thirds(spoken: Spoken) -> bool:
    """Whether a sentence names third countries as those who act, and neither of the two."""
    scene = spoken.scene
    acting = scene.acting() | ({"other"} if scene.thirds else set())
    return bool(acting) and not scene.touched() & PAIR and not acting & PAIR


def _brings_others(spoken: Spoken) -> bool:
    """Whether somebody of a third country acts by name, or in one word with others."""
    scene = spoken.scene
    is_bloc = any(not bloc.countries <= PAIR for bloc in scene.blocs)
    return bool(scene.people_countries() - PAIR or scene.thirds or is_bloc)


def _looks_back(spoken: Spoken) -> bool:
    """Whether all days that a sentence names are of an older time."""
    owners = {t.owner for t in spoken.dates if t.days is not None}
    return owners == {"background"}


_GOES_ON_EN = re.compile(
    r"\W*(?:(?:On|In|At|Later|Earlier)\b[^,.]{0,30}?,? )?(?:[Ss]?[Hh]e|[Tt]hey)\b"
)


def _is_of_subject(text: str, people: list[NameMention]) -> bool:
    """Whether an English sentence opens with "he" and names others only behind that."""
    m = _GOES_ON_EN.match(text)
    return m is not None and not any(p.start < m.end() for p in people)


@dataclass
class _Reader:
    """Carries what the sentences before were about."""

    words: Lexicon
    resolver: Resolver
    anchor: date | None
    article: frozenset[str]
    has_issue: bool
    context: frozenset[str] = frozenset()
    subject: NameMention | None = None
    pair: tuple[NameMention, ...] = ()
    company: frozenset[str] = frozenset()
    recent: Recent = Recent()
    segment: int = 0
    is_bygone: bool = False
    hero: NameMention | None = None  # whom the article opens with, if of the two countries
    has_opened: bool = False
    paragraph: int = -1

    def read(self, sentence: Sentence) -> Spoken:
        """What one sentence says; remembers it for the next."""
        if sentence.segment != self.segment:
            self.segment = sentence.segment
            self.context, self.subject, self.recent = frozenset(), None, Recent()
            self.pair, self.company = (), frozenset()
            self.is_bygone = False
        # "Today" is the day on which an article was written.
        self.anchor = day_written(sentence, self.words.lang, self.anchor) or self.anchor
        people = self.resolver.mentions(sentence.text)
        if self._turns_back(sentence, people):
            self.subject = self.hero
        self.paragraph = sentence.paragraph
        spoken = self._spoken(sentence, people, self._is_bygone(people))
        if sentence.role == "body" or sentence.index < 0:
            self._remember(spoken, people)
        return spoken

    def _turns_back(self, sentence: Sentence, people: list[NameMention]) -> bool:
        """Whether a paragraph begins without a subject: it goes on with whom the article is about.

        "바이든 대통령은 … 말했다. ⏎ 16일에는 이시바 총리와 회담했다."
        """
        return (
            self.hero is not None
            and self.words.lang != "en"
            and sentence.paragraph != self.paragraph
            and bool(people)
            and self.hero.slug not in {p.slug for p in people}
            and is_only_joined(sentence.text, people, self.words)
        )

    def read_aside(self, sentence: Sentence) -> Spoken:
        """What a line beside the article says; nothing of it is remembered."""
        return self._spoken(sentence, self.resolver.mentions(sentence.text), False)

    def _spoken(self, sentence: Sentence, people: list[NameMention], is_bygone: bool) -> Spoken:
        text = sentence.text
        look_through(text)
        clauses = split_clauses(text, self.words)
        scene = find_scene(text, people, self.words)
        dates = read_dates(
            text, self.words, self.anchor, self.recent, clauses, sentence.dateline_end
        )
        return Spoken(
            sentence=sentence,
            clauses=tuple(clauses),
            scene=scene,
            dates=tuple(dates),
            gatherings=find_gatherings(text),
            context=self.context,
            subject=self.subject,
            pair=self.pair,
            company=self.company,
            article=self.article,
            has_issue=self.has_issue,
            is_bygone=is_bygone,
        )

    def _is_bygone(self, people: list[NameMention]) -> bool:
        """Whether a sentence is of an older time, until people of today come back."""
        if any(p.is_outdated and p.level for p in people):
            self.is_bygone = not any(not p.is_former for p in people)
        elif any(not p.is_former and p.level for p in people):
            self.is_bygone = False
        return self.is_bygone

    def _is_aside(self, timed: Timed, spoken: Spoken) -> bool:
        """Whether a sentence looks back, in passing, on the day of talks of others.

        "日中韓首脳会談は9日。先月27日の南北首脳会談の直後だ。首相は同じ日、…": the 9th. In English
        a third country answers: "They met on Friday. Beijing protested on Monday. That same day …".
        """
        last = self.recent.news
        if self.words.lang == "en":
            return (
                last is not None
                and timed.days is not None
                and timed.tense != "future"
                and timed.days.first > last.last
                and _is_of_thirds(spoken)
            )
        return (
            last is not None
            and timed.days is not None
            and timed.days.last < last.first
            and _is_of_others_alone(spoken)
        )

    def _remember(self, spoken: Spoken, people: list[NameMention]) -> None:
        acting, text = spoken.scene.acting(), spoken.sentence.text
        if third := third_joined(spoken, self.words.lang):
            acting = PAIR | third
        if self.context >= PAIR and acting & PAIR and not _brings_others(spoken):
            acting = self.context  # "Japan stands with the United States": still about the two
        if self.words.lang == "en" and self.context | acting == PAIR:
            acting = PAIR  # one side in this sentence, the other in the one before
        is_of_both = self.context >= PAIR and not acting & PAIR
        if (len(acting) >= 2 and not is_of_both) or (acting and not self.context):
            # Naming one side alone does not change the subject.
            self.context = acting if len(acting) >= 2 else self.context | acting
        elif acting and (not acting & PAIR or self.context | acting == PAIR):
            # What the two talk about adds to it; so does the other side, named by itself.
            self.context = self.context | acting
        current = [p for p in people if not p.is_former]
        is_joined = is_only_joined(spoken.sentence.text, current, self.words)
        is_joined = is_joined and (current[0].country in PAIR or not spoken.scene.thirds)
        if self.subject and (HE_AND.search(text) or _is_of_subject(text, current)):
            is_joined = True
        if current and not is_joined:
            self.subject = current[0]
            if not self.has_opened and spoken.sentence.role == "body":
                is_own = current[0].country in PAIR and not spoken.scene.thirds
                self.hero, self.has_opened = (current[0] if is_own else None), True
        is_matter = are_talked_of(text, current, self.pair, self.words.lang)
        is_matter |= bool(self.pair and self.words.lang != "en" and _looks_back(spoken))
        is_matter |= is_summons(text, self.words.lang)
        if {p.country for p in current} >= PAIR and not is_matter:
            self.pair = tuple(current)
        blocs = [b for b in spoken.scene.blocs if not is_common_matter(b.end, text, self.words)]
        together = [b.countries for b in blocs if b.countries >= PAIR]
        together += [frozenset(p.country for p in current) | leads_of_third(text, self.words.lang)]
        together += [PAIR | third] if third else []
        self.company = max(
            (c & KNOWN for c in together if c >= PAIR), key=len, default=self.company
        )
        if self.words.lang == "en" and self.company - PAIR and turns_to_two(text):
            self.company = PAIR
        self.recent = self.recent.further()
        for timed in spoken.dates:
            if not self._is_aside(timed, spoken):
                self.recent = self.recent.after(timed, self.anchor)
        if self.is_bygone:
            then = self.recent.any
            self.recent = replace(self.recent, news=then, done=then, ahead=None)
