"""What an editor chooses on the list of the queue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from events.models import Event
from news.forms import RejectForm
from news.models import Candidate, Report, Source
from news.models.candidates import CandidateQuerySet

ANY = [("", _("any"))]
# Below the first a value rests on a guess, from the second on all are told in so many words.
UNSURE, SURE = 0.5, 0.8
MOST_AT_ONCE = 100


class QueueFilter(forms.Form):
    """Which candidates the queue shows; a bad value is told and otherwise left out."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("to be decided")), ("accepted", _("accepted")), ("merged", _("merged"))]
        + [("rejected", _("rejected")), ("joined", _("put to another")), ("all", _("all"))],
    )
    source = forms.ModelChoiceField(
        label=_("Source"),
        required=False,
        empty_label=_("any"),
        queryset=Source.objects.order_by("name", "id"),
    )
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[*ANY, *settings.LANGUAGES]
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        required=False,
        choices=[
            *ANY,
            ("anniversary", _("Ceremony or recurring day")),
            *((kind.value.lower(), kind.label) for kind in Event.Kind),
        ],
    )
    confidence = forms.ChoiceField(
        label=_("Confidence"),
        required=False,
        choices=[*ANY, ("high", _("high")), ("middle", _("middle")), ("low", _("low"))],
    )
    taken = forms.ChoiceField(
        label=_("Taken"),
        required=False,
        choices=[*ANY, ("mine", _("by me")), ("free", _("by nobody")), ("others", _("by others"))],
    )

    def chosen(self, editor_id: int) -> CandidateQuerySet:
        """The candidates that fit what was given rightly."""
        self.is_valid()
        given = self.cleaned_data
        found = Candidate.objects.all()
        state = given.get("state") or "pending"
        if state != "all":
            found = found.filter(state=state.upper())
        if given.get("source"):
            found = found.filter(_told_by(article__source=given["source"]))
        if given.get("language"):
            found = found.filter(_told_by(article__language=given["language"]))
        if given.get("kind") == "anniversary":
            found = found.filter(is_anniversary=True)
        elif given.get("kind"):
            found = found.filter(kind=given["kind"].upper(), is_anniversary=False)
        if given.get("confidence"):
            found = found.with_confidence().filter(_CONFIDENCE[given["confidence"]])
        if given.get("taken"):
            found = found.filter(_taken(given["taken"], editor_id))
        return found


class BulkRejectForm(RejectForm):
    """Several candidates, and why none of them is an event of the record."""

    candidates = forms.TypedMultipleChoiceField(
        label=_("Candidates"),
        coerce=int,
        error_messages={"required": _("Tick the candidates to reject.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        data = self.data
        given = data.getlist("candidates") if isinstance(data, QueryDict) else []
        known = Candidate.objects.filter(pk__in=[pk for pk in given[:MOST_AT_ONCE] if is_id(pk)])
        choices = [(pk, pk) for pk in known.values_list("pk", flat=True)]
        self.fields["candidates"].choices = choices  # type: ignore[attr-defined]


_CONFIDENCE = {
    "high": Q(confidence__gte=SURE),
    "middle": Q(confidence__gte=UNSURE, confidence__lt=SURE),
    "low": Q(confidence__lt=UNSURE) | Q(confidence__isnull=True),
}


def _told_by(**fields: Any) -> Exists:
    """That one of a candidate's reports has these fields."""
    return Exists(Report.objects.filter(candidate=OuterRef("pk"), **fields))


def _taken(choice: str, editor_id: int) -> Q:
    mine, free = Q(assigned_to=editor_id), Q(assigned_to__isnull=True)
    return {"mine": mine, "free": free, "others": ~(mine | free)}[choice]


def is_id(given: str) -> bool:
    """Whether it may be the id of a row; the database takes no other."""
    return given.isascii() and given.isdigit() and len(given) < 19
