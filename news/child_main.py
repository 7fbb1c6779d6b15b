"""The child's side of news/child.py: `python -m news.child_main PARENT`.

Reads requests from its input and answers each on its output, until its input or its parent ends.
A request is two lengths, a JSON object {module, function, arguments, cpu_seconds, memory_bytes} and
the bytes to work on; an answer is a length and a JSON object.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import struct
import sys
import threading
import time
from importlib import import_module
from typing import Any, BinaryIO

from news.parsing import Unreadable

REQUEST, ANSWER = struct.Struct(">II"), struct.Struct(">I")
_PRELOADED = ("news.parsing.feeds", "news.parsing.index_pages", "news.parsing.articles")
_SECONDS_BETWEEN_LOOKS = 0.5
# What no document is a reason for, as Python's audit events name it. The parsers in C open nothing
# by themselves: lxml is told so, expat cannot.
_NEVER = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.")
_CHANGES = (
    *("os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "os.mkdir", "os.rmdir"),
    *("os.chmod", "os.chown", "shutil."),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(parent: int) -> None:
    """Serve until the parent has no more to ask. What it starts with is one empty answer: ready."""
    asked, answers = _pipes()
    logging.disable(logging.CRITICAL)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    for name in _PRELOADED:
        import_module(name)
    # Nothing that is read here has a reason to write a file or to leave its memory on the disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)
    resting = _size()
    _answer(answers, {"size": resting})
    while len(lengths := asked.read(REQUEST.size)) == REQUEST.size:
        of_request, of_body = REQUEST.unpack(lengths)
        request = json.loads(asked.read(of_request))
        _answer(answers, {**_limited(request, asked.read(of_body)), "size": _size()})


def _refuse(event: str, told: tuple[Any, ...]) -> None:
    """An audit hook, for good: no network, no other process, no change to a file."""
    is_writing = event == "open" and isinstance(told[2], int) and told[2] & _WRITING
    if is_writing or event.startswith(_NEVER + _CHANGES):
        raise PermissionError(f"{event} is not for what reads documents")


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Input and output of our own, so that a stray print of a library cannot spoil an answer."""
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return asked, answers


def _end_with(parent: int) -> None:
    # Not the kernel's parent-death signal: it comes when the *thread* that started us ends.
    while os.getppid() == parent:
        time.sleep(_SECONDS_BETWEEN_LOOKS)
    os._exit(1)


def _limited(request: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Do one piece of work within its limits; the answer says what came of it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + request["cpu_seconds"]) + 1
    _limit(resource.RLIMIT_CPU, seconds)
    if size := _size():
        _limit(resource.RLIMIT_AS, size + request["memory_bytes"])
    try:
        work = getattr(import_module(request["module"]), request["function"])
        return {"result": work(body, **request["arguments"])}
    except Unreadable as error:
        return {"unreadable": error.reason}
    except MemoryError:
        return {"failed": "memory"}
    except Exception as error:
        return {"failed": "broken", "detail": f"{type(error).__name__}: {error}"[:300]}
    finally:
        _limit(resource.RLIMIT_AS, resource.RLIM_INFINITY)


def _limit(what: int, most: int) -> None:
    """Set the soft limit, which unlike the hard one can be raised again."""
    hard = resource.getrlimit(what)[1]
    soft = hard if most == resource.RLIM_INFINITY else most
    if hard != resource.RLIM_INFINITY and soft != resource.RLIM_INFINITY:
        soft = min(soft, hard)
    resource.setrlimit(what, (soft, hard))


def _size() -> int:
    """Bytes of address space that this process has; 0 where the system does not say."""
    try:
        with open("/proc/self/statm", "rb") as statm:
            return int(statm.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _answer(answers: BinaryIO, told: dict[str, Any]) -> None:
    text = json.dumps(told).encode()
    answers.write(ANSWER.pack(len(text)))
    answers.write(text)
    answers.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
    os._exit(0)  # there is nothing to tidy up, and much to take down
