"""Mails to followers, for operators: what waits, what is in doubt, what was refused and why."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from following import sending
from following.models import Digest


class MailState(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("waiting", _("Waiting")),
            ("doubt", _("In doubt: handed over, no answer seen")),
            ("refused", _("Refused")),
            ("sent", _("Sent")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        match self.value():
            case "doubt":
                return queryset.in_doubt(timezone.now())  # type: ignore[attr-defined]
            case "waiting" | "refused" | "sent" as state:
                return queryset.filter(state=state.upper())
        return queryset


@admin.register(Digest)
class DigestAdmin(admin.ModelAdmin):
    """A mail and how far its sending has come. To send one again is an operator's decision."""

    list_display = ("made_at", "subscriber", "pace", "events", "state", "attempts", "error")
    list_filter = (MailState, "pace")
    list_select_related = ("subscriber",)
    list_per_page = 50
    show_full_result_count = False
    sortable_by = ("made_at", "state", "attempts")
    search_fields = ("subscriber__address",)
    ordering = ("-made_at", "-id")
    actions = ("send_again",)
    fields = readonly_fields = (
        "subscriber",
        "pace",
        "events",
        "state",
        "made_at",
        "attempts",
        "next_attempt_at",
        "settled_at",
        "error",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("following.change_digest")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or self.has_send_permission(request)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        # PostgreSQL refuses the character zero, and Django's filters hand it on.
        if any("\0" in value for values in request.GET.lists() for value in values[1]):
            return HttpResponseRedirect(request.path)
        return super().changelist_view(request, extra_context)

    @admin.display(description=_("events"))
    def events(self, digest: Digest) -> int:
        return len(digest.items)

    @admin.action(
        description=_("Send again: who got the first gets a second"), permissions=["send"]
    )
    def send_again(self, request: HttpRequest, queryset: QuerySet[Digest]) -> None:
        ids = list(queryset.values_list("pk", flat=True))
        again = sending.send_again(ids, at=timezone.now())
        text = ngettext("%(n)d mail will be sent again.", "%(n)d mails will be sent again.", again)
        messages.success(request, text % {"n": again})
        if again < len(ids):
            messages.warning(request, _("Only mails in doubt and refused ones can be sent again."))
