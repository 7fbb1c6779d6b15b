"""Articles, drafts and candidates for tests; texts are made up and say so little that it shows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from events.models import Country
from news.ingest import store_reading
from news.models import Article, Candidate, CandidateEvidence, Source
from news.pipeline import Draft, Evidence, Reading
from news.reporting import move
from tests.events.build import make_country, make_person, make_topic

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
TEXT = "Lee Jae-myung and Shigeru Ishiba spoke by phone on June 9. They will meet in June."

_numbers = count(1)


def make_source(**fields: Any) -> Source:
    number = next(_numbers)
    values = {
        "name": f"source-{number}",
        "outlet": f"Outlet {number}",
        "url": f"https://example.org/feed/{number}",
        "language": "en",
        "next_poll_at": NOW,
        "pause_seconds": 0,
        **fields,
    }
    values.setdefault("country", make_country("KR"))
    return Source.objects.create(**values)


def make_article(text: str = TEXT, **fields: Any) -> Article:
    """An article with its text, waiting to be read for events."""
    number = next(_numbers)
    values = {
        "url": f"https://example.org/news/{number}",
        "title": "Leaders speak by phone",
        "outlet": f"Example Daily {number}",
        "language": "en",
        "published_on": date(2025, 6, 10),
        "found_at": NOW,
        "fetched_at": NOW,
        "stage": Article.Stage.EXTRACTED,
        **fields,
    }
    article = Article(**values)
    article.keep_text(text)
    article.save()
    return article


def evidence(field: str, value: str, quote: str, text: str = TEXT) -> Evidence:
    """Evidence at the first place of `quote` in `text`; the sentence is the whole text."""
    start = text.index(quote)
    return Evidence(
        field=field,
        value=value,
        quote=quote,
        start=start,
        end=start + len(quote),
        sentence=text,
        sentence_start=0,
        sentence_end=len(text),
        rule="test",
        confidence=0.9,
    )


def make_draft(**fields: Any) -> Draft:
    """The draft of a call of Lee and Ishiba, unless told otherwise."""
    values = {
        "kind": "call",
        "starts_on": date(2025, 6, 9),
        "ends_on": date(2025, 6, 9),
        "precision": "DAY",
        "status": "happened",
        "participants": ("lee-jae-myung", "ishiba-shigeru"),
        "countries": ("KR", "JP"),
        "city": "",
        "topics": (),
        "occasion": "",
        "channel": "PHONE",
        "minutes": None,
        "anniversary": "",
        "title": "Lee-Ishiba call",
        "evidence": (
            evidence("kind", "call", "spoke by phone"),
            evidence("start", "2025-06-09", "June 9"),
            evidence("participants", "lee-jae-myung", "Lee Jae-myung"),
            evidence("participants", "ishiba-shigeru", "Shigeru Ishiba"),
        ),
        "cluster_key": "call 2025-06-09",
        **fields,
    }
    return Draft(**values)


def make_reading(*drafts: Draft) -> Reading:
    return Reading(
        is_relevant=bool(drafts),
        cluster_key=drafts[0].cluster_key if drafts else "",
        drafts=drafts,
        set_aside=(),
    )


def make_leaders() -> None:
    """Lee and Ishiba, and the countries and topics that drafts name."""
    make_person("lee-jae-myung", "KR", name_en="Lee Jae-myung")
    make_person("ishiba-shigeru", "JP", name_en="Ishiba Shigeru")
    for code in ("KR", "JP", "US", "CN"):
        make_country(code)
    make_topic("security")


def make_candidates(*drafts: Draft, article: Article | None = None) -> Sequence[Candidate]:
    """Candidates of one article, each by itself even where another tells of the same."""
    if not Country.objects.filter(pk="JP").exists():
        make_leaders()
    article = article or make_article()
    store_reading(article, make_reading(*drafts))
    return [
        move(report, None) if report.candidate.reports.count() > 1 else report.candidate
        for report in article.reports.in_order()
    ]


def make_reports(*articles: Article, **fields: Any) -> Candidate:
    """A candidate that these articles report alike, as reading one after the other makes it."""
    if not Country.objects.filter(pk="JP").exists():
        make_leaders()
    for article in articles:
        (candidate,) = store_reading(article, make_reading(make_draft(**fields)))
    return candidate


def evidence_of(candidate: Candidate) -> Any:
    return CandidateEvidence.objects.filter(report__candidate=candidate)


def make_candidate(article: Article | None = None, **fields: Any) -> Candidate:
    return make_candidates(make_draft(**fields), article=article)[0]


def make_anniversary_candidate(article: Article | None = None, **fields: Any) -> Candidate:
    """A drafted mention of 22 June 2025; of a day on record if `anniversary` names one."""
    values = {
        "kind": "anniversary",
        "starts_on": date(2025, 6, 22),
        "ends_on": date(2025, 6, 22),
        "status": "scheduled",
        "participants": (),
        "channel": "",
        "title": "Korea-Japan: 60th anniversary",
        "evidence": (evidence("kind", "anniversary", "meet in June"),),
        **fields,
    }
    return make_candidates(make_draft(**values), article=article)[0]
