"""What an editor changes of a drafted account: one form of many small ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.models import Topic
from news.models import CandidateCommitment, CandidatePoint, CandidateReadout


class Keeps(forms.ModelForm):
    """A row with a tick for whether it goes on record."""

    keep = forms.BooleanField(label=_("Goes on record"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["keep"].initial = not self.instance.is_left_out

    def save(self, commit: bool = True) -> Any:
        self.instance.is_left_out = not self.cleaned_data["keep"]
        return super().save(commit)


class ReadoutForm(Keeps):
    class Meta:
        model = CandidateReadout
        fields = ("is_whole",)
        labels = {"is_whole": _("Is this the whole text?")}


class PointForm(Keeps):
    class Meta:
        model = CandidatePoint
        fields = ("topic", "stance", "text_en")

    def __init__(self, *args: Any, topics: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Named once for all points: each would else ask the database.
        self.fields["topic"].widget.choices = [("", _("Without a topic")), *topics]


class CommitmentForm(Keeps):
    class Meta:
        model = CandidateCommitment
        fields = ("text_en", "due_text", "due_on", "due_precision")
        widgets = {"due_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}


class AccountForm:
    """A drafted readout with its points and commitments, to be saved together.

    `data` is what was sent; without it the form shows what is stored.
    """

    def __init__(self, readout: CandidateReadout, data: QueryDict | None = None) -> None:
        topics = [(topic.pk, topic.name) for topic in Topic.objects.order_by("id")]
        self.readout = readout
        self.whole = ReadoutForm(data, instance=readout, prefix=f"account-{readout.pk}")
        self.points = [
            PointForm(data, instance=row, prefix=f"point-{row.pk}", topics=topics)
            for row in sorted(readout.points.all(), key=lambda row: row.position)
        ]
        self.commitments = [
            CommitmentForm(data, instance=row, prefix=f"commitment-{row.pk}")
            for row in sorted(readout.commitments.all(), key=lambda row: row.position)
        ]

    @property
    def forms(self) -> Iterator[Keeps]:
        yield self.whole
        yield from self.points
        yield from self.commitments

    def is_valid(self) -> bool:
        # All are asked, so that all say what is wrong with them.
        return not [form for form in self.forms if not form.is_valid()]

    @property
    def errors(self) -> list[str]:
        """What is wrong, each with the name of its field."""
        found = []
        for form in self.forms:
            for name, messages in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                found += [f"{label}: {message}" if label else str(message) for message in messages]
        return found

    def save(self, by: User) -> None:
        """Store what the editor changed; the account is not drafted anew from now on."""
        self.readout.edited_by = by
        for form in self.forms:
            form.save()
