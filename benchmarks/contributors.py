"""`registry ingest` of a million distinct contributors, against the same texts without a creator field.

The ratio says what knowing who wrote what costs; the processor seconds say it best where other programs run.
`python -m benchmarks.contributors --records 1000000` prints one line of figures; nothing is written.
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

WORDS = 30
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


def ingest(home: Path, file: Path, *more: str) -> Ran:
    """Ingest a file into a registry of its own, in a process of its own."""
    reading = ("--name", "forum", "--text-field", "text", "--language", "en", *more)
    command = [sys.executable, "-c", CHILD, "-q", "--home", str(home), "ingest", str(file), *reading]
    used, began = of_children(), time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds = time.perf_counter() - began
    return Ran(seconds, of_children() - used, int(done.stdout.split()[-1]))


def main() -> None:
    """Measure once each and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found: dict[bool, Ran] = {}
        for creators in (False, True):
            file = Path(folder) / f"{'authors' if creators else 'plain'}.jsonl"
            write(file, options.records, creators=creators)
            more = ("--creator-field", "author") if creators else ()
            home = Path(folder) / f"home-{creators}"
            found[creators] = ingest(home, file, *more)
    plain, named = found[False], found[True]
    sys.stdout.write(
        f"{options.records:,} contributors: {named.seconds:.0f} s, {named.cpu:.0f} s of CPU, "
        f"peak {named.peak:,} MiB; without creators {plain.seconds:.0f} s, {plain.cpu:.0f} s of CPU, "
        f"peak {plain.peak:,} MiB; ratio of CPU {named.cpu / plain.cpu:.2f}\n"
    )


if __name__ == "__main__":
    main()
