"""The API described: in OpenAPI for programs, and on a page for people."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.api.openapi import days_between
from tests.events.build import make_some_events


@pytest.fixture(autouse=True)
def unlimited(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


def parameter(schema, path, name):
    parameters = schema["paths"][f"/api/v1/{path}"]["get"]["parameters"]
    return next(one for one in parameters if one["name"] == name)


@pytest.mark.django_db
def test_parameters_list_the_values_that_the_record_knows(ask):
    make_some_events()
    schema = ask("openapi.json")

    assert parameter(schema, "events", "country")["schema"]["items"]["enum"] == ["KR", "JP", "US"]
    assert "lee-jae-myung" in parameter(schema, "events", "with")["schema"]["enum"]
    assert parameter(schema, "readouts", "topic")["schema"]["items"]["enum"][0] == "security"
    assert parameter(schema, "events", "order")["schema"]["enum"] == ["newest", "oldest"]
    assert parameter(schema, "events/{name}", "name")["example"] == "summit"


@pytest.mark.django_db
def test_every_answer_and_error_is_described(ask):
    schema = ask("openapi.json")
    ids = [item["get"]["operationId"] for item in schema["paths"].values()]
    written = str(schema)

    assert schema["openapi"].startswith("3.1")
    assert len(set(ids)) == len(ids)
    for name in re.findall(r"#/components/schemas/(\w+)", written):
        assert name in schema["components"]["schemas"]
    for path, item in schema["paths"].items():
        responses = item["get"]["responses"]
        assert {"200", "304", "400", "429"} <= responses.keys(), path
        assert "application/problem+json" in responses["400"]["content"]
        assert item["get"]["parameters"] == [] or all(
            one["in"] == "path" or one["description"] for one in item["get"]["parameters"]
        )


@pytest.mark.django_db
def test_the_page_shows_every_address_parameter_and_model_without_a_script(client, ask):
    make_some_events()
    page = client.get("/api/v1/docs")
    markup, schema = page.content.decode(), ask("openapi.json")

    assert page.status_code == 200
    assert markup.count("<h1>") == 1
    assert "<script" not in markup
    assert 'style="' not in markup
    for path, item in schema["paths"].items():
        assert f"<code>GET {path}</code>" in markup
        assert all(f"<code>{one['name']}</code>" in markup for one in item["get"]["parameters"])
    for name in schema["components"]["schemas"]:
        assert f'id="model-{name}"' in markup
    assert 'href="/api/v1/events/summit"' in markup
    ids = re.findall(r'\bid="([^"]+)"', markup)
    assert len(set(ids)) == len(ids)


@pytest.mark.django_db
def test_an_empty_record_has_an_api_too(ask, client):
    assert ask("openapi.json")["paths"]
    assert client.get("/api/v1/docs").status_code == 200
    for name in ("events", "people", "terms", "topics", "anniversaries", "readouts", "commitments"):
        assert ask(name)["results"] == []


@pytest.mark.django_db
def test_the_root_leads_to_every_list(ask, client):
    links = {name: link for name, link in ask().items() if name not in ("name", "licence")}

    assert len(links) == 10
    assert all(client.get(link).status_code == 200 for link in links.values())


@given(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.integers(0, 500), st.integers(-40, 540))
def test_the_pattern_of_days_has_just_those_between(first, length, offset):
    last, day = first + timedelta(days=length), first + timedelta(days=offset)

    matches = re.fullmatch(days_between(first, last), day.isoformat()) is not None
    assert matches == (first <= day <= last)
