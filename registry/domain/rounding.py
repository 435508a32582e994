"""Splitting a whole number so that the parts add up to it."""

from collections.abc import Sequence
from fractions import Fraction
from math import lcm


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Whole parts of `total` in proportion to `weights`, by largest remainder; ties go to the earlier part.

    The parts add up to `total` always; without any weight the first part takes all.
    """
    scale = lcm(*{weight.denominator for weight in weights})
    scaled = [weight.numerator * (scale // weight.denominator) for weight in weights]
    whole = sum(scaled)
    if whole == 0:
        return [total if place == 0 else 0 for place in range(len(weights))]
    parts = [total * weight // whole for weight in scaled]
    left = total - sum(parts)

    def remainder(place: int) -> int:
        return parts[place] * whole - total * scaled[place]

    for place in sorted(range(len(parts)), key=remainder)[:left]:
        parts[place] += 1
    return parts
