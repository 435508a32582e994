"""What was lost, put together by what has to be done to win it."""

from dataclasses import dataclass

from registry.documents.eu_template import TITLES
from registry.documents.grade.check import Check
from registry.documents.grade.metric import Outcome
from registry.documents.grade.points import Graded


@dataclass(frozen=True, slots=True)
class Loss:
    """Metrics of one field that the same remedy would win, and what they weigh together."""

    field: str
    remedy: str
    lost: tuple[Graded, ...]

    @property
    def points(self) -> int:
        """What the remedy would win at most."""
        return sum(one.metric.weight for one in self.lost)

    @property
    def title(self) -> str:
        """The field as the form names it."""
        return TITLES.get(self.field) or TITLES.get(self.field.rpartition(".")[0], "The document")


def losses_of(check: Check) -> tuple[Loss, ...]:
    """The greatest first; among equals in the order of the form."""
    found: dict[tuple[str, str], list[Graded]] = {}
    for one in check.graded:
        if one.outcome is Outcome.LOST:
            found.setdefault((one.metric.field, one.verdict.remedy or ""), []).append(one)
    losses = (Loss(field, remedy, tuple(lost)) for (field, remedy), lost in found.items())
    return tuple(sorted(losses, key=lambda loss: -loss.points))
