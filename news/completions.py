"""The way out to the one language model that is configured, and to nobody else.

It speaks the chat protocol that many servers share. The host is the operator's choice and may be
this machine or one beside it, so it is not checked as sources are; but no answer leads anywhere
else: nothing is followed, nothing is taken from the environment, and what leaves the private
network is encrypted.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any

from django.utils.translation import gettext as _
from urllib3 import BaseHTTPResponse
from urllib3 import exceptions as urllib3_exceptions

from news.addresses import FetchRefused, Target, is_public, read_target
from news.dialling import (
    MOST_HEAD_BYTES,
    Budget,
    NoConnection,
    NotFound,
    Resolve,
    addresses_of,
    addresses_within,
    dial,
)
from news.headers import retry_after
from news.pipeline.questions import Message

MOST_ANSWER_BYTES = 512 * 1024
MOST_ANSWER_TOKENS = 4_000
# Who is to wait for longer before asking again asks another time.
LONGEST_WAIT = 5
_CONNECT_SECONDS = 5
_CHUNK = 64 * 1024


class NoCompletion(Exception):
    """The model did not answer; the message says why, and holds nothing of what was sent.

    `wait` is after how many seconds asking again may help; None if it will not.
    """

    def __init__(self, message: str, *, wait: float | None = 1) -> None:
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Whom to ask: the address before `/chat/completions`, and within how many seconds."""

    url: str
    model: str
    key: str = ""
    seconds: float = 60

    @property
    def target(self) -> Target:
        """Where a request goes. Raises FetchRefused for what is no web address."""
        return read_target(self.url.rstrip("/") + "/chat/completions")


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model said, and the tokens that the server counted; None if it did not."""

    content: str
    tokens: int | None = None


def complete(
    endpoint: Endpoint, messages: Sequence[Message], *, resolve: Resolve = addresses_of
) -> Completion:
    """Have the model go on with a conversation: one request. Raises NoCompletion."""
    try:
        answer = _post(endpoint, messages, resolve)
    except FetchRefused as error:
        raise NoCompletion(str(error), wait=None) from error
    except NotFound as error:
        raise NoCompletion(_("The model's host was not found.")) from error
    except NoConnection as error:
        raise NoCompletion(_("The model's host took no connection.")) from error
    except (TimeoutError, urllib3_exceptions.TimeoutError) as error:
        raise NoCompletion(_("The model did not answer in time.")) from error
    except (urllib3_exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
        reason = {"reason": type(error).__name__}
        raise NoCompletion(_("The connection to the model failed (%(reason)s).") % reason) from None
    return _read(answer)


def _post(endpoint: Endpoint, messages: Sequence[Message], resolve: Resolve) -> bytes:
    target = endpoint.target
    budget = Budget(time.monotonic() + endpoint.seconds, endpoint.seconds)
    addresses = addresses_within(budget, resolve, target)
    if not target.is_https and any(map(is_public, addresses)):
        raise NoCompletion(_("A model on the internet is asked by https:// only."), wait=None)
    connection = dial(target, addresses, budget, _CONNECT_SECONDS)
    try:
        connection.request(
            "POST",
            target.request,
            body=_body(endpoint, messages),
            headers=_headers(endpoint, target),
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        budget.head_is_over(MOST_ANSWER_BYTES + MOST_HEAD_BYTES)
        try:
            _check_status(response)
            return _all_of(response, budget)
        finally:
            response.close()
    finally:
        connection.close()


def _body(endpoint: Endpoint, messages: Sequence[Message]) -> bytes:
    told: dict[str, Any] = {
        "model": endpoint.model,
        "messages": list(messages),
        "temperature": 0,
        "max_tokens": MOST_ANSWER_TOKENS,
        "stream": False,
        "response_format": {"type": "json_object"},
    }
    return json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")


def _headers(endpoint: Endpoint, target: Target) -> dict[str, str]:
    headers = {
        "Host": target.host_header,
        "Content-Type": "application/json",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }
    return headers | ({"Authorization": f"Bearer {endpoint.key}"} if endpoint.key else {})


def _check_status(response: BaseHTTPResponse) -> None:
    """Raise NoCompletion for any status but 200; a redirect is none that we follow."""
    status = response.status
    if status == HTTPStatus.OK:
        return
    wait: float | None = None
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= 500:
        wait = retry_after(response.headers, datetime.now(UTC)) or 1
    told = _("The model's server answered %(status)d.") % {"status": status}
    raise NoCompletion(told, wait=wait if wait and wait <= LONGEST_WAIT else None)


def _all_of(response: BaseHTTPResponse, budget: Budget) -> bytes:
    body = bytearray()
    while piece := response.read1(_CHUNK, decode_content=False):
        body += piece
        if len(body) > MOST_ANSWER_BYTES:
            raise NoCompletion(_("The model's answer is too long."))
        budget.seconds()  # a flood is never waited for, but has its time too
    return bytes(body)


def _read(body: bytes) -> Completion:
    """The model's words out of the server's answer."""
    try:
        told = json.loads(body)
        content = told["choices"][0]["message"]["content"]
        if not isinstance(content, str):
            raise TypeError
    except (ValueError, TypeError, LookupError, RecursionError) as error:
        raise NoCompletion(_("What the model's server sent is no chat completion.")) from error
    usage = told.get("usage")
    counted: object = usage.get("total_tokens") if isinstance(usage, dict) else None
    tokens = counted if isinstance(counted, int) and 0 < counted < 10**8 else None
    return Completion(content, tokens)
