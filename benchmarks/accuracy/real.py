"""Pairs of records made of the shared data, to measure estimates on text that people wrote."""

from collections.abc import Iterator, Sequence

from benchmarks.accuracy.estimation import Estimates, Pair, estimates
from benchmarks.accuracy.sets import SETS, Row
from benchmarks.accuracy.texts import Random

SEED = 20240804
LANGUAGES = ("en", "de", "es", "zh", "ar", "hi")
MIXED = {
    "questions and paragraphs in six languages": [
        *(f"xquad/{language}:question" for language in LANGUAGES),
        *(f"xquad/{language}:context" for language in LANGUAGES),
    ],
    "plays and a novel": ["tinyshakespeare:speech", "standardebooks_pp:para"],
    "instructions with code": ["gpteacher/codegen:full", "gpteacher/toolformer-similarity-0.6:full"],
}
DERIVED = (
    ("gsm8k/train:full", "alpaca_cleaned/gsm_8k_train:full"),
    ("gsm8k/test:full", "gsm8k/test_socratic:full"),
)


def real_estimates() -> dict[str, Estimates]:
    """Estimates by kind of text: records beside their derivatives, and records that share a part."""
    derived = [pair for names in DERIVED for pair in _side_by_side(*names)]
    found = {"problems beside their derivatives": estimates(derived)}
    for number, (name, sets) in enumerate(MIXED.items()):
        random = Random([SEED, number])
        found[name] = estimates([pair for each in sets for pair in _sharing(random, SETS[each].rows())])
    return found


def _side_by_side(a: str, b: str) -> Iterator[Pair]:
    for left, right in zip(SETS[a].rows(), SETS[b].rows(), strict=True):
        yield left.fields, right.fields


def _sharing(random: Random, rows: Sequence[Row]) -> Iterator[Pair]:
    """Three records make a pair: one that both have, and of the two others a part each."""
    order = random.permutation(len(rows)).tolist()
    for shared, a, b in zip(order[0::3], order[1::3], order[2::3], strict=False):
        parts = (_part(random, rows[each]) for each in (a, b))
        left, right = ((*rows[shared].fields, part) for part in parts)
        yield left, right


def _part(random: Random, row: Row) -> str:
    text = "\n".join(row.fields)
    return text[: int(random.randint(0, len(text) + 1))]
