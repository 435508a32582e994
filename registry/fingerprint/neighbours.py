"""Near-duplicate records: pairs of candidates from the bands, decided by their signatures."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.bands import BANDS, ROWS, Bands
from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import I64, U8, U32, U64

LEAST_EQUAL: Final = 91  # of 128: finds 99 % of the pairs of resemblance 0.8, see ADR 7
RESEMBLANCE: Final = 0.8
MOST_PAIRS: Final = 10**6
CROWD: Final = 1 << 20  # pairs of one value of a band: beyond, each record is held against a few
FEW: Final = 64


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """The records of one version: their signatures (uint32[n, permutations]), and the bands over these.

    digests: uint8[n, 16] of their words, or None; where given, records of one signature are taken for one
             only if these are equal too. Verifying needs that: sets of a resemblance of 0.99 often have one
             signature, and a third set may resemble the one and not the other
    """

    signatures: U32
    bands: Bands
    digests: U8 | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Neighbours:
    """Near-duplicate records of two versions, or within one.

    pairs:    uint32[k, 2], record of A and record of B, at most `MOST_PAIRS`. Records with one signature are
              stood for by the first of them
    equal:    uint8[k], how many values of the two signatures agree
    count:    number of all pairs, those of equal signatures included
    complete: False where so many records resemble each other that `count` is only known to be at least that
    listed:   whether all pairs that were counted are in `pairs`
    in_a, in_b: bool[n], whether a record has a near-duplicate on the other side; within one version, whether
              it has one at all, and whether it has one among the records before it
    first_a, first_b: uint32[n], the first record of the same signature
    """

    pairs: U32
    equal: NDArray[np.uint8]
    count: int
    complete: bool
    listed: bool
    in_a: NDArray[np.bool_]
    in_b: NDArray[np.bool_]
    first_a: U32
    first_b: U32


def neighbours(a: Side, b: Side, least: int = LEAST_EQUAL) -> Neighbours:
    """Pairs of a record of A and one of B whose signatures agree in at least `least` values."""
    return _joined(a, b, _first_of_signature(a), _first_of_signature(b), least)


def neighbours_within(side: Side, least: int = LEAST_EQUAL) -> Neighbours:
    """Pairs of records of one version, each pair once, the earlier record first."""
    first = _first_of_signature(side)
    found = _joined(side, side, first, first, least, within=True)
    return _within(replace(found, count=found.count + _pairs_of_equal(first)))


def confirmed(found: Neighbours, keep: NDArray[np.bool_], *, within: bool = False) -> Neighbours:
    """The neighbours of those pairs alone that are kept: bool[k]. Records that are taken for one stay so."""
    pairs = found.pairs[keep]
    sizes_a, sizes_b = (np.bincount(first, minlength=len(first)) for first in (found.first_a, found.first_b))
    count = int((sizes_a[pairs[:, 0]] * sizes_b[pairs[:, 1]]).sum())
    near_a, near_b = np.zeros(len(found.in_a), np.bool_), np.zeros(len(found.in_b), np.bool_)
    near_a[pairs[:, 0]] = near_b[pairs[:, 1]] = True
    kept = replace(
        found, pairs=pairs, equal=found.equal[keep], count=count, complete=found.complete and found.listed,
        in_a=near_a[found.first_a], in_b=near_b[found.first_b],
    )  # fmt: skip
    if not within:
        return kept
    return _within(replace(kept, count=count + _pairs_of_equal(found.first_a)))


def _pairs_of_equal(first: U32) -> int:
    """Pairs of records of one signature."""
    sizes = np.bincount(first).astype(np.int64)
    return int((sizes * (sizes - 1) // 2).sum())


def _within(found: Neighbours) -> Neighbours:
    """Repetitions of a signature are neighbours of its first record, and so of all that resembles it."""
    numbers = np.arange(len(found.first_a), dtype=np.uint32)
    repeated = np.bincount(found.first_a, minlength=len(numbers))[found.first_a] > 1
    return replace(
        found,
        in_a=found.in_a | found.in_b | repeated,
        in_b=np.where(found.first_a == numbers, found.in_b, True),
    )


def clusters(found: Neighbours) -> U32:
    """uint32[n]: the first record of the cluster that each record is in, itself where it is alone."""
    first = found.first_a.copy()
    _unite(read_only(found.pairs), first)
    return first


def _first_of_signature(side: Side) -> U32:
    """uint32[n]; taken from the bands: equal signatures stand side by side in the first of them."""
    first = np.arange(len(side.signatures), dtype=np.uint32)
    _group(read_only(side.signatures), side.bands.entries[0], first)
    return first if side.digests is None else _divided(first, side.digests)


def _divided(first: U32, digests: U8) -> U32:
    """The groups of records, divided by a digest; each new one is stood for by its first record."""
    several = np.flatnonzero(np.bincount(first, minlength=len(first))[first] > 1)
    halves = np.ascontiguousarray(digests[several]).view(np.uint64).reshape(-1, 2)
    keys = np.column_stack([first[several].astype(np.uint64), halves])
    order = np.lexsort((several, *keys.T))
    starts = np.flatnonzero(np.append(True, (keys[order][1:] != keys[order][:-1]).any(axis=1))[: len(order)])
    divided = first.copy()
    sizes = np.diff(starts, append=len(order))
    divided[several[order]] = np.repeat(several[order][starts], sizes).astype(np.uint32)
    return divided


def _joined(a: Side, b: Side, first_a: U32, first_b: U32, least: int, *, within: bool = False) -> Neighbours:
    pairs, equal = np.empty((MOST_PAIRS, 2), np.uint32), np.empty(MOST_PAIRS, np.uint8)
    near_a, near_b = np.zeros(len(first_a), np.bool_), np.zeros(len(first_b), np.bool_)
    sizes = [np.bincount(first, minlength=len(first)).astype(np.uint32) for first in (first_a, first_b)]
    tally = np.zeros(3, np.int64)
    complete = _join(
        read_only(a.signatures), a.bands.entries, read_only(first_a), read_only(sizes[0]),
        read_only(b.signatures), b.bands.entries, read_only(first_b), read_only(sizes[1]),
        least, within, pairs, equal, near_a, near_b, tally,
    )  # fmt: skip
    kept, left_out, count = tally.tolist()
    return Neighbours(
        pairs[:kept].copy(), equal[:kept].copy(), count, complete, not left_out,
        near_a[first_a], near_b[first_b], first_a, first_b,
    )  # fmt: skip


@compiled
def _group(signatures: U32, band: U64, first: U32) -> None:
    start = 0
    while start < len(band):
        stop = start + 1
        while stop < len(band) and band[stop] >> np.uint64(32) == band[start] >> np.uint64(32):
            stop += 1
        for at in range(start + 1, stop):
            record = np.int64(band[at] & np.uint64(0xFFFFFFFF))
            for before in range(start, min(at, start + FEW)):
                other = np.int64(band[before] & np.uint64(0xFFFFFFFF))
                if first[other] == other and _agreeing(signatures, record, signatures, other) == 128:
                    first[record] = np.uint32(other)
                    break
        start = stop


@compiled
def _agreeing(a: U32, i: int, b: U32, j: int) -> int:
    count = 0
    for place in range(a.shape[1]):
        count += a[i, place] == b[j, place]
    return count


@compiled
def _met_before(a: U32, i: int, b: U32, j: int, band: int) -> bool:
    """Whether two records share an earlier band, where they were judged already."""
    for earlier in range(band):
        same = True
        for place in range(earlier * ROWS, (earlier + 1) * ROWS):
            if a[i, place] != b[j, place]:
                same = False
                break
        if same:
            return True
    return False


@compiled
def _join(
    a: U32,
    a_entries: U64,
    a_first: U32,
    a_size: U32,
    b: U32,
    b_entries: U64,
    b_first: U32,
    b_size: U32,
    least: int,
    within: bool,
    pairs: U32,
    equal: NDArray[np.uint8],
    near_a: NDArray[np.bool_],
    near_b: NDArray[np.bool_],
    tally: I64,
) -> bool:
    """A merge of both sides, band by band; fills `tally`, see `_match`. Whether every pair was judged."""
    complete = True
    reps_a, reps_b = np.empty(a_entries.shape[1], np.uint32), np.empty(b_entries.shape[1], np.uint32)
    for band in range(BANDS):
        i, j = 0, 0
        while i < a_entries.shape[1] and j < b_entries.shape[1]:
            key_a, key_b = a_entries[band, i] >> np.uint64(32), b_entries[band, j] >> np.uint64(32)
            if key_a < key_b:
                i += 1
            elif key_b < key_a:
                j += 1
            elif within and (i + 1 == a_entries.shape[1] or a_entries[band, i + 1] >> np.uint64(32) != key_a):
                i, j = i + 1, i + 1  # alone: most are
            else:
                i, of_a = _run(a_entries[band], i, a_first, reps_a)
                j, of_b = _run(b_entries[band], j, b_first, reps_b)
                step = 1
                if of_a * of_b > CROWD:
                    complete = False
                    step = max(1, of_b // FEW)
                _match(
                    a, reps_a[:of_a], a_size, b, reps_b[:of_b], b_size,
                    least, within, step, band, pairs, equal, near_a, near_b, tally,
                )  # fmt: skip
    return complete


@compiled
def _match(
    a: U32,
    reps_a: U32,
    a_size: U32,
    b: U32,
    reps_b: U32,
    b_size: U32,
    least: int,
    within: bool,
    step: int,
    band: int,
    pairs: U32,
    equal: NDArray[np.uint8],
    near_a: NDArray[np.bool_],
    near_b: NDArray[np.bool_],
    tally: I64,
) -> None:
    """Judge the pairs of one value of a band; tally: pairs kept, pairs there was no room for, all pairs."""
    for x in range(len(reps_a)):
        for y in range(x + 1 if within else x % step, len(reps_b), step):
            first, second = np.int64(reps_a[x]), np.int64(reps_b[y])
            if _met_before(a, first, b, second, band):
                continue
            agree = _agreeing(a, first, b, second)
            if agree < least:
                continue
            near_a[first] = near_b[second] = True
            tally[2] += np.int64(a_size[first]) * np.int64(b_size[second])
            if tally[0] < len(pairs):
                pairs[tally[0], 0], pairs[tally[0], 1] = reps_a[x], reps_b[y]
                equal[tally[0]] = agree
                tally[0] += 1
            else:
                tally[1] += 1


@compiled
def _run(entries: U64, start: int, first: U32, found: U32) -> tuple[int, int]:
    """Where the entries of one fingerprint end, and how many of them stand for their group (in `found`)."""
    key = entries[start] >> np.uint64(32)
    count = 0
    while start < len(entries) and entries[start] >> np.uint64(32) == key:
        record = np.uint32(entries[start] & np.uint64(0xFFFFFFFF))
        if first[np.int64(record)] == record:
            found[count] = record
            count += 1
        start += 1
    return start, count


@compiled
def _unite(pairs: U32, first: U32) -> None:
    """Union by the smaller record, paths halved."""
    for at in range(len(pairs)):
        i, j = pairs[at, 0], pairs[at, 1]
        while first[i] != i:
            first[i] = first[first[i]]
            i = first[i]
        while first[j] != j:
            first[j] = first[first[j]]
            j = first[j]
        if i < j:
            first[j] = i
        else:
            first[i] = j
    for record in range(len(first)):
        first[record] = first[first[record]]
