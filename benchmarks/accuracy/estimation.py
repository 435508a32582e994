"""How far signatures are from the true resemblance, beside what theory says (Broder 1997).

The error of an estimate from 128 values has the variance J (1 - J) / 128. The ratio of the measured to the
theoretical root mean square of n pairs varies itself by about 1 / sqrt(2 n): classes have enough pairs that
5 % are several times that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from benchmarks.accuracy.measure import measured
from benchmarks.accuracy.texts import SCRIPTS, Random, Record, Script
from registry.fingerprint.parameters import RECIPE
from registry.fingerprint.shingled import jaccards
from registry.fingerprint.signature import resemblance

Pair = tuple[Record, Record]
F64 = NDArray[np.float64]
SEED = 20240801
LENGTHS = {
    "5 to 20 words": (5, 20, 3200),
    "50 to 200 words": (50, 200, 3200),
    "800 to 2,000 words": (800, 2000, 1400),
}


@dataclass(frozen=True)
class Estimates:
    """True and estimated resemblance of pairs that are neither equal nor disjoint: float64[n] each."""

    true: F64
    estimated: F64

    @property
    def errors(self) -> "Errors":
        """What they differ by."""
        n, off = RECIPE.permutations, self.estimated - self.true
        variance = self.true * (1 - self.true) / n
        fourth = variance * (1 + 3 * (n - 2) * self.true * (1 - self.true)) / n**2
        return Errors(
            pairs=len(off),
            bias=float(off.mean()),
            bias_sampling=sqrt(variance.sum()) / len(off),
            rmse=sqrt(np.square(off).mean()),
            theory=sqrt(variance.mean()),
            sampling=float(np.sqrt((fourth - np.square(variance)).sum()) / (2 * variance.sum())),
        )


@dataclass(frozen=True)
class Errors:
    """Errors of the pairs of one class.

    bias:          mean error
    bias_sampling: its standard error, if theory holds
    rmse, theory:  measured and theoretical root mean square error
    sampling:      standard error of rmse / theory, if theory holds
    """

    pairs: int
    bias: float
    bias_sampling: float
    rmse: float
    theory: float
    sampling: float

    @property
    def ratio(self) -> float:
        """Of the measured to the theoretical error."""
        return self.rmse / self.theory


def estimates(pairs: Sequence[Pair]) -> Estimates:
    """Measure pairs; those whose estimate cannot be wrong (equal or disjoint sets) are left out."""
    a, b = (measured([pair[side] for pair in pairs]) for side in range(2))
    each = np.arange(len(pairs), dtype=np.int64)
    true = jaccards(a.sets, each, b.sets, each)
    inside = (true > 0) & (true < 1)
    return Estimates(true[inside], resemblance(a.signatures, b.signatures)[inside])


def joined(parts: Sequence[Estimates]) -> Estimates:
    """Estimates of several classes as one."""
    return Estimates(
        np.concatenate([part.true for part in parts]), np.concatenate([part.estimated for part in parts])
    )


def random_estimates() -> dict[tuple[str, str], Estimates]:
    """Estimates of random pairs by script and length."""
    found = {}
    for number, script in enumerate(SCRIPTS):
        for length, (least, most, count) in LENGTHS.items():
            random = Random([SEED, number, least])
            found[script.name, length] = estimates(list(random_pairs(random, script, least, most, count)))
    return found


def by_class(found: dict[tuple[str, str], Estimates]) -> dict[str, Errors]:
    """Errors by script, by length, and of all."""
    classes = {name: [part for key, part in found.items() if name in key] for key in found for name in key}
    errors = {name: joined(parts).errors for name, parts in classes.items()}
    return errors | {"all": joined(list(found.values())).errors}


def random_pairs(random: Random, script: Script, least: int, most: int, count: int) -> Iterator[Pair]:
    """Pairs of random texts of which one is made from the other, of all resemblances."""
    ways: tuple[Callable[[Random, Script, list[str]], Pair], ...] = (_replaced, _scattered, _fields)
    for number in range(count):
        words = script.draw(random, int(random.randint(least, most + 1)))
        yield ways[number % len(ways)](random, script, words)


def _replaced(random: Random, script: Script, words: list[str]) -> Pair:
    """The end of the text is another one, which may be shorter or longer."""
    kept = int(random.randint(1, len(words) + 1))
    other = script.draw(random, int(random.randint(0, 2 * (len(words) - kept) + 1)))
    return (script.text(words),), (script.text(words[:kept] + other),)


def _scattered(random: Random, script: Script, words: list[str]) -> Pair:
    """Single words are others."""
    changed = list(words)
    share = random.random() ** 2 / 2
    places = np.flatnonzero(random.random(len(words)) < share).tolist()
    for place, word in zip(places, script.draw(random, len(places)), strict=True):
        changed[place] = word
    return (script.text(words),), (script.text(changed),)


def _fields(random: Random, script: Script, words: list[str]) -> Pair:
    """A field is shared, one on each side is not."""
    cut = int(random.randint(1, len(words) + 1))
    own = script.draw(random, len(words) - cut)
    shared = script.text(words[:cut])
    return (shared, script.text(words[cut:])), (script.text(own), shared)
