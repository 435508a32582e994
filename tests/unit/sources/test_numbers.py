"""One number, one text, whatever the column type."""

from decimal import Decimal
from fractions import Fraction
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from registry.fingerprint.leaves import Tag
from registry.sources.numbers import decimal_text, float_text, integer_text

FLOATS: dict[int, tuple[pa.DataType, Any]] = {
    16: (pa.float16(), np.float16),
    32: (pa.float32(), np.float32),
    64: (pa.float64(), np.float64),
}


def expected(value: Any) -> tuple[str, Tag]:
    """RFC 8785 section 3.2.2.3 and ECMAScript's Number::toString, from numpy's shortest digits."""
    if not np.isfinite(value):
        return str(float(value)), Tag.NON_FINITE
    if float(value) == int(value):
        return str(int(value)), Tag.INTEGER
    sign, digits, exponent = Decimal(np.format_float_scientific(value, unique=True)).normalize().as_tuple()
    assert isinstance(exponent, int)
    plain = format(Decimal((sign, digits, exponent)), "f")
    if abs(Decimal(plain)) >= Decimal("1e-6"):
        return plain, Tag.FLOAT
    mantissa = str(digits[0]) + ("." if len(digits) > 1 else "") + "".join(map(str, digits[1:]))
    return f"{'-' * sign}{mantissa}e{exponent + len(digits) - 1}", Tag.FLOAT


@pytest.mark.parametrize("width", [16, 32, 64])
@given(data=st.data())
def test_floats_have_the_shortest_text_of_their_own_width(
    width: Literal[16, 32, 64], data: st.DataObject
) -> None:
    kind, scalar = FLOATS[width]
    drawn = data.draw(st.lists(st.floats(width=width), max_size=20))
    values: Any = np.array(drawn).astype(scalar)
    text, tags = float_text(pa.array(values, kind))
    assert list(zip(text.to_pylist(), tags.tolist(), strict=True)) == [expected(value) for value in values]
    for value, written, tag in zip(values, text.to_pylist(), tags, strict=True):
        if tag != Tag.NON_FINITE:
            assert written is not None
            assert scalar(written) == value


@given(st.lists(st.floats(1e9, 2.0**53) | st.floats(1e-8, 1e-4) | st.floats(-1e16, 1e16), max_size=20))
@example([12345678901.5, 4503599627370495.5, 1e10 + 0.5, -9999999999.5, 99999999999.99998])
def test_fractions_near_the_changes_of_notation(values: list[float]) -> None:
    text, tags = float_text(pa.array(values, pa.float64()))
    assert list(zip(text.to_pylist(), tags.tolist(), strict=True)) == [
        expected(np.float64(v)) for v in values
    ]


def test_every_half() -> None:
    values = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
    text, tags = float_text(pa.array(values))
    assert list(zip(text.to_pylist(), tags.tolist(), strict=True)) == [expected(value) for value in values]


def test_an_integral_float_has_all_its_digits() -> None:
    text, _ = float_text(pa.array([1e300, 2.0**63, -(2.0**63), -0.0, 1e21]))
    assert text.to_pylist() == [str(int(value)) for value in (1e300, 2.0**63, -(2.0**63), 0.0, 1e21)]


def test_a_null_has_no_text_and_no_tag() -> None:
    for values in (
        pa.array([None, 1.5, None]),
        pa.array([np.float16(1.5), None, None], pa.float16()).take([1, 0, 2]),
    ):
        text, tags = float_text(values)
        assert (text.to_pylist(), tags.tolist()) == ([None, "1.5", None], [0, Tag.FLOAT, 0])
    text, tags = decimal_text(pa.array([None, Decimal("1.5")], pa.decimal128(5, 2)))
    assert (text.to_pylist(), tags.tolist()) == ([None, "1.5"], [0, Tag.DECIMAL])


@pytest.mark.parametrize("kind", [pa.int8(), pa.uint8(), pa.int64(), pa.uint64()])
def test_integers(kind: pa.DataType) -> None:
    bits = kind.bit_width
    signed = str(kind).startswith("int")
    values = [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1, 0] if signed else [0, 2**bits - 1]
    assert integer_text(pa.array(values, kind)).to_pylist() == [str(value) for value in values]


KINDS = [
    pa.decimal128(38, 0),
    pa.decimal128(38, 38),
    pa.decimal128(20, 10),
    pa.decimal128(20, -5),
    pa.decimal256(76, 40),
    pa.decimal32(9, 4),
    pa.decimal64(18, 2),
]


@pytest.mark.parametrize("kind", KINDS, ids=str)
@given(data=st.data())
def test_decimals_have_no_trailing_zeros(kind: Any, data: st.DataObject) -> None:
    limit = 10**kind.precision - 1
    near = st.integers(-1000, 1000).map(lambda number: number * 10 ** min(kind.precision - 4, 5))
    unscaled = data.draw(st.lists(st.integers(-limit, limit) | near | st.none(), max_size=10))
    decimals = [
        None if n is None else Decimal((n < 0, tuple(map(int, str(abs(n)))), -kind.scale)) for n in unscaled
    ]
    skipped = data.draw(st.integers(0, len(decimals)))
    text, tags = decimal_text(pa.array(decimals, kind)[skipped:])
    for value, written, tag in zip(decimals[skipped:], text.to_pylist(), tags, strict=True):
        if value is None:
            assert (written, tag) == (None, 0)
            continue
        assert written is not None
        assert Fraction(written) == Fraction(value)
        assert tag == (Tag.INTEGER if Fraction(value).denominator == 1 else Tag.DECIMAL)
        assert "E" not in written
        assert not ("." in written and written.endswith(("0", ".")))
        assert written != "-0"


def test_empty_arrays() -> None:
    for text, tags in (
        float_text(pa.array([], pa.float32())),
        decimal_text(pa.array([], pa.decimal128(5, 2))),
    ):
        assert (len(text), len(tags)) == (0, 0)
    assert len(integer_text(pa.array([], pa.int8()))) == 0
