"""Other libraries, each in an environment of its own: `python -m benchmarks.peers` makes them.

They ask for versions that exclude each other, and none of them may become a dependency of the project.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from benchmarks.timing import Spent

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "training-data-registry" / "peers"
WORKER = Path(__file__).with_name("peer_worker.py")
ENVIRONMENTS = {
    "datasketch": ("datasketch==2.0.0", "xxhash==4.1.0"),
    "rensa": ("rensa==0.5.0",),
    "gaoya": ("gaoya==0.2.2",),
    "daft": ("daft==0.7.26",),
    "datatrove": ("datatrove[processing]==0.10.1", "spacy==3.8.18"),
}


class UnavailableError(Exception):
    """A peer cannot be installed or run here; the message says why."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to use a peer: its name in `peer_worker.py`, and what to call it on the page."""

    name: str
    title: str
    slow: bool = False  # measured on the small sample

    @property
    def peer(self) -> str:
        """The library."""
        return self.name.split()[0]


WAYS = (
    Way("datasketch update", "`update` per shingle (SHA-1)", slow=True),
    Way("datasketch update_batch", "`update_batch` per record (SHA-1)"),
    Way("datasketch update_batch xxhash", "`update_batch`, xxh32, shared permutations"),
    Way("datasketch generator", "`MinHash.generator` (SHA-1)"),
    Way("datasketch generator xxhash", "`MinHash.generator`, xxh32"),
    Way("datasketch generator distinct", "`MinHash.generator`, xxh32, distinct shingles"),
    Way("rensa update", "`RMinHash.update`"),
    Way("rensa matrix", "`digest_matrix_from_token_sets`"),
    Way("gaoya insert", "`insert_document` (with its index)"),
    Way("daft normalized", "`normalize`, `minhash` (xxHash)"),
    Way("daft plain", "`minhash` alone, nothing normalized"),
    Way("datatrove signature", "signature step (its own normalization)", slow=True),
)
FLAT = Way("rensa flat", "`digest_matrix_from_flat_token_hashes`")


def environment(peer: str) -> Path:
    """The interpreter of a peer's environment, made where it is not there. Raises `UnavailableError`."""
    folder, wanted = CACHE / peer, " ".join(ENVIRONMENTS[peer])
    python, stamp = folder / "bin" / "python", folder / "installed"
    if stamp.exists() and stamp.read_text() == wanted:
        return python
    shutil.rmtree(folder, ignore_errors=True)
    commands = ["-m", "venv", str(folder)], ["-m", "pip", "install", "--quiet", *wanted.split()]
    for interpreter, command in zip((sys.executable, str(python)), commands, strict=True):
        ran = subprocess.run([interpreter, *command], check=False, capture_output=True, text=True)
        if ran.returncode:
            raise UnavailableError(last_line(ran.stderr) or f"{' '.join(command[:3])} failed")
    stamp.write_text(wanted)
    return python


@dataclass
class Worker:
    """A process that runs one path of a peer on a sample, once each time it is asked to."""

    process: subprocess.Popen[str]
    version: str
    records: int

    @classmethod
    def start(cls, way: Way, sample: Path, records: int) -> Self:
        """Load and warm up. Raises `UnavailableError`."""
        process = subprocess.Popen(
            [str(environment(way.peer)), str(WORKER), way.name, str(sample)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        worker = cls(process, "", records)
        worker.version = worker.answer("ready")[0]
        return worker

    def answer(self, kind: str) -> list[str]:
        """The words after the next line of that kind; what else the peer prints is skipped."""
        said = ""
        for line in self.process.stdout or ():
            if line.startswith(f"{kind} "):
                return line.split()[1:]
            said = line.strip() or said
        raise UnavailableError(said or f"its process ended with {self.process.wait()}")

    def run(self) -> Spent:
        """One round. A peer that makes fewer signatures than there are records is not measured."""
        print(file=self.process.stdin, flush=True)
        cpu, wall, signatures = self.answer("spent")
        if int(signatures) != self.records:
            raise UnavailableError(f"{signatures} signatures of {self.records} records")
        return Spent(float(cpu), float(wall))

    def stop(self) -> None:
        """End the process."""
        self.process.communicate("")


def last_line(text: str) -> str:
    """What a program said last."""
    return next(iter(reversed(text.strip().splitlines())), "")


def versions() -> Iterator[tuple[str, str]]:
    """Each peer, with what its environment holds or why there is none."""
    for peer, wanted in ENVIRONMENTS.items():
        try:
            environment(peer)
        except UnavailableError as error:
            yield peer, f"cannot be installed: {error}"
        else:
            yield peer, " ".join(wanted)


def main() -> None:
    """Make all environments and say what came of it."""
    for peer, state in versions():
        print(f"{peer:12} {state}")


if __name__ == "__main__":
    main()
