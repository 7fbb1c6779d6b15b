"""What English newspapers do with words, each rule in a few sentences of our own."""

import pytest

from tests.news.pipeline.record_knowledge import only, read, reasons, told

# A Thursday; Ishiba and Lee lead.
TODAY = "2025-08-28"
TALKS = "President Lee Jae Myung and Prime Minister Shigeru Ishiba held talks in Seoul on Wednesday"


def kinds(text: str, published: str = TODAY, title: str = "") -> list[str]:
    return [kind for kind, *_ in told(read(text, published, "en", title))]


@pytest.mark.parametrize(
    "tail",
    [
        " and agreed to meet again soon.",
        ", looking forward to meeting in person at an early date.",
        ", vowing to work for the early hosting of a trilateral summit with China.",
        " and discussed the resumption of foreign ministers' talks.",
        ". Lee proposed that the next meeting take place in Nara.",
    ],
)
def test_what_was_only_agreed_to_is_no_second_event(tail):
    assert kinds(TALKS + tail.removesuffix(".") + ".") == ["summit"]


@pytest.mark.parametrize(
    "text",
    [
        "The two agreed to hold a summit in Busan on Sept. 30.",
        "They decided that Ishiba will visit Busan on Sept. 30 for a summit.",
    ],
)
def test_what_was_agreed_to_with_a_day_is_an_event(text):
    told_of = told(read(f"{TALKS}. {text}", TODAY, "en"))

    assert ("summit", "2025-09-30", "2025-09-30", "scheduled") in told_of


@pytest.mark.parametrize(
    "text",
    [
        "The presidential office on Tuesday dismissed as groundless a Japanese report that Lee Jae "
        "Myung would meet Prime Minister Shigeru Ishiba in Seoul this week.",
        "Seoul denied reports that Lee Jae Myung spoke by phone with Shigeru Ishiba on Monday.",
        "Will President Lee Jae Myung meet Prime Minister Shigeru Ishiba in Tokyo on Friday?",
    ],
)
def test_denied_reports_and_questions_are_no_news(text):
    assert told(read(text, TODAY, "en")) == []


def test_the_verb_that_comes_first_says_whether_it_has_been():
    text = f"{TALKS} ahead of a meeting of foreign ministers that is expected to be held next week."

    assert only(read(text, TODAY, "en")).status == "happened"


@pytest.mark.parametrize(
    "text",
    [
        "Ishiba travels to Seoul on Saturday for talks with President Lee Jae Myung.",
        "Premier Shigeru Ishiba arrives in Seoul on Saturday to meet President Lee Jae Myung.",
    ],
)
def test_the_present_of_timetables_is_the_future(text):
    draft = only(read(text, TODAY, "en"))

    assert (draft.starts_on.isoformat(), draft.status) == ("2025-08-30", "scheduled")


def test_who_decided_at_the_end_of_a_sentence_says_when():
    text = (
        "Japan and South Korea will have their defense ministers visit each other once a year, the "
        "two ministers decided at a meeting in Yokosuka on Wednesday. Minister Gen Nakatani "
        "and his South Korean counterpart Ahn Gyu-back met for an hour."
    )

    draft = only(read(text, TODAY, "en"))

    assert (draft.starts_on.isoformat(), draft.status) == ("2025-08-27", "happened")


def test_the_day_behind_a_noun_is_its_day():
    text = (
        "Yoon Suk Yeol will hold talks with Premier Fumio Kishida on Sunday, followed by the "
        "three-way summit with Chinese Premier Li Qiang on Monday."
    )

    assert sorted(told(read(text, "2024-05-24", "en"))) == [
        ("summit", "2024-05-26", "2024-05-26", "scheduled"),
        ("trilateral_summit", "2024-05-27", "2024-05-27", "scheduled"),
    ]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("He leaves Seoul for Tokyo on Saturday, Aug. 30, to meet Shigeru Ishiba.", TODAY),
        ("Lee Jae Myung will visit Japan on Saturday, 30 August, to meet Shigeru Ishiba.", TODAY),
    ],
)
def test_a_weekday_beside_its_date_counts_once(text, published):
    reading = read(f"President Lee Jae Myung goes abroad. {text}", published, "en")

    assert {d.starts_on.isoformat() for d in reading.drafts} == {"2025-08-30"}


@pytest.mark.parametrize(
    "text",
    [
        "A poll on the March 16 summit between Yoon Suk Yeol and Fumio Kishida showed on Friday "
        "that most people expect little of it.",
        "Yoon Suk Yeol spoke at home on Friday, two weeks after his summit with Fumio Kishida.",
        "Under Japan's 1910-45 colonial rule many Koreans went to Japan, a survey found on Friday.",
    ],
)
def test_days_and_eras_that_only_name_something_date_nothing(text):
    assert told(read(text, "2023-04-02", "en")) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("South Korea said Wednesday it will suspend the termination of a pact with Japan.",
         "agreement"),
        ("Japan began discharging treated radioactive water from the Fukushima plant on Wednesday, "
         "angering fishermen in South Korea.", "dispute"),
        ("Japan's Cabinet on Wednesday approved removing South Korea from a list of countries with "
         "preferential trade status.", "dispute"),
        ("South Korea's science ministry expressed regret on Wednesday over Japan's pressure on a "
         "Korean firm.", "dispute"),
        ("Japan held a memorial ceremony at the Sado mines on Wednesday without South Korean "
         "officials.", "dispute"),
        ("South Korea on Wednesday held its own memorial on Japan's Sado Island for Koreans forced "
         "to work there.", "anniversary"),
        ("Prime Minister Shigeru Ishiba offered an apology to South Korea for colonial rule on "
         "Wednesday.", "statement"),
        ("In a speech marking the 80th anniversary of liberation on Wednesday, President Lee Jae "
         "Myung called on Japan to face its colonial rule.", "statement"),
        ("South Korea on Wednesday put Japan back on its list of trusted trade partners.",
         "agreement"),
    ],
)  # fmt: skip
def test_deeds_have_many_words(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "U.S. President Donald Trump left South Korea for Japan on Wednesday after a visit in "
        "which he met Lee Jae Myung.",
        "A film festival in Busan honored a Japanese director on Wednesday. At a reception he met "
        "Korean filmmakers of the two countries.",
        "South Korea's parliament voted on Wednesday. Japanese Foreign Minister Takeshi Iwaya said "
        "Japan watched with grave concern.",
    ],
)
def test_journeys_and_gatherings_of_others_are_no_events(text):
    assert told(read(text, TODAY, "en")) == []


def test_a_dateline_abroad_does_not_hide_who_is_named():
    text = (
        "NAGOYA, Japan -- Japanese Foreign Minister Toshimitsu Motegi and his South Korean "
        "counterpart Kang Kyung-wha met on Saturday."
    )

    assert set(only(read(text, "2019-11-24", "en")).participants) == {
        "motegi-toshimitsu",
        "kang-kyung-wha",
    }


def test_ministries_put_family_names_in_capitals():
    text = (
        "On August 27, Prime Minister ISHIBA Shigeru held a Japan-ROK Summit Meeting with H.E. Mr. "
        "LEE Jae Myung, President of the Republic of Korea."
    )

    rows = [r for r in only(read(text, TODAY, "en")).evidence if r.field == "participants"]

    assert {(r.quote, r.value) for r in rows} == {
        ("ISHIBA Shigeru", "ishiba-shigeru"),
        ("LEE Jae Myung", "lee-jae-myung"),
    }


def test_whom_somebody_succeeds_takes_no_part():
    text = (
        "President Yoon Suk Yeol spoke by phone with Shigeru Ishiba on Wednesday. The brief call "
        "came a day after Ishiba was elected to succeed Fumio Kishida."
    )

    assert "kishida-fumio" not in only(read(text, "2024-10-02", "en")).participants


def test_a_surname_goes_back_to_the_full_name():
    text = (
        "South Korea's ambassador Lee Hyuk attended a memorial at the Sado mines in Japan on "
        "Wednesday. Lee said that Koreans were forced to work there."
    )

    assert "lee-jae-myung" not in only(read(text, TODAY, "en")).participants


def test_three_sit_down_where_two_are_joined_by_a_third():
    text = (
        "Defense Minister Shin Won-sik met his Japanese counterpart, Minoru Kihara, in Singapore "
        "on Saturday. Shin and Kihara are to sit down with U.S. Defense Secretary Lloyd Austin "
        "on Sunday."
    )

    assert [(d.starts_on.day, len(d.countries)) for d in read(text, "2024-06-01", "en").drafts] == [
        (1, 2),
        (2, 3),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Joe Biden hosted the leaders of Japan and South Korea at Camp David on Friday.",
        "Prime Minister Fumio Kishida and President Yoon Suk Yeol are both abroad. They sat down "
        "with U.S. President Joe Biden on Friday.",
    ],
)
def test_a_third_at_the_table_makes_three(text):
    draft = only(read(text, "2023-08-19", "en"))

    assert (draft.kind, draft.countries) == ("trilateral_summit", ("KR", "JP", "US"))


def test_a_minister_who_calls_on_a_leader_holds_no_summit():
    text = (
        "South Korean Foreign Minister Park Jin arrived in Tokyo on Monday for talks with his "
        "counterpart Yoshimasa Hayashi and will call on Prime Minister Fumio Kishida on Tuesday."
    )

    assert kinds(text, "2022-07-18") == ["ministerial"]


@pytest.mark.parametrize(
    "text",
    [
        "North Korea on Tuesday denounced a statement by the leaders of South Korea and Japan.",
        "Prices rose in Seoul on Tuesday. Japan and South Korea are at odds over a planned Dokdo "
        "drill.",
    ],
)
def test_what_others_say_and_mere_reasons_are_no_quarrel(text):
    assert told(read(text, TODAY, "en")) == []


def test_the_agency_in_a_dateline_reports_nothing():
    text = (
        "SEOUL (Kyodo) -- South Korea said Friday it will suspend its visa waivers for Japanese. "
        "Foreign Minister Kang Kyung-wha called in Japanese Ambassador Koji Tomita to protest."
    )

    draft = only(read(text, "2020-03-06", "en"))

    assert (draft.kind, draft.starts_on.isoformat()) == ("dispute", "2020-03-06")


def test_the_day_of_a_ceremony_is_no_day_of_talks():
    text = (
        "Prime Minister Lee Nak-yon and Premier Shinzo Abe met on Thursday. Lee, in Tokyo for the "
        "enthronement ceremony on Tuesday, handed Abe a letter during the 21-minute talks."
    )

    assert {d.starts_on.isoformat() for d in read(text, "2019-10-25", "en").drafts} == {
        "2019-10-24"
    }


def test_what_two_agreed_that_they_would_do_is_no_tense_of_the_talks():
    text = (
        "In talks on Sunday with his Japanese counterpart, Minoru Kihara, Defense Minister Shin "
        "Won-sik agreed that the two ministries would hold talks every year."
    )

    draft = only(read(text, "2024-07-30", "en"))

    assert (draft.starts_on.isoformat(), draft.status) == ("2024-07-28", "happened")


@pytest.mark.parametrize(
    "text",
    [
        "A memorial for those who worked at the Sado mines in Japan was held on Wednesday in the "
        "absence of South Korea.",
        'Japan\'s Shimane Prefecture held a "Takeshima Day" ceremony on Wednesday for islets that '
        "South Korea calls Dokdo.",
        "Japan said on Wednesday it was recalling its ambassador to South Korea over a statue.",
    ],
)
def test_quarrels_in_other_words(text):
    assert kinds(text) == ["dispute"]


@pytest.mark.parametrize(
    "text",
    [
        "Activists protested in front of the Japanese Embassy in Seoul on Wednesday against South "
        "Korea's deal with Japan.",
        "Kim was packing on a Friday evening in Seoul. She remembers the boycott of 2019, when "
        "shoppers threw out Japanese beer.",
        "Acting President Han Duck-soo may run, Seoul aides said. Han speaks on Friday. Finance "
        "Minister Choi Sang-mok is back from tariff talks in Washington, as are Japan's officials.",
    ],
)
def test_crowds_memories_and_days_at_home_are_no_events(text):
    assert told(read(text, TODAY, "en")) == []


def test_a_speech_at_a_ceremony_is_a_statement():
    text = (
        "President Lee Jae Myung said Sunday that South Korea and Japan should face history. He "
        "was speaking at a ceremony marking the anniversary of the March 1 Independence Movement."
    )

    assert kinds(text, "2026-03-02") == ["statement"]


def test_talk_of_a_quarrel_is_no_quarrel():
    text = (
        "President Roh Moo-hyun told Prime Minister Junichiro Koizumi on Monday that his visits to "
        "the Yasukuni Shrine hurt Koreans. They then had dinner at the Blue House."
    )

    assert kinds(text, "2005-06-20") == ["summit"]


APPENDED = (
    "\n\nTakaichi and Lee pledge stable ties at first summit in Gyeongju\n"
    "Prime Minister Sanae Takaichi and President Lee Jae Myung pledged on Thursday to keep ties "
    "stable at their first summit in Gyeongju."
)


def test_another_article_below_has_its_own_headline_and_opening():
    story = (
        "The won fell on Wednesday. Traders in Seoul looked at Japan. They sold more on Thursday."
    )

    reading = read(story + APPENDED, "2025-11-01", "en")

    assert told(reading) == []
    assert reasons(reading) == {"other_article"}


def test_a_pointer_between_paragraphs_hides_no_paragraph():
    text = (
        f"{TALKS}.\n\nREAD MORE: Lee and Ishiba drink whisky after dinner in Tokyo\n\n"
        "Foreign Minister Cho Hyun met his counterpart Takeshi Iwaya on Tuesday."
    )

    assert sorted(kinds(text)) == ["ministerial", "summit"]


def test_what_was_agreed_in_a_call_is_a_topic_of_the_call():
    text = (
        "President Lee Jae Myung spoke by phone with Premier Shigeru Ishiba on Wednesday. The "
        "leaders agreed to keep up trilateral cooperation with the United States. They will meet "
        "at a summit in Busan on Sept. 30."
    )

    call, _ = read(text, TODAY, "en").drafts

    assert call.topics == ("trilateral_us",)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("agreed to revive a currency swap", "trade"),
        ("discussed North Korea's release of Japanese abductees", "north_korea"),
        ("agreed to add direct flights", "people_exchange"),
        ("talked about the cenotaph for Korean victims of the atomic bomb", "history"),
        ("discussed the return of royal books", "culture"),
        ("agreed to prepare together for natural disasters", "energy_environment"),
    ],
)
def test_topics_have_many_words(text, topic):
    assert topic in only(read(f"{TALKS}. The two leaders {text}.", TODAY, "en")).topics


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Shigeru Ishiba got on the line to President Lee Jae Myung on Monday evening.", "call"),
        ("Prime Minister Ishiba had Lee Jae Myung on the line for half an hour Monday.", "call"),
        ("Foreign Minister Cho Hyun rang Takeshi Iwaya on Monday.", "call"),
        ("Cho Hyun and Takeshi Iwaya conferred by video on Monday.", "call"),
        ("Lee Jae Myung and Shigeru Ishiba took their seats opposite each other Monday.", "summit"),
        ("President Lee Jae Myung hosted his guest Shigeru Ishiba in Seoul on Monday.", "summit"),
        ("Lee Jae Myung will host Shigeru Ishiba in Busan on Friday.", "summit"),
        ("Shigeru Ishiba will be the guest of Lee Jae Myung on Friday.", "summit"),
        ("Cho Hyun went over the agenda with Takeshi Iwaya on Monday.", "ministerial"),
        ("Foreign Minister Cho Hyun boards a flight to Tokyo on Friday.", "visit"),
        ("South Korea and Japan exchanged ratifications of a tax treaty on Monday.", "agreement"),
        ("Seoul had the Japanese ambassador come in on Monday over the shrine.", "dispute"),
        (
            "Shigeru Ishiba spoke of remorse in his address at the war-end ceremony on Aug. 15, to "
            "which South Korea had listened closely.",
            "statement",
        ),
        ("Japan said on Wednesday it would bar exports of chip gas to South Korea.", "dispute"),
        ("Lee Jae Myung dialed Prime Minister Shigeru Ishiba late Tuesday, aides said.", "call"),
        ("Cho Hyun put in a call to Takeshi Iwaya on Wednesday.", "call"),
        ("South Korea took Japan to the WTO on Monday over the export curbs.", "dispute"),
    ],
)
def test_plain_words_for_the_same_deeds(text, kind):
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Shigeru Ishiba telephoned the coach of the Japanese team that beat South Korea Monday.",
        "It was not a summit of Lee Jae Myung and Shigeru Ishiba on Monday, aides said.",
        "Lee Jae Myung and Shigeru Ishiba are in Rome on Friday, where they may be seated side by "
        "side at dinner.",
        "The American president landed in Tokyo from Seoul, where he met Lee Jae Myung on Tuesday.",
        "The leaders of the United States, Japan and India conferred in Seoul on Monday.",
        "Lee Jae Myung told Shigeru Ishiba's envoy that he means to convene a summit in Seoul.",
    ],
)
def test_plain_words_that_tell_no_event(text):
    assert kinds(text) == []


def test_who_stays_overnight_came_by_day():
    read_in = "Ishiba lands in Busan on Friday and stays overnight. He and President Lee Jae "
    [draft] = read(read_in + "Myung are to hold talks the same day.", TODAY, "en").drafts
    assert draft.starts_on.isoformat() == "2025-08-29", draft


def test_the_day_of_what_is_to_come_dates_nothing_done():
    text = (
        "Shigeru Ishiba attends Thursday's reception at the South Korean embassy for 60 years of "
        "ties. Takeshi Iwaya and Cho Hyun dined after two hours of talks."
    )
    assert ("ministerial", TODAY) not in [(k, day) for k, day, *_ in told(read(text, TODAY, "en"))]


def test_what_lasts_since_a_day_is_not_of_that_day():
    text = (
        "South Korean and Japanese officials met on Wednesday. Cho Hyun and Takeshi Iwaya met in "
        "a hall through which guests have passed since Tuesday."
    )
    days = {day for _, day, *_ in told(read(text, TODAY, "en"))}
    assert days == {"2025-08-27"}


def test_hours_after_a_ceremony_are_of_its_day():
    text = "Lee Jae Myung will receive Shigeru Ishiba in Seoul hours after the ceremony on Friday."
    assert [day for _, day, *_ in told(read(text, TODAY, "en"))] == ["2025-08-29"]


def test_a_nation_before_a_verb_is_no_nation_of_whom_it_governs():
    text = "South Korean Foreign Minister Cho Hyun rang Takeshi Iwaya on Wednesday."
    [draft] = read(text, TODAY, "en").drafts
    assert set(draft.participants) == {"cho-hyun", "iwaya-takeshi"}
