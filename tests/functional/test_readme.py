"""The README's console blocks are run, in order; what they print must stand there.

Blocks marked `demo` run on the demo's data, which differ from machine to machine: there, numbers may differ.
The others have a folder of their own.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
BLOCK = re.compile(r"^```console( demo)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"[0-9a-f]{64}|[0-9][0-9,.:TZ-]*")


@dataclass(frozen=True, slots=True)
class Step:
    """A command with its here-document, and what it is said to print."""

    command: str
    printed: str
    on_demo: bool

    def is_printed(self, found: str) -> bool:
        """Whether what was printed is what stands there."""
        return _masked(found) == _masked(self.printed) if self.on_demo else found == self.printed


def _masked(text: str) -> str:
    """Without numbers, and without the width that they give to columns."""
    return re.sub(r" +", " ", NUMBER.sub("N", text)).replace(" \n", "\n")


def steps(text: str) -> Iterator[Step]:
    """The commands of the console blocks: a line that begins with `$ `, with `> ` lines continuing it."""
    for on_demo, block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines(keepends=True)
            taken = 1
            while taken < len(lines) and lines[taken].startswith("> "):
                taken += 1
            command = lines[0] + "".join(line[2:] for line in lines[1:taken])
            yield Step(command, "".join(lines[taken:]), bool(on_demo))


def run(command: str, folder: Path, registry: Path, **more: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(map(str, (registry.parent, Path(sys.executable).parent, os.environ["PATH"])))
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "COLUMNS": "100"} | more,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )


def follow(tour: list[Step], folder: Path, registry: Path) -> None:
    for step in tour:
        ran = run(step.command, folder, registry, SOURCE_DATE_EPOCH="1780000000")
        assert ran.returncode == 0, f"{step.command}{ran.stdout}"
        assert step.is_printed(ran.stdout), f"{step.command}\n{ran.stdout}"


def test_the_tour_of_the_demo_prints_what_it_says(tmp_path: Path, registry_command: Path) -> None:
    tour = [step for step in steps(README.read_text(encoding="utf-8")) if step.on_demo]
    assert len(tour) >= 4
    made = run("registry --quiet demo --out demo", tmp_path, registry_command)
    assert made.returncode == 0, made.stdout
    follow(tour, tmp_path, registry_command)


def test_the_other_tours_print_what_they_say(tmp_path: Path, registry_command: Path) -> None:
    tours = [step for step in steps(README.read_text(encoding="utf-8")) if not step.on_demo]
    assert len(tours) >= 8
    follow(tours, tmp_path, registry_command)


def test_every_picture_and_page_that_the_readme_names_is_there() -> None:
    text = README.read_text(encoding="utf-8")
    named = re.findall(r"\]\(((?!https?:)[^)#]+)\)", text)
    assert len(named) >= 6
    assert [name for name in named if not (README.parent / name).exists()] == []
