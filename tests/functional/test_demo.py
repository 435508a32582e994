"""The demo on a few packages: data, declarations, pages, and commands that work when they are copied."""

import re
import shlex
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import pytest
from click.testing import CliRunner

from registry import __main__ as program
from registry.app.demo import run as demo_run
from registry.app.demo.sources import library_files
from registry.cli.context import Settings
from registry.cli.demo import demo
from registry.domain.agent import without_email
from registry.errors import RefusedError

PACKAGES = ("click", "Jinja2", "license-expression", "PyYAML")  # the license of Jinja2 is told by a family
PROGRAM = f"{shlex.quote(sys.executable)} -m registry"
SETTINGS = Settings(Path("registry-home"), None, None, quiet=False)


@dataclass(frozen=True, slots=True)
class Demo:
    """Where the demo ran, and what it printed the first and the second time."""

    folder: Path
    first: str
    second: str
    between: dict[Path, bytes]

    def command(self, word: str) -> str:
        """The one command of the output that has this word, as a user would copy it."""
        (line,) = (
            line.strip() for line in self.first.splitlines() if f" {word} " in line and "--home" in line
        )
        return line

    def typed(self, word: str, program: str | Path = PROGRAM) -> subprocess.CompletedProcess[str]:
        """Run that command from where the demo was run."""
        command = self.command(word).replace(PROGRAM, str(program))
        return subprocess.run(
            command, cwd=self.folder, shell=True, capture_output=True, text=True, check=True
        )


def contents(folder: Path) -> dict[Path, bytes]:
    made = [*(folder / "demo" / "data").iterdir(), *(folder / "demo" / "public").rglob("*")]
    return {path: path.read_bytes() for path in made if path.is_file()}


def invoked() -> str:
    result = CliRunner().invoke(demo, [], obj=SETTINGS, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    json_library = Path(sysconfig.get_path("stdlib")) / "json"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(sys, "argv", [program.__file__, "demo"])
        patch.setattr(demo_run, "distributions", lambda: map(distribution, PACKAGES))
        patch.setattr(demo_run, "library_files", lambda: library_files(json_library))
        first = invoked()
        between = contents(folder)
        yield Demo(folder, first, invoked(), between)


def test_the_demo_writes_data_declarations_a_registry_and_pages(ran: Demo) -> None:
    made = {path.name for path in (ran.folder / "demo").iterdir()}
    assert {"data", "registry.yaml", "registry-home", "public"} <= made
    data = {path.name for path in (ran.folder / "demo" / "data").iterdir()}
    assert data == {"stdlib.parquet", "packages.parquet", "mix.parquet"}
    assert (ran.folder / "demo" / "public" / "index.html").is_file()
    assert [path.name for path in ran.folder.iterdir()] == ["demo"]


def test_it_tells_what_it_took_and_which_licenses_it_cannot_tell(ran: Demo) -> None:
    assert "of 4 packages" in ran.first
    assert "3 name their license, 1 name one that cannot be told for certain (BSD License)" in ran.first
    assert "The pages: demo/public/index.html" in ran.first
    assert re.search(r"Done in \d+ seconds", ran.first)


def test_the_same_again_changes_nothing(ran: Demo) -> None:
    assert "Kept as it was: demo/registry.yaml" in ran.second
    assert ": 0 entries created, 0 changed" in ran.second
    assert contents(ran.folder) == ran.between


def test_the_disclosure_that_it_names_is_there(ran: Demo) -> None:
    (address,) = re.findall(r"file://(\S+)", ran.first)
    text = Path(address).read_text(encoding="utf-8")
    assert "snakelet" in text
    assert "Example Lab" in text


def test_the_commands_that_it_names_work_when_copied(ran: Demo) -> None:
    assert "PSF-2.0" in ran.typed("query").stdout
    ran.typed("apply")


def test_closing_the_open_gap_is_a_change_of_one_dataset_alone(ran: Demo, registry_command: Path) -> None:
    file = ran.folder / "demo" / "registry.yaml"
    original = file.read_text(encoding="utf-8")
    closed = original.replace("# characteristics:", "characteristics:")
    assert closed != original
    file.write_text(closed, encoding="utf-8")
    try:
        told = ran.typed("apply", registry_command)
    finally:
        file.write_text(original, encoding="utf-8")
    changed = [line for line in told.stdout.splitlines() if not line.startswith("= ")]
    assert changed == ["~ dataset packages@1: characteristics"]


def test_no_address_of_a_person_is_on_the_pages(ran: Demo) -> None:
    pages = (ran.folder / "demo" / "public").rglob("*")
    texts = {path: path.read_text(encoding="utf-8") for path in pages if path.suffix in {".html", ".json"}}
    assert texts
    assert [path for path, text in texts.items() if without_email(text) != text] == []


def test_the_database_of_a_team_is_left_alone(ran: Demo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGISTRY_DATABASE", "postgresql://nobody@127.0.0.1:1/none")
    command = next(line for line in invoked().splitlines() if " query " in line)
    assert command.strip().startswith("env -u REGISTRY_DATABASE ")


def test_what_cannot_be_applied_is_told_with_what_to_do(ran: Demo) -> None:
    file = ran.folder / "demo" / "registry.yaml"
    original = file.read_text(encoding="utf-8")
    entry = "datasets:\n  - {name: lost, source: data/lost.parquet}"
    file.write_text(original.replace("datasets:", entry, 1), encoding="utf-8")
    try:
        with pytest.raises(RefusedError, match=r"lost\.parquet") as refused:
            invoked()
    finally:
        file.write_text(original, encoding="utf-8")
    assert refused.value.hint
