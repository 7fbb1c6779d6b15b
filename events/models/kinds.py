"""Events of one kind, so that each kind is entered by a form of its own.

They share the table of events; asking one of them for rows gives that kind only.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.events import Event, EventQuerySet


class KindManager(models.Manager.from_queryset(EventQuerySet)):  # type: ignore[misc]
    """Rows of the kind of the model that it serves."""

    def get_queryset(self) -> EventQuerySet:
        rows: EventQuerySet = super().get_queryset().filter(kind=self.model.KIND)
        return rows


class Call(Event):
    KIND: ClassVar[str] = Event.Kind.CALL
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("call")
        verbose_name_plural = _("calls")


class Summit(Event):
    KIND: ClassVar[str] = Event.Kind.SUMMIT
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("summit")
        verbose_name_plural = _("summits")


class TrilateralSummit(Event):
    KIND: ClassVar[str] = Event.Kind.TRILATERAL_SUMMIT
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("trilateral summit")
        verbose_name_plural = _("trilateral summits")


class Visit(Event):
    KIND: ClassVar[str] = Event.Kind.VISIT
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("visit")
        verbose_name_plural = _("visits")


class MinisterialTalks(Event):
    KIND: ClassVar[str] = Event.Kind.MINISTERIAL
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("ministerial talks")
        verbose_name_plural = _("ministerial talks")


class Agreement(Event):
    KIND: ClassVar[str] = Event.Kind.AGREEMENT
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")


class Statement(Event):
    KIND: ClassVar[str] = Event.Kind.STATEMENT
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("statement")
        verbose_name_plural = _("statements")


class Dispute(Event):
    KIND: ClassVar[str] = Event.Kind.DISPUTE
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("dispute")
        verbose_name_plural = _("disputes")


class Ceremony(Event):
    KIND: ClassVar[str] = Event.Kind.CEREMONY
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("ceremony")
        verbose_name_plural = _("ceremonies")


class OtherEvent(Event):
    KIND: ClassVar[str] = Event.Kind.OTHER
    objects: ClassVar[KindManager] = KindManager()

    class Meta:
        proxy = True
        verbose_name = _("other event")
        verbose_name_plural = _("other events")


BY_KIND: dict[str, type[Event]] = {
    model.KIND: model
    for model in (
        Call,
        Summit,
        TrilateralSummit,
        Visit,
        MinisterialTalks,
        Agreement,
        Statement,
        Dispute,
        Ceremony,
        OtherEvent,
    )
}
