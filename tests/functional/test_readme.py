"""The README's console blocks are run, in order, in one folder; what they print must stand there."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

README = Path(__file__).resolve().parents[2] / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Step:
    """A command with its here-document, and what it is said to print."""

    command: str
    printed: str


def steps(text: str) -> Iterator[Step]:
    """The commands of the console blocks: a line that begins with `$ `, with `> ` lines continuing it."""
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = part.splitlines(keepends=True)
            taken = 1
            while taken < len(lines) and lines[taken].startswith("> "):
                taken += 1
            command = lines[0] + "".join(line[2:] for line in lines[1:taken])
            yield Step(command, "".join(lines[taken:]))


def test_the_tour_prints_what_it_says(tmp_path: Path) -> None:
    found = list(steps(README.read_text(encoding="utf-8")))
    assert len(found) >= 8
    environment = os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": "1780000000",
        "COLUMNS": "100",
    }
    for step in found:
        ran = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", step.command],
            cwd=tmp_path,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=120,
        )
        assert ran.returncode == 0, f"{step.command}{ran.stdout}"
        assert ran.stdout == step.printed, step.command
