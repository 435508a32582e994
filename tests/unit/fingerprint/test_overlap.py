"""What sketches share."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint import overlap as module
from registry.fingerprint.overlap import Interval, Overlap, interval, overlap, overlaps, places_in
from registry.fingerprint.parameters import threshold
from registry.fingerprint.sketch import Sketch, SketchBuilder

numbers = st.sets(st.integers(0, 300), max_size=150)


def hashes(values: set[int]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Numbers spread over all hashes, the same number always to the same hash."""
    spread = np.array(sorted(values), np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.sort(spread ^ (spread >> np.uint64(31)))


def sketch(values: set[int], scale: int = 1) -> Sketch:
    builder = SketchBuilder()
    builder.add(hashes(values))
    return builder.build().downsample(scale)


@settings(deadline=None)
@given(numbers, numbers, st.sampled_from([1, 10]), st.sampled_from([1, 10]))
def test_two_sketches_share_what_the_sets_share_at_the_coarser_scale(
    a: set[int], b: set[int], scale_a: int, scale_b: int
) -> None:
    scale = max(scale_a, scale_b)
    kept_a, kept_b = ({int(value) for value in hashes(each) if value <= threshold(scale)} for each in (a, b))
    found = overlap(sketch(a, scale_a), sketch(b, scale_b))
    assert found == Overlap(scale, len(kept_a), len(kept_b), len(kept_a & kept_b))
    assert found.turned == overlap(sketch(b, scale_b), sketch(a, scale_a))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(numbers, st.sampled_from([1, 10, 100])), min_size=1, max_size=6))
def test_many_sketches_at_once_are_the_same_as_each_two(given_: list[tuple[set[int], int]]) -> None:
    sketches = [sketch(values, scale) for values, scale in given_]
    expected = {
        (i, j): found
        for j in range(len(sketches))
        for i in range(j)
        if (found := overlap(sketches[i], sketches[j])).common
    }
    assert overlaps(sketches) == expected


def test_ranges_of_hashes_add_up(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    sketches = [sketch(set(random.integers(0, 20_000, 9_000).tolist())) for _ in range(3)]
    whole = overlaps(sketches)
    monkeypatch.setattr(module, "RANGE", 4096)
    monkeypatch.setattr(module, "STEP", 64)
    assert overlaps(sketches) == whole


def test_nothing_is_contained_in_nothing() -> None:
    found = overlap(sketch(set()), sketch({1, 2}))
    assert (found.a_in_b, found.b_in_a, found.resemblance) == (None, 0.0, 0.0)
    assert found.interval(found.a) is None
    assert overlap(sketch(set()), sketch(set())).resemblance is None
    assert overlaps([]) == {}


def test_an_exact_sketch_leaves_no_doubt() -> None:
    assert interval(3, 4, 1) == Interval(0.75, 0.75)


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_the_estimate(found: int, of: int) -> None:
    found = min(found, of)
    low, high = (getattr(interval(found, of, 10), end) for end in ("low", "high"))
    assert 0 <= low <= found / of <= high <= 1


def test_intervals_are_those_of_newcombe_1998() -> None:
    """Method 4, table I: 81/263, 15/148, 0/20, 1/29."""
    published = {
        (81, 263): (0.2535, 0.3682),
        (15, 148): (0.0598, 0.1644),
        (0, 20): (0.0, 0.2005),
        (1, 29): (0.0018, 0.1963),
    }
    for (found, of), (low, high) in published.items():
        computed = interval(found, of, 1000)
        assert computed is not None
        assert computed.low == pytest.approx(low, abs=5e-5)
        assert computed.high == pytest.approx(high, abs=5e-5)


@given(numbers, numbers)
def test_places_are_where_the_others_stand(a: set[int], b: set[int]) -> None:
    first, second = hashes(a), hashes(b)
    assert places_in(first, second).tolist() == np.flatnonzero(np.isin(first, second)).tolist()
    assert places_in(second[:2], first).tolist() == np.flatnonzero(np.isin(second[:2], first)).tolist()
