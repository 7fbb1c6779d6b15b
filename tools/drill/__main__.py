"""`make drill`, or `python -m tools.drill [--seed N]`: what a crash costs.

A loopback server offers 20 feeds with 1,000 known entries, each for some minutes only. The
project's own servers, worker and beat read them, while one after the other is killed at random
moments and started again. Then, when all is quiet, the database is compared with what was offered.
The last line is one JSON object; the exit code is 1 if anything was lost or doubled, or if
recovering took too long. Time is made to pass faster in one way only: sources are marked as due
more often than their schedule says.
"""

import argparse
import json
import os
import random
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from diplomacy.embedded import EmbeddedError, locks
from diplomacy.embedded.places import PROJECT
from tools.drill.crew import Crew
from tools.drill.entries import Feed, read_feeds
from tools.drill.site import Site
from tools.drill.watch import Watch

KILLS = {"worker": 11, "worker process": 4, "beat": 11, "valkey": 11, "postgres": 11}
FLUSHES = 6
# Each entry is offered for two thirds of it (SHOWN of 30 steps): longer than a recovery may take,
# as a newspaper's feed offers it for hours.
LEAST_ROTATION_SECONDS = 270
# Seconds between two blows, and for which what was killed stays away.
PAUSE, AWAY = (2.0, 12.0), (0.2, 3.0)
START_SECONDS, QUIET_SECONDS = 120, 240
# While a recovery takes longer than this nothing else is killed: blows that pile up would measure
# each other.
PATIENCE_SECONDS = 40
MOST_RECOVERY_SECONDS = 120


@dataclass(frozen=True)
class Found:
    """What the database holds in the end, beside what was offered."""

    lost: int
    doubled: int
    unfinished: int
    stumbled: int
    candidates: int
    candidates_lost: int
    candidates_doubled: int
    polls: int
    failed_polls: int


def main() -> int:
    parser = argparse.ArgumentParser(description="Kill what runs the news; count what was lost.")
    parser.add_argument("--seed", type=int, help="repeats the order and the pauses of the kills")
    parser.add_argument("--short", action="store_true", help="a tenth of the kills, to try it out")
    options = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if options.seed is None else options.seed
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_once)
    folder = Path(tempfile.mkdtemp(prefix="record-drill-", dir="/tmp"))
    is_good = False
    try:
        result = _drill(folder, seed, is_short=options.short)
        is_good = _is_good(result)
        print(json.dumps(result), flush=True)
    except KeyboardInterrupt:
        print("Stopped; nothing is left running.", file=sys.stderr)
        is_good = True  # its logs tell of nothing
        return 130
    except EmbeddedError as error:
        print(error, file=sys.stderr)
    finally:
        if is_good:
            shutil.rmtree(folder, ignore_errors=True)
        else:
            print(f"The logs are kept in {folder}/log.", file=sys.stderr)
    return 0 if is_good else 1


def _stop_once(_number: int, _frame: object) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def _drill(folder: Path, seed: int, *, is_short: bool) -> dict[str, object]:
    began = time.monotonic()
    feeds = read_feeds(PROJECT / "events" / "record" / "events.csv")
    order = _order(random.Random(seed), is_short=is_short)
    print(f"Seed {seed}: {len(order)} blows. Preparing …", flush=True)
    with Site(feeds) as site, Crew(folder) as crew, locks.take(crew.places.lock):
        crew.start("postgres")
        crew.start("valkey")
        _prepare(crew, site, feeds)
        crew.start("worker")
        crew.start("beat")
        with Watch(crew.environment["DATABASE_URL"]) as watch:
            flushes = _strike(crew, watch, site, order, random.Random(seed))
            while site.is_rotating():
                time.sleep(0.5)
            is_quiet = watch.wait_until_quiet(datetime.now(UTC), QUIET_SECONDS)
        now = datetime.now(UTC)
        for blow in watch.blows:
            print(blow.in_words(now))
        recoveries = [blow.seconds(now) for blow in watch.blows]
        kills = Counter(blow.kind for blow in watch.blows if blow.kind != "flush")
        found = _compare(feeds)
        return {
            "kills": kills.total(),
            "kills_by_kind": dict(kills),
            "flushes": flushes,
            "entries": sum(len(feed.entries) for feed in feeds),
            "feeds": len(feeds),
            **vars(found),
            "quiet": is_quiet,
            "requests_at_once_per_host": site.most_at_once,
            "recovery_s_max": round(max(recoveries), 1),
            "recovery_s_median": round(statistics.median(recoveries), 1),
            "seed": seed,
            "seconds": round(time.monotonic() - began),
        }


def _order(chance: random.Random, *, is_short: bool) -> list[str]:
    numbers = {**KILLS, "flush": FLUSHES}
    order = [
        kind
        for kind, number in numbers.items()
        for _ in range(-(-number // 10) if is_short else number)
    ]
    chance.shuffle(order)
    return order


def _prepare(crew: Crew, site: Site, feeds: list[Feed]) -> None:
    """The schema, the record that articles are read against, and a source for each feed."""
    os.environ |= crew.environment
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from news.models import Source

    call_command("migrate", interactive=False, verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_record", stdout=nowhere)
    for feed in feeds:
        Source.objects.create(
            name=f"drill-{feed.path.rpartition('/')[2]}",
            outlet=f"Drill {feed.path}",
            url=site.address(feed),
            country_id="JP" if feed.language == "ja" else "KR",
            language=feed.language,
            pause_seconds=0,  # as fast as the machine can: manners are tested elsewhere
        )
    connection.close()


def _strike(crew: Crew, watch: Watch, site: Site, order: list[str], chance: random.Random) -> int:
    """All blows of the order, each made good again; returns how many were flushes."""
    pauses = [(chance.uniform(*PAUSE), chance.uniform(*AWAY)) for _ in order]
    watch.wait_until_all_are_read(START_SECONDS)
    seconds = sum(pause + away for pause, away in pauses) + len(order)
    site.rotate(max(seconds, LEAST_ROTATION_SECONDS))
    for number, (kind, (pause, away)) in enumerate(zip(order, pauses, strict=True), 1):
        time.sleep(pause)
        watch.wait_for_the_old(PATIENCE_SECONDS)
        print(f"{number:3}/{len(order)} {kind}", flush=True)
        if kind == "flush":
            watch.blow(kind, crew.flush)
        elif kind == "worker process":
            watch.blow(kind, crew.kill_one_of_the_worker)
        else:
            watch.blow(kind, lambda kind=kind: crew.kill(kind))  # type: ignore[misc]
            time.sleep(away)
            crew.start(kind)
        if dead := crew.dead():
            raise EmbeddedError(f"Ended without being killed: {', '.join(dead)}.")
    return order.count("flush")


def _compare(feeds: list[Feed]) -> Found:
    """The entries beside the articles; the drafts of each text beside the reports stored."""
    from urllib.parse import urlsplit

    from django.db.models import Count

    from news.ingest import read
    from news.knowledge import from_record
    from news.models import Article, Poll, Report
    from news.reporting import fingerprint

    known = {entry.path for feed in feeds for entry in feed.entries}
    stored = Counter(urlsplit(url).path for url in Article.objects.values_list("url", flat=True))
    knowledge = from_record()
    expected = candidates = lost = doubled = 0
    for article in Article.objects.filter(stage="DRAFTED").annotate(count=Count("reports")):
        drafts = len({fingerprint(draft) for draft in read(article, knowledge).drafts})
        lost += max(0, drafts - article.count)
        doubled += max(0, article.count - drafts)
        expected += drafts
    candidates = Report.objects.count()
    for path in sorted(known - set(stored)):
        print(f"Lost: {path}", file=sys.stderr)
    unfinished = Article.objects.exclude(stage="DRAFTED")
    return Found(
        lost=len(known - set(stored)),
        doubled=sum(number - 1 for number in stored.values()) + len(set(stored) - known),
        unfinished=unfinished.count(),
        stumbled=Article.objects.filter(tries__gt=0).count(),
        candidates=candidates,
        candidates_lost=lost,
        candidates_doubled=doubled,
        polls=Poll.objects.count(),
        failed_polls=Poll.objects.exclude(reason="").count(),
    )


def _is_good(result: dict[str, object]) -> bool:
    """Whether nothing was lost or doubled, and nothing took too long."""
    none = ("lost", "doubled", "unfinished", "candidates_lost", "candidates_doubled")
    recovery = result["recovery_s_max"]
    assert isinstance(recovery, float)
    return not any(result[name] for name in none) and recovery <= MOST_RECOVERY_SECONDS


if __name__ == "__main__":
    sys.exit(main())
