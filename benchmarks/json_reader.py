"""The JSON Lines reader against pyarrow.json and orjson, in turns on one file of repeated real records."""

import argparse
import importlib
import json
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.json

from registry.sources.json.reader import json_batches

GSM8K = Path(__file__).resolve().parents[1] / ".." / "shared" / "data" / "gsm8k" / "train.jsonl"
ROUNDS = 5


def ours(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(batch.leaves().records for batch in json_batches(stream, file=path.name))


def arrow(path: Path) -> int:
    options = pyarrow.json.ReadOptions(use_threads=False, block_size=8 << 20)
    return int(pyarrow.json.read_json(path, read_options=options).num_rows)


def peers() -> Iterator[tuple[str, Callable[[Path], int]]]:
    yield "pyarrow.json", arrow
    try:
        loads: Callable[[bytes], Any] = importlib.import_module("orjson").loads
    except ImportError:
        print("orjson is not installed: left out")
        return

    def per_line(path: Path) -> int:
        with path.open("rb") as stream:
            return sum(1 for line in stream if loads(line) is not None)

    yield "orjson.loads per line", per_line


def write_records(source: Path, target: Path, megabytes: int, joined: int) -> None:
    """The records of a JSON Lines file over and over, `joined` of them (all strings) as one."""
    records = [json.loads(line) for line in source.read_text().splitlines()]
    groups = [records[i : i + joined] for i in range(0, len(records) - joined + 1, joined)]
    merged = [{name: "\n".join(r[name] for r in group) for name in group[0]} for group in groups]
    block = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in merged).encode()
    target.write_bytes(block * max(1, megabytes * 1_000_000 // len(block)))


def measure(path: Path) -> None:
    """Median CPU time of each reader over interleaved rounds, and the median of the ratios per round."""
    readers = {"ours": ours, **dict(peers())}
    times: dict[str, list[float]] = {name: [] for name in readers}
    counts = {name: reader(path) for name, reader in readers.items()}  # warm: compiled, file in memory
    if len(set(counts.values())) > 1:
        raise SystemExit(f"the readers disagree on the number of records: {counts}")
    for _ in range(ROUNDS):
        for name, reader in readers.items():
            begin = time.process_time()
            reader(path)
            times[name].append(time.process_time() - begin)
    size = path.stat().st_size / 1e6
    print(f"{size:.0f} MB, {size * 1e6 / counts['ours']:.0f} bytes per record")
    for name, taken in times.items():
        ratio = statistics.median(peer / own for peer, own in zip(taken, times["ours"], strict=True))
        print(f"  {name:24}{size / statistics.median(taken):8.0f} MB/s  {ratio:5.2f} x our time")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "source", nargs="?", type=Path, default=GSM8K, help="JSON Lines of flat string records"
    )
    parser.add_argument("--megabytes", type=int, default=64)
    options = parser.parse_args()
    if not options.source.exists():
        raise SystemExit(f"{options.source} does not exist: name a JSON Lines file")
    pa.set_cpu_count(1)
    with tempfile.TemporaryDirectory() as folder:
        for joined in (1, 4):
            path = Path(folder) / f"{joined}.jsonl"
            write_records(options.source, path, options.megabytes, joined)
            measure(path)


if __name__ == "__main__":
    main()
