"""The worked examples: of everything declared, and of half of it, documents say just that."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.grade import example
from tests.command import Command

EXAMPLES = Path(__file__).parents[2] / "examples"
SHARED = EXAMPLES.parents[1] / "shared" / "data"

OF_THE_FORM = {"public domain"}  # a license there, and what an item of the law of California asks about

pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not beside the checkout")


def disclosed(name: str, folder: Path) -> dict[str, Any]:
    registry = Command(folder / "home")
    registry("apply", EXAMPLES / f"{name}.registry.yaml")
    registry("disclose", "reader", "--out", folder / "out")
    twin: dict[str, Any] = json.loads((folder / "out" / "disclosure.json").read_text())
    return twin


@pytest.fixture(scope="module")
def open_model(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return disclosed("open", tmp_path_factory.mktemp("open"))


@pytest.fixture(scope="module")
def half(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return disclosed("half", tmp_path_factory.mktemp("half"))


def texts(value: Any) -> set[str]:
    """Every text in a value of YAML or JSON, as one line."""
    if isinstance(value, dict):
        return set().union(*map(texts, value.values())) if value else set()
    if isinstance(value, list):
        return set().union(*map(texts, value)) if value else set()
    return {" ".join(str(value).split())}


def declared(name: str) -> set[str]:
    return texts(yaml.safe_load((EXAMPLES / f"{name}.registry.yaml").read_text()))


def test_a_fully_declared_model_has_no_gap(open_model: dict[str, Any]) -> None:
    """Of the forms; what other people's contractors were paid, nobody here can know, and it says so."""
    assert {gap["field"] for gap in open_model["gaps"]} == {"beyond.labour"}
    assert {field["status"] for field in open_model["fields"].values()} == {
        "computed",
        "declared",
        "not-applicable",
    }


def test_of_a_half_declared_one_every_gap_says_who_can_close_it(half: dict[str, Any]) -> None:
    gaps = [field for field in half["fields"].values() if field["status"] == "gap"]
    assert len(gaps) > 15
    assert all(field["closed_by"] and field["value"] is None for field in gaps)


def test_nothing_is_invented(open_model: dict[str, Any], half: dict[str, Any]) -> None:
    """What was left out stands in no document, and what was measured is the same in both."""
    missing = {text for text in declared("open") - declared("half") - OF_THE_FORM if len(text) > 12}
    assert len(missing) >= 30
    told = " ".join(texts(half))
    assert [text for text in missing if text in told] == []
    sizes, same = (
        {(one["dataset"], one["digest"], one["records"], one["words"]) for one in twin["datasets"]}
        for twin in (open_model, half)
    )
    assert sizes == same
    assert half["totals"] == open_model["totals"]


def test_half_of_the_declarations_are_missing() -> None:
    whole, part = (
        yaml.safe_load((EXAMPLES / f"{name}.registry.yaml").read_text()) for name in ("open", "half")
    )
    keys = [sum(len(entry) for entry in (file["provider"], *file["datasets"])) for file in (whole, part)]
    assert 0.45 < keys[1] / keys[0] < 0.7


def test_the_graded_page_is_that_of_the_example(monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/grade.md is written by `make grade`, judgements of people included."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # restored afterwards: the script sets its own
    assert example() == (EXAMPLES.parent / "docs" / "grade.md").read_text(encoding="utf-8")
