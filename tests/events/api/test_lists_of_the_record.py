"""Every list of the API over the whole curated record, read to its end."""

import pytest

from events.models import Commitment, Event, Readout, Term, Topic

pytestmark = pytest.mark.django_db

LISTS = {
    "events": Event,
    "terms": Term,
    "topics": Topic,
    "readouts": Readout,
    "commitments": Commitment,
}


def test_each_list_has_every_row_once_and_each_row_is_found_alone(
    client, ask, loaded_record, settings
):
    settings.API_REQUESTS_PER_MINUTE = 0
    for name, model in LISTS.items():
        page = ask(name, limit=100)
        rows = page["results"]
        while page["next"]:
            page = client.get(page["next"]).json()
            rows += page["results"]

        assert len(rows) == model.objects.count(), name
        assert len({str(row) for row in rows}) == len(rows)
        if name != "terms":
            alone = client.get(rows[-1]["url"]).json()
            assert {key: alone[key] for key in rows[-1]} == rows[-1]


def test_both_governments_accounts_of_a_call_come_with_it(ask, loaded_record, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    call = ask("events/2025-06-09-ishiba-lee-call")

    assert {readout["issuer"]["code"] for readout in call["readouts"]} == {"KR", "JP"}
    assert all(readout["points"] for readout in call["readouts"])
    assert call["ordinals"][0]["headline"]["en"] == "Their first call"
    assert all(call["title"].values())
