"""Laws of record digests: "SHA-256 over the record's leaves (path, tagged value) as a multiset"."""

from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.fingerprint.digest import record_digests
from registry.fingerprint.leaves import Tag
from tests.unit.fingerprint.test_digest import Leaf, expected, leaves_of

PATHS = ["a", "b", "a.b", "a[]", "é", "", "messages[].content"]
LEAVES: st.SearchStrategy[Leaf] = st.tuples(
    st.one_of(st.sampled_from(PATHS), st.text(st.characters(codec="utf-8"), max_size=5)),
    st.lists(st.integers(0, 3) | st.integers(0, 2**32 - 1), max_size=3).map(tuple),
    st.sampled_from(Tag),
    st.sampled_from([b"", b"a", b"ab", b"b"]) | st.binary(max_size=300),
)
RECORDS = st.lists(st.lists(LEAVES, max_size=12), max_size=5)


@pytest.fixture(scope="module", autouse=True)
def _compiled() -> None:
    """Compile before the first example, which would take too long for one."""
    record_digests(leaves_of([]))


@given(RECORDS)
def test_the_kernel_is_the_specification(records: list[list[Leaf]]) -> None:
    found = record_digests(leaves_of(records))
    assert [row.tobytes() for row in found] == [expected(record) for record in records]


@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_of_leaves_and_paths_changes_nothing(records: list[list[Leaf]], random: Random) -> None:
    shuffled = [random.sample(record, len(record)) for record in records]
    paths = sorted({path for record in records for path, *_ in record} | {"unused"})
    random.shuffle(paths)
    again = record_digests(leaves_of(shuffled, paths))
    assert np.array_equal(record_digests(leaves_of(records)), again)


@given(st.lists(LEAVES, max_size=6), st.lists(LEAVES, max_size=6))
def test_different_multisets_have_different_digests(a: list[Leaf], b: list[Leaf]) -> None:
    first, second = record_digests(leaves_of([a, b]))
    assert (first.tobytes() == second.tobytes()) == (Counter(a) == Counter(b))


@given(RECORDS, st.integers(0, 5))
def test_batches_change_nothing(records: list[list[Leaf]], cut: int) -> None:
    parts = [record_digests(leaves_of(part)) for part in (records[:cut], records[cut:])]
    assert np.array_equal(np.concatenate(parts), record_digests(leaves_of(records)))
