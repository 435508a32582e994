"""docs/accuracy.json holds what is measured, and docs/accuracy.md says it."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.accuracy.figures import FILE, GENERATED, SHARED
from benchmarks.accuracy.page import BLOCKS, PAGE, filled, names
from benchmarks.accuracy.relations import Registered
from tests.accuracy.near import near
from tests.command import Command

Json = Any
FIGURES = json.loads(FILE.read_text(encoding="utf-8"))
LENGTHY = {
    *("containment", "controls", "estimation", "looked_up", "passages"),
    *("relations_gsm8k", "relations_seed", "relations_toolformer", "within"),
}


def parts(names: Iterable[str]) -> list[pytest.ParameterSet]:
    """Parts of the figures; those that take ten seconds and more are for `make lengthy`."""
    return [pytest.param(name, marks=[pytest.mark.lengthy] if name in LENGTHY else []) for name in names]


def test_the_blocks_of_the_page_are_made_of_the_figures() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert sorted(names(page)) == sorted(BLOCKS)
    assert filled(page, FIGURES) == page, "run python -m benchmarks.accuracy --page"


@pytest.mark.parametrize("part", parts(GENERATED))
def test_figures_of_random_texts_are_what_is_measured(part: str) -> None:
    assert near(GENERATED[part](), FIGURES[part]), "run make accuracy"


@pytest.fixture
def registered(shared_data: Path, tmp_path: Path) -> Registered:
    assert shared_data.is_dir()
    return Registered(Command(tmp_path / "home"), tmp_path)


@pytest.mark.parametrize("part", parts(SHARED))
def test_figures_of_the_shared_data_are_what_is_measured(part: str, registered: Registered) -> None:
    assert near(SHARED[part](registered), FIGURES[part]), "run make accuracy"
