"""The figures of docs/accuracy.json meet what the design promises; test_figures.py measures them."""

import json
from typing import Any

import pytest

from benchmarks.accuracy.figures import FILE
from benchmarks.accuracy.findings import agrees
from benchmarks.accuracy.relations import FAMILIES
from benchmarks.accuracy.winnowing import ONE, TWO

Json = Any
FIGURES = json.loads(FILE.read_text(encoding="utf-8"))
ALL_RELATIONS = [each for name in FAMILIES for each in FIGURES[f"relations_{name}"]]
CLASSES = [*FIGURES["estimation"].items(), *FIGURES["estimation_real"].items()]
RUNS = {each["words"]: each for each in FIGURES["passages"]}


@pytest.mark.parametrize(("name", "found"), CLASSES, ids=lambda each: each if isinstance(each, str) else "")
def test_the_error_of_estimates_is_that_of_theory(name: str, found: Json) -> None:
    """In each class of script, length and kind of text; there are enough pairs to tell 5 % by 3 errors."""
    assert found["pairs"] >= 2_000
    assert found["sampling"] <= 0.05 / 3
    assert abs(found["ratio"] - 1) < 0.05
    assert abs(found["bias"]) < 4 * found["bias_sampling"]


def test_estimates_are_of_ten_scripts_and_three_lengths_without_bias() -> None:
    assert len(FIGURES["estimation"]) == 10 + 3 + 1
    assert abs(FIGURES["estimation"]["all"]["bias"]) < 0.001


@pytest.mark.parametrize("kind", ["scale", "share", "sample"])
def test_intervals_hold_the_truth_95_times_in_100(kind: str) -> None:
    for value, each in FIGURES["containment"][kind].items():
        assert each["held"] >= 0.95 * each["trials"], value


def test_intervals_of_sketched_text_do_so_too() -> None:
    text = FIGURES["containment"]["text"]
    assert text["held"] >= 0.95 * text["trials"]


def test_a_run_of_36_words_shares_a_kept_shingle_always() -> None:
    assert ONE == 36
    assert (RUNS[36]["trials"], RUNS[36]["one"]) == (10_000, 10_000)


def test_a_run_of_68_words_shares_two() -> None:
    assert TWO == 68
    assert (RUNS[68]["trials"], RUNS[68]["two"]) == (10_000, 10_000)


def test_the_bounds_are_sharp() -> None:
    """Shorter runs are not always found: otherwise these trials could not have failed."""
    assert RUNS[35]["one"] < 10_000
    assert RUNS[60]["two"] < 10_000


def test_every_relation_of_the_known_truth_is_there() -> None:
    assert len(ALL_RELATIONS) == 39


@pytest.mark.parametrize(
    "relation", [*ALL_RELATIONS, *FIGURES["controls"]], ids=lambda each: f"{each['a']} {each['b']}"
)
def test_counts_are_those_of_brute_force_and_verified_pairs_are_the_true_ones(relation: Json) -> None:
    assert agrees(relation)


def test_the_estimate_finds_99_of_100_true_pairs() -> None:
    for each in ALL_RELATIONS:
        assert each["estimated"]["both"] >= 0.99 * each["estimated"]["true"]


def test_versions_repeat_themselves_as_brute_force_counts() -> None:
    for each in FIGURES["within"]:
        assert each["registry"] == each["brute"], each["set"]


def test_negative_controls_give_nothing() -> None:
    for each in FIGURES["controls"]:
        said = each["registry"]
        assert (said["records_equal"], said["words_equal"]) == (0, {"a": 0, "b": 0})
        assert (said["near"]["pairs"], said["estimated_pairs"]) == (0, 0)
