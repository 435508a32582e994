"""The record digest: what makes two records exactly equal, whatever the file format or column order."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import I32, I64, U8, U32, Leaves
from registry.fingerprint.sha256 import BLOCK, INITIAL, compress, compress_two, copy, pad, write

PREFIX = b"record-digest/1\n"

_BUFFER = 256 * BLOCK  # two of them stay in the first cache


def record_digests(leaves: Leaves) -> U8:
    """The SHA-256 of each record's leaves as a multiset: uint8[records, 32].

    The hashed message, all integers little-endian and unsigned:

    - the 16 bytes of `PREFIX`, which hold the version of this format;
    - then each leaf: its path's length in bytes (32 bits), its path in UTF-8; the number of its positions
      (32 bits), each position (32 bits), outermost first; its tag (8 bits); its value's length in bytes
      (64 bits), its value.

    The leaves are sorted by path (bytes as unsigned numbers, a prefix first), positions (as numbers, a prefix
    first), tag, value (as the path). Leaves equal in all of these are all kept. A record without leaves has
    the digest of the prefix alone.
    """
    encoded = [path.encode() for path in leaves.paths]
    ranks = {path: rank for rank, path in enumerate(sorted(set(encoded)))}
    headers = [len(path).to_bytes(4, "little") + path for path in encoded]
    out = np.empty((leaves.records, 32), np.uint8)
    _digest_records(
        read_only(leaves.record, np.int64),
        read_only(leaves.path, np.int32),
        read_only(np.array([ranks[path] for path in encoded]), np.int32),
        read_only(np.cumsum([len(PREFIX), *map(len, headers)]), np.int64),
        read_only(np.frombuffer(PREFIX + b"".join(headers), np.uint8), np.uint8),
        read_only(leaves.tag, np.uint8),
        read_only(leaves.start, np.int64),
        read_only(leaves.stop, np.int64),
        read_only(leaves.data, np.uint8),
        read_only(leaves.position, np.int64),
        read_only(leaves.positions, np.uint32),
        int(np.diff(leaves.record).max(initial=0)),
        out,
    )
    return out


@compiled
def _digest_records(
    record: I64,
    path: I32,
    rank: I32,
    header: I64,
    headers: U8,
    tag: U8,
    start: I64,
    stop: I64,
    data: U8,
    position: I64,
    positions: U32,
    most: int,
    out: U8,
) -> None:
    """Two messages at a time; a long one is hashed from its buffer while it is put together."""
    buffers = np.empty((2, _BUFFER + 2 * BLOCK), np.uint8)
    states = np.empty((2, 8), np.uint32)
    rows = np.full(2, -1, np.int64)  # the record whose message is in each buffer
    ready = np.zeros(2, np.int64)  # its blocks that are still to be hashed
    hashed = np.zeros(2, np.int64)  # and its bytes in the buffer that have been
    order = np.empty(most, np.int64)
    row = 0
    while True:
        for lane in range(2):
            if ready[lane] == 0 and rows[lane] >= 0:
                write(states[lane], out, rows[lane])
                rows[lane] = -1
            if rows[lane] < 0 and row < len(record) - 1:
                count = _order_leaves(
                    order, row, record, path, rank, tag, start, stop, data, position, positions
                )
                used, total = _message(
                    states[lane], buffers[lane], order[:count], path, header, headers, tag, start, stop,
                    data, position, positions,
                )  # fmt: skip
                ready[lane], hashed[lane], rows[lane] = pad(buffers[lane], used, total), 0, row
                row += 1
        if rows[0] >= 0 and rows[1] >= 0:
            blocks = min(ready[0], ready[1])
            compress_two(states[0], buffers[0], hashed[0], states[1], buffers[1], hashed[1], blocks)
            ready -= blocks
            hashed += blocks * BLOCK
        elif rows[0] >= 0 or rows[1] >= 0:
            lane = 0 if rows[0] >= 0 else 1
            compress(states[lane], buffers[lane], hashed[lane], ready[lane])
            ready[lane] = 0
        else:
            return


@compiled
def _order_leaves(
    order: I64,
    row: int,
    record: I64,
    path: I32,
    rank: I32,
    tag: U8,
    start: I64,
    stop: I64,
    data: U8,
    position: I64,
    positions: U32,
) -> int:
    """The leaves of a record as they are hashed, into `order`; their number."""
    count = record[row + 1] - record[row]
    for i in range(count):
        order[i] = np.int64(rank[path[record[row] + i]]) << 32 | i
    _sort_keys(order, count)
    ordered = True
    last = np.int64(0)
    for i in range(count):
        same = i > 0 and order[i] >> 32 == last
        last = order[i] >> 32
        order[i] = record[row] + (order[i] & 0xFFFFFFFF)
        if same and ordered:
            ordered = not _less(
                order[i], order[i - 1], path, rank, tag, start, stop, data, position, positions
            )
    if not ordered:
        _sort_fully(order, count, path, rank, tag, start, stop, data, position, positions)
    return count


@compiled
def _message(
    state: U32,
    buffer: U8,
    order: I64,
    path: I32,
    header: I64,
    headers: U8,
    tag: U8,
    start: I64,
    stop: I64,
    data: U8,
    position: I64,
    positions: U32,
) -> tuple[int, int]:
    """Begin a state and put a message together; the bytes that wait in the buffer, and those of the whole."""
    for word in range(8):
        state[word] = INITIAL[word]
    used = total = _append(state, buffer, 0, headers, 0, header[0])
    for leaf in order:
        p = path[leaf]
        depth = position[leaf + 1] - position[leaf]
        size = stop[leaf] - start[leaf]
        used = _append(state, buffer, used, headers, header[p], header[p + 1])
        used = _append_integer(buffer, used, depth, 4)
        for at in range(position[leaf], position[leaf + 1]):
            used = _flush(state, buffer, _append_integer(buffer, used, positions[at], 4))
        used = _append_integer(buffer, used, tag[leaf], 1)
        used = _flush(state, buffer, _append_integer(buffer, used, size, 8))
        used = _append(state, buffer, used, data, start[leaf], stop[leaf])
        total += header[p + 1] - header[p] + 4 + 4 * depth + 1 + 8 + size
    return used, total


@compiled
def _append(state: U32, buffer: U8, used: int, source: U8, start: int, stop: int) -> int:
    """Hash source[start:stop] through the buffer; the number of bytes that wait in it."""
    while start < stop:
        if used == _BUFFER:
            compress(state, buffer, 0, _BUFFER // BLOCK)
            used = 0
        size = min(stop - start, _BUFFER - used)
        copy(buffer, used, source, start, size)
        used += size
        start += size
    return used


@compiled
def _append_integer(buffer: U8, used: int, value: int, width: int) -> int:
    """The integer in `width` bytes, little-endian; at most 13 bytes go past the end before a flush."""
    for i in range(width):
        buffer[used + i] = np.uint8((np.uint64(value) >> np.uint64(8 * i)) & np.uint64(255))
    return used + width


@compiled
def _flush(state: U32, buffer: U8, used: int) -> int:
    """Hash the buffer if it is full, and move what went past its end to its front."""
    if used < _BUFFER:
        return used
    compress(state, buffer, 0, _BUFFER // BLOCK)
    for i in range(used - _BUFFER):
        buffer[i] = buffer[_BUFFER + i]
    return used - _BUFFER


@compiled
def _sort_keys(keys: I64, count: int) -> None:
    """Shell sort of keys[:count], in place."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            key = keys[i]
            to = i
            while to >= gap and keys[to - gap] > key:
                keys[to] = keys[to - gap]
                to -= gap
            keys[to] = key
        gap //= 3


@compiled
def _sort_fully(
    order: I64,
    count: int,
    path: I32,
    rank: I32,
    tag: U8,
    start: I64,
    stop: I64,
    data: U8,
    position: I64,
    positions: U32,
) -> None:
    """Shell sort of the leaves order[:count], for those of one path that do not arrive in order."""
    gap = 1
    while gap < count // 3:
        gap = 3 * gap + 1
    while gap > 0:
        for i in range(gap, count):
            leaf = order[i]
            to = i
            while to >= gap and _less(
                leaf, order[to - gap], path, rank, tag, start, stop, data, position, positions
            ):
                order[to] = order[to - gap]
                to -= gap
            order[to] = leaf
        gap //= 3


@compiled
def _less(
    a: int,
    b: int,
    path: I32,
    rank: I32,
    tag: U8,
    start: I64,
    stop: I64,
    data: U8,
    position: I64,
    positions: U32,
) -> bool:
    if rank[path[a]] != rank[path[b]]:
        return bool(rank[path[a]] < rank[path[b]])
    order = _compare(positions, position[a], position[a + 1], position[b], position[b + 1])
    if order == 0 and tag[a] != tag[b]:
        return bool(tag[a] < tag[b])
    if order == 0:
        order = _compare(data, start[a], stop[a], start[b], stop[b])
    return bool(order < 0)


@compiled
def _compare(values: NDArray[Any], a: int, a_stop: int, b: int, b_stop: int) -> int:
    """Below, at or above 0 as values[a:a_stop] comes before, with or after values[b:b_stop]."""
    size = min(a_stop - a, b_stop - b)
    for i in range(size):
        if values[a + i] != values[b + i]:
            return -1 if values[a + i] < values[b + i] else 1
    return (a_stop - a) - (b_stop - b)
