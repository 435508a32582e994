"""A summary is due with the model, and again after six months, or when something changed."""

from dataclasses import replace
from datetime import date

import pytest

from registry.documents.edition import History
from registry.documents.grade.check import check_disclosure
from registry.documents.grade.clock import RULE, due_again
from registry.documents.grade.finding import Severity
from tests.unit.documents.grade.cases import complete, edition, graded


def publication(placed: str | None, history: History, on: date) -> list[tuple[Severity, str]]:
    facts = replace(complete(), placed_on_eu_market=placed)
    found = check_disclosure(graded(facts, history), on).findings
    return [(one.severity, one.message) for one in found if one.path == "publication"]


def current(day: str) -> History:
    return History((edition(1, day),), is_current=True)


@pytest.mark.parametrize(
    ("placed", "on", "expected"),
    [
        ("2026-03-01", date(2026, 3, 1), (Severity.ERROR, "Never published; due since 01/03/2026.")),
        (
            "2026-03-01",
            date(2026, 2, 27),
            (Severity.WARNING, "Never published; due by 01/03/2026, in 2 days."),
        ),
        (
            "2025-08-01",
            date(2026, 3, 1),
            (Severity.WARNING, "Never published; due by 02/08/2027, in 519 days."),
        ),
        ("2025-08-01", date(2027, 8, 2), (Severity.ERROR, "Never published; due since 02/08/2027.")),
    ],
)
def test_it_is_due_with_the_model(placed: str, on: date, expected: tuple[Severity, str]) -> None:
    assert publication(placed, History(), on) == [expected]


def test_without_a_date_of_placement_nothing_is_due_but_it_is_said() -> None:
    (found,) = publication(None, History(), date(2026, 3, 1))
    assert found[0] is Severity.WARNING
    assert "not stated" in found[1]


def test_of_a_model_that_is_not_placed_on_the_market_nothing_is_due() -> None:
    assert publication("not applicable", History(), date(2026, 3, 1)) == []
    assert publication("Not applicable", current("2026-01-01"), date(2027, 3, 1)) == []


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-01-15", date(2026, 7, 15)),
        ("2026-08-31", date(2027, 2, 28)),
        ("2027-08-31", date(2028, 2, 29)),
        ("2026-06-30", date(2026, 12, 30)),
        ("2026-12-01", date(2027, 6, 1)),
    ],
)
def test_six_months_are_months_of_the_calendar(day: str, due: date) -> None:
    assert due_again(edition(1, day)) == due


@pytest.mark.parametrize(
    ("on", "severities"),
    [
        (date(2026, 6, 14), []),
        (date(2026, 6, 15), [Severity.WARNING]),
        (date(2026, 7, 14), [Severity.WARNING]),
        (date(2026, 7, 15), [Severity.ERROR]),
        (date(2027, 1, 1), [Severity.ERROR]),
    ],
)
def test_it_is_due_again_after_six_months_with_thirty_days_of_notice(
    on: date, severities: list[Severity]
) -> None:
    found = publication("2026-03-01", current("2026-01-15"), on)
    assert [severity for severity, _ in found] == severities
    assert all("Edition 1 is of 15/01/2026" in message for _, message in found)


def test_a_change_since_the_newest_edition_is_told() -> None:
    history = replace(current("2026-05-15"), is_current=False)
    (found,) = publication("2026-03-01", history, date(2026, 6, 1))
    assert found == (
        Severity.WARNING,
        "Changed since edition 1 of 15/05/2026: what is published is not what is recorded now.",
    )


def test_the_rule_names_its_days() -> None:
    assert all(part in RULE for part in ("six months", "material", "2 August 2025", "2 August 2027"))
