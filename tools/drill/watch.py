"""Sees from the database alone how the news goes on, and makes time pass faster for it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import psycopg

LOOK_SECONDS = 0.5
# So often is each source polled; in life it is asked every ten minutes at most.
POLL_SECONDS = 8
MOST_WAIT_SECONDS = 60
_ALL_READ = "SELECT bool_and(verified_at IS NOT NULL) FROM news_source"
_MAKE_DUE = """
    UPDATE news_source SET next_poll_at = now()
    WHERE next_poll_at > now() AND last_polled_at < now() - make_interval(secs => %s)
"""
_UNDER_WAY = """
    SELECT ARRAY(SELECT id FROM news_source WHERE lease_token IS NOT NULL AND leased_until > now()),
           ARRAY(SELECT id FROM news_article
                 WHERE stage <> 'DRAFTED' AND tries = 0 AND next_try_at > now())
"""
_HAS_RECOVERED = """
    SELECT EXISTS (SELECT FROM news_poll WHERE started_at > %(at)s AND reason = '')
       AND NOT EXISTS (
           SELECT FROM unnest(%(sources)s::bigint[]) AS held (id) WHERE NOT EXISTS (
               SELECT FROM news_poll WHERE source_id = held.id AND finished_at > %(at)s))
       AND NOT EXISTS (
           SELECT FROM news_article WHERE id = ANY(%(articles)s::bigint[]) AND stage <> 'DRAFTED')
"""
_IS_QUIET = """
    SELECT NOT EXISTS (SELECT FROM news_article WHERE stage <> 'DRAFTED')
       AND NOT EXISTS (
           SELECT FROM news_source WHERE NOT EXISTS (
               SELECT FROM news_poll
               WHERE source_id = news_source.id AND started_at > %s AND reason = ''))
"""


@dataclass
class Blow:
    """One kill, what was under way at that moment, and when all of it had been made good."""

    kind: str
    at: datetime
    sources: list[int]
    articles: list[int]
    recovered_at: datetime | None = None

    def seconds(self, now: datetime) -> float:
        """From the kill to the recovery; of one that is still awaited, until now."""
        return ((self.recovered_at or now) - self.at).total_seconds()

    def in_words(self, now: datetime) -> str:
        """What it cost, for a person."""
        held = f"{len(self.sources)} sources and {len(self.articles)} articles under way"
        end = "" if self.recovered_at else ", and still not recovered"
        return f"{self.at:%H:%M:%S} {self.kind}: {self.seconds(now):.0f} s ({held}){end}"


@dataclass
class Watch:
    """A context manager that looks at the database in a thread of its own.

    A kill is recovered from when every source that was then held has been polled, every article
    that was then worked on has been drafted, and a poll that was begun later has succeeded.
    """

    database_url: str
    blows: list[Blow] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Watch":
        self._thread = threading.Thread(target=self._look_on)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def blow(self, kind: str, strike: Callable[[], Any]) -> None:
        """Strike, and await the recovery from it unless it says that it hit nothing."""
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            (row,) = connection.execute(_UNDER_WAY).fetchall()
        at = datetime.now(UTC)
        if strike() is False:
            return  # there was nothing to hit
        self.blows.append(Blow(kind, at, *row))

    def wait_until_all_are_read(self, seconds: float) -> None:
        """Until each source has been polled once: only then may its entries begin to go."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                (row,) = connection.execute(_ALL_READ).fetchall()
            if row[0]:
                return
            self._stop.wait(LOOK_SECONDS)

    def wait_for_the_old(self, seconds: float) -> None:
        """Until no kill that is older than so many seconds waits for its recovery."""
        ends = time.monotonic() + MOST_WAIT_SECONDS
        while time.monotonic() < ends:
            now = datetime.now(UTC)
            if not any(b.recovered_at is None and b.seconds(now) > seconds for b in self.blows):
                return
            self._stop.wait(LOOK_SECONDS)

    def wait_until_quiet(self, since: datetime, seconds: float) -> bool:
        """Until each source was polled since then, each article drafted, each kill recovered from.

        False if that takes longer than so many seconds.
        """
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            with psycopg.connect(self.database_url, autocommit=True) as connection:
                (row,) = connection.execute(_IS_QUIET, [since]).fetchall()
            if row[0] and all(blow.recovered_at for blow in self.blows):
                return True
            self._stop.wait(LOOK_SECONDS)
        return False

    def _look_on(self) -> None:
        while not self._stop.is_set():
            try:
                with psycopg.connect(self.database_url, autocommit=True) as connection:
                    while not self._stop.wait(LOOK_SECONDS):
                        self._look(connection)
            except psycopg.Error:
                self._stop.wait(LOOK_SECONDS)  # it has just been killed

    def _look(self, connection: psycopg.Connection) -> None:
        connection.execute(_MAKE_DUE, [POLL_SECONDS])
        for blow in list(self.blows):
            if blow.recovered_at is None:
                told = {"at": blow.at, "sources": blow.sources, "articles": blow.articles}
                (row,) = connection.execute(_HAS_RECOVERED, told).fetchall()
                if row[0]:
                    blow.recovered_at = datetime.now(UTC)
