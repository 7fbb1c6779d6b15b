from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.tracking import in_three_languages, tracked


@tracked
class Topic(models.Model):
    """A subject that governments talk about; editable data."""

    slug = models.CharField(_("slug"), max_length=40, unique=True)
    name = in_three_languages(models.CharField(_("name"), max_length=80))
    description = in_three_languages(models.CharField(_("description"), max_length=300, blank=True))

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return self.name
