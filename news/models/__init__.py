"""How the record learns of events: sources, polls, alerts, articles and candidates."""

from news.models.alerts import Alert
from news.models.articles import Article
from news.models.candidates import Candidate
from news.models.decisions import Decision
from news.models.dispatches import Dispatch
from news.models.hosts import HeldHost
from news.models.polls import Poll
from news.models.readings import ModelCall, ModelReading
from news.models.readouts import CandidateCommitment, CandidatePoint, CandidateReadout
from news.models.reports import CandidateEvidence, Report
from news.models.sources import Source
from news.models.versions import ArticleVersion

__all__ = [
    "Alert",
    "Article",
    "ArticleVersion",
    "Candidate",
    "CandidateCommitment",
    "CandidateEvidence",
    "CandidatePoint",
    "CandidateReadout",
    "Decision",
    "Dispatch",
    "HeldHost",
    "ModelCall",
    "ModelReading",
    "Poll",
    "Report",
    "Source",
]
