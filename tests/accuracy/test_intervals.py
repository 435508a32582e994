"""Intervals of containments hold the truth at least 95 times in 100."""

from math import sqrt

import pytest

from benchmarks.accuracy.intervals import (
    SAMPLES,
    SCALES,
    SHARES,
    Coverage,
    coverages,
    text_coverage,
    together,
)

Key = tuple[int, float, int]


@pytest.fixture(scope="module")
def found() -> dict[Key, Coverage]:
    return coverages()


@pytest.mark.parametrize("scale", SCALES)
def test_at_each_scale_and_share(found: dict[Key, Coverage], scale: int) -> None:
    for share in SHARES:
        of_share = together([each for key, each in found.items() if key[:2] == (scale, share)])
        assert of_share.share >= 0.95, share


@pytest.mark.parametrize("sample", SAMPLES)
def test_for_each_size_of_the_sketch(found: dict[Key, Coverage], sample: int) -> None:
    of_sample = [each for key, each in found.items() if key[2] == sample]
    assert together(of_sample).share >= 0.95
    for each in of_sample:  # of few trials: as near as these can tell
        assert each.share >= 0.95 - 4 * sqrt(0.95 * 0.05 / each.trials)


def test_of_text_sketched_by_the_kernel() -> None:
    assert text_coverage().share >= 0.95
