"""What an export is asked for: the timeline's own query string, and what only files take."""

from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import override

from events.filters import UNKNOWN, TimelineFilter
from events.models import Event
from events.models.events import EventQuerySet
from events.past import PARAMETER, NotADay, as_of, asked_day
from events.timeline import Order

LANGUAGE = "lang"
BOM = "bom"


class Refused(ValueError):
    """What was asked for cannot be given; `problems` are pairs of a key and the reason."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{key}: {reason}" for key, reason in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Wanted:
    """A valid request for a file; the same request in other words is equal to it."""

    language: str = "en"
    day: date | None = None
    """The day whose record it is; None for the record as it is."""
    choices: tuple[tuple[str, str], ...] = ()
    """The filters, as the query string writes them."""
    order: Order = "newest"
    with_bom: bool = False

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Its query string, without what is the default."""
        pairs = list(self.choices)
        if self.order != "newest":
            pairs.append(("order", self.order))
        if self.day is not None:
            pairs.append((PARAMETER, self.day.isoformat()))
        if self.language != "en":
            pairs.append((LANGUAGE, self.language))
        if self.with_bom:
            pairs.append((BOM, "1"))
        return pairs

    @property
    def query(self) -> str:
        """With its question mark; empty for the whole record in English."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def timeline_query(self) -> str:
        """That of the page with the same list, which takes its language from the path."""
        files_only = (LANGUAGE, BOM)
        pairs = [pair for pair in self.pairs if pair[0] not in files_only]
        return f"?{urlencode(pairs)}" if pairs else ""

    def events(self) -> EventQuerySet:
        """The events asked for, in their order; to be called and read within its day."""
        chosen = TimelineFilter(QueryDict(self.query[1:]), Event.objects.visible(), only_given=True)
        found: EventQuerySet = chosen.qs
        return found.oldest_first() if self.order == "oldest" else found.newest_first()


def read_wanted(query: QueryDict, *, at: datetime) -> Wanted:
    """What the query string asks for at that moment; keys that are not known are passed over.

    One query where it names rows of the record, and one where it names a day. Raises Refused.
    """
    language, day = read_language_and_day(query, at=at)
    with override(language), as_of(day):
        chosen = TimelineFilter(query, Event.objects.visible(), only_given=True)
        found = chosen.errors.as_data()
        problems = [(key, _told(error)) for key, errors in found.items() for error in errors]
        if query.get(BOM, "") not in ("", "0", "1"):
            problems.append((BOM, "give 0 or 1."))
        if problems:
            raise Refused(problems)
        return Wanted(
            language=language,
            day=day,
            choices=tuple(chosen.choices),
            order=chosen.reading_order,
            with_bom=query.get(BOM) == "1",
        )


def _told(error: ValidationError) -> str:
    """The message without what only a page does, which leaves such values out."""
    if error.code == UNKNOWN and error.params:
        return _("%(given)s is not known here.") % error.params
    return str(error.messages[0])


def read_language_and_day(query: QueryDict, *, at: datetime) -> tuple[str, date | None]:
    """What files of any kind take. Raises Refused."""
    known = dict(settings.LANGUAGES)
    language = query.get(LANGUAGE) or "en"
    if language not in known:
        raise Refused([(LANGUAGE, f"give one of {', '.join(known)}.")])
    with override(language):
        try:
            return language, asked_day(query, at=at)
        except NotADay as refusal:
            raise Refused([(PARAMETER, str(refusal))]) from refusal
