"""What an event was about: only what its own account says."""

import pytest

from tests.news.pipeline.record_knowledge import only, read

MET = {
    "en": "President Lee Jae-myung met Japanese Prime Minister Shigeru Ishiba in Tokyo on June 9. ",
    "ko": "이재명 대통령은 9일 도쿄에서 이시바 시게루 일본 총리와 정상회담을 했다. ",
    "ja": "石破茂首相は9日、東京で韓国の李在明大統領と会談した。",
}


def topics(lang, more, title=""):
    return set(only(read(MET[lang] + more, "2025-06-10", lang, title)).topics)


@pytest.mark.parametrize(
    ("lang", "more", "expected"),
    [
        ("en", "The two leaders agreed to cooperate on supply chains.", {"trade"}),
        ("en", "They discussed the abduction of Japanese nationals.", {"north_korea"}),
        ("en", "Ishiba asked for an end to the ban on marine products.", {"fisheries", "trade"}),
        ("en", "They will work together on the supply of key minerals.", {"trade"}),
        ("en", "They discussed the state of affairs on the Korean Peninsula.", {"north_korea"}),
        ("en", "Ishiba explained to Lee the new security legislation.", {"security"}),
        ("en", "They agreed to build future-oriented ties.", set()),
        ("en", "The two leaders will take up visas next year.", {"people_exchange"}),
        ("ko", "두 정상은 한미일 협력을 이어 가기로 했다.", {"trilateral_us"}),
        ("ko", "양국은 내년 국교 정상화 60주년을 함께 준비하기로 했다.", {"normalization"}),
        ("ko", "두 정상은 미국의 관세 정책을 놓고 의견을 나눴다.", {"trade"}),
        ("ko", "두 장관은 위안부 문제에 합의했다고 발표했다.", {"comfort_women"}),
        ("ja", "両首脳は人の往来を増やすことで一致した。", {"people_exchange"}),
        ("ja", "両首脳は8月の発射を受け、北朝鮮への対応を協議した。", {"north_korea"}),
        ("ja", "両首脳は未来志向の関係を築くことで一致した。", set()),
    ],
)
def test_what_was_talked_about_is_a_topic(lang, more, expected):
    assert topics(lang, more) == expected


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "Opposition lawmakers called for an apology for the colonial past."),
        ("en", "There was no mention of the export restrictions."),
        ("en", "Hours before the meeting, North Korea fired a missile."),
        ("en", "The two leaders agreed to talk more, hoping to end a feud over tariffs."),
        ("ko", "시민단체는 위안부 문제에 합의하라고 촉구했다."),
        ("ko", "독도 문제는 언급하지 않았다."),
        ("ja", "専門家は、徴用工問題の協議が必要だと指摘する。"),
        ("ja", "竹島の問題には触れなかった。"),
    ],
)
def test_what_others_say_or_what_was_left_out_is_no_topic(lang, more):
    assert topics(lang, more) == set()


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "The need for work on tariffs has grown. Both governments should talk of visas."),
        ("en", "During his campaign, Lee had told supporters to keep Dokdo off the agenda."),
        ("ko", "두 정부는 관세 문제에도 함께 대응하고 비자 협의를 서둘러야 한다."),
        ("ko", "후보 시절 이 대통령은 독도 문제를 거론했다."),
        ("ja", "両国は関税の問題でも連携し、ビザの協議を急ぐべきだ。"),
        ("ja", "李氏は選挙戦で竹島の問題を取り上げた。"),
    ],
)
def test_what_the_writer_wants_or_a_candidate_said_is_no_topic(lang, more):
    assert topics(lang, more) == set()


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "They agreed to consult on births, ageing, disaster response and farming."),
        ("ko", "양국은 저출산, 고령화, 과학기술, 재난 안전 등에서 협력하기로 했다."),
        ("ja", "両首脳は少子高齢化、科学技術、防災、農業の協議体を設けることで一致した。"),
    ],
)
def test_a_field_in_a_list_of_fields_is_no_topic(lang, more):
    assert topics(lang, more) == set()


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "They agreed to open a dialogue on economic security."),
        ("en", "Officials met before Lee attends the Olympics."),
        ("ko", "두 정상은 경제안보 대화를 시작하기로 했다."),
        ("ko", "두 정상은 정상 간 왕래를 이어 가기로 했다."),
        ("ja", "両首脳は経済安全保障の協議を始めることで一致した。"),
        ("ja", "両首脳は首脳の相互往来を続けることで一致した。"),
    ],
)
def test_words_that_only_sound_like_a_topic_are_none(lang, more):
    assert topics(lang, more) == set()


def test_talks_of_two_keep_their_topics_where_they_speak_of_work_of_three():
    more = "두 정상은 한미일이 손을 맞잡고 북한 문제에 대응하기로 했다."

    assert topics("ko", more) == {"trilateral_us", "north_korea"}


def test_what_is_told_of_another_meeting_is_no_topic_of_this_one():
    more = (
        "The two leaders agreed to work on North Korea. On June 8 Lee met U.S. President "
        "Donald Trump in Washington. They discussed tariffs."
    )

    assert topics("en", more) == {"north_korea"}


def test_the_headline_names_a_topic_that_the_story_holds():
    more = "Analysts said later that visas had been on everybody's mind."

    assert topics("en", more) == set()
    assert topics("en", more, "Lee, Ishiba meet on visas") == {"people_exchange"}


def test_three_at_the_table_are_a_topic_of_their_own():
    text = (
        "Foreign Minister Cho Hyun, Japanese Foreign Minister Takeshi Iwaya and U.S. Secretary "
        "of State Marco Rubio held three-way talks in New York on Monday."
    )

    assert only(read(text, "2025-09-23", "en")).topics == ("trilateral_us",)


def test_a_settlement_of_forced_labour_is_about_history_too():
    text = (
        "SEOUL — Foreign Minister Park Jin on Monday announced a plan to compensate victims of "
        "forced labor under Japan's rule through a foundation in South Korea."
    )

    assert set(only(read(text, "2023-03-06", "en")).topics) == {"forced_labor", "history"}


def test_each_topic_shows_its_words():
    draft = only(read(MET["en"] + "They discussed fisheries and visas.", "2025-06-10", "en"))

    quotes = {row.value: row.quote for row in draft.evidence if row.field == "topics"}
    assert quotes == {"fisheries": "fisheries", "people_exchange": "visas"}


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "Across the street a man with a loudspeaker demanded the return of Takeshima."),
        ("ko", "총리관저 맞은편에서는 우익 단체가 독도를 내놓으라며 확성기를 틀었다."),
        ("ja", "官邸前では竹島の返還を訴える団体が気勢を上げた。"),
    ],
)
def test_what_is_shouted_in_the_street_is_no_topic(lang, more):
    assert topics(lang, more) == set()


@pytest.mark.parametrize(
    ("lang", "more"),
    [
        ("en", "A team of experts will be let into the Fukushima plant, the leaders said."),
        ("ko", "두 정상은 한국 전문가 시찰단을 후쿠시마 원전에 보내기로 했다."),
        ("ja", "福島第一原発に韓国の専門家らの視察団を受け入れることで一致した。"),
    ],
)
def test_experts_who_are_sent_are_no_outsiders(lang, more):
    assert "energy_environment" in topics(lang, more)


def test_where_two_and_three_meet_each_table_has_its_topics():
    text = (
        "HANOI — Foreign Minister Cho Hyun met Japanese Foreign Minister Takeshi Iwaya on Monday. "
        "The two ministers spoke of visas.\n"
        "On Tuesday they held three-way talks with U.S. Secretary of State Marco Rubio. "
        "The three ministers discussed supply chains."
    )

    drafts = read(text, "2025-09-24", "en").drafts

    assert {d.countries: set(d.topics) for d in drafts} == {
        ("KR", "JP"): {"people_exchange"},
        ("KR", "JP", "US"): {"trade", "trilateral_us"},
    }


def test_a_judgment_is_drafted_as_what_it_is_about_and_an_editor_adds_the_law():
    text = (
        "SEOUL — The Seoul Central District Court ordered Japan on Friday to pay former "
        "comfort women. Tokyo summoned the South Korean ambassador to protest."
    )

    draft = only(read(text, "2021-01-08", "en"))

    assert draft.topics == ("comfort_women",)


def test_a_ruling_for_comfort_women_is_not_of_forced_labor_in_korean():
    text = (
        "일본 외무성이 8일 한국 법원의 위안부 피해자 배상 판결에 항의하며 남관표 대사를 초치했다."
    )

    assert only(read(text, "2021-01-08", "ko")).topics == ("comfort_women",)


def test_a_rite_for_the_dead_is_about_whom_they_mourn_and_a_heritage_site_about_the_past():
    text = (
        "South Korea stayed away on Sunday from a memorial on Sado that Japan holds.\n"
        "Nine families bowed at a dormitory for wartime laborers.\n"
        "The mines became a World Heritage site in July."
    )

    draft = read(text, "2024-11-25", "en", "Seoul skips Sado memorial").drafts[0]

    assert set(draft.topics) == {"history", "forced_labor"}
