"""A form for everybody, with two marks of programs: a trap filled in, and great haste.

Nothing about a sender is looked at. The template has the trap, a field named `homepage` that people
do not see, and `shown_at` with the form's stamp.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events import reporting


class GuardedForm(forms.Form):
    """Its `at` is set before it is validated; `stamp` is what it carries when it is shown again."""

    use_required_attribute = False

    at: datetime
    stamp: str

    def show_at(self, at: datetime) -> None:
        """Remember when it is shown, or sent."""
        self.at = at
        self.stamp = reporting.stamp(at=at)

    def clean(self) -> dict[str, Any]:
        if self.data.get("homepage"):
            self.add_error(
                None, _("A field that must stay empty was filled in. Please send the form again.")
            )
        stamp = self.data.get("shown_at", "")
        since = reporting.time_since_shown(stamp, at=self.at)
        if since is None:
            self.add_error(None, _("The form could not be checked. Please send it again."))
        elif since > reporting.LONGEST_TIME:
            self.add_error(
                None, _("The form was opened more than a day ago. Please send it again.")
            )
        else:
            self.stamp = stamp
            if since < reporting.SHORTEST_TIME:
                self.add_error(
                    None,
                    _("The form was sent sooner than people can fill it in. Please send it again."),
                )
        return self.cleaned_data

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Where to put it right (empty: nowhere), and what is wrong, in the order of the fields."""
        found = [("", str(message)) for message in self.non_field_errors()]
        for field in self:
            is_group = isinstance(field.field.widget, forms.RadioSelect)
            target = f"{field.auto_id}_0" if is_group else field.id_for_label
            found += [(target, str(message)) for message in field.errors]
        return found
