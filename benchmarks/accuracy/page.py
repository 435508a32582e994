"""The generated blocks of docs/accuracy.md, each a function of the figures.

A block stands between `<!-- accuracy: NAME -->` and `<!-- end -->`. A new one is a function in `BLOCKS`, its
markers in the page, and its figures in `figures.py`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from benchmarks.accuracy import answers, blocks, findings
from benchmarks.accuracy.relations import FAMILIES

Json = Any
PAGE: Final = Path(__file__).resolve().parents[2] / "docs" / "accuracy.md"
BLOCK: Final = re.compile(r"(<!-- accuracy: (\S+) -->\n).*?(<!-- end -->)", re.DOTALL)
BLOCKS: Final[Mapping[str, Callable[[Json], str]]] = {
    "findings": findings.findings,
    "verdict": findings.verdict,
    "estimation": lambda figures: blocks.errors(figures["estimation"], "class"),
    "estimation-real": lambda figures: blocks.errors(figures["estimation_real"], "pairs of"),
    "containment": blocks.containment,
    "passages": blocks.passages,
    **{f"relations-{name}": blocks.relations(name) for name in FAMILIES},
    "within": blocks.within,
    "controls": blocks.controls,
    "mix": answers.mix,
    "conflicts": answers.conflicts,
    "looked-up": answers.looked_up,
    "quotes": answers.quotes,
}


def filled(page: str, figures: Json) -> str:
    """The page with its blocks made anew. KeyError for a block that is not known."""
    return BLOCK.sub(lambda found: f"{found[1]}{BLOCKS[found[2]](figures)}{found[3]}", page)


def names(page: str) -> Iterable[str]:
    """Of the blocks that a page has."""
    return (found[2] for found in BLOCK.finditer(page))
