"""Webhooks of organisations: editors enter, test, disable and enable them."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from events.standing import current
from following import enabling, queries
from following.calling import Answer, CallFailed, check_address
from following.models import Delivery, Webhook
from following.models.subscribers import QUERY_LENGTH
from news.addresses import FetchRefused

_CALLS_SHOWN = 20
_ENTERED = ("name", "url", "contact", "query")
# What the buttons of the page do, beside saving it.
_TEST, _ROTATE, _ENABLE, _DISABLE = "_test", "_rotate", "_enable", "_disable"
_AGAIN = "_again"


class WebhookForm(forms.ModelForm):
    """A webhook; its filter may be pasted as the timeline's whole address."""

    url = forms.URLField(
        label=_("Address"),
        max_length=1000,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"size": 80}),
    )
    # Cut to what the timeline understands before it is measured.
    query = forms.CharField(
        label=_("Filter"),
        required=False,
        widget=forms.TextInput(attrs={"size": 80}),
        help_text=_(
            "The timeline's address or query string, with its filters; empty for the whole record."
        ),
    )

    class Meta:
        model = Webhook
        fields = _ENTERED

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            check_address(url)
        except FetchRefused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal
        return url

    def clean_query(self) -> str:
        given: str = self.cleaned_data["query"].strip()
        query = urlsplit(given).query if "?" in given else given
        chosen = queries.chosen_in(query)
        if chosen.errors:
            told = [str(one) for errors in chosen.errors.values() for one in errors]
            raise forms.ValidationError(told)
        if query and not chosen.choices:
            raise forms.ValidationError(_("The timeline knows no such filter."))
        try:
            return queries.spelt(chosen)
        except ValueError as problem:
            raise forms.ValidationError(
                _("The filter has more than %(most)d characters.") % {"most": QUERY_LENGTH}
            ) from problem


class WebhookState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("enabled", _("Enabled")),
            ("failing", _("Failing")),
            ("disabled", _("Disabled")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "enabled":
                return queryset.filter(is_enabled=True)
            case "failing":
                return queryset.filter(is_enabled=True, failing_since__isnull=False)
            case "disabled":
                return queryset.filter(is_enabled=False)
        return queryset


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):
    """The list with the state of each, and the page of one with its secret and its last calls."""

    form = WebhookForm
    change_form_template = "admin/following/webhook_form.html"
    list_display = ("name", "host", "filter_in_words", "state", "waiting", "delivered_at")
    list_filter = (WebhookState,)
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ("name",)
    search_fields = ("name", "url", "contact")
    ordering = ("name", "id")
    actions = ("send_tests",)

    # What is shown

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        waiting = Q(deliveries__state=Delivery.State.WAITING)
        delivered = Q(deliveries__state=Delivery.State.DELIVERED)
        return (
            super()
            .get_queryset(request)
            .annotate(
                number_waiting=Count("deliveries", filter=waiting),
                last_delivered=Max("deliveries__settled_at", filter=delivered),
            )
        )

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        shown = super().get_changelist_instance(request)
        standing = current()  # brought up to date once, not for each row
        for webhook in shown.result_list:
            webhook.in_words = queries.in_words(webhook.query, standing=standing)
        return shown

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*_ENTERED, *self.get_readonly_fields(request, obj))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return ()
        secret = ("shown_secret",) if self.has_change_permission(request, obj) else ()
        return (*secret, "state", "created_at", "created_by", "last_calls")

    @admin.display(description=pgettext_lazy("of an address", "host"))
    def host(self, webhook: Webhook) -> str:
        return urlsplit(webhook.url).hostname or ""

    @admin.display(description=_("filter"))
    def filter_in_words(self, webhook: Webhook) -> str:
        return webhook.in_words  # type: ignore[attr-defined]

    @admin.display(description=_("state"))
    def state(self, webhook: Webhook) -> str:
        if not webhook.is_enabled:
            day = timezone.localtime(webhook.disabled_at)
            return f"{webhook.get_ended_by_display()} ({day:%Y-%m-%d %H:%M})"
        if webhook.failing_since is not None:
            since = timezone.localtime(webhook.failing_since)
            return gettext("Failing since %(since)s") % {"since": f"{since:%Y-%m-%d %H:%M}"}
        return gettext("Enabled")

    @admin.display(description=_("calls that wait"))
    def waiting(self, webhook: Webhook) -> int:
        return webhook.number_waiting  # type: ignore[attr-defined]

    @admin.display(description=_("last taken"))
    def delivered_at(self, webhook: Webhook) -> Any:
        return webhook.last_delivered  # type: ignore[attr-defined]

    @admin.display(description=_("secret"))
    def shown_secret(self, webhook: Webhook) -> SafeString:
        shown = format_html("<code>{}</code>", webhook.secret)
        if len(webhook.secrets_at(timezone.now())) == 1:
            return shown
        until = timezone.localtime(webhook.former_secret_until)
        told = gettext("The former one signs as well until %(until)s.")
        return format_html("{} {}", shown, told % {"until": f"{until:%Y-%m-%d %H:%M}"})

    @admin.display(description=_("last calls"))
    def last_calls(self, webhook: Webhook) -> SafeString:
        calls = Delivery.objects.filter(webhook=webhook).select_related("announcement")
        context = {"calls": calls.order_by("-id")[:_CALLS_SHOWN]}
        return render_to_string("admin/following/_calls.html", context)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        webhook = context.get("original")
        if webhook is not None and webhook.is_enabled:
            given_up = Delivery.objects.filter(webhook=webhook, state=Delivery.State.GIVEN_UP)
            calls = given_up.select_related("announcement").order_by("-id")
            context["given_up"] = calls[:_CALLS_SHOWN]
        return super().render_change_form(request, context, *args, **kwargs)

    # What is done

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if change:
            obj.save(update_fields=_ENTERED)
        else:
            enabling.begin(obj, by=cast("User", request.user), at=timezone.now())

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> Any:
        """To its page: the secret is there."""
        messages.success(request, _("The webhook is entered. Give its secret to the organisation."))
        return HttpResponseRedirect(f"../{obj.pk}/change/")

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        at = timezone.now()
        try:
            if _TEST in request.POST:
                self._test(request, obj)
            elif _ROTATE in request.POST:
                enabling.rotate_secret(obj, at=at)
                told = _("It has a new secret. For a day the former one signs as well.")
                messages.success(request, told)
            elif _ENABLE in request.POST:
                enabling.enable(obj, at=at)
                told = _("It is enabled. The time since it was disabled is named, not told.")
                messages.success(request, told)
            elif _DISABLE in request.POST:
                enabling.disable(obj, at=at)
                messages.success(request, _("It is disabled. What waited is not delivered."))
            elif _AGAIN in request.POST:
                number = request.POST.get("call", "")
                is_number = number.isascii() and number.isdecimal() and len(number) <= 18
                enabling.call_again(obj, int(number) if is_number else 0, at=at)
                messages.success(request, _("It will be called again."))
            else:
                return super().response_change(request, obj)
        except enabling.AlreadySo:
            messages.warning(request, _("Somebody has done this before you."))
        return HttpResponseRedirect(request.path)

    @admin.action(description=_("Send a test to the selected"), permissions=["change"])
    def send_tests(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        for webhook in queryset[:_CALLS_SHOWN]:
            self._test(request, webhook)

    def _test(self, request: HttpRequest, webhook: Webhook) -> None:
        """Call it and tell what came of it."""
        name = {"name": webhook.name}
        try:
            answer: Answer = enabling.send_test(webhook, at=timezone.now())
        except CallFailed as failure:
            told = _("The test failed: %(name)s: %(why)s") % {**name, "why": failure}
            messages.error(request, told)
            return
        told = _("%(name)s answered %(status)d.") % {**name, "status": answer.status}
        messages.add_message(request, messages.SUCCESS if answer.is_good else messages.ERROR, told)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses the character zero, and Django's filters hand it on.
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)
