"""Sorting more (hash, record) pairs than fit in memory: sorted runs in a file, merged range by range."""

import mmap
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np

from registry.fingerprint.leaves import I64, U32, U64
from registry.fingerprint.sorting import sorted_pairs

T = TypeVar("T")

MOST_PAIRS = 1 << 20
_PIECES = 8  # as a part of the most pairs: what is merged at a time then fits in the processor's cache


class Pairs(NamedTuple):
    """uint64[n] hashes, and the uint32[n] record each stands in."""

    hashes: U64
    records: U32


class PassageSorter:
    """Takes pairs by ascending record, and gives them back by (hash, record), each pair once.

    At most about `most` pairs, some 50 bytes each, are in memory; the rest lies in two files in `folder`.
    """

    def __init__(self, folder: Path, most: int = MOST_PAIRS) -> None:
        self._files = (folder / "runs.hashes", folder / "runs.records")
        self._most = most
        self._waiting: list[Pairs] = []
        self._size = 0
        self._runs: list[int] = []

    def add(self, hashes: U64, records: U32) -> None:
        """Add pairs by ascending record; no record of them was in an earlier call."""
        self._waiting.append(Pairs(hashes, records))
        self._size += len(hashes)
        if self._size >= self._most:
            self._spill()

    def merged(self) -> Iterator[Pairs]:
        """All pairs in order, in pieces that follow each other."""
        if not self._runs:
            yield _ordered(self._waiting)
            return
        self._spill()
        maps = [_mapped(file) for file in self._files]

        def forget() -> None:
            """Give the pages back that were read, else all of the runs would count as our memory."""
            for mapped in maps:
                mapped.madvise(mmap.MADV_DONTNEED)

        yield from _merge(self._runs_in(*maps), max(1, self._most // _PIECES), forget)

    def _spill(self) -> None:
        run = _ordered(self._waiting)
        self._waiting, self._size = [], 0
        with self._files[0].open("ab") as hashes, self._files[1].open("ab") as records:
            hashes.write(run.hashes.data)
            records.write(run.records.data)
        self._runs.append(len(run.hashes))

    def _runs_in(self, hashes_map: mmap.mmap, records_map: mmap.mmap) -> list[Pairs]:
        hashes = np.frombuffer(hashes_map, np.uint64)
        records = np.frombuffer(records_map, np.uint32)
        ends = np.cumsum([0, *self._runs]).tolist()
        return [Pairs(hashes[low:high], records[low:high]) for low, high in pairwise(ends) if high > low]


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _ordered(parts: list[Pairs]) -> Pairs:
    """All pairs by (hash, record), each once; the records of a part come after those of the parts before."""
    hashes, records = sorted_pairs(
        np.concatenate([np.empty(0, np.uint64), *(part.hashes for part in parts)]),
        np.concatenate([np.empty(0, np.uint32), *(part.records for part in parts)]),
    )
    kept = np.ones(len(hashes), np.bool_)
    kept[1:] = (hashes[1:] != hashes[:-1]) | (records[1:] != records[:-1])
    return Pairs(hashes, records) if kept.all() else Pairs(hashes[kept], records[kept])


def _merge(runs: list[Pairs], most: int, forget: Callable[[], None]) -> Iterator[Pairs]:
    """The pairs of sorted runs in order; the records of a run come after those of the run before it.

    The hashes are cut into ranges of at most `most` pairs, by samples of each run. Only a single hash can
    have more than that: its pairs are in order as they stand, run after run. `forget` is called after each
    reading of the runs.
    """

    def of_each(read: Callable[[U64], T]) -> Iterator[T]:
        for run in runs:
            yield read(run.hashes)
            forget()

    step = max(1, most // (4 * len(runs)))
    samples = np.sort(np.concatenate(list(of_each(lambda hashes: hashes[::step].copy()))))
    cuts, times = np.unique(samples[:: max(1, most // (4 * step))], return_counts=True)
    places = list(of_each(lambda hashes: _places(hashes, cuts)))
    for cut in range(len(cuts) + 1):
        if cut > 0 and times[cut - 1] > 1:
            yield from (
                _slice(run, at[2 * cut - 1], at[2 * cut]) for run, at in zip(runs, places, strict=True)
            )
            from_ = 2 * cut
        else:
            from_ = max(0, 2 * cut - 1)
        yield _ordered(
            [_slice(run, at[from_], at[2 * cut + 1]) for run, at in zip(runs, places, strict=True)]
        )
        forget()


def _places(hashes: U64, cuts: U64) -> I64:
    """Where a run is cut: its start, then before and after each cut's hash, then its end."""
    places = np.empty(2 * len(cuts) + 2, np.int64)
    places[0], places[-1] = 0, len(hashes)
    places[1:-1:2] = np.searchsorted(hashes, cuts, "left")
    places[2:-1:2] = np.searchsorted(hashes, cuts, "right")
    return places


def _slice(run: Pairs, start: int, stop: int) -> Pairs:
    return Pairs(run.hashes[start:stop], run.records[start:stop])
