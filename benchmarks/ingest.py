"""`registry ingest` as a user types it, against its own kernel and pyarrow's readers in the same run.

Two ratios say how far the whole is from its parts. Parquet: the kernel's time over that of the ingest (1
would be nothing but text fingerprints). JSON Lines: the time of the ingest over that of reading with pyarrow
and then running the kernel. All with the same number of threads, interleaved, medians of the rounds.

Beside the time stand the CPU seconds, which other work on the machine disturbs less. With as many workers as
cores, the kernel's part of them is the most that the first ratio can be.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet as pq

from benchmarks.corpus import Corpus, stored_corpus
from benchmarks.own import batches, fingerprint
from benchmarks.page import machine, replace_block, table
from registry.fingerprint.leaves import Leaves

SHARE, TIMES = 0.6, 1.5  # targets: of the kernel's speed; of the time of pyarrow's reader and the kernel
HEAD = (
    *("ingest of", "ratio", "without start-up", "seconds: kernel alone", "pyarrow's reader alone"),
    *("ingest", "of it start-up", "peak memory"),
)
# Peak memory is the child's own high-water mark: what `getrusage` tells includes the forking parent.
CHILD = """
import atexit
from registry.cli.main import main
def peak():
    status = open("/proc/self/status").read()
    print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
atexit.register(peak)
main()
"""


@dataclass(frozen=True)
class Ran:
    """Seconds from start to end, seconds of CPU, and of a process of its own its peak memory in MiB."""

    seconds: float
    cpu: float
    peak: int = 0


@dataclass(frozen=True)
class Round:
    """The parts and the whole, one after the other; `start` is an ingest of one record."""

    kernel: Ran
    reader: Ran
    start: Ran
    ingest: Ran


def main() -> None:
    """Build the files, measure, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--gigabytes", type=float, default=1.0, help="size of the text")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--formats", nargs="+", choices=["parquet", "jsonl"], default=["parquet", "jsonl"])
    parser.add_argument("--write", action="store_true", help="into docs/performance.md")
    options = parser.parse_args()
    texts = stored_corpus()
    copies = max(1, round(options.gigabytes * 1e9 / len(texts.data)))
    parts = batches(texts)
    what = f"{copies * len(texts):,} records, {copies * len(texts.data) / 1e9:.2f} GB of text"
    rows = []
    with tempfile.TemporaryDirectory(prefix="registry-bench-") as scratch:
        folder = Path(scratch)
        files = [write(folder, name, texts, copies) for name in options.formats]
        one = write(folder, "jsonl", texts.take([0]), 1, "one")
        ingest(one, 1)  # warm: compiled, imported
        for file in files:
            for workers in options.workers:
                rounds = [measure(file, one, parts * copies, workers) for _ in range(options.rounds)]
                rows.append(report(file, workers, rounds))
    how = f"Medians of {options.rounds} rounds (least-greatest); {what}."
    block = f"{machine('pyarrow')}\n{how}\n\n{table(HEAD, rows)}"
    print(block)
    if options.write:
        replace_block("ingest", block)


def write(folder: Path, name: str, texts: Corpus, copies: int, stem: str = "text") -> Path:
    """The records, `copies` times over, each with the number of its copy."""
    file = folder / f"{stem}.{name}"
    records = texts.texts()
    if name == "jsonl":
        with file.open("w", encoding="utf-8") as out:
            for copy in range(copies):
                out.writelines(
                    json.dumps({"text": text, "copy": copy}, ensure_ascii=False) + "\n" for text in records
                )
        return file
    schema = pa.schema([("text", pa.string()), ("copy", pa.int64())])
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for copy in range(copies):
            table = pa.table({"text": records, "copy": [copy] * len(records)}, schema=schema)
            writer.write_table(table, row_group_size=20_000)
    return file


def measure(file: Path, one: Path, parts: list[Leaves], workers: int) -> Round:
    """One round."""
    pa.set_cpu_count(workers)
    return Round(
        kernel=timed(lambda: kernel(parts, workers)),
        reader=timed(lambda: read(file, workers)),
        start=ingest(one, workers),
        ingest=ingest(file, workers),
    )


def timed(task: Callable[[], None]) -> Ran:
    """A task in this process."""
    before, cpu = time.perf_counter(), time.process_time()
    task()
    return Ran(time.perf_counter() - before, time.process_time() - cpu)


def kernel(parts: list[Leaves], workers: int) -> None:
    """Text fingerprints of decoded batches, and nothing else."""
    with ThreadPoolExecutor(workers) as pool:
        for _ in pool.map(fingerprint, parts):
            pass


def read(file: Path, workers: int) -> None:
    """The whole file with pyarrow, batch by batch."""
    if file.suffix == ".parquet":
        for _ in pq.ParquetFile(file, pre_buffer=False).iter_batches(10_000, use_threads=workers > 1):
            pass
        return
    options = pyarrow.json.ReadOptions(use_threads=workers > 1, block_size=8 << 20)
    for _ in pyarrow.json.open_json(file, read_options=options):
        pass


def ingest(file: Path, workers: int) -> Ran:
    """`registry ingest` into a new registry, in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="home-", dir=file.parent) as home:
        arguments = ["--home", f"{home}/home", "-q", "ingest", str(file), "--name", "bench"]
        command = [sys.executable, "-c", CHILD, *arguments, "--workers", str(workers)]
        # Modules are compiled once for users: so they are here, whatever the shell says.
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        before, cpu = time.perf_counter(), of_children()
        ran = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        return Ran(time.perf_counter() - before, of_children() - cpu, int(ran.stdout))


def of_children() -> float:
    """CPU seconds of the processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def report(file: Path, workers: int, rounds: list[Round]) -> tuple[str, ...]:
    """A row: the ratio of a format, with and without start-up, and what it is made of."""
    is_parquet = file.suffix == ".parquet"
    ratio = kernel_share if is_parquet else times_of_parts
    whole = [ratio(each, 0) for each in rounds]
    is_met = statistics.median(whole) >= SHARE if is_parquet else statistics.median(whole) <= TIMES
    target = f"at least {SHARE}" if is_parquet else f"at most {TIMES}"
    return (
        f"{'zstd Parquet' if is_parquet else 'JSON Lines'}, {workers} worker{'s' * (workers > 1)}",
        f"{spread(whole)}, {target}: {'met' if is_met else '**not met**'}",
        spread([ratio(each, each.start.seconds) for each in rounds]),
        *(
            f"{spread([getattr(each, part).seconds for each in rounds])}; "
            f"{statistics.median(getattr(each, part).cpu for each in rounds):.1f} of CPU"
            for part in ("kernel", "reader", "ingest", "start")
        ),
        f"{max(each.ingest.peak for each in rounds)} MiB",
    )


def kernel_share(found: Round, left_out: float) -> float:
    """The kernel's time over that of the ingest."""
    return found.kernel.seconds / (found.ingest.seconds - left_out)


def times_of_parts(found: Round, left_out: float) -> float:
    """The time of the ingest over that of pyarrow's reader and the kernel."""
    return (found.ingest.seconds - left_out) / (found.reader.seconds + found.kernel.seconds)


def spread(values: list[float]) -> str:
    """Median, least and greatest."""
    return f"{statistics.median(values):.2f} ({min(values):.2f}-{max(values):.2f})"


if __name__ == "__main__":
    main()
