import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.models.changes import NAMES_CHANGE
from events.models.stale import EVENTS_WITH_A_PHRASE_ARE_STALE
from events.models.tracking import tracked

LONGEST_PHRASE = 200


@tracked
@pgtrigger.register(EVENTS_WITH_A_PHRASE_ARE_STALE, NAMES_CHANGE)
class Phrase(models.Model):
    """How a short English wording of the record is said in Korean and Japanese.

    Places, occasions, issuing bodies, deadlines and the like are written in English where they
    stand (`EventPlace.city`, `Event.occasion` …) and return from row to row; their translations
    are here once, under the English words themselves.
    """

    text_en = models.CharField(_("in English"), max_length=LONGEST_PHRASE, unique=True)
    text_ko = models.CharField(_("in Korean"), max_length=LONGEST_PHRASE, blank=True)
    text_ja = models.CharField(_("in Japanese"), max_length=LONGEST_PHRASE, blank=True)

    class Meta:
        verbose_name = _("phrase")
        verbose_name_plural = _("phrases")

    def __str__(self) -> str:
        return self.text_en
