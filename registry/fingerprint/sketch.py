"""FracMinHash: the shingle hashes of a whole dataset version below a limit, with their counts.

Irber et al., "Lightweight compositional analysis of metagenomes with FracMinHash and minimum metagenome
covers", bioRxiv 2022.
"""

from dataclasses import dataclass

import numpy as np

from registry.fingerprint.leaves import U64
from registry.fingerprint.parameters import threshold
from registry.fingerprint.sorting import sorted_hashes

MOST_HASHES = 10**6
_WAITING = 1 << 20
_STEP = 10


@dataclass(frozen=True, slots=True, eq=False)
class Sketch:
    """All distinct hashes up to `threshold(scale)` of what was sketched.

    scale:  a power of ten; 1 keeps every hash, so that the sketch is exact
    hashes: uint64[n], ascending, distinct
    counts: uint64[n], how often each occurs
    """

    scale: int
    hashes: U64
    counts: U64

    def downsample(self, scale: int) -> "Sketch":
        """The sketch of the same data at a coarser scale. ValueError for a finer one: its hashes are gone."""
        if scale < self.scale:
            raise ValueError(f"a sketch of scale {self.scale} has no hashes for scale {scale}")
        kept = int(np.searchsorted(self.hashes, np.uint64(threshold(scale)), side="right"))
        return Sketch(scale, self.hashes[:kept], self.counts[:kept])


def merge(a: Sketch, b: Sketch, most: int = MOST_HASHES) -> Sketch:
    """The sketch of both data together: what sketching them in one run gives."""
    scale = max(a.scale, b.scale)
    a, b = a.downsample(scale), b.downsample(scale)
    return _bounded(scale, *_union(a.hashes, a.counts, b.hashes, b.counts), most)


class SketchBuilder:
    """Sketches a stream of hashes at the finest scale that keeps at most `most` distinct ones.

    The result depends on the multiset of hashes alone, neither on their order nor on the batches.
    """

    def __init__(self, most: int = MOST_HASHES) -> None:
        self._most = most
        self._sketch = Sketch(1, np.empty(0, np.uint64), np.empty(0, np.uint64))
        self._waiting: list[U64] = []
        self._size = 0

    @property
    def limit(self) -> int:
        """The greatest hash that still counts. It never grows: batches made under an earlier one are fine."""
        return threshold(self._sketch.scale)

    def add(self, hashes: U64) -> None:
        """Add a batch: uint64[], in any order, with repetitions, complete up to `limit` at least."""
        kept = hashes[hashes <= np.uint64(self.limit)]
        self._waiting.append(kept)
        self._size += len(kept)
        if self._size >= _WAITING:
            self._merge_waiting()

    def build(self) -> Sketch:
        """The sketch of everything added so far."""
        self._merge_waiting()
        return self._sketch

    def _merge_waiting(self) -> None:
        if not self._waiting:
            return
        new = _counted(np.concatenate(self._waiting))
        old = self._sketch
        self._waiting, self._size = [], 0
        self._sketch = _bounded(old.scale, *_union(old.hashes, old.counts, *new), self._most)


def _counted(hashes: U64) -> tuple[U64, U64]:
    """Distinct values, ascending, and their counts."""
    ordered = sorted_hashes(hashes)
    first = np.ones(len(ordered), np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    at = np.flatnonzero(first)
    return ordered[at], np.diff(at, append=len(ordered)).astype(np.uint64)


def _union(hashes: U64, counts: U64, more: U64, more_counts: U64) -> tuple[U64, U64]:
    """Both sets of distinct, ascending hashes as one, counts added."""
    at = np.searchsorted(hashes, more)
    known = np.zeros(len(more), np.bool_)
    inside = at < len(hashes)
    known[inside] = hashes[at[inside]] == more[inside]
    counts = counts.copy()
    counts[at[known]] += more_counts[known]
    new = ~known
    return np.insert(hashes, at[new], more[new]), np.insert(counts, at[new], more_counts[new])


def _bounded(scale: int, hashes: U64, counts: U64, most: int) -> Sketch:
    """A sketch, made coarser by powers of ten until it has at most `most` hashes."""
    sketch = Sketch(scale, hashes, counts)
    while len(sketch.hashes) > most:
        sketch = sketch.downsample(sketch.scale * _STEP)
    return sketch
