"""What `make bench` says of memory: a web process that sends the whole record as a file.

Each figure is of a process started anew as it is deployed (granian, one worker with its pool): all
that Linux counts as resident, shared libraries included. A MB is 1,048,576 bytes here, as in `top`
and `docker stats`.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import bench_peer

FILES = ("/timeline.csv", "/timeline.json")
BUDGET_MB = 100
# What else a process may be asked for in its life: pages, the API, the sign-in of staff.
OTHER_PAGES = ("/en/", "/ko/timeline/", "/ja/")
OF_OTHERS = ("/api/v1/events", "/accounts/login/")


@dataclass(frozen=True)
class Sent:
    """One file from one process: its bytes, seconds, and resident memory in MB."""

    file: str
    size: int
    seconds: float
    idle: float
    """Before anything but a probe was answered."""
    peak: float
    """The most since the process started, until all was sent."""


@dataclass(frozen=True)
class Figures:
    """Each file by itself; then the peak of a process that did much else, one more at a time."""

    sent: list[Sent]
    with_pages: float
    with_everything: float


def measure() -> Figures:
    """On the record as it stands, one process after the other."""
    sent = [_sent(file) for file in FILES]
    with _process() as web:
        for address in (*OTHER_PAGES, *FILES):
            web.read(address)
        with_pages = web.memory("VmHWM")
        for address in (*OF_OTHERS, *FILES):
            web.read(address)
        return Figures(sent, with_pages, web.memory("VmHWM"))


def _sent(file: str) -> Sent:
    with _process() as web:
        web.read("/healthz")
        idle = web.memory("VmRSS")
        start = time.perf_counter()
        size = web.read(file)
        return Sent(file, size, time.perf_counter() - start, idle, web.memory("VmHWM"))


@dataclass(frozen=True)
class _Web:
    port: int
    worker: int

    def read(self, address: str) -> int:
        """How many bytes the answer has; none of them is kept."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=600)
        connection.request("GET", address, headers={"Host": "127.0.0.1"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{address}: {answer.status}")
        size = 0
        while piece := answer.read(65_536):
            size += len(piece)
        connection.close()
        return size

    def memory(self, name: str) -> float:
        """Of the process that answers, in MB; VmRSS is now, VmHWM the most so far."""
        for line in Path(f"/proc/{self.worker}/status").read_text().splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError(f"Linux tells no {name}")


@contextmanager
def _process() -> Iterator[_Web]:
    with bench_peer.ours(workers=1, DATABASE_POOL="1") as (port, server):
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        if len(children) != 1:
            raise RuntimeError(f"{len(children)} processes where one was asked for")
        yield _Web(port, int(children[0]))


def in_words(figures: Figures, events: int) -> str:
    rows = [
        f"| {one.file} | {one.size / 1e6:.0f} | {one.seconds:.0f} | {one.idle:.1f} | "
        f"{one.peak:.1f} |"
        for one in figures.sent
    ]
    most = max(one.peak for one in figures.sent)
    return "\n".join(
        [
            f"The whole record, {events:,} events, from a web process as deployed (granian, one "
            "worker), started anew for each file. Resident memory of that process in MB, shared "
            "libraries included: idle, and the most until the file was sent.",
            "",
            "| file | million bytes | seconds | idle | peak |",
            "|---|---:|---:|---:|---:|",
            *rows,
            "",
            f"Largest: {most:.1f} MB (wanted: {BUDGET_MB} at most). A process that has shown the "
            "overview and the timeline in three languages keeps that record's bitmaps too, and "
            f"sends both files with {figures.with_pages:.0f}; one that has answered for the API "
            f"and sign-in as well has loaded the whole site, {figures.with_everything:.0f}.",
        ]
    )
