"""What a language model answered, taken apart strictly: it is as untrusted as the article."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_EVENTS, MOST_VALUES, LONGEST_QUOTE, LONGEST_VALUE = 10, 24, 600, 160
ONE_VALUE = ("kind", "status", "start", "end", "city", "occasion", "channel", "minutes")
SEVERAL_VALUES = ("participants", "countries", "topics")
# Some models put their JSON into a block of code, or their thoughts before it.
_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_BLOCK = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)


class BadAnswer(Exception):
    """The answer is not the JSON that was asked for; the message says in what way."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One value that the model gives, and the words that it says tell it."""

    value: str
    quote: str


Event = Mapping[str, tuple[Claim, ...]]


def read_answer(answer: str) -> list[Event]:
    """The events of an answer, each as claims by field; what has no form of a claim is left out.

    Raises BadAnswer.
    """
    text = _THOUGHTS.sub("", answer)
    if block := _BLOCK.match(text):
        text = block[1]
    try:
        told = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BadAnswer("The answer is not JSON.") from error
    events = told.get("events") if isinstance(told, dict) else None
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise BadAnswer("The answer has no list of events.")
    return [_event(event) for event in events[:MOST_EVENTS]]


def _event(told: dict[str, Any]) -> Event:
    found: dict[str, tuple[Claim, ...]] = {}
    for field in (*ONE_VALUE, *SEVERAL_VALUES):
        given = told.get(field)
        several = given if isinstance(given, list) else [given]
        claims = [claim for one in several[:MOST_VALUES] if (claim := _claim(one))]
        found[field] = tuple(claims[:1] if field in ONE_VALUE else claims)
    return found


def _claim(told: object) -> Claim | None:
    if not isinstance(told, dict):
        return None
    value, quote = told.get("value"), told.get("quote")
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10_000:
        value = str(value)
    if not isinstance(value, str) or not isinstance(quote, str):
        return None
    if not 0 < len(value) <= LONGEST_VALUE or not 0 < len(quote.strip()) <= LONGEST_QUOTE:
        return None
    return Claim(value, quote.strip())
