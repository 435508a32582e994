"""Combination and standing: any disallow wins, and what was said when the data were taken counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.reservation import Observed, Says, Standing, combined, last_day, standing

SAYS = st.sampled_from(Says)
DAYS = st.dates().map(str)


@given(st.lists(SAYS))
def test_any_disallow_wins_then_any_allow(said: list[Says]) -> None:
    """draft-ietf-aipref-vocab: the most restrictive preference applies."""
    expected = Says.DISALLOW if Says.DISALLOW in said else Says.ALLOW if Says.ALLOW in said else Says.UNSET
    assert combined(said) is expected
    assert combined(reversed(said)) is expected


@given(SAYS, SAYS, SAYS)
def test_the_order_and_grouping_of_signals_changes_nothing(a: Says, b: Says, c: Says) -> None:
    assert combined([combined([a, b]), c]) is combined([a, combined([b, c])])


@pytest.mark.parametrize(
    ("series", "begin", "end", "expected"),
    [
        ([("2025-03-01", "disallow")], "2025-01", "2025-06", Standing.IN_FORCE),
        ([("2025-07-01", "disallow")], "2025-01", "2025-06", Standing.LATER),
        ([("2025-07-01", "disallow")], "2025-01", "ongoing", Standing.IN_FORCE),
        ([("2025-07-01", "disallow")], "2025-01", "2025", Standing.IN_FORCE),
        ([("2025-07-01", "disallow")], None, None, Standing.UNDATED),
        ([("2024-01-01", "disallow"), ("2024-06-01", "allow")], "2025-01", "2025-06", None),
        ([("2024-01-01", "disallow"), ("2025-02-01", "allow")], "2025-01", "2025-06", Standing.IN_FORCE),
        ([("2024-01-01", "allow"), ("2026-02-01", "disallow")], "2025-01", "2025-06", Standing.LATER),
        ([("2024-01-01", "allow")], "2025-01", "2025-06", None),
        ([("2024-01-01", "unset")], None, None, None),
    ],
)
def test_what_is_known_of_the_time_of_collection(
    series: list[tuple[str, str]], begin: str | None, end: str | None, expected: Standing | None
) -> None:
    assert standing([Observed(day, Says(says)) for day, says in series], begin, end) is expected


@given(st.lists(st.builds(Observed, DAYS, SAYS)), DAYS, DAYS)
def test_another_disallow_never_frees_data(series: list[Observed], day: str, end: str) -> None:
    """Any disallow wins: to observe one more never makes less of what was in force."""
    before = standing(series, end, end)
    if all(one.day != day for one in series) and before is Standing.IN_FORCE:
        assert standing([*series, Observed(day, Says.DISALLOW)], end, end) is Standing.IN_FORCE


@pytest.mark.parametrize(
    ("moment", "last"),
    [
        ("2024", "2024-12-31"),
        ("2024-02", "2024-02-29"),
        ("2024-02-03", "2024-02-03"),
        ("ongoing", "9999-12-31"),
    ],
)
def test_the_last_day_of_a_moment(moment: str, last: str) -> None:
    assert last_day(moment) == last
