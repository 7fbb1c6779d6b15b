"""The arrows between the packages point one way, and the linter notices when one does not."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PACKAGES = ("accounts", "diplomacy", "events", "following", "news")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def copy_of_the_tree(tmp_path: Path) -> Path:
    shutil.copy(PROJECT / "pyproject.toml", tmp_path)
    for package in PACKAGES:
        shutil.copytree(
            PROJECT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__")
        )
    return tmp_path


def test_imports_as_they_stand_keep_every_contract(copy_of_the_tree):
    outcome = lint(copy_of_the_tree)

    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("events/publication.py", "import news.models"),
        ("accounts/models.py", "import events.models"),
        ("news/pipeline/__init__.py", "import django"),
    ],
)
def test_an_import_against_the_arrows_breaks_a_contract(copy_of_the_tree, module, line):
    path = copy_of_the_tree / module
    path.write_text(path.read_text() + f"\n{line}\n")

    outcome = lint(copy_of_the_tree)

    assert outcome.returncode == 1, outcome.stdout
    assert "BROKEN" in outcome.stdout
