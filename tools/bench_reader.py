"""The peer's side of the ingest bench: `reader` on the same feeds, in its own virtual environment.

`python tools/bench_reader.py FOLDER WORKERS < addresses`: prints as JSON the seconds of a first and
of a second pass over all feeds, and how many entries it then has.
"""

import json
import sys
import time
from pathlib import Path

import feedparser_sgmllib

# reader's own copy of feedparser asks for this module by the name that it had before.
sys.modules.setdefault("sgmllib", feedparser_sgmllib)

from reader import make_reader  # noqa: E402


def main(folder: Path, workers: int) -> None:
    reader = make_reader(str(folder / f"reader-{workers}.sqlite"), search_enabled=False)
    for address in sys.stdin.read().split():
        reader.add_feed(address)
    seconds = []
    for _pass in range(2):
        start = time.perf_counter()
        reader.update_feeds(scheduled=False, workers=workers)
        seconds.append(time.perf_counter() - start)
    entries = reader.get_entry_counts().total
    print(json.dumps({"first": seconds[0], "second": seconds[1], "entries": entries}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
