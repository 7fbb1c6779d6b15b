"""How English papers tell of signings, protests, speeches, toasts and ministers without a name."""

import pytest

from tests.news.pipeline.record_knowledge import read


def kinds(published, text, title=""):
    return {(d.kind, d.starts_on.isoformat()) for d in read(text, published, "en", title).drafts}


@pytest.mark.parametrize(
    ("published", "text", "kind", "day"),
    [
        (
            "2026-11-12",
            "Seoul and Tokyo put pen to paper on Wednesday on a text that lets their coast guards "
            "share radar tracks.",
            "agreement",
            "2026-11-11",
        ),
        (
            "2026-04-03",
            "TOKYO — Lee Hyuk, Seoul's ambassador, and Foreign Minister Toshimitsu Motegi affixed "
            "their signatures on Thursday to a convention on social insurance.",
            "agreement",
            "2026-04-02",
        ),
        (
            "2026-12-10",
            "The two coast guards' rescue pact comes into operation on Monday, the Foreign "
            "Ministry in Seoul said, four months after Japan and South Korea signed it.",
            "agreement",
            "2026-12-14",
        ),
        (
            "2026-06-30",
            "From midnight tomorrow a ship in distress gets the nearer cutter. That is when the "
            "rescue agreement between South Korea and Japan takes effect.",
            "agreement",
            "2026-07-01",
        ),
        (
            "2026-05-12",
            "In a note verbale handed over on Monday, Tokyo told Seoul that it could not accept "
            "the district court's seizure of a Japanese shipbuilder's patents.",
            "dispute",
            "2026-05-11",
        ),
        (
            "2026-08-16",
            "Shinjiro Koizumi had a wreath of sakaki taken to Yasukuni on Saturday. Seoul let it "
            'be known that it was "deeply disappointed".',
            "dispute",
            "2026-08-15",
        ),
        (
            "2021-07-20",
            "SEOUL — Moon Jae-in will not travel to Tokyo for the opening of the Games, the Blue "
            "House said on Monday, citing the lack of progress in talks on a summit with "
            "Yoshihide Suga.",
            "dispute",
            "2021-07-19",
        ),
        (
            "2026-03-02",
            '"Japan is a partner with whom we walk together," President Lee Jae Myung told a '
            "crowd in Cheonan on Sunday, 107 years after the March 1 uprising.",
            "statement",
            "2026-03-01",
        ),
        (
            "2025-06-20",
            "TOKYO — Shigeru Ishiba clinked glasses with Korean diplomats at a Tokyo hotel on "
            "Thursday: sixty years have passed since the treaty between Japan and South Korea.",
            "anniversary",
            "2025-06-19",
        ),
        (
            "2025-12-19",
            "A concert in Seoul on Thursday evening rang out the sixtieth year of diplomatic "
            "relations between South Korea and Japan, with both ambassadors in the front row.",
            "anniversary",
            "2025-12-18",
        ),
    ],
)
def test_an_act_is_told_in_whatever_verb_newsrooms_like(published, text, kind, day):
    assert (kind, day) in kinds(published, text)


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        (
            "2025-11-27",
            "South Korea's vice industry minister and his Japanese homologue spent Wednesday "
            "afternoon in Fukuoka on battery standards, both ministries said.",
            "2025-11-26",
        ),
        (
            "2025-11-27",
            "On Monday South Korea's vice justice minister left for Tokyo. Two days later he and "
            "his Japanese host compared rules on extradition.",
            "2025-11-26",
        ),
        (
            "2025-09-09",
            "No Japanese defense minister had been in Seoul for a decade until Gen Nakatani was "
            "received with an honor guard at Yongsan on Monday. South Korea's Ahn Gyu-back had "
            "waited for him.",
            "2025-09-08",
        ),
        (
            "2026-05-16",
            "Foreign Minister Cho Hyun leaves for Tokyo next Thursday to go over the summit's "
            "leftovers with Toshimitsu Motegi, the ministry said.",
            "2026-05-21",
        ),
        (
            "2024-12-20",
            "Vice Foreign Minister Kim Hong-kyun is to brief Masataka Okano on the upheaval at "
            "home in Tokyo on Dec. 26.",
            "2024-12-26",
        ),
        (
            "2026-03-20",
            "ULSAN, March 19 — Japan's minister for the economy toured the harbor today with her "
            "South Korean counterpart.",
            "2026-03-19",
        ),
    ],
)
def test_ministers_meet_also_where_one_is_only_the_other_s_colleague(published, text, day):
    assert kinds(published, text) == {("ministerial", day)}


@pytest.mark.parametrize(
    ("published", "text", "day"),
    [
        (
            "2026-02-18",
            "The defense ministers' meeting, originally set for Thursday, has been moved to Feb. "
            "26 at the request of Shinjiro Koizumi; Ahn Gyu-back agreed.",
            "2026-02-26",
        ),
        (
            "2026-06-10",
            "The working-level consultations on visas between Seoul and Tokyo have been put back "
            "a week, to June 24, the Foreign Ministry said on Wednesday.",
            "2026-06-24",
        ),
    ],
)
def test_what_is_moved_has_its_new_day(published, text, day):
    assert kinds(published, text) == {("ministerial", day)}


def test_a_speech_that_answers_a_shrine_offering_is_news_too():
    text = (
        "Prime Minister Shigeru Ishiba sent a ritual fee to Yasukuni on Friday. In Seoul President "
        "Lee Jae Myung, addressing the Liberation Day ceremony, called on Japan to face the past."
    )
    assert kinds("2025-08-16", text) == {("dispute", "2025-08-15"), ("statement", "2025-08-15")}


def test_what_ministries_sign_ahead_of_the_talks_is_signed():
    text = (
        "Prime Minister Fumio Kishida was received by President Yoon Suk Yeol in Seoul on Friday. "
        "On the same day, ahead of the talks, the foreign ministries of the two countries put "
        "their signatures to a memorandum on helping each other's citizens."
    )
    assert ("agreement", "2024-09-06") in kinds("2024-09-07", text)


@pytest.mark.parametrize(
    "text",
    [
        "A quarrel that froze military exchanges between South Korea and Japan for four years is "
        "the subject of a book that came out on Wednesday.",
        "Ahn Gyu-back spoke at ten on Wednesday, Shinjiro Koizumi at eleven and the Pentagon's man "
        "at noon at the Shangri-La Dialogue.",
        "Should Seoul and Tokyo ever sign a pact on sharing munitions, it would take years to "
        "ratify, a panel heard on Wednesday.",
        "South Korea and Japan ought to sign a defense pact, a retired general wrote on Wednesday.",
        "A year ago on Wednesday, South Korea and Japan signed a memorandum on tourism.",
        "North Korea's foreign minister condemned Japan and South Korea in a statement on "
        "Wednesday for their joint drill with the United States.",
        "The women's teams of South Korea and Japan drew in Busan on Wednesday; both coaches "
        "protested against the referee's decision.",
        "A court in Seoul ruled on Wednesday that a Japanese broadcaster need not pay damages to a "
        "K-pop agency.",
        "Sanae Takaichi did not send anything to Yasukuni on Wednesday. Seoul took note.",
        "Samsung and Sony struck a deal on image sensors on Wednesday, people in Seoul and Tokyo "
        "familiar with the matter said.",
        "South Korean striker Oh Hyeon-gyu signed for Japan's Urawa Reds on Wednesday.",
        "Exporters in Busan said on Wednesday that they hoped Seoul and Tokyo would double the "
        "swap line.",
        "Foreign Minister Cho Hyun is to brief lawmakers on Thursday on his talks with Toshimitsu "
        "Motegi last week.",
        "A man who had flown a drone over the Japanese embassy in Seoul was summoned by police on "
        "Wednesday.",
        "The Bank of Japan governor raised a glass with Korean bankers on Wednesday night at a "
        "private club in Ginza.",
        "Asked on Wednesday whether Japan would protest, Foreign Minister Motegi said he had no "
        "comment on South Korea's drill near the islets.",
    ],
)
def test_wishes_memories_firms_and_private_people_are_no_events(text):
    assert kinds("2026-04-09", text) == set()


TO_COME = (
    "Foreign Ministers Cho Hyun and Takeshi Iwaya will meet in Tokyo on Friday, Seoul's foreign "
    "ministry said on Wednesday. They are to discuss supply chains. "
)
PROTEST = (
    "South Korea lodged a protest with Japan on Tuesday over its defence white paper. The foreign "
    "ministry summoned a Japanese envoy that day and told him to withdraw the claim to Dokdo. "
)


def test_a_protest_of_the_day_before_is_news_beside_talks_to_come():
    more = "President Lee Jae Myung and Prime Minister Shigeru Ishiba met in June, aides recalled."
    drafts = {d.kind: d for d in read(TO_COME + PROTEST + more, "2025-07-16", "en").drafts}

    assert drafts.keys() == {"ministerial", "dispute"}
    assert drafts["dispute"].starts_on.isoformat() == "2025-07-15"


def test_a_protest_that_one_sentence_recalls_beside_talks_to_come_is_none():
    more = PROTEST.split(".")[0] + ". Officials said that the two matters would be kept apart."

    assert kinds("2025-07-16", TO_COME + more) == {("ministerial", "2025-07-18")}


@pytest.mark.parametrize(
    "more",
    [
        "Chief Cabinet Secretary Yoshimasa Hayashi would not comment.",
        "Foreign Minister Takeshi Iwaya met Marco Rubio in Kuala Lumpur last week.",
    ],
)
def test_who_is_silent_or_meets_others_takes_no_part_in_a_quarrel(more):
    (draft,) = read(PROTEST + more, "2025-07-16", "en").drafts

    assert draft.participants == ()


@pytest.mark.parametrize(
    "text",
    [
        "TOKYO — Japan's tighter controls on exports of three materials to South Korea came into "
        "force on Thursday.",
        "TOKYO — Japan's stricter export rules for South Korea entered into force on Thursday.",
    ],
)
def test_curbs_are_a_quarrel_by_what_they_are_put_on(text):
    assert kinds("2019-07-05", text) == {("dispute", "2019-07-04")}


@pytest.mark.parametrize("curbs", ["stricter export rules for", "export curbs against"])
def test_curbs_that_officials_hold_talks_on_are_no_quarrel_of_that_day(curbs):
    text = (
        "Senior trade officials of Japan and South Korea held talks in Tokyo on Monday on "
        f"Japan's {curbs} South Korea."
    )

    assert kinds("2019-12-17", text) == {("ministerial", "2019-12-16")}
