"""What a reader enters to follow a filter by mail."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from events import reporting
from following.models import Subscription


class FollowForm(forms.Form):
    """How often, in which language and where to, with two marks of programs: a trap filled in,
    and great haste."""

    use_required_attribute = False

    pace = forms.ChoiceField(
        label=_("How often"),
        choices=Subscription.Pace.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how often."),
            "invalid_choice": _("Choose how often."),
        },
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a language."),
            "invalid_choice": _("Choose a language."),
        },
    )
    address = forms.EmailField(
        label=_("Email address"),
        help_text=_("You get one mail there with a link. Nothing else comes until you confirm it."),
        max_length=254,
        widget=forms.EmailInput(
            attrs={"class": "field", "autocomplete": "email", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Enter an email address."),
            "invalid": _("Enter an email address, as name@example.org."),
            "max_length": _("The email address must have 254 characters or fewer."),
            "null_characters_not_allowed": _("Enter an email address, as name@example.org."),
        },
    )

    def __init__(self, *args: Any, at: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.stamp = reporting.stamp(at=at)
        # The browser would cut a pasted address without a word.
        del self.fields["address"].widget.attrs["maxlength"]

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


class PaceForm(forms.Form):
    """How often a subscription is told, as its owner changes it."""

    pace = forms.ChoiceField(choices=Subscription.Pace.choices)


class LanguageForm(forms.Form):
    """The language of a subscriber's mails."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
