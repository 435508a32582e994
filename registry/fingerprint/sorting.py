"""Sorting hashes by their digits: on the processors we know, several times faster than NumPy's sort."""

import numpy as np

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import U32, U64

_BITS = 8  # of a digit: its counts fit in the first cache
_DIGITS = 8


def sorted_hashes(hashes: U64) -> U64:
    """The same numbers, ascending."""
    ordered, _ = sorted_pairs(hashes, np.empty(0, np.uint32))
    return ordered


def sorted_pairs(hashes: U64, values: U32) -> tuple[U64, U32]:
    """Both by ascending hash; equal hashes stay in the order they come in. `values` may be empty."""
    hashes, values = hashes.copy(), values.copy()
    _sort(hashes, values, np.empty_like(hashes), np.empty_like(values))
    return hashes, values


@compiled
def _sort(hashes: U64, values: U32, spare_hashes: U64, spare_values: U32) -> None:
    """Sort in place, digit by digit from the lowest; a digit that all have in common costs no pass."""
    size = hashes.size
    with_values = values.size > 0
    mask = np.uint64((1 << _BITS) - 1)
    places = np.zeros((_DIGITS, 1 << _BITS), np.int64)
    for i in range(size):
        rest = hashes[i]
        for digit in range(_DIGITS):
            places[digit, rest & mask] += 1
            rest >>= np.uint64(_BITS)
    source, target, carried, to = hashes, spare_hashes, values, spare_values
    for digit in range(_DIGITS):
        shift = np.uint64(_BITS * digit)
        place = places[digit]
        if size == 0 or place[(source[0] >> shift) & mask] == size:
            continue
        at = 0
        for i in range(place.size):
            count = place[i]
            place[i] = at
            at += count
        for i in range(size):
            key = (source[i] >> shift) & mask
            target[place[key]] = source[i]
            if with_values:
                to[place[key]] = carried[i]
            place[key] += 1
        source, target, carried, to = target, source, to, carried
    if size and source.ctypes.data != hashes.ctypes.data:
        hashes[:] = source
        values[:] = carried
