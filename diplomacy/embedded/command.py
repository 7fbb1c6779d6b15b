"""The embedded servers for one `manage.py` command."""

import os
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from diplomacy.embedded.attach import servers
from diplomacy.embedded.places import PROJECT

NEED_NO_SERVERS = frozenset(
    {
        "collectstatic",
        "compilemessages",
        "diffsettings",
        "findstatic",
        "help",
        "makemessages",
        "startapp",
        "startproject",
        "version",
    }
)


@contextmanager
def servers_for(argv: Sequence[str]) -> Iterator[None]:
    """Servers for the body of the `with`, if the command in `argv` needs any and names none.

    Two commands may run at once: whichever ends last stops the servers. Raises EmbeddedError when
    they cannot be had.
    """
    complete_environment(os.environ)
    if needs_servers(argv) and uses_embedded(os.environ):
        with servers():
            yield
    else:
        yield


def needs_servers(argv: Sequence[str]) -> bool:
    """Whether the command in `argv`, which begins with the program's name, opens connections."""
    command, options = (argv[1], argv[2:]) if len(argv) > 1 else ("help", ())
    if command.startswith("-") or {"-h", "--help", "--version"} & set(options):
        return False
    if command == "check":
        return any(option.startswith("--database") for option in options)
    return command not in NEED_NO_SERVERS


def uses_embedded(environ: MutableMapping[str, str]) -> bool:
    """Whether one of the two servers is left to us. They come as a pair."""
    return not (environ.get("DATABASE_URL") and environ.get("REDIS_URL"))


def complete_environment(
    environ: MutableMapping[str, str], env_file: Path = PROJECT / ".env"
) -> None:
    """Add what .env says, as the settings do; and let a clone without any settings run.

    A clone that names neither a database nor a key is somebody's trial on their own machine: it
    gets plain HTTP, and with it a key of its own making. Anything else is configured in full.
    """
    if env_file.exists():
        from environs import Env

        Env().read_env(env_file, recurse=False)
    if not environ.get("DATABASE_URL") and not environ.get("SECRET_KEY"):
        environ.setdefault("INSECURE_HTTP", "1")
