"""A disclosure checked before it is published: its grade by the rubric, and what was found."""

from dataclasses import dataclass
from datetime import date

from registry.documents.described import is_described
from registry.documents.disclosure import Disclosure
from registry.documents.grade.examined import Examined
from registry.documents.grade.finding import Finding, Severity
from registry.documents.grade.findings import findings_of
from registry.documents.grade.metric import Dimension, Outcome
from registry.documents.grade.points import Graded, Points, points
from registry.documents.grade.rubric import GROUPS, METRICS, SCALES
from registry.documents.withheld import is_withheld


@dataclass(frozen=True, slots=True)
class Check:
    """The verdicts in the order of the rubric, and the findings, on a day."""

    disclosure: Disclosure
    on: date
    graded: tuple[Graded, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """Findings that `--strict` does not let pass."""
        return sum(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def has_general_names(self) -> bool:
        """Whether datasets stand under general names, as remedies then name them, too."""
        versions = [use.version for use in self.disclosure.uses]
        return any(is_described(one) or is_withheld(one) for one in versions)

    @property
    def scales(self) -> dict[str, Points]:
        """Transparency and Usefulness."""
        return {
            name: points(one for one in self.graded if one.metric.dimension in dimensions)
            for name, dimensions in SCALES.items()
        }

    @property
    def groups(self) -> dict[str, Points]:
        """The points by part of the form, as the rubric's authors group them."""
        return {
            group: points(one for one in self.graded if GROUPS[one.metric.section] == group)
            for group in dict.fromkeys(GROUPS.values())
        }

    @property
    def dimensions(self) -> dict[str, Points]:
        """The points by dimension."""
        return {
            dimension.value: points(one for one in self.graded if one.metric.dimension is dimension)
            for dimension in Dimension
        }

    def of(self, outcome: Outcome) -> tuple[Graded, ...]:
        """The metrics with an outcome, the heaviest first."""
        found = (one for one in self.graded if one.outcome is outcome)
        return tuple(sorted(found, key=lambda one: -one.metric.weight))


def check_disclosure(disclosure: Disclosure, on: date) -> Check:
    """Grade a disclosure and look for what is due, open, vague or praised."""
    examined = Examined(disclosure, on)
    graded = tuple(Graded(metric, metric.decider.decide(examined)) for metric in METRICS)
    return Check(disclosure, on, graded, findings_of(examined))
