"""The cover of an unknown dataset by known ones."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.fingerprint.cover import cover
from registry.fingerprint.sketch import Sketch, SketchBuilder

WORDS = np.random.default_rng(0).integers(0, 1 << 63, 40_000, dtype=np.uint64) * np.uint64(2)


def sketch(*ranges: tuple[int, int], scale: int = 1, times: int = 1) -> Sketch:
    builder = SketchBuilder()
    for start, stop in ranges:
        builder.add(np.repeat(WORDS[start:stop], times))
    return builder.build().downsample(scale)


def test_the_greatest_part_comes_first_and_the_rest_is_unassigned() -> None:
    found = cover(sketch((0, 1000)), [sketch((0, 300)), sketch((200, 900)), sketch((5000, 6000))])
    assert [(part.reference, part.share, part.unique_share) for part in found.parts] == [
        (1, 0.7, 0.7),
        (0, 0.3, 0.2),
    ]
    assert [part.reference_covered for part in found.parts] == [1.0, 1.0]
    assert found.unassigned == pytest.approx(0.1)
    assert found.scale == 1


def test_shares_are_of_words_not_of_distinct_shingles() -> None:
    builder = SketchBuilder()
    builder.add(np.repeat(WORDS[:100], 9))
    builder.add(WORDS[100:200])
    found = cover(builder.build(), [sketch((0, 100)), sketch((100, 200))])
    assert [part.share for part in found.parts] == [0.9, 0.1]


def test_equal_references_are_a_tie_and_lesser_ones_stand_in_the_shadow() -> None:
    found = cover(sketch((0, 1000)), [sketch((0, 500)), sketch((0, 1000)), sketch((0, 1000), (2000, 2300))])
    [part] = found.parts
    assert (part.reference, part.ties) == (1, (2,))
    assert found.shadowed == (0,)
    assert [one.reference for one in found.overlaps] == [1, 2, 0]
    assert found.unassigned == 0


def test_what_explains_too_little_is_left_out() -> None:
    found = cover(sketch((0, 1000)), [sketch((0, 5)), sketch((0, 12))])
    assert [part.reference for part in found.parts] == [1]
    assert cover(sketch((0, 1000)), [sketch((0, 12))], least_share=0.05).parts == ()


def test_a_sketch_too_coarse_for_the_question_is_named() -> None:
    found = cover(sketch((0, 400)), [sketch((0, 40_000), scale=1000), sketch((0, 400))])
    assert found.too_coarse == (0,)
    assert [part.reference for part in found.parts] == [1]
    assert found.scale == 1


def test_an_empty_question_has_an_empty_cover() -> None:
    found = cover(sketch(), [sketch((0, 400))])
    assert (found.parts, found.unassigned) == ((), 1.0)


@settings(deadline=None, max_examples=25)
@given(
    st.lists(st.tuples(st.integers(0, 9000), st.integers(500, 4000)), min_size=1, max_size=5),
    st.sampled_from([1, 10]),
)
def test_parts_of_the_cover_and_the_rest_add_up(ranges: list[tuple[int, int]], scale: int) -> None:
    """At one scale for all the unique shares and what is unassigned are a partition of the words."""
    found = cover(
        sketch((0, 10_000), scale=scale),
        [sketch((start, start + size), scale=scale) for start, size in ranges],
    )
    assert sum(part.unique_share for part in found.parts) + found.unassigned == pytest.approx(1)
    for part in found.parts:
        assert part.interval is not None
        assert part.interval.low <= part.share <= part.interval.high
