"""Signatures estimate the resemblance as well as theory says."""

import pytest

from benchmarks.accuracy.estimation import Errors, by_class, random_estimates

CLASSES = 14  # ten scripts, three lengths, all


@pytest.fixture(scope="module")
def errors() -> dict[str, Errors]:
    return by_class(random_estimates())


def test_the_error_is_that_of_theory_in_every_class_of_length_and_script(errors: dict[str, Errors]) -> None:
    assert len(errors) == CLASSES
    for name, found in errors.items():
        assert found.pairs >= 2_000, name
        assert found.sampling < 0.0125, f"{name}: too few pairs to tell 5 %"
        assert abs(found.ratio - 1) < 0.05, name


def test_estimates_are_not_biased(errors: dict[str, Errors]) -> None:
    for name, found in errors.items():
        assert abs(found.bias) < 4 * found.bias_sampling, name
    assert abs(errors["all"].bias) < 0.001
