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
        return tuple(dict.fromkeys(place_of(one.metric.field) for one in self.lost))

    @property
    def title(self) -> str | None:
        """The field as the form names it, where it is one."""
        return title_of(self.fields[0]) if len(self.fields) == 1 else None

    @property
    def reasons(self) -> tuple[str, ...]:
        """What was seen, each thing once."""
        return tuple(dict.fromkeys(one.verdict.reason for one in self.lost))


def title_of(field: str) -> str | None:
    """The title of a field of the rubric, which numbers some parts (3.2.a) that the form does not."""
    return TITLES.get(field) or TITLES.get(field.rpartition(".")[0])


def place_of(field: str) -> str:
    """A field as people name it: its number, or that it is the document as such."""
    return _DOCUMENT if field == "n/a" else field


def losses_of(check: Check) -> tuple[Loss, ...]:
    """The greatest first; among equals in the order of the form."""
    found: dict[str, list[Graded]] = {}
    for one in check.graded:
        if one.outcome is Outcome.LOST:
            found.setdefault(one.verdict.remedy or "", []).append(one)
    losses = (Loss(remedy, tuple(lost)) for remedy, lost in found.items())
    return tuple(sorted(losses, key=lambda loss: -loss.points))
