"""What was lost, put together by what has to be done to win it."""

from dataclasses import dataclass

from registry.documents.eu_template import TITLES
from registry.documents.grade.check import Check
from registry.documents.grade.metric import Outcome
from registry.documents.grade.points import Graded

_DOCUMENT = "the document"


@dataclass(frozen=True, slots=True)
class Loss:
    """Metrics that the same remedy would win, and what they weigh together."""

    remedy: str
    lost: tuple[Graded, ...]

    @property
    def points(self) -> int:
        """What the remedy would win at most."""
        return sum(one.metric.weight for one in self.lost)

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the form that lose by it, in the order of the form."""
        found = (one.metric.field for one in self.lost)
        return tuple(dict.fromkeys(_DOCUMENT if field == "n/a" else field for field in found))

    @property
    def title(self) -> str | None:
        """The field as the form names it, where it is one."""
        if len(self.fields) > 1:
            return None
        return TITLES.get(self.fields[0]) or TITLES.get(self.fields[0].rpartition(".")[0])

    @property
    def reasons(self) -> tuple[str, ...]:
        """What was seen, each thing once."""
        return tuple(dict.fromkeys(one.verdict.reason for one in self.lost))


def losses_of(check: Check) -> tuple[Loss, ...]:
    """The greatest first; among equals in the order of the form."""
    found: dict[str, list[Graded]] = {}
    for one in check.graded:
        if one.outcome is Outcome.LOST:
            found.setdefault(one.verdict.remedy or "", []).append(one)
    losses = (Loss(remedy, tuple(lost)) for remedy, lost in found.items())
    return tuple(sorted(losses, key=lambda loss: -loss.points))
