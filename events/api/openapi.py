"""The API described in OpenAPI 3.1: what ninja knows of it, completed.

The values that parameters take are those of the record as it stands, and the errors, headers and
redirects are those of the door (answering.py), which ninja does not know of.
"""

from copy import deepcopy
from datetime import date, timedelta
from functools import cache
from typing import Any

from ninja import Schema
from pydantic import BaseModel

from events.api import problems, questions
from events.api.known_values import known_values
from events.api.places import ROOT
from events.api.routes import api
from events.citing import LICENCE_ADDRESS
from events.models import Anniversary, Commitment, Event, Readout
from events.past import PARAMETER, first_day
from events.views.today import day_of_reading

Described = dict[str, Any]

# After which an address answers nothing but what a list of the record holds.
_BY_NAME = "{name}"

_HEADERS: dict[str, str] = {
    "ETag": "A tag of the answer, to be sent back as If-None-Match.",
    "Link": 'The licence, and with rel="next" the page that follows.',
    "RateLimit-Policy": "How many requests an address may send in how many seconds.",
    "RateLimit": "How many are left, and in how many seconds the count begins anew.",
}
_ERRORS: dict[str, tuple[str, type[BaseModel]]] = {
    "400": ("A parameter has a value of no sense; `errors` names each.", problems.BadRequest),
    "404": ("Nothing of the record has this name.", problems.Problem),
    "410": ("This was taken off the record; says why.", problems.Gone),
    "429": ("Too many requests came from this address.", problems.Problem),
}
_EXAMPLES: dict[str, Any] = {
    "q": "Busan",
    "country": ["KR"],
    "kind": ["summit", "call"],
    "from": "2025",
    "to": "2025-09",
    "status": ["held"],
    "order": "oldest",
    "limit": 10,
    "on": "2025-06-22",
    "next": 5,
    "standing": ["overdue"],
}


def described(site: str) -> Described:
    """The whole description for the API at `site`; some small queries."""
    schema = deepcopy(_of_the_program())
    schema["servers"] = [{"url": site}]
    known = known_values()
    days = days_between(first_day(), day_of_reading())
    names = _names()
    for path, item in schema["paths"].items():
        for parameter in item["get"]["parameters"]:
            _complete(parameter, known, days)
            if parameter["in"] == "path":
                parameter["schema"] |= questions.SLUG
                if name := names.get(path.removeprefix(ROOT).partition("/")[0], ""):
                    parameter["example"] = name
    return schema


def _complete(parameter: Described, known: dict[str, list[str]], days: str) -> None:
    name, schema = parameter["name"], parameter["schema"]
    if name in known:
        holder = schema["items"] if schema.get("type") == "array" else schema
        holder["enum"] = known[name]
    if name == PARAMETER:
        schema |= {"title": "day", "pattern": days}
    example = _EXAMPLES.get(name)
    values = example if isinstance(example, list) else [example]
    if example is not None and (name not in known or set(values) <= set(known[name])):
        parameter["example"] = example


def _names() -> dict[str, str]:
    """Something that is there, by list."""
    found: dict[str, str | None] = {
        "events": Event.objects.visible().newest_first().values_list("slug", flat=True).first(),
        "anniversaries": _first(Anniversary),
        "readouts": _first(Readout, event__in=Event.objects.visible()),
        "commitments": _first(Commitment, event__in=Event.objects.visible()),
    }
    known = known_values()
    found |= {
        "people": next(iter(known["leader"]), None),
        "topics": next(iter(known["topic"]), None),
    }
    return {name: slug for name, slug in found.items() if slug}


def _first(model: Any, **filters: Any) -> str | None:
    slug: str | None = (
        model.objects.filter(**filters).order_by("pk").values_list("slug", flat=True).first()
    )
    return slug


def days_between(first: date | None, last: date) -> str:
    """A pattern for just the days from `first` to `last`: no schema can compare dates. Pure."""
    if first is None:
        return "^$"
    months = []
    day = first
    while day <= last:
        next_month = (day.replace(day=1) + timedelta(days=31)).replace(day=1)
        end = min(next_month - timedelta(days=1), last)
        numbers = "|".join(f"{number:02}" for number in range(day.day, end.day + 1))
        months.append(f"{day:%Y-%m}-({numbers})")
        day = next_month
    return f"^({'|'.join(months)})$"


@cache
def _of_the_program() -> Described:
    """What the program alone says."""
    schema: Described = dict(api.get_openapi_schema(path_prefix=ROOT))
    # What is asked stands with each operation.
    for name, model in vars(questions).items():
        if isinstance(model, type) and issubclass(model, Schema):
            schema["components"]["schemas"].pop(name, None)
    schema["info"]["license"] = {"name": "CC BY 4.0", "url": LICENCE_ADDRESS}
    models = {model.__name__: model for _told, model in _ERRORS.values()}
    for name, model in models.items():
        described = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schema["components"]["schemas"] |= described.pop("$defs", {})
        schema["components"]["schemas"][name] = described
    schema["components"]["headers"] = {
        name: {"description": told, "schema": {"type": "string"}} for name, told in _HEADERS.items()
    }
    for path, item in schema["paths"].items():
        operation = item["get"]
        operation["operationId"] = operation["operationId"].rpartition("_")[2]
        operation["responses"] = _responses(path, operation)
    return schema


def _responses(path: str, operation: Described) -> Described:
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in _HEADERS}
    found = {str(status): told for status, told in operation["responses"].items()}
    found["200"] |= {"description": "As asked.", "headers": headers}
    statuses = ["400", "429"]
    if _BY_NAME in path:
        statuses += ["404", "410"]
        found["301"] = {"description": "It has another name now: see Location."}
    elif any(parameter["name"] == "event" for parameter in operation["parameters"]):
        statuses.append("404")
    for status in statuses:
        told, model = _ERRORS[status]
        schema = {"$ref": f"#/components/schemas/{model.__name__}"}
        found[status] = {"description": told, "content": {problems.MEDIA_TYPE: {"schema": schema}}}
    found["304"] = {"description": "Nothing has changed since the answer of that tag."}
    return dict(sorted(found.items()))
