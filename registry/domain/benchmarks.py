"""Tests that a model is measured by, and what of them is found in what it was trained on."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import Final

LEAST_WORDS: Final = 13  # of a passage in common; shorter ones are common phrases
LEAST_FIELD: Final = 8  # words of a field that counts where it stands whole
LEAST_SHARE: Final = Fraction(1, 2)  # of the words of a record, from which on it is contained
METHOD: Final = "1"  # names these numbers, and how they are used


class Presence(IntEnum):
    """What is found of a record of a benchmark, the most certain the highest; found is from `LIKELY` on."""

    ABSENT = 0
    IN_PART = 1
    LIKELY = 2
    CONTAINED = 3
    NEAR_DUPLICATE = 4
    SAME_WORDS = 5


class SearchBasis(StrEnum):
    """What the answers rest on: both sources read again, the passages of the index, or estimates."""

    VERIFIED = "verified"
    INDEX = "index"
    ESTIMATED = "estimated"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is found of a benchmark in one version: a `Presence` for each of its records, a byte each.

    short_records: of fewer words than a passage that is always found
    is_complete: False where there was so much in common that not all of it was looked at
    """

    basis: SearchBasis
    kinds: bytes
    short_records: int
    is_complete: bool = True

    def count(self, *kinds: Presence) -> int:
        """How many records are found in these ways."""
        return sum(self.kinds.count(kind) for kind in kinds)

    @property
    def found(self) -> int:
        """Records that are found, for certain or by estimates."""
        return self.count(*(kind for kind in Presence if kind >= Presence.LIKELY))

    @property
    def certain(self) -> int:
        """Records that are found without an estimate."""
        return self.found - self.count(Presence.LIKELY)


def together(outcomes: tuple[Outcome, ...]) -> Outcome:
    """What is found in any of several versions: of each record the most certain."""
    bases = list(SearchBasis)
    found = [one.kinds for one in outcomes if any(one.kinds)] or [outcomes[0].kinds]
    return Outcome(
        max((one.basis for one in outcomes), key=bases.index),
        bytes(map(max, zip(*found, strict=True))) if found[1:] else found[0],
        outcomes[0].short_records,
        all(one.is_complete for one in outcomes),
    )
