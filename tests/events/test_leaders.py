"""The list of people and the page of one."""

import re
from datetime import date

import pytest

from events.publication import withdraw
from tests.events.build import make_citation, make_event, make_office, make_person, make_term

pytestmark = pytest.mark.django_db


def read(client, address):
    response = client.get(address)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_people_stand_by_country_in_the_published_order_the_latest_term_first(client):
    for slug, country, year in (
        ("early-japanese", "JP", 2001),
        ("late-japanese", "JP", 2021),
        ("korean", "KR", 1998),
    ):
        make_term(make_person(slug, country), starts_on=date(year, 1, 1), ends_on=date(year, 9, 1))
    make_event(people=[make_person("guest", "JP")])
    make_person("never-seen", "JP")
    page = read(client, "/en/leaders/")
    listed = re.findall(r'<li><a href="/en/leaders/([-\w]+)/"', page)
    assert listed == ["korean", "late-japanese", "early-japanese", "guest"]


def test_a_leader_has_names_in_three_scripts_and_terms_with_their_sources(client):
    person = make_person(
        "lee-jae-myung", name_en="Lee Jae-myung", name_ko="이재명", name_ja="李在明"
    )
    office = make_office(name_en="President of the Republic of Korea")
    term = make_term(person, office=office, starts_on=date(2025, 6, 4), party_en="Democratic Party")
    make_citation(term=term, url="https://example.org/term")
    page = read(client, "/en/leaders/lee-jae-myung/")
    assert '<span lang="ko">이재명</span><span lang="ja">李在明</span>' in page
    assert "President of the Republic of Korea" in page
    assert '<time datetime="2025-06-04">4 June 2025</time>' in page
    assert "no end recorded" in page
    assert "Democratic Party" in page
    assert 'href="https://example.org/term" rel="noopener noreferrer"' in page


def test_a_term_without_a_source_says_so(client):
    make_term(make_person("sato-eisaku", "JP"))
    assert "No source recorded." in read(client, "/en/leaders/sato-eisaku/")


def test_counterparts_are_counted_over_visible_events(client, editor, now):
    lee, ishiba = make_person("lee-jae-myung", "KR"), make_person("ishiba-shigeru", "JP")
    iwaya, cho = make_person("iwaya-takeshi", "JP"), make_person("cho-hyun", "KR")
    make_event(people=[lee, ishiba], starts_on=date(2025, 6, 9), slug="call")
    make_event(people=[lee, ishiba, iwaya, cho], starts_on=date(2026, 1, 9), slug="talks")
    make_event(people=[lee, iwaya], published=False)
    withdraw(make_event(people=[lee, iwaya]), reason="A mistake", by=editor, at=now)
    page = read(client, "/en/leaders/lee-jae-myung/")
    numbers = re.findall(r'/en/leaders/([-\w]+)/".*?with=\1">.*?</span>(\d+)</a></td>', page)
    assert numbers == [("ishiba-shigeru", "2"), ("iwaya-takeshi", "1")]
    assert "All 2 events on the timeline" in page
    timeline = read(client, "/en/timeline/?leader=lee-jae-myung&with=ishiba-shigeru")
    assert "<b>2</b> events match" in timeline


def dates_with(page, slug):
    """Address and date of the first and of the latest event with a counterpart, if they are two."""
    row = re.search(rf'<tr><th scope="row"><a href="/en/leaders/{slug}/".*?</tr>', page)[0]
    return re.findall(r'<a href="/en/events/([-\w]+)/">(?:<time[^>]*>)?([^<]+)<', row)


def test_the_first_and_the_latest_event_with_a_counterpart_have_their_dates(client, editor, now):
    lee, ishiba = make_person("lee-jae-myung", "KR"), make_person("ishiba-shigeru", "JP")
    iwaya = make_person("iwaya-takeshi", "JP")
    make_event(people=[lee, ishiba], slug="call", starts_on=date(2025, 6, 9))
    make_event(people=[lee, ishiba, iwaya], slug="talks", starts_on=date(2025, 8, 23))
    make_event(people=[lee, ishiba], slug="later", starts_on=date(2026, 1, 1), precision="MONTH")
    hidden = make_event(people=[lee, ishiba], starts_on=date(2026, 5, 1))
    withdraw(hidden, reason="A mistake", by=editor, at=now)

    page = read(client, "/en/leaders/lee-jae-myung/")

    assert dates_with(page, "ishiba-shigeru") == [("call", "9 Jun 2025"), ("later", "January 2026")]
    assert dates_with(page, "iwaya-takeshi") == [("talks", "23 Aug 2025")]


def test_a_month_comes_after_the_days_that_it_contains(client):
    lee, ishiba = make_person("lee-jae-myung", "KR"), make_person("ishiba-shigeru", "JP")
    make_event(people=[lee, ishiba], slug="june", starts_on=date(2025, 6, 1), precision="MONTH")
    make_event(people=[lee, ishiba], slug="call", starts_on=date(2025, 6, 9))

    page = read(client, "/en/leaders/lee-jae-myung/")

    assert [slug for slug, _day in dates_with(page, "ishiba-shigeru")] == ["call", "june"]


def test_the_number_beside_a_name_counts_visible_events(client, editor, now):
    make_event(people=["lee-jae-myung"])
    make_event(people=["lee-jae-myung"], published=False)
    withdraw(make_event(people=["lee-jae-myung"]), reason="A mistake", by=editor, at=now)
    make_event(people=["only-in-a-draft"], published=False)
    page = read(client, "/en/leaders/")
    assert "1 event<" in page
    assert "only-in-a-draft" not in page


@pytest.mark.parametrize("number", [1, 12])
def test_pages_of_people_cost_the_same_for_few_and_many(client, django_assert_num_queries, number):
    person = make_person("lee-jae-myung")
    for n in range(number):
        other = make_person(f"other-{n}", "JP")
        make_event(people=[person, other], topics=["security"], places=[("Seoul", "KR")])
        office = make_office(f"office-{n}", "JP")
        make_term(other, office=office)
        term = make_term(person, office=make_office(f"office-{n}"))
        make_citation(term=term)
    with django_assert_num_queries(2):  # people; terms with their offices
        client.get("/en/leaders/")
    # Person; terms and their sources (2); total; counterparts (3); events with their cards.
    # The chart's contacts, reach, terms and drawings are four more.
    with django_assert_num_queries(12):
        client.get("/en/leaders/lee-jae-myung/")


def test_an_unknown_person_is_not_found(client):
    assert client.get("/en/leaders/nobody/").status_code == 404
