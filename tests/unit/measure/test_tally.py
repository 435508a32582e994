"""Sums by key."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.facts import Size
from registry.measure.tally import Tally

ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 99), st.integers(0, 999)))


def column(rows: list[tuple[int, int, int, int]], place: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([row[place] for row in rows], np.int64)


@given(ROWS, ROWS)
def test_sums_equal_a_plain_loop_over_any_batches(
    first: list[tuple[int, int, int, int]], second: list[tuple[int, int, int, int]]
) -> None:
    tally = Tally()
    for rows in (first, second):
        tally.add((column(rows, 0), column(rows, 1)), column(rows, 2), column(rows, 3))
    expected: dict[tuple[int, ...], Size] = {}
    for a, b, words, size in first + second:
        so_far = expected.get((a, b), Size(0, 0, 0))
        expected[a, b] = Size(so_far.records + 1, so_far.words + words, so_far.bytes + size)
    assert tally.result() == expected
