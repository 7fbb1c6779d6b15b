"""Sources for operators; what was read from them, to look at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from news.dispatches import also_in
from news.health_page import due_message, health
from news.health_words import reason_of
from news.models import Alert, Article, Candidate, Poll, Source
from news.opml_pages import ExchangesSources
from news.versions import changes_of


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that only the news path writes."""

    show_full_result_count = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [field.name for field in self.model._meta.fields if field.name != "page"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SourceForm(forms.ModelForm):
    """An address with its scheme: a missing one is told, never guessed."""

    url = forms.CharField(
        label=_("Address of the feed or page"),
        max_length=1000,
        validators=Source._meta.get_field("url").validators,
        widget=forms.TextInput(attrs={"class": "vTextField", "inputmode": "url"}),
    )

    class Meta:
        model = Source
        fields = (
            "name",
            "outlet",
            "kind",
            "url",
            "link_pattern",
            "country",
            "language",
            "source_class",
            "time_zone",
            "least_minutes",
            "pause_seconds",
            "listed_at",
            "is_enabled",
        )


class VerifiedFilter(admin.SimpleListFilter):
    title = _("verified")
    parameter_name = "verified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Source]) -> QuerySet[Source]:
        wanted = {"yes": False, "no": True}.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(verified_at__isnull=wanted)


@admin.register(Source)
class SourceAdmin(ExchangesSources):
    form = SourceForm
    list_display = (
        "name",
        "outlet",
        "kind",
        "source_class",
        "host",
        "country",
        "language",
        "is_enabled",
        "is_verified",
        "last_polled_at",
        "next_poll_at",
        "failures",
    )
    list_filter = ("is_enabled", VerifiedFilter, "kind", "source_class", "country", "language")
    search_fields = ("name", "outlet", "url")
    list_select_related = ("country",)
    readonly_fields = (
        "verified_at",
        "last_polled_at",
        "last_new_at",
        "next_poll_at",
        "failures",
        "disabled_because",
    )
    ordering = ("name",)
    actions = ("poll_now", "enable", "disable")

    def get_urls(self) -> list[URLPattern]:
        page = self.admin_site.admin_view(self.health)
        return [path("health/", page, name="news_source_health"), *super().get_urls()]

    def health(self, request: HttpRequest) -> HttpResponse:
        return health(request, self)

    @admin.display(description=_("verified"), boolean=True, ordering="verified_at")
    def is_verified(self, source: Source) -> bool:
        return source.verified_at is not None

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        if change:
            obj.correct(form.changed_data, at=timezone.now())
        else:
            super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # A source with a past is disabled, not deleted: its polls and articles say where from.
        return False

    @admin.action(description=_("Poll now"), permissions=["change"])
    def poll_now(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        chosen = Source.objects.filter(pk__in=queryset)
        self.message_user(request, due_message(chosen.make_due(timezone.now())))

    @admin.action(description=_("Enable"), permissions=["change"])
    def enable(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        queryset.update(is_enabled=True, disabled_because="", next_poll_at=timezone.now())

    @admin.action(description=_("Disable"), permissions=["change"])
    def disable(self, request: HttpRequest, queryset: QuerySet[Source]) -> None:
        # Their own decision takes the place of why the source had been switched off by itself, and
        # so sets the alert about it aside.
        queryset.update(is_enabled=False, disabled_because="")


@admin.register(Poll)
class PollAdmin(ReadOnlyAdmin):
    class Media:
        css = {"all": ("css/health.css",)}

    list_display = (
        "started_at",
        "source",
        "how",
        "http_status",
        "duration",
        "items",
        "new_articles",
    )
    list_filter = ("outcome", "started_at", "source")
    list_select_related = ("source",)
    ordering = ("-started_at", "-id")

    @admin.display(description=_("outcome"), ordering="outcome")
    def how(self, poll: Poll) -> str:
        outcome = poll.get_outcome_display()
        return f"{outcome}: {poll.reason}" if poll.reason else outcome

    @admin.display(description=_("took"))
    def duration(self, poll: Poll) -> str:
        seconds = (poll.finished_at - poll.started_at).total_seconds()
        return gettext("%(seconds).1f s") % {"seconds": seconds}


@admin.register(Alert)
class AlertAdmin(ReadOnlyAdmin):
    class Media:
        css = {"all": ("css/health.css",)}

    list_display = ("raised_at", "source", "kind", "why", "ended_at", "ending")
    list_filter = ("kind", "ending", "source")
    list_select_related = ("source",)
    ordering = ("-raised_at", "-id")

    @admin.display(description=_("why"))
    def why(self, alert: Alert) -> str:
        return reason_of(alert.as_judgement())


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    list_display = (
        "__str__",
        "outlet",
        "language",
        "published_on",
        "stage",
        "tries",
        "problem",
        "is_sample",
    )
    list_filter = ("stage", "date_problem", "text_from", "language", "is_sample", "source")
    search_fields = ("title", "url")
    list_select_related = ("source",)
    ordering = ("-id",)
    exclude = ("page",)

    class Media:
        css = {"all": ["css/admin.css"]}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        shown = super().get_readonly_fields(request, obj)
        return [name for name in shown if self.model._meta.get_field(name).editable] + [
            "outlets",
            "changes",
        ]

    @admin.display(description=_("also in"))
    def outlets(self, article: Article) -> str:
        return ", ".join(other.outlet for other in also_in(article))

    @admin.display(description=_("changes since it was read"))
    def changes(self, article: Article) -> SafeString:
        context = {"changes": changes_of(article), "language": article.language}
        return render_to_string("news/_versions.html", context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        rows: QuerySet[Article] = super().get_queryset(request)
        match = request.resolver_match
        is_list = match is not None and (match.url_name or "").endswith("_changelist")
        return rows.defer("text", "page", "summary") if is_list else rows


@admin.register(Candidate)
class CandidateAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "kind", "starts_on", "state", "decided_by", "decided_at")
    list_filter = ("state", "kind", "is_anniversary")
    search_fields = ("title",)
    list_select_related = ("decided_by",)
    ordering = ("-id",)
