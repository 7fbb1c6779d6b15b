"""One article, one address, however it is spelled; two articles, two."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.canonical import address_key, canonical


@pytest.mark.parametrize(
    ("spelled", "plain"),
    [
        ("HTTP://Example.ORG", "https://example.org/"),
        ("https://example.org.:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "https://example.org/a"),
        ("http://example.org:8080/a", "https://example.org:8080/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/../a/..", "https://example.org/"),
        ("https://example.org/%7euser/%e6%97%a5", "https://example.org/~user/%E6%97%A5"),
        ("https://example.org/日", "https://example.org/%E6%97%A5"),
        ("https://日本.jp/a", "https://xn--wgv71a.jp/a"),
        ("https://[2001:DB8::1]/a", "https://[2001:db8::1]/a"),
        ("https://example.org/a;jsessionid=0F?b=1", "https://example.org/a?b=1"),
        ("https://example.org/?b=2&a=1", "https://example.org/?b=2&a=1"),
        ("https://example.org/?a=1&utm_source=x&UTM_Medium=y", "https://example.org/?a=1"),
        ("https://example.org/?fbclid=1&gclid=2&yclid=3&mc_cid=4&igshid=5", "https://example.org/"),
        ("https://example.org/?NaPm=ct%3D1&n_media=1&n_query=x&id=7", "https://example.org/?id=7"),
        ("https://example.org/?kakao_from=talk&idx=7", "https://example.org/?idx=7"),
        ("https://example.org/?openExternalBrowser=1&no=7", "https://example.org/?no=7"),
        ("https://example.org/a?ref=rss&from=smartnews&source=LINE", "https://example.org/a"),
        ("https://www.yna.co.kr/view/AKR1?section=politics/all", "https://www.yna.co.kr/view/AKR1"),
        ("https://m.yna.co.kr/amp/view/AKR1?input=1195m", "https://www.yna.co.kr/view/AKR1"),
        (
            "https://www.asahi.com/amp/articles/A.html?iref=x",
            "https://www.asahi.com/articles/A.html",
        ),
        ("https://www.nikkei.com/article/D/?n_cid=SNSTW001", "https://www.nikkei.com/article/D/"),
        (
            "https://n.news.naver.com/mnews/article/001/01?sid=100&rc=N",
            "https://n.news.naver.com/article/001/01",
        ),
        ("https://news.yahoo.co.jp/articles/ab?source=rss", "https://news.yahoo.co.jp/articles/ab"),
    ],
)
def test_spellings_of_one_address_are_one(spelled, plain):
    assert canonical(spelled) == plain
    assert canonical(plain) == plain
    assert address_key(spelled) == address_key(plain)


@pytest.mark.parametrize(
    "name",
    [
        "idx",
        "aid",
        "oid",
        "no",
        "id",
        "seq",
        "articleid",
        "article_id",
        "arcid",
        "ud",
        "newsid",
        "page",
        "p",
        "cid",
        "sid",
    ],
)
def test_what_names_an_article_is_kept(name):
    assert address_key(f"https://example.org/view?{name}=1") != address_key(
        f"https://example.org/view?{name}=2"
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/a", "https://example.org/a/"),
        ("https://example.org/a?b=1&c=2", "https://example.org/a?c=2&b=1"),
        ("https://example.org/a?b=%26", "https://example.org/a?b=&"),
        ("https://example.org/a%2Fb", "https://example.org/a/b"),
        ("https://example.org/a?ref=20250610001", "https://example.org/a?ref=20250610002"),
        ("https://example.org/a?section=1", "https://example.org/a?section=2"),
        ("https://m.example.org/a", "https://www.example.org/a"),
    ],
)
def test_what_may_be_two_articles_stays_two(one, other):
    assert address_key(one) != address_key(other)


def test_an_address_of_any_length_has_a_key_and_none_has_none():
    assert len(address_key("https://example.org/" + "가" * 10_000)) == 64
    assert address_key("") == ""
    assert canonical("https://[broken/a") == "https://[broken/a"


@given(st.text(max_size=60))
def test_doing_it_again_changes_nothing(tail):
    once = canonical(f"https://example.org/{tail}")

    assert canonical(once) == once
