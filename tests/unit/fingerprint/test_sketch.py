"""Sketches keep every hash below 2^64 / scale, with its count, at the finest scale that fits."""

from collections import Counter
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.fingerprint import sketch as module
from registry.fingerprint.leaves import U64
from registry.fingerprint.sketch import Sketch, SketchBuilder, merge

HASHES = st.lists(
    st.integers(0, 2**64 - 1) | st.integers(0, 50) | st.integers(0, 20).map(lambda n: 2**64 // 10 - 10 + n),
    max_size=80,
)


def array(values: list[int]) -> U64:
    return np.array(values, np.uint64)


def expected(values: list[int], most: int) -> tuple[int, list[tuple[int, int]]]:
    """The finest power of ten that keeps at most `most` distinct hashes, and what it keeps."""
    scale = 1
    while len(kept := {value for value in values if value * scale < 2**64}) > most:
        scale *= 10
    counts = Counter(values)
    return scale, sorted((value, counts[value]) for value in kept)


def content(sketch: Sketch) -> tuple[int, list[tuple[int, int]]]:
    return sketch.scale, list(zip(sketch.hashes.tolist(), sketch.counts.tolist(), strict=True))


def built(batches: list[list[int]], most: int) -> Sketch:
    builder = SketchBuilder(most)
    for batch in batches:
        builder.add(array([value for value in batch if value <= builder.limit]))
    return builder.build()


@pytest.fixture(autouse=True)
def small_buffers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAITING", 7)


@given(HASHES, st.integers(1, 30), st.integers(1, 30), st.randoms(use_true_random=False))
def test_neither_order_nor_batches_matter(values: list[int], most: int, size: int, random: Random) -> None:
    random.shuffle(values)
    batches = [values[i : i + size] for i in range(0, len(values), size)]
    assert content(built(batches, most)) == expected(values, most)


@given(HASHES, HASHES, st.integers(1, 30))
def test_a_merged_sketch_is_the_sketch_of_both(a: list[int], b: list[int], most: int) -> None:
    both = merge(built([a], most), built([b], most), most)
    assert content(both) == expected(a + b, most)
    assert content(both) == content(merge(built([b], most), built([a], most), most))


@given(HASHES, st.integers(0, 20))
def test_a_coarser_sketch_is_that_of_the_coarser_scale(values: list[int], power: int) -> None:
    coarse = built([values], 100).downsample(10**power)
    counts = Counter(value for value in values if value * 10**power < 2**64)
    assert content(coarse) == (10**power, sorted(counts.items()))


def test_a_batch_computed_before_the_limit_fell_is_cut() -> None:
    builder = SketchBuilder(3)
    early = list(range(0, 2**64, 2**60))
    builder.add(array(early))
    assert builder.limit < 2**64 - 1
    builder.add(array(early))
    assert content(builder.build()) == expected(early * 2, 3)


def test_a_small_input_is_kept_whole() -> None:
    assert content(built([[2**64 - 1, 0, 0]], 10**6)) == (1, [(0, 2), (2**64 - 1, 1)])
    assert content(SketchBuilder().build()) == (1, [])


def test_building_may_go_on() -> None:
    builder = SketchBuilder()
    builder.add(array([3, 1]))
    first = builder.build()
    builder.add(array([3]))
    assert content(first) == (1, [(1, 1), (3, 1)])
    assert content(builder.build()) == (1, [(1, 1), (3, 2)])


def test_a_sketch_cannot_be_made_finer() -> None:
    with pytest.raises(ValueError, match="scale 10 has no hashes for scale 1"):
        Sketch(10, array([]), array([])).downsample(1)


def test_a_million_is_the_bound() -> None:
    values = np.arange(10**6 + 1, dtype=np.uint64) * np.uint64(18 * 10**12)
    for kept, scale in ((values[:-1], 1), (values, 10)):
        builder = SketchBuilder()
        builder.add(kept)
        assert builder.build().scale == scale
