"""An article that says something else than before: both are kept, with how much it matters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from news.arrivals import is_retitled
from news.knowledge import from_record
from news.models import Article, ArticleVersion
from news.pipeline import Knowledge
from news.pipeline.changes import letters
from news.pipeline.grades import grade, names_of
from news.pipeline.language import find_language

# A page that says something new each time it is looked at (a clock, a quotation of the day) must
# not fill the database.
MOST_VERSIONS = 30


def retitle(titles: Mapping[int, str], *, at: datetime) -> int:
    """Give articles the titles that their feeds have now; the earlier ones are kept as versions.

    A title that an article has had before changes nothing: two feeds of one outlet may each have
    their own. Returns how many were changed.
    """
    if not titles:
        return 0
    knowledge, changed = from_record([at.date()]), 0
    for article in Article.objects.filter(pk__in=titles).order_by("pk"):
        changed += _retitle(article, titles[article.pk], knowledge, at=at)
    return changed


@transaction.atomic
def keep_text(
    article: Article, text: str, knowledge: Knowledge, *, at: datetime
) -> ArticleVersion | None:
    """Store what the article's page says now; None if that is known or too much is kept already.

    The article's own text stays as it is: evidence points into it.
    """
    locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    last = locked.versions.exclude(text="").order_by("-seen_at", "-id").first()
    before = last.text if last else locked.text
    if locked.forgotten_at or text == before or not text:
        return None
    language = find_language(text, locked.language)
    told = grade(before, text, language=language, names=names_of(knowledge))
    return _keep(locked, title=locked.title, text=text, grade=told, at=at)


def _retitle(article: Article, title: str, knowledge: Knowledge, *, at: datetime) -> bool:
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        if not locked.title:
            Article.objects.filter(pk=locked.pk).update(title=title)
            return True
        had = [locked.title, *locked.versions.values_list("title", flat=True)]
        if not is_retitled(locked.title, title) or letters(title) in map(letters, had):
            return False
        told = grade(
            locked.title,
            title,
            language=find_language(title, locked.language),
            names=names_of(knowledge),
        )
        if _keep(locked, title=title, text="", grade=told, at=at) is None:
            return False
        Article.objects.filter(pk=locked.pk).update(title=title)
    return True


def _keep(
    article: Article, *, title: str, text: str, grade: str, at: datetime
) -> ArticleVersion | None:
    """Add a version, and before the first one what was said until then."""
    count = article.versions.count()
    if count >= MOST_VERSIONS:
        return None
    if not count:
        first = article.fetched_at or article.found_at
        ArticleVersion.objects.create(article=article, seen_at=first, title=article.title)
    return ArticleVersion.objects.create(
        article=article,
        seen_at=at,
        title=title,
        text=text,
        text_sha256=sha256(text.encode()).hexdigest() if text else "",
        grade=grade,
    )
