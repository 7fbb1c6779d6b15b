"""Lighthouse on a running demo, as a phone sees it: medians of five runs, and a verdict.

`make demo` in one terminal, `make lighthouse` in another. Timings need a machine that is not busy.
"""

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

PAGES = (
    "en/timeline/",
    "en/events/2025-06-09-ishiba-lee-call/",
    "en/leaders/lee-jae-myung/",
    "en/",
    "en/topics/",
    "en/compare/",
    "en/calendar/2025/06/",
)
FLOORS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
RUNS = 5
ATTEMPTS = 3
CHROMIUM = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run "
    "--disable-background-networking --disable-component-update --disable-sync"
)
PROGRAM = Path("node_modules") / ".bin" / "lighthouse"


def read(report: bytes) -> dict[str, Any]:
    """The report of a run; empty where it is none."""
    try:
        told: dict[str, Any] = json.loads(report)
    except ValueError:
        return {}
    return told


def scores(address: str) -> dict[str, int]:
    """The four scores of one run, out of 100."""
    command = [str(PROGRAM), address, "--quiet", "--output=json", f"--chrome-flags={CHROMIUM}"]
    environment = {"CHROME_PATH": "/usr/bin/chromium", **os.environ}
    for _attempt in range(ATTEMPTS):
        found = subprocess.run(command, capture_output=True, check=False, env=environment)
        # Now and then Chromium begins its trace after the page, or the report is cut off: such a
        # run has no scores.
        report = read(found.stdout)
        if report and "runtimeError" not in report:
            return {name: round(100 * report["categories"][name]["score"]) for name in FLOORS}
    raise SystemExit(f"No run of Lighthouse on {address} came to an end: {found.stderr.decode()}")


def main(site: str) -> int:
    """Print the medians of every page; 1 if one is below its floor."""
    failed = False
    for page in PAGES:
        runs = [scores(f"{site}/{page}") for _number in range(RUNS)]
        medians = {name: statistics.median(run[name] for run in runs) for name in FLOORS}
        failed |= any(medians[name] < floor for name, floor in FLOORS.items())
        told = "  ".join(f"{name} {value:g}" for name, value in medians.items())
        print(f"{page:45}{told}  (performance {sorted(run['performance'] for run in runs)})")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/")))
