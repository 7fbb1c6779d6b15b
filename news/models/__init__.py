"""How the record learns of events: sources, polls, articles and candidates."""

from news.models.articles import Article
from news.models.candidates import Candidate, CandidateEvidence
from news.models.decisions import Decision
from news.models.sources import Poll, Source

__all__ = ["Article", "Candidate", "CandidateEvidence", "Decision", "Poll", "Source"]
