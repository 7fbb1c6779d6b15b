"""What a reader enters to follow a filter by mail."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from events.guarded_form import GuardedForm
from following.models import Subscription


class FollowForm(GuardedForm):
    """How often, in which language and where to."""

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

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.show_at(at)
        # The browser would cut a pasted address without a word.
        del self.fields["address"].widget.attrs["maxlength"]


class PaceForm(forms.Form):
    """How often a subscription is told, as its owner changes it."""

    pace = forms.ChoiceField(choices=Subscription.Pace.choices)


class LanguageForm(forms.Form):
    """The language of a subscriber's mails."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
