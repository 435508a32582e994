"""How much of one dataset version is found in another, from their sketches, with intervals."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np

from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import I64, U32, U64
from registry.fingerprint.sketch import Sketch

Z95: Final = 1.959963984540054  # normal quantile of a 95 % interval
RANGE: Final = 1 << 17  # hashes counted at a time: they stay in the cache while they are sorted
STEP: Final = 1 << 10


@dataclass(frozen=True, slots=True)
class Interval:
    """Where a share lies 95 times in 100; both ends are the share itself where the sketches are exact."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Overlap:
    """Shingle hashes that two sketches share, at the coarser of their scales.

    scale:     of the comparison; 1 is exact
    a, b:      distinct hashes of each at this scale
    common:    of both
    """

    scale: int
    a: int
    b: int
    common: int

    @property
    def a_in_b(self) -> float | None:
        """Containment of A in B; None where the sketch of A has no hash at this scale."""
        return self.common / self.a if self.a else None

    @property
    def b_in_a(self) -> float | None:
        """Containment of B in A."""
        return self.common / self.b if self.b else None

    @property
    def resemblance(self) -> float | None:
        """Jaccard resemblance."""
        union = self.a + self.b - self.common
        return self.common / union if union else None

    @property
    def turned(self) -> "Overlap":
        """The same, B first."""
        return Overlap(self.scale, self.b, self.a, self.common)

    def interval(self, of: int) -> Interval | None:
        """The 95 % interval of the share that `common` is of `of` hashes."""
        return interval(self.common, of, self.scale)


def interval(found: int, of: int, scale: int) -> Interval | None:
    """95 % interval of a share of which `found` of `of` sampled hashes are an estimate; None of none.

    Wilson's score interval with continuity correction (Newcombe 1998, method 4), which covers at least as
    often as it says; a sketch of scale 1 holds every hash, so the share is known.
    """
    if not of:
        return None
    share = found / of
    if scale == 1:
        return Interval(share, share)
    square = Z95 * Z95
    middle, width = 2 * found + square, 2 * (of + square)
    low = middle - 1 - Z95 * sqrt(max(0.0, square - 2 - 1 / of + 4 * share * (of * (1 - share) + 1)))
    high = middle + 1 + Z95 * sqrt(max(0.0, square + 2 - 1 / of + 4 * share * (of * (1 - share) - 1)))
    return Interval(
        0.0 if found == 0 else max(0.0, low / width), 1.0 if found == of else min(1.0, high / width)
    )


def overlap(a: Sketch, b: Sketch) -> Overlap:
    """What two sketches share."""
    scale = max(a.scale, b.scale)
    a, b = a.downsample(scale), b.downsample(scale)
    return Overlap(scale, len(a.hashes), len(b.hashes), len(places_in(a.hashes, b.hashes)))


def places_in(hashes: U64, others: U64) -> I64:
    """int64[k]: the places in `hashes` of those that are among `others`; both ascending and distinct."""
    if len(hashes) > 16 * len(others):
        at = np.searchsorted(hashes, others)
        inside = at < len(hashes)
        inside[inside] = hashes[at[inside]] == others[inside]
        return at[inside].astype(np.int64)
    found = np.empty(min(len(hashes), len(others)), np.int64)
    return found[: _meet(read_only(hashes), read_only(others), found)]


def overlaps(sketches: Sequence[Sketch]) -> dict[tuple[int, int], Overlap]:
    """What each two of many sketches share, where they share anything; pairs (i, j) with i < j.

    All hashes are gone through once, together, in ranges: n sketches are not n^2 comparisons. A hash in two
    sketches is below the threshold of both, and so of the coarser scale.
    """
    if not sketches:
        return {}
    common = np.zeros((len(sketches), len(sketches)), np.int64)
    for hashes, owners in _ranges(sketches):
        order = np.argsort(hashes)
        _count_pairs(hashes[order], owners[order], common)
    scales = sorted({sketch.scale for sketch in sketches})
    sizes = {scale: [_size(sketch, scale) for sketch in sketches] for scale in scales}
    found = {}
    for i, j in np.argwhere(np.triu(common, 1)).tolist():
        scale = max(sketches[i].scale, sketches[j].scale)
        found[i, j] = Overlap(scale, sizes[scale][i], sizes[scale][j], int(common[i, j]))
    return found


def _size(sketch: Sketch, scale: int) -> int:
    """How many hashes a sketch has at a scale that may be coarser than its own."""
    return len(sketch.hashes) if scale <= sketch.scale else len(sketch.downsample(scale).hashes)


def _ranges(sketches: Sequence[Sketch]) -> Iterator[tuple[U64, U32]]:
    """The hashes of all sketches with the number of the sketch each is of, a range of the hash at a time."""
    samples = np.sort(np.concatenate([sketch.hashes[::STEP] for sketch in sketches]))
    cuts = samples[:: RANGE // STEP][1:]
    places = [[0, *np.searchsorted(sketch.hashes, cuts), len(sketch.hashes)] for sketch in sketches]
    for cut in range(len(cuts) + 1):
        parts = [
            sketch.hashes[place[cut] : place[cut + 1]] for sketch, place in zip(sketches, places, strict=True)
        ]
        owners = np.repeat(np.arange(len(parts), dtype=np.uint32), [len(part) for part in parts])
        yield np.concatenate(parts), owners


def _count_pairs(hashes: U64, owners: U32, common: I64) -> None:
    """Add to `common` how often each two owners stand at one hash; many hashes have the same owners."""
    if not len(hashes):
        return
    starts = np.flatnonzero(np.append(True, hashes[1:] != hashes[:-1]))
    mixed = (owners.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(32)
    keys = np.add.reduceat(mixed * np.uint64(0xD6E8FEB86659FD93), starts)
    sizes = np.diff(starts, append=len(hashes))
    shared = np.flatnonzero(sizes > 1)
    shared = shared[np.argsort(keys[shared])]
    first = np.flatnonzero(np.append(True, keys[shared][1:] != keys[shared][:-1])) if len(shared) else shared
    times = np.diff(first, append=len(shared))
    of_group = shared[first]
    _add_pairs(read_only(owners), read_only(starts[of_group]), read_only(sizes[of_group]), times, common)


@compiled
def _add_pairs(owners: U32, starts: I64, sizes: I64, times: I64, common: I64) -> None:
    for group in range(len(starts)):
        for i in range(starts[group], starts[group] + sizes[group]):
            for j in range(starts[group], starts[group] + sizes[group]):
                if owners[i] < owners[j]:
                    common[owners[i], owners[j]] += times[group]


@compiled
def _meet(hashes: U64, others: U64, found: I64) -> int:
    i, j, count = 0, 0, 0
    while i < len(hashes) and j < len(others):
        if hashes[i] == others[j]:
            found[count] = i
            count += 1
            i += 1
            j += 1
        elif hashes[i] < others[j]:
            i += 1
        else:
            j += 1
    return count
