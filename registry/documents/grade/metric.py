"""A metric of the rubric: what it asks, how much it weighs, and who decides it how."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from registry.documents.grade.examined import Examined


class Dimension(StrEnum):
    """The dimensions of quality."""

    CLARITY = "Clarity"
    COMPLETENESS = "Completeness"
    CONSISTENCY = "Consistency"
    CORRECTNESS = "Correctness"
    ACCESSIBILITY = "Accessibility"
    COMPREHENSION = "Comprehension"


class Outcome(StrEnum):
    """What came out for a metric; a question is open until a person has answered it."""

    WON = "won"
    LOST = "lost"
    NOT_APPLICABLE = "not-applicable"
    QUESTION = "question"


class By(StrEnum):
    """Who decides a metric.

    construction: won by how the documents are made, whatever is stated
    either: a program where it can know, else a person
    person: a program only sees that there is nothing to judge
    """

    PROGRAM = "program"
    CONSTRUCTION = "construction"
    EITHER = "either"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome with its reason; `remedy` says of what is lost who can win it back, and how."""

    outcome: Outcome
    reason: str
    remedy: str | None = None


Decide = Callable[[Examined], Verdict]


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, and the part of it that a program does."""

    by: By
    decide: Decide


@dataclass(frozen=True, slots=True)
class Metric:
    """One line of the rubric; `wording` is ours: what holds where the metric is won."""

    id: str
    section: str
    field: str
    dimension: Dimension
    weight: int
    wording: str
    decider: Decider


def won(reason: str) -> Verdict:
    """The points are there."""
    return Verdict(Outcome.WON, reason)


def lost(reason: str, remedy: str | None) -> Verdict:
    """The points are not there."""
    return Verdict(Outcome.LOST, reason, remedy)


def question(reason: str) -> Verdict:
    """A person has to look; `reason` says why a program cannot."""
    return Verdict(Outcome.QUESTION, reason)


def not_applicable(reason: str) -> Verdict:
    """The metric does not arise; its points do not count."""
    return Verdict(Outcome.NOT_APPLICABLE, reason)
