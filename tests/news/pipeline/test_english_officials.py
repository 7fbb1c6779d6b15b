"""How English tells what offices below the ministers, standing bodies and benches did."""

from datetime import date

import pytest

from tests.news.pipeline.record_knowledge import read

WEDNESDAY = "2023-05-17"
TUESDAY = "2023-05-16"


def told(text, title="", published=WEDNESDAY):
    return {(d.kind, d.starts_on.isoformat()) for d in read(text, published, "en", title).drafts}


@pytest.mark.parametrize(
    "text",
    [
        "The heads of the South Korean and Japanese tax authorities met in Seoul on Tuesday and "
        "agreed to exchange information on offshore accounts.",
        "The chiefs of police of Korea and Japan met in Tokyo on Tuesday and promised to work "
        "together against phone scams.",
        "South Korea's Agriculture Minister Chung Hwang-keun and Japanese farm minister Tetsuro "
        "Nomura sat down in Tokyo on Tuesday over livestock.",
        "The top customs officials of South Korea and Japan came together in Fukuoka on Tuesday "
        "to talk about smuggling.",
        "Delegations led by two deputy directors met in Busan on Tuesday as South Korea and Japan "
        "took up safety at sea.",
    ],
)
def test_officials_of_any_office_meet(text):
    assert told(text) == {("ministerial", TUESDAY)}


@pytest.mark.parametrize(
    "text",
    [
        "South Korea and Japan held consular talks in Seoul on Tuesday, the foreign ministry said.",
        "Seoul and Tokyo have resumed negotiations on social insurance, with a first session on "
        "Tuesday in Osaka.",
    ],
)
def test_states_that_talk_do_so_by_officials(text):
    assert told(text) == {("ministerial", TUESDAY)}


def test_talks_that_are_to_be_resumed_are_a_plan():
    text = "Seoul and Tokyo are to resume talks on their sea border on Friday, officials said."
    (draft,) = read(text, WEDNESDAY, "en").drafts
    assert (draft.kind, draft.starts_on, draft.status) == (
        "ministerial",
        date(2023, 5, 19),
        "scheduled",
    )


@pytest.mark.parametrize("field", ["fisheries", "consular", "customs", "maritime boundary"])
def test_talks_of_a_field_are_of_officials(field):
    text = f"A round of {field} negotiations between Seoul and Tokyo ended without result Tuesday."
    assert told(text) == {("ministerial", TUESDAY)}


@pytest.mark.parametrize(
    "text",
    [
        "South Korea and Japan met in a friendly in Busan on Tuesday. The coaches shook hands.",
        "The chambers of commerce of Korea and Japan held talks in Busan on Tuesday.",
        "Lawmakers of South Korea and Japan held talks in Busan on Tuesday on a league.",
    ],
)
def test_teams_and_chambers_are_no_states(text):
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The Korea-Japan joint fisheries commission opened its annual session in Tokyo on Tuesday.",
        "The ninth meeting of the science committee of South Korea and Japan was held on Tuesday.",
        "A joint panel of the two governments on the waters south of Jeju met in Tokyo on Tuesday. "
        "South Korea and Japan have not drilled there for decades.",
    ],
)
def test_a_standing_body_sits(text):
    assert told(text) == {("ministerial", TUESDAY)}


@pytest.mark.parametrize(
    "text",
    [
        "Japan on Tuesday barred entry by travelers from the South Korean city of Daegu.",
        "Tokyo on Tuesday invalidated the visas of South Koreans, and Seoul called that excessive.",
        "South Korea on Tuesday banned all fishery products from eight Japanese prefectures.",
        "South Korea will tighten radiation checks on Japanese food, the government said Tuesday, "
        "drawing a protest from Tokyo.",
        "Tokyo withdrew from a joint exercise with South Korea on Tuesday over a row about flags.",
        "South Korea asked Japan on Tuesday not to fly the rising sun flag at a naval review.",
        "Seoul on Tuesday demanded that a Japanese survey ship leave the waters near Dokdo.",
        "The World Trade Organization's appellate body on Tuesday upheld South Korea's limits on "
        "fish from Japan.",
        "A WTO panel found on Tuesday that South Korean duties on Japanese steel broke the rules.",
        "South Korea on Tuesday reopened its complaint at the WTO over Japanese curbs on parts.",
        "Japan's entry ban on South Koreans took effect on Tuesday.",
        "A South Korean court on Tuesday handed a stolen statue to a temple in Korea, and Tokyo "
        "called for its return.",
        "A South Korean appeals court ruled on Tuesday that a Buddha stolen from a shrine in Japan "
        "belongs there.",
    ],
)
def test_curbs_benches_and_flags_are_disputes(text):
    assert told(text) == {("dispute", TUESDAY)}


def test_a_zone_in_which_a_missile_fell_is_no_matter_of_the_two():
    text = (
        "North Korea fired a missile on Tuesday that fell outside Japan's exclusive economic zone. "
        'Prime Minister Fumio Kishida called the launch "extremely regrettable".'
    )
    assert not any(kind == "dispute" for kind, _ in told(text))


@pytest.mark.parametrize(
    "text",
    [
        "South Korea and Japan agreed Tuesday to resume flights between Gimpo and Haneda.",
        "Seoul and Tokyo agreed on Tuesday to waive visas for students.",
        "South Korea and Japan reached an agreement Tuesday to let airlines fly to more airports.",
    ],
)
def test_what_is_opened_again_is_an_agreement(text):
    assert told(text) == {("agreement", TUESDAY)}


def test_airlines_that_agree_are_no_states():
    text = "Two airlines, one from Korea and one from Japan, reached an agreement Tuesday."
    assert told(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "A trip to Seoul by Prime Minister Fumio Kishida is not being considered, Chief Cabinet "
        "Secretary Hirokazu Matsuno said Tuesday.",
        "No visit to Japan by President Yoon Suk Yeol is under discussion, an aide said Tuesday.",
        "Seoul was playing down talk on Tuesday that President Yoon Suk Yeol and Prime Minister "
        "Fumio Kishida wished to mend the rift.",
    ],
)
def test_what_is_not_being_planned_is_no_event(text):
    assert told(text) == set()


def test_a_former_premier_is_a_minister_as_the_counterpart_of_one():
    text = (
        "South Korea's Finance Minister Yoo Il-ho and his Japanese counterpart, Taro Aso, will sit "
        "down in Seoul on Saturday."
    )
    (draft,) = read(text, "2016-08-25", "en").drafts
    assert (draft.kind, draft.participants) == ("ministerial", ("aso-taro",))


def test_a_minister_who_meets_his_counterpart_is_of_the_other_side():
    text = (
        "Transport Minister Won Hee-ryong met his Japanese counterpart, Tetsuo Saito, in Tokyo on "
        "Tuesday to discuss more flights. Korea wants them by summer."
    )
    assert told(text) == {("ministerial", TUESDAY)}


def test_an_official_without_a_country_is_of_the_other_side():
    text = (
        "Vice Defense Minister Shin Beom-chul and Japan's vice minister for international affairs, "
        "Atsushi Oka, had talks in Seoul on Tuesday."
    )
    assert told(text) == {("ministerial", TUESDAY)}


def test_counterparts_from_two_countries_make_a_table_of_three():
    text = (
        "South Korea hosted its neighbors. Culture Minister Park Bo-gyoon sat down with his "
        "counterparts from China and Japan in Jeonju on Tuesday."
    )
    (draft,) = read(text, WEDNESDAY, "en").drafts
    assert set(draft.countries) == {"KR", "JP", "CN"}


@pytest.mark.parametrize(
    "guests",
    [
        "U.S. Deputy Secretary of State Ann Moor and Japanese Vice Foreign Minister Ken Oda",
        "Japanese Vice Foreign Minister Ken Oda and Deputy Secretary of State Ann Moor",
    ],
)
def test_guests_listed_by_office_make_a_table_of_three(guests):
    text = f"South Korea's Vice Foreign Minister Choi Jong-kun met with {guests} on Tuesday."
    (draft,) = read(text, "2021-11-17", "en").drafts
    assert set(draft.countries) == {"KR", "JP", "US"}


def test_the_day_of_arrival_is_not_that_of_talks_later_in_the_week():
    text = (
        "South Korea's Foreign Minister Park Jin arrived in Tokyo on Sunday for talks with Foreign "
        "Minister Yoshimasa Hayashi on Tuesday."
    )
    (draft,) = read(text, "2022-07-18", "en").drafts
    assert draft.starts_on == date(2022, 7, 19)


@pytest.mark.parametrize(
    "text",
    [
        "South Korea's Vice Foreign Minister Cho Hyun-dong arrived in Tokyo on Sunday for a "
        "meeting with his Japanese counterpart that will take place this week.",
        "Foreign Minister Park Jin left for Tokyo on Sunday for a meeting with Foreign Minister "
        "Yoshimasa Hayashi next week.",
    ],
)
def test_who_leaves_for_a_meeting_of_another_day_has_only_left(text):
    (draft,) = read(text, "2022-07-18", "en").drafts
    assert (draft.kind, draft.starts_on) == ("visit", date(2022, 7, 17))


@pytest.mark.parametrize(
    "text",
    [
        "The trade ministers of South Korea and Japan said Tuesday they would cut red tape.",
        "The health ministers of Korea, China and Japan adopted a joint statement on Tuesday.",
    ],
)
def test_what_ministers_say_in_one_voice_they_say_together(text):
    assert told(text) == {("ministerial", TUESDAY)}


def test_ministers_of_three_in_one_voice_are_three():
    text = "The health ministers of Korea, China and Japan adopted a joint statement on Tuesday."
    (draft,) = read(text, WEDNESDAY, "en").drafts
    assert set(draft.countries) == {"KR", "JP", "CN"}


BESIDE = (
    "Health ministers of South Korea, China and Japan met in Seoul on Tuesday. Minister Cho "
    "Kyoo-hong received China's Ma Xiaowei and Japan's Katsunobu Kato. "
)


@pytest.mark.parametrize(
    "text",
    [
        "On Monday Cho met Kato for bilateral talks.",
        "Cho held separate talks with Kato on Monday.",
    ],
)
def test_talks_of_two_beside_three_are_told_by_their_surnames(text):
    assert told(BESIDE + text) == {("ministerial", TUESDAY), ("ministerial", "2023-05-15")}


def test_talks_with_the_third_minister_are_none_of_the_two():
    assert told(BESIDE + "On Monday Cho met Ma for bilateral talks.") == {("ministerial", TUESDAY)}


def test_a_flag_is_a_matter_of_history_and_a_stolen_statue_of_culture():
    flag = "South Korea asked Japan on Tuesday not to fly the rising sun flag at a naval review."
    statue = (
        "A South Korean court ruled on Tuesday that a stolen statue of Buddha belongs to a temple "
        "in Japan."
    )
    (first,) = read(flag, WEDNESDAY, "en").drafts
    (second,) = read(statue, WEDNESDAY, "en").drafts
    assert ("history" in first.topics, "culture" in second.topics) == (True, True)


def test_an_audience_of_hundreds_is_none_with_the_premier():
    text = (
        "Prime Minister Shinzo Abe wants to work with President Moon Jae-in, he told an audience "
        "of some 200 people in Kobe on Tuesday."
    )
    assert not any(kind == "summit" for kind, _ in told(text, published="2018-10-10"))


def test_a_weekend_is_its_two_days():
    text = "The finance ministers of South Korea and Japan will meet in Seoul this weekend."
    (draft,) = read(text, "2016-08-25", "en").drafts
    assert (draft.starts_on, draft.ends_on) == (date(2016, 8, 27), date(2016, 8, 28))


def test_no_separate_meeting_leaves_the_lunch_of_three():
    text = (
        "President Moon Jae-in will have lunch with U.S. President Donald Trump and Japanese Prime "
        "Minister Shinzo Abe on Thursday. No separate meeting with Abe has been arranged."
    )
    title = "Moon to join three-way talks with Trump, Abe"
    kinds = {d.kind for d in read(text, "2017-09-18", "en", title).drafts}
    assert kinds == {"trilateral_summit"}
