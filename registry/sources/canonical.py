"""Arrow values that are no strings as the canonical text of their tag."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from registry.errors import SourceError
from registry.fingerprint.leaves import I64, U8, U64, Tag
from registry.sources.buffers import Array, integers, numbers_of
from registry.sources.numbers import decimal_text, float_text, integer_text

_PER_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}


def texts(array: Array, path: str) -> tuple[Array, U8 | Tag]:  # noqa: PLR0911
    """(strings, tag or tag of each) of an array without nulls. Raises `SourceError` for other types."""
    type_ = array.type
    if pa.types.is_integer(type_):
        return integer_text(array), Tag.INTEGER
    if pa.types.is_boolean(type_):
        return array.cast(pa.string()), Tag.BOOLEAN
    if pa.types.is_floating(type_):
        return float_text(array)
    if pa.types.is_decimal(type_):
        return decimal_text(array)
    if pa.types.is_timestamp(type_):
        return _timestamps(array), Tag.TIMESTAMP
    if pa.types.is_date(type_):
        return _dates(array), Tag.DATE
    if pa.types.is_time(type_):
        return _times(array), Tag.TIME
    if pa.types.is_duration(type_):
        return _durations(array), Tag.DURATION
    raise SourceError(
        f"column {path!r} is of type {type_}, which holds no values that can be compared",
        hint="write it as text or numbers",
    )


def _timestamps(array: Array) -> Array:
    seconds, fraction = _split(_integers(array), array.type.unit)
    text = pc.replace_substring(seconds.cast(pa.timestamp("s")).cast(pa.string()), " ", "T")
    return _joined(text, fraction, "Z" if array.type.tz else "")


def _dates(array: Array) -> Array:
    days = _integers(array) // (1 if array.type == pa.date32() else 24 * 3600 * 1000)
    return integers(days).cast(pa.int32()).cast(pa.date32()).cast(pa.string())


def _times(array: Array) -> Array:
    seconds, fraction = _split(_integers(array), array.type.unit)
    return _joined(seconds.cast(pa.int32()).cast(pa.time32("s")).cast(pa.string()), fraction, "")


def _durations(array: Array) -> Array:
    values = _integers(array)
    seconds, fraction = _split(np.abs(values).view(np.uint64), array.type.unit)
    sign = pc.if_else(pc.less(integers(values), pa.scalar(0)), "-", "")
    return _joined(pc.binary_join_element_wise(sign, seconds.cast(pa.string()), ""), fraction, "")


def _integers(array: Array) -> I64:
    """The stored numbers of a temporal array."""
    return numbers_of(array.view(pa.int32() if array.type.bit_width == 32 else pa.int64()))


def _split(values: I64 | U64, unit: str) -> tuple[Array, Array]:
    """(whole seconds rounded down, ".123" without trailing zeros or "")."""
    per_second = values.dtype.type(_PER_SECOND[unit])
    rest = integers((values % per_second) * (values.dtype.type(10**9) // per_second))
    digits = pc.utf8_rtrim(pc.utf8_lpad(rest.cast(pa.string()), 9, "0"), "0")
    point = pc.if_else(pc.equal(rest, pa.scalar(0, rest.type)), "", ".")
    return integers(values // per_second), pc.binary_join_element_wise(point, digits, "")


def _joined(text: Array, fraction: Array, zone: str) -> Array:
    return pc.binary_join_element_wise(text, fraction, zone, "")
