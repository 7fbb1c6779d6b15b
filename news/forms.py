"""What an editor fills in on the review pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from events.models import Anniversary, Country, Event, Person, Term, Topic
from events.models.citations import ADDRESS_LENGTH
from events.validators import PageAddressValidator
from news.matching import last_day
from news.models import Article, Candidate
from news.review import Parts

NEIGHBOURS = ("KR", "JP", "US", "CN")
LONGEST_SUMMARY = 2000
ANY = [("", _("any"))]


class QueueFilter(forms.Form):
    """Which candidates the queue shows; a bad value is told and otherwise left out."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("to be decided")), ("accepted", _("accepted")), ("merged", _("merged"))]
        + [("rejected", _("rejected")), ("all", _("all"))],
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

    def chosen(self) -> Any:
        """The candidates that fit what was given rightly."""
        self.is_valid()
        given = self.cleaned_data
        found = Candidate.objects.all()
        state = given.get("state") or "pending"
        if state != "all":
            found = found.filter(state=state.upper())
        if given.get("language"):
            found = found.filter(article__language=given["language"])
        if given.get("kind") == "anniversary":
            return found.filter(is_anniversary=True)
        if given.get("kind"):
            return found.filter(kind=given["kind"].upper(), is_anniversary=False)
        return found


class WithAddress(forms.Form):
    """Asks for the address of an article without one that a citation can hold."""

    article: Article

    def add_address(self, article: Article) -> None:
        self.article = article
        if article.is_citable:
            return
        self.fields["url"] = forms.CharField(
            label=_("Address of the article"),
            max_length=ADDRESS_LENGTH,
            help_text=_("The article came without one, and a source needs it."),
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
        self.add_address(candidate.article)
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
    is_call = candidate.kind == Event.Kind.CALL
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
        "channel": candidate.channel or (Event.Channel.PHONE if is_call else ""),
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
        self.add_address(candidate.article)
        for name in ("title_ko", "title_ja"):
            self.fields[name].required = False

    def clean_origin_on(self) -> Any:
        origin = self.cleaned_data["origin_on"]
        if origin > last_day(self.candidate):
            raise forms.ValidationError(_("What is remembered lies before the day drafted."))
        return origin


class MergeForm(WithAddress):
    """Where to merge: a button's event or anniversary, or the address of another event."""

    event = forms.SlugField(required=False, widget=forms.HiddenInput)
    anniversary = forms.SlugField(required=False, widget=forms.HiddenInput)
    other = forms.CharField(
        label=_("Another event"),
        required=False,
        max_length=300,
        help_text=_("The last part of its address on this site, or the whole address."),
    )

    def __init__(self, *args: Any, candidate: Candidate, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "merge-%s")
        super().__init__(*args, **kwargs)
        self.add_address(candidate.article)
        self.order_fields(["url", "other"])
        self.target: Event | Anniversary | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        slug = cleaned.get("event") or _last_part(cleaned.get("other") or "")
        if cleaned.get("anniversary"):
            self.target = Anniversary.objects.filter(slug=cleaned["anniversary"]).first()
            field = None
        elif slug:
            self.target = Event.objects.filter(slug=slug).first() or (
                Event.objects.filter(old_slugs__slug=slug).first()
            )
            field = None if cleaned.get("event") else "other"
        else:
            self.add_error("other", _("Name the event to merge into."))
            return cleaned
        if self.target is None:
            self.add_error(field, _("There is nothing at this address."))
        return cleaned


class RejectForm(forms.Form):
    """Why a candidate is no event of the record."""

    reject_reason = forms.ChoiceField(
        label=_("Reason"), choices=Candidate.RejectReason, widget=forms.RadioSelect
    )
    note = forms.CharField(label=_("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", "reject-%s")
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reject_reason") == Candidate.RejectReason.OTHER and not cleaned.get("note"):
            self.add_error("note", _("Say which other reason."))
        return cleaned


def _last_part(address: str) -> str:
    parts: Iterable[str] = address.partition("?")[0].split("/")
    return next((part for part in reversed([*parts]) if part.strip()), "").strip()
