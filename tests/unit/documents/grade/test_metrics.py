"""Each metric is won, lost or asked, or does not apply: one change turns what it must and nothing else."""

from collections.abc import Callable, Mapping, Set
from functools import cache

import pytest

from registry.documents.grade.metric import By, Metric, Outcome
from registry.documents.grade.rubric import METRICS
from registry.domain.facts import ModelFacts
from tests.unit.documents.grade.cases import (
    complete,
    counted,
    in_no_band,
    never_read,
    silent,
    unclassified,
)
from tests.unit.documents.grade.changes import CHANGES, HISTORIES
from tests.unit.documents.grade.reading import checked, outcomes
from tests.unit.documents.grade.turned import TURNED, TURNED_BY_EDITIONS

CRAWL_ALONE = "only crawled data"
MODELS = {
    model.__name__: model for model in (complete, counted, silent, unclassified, never_read, in_no_band)
}


@cache
def of_complete() -> dict[str, str]:
    return dict(outcomes(complete()))


def turned(found: dict[str, str]) -> dict[str, str]:
    return {metric: outcome for metric, outcome in found.items() if outcome != of_complete()[metric]}


def flat(expected: dict[str, str]) -> dict[str, str]:
    return {metric: outcome for outcome, metrics in expected.items() for metric in metrics.split()}


def test_of_the_complete_model_nothing_is_lost_and_everything_applies() -> None:
    assert set(of_complete().values()) == {"won", "question"}


@pytest.mark.parametrize("name", sorted(CHANGES.keys() - {CRAWL_ALONE}))
def test_one_change_turns_these_metrics_and_no_others(name: str) -> None:
    assert turned(dict(outcomes(CHANGES[name](complete())))) == flat(dict(TURNED[name]))


@pytest.mark.parametrize("name", sorted(HISTORIES))
def test_editions_turn_these_metrics_and_no_others(name: str) -> None:
    assert turned(dict(outcomes(complete(), HISTORIES[name]))) == flat(dict(TURNED_BY_EDITIONS[name]))


def test_a_section_answered_with_no_keeps_its_answer_and_its_consistency() -> None:
    """As the authors of the rubric score it: the rest of the section does not apply, and costs nothing."""
    found = outcomes(CHANGES[CRAWL_ALONE](complete()))
    kept = {
        metric.id
        for metric in METRICS
        if metric.field in {"2.1", "2.2", "2.4", "2.5", "2.6", "2.4.b"} or metric.field.endswith(".a")
    }
    for metric in METRICS:
        if metric.section in {"2.1", "2.2", "2.4", "2.5"}:
            applies = found[metric.id] != "not-applicable"
            assert applies == (metric.id in kept), metric.id


@pytest.mark.parametrize(
    "metric",
    [
        *("F1.3.a.2", "F1.3.b.3", "F1.3.e.4", "F2.1.b.2", "F2.2.1.b.2", "F2.2.2.b.2"),
        *("F2.3.g.2", "F2.3.h.2", "F2.4.d.2", "F2.5.b.2"),
    ],
)
def test_what_the_registry_counted_is_right(metric: str) -> None:
    assert outcomes(counted())[metric] == "won"


@pytest.mark.parametrize(
    ("model", "metric"),
    [
        ("silent", "F1.3.a.1"),
        ("silent", "F2.1.b.1"),
        ("silent", "F2.5.b.2"),
        ("unclassified", "F2.1.a.1"),
        ("unclassified", "F2.6.c.1"),
        ("never_read", "F1.3.g.1"),
        ("in_no_band", "F1.3.b.2"),
        ("in_no_band", "F1.3.b.3"),
    ],
)
def test_what_nobody_said_is_lost(model: str, metric: str) -> None:
    assert outcomes(MODELS[model]())[metric] == "lost"


@cache
def seen() -> dict[str, frozenset[str]]:
    """Every outcome of every metric over all cases of this module."""
    cases: list[dict[str, str]] = [dict(outcomes(model())) for model in MODELS.values()]
    cases += [dict(outcomes(change(complete()))) for change in CHANGES.values()]
    cases += [dict(outcomes(complete(), history)) for history in HISTORIES.values()]
    return {metric.id: frozenset(case[metric.id] for case in cases) for metric in METRICS}


@pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)
def test_no_metric_lacks_a_case(metric: Metric) -> None:
    """A program can win and lose it, either also asks, a person is asked, construction only wins."""
    known: Mapping[By, Callable[[Set[str]], bool]] = {
        By.PROGRAM: lambda found: {"won", "lost"} <= found and "question" not in found,
        By.EITHER: lambda found: "question" in found and bool({"won", "lost"} & found),
        By.PERSON: lambda found: "question" in found and "won" not in found,
        By.CONSTRUCTION: lambda found: found <= {"won", "not-applicable"},
    }
    assert known[metric.decider.by](seen()[metric.id]), seen()[metric.id]


@pytest.mark.parametrize("model", MODELS.values(), ids=MODELS)
def test_what_is_lost_says_how_to_win_it(model: Callable[[], ModelFacts]) -> None:
    for one in checked(model()).graded:
        assert one.verdict.reason
        assert bool(one.verdict.remedy) == (one.outcome is Outcome.LOST), one.metric.id
