"""The rubric is the published one: ids, sections, fields, dimensions and weights; the wording is ours."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from registry.documents.grade.rubric import GROUPS, METRICS, SCALES

PUBLISHED = Path(__file__).resolve().parents[5] / "shared" / "reference" / "aial-metrics.csv"


def test_it_has_242_metrics_that_weigh_1893() -> None:
    assert (len(METRICS), sum(metric.weight for metric in METRICS)) == (242, 1_893)
    assert len({metric.id for metric in METRICS}) == 242


def test_every_dimension_is_on_one_scale() -> None:
    dimensions = Counter(dimension for scale in SCALES.values() for dimension in scale)
    assert set(dimensions.values()) == {1}
    assert {metric.dimension for metric in METRICS} == set(dimensions)
    assert {metric.section for metric in METRICS} == set(GROUPS)


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the shared reference is not here")
def test_it_is_the_published_one_in_words_of_our_own() -> None:
    with PUBLISHED.open(encoding="utf-8", newline="") as lines:
        published = [row for row in csv.DictReader(lines) if row["Weight"]]
    ours = [(one.id, one.section, one.field, one.dimension.value, one.weight) for one in METRICS]
    assert ours == [
        (row["ID"], row["Section"], row["Field"], row["Dimension"], int(row["Weight"])) for row in published
    ]
    theirs = {row["Metric"].casefold() for row in published}
    assert not {metric.wording.casefold() for metric in METRICS} & theirs
