"""What two sets share, counted by brute force under our recipe: every record against every other.

No signature, no band, no digest: shingle sets met through an inverted index, words and records as text.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.measure import all_shingles, distinct, fingerprints, sizes
from benchmarks.accuracy.sets import Row
from registry.fingerprint.bands import build_bands
from registry.fingerprint.equal import Equal
from registry.fingerprint.leaves import I64
from registry.fingerprint.neighbours import Side
from registry.fingerprint.overlap import Overlap
from registry.fingerprint.shingled import ShingleSets, sets_of, spelled

BLOCK = 200  # records of A at a time
Pairs = I64


@dataclass(frozen=True)
class Known:
    """A set, ready to be held against others; the registry keeps `side`, which stands for the rest."""

    wholes: list[str]
    words: list[frozenset[str]]
    sets: ShingleSets
    side: Side

    def __len__(self) -> int:
        return len(self.wholes)


def known(rows: Sequence[Row]) -> Known:
    """Spell and shingle the records of a set."""
    records = [row.fields for row in rows]
    sets = sets_of(all_shingles(records), np.arange(len(records), dtype=np.int64))
    found = fingerprints(records, passages=False)
    if found.signatures is None:
        raise AssertionError("signatures were asked for")
    side = Side(found.signatures, build_bands(found.signatures), found.words_digests)
    return Known([row.whole for row in rows], _words(records), sets, side)


def _words(records: Sequence[tuple[str, ...]]) -> list[frozenset[str]]:
    """Of each record the set of its fields' words, in order."""
    text = spelled([field.encode() for fields in records for field in fields])
    spelt = iter([text.text(*text.field[at : at + 2].tolist()) for at in range(len(text.field) - 1)])
    return [frozenset(filter(None, [next(spelt) for _ in fields])) for fields in records]


def records_equal(a: Known, b: Known) -> int:
    """Pairs of equal records, each record used once."""
    return (Counter(a.wholes) & Counter(b.wholes)).total()


def words_equal(a: Known, b: Known) -> Equal:
    """Records with the words of one on the other side."""
    left, right = Counter(filter(None, a.words)), Counter(filter(None, b.words))
    return Equal(
        (left & right).total(),
        sum(count for words, count in left.items() if words in right),
        sum(count for words, count in right.items() if words in left),
    )


def overlap(a: Known, b: Known) -> Overlap:
    """What the sets of all shingles share."""
    left, right = (distinct(each.sets) for each in (a, b))
    return Overlap(1, len(left), len(right), len(np.intersect1d(left, right, assume_unique=True)))


def near_pairs(a: Known, b: Known) -> Pairs:
    """Pairs of a resemblance of at least 0.8: int64[k, 2]."""
    return np.concatenate([np.empty((0, 2), np.int64), *_near(a.sets, b.sets)])


def near_pairs_within(a: Known) -> Pairs:
    """Pairs of one set, the earlier record first."""
    found = near_pairs(a, a)
    return found[found[:, 0] < found[:, 1]]


def _near(a: ShingleSets, b: ShingleSets) -> Iterator[Pairs]:
    """A block of A at a time: how many hashes each of its records has in common with each record of B."""
    count_a, count_b = sizes(a), sizes(b)
    owner_b = np.repeat(np.arange(len(count_b), dtype=np.int64), count_b)
    order = np.argsort(b.hashes, kind="stable")
    hashes, owners = b.hashes[order], owner_b[order]
    for first in range(0, len(count_a), BLOCK):
        block = count_a[first : first + BLOCK]
        asked = a.hashes[a.start[first] : a.start[first + len(block)]]
        low, high = np.searchsorted(hashes, asked, "left"), np.searchsorted(hashes, asked, "right")
        met = (high - low).astype(np.int64)
        places = np.repeat(low - np.cumsum(met) + met, met) + np.arange(met.sum())
        of_a = np.repeat(np.repeat(np.arange(len(block), dtype=np.int64), block), met)
        common = np.bincount(of_a * len(count_b) + owners[places], minlength=len(block) * len(count_b))
        i, j = np.divmod(np.flatnonzero(common), len(count_b))
        common = common[np.flatnonzero(common)]
        near = 5 * common >= 4 * (block[i] + count_b[j] - common)
        yield np.stack([i[near] + first, j[near]], axis=1)
