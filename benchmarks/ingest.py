"""`registry ingest` of a big file as a user types it: speed and peak memory, beside a plain read."""

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet as pq

from benchmarks.corpus import corpus


def main() -> None:
    """Build the files, ingest each in a process of its own, print rates and peak memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gigabytes", type=float, default=1.0, help="size of the text")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="registry-bench-") as scratch:
        folder = Path(scratch)
        table, copies = _text(options.gigabytes)
        for name, write in (("text.parquet", _write_parquet), ("text.jsonl", _write_jsonl)):
            file = folder / name
            write(file, table, copies)
            _report(file, options.workers, folder)


def _text(gigabytes: float) -> tuple[pa.Table, int]:
    records = corpus()
    size = sum(len(record.encode()) for record in records)
    return pa.table({"text": records}), max(1, round(gigabytes * 1e9 / size))


def _numbered(table: pa.Table, copy: int) -> pa.Table:
    return table.append_column("copy", pa.array([copy] * len(table), pa.int64()))


def _write_parquet(file: Path, table: pa.Table, copies: int) -> None:
    schema = _numbered(table, 0).schema
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for copy in range(copies):
            writer.write_table(_numbered(table, copy), row_group_size=20_000)


def _write_jsonl(file: Path, table: pa.Table, copies: int) -> None:
    import json

    texts = table["text"].to_pylist()
    with file.open("w", encoding="utf-8") as out:
        for copy in range(copies):
            out.writelines(
                json.dumps({"text": text, "copy": copy}, ensure_ascii=False) + "\n" for text in texts
            )


CHILD = """
import sys
from registry.cli.main import cli
cli(sys.argv[1:], standalone_mode=False)
status = open("/proc/self/status").read()
print(int(status.split("VmHWM:")[1].split()[0]) // 1024)
"""


def _report(file: Path, workers: int, folder: Path) -> None:
    """Peak memory is the child's own high-water mark: what `getrusage` tells includes the forking parent."""
    read = _timed_read(file)
    arguments = ["--home", str(folder / f"home-{file.suffix[1:]}"), "-q", "ingest", str(file)]
    arguments += ["--name", "bench", "--workers", str(workers)]
    before = time.perf_counter()
    ran = subprocess.run(
        [sys.executable, "-c", CHILD, *arguments], check=True, capture_output=True, text=True
    )
    took = time.perf_counter() - before
    megabytes = file.stat().st_size / 1e6
    print(
        f"{file.name}: {megabytes:,.0f} MB, ingest {took:.1f} s ({megabytes / took:.0f} MB/s of the file), "
        f"{took / read:.1f} x the time of reading it with pyarrow; peak memory {ran.stdout.strip()} MiB"
    )


def _timed_read(file: Path) -> float:
    before = time.perf_counter()
    if file.suffix == ".parquet":
        for _ in pq.ParquetFile(file, pre_buffer=False).iter_batches(10_000):
            pass
    else:
        options = pyarrow.json.ReadOptions(block_size=16 << 20)
        for _ in pyarrow.json.open_json(file, read_options=options):
            pass
    return time.perf_counter() - before


if __name__ == "__main__":
    main()
