"""Records that repeat the words of an earlier one."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.measure import repeats
from registry.measure.repeats import RepeatCounter

HALF = st.sampled_from([0, 1, 2**63, 2**64 - 1])


@given(st.lists(st.lists(st.tuples(HALF, HALF, st.integers(0, 2)), max_size=12), max_size=4))
def test_all_but_the_first_of_equal_words_repeat(batches: list[list[tuple[int, int, int]]]) -> None:
    counter = RepeatCounter()
    for batch in batches:
        halves = np.array([pair[:2] for pair in batch], np.uint64).reshape(-1, 2)
        counter.add(halves.view(np.uint8).reshape(-1, 16), np.array([pair[2] for pair in batch], np.int64))
    counts = Counter(pair[:2] for batch in batches for pair in batch if pair[2])
    assert counter.result() == sum(counts.values()) - len(counts)


def test_beyond_the_bound_it_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(repeats, "MOST_RECORDS", 3)
    counter = RepeatCounter()
    counter.add(np.zeros((4, 16), np.uint8), np.ones(4, np.int64))
    assert counter.result() is None
