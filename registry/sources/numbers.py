"""Canonical text of numbers: one value, one text, whatever column type or notation it came in."""

import re
from functools import lru_cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from registry.fingerprint.leaves import U8, Tag
from registry.sources.buffers import booleans, doubles_of, integers, valid

pc: Any = pyarrow.compute
_array: Any = pa.array
_INT64_LIMIT = 2.0**63
_FIRST_EXPONENT, _LAST_EXPONENT = 10, 15  # of the fractions that Arrow writes with an exponent: 1e10 to 2^53


def float_text(values: "pa.Array") -> tuple[pa.StringArray, U8]:
    """Text and tag (`Tag`) of floats of 16, 32 or 64 bits; a null has no text and tag 0.

    Integral values in all their digits; others the shortest text that reads back as the same float of the
    same width, in the form of ECMAScript's Number::toString (RFC 8785 section 3.2.2.3); "nan", "inf", "-inf".
    """
    wide, present = doubles_of(pc.cast(values, pa.float64())), valid(values)
    finite = np.isfinite(wide) & present
    wide = np.where(finite, wide, 0.5)
    integral = finite & (np.trunc(wide) == wide)
    tags = np.where(integral, Tag.INTEGER, np.where(finite, Tag.FLOAT, Tag.NON_FINITE)).astype(np.uint8)
    tags[~present] = 0
    text = _half_text(values) if pa.types.is_float16(values.type) else pc.cast(values, pa.string())
    text = _without_exponent(text, finite & ~integral & (np.abs(wide) >= 10.0**_FIRST_EXPONENT))
    return _integral_text(text, wide, integral), tags


def integer_text(values: "pa.Array") -> pa.StringArray:
    """Text of integers of any width, signed or not."""
    text: pa.StringArray = pc.cast(values, pa.string())
    return text


def decimal_text(values: "pa.Array") -> tuple[pa.StringArray, U8]:
    """Text and tag of decimals, without trailing zeros; an integral one is an integer. Nulls as in floats."""
    unscaled, scale = _unscaled(values)
    if scale <= 0:
        zeros = pc.if_else(pc.equal(unscaled, "0"), "", "0" * -scale)
        text = pc.binary_join_element_wise(unscaled, zeros, "")
        fraction = pc.if_else(pc.is_valid(text), "", None)
    else:
        digits = pc.utf8_lpad(pc.utf8_ltrim(unscaled, "-"), scale + 1, "0")
        fraction = pc.utf8_rtrim(pc.utf8_slice_codeunits(digits, -scale), "0")
        sign = pc.if_else(pc.starts_with(unscaled, "-"), "-", "")
        point = pc.if_else(pc.equal(fraction, ""), "", ".")
        whole = pc.utf8_slice_codeunits(digits, 0, -scale)
        text = pc.binary_join_element_wise(sign, whole, point, fraction, "")
    tag = pc.if_else(pc.equal(fraction, ""), int(Tag.INTEGER), int(Tag.DECIMAL))
    return text, pc.fill_null(tag, 0).to_numpy(zero_copy_only=False).astype(np.uint8)


def _integral_text(
    text: pa.StringArray, wide: NDArray[np.float64], integral: NDArray[np.bool_]
) -> pa.StringArray:
    """`text` with the integral values replaced by all their digits."""
    small = integral & (np.abs(wide) < _INT64_LIMIT)
    if small.any():
        text = _replaced(text, small, integers(wide[small].astype(np.int64)).cast(pa.string()))
    large = integral & ~small
    if large.any():
        text = _replaced(text, large, _array([str(int(value)) for value in wide[large]]))
    return text


def _without_exponent(text: pa.StringArray, where: NDArray[np.bool_]) -> pa.StringArray:
    """Fractions from 1e10 up as ECMAScript writes them: `1.23456789015e+10` is 12345678901.5."""
    if not where.any():
        return text
    plain = text.filter(booleans(where))
    for exponent in range(_FIRST_EXPONENT, _LAST_EXPONENT + 1):
        pattern = rf"^(-?\d)\.(\d{{{exponent}}})(\d+){re.escape(f'e+{exponent}')}$"
        plain = pc.replace_substring_regex(plain, pattern, r"\1\2.\3")
    return _replaced(text, where, plain)


def _half_text(values: "pa.Array") -> pa.StringArray:
    """Arrow writes halves with the digits of a double; there are only 65,536 of them."""
    halves = values.to_numpy(zero_copy_only=False).astype(np.float16)
    distinct, places = np.unique(halves.view(np.uint16), return_inverse=True)
    text = _array([_half(int(bits)) for bits in distinct], pa.string()).take(_array(places))
    valid: pa.StringArray = pc.if_else(values.is_valid(), text, None)
    return valid


@lru_cache(maxsize=1 << 16)
def _half(bits: int) -> str:
    value = np.uint16(bits).view(np.float16)
    if abs(value) >= np.float16(1e-6) or not np.isfinite(value):
        return np.format_float_positional(value, unique=True, trim="-")
    return re.sub(r"e-0*", "e-", np.format_float_scientific(value, unique=True, trim="-"))


def _unscaled(values: "pa.Array") -> tuple[pa.StringArray, int]:
    """The digits of decimals without their point, and how many of them stand behind it."""
    kind: Any = values.type
    if kind.bit_width < pa.decimal128(1).bit_width:
        values = pc.cast(values, pa.decimal128(kind.precision, kind.scale))
    whole = pa.decimal128(38) if pa.types.is_decimal128(values.type) else pa.decimal256(76)
    integers = pa.Array.from_buffers(whole, len(values), values.buffers(), offset=values.offset)
    return integer_text(integers), kind.scale


def _replaced(text: pa.StringArray, where: NDArray[np.bool_], by: pa.StringArray) -> pa.StringArray:
    replaced: pa.StringArray = pc.replace_with_mask(text, booleans(where), by)
    return replaced
