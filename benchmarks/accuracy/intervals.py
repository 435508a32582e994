"""How often the interval of a containment holds the truth.

A sketch keeps each distinct hash below a limit; hashes of different shingles are independent and uniform.
So trials draw those below the limit alone, as many as a set of a known size has by the binomial law: the same
sketches as those of whole sets, at a hundredth of the work. One class of trials does all of it, with text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from benchmarks.accuracy.measure import fingerprints
from benchmarks.accuracy.texts import SCRIPTS, Random
from registry.fingerprint.leaves import U64
from registry.fingerprint.overlap import overlap
from registry.fingerprint.parameters import threshold
from registry.fingerprint.sketch import Sketch, SketchBuilder

SEED = 20240802
SCALES = (10, 100, 1000)
SHARES = (0.0, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1.0)
SAMPLES = (10, 100, 1000)  # hashes that a sketch of A keeps, on average
TRIALS = 400
TEXT_TRIALS = 500


@dataclass(frozen=True)
class Coverage:
    """How many of so many intervals held the truth, and how wide they were on average."""

    trials: int
    held: int
    width: float

    @property
    def share(self) -> float:
        """Of the intervals that held the truth."""
        return self.held / self.trials


def coverages() -> dict[tuple[int, float, int], Coverage]:
    """By scale, share of A that is in B, and hashes kept of A."""
    return {
        key: _coverage(_trials(Random([SEED, number]), *key))
        for number, key in enumerate(product(SCALES, SHARES, SAMPLES))
    }


def text_coverage() -> Coverage:
    """Of sketches of random texts of all scripts at scale 10, through the kernel."""
    return _coverage(_text_trials(Random(SEED)))


def together(found: list[Coverage]) -> Coverage:
    """Several classes as one."""
    trials = sum(each.trials for each in found)
    return Coverage(
        trials, sum(each.held for each in found), sum(each.width * each.trials for each in found) / trials
    )


def _coverage(trials: Iterator[tuple[float, Sketch, Sketch]]) -> Coverage:
    widths, held = [], 0
    for truth, a, b in trials:
        found = overlap(a, b)
        interval = found.interval(found.a)
        if interval is not None:  # of a sketch without hashes nothing is said
            widths.append(interval.high - interval.low)
            held += interval.low <= truth <= interval.high
    return Coverage(len(widths), held, float(np.mean(widths)))


def _trials(random: Random, scale: int, share: float, sample: int) -> Iterator[tuple[float, Sketch, Sketch]]:
    size = scale * sample
    common = round(share * size)
    for finer in random.randint(0, 2, TRIALS).tolist():
        shared, rest, other = (
            _hashes(random, count, scale)
            for count in (common, size - common, int(random.randint(0, 2 * size)))
        )
        more = _hashes(random, other.size * 9, 1) if finer else np.empty(0, np.uint64)
        yield (
            common / size,
            _sketch(scale, shared, rest),
            _sketch(scale // 10 if finer else scale, shared, other, more),
        )


def _hashes(random: Random, count: int, scale: int) -> U64:
    """Of so many distinct shingles those hashes that a sketch keeps."""
    kept = int(random.binomial(count, 1 / scale))
    return random.randint(0, threshold(scale) + 1, kept, np.uint64)


def _sketch(scale: int, *hashes: U64) -> Sketch:
    distinct, counts = np.unique(np.concatenate(hashes), return_counts=True)
    return Sketch(scale, distinct, counts.astype(np.uint64))


def _text_trials(random: Random) -> Iterator[tuple[float, Sketch, Sketch]]:
    for number in range(TEXT_TRIALS):
        script = SCRIPTS[number % len(SCRIPTS)]
        shared, own, other = (
            script.text(script.draw(random, int(random.randint(5, 2000)))) for _ in range(3)
        )
        a, b = (_sketch_of(texts) for texts in ((shared, own), (shared, other)))
        truth = overlap(a, b).a_in_b
        yield truth or 0.0, a.downsample(10), b.downsample(10)


def _sketch_of(texts: tuple[str, ...]) -> Sketch:
    builder = SketchBuilder()
    builder.add(fingerprints([texts], signatures=False, passages=False).sketch_hashes)
    return builder.build()
