"""Near-duplicate records, against a comparison of all with all."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint import neighbours as module
from registry.fingerprint.bands import BANDS, ROWS, build_bands
from registry.fingerprint.leaves import U32
from registry.fingerprint.neighbours import (
    Neighbours,
    Side,
    clusters,
    confirmed,
    neighbours,
    neighbours_within,
)
from registry.fingerprint.signature import EMPTY


def families(count: int, seed: int, base_seed: int = 0) -> U32:
    """Signatures of a few families; each member differs from its family's first in some values."""
    base = np.random.default_rng(base_seed).integers(0, 1 << 32, (4, 128), dtype=np.uint32)
    random = np.random.default_rng(seed)
    rows = base[random.integers(0, 4, count)].copy()
    for row in rows:
        changed = random.permutation(128)[: random.integers(0, 60)]
        row[changed] = random.integers(0, 1 << 32, len(changed), dtype=np.uint32)
    return rows


def side(rows: U32) -> Side:
    return Side(rows, build_bands(rows))


def resemble(a: U32, b: U32) -> bool:
    """The definition: they share a band, and agree in at least 91 values."""
    bands = (a[: BANDS * ROWS] == b[: BANDS * ROWS]).reshape(BANDS, ROWS).all(axis=1)
    return bool(bands.any() and (a == b).sum() >= 91 and not (a == EMPTY).all())


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 99))
def test_neighbours_are_the_pairs_that_resemble(count_a: int, count_b: int, seed: int) -> None:
    a, b = families(count_a, seed), families(count_b, seed + 1000)
    expected = [(i, j) for i in range(count_a) for j in range(count_b) if resemble(a[i], b[j])]
    found = neighbours(side(a), side(b))
    assert (found.count, found.complete, found.listed) == (len(expected), True, True)
    assert np.flatnonzero(found.in_a).tolist() == sorted({i for i, _ in expected})
    assert np.flatnonzero(found.in_b).tolist() == sorted({j for _, j in expected})
    assert {(int(found.first_a[i]), int(found.first_b[j])) for i, j in expected} == listed(found)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 60), st.integers(0, 99))
def test_within_one_version_each_pair_counts_once(count: int, seed: int) -> None:
    rows = families(count, seed)
    expected = [(i, j) for i, j in combinations(range(count), 2) if resemble(rows[i], rows[j])]
    found = neighbours_within(side(rows))
    assert found.count == len(expected)
    assert np.flatnonzero(found.in_a).tolist() == sorted({i for pair in expected for i in pair})
    assert np.flatnonzero(found.in_b).tolist() == sorted({j for _, j in expected})


def listed(found: Neighbours) -> set[tuple[int, int]]:
    return {(int(i), int(j)) for i, j in found.pairs}


def test_equal_signatures_are_stood_for_by_the_first() -> None:
    rows = families(3, 1)[[0, 1, 0, 0, 2]]
    found = neighbours_within(side(rows))
    assert found.first_a.tolist() == [0, 1, 0, 0, 4]
    assert found.count >= 3
    assert found.in_b.tolist()[2:4] == [True, True]


def test_equal_signatures_of_other_words_are_apart_where_that_is_asked() -> None:
    rows = families(3, 1)[[0, 1, 0, 0, 2, 0, 1]]
    digests = np.zeros((7, 16), np.uint8)
    digests[:, 0] = [1, 2, 3, 1, 4, 3, 2]
    found = neighbours_within(Side(rows, build_bands(rows), digests))
    assert found.first_a.tolist() == [0, 1, 2, 0, 4, 2, 1]
    assert found.count == neighbours_within(side(rows)).count


def test_records_without_words_resemble_nothing() -> None:
    rows = np.full((3, 128), EMPTY, np.uint32)
    found = neighbours(side(rows), side(rows))
    assert found.count == 0
    assert not found.in_a.any()
    assert not found.in_b.any()


def test_clusters_are_chains_of_pairs() -> None:
    rows = families(40, 5)
    found = neighbours_within(side(rows))
    first = clusters(found)
    reached = {i: {i} for i in range(40)}
    for i, j in combinations(range(40), 2):
        if resemble(rows[i], rows[j]) and reached[i] is not reached[j]:
            together = reached[i] | reached[j]
            for member in together:
                reached[member] = together
    assert first.tolist() == [min(reached[i]) for i in range(40)]


def test_what_is_not_confirmed_counts_no_more() -> None:
    rows = families(30, 7)[[*range(30), 0]]  # one signature twice
    found = neighbours_within(side(rows))
    none = confirmed(found, np.zeros(len(found.pairs), np.bool_), within=True)
    assert none.count == 1
    assert np.flatnonzero(none.in_a).tolist() == [0, 30]
    assert np.flatnonzero(none.in_b).tolist() == [30]
    everything = confirmed(found, np.ones(len(found.pairs), np.bool_), within=True)
    assert (everything.count, listed(everything)) == (found.count, listed(found))
    assert np.array_equal(everything.in_a, found.in_a)
    assert np.array_equal(everything.in_b, found.in_b)


def test_too_many_to_judge_is_said() -> None:
    base = families(1, 1)[0]
    rows = np.repeat(base[None], 1500, axis=0)
    rows[:, 100] = np.arange(1500)  # all resemble each other, none is equal
    found = neighbours_within(side(rows))
    assert not found.complete
    assert 0 < found.count < 1500 * 1499 // 2
    assert found.in_a.all()


def test_pairs_beyond_the_room_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = families(60, 3)
    whole = neighbours_within(side(rows))
    monkeypatch.setattr(module, "MOST_PAIRS", 10)
    found = neighbours_within(side(rows))
    assert len(found.pairs) == 10 < len(whole.pairs)
    assert (found.count, found.complete, found.listed) == (whole.count, True, False)
    assert not confirmed(found, np.ones(10, np.bool_), within=True).complete
