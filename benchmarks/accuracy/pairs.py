"""Which pairs of records the registry takes for near-duplicates, one by one, and how many of them are."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.accuracy.brute import Known, Pairs
from registry.app.compare import CANDIDATE
from registry.fingerprint.leaves import I64, U32
from registry.fingerprint.neighbours import LEAST_EQUAL, RESEMBLANCE, Neighbours, confirmed, neighbours
from registry.fingerprint.shingled import jaccards


@dataclass(frozen=True)
class Recall:
    """Of the true pairs, how many are listed; of the listed ones, how many are true."""

    true: int
    listed: int
    both: int

    @property
    def recall(self) -> float | None:
        """None where there is nothing to find."""
        return self.both / self.true if self.true else None

    @property
    def precision(self) -> float | None:
        """None where nothing is listed."""
        return self.both / self.listed if self.listed else None


def recall(true: Pairs, listed: Pairs, records: int) -> Recall:
    """Hold listed pairs against the true ones; `records`: of B."""
    wanted, found = (pairs[:, 0] * records + pairs[:, 1] for pairs in (true, listed))
    return Recall(len(wanted), len(found), len(np.intersect1d(wanted, found, assume_unique=True)))


def estimated(a: Known, b: Known) -> Pairs:
    """The pairs that signatures alone decide for."""
    left, right = (replace(each.side, digests=None) for each in (a, b))
    return _all_of(neighbours(left, right, LEAST_EQUAL))


def verified(a: Known, b: Known) -> Pairs:
    """The candidates whose true resemblance is enough, as `compare --exact` decides them."""
    found = neighbours(a.side, b.side, CANDIDATE)
    i, j = (np.ascontiguousarray(found.pairs[:, side], np.int64) for side in range(2))
    return _all_of(confirmed(found, jaccards(a.sets, i, b.sets, j) >= RESEMBLANCE))


def _all_of(found: Neighbours) -> Pairs:
    """Every pair, also of records that another of the same signature stands for: int64[k, 2]."""
    return np.concatenate([np.empty((0, 2), np.int64), *_expanded(found)])


def _expanded(found: Neighbours) -> Iterator[Pairs]:
    members_a, members_b = _members(found.first_a), _members(found.first_b)
    for i, j in found.pairs.tolist():
        grid = np.meshgrid(members_a[i], members_b[j], indexing="ij")
        yield np.stack([each.ravel() for each in grid], axis=1)


def _members(first: U32) -> list[I64]:
    """By record, those it stands for."""
    order = np.argsort(first, kind="stable").astype(np.int64)
    return np.split(order, np.searchsorted(first[order], np.arange(1, len(first))))
