"""What still runs, for tests that end processes."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]


def processes_below(folder: Path) -> list[int]:
    """Pids of the living processes whose working folder is `folder` or lies in it."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            cwd = Path(os.readlink(entry / "cwd"))
        except OSError:  # a zombie, or somebody else's
            continue
        if cwd.is_relative_to(folder):
            found.append(int(entry.name))
    return found


def wait_until(condition: Callable[[], object], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def holder_of(data: Path, sockets: Path) -> subprocess.Popen[str]:
    """Another process that uses the servers until its standard input closes; waits for it."""
    script = (
        "import sys; from pathlib import Path; from diplomacy import embedded\n"
        "places = embedded.Places(Path(sys.argv[1]), Path(sys.argv[2]))\n"
        "with embedded.servers(places):\n"
        "    print('ready', flush=True); sys.stdin.read()\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(data), str(sockets)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def close(child: subprocess.Popen[str]) -> None:
    """Let it end by itself, and close its pipes."""
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            stream.close()
    child.wait(30)
