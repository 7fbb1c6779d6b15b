"""What English stories tell beside talks: what had been before, what is agreed, who else met."""

import pytest

from news.pipeline.tellers import is_of_what_was_told
from tests.news.pipeline.record_knowledge import read


def events(published, text, title=""):
    reading = read(text, published, "en", title)
    return {
        (d.kind, d.starts_on.isoformat())
        for d in reading.drafts
        if d.status in ("happened", "scheduled")
    }


def tables(published, text, title=""):
    reading = read(text, published, "en", title)
    return {(d.kind, d.starts_on.isoformat(), len(d.countries)) for d in reading.drafts}


@pytest.mark.parametrize(
    "before",
    [
        "Earlier this month the two had talked by telephone.",
        "This month they had already spoken over the phone.",
        "Earlier in the week the two had conferred by video link.",
        "In the same month they had spoken twice by telephone.",
    ],
)
def test_what_they_had_done_that_month_is_looked_back_on(before):
    text = (
        "President Yoon Suk Yeol and Prime Minister Fumio Kishida agreed on Sunday to visit each "
        f"other more often.\n\nThe two sat down for half an hour in Seoul. {before}"
    )
    assert events("2023-05-08", text) == {("summit", "2023-05-07")}


@pytest.mark.parametrize("verb", ["was meeting", "was hosting", "was receiving", "was also seeing"])
def test_who_was_meeting_whom_has_met_him(verb):
    text = (
        "TOKYO - Trade officials had a quiet day. On Sunday Prime Minister Fumio Kishida "
        f"{verb} President Yoon Suk Yeol in Tokyo."
    )
    assert events("2023-05-08", text) == {("summit", "2023-05-07")}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The leaders told their officials on ", " to speed up the talks on fisheries."),
        ("The premier told his trade minister late on ", " night not to let the matter rest."),
        ("They told the two ministers on ", " to find a way out."),
    ],
)
def test_an_order_given_on_a_day_is_no_report_of_that_day(before, after):
    assert is_of_what_was_told(before, after, "en")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The premier told reporters on ", " that he would go to Seoul."),
        ("Officials told the press on ", ", and nobody asked."),
    ],
)
def test_what_is_told_to_reporters_on_a_day_is_a_report(before, after):
    assert not is_of_what_was_told(before, after, "en")


@pytest.mark.parametrize(
    "lead",
    [
        "tighten rules on the sale to South Korea of lenses and lasers",
        "toughen the conditions for shipments of lasers to South Korea",
        "stiffen its export procedures for supplies of lenses to South Korea",
        "tighten checks on deliveries of lasers to South Korean firms",
    ],
)
def test_stricter_rules_for_what_is_sold_are_a_quarrel_on_the_day_they_are_told(lead):
    text = f"Japan said on Tuesday that it would {lead}.\n\nFrom Friday makers will need a permit."
    assert events("2022-02-08", text) == {("dispute", "2022-02-08")}


@pytest.mark.parametrize(
    "matter",
    [
        "speak with one voice on North Korea and China",
        "stand up together against Russia and China",
        "compare notes about Taiwan and China",
    ],
)
def test_a_country_that_is_talked_about_sits_at_no_table(matter):
    text = (
        "The foreign ministers of Japan, South Korea and the United States gathered in Honolulu "
        f"on Tuesday to {matter}."
    )
    assert tables("2023-02-15", text) == {("ministerial", "2023-02-14", 3)}


@pytest.mark.parametrize(
    "kept_off",
    [
        "a code that saves their pilots from a radar lock-on",
        "ways to prevent any further radar lock-on",
        "rules that guard against a radar lock-on",
        "a code to avoid a repeat of the radar lock-on",
    ],
)
def test_what_is_to_happen_no_more_is_no_quarrel(kept_off):
    text = (
        f"The defense ministers of South Korea and Japan agreed on Monday on {kept_off}.\n\n"
        "Gen Nakatani and Ahn Gyu-back talked over lunch in Seoul."
    )
    assert events("2025-09-09", text) == {("ministerial", "2025-09-08")}


@pytest.mark.parametrize(
    "one_by_one", ["one after the other", "one after another", "separately", "in turn"]
)
def test_who_is_met_one_after_the_other_sits_at_no_table_of_three(one_by_one):
    text = (
        "Prime Minister Shinzo Abe, Premier Li Keqiang and President Moon Jae-in are to hold a "
        "trilateral summit in Tokyo on Wednesday.\n\nOn Tuesday evening Abe will meet Li and Moon "
        f"{one_by_one}."
    )
    assert ("summit", "2018-05-08", 2) in tables("2018-05-06", text)


@pytest.mark.parametrize(
    "after",
    [
        "after meeting for an hour in New York",
        "after conferring for an hour on the margins of a forum",
        "upon meeting in New York",
    ],
)
@pytest.mark.parametrize(
    "followed",
    [
        "The talks followed Wednesday's session between the South Korean and Japanese ministers.",
        "The talks built on Wednesday's talks of the Japanese and South Korean ministers.",
    ],
)
def test_talks_that_followed_others_have_not_their_day(after, followed):
    text = (
        "Three countries will watch the sea lanes together, the foreign ministers of Japan, South "
        "Korea and the United States said on Thursday.\n\nAntony Blinken, Yoshimasa Hayashi and "
        f"Park Jin announced a plan {after}. {followed}"
    )
    assert ("ministerial", "2022-09-22", 3) in tables("2022-09-22", text)


@pytest.mark.parametrize(
    "statement",
    [
        "the joint statement adopted by Tokyo, Seoul and Washington was no empty paper",
        "a joint statement issued by South Korea, the United States and Japan speaks for itself",
    ],
)
def test_the_statement_of_three_who_met_is_of_their_talks(statement):
    text = (
        f"Japan's foreign ministry said on Saturday that {statement}.\n\nForeign Minister "
        "Yoshimasa Hayashi met Secretary of State Antony Blinken and South Korea's Park Jin on "
        "Sept. 22 in New York."
    )
    assert events("2022-09-24", text) == {("ministerial", "2022-09-22")}


@pytest.mark.parametrize(
    "separate",
    [
        "A separate meeting between Choi and Ota was held the same day.",
        "Separate talks of Choi and Ota took place the same day in a hotel.",
        "Bilateral talks between Choi and Ota followed the same day.",
    ],
)
def test_a_separate_meeting_of_two_is_told_whether_we_know_both_or_not(separate):
    text = (
        "The vice foreign ministers of Japan, the United States and South Korea met in Tokyo on "
        "Wednesday.\n\nFirst Vice Foreign Minister Choi Jong-kun and his colleagues spoke all "
        "morning. They went through a long list.\n\nThe host told the press of a frank hour."
        " Nobody else spoke. The flags were rolled up at five. The guests had dinner in town. It "
        f"rained.\n\n{separate}"
    )
    assert tables("2021-07-22", text) == {
        ("ministerial", "2021-07-21", 3),
        ("ministerial", "2021-07-21", 2),
    }


@pytest.mark.parametrize(
    "failed",
    [
        "failed on Sunday to narrow a gap of many years",
        "failed once more on Sunday to agree on a date",
        "were unable to settle their row over fish on Sunday",
    ],
)
def test_ministers_who_fail_to_agree_have_met(failed):
    text = (
        f"The foreign ministers of South Korea and Japan {failed}.\n\nPark Jin and Yoko Kamikawa "
        "looked tired in the corridor."
    )
    assert events("2023-11-27", text) == {("ministerial", "2023-11-26")}


def test_who_rules_out_payment_hands_down_no_ruling():
    text = (
        "Japan on Monday ruled out direct payment by Nippon Steel to former workers from Korea. "
        "The labor row with Seoul goes on."
    )
    assert events("2023-01-31", text) == set()


@pytest.mark.parametrize(
    "deal",
    [
        "announced in Tokyo that Seoul would pay 4 billion won into a fund for the workers",
        "declared before the press that South Korea would put money into a foundation for them",
        "made known that the South Korean government would provide 4 billion won for the victims",
    ],
)
def test_what_ministers_settle_on_a_day_is_news_beside_the_call_of_leaders(deal):
    text = (
        "President Yoon Suk Yeol thanked Prime Minister Fumio Kishida over the telephone on "
        "Monday.\n\nThey talked for twenty minutes.\n\nEarlier in the day, Foreign Minister Park "
        f"Jin and his Japanese counterpart, Yoshimasa Hayashi, {deal}."
    )
    found = events("2023-03-06", text)
    assert found == {("call", "2023-03-06"), ("agreement", "2023-03-06")}


@pytest.mark.parametrize(
    "event",
    [
        "at a function of the Japanese Embassy in Seoul on Monday",
        "at an evening hosted by the Japanese embassy in Seoul on Monday",
        "at a gathering that the Japanese Embassy had organized in Seoul on Monday",
    ],
)
def test_a_function_of_an_embassy_for_years_of_ties_is_a_ceremony(event):
    text = (
        "Half a century after the treaty that gave them ties, South Korea and Japan celebrated.\n\n"
        f"President Park Geun-hye spoke of reconciliation {event}."
    )
    assert ("anniversary", "2015-06-22") in events("2015-06-22", text, "Fifty years of ties")


@pytest.mark.parametrize(
    "opening",
    [
        "called the matter of the comfort women settled, the deal has few friends",
        "came to an agreement on the comfort women, the press asked for its text",
    ],
)
def test_an_accord_is_on_what_the_opening_says(opening):
    text = (
        f"The day after South Korea and Japan {opening}.\n\nIt was announced on Monday as an "
        "accord by the foreign ministers, Yun Byung-se and Fumio Kishida."
    )
    drafts = read(text, "2015-12-29", "en", "").drafts
    assert [(d.kind, "comfort_women" in d.topics) for d in drafts] == [("agreement", True)]
