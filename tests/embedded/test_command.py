import stat

import pytest

from diplomacy.embedded.command import complete_environment, needs_servers, uses_embedded
from diplomacy.embedded.secret import kept_secret


@pytest.mark.parametrize(
    ("line", "needed"),
    [
        ("load_record", True),
        ("migrate --verbosity 0", True),
        ("makemigrations --check", True),
        ("check", False),
        ("check --deploy", False),
        ("check --database default", True),
        ("load_record --help", False),
        ("help load_record", False),
        ("collectstatic --no-input", False),
        ("--version", False),
        ("", False),
    ],
)
def test_only_commands_that_connect_get_servers(line, needed):
    assert needs_servers(["manage.py", *line.split()]) is needed


def test_ours_are_used_unless_both_are_named():
    assert uses_embedded({})
    assert uses_embedded({"DATABASE_URL": "postgresql://h/d"})
    assert not uses_embedded({"DATABASE_URL": "postgresql://h/d", "REDIS_URL": "redis://h"})


def test_only_a_clone_without_settings_gets_plain_http(tmp_path):
    nowhere = tmp_path / ".env"
    trial, named, keyed = {}, {"DATABASE_URL": "postgresql://h/d"}, {"SECRET_KEY": "k"}
    for environ in (trial, named, keyed):
        complete_environment(environ, nowhere)
    assert trial == {"INSECURE_HTTP": "1"}
    assert "INSECURE_HTTP" not in named
    assert "INSECURE_HTTP" not in keyed


def test_a_kept_secret_is_private_and_stays(tmp_path):
    file = tmp_path / "var" / "secret-key"
    first = kept_secret(file, length=50)
    assert len(first) > 50
    assert kept_secret(file, length=50) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == ["secret-key"]
