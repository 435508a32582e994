"""Distinct values among leaves, compared byte by byte in compiled code."""

from dataclasses import dataclass

import numpy as np

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I64, U8, Leaves

FNV_OFFSET = np.uint64(0xCBF29CE484222325)
FNV_PRIME = np.uint64(0x100000001B3)


@dataclass(frozen=True, slots=True)
class Distinct:
    """`codes[i]` is the place in `values` of the i-th leaf asked for; values in order of first appearance."""

    codes: I64
    values: tuple[str, ...]


def distinct_values(leaves: Leaves, which: I64) -> Distinct:
    """The distinct texts of the leaves numbered `which` (int64[k])."""
    codes = np.empty(len(which), np.int64)
    firsts = np.empty(len(which), np.int64)
    table = np.full(_table_size(len(which)), -1, np.int64)
    count = _distinct(leaves.data, leaves.start, leaves.stop, which, table, codes, firsts)
    return Distinct(codes, tuple(leaves.text(leaf) for leaf in firsts[:count]))


def _table_size(entries: int) -> int:
    return int(1 << max(4, (2 * entries).bit_length()))


@compiled
def _distinct(data: U8, start: I64, stop: I64, which: I64, table: I64, codes: I64, firsts: I64) -> int:
    """Open addressing over an FNV-1a hash; returns how many distinct values there are."""
    mask = np.uint64(len(table) - 1)
    count = 0
    for i in range(len(which)):
        leaf = which[i]
        hashed = FNV_OFFSET
        for at in range(start[leaf], stop[leaf]):
            hashed = (hashed ^ np.uint64(data[at])) * FNV_PRIME
        slot = np.int64((hashed ^ (hashed >> np.uint64(29))) & mask)
        while True:
            code = table[slot]
            if code < 0:
                table[slot] = count
                firsts[count] = leaf
                codes[i] = count
                count += 1
                break
            other = firsts[code]
            length = stop[leaf] - start[leaf]
            same = stop[other] - start[other] == length
            offset = 0
            while same and offset < length:
                same = data[start[leaf] + offset] == data[start[other] + offset]
                offset += 1
            if same:
                codes[i] = code
                break
            slot = np.int64((np.uint64(slot) + np.uint64(1)) & mask)
    return count
