"""Files that grow by rows: arrays in NumPy's format, and the Parquet file of the records."""

import math
import mmap
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.lib import format as npy
from numpy.typing import NDArray

from registry.fingerprint.leaves import I64, U8
from registry.store.fingerprints.manifest import damaged
from registry.store.fingerprints.row_groups import RowGroups

_FIELDS: Final = [
    pa.field("record_digest", pa.binary(32), nullable=False),
    pa.field("words_digest", pa.binary(16), nullable=False),
    pa.field("words", pa.uint64(), nullable=False),
    pa.field("characters", pa.uint64(), nullable=False),
    pa.field("bytes", pa.uint64(), nullable=False),
]
SCHEMA: Final = pa.schema(_FIELDS)
_DIGESTS: Final = ("record_digest", "words_digest")


class ArrayFile:
    """Writes a `.npy` file row by row; the number of rows goes into its header at the end."""

    def __init__(self, path: Path, kind: type[np.generic], row: tuple[int, ...] = ()) -> None:
        self._type = np.dtype(kind).newbyteorder("<")
        self._row = row
        self.rows = 0
        self._file = path.open("wb")
        self._write_header()

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows. ValueError where they have another shape than the file was made for."""
        if rows.shape[1:] != self._row:
            raise ValueError(f"rows of shape {rows.shape[1:]} in a file of {self._row}")
        self._file.write(np.ascontiguousarray(rows, self._type).data)
        self.rows += len(rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._file.seek(0)
            self._write_header()  # NumPy pads it so that a longer first axis needs no more room
        self._file.close()

    def _write_header(self) -> None:
        npy.write_array_header_1_0(self._file, _header(self._type, (self.rows, *self._row)))


def new_array(path: Path, kind: type[np.generic], shape: tuple[int, ...]) -> NDArray[Any]:
    """A `.npy` file of a known shape as a writable array on the file itself: sorted there, not in memory.

    The room on the disk is taken first: a disk that is full is an OSError here, and no dead process later.
    """
    size = math.prod(shape) * np.dtype(kind).itemsize
    with path.open("wb") as file:
        npy.write_array_header_1_0(file, _header(np.dtype(kind), shape))
        if size:
            os.posix_fallocate(file.fileno(), file.tell(), size)
    return np.asarray(npy.open_memmap(path, "r+"))


def _header(kind: np.dtype[Any], shape: tuple[int, ...]) -> dict[str, Any]:
    return {"descr": npy.dtype_to_descr(kind.newbyteorder("<")), "fortran_order": False, "shape": shape}


def blocks(path: Path, kind: type[np.generic], most: int = 1 << 14) -> Iterator[NDArray[Any]]:
    """The rows of a `.npy` file of ours, at most so many at a time."""
    with path.open("rb") as file:
        npy.read_magic(file)
        (rows, *row), _, _ = npy.read_array_header_1_0(file)
        for first in range(0, rows, most):
            shape = (min(most, rows - first), *row)
            yield np.fromfile(file, kind, math.prod(shape)).reshape(shape)


def map_array(path: Path, kind: type[np.generic], dimensions: int = 1) -> NDArray[Any]:
    """A `.npy` file as a read-only array on the file itself, read without look-ahead.

    Raises `StoreError` where the file is missing or no such array.
    """
    try:
        with path.open("rb") as file:
            return _map_open(file, np.dtype(kind), dimensions)
    except FileNotFoundError as error:
        raise damaged(path, "is missing") from error
    except (ValueError, TypeError, OSError) as error:
        raise damaged(path, f"cannot be read: {error}") from error


def _map_open(file: BinaryIO, kind: np.dtype[Any], dimensions: int) -> NDArray[Any]:
    if npy.read_magic(file) != (1, 0):
        raise ValueError("not in version 1.0 of NumPy's format")
    shape, by_columns, found = npy.read_array_header_1_0(file)
    if by_columns or len(shape) != dimensions or found != kind:
        raise ValueError(f"not {dimensions}-dimensional {kind}")
    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    mapped.madvise(mmap.MADV_RANDOM)
    return np.frombuffer(mapped, kind, math.prod(shape), file.tell()).reshape(shape)


class RecordsFile:
    """Writes `records.parquet` in row groups of one size: the same records give the same bytes."""

    def __init__(self, path: Path) -> None:
        # Digests do not shrink, and hardly one stands twice.
        self._writer = pq.ParquetWriter(
            path,
            SCHEMA,
            compression={each.name: "none" if each.name in _DIGESTS else "zstd" for each in _FIELDS},
            use_dictionary=False,
            write_page_checksum=True,
        )
        self._groups = RowGroups(self._write)

    def append(self, digests: U8, words_digests: U8, *counts: I64) -> None:
        """Add n records: uint8[n, 32], uint8[n, 16], and words, characters and bytes, each int64[n]."""
        self._groups.add(digests, words_digests, *counts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._groups.close()
        self._writer.close()

    def _write(self, columns: list[NDArray[Any]]) -> None:
        digests, words_digests, *counts = columns
        arrays = [binary_column(digests), binary_column(words_digests), *map(_unsigned, counts)]
        self._writer.write_table(pa.table(arrays, schema=SCHEMA))


def binary_column(rows: U8) -> pa.Array:
    """An Arrow array of the rows of uint8[n, width]."""
    buffer = pa.py_buffer(np.ascontiguousarray(rows))
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(rows.shape[1]), len(rows), [None, buffer])


def _unsigned(numbers: I64) -> pa.Array:
    """By its buffer: pyarrow's own way imports pandas (0.4 s)."""
    buffer = pa.py_buffer(np.ascontiguousarray(numbers, np.uint64))
    return pa.Array.from_buffers(pa.uint64(), len(numbers), [None, buffer])
