"""The content digest: RFC 6962 Merkle tree hash over the sorted record digests, duplicates kept."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import numpy as np

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I64, U8, U32, U64
from registry.fingerprint.sha256 import INITIAL, copy, finish
from registry.fingerprint.sorting import sorted_pairs

_LEVELS = 64
_BUCKETS = 1 << 16


class _Distinct(NamedTuple):
    """Distinct digests in ascending order (uint8[n, 32]) and how often each stands (int64[n])."""

    digests: U8
    counts: I64


def content_digest(digests: U8) -> bytes:
    """The Merkle tree hash (RFC 6962, 2.1) with the digests uint8[n, 32], sorted, as its entries.

    Their order does not matter, their number does. Without entries it is the SHA-256 of nothing.
    """
    return _root([_distinct(np.ascontiguousarray(digests), np.ones(len(digests), np.int64))])


def content_digest_of_chunks(chunks: Callable[[], Iterable[U8]], most: int = 1 << 21) -> bytes:
    """`content_digest` of digests that need not fit in memory.

    Each call of `chunks` goes over all digests again, as arrays uint8[n, 32]; at most about `most` different
    digests, some 120 bytes each, are held at once. Calls: one, and one more for every `most` digests.
    """
    counts = np.zeros(_BUCKETS, np.int64)
    for chunk in chunks():
        counts += np.bincount(_prefixes(chunk) >> np.uint64(48), minlength=_BUCKETS)
    return _root(_collect(chunks(), low, high, most) for low, high in _ranges(counts, most))


def _ranges(counts: I64, most: int) -> Iterator[tuple[int, int]]:
    """Ranges of 16-bit prefixes, one after the other, each of one prefix or of at most `most` digests."""
    before = np.concatenate([[0], np.cumsum(counts)])
    low = 0
    while low < _BUCKETS:
        high = int(np.searchsorted(before, before[low] + most, side="right")) - 1
        high = min(max(high, low + 1), _BUCKETS)
        if before[high] > before[low]:
            yield low, high
        low = high


def _collect(chunks: Iterable[U8], low: int, high: int, most: int) -> _Distinct:
    """The digests whose first 16 bits are in low..high-1; duplicates are folded as they come."""
    kept = _Distinct(np.empty((0, 32), np.uint8), np.empty(0, np.int64))
    waiting: list[U8] = []
    for chunk in chunks:
        prefix = _prefixes(chunk) >> np.uint64(48)
        waiting.append(chunk[(prefix >= low) & (prefix < high)])
        if sum(map(len, waiting)) > most:
            kept, waiting = _fold(kept, waiting), []
    return _fold(kept, waiting)


def _fold(kept: _Distinct, waiting: list[U8]) -> _Distinct:
    digests = np.concatenate([kept.digests, *waiting])
    counts = np.ones(len(digests), np.int64)
    counts[: len(kept.counts)] = kept.counts
    return _distinct(digests, counts)


def _distinct(digests: U8, counts: I64) -> _Distinct:
    """Sort, and add up the counts of equal digests."""
    _, order = sorted_pairs(_prefixes(digests), np.arange(len(digests), dtype=np.uint32))
    rows = np.take(digests, order, axis=0)
    if _is_unsorted(rows):  # equal in eight bytes, but not in all
        fix = np.lexsort(rows.view(">u8").T[::-1])
        order, rows = order[fix], rows[fix]
    words = rows.view(np.uint64)
    first = np.ones(len(rows), np.bool_)
    first[1:] = (words[1:] != words[:-1]).any(axis=1)
    at = np.flatnonzero(first)
    totals = np.add.reduceat(counts[order], at) if len(at) else counts
    return _Distinct(rows if len(at) == len(rows) else rows[at], totals)


def _prefixes(digests: U8) -> U64:
    """The first eight bytes of each digest as a number."""
    return np.ascontiguousarray(digests[:, :8]).view(">u8").reshape(-1).astype(np.uint64)


def _root(parts: Iterable[_Distinct]) -> bytes:
    """The tree hash over parts that follow each other in ascending order."""
    stack = np.empty((_LEVELS, 32), np.uint8)
    size = 0
    for part in parts:
        size = _push(part.digests, part.counts, stack, size)
    if size == 0:
        return hashlib.sha256(b"").digest()
    subtrees = [stack[level].tobytes() for level in range(_LEVELS) if size >> level & 1]
    root = subtrees[0]
    for left in subtrees[1:]:
        root = hashlib.sha256(b"\x01" + left + root).digest()
    return root


@compiled
def _push(digests: U8, counts: I64, stack: U8, size: int) -> int:
    """Append to a tree of `size` entries; stack[i] is its full subtree of 2^i entries, if it has one.

    The full subtrees are those of the binary digits of the size, the largest one leftmost: RFC 6962 splits at
    the largest power of two below the size.
    """
    state = np.empty(8, np.uint32)
    buffer = np.zeros(192, np.uint8)
    node = np.empty((2, 32), np.uint8)
    for entry in range(len(digests)):
        buffer[0] = 0
        copy(buffer, 1, digests, 32 * entry, 32)
        _digest(state, buffer, 33, node, 0)
        for _ in range(counts[entry]):
            copy(node, 32, node, 0, 32)
            level = 0
            while size >> level & 1:
                buffer[0] = 1
                copy(buffer, 1, stack, 32 * level, 32)
                copy(buffer, 33, node, 32, 32)
                _digest(state, buffer, 65, node, 1)
                level += 1
            copy(stack, 32 * level, node, 32, 32)
            size += 1
    return size


@compiled
def _digest(state: U32, buffer: U8, size: int, out: U8, row: int) -> None:
    """The SHA-256 of the buffer's first bytes, into out[row]."""
    for word in range(8):
        state[word] = INITIAL[word]
    finish(state, buffer, size, size, out, row)


@compiled
def _is_unsorted(rows: U8) -> bool:
    """Whether a row comes before the one above it."""
    for row in range(1, len(rows)):
        for column in range(rows.shape[1]):
            if rows[row, column] != rows[row - 1, column]:
                if rows[row, column] < rows[row - 1, column]:
                    return True
                break
    return False
