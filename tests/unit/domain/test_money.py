"""Money in minor units, and the numbers people write beside it."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.money import currency, exact_number, share_or_amount
from registry.domain.periods import parse_period
from registry.errors import UsageError


@pytest.mark.parametrize(
    ("code", "text", "minor", "shown"),
    [
        ("EUR", "100000.00", 10_000_000, "EUR 100,000.00"),
        ("eur", "0.5", 50, "EUR 0.50"),
        ("JPY", "1500", 1_500, "JPY 1,500"),
        ("KWD", "1.234", 1_234, "KWD 1.234"),
        ("CLF", "1.2345", 12_345, "CLF 1.2345"),
        ("XCG", "1.20", 120, "XCG 1.20"),  # on the list since 2025
        ("BGN", "1.20", 120, "BGN 1.20"),  # off it since 2026, but it was paid in
    ],
)
def test_amounts_are_whole_minor_units(code: str, text: str, minor: int, shown: str) -> None:
    money = currency(code)
    assert money.parse(text) == minor
    assert money.shown(minor) == shown


@given(st.sampled_from(("EUR", "JPY", "BHD", "UYW")).map(currency), st.integers(0, 10**18 - 1))
def test_an_amount_reads_back_as_it_was_written(money, minor: int) -> None:  # type: ignore[no-untyped-def]
    if minor < 10 ** (14 + money.digits):
        assert money.parse(money.amount(minor)) == minor


@pytest.mark.parametrize("text", ["", "-1", "1,000", "1.234", "1e3", "١", "1.", ".5", "NaN", "9" * 15])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not an amount in EUR") as error:
        currency("EUR").parse(text)
    assert "1000.00" not in text
    assert error.value.hint == "write digits alone, as 100000.00: EUR has 2 digits after the point"


@pytest.mark.parametrize("code", ["EURO", "XXX", "XAU", "", "BTC", "DEM"])
def test_what_is_no_currency_is_refused(code: str) -> None:
    with pytest.raises(UsageError, match="is not a currency"):
        currency(code)


def test_deductions_are_shares_or_amounts() -> None:
    euro = currency("EUR")
    assert share_or_amount("15%", euro) == Fraction(3, 20)
    assert share_or_amount("2.5 %", euro) == Fraction(1, 40)
    assert share_or_amount("250.00", euro) == 25_000
    with pytest.raises(UsageError, match="more than all of it"):
        share_or_amount("101%", euro)


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.5", Fraction(1, 2)), ("1/3", Fraction(1, 3)), ("2", 2), ("0", 0), ("1/0", None), ("-1", None)],
)
def test_factors_are_exact(text: str, number: Fraction | None) -> None:
    assert exact_number(text) == number


@pytest.mark.parametrize("text", ["2026", "2026-01/2026-12", "2026-01-01/2026-06-30"])
def test_periods_are_kept_as_written(text: str) -> None:
    assert parse_period(text) == text


@pytest.mark.parametrize("text", ["2026-13", "2026-12/2026-01", "soon", "2026-02-30", "2026/2027/2028"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is not a period"):
        parse_period(text)
