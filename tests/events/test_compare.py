"""Compare: two governments after as many days in office, their lines, topics and messages."""

import csv
import json
import re
from datetime import UTC, date, datetime
from html import unescape
from io import StringIO

import pytest
from django.conf import settings
from django.core.cache import cache
from django.http import QueryDict

from events import tasks
from events.charts import engine
from events.comparing import compare, course_of, timeline_of
from events.contacts import Contact, contacts_of_leaders
from events.filters import TimelineFilter
from events.governments import Side, choices_of
from events.incumbents import terms_of_heads
from events.models import Drawing, Event, Term
from events.pairs import Head
from tests.events.build import make_event, make_office, make_person, make_term

JUNE = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
ADDRESS = "/en/compare/"
LEE_ISHIBA, LEE_TAKAICHI = "lee-jae-myung~ishiba-shigeru", "lee-jae-myung~takaichi-sanae"
BAD = [
    ("nobody", "“nobody” is not known here and was left out."),
    ("~", "is not known here"),
    ("a~b~c", "“a~b~c” is not known here"),
    ("x" * 5000, "is not known here"),
    ("lee-jae-myung~", "is not known here"),
    ("%00~%ff", "is not known here"),
    ("a-minister", "A Minister was never president of Korea or prime minister of Japan"),
    ("lee-jae-myung~a-minister", "A Minister was never president"),
    ("lee-jae-myung~yoon-suk-yeol", "A pair is one president of Korea and one prime minister"),
    ("lee-jae-myung~lee-jae-myung", "A pair is one president of Korea and one prime minister"),
    (
        "yoon-suk-yeol~takaichi-sanae",
        "Yoon Suk Yeol and Takaichi Sanae never held office at one time",
    ),
    ("ikeda-hayato", "Ikeda Hayato: this was before 1965, where the record begins."),
]


@pytest.fixture(autouse=True)
def june(time_machine):
    cache.clear()
    time_machine.move_to(JUNE, tick=False)


@pytest.fixture
def people(db):
    """Yoon, Lee; Ishiba, Takaichi; Ikeda, who left before 1965; a minister of neither office."""
    president, minister = make_office("president", "KR"), make_office("prime_minister", "JP")
    yoon, lee = make_person("yoon-suk-yeol"), make_person("lee-jae-myung")
    ikeda, ishiba, takaichi = (
        make_person(slug, "JP") for slug in ("ikeda-hayato", "ishiba-shigeru", "takaichi-sanae")
    )
    make_person("a-minister")
    for person, office, starts_on, ends_on in (
        (yoon, president, date(2022, 5, 10), date(2025, 4, 4)),
        (lee, president, date(2025, 6, 4), None),
        (ikeda, minister, date(1960, 7, 19), date(1964, 11, 9)),
        (ishiba, minister, date(2024, 10, 1), date(2025, 10, 21)),
        (takaichi, minister, date(2025, 10, 21), None),
    ):
        make_term(person, office=office, starts_on=starts_on, ends_on=ends_on)
    return {"yoon": yoon, "lee": lee, "ishiba": ishiba, "takaichi": takaichi}


@pytest.fixture
def contacts(people):
    """Three of Lee and Ishiba, two of Lee and Takaichi, one of Yoon and Ishiba, and the reach."""
    lee, ishiba, takaichi = people["lee"], people["ishiba"], people["takaichi"]
    security, trade = ["security"], ["trade", "security"]
    make_event(people=[people["yoon"], ishiba], starts_on=date(2024, 10, 2))
    make_event(people=[lee, ishiba], starts_on=date(2025, 6, 9), topics=trade, slug="first-call")
    make_event(kind="SUMMIT", people=[lee, ishiba], starts_on=date(2025, 6, 17), topics=security)
    make_event(people=[lee, ishiba], starts_on=date(2025, 10, 21))
    make_event(people=[lee, takaichi], starts_on=date(2025, 10, 30), topics=trade)
    make_event(people=[lee, takaichi], starts_on=date(2026, 5, 19))
    make_event(kind="STATEMENT", starts_on=date(2026, 5, 20))
    return people


def read(client, query="", language="en"):
    response = client.get(f"/{language}/compare/{query}")
    assert response.status_code == 200
    return response.text


def words(page):
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).replace(" :", ":")


def headline(page):
    return re.search(r'<h2 id="chart-[^"]+">(.*?)</h2>', page)[1]


def field_errors(page):
    return {
        name: words(told).strip()
        for name, told in re.findall(r'id="errors-([ab])"[^>]*>(.*?)</div>', page)
    }


def rows_of_topics(page):
    table = page[page.index('class="data shares"') :]
    return {
        words(row[0]).strip(): [words(cell).strip() for cell in row[1:]]
        for row in (
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", one)
            for one in re.findall(r"<tbody>(.*?)</tbody>", table)[0].split("</tr>")[:-1]
        )
    }


def side(begins=date(2000, 1, 1), ends=None, *, pair=True, name="one", more=()):
    spans = ((begins, ends), *more)
    leader = Head(name, name.title(), spans)
    return Side(leader, Head("two", "Two", spans) if pair else None, spans)


def contact(day, precision="DAY"):
    return Contact("slug", "Title", "CALL", "PHONE", precision, day, None, day, False)


def course(days, *, begins=date(2000, 1, 1), reaches=date(2001, 1, 1), **kwargs):
    held = [contact(day) for day in days]
    return course_of(side(begins, **kwargs), held, reaches=reaches)


def test_days_end_with_the_last_day_reached_or_before_the_day_of_the_successor():
    open_ended = course([], reaches=date(2000, 1, 10))
    ended = course([], ends=date(2000, 1, 10))
    not_begun = course([], begins=date(2001, 1, 2))

    assert (open_ended.days, ended.days, not_begun.days) == (10, 9, 0)
    assert open_ended.exposure == (
        "10 days in office together, from 1 January 2000 to 10 January 2000, the day the record "
        "reaches"
    )
    assert ended.exposure == "9 days in office together, from 1 January 2000 to 10 January 2000"
    assert not_begun.exposure == "0 days in office together"


def test_two_terms_are_added_and_the_days_between_are_left_out():
    later = (date(2000, 3, 1), date(2000, 3, 11))
    days = [date(2000, 1, 1), date(2000, 1, 6), date(2000, 3, 3)]
    both = course(days, ends=date(2000, 1, 6), pair=False, more=(later,))

    assert both.days == 15
    assert [step.day for step in both.steps] == [0, 5, 7]
    assert both.exposure == (
        "15 days in office: 5 days from 1 January 2000 to 6 January 2000 and "
        "10 days from 1 March 2000 to 11 March 2000"
    )


def test_a_contact_that_the_record_does_not_reach_does_not_count():
    assert course([date(2000, 1, 9)], reaches=date(2000, 1, 8)).total == 0


def test_the_headline_compares_after_as_many_days():
    short = course([date(2000, 1, 2), date(2000, 1, 11)], ends=date(2000, 1, 11))
    longer = course([date(2000, 1, 11), date(2000, 1, 12)], name="other")

    assert compare([short, longer]) == (
        "After 10 days in office together, the record holds 2 contacts of One – Two and 1 of "
        "Other – Two"
    )
    assert compare([longer, short]).endswith("1 contact of Other – Two and 2 of One – Two")


def test_a_pair_and_a_leader_are_not_said_to_be_together():
    said = compare([course([]), course([], pair=False, name="alone")])

    assert said.startswith("After 367 days in office, the record holds 0 contacts of One – Two")


def test_without_a_second_side_the_headline_compares_nothing():
    one = course([date(2000, 1, 2)], ends=date(2000, 1, 3))

    assert compare([one]) == ("One – Two: the record holds 1 contact in 2 days in office together")


def test_the_two_latest_pairs_are_compared_where_none_is_named(client, contacts):
    page = read(client)

    assert headline(page) == (
        "After 139 days in office together, the record holds 3 contacts of Lee Jae Myung – "
        "Ishiba Shigeru and 1 of Lee Jae Myung – Takaichi Sanae"
    )
    assert re.findall(r'<option value="([^"]+)" selected', page) == [LEE_ISHIBA, LEE_TAKAICHI]
    said = words(page)
    assert "139 days in office together, from 4 June 2025 to 21 October 2025. 3 contacts." in said
    assert "to 20 May 2026, the day the record reaches. 2 contacts." in said
    assert "noindex" not in page
    assert read(client, "?a=&b=").count("selected") == 2


def test_a_government_has_its_contacts_with_every_counterpart(client, contacts):
    page = read(client, "?a=lee-jae-myung&b=ishiba-shigeru")

    assert headline(page) == (
        "After 351 days in office, the record holds 5 contacts of Lee Jae Myung and 3 of "
        "Ishiba Shigeru"
    )
    assert "noindex" in page


def test_a_predecessor_in_the_room_adds_nothing_to_a_government(client, contacts):
    make_event(
        people=[contacts["lee"], contacts["takaichi"], contacts["ishiba"]],
        starts_on=date(2026, 1, 13),
    )

    assert "3 contacts in 385 days in office" not in headline(read(client, "?a=ishiba-shigeru"))
    assert "holds 4 contacts in 385 days" in headline(read(client, "?a=ishiba-shigeru"))


def test_a_pair_is_understood_in_either_order(client, contacts):
    turned = "ishiba-shigeru~lee-jae-myung"

    page = read(client, f"?a={turned}&b={LEE_TAKAICHI}")

    assert headline(page) == headline(read(client))
    assert field_errors(page) == {"a": "", "b": ""}


@pytest.mark.parametrize(("value", "message"), BAD)
def test_a_bad_value_is_told_beside_its_list_and_left_out(client, contacts, value, message):
    page = read(client, f"?a={value}&b={LEE_TAKAICHI}")

    assert message in field_errors(page)["a"]
    assert field_errors(page)["b"] == ""
    assert "<title>Error: Compare" in page
    assert page.count('aria-invalid="true"') == 1
    assert 'href="#side-a"' in page
    assert headline(page) == (
        "Lee Jae Myung – Takaichi Sanae: the record holds 2 contacts in 212 days in office together"
    )


def test_the_same_side_twice_is_told_beside_the_second(client, contacts):
    page = read(client, f"?a={LEE_ISHIBA}&b=ishiba-shigeru~lee-jae-myung")

    assert field_errors(page) == {
        "a": "",
        "b": "This is the same as the first, and was left out.",
    }
    assert headline(page).startswith("Lee Jae Myung – Ishiba Shigeru: the record holds 3")


def test_two_bad_values_leave_the_form_and_their_messages(client, contacts):
    page = read(client, "?a=nobody&a=nobody-else&b=~&b=~~")

    assert "Nothing to compare yet" in page
    assert "nobody-else" in field_errors(page)["a"]
    assert "“~~”" in field_errors(page)["b"]


def test_an_empty_record_has_a_page(client, db):
    assert "Nothing to compare yet" in read(client)


def test_the_lists_offer_pairs_presidents_and_prime_ministers_newest_first(client, contacts):
    first = re.search(r'<select.*?id="side-a".*?</select>', read(client), re.DOTALL)[0]

    assert re.findall(r'optgroup label="([^"]+)"', first) == [
        "Pairs in office together",
        "Presidents of Korea",
        "Prime ministers of Japan",
    ]
    assert re.findall(r'option value="([^"]+)"', first) == [
        LEE_TAKAICHI,
        LEE_ISHIBA,
        "yoon-suk-yeol~ishiba-shigeru",
        "lee-jae-myung",
        "yoon-suk-yeol",
        "takaichi-sanae",
        "ishiba-shigeru",
    ]
    assert "Yoon Suk Yeol – Ishiba Shigeru (2024–2025)" in first


def test_topics_are_shares_of_each_sides_contacts(client, contacts):
    page = read(client)

    assert rows_of_topics(page) == {
        "Security": ["2 of 3 67%", "1 of 2 50%"],
        "Trade": ["1 of 3 33%", "1 of 2 50%"],
    }


def test_a_side_without_contacts_says_so(client, people):
    make_event(kind="STATEMENT", starts_on=date(2026, 5, 20))
    make_event(people=[people["lee"], people["ishiba"]], topics=["trade"])
    tasks.draw_charts(name=f"compare-{LEE_ISHIBA}--{LEE_TAKAICHI}")

    page = read(client)

    assert page.count("No contact recorded") == 3  # its exposure, its line, its table
    assert rows_of_topics(page) == {"Trade": ["1 of 1 100%", "–"]}


def test_the_table_lists_contacts_by_their_day_in_office(client, contacts):
    page = read(client)

    table = page[page.index('id="in-order-1"') : page.index('id="in-order-2"')]
    assert [words(row).split()[:4] for row in table.split("<tr>")[2:]] == [
        ["5", "9", "Jun", "2025"],
        ["13", "17", "Jun", "2025"],
        ["139", "21", "Oct", "2025"],
    ]
    assert 'href="/en/events/first-call/"' in table


def test_a_title_that_only_english_has_is_marked_as_english_elsewhere(client, contacts):
    titles = r'</td><th scope="row"><a href="/ko/events/[^"]+">(.+?)</a>'
    Event.objects.update(title_en="A call", title_ko="", title_ja="")
    page = read(client, f"?a={LEE_ISHIBA}", "ko")
    assert set(re.findall(titles, page)) == {'<span lang="en">A call</span>'}

    Event.objects.update(title_ko="통화")
    assert set(re.findall(titles, read(client, f"?a={LEE_ISHIBA}", "ko"))) == {"통화"}


def test_a_selective_time_and_a_coarse_date_are_told_only_where_they_are(client, contacts):
    assert "selective" not in words(read(client))
    assert "day is not known" not in words(read(client))

    kim, mori = make_person("kim-young-sam"), make_person("murayama-tomiichi", "JP")
    make_term(kim, starts_on=date(1993, 2, 25), ends_on=date(1998, 2, 24))
    minister = make_office("prime_minister", "JP")
    make_term(mori, office=minister, starts_on=date(1994, 6, 30), ends_on=date(1996, 1, 11))
    make_event(people=[kim, mori], starts_on=date(1995, 3, 1), precision="MONTH")
    page = words(read(client, "?a=kim-young-sam"))

    assert "This begins before 1998, where the record is selective." in page
    assert "a line that stays level there does not say that there was no contact" in page
    assert "1 contact whose day is not known stands at the first day possible." in page


def test_the_chart_is_drawn_by_a_worker_and_stands_in_the_page(client, contacts, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks.draw_charts, "delay", lambda name: asked.append(name))
    name = f"compare-{LEE_ISHIBA}--{LEE_TAKAICHI}"
    assert "The chart is being drawn." in read(client)

    tasks.draw_charts(name=name)

    assert Drawing.objects.count() == 2 * len(settings.LANGUAGES)
    for language in ("en", "ko", "ja"):
        page = read(client, language=language)
        drawn = re.findall(r'class="drawing drawing-\w+">(<svg.*?</svg>)', page, re.DOTALL)
        assert len(drawn) == 2
        for svg in drawn:
            assert "style" not in svg
            assert "stroke-dasharray" in svg
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)
    wide = re.search(r'drawing-wide">(.*?)</svg>', read(client), re.DOTALL)[1]
    assert wide.count('<a href="/en/events/') == 5


def test_the_lines_and_the_words_have_one_figure(client, contacts):
    name = f"compare-{LEE_ISHIBA}--{LEE_TAKAICHI}"
    spec = json.loads(client.get(f"/charts/{name}.vl.json").text)
    (lines,) = [layer for layer in spec["layer"] if layer.get("name") == "lines"]
    points = lines["data"]["values"]

    after_139_days = {
        side: max(row["contacts"] for row in points if row["side"] == side and row["day"] <= 139)
        for side in dict.fromkeys(row["side"] for row in points)
    }
    assert [*after_139_days.values()] == [3, 1]
    assert spec["title"]["text"] == headline(read(client))
    assert "var(" not in json.dumps(spec)
    assert "http://testserver/en/events/first-call/" in json.dumps(spec)
    assert engine.draw(spec, name="alone").startswith("<svg")


def test_the_points_of_the_lines_come_as_a_file(client, contacts):
    answer = client.get(f"/charts/compare-{LEE_ISHIBA}--{LEE_TAKAICHI}.csv")

    rows = [row for row in csv.DictReader(StringIO(answer.text)) if row["side"] == LEE_ISHIBA]
    assert [(row["day"], row["date"], row["contacts"], row["kind"]) for row in rows] == [
        ("0", "2025-06-04", "0", ""),
        ("5", "2025-06-09", "1", "call"),
        ("13", "2025-06-17", "2", "summit"),
        ("139", "2025-10-21", "3", "call"),
        ("139", "2025-10-21", "3", ""),
    ]
    assert rows[1]["event"] == "first-call"


@pytest.mark.parametrize("kind", ["csv", "vl.json"])
def test_only_what_can_be_compared_has_files(client, contacts, kind):
    for keys, status in (
        ("lee-jae-myung", 200),
        ("lee-jae-myung--ishiba-shigeru", 200),
        ("ishiba-shigeru~lee-jae-myung", 404),
        ("lee-jae-myung--lee-jae-myung", 404),
        ("lee-jae-myung--nobody", 404),
        ("yoon-suk-yeol~takaichi-sanae", 404),
        ("--", 404),
        ("~", 404),
    ):
        assert client.get(f"/charts/compare-{keys}.{kind}").status_code == status, keys


def test_two_hyphens_in_a_slug_do_not_break_a_name(client, contacts):
    make_term(make_person("the--next"), starts_on=date(2021, 1, 1), ends_on=date(2022, 1, 1))

    for name in ("compare-the--next", "compare-lee-jae-myung--the--next"):
        assert client.get(f"/charts/{name}.csv").status_code == 200


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_for_few_and_many(
    client, contacts, number, django_assert_num_queries
):
    for n in range(number):
        make_event(people=[contacts["lee"], contacts["takaichi"]], topics=[f"t-{n}"])

    # The reach of the record, terms, contacts of each side, drawings, topics.
    with django_assert_num_queries(6):
        client.get(ADDRESS)


def in_office_by_hand(event, slug, country):
    terms = Term.objects.filter(office__slug=slug, office__country=country)
    return {
        term.person.slug
        for term in terms.select_related("person")
        if term.starts_on <= event.starts_on
        and (term.ends_on is None or term.ends_on >= event.last_possible_on)
    }


def test_the_headline_is_what_the_rows_of_the_record_say(client, loaded_record):
    days, by_hand = (date(2024, 10, 1) - date(2022, 5, 10)).days, []
    for president, minister, begins in (
        ("yoon-suk-yeol", "kishida-fumio", date(2022, 5, 10)),
        ("moon-jae-in", "abe-shinzo", date(2017, 5, 10)),
    ):
        both = [
            event
            for event in Event.objects.visible().filter(
                kind__in=["CALL", "SUMMIT", "TRILATERAL_SUMMIT", "VISIT"], status="HELD"
            )
            if {president, minister} <= set(event.people.values_list("slug", flat=True))
            and president in in_office_by_hand(event, "president", "KR")
            and minister in in_office_by_hand(event, "prime_minister", "JP")
        ]
        by_hand.append(sum((event.starts_on - begins).days <= days for event in both))

    page = read(client, "?a=yoon-suk-yeol~kishida-fumio&b=moon-jae-in~abe-shinzo")

    assert [int(n) for n in re.findall(r"\d+", headline(page))] == [days, *by_hand]


def listed(one):
    """A side's contacts, and what its link lists, by slug."""
    counted = course_of(one, contacts_of_leaders(one.people), reaches=date(2026, 5, 20))
    chosen = TimelineFilter(QueryDict(timeline_of(counted)), Event.objects.visible())
    assert not chosen.errors
    slugs = {step.contact.slug for step in counted.steps}
    return slugs, set(chosen.qs.values_list("slug", flat=True))


def test_links_of_pairs_list_what_they_count(loaded_record):
    for pair in choices_of(terms_of_heads()).pairs():
        counted, found = listed(pair)
        assert found == counted, pair.key


def test_links_of_one_leader_list_no_contact_of_others(loaded_record):
    choices = choices_of(terms_of_heads())
    all_contacts = {contact.slug for contact in contacts_of_leaders()}
    for leader in choices.slugs:
        counted, found = listed(choices.alone(leader))
        # Calls with somebody just elected are no contacts of leaders yet.
        assert found & all_contacts == counted, leader
        assert len(found) <= len(counted) + 1, leader
