"""How editors enter and correct the record, in Django's own admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from events.admin.events import EventAdmin, KindAdmin
from events.admin.hanging import CommitmentAdmin, ReadoutAdmin
from events.admin.reference import (
    AnniversaryAdmin,
    CountryAdmin,
    OfficeAdmin,
    PersonAdmin,
    PhraseAdmin,
    PublisherAdmin,
    TermAdmin,
    TopicAdmin,
)
from events.admin.reports import ErrorReportAdmin

admin.site.site_header = admin.site.site_title = _("Seoul–Tokyo Record")
admin.site.index_title = _("Entering and keeping the record")

__all__ = [
    "AnniversaryAdmin",
    "CommitmentAdmin",
    "CountryAdmin",
    "ErrorReportAdmin",
    "EventAdmin",
    "KindAdmin",
    "OfficeAdmin",
    "PersonAdmin",
    "PhraseAdmin",
    "PublisherAdmin",
    "ReadoutAdmin",
    "TermAdmin",
    "TopicAdmin",
]
