"""The rubric: 242 weighted metrics of a public summary of training content.

Ids, sections, dimensions and weights are those of the AI Accountability Lab's quality assessment of such
summaries (https://aial.ie/research/gpai-training-transparency/methodology, version of September 2026); the
wording is ours. Its method, as published there: a metric is met (1), partly (1/2) or not (0), times its
weight; what does not apply does not count; points are added up by section and dimension; Transparency is the
sum of four dimensions, Usefulness of two; the share of the points that apply gives the grade, from A+ at 95 %
down to F. Of a section that is answered with no, the answer and its consistency count, and nothing else. A
program gives no half points: what is met in part is lost here.
"""

import csv
from importlib.resources import files

from registry.documents.grade import crawled, document, general, handling, private, public, synthetic, users
from registry.documents.grade.metric import Dimension, Metric

PRESUMED = "The authors of the rubric presume that, unless the summary contradicts itself."
SOURCE = "https://aial.ie/research/gpai-training-transparency/methodology"
GROUPS = {
    "Document": "The document",
    "0": "The document",
    "1": "1 Provider, model, data",
    "2.1": "2.1 Public datasets",
    "2.2": "2.2 Private datasets",
    "2.3": "2.3 Crawled data",
    "2.4": "2.4 Data of users",
    "2.5": "2.5, 2.6 Synthetic, other",
    "3": "3 Handling",
}
SCALES = {
    "Transparency": (
        Dimension.CLARITY,
        Dimension.COMPLETENESS,
        Dimension.CONSISTENCY,
        Dimension.CORRECTNESS,
    ),
    "Usefulness": (Dimension.ACCESSIBILITY, Dimension.COMPREHENSION),
}
_DECIDERS = (
    document.DECIDERS
    | general.DECIDERS
    | public.DECIDERS
    | private.DECIDERS
    | crawled.DECIDERS
    | users.DECIDERS
    | synthetic.DECIDERS
    | handling.DECIDERS
)


def _read() -> tuple[Metric, ...]:
    table = files(__package__).joinpath("rubric.csv").read_text(encoding="utf-8")
    return tuple(
        Metric(
            row["id"],
            row["section"],
            row["field"],
            Dimension(row["dimension"]),
            int(row["weight"]),
            row["wording"],
            _DECIDERS[row["id"]],
        )
        for row in csv.DictReader(table.splitlines())
    )


METRICS = _read()
