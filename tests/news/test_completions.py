"""The way out to the model: one host, one request, bounded, and nothing followed."""

import json

import pytest

from news.completions import Completion, Endpoint, NoCompletion, complete
from tests.news.model_server import Says

MESSAGES = [{"role": "system", "content": "Ask."}, {"role": "user", "content": "기사 \U0001f600"}]


@pytest.fixture
def endpoint(model):
    return Endpoint(model.url, "test-model", "a-key", seconds=2)


def test_a_question_is_sent_and_its_answer_comes_back(model, endpoint):
    model.says = [Says("words", tokens=77)]

    assert complete(endpoint, MESSAGES) == Completion("words", 77)
    asked = model.asked[0]
    assert (asked["model"], asked["messages"], asked["stream"]) == ("test-model", MESSAGES, False)
    assert model.paths == ["/v1/chat/completions"]
    assert model.headers[0]["Authorization"] == "Bearer a-key"


def test_without_a_key_none_is_sent(model):
    complete(Endpoint(model.url + "/", "local"), MESSAGES)

    assert "Authorization" not in model.headers[0]
    assert model.paths == ["/v1/chat/completions"]


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(model, endpoint, status):
    model.says = [Says(status=status, headers={"Location": model.url + "/elsewhere"})]

    with pytest.raises(NoCompletion, match=f"answered {status}"):
        complete(endpoint, MESSAGES)
    assert len(model.paths) == 1


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        (500, {}, 1),
        (503, {"Retry-After": "3"}, 3),
        (429, {"Retry-After": "2"}, 2),
        (429, {"Retry-After": "3600"}, None),
        (401, {}, None),
        (404, {}, None),
        (204, {}, None),
    ],
)
def test_whether_asking_again_helps(model, endpoint, status, headers, wait):
    model.says = [Says(status=status, headers=headers, body=b"")]

    with pytest.raises(NoCompletion) as failed:
        complete(endpoint, MESSAGES)
    assert failed.value.wait == wait


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b"{}",
        b'{"choices": []}',
        b'{"choices": [{"message": {"content": null}}]}',
        b"[" * 100_000,
    ],
)
def test_what_is_no_chat_completion_is_refused(model, endpoint, body):
    model.says = [Says(body=body)]

    with pytest.raises(NoCompletion, match="no chat completion"):
        complete(endpoint, MESSAGES)


def test_an_answer_that_does_not_end_is_cut_off(model, endpoint):
    model.says = [Says(body=b" " * (600 * 1024))]

    with pytest.raises(NoCompletion, match="too long"):
        complete(endpoint, MESSAGES)


@pytest.mark.parametrize("counted", [None, -1, 10**12])
def test_a_count_of_tokens_that_cannot_be_is_none(model, endpoint, counted):
    model.says = [Says("words", tokens=counted)]

    assert complete(endpoint, MESSAGES).tokens is None


def test_a_slow_model_is_not_waited_for(model):
    model.says = [Says(pause=1)]

    with pytest.raises(NoCompletion, match="in time"):
        complete(Endpoint(model.url, "slow", seconds=0.2), MESSAGES)


def test_a_host_that_is_not_there():
    gone = Endpoint("http://127.0.0.1:9/v1", "gone", seconds=1)

    with pytest.raises(NoCompletion, match="took no connection"):
        complete(gone, MESSAGES)


@pytest.mark.parametrize("url", ["", "model.example/v1", "ftp://127.0.0.1/v1", "http://a:b@c/"])
def test_what_is_no_web_address_is_not_asked(url):
    with pytest.raises(NoCompletion) as failed:
        complete(Endpoint(url, "nowhere", seconds=1), MESSAGES)
    assert failed.value.wait is None


def test_nothing_goes_out_to_the_internet_unencrypted():
    endpoint = Endpoint("http://model.example/v1", "far", "a-key", seconds=1)

    with pytest.raises(NoCompletion, match="https"):
        complete(endpoint, MESSAGES, resolve=lambda host, port: ["93.184.216.34"])


def test_what_failed_says_nothing_of_what_was_sent(model):
    endpoint = Endpoint(model.url, "broken", "secret-key\r\nX: y", seconds=1)

    with pytest.raises(NoCompletion) as failed:
        complete(endpoint, MESSAGES)
    assert "secret-key" not in str(failed.value)
    assert model.asked == []


def test_the_environment_has_no_say(model, endpoint, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    model.says = [Says(json.dumps("x"))]

    assert complete(endpoint, MESSAGES).content == '"x"'
