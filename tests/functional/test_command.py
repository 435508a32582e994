"""The command itself: how fast it answers, what it loads, how it fails."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import Command

HEAVY = (
    "sqlalchemy",
    "alembic",
    "datasets",
    "numpy",
    "pyarrow",
    "numba",
    "pandas",
    "jinja2",
    "rich",
    "datasketch",
)


def test_the_command_line_loads_nothing_heavy() -> None:
    code = f"import sys, registry.cli.main; print([name for name in {HEAVY!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout == "[]\n"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "registry", *arguments], capture_output=True, text=True, check=False
    )


def test_an_error_is_two_lines_and_exit_3(tmp_path: Path) -> None:
    ran = run("--home", str(tmp_path / "none"), "dataset", "list")
    assert ran.returncode == 3
    assert ran.stdout == ""
    error, hint = ran.stderr.splitlines()
    assert error.startswith("Error: there is no registry in ")
    assert hint.startswith("Hint: ")


def test_wrong_usage_is_exit_2(tmp_path: Path) -> None:
    assert run("--home", str(tmp_path), "ingest").returncode == 2
    assert run("--database", "mysql://x/y", "init").returncode == 2
    assert run("--home", str(tmp_path), "ingest", "x.jsonl", "--name", "../x").returncode == 2


def test_terminal_escapes_in_names_are_not_printed(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "one", "by": "\\u001b[31mRed\\u202e"}')
    registry("ingest", source, "--name", "a", "--creator-field", "by")
    printed = registry("agent", "list").stdout
    assert "Red" in printed
    assert "\x1b" not in printed
    assert "\u202e" not in printed


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_an_empty_list_is_well_formed(tmp_path: Path, form: str) -> None:
    registry = Command(tmp_path / "home")
    registry("init")
    printed = registry("dataset", "list", "--format", form).stdout
    assert printed.strip().startswith({"table": "name", "json": "[]", "csv": "name,version"}[form])


def test_whatever_is_shown_comes_in_every_format(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "one"}')
    registry("ingest", source, "--name", "a", "--license", "MIT")
    registry("train", "m", "--dataset", "a", "--stage", "pretraining")
    for command in (("dataset", "show", "a"), ("model", "show", "m"), ("license", "show", "mit or apache 2")):
        assert registry(*command, "--format", "json").json
        lines = registry(*command, "--format", "csv").stdout.splitlines()
        assert lines[0] == "key,value"
        assert registry(*command).stdout.splitlines()[0] != "key,value"
