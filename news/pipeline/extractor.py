"""What any extractor is: the rules are one, a language model behind an endpoint is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from news.pipeline.checking import Judged, Vocabulary, judge
from news.pipeline.people import index_knowledge
from news.pipeline.questions import Question, make_question
from news.pipeline.reading import read_article
from news.pipeline.telling import read_telling
from news.pipeline.values import ArticleText, Knowledge, Reading


class Extractor(Protocol):
    """Reads an article for events. What it drafts stands verbatim in the text."""

    def __call__(self, article: ArticleText, knowledge: Knowledge) -> Reading: ...


RULES: Extractor = read_article


@dataclass(frozen=True, slots=True)
class ModelExtractor:
    """Has a language model read an article, and keeps of its answer only what can be checked.

    `ask` takes a question to the model and returns its answer as text.
    """

    ask: Callable[[Question], str]
    vocabulary: Vocabulary

    def __call__(self, article: ArticleText, knowledge: Knowledge) -> Judged:
        """The events that the model found. Raises BadAnswer, and whatever `ask` raises."""
        index = index_knowledge(knowledge)
        telling = read_telling(article, index)
        question = make_question(telling, index, self.vocabulary)
        return judge(self.ask(question), telling, index, self.vocabulary)
