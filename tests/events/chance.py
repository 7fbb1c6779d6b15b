"""Random histories of a small record: what editors do, day after day, drawn from a seed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from django.db.models import Model

from events import publication
from events.history import at_time
from events.models import (
    Citation,
    Event,
    EventPlace,
    EventTopic,
    Participation,
    Person,
    Phrase,
    Point,
    Readout,
    Term,
    Topic,
)
from events.whole_record import whole_record
from tests.events.build import (
    make_anniversary,
    make_citation,
    make_commitment,
    make_event,
    make_person,
    make_readout,
    make_term,
    make_topic,
    make_user,
)

FIRST_DAY = date(2026, 3, 1)
TOPICS = ("security", "trade", "history", "fisheries")
PEOPLE = ("a-person", "another-person", "third-person")


@dataclass
class Story:
    """One history as it happens: what the record was at the end of each day, and its addresses."""

    chance: Random
    days: dict[date, str] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    made: int = 0

    def tell(self, length: int) -> None:
        """Let `length` days pass, on most of which something is done."""
        for number in range(length):
            day = FIRST_DAY + timedelta(days=number)
            moment = datetime(day.year, day.month, day.day, self.chance.randrange(15), tzinfo=UTC)
            with at_time(moment):
                if number == 0:
                    self._enter(moment)
                for _step in range(self.chance.randrange(5)):
                    self.chance.choice(_STEPS)(self, moment)
            self.days[day] = "".join(whole_record())
            self._note_addresses()

    def _note_addresses(self) -> None:
        shown = Event.objects.filter(published_at__isnull=False).values_list("slug", flat=True)
        self.addresses |= {f"/en/events/{slug}/" for slug in shown}
        for model, path in ((Person, "leaders"), (Topic, "topics")):
            self.addresses |= {
                f"/en/{path}/{slug}/" for slug in model.objects.values_list("slug", flat=True)
            }

    def _name(self) -> str:
        self.made += 1
        return f"{self.made}-{self.chance.randrange(1000)}"

    def _one(self, model: type[Model], **which: object) -> Model | None:
        rows = list(model._default_manager.filter(**which).order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def _visible(self) -> Event | None:
        events = list(Event.objects.visible().order_by("pk"))
        return self.chance.choice(events) if events else None

    def _enter(self, moment: datetime) -> None:
        event = make_event(
            at=moment,
            published=self.chance.random() < 0.8,
            slug=f"event-{self._name()}",
            starts_on=date(2025, 1, 1) + timedelta(days=self.chance.randrange(300)),
            people=self.chance.sample(PEOPLE, 2),
            topics=self.chance.sample(TOPICS, 2),
            places=[("Seoul", "KR")],
        )
        if self.chance.random() < 0.5:
            make_readout(event, points=[("security", "MENTIONED", "talks")], slug=self._name())
        if self.chance.random() < 0.3:
            make_commitment(event, slug=self._name())

    def _publish(self, moment: datetime) -> None:
        if draft := self._one(Event, published_at__isnull=True):
            publication.publish(draft, by=make_user(), at=moment)

    def _edit(self, moment: datetime) -> None:
        if event := self._visible():
            event.title_en = f"Title {self._name()}"
            event.summary_ko = self.chance.choice(["", "요약"])
            event.starts_on += timedelta(days=self.chance.choice([-1, 1]))
            event.version += 1
            event.save()

    def _rename(self, moment: datetime) -> None:
        if event := self._visible():
            former = list(event.old_slugs.values_list("slug", flat=True))
            slug = self.chance.choice([f"event-{self._name()}", *former])
            publication.rename(event, slug=slug, by=make_user())

    def _withdraw(self, moment: datetime) -> None:
        if event := self._visible():
            publication.withdraw(event, reason="It was another.", by=make_user(), at=moment)

    def _merge(self, moment: datetime) -> None:
        one, other = self._visible(), self._visible()
        if one and other and one != other:
            publication.merge(one, into=other, by=make_user())

    def _change_links(self, moment: datetime) -> None:
        if event := self._visible():
            kept = self.chance.choice([EventTopic, Participation, EventPlace])
            kept.objects.filter(event=event).delete()
            EventTopic.objects.get_or_create(
                event=event, topic=make_topic(self.chance.choice(TOPICS))
            )

    def _change_sources(self, moment: datetime) -> None:
        if event := self._visible():
            make_citation(event=event, url=f"https://example.org/of/{self._name()}")
            if citation := self._one(Citation, event=event):
                citation.title = f"Title {self._name()}"
                citation.save()
            if event.citations.count() > 2:
                event.citations.order_by("pk").first().delete()

    def _change_readouts(self, moment: datetime) -> None:
        if readout := self._one(Readout):
            Point.objects.filter(readout=readout).update(text_en=f"talks {self._name()}")
            readout.issuing_body = self.chance.choice(["Cabinet", "Ministry"])
            readout.save()
            if self.chance.random() < 0.2:
                readout.delete()

    def _change_people(self, moment: datetime) -> None:
        person = make_person(self.chance.choice(PEOPLE))
        person.name_en = f"Name {self._name()}"
        person.save()
        if not Term.objects.exists():
            make_term(person)
        elif self.chance.random() < 0.3:
            Term.objects.all().delete()

    def _move_person_or_topic(self, moment: datetime) -> None:
        model = self.chance.choice([Person, Topic])
        if row := self._one(model):
            row.slug = f"moved-{self._name()}"
            row.save()

    def _remove_topic(self, moment: datetime) -> None:
        free = Topic.objects.filter(event_links__isnull=True, points__isnull=True)
        if topic := free.order_by("pk").first():
            topic.delete()

    def _change_names(self, moment: datetime) -> None:
        make_topic(self.chance.choice(TOPICS))
        Topic.objects.filter(slug="security").update(name_ja=f"安全保障 {self._name()}")
        Phrase.objects.update_or_create(text_en="Seoul", defaults={"text_ko": self._name()})

    def _mark_anniversary(self, moment: datetime) -> None:
        make_anniversary(f"day-{self._name()}", countries=["KR"])


_STEPS: list[Callable[[Story, datetime], None]] = [
    Story._enter,
    Story._publish,
    Story._edit,
    Story._edit,
    Story._rename,
    Story._rename,
    Story._withdraw,
    Story._merge,
    Story._merge,
    Story._change_links,
    Story._change_sources,
    Story._change_readouts,
    Story._change_people,
    Story._move_person_or_topic,
    Story._remove_topic,
    Story._change_names,
    Story._mark_anniversary,
]


def told(seed: int, *, length: int = 12) -> Story:
    """A history of so many days; the same for the same seed."""
    story = Story(Random(seed))
    story.tell(length)
    return story
