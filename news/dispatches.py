"""One text in several places: under two addresses of an outlet, or in several outlets."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from news.models import Article, Candidate, Dispatch
from news.pipeline import Draft
from news.pipeline.agencies import agency_of
from news.pipeline.resemblance import is_one_text, marks, share, shingles

AT_MOST_APART = timedelta(days=2)
# A text that stands in others but for this much has nothing of its own to tell.
NOTHING_NEW = 0.9
_SHORT = 200
_MOST_LOOKED_AT = 200
_MOST_READ = 5
# Any number: the space of the lock under which candidates are stored.
_DRAFTING = 5_171_043


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article's text was printed already.

    `dispatch` is None for a text that nobody else has; `adds_nothing` says that it stands nearly
    all in one of the others.
    """

    dispatch: Dispatch | None = None
    adds_nothing: bool = False
    marks: tuple[int, ...] = ()


def one_at_a_time() -> None:
    """Wait until no other transaction stores candidates: two copies of a text may come at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_DRAFTING])


def first_of_the_same(article: Article) -> Article | None:
    """The outlet's article that has this very text under another address, if there is one.

    A short text may be said again of another matter, so it counts for some days only.
    """
    if not article.text_sha256 or not _printer(article):
        return None
    same: QuerySet[Article] = (
        Article.objects.filter(
            text_sha256=article.text_sha256,
            stage=Article.Stage.DRAFTED,
            same_as=None,
            is_sample=article.is_sample,
        )
        .exclude(text_sha256="")
        .exclude(pk=article.pk)
    )
    if len(article.text) < _SHORT:
        same = _near(same, article)
    found = same.order_by("id")[:_MOST_LOOKED_AT]
    return next((each for each in found if _printer(each) == _printer(article)), None)


def place_of(article: Article) -> Place:
    """Find the texts of other outlets that are this one, and group them with it as one dispatch.

    They are looked up by the marks of their texts, so the cost does not grow with the articles
    stored. Nothing is written to `article`; its dispatch may be made.
    """
    runs = shingles(article.text, article.language)
    signs = marks(runs)
    if not signs:
        return Place()
    agency = agency_of(article.text)
    alike = [
        (other, other_runs)
        for other in _with_marks(article, signs)
        if is_one_text(runs, other_runs := shingles(other.text, other.language))
        and _may_be_of(agency, other)
    ]
    if not alike:
        return Place(marks=tuple(signs))
    others = [other for other, _runs in alike]
    return Place(
        dispatch=_dispatch(agency, others),
        adds_nothing=any(share(runs, other_runs) >= NOTHING_NEW for _other, other_runs in alike),
        marks=tuple(signs),
    )


def not_drafted_yet(drafts: Iterable[Draft], dispatch: Dispatch) -> list[Draft]:
    """The drafts that no article of the dispatch has made a candidate of, whatever became of it."""
    made = [
        (row, {person.slug for person in row.people.all()})
        for row in Candidate.objects.filter(articles__dispatch=dispatch)
        .distinct()
        .select_related("anniversary")
        .prefetch_related("people")
    ]
    return [draft for draft in drafts if not any(_is_draft_of(draft, *each) for each in made)]


def also_in(article: Article) -> list[Article]:
    """The articles of other outlets that print the same dispatch, by outlet and day."""
    if article.dispatch_id is None:
        return []
    others = Article.objects.filter(dispatch=article.dispatch_id).exclude(pk=article.pk)
    return list(others.only("outlet", "url", "title", "published_on").order_by("outlet", "id"))


def _is_draft_of(draft: Draft, candidate: Candidate, people: set[str]) -> bool:
    if draft.kind == "anniversary":
        slug = candidate.anniversary.slug if candidate.anniversary else ""
        return candidate.is_anniversary and slug == draft.anniversary
    if candidate.is_anniversary or candidate.kind != draft.kind.upper():
        return False
    last = candidate.ends_on or candidate.starts_on
    is_same_time = candidate.starts_on <= draft.ends_on and draft.starts_on <= last
    named = set(draft.participants)
    return is_same_time and (not named or not people or bool(named & people))


def _with_marks(article: Article, signs: list[int]) -> list[Article]:
    """Articles of other outlets that share marks, those that share most first."""
    rows = Article.objects.filter(
        marks__overlap=signs,
        stage=Article.Stage.DRAFTED,
        same_as=None,
        is_sample=article.is_sample,
    ).exclude(pk=article.pk)
    found = list(
        _near(rows, article)
        .only("outlet", "url", "marks", "language", "dispatch")
        .order_by("-id")[:_MOST_LOOKED_AT]
    )
    own, printer = set(signs), _printer(article)
    found = [row for row in found if not printer or _printer(row) != printer]
    found.sort(key=lambda row: (-len(own.intersection(row.marks or ())), row.pk))
    return found[:_MOST_READ]


def _near(rows: QuerySet[Article], article: Article) -> QuerySet[Article]:
    day = article.published_on or article.found_at.date()
    near = (day - AT_MOST_APART, day + AT_MOST_APART)
    return rows.filter(
        Q(published_on__range=near) | Q(published_on=None, found_at__date__range=near)
    )


def _may_be_of(agency: str, other: Article) -> bool:
    """Whether the other text is of this agency; one that names none may be of any."""
    named = agency_of(other.text)
    return not agency or not named or agency == named


def _dispatch(agency: str, others: list[Article]) -> Dispatch:
    """The dispatch of these articles, made if none of them has one."""
    dispatch = next((other.dispatch for other in others if other.dispatch), None)
    if dispatch is None:
        named = agency or next(filter(None, (agency_of(other.text) for other in others)), "")
        first = min(others, key=lambda other: other.found_at)
        dispatch = Dispatch.objects.create(agency=named, found_at=first.found_at)
    elif agency and not dispatch.agency:
        Dispatch.objects.filter(pk=dispatch.pk).update(agency=agency)
    alone = [other.pk for other in others if other.dispatch_id is None]
    Article.objects.filter(pk__in=alone).update(dispatch=dispatch)
    return dispatch


def _printer(article: Article) -> str:
    """Who printed it: the outlet or, where nobody said, the host; empty if neither is known."""
    return article.outlet or article.host
