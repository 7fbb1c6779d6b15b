"""Form fields of the record: an address with its scheme, a zone from the list, a publisher."""

from __future__ import annotations

from functools import cache
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Publisher
from events.validators import PageAddressValidator

# Seoul and Tokyo first: nearly every clock in the record is one of them.
USUAL_ZONES = (
    "Asia/Seoul",
    "Asia/Tokyo",
    "Asia/Shanghai",
    "America/New_York",
    "Europe/London",
    "UTC",
)


class AddressField(forms.URLField):
    """The address of a page as it was copied: a missing scheme is told, never guessed."""

    default_error_messages: ClassVar[dict[str, Any]] = {"invalid": PageAddressValidator.message}
    default_validators = [PageAddressValidator()]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "assume_scheme": "https"})

    def to_python(self, value: Any) -> str:
        return forms.CharField.to_python(self, value) or ""


@cache  # looking for the zones opens each of some 600 files
def zone_choices() -> list[Any]:
    """The zones of the time-zone database, the usual ones first, in two groups."""
    others = sorted(zone for zone in available_timezones() if "/" in zone)
    return [
        ("", "---------"),
        (_("Usual"), [(zone, zone) for zone in USUAL_ZONES]),
        (_("All"), [(zone, zone) for zone in others if zone not in USUAL_ZONES]),
    ]


class SourcedForm(forms.ModelForm):
    """A row with an address and a publisher, which may be left to the address's host."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "publisher" in self.fields:
            self.fields["publisher"].required = False
            self.fields["publisher"].help_text = _("Left empty: known by the host of the address.")

    def save(self, commit: bool = True) -> Any:
        # Not while validating: a form that is refused leaves no publisher behind.
        if self.instance.publisher_id is None:
            self.instance.publisher = Publisher.objects.at(self.instance.url)
        return super().save(commit)


class DeadlineForm(forms.ModelForm):
    """A commitment, whose deadline may be empty."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("due_precision") and not cleaned.get("due_on"):
            self.add_error("due_on", _("A precision needs its date."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        # PostgreSQL cannot tell the day of a date that is not there, which is how Django asks it
        # about the rules of an empty deadline; each check would be a logged error.
        exclude: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclude if self.cleaned_data.get("due_on") else exclude | {"due_on"}
