"""Small files in every format that sources read, from the same Python records."""

import csv
import gzip
import json
import lzma
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import zstandard
from pyarrow import feather, parquet

Records = Sequence[Mapping[str, Any]]


def write_jsonl(path: Path, records: Records) -> Path:
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


def write_json(path: Path, records: Records) -> Path:
    path.write_text(json.dumps(list(records), ensure_ascii=False, indent=1), "utf-8")
    return path


def write_csv(path: Path, records: Records, delimiter: str = ",") -> Path:
    names = columns(records)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(names)
        writer.writerows([record.get(name) for name in names] for record in records)
    return path


def write_tsv(path: Path, records: Records) -> Path:
    return write_csv(path, records, "\t")


def write_parquet(path: Path, records: Records, schema: pa.Schema | None = None) -> Path:
    parquet.write_table(table(records, schema), path)
    return path


def write_arrow(path: Path, records: Records, schema: pa.Schema | None = None) -> Path:
    rows = table(records, schema)
    with pa.ipc.new_file(str(path), rows.schema) as writer:
        writer.write_table(rows)
    return path


def write_arrow_stream(path: Path, records: Records, schema: pa.Schema | None = None) -> Path:
    rows = table(records, schema)
    with pa.ipc.new_stream(str(path), rows.schema) as writer:
        writer.write_table(rows)
    return path


def write_feather(path: Path, records: Records, schema: pa.Schema | None = None) -> Path:
    feather.write_feather(table(records, schema), str(path))
    return path


def table(records: Records, schema: pa.Schema | None = None) -> pa.Table:
    """The records with all their columns, in order of first appearance."""
    if schema is not None:
        return pa.Table.from_pylist(list(records), schema=schema)
    return pa.table({name: [record.get(name) for record in records] for name in columns(records)})


def columns(records: Records) -> list[str]:
    return list(dict.fromkeys(name for record in records for name in record))


WRITERS: dict[str, Callable[[Path, Records], Path]] = {
    ".jsonl": write_jsonl,
    ".json": write_json,
    ".csv": write_csv,
    ".tsv": write_tsv,
    ".parquet": write_parquet,
    ".arrow": write_arrow,
    ".ipc": write_arrow_stream,
    ".feather": write_feather,
}
COMPRESSORS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstandard.compress,
    ".xz": lzma.compress,
}


def write(path: Path, records: Records) -> Path:
    """The records in the format that the endings of `path` say (`.jsonl`, `.csv.gz`, ...)."""
    if path.suffix not in COMPRESSORS:
        return WRITERS[path.suffix](path, records)
    plain = write(path.with_suffix(""), records)
    path.write_bytes(COMPRESSORS[path.suffix](plain.read_bytes()))
    plain.unlink()
    return path


def save_to_disk(folder: Path, records: Records, *, shards: int = 1) -> Path:
    """A folder as `Dataset.save_to_disk` leaves it."""
    folder.mkdir(parents=True)
    rows = table(records)
    size = -(-len(records) // shards)
    names = [f"data-{i:05}-of-{shards:05}.arrow" for i in range(shards)]
    for i, name in enumerate(names):
        with pa.ipc.new_stream(str(folder / name), rows.schema) as writer:
            writer.write_table(rows.slice(i * size, size))
    state = {"_data_files": [{"filename": name} for name in names], "_format_type": None, "_split": None}
    (folder / "state.json").write_text(json.dumps(state))
    (folder / "dataset_info.json").write_text(json.dumps({"features": {}}))
    return folder
