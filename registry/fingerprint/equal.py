"""Exactly equal records: digests of two versions side by side."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import U8, U64


@dataclass(frozen=True, slots=True)
class Equal:
    """How many records of two versions have digests in common.

    pairs: of the multiset intersection: each record is used once
    a, b:  records of A whose digest is among those of B, and the reverse
    """

    pairs: int
    a: int
    b: int


class DigestSet:
    """The digests of a version in order: uint8[n, 16 or more], of which the first 16 bytes count.

    Digests of zeros stand for records without words, which equal nothing; they are left out.
    """

    def __init__(self, digests: U8) -> None:
        halves = np.ascontiguousarray(digests[:, :16]).view(np.uint64).reshape(-1, 2)
        halves = halves[halves.any(axis=1)]
        order = np.argsort(halves[:, 0])
        self.first: U64 = read_only(halves[order, 0])
        self.second: U64 = read_only(halves[order, 1])


def members(digests: U8, among: DigestSet) -> NDArray[np.bool_]:
    """bool[n]: which digests (uint8[n, 16 or more]) are in a set; those of zeros never are."""
    halves = np.ascontiguousarray(digests[:, :16]).view(np.uint64).reshape(-1, 2)
    found = np.zeros(len(halves), np.bool_)
    _members(read_only(halves), among.first, among.second, found)
    return found


def equal(a: DigestSet, b: DigestSet) -> Equal:
    """Count what two sets of digests have in common."""
    return Equal(*_equal(a.first, a.second, b.first, b.second))


@compiled
def _members(halves: U64, first: U64, second: U64, found: NDArray[np.bool_]) -> None:
    for number in range(len(halves)):
        at = np.searchsorted(first, halves[number, 0])
        while at < len(first) and first[at] == halves[number, 0]:
            if second[at] == halves[number, 1]:
                found[number] = True
                break
            at += 1


@compiled
def _equal(a: U64, a_rest: U64, b: U64, b_rest: U64) -> tuple[int, int, int]:
    """A merge by the first halves; the second halves of a run are nearly always one value."""
    i, j, pairs, of_a, of_b = 0, 0, 0, 0, 0
    while i < len(a) and j < len(b):
        if a[i] < b[j]:
            i += 1
        elif b[j] < a[i]:
            j += 1
        else:
            i_stop, j_stop = _stop(a, i), _stop(b, j)
            at = i
            while at < i_stop:
                value, known = a_rest[at], _count(a_rest, i, at, a_rest[at])
                run = at
                while run < i_stop and a_rest[run] == value:
                    run += 1
                if known == 0:
                    in_a, in_b = _count(a_rest, at, i_stop, value), _count(b_rest, j, j_stop, value)
                    pairs += min(in_a, in_b)
                    of_a += in_a if in_b else 0
                    of_b += in_b
                at = run
            i, j = i_stop, j_stop
    return pairs, of_a, of_b


@compiled
def _stop(values: U64, start: int) -> int:
    stop = start + 1
    while stop < len(values) and values[stop] == values[start]:
        stop += 1
    return stop


@compiled
def _count(values: U64, start: int, stop: int, value: np.uint64) -> int:
    count = 0
    for at in range(start, stop):
        count += values[at] == value
    return count
