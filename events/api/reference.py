"""The reference page of the API: its OpenAPI description laid out for people. Pure but the view."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from events.api.limits import WINDOW
from events.api.openapi import described
from events.api.places import ROOT, site_of
from events.api.problems import MEDIA_TYPE
from events.api.questions import MOST_ON_A_PAGE

_MOST_VALUES_SHOWN = 12
_FORMATS = {
    "date": "day",
    "date-time": "moment",
    "uuid": "UUID",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the name of a type; `model` is the one that it names."""

    words: str
    model: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of an answer."""

    name: str
    type: list[Part]
    told: SafeString
    is_required: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Model:
    name: str
    told: SafeString
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Operation:
    """One address."""

    name: str
    path: str
    summary: str
    told: list[SafeString]
    parameters: list[Field]
    answer: list[Part]
    example: str
    statuses: list[tuple[str, SafeString]]


@dataclass(frozen=True, slots=True)
class Reference:
    operations: list[Operation]
    models: list[Model]


@require_safe
@cache_control(public=True, max_age=60)
def docs(request: HttpRequest) -> HttpResponse:
    """The reference, in English like the names in it; needs no script."""
    with override("en"):
        context = {
            "reference": reference_of(described(site_of(request))),
            "root": ROOT,
            "problem_type": MEDIA_TYPE,
            "most": MOST_ON_A_PAGE,
            "window": WINDOW,
        }
        return render(request, "events/api.html", context)


def reference_of(schema: Mapping[str, Any]) -> Reference:
    """What the page shows of an OpenAPI description of GET operations."""
    operations = [_operation(path, item["get"]) for path, item in schema["paths"].items()]
    models = sorted(schema["components"]["schemas"].items())
    return Reference(operations, [_model(name, model) for name, model in models])


def _operation(path: str, operation: Mapping[str, Any]) -> Operation:
    parameters = [_parameter(one) for one in operation["parameters"]]
    answers = operation["responses"]
    content = answers["200"]["content"]["application/json"]["schema"]
    name = next((one.example for one in parameters if one.is_required), "")
    return Operation(
        name=operation["operationId"],
        path=path,
        summary=operation["summary"],
        told=[marked(told) for told in operation.get("description", "").split("\n\n") if told],
        parameters=parameters,
        answer=list(type_of(content)),
        example=path.replace("{name}", name) if name or "{name}" not in path else "",
        statuses=[(status, marked(told["description"])) for status, told in answers.items()],
    )


def _parameter(one: Mapping[str, Any]) -> Field:
    example = one.get("example", "")
    shown = example if not isinstance(example, list) else f"&{one['name']}=".join(example)
    return Field(
        name=one["name"],
        type=list(type_of(one["schema"])),
        told=marked(one.get("description", "")),
        is_required=one["required"],
        example=str(shown),
    )


def _model(name: str, described: Mapping[str, Any]) -> Model:
    fields = [
        Field(field, list(type_of(schema)), marked(schema.get("description", "")))
        for field, schema in described["properties"].items()
    ]
    return Model(name, marked(described.get("description", "")), fields)


def type_of(schema: Mapping[str, Any]) -> Iterator[Part]:
    """The type in words, with the models that it names."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield Part(name, name)
    elif len(schema.get("allOf", ())) == 1:
        yield from type_of(schema["allOf"][0])
    elif "anyOf" in schema:
        for number, one in enumerate(schema["anyOf"]):
            if number:
                yield Part(" or ")
            yield from type_of(one)
    elif schema.get("type") == "array":
        yield Part("list of ")
        yield from type_of(schema["items"])
    elif "enum" in schema:
        yield Part(_values(schema["enum"]))
    elif "const" in schema:
        yield Part(f"“{schema['const']}”")
    elif schema.get("format") in _FORMATS:
        yield Part(_FORMATS[schema["format"]])
    elif "pattern" in schema and "title" in schema:
        yield Part(schema["title"])
    else:
        yield Part(_bounded(schema))


def marked(told: str) -> SafeString:
    """The text with what stands in backquotes as code."""
    return mark_safe(re.sub("`([^`]+)`", r"<code>\1</code>", escape(told)))  # escaped first


def _values(known: list[str]) -> str:
    shown = ", ".join(known[:_MOST_VALUES_SHOWN])
    more = len(known) - _MOST_VALUES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _bounded(schema: Mapping[str, Any]) -> str:
    kind = {"integer": "number", "boolean": "true or false"}.get(schema["type"], schema["type"])
    if "maximum" in schema:
        return f"{kind} from {schema['minimum']} to {schema['maximum']}"
    if "maxLength" in schema:
        return f"{kind} of at most {schema['maxLength']} characters"
    return str(kind)
