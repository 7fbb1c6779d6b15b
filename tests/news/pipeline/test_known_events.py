"""What an article retells is read with the record in hand, and never against the article."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from news.pipeline import KnownEvent, read_article, read_batch
from tests.news.pipeline.record_knowledge import article, record_knowledge

CALL = KnownEvent(
    slug="2007-09-28-roh-fukuda-call",
    kind="call",
    setting="bilateral",
    channel="phone",
    status="held",
    starts_on=date(2007, 9, 28),
    ends_on=date(2007, 9, 28),
    precision="day",
    acting=("JP", "KR"),
    countries=("JP", "KR"),
    people=("fukuda-yasuo", "roh-moo-hyun"),
    cities=(),
    topics=("north_korea",),
    titles=(
        ("en", "Roh–Fukuda call"),
        ("ko", "노무현-후쿠다 통화"),
        ("ja", "福田・盧武鉉電話会談"),
    ),
)
ORDINANCE = replace(
    CALL,
    slug="2005-03-16-shimane-ordinance",
    kind="dispute",
    setting="unilateral",
    channel="",
    starts_on=date(2005, 3, 16),
    ends_on=date(2005, 3, 16),
    acting=("JP",),
    people=(),
    cities=("Matsue",),
    topics=("territory",),
    titles=(
        ("en", "Shimane assembly passes the Takeshima Day ordinance"),
        ("ko", "시마네현 의회 '다케시마의 날' 조례 제정"),
        ("ja", "島根県議会が「竹島の日」条例を可決"),
    ),
)
THREE = replace(
    CALL,
    slug="2008-12-13-three",
    kind="trilateral_summit",
    setting="trilateral",
    channel="in_person",
    starts_on=date(2008, 12, 13),
    ends_on=date(2008, 12, 13),
    acting=("CN", "JP", "KR"),
    countries=("CN", "JP", "KR"),
    people=("aso-taro", "lee-myung-bak", "wen-jiabao"),
    cities=("Dazaifu",),
    topics=("trilateral_china", "finance"),
    titles=(("en", "First stand-alone three-way summit in Dazaifu"),),
)
TWO = replace(
    THREE,
    slug="2008-12-13-two",
    kind="summit",
    setting="margins",
    acting=("JP", "KR"),
    countries=("JP", "KR"),
    people=("aso-taro", "lee-myung-bak"),
    cities=("Fukuoka",),
    topics=("finance",),
    titles=(("en", "Lee–Aso summit in Fukuoka"),),
)

RETOLD = (
    "Prime Minister Yasuo Fukuda has heard from his neighbor for the first time. It was on Friday"
    " evening that President Roh Moo-hyun had him on the receiver for ten minutes, aides in Tokyo"
    " and Seoul say, and wished him well in his new office."
)
PASSED = (
    "South Korea had watched the small assembly for weeks. In Matsue, the capital of Shimane"
    " Prefecture, the members made Feb. 22 a Takeshima Day on Wednesday, by an ordinance that got"
    " through with hardly a dissenting hand. Japan's government says that the islets are its own."
)


def known(*events):
    return replace(record_knowledge(), events=events)


def drafts(text, published, *events, lang="", title=""):
    reading = read_article(article(text, published, lang, title), known(*events))
    return [(d.kind, d.starts_on.isoformat(), d.known_as) for d in reading.drafts]


def moved(event, days):
    gap = timedelta(days=days)
    return replace(event, starts_on=event.starts_on + gap, ends_on=event.ends_on + gap)


def test_what_the_record_knows_is_read_in_words_that_tell_no_kind_by_themselves():
    assert drafts(PASSED, "2005-03-18") == []
    assert drafts(PASSED, "2005-03-18", ORDINANCE) == [("dispute", "2005-03-16", ORDINANCE.slug)]


@pytest.mark.parametrize(
    "length", ["itself was short", "took a quarter of an hour", "ran on until midnight"]
)
def test_the_meeting_goes_on_about_the_three_told_of_before(length):
    text = (
        "President Lee Myung-bak, Chinese Premier Wen Jiabao and Prime Minister Taro Aso adopted "
        f"a statement at a summit in Fukuoka on Saturday. The meeting {length}."
    )
    told = [slug for _kind, _day, slug in drafts(text, "2008-12-14", THREE, TWO)]
    assert told == [THREE.slug]


def test_who_is_to_meet_on_friday_has_not_met_last_friday():
    text = (
        "Prime Minister Yasuo Fukuda and President Roh Moo-hyun are to talk by telephone on"
        " Friday, their offices in Tokyo and Seoul said on Tuesday."
    )

    assert [slug for _, _, slug in drafts(text, "2007-10-02", CALL)] == [""]


def test_who_has_protested_did_so_at_nothing_that_is_still_to_come():
    text = (
        "A day after South Korea lodged a protest over Takeshima with Japan, members in Shimane"
        " Prefecture sent pamphlets on the islets to schools. It meets in Matsue on Wednesday."
    )

    assert ORDINANCE.slug not in [slug for _, _, slug in drafts(text, "2005-03-15", ORDINANCE)]


SWAP = replace(
    CALL,
    slug="2011-10-19-swap",
    kind="agreement",
    channel="",
    starts_on=date(2011, 10, 19),
    ends_on=date(2011, 10, 19),
    people=(),
    cities=("Seoul",),
    topics=("finance",),
    titles=(("en", "Currency swap enlarged"), ("ko", "통화스와프 확대")),
)


def test_talks_to_come_are_not_yet_what_they_may_agree():
    text = (
        "한국과 일본의 재무장관이 오는 19일 서울에서 회의를 하고 통화스와프를 늘리는 협정을"
        " 맺는 방안을 논의한다고 정부 관계자가 17일 밝혔다."
    )

    found = drafts(text, "2011-10-17", SWAP)

    assert [(kind, day) for kind, day, _slug in found] == [("ministerial", "2011-10-19")]


def test_what_somebody_looks_back_on_days_later_is_no_news():
    text = (
        "韓国と日本の若者が集う催しが3日、都内で開かれました。福田総理大臣は挨拶で、"
        "9月28日に行われた盧武鉉大統領との電話会談を振り返りました。"
    )

    assert CALL.slug not in [slug for *_told, slug in drafts(text, "2007-10-03", CALL)]


def test_a_kind_read_wrongly_is_put_right():
    ((kind, day, slug),) = drafts(RETOLD, "2007-09-29", CALL)

    assert (kind, day, slug) == ("call", "2007-09-28", CALL.slug)


def test_every_field_of_what_is_retold_has_its_words_in_the_article():
    text = article(RETOLD, "2007-09-29")

    (draft,) = read_article(text, known(CALL)).drafts

    rows = {row.field: row for row in draft.evidence}
    assert {"kind", "start", "participants", "countries"} <= set(rows)
    assert rows["start"].quote.startswith("Friday")
    assert {r.value for r in draft.evidence if r.field == "participants"} == set(draft.participants)
    assert all(text.text[row.start : row.end] == row.quote for row in draft.evidence)


def test_without_the_event_the_reading_of_the_rules_stands():
    far = moved(CALL, 400)

    assert drafts(RETOLD, "2007-09-29", far) == drafts(RETOLD, "2007-09-29")


@pytest.mark.parametrize("days", [-1, 1])
def test_a_clear_day_of_the_text_wins_over_the_record(days):
    text = (
        "President Lee Myung-bak met Prime Minister Taro Aso in Fukuoka on Dec. 13 and agreed with"
        " him on loans. Officials of South Korea and Japan spoke of a warm hour."
    )
    other = moved(TWO, days)

    assert [day for _kind, day, _slug in drafts(text, "2008-12-14", other)] == ["2008-12-13"]
    assert drafts(text, "2008-12-14", TWO) == [("summit", "2008-12-13", TWO.slug)]


def test_a_weekday_read_as_the_next_one_is_the_last_one_if_the_record_has_it_done():
    text = (
        "小泉純一郎首相が月曜日に靖国神社を参拝したことに、韓国政府は深い憂慮と遺憾の意を表した。"
    )
    shrine = replace(
        ORDINANCE,
        slug="2001-08-13-koizumi-yasukuni",
        starts_on=date(2001, 8, 13),
        ends_on=date(2001, 8, 13),
        people=("koizumi-junichiro",),
        cities=("Tokyo",),
        topics=("history",),
        titles=(("ja", "小泉首相の靖国神社参拝"),),
    )

    assert ("dispute", "2001-08-13", shrine.slug) in drafts(text, "2001-08-14", shrine)


def test_talks_of_two_on_the_day_of_talks_of_three_need_words_of_their_own():
    three = (
        "Leaders of Japan, China and South Korea gathered in Dazaifu on Saturday. Prime Minister"
        " Taro Aso, Premier Wen Jiabao and President Lee Myung-bak held a summit of the three and"
        " put out a statement on the crisis."
    )
    both = (
        f"{three} Before that Lee and Aso sat down alone in Fukuoka for half an hour on Saturday."
    )

    assert {slug for _k, _d, slug in drafts(three, "2008-12-14", THREE, TWO)} == {THREE.slug}
    assert {slug for _k, _d, slug in drafts(both, "2008-12-14", THREE, TWO)} == {
        THREE.slug,
        TWO.slug,
    }


@pytest.mark.parametrize(
    "text",
    [
        # with somebody else, on the very day
        "Chinese President Hu Jintao received Prime Minister Yasuo Fukuda on Friday for talks on"
        " gas. China and Japan agreed to meet again. South Korea was not mentioned.",
        # denied
        "No call between Prime Minister Yasuo Fukuda and President Roh Moo-hyun took place on"
        " Friday, the presidential office in Seoul said; Japan had not asked for one.",
        # only wanted
        "Prime Minister Yasuo Fukuda should telephone President Roh Moo-hyun before the week is"
        " out, the opposition in Japan said on Friday. Would South Korea answer?",
        # of another time
        "On Aug. 15 President Roh Moo-hyun spoke in Seoul. Japan's Yasuo Fukuda held no post.",
    ],
)
def test_what_only_looks_alike_is_not_drafted(text):
    assert drafts(text, "2007-09-29", CALL) == drafts(text, "2007-09-29")


def test_what_is_older_than_the_news_is_background():
    text = (
        "South Korea's economy grew. Japan's did not. Much was said of it in both capitals. Banks"
        " were calm. Roh Moo-hyun had Yasuo Fukuda on the telephone on Sept. 28, as is well known."
    )

    assert drafts(text, "2007-10-07", CALL) == []


def test_articles_of_a_known_event_have_its_name_as_their_key_in_every_language():
    korean = "노무현 대통령은 28일 저녁 후쿠다 야스오 일본 총리와 10분간 전화로 이야기를 나눴다."
    batch = [article(RETOLD, "2007-09-29"), article(korean, "2007-09-29")]

    alone = [read_article(each, known(CALL)).cluster_key for each in batch]
    together = [reading.cluster_key for reading in read_batch(batch, known(CALL))]

    assert alone == together == [CALL.slug, CALL.slug]


def test_two_events_that_the_record_tells_apart_do_not_share_a_key():
    text = (
        "Leaders of Japan, China and South Korea gathered in Dazaifu on Saturday. Prime Minister"
        " Taro Aso, Premier Wen Jiabao and President Lee Myung-bak held a summit of the three."
        " Before that Lee and Aso sat down alone in Fukuoka for half an hour on Saturday."
    )

    (reading,) = read_batch([article(text, "2008-12-14")], known(THREE, TWO))

    assert len({draft.cluster_key for draft in reading.drafts}) == len(reading.drafts) == 2


def test_the_leave_of_a_cabinet_is_no_event_beside_the_signing_on_record_of_the_next_day():
    signed = replace(
        CALL,
        slug="2016-11-23-gsomia-signed",
        kind="agreement",
        channel="in_person",
        starts_on=date(2016, 11, 23),
        ends_on=date(2016, 11, 23),
        people=("han-min-koo", "nagamine-yasumasa"),
        cities=("Seoul",),
        topics=("security",),
        titles=(
            ("en", "GSOMIA signed in Seoul"),
            ("ko", "한일 군사정보보호협정(GSOMIA) 서명"),
            ("ja", "日韓秘密軍事情報保護協定（GSOMIA）署名"),
        ),
    )
    text = (
        "韓国政府は22日の閣議で、日本と軍事上の機密をやりとりするための「軍事情報包括保護協定」、"
        "いわゆるGSOMIAの締結を決め、朴槿恵大統領が裁可しました。署名は23日にソウルの国防省で行われ、"
        "韓民求国防相と長嶺安政駐韓大使がそれぞれの政府を代表します。"
    )

    assert drafts(text, "2016-11-22", signed) == [("agreement", "2016-11-23", signed.slug)]


def test_a_meeting_of_leaders_that_the_record_lacks_is_no_event_beside_one_it_holds():
    text = (
        "President Lee Myung-bak, Prime Minister Taro Aso and Chinese Premier Wen Jiabao met in "
        "Dazaifu on Saturday for the first three-way summit of its own. Lee and Aso held a summit "
        "in Fukuoka on the same day."
    )
    told = [kind for kind, *_ in drafts(text, "2008-12-14", THREE)]

    assert told == ["trilateral_summit"]
    assert "summit" in [kind for kind, *_ in drafts(text, "2008-12-14", THREE, TWO)]
    assert "summit" in [kind for kind, *_ in drafts(text, "2008-12-14")]


def test_the_day_of_departure_makes_no_second_summit_beside_the_one_on_record():
    text = (
        "President Lee Myung-bak set off for Dazaifu on Thursday, where he will hold a three-way "
        "summit with the leaders of Japan and China.\n\n"
        "Lee is to meet Prime Minister Taro Aso and Chinese Premier Wen Jiabao together on "
        "Saturday, his office said."
    )

    assert drafts(text, "2008-12-11", THREE) == [
        ("trilateral_summit", "2008-12-13", THREE.slug),
    ]


def test_a_stay_on_record_begins_on_its_first_day_where_the_article_names_that_too():
    stay = replace(
        CALL,
        slug="2022-09-27-funeral",
        kind="visit",
        setting="margins",
        channel="in_person",
        starts_on=date(2022, 9, 27),
        ends_on=date(2022, 9, 28),
        people=("han-duck-soo", "kishida-fumio"),
        cities=("Tokyo",),
        topics=("protocol",),
        titles=(("ko", "한덕수 총리, 아베 국장 참석"),),
    )
    text = (
        "한덕수 국무총리는 27일과 28일 이틀 동안 도쿄에 머문다. 국무총리실은 한 총리가 위로를 전할 "
        "것이라고 설명했다. 28일 오전에는 기시다 후미오 총리를 예방하는 일정도 잡혀 있다."
    )
    calls = "한덕수 국무총리는 28일 오전 도쿄에서 기시다 후미오 총리를 예방한다."

    whole, half = (
        read_article(article(said, "2022-09-26", "ko", ""), known(stay)).drafts[0]
        for said in (text, calls)
    )

    assert (whole.starts_on, whole.ends_on) == (date(2022, 9, 27), date(2022, 9, 28))
    assert [row.quote for row in whole.evidence if row.field == "start"] == ["27일"]
    assert half.starts_on == date(2022, 9, 28)


def test_days_of_a_gathering_are_no_word_for_a_reception_that_fell_on_one_of_them():
    reception = replace(
        CALL,
        slug="2025-06-16-reception",
        kind="anniversary",
        channel="in_person",
        starts_on=date(2025, 6, 16),
        ends_on=date(2025, 6, 16),
        people=("lee-jae-myung",),
        cities=("Seoul",),
        topics=("normalization",),
        titles=(("ko", "주한일본대사관 국교정상화 60주년 기념 리셉션"),),
    )
    text = (
        "이재명 대통령이 9일 이시바 시게루 총리와 통화했다. 두 정상은 국교정상화 60주년을 맞은 "
        "올해 교류를 늘리기로 했다. 이 대통령은 오는 15∼17일 캐나다에서 열리는 G7 정상회의에 "
        "참석할 예정이다."
    )
    told = "주한 일본대사관은 16일 서울에서 한일 국교정상화 60주년 기념 리셉션을 연다."

    assert reception.slug not in [d[2] for d in drafts(text, "2025-06-09", reception)]
    assert reception.slug in [d[2] for d in drafts(told, "2025-06-09", reception)]


def test_what_the_record_holds_is_no_news_where_something_is_built_on_it():
    plan = replace(
        ORDINANCE,
        slug="2023-03-06-plan",
        kind="agreement",
        starts_on=date(2023, 3, 6),
        ends_on=date(2023, 3, 6),
        acting=("KR",),
        cities=(),
        topics=("forced_labor",),
        titles=(("ko", "정부, 강제징용 제3자 변제 해법 발표"),),
    )
    built = (
        "외교부는 13일 피해자 지원재단 이사회를 열었다. 지난 6일 발표한 강제징용 해법에 따른 "
        "것이다. 한일 양국은 협의를 이어간다."
    )
    told = "정부가 6일 강제징용 제3자 변제 해법을 발표했다. 한일 양국은 협의를 이어간다."

    assert drafts(built, "2023-03-13", plan) == []
    assert [d[2] for d in drafts(told, "2023-03-07", plan)] == [plan.slug]


def test_the_country_of_whoever_sat_at_a_table_on_record_takes_part():
    three = replace(
        THREE,
        kind="ministerial",
        starts_on=date(2023, 11, 26),
        ends_on=date(2023, 11, 26),
        people=("kamikawa-yoko", "park-jin", "wang-yi"),
        cities=("Busan",),
        titles=(("ko", "부산 한일중 외교장관회의"),),
    )
    text = (
        "가미카와 요코 일본 외무상과 왕이 중국 외교부장이 25일 부산에 도착했다.\n"
        "3국 외교장관회의는 26일 오후 박진 외교부 장관 주재로 열린다."
    )
    title = "한중일 외교수장 부산 집결"

    (draft,) = read_article(article(text, "2023-11-25", "ko", title), known(three)).drafts

    assert set(draft.participants) == set(three.people)
    assert draft.countries == ("KR", "JP", "CN")
    assert draft.topics == ("trilateral_china",)
    quotes = {row.value: row.quote for row in draft.evidence}
    assert quotes["CN"] == quotes["trilateral_china"] == quotes["wang-yi"] == "왕이"


def test_a_quarrel_on_record_of_the_day_before_is_not_that_over_another_matter():
    ruling = replace(
        ORDINANCE,
        slug="2024-02-20-deposit",
        starts_on=date(2024, 2, 20),
        ends_on=date(2024, 2, 21),
        topics=("forced_labor", "legal"),
        titles=(("ja", "日立造船の供託金、徴用工訴訟の原告に"),),
    )
    text = (
        "韓国外務省は22日、「竹島の日」の式典に抗議し、日本公使を呼んで撤回を求めた。\n"
        "上川陽子外相と韓国の趙兌烈外相は21日、リオデジャネイロで会談した。上川氏は徴用工の裁判で"
        "日立造船の供託金が原告に渡ったことに遺憾を伝えた。"
    )

    told = [day for kind, day, _ in drafts(text, "2024-02-23", ruling, lang="ja")]

    assert "2024-02-22" in told


LONDON = replace(
    CALL,
    slug="2021-05-05-three",
    kind="ministerial",
    setting="trilateral",
    channel="in_person",
    starts_on=date(2021, 5, 5),
    ends_on=date(2021, 5, 5),
    acting=("JP", "KR", "US"),
    countries=("JP", "KR", "US"),
    people=("blinken-antony", "chung-eui-yong", "motegi-toshimitsu"),
    cities=("London",),
    titles=(("ko", "런던 한미일 외교장관회의"),),
)
LONDON_TWO = replace(
    LONDON,
    slug="2021-05-05-two",
    setting="margins",
    acting=("JP", "KR"),
    countries=("JP", "KR"),
    people=("chung-eui-yong", "motegi-toshimitsu"),
    titles=(("ko", "런던 한일 외교장관회담"),),
)
OF_THREE = (
    "한국과 미국, 일본의 외교장관이 5일 런던에서 만나 북한의 비핵화를 위해 협력하기로 했다. "
    "토니 블링컨 국무장관은 대북정책을 정의용 외교부 장관과 모테기 도시미쓰 외무상에게 설명했다. "
    "회의는 주요 7개국 외교장관회의를 계기로 50분간 진행됐다."
)


def test_the_meeting_is_that_of_the_three_ministers_where_nothing_is_told_of_two():
    told = drafts(OF_THREE, "2021-05-06", LONDON, LONDON_TWO)

    assert [slug for *_, slug in told] == [LONDON.slug]


def test_ministers_of_two_of_the_three_are_told_of_where_words_say_so():
    more = " 두 장관은 이날 따로 양자 회담도 했다."
    told = drafts(OF_THREE + more, "2021-05-06", LONDON, LONDON_TWO)

    assert {slug for *_, slug in told} == {LONDON.slug, LONDON_TWO.slug}
