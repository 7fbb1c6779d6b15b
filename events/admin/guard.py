"""Two editors on one event: the second save is refused, and nothing that was typed is lost.

Every form that changes an event, or what hangs on it, carries the version it was opened at. The
save locks the event and compares; when another save came first, the form comes back with its input
as typed, with what is stored beside it, and with the new version, so that saving again is a
decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.core.exceptions import BadRequest
from django.db import IntegrityError, transaction
from django.db.models import F, Model, QuerySet
from django.forms import BaseForm, BaseInlineFormSet, ModelForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedFieldAdmin

from accounts.models import User
from events.history import recorded
from events.models import Event


@dataclass(frozen=True)
class Difference:
    """One field, or one list of rows, in which the stored event and the editor's input differ."""

    label: str
    theirs: list[str] = field(default_factory=list)
    yours: list[str] = field(default_factory=list)


def _shown(form_field: forms.Field, value: Any) -> str:
    if isinstance(value, Model):
        return str(value)
    if value is None or value == "":
        return ""
    if isinstance(form_field, forms.BooleanField):
        return gettext("yes") if value in (True, "on", "True", "true") else gettext("no")
    if isinstance(form_field, forms.ModelChoiceField):
        try:
            return str(form_field.clean(value))
        except forms.ValidationError:
            return str(value)
    if isinstance(form_field, forms.ChoiceField):
        return str(dict(_flat(cast("Iterable[Any]", form_field.choices))).get(value, value))
    return str(value).replace("\r\n", "\n").strip()


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _typed(form: BaseForm, name: str) -> str:
    value = form.cleaned_data.get(name) if hasattr(form, "cleaned_data") else None
    if value is None:
        value = form[name].value()
    return _shown(form.fields[name], value)


def _stored(form: BaseForm, name: str, row: Model) -> str:
    return _shown(form.fields[name], getattr(row, name, None))


def field_differences(form: ModelForm, stored: Model) -> list[Difference]:
    """The fields of a bound form whose input differs from the stored row."""
    found = []
    for name in form.fields:
        if form[name].is_hidden or not hasattr(stored, name):
            continue
        theirs, yours = _stored(form, name, stored), _typed(form, name)
        if theirs != yours:
            found.append(Difference(str(form[name].label), [theirs], [yours]))
    return found


def _line(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


def kept_forms(formset: BaseInlineFormSet) -> list[ModelForm]:
    """The rows of a bound inline that a save would leave in the record, valid or not."""
    return [
        form
        for form in formset.forms
        if (form.has_changed() or form.instance.pk)
        and not (formset.can_delete and form["DELETE"].value())
    ]


def row_difference(formset: BaseInlineFormSet, stored: QuerySet[Any]) -> Difference | None:
    """The rows of an inline that only one side has, each as one line; None when both agree."""
    blank = formset.empty_form
    names = [
        name
        for name, form_field in blank.fields.items()
        if name not in ("id", "DELETE", formset.fk.name)
        and not isinstance(form_field.widget, forms.HiddenInput)
    ]
    yours = [_line(_typed(form, name) for name in names) for form in kept_forms(formset)]
    theirs = [_line(_stored(blank, name, row) for name in names) for row in stored]
    if sorted(yours) == sorted(theirs):
        return None
    model = cast("type[Model]", formset.model)
    return Difference(
        str(model._meta.verbose_name_plural),
        [line for line in theirs if line not in yours],
        [line for line in yours if line not in theirs],
    )


class VersionedForm(forms.ModelForm):
    """A form of an event, or of a row that hangs on one, that refuses an outdated save."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    reason = forms.CharField(
        label=_("Reason for the change"),
        required=False,
        max_length=300,
        help_text=_("Readers see it in the log of corrections. Name nobody."),
    )
    conflict: Event | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.guarded_event()
        if event is not None and "version" in self.fields:
            self.initial["version"] = event.version

    def guarded_event(self) -> Event | None:
        """The stored event whose version this form carries; None while it is being added."""
        row = self.instance
        if row.pk is None:
            return None
        return row if isinstance(row, Event) else row.event

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        event = self.guarded_event()
        if event is not None:
            self._refuse_an_outdated_save(event)
        return cleaned

    def _refuse_an_outdated_save(self, event: Event) -> None:
        stored = Event.objects.select_for_update().get(pk=event.pk)
        if stored.withdrawn_at is not None:
            self.add_error(None, _("This event has been withdrawn; it can no longer be changed."))
        elif stored.merged_into_id is not None:
            self.add_error(
                None, _("This event has been merged into another; it can no longer be changed.")
            )
        if self.cleaned_data.get("version") == stored.version:
            return
        self.conflict = stored
        # The next save of this page has seen what is stored, and may overrule it.
        data = cast("QueryDict", self.data).copy()
        data[self.add_prefix("version")] = str(stored.version)
        self.data = data
        self.add_error(
            None,
            _(
                "Somebody else saved this event while you were editing it. Nothing of yours is "
                "saved yet, and nothing is lost: compare above, correct your entries, and save "
                "again."
            ),
        )


def without_vanished_rows(
    data: QueryDict, *, prefix: str, known: Mapping[str, Any] | set[str]
) -> QueryDict:
    """The posted rows of an inline with those that another editor has deleted made new rows.

    Django would refuse them for ever: their id is no valid choice, and it is a hidden field.
    `known` are the ids stored now, as text. Returns `data` itself when nothing has vanished.
    """
    try:
        initial = int(data.get(f"{prefix}-INITIAL_FORMS", 0))
        total = int(data.get(f"{prefix}-TOTAL_FORMS", 0))
    except ValueError:
        return data
    order = list(range(min(total, 1000)))
    stays = [n for n in order[:initial] if data.get(f"{prefix}-{n}-id", "") in known]
    gone = [n for n in order[:initial] if n not in stays]
    if not gone:
        return data
    changed = QueryDict(mutable=True)
    rows: dict[int, list[tuple[str, list[str]]]] = {}
    for key, values in data.lists():
        number, _dot, name = key.removeprefix(f"{prefix}-").partition("-")
        if key.startswith(f"{prefix}-") and number.isdecimal() and name:
            rows.setdefault(int(number), []).append((name, values))
        else:
            changed.setlist(key, values)
    for new, old in enumerate(stays + gone + order[initial:]):
        for name, values in rows.get(old, []):
            vanished_id = old in gone and name == "id"
            changed.setlist(f"{prefix}-{new}-{name}", [""] if vanished_id else values)
    changed[f"{prefix}-INITIAL_FORMS"] = str(len(stays))
    return changed


class GuardedAdmin(TranslatedFieldAdmin, admin.ModelAdmin):
    """An admin of events or of rows that hang on one: every save raises the event's version."""

    form = VersionedForm
    change_form_template = "admin/events/guarded_form.html"

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if request.method == "POST" and obj.pk is not None:
            known = {str(pk) for pk in kwargs["queryset"].values_list("pk", flat=True)}
            kwargs["data"] = without_vanished_rows(kwargs["data"], prefix=prefix, known=known)
        return kwargs

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        if any("\0" in value for _name, values in request.POST.lists() for value in values):
            # Nobody types it, PostgreSQL refuses it, and a choice by code hands it on unchecked.
            raise BadRequest("A form holds the character zero.")
        reason = request.POST.get("reason", "").strip()[:300]
        by = cast("User", request.user)
        with recorded(door="admin", reason=reason, told=reason, by=by):
            try:
                with transaction.atomic():
                    return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError:
                # Another save took the same address or row between our look and our write: a
                # second look finds it and says so in the form. What is refused again is a defect.
                return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        form = context["adminform"].form
        stored = getattr(form, "conflict", None)
        if stored is not None:
            context["differences"] = self._differences(form, context["inline_admin_formsets"])
        return super().render_change_form(request, context, *args, **kwargs)

    def _differences(self, form: VersionedForm, inlines: Iterable[Any]) -> list[Difference]:
        row = type(form.instance)._base_manager.filter(pk=form.instance.pk).first()
        if row is None:
            return []
        found = field_differences(form, row)
        for inline in inlines:
            formset = inline.formset
            stored = formset.model._base_manager.filter(**{formset.fk.name: row}).order_by("pk")
            difference = row_difference(formset, stored)
            if difference is not None:
                found.append(difference)
        return found

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if isinstance(obj, Event):
            if change:
                obj.version += 1  # the form has locked the row and compared
            super().save_model(request, obj, form, change)
        else:
            super().save_model(request, obj, form, change)
            self.raise_version(obj.event_id)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        event_id = None if isinstance(obj, Event) else obj.event_id
        super().delete_model(request, obj)
        if event_id is not None:
            self.raise_version(event_id)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for row in queryset:
            self.delete_model(request, row)

    @staticmethod
    def raise_version(event_id: int) -> None:
        Event.objects.filter(pk=event_id).update(version=F("version") + 1)
