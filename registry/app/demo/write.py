"""The demo's data as Parquet files: the same files wherever the same is installed."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, fields
from filecmp import cmp
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from registry.app.demo.packages import PackageFile
from registry.app.demo.sources import LibraryFile

ROWS_AT_ONCE = 1_000
EVERY = 10
LIBRARY = ("PSF-2.0", "Python Software Foundation", "https://docs.python.org/3/library/")


@dataclass(frozen=True, slots=True)
class MixedFile:
    """A record of the mix: a file of either dataset, with its rights."""

    path: str
    text: str
    license: str | None
    author: str | None
    home_page: str | None


def mixed(library: Iterable[LibraryFile], packages: Iterable[PackageFile]) -> Iterator[MixedFile]:
    """Every tenth file of both, the library's first."""
    for file in islice(library, 0, None, EVERY):
        yield MixedFile(f"stdlib/{file.path}", file.text, *LIBRARY)
    for part in islice(packages, 0, None, EVERY):
        yield MixedFile(f"packages/{part.path}", part.text, part.license, part.author, part.home_page)


def write_parquet(records: Iterable[Any], kind: type[Any], file: Path) -> int:
    """Write records of one dataclass; returns how many. A file that would stay the same is not touched."""
    names = [field.name for field in fields(kind)]
    schema = pa.schema([(name, pa.string()) for name in names])
    staged = file.with_name(f".{file.name}.part")
    remaining, count = iter(records), 0
    try:
        with pq.ParquetWriter(staged, schema, compression="zstd") as writer:
            while rows := list(islice(remaining, ROWS_AT_ONCE)):
                writer.write_table(
                    pa.table({name: [getattr(row, name) for row in rows] for name in names}, schema=schema)
                )
                count += len(rows)
        if not (file.exists() and cmp(staged, file, shallow=False)):
            staged.replace(file)
    finally:
        with suppress(FileNotFoundError):
            staged.unlink()
    return count
