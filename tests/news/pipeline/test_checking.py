"""Of what a language model answers, only what article and record bear out is kept."""

import json

import pytest

from news.pipeline.answers import BadAnswer
from news.pipeline.checking import (
    CONTRADICTED,
    LACKS,
    NO_SUCH_DAY,
    NOT_IN_TEXT,
    NOT_ITS_TEXT,
    NOT_NAMED,
    ONE_SIDED,
    TENSE,
    TWICE,
    UNKNOWN,
)
from tests.news.pipeline.answered import CALL, answer, call, judged, said
from tests.news.pipeline.record_knowledge import only


def reasons(found):
    return {(one.field, one.reason) for one in found.dropped}


def test_a_good_answer_becomes_a_draft_with_its_words():
    found = judged(answer(call()))

    draft = only(found)
    assert (draft.kind, draft.starts_on.isoformat(), draft.status) == (
        "call",
        "2025-06-09",
        "happened",
    )
    assert draft.participants == ("lee-jae-myung", "ishiba-shigeru")
    assert (draft.countries, draft.topics) == (("KR", "JP"), ("trade",))
    assert (draft.channel, draft.minutes, draft.title) == ("PHONE", 25, "Lee-Ishiba call")
    assert found.dropped == ()
    for row in draft.evidence:
        assert CALL[row.start : row.end] == row.quote
        assert row.sentence_start <= row.start < row.end <= row.sentence_end
        assert row.rule == "model"


@pytest.mark.parametrize(
    ("lang", "published", "text", "event", "day"),
    [
        (
            "ko",
            "2013-03-07",
            "박근혜 대통령은 6일 아베 신조 일본 총리와 취임 후 처음으로 전화통화를 했다.",
            {
                "kind": said("call", "전화통화를 했다"),
                "status": said("happened", "전화통화를 했다"),
                "start": said("2013-03-06", "6일"),
                "countries": [said("KR", "박근혜 대통령"), said("JP", "일본 총리")],
            },
            "2013-03-06",
        ),
        (
            "ja",
            "2026-01-09",
            "韓国の李在明大統領が来月、奈良を訪れ、高市早苗首相と首脳会談を行う。",
            {
                "kind": said("summit", "首脳会談"),
                "status": said("scheduled", "行う"),
                "start": said("2026-02-01", "来月"),
                "end": said("2026-02-28", "来月"),
                "countries": [said("KR", "韓国"), said("JP", "高市早苗首相")],
                "city": said("Nara", "奈良"),
            },
            "2026-02-01",
        ),
    ],
)
def test_other_languages_and_their_dates(lang, published, text, event, day):
    draft = only(judged(answer(event), text, published, lang))

    assert draft.starts_on.isoformat() == day
    assert draft.precision == ("MONTH" if lang == "ja" else "DAY")


@pytest.mark.parametrize("wrapped", ["```json\n{}\n```", "<think>Well.</think>{}"])
def test_what_some_models_put_around_their_answer_is_passed_over(wrapped):
    assert only(judged(wrapped.replace("{}", answer(call()))))


@pytest.mark.parametrize(
    "bad", ["", "Sure! Here it is.", "[]", '{"events": {}}', '{"events": [1]}', "[" * 100_000]
)
def test_an_answer_of_another_form_is_refused(bad):
    with pytest.raises(BadAnswer):
        judged(bad)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"kind": said("call", "held a summit in Busan")}, ("kind", NOT_IN_TEXT)),
        ({"kind": said("call", "Spoke by phone")}, ("kind", NOT_IN_TEXT)),
        # Words of two sentences are no quotation of either.
        ({"kind": said("call", "office in Seoul said. The two leaders")}, ("kind", NOT_IN_TEXT)),
        ({"kind": said("coup", "spoke by phone")}, ("kind", UNKNOWN)),
        ({"kind": said("dispute", "spoke by phone")}, ("kind", CONTRADICTED)),
        ({"start": said("2025-06-03", "Monday")}, ("start", NO_SUCH_DAY)),
        ({"start": said("2025-06-09", "spoke by phone")}, ("start", NO_SUCH_DAY)),
        ({"start": said("2025-06-09", "9 June")}, ("start", NOT_IN_TEXT)),
        ({"start": said("tomorrow", "Monday")}, ("start", NO_SUCH_DAY)),
        ({"status": said("PUBLISHED", "spoke by phone")}, ("status", UNKNOWN)),
        ({"countries": [said("KR", "President Lee Jae-myung")]}, ("", ONE_SIDED)),
        ({"status": "happened"}, ("", LACKS)),
        ({"start": None}, ("", LACKS)),
    ],
)
def test_without_what_every_draft_must_have_nothing_is_drafted(changes, reason):
    found = judged(answer(call(**changes)))

    assert found.drafts == ()
    assert reason in reasons(found)


@pytest.mark.parametrize(
    ("field", "claim", "reason", "empty"),
    [
        ("participants", [said("kim-nobody", "Lee Jae-myung")], UNKNOWN, ()),
        ("participants", [said("kishida-fumio", "Shigeru Ishiba")], NOT_NAMED, ()),
        ("participants", [said("lee-jae-myung", "Lee Jae Myung")], NOT_IN_TEXT, ()),
        ("topics", [said("weather", "trade")], UNKNOWN, ()),
        ("topics", [said("security", "security ties")], NOT_IN_TEXT, ()),
        ("city", said("Seoul", "Seoul"), UNKNOWN, ""),  # a call has no place
        ("channel", said("PIGEON", "by phone"), UNKNOWN, ""),
        ("minutes", said(52, "about 25 minutes"), CONTRADICTED, None),
        ("occasion", said("G7", "by phone"), UNKNOWN, ""),
    ],
)
def test_a_field_that_is_not_borne_out_is_dropped_and_the_rest_stays(field, claim, reason, empty):
    found = judged(answer(call(**{field: claim})))

    assert getattr(only(found), field) == empty
    assert (field, reason) in reasons(found)


def test_a_country_that_nobody_names_is_dropped():
    claimed = [*call()["countries"], said("CN", "presidential office"), said("XX", "Seoul")]

    found = judged(answer(call(countries=claimed)))

    assert only(found).countries == ("KR", "JP")
    assert reasons(found) == {("countries", NOT_NAMED), ("countries", UNKNOWN)}


def test_what_is_to_come_has_not_happened():
    text = "President Lee will meet Premier Shigeru Ishiba of Japan in Busan on September 30."
    event = call(
        kind=said("summit", "will meet"),
        status=said("happened", "will meet"),
        start=said("2025-09-30", "September 30"),
        countries=[said("KR", "President Lee"), said("JP", "Japan")],
    )

    found = judged(answer(event), text, "2025-09-20")

    assert ("status", TENSE) in reasons(found)
    assert found.drafts == ()


def test_a_day_long_past_is_no_news():
    text = f"{CALL} They had met in Seoul on January 7, 2024, when both were in other offices."
    event = call(kind=said("summit", "met"), start=said("2024-01-07", "January 7, 2024"))

    found = judged(answer(event), text)

    assert found.drafts == ()
    assert ("start", NO_SUCH_DAY) in reasons(found)


def test_words_of_another_article_on_the_page_are_no_evidence():
    text = f"{CALL}\n\nSEOUL, June 9 (Yonhap) -- Korea and Japan held a summit on Monday."
    found = judged(answer(call(kind=said("summit", "held a summit"))), text)

    assert ("kind", NOT_ITS_TEXT) in reasons(found)


def test_one_event_told_twice_is_one():
    found = judged(answer(call(), call()))

    assert only(found)
    assert ("", TWICE) in reasons(found)


def test_no_word_of_the_answer_is_kept_that_is_not_in_the_text_or_on_a_list():
    extra = call(title="PWNED", cluster_key="PWNED", evidence="PWNED", note="<script>")

    found = judged(json.dumps({"events": [extra], "note": "PWNED"}))

    assert "PWNED" not in repr(found)
    assert "script" not in repr(found)


def test_a_quote_is_found_where_it_tells_the_kind_rather_than_where_it_stands_first():
    text = "Lee Jae-myung likes trade. " + CALL

    draft = only(judged(answer(call()), text))

    quoted = next(row for row in draft.evidence if row.value == "lee-jae-myung")
    assert quoted.start > 20
