"""Splitting a whole number so that the parts add up to it."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm


def apportion(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Whole parts of `total` in proportion to `weights`, by largest remainder; ties go to the earlier part.

    The parts add up to `total` always; without any weight the first part takes all.
    """
    scaled = whole_numbers(weights)
    whole = sum(scaled)
    if whole == 0:
        return [total if place == 0 else 0 for place in range(len(scaled))]
    parts, remainders = [], []
    for weight in scaled:
        part, remainder = divmod(total * weight, whole)
        parts.append(part)
        remainders.append(-remainder)
    left = total - sum(parts)  # the sort keeps the order of equal remainders
    for place in sorted(range(len(parts)), key=remainders.__getitem__)[:left]:
        parts[place] += 1
    return parts


def exact_sum(values: Iterable[int | Fraction]) -> Fraction:
    """The sum of many fractions of few denominators, each of which is reduced once."""
    sums: dict[int, int] = {}
    for value in values:
        sums[value.denominator] = sums.get(value.denominator, 0) + value.numerator
    return sum((Fraction(sums[one], one) for one in sorted(sums)), Fraction(0))


def whole_numbers(weights: Sequence[int | Fraction]) -> list[int]:
    """Whole numbers in the same proportion: over the least common denominator."""
    common = lcm(*{weight.denominator for weight in weights})
    return [weight.numerator * (common // weight.denominator) for weight in weights]
