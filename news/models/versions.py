from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.models.articles import Article


class ArticleVersion(models.Model):
    """What an article said at one moment: written when it first says something else.

    The first version is what it said before, the others what was seen then. `text` is empty where
    it was as in the version before or, in the first, as in the article. `grade` tells how much
    differs from the version before; the first has none.
    """

    class Grade(models.TextChoices):
        """The codes of news.pipeline.changes, from little to much."""

        BOILERPLATE = "BOILERPLATE", _("boilerplate")
        WORDING = "WORDING", _("wording")
        SUBSTANCE = "SUBSTANCE", _("substance")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="versions", verbose_name=_("article")
    )
    seen_at = models.DateTimeField(_("seen at"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(_("hash of the text"), max_length=64, blank=True)
    grade = models.CharField(_("grade"), max_length=12, choices=Grade, blank=True)

    class Meta:
        verbose_name = _("version of an article")
        verbose_name_plural = _("versions of articles")
        constraints = [
            models.CheckConstraint(
                name="version_with_a_text_has_its_hash",
                condition=Q(text="") | ~Q(text_sha256=""),
            ),
            models.UniqueConstraint(
                name="article_has_one_first_version",
                fields=["article"],
                condition=Q(grade=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.seen_at:%Y-%m-%d %H:%M}"
