from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.documents.figures import (
    counted,
    exact,
    exact_fraction,
    exactly,
    fixed,
    fraction_text,
    percent,
    rounded,
)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (10_499, "10,000"),
        (812_345, "812,000"),
        (999_499, "999,000"),
        (999_999, "1 million"),
        (1_234_567, "1.2 million"),
        (12_345_678, "12.3 million"),
        (123_456_789, "123 million"),
        (4_000_000_000, "4 billion"),
        (15_000_000_000_000, "15 trillion"),
    ],
)
def test_prose_rounds(number: int, text: str) -> None:
    assert rounded(number) == text


def test_tables_do_not() -> None:
    assert exact(1_234_567) == "1,234,567"


def test_nouns_have_their_number() -> None:
    assert [counted(n, "word") for n in (0, 1, 2)] == ["0 words", "1 word", "2 words"]
    assert [exactly(n, "word") for n in (0, 1, 1_234_567)] == ["0 words", "1 word", "1,234,567 words"]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0 %"),
        (Fraction(1), "100 %"),
        (Fraction(1, 3), "33.3 %"),
        (Fraction(1, 2), "50 %"),
        (Fraction(1, 100_000), "under 0.1 %"),
        (Fraction(99_999, 100_000), "over 99.9 %"),
    ],
)
def test_some_is_never_shown_as_none_or_all(share: Fraction, text: str) -> None:
    assert percent(share) == text


@given(st.fractions(min_value=0))
def test_fractions_are_exact(value: Fraction) -> None:
    assert Fraction(fraction_text(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(3), "3"), (Fraction(5, 2), "2.5"), (Fraction(1, 3), "1/3"), (Fraction(100), "100")],
)
def test_decimals_where_they_end(value: Fraction, text: str) -> None:
    assert fraction_text(value) == text


def test_exact_fractions_have_separators() -> None:
    values = (1_234_567, Fraction(12_345, 2), Fraction(10_000, 3))
    assert [exact_fraction(value) for value in values] == ["1,234,567", "6,172.5", "10,000/3"]


def test_fixed_keeps_its_places() -> None:
    assert fixed(125, 3) == "0.125"
    assert fixed(1_000, 3) == "1.000"
