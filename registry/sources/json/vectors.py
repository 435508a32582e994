"""Operations on 64 bytes at once, as LLVM vectors: one mask bit per byte, the first byte lowest.

numba's cache on disk looks at the file of the called kernel only: after a change here or in another kernel
that it uses, touch that file.
"""

from collections.abc import Callable
from typing import Any

from llvmlite import ir
from numba import types
from numba.extending import intrinsic


def _operation(function: Callable[..., Any]) -> Any:
    return intrinsic(function)


_VECTOR = ir.VectorType(ir.IntType(8), 64)


def _splat(byte: int) -> Any:
    return ir.Constant(_VECTOR, [byte] * 64)


def _pointer(context: Any, builder: Any, array_type: Any, place: Any, item: Any) -> Any:
    array, at = place
    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [at]), item.as_pointer())


def _special_bytes(builder: Any, vector: Any) -> Any:
    """Bit mask of the bytes that end a run of plain characters in a string (RFC 8259 section 7)."""
    quote = builder.icmp_unsigned("==", vector, _splat(0x22))
    backslash = builder.icmp_unsigned("==", vector, _splat(0x5C))
    control = builder.icmp_unsigned("<", vector, _splat(0x20))
    return builder.bitcast(builder.or_(builder.or_(quote, backslash), control), ir.IntType(64))


@_operation
def special(_typing: Any, array: Any, at: Any) -> Any:
    """Mask of quotes, backslashes and control characters among the 64 bytes at `at`."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source = _pointer(context, builder, signature.args[0], arguments, _VECTOR)
        return _special_bytes(builder, builder.load(source, align=1))

    return types.uint64(array, types.int64), generate


@_operation
def copy_special(_typing: Any, array: Any, at: Any, to: Any) -> Any:
    """Copy the 64 bytes at `at` to `to`; mask of the special ones among them."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data, source, target = arguments
        vector = builder.load(_pointer(context, builder, signature.args[0], (data, source), _VECTOR), align=1)
        builder.store(vector, _pointer(context, builder, signature.args[0], (data, target), _VECTOR), align=1)
        return _special_bytes(builder, vector)

    return types.uint64(array, types.int64, types.int64), generate


@_operation
def different(_typing: Any, array: Any, one: Any, other: Any) -> Any:
    """Mask of the bytes that differ between the 64 at `one` and the 64 at `other`."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        data, *places = arguments
        left, right = (
            builder.load(_pointer(context, builder, signature.args[0], (data, place), _VECTOR), align=1)
            for place in places
        )
        return builder.bitcast(builder.icmp_unsigned("!=", left, right), ir.IntType(64))

    return types.uint64(array, types.int64, types.int64), generate


def _equal_mask(byte: int, fold: int) -> Any:
    """An intrinsic: mask of the bytes that are `byte` after or-ing with `fold`, among the 64 at a place."""

    @_operation
    def equal(_typing: Any, array: Any, at: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            source = _pointer(context, builder, signature.args[0], arguments, _VECTOR)
            vector = builder.or_(builder.load(source, align=1), _splat(fold))
            return builder.bitcast(builder.icmp_unsigned("==", vector, _splat(byte)), ir.IntType(64))

        return types.uint64(array, types.int64), generate

    return equal


quotes = _equal_mask(0x22, 0)
backslashes = _equal_mask(0x5C, 0)
openings = _equal_mask(0x7B, 0x20)  # "{" and "["
closings = _equal_mask(0x7D, 0x20)  # "}" and "]"


def in_range(low: int, high: int) -> Any:
    """An operation: mask of the bytes from `low` to `high` among the 64 at a place."""

    @_operation
    def within(_typing: Any, array: Any, at: Any) -> Any:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            source = _pointer(context, builder, signature.args[0], arguments, _VECTOR)
            above = builder.sub(builder.load(source, align=1), _splat(low))
            return builder.bitcast(builder.icmp_unsigned("<=", above, _splat(high - low)), ir.IntType(64))

        return types.uint64(array, types.int64), generate

    return within


@_operation
def lowest(_typing: Any, mask: Any) -> Any:
    """Number of the lowest set bit; the mask must not be zero."""

    def generate(_context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 1))

    return types.int64(types.uint64), generate


@_operation
def word(_typing: Any, array: Any, at: Any) -> Any:
    """The eight bytes at `at`."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source = _pointer(context, builder, signature.args[0], arguments, ir.IntType(64))
        return builder.load(source, align=1)

    return types.uint64(array, types.int64), generate
