"""Sorting by digits is sorting, and leaves equal hashes in their order."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from registry.fingerprint.sorting import sorted_hashes, sorted_pairs

HASHES = st.lists(st.integers(0, 2**64 - 1) | st.integers(0, 9) | st.sampled_from([2**63, 2**56, 2**56 + 1]))


@given(HASHES)
def test_pairs_are_sorted_by_hash_and_equal_ones_keep_their_order(values: list[int]) -> None:
    hashes, places = np.array(values, np.uint64), np.arange(len(values), dtype=np.uint32)
    found, order = sorted_pairs(hashes, places)
    assert list(zip(found.tolist(), order.tolist(), strict=True)) == sorted(
        zip(values, range(len(values)), strict=True)
    )
    assert hashes.tolist() == values
    assert sorted_hashes(hashes).tolist() == sorted(values)
