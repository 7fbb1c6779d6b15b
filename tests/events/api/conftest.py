"""A reader of the API: a program that sends requests and looks into the answers."""

import pytest


@pytest.fixture
def ask(client):
    """Sends a request below the root and gives the JSON of its answer, which must be 200."""

    def asked(path="", **query):
        response = client.get(f"/api/v1/{path}", query)
        assert response.status_code == 200, response.content.decode()
        assert response["Content-Type"] == "application/json; charset=utf-8"
        return response.json()

    return asked


@pytest.fixture
def refused(client):
    """Sends a request below the root that must be refused with the status; gives the problem."""

    def asked(path="", *, status=400, **query):
        response = client.get(f"/api/v1/{path}", query)
        assert response.status_code == status, response.content.decode()
        assert response["Content-Type"] == "application/problem+json"
        problem = response.json()
        assert problem["status"] == status
        return problem

    return asked
