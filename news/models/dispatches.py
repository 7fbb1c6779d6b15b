from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Dispatch(models.Model):
    """One text that several outlets have printed, as agencies send them out.

    Its articles say which outlets. The first of them that was read drafts the candidates.
    """

    class Agency(models.TextChoices):
        """The codes of news.pipeline.agencies."""

        YONHAP = "YONHAP", _("Yonhap")
        NEWSIS = "NEWSIS", _("Newsis")
        NEWS1 = "NEWS1", _("News1")
        KYODO = "KYODO", _("Kyodo")
        JIJI = "JIJI", _("Jiji")
        REUTERS = "REUTERS", _("Reuters")
        AP = "AP", _("AP")
        AFP = "AFP", _("AFP")

    agency = models.CharField(
        _("agency"),
        max_length=10,
        choices=Agency,
        blank=True,
        help_text=_("Where the text names it."),
    )
    found_at = models.DateTimeField(_("found at"))

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")

    def __str__(self) -> str:
        return f"{self.get_agency_display() or self._meta.verbose_name} {self.pk}"
