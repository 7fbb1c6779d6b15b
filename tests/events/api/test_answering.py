"""What holds for every address of the API: methods, caches, other sites, unclear questions."""

import pytest

from tests.events.build import make_event

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def unlimited(settings):
    settings.API_REQUESTS_PER_MINUTE = 0


@pytest.mark.parametrize("path", ["events", "events/none", "openapi.json", "no/such/address"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_another_method_is_told_which_there_are(client, path, method):
    response = getattr(client, method)(f"/api/v1/{path}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


def test_pages_of_other_sites_may_read_it(client):
    asked_before = client.options(
        "/api/v1/events",
        headers={"Origin": "https://example.org", "Access-Control-Request-Method": "GET"},
    )
    answer = client.get("/api/v1/events", headers={"Origin": "https://example.org"})

    assert asked_before.status_code == 204
    assert asked_before["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert asked_before["Access-Control-Allow-Headers"] == "If-None-Match"
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "RateLimit" in answer["Access-Control-Expose-Headers"]
    assert not answer.cookies


def test_head_has_the_headers_of_get(client):
    get, head = client.get("/api/v1/events"), client.head("/api/v1/events")

    assert head.status_code == 200
    assert head["ETag"] == get["ETag"]
    assert head["Content-Type"] == get["Content-Type"]


def test_who_has_the_answer_gets_304_until_something_changes(client):
    first = client.get("/api/v1/events")
    again = client.get("/api/v1/events", headers={"If-None-Match": f'"other", {first["ETag"]}'})
    make_event()
    changed = client.get("/api/v1/events", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert again.status_code == 304
    assert again.content == b""
    assert again["ETag"] == first["ETag"]
    assert again["Access-Control-Allow-Origin"] == "*"
    assert changed.status_code == 200


@pytest.mark.parametrize("path", ["nothing", "events/", "events/a b", "events/%00", "a\n"])
def test_what_is_no_address_is_a_problem_too(refused, path):
    assert refused(path, status=404)["title"] == "Not Found"


def test_a_parameter_of_one_value_is_given_once_and_none_is_empty(refused, ask):
    problem = refused("events", order=["newest", "oldest"], country=["", "KR"], limit="")

    assert problem["errors"] == [
        {"field": "order", "reason": "give one value"},
        {"field": "country", "reason": "is empty; give a value or leave it out"},
        {"field": "limit", "reason": "is empty; give a value or leave it out"},
    ]
    assert ask("events", q="", utm_source="") == ask("events")


@pytest.mark.parametrize("name", ["as_of", "from", "order", "with", "kind", "event"])
@pytest.mark.parametrize("padding", [" ", "\x1c", "\0", "\u3000"])
def test_a_value_has_nothing_around_it(refused, name, padding):
    assert refused("events", **{name: f"2026{padding}"})["errors"][0]["field"] == name


def test_each_bad_value_is_named_with_its_reason(refused):
    problem = refused("events", limit="1.0", after="here", updated_since="yesterday")

    assert problem["type"] == "about:blank"
    assert {one["field"]: one["reason"] for one in problem["errors"]} == {
        "limit": "give a whole number from 1 to 100",
        "after": "take it from `next`: this is no cursor",
        "updated_since": "give a day, or a moment with its offset as 2025-06-09T03:00:00Z",
    }


@pytest.mark.parametrize("path", ["events", "people", "topics", "facets", "openapi.json"])
@pytest.mark.parametrize("day", ["2999-01-01", "2025-02-30", "today", "1965-06-22"])
def test_a_day_that_the_record_does_not_know_is_refused_everywhere(refused, path, day):
    make_event()

    assert refused(path, as_of=day)["errors"][0]["field"] == "as_of"


def test_words_are_in_english_and_the_same_for_every_reader(client):
    response = client.get("/api/v1/events?from=x", headers={"Accept-Language": "ko"})

    assert "is not a date" in response.json()["detail"]
