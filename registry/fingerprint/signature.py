"""MinHash signatures, interchangeable with datasketch 2 (`scheme="affine32"`)."""

from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.parameters import RECIPE

if TYPE_CHECKING:
    from datasketch import MinHash

EMPTY: Final = 0xFFFF_FFFF  # every value of the signature of an empty set


@cache
def permutations(count: int = RECIPE.permutations, seed: int = RECIPE.seed) -> NDArray[np.uint32]:
    """uint32[2, count]: factors (odd) and summands of h -> a * h + b mod 2^32, as datasketch 2 draws them.

    MT19937 seeded as NumPy's legacy `RandomState`, whose streams are frozen (NEP 19).
    """
    random = np.random.RandomState(seed)
    factors = random.randint(0, 1 << 31, count, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    drawn = np.array([factors, random.randint(0, 1 << 32, count, dtype=np.uint32)])
    drawn.setflags(write=False)
    return drawn


def resemblance(a: NDArray[np.uint32], b: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Share of equal values: the estimated Jaccard resemblance of signatures, row by row, float64[...].

    a, b: uint32[..., permutations], broadcast against each other. The standard error is
    sqrt(J (1 - J) / permutations) (Broder 1997).
    """
    agree: NDArray[np.float64] = np.mean(a == b, axis=-1, dtype=np.float64)
    return agree


def as_datasketch(row: NDArray[np.uint32]) -> "MinHash":
    """The same signature as a `datasketch.MinHash`, for its indexes and operations."""
    from datasketch import MinHash

    return MinHash(
        num_perm=len(row),
        seed=RECIPE.seed,
        hashvalues=row,
        permutations=permutations(len(row)),
        scheme=RECIPE.scheme,
    )
