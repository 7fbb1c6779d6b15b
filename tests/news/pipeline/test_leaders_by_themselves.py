"""English tellings of leaders: what two or three do together, and what each does by himself."""

from datetime import date

import pytest

from tests.news.pipeline.record_knowledge import only, read

NOW = "2026-09-22"
MONDAY = date(2026, 9, 21)


def kinds(text: str, title: str = ""):
    return {(d.kind, d.starts_on) for d in read(text, NOW, "en", title).drafts}


@pytest.mark.parametrize(
    "text",
    [
        "Monday's 25 minutes in a side room of the United Nations went to oil. Prime Minister "
        "Sanae Takaichi and President Lee Jae Myung agreed to meet again before the year is out.",
        "NEW YORK — President Lee Jae Myung and Prime Minister Sanae Takaichi had an hour to "
        "themselves at a hotel in Midtown on Monday.",
        "HIROSHIMA — On Monday the bells rang at a quarter past eight.\n\nPresident Lee Jae Myung "
        "and Prime Minister Sanae Takaichi then sat down at a hotel overlooking the river.",
    ],
)
def test_time_that_two_leaders_had_is_a_summit_of_its_day(text):
    assert kinds(text) == {("summit", MONDAY)}


def test_a_three_way_meeting_that_brings_two_to_the_third_is_of_all_three():
    text = (
        "TOKYO — A three-way meeting of the leaders of Japan, China and South Korea brought "
        "Premier Li Qiang and President Lee Jae Myung to Kyoto on Monday. Prime Minister Sanae "
        "Takaichi was in the chair."
    )

    assert kinds(text) == {("trilateral_summit", MONDAY)}


def test_getting_through_to_somebody_is_a_call():
    text = (
        "President Lee Jae Myung was among the first to get through to Sanae Takaichi on Monday. "
        "In a conversation of a quarter of an hour he wished her well after surgery."
    )

    assert kinds(text) == {("call", MONDAY)}


def test_of_a_plan_that_slips_from_one_day_to_another_the_later_counts():
    text = (
        "Prime Minister Sanae Takaichi's visit to Seoul has slipped from Sept. 28 to Oct. 9 "
        "because of a typhoon, her office said on Tuesday. She is to hold talks with President "
        "Lee Jae Myung."
    )

    draft = only(read(text, NOW, "en"))

    assert (draft.starts_on, draft.ends_on) == (date(2026, 10, 9), date(2026, 10, 9))


@pytest.mark.parametrize(
    "text",
    [
        # each in his own capital
        "On Monday President Lee Jae Myung opened a museum in Seoul and, in Tokyo, Prime Minister "
        "Sanae Takaichi opened its twin.",
        # from afar
        "Prime Minister Sanae Takaichi thanked President Lee Jae Myung on social media on Monday "
        "for his message after the quake.",
        "In a television interview on Monday Prime Minister Sanae Takaichi said she and President "
        "Lee Jae Myung talk often and without notes.",
        # whenever that will be
        "Lawmakers asked President Lee Jae Myung on Monday to take up the islets when he next "
        "meets Prime Minister Sanae Takaichi.",
        # a paper puts itself right
        "A story on Sept. 18 about the talks between Prime Minister Sanae Takaichi and President "
        "Lee Jae Myung incorrectly gave the place as Busan.",
        # invited by others
        "A film about the islands opens on Friday. President Lee Jae Myung and Prime Minister "
        "Sanae Takaichi have been invited.",
        # long ago
        "On Monday, half a century to the day after their countries agreed to fish together, "
        "nobody in the port remembered Lee Jae Myung or Sanae Takaichi passing through.",
        # a name is no verb
        "Officials repeated on Monday that they were on guard; neither Choi Sang-mok nor Shunichi "
        "Suzuki would say at what level.",
        # taking turns before cameras
        "The photo call of President Lee Jae Myung and Prime Minister Sanae Takaichi with pop "
        "stars is set for Friday, a promoter said; both offices said they knew nothing of it.",
    ],
)
def test_what_leaders_do_apart_is_no_meeting(text):
    meetings = {"summit", "call", "ministerial", "trilateral_summit", "visit"}
    assert not {kind for kind, _ in kinds(text)} & meetings


@pytest.mark.parametrize(
    "text",
    [
        "President Lee Jae Myung will not travel to Nara this week as planned, his office said on "
        "Monday, because of the floods.",
        "Ethnic Koreans in Osaka welcomed on Monday the promise by President Lee Jae Myung and "
        "Prime Minister Sanae Takaichi to meet there next year.",
        "Prime Minister Sanae Takaichi's support rose four points after she met President Lee Jae "
        "Myung in Nara, NHK said on Monday.",
    ],
)
def test_what_others_say_of_leaders_and_what_they_leave_undone_is_no_meeting(text):
    assert kinds(text) == set()


def test_a_speaker_of_parliament_who_is_received_is_on_a_visit():
    text = (
        "National Assembly Speaker Woo Won-shik flew to Tokyo on Monday for four days and was "
        "received by Prime Minister Sanae Takaichi."
    )

    assert {kind for kind, _ in kinds(text)} == {"visit"}
