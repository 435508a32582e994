"""Splitting whole numbers."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.rounding import apportion, exact_sum


@given(st.integers(0, 10**18), st.lists(st.fractions(0, 10**6), min_size=1))
def test_parts_add_up_and_stay_within_one_of_the_exact_share(total: int, weights: list[Fraction]) -> None:
    parts = apportion(total, weights)
    assert sum(parts) == total
    if whole := sum(weights):
        assert all(
            abs(part - total * weight / whole) < 1 for part, weight in zip(parts, weights, strict=True)
        )


def test_ties_go_to_the_earlier_part() -> None:
    assert apportion(5, [1, 1, 1]) == [2, 2, 1]


@given(st.lists(st.integers() | st.fractions()))
def test_a_sum_of_fractions_is_exact(values: list[int | Fraction]) -> None:
    assert exact_sum(values) == sum(values)
