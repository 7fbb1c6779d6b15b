"""What events are described with: countries, topics, people, offices, publishers, anniversaries."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedFieldAdmin

from events.admin.inlines import ADDRESSES, CitationInline, SourceInline
from events.models import (
    Alias,
    Anniversary,
    AnniversaryCountry,
    Country,
    Office,
    Person,
    Phrase,
    Publisher,
    Term,
    Topic,
)


class WithLastingKey(TranslatedFieldAdmin, admin.ModelAdmin):
    """Rows whose key stands in addresses and files, so it is chosen once."""

    key = "slug"
    list_per_page = 50
    show_full_result_count = False
    formfield_overrides = ADDRESSES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (self.key,) if obj is not None else ()


@admin.register(Country)
class CountryAdmin(WithLastingKey):
    key = "code"
    list_display = ("code", "name_en", "name_ko", "name_ja", "position")
    search_fields = ("code", "name_en", "name_ko", "name_ja")
    ordering = ("position",)
    fields = ("code", "name_en", "name_ko", "name_ja", "position")


@admin.register(Topic)
class TopicAdmin(WithLastingKey):
    list_display = ("slug", "name_en", "name_ko", "name_ja")
    search_fields = ("slug", "name_en", "name_ko", "name_ja")
    ordering = ("name_en",)


@admin.register(Phrase)
class PhraseAdmin(WithLastingKey):
    """Short English wordings and how the other two languages say them."""

    key = "text_en"
    list_display = ("text_en", "text_ko", "text_ja")
    list_display_links = ("text_en",)
    search_fields = ("text_en", "text_ko", "text_ja")
    ordering = ("text_en",)
    fields = ("text_en", "text_ko", "text_ja")


class AliasInline(admin.TabularInline):
    model = Alias
    extra = 0
    fields = ("language", "form")
    ordering = ("language", "form")


class TermInline(admin.TabularInline):
    """The offices that a person held; the sources of each are on its own page."""

    model = Term
    extra = 0
    fields = ("office", "party_en", "starts_on", "ends_on")
    autocomplete_fields = ("office",)
    ordering = ("starts_on", "id")
    show_change_link = True


@admin.register(Person)
class PersonAdmin(WithLastingKey):
    list_display = ("name_en", "name_ko", "name_ja", "country", "slug")
    list_filter = ("country",)
    list_select_related = ("country",)
    search_fields = ("slug", "name_en", "name_ko", "name_ja", "aliases__form")
    ordering = ("name_en",)
    autocomplete_fields = ("country",)
    inlines = (AliasInline, TermInline)
    fields = (
        "name_en",
        ("name_ko", "name_ja"),
        ("family_name_en", "given_name_en"),
        "country",
        "slug",
    )

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {"slug": ("name_en",)} if obj is None else {}


@admin.register(Office)
class OfficeAdmin(WithLastingKey):
    list_display = ("name_en", "name_ko", "name_ja", "country", "slug")
    list_filter = ("country",)
    list_select_related = ("country",)
    search_fields = ("slug", "name_en", "name_ko", "name_ja", "country__code", "country__name_en")
    ordering = ("country", "slug")
    autocomplete_fields = ("country",)


class TermSourceInline(CitationInline):
    fk_name = "term"


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ("person", "office", "starts_on", "ends_on", "party_en")
    list_filter = ("office",)
    list_select_related = ("person", "office")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("person__name_en", "person__name_ko", "person__name_ja", "office__name_en")
    ordering = ("-starts_on", "-id")
    autocomplete_fields = ("person", "office")
    inlines = (TermSourceInline,)


@admin.register(Publisher)
class PublisherAdmin(WithLastingKey):
    key = "host"
    list_display = ("name", "host", "source_class", "country_code", "languages")
    list_filter = ("source_class", "country_code")
    search_fields = ("name", "host")
    ordering = ("name", "host")
    fields = ("host", "name", "source_class", "country_code", "languages")


class AnniversaryCountryInline(admin.TabularInline):
    model = AnniversaryCountry
    extra = 1
    autocomplete_fields = ("country",)
    verbose_name_plural = _("countries in which it is marked")


class AnniversarySourceInline(SourceInline):
    fk_name = "anniversary"


@admin.register(Anniversary)
class AnniversaryAdmin(WithLastingKey):
    list_display = ("title", "origin_on", "calendar", "observed_by", "slug")
    list_filter = ("calendar",)
    search_fields = ("slug", "title_en", "title_ko", "title_ja")
    ordering = ("origin_on", "slug")
    inlines = (AnniversaryCountryInline, AnniversarySourceInline)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return {"slug": ("title_en",)} if obj is None else {}
