"""From verdicts to points, percentages and grades."""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from registry.documents.grade.metric import Metric, Outcome, Verdict

GRADES = (
    (95, "A+"),
    (90, "A"),
    (80, "B+"),
    (75, "B"),
    (60, "C+"),
    (50, "C"),
    (40, "D+"),
    (25, "D"),
    (0, "F"),
)


@dataclass(frozen=True, slots=True)
class Graded:
    """A metric with its verdict on one disclosure; `judged`: a person answered the question."""

    metric: Metric
    verdict: Verdict
    judged: bool = False

    @property
    def outcome(self) -> Outcome:
        """What came out."""
        return self.verdict.outcome


@dataclass(frozen=True, slots=True)
class Points:
    """Points of some metrics by outcome; a question is open. What does not apply counts nowhere."""

    won: int = 0
    lost: int = 0
    open: int = 0
    not_applicable: int = 0

    @property
    def applicable(self) -> int:
        """The points that can be had."""
        return self.won + self.lost + self.open

    @property
    def lowest(self) -> Fraction | None:
        """The share if every question is lost; None where nothing applies."""
        return _share(self.won, self.applicable)

    @property
    def highest(self) -> Fraction | None:
        """The share if every question is won."""
        return _share(self.won + self.open, self.applicable)

    @property
    def decided(self) -> Fraction | None:
        """The share of what is decided; None where nothing is."""
        return _share(self.won, self.won + self.lost)


def points(graded: Iterable[Graded]) -> Points:
    """Add up the weights by outcome."""
    sums = dict.fromkeys(Outcome, 0)
    for one in graded:
        sums[one.outcome] += one.metric.weight
    return Points(
        *(sums[outcome] for outcome in (Outcome.WON, Outcome.LOST, Outcome.QUESTION, Outcome.NOT_APPLICABLE))
    )


def letter(share: Fraction | None) -> str:
    """The grade of a share, which is rounded to hundredths of a percent as the rubric's authors do."""
    if share is None:
        return "N/A"
    percent = Fraction(round(share * 10_000), 100)
    return next(grade for least, grade in GRADES if percent >= least)


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None
