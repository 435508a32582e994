"""Splitting a whole number so that the parts add up to it."""

from collections.abc import Sequence
from fractions import Fraction


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Whole parts of `total` in proportion to `weights`, by largest remainder; ties go to the earlier part.

    The parts add up to `total` always; without any weight the first part takes all.
    """
    whole = sum(weights, Fraction(0))
    if whole == 0:
        return [total if place == 0 else 0 for place in range(len(weights))]
    exact = [Fraction(total) * weight / whole for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts
