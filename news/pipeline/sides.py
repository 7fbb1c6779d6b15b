"""Who takes part in what a trigger tells of: the pair, the pair with others, or strangers."""

from __future__ import annotations

import re

from news.pipeline.actors import KNOWN, PAIR, Scene, own_first, visited
from news.pipeline.colleagues import is_of_korean_dead, is_received_there, meets_own_counterpart
from news.pipeline.joined_by_third import comes_to_two, is_table_of_headline
from news.pipeline.lexicon import Lexicon, Trigger
from news.pipeline.listed_by_office_en import third_beside
from news.pipeline.listed_en import listed_with
from news.pipeline.people import NameMention
from news.pipeline.spoken import Spoken
from news.pipeline.strangers import (
    JOINED,
    goes_on_of_stranger,
    is_table_of_others,
    is_their_leader,
    is_with_stranger,
    opens_with_stranger,
)
from news.pipeline.threes import (
    TALKS,
    goes_on_of_three,
    has_topic,
    hosts,
    is_common_matter,
    joins_the_two,
    lists_three,
    takes_three,
)

POLICIES = ("agreement", "dispute", "statement")
ACTS = (*POLICIES, "saying")
OPENING = 2  # body sentences after the first, in which whose quarrel it is may go without saying


def names_issue(text: str, words: Lexicon) -> bool:
    """Whether a text names a matter that lies between Korea and Japan."""
    return bool(words.cues["issue"].search(text))


def find_sides(
    spoken: Spoken,
    scene: Scene,
    words: Lexicon,
    trigger: Trigger,
    start: int,
    end: int,
    clause_text: str,
) -> tuple[frozenset[str], bool, str]:
    """(countries that take part, whether inherited, reason if not Korea and Japan)."""
    named = _named_beside(spoken, words, trigger, start, end)
    if _is_of_lobby(spoken, words, trigger):
        return (scene.acting(), False, "third_country")
    is_by_others = words.lang == "en" and trigger.kind in POLICIES
    if named and not (is_by_others and words.cues["others_act"].search(clause_text)):
        return (named, False, "" if named >= PAIR else "third_country")
    if goes_on_of_three(spoken, words, trigger):
        return (spoken.company, words.lang != "en", "")
    acting, people = scene.acting(), scene.people_countries()
    if words.lang == "en" and (
        is_table_of_others(spoken, start) or is_their_leader(spoken, scene, trigger, start)
    ):
        return (acting, False, "third_country")
    host = hosts(scene, trigger, start, end, spoken)
    if third := host or third_beside(spoken, words, trigger, start, end):
        return (PAIR | third, False, "")
    is_of_three = takes_three(spoken, words, trigger, start, end)
    is_each = words.cues["each"].search(clause_text) is not None
    if joined_by := joins_the_two(spoken, scene, words, trigger, start, clause_text):
        are_named = spoken.scene.people_countries() >= PAIR | joined_by
        return (PAIR | joined_by, not (are_named or comes_to_two(spoken, scene, start)), "")
    is_talk = trigger.kind in TALKS and not is_of_three
    is_talk = is_talk and (not is_each or _are_all_strangers(acting, words))
    if _is_done_by_others(spoken, scene, words, trigger, clause_text) or (
        is_talk and is_with_stranger(spoken, words, start, end)
    ):
        return (acting, False, "third_country")
    those = people | {"en": spoken.scene.people_countries(), "ja": acting}.get(words.lang, people)
    if trigger.kind != "ceremony" and is_each and those & PAIR:
        return _each(spoken, those, has_topic(spoken, words))
    if _is_two_of_three(spoken, words, trigger, start, clause_text):
        return (PAIR, False, "")
    if both := _both_act(spoken, scene, words, trigger, clause_text, is_of_three):
        return both
    three_name_pair = spoken.scene.people_countries() >= PAIR and is_of_three
    if is_table_of_headline(spoken, scene, words, trigger):
        return (PAIR | acting, True, "")
    if acting - PAIR and not three_name_pair and _is_of_others(spoken, scene, trigger, words):
        return (acting, False, "third_country")
    return _from_context(spoken, scene, words, trigger, clause_text, is_of_three, start)


def _are_all_strangers(acting: frozenset[str], words: Lexicon) -> bool:
    """Whether a Korean clause names none of the two: "캐나다, 호주 총리와 따로 만났다"."""
    return words.lang == "ko" and not acting & PAIR


def _is_done_by_others(
    spoken: Spoken, scene: Scene, words: Lexicon, trigger: Trigger, clause_text: str
) -> bool:
    """Whether others make a policy, or whoever the sentence before was about goes on."""
    is_policy = trigger.kind in POLICIES and words.cues["others_act"].search(clause_text)
    return bool(is_policy) or goes_on_of_stranger(spoken, scene, words, trigger)


def _both_act(
    spoken: Spoken,
    scene: Scene,
    words: Lexicon,
    trigger: Trigger,
    clause_text: str,
    is_of_three: bool,
) -> tuple[frozenset[str], bool, str] | None:
    """What `find_sides` says of a clause that names both sides, or one that meets the other."""
    acting, people = scene.acting(), scene.people_countries()
    if people >= PAIR:
        has_more = is_of_three or people - PAIR
        return (PAIR | (acting & {"US", "CN"} if has_more else frozenset()), False, "")
    if find_host(spoken, scene, words, trigger):
        return (PAIR | (people & {"US", "CN"}), False, "")
    if acting >= PAIR:
        if (people - PAIR or scene.thirds) and people & PAIR and not is_of_three:
            return (acting, False, "third_country")
        return (PAIR | (acting & {"US", "CN"} if is_of_three else frozenset()), False, "")
    is_of_two = words.lang == "en" and spoken.article == PAIR and acting and not scene.thirds
    if is_of_two and trigger.kind in TALKS and meets_own_counterpart(clause_text):
        return (PAIR, False, "")
    return None


# "한중일 정상회의를 계기로 정상회담을": the talks are beside those that the bloc holds.
_ON_OCCASION = re.compile(r"계기로|계기에|참석차|기간에|に合わせ|の機会に|に際し")


def _is_of_lobby(spoken: Spoken, words: Lexicon, trigger: Trigger) -> bool:
    """Whether parliamentarians' leagues or chambers of commerce declare something."""
    is_act = trigger.kind in POLICIES and words.lang != "en"
    return is_act and bool(words.cues["others_act"].search(spoken.sentence.text))


def _named_beside(
    spoken: Spoken, words: Lexicon, trigger: Trigger, start: int, end: int
) -> frozenset[str]:
    """The countries that one word beside a trigger names ("Korea-Japan talks")."""
    text = spoken.sentence.text
    for bloc in own_first(spoken.scene.blocs, start, words.lang):
        if trigger.kind == "contact" and is_common_matter(bloc.end, text, words):
            continue
        if _ON_OCCASION.search(text, bloc.end, max(bloc.end, start)):
            continue
        is_near = bloc.start < end and start - bloc.end <= 14 and bloc.start >= start - 24
        is_list = words.lang == "en" and lists_three(text, spoken.scene, words, start, end)
        if is_near and not (bloc.countries == PAIR and is_list):
            return bloc.countries  # no "leaders of the United States, Japan and South Korea"
    return frozenset()


def _is_of_others(spoken: Spoken, scene: Scene, trigger: Trigger, words: Lexicon) -> bool:
    """Whether one of the two acts with a third country, over nothing of Korea's and Japan's."""
    if not scene.acting() & PAIR or trigger.kind in ("statement", "saying"):
        return False
    if trigger.kind == "agreement":
        return not spoken.scene.people_countries() >= PAIR
    if trigger.kind == "dispute":
        touched = (scene if words.lang == "en" else spoken.scene).touched()
        return not touched >= PAIR and not names_issue(spoken.sentence.text, words)
    return True


_PRONOUN_EN = re.compile(
    r"\b(?:he|she|him|his|her|they|the two|the (?:president|premier|prime minister))\b", re.I
)


def find_host(spoken: Spoken, scene: Scene, words: Lexicon, trigger: Trigger) -> NameMention | None:
    """Whom the sentence before was about, if only the other side is named: "with Abe he talked"."""
    subject = spoken.subject
    if subject is None or trigger.kind not in TALKS or subject.country not in PAIR:
        return None
    named = spoken.scene.people_countries()
    first = scene.people[0].start if scene.people else 0
    if scene.thirds or _is_of_stranger(spoken, words) or opens_with_stranger(spoken, words, first):
        return None  # "Xi, too, met Lee": the sentence has its own subject
    if subject.country in named or not scene.people_countries() & PAIR:
        return None
    if words.lang == "en":
        return subject if _PRONOUN_EN.search(spoken.sentence.text) else None
    text = spoken.sentence.text
    joined = [
        p
        for p in scene.people
        if p.country in PAIR and JOINED[words.lang].match(text[p.end : p.end + 18])
    ]
    return subject if joined else None


def _is_of_stranger(spoken: Spoken, words: Lexicon) -> bool:
    """Whether a sentence is of somebody else: "Trump came from Tokyo, where he met her"."""
    people = [p for p in spoken.scene.people if not p.is_former]
    return words.lang == "en" and bool(people) and people[0].country not in PAIR


def _is_two_of_three(
    spoken: Spoken, words: Lexicon, trigger: Trigger, start: int, clause_text: str
) -> bool:
    """Whether a clause turns from three countries to talks of Korea and Japan alone."""
    if trigger.kind not in ("meeting", "summit") and words.lang != "en":
        return False
    if trigger.kind not in ("meeting", "summit", "contact"):
        return False
    said = clause_text
    if words.lang == "ja":  # 「…との3カ国会談、続いて…との2国間会談」
        said = spoken.sentence.text[:start].rsplit("、", 1)[-1]
        said += spoken.sentence.text[start : start + 8]
    subject = {spoken.subject.country} if spoken.subject else set()
    return (
        bool(words.cues["alone"].search(said))
        and not words.blocs["three"].search(said)
        and spoken.scene.people_countries() | subject >= PAIR
    )


def _is_journey_of_others(spoken: Spoken, scene: Scene, words: Lexicon, start: int) -> bool:
    """Whether the first one named before a journey in English is of neither side."""
    if words.lang != "en":
        return False
    people = [(p.start, p.country) for p in scene.people + spoken.scene.people if p.start < start]
    people += [(at, "other") for at, _ in spoken.scene.thirds if at < start]
    return bool(people) and min(people)[1] not in PAIR


def _each(
    spoken: Spoken, people: frozenset[str], has_own: bool
) -> tuple[frozenset[str], bool, str]:
    """ "A meets B, C and D separately": the pair is in it if both sides are."""
    subject = {spoken.subject.country} if spoken.subject and not has_own else set()
    if (people | subject) >= PAIR:
        return (PAIR, False, "")
    return (people, False, "third_country")


def _from_context(
    spoken: Spoken,
    scene: Scene,
    words: Lexicon,
    trigger: Trigger,
    clause_text: str,
    takes_three: bool,
    start: int,
) -> tuple[frozenset[str], bool, str]:
    """Who acts where the clause itself does not name both sides."""
    whole = spoken.scene.acting()
    extra = whole & {"US", "CN"} if takes_three else frozenset()
    third = spoken.scene.people_countries() - PAIR
    in_clause = scene.people_countries() - PAIR
    is_before = _comes_before_third(spoken, scene, words, trigger, start)
    is_of_two = not takes_three and _are_those_talks(spoken, words, trigger, start)
    if is_of_two or (is_before and spoken.context >= PAIR):
        return (PAIR, True, "")
    if whole >= PAIR and not (third and scene.people_countries() - PAIR):
        if trigger.kind in TALKS and scene.people:
            extra |= listed_with(spoken, words)
        return (PAIR | extra, False, "")
    if trigger.kind == "visit" and _is_journey_of_others(spoken, scene, words, start):
        return (whole, False, "third_country")
    is_dialled = trigger.kind == "call" and words.lang == "en" and not third and not scene.thirds
    is_abroad = trigger.kind == "ceremony" and bool(_ABROAD.search(spoken.sentence.text))
    is_received = words.lang == "en" and is_received_there(spoken, scene, trigger, start)
    is_open = is_dialled or is_abroad or is_received or trigger.kind in ("visit", *ACTS)
    goal = visited(spoken.sentence.text, words.lang) if trigger.kind == "visit" else frozenset()
    if is_open and spoken.scene.touched() | goal >= PAIR:
        return (PAIR, False, "")
    abroad = (spoken.scene.touched() if words.lang == "en" else whole) - PAIR
    is_sent = trigger.kind == "visit" and words.cues["delegation"].search(spoken.sentence.text)
    if is_sent and spoken.scene.touched() & PAIR and spoken.article >= PAIR and not abroad:
        return (PAIR, False, "")  # a delegation leaves its own country for the other
    context = spoken.context
    has_third = bool(scene.people_countries() - PAIR or scene.thirds) and not takes_three
    if has_third and not scene.acting() & PAIR:
        return (scene.acting(), False, "third_country")
    if whole - PAIR and not whole & PAIR and not takes_three:
        # "The two leaders discussed China" is still about the two.
        if not (words.cues["both"].search(clause_text) and context >= PAIR) or in_clause:
            return (whole, False, "third_country")
        return (PAIR, True, "")
    extra |= context & {"US", "CN"} if takes_three else frozenset()
    if whole & PAIR and spoken.scene.touched() >= PAIR and context >= PAIR:
        return (PAIR | extra, True, "")
    if context >= PAIR and not (whole - PAIR):
        return (PAIR | (context & {"US", "CN"} if takes_three else frozenset()), True, "")
    return _from_matter(spoken, words, trigger, clause_text, takes_three)


_THOSE_TALKS = re.compile(
    r"\W*(?:The|Their) (?:[\w-]+ ){0,2}(?:talks|meeting|summit|session|discussions?|encounter|call)"
    r"\b(?! (?:with|between|of|among|by)\b)"
)


def _are_those_talks(spoken: Spoken, words: Lexicon, trigger: Trigger, start: int) -> bool:
    """Whether English opens with the talks of the two just named, whoever one of them saw before:
    "The talks came a week after Lee met Xi"."""
    m = _THOSE_TALKS.match(spoken.sentence.text) if words.lang == "en" else None
    is_pair = spoken.company == PAIR and {p.country for p in spoken.pair} >= PAIR
    return m is not None and trigger.kind in TALKS and is_pair and start < m.end()


def _comes_before_third(
    spoken: Spoken, scene: Scene, words: Lexicon, trigger: Trigger, start: int
) -> bool:
    """Whether a clause names nobody and a later one brings a third: "이어 회담했고, 바이든이 …"."""
    if words.lang == "en" or trigger.kind not in TALKS or scene.acting():
        return False
    thirds = [p.start for p in spoken.scene.people if p.country not in PAIR]
    return bool(thirds) and min(thirds) > start and not spoken.scene.thirds


def _from_matter(
    spoken: Spoken, words: Lexicon, trigger: Trigger, clause_text: str, takes_three: bool
) -> tuple[frozenset[str], bool, str]:
    """Who acts where only the matter, or what the article is about, can say it."""
    whole, context = spoken.scene.acting(), spoken.context
    # Some matters lie between Korea and Japan whoever is named.
    is_theirs = trigger.kind in (*ACTS, "ceremony") and (
        spoken.has_issue or names_issue(spoken.sentence.text, words)
    )
    is_named = whole & PAIR or (trigger.kind == "ceremony" and not whole)
    if trigger.kind == "ceremony" and words.lang == "en" and is_of_korean_dead(spoken):
        return (PAIR, True, "")
    is_settled = trigger.kind in ("agreement", "dispute") and names_issue(clause_text, words)
    is_opening = words.lang == "en" and spoken.has_issue and spoken.sentence.rank <= OPENING
    if trigger.kind == "dispute" and is_opening and whole <= PAIR:
        is_named = True
    if is_theirs and is_named and (spoken.article >= PAIR or is_settled):
        return (PAIR, True, "")
    is_of_bureaus = words.lang == "en" and trigger.kind == "ministerial" and trigger.weight > 2
    if (
        is_of_bureaus
        and whole <= PAIR
        and context <= PAIR
        and names_issue(spoken.sentence.text, words)
    ):
        return (PAIR, True, "")
    joined = (whole | context) & KNOWN
    if takes_three and whole & PAIR and joined >= PAIR and joined - PAIR:
        return (joined, True, "")  # "a three-way session with Iwaya followed"
    if takes_three and not whole and spoken.article > PAIR and words.lang == "en":
        table = spoken.article & KNOWN
        if len(table) == len(PAIR) + 1 and not context - table:
            return (table, True, "")  # "the three-way summit": those whom the article is about
    if spoken.article == PAIR and words.cues["both"].search(clause_text):
        return (PAIR, True, "")
    if context - PAIR and not context >= PAIR:
        return (context, True, "third_country")
    return (whole | context, True, "one_sided" if not (whole | context) >= PAIR else "")


# Held by an embassy; or one side is remembered in the other: "韓国人犠牲者の慰霊祭が広島市で".
_ABROAD = re.compile(r"[Ee]mbassy|주(?:일|한)\s(?:한국|일본)\s?대사관|慰霊|追悼|犠牲者|国交")
