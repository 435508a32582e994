"""Arrow arrays as numpy's and back by their buffers: pyarrow's own conversions import pandas (0.4 s)."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from registry.fingerprint.leaves import I64

Array = Any  # the stubs of pyarrow know no common interface of its arrays


def numbers_of(array: Array) -> I64:
    """The numbers of an Arrow array of integers, nulls as they lie."""
    stored = stored_numbers(array.buffers()[1], array.type.to_pandas_dtype(), array.offset, len(array))
    return stored.astype(np.int64)


def doubles_of(array: Array) -> NDArray[np.float64]:
    """The numbers of an Arrow array of doubles, nulls as they lie; not to be written to."""
    return stored_numbers(array.buffers()[1], np.float64, array.offset, len(array))


def stored_numbers(buffer: Any, dtype: Any, offset: int, count: int) -> Any:
    """`count` numbers of an Arrow buffer from the `offset`th on; `ArrowInvalid` where it is too short."""
    width = np.dtype(dtype).itemsize
    if count == 0:
        return np.empty(0, dtype)
    if buffer is None or buffer.size < (offset + count) * width:
        raise pa.ArrowInvalid("a buffer is shorter than its array")
    return np.frombuffer(buffer, dtype, count, offset * width)


def valid(array: Array) -> NDArray[np.bool_]:
    """Which slots are no nulls."""
    bitmap = array.buffers()[0]
    if not array.null_count or bitmap is None:
        return np.ones(len(array), np.bool_)
    bits = np.unpackbits(np.frombuffer(bitmap, np.uint8), bitorder="little")
    return bits[array.offset : array.offset + len(array)].astype(np.bool_)


def integers(values: NDArray[np.integer[Any]]) -> Array:
    """An Arrow array of 64-bit integers, signed or not, without nulls."""
    wide = np.ascontiguousarray(values, np.uint64 if values.dtype == np.uint64 else np.int64)
    type_ = pa.uint64() if wide.dtype == np.uint64 else pa.int64()
    return pa.Array.from_buffers(type_, wide.size, [None, pa.py_buffer(wide.tobytes())])


def booleans(values: NDArray[np.bool_]) -> Array:
    """An Arrow array of booleans without nulls."""
    bits = np.packbits(values, bitorder="little")
    return pa.Array.from_buffers(pa.bool_(), values.size, [None, pa.py_buffer(bits.tobytes())])
