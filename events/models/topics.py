import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.changes import NAMES_CHANGE
from events.models.stale import EVENTS_OF_A_TOPIC_ARE_STALE
from events.models.tracking import in_three_languages, tracked


@tracked
@pgtrigger.register(EVENTS_OF_A_TOPIC_ARE_STALE, NAMES_CHANGE)
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
