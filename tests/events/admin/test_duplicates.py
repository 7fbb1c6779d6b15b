from datetime import date

import pytest

from events.duplicates import likely_duplicates
from events.models import Event
from tests.events.admin.pages import add_page, change_page, errors, new_event, offered, typed
from tests.events.build import make_event, make_person

pytestmark = pytest.mark.usefixtures("countries")
DAY = date(2025, 6, 9)


def found(**asked):
    return list(likely_duplicates(**{"kind": "CALL", "starts_on": DAY, **asked}))


@pytest.mark.parametrize(
    ("day", "likely"), [(7, False), (8, True), (9, True), (10, True), (11, False)]
)
def test_an_event_a_day_apart_with_a_shared_participant_is_likely_the_same(day, likely):
    lee = make_person()
    event = make_event(starts_on=date(2025, 6, day), people=[lee])

    assert (event in found(people=[lee.pk])) is likely


def test_another_kind_or_other_people_are_another_event():
    lee, park = make_person("lee-jae-myung"), make_person("park-geun-hye")
    make_event(people=[lee])
    make_event(kind="STATEMENT", people=[park])

    assert found(people=[park.pk], countries=["KR", "JP"]) == []


def test_without_names_on_one_side_a_shared_acting_country_is_enough():
    unnamed = make_event(actors=["JP"])
    named = make_event(actors=["KR"], people=["lee-jae-myung"])

    assert found(people=[999], countries=["JP"]) == [unnamed]
    assert found(people=[], countries=["KR"]) == [named]
    assert found(people=[], countries=["US"]) == []


def test_dates_that_overlap_are_compared_over_all_their_days():
    month = make_event(starts_on=date(2025, 6, 1), precision="MONTH")
    assert found(countries=["KR"]) == [month]
    assert found(starts_on=date(2025, 5, 1), ends_on=date(2025, 5, 31), countries=["KR"]) == [month]
    assert found(starts_on=date(2025, 7, 3), countries=["KR"]) == []


def test_withdrawn_merged_and_the_event_itself_are_left_out(editor, now):
    itself = make_event()
    make_event(withdrawn_at=now, withdrawn_by=editor, withdrawn_reason="not supported")
    make_event(merged_into=itself)
    draft = make_event(published=False)

    assert found(countries=["KR"], exclude=itself.pk) == [draft]


def test_a_likely_duplicate_is_shown_before_saving_and_saved_once_it_is_ticked(as_anna):
    lee = make_person()
    known = make_event(slug="2025-06-09-known", people=[lee], starts_on=date(2025, 6, 10))
    data = new_event(as_anna, participations__0__person=lee.pk)

    warned = as_anna.post(add_page(), data)

    assert "may be in the record already" in errors(warned)
    assert change_page(known, "event") in warned.content.decode()
    assert Event.objects.count() == 1

    assert as_anna.post(add_page(), typed(data, another_event="on")).status_code == 302
    assert Event.objects.count() == 2


def test_correcting_an_event_asks_about_duplicates_only_when_its_date_moves(as_anna):
    make_event(slug="2025-06-09-known")
    event = make_event(starts_on=date(2025, 6, 10))
    page = offered(as_anna.get(change_page(event)))

    assert as_anna.post(change_page(event), typed(page, title_en="Call")).status_code == 302

    page = offered(as_anna.get(change_page(event)))
    warned = as_anna.post(change_page(event), typed(page, starts_on="2025-06-08"))
    assert "may be in the record already" in errors(warned)
    event.refresh_from_db()
    assert event.starts_on == date(2025, 6, 10)
