"""What the papers say is what there is."""

import csv
import os
import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from diplomacy.celery import app

PROJECT = Path(__file__).resolve().parent.parent
APPS = ("accounts", "diplomacy", "events", "following", "news")
PAPERS = sorted([*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md")])
RECORD = PROJECT / "events" / "record"


def text(path: str) -> str:
    return (PROJECT / path).read_text(encoding="utf-8")


def read_variables() -> set[str]:
    """The variables that the settings read from the environment."""
    return set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', text("diplomacy/settings.py")))


def example_variables() -> set[str]:
    return set(re.findall(r"^(?:# )?([A-Z_]+)=", text(".env.example"), re.MULTILINE))


def test_the_example_names_each_variable_that_is_read_and_no_other():
    of_compose = set(re.findall(r"\$\{([A-Z_]+)", text("docker-compose.yml")))

    assert len(read_variables()) > 10
    assert example_variables() == read_variables() | of_compose


def test_each_variable_of_the_example_is_explained():
    lines = text(".env.example").splitlines()
    for number, line in enumerate(lines):
        # Values of one block share their explanation.
        if re.match(r"(# )?[A-Z_]+=", line):
            above = next(
                before
                for before in reversed(lines[:number])
                if not re.match(r"(# )?[A-Z_]+=", before)
            )
            assert above.startswith("# "), line


def test_a_copy_of_the_example_alone_starts_nothing_by_accident():
    """What must be secret is empty in it."""
    for name in ("SECRET_KEY", "POSTGRES_PASSWORD"):
        assert re.search(rf"^{name}=$", text(".env.example"), re.MULTILINE)
    assert not re.search(r"^(DEBUG|INSECURE_HTTP)=", text(".env.example"), re.MULTILINE)


def test_operations_names_each_setting_task_and_command():
    app.loader.import_default_modules()
    tasks = {name for name in app.tasks if name.startswith(APPS)}
    commands = {name for name, owner in get_commands().items() if str(owner).startswith(APPS)}
    paper = text("docs/operations.md")

    assert tasks
    assert {"backup", "restore", "load_record"} <= commands
    for name in read_variables() | tasks:
        assert f"`{name}`" in paper, name
    for name in commands:
        assert re.search(rf"`{name}[` ]", paper), name


def test_commands_that_the_papers_name_exist():
    commands = set(get_commands())
    targets = set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))
    for paper in PAPERS:
        content = paper.read_text(encoding="utf-8")
        named = set(re.findall(r"manage\.py ([a-z_]+)", content))
        assert named <= commands, paper
        made = set(re.findall(r"(?:`|^    )make ([a-z]+)", content, re.MULTILINE))
        assert made <= targets, paper


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_links_of_the_papers_lead_somewhere(paper):
    links = re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)", paper.read_text(encoding="utf-8"))
    for link in links:
        if not link.startswith("https://"):
            assert (paper.parent / link).exists(), link


def test_modules_that_the_papers_name_exist():
    for paper in PAPERS:
        for name in re.findall(r"`(\w+/[\w/.]+)`", paper.read_text(encoding="utf-8")):
            if name.startswith(APPS):
                assert (PROJECT / name).exists(), f"{paper.name}: {name}"


def test_the_codebook_names_each_column():
    paper = text("docs/data.md")
    for file in sorted(RECORD.glob("*.csv")):
        assert file.name in paper
        with file.open(encoding="utf-8", newline="") as stream:
            for column in next(csv.reader(stream)):
                assert f"`{column}`" in paper, f"{file.name}: {column}"


def test_the_stages_of_the_pipeline_are_described():
    paper = text("docs/pipeline.md")
    for name in re.findall(r"`([a-z_]+)`", paper.split("| stage |")[1].split("\n\n")[0]):
        assert (PROJECT / "news" / "pipeline" / f"{name}.py").exists(), name


def test_decisions_are_numbered_without_gaps_and_fit_on_a_page():
    papers = sorted((PROJECT / "docs" / "adr").glob("*.md"))

    for number, paper in enumerate(papers, start=1):
        lines = paper.read_text(encoding="utf-8").splitlines()
        assert paper.name.startswith(f"{number:04}-")
        assert lines[0].startswith(f"# {number}. ")
        assert len(lines) <= 50


def test_packages_are_pinned_by_hash_and_name_no_host():
    for name in ("requirements.txt", "requirements-dev.txt"):
        pinned = re.findall(r"^[\w.\[\],-]+==\S+", text(name), re.MULTILINE)
        entries = re.split(r"^(?=[\w.\[\],-]+==)", text(name), flags=re.MULTILINE)[1:]

        assert len(pinned) > 30
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text(name)


def test_each_dependency_has_its_reason():
    lists = re.findall(r"^(?:dependencies|dev) = \[\n(.*?)^\]", text("pyproject.toml"), re.M | re.S)

    assert len(lists) == 2
    for line in "".join(lists).splitlines():
        assert re.search(r'",\s+# \S', line), line


def test_integration_runs_the_same_commands_as_people_do():
    run = text(".ci/run")

    assert os.access(PROJECT / ".ci" / "run", os.X_OK)
    for command in ("make check", "make test", "make browser"):
        assert command in run


def test_workers_can_be_scaled_and_the_site_is_published_on_loopback():
    services = dict(
        re.findall(
            r"^  (\w+):\n((?:    .*\n|\n)+)",
            text("docker-compose.yml").split("\nservices:\n")[1],
            re.MULTILINE,
        )
    )

    assert {"web", "worker", "beat", "postgres", "valkey", "migrate"} <= set(services)
    assert "container_name" not in text("docker-compose.yml")
    assert [name for name in services if "ports:" in services[name]] == ["web"]
    assert "127.0.0.1" in services["web"]
    assert "/var/lib/postgresql\n" in services["postgres"]
