"""Which candidate an article's draft is a report of, and what its reports make of a candidate.

To be called in a transaction. Who puts a draft to a candidate that waits does so one at a time
(dispatches.one_at_a_time), so that two workers who read of one event at once make one candidate.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

from django.db.models import Prefetch

from events.models import Anniversary, Country, Event, EventPlace, Person, Publisher, Topic
from news.choosing import LAST_RANK, RANKS, Reported, choose
from news.dispatches import one_at_a_time
from news.models import Article, Candidate, CandidateEvidence, Report
from news.pipeline import Draft
from news.pipeline.one_event import is_one_event
from news.readouts import follow, forget, store_readout

# A drafted day that recurs is called so; published as an event it is a ceremony.
ANNIVERSARY = "anniversary"
STATUSES = {
    "happened": Candidate.Status.HELD,
    "scheduled": Candidate.Status.SCHEDULED,
    "postponed": Candidate.Status.POSTPONED,
    "cancelled": Candidate.Status.CANCELLED,
}
_SLACK = timedelta(days=1)


def file_drafts(article: Article, drafts: Iterable[Draft]) -> tuple[Candidate, ...]:
    """Put an article's drafts into the queue; return the candidates that they are reports of.

    Each joins a candidate that waits and tells of the same event, or makes one of its own. Two
    drafts of one article never join the same: it tells of two events. Raises ValueError when a
    quote is not in the stored text where it says.
    """
    once = {fingerprint(draft): draft for draft in drafts}
    if not once:
        return ()
    one_at_a_time()
    found = []
    for key, draft in once.items():
        candidate = _waiting_for(draft, article)
        if candidate is None:
            candidate = start_candidate(article, draft)
        else:
            _keep(candidate, article, key, draft)
            rechoose(candidate)
        found.append(candidate)
    return tuple(found)


def start_candidate(article: Article, draft: Draft, *, key: str = "", **columns: Any) -> Candidate:
    """Make a candidate of which this draft is the only report, known by `key` if one is given."""
    candidate = _new(article, draft, **columns)
    _keep(candidate, article, key or fingerprint(draft), draft)
    return candidate


def retell(report: Report, draft: Draft) -> None:
    """Make a report say what this draft says, and its candidate what its reports say together.

    An account that an editor has edited stays as it is.
    """
    report.evidence.all().delete()
    report.draft, report.fingerprint = draft, fingerprint(draft)
    report.save(update_fields=["told", "fingerprint"])
    CandidateEvidence.objects.bulk_create(_evidence(report, draft))
    store_readout(report.candidate, report.article, draft.readout)
    rechoose(report.candidate)


def rejoin(report: Report) -> Candidate:
    """Let a report find its place again, and return the candidate where it is then.

    It stays where it still tells of one event with the others. Alone, it joins another candidate
    that waits and tells of the same.
    """
    home = report.candidate
    others = home.reports.exclude(pk=report.pk)
    draft = report.draft
    if others and is_one_event(draft, choose(reported(others))):
        return home
    found = _waiting_for(draft, report.article)
    if found is None and not others:
        return home
    return move(report, found)


def move(report: Report, to: Candidate | None, **columns: Any) -> Candidate:
    """Put a report to another candidate, or to a new one; return that. Its account goes with it.

    The candidate that it leaves is told by those reports that are left; without one it is deleted.
    """
    home = report.candidate
    to = to or _new(report.article, report.draft, **columns)
    report.candidate = to
    report.save(update_fields=["candidate"])
    follow([report], home, to)
    rechoose(to)
    _after_leaving(home)
    return to


def drop(report: Report) -> None:
    """Forget a report with its account, and its candidate if it has no other."""
    home = report.candidate
    report.delete()
    forget(report, home)
    _after_leaving(home)


def _after_leaving(home: Candidate) -> None:
    if home.reports.exists():
        rechoose(home)
    else:
        home.split_off.update(split_from=None)
        home.delete()


def rechoose(candidate: Candidate) -> None:
    """Give a candidate the values that its reports tell together."""
    reports = list(candidate.reports.in_order().with_article())
    draft = choose(reported(reports))
    known = Known([draft])
    for name, value in _columns(draft, known).items():
        setattr(candidate, name, value)
    if candidate.article_id not in {report.article_id for report in reports}:
        candidate.article = reports[0].article
    candidate.save()
    _hang(candidate, draft, known)


def reported(reports: Iterable[Report]) -> list[Reported]:
    """Reports as values to choose from, in their order; costs a query besides their articles."""
    rows = list(reports)
    ranks = _ranks([row.article for row in rows])
    return [
        Reported(
            pk=row.pk,
            draft=row.draft,
            rank=ranks[row.article_id],
            published=row.article.published_on,
        )
        for row in rows
    ]


def _ranks(articles: Sequence[Article]) -> dict[int, int]:
    """How far the sources of articles are believed: by their source, else by who publishes there.

    An agency's text is a wire service's wherever it was printed.
    """
    hosts = {article.host.partition(":")[0] for article in articles if article.source is None}
    listed = Publisher.objects.filter(host__in=hosts - {""}).values_list("host", "source_class")
    class_of = dict(listed) if hosts else {}
    ranks = {}
    for article in articles:
        known = (
            article.source.source_class
            if article.source
            else class_of.get(article.host.partition(":")[0], "")
        )
        is_wire = article.dispatch is not None and bool(article.dispatch.agency)
        rank = RANKS.get(known, LAST_RANK)
        ranks[article.pk] = min(rank, RANKS["WIRE"]) if is_wire else rank
    return ranks


def _waiting_for(draft: Draft, article: Article) -> Candidate | None:
    """The candidate that waits and tells of what a draft tells, locked; None if there is none.

    One that the same article reports already is another event.
    """
    near = (
        Candidate.objects.pending()
        .covering(draft.starts_on - _SLACK, draft.ends_on + _SLACK)
        .filter(article__is_sample=article.is_sample)
        .exclude(reports__article=article)
        .prefetch_related(Prefetch("reports", Report.objects.in_order().with_article()))
        .order_by("pk")
    )
    rows = list(near)
    values = {one.pk: one for one in reported(r for row in rows for r in row.reports.all())}
    told = [(choose([values[report.pk] for report in row.reports.all()]), row) for row in rows]
    fitting = [(known, row) for known, row in told if is_one_event(draft, known)]
    fitting.sort(key=lambda pair: _unlike(draft, pair[0]))
    for _known, row in fitting:
        locked = Candidate.objects.select_for_update().pending().filter(pk=row.pk).first()
        if locked is not None:
            return locked
    return None


def _new(article: Article, draft: Draft, **columns: Any) -> Candidate:
    """A candidate with these values, and no report yet."""
    known = Known([draft])
    candidate = Candidate.objects.create(article=article, **{**_columns(draft, known), **columns})
    _hang(candidate, draft, known)
    return candidate


def _unlike(draft: Draft, known: Draft) -> tuple[bool, int]:
    is_other_day = draft.starts_on != known.starts_on
    return is_other_day, len(set(draft.participants) ^ set(known.participants))


def _keep(candidate: Candidate, article: Article, key: str, draft: Draft) -> Report:
    report = Report(candidate=candidate, article=article, fingerprint=key)
    report.draft = draft
    report.save()
    CandidateEvidence.objects.bulk_create(_evidence(report, draft))
    store_readout(candidate, article, draft.readout)
    return report


def fingerprint(draft: Draft) -> str:
    """What makes two drafts of one article the same draft."""
    parts = [
        draft.kind,
        draft.starts_on.isoformat(),
        draft.ends_on.isoformat(),
        *sorted(draft.participants),
        draft.anniversary,
        draft.city,
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


class Known:
    """The rows of the record that some drafts name, in five queries."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        drafts = list(drafts)
        self.people = Person.objects.in_bulk(
            {slug for draft in drafts for slug in draft.participants}, field_name="slug"
        )
        self.countries = Country.objects.in_bulk(
            {code for draft in drafts for code in draft.countries}
        )
        self.topics = Topic.objects.in_bulk(
            {slug for draft in drafts for slug in draft.topics}, field_name="slug"
        )
        self.anniversaries = Anniversary.objects.in_bulk(
            {draft.anniversary for draft in drafts if draft.anniversary}, field_name="slug"
        )
        cities = {draft.city for draft in drafts if draft.city}
        places = EventPlace.objects.filter(city__in=cities).values_list("city", "country_id")
        self.country_of = dict(places.distinct())


def _columns(draft: Draft, known: Known) -> dict[str, Any]:
    is_anniversary = draft.kind == ANNIVERSARY
    starts_on, ends_on = days_of(draft)
    return {
        "kind": kind_of(draft),
        "is_anniversary": is_anniversary,
        "anniversary": known.anniversaries.get(draft.anniversary) if is_anniversary else None,
        "setting": _setting(draft),
        "channel": draft.channel,
        "status": STATUSES[draft.status],
        "precision": draft.precision,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "minutes": draft.minutes or None,
        "ordinal": draft.ordinal,
        "city": draft.city[:60],
        "place_country_id": known.country_of.get(draft.city),
        "occasion": draft.occasion[:160],
        "title": draft.title[:300],
        "cluster_key": draft.cluster_key[:120],
    }


def _hang(candidate: Candidate, draft: Draft, known: Known) -> None:
    candidate.people.set([known.people[s] for s in draft.participants if s in known.people])
    candidate.countries.set([known.countries[c] for c in draft.countries if c in known.countries])
    candidate.topics.set([known.topics[s] for s in draft.topics if s in known.topics])


def kind_of(draft: Draft) -> str:
    """The kind of a draft as candidates and events have it."""
    return str(Event.Kind.CEREMONY if draft.kind == ANNIVERSARY else Event.Kind(draft.kind.upper()))


def days_of(draft: Draft) -> tuple[date, date | None]:
    """The days as the record stores them: a month as its first day, one day without an end."""
    if draft.precision == "MONTH":
        return draft.starts_on.replace(day=1), None
    return draft.starts_on, draft.ends_on if draft.ends_on != draft.starts_on else None


def _setting(draft: Draft) -> str:
    """A first guess; the pipeline reads no setting."""
    if draft.kind in (ANNIVERSARY, "dispute", "statement"):
        return ""
    if draft.occasion:
        return Event.Setting.MARGINS
    return Event.Setting.TRILATERAL if len(draft.countries) == 3 else Event.Setting.BILATERAL


def _evidence(report: Report, draft: Draft) -> list[CandidateEvidence]:
    rows: dict[tuple[str, str, int, int], CandidateEvidence] = {}
    for row in draft.evidence:
        if report.article.text[row.start : row.end] != row.quote:
            raise ValueError(f"The quote {row.quote!r} is not in the text at {row.start}.")
        key = (row.field, row.value[:160], row.start, row.end)
        rows[key] = CandidateEvidence(
            report=report,
            field=row.field,
            value=row.value[:160],
            quote=row.quote,
            starts_at=row.start,
            ends_at=row.end,
            sentence=row.sentence,
            sentence_starts_at=row.sentence_start,
            rule=row.rule[:60],
            confidence=row.confidence,
        )
    return list(rows.values())
