"""Compiled loops that bring scattered values into one buffer."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I32, I64, U8, U64

Columns = tuple[I32, U8, I32, I64, I64]  # path, tag, which, start, stop


@intrinsic
def _copy(_typing: Any, address: Any, target: Any, at: Any, size: Any) -> Any:
    """`memcpy` of `size` bytes from an address to `target[at:]`."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, array, place, count = arguments
        pointer = builder.inttoptr(source, ir.IntType(8).as_pointer())
        data = context.make_array(signature.args[1])(context, builder, array).data
        cgutils.raw_memcpy(builder, builder.gep(data, [place]), pointer, count, 1)
        return context.get_dummy_value()

    return types.void(address, target, at, size), generate


@compiled
def _copy_all(address: U64, which: I32, start: I64, stop: I64, data: U8, borders: I64) -> None:
    """Range i of the buffer at `address[which[i]]` goes to `data[borders[i]:borders[i + 1]]`."""
    for i in range(start.size):
        _copy(address[which[i]] + np.uint64(start[i]), data, borders[i], stop[i] - start[i])


@compiled
def scatter(source: Columns, at: I64, target: Columns) -> None:
    """Row i of the source's columns becomes row `at[i]` of the target's."""
    path, tag, which, start, stop = source
    to_path, to_tag, to_which, to_start, to_stop = target
    for i in range(at.size):
        j = at[i]
        to_path[j] = path[i]
        to_tag[j] = tag[i]
        to_which[j] = which[i]
        to_start[j] = start[i]
        to_stop[j] = stop[i]


@compiled
def places(owner: I64, base: I64, at: I64) -> None:
    """The place of each leaf behind those that its owner has already; `base` moves on."""
    for i in range(owner.size):
        at[i] = base[owner[i]]
        base[owner[i]] += 1


def gathered(buffers: list[U8], which: I32, start: I64, stop: I64) -> tuple[U8, I64, I64]:
    """The ranges of several buffers one after the other in one: (data, start, stop).

    A single buffer is not copied, only narrowed to what is used of it.
    """
    if start.size == 0:
        return np.empty(0, np.uint8), start, stop
    if len(buffers) == 1 or (which == which[0]).all():
        low = int(start.min())
        return buffers[int(which[0])][low : int(stop.max())], start - low, stop - low
    ends = borders(stop - start)
    data = np.empty(int(ends[-1]), np.uint8)
    address = np.array([buffer.ctypes.data for buffer in buffers], np.uint64)
    _copy_all(address, which, start, stop, data, ends)
    return data, ends[:-1], ends[1:]


def first_seen(path: I32, names: Sequence[str]) -> tuple[tuple[str, ...], I32]:
    """The names that occur, in order of first appearance, and the path numbers into them."""
    first = np.full(len(names), path.size, np.int64)
    first[path[::-1]] = np.arange(path.size)[::-1]
    order = np.argsort(first, kind="stable")
    order = order[first[order] < path.size]
    renumber = np.zeros(len(names), np.int32)
    renumber[order] = np.arange(order.size, dtype=np.int32)
    return tuple(names[i] for i in order), renumber[path]


def borders(counts: I64) -> I64:
    """int64[n + 1]: where each of n runs begins, and the end."""
    ends = np.zeros(counts.size + 1, np.int64)
    np.cumsum(counts, out=ends[1:])
    return ends


def ranges(start: I64, counts: I64) -> I64:
    """start[0], start[0] + 1, ... (counts[0] numbers), then start[1], ..."""
    first = np.repeat(start - (np.cumsum(counts) - counts), counts)
    return np.arange(first.size, dtype=np.int64) + first
