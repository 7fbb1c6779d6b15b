"""Filling the admin's forms as a browser does: what a page offers, with some values typed over."""

import re
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import reverse

INLINE_STYLE = re.compile(r"<style|\sstyle=|\son[a-z]+=", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)


def offending_markup(html: str) -> list[str]:
    """What the Content-Security-Policy would block in a page."""
    scripts = [
        attributes
        for attributes in SCRIPT.findall(html)
        if "src=" not in attributes and "application/json" not in attributes
    ]
    return INLINE_STYLE.findall(html) + scripts


def offered(response: Any) -> dict[str, Any]:
    """Every value that a browser would post back from the form of this page, untouched."""
    context = response.context
    data: dict[str, Any] = {}
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    for form in [
        context["adminform"].form,
        *(formset.management_form for formset in formsets),
        *(form for formset in formsets for form in formset.forms),
    ]:
        for name in form.fields:
            value = form[name].value()
            if value is None or value is False:
                continue
            posted = "on" if value is True else form.fields[name].widget.format_value(value)
            data[form.add_prefix(name)] = posted[0] if isinstance(posted, list) else posted or ""
    return data


def typed(data: Mapping[str, Any], **values: Any) -> dict[str, Any]:
    """The data with other values; `None` leaves a field out, `__` in a name stands for `-`."""
    changed = {**data, **{name.replace("__", "-"): value for name, value in values.items()}}
    return {name: value for name, value in changed.items() if value is not None}


def add_page(model: str = "call") -> str:
    return reverse(f"admin:events_{model}_add")


def change_page(event: Any, model: str = "call") -> str:
    return reverse(f"admin:events_{model}_change", args=[event.pk])


def new_event(client: Client, model: str = "call", **values: Any) -> dict[str, Any]:
    """What an editor posts for a new event with a title, a date and one source, and `values`."""
    page = offered(client.get(add_page(model)))
    filled = {
        "title_en": "Telephone call",
        "starts_on": "2025-06-09",
        "citations__0__url": "https://example.org/call",
        **values,
    }
    return typed(page, **filled)


def settle() -> None:
    """Let the deferred constraints speak, as they do at the end of a real transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def errors(response: Any) -> str:
    """All messages that the page shows about its form and its rows."""
    assert response.status_code == 200, response
    return " ".join(str(error) for error in response.context["errors"])
