import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from events.models import Event
from tests.events.admin.pages import change_page, errors, offered, typed
from tests.events.build import make_commitment, make_event, make_person, make_readout, make_topic

pytestmark = pytest.mark.usefixtures("countries")


def test_the_second_save_is_refused_with_both_versions_shown_and_nothing_lost(as_anna, as_ben):
    event = make_event(title_en="Telephone call", citations=["https://example.org/first"])
    address = change_page(event)
    annas, bens = offered(as_anna.get(address)), offered(as_ben.get(address))

    as_anna.post(address, typed(annas, title_en="Anna's title", minutes="20"))
    refused = as_ben.post(
        address,
        typed(
            bens,
            title_en="Ben's title",
            summary_en="Ben's summary",
            citations__TOTAL_FORMS="2",
            citations__1__url="https://example.org/bens",
            citations__1__position="1",
        ),
    )

    assert "while you were editing" in errors(refused)
    html = refused.content.decode()
    for text in ("Anna&#x27;s title", "Ben&#x27;s title", "Ben&#x27;s summary"):
        assert text in html
    shown = {d.label: (d.theirs, d.yours) for d in refused.context["differences"]}
    assert shown["Title [en]"] == (["Anna's title"], ["Ben's title"])
    assert shown["Minutes"] == (["20"], [""])
    theirs, yours = shown["sources"]
    assert theirs == []
    assert [line for line in yours if "example.org/bens" in line]

    event.refresh_from_db()
    assert event.title_en == "Anna's title"
    assert event.citations.count() == 1

    # The page that came back holds Ben's input and may be saved as it stands.
    assert as_ben.post(address, typed(offered(refused), minutes="20")).status_code == 302
    event.refresh_from_db()
    assert (event.title_en, event.summary_en, event.minutes) == ("Ben's title", "Ben's summary", 20)
    assert event.citations.count() == 2


def test_a_row_that_the_other_editor_deleted_is_kept_as_typed_and_can_be_saved_again(
    as_anna, as_ben
):
    lee, ishiba = make_person("lee-jae-myung"), make_person("ishiba-shigeru", "JP")
    event = make_event(people=[lee, ishiba])
    address = change_page(event)
    annas, bens = offered(as_anna.get(address)), offered(as_ben.get(address))

    as_anna.post(address, typed(annas, participations__0__DELETE="on"))
    gone = ({lee, ishiba} - set(event.people.all())).pop()
    refused = as_ben.post(address, typed(bens, participations__0__capacity="special envoy"))

    shown = {d.label: (d.theirs, d.yours) for d in refused.context["differences"]}
    assert shown["participants"] == ([], [f"{gone} · special envoy"])
    assert as_ben.post(address, offered(refused)).status_code == 302
    assert event.participations.get(person=gone).capacity == "special envoy"


def test_a_row_that_the_other_editor_added_stays(as_anna, as_ben):
    topic = make_topic("security")
    event = make_event()
    address = change_page(event)
    annas, bens = offered(as_anna.get(address)), offered(as_ben.get(address))

    as_anna.post(
        address, typed(annas, topic_links__TOTAL_FORMS="1", topic_links__0__topic=topic.pk)
    )
    refused = as_ben.post(address, typed(bens, minutes="15"))
    as_ben.post(address, offered(refused))

    assert list(event.topics.all()) == [topic]


def test_every_save_raises_the_version_even_when_only_a_row_changed(as_anna):
    event = make_event()
    page = offered(as_anna.get(change_page(event)))

    as_anna.post(change_page(event), typed(page, citations__0__title="A better title"))

    event.refresh_from_db()
    assert event.version == 2
    assert event.citations.get().title == "A better title"


@pytest.mark.parametrize("make", [make_readout, make_commitment])
def test_what_hangs_on_an_event_is_guarded_by_the_same_version(as_anna, as_ben, make):
    event = make_event()
    row = make(event)
    address = reverse(f"admin:events_{row._meta.model_name}_change", args=[row.pk])
    bens, of_event = offered(as_ben.get(address)), offered(as_anna.get(change_page(event)))

    page = offered(as_anna.get(address))
    saved = as_anna.post(address, typed(page, url="https://example.org/annas"))
    assert saved.status_code == 302, errors(saved)
    event.refresh_from_db()
    assert event.version == 2

    refused = as_ben.post(address, typed(bens, url="https://example.org/bens"))
    assert "while you were editing" in errors(refused)
    assert "https://example.org/annas" in refused.content.decode()
    assert "while you were editing" in errors(as_anna.post(change_page(event), of_event))


@pytest.mark.parametrize("make", [make_readout, make_commitment])
def test_taking_away_what_hangs_on_an_event_raises_its_version(as_anna, make):
    event = make_event()
    row, other = make(event), make(event)
    name = f"admin:events_{row._meta.model_name}"

    as_anna.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"})
    event.refresh_from_db()
    assert event.version == 2

    selected = {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"}
    as_anna.post(reverse(f"{name}_changelist"), selected)
    event.refresh_from_db()
    assert event.version == 3
    assert not type(row).objects.exists()


def test_a_save_after_a_withdrawal_comes_back_with_the_reason_to_stop(as_anna, as_ben):
    event = make_event()
    bens = offered(as_ben.get(change_page(event)))

    as_anna.post(
        reverse("admin:events_call_withdraw", args=[event.pk]), {"reason": "It did not take place."}
    )
    refused = as_ben.post(change_page(event), typed(bens, title_en="Ben's title"))

    assert "has been withdrawn" in errors(refused)
    assert "Ben&#x27;s title" in refused.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(anna, ben):
    event = make_event()
    clients = []
    for user in (anna, ben):
        client = Client()
        client.force_login(user)
        clients.append((client, offered(client.get(change_page(event))), user.username))
    together, answers = threading.Barrier(2), []

    def save(client, page, name):
        try:
            together.wait(timeout=10)
            response = client.post(change_page(event), typed(page, title_en=f"By {name}"))
            answers.append(response.status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=save, args=args) for args in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)

    assert sorted(answers) == [200, 302]
    assert Event.objects.get().version == 2
