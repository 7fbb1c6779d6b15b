"""How long it takes to work out what 10,000 followers are told of 200 changed events.

Part of `make bench`; alone: `python tools/bench_following.py`. Filters of every kind, a fifth of
them searches; from the look at what has changed to the stored mails, in one process. Beside it
stand the bare INSERT of the same mails, and what it would cost to ask the timeline for each.
"""

import os
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

PROJECT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(PROJECT), str(PROJECT / "tools")]

FOLLOWERS = 10_000
CHANGED = 200
# Beside the curated ones, when this runs alone.
EVENTS = 10_000
WANTED_SECONDS = 60
SEED = 1
# Of so many followers the timeline is asked; the rest is reckoned.
ASKED = 300


@dataclass(frozen=True)
class Figures:
    """Seconds and numbers of one run."""

    noting: float
    digesting: float
    processor: float
    """Of noting and digesting, on this process's own processor time; PostgreSQL's is not in it."""
    floor: float
    """Of storing the mails and nothing else."""
    asking: float
    """Of a query of the timeline for each subscription, reckoned."""
    events: int
    announcements: int
    subscriptions: int
    filters: int
    searches: int
    mails: int
    items: int
    queries: list[int]
    """Of each batch of a thousand followers."""


def measure() -> Figures:
    """In a database of the bench that has a record; changes and withdraws some of it."""
    from django.utils import timezone

    from events.models import Event
    from following import digesting
    from following.announcing import note_changes
    from following.models import Announcement, Digest, Subscription
    from following.queries import canonical

    chance = random.Random(SEED)
    at = timezone.now()
    note_changes(at=at)
    queries = _followers(chance, canonical, at)
    _change_events(chance)
    later = at + timedelta(minutes=1)
    processor = time.process_time()
    noting, announcements = _timed(lambda: note_changes(at=later))
    with _queries_of_batches() as counts:
        digesting_, mails = _timed(
            lambda: digesting.make_digests("INSTANT", at=later + timedelta(minutes=10))
        )
    processor = time.process_time() - processor
    if Subscription.objects.filter(told_through__lt=Announcement.objects.latest("id").pk).exists():
        raise RuntimeError("Somebody was forgotten.")
    return Figures(
        noting=noting,
        digesting=digesting_,
        processor=processor,
        floor=_floor(),
        asking=_asking(chance.sample(queries, ASKED)) / ASKED * len(queries),
        events=Event.objects.count(),
        announcements=announcements,
        subscriptions=len(queries),
        filters=len(set(queries)),
        searches=sum("q=" in query for query in set(queries)),
        mails=mails,
        items=sum(len(items) for items in Digest.objects.values_list("items", flat=True)),
        queries=counts,
    )


def _timed(act: Callable[[], int]) -> tuple[float, int]:
    start = time.perf_counter()
    number = act()
    return time.perf_counter() - start, number


def _followers(chance: random.Random, canonical: Callable[[str], str], at: "object") -> list[str]:
    """Store the followers, a third with two filters; returns the filters of all."""
    from following.models import Subscriber, Subscription

    people = Subscriber.objects.bulk_create(
        Subscriber(
            address=f"reader-{number}@example.org",
            language=chance.choice(["en", "ko", "ja"]),
            key=f"subscriber-{number}",
            created_at=at,
            confirmed_at=at,
        )
        for number in range(FOLLOWERS)
    )
    choose = _filters(chance)
    rows = []
    for person in people:
        wanted = {canonical(urlencode(choose())) for _ in range(chance.choice([1, 1, 2]))}
        rows += [
            Subscription(
                subscriber=person,
                query=query,
                pace="INSTANT",
                key=f"subscription-{person.pk}-{number}",
                created_at=at,
                confirmed_at=at,
            )
            for number, query in enumerate(sorted(wanted))
        ]
    Subscription.objects.bulk_create(rows, batch_size=2_000)
    return [row.query for row in rows]


def _filters(chance: random.Random) -> Callable[[], list[tuple[str, str]]]:
    """Makes a reader's choices: one to three, of every kind; a fifth searches."""
    from events.models import Event, Person, Topic

    titles = Event.objects.order_by("id").values_list("title_en", "title_ko", "title_ja")[:600]
    words = sorted({word for texts in titles for text in texts for word in (text or "").split()})
    values = {
        "kind": [kind.lower() for kind in Event.Kind.values],
        "status": [status.lower() for status in Event.Status.values],
        "country": ["KR", "JP", "US", "CN"],
        "where": ["KR", "JP", "US", "CN"],
        "topic": sorted(Topic.objects.values_list("slug", flat=True)),
        "leader": sorted(Person.objects.values_list("slug", flat=True)),
        "from": [str(year) for year in range(1990, 2027)],
    }

    def choose() -> list[tuple[str, str]]:
        pairs = [("q", chance.choice(words))] if chance.random() < 0.2 else []
        for _ in range(chance.randint(0 if pairs else 1, 3)):
            name = chance.choice(sorted(values))
            if name != "from" or "from" not in dict(pairs):
                pairs.append((name, chance.choice(values[name])))
        return pairs

    return choose


def _change_events(chance: random.Random) -> None:
    """Move, postpone or withdraw events, as editors would."""
    from django.utils import timezone

    from accounts.models import User
    from events.models import Event
    from events.publication import withdraw

    editor = User.objects.create_user("bench-editor")
    ids = sorted(Event.objects.visible().filter(precision="DAY").values_list("pk", flat=True))
    for number, pk in enumerate(chance.sample(ids, CHANGED)):
        event = Event.objects.get(pk=pk)
        if number % 20 == 0:
            withdraw(event, reason="A mistake", by=editor, at=timezone.now())
        elif number % 2:
            day = event.starts_on + timedelta(days=1)
            end = event.ends_on and event.ends_on + timedelta(days=1)
            Event.objects.filter(pk=pk).update(starts_on=day, ends_on=end)
        else:
            status = "POSTPONED" if event.status != "POSTPONED" else "CANCELLED"
            Event.objects.filter(pk=pk).update(status=status)


@contextmanager
def _queries_of_batches() -> Iterator[list[int]]:
    """How many queries each batch makes, while this is open."""
    from django.db import connection

    from following import digesting

    counts: list[int] = []
    work = digesting._make_some

    def counted(*given: "object") -> "object":
        made = 0

        def one_more(execute: Callable, *args: "object") -> "object":  # type: ignore[type-arg]
            nonlocal made
            made += 1
            return execute(*args)

        with connection.execute_wrapper(one_more):
            told = work(*given)  # type: ignore[arg-type]
        if told is not None:
            counts.append(made)
        return told

    digesting._make_some = counted  # type: ignore[assignment]
    try:
        yield counts
    finally:
        digesting._make_some = work


def _floor() -> float:
    """The seconds that only storing the same mails takes, in batches of as many."""
    from django.db import transaction
    from django.db.models import Value

    from following.models import Digest

    rows = list(Digest.objects.order_by("id"))
    for row in rows:
        row.pk = None
        row.pace = Value(row.pace)  # see following/digesting.py
    start = time.perf_counter()
    for first in range(0, len(rows), 1_000):
        with transaction.atomic():
            Digest.objects.bulk_create(rows[first : first + 1_000])
    return time.perf_counter() - start


def _asking(queries: list[str]) -> float:
    """The seconds that it takes to ask the timeline which of the changed events each filter has."""
    from django.http import QueryDict

    from events.filters import TimelineFilter
    from events.models import Event
    from following.models import Announcement

    changed = list(Announcement.objects.values_list("event_id", flat=True))
    events = Event.objects.visible().filter(pk__in=changed)
    start = time.perf_counter()
    for query in queries:
        list(TimelineFilter(QueryDict(query), queryset=events).qs.values_list("pk", flat=True))
    return time.perf_counter() - start


def in_words(figures: Figures) -> str:
    """The section of docs/performance.md."""
    whole = figures.noting + figures.digesting
    least, most = min(figures.queries), max(figures.queries)
    queries = str(most) if least == most else f"{least} to {most}"
    return (
        f"{FOLLOWERS:,} followers with {figures.subscriptions:,} subscriptions, "
        f"{figures.filters:,} different filters, {figures.searches:,} of them searches; "
        f"{CHANGED} of {figures.events:,} events changed. Noting what changed: "
        f"{figures.noting:.1f} s. Working out and storing {figures.mails:,} mails that tell "
        f"{figures.items:,} times of an event: {figures.digesting:.1f} s, in batches of a thousand "
        f"followers, each with {queries} queries. Together {whole:.1f} s (wanted: {WANTED_SECONDS} "
        f"at most), of which this process's own computing is {figures.processor:.1f} s, whatever "
        "else the machine does. The floor (storing the same mails, nothing else): "
        f"{figures.floor:.1f} s. To ask the timeline once for each subscription, without storing "
        f"anything, would take {figures.asking:.0f} s (reckoned from {ASKED})."
    )


def main() -> int:
    """Alone, in a database of its own."""
    import bench

    with bench.bench_database():
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_record", stdout=open(os.devnull, "w"))  # noqa: SIM115
        call_command("generate_events", count=EVENTS, seed=SEED)
        print(in_words(measure()))
        connection.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
