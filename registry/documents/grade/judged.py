"""Answers of people to the questions of a grade."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from registry.documents.grade.metric import Outcome, Verdict
from registry.documents.grade.points import Graded
from registry.errors import UsageError

_ANSWERS = {"won": Outcome.WON, "lost": Outcome.LOST}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person decided of a metric, and why."""

    metric: str
    verdict: str
    reason: str


def merged(graded: tuple[Graded, ...], judgements: Iterable[Judgement]) -> tuple[Graded, ...]:
    """The grade with the questions that people answered.

    Raises `UsageError` for a metric that does not exist, that the program decides, that is judged twice, and
    for a judgement without a verdict or a reason.
    """
    by_id = {one.metric.id: one for one in graded}
    found: dict[str, Verdict] = {}
    for judgement in judgements:
        _check(judgement, by_id, found)
        found[judgement.metric] = Verdict(_ANSWERS[judgement.verdict], judgement.reason)
    return tuple(
        replace(one, verdict=found[one.metric.id], judged=True) if one.metric.id in found else one
        for one in graded
    )


def _check(judgement: Judgement, known: Mapping[str, Graded], before: Mapping[str, Verdict]) -> None:
    name = judgement.metric
    if name not in known:
        raise UsageError(
            f"there is no metric {name!r}", hint="`registry check MODEL --format csv` lists them"
        )
    if known[name].outcome is not Outcome.QUESTION:
        raise UsageError(
            f"{name} is no question: the program decides it ({known[name].outcome})",
            hint="remove the judgement; `registry check MODEL --questions` lists what people decide",
        )
    if name in before:
        raise UsageError(f"{name} is judged twice", hint="leave one of the judgements")
    if judgement.verdict not in _ANSWERS or not judgement.reason.strip():
        raise UsageError(
            f"the judgement of {name} has no verdict or no reason",
            hint="give a verdict, won or lost, and a reason",
        )
