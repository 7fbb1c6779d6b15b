"""What an editor fills in on the review pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from events.models import Anniversary, Country, Event, Person, Term, Topic
from events.models.citations import ADDRESS_LENGTH
from events.validators import PageAddressValidator
from news.models import Article, Candidate, Report
from news.review import Parts
from news.tellings import last_day
from news.updating import TAKEABLE

NEIGHBOURS = ("KR", "JP", "US", "CN")
LONGEST_SUMMARY = 2000


class WithAddress(forms.Form):
    """Asks for the address of a candidate's article without one that a citation can hold.

    It may stay empty where another report has one.
    """

    article: Article

    def add_address(self, candidate: Candidate) -> None:
        self.article = candidate.article
        if self.article.is_citable:
            return
        others = Article.objects.filter(reports__candidate=candidate).only("url")
        is_needed = not any(article.is_citable for article in others)
        self.fields["url"] = forms.CharField(
            label=_("Address of the article"),
            required=is_needed,
            max_length=ADDRESS_LENGTH,
            help_text=_("The article came without one, and a source needs it.")
            if is_needed
            else _("The article came without one. Left empty: only the other reports are cited."),
            validators=[PageAddressValidator()],
            widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        )

    @property
    def address(self) -> str:
        """Where the article can be read; after validation."""
        return self.article.url if self.article.is_citable else self.cleaned_data["url"]


TITLES = {
    "title_en": _("Title in English"),
    "title_ko": _("Title in Korean"),
    "title_ja": _("Title in Japanese"),
}


class AcceptForm(WithAddress, forms.ModelForm):
    """The event as drafted, for the editor to publish as it is or corrected."""

    people = forms.ModelMultipleChoiceField(
        label=_("Participants"),
        required=False,
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    more_people = forms.ModelMultipleChoiceField(
        label=_("More participants"),
        required=False,
        queryset=Person.objects.order_by("name_en", "id"),
        help_text=_("Hold Ctrl (or ⌘) to choose several."),
    )
    actors = forms.ModelMultipleChoiceField(
        label=_("Countries that acted"),
        queryset=Country.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Both in a meeting; one in an act of one government."),
    )
    concerned = forms.ModelMultipleChoiceField(
        label=_("Other countries concerned"),
        required=False,
        queryset=Country.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        required=False,
        queryset=Topic.objects.order_by("slug"),
        widget=forms.CheckboxSelectMultiple,
    )
    city = forms.CharField(label=_("City"), required=False, max_length=60)
    place_country = forms.ModelChoiceField(
        label=_("Country of the place"),
        required=False,
        queryset=Country.objects.order_by("position"),
        help_text=_("Who administers it; not a legal view."),
    )

    class Meta:
        model = Event
        fields = (
            "kind",
            "status",
            "certainty",
            "precision",
            "starts_on",
            "ends_on",
            "title_en",
            "title_ko",
            "title_ja",
            "summary_en",
            "setting",
            "channel",
            "minutes",
            "occasion",
        )
        labels = TITLES
        widgets = {
            "starts_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "ends_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            "summary_en": forms.Textarea(attrs={"rows": 3}),
        }

    field_order = (
        "url",
        "title_en",
        "title_ko",
        "title_ja",
        "kind",
        "status",
        "starts_on",
        "ends_on",
        "precision",
        "people",
        "more_people",
        "actors",
        "concerned",
        "topics",
        "city",
        "place_country",
        "setting",
        "channel",
        "minutes",
        "occasion",
        "certainty",
        "summary_en",
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        self.candidate = candidate
        kwargs.setdefault("initial", as_drafted(candidate))
        kwargs.setdefault("auto_id", "accept-%s")
        super().__init__(*args, **kwargs)
        self.add_address(candidate)
        for name in ("title_ko", "title_ja"):
            self.fields[name].required = False
            self.fields[name].help_text = _("Left empty: readers see the English title.")
        self._offer_choices()
        self.order_fields(self.field_order)

    def _offer_choices(self) -> None:
        candidate = self.candidate
        drafted = [person.pk for person in candidate.people.all()]
        leaders = Term.objects.on(candidate.starts_on).values("person_id")
        people = Person.objects.filter(pk__in=drafted) | Person.objects.filter(pk__in=leaders)
        self.fields["people"].queryset = people.order_by("name_en", "id")  # type: ignore[attr-defined]
        codes = {*NEIGHBOURS, *(country.pk for country in candidate.countries.all())}
        if candidate.place_country_id:
            codes.add(candidate.place_country_id)
        countries = Country.objects.filter(pk__in=codes).order_by("position")
        for name in ("actors", "concerned"):
            self.fields[name].queryset = countries  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("city") and not cleaned.get("place_country"):
            self.add_error("place_country", _("Choose the country of this city."))
        return cleaned

    def parts(self) -> Parts:
        """What hangs on the event; after validation."""
        given = self.cleaned_data
        return Parts(
            actors=list(given["actors"]),
            concerned=list(given["concerned"]),
            people=[*given["people"], *given["more_people"]],
            topics=list(given["topics"]),
            city=given["city"],
            place_country=given["place_country"],
        )

    def event(self) -> Event:
        """The unsaved event; after validation."""
        event: Event = self.instance
        event.independent_publishers = 1
        if event.channel == Event.Channel.IN_PERSON:
            event.host = self.cleaned_data["place_country"]
        return event


def as_drafted(candidate: Candidate) -> dict[str, Any]:
    """A candidate's values as the form to accept it begins with them."""
    usual = {
        Event.Kind.CALL: Event.Channel.PHONE,
        Event.Kind.SUMMIT: Event.Channel.IN_PERSON,
        Event.Kind.TRILATERAL_SUMMIT: Event.Channel.IN_PERSON,
    }
    is_plan = candidate.status == Candidate.Status.SCHEDULED
    copied = (
        "kind",
        "status",
        "precision",
        "starts_on",
        "ends_on",
        "setting",
        "minutes",
        "occasion",
    )
    return {
        **{name: getattr(candidate, name) for name in copied},
        "channel": candidate.channel or usual.get(Event.Kind(candidate.kind), ""),
        "certainty": Event.Certainty.ADVANCE_NOTICE if is_plan else Event.Certainty.CONFIRMED,
        "title_en": candidate.title[:160],
        "summary_en": candidate.summary[:LONGEST_SUMMARY],
        "people": [person.pk for person in candidate.people.all()],
        "actors": [country.pk for country in candidate.countries.all()],
        "topics": [topic.pk for topic in candidate.topics.all()],
        "city": candidate.city if candidate.place_country_id else "",
        "place_country": candidate.place_country_id,
    }


class AnniversaryForm(WithAddress, forms.ModelForm):
    """A recurring day that the record does not know yet."""

    countries = forms.ModelMultipleChoiceField(
        label=_("Marked in"),
        queryset=Country.objects.filter(pk__in=NEIGHBOURS).order_by("position"),
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Anniversary
        fields = ("title_en", "title_ko", "title_ja", "origin_on", "calendar", "observed_by")
        labels = TITLES
        widgets = {"origin_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        self.candidate = candidate
        initial = {"countries": [country.pk for country in candidate.countries.all()]}
        kwargs.setdefault("initial", initial)
        kwargs.setdefault("auto_id", "anniversary-%s")
        super().__init__(*args, **kwargs)
        self.add_address(candidate)
        for name in ("title_ko", "title_ja"):
            self.fields[name].required = False

    def clean_origin_on(self) -> Any:
        origin = self.cleaned_data["origin_on"]
        if origin > last_day(self.candidate):
            raise forms.ValidationError(_("What is remembered lies before the day drafted."))
        return origin


class MergeForm(WithAddress):
    """Where to merge, and what the event compared takes over: the fields ticked, and a status."""

    event = forms.SlugField(required=False, widget=forms.HiddenInput)
    anniversary = forms.SlugField(required=False, widget=forms.HiddenInput)
    against = forms.SlugField(required=False, widget=forms.HiddenInput)
    take = forms.MultipleChoiceField(required=False, choices=[(name, name) for name in TAKEABLE])
    status = forms.ChoiceField(
        label=_("Status from now on"),
        required=False,
        choices=[
            ("", _("as on record")),
            *((s.value, s.label) for s in Event.Status if s != Event.Status.SCHEDULED),
        ],
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "merge-%s")
        super().__init__(*args, **kwargs)
        self.add_address(candidate)
        self.target: Event | Anniversary | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if slug := cleaned.get("anniversary"):
            self.target = Anniversary.objects.filter(slug=slug).first()
        elif slug := cleaned.get("event"):
            self.target = Event.objects.filter(slug=slug).first()
        elif not self.errors:
            self.add_error(None, _("Choose the event to merge into."))
            return cleaned
        if self.target is None and not self.errors:
            self.add_error(None, _("There is nothing at this address."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        """What the event takes over; nothing, where it is not the one that was compared."""
        given = self.cleaned_data
        if not given["against"] or given["against"] != given["event"]:
            return {}
        return {"take": given["take"], "status": given["status"]}


class SplitForm(forms.Form):
    """What the second of two events is that one report of a candidate tells of."""

    sentences = forms.TypedMultipleChoiceField(
        label=_("Sentences that tell of the other event"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: the same sentences tell of both."),
    )
    kind = forms.ChoiceField(label=_("Kind of the other event"), choices=Event.Kind)
    starts_on = forms.DateField(
        label=_("Its day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *args: Any, candidate: Candidate, report: Report, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "split-%s")
        kwargs.setdefault("initial", {"kind": candidate.kind, "starts_on": candidate.starts_on})
        super().__init__(*args, **kwargs)
        rows = report.evidence.order_by("sentence_starts_at")
        sentences = dict(rows.values_list("sentence_starts_at", "sentence"))
        self.fields["sentences"].choices = list(sentences.items())  # type: ignore[attr-defined]

    def clean_sentences(self) -> list[int]:
        chosen: list[int] = self.cleaned_data["sentences"]
        if chosen and len(chosen) == len(self.fields["sentences"].choices):  # type: ignore[attr-defined]
            raise forms.ValidationError(_("Leave the first event a sentence, or choose none."))
        return chosen


class RejectForm(forms.Form):
    """Why a candidate is no event of the record."""

    reject_reason = forms.ChoiceField(
        label=_("Reason"), choices=Candidate.RejectReason, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Another reason"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "reject-%s")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reject_reason") == Candidate.RejectReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Say which other reason."))
        return cleaned
