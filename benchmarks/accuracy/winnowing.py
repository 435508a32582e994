"""Whether a run of words that stands in a longer record is found by the record's passages.

Of any window of 32 shingles one is kept (Schleimer, Wilkerson, Aiken 2003): a run of 36 words is such a
window, one of 68 words holds two that share nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from benchmarks.accuracy.measure import Records, all_shingles, fingerprints
from benchmarks.accuracy.texts import SCRIPTS, Random, Record, Script, written_otherwise
from registry.fingerprint.parameters import RECIPE

SEED = 20240803
ONE = RECIPE.window + RECIPE.shingle - 1  # words that share at least one kept shingle
TWO = 2 * RECIPE.window + RECIPE.shingle - 1
TRIALS = 10_000
BATCH = 500
MOST_AROUND = 300  # words before and after the run
MOST_FIELDS = 3


@dataclass(frozen=True)
class Found:
    """Of trials with runs of so many words: how many shared at least one, and two, kept shingles."""

    words: int
    trials: int
    one: int
    two: int


def found(words: int, trials: int = TRIALS) -> Found:
    """Plant runs, and count how many kept shingles of the record are of the run."""
    random = Random([SEED, words])
    shared = [count for _ in range(trials // BATCH) for count in _batch(random, words)]
    return Found(
        words=words,
        trials=len(shared),
        one=sum(count >= 1 for count in shared),
        two=sum(count >= 2 for count in shared),
    )


def _batch(random: Random, words: int) -> Iterator[int]:
    planted = [_planted(random, SCRIPTS[number % len(SCRIPTS)], words) for number in range(BATCH)]
    runs: Records = [(run,) for run, _ in planted]
    asked = all_shingles(runs)
    kept = fingerprints([record for _, record in planted], signatures=False)
    bounds = np.searchsorted(kept.passage_records, np.arange(BATCH + 1))
    for number in range(BATCH):
        passages = kept.passage_hashes[bounds[number] : bounds[number + 1]]
        yield len(np.intersect1d(passages, asked.fields_of(number)[0]))


def _planted(random: Random, script: Script, words: int) -> tuple[str, Record]:
    """A run of words, and a record of one to three fields of which one holds it, written otherwise."""
    run = script.draw(random, words)
    before, after = (script.draw(random, int(random.randint(0, MOST_AROUND))) for _ in range(2))
    holder = written_otherwise(script, random, [*before, *run, *after])
    others = [script.text(script.draw(random, 40)) for _ in range(int(random.randint(0, MOST_FIELDS)))]
    others.insert(int(random.randint(0, len(others) + 1)), holder)
    return script.text(run), tuple(others)
