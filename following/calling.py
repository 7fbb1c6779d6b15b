"""The way out to the webhooks of organisations: one POST, and what came of it.

An editor has typed the address in, and the other side rules over its name: so it is dialled as
sources of news are, to public addresses only, each checked at the moment of the call. Nothing is
followed, nothing is taken from the environment, and little is read of what is answered.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException

from django.conf import settings
from django.utils.translation import gettext as _
from urllib3 import BaseHTTPResponse
from urllib3 import exceptions as urllib3_exceptions

from news.addresses import FetchRefused, Target, check_answers, is_loopback, read_target
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
from news.fetching import user_agent
from news.headers import retry_after

SECONDS = 15.0
MOST_ANSWER_BYTES = 64 * 1024
_CONNECT_SECONDS = 5
_CHUNK = 16 * 1024


class CallFailed(Exception):
    """There was no answer; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the other side said; `retry_after` in seconds, None if it did not say."""

    status: int
    retry_after: int | None = None

    @property
    def is_good(self) -> bool:
        return 200 <= self.status < 300


def check_address(url: str) -> Target:
    """Take an address apart that may be called. Raises FetchRefused with the reason.

    What its name leads to is checked with each call. Only this machine, where the settings allow
    it, may be called without encryption.
    """
    target = read_target(url)
    if not target.is_https and not settings.ALLOW_LOOPBACK_SOURCES:
        raise FetchRefused(_("Webhooks are called by https:// only."))
    return target


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    at: datetime,
    seconds: float = SECONDS,
    resolve: Resolve = addresses_of,
) -> Answer:
    """POST a body within so many seconds, all told; any status is an answer. Raises CallFailed.

    `at` is what dates in the answer are counted from.
    """
    try:
        return _post(url, body, headers, at, seconds, resolve)
    except FetchRefused as refusal:
        raise CallFailed(str(refusal)) from refusal
    except NotFound as error:
        raise CallFailed(_("The host was not found.")) from error
    except NoConnection as error:
        raise CallFailed(_("The host took no connection.")) from error
    except (TimeoutError, urllib3_exceptions.TimeoutError) as error:
        raise CallFailed(_("No answer in time.")) from error
    except ssl.CertificateError as error:
        raise CallFailed(_("The certificate of the host is not valid.")) from error
    except (urllib3_exceptions.HTTPError, HTTPException, OSError, ValueError) as error:
        reason = {"reason": type(error).__name__}
        raise CallFailed(_("The connection failed (%(reason)s).") % reason) from error


def _post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    at: datetime,
    seconds: float,
    resolve: Resolve,
) -> Answer:
    target = check_address(url)
    budget = Budget(time.monotonic() + seconds, seconds)
    addresses = addresses_within(budget, resolve, target)
    check_answers(target, addresses, loopback=settings.ALLOW_LOOPBACK_SOURCES)
    if not target.is_https and not all(map(is_loopback, addresses)):
        raise FetchRefused(_("Webhooks are called by https:// only."))
    connection = dial(target, addresses, budget, _CONNECT_SECONDS)
    try:
        connection.request(
            "POST",
            target.request,
            body=body,
            headers={**_headers(target), **headers},
            preload_content=False,
            decode_content=False,
        )
        response = connection.getresponse()
        budget.head_is_over(MOST_ANSWER_BYTES + MOST_HEAD_BYTES)
        try:
            _read_to_the_end(response, budget)
        finally:
            response.close()
    finally:
        connection.close()
    return Answer(response.status, retry_after(response.headers, at))


def _headers(target: Target) -> dict[str, str]:
    return {
        "Host": target.host_header,
        "User-Agent": user_agent(),
        "Content-Type": "application/json",
        "Accept": "*/*",
        "Accept-Encoding": "identity",
        "Connection": "close",
    }


def _read_to_the_end(response: BaseHTTPResponse, budget: Budget) -> None:
    """Let the other side finish, as servers expect; what it says is not kept.

    The status has been told by then: a body that breaks off, drips or floods takes nothing back.
    """
    read = 0
    try:
        while read < MOST_ANSWER_BYTES and (piece := response.read1(_CHUNK, decode_content=False)):
            read += len(piece)
            budget.seconds()
    except (TimeoutError, urllib3_exceptions.HTTPError, HTTPException, OSError):
        return
