"""The two groups of staff and what each may do.

Permissions are named, not imported: this app knows no other. Migrating gives each group exactly
the permissions named here for the apps named here, so this file is the truth about them; an
exception for one person is a permission of that person, or another group.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.management import create_permissions
from django.db.models import Q

EDIT = ("add", "change", "view")
REMOVE_TOO = (*EDIT, "delete")

_KINDS = (
    "event",
    "call",
    "summit",
    "trilateralsummit",
    "visit",
    "ministerialtalks",
    "agreement",
    "statement",
    "dispute",
    "ceremony",
    "otherevent",
)
# Rows that belong to one owner and are corrected by taking them away.
_PARTS = (
    "eventcountry",
    "eventplace",
    "eventtopic",
    "participation",
    "citation",
    "readout",
    "point",
    "silence",
    "commitment",
    "alias",
    "anniversarycountry",
)
_LASTING = ("country", "topic", "person", "office", "term", "publisher", "anniversary", "phrase")
# Readers write them; editors read and close them.
_REPORTS = ("errorreport",)
# Whose addresses these are is not for editors to know.
_FOLLOWERS = ("subscriber", "subscription")
# Mails to followers: to send one again is to change it.
_MAILS = ("digest",)
_WEBHOOKS = ("webhook",)


def _named(actions: Iterable[str], models: Iterable[str]) -> frozenset[str]:
    return frozenset(f"{action}_{model}" for model in models for action in actions)


# Deleting an event is offered for drafts only: the admin and a trigger refuse the rest.
GROUPS: dict[str, dict[str, frozenset[str]]] = {
    "editor": {
        "events": _named(REMOVE_TOO, (*_KINDS, *_PARTS))
        | _named(EDIT, _LASTING)
        | _named(("change", "view"), _REPORTS),
        "news": _named(("change", "view"), ("candidate",))
        | _named(("view",), ("alert", "article", "source", "poll")),
        "following": _named(REMOVE_TOO, _WEBHOOKS),
        "accounts": frozenset(),
    },
    "operator": {
        "events": frozenset(),
        "news": _named(EDIT, ("source",)) | _named(("view",), ("alert", "article", "poll")),
        "following": _named(("view",), (*_FOLLOWERS, *_WEBHOOKS))
        | _named(("change", "view"), _MAILS),
        "accounts": _named(EDIT, ("user",)),
    },
}


def grant(app_config: AppConfig, *, using: str = "default") -> None:
    """Give the groups what is named for this app, as far as its models exist. Safe to repeat."""
    if not any(app_config.label in named for named in GROUPS.values()):
        return
    # This may run before Django's own receiver, which makes the permissions of new models.
    create_permissions(app_config, verbosity=0, interactive=False, using=using)
    from django.contrib.auth.models import Group, Permission

    for name, named in GROUPS.items():
        group, _new = Group.objects.using(using).get_or_create(name=name)
        of_this_app = Q(content_type__app_label=app_config.label)
        wanted = Permission.objects.using(using).filter(
            of_this_app, codename__in=named.get(app_config.label, ())
        )
        surplus = group.permissions.using(using).filter(of_this_app).exclude(pk__in=wanted)
        group.permissions.remove(*surplus)
        group.permissions.add(*wanted)


def after_migrating(app_config: AppConfig, using: str = "default", **_signal: Any) -> None:
    """Receiver of `post_migrate`."""
    grant(app_config, using=using)
