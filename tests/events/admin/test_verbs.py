import pytest
from django.urls import reverse

from tests.events.admin.pages import change_page
from tests.events.build import make_event

pytestmark = pytest.mark.usefixtures("countries")


def verb(event, name):
    return reverse(f"admin:events_call_{name}", args=[event.pk])


def test_an_event_is_withdrawn_with_the_reason_that_readers_will_see(as_anna, anna):
    event = make_event()
    assert as_anna.get(verb(event, "withdraw")).status_code == 200

    refused = as_anna.post(verb(event, "withdraw"), {"reason": "   "})
    assert "required" in refused.content.decode()
    as_anna.post(verb(event, "withdraw"), {"reason": "It did not take place."})

    event.refresh_from_db()
    assert (event.withdrawn_by, event.withdrawn_reason) == (anna, "It did not take place.")
    page = as_anna.get(change_page(event))
    assert page.status_code == 200
    assert "It did not take place." in page.content.decode()
    assert not page.context["has_change_permission"]


def test_an_event_gets_a_new_address_and_keeps_the_old_one(as_anna):
    event, other = make_event(slug="2025-06-09-call"), make_event(slug="taken")

    refused = as_anna.post(verb(event, "rename"), {"slug": other.slug})
    assert "has the address" in refused.content.decode()
    as_anna.post(verb(event, "rename"), {"slug": "2025-06-09-ishiba-lee-call"})

    event.refresh_from_db()
    assert event.slug == "2025-06-09-ishiba-lee-call"
    assert event.old_slugs.get().slug == "2025-06-09-call"


def test_an_event_is_merged_into_the_one_that_stays(as_anna):
    event, survivor = make_event(), make_event(citations=2)

    refused = as_anna.post(verb(event, "merge"), {"into": event.pk})
    assert "into itself" in refused.content.decode()
    as_anna.post(verb(event, "merge"), {"into": survivor.pk})

    event.refresh_from_db()
    assert event.merged_into == survivor
    assert survivor.citations.count() == 3


@pytest.mark.parametrize("name", ["withdraw", "rename", "merge"])
def test_a_verb_on_a_draft_or_a_missing_event_is_refused_politely(as_anna, name):
    draft = make_event(published=False)
    data = {"reason": "No.", "slug": "new-address", "into": make_event().pk}

    assert as_anna.post(verb(draft, name), data).status_code in (200, 302)
    missing = reverse(f"admin:events_call_{name}", args=["999999"])
    assert as_anna.get(missing).status_code == 404
    draft.refresh_from_db()
    assert draft.withdrawn_at is None
    assert draft.merged_into is None
