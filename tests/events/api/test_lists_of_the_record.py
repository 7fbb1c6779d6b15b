"""Every list of the API over the whole curated record."""

import pytest

pytestmark = pytest.mark.django_db


def test_each_list_can_be_read_to_its_end_and_each_row_alone(client, ask, loaded_record, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    numbers = {"people": 141, "terms": 71, "topics": 19, "readouts": 175, "commitments": 61}
    for name, number in numbers.items():
        rows, page = [], ask(name, limit=100)
        rows += page["results"]
        while page["next"]:
            page = client.get(page["next"]).json()
            rows += page["results"]
        assert len(rows) == number, name
        if "url" in rows[0]:
            assert client.get(rows[-1]["url"]).json() == rows[-1]
    ev = ask("events", limit=100)
    whole = [client.get(row["url"]).json() for row in ev["results"][:5]]
    import json

    print(json.dumps(whole[0], ensure_ascii=False, indent=1)[:6000])
    print(json.dumps(ask("anniversaries", next=3), ensure_ascii=False, indent=1)[:3000])
    print(json.dumps(ask("facets", country="KR"), ensure_ascii=False)[:800])
    print(json.dumps(ask("events", updated_since="2020-01-01", limit=2), ensure_ascii=False)[:800])
    print(
        json.dumps(
            ask(
                "",
            ),
            ensure_ascii=False,
        )[:800]
    )
