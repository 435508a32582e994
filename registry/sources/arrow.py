"""Arrow record batches as leaves, whatever their types, without Python objects for strings."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from registry.errors import SourceError
from registry.fingerprint.leaves import I64, U8, Leaves, Tag, escape
from registry.sources import canonical, embedded
from registry.sources.buffers import Array, numbers_of, stored_numbers, valid
from registry.sources.json.utf8 import is_valid
from registry.sources.streams import Collector, Stream, finish, merge


def leaves_of(batch: pa.RecordBatch | pa.Table, *, file: str | None = None, first_row: int = 1) -> Leaves:
    """The leaves of a batch of any Arrow types, in source order.

    Raises `SourceError` with the row (`first_row` is the number of the first) where a string is no UTF-8 or
    the batch is not consistent in itself, and for types that hold no values of ours (intervals).
    """
    batch = _one_chunk(batch)
    collector = Collector()
    try:
        stream = _streams(batch, collector)
    except (pa.ArrowInvalid, pa.ArrowIndexError) as error:
        raise _damaged(error, batch, file, first_row) from error
    return finish(stream, batch.num_rows, collector)


def _streams(batch: pa.RecordBatch, collector: Collector) -> Stream:
    batch.validate()
    columns = zip(batch.schema.names, batch.columns, strict=True)
    return merge([_stream(column, escape(name), 0, collector) for name, column in columns], batch.num_rows)


def _one_chunk(batch: pa.RecordBatch | pa.Table) -> pa.RecordBatch:
    if isinstance(batch, pa.RecordBatch):
        return batch
    columns = [_combine(column) for column in batch.columns]
    return pa.RecordBatch.from_arrays(columns, schema=pa.schema([
        pa.field(name, column.type) for name, column in zip(batch.schema.names, columns, strict=True)
    ]))  # fmt: skip


def _combine(column: Any) -> Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def _damaged(error: Exception, batch: pa.RecordBatch, file: str | None, first_row: int) -> SourceError:
    row = first_row + _first_invalid(batch)
    if "UTF8" in str(error):
        hint = "write the file again with its text as UTF-8"
        return SourceError("holds text that is not valid UTF-8", file=file, row=row, hint=hint)
    what = str(error).strip().splitlines()[0]
    return SourceError(f"is damaged: {what}", file=file, row=row, hint="fetch or write the file again")


def _first_invalid(batch: pa.RecordBatch) -> int:
    """Index of the first row that cannot be read, by halving."""
    low, high = 0, batch.num_rows
    while high - low > 1:
        middle = (low + high) // 2
        try:
            _streams(batch.slice(low, middle - low), Collector())
        except (pa.ArrowInvalid, pa.ArrowIndexError):
            high = middle
        else:
            low = middle
    return low


def _stream(array: Array, path: str, depth: int, collector: Collector) -> Stream:  # noqa: PLR0911
    """The leaves below one array; their owners are its slots."""
    type_ = array.type
    if len(array) == 0 or pa.types.is_null(type_):
        return merge([], 0)
    if isinstance(type_, pa.BaseExtensionType):
        if type_.extension_name == "arrow.json":
            return _json(array.storage, path, depth, collector)
        return _stream(array.storage, path, depth, collector)
    if pa.types.is_struct(type_):
        return _struct(array, path, depth, collector)
    if pa.types.is_map(type_):
        entries = pa.StructArray.from_arrays([array.keys, array.items], ["key", "value"])
        offsets = _offsets(array)
        return _list(entries, offsets[:-1], offsets[1:], array, path, depth, collector)
    if pa.types.is_list(type_) or pa.types.is_large_list(type_):
        offsets = _offsets(array)
        return _list(array.values, offsets[:-1], offsets[1:], array, path, depth, collector)
    if pa.types.is_list_view(type_) or pa.types.is_large_list_view(type_):
        start = numbers_of(array.offsets)
        return _list(array.values, start, start + numbers_of(array.sizes), array, path, depth, collector)
    if pa.types.is_fixed_size_list(type_):
        start = (np.arange(len(array), dtype=np.int64) + array.offset) * type_.list_size
        return _list(array.values, start, start + type_.list_size, array, path, depth, collector)
    if pa.types.is_union(type_):
        return _union(array, path, depth, collector)
    if pa.types.is_run_end_encoded(type_):
        return _stream(pc.call_function("run_end_decode", [array]), path, depth, collector)
    if pa.types.is_dictionary(type_):
        return _dictionary(array, path, depth, collector)
    return _scalars(array, path, depth, collector)


def _scalars(array: Array, path: str, depth: int, collector: Collector) -> Stream:
    if not (_is_text(array.type) and _is_sound(array)):
        array.validate(full=True)  # strings are UTF-8, offsets lie within the buffer
    owner = np.arange(len(array), dtype=np.int64)
    if array.null_count:
        owner = np.flatnonzero(valid(array))
    type_ = array.type
    if pa.types.is_string_view(type_) or pa.types.is_binary_view(type_):
        array = array.cast(pa.large_string() if pa.types.is_string_view(type_) else pa.large_binary())
    if _is_text(array.type) or _is_bytes(array.type):
        tag = Tag.STRING if _is_text(array.type) else Tag.BINARY
        data, start, stop = _ranges(array)
        return collector.stream(path, depth, owner, data, start[owner], stop[owner], tag)
    texts, tags = canonical.texts(array.drop_null(), path)
    data, start, stop = _ranges(texts)
    return collector.stream(path, depth, owner, data, start, stop, tags)


def _dictionary(array: Array, path: str, depth: int, collector: Collector) -> Stream:
    """Strings stay where they are in the dictionary, other values are decoded."""
    values = array.dictionary
    if not (_is_text(values.type) or _is_bytes(values.type)):
        return _stream(array.dictionary_decode(), path, depth, collector)
    owner = np.flatnonzero(valid(array.indices))
    index = numbers_of(array.indices)[owner]
    values.validate(full=True)
    if index.size and not 0 <= index.min() <= index.max() < len(values):
        raise pa.ArrowInvalid("an index points outside its dictionary")
    if values.null_count:
        keep = valid(values)[index]
        owner, index = owner[keep], index[keep]
    data, start, stop = _ranges(values)
    tag = Tag.STRING if _is_text(values.type) else Tag.BINARY
    return collector.stream(path, depth, owner, data, start[index], stop[index], tag)


def _struct(array: Array, path: str, depth: int, collector: Collector) -> Stream:
    names = [array.type.field(i).name for i in range(array.type.num_fields)]
    streams = [
        _stream(child, _below(path, f".{escape(name)}"), depth, collector)
        for name, child in zip(names, array.flatten(), strict=True)
    ]
    return merge(streams, len(array))


def _list(
    values: Array,
    start: I64,
    stop: I64,
    array: Array,
    path: str,
    depth: int,
    collector: Collector,
) -> Stream:
    """Slot i of `array` holds `values[start[i]:stop[i]]` (absolute)."""
    slots = np.flatnonzero((stop > start) & valid(array))
    if (stop < start).any() or start[slots].min(initial=0) < 0 or stop[slots].max(initial=0) > len(values):
        raise pa.ArrowInvalid("a list lies outside its values")
    start, stop = start[slots], stop[slots]
    parent = np.repeat(slots, stop - start)
    return _nest(_stream(_parts(values, start, stop), path + "[]", depth + 1, collector), parent)


def _parts(values: Array, start: I64, stop: I64) -> Array:
    """The ranges of `values` one after the other: a view where they adjoin; `take` misses some types."""
    if start.size == 0:
        return values.slice(0, 0)
    first = np.flatnonzero(np.concatenate([[True], start[1:] != stop[:-1]]))
    last = np.append(first[1:], start.size) - 1
    slices = [
        values.slice(low, high - low)
        for low, high in zip(start[first].tolist(), stop[last].tolist(), strict=True)
    ]
    return slices[0] if len(slices) == 1 else pa.concat_arrays(slices)


def _nest(inner: Stream, parent: I64) -> Stream:
    """Leaves of elements as leaves of the lists that hold them: `parent[element]`, never falling."""
    if inner.owner.size == 0:
        return inner
    first = np.flatnonzero(np.diff(inner.owner, prepend=-1))  # first leaf of each element that has any
    lists = parent[inner.owner[first]]
    opening = np.flatnonzero(np.diff(lists, prepend=-1))
    place = np.arange(first.size) - np.repeat(opening, np.diff(opening, append=first.size))
    counts = np.diff(first, append=inner.owner.size)
    return Stream(
        owner=np.repeat(lists, counts),
        path=inner.path,
        tag=inner.tag,
        which=inner.which,
        start=inner.start,
        stop=inner.stop,
        positions=np.column_stack([np.repeat(place, counts).astype(np.uint32), inner.positions]),
    )


def _union(array: Array, path: str, depth: int, collector: Collector) -> Stream:
    # `type_codes` and `offsets` ignore that an array is a slice.
    buffers, size = array.buffers(), len(array)
    codes = stored_numbers(buffers[1], np.int8, array.offset, size)
    dense = array.type.mode == "dense"
    offsets = stored_numbers(buffers[2], np.int32, array.offset, size) if dense else np.arange(size)
    if not np.isin(codes, array.type.type_codes).all():
        raise pa.ArrowInvalid("a union holds a value of no known type")
    streams = []
    for child, code in enumerate(array.type.type_codes):
        slots = np.flatnonzero(codes == code)
        start = offsets[slots].astype(np.int64)
        inner = _stream(_parts(array.field(child), start, start + 1), path, depth, collector)
        streams.append(inner.take(np.arange(inner.owner.size), slots[inner.owner]))
    return merge(streams, len(array))


def _json(texts: Array, path: str, depth: int, collector: Collector) -> Stream:
    """Values that are JSON in text (`arrow.json`, the `Json` feature): what they say, below their path."""
    leaves = embedded.json_leaves(texts)
    counts = np.diff(leaves.record)
    depths = np.diff(leaves.position)
    width = int(depths.max(initial=0))
    positions = np.zeros((len(leaves.path), width), np.uint32)
    positions[np.arange(width) < depths[:, None]] = leaves.positions
    collector.buffers.append(leaves.data)
    below = [collector.path(_below(path, rest), depth + lists) for rest, lists in embedded.rests(leaves)]
    return Stream(
        owner=np.repeat(np.arange(leaves.records), counts),
        path=np.array(below, np.int32)[leaves.path],
        tag=leaves.tag,
        which=np.full(len(leaves.path), len(collector.buffers) - 1, np.int32),
        start=leaves.start,
        stop=leaves.stop,
        positions=positions,
    )


def _below(path: str, rest: str) -> str:
    """`path` continued by `.name` or `[]`; a path never begins with the dot."""
    return path + rest if path else rest.removeprefix(".")


def _offsets(array: Array) -> I64:
    return numbers_of(array.offsets)


def _is_text(type_: pa.DataType) -> bool:
    return pa.types.is_string(type_) or pa.types.is_large_string(type_)


def _is_sound(array: Array) -> bool:
    """Whether all slots, nulls too, are whole characters: five times as fast as Arrow finds out."""
    data, start, stop = _ranges(array)
    if start.size == 0 or start[0] < 0 or stop[-1] > data.size or (stop < start).any():
        return False
    data, start = data[start[0] : stop[-1]], start - start[0]
    inside = start[start < data.size]
    return bool((data[inside] & 0xC0 != 0x80).all()) and is_valid(data)


def _is_bytes(type_: pa.DataType) -> bool:
    return (
        pa.types.is_binary(type_) or pa.types.is_large_binary(type_) or pa.types.is_fixed_size_binary(type_)
    )


def _ranges(array: Array) -> tuple[U8, I64, I64]:
    """(data, start, stop) of every slot, nulls too, of an array of strings or binaries with offsets."""
    buffers = array.buffers()
    data = np.frombuffer(buffers[-1], np.uint8) if buffers[-1] is not None else np.empty(0, np.uint8)
    if pa.types.is_fixed_size_binary(array.type):
        width = array.type.byte_width
        start = (np.arange(len(array), dtype=np.int64) + array.offset) * width
        return data, start, start + width
    large = pa.types.is_large_string(array.type) or pa.types.is_large_binary(array.type)
    if buffers[1] is None or buffers[1].size == 0:
        return data, np.zeros(0, np.int64), np.zeros(0, np.int64)
    stored = stored_numbers(buffers[1], np.int64 if large else np.int32, array.offset, len(array) + 1)
    offsets: I64 = stored.astype(np.int64)
    return data, offsets[:-1], offsets[1:]
