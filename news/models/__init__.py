"""How the record learns of events: sources, polls, articles and candidates."""

from news.models.articles import Article
from news.models.candidates import Candidate, CandidateEvidence
from news.models.dispatches import Dispatch
from news.models.sources import Poll, Source
from news.models.versions import ArticleVersion

__all__ = [
    "Article",
    "ArticleVersion",
    "Candidate",
    "CandidateEvidence",
    "Dispatch",
    "Poll",
    "Source",
]
