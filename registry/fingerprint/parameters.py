"""The recipe: every number a fingerprint depends on. Fingerprints of different recipes refuse to compare."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Final

from registry.errors import RefusedError

MASK64: Final = 0xFFFF_FFFF_FFFF_FFFF


class RecipeMismatchError(RefusedError):
    """Two fingerprints were not made by the same recipe."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """Parameters and constants of a fingerprint; what they mean is written out in `reference.py`.

    Recipe 1 is frozen, with the vectors in the tests: any other definition gets another name.
    """

    name: str = "1"
    unicode: str = "15.0.0"
    fold_table: str = ""  # SHA-256 of the arrays of the fold table, first 16 digits
    shingle: int = 5  # words
    window: int = 32  # shingles
    permutations: int = 128
    seed: int = 1
    scheme: str = "affine32"  # of datasketch 2
    word_hash: str = "mul-xorshift-16"
    word_seed: int = 0x27D4EB2F165667C5
    word_first: int = 0x9E3779B185EBCA87
    word_second: int = 0xC2B2AE3D27D4EB4F
    shingle_hash: str = "polynomial-fmix64"
    polynomial: int = 0x85EBCA77C2B2AE63
    short: int = 0x165667B19E3779F9
    words_digest: str = "position-sum-128"
    position: int = 0x9E3779B97F4A7C15
    digest_first: int = 0xBF58476D1CE4E5B9
    digest_second: int = 0x94D049BB133111EB

    def as_dict(self) -> dict[str, str | int]:
        """Parameters by name, as they travel with every result."""
        return asdict(self)

    def digest(self) -> str:
        """SHA-256 of the parameters as canonical JSON, in hexadecimal."""
        text = json.dumps(self.as_dict(), sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def __str__(self) -> str:
        return f"{self.name} ({self.digest()[:8]})"


RECIPE: Final = Recipe(fold_table="6f36e3693e700173")


def require_compatible(a: Recipe, b: Recipe) -> None:
    """Raise `RecipeMismatchError` unless fingerprints of both recipes may be compared."""
    if a != b:
        raise RecipeMismatchError(
            f"fingerprints of recipe {a} cannot be compared with those of recipe {b}",
            hint="fingerprint both again with this version",
        )


def threshold(scale: int) -> int:
    """Greatest shingle hash a sketch of this scale keeps: all that are below 2^64 / scale (1 keeps all)."""
    if scale < 1:
        raise ValueError(f"the scale of a sketch is at least 1, not {scale}")
    return MASK64 // scale
