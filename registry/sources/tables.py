"""Parquet and Arrow files as batches of rows, in bounded memory.

Read here and not through `datasets`: it decodes whole row groups and record batches at once, and refuses
types it has no feature for (maps, list views, unions, UUIDs, small decimals).
"""

import mmap
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any, cast

import pyarrow as pa
from pyarrow import parquet

from registry.errors import SourceError
from registry.fingerprint.leaves import Leaves
from registry.sources.arrow import leaves_of
from registry.sources.failures import reading
from registry.sources.features import media_values
from registry.sources.files import is_remote, open_bytes, open_raw
from registry.sources.interface import SourceFile

BATCH_BYTES = 8 << 20
MAX_UNPACKED_BYTES = 16 << 30
_MOST_ROWS = 1 << 16
_PROBE_ROWS = 16
_REPEATING = 4  # times larger in memory than in the file: longer by repetition
_COPY = 1 << 20
_RESIDENT = 64 << 20


@dataclass(frozen=True, slots=True)
class TableBatch:
    """Rows of an Arrow table; `first_row` is the number of the first, counted from 1."""

    file: str
    source_bytes: int
    rows: pa.RecordBatch
    first_row: int

    def leaves(self) -> Leaves:
        """The leaves. Raises `SourceError` with the row."""
        with reading(self.file, self.first_row):
            leaves = leaves_of(self.rows, file=self.file, first_row=self.first_row)
        return replace(leaves, media=media_values(self.rows.schema))


def parquet_batches(file: SourceFile) -> Iterator[TableBatch]:
    """The rows of a Parquet file, page checksums verified where it has them."""
    with _seekable(file) as place, _stream(place) as source:
        reader, size = _opened(source)
        count, done = reader.metadata.num_rows, 0
        for batch in reader.iter_batches(batch_size=size, use_threads=False):
            for part in pieces(batch):
                share = file.bytes * (done + part.num_rows) // count - file.bytes * done // count
                yield TableBatch(file.path, share, part, done + 1)
                done += part.num_rows


def _stream(place: str | pa.NativeFile) -> pa.NativeFile:
    return pa.OSFile(place, "r") if isinstance(place, str) else place


def _opened(source: pa.NativeFile) -> tuple[parquet.ParquetFile, int]:
    """(reader, how many rows are about `BATCH_BYTES`)."""
    # Without pre-buffering: with it a whole row group is held.
    options: dict[str, Any] = {"pre_buffer": False, "buffer_size": _COPY, "page_checksum_verification": True}
    reader = parquet.ParquetFile(source, **options)
    groups = [reader.metadata.row_group(i) for i in range(reader.metadata.num_row_groups)]
    stored = max((group.total_byte_size / max(1, group.num_rows) for group in groups), default=1)
    decoded = _decoded_row(reader)
    if decoded > _REPEATING * stored:
        # Few long values stored once each: as dictionaries they stay so.
        texts = [leaf.path for leaf in _leaves(reader.schema) if leaf.physical_type == "BYTE_ARRAY"]
        reader = parquet.ParquetFile(source, read_dictionary=texts, **options)
    return reader, max(1, min(_MOST_ROWS, int(BATCH_BYTES / max(stored, decoded, 1))))


def _leaves(schema: parquet.ParquetSchema) -> list[parquet.ColumnSchema]:
    return [schema.column(i) for i in range(len(schema))]


def _decoded_row(reader: parquet.ParquetFile) -> float:
    """Bytes a row takes in memory, by the first rows of the first and the last row group."""
    largest = 0.0
    for group in {0, reader.metadata.num_row_groups - 1} - {-1}:
        batches = reader.iter_batches(batch_size=_PROBE_ROWS, row_groups=[group], use_threads=False)
        first = next(batches, None)
        if first is not None and first.num_rows:
            largest = max(largest, weight(first) / first.num_rows)
    return largest


def arrow_batches(file: SourceFile) -> Iterator[TableBatch]:
    """The rows of an Arrow file (IPC file or stream, Feather 2), mapped into memory where it is local."""
    row = 1
    with _seekable(file) as place:
        pages = _Pages(place) if isinstance(place, str) else None
        source = pages.source() if pages else cast("pa.NativeFile", place)
        for batch, share in _record_batches(source, file):
            for number, part in enumerate(pieces(batch)):
                yield TableBatch(file.path, 0 if number else share, part, row)
                row += part.num_rows
                if pages:
                    pages.forget(part.nbytes)


def _record_batches(source: pa.NativeFile, file: SourceFile) -> Iterator[tuple[pa.RecordBatch, int]]:
    """(record batch, bytes of the file it accounts for)."""
    head = source.read(6)
    source.seek(0)
    if head[:4] == b"FEA1":
        raise SourceError(
            "is Feather version 1, which is no Arrow file",
            file=file.path,
            hint="write it as Feather 2 or Parquet",
        )
    if head == b"ARROW1":
        reader = pa.ipc.open_file(source)
        count = reader.num_record_batches
        for i in range(count):
            yield reader.get_batch(i), file.bytes * (i + 1) // count - file.bytes * i // count
        return
    stream, before = pa.ipc.open_stream(source), 0
    for batch in stream:
        yield batch, source.tell() - before
        before = source.tell()


def pieces(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """Slices of about `BATCH_BYTES` or less, of one row where that is larger."""
    batch.validate()  # the first and last offsets, which weighing relies on
    if batch.num_rows <= 1 or (batch.num_rows <= _MOST_ROWS and weight(batch) <= 2 * BATCH_BYTES):
        yield batch
        return
    middle = batch.num_rows // 2
    yield from pieces(batch.slice(0, middle))
    yield from pieces(batch.slice(middle))


def weight(batch: pa.RecordBatch) -> float:
    """About how many bytes the values of a batch take when written out."""
    return sum(_weight(column) for column in batch.columns)


def _weight(array: Any) -> float:
    """Entries of a dictionary count as often as they are used, on average."""
    if pa.types.is_dictionary(array.type):
        return float(len(array) * array.dictionary.nbytes / max(1, len(array.dictionary)))
    if pa.types.is_struct(array.type):
        return float(sum(_weight(array.field(i)) for i in range(array.type.num_fields)))
    if len(array) and (pa.types.is_list(array.type) or pa.types.is_large_list(array.type)):
        first, last = array.offsets[0].as_py(), array.offsets[-1].as_py()
        return 8 * len(array) + _weight(array.values.slice(first, last - first))
    return float(array.nbytes)


class _Pages:
    """A local file mapped into memory, whose pages can be given back after they were read."""

    def __init__(self, path: str) -> None:
        with Path(path).open("rb") as stream:
            self._map = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        self._read = 0

    def source(self) -> pa.NativeFile:
        """The bytes, not copied: batches keep the mapping alive."""
        return pa.BufferReader(cast("Any", pa.py_buffer(cast("Any", self._map))))

    def forget(self, count: int) -> None:
        """`count` bytes more were read. Pages given back while they are in use come back by themselves."""
        self._read += count
        if self._read > _RESIDENT:
            self._map.madvise(mmap.MADV_DONTNEED)
            self._read = 0


@contextmanager
def _seekable(file: SourceFile) -> Iterator[str | pa.NativeFile]:
    """The path of the plain bytes, or a remote file."""
    if file.compression:
        with _unpacked(file) as path:
            yield path
    elif is_remote(file):
        with open_raw(file) as raw, pa.PythonFile(cast("Any", raw), "r") as source:
            yield source
    else:
        yield file.location


@contextmanager
def _unpacked(file: SourceFile) -> Iterator[str]:
    """These formats are read from their end: a compressed one is unpacked into a temporary file."""
    with tempfile.NamedTemporaryFile(prefix="registry-") as target, open_bytes(file) as stream:
        _copy(stream, target, file)
        target.flush()
        yield target.name


def _copy(stream: IO[bytes], target: IO[bytes], file: SourceFile) -> None:
    written = 0
    while block := stream.read(_COPY):
        written += len(block)
        if written > MAX_UNPACKED_BYTES:
            raise SourceError(
                f"unpacks to more than {MAX_UNPACKED_BYTES >> 30} GB",
                file=file.path,
                hint="these formats compress by themselves: unpack it yourself and name the unpacked file",
            )
        target.write(block)
