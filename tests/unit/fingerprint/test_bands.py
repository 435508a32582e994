"""Bands find every record that agrees in one of them, and nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint.bands import BANDS, ROWS, Bands, build_bands, candidates
from registry.fingerprint.leaves import U32
from registry.fingerprint.signature import EMPTY


def signatures(count: int, seed: int = 0, values: int = 1 << 32) -> U32:
    """Random ones; few different values make many records agree by chance."""
    return np.random.default_rng(seed).integers(0, values, (count, 128), dtype=np.uint32)


def sharing(all_: U32, one: U32) -> list[int]:
    """The records that share a band, by definition."""
    bands = all_[:, : BANDS * ROWS].reshape(len(all_), BANDS, ROWS)
    same = (bands == one[: BANDS * ROWS].reshape(BANDS, ROWS)).all(axis=2).any(axis=1)
    return [int(record) for record in np.flatnonzero(same)]


@settings(deadline=None, max_examples=30)
@given(count=st.integers(0, 300), values=st.integers(2, 6), seed=st.integers(0, 99))
def test_candidates_are_the_records_that_share_a_band(count: int, values: int, seed: int) -> None:
    rows = signatures(count + 1, seed, values)
    index = build_bands(rows[:count])
    for one in rows[:: max(1, count // 5)]:
        assert candidates(index, one).tolist() == sharing(rows[:count], one)


def test_a_record_without_words_is_not_in_the_index_and_finds_nothing() -> None:
    rows = signatures(20)
    rows[[3, 7]] = EMPTY
    rows[5, 0] = EMPTY  # by chance, with words
    index = build_bands(rows)
    assert index.entries.shape == (BANDS, 18)
    assert candidates(index, rows[3]).tolist() == []
    assert candidates(index, rows[5]).tolist() == [5]


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 1000, 5000])
def test_each_slot_of_the_directory_begins_with_its_first_bits(count: int) -> None:
    index = build_bands(signatures(count))
    slots = index.directory.shape[1] - 1
    for row, starts in zip(index.entries, index.directory, strict=True):
        assert np.all(np.diff(row.astype(object)) > 0)
        first = (row >> np.uint64(64 - (slots.bit_length() - 1))).astype(np.int64)
        assert starts.tolist() == np.searchsorted(first, np.arange(slots + 1)).tolist()


def test_the_same_signatures_give_the_same_index() -> None:
    one, other = (build_bands(signatures(500)) for _ in range(2))
    assert isinstance(one, Bands)
    assert np.array_equal(one.entries, other.entries)
    assert np.array_equal(one.directory, other.directory)
