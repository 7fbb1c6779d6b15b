"""Over the whole curated record, the search finds exactly what reading every text would find."""

import re
import unicodedata

import pytest
from django.core.management import call_command
from django.db import transaction

from events.models import Alias, Event, Person, Phrase, SearchStale
from events.search import matching

NAMES = ("name_en", "name_ko", "name_ja")
TEXTS = ("title_en", "title_ko", "title_ja", "summary_en", "summary_ko", "summary_ja", "occasion")


@pytest.fixture(scope="module")
def record(django_db_setup, django_db_blocker):
    """The whole record, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_record", verbosity=0)
        yield {event.slug: list(texts_of(event)) for event in Event.objects.all()}
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def loaded(record, db):
    """The record under each test's own transaction."""


def texts_of(event):
    """Everything that an event is to be found by, one text after the other."""
    yield from (getattr(event, name) for name in TEXTS)
    named = [*event.people.all(), *event.topics.all()]
    places = event.places.select_related("country")
    named += [place.country for place in places]
    yield from (getattr(row, name) for row in named for name in NAMES)
    yield from (place.city for place in places)
    wordings = [event.occasion, *(place.city for place in places)]
    for phrase in Phrase.objects.filter(text_en__in=wordings):
        yield from (phrase.text_ko, phrase.text_ja)


def folded(text):
    return unicodedata.normalize("NFKC", text).casefold()


def pattern_of(term):
    """A word as a reader would look for it in a text, letter by letter."""
    if re.fullmatch("[가-힣]{4,}", term):
        inner = r"\s?".join(term[1:-1])
        return term[0] + inner + term[-1]
    if term.isascii():
        end = "" if len(term) >= 4 else "(?![a-z0-9])"
        return f"(?<![a-z0-9]){re.escape(term)}{end}"
    return re.escape(term)


def scanned(texts, query):
    terms = [re.compile(pattern_of(term)) for term in folded(query).split()]
    return all(any(term.search(folded(text)) for text in texts) for term in terms)


def found(query):
    return set(matching(Event.objects.all(), query).values_list("slug", flat=True))


QUERIES = """
    위안부|독도|竹島|首脳会談|export controls|관세|関税|수출규제|셔틀외교|정상회담|한일정상회담
    강제동원|화이트리스트|공동선언|후쿠시마 오염수|청구권 협정|야스쿠니|납치 북한|유엔 제재|6월
    慰安婦|歴史認識|シャトル外交|徴用工|輸出管理|拉致|共同宣言|靖国神社|日韓基本条約|サミット|尖閣
    comfort women|tariffs|shuttle diplomacy|UN|G20|APEC|abduct|trilateral summit|1965|Dokdo
    Takeshima|free trade agreement|북핵|미사일 발사|核実験|東京|ソウル|Seoul 2015|안보 협력|외교
    日|한|세|税|통화스와프|通貨スワップ|지소미아|GSOMIA|World Cup|월드컵|3월|12月
""".strip().replace("\n", "|")


@pytest.mark.parametrize("query", [query.strip() for query in QUERIES.split("|")])
def test_the_search_finds_what_reading_every_text_finds(record, query):
    expected = {slug for slug, texts in record.items() if scanned(texts, query)}

    assert found(query) == expected


def test_most_of_these_queries_find_something_and_none_finds_all(record):
    numbers = [len(found(query.strip())) for query in QUERIES.split("|")]

    assert len([number for number in numbers if number]) > 50
    assert max(numbers) < len(record)


def test_loading_leaves_nothing_to_index():
    assert not SearchStale.objects.exists()
    assert not Event.objects.filter(search_document__isnull=True).exists()


@pytest.mark.parametrize(
    "forms",
    [
        [
            "石破",
            "이시바",
            "Ishiba",
            "Ishiba Shigeru",
            "이시바 시게루",
            "시게루 이시바",
            "石破茂",
            "石破 茂",
        ],
        ["李在明", "이재명", "Lee Jae-myung", "Lee Jae Myung"],
        ["岸田", "기시다", "Kishida", "岸田文雄", "Fumio Kishida"],
        ["尹錫悦", "윤석열", "Yoon Suk Yeol", "Yoon Suk-yeol"],
        ["小泉純一郎", "고이즈미 준이치로", "Koizumi Junichiro"],
        ["小泉", "고이즈미", "Koizumi"],
        ["福田", "후쿠다", "Fukuda"],
        ["森喜朗", "모리 요시로", "Mori Yoshiro", "모리"],
        ["スガ", "ｽｶﾞ"],
        ["菅義偉", "스가", "Suga", "Suga Yoshihide"],
        ["習近平", "시진핑", "Xi Jinping", "习近平"],
    ],
    ids=lambda forms: forms[0],
)
def test_the_forms_of_a_name_find_the_same_events(forms):
    assert len({frozenset(found(form)) for form in forms}) == 1, {f: len(found(f)) for f in forms}


def test_every_form_that_means_one_person_finds_that_persons_events(record):
    for person in Person.objects.prefetch_related("aliases"):
        took_part = set(person.events.values_list("slug", flat=True))
        own = {person.name_en, person.name_ko, person.name_ja}
        by_form = {form: found(form) for form in own}

        assert len({frozenset(slugs) for slugs in by_form.values()}) == 1, person.slug
        assert took_part <= by_form[person.name_en], person.slug


def test_a_form_shared_by_several_finds_the_events_of_all():
    for form in ("Park", "福田", "Kim", "Bush"):
        people = Person.objects.filter(pk__in=Alias.objects.filter(form=form).values("person"))
        took_part = set(Event.objects.filter(people__in=people).values_list("slug", flat=True))

        assert people.count() > 1
        assert took_part <= found(form)


def test_a_full_name_does_not_find_namesakes(record):
    chung_hee, geun_hye = found("Park Chung-hee"), found("박근혜")

    assert chung_hee
    assert geun_hye
    assert not chung_hee & geun_hye
    assert found("Park") >= chung_hee | geun_hye


def test_whoever_is_found_by_a_name_is_named_in_a_text(record):
    """No other word is taken for a name: スタンフォード for Ford, 프로세스가 for Suga."""
    for person in Person.objects.prefetch_related("aliases"):
        names = {person.name_en, person.name_ko, person.name_ja, person.family_name_en}
        names |= {alias.form for alias in person.aliases.all()}
        words = [folded(name) for name in names if len(name) > 1]
        # Before Han anything may stand: 第2次安倍内閣.
        before = {
            word: "" if "一" <= word[0] <= "龥" else r"(?<![^\W一-龥ぁ-ん])" for word in words
        }
        named = re.compile("|".join(before[word] + re.escape(word) for word in words))
        for slug in found(person.name_en):
            assert any(named.search(folded(text)) for text in record[slug]), (person.slug, slug)
