"""Exactly equal records, against a comparison of lists."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint.equal import DigestSet, Equal, equal

digest = st.tuples(st.integers(0, 3), st.integers(0, 3))  # few: halves that agree alone are common


def rows(values: list[tuple[int, int]]) -> DigestSet:
    return DigestSet(np.array(values, np.uint64).reshape(-1, 2).view(np.uint8).reshape(-1, 16))


@settings(deadline=None, max_examples=300)
@given(st.lists(digest, max_size=20), st.lists(digest, max_size=20))
def test_counts_are_those_of_multisets(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> None:
    first, second = (Counter(each for each in values if each != (0, 0)) for values in (a, b))
    assert equal(rows(a), rows(b)) == Equal(
        pairs=(first & second).total(),
        a=sum(count for each, count in first.items() if each in second),
        b=sum(count for each, count in second.items() if each in first),
    )


def test_longer_digests_count_by_their_first_sixteen_bytes() -> None:
    long = np.arange(64, dtype=np.uint8).reshape(2, 32)
    assert equal(DigestSet(long), DigestSet(long[:1])) == Equal(1, 1, 1)
