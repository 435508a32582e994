"""How much of tests is in training data: what the disclosure says of it, and to whom."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from registry.documents.beyond import OVERLAP
from registry.documents.contamination import CLOSER, overlap_field, rows_by_column
from registry.documents.contamination_json import contamination_json
from registry.documents.differences import differences
from registry.documents.disclosure import build_disclosure
from registry.documents.disclosure_json import as_json
from registry.documents.fields import Field, Status, Table
from registry.documents.grade.check import check_disclosure
from registry.documents.projection import Audience, project
from registry.domain.benchmarks import Outcome, Presence, SearchBasis, together
from registry.domain.facts import BenchmarkFacts, ModelFacts
from tests.facts import benchmark, component, guarded, model, nothing_known, outcome, search, version
from tests.unit.documents.grade.cases import ON

SAME, PART, LIKELY, NOT = Presence.SAME_WORDS, Presence.IN_PART, Presence.LIKELY, Presence.ABSENT


def measured_by(*benchmarks: BenchmarkFacts) -> ModelFacts:
    return replace(model(component(version("a")), component(version("b"))), benchmarks=benchmarks)


def field_of(facts: ModelFacts, audience: Audience = Audience.PUBLIC) -> Field:
    return overlap_field(project(facts, audience))


def kinds() -> st.SearchStrategy[list[Outcome]]:
    of_one = st.lists(st.sampled_from(Presence), min_size=6, max_size=6)
    made = st.builds(
        lambda found, basis: Outcome(basis, bytes(found), 0), of_one, st.sampled_from(SearchBasis)
    )
    return st.lists(made, min_size=1, max_size=5)


@given(kinds())
def test_what_is_found_in_several_versions_lies_between_the_most_of_one_and_the_sum(
    found: list[Outcome],
) -> None:
    """A record that is found in two versions is one record."""
    whole = together(tuple(found))
    assert max(one.found for one in found) <= whole.found <= sum(one.found for one in found)
    assert max(one.certain for one in found) <= whole.certain <= whole.found <= len(whole.kinds)
    assert together(tuple(reversed(found))).kinds == whole.kinds


def test_without_a_word_on_tests_there_is_a_gap_that_says_who_closes_it() -> None:
    found = field_of(nothing_known())
    assert (found.status, found.closed_by) == (Status.GAP, CLOSER)
    built = build_disclosure(nothing_known())
    assert OVERLAP in {gap.field for gap in built.gaps}
    assert OVERLAP not in {field.id for field in built.fields}


def test_none_and_not_applicable_are_answers() -> None:
    none = field_of(replace(nothing_known(), no_benchmarks="none"))
    assert (none.status, none.value) == (Status.DECLARED, "The model is measured by no test.")
    assert field_of(replace(nothing_known(), no_benchmarks="not applicable")).status is Status.NOT_APPLICABLE


def test_tests_of_a_model_of_no_known_data_stay_a_gap() -> None:
    found = field_of(replace(model(), benchmarks=(benchmark("test"),)))
    assert found.status is Status.GAP
    assert "`training`" in (found.closed_by or "")


def test_a_record_that_stands_in_two_datasets_is_counted_once_in_all() -> None:
    facts = measured_by(
        benchmark(
            "t", search("a@1", outcome(SAME, SAME, NOT, PART)), search("b@1", outcome(SAME, NOT, LIKELY, NOT))
        )
    )
    found = field_of(facts)
    assert isinstance(found.value, Table)
    assert found.value.summary == "t@1: 3 of 4 records (75 %) found, 1 of them by estimate."
    rows = rows_by_column(project(facts, Audience.PUBLIC))
    assert [(row["dataset"], row["found"], row["share"]) for row in rows] == [
        ("all that was searched: 2 datasets", 3, Fraction(3, 4)),
        ("a@1", 2, Fraction(1, 2)),
        ("b@1", 2, Fraction(1, 2)),
    ]
    assert rows[0]["reported"] == "accuracy: 57.1 %"


def test_datasets_without_anything_are_one_line_and_those_not_searched_say_why() -> None:
    facts = measured_by(
        benchmark(
            "t",
            search("a@1", outcome(SAME, NOT, NOT, NOT)),
            *(search(f"empty-{number}@1", outcome(*[NOT] * 4)) for number in range(30)),
            search("b@1", why="sketch fingerprints alone are kept of it"),
        )
    )
    found = field_of(facts)
    where = [row["dataset"] for row in rows_by_column(project(facts, Audience.PUBLIC))]
    assert where == ["all that was searched: 31 datasets", "a@1", "30 other datasets: nothing", "b@1"]
    assert found.closed_by == "Whoever adds the datasets: `source`, with `fingerprints: full`, of b@1."
    assert isinstance(found.value, Table)
    assert found.value.summary.endswith("found in what could be searched (1 dataset could not).")


class TestPublic:
    """What is not public is neither named nor told apart; all of it stays in the sums."""

    def test_what_is_not_named_is_one_line(self) -> None:
        public = rows_by_column(project(guarded(), Audience.PUBLIC))
        audited = rows_by_column(project(guarded(), Audience.AUDITOR))
        assert {row["benchmark"] for row in public} == {"letters-test@1", "benchmark 1 that is not named"}
        assert [row["found"] for row in public[:3]] == [4, 4, 0]
        assert [row["dataset"] for row in public[1:4]] == [
            "datasets that are not named (2)",
            "1 other dataset: nothing",
            "datasets that are not named",
        ]
        assert "secret-news-archive@1" in {row["dataset"] for row in audited}
        assert public[0]["found"] == audited[0]["found"]

    def test_no_name_and_no_result_of_a_private_test_stands_anywhere(self) -> None:
        twin = str(as_json(build_disclosure(guarded()))).lower()
        assert "secret" not in twin
        assert "secret" not in str(contamination_json(project(guarded(), Audience.PUBLIC))).lower()


def test_the_json_has_both_ends_and_numbers_of_examples() -> None:
    facts = measured_by(
        benchmark("t", search("a@1", outcome(NOT, SAME, LIKELY, PART, basis=SearchBasis.INDEX)))
    )
    (found,) = contamination_json(facts)
    assert found["all"]["interval"] == [1, 2]
    assert found["all"]["examples"] == [1, 2]
    assert found["datasets"][0]["basis"] == "index"
    assert found["state_of"] == facts.stated_at


def test_a_check_warns_from_one_in_a_hundred_on() -> None:
    one = outcome(SAME, *[NOT] * 99)
    none = outcome(*[NOT] * 100)
    for found, told in ((one, True), (none, False)):
        facts = measured_by(benchmark("t", search("a@1", found), records=100))
        findings = check_disclosure(build_disclosure(facts), ON).findings
        assert any(finding.path == "models.mathlet.benchmarks" for finding in findings) is told


def test_an_edition_without_this_part_is_compared_as_if_nothing_had_been_said() -> None:
    now = as_json(build_disclosure(measured_by(benchmark("t", search("a@1", outcome(SAME, NOT, NOT, NOT))))))
    before = {key: value for key, value in now.items() if key != "beyond"}
    assert differences(before, now) == ()


def test_a_change_of_what_is_found_is_told() -> None:
    was, now = (
        as_json(build_disclosure(measured_by(benchmark("t", search("a@1", outcome(kind, NOT, NOT, NOT))))))
        for kind in (NOT, SAME)
    )
    (change,) = differences(was, now)
    assert (change.part, change.subject) == (OVERLAP, "Overlap of tests and training data")
    assert (change.before, change.after) == (
        "t@1: 0 of 4 records (0 %) found.",
        "t@1: 1 of 4 records (25 %) found.",
    )
