"""Texts that are one text, as two outlets print it."""

import pytest

from news.pipeline.agencies import agency_of
from news.pipeline.resemblance import NEARLY_ALL, is_one_text, marks, share, shingles

SENTENCES = {
    "en": [
        "President Lee Jae-myung and Prime Minister Shigeru Ishiba spoke by phone on Monday.",
        "The presidential office said that the call, their first, lasted for some 25 minutes.",
        "They agreed to keep in close contact and to meet in person at an early date.",
        "An official said the two also talked of trade, of security and of the year's anniversary.",
        "No date was named for the meeting, which could take place beside a gathering in Canada.",
    ],
    "ko": [
        "이재명 대통령과 이시바 시게루 총리가 월요일 전화로 이야기를 나눴다고 대통령실이 밝혔다.",
        "두 사람의 첫 통화는 약 25분 동안 이어졌으며 분위기는 부드러웠다고 관계자는 전했다.",
        "양측은 긴밀히 연락하고 이른 시일 안에 직접 만나자는 데 뜻을 같이한 것으로 알려졌다.",
        "통화에서는 교역과 안보, 올해 맞는 기념일에 관한 이야기도 오갔다고 관계자는 덧붙였다.",
    ],
    "ja": [
        "李在明大統領と石破茂首相は月曜日、電話で話をしたと大統領府が夕方に明らかにした。",
        "初めての電話はおよそ25分間続き、雰囲気は和やかだったと関係者が記者団に語った。",
        "双方は緊密に連絡を取り、早い時期に直接会うことで考えが同じだったということだ。",
        "電話では貿易や安全保障、今年迎える節目の年についても話が及んだと関係者は述べた。",
    ],
}
OWN = {
    "en": "In a call on Monday evening the two leaders promised each other more meetings, and an "
    "adviser told this newspaper that the first could come within weeks, perhaps abroad. It would "
    "be the first of its kind for both, who took office within a year of each other and have so "
    "far only exchanged letters, one of which was made public by the government last week.",
    "ko": "월요일 저녁 통화에서 두 정상은 더 자주 보자고 약속했다. 한 참모는 본지에 첫 만남이 "
    "몇 주 안에 해외에서 이뤄질 수도 있다고 귀띔했다. 성사된다면 두 지도자 모두에게 처음 있는 "
    "일이 되며 그동안은 편지만 주고받았다.",
    "ja": "月曜夜の電話で両首脳は、もっと頻繁に会おうと約束した。側近の一人は本紙の取材に、"
    "最初の対面は数週間以内に国外で行われるかもしれないと話した。実現すれば双方にとって初めてで、"
    "これまでは手紙のやりとりだけだった。",
}
LANGUAGES = sorted(SENTENCES)


def whole(language):
    return " ".join(SENTENCES[language])


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_printed_with_another_head_or_without_its_end_is_one_text(language):
    text = shingles(whole(language), language)
    cut = shingles(" ".join(SENTENCES[language][:-1]), language)
    credited = shingles("(Yonhap) " + whole(language).upper() + " ©", language)

    assert is_one_text(text, cut)
    assert is_one_text(text, credited)
    assert set(marks(text)) & set(marks(cut))
    assert share(cut, text) > 0.9 > share(text, cut)


@pytest.mark.parametrize("language", LANGUAGES)
def test_two_reports_of_one_event_are_two_texts(language):
    text = shingles(whole(language), language)
    own = shingles(OWN[language] + " " + SENTENCES[language][1], language)

    assert not is_one_text(text, own)
    assert share(own, text) < NEARLY_ALL - 0.2


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_short_text_is_not_told_apart(language):
    assert shingles(SENTENCES[language][0], language) == frozenset()
    assert not is_one_text(frozenset(), frozenset())


def test_marks_are_few_and_the_same_everywhere():
    assert len(marks(shingles("".join(f"{n} " for n in range(50_000)), "en"))) == 256
    assert marks(frozenset({8, 16, 5})) == [8, 16]


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("SEOUL, June 9 (Yonhap) -- The leaders spoke.", "YONHAP"),
        ("(서울=연합뉴스) 홍길동 기자 = 두 정상이 통화했다.", "YONHAP"),
        ("【ソウル聯合ニュース】両首脳が電話した。", "YONHAP"),
        ("[서울=뉴시스] 두 정상이 통화했다.", "NEWSIS"),
        ("(서울=뉴스1) 두 정상이 통화했다.", "NEWS1"),
        ("両首脳が電話で話した。(共同)", "KYODO"),
        ("【ソウル時事】両首脳が電話した。", "JIJI"),
        ("[ソウル 9日 ロイター] - 両首脳が電話した。", "REUTERS"),
        ("SEOUL (AP) — The leaders spoke.", "AP"),
        ("The leaders spoke. (AFP)", "AFP"),
        ("Kyodo News reported that the leaders spoke.", ""),
        ("연합뉴스는 두 정상이 통화했다고 보도했다.", ""),
        ("The leaders spoke.", ""),
    ],
)
def test_an_agency_is_known_by_its_credit_not_by_being_spoken_of(text, agency):
    assert agency_of(text) == agency
