"""The command itself: how fast it answers, what it loads, how it fails."""

import json
import signal
import subprocess
import sys
import time
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
    "pydantic",
    "yaml",
    "registry.app",
    "registry.documents",
    "registry.queries",
    "registry.store",
)
HELPS = """
import sys
from click.testing import CliRunner
from registry.cli.main import cli

def helps(command, path):
    ran = CliRunner().invoke(cli, [*path, "--help"])
    assert ran.exit_code == 0, ran.output
    for name, child in getattr(command, "commands", {}).items():
        helps(child, [*path, name])

helps(cli, [])
"""


def test_no_help_loads_anything_heavy() -> None:
    code = f"{HELPS}\nprint([name for name in {HEAVY!r} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ran.stdout, ran.stderr) == ("[]\n", "")


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_an_error_is_two_lines_and_exit_3(tmp_path: Path) -> None:
    ran = run(sys.executable, "-m", "registry", "--home", tmp_path / "none", "dataset", "list")
    assert ran.returncode == 3
    assert ran.stdout == ""
    error, hint = ran.stderr.splitlines()
    assert error.startswith("Error: there is no registry in ")
    assert hint.startswith("Hint: ")


def test_wrong_usage_is_exit_2(tmp_path: Path, registry_command: Path) -> None:
    assert run(registry_command, "--home", tmp_path, "ingest").returncode == 2
    assert run(registry_command, "--database", "mysql://x/y", "init").returncode == 2
    assert run(registry_command, "--home", tmp_path, "ingest", "x.jsonl", "--name", "../x").returncode == 2


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


def test_a_name_that_is_no_query_names_those_that_come_close(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    registry("init")
    failed = registry("query", "dataset", code=3)
    assert "no query named 'dataset'" in failed.stderr
    assert "datasets" in failed.stderr


def test_equal_names_of_columns_lose_no_value(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    registry("init")
    assert registry("query", "SELECT 1 AS a, 2 AS a", "--format", "json").json == [{"a": 1, "a_2": 2}]


@pytest.mark.parametrize(
    "option", [("--url", "javascript:alert(1)"), ("--language", "not a lang"), ("--version", "../1")]
)
def test_what_cannot_be_recorded_is_refused_before_anything_is_read(
    tmp_path: Path, option: tuple[str, str]
) -> None:
    registry = Command(tmp_path / "home")
    refused = registry("ingest", tmp_path / "absent.jsonl", "--name", "a", *option, code=2)
    assert "Hint: " in refused.stderr


def test_a_database_that_is_none_is_a_clear_error(tmp_path: Path, registry_command: Path) -> None:
    (tmp_path / "registry.db").write_bytes(b"no database at all, but some bytes " * 99)
    ran = run(registry_command, "--home", tmp_path, "dataset", "list")
    assert ran.returncode == 3
    assert [line.partition(":")[0] for line in ran.stderr.splitlines()] == ["Error", "Hint"]


def test_no_server_is_a_clear_error(registry_command: Path) -> None:
    ran = run(registry_command, "--database", "postgresql://nobody@127.0.0.1:1/none", "dataset", "list")
    assert ran.returncode == 3
    assert [line.partition(":")[0] for line in ran.stderr.splitlines()] == ["Error", "Hint"]


def size(file: Path) -> int:
    """Bytes of a file that may be gone by now."""
    return file.stat().st_size if file.exists() else 0


def test_an_interrupted_ingest_says_so_and_leaves_nothing(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text('{"text": "one two three"}\n' * 400_000)
    command = [sys.executable, "-m", "registry", "--home", str(tmp_path / "home"), "ingest", str(source)]
    process = subprocess.Popen([*command, "--name", "a"], stderr=subprocess.PIPE, text=True)
    staging = tmp_path / "home" / "fingerprints" / "staging"
    while process.poll() is None and not any(size(file) > 1_000_000 for file in staging.rglob("*.npy")):
        time.sleep(0.005)
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate()
    assert process.returncode == 3
    assert told.lstrip().startswith("Error: interrupted")
    assert list(staging.iterdir()) == []


def test_names_are_public_where_a_license_asks_for_them(tmp_path: Path) -> None:
    registry = Command(tmp_path / "home")
    source = tmp_path / "a.jsonl"
    lines = [
        {"text": "one", "by": "Ada Brook", "terms": "CC BY 4.0"},
        {"text": "two", "by": "Jun Mori", "terms": "CC0"},
        {"text": "three", "by": "Kim Vale"},
    ]
    source.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    options = ("--name", "a", "--creator-field", "by", "--license-field", "terms", "--text-field", "text")
    registry("ingest", source, *options)
    registry("train", "m", "--dataset", "a", "--stage", "pretraining")
    registry("attribute", "m", "--out", tmp_path / "out")
    told = (tmp_path / "out" / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert ("Ada Brook" in told, "Jun Mori" in told, "Kim Vale" in told) == (True, False, False)
    registry("ingest", source, *options, "--license", "MIT")
    registry("attribute", "m", "--out", tmp_path / "out")
    told = (tmp_path / "out" / "ATTRIBUTION.txt").read_text(encoding="utf-8")
    assert ("Ada Brook" in told, "Jun Mori" in told, "Kim Vale" in told) == (True, False, True)


def test_a_url_for_the_fingerprints_is_refused_and_makes_no_folder(
    tmp_path: Path, registry_command: Path
) -> None:
    at_home = (registry_command, "--home", tmp_path / "home")
    ran = run(*at_home, "--fingerprints", "s3://bucket/fingerprints", "init")
    assert ran.returncode == 2
    assert "local folder" in ran.stderr
    assert not Path("s3:").exists()
    assert run(*at_home, "--fingerprints", tmp_path / "kept", "init").returncode == 0
    assert (tmp_path / "kept").is_dir()


def test_no_help_prints_the_sign_of_a_block() -> None:
    assert "\\b" not in (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
