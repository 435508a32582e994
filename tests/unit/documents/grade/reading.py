"""Grading for tests."""

from collections.abc import Mapping

from registry.documents.edition import History
from registry.documents.grade.check import Check, check_disclosure
from registry.domain.facts import ModelFacts
from tests.unit.documents.grade.cases import HISTORY, ON, graded


def checked(facts: ModelFacts, history: History = HISTORY) -> Check:
    """The check of a model on the day of the tests."""
    return check_disclosure(graded(facts, history), ON)


def outcomes(facts: ModelFacts, history: History = HISTORY) -> Mapping[str, str]:
    """The outcome of every metric by its id."""
    return {one.metric.id: one.outcome.value for one in checked(facts, history).graded}
