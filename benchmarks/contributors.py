"""A million contributors: from their records to the manifest that names them and what each would receive.

Peer of the ingest is that of the same texts without a creator field: the ratio says what knowing who wrote
what costs. The processor seconds say it best where other programs run.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.ingest import CHILD, Ran, of_children
from benchmarks.page import machine, replace_block, table

WORDS = 30
MOST_SECONDS = 60
POOL = ("--pool", "1000000.00", "--currency", "EUR", "--rule", "words")
SPELLED_TWICE = 100  # one contributor in so many stands in two spellings


def write(path: Path, records: int, *, creators: bool) -> None:
    """Write records of some words as JSON Lines, with a creator each where asked."""
    draw = random.Random(1)
    vocabulary = [f"word{number}" for number in range(5_000)]
    with path.open("w", encoding="utf-8") as file:
        for number in range(records):
            record = {"text": " ".join(draw.choices(vocabulary, k=WORDS))}
            if creators:
                record["author"] = _name(number)
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def _name(number: int) -> str:
    """Distinct names, half of them beyond ASCII; some repeat the one before in capitals."""
    if number % SPELLED_TWICE == SPELLED_TWICE - 1:
        return _name(number - 1).upper()
    return f"{('Ada', 'Zoë')[number % 2]} Contributor {number:07d}"


def registry(home: Path, *arguments: object) -> Ran:
    """Run a command on a registry in a process of its own; the last thing it prints is its peak memory."""
    command = [sys.executable, "-c", CHILD, "-q", "--home", str(home), *map(str, arguments)]
    used, began = of_children(), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    return Ran(seconds, of_children() - used, int(done.stdout.split()[-1]))


def measure(folder: Path, records: int) -> dict[str, Ran]:
    """What each step of the way from records to a manifest takes."""
    plain, authors, home = folder / "plain.jsonl", folder / "authors.jsonl", folder / "home"
    write(plain, records, creators=False)
    write(authors, records, creators=True)
    reading = ("--name", "forum", "--text-field", "text", "--language", "en", "--license", "CC-BY-4.0")
    registry(folder / "warm", "init")
    return {
        "ingest, without creators": registry(folder / "plain-home", "ingest", plain, *reading),
        "ingest": registry(home, "ingest", authors, *reading, "--creator-field", "author"),
        "train": registry(home, "train", "bot@1", "--stage", "pretraining", "--dataset", "forum"),
        "agent list": registry(home, "agent", "list"),
        "search, the first": registry(home, "search", "Contributor 0000500"),
        "search": registry(home, "search", "Contributor 0000502"),
        "attribute": registry(home, "attribute", "bot", "--out", folder / "manifest"),
        "allocate": registry(home, "allocate", "bot", *POOL, "--out", folder / "allocation"),
    }


def block(found: dict[str, Ran], records: int) -> str:
    """The figures as a table, and what knowing the creators costs."""
    rows = (
        (step, f"{ran.seconds:.0f}", f"{ran.cpu:.0f}", f"{ran.peak:,} MiB") for step, ran in found.items()
    )
    named, met = found["ingest"], "met" if found["ingest"].seconds <= MOST_SECONDS else "**not met**"
    ratio = named.cpu / found["ingest, without creators"].cpu
    return (
        f"{machine('sqlalchemy')}\n\n{table(('command', 'seconds', 'of CPU', 'peak memory'), rows)}\n"
        f"{records:,} records of {WORDS} words, each of another contributor, on SQLite. The ingest is asked "
        f"to take {MOST_SECONDS} seconds at most: {met}; its CPU time is {ratio:.1f} x that without creators."
    )


def main() -> None:
    """Measure once each, print, and write the block."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        text = block(measure(Path(folder), options.records), options.records)
    print(text)
    if options.write:
        replace_block("contributors", text)


if __name__ == "__main__":
    main()
