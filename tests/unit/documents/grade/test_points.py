"""Points, ranges and grades; the answers of people."""

from fractions import Fraction

import pytest

from registry.documents.grade.check_json import check_json, decided_json
from registry.documents.grade.judged import Judgement, merged
from registry.documents.grade.losses import losses_of
from registry.documents.grade.metric import By, Outcome
from registry.documents.grade.points import Points, letter, points
from registry.documents.grade.rubric import METRICS
from registry.errors import UsageError
from tests.facts import CASES
from tests.unit.documents.grade.cases import complete, counted, silent, unclassified
from tests.unit.documents.grade.reading import checked

MODELS = {"complete": complete, "counted": counted, "silent": silent} | CASES


@pytest.mark.parametrize(
    ("share", "grade"),
    [
        (Fraction(1), "A+"),
        (Fraction(95, 100), "A+"),
        (Fraction(94_994, 100_000), "A"),
        (Fraction(9, 10), "A"),
        (Fraction(8, 10), "B+"),
        (Fraction(75, 100), "B"),
        (Fraction(6, 10), "C+"),
        (Fraction(1, 2), "C"),
        (Fraction(4, 10), "D+"),
        (Fraction(1, 4), "D"),
        (Fraction(24, 100), "F"),
        (Fraction(0), "F"),
        (None, "N/A"),
    ],
)
def test_grades(share: Fraction | None, grade: str) -> None:
    assert letter(share) == grade


def test_a_range_is_from_every_question_lost_to_every_question_won() -> None:
    found = Points(won=6, lost=2, open=4, not_applicable=100)
    assert (found.lowest, found.highest, found.decided) == (Fraction(1, 2), Fraction(5, 6), Fraction(3, 4))
    assert (Points().lowest, Points().highest, Points().decided) == (None, None, None)


@pytest.mark.parametrize("case", MODELS)
def test_every_point_is_counted_once_on_each_axis(case: str) -> None:
    found = checked(MODELS[case]())
    whole = points(found.graded)
    assert whole.applicable + whole.not_applicable == 1_893
    for axis in (found.scales, found.groups, found.dimensions):
        parts = list(axis.values())
        assert sum(part.won for part in parts) == whole.won
        assert sum(part.lost for part in parts) == whole.lost
        assert sum(part.open for part in parts) == whole.open
    assert sum(loss.points for loss in losses_of(found)) == whole.lost


@pytest.mark.parametrize("case", MODELS)
def test_what_a_program_decided_is_what_is_no_question(case: str) -> None:
    found = checked(MODELS[case]())
    told = decided_json(found)
    asked = found.of(Outcome.QUESTION)
    assert told["metrics"] == 242 - len(asked)
    assert told["points"] == 1_893 - sum(one.metric.weight for one in asked)
    assert told["by_construction"]["metrics"] <= sum(one.decider.by is By.CONSTRUCTION for one in METRICS)


def test_losses_are_put_together_by_remedy_the_greatest_first() -> None:
    losses = losses_of(checked(silent()))
    assert [loss.points for loss in losses] == sorted((loss.points for loss in losses), reverse=True)
    behaviour = next(loss for loss in losses if loss.fields == ("2.3.d",) and len(loss.lost) == 10)
    assert (behaviour.points, behaviour.title) == (100, "Behaviour of the crawlers")
    assert "`behaviour`" in behaviour.remedy
    assert len({loss.remedy for loss in losses}) == len(losses)


def test_one_remedy_that_wins_many_fields_stands_once() -> None:
    losses = losses_of(checked(unclassified()))
    assert (
        losses[0].remedy
        == "The provider: `origin` of files@1 in registry.yaml (or `registry ingest --origin`)."
    )
    assert losses[0].title is None
    assert {"2.1.c", "2.3.d", "2.6.c"} <= set(losses[0].fields)
    assert losses[0].points > 1_000


def test_json_has_findings_and_grade() -> None:
    document = check_json(checked(silent()))
    assert {"severity", "path", "message", "remedy"} == set(document["findings"][0])
    assert len(document["grade"]["metrics"]) == 242
    scale = document["grade"]["scales"]["Transparency"]
    assert scale["lowest"] <= scale["decided"] <= 100
    assert scale["lowest_grade"] == "F"


class TestJudgements:
    def test_an_answer_takes_the_place_of_the_question(self) -> None:
        found = checked(complete()).graded
        after = merged(
            found, [Judgement("D2", "won", "Linked from the model's page."), Judgement("D4", "lost", "No.")]
        )
        by_id = {one.metric.id: one for one in after}
        assert by_id["D2"].outcome is Outcome.WON
        assert by_id["D2"].judged
        assert by_id["D4"].outcome is Outcome.LOST
        assert [one for one in after if not one.judged] == [
            one for one in found if one.metric.id not in {"D2", "D4"}
        ]

    @pytest.mark.parametrize(
        ("judgements", "message"),
        [
            ([Judgement("D99", "won", "x")], "there is no metric 'D99'"),
            ([Judgement("F1.1.a.1", "lost", "x")], "F1.1.a.1 is no question"),
            ([Judgement("D1", "won", "x")], "D1 is no question"),
            ([Judgement("D2", "won", "x"), Judgement("D2", "lost", "y")], "D2 is judged twice"),
            ([Judgement("D2", "maybe", "x")], "no verdict or no reason"),
            ([Judgement("D2", "won", " ")], "no verdict or no reason"),
        ],
    )
    def test_what_nobody_may_judge_is_refused(self, judgements: list[Judgement], message: str) -> None:
        with pytest.raises(UsageError, match=message):
            merged(checked(complete()).graded, judgements)
