"""The compiled text kernel: one pass from UTF-8 to counts, digests, signatures, passages and sketch.

All in one module, since numba's file cache follows changes of this file only; numbers of the recipe come as
arguments for the same reason. Integers are wrapped at each step: mixed types would become floats.
"""
# mypy: allow-untyped-defs, allow-untyped-calls, allow-untyped-decorators
# numba infers the types of compiled functions.

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir
from numba import njit, types
from numba.core import cgutils
from numba.extending import intrinsic

from registry.fingerprint.compiled import compiled, compiled_for, cpu_has

LETTERS = 0x00FF_FFFF  # entry: up to three bytes of folded UTF-8, or the folded code point where WIDE
LEVEL = 22  # entry: bit 22 + n says that the n bytes of the code point (2 or 3) fold to no more, without CARE
ALONE = 0x0800_0000  # entry: a word of its own, set apart by a zero byte before and after
LENGTH_SHIFT, LENGTH = 28, 7  # entry: how many bytes to write
CARE = 0x8000_0000  # entry: look at `care` first
MARK, COMPOSES, EXPANDS, WIDE = 1, 2, 4, 8  # bits of care that CARE announces
FIRST, DECOMPOSES, SECOND = 16, 32, 64  # further bits of care
SPAN = 1024  # edges of words per round of tokenization: they stay in the nearest cache
WINDOW = 32  # shingles
LANES = 64  # permutations computed together
CODE_SPACE = 0x140000  # all that a lead byte of F4 can say, valid or not
PACKS = cpu_has("avx512vbmi2")  # an instruction moves chosen bytes of a block together


class Tables(NamedTuple):
    """What the kernel knows of Unicode and of the recipe (made by `tables.py`; all read-only).

    lead:  uint32[256], by first byte: length | shift << 8 | mask << 16 of the encoded code point
    entry: uint32[CODE_SPACE], by code point: see LETTERS, LEVEL, ALONE, LENGTH, CARE
    care:  uint8[CODE_SPACE]: MARK a kept mark with a combining class, COMPOSES with what stands before,
           EXPANDS to more than an entry holds, WIDE folds to four bytes; FIRST may compose with what follows,
           DECOMPOSES canonically, SECOND of a composition
    combining: uint8[CODE_SPACE], canonical combining class
    decomposed, decomposed_start, decomposed_parts: sorted code points, and where their decompositions stand
    composed, composites: sorted first << 32 | second, and their primary composites
    expanded, expanded_start, expanded_parts: sorted code points that expand, and to what
    masks: uint64[34], for words of 0 to 16 bytes: of the lower eight, of the upper eight
    numbers: uint64[8], constants of the recipe
    factors, summands: uint32[permutations], a multiple of LANES
    """

    lead: Any
    entry: Any
    care: Any
    combining: Any
    decomposed: Any
    decomposed_start: Any
    decomposed_parts: Any
    composed: Any
    composites: Any
    expanded: Any
    expanded_start: Any
    expanded_parts: Any
    masks: Any
    numbers: Any
    factors: Any
    summands: Any


class Workspace(NamedTuple):
    """Scratch memory, for content fields of up to `field` bytes and records of up to `record` bytes.

    Blocks are read and written whole: what stands after the end of an array's part in use means nothing.

    folded: uint8[2 field + 128]
    last:   uint8[field + 128], a copy of a field that ends where the data end
    edges:  uint64[SPAN + 256]
    hashes, shingles: uint64[field + 128]
    values: uint32[record + 4 fields + 16], premixed shingle hashes of a record
    fields: uint64[fields, 2], digests of the fields of a record
    halves: uint64[field + 128], minima of half windows
    """

    folded: Any
    last: Any
    edges: Any
    hashes: Any
    shingles: Any
    values: Any
    fields: Any
    halves: Any


BYTE, WORD = ir.IntType(8), ir.IntType(64)
BLOCK = ir.VectorType(BYTE, 64)
HASHES = ir.VectorType(WORD, 32)  # as many as a window has, by chance


def address(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    """Pointer to an element of a contiguous array; no bounds check."""
    data = context.make_array(array_type)(context, builder, array).data
    return builder.gep(data, [index])


def splat(value: int) -> Any:
    """A block of one byte value."""
    return ir.Constant(BLOCK, [value] * 64)


def load(builder: Any, pointer: Any, kind: Any) -> Any:
    """Unaligned load."""
    instruction = builder.load(builder.bitcast(pointer, kind.as_pointer()))
    instruction.align = 1
    return instruction


def store(builder: Any, value: Any, pointer: Any) -> None:
    """Unaligned store."""
    builder.store(value, builder.bitcast(pointer, value.type.as_pointer())).align = 1


@intrinsic
def load64(typing: Any, array: Any, index: Any) -> tuple[Any, Callable[..., Any]]:
    """uint64 of the eight bytes at an index."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return load(builder, address(context, builder, signature.args[0], *arguments), WORD)

    return types.uint64(array, index), generate


@intrinsic
def store64(typing: Any, array: Any, index: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """Write a uint64 over the eight bytes at an index."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        target, at, number = arguments
        store(builder, number, address(context, builder, signature.args[0], target, at))
        return context.get_dummy_value()

    return types.void(array, index, types.uint64), generate


@intrinsic
def borrowed(typing: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """An array or tuple of arrays without reference counts, which threads would fight over.

    Only for what the caller of the kernel owns, and so keeps while it runs.
    """

    def unowned(context: Any, builder: Any, array_type: Any, array: Any) -> Any:
        structure = context.make_array(array_type)(context, builder, array)
        structure.meminfo = cgutils.get_null_value(structure.meminfo.type)
        structure.parent = cgutils.get_null_value(structure.parent.type)
        return structure._getvalue()

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        (kind,), (given,) = signature.args, arguments
        if isinstance(kind, types.Array):
            return unowned(context, builder, kind, given)
        members = cgutils.unpack_tuple(builder, given)
        arrays = [unowned(context, builder, *member) for member in zip(kind.types, members, strict=True)]
        return context.make_tuple(builder, kind, arrays)

    return value(value), generate


@intrinsic
def fold_ascii(typing: Any, source: Any, at: Any, target: Any, to: Any) -> tuple[Any, Callable[..., Any]]:
    """Fold 64 bytes as ASCII (letters lower, digits, low line; else 0); the mask of those that are not."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source_array, source_index, target_array, target_index = arguments
        pointer = address(context, builder, signature.args[0], source_array, source_index)
        block = load(builder, pointer, BLOCK)
        lower = builder.or_(block, splat(0x20))
        letter = builder.icmp_unsigned("<", builder.sub(lower, splat(ord("a"))), splat(26))
        digit = builder.icmp_unsigned("<", builder.sub(block, splat(ord("0"))), splat(10))
        plain = builder.or_(digit, builder.icmp_unsigned("==", block, splat(ord("_"))))
        folded = builder.select(letter, lower, builder.select(plain, block, splat(0)))
        store(builder, folded, address(context, builder, signature.args[2], target_array, target_index))
        return builder.bitcast(builder.icmp_signed("<", block, splat(0)), WORD)

    return types.uint64(source, at, target, to), generate


@intrinsic
def at_least(typing: Any, array: Any, index: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """Mask of those of the 64 bytes at an index that are not below a value."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        source, at, value = arguments
        block = load(builder, address(context, builder, signature.args[0], source, at), BLOCK)
        least = everywhere(builder, builder.trunc(value, BYTE), BLOCK)
        return mask(builder, builder.icmp_unsigned(">=", block, least))

    return types.uint64(array, index, types.uint64), generate


@intrinsic
def pack_block(typing: Any, array: Any, index: Any, kept: Any) -> tuple[Any, Callable[..., Any]]:
    """Move those of the 64 bytes at an index whose bit is set together, to their front."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        target, at, kept = arguments
        start = address(context, builder, signature.args[0], target, at)
        store(builder, compressed(builder, load(builder, start, BLOCK), kept), start)
        return context.get_dummy_value()

    return types.void(array, index, types.uint64), generate


def compressed(builder: Any, block: Any, kept: Any) -> Any:
    """The bytes of a block whose bit is set, together at its front."""
    chosen = builder.bitcast(kept, ir.VectorType(ir.IntType(1), 64))
    kind = ir.FunctionType(BLOCK, [BLOCK, chosen.type, BLOCK])
    name = "llvm.experimental.vector.compress.v64i8"
    function = cgutils.get_or_insert_function(builder.module, kind, name)
    return builder.call(function, [block, chosen, ir.Constant(BLOCK, ir.Undefined)])


@intrinsic
def store_letters(
    typing: Any, array: Any, index: Any, letters: Any, length: Any
) -> tuple[Any, Callable[..., Any]]:
    """Write the two or three low bytes of a number, and no others; without a branch."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        target, at, letters, length = arguments
        start = address(context, builder, signature.args[0], target, at)
        last = builder.sub(length, ir.Constant(WORD, 1))
        store(builder, builder.trunc(letters, ir.IntType(16)), start)
        byte = builder.lshr(letters, builder.shl(last, ir.Constant(WORD, 3)))
        store(builder, builder.trunc(byte, BYTE), builder.gep(start, [last]))
        return context.get_dummy_value()

    return types.void(array, index, types.uint64, types.uint64), generate


@intrinsic
def nonzero(typing: Any, array: Any, index: Any) -> tuple[Any, Callable[..., Any]]:
    """Mask of the 64 bytes at an index that are not zero, the first byte in the lowest bit."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        block = load(builder, address(context, builder, signature.args[0], *arguments), BLOCK)
        return builder.bitcast(builder.icmp_unsigned("!=", block, splat(0)), WORD)

    return types.uint64(array, index), generate


@intrinsic
def at_most(typing: Any, array: Any, index: Any, limit: Any) -> tuple[Any, Callable[..., Any]]:
    """Mask of those of the 32 uint64 at an index that are not above a limit."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values, at, limit = arguments
        block = load(builder, address(context, builder, signature.args[0], values, at), HASHES)
        return mask(builder, builder.icmp_unsigned("<=", block, everywhere(builder, limit, HASHES)))

    return types.uint64(array, index, types.uint64), generate


@intrinsic
def least_of_four(
    typing: Any, hashes: Any, index: Any, reach: Any, target: Any
) -> tuple[Any, Callable[..., Any]]:
    """For 32 places from an index on: the least of the four hashes that stand `reach` apart from there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        hashes, index, reach, target = arguments
        place = address(context, builder, signature.args[0], hashes, index)
        least = load(builder, place, HASHES)
        for _ in range(3):
            place = builder.gep(place, [reach])
            least = lesser(builder, least, load(builder, place, HASHES))
        store(builder, least, address(context, builder, signature.args[3], target, index))
        return context.get_dummy_value()

    return types.void(hashes, index, types.int64, target), generate


@intrinsic
def turns(typing: Any, halves: Any, hashes: Any, index: Any) -> tuple[Any, Callable[..., Any]]:
    """Mask of those of 32 windows after which another place holds the minimum.

    halves: the least of each half window. Either the minimum is another after it, or what comes in is equal:
    the rightmost of equals counts.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        halves, hashes, index = arguments

        def block(kind: int, array: Any, offset: int) -> Any:
            start = address(context, builder, signature.args[kind], array, index)
            return load(builder, builder.gep(start, [ir.Constant(WORD, offset)]), HASHES)

        before, after = (
            lesser(builder, block(0, halves, offset), block(0, halves, offset + WINDOW // 2))
            for offset in (0, 1)
        )
        coming = builder.icmp_unsigned("==", before, block(1, hashes, WINDOW))
        return mask(builder, builder.or_(coming, builder.icmp_unsigned("!=", before, after)))

    return types.uint64(halves, hashes, index), generate


def lesser(builder: Any, one: Any, other: Any) -> Any:
    """The lesser of two vectors, element by element."""
    return builder.select(builder.icmp_unsigned("<", one, other), one, other)


def mask(builder: Any, bits: Any) -> Any:
    """A vector of truth values as the low bits of a number."""
    return builder.zext(builder.bitcast(bits, ir.IntType(bits.type.count)), WORD)


def everywhere(builder: Any, value: Any, kind: Any) -> Any:
    """A vector of one value."""
    one = builder.insert_element(ir.Constant(kind, ir.Undefined), value, ir.Constant(ir.IntType(32), 0))
    return shuffled(builder, one, [0] * kind.count)


def shuffled(builder: Any, vector: Any, places: Any) -> Any:
    """The elements of a vector at some places."""
    mask = ir.Constant(ir.VectorType(ir.IntType(32), len(places)), list(places))
    return builder.shuffle_vector(vector, ir.Constant(vector.type, ir.Undefined), mask)


@intrinsic
def minimize(
    typing: Any, values: Any, count: Any, factors: Any, summands: Any, row: Any, first: Any
) -> tuple[Any, Callable[..., Any]]:
    """For LANES permutations from `first`: the least of factor * value + summand mod 2^32 over the values.

    Permutations stand side by side in registers: no remainder, no final reduction for short records.
    """

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values, count, factors, summands, row, first = arguments
        _, _, *kinds, _ = signature.args
        pointers = [
            address(context, builder, kind, array, first)
            for kind, array in zip(kinds, (factors, summands, row), strict=True)
        ]
        vector = ir.VectorType(ir.IntType(32), LANES)
        a, b = (load(builder, pointer, vector) for pointer in pointers[:2])
        least = cgutils.alloca_once_value(builder, ir.Constant(vector, [0xFFFFFFFF] * LANES))
        with cgutils.for_range(builder, count) as loop:
            value = builder.load(address(context, builder, signature.args[0], values, loop.index))
            one = builder.insert_element(
                ir.Constant(vector, ir.Undefined), value, ir.Constant(ir.IntType(32), 0)
            )
            permuted = builder.add(builder.mul(shuffled(builder, one, [0] * LANES), a), b)
            known = builder.load(least)
            builder.store(builder.select(builder.icmp_unsigned("<", permuted, known), permuted, known), least)
        store(builder, builder.load(least), pointers[2])
        return context.get_dummy_value()

    return types.void(values, count, factors, summands, row, first), generate


@intrinsic
def write_places(typing: Any, bits: Any, base: Any, edges: Any, index: Any) -> tuple[Any, Callable[..., Any]]:
    """Write base + place for each set bit of a mask; 64 numbers are written, however few there are."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        bits, base, edges, index = arguments
        places = compressed(builder, ir.Constant(BLOCK, list(range(64))), bits)
        start = address(context, builder, signature.args[2], edges, index)
        many = builder.icmp_unsigned(">", builder.ctpop(bits), ir.Constant(WORD, 32))
        write_half(builder, places, base, start, 0)
        with builder.if_then(many, likely=False):
            write_half(builder, places, base, start, 32)
        return context.get_dummy_value()

    return types.void(types.uint64, types.uint64, edges, index), generate


def write_half(builder: Any, places: Any, base: Any, start: Any, first: int) -> None:
    """Write base + place for 32 of the places."""
    numbers = builder.zext(shuffled(builder, places, range(first, first + 32)), HASHES)
    moved = builder.add(numbers, everywhere(builder, base, HASHES))
    store(builder, moved, builder.gep(start, [ir.Constant(WORD, first)]))


@intrinsic
def trailing_zeros(typing: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """Place of the lowest set bit of a uint64 (64 when there is none)."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.uint64(types.uint64), generate


@intrinsic
def ones(typing: Any, value: Any) -> tuple[Any, Callable[..., Any]]:
    """Number of set bits of a uint64."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.ctpop(arguments[0])

    return types.uint64(types.uint64), generate


def inlined(function):
    """Compile into the caller: the tables are copied at each call that is left, which costs a sixth."""
    return njit(function, forceinline=True)


@njit
def fmix64(value):
    """Finalizer of MurmurHash3, 64 bits."""
    value = np.uint64((value ^ (value >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD))
    value = np.uint64((value ^ (value >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53))
    return np.uint64(value ^ (value >> np.uint64(33)))


@njit
def fmix32(value):
    """Finalizer of MurmurHash3, 32 bits."""
    value = np.uint32(np.uint32(value ^ np.uint32(value >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    value = np.uint32(np.uint32(value ^ np.uint32(value >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return np.uint32(value ^ np.uint32(value >> np.uint32(16)))


@njit
def find(codes, code):
    """Place of a code in a sorted array, or -1."""
    low, high = np.int64(0), np.int64(len(codes))
    while low < high:
        middle = (low + high) // 2
        if codes[middle] < code:
            low = middle + 1
        else:
            high = middle
    return low if low < len(codes) and codes[low] == code else np.int64(-1)


@njit
def code_point(source, at, lead):
    """Code point and length at an index; invalid bytes are U+0000, never more than CODE_SPACE."""
    bits = load64(source, at)
    shape = lead[bits & np.uint64(0xFF)]
    value = (
        ((bits & np.uint64(shape >> np.uint32(16))) << np.uint64(18))
        | ((bits & np.uint64(0x3F00)) << np.uint64(4))
        | ((bits >> np.uint64(10)) & np.uint64(0xFC0))
        | ((bits >> np.uint64(24)) & np.uint64(0x3F))
    )
    return np.int64(value >> np.uint64((shape >> np.uint32(8)) & np.uint32(31))), np.int64(
        shape & np.uint32(7)
    )


@njit
def write_wide(code, alone, target, to):
    """Write a code point of four bytes; returns how many bytes were used."""
    code = np.uint64(code)
    value = (
        (np.uint64(0xF0) | (code >> np.uint64(18)))
        | ((np.uint64(0x80) | ((code >> np.uint64(12)) & np.uint64(0x3F))) << np.uint64(8))
        | ((np.uint64(0x80) | ((code >> np.uint64(6)) & np.uint64(0x3F))) << np.uint64(16))
        | ((np.uint64(0x80) | (code & np.uint64(0x3F))) << np.uint64(24))
    )
    store64(target, to, value << np.uint64(8) if alone else value)
    return np.int64(6) if alone else np.int64(4)


@njit
def code_before(source, start, at, lead):
    """The code point that ends before an index."""
    back = at - 1
    while back > start and back > at - 4 and source[back] & 0xC0 == 0x80:
        back -= 1
    return code_point(source, back, lead)[0]


@njit
def write_folded(code, tables, target, to):
    """Write what one code point of a normalized text folds to; returns how many bytes were used."""
    if not tables.care[code] & EXPANDS:
        return write(tables.entry[code], tables.care[code], target, to)
    used = np.int64(0)
    place = find(tables.expanded, np.uint32(code))
    for index in range(tables.expanded_start[place], tables.expanded_start[place + 1]):
        part = tables.expanded_parts[index]
        used += write(tables.entry[part], tables.care[part], target, to + used)
    return used


@njit
def write(entry, care, target, to):
    """Write what an entry says; returns how many bytes were used."""
    letters = np.uint64(entry & np.uint32(LETTERS))
    if care & WIDE:
        return write_wide(letters, entry & np.uint32(ALONE) != 0, target, to)
    store64(target, to, letters << np.uint64((entry >> np.uint32(24)) & np.uint32(8)))
    return np.int64((entry >> np.uint32(LENGTH_SHIFT)) & np.uint32(LENGTH))


@inlined
def fold_places(source, at, leads, length, size, drop, entries, target, to):
    """Fold the code points of `length` bytes (2 or 3) that stand where the bits of `leads` say.

    Returns where the first stands that needs more than its place, else `size`; and `drop` with what is left
    over of each.
    """
    one = np.uint64(1)
    while leads:
        place = trailing_zeros(leads)
        bits = load64(source, at + np.int64(place))
        if length == 2:
            code = (bits & np.uint64(0x1F)) << np.uint64(6) | (bits >> np.uint64(8)) & np.uint64(0x3F)
        else:
            high = (bits & np.uint64(0xF)) << np.uint64(12) | (bits >> np.uint64(2)) & np.uint64(0xFC0)
            code = high | (bits >> np.uint64(16)) & np.uint64(0x3F)
        entry = entries[code]
        used = np.uint64(entry >> np.uint32(LENGTH_SHIFT))
        if not entry >> np.uint32(LEVEL + length) & np.uint32(1) or (not PACKS and used != length):
            return place, drop
        store_letters(target, to + np.int64(place), np.uint64(entry & np.uint32(LETTERS)), np.uint64(length))
        drop |= ((one << np.uint64(length)) - (one << used)) << place
        leads &= leads - one
    return size, drop


@inlined
def fold_block(source, at, stop, other, entries, target, to):
    """Fold the code points of two and three bytes in a block of which `fold_ascii` did the others.

    Each is written where it stands, so that none waits for the one before; then what is left over is taken
    out. Returns bytes read, bytes written, characters, and whether the block is done: it ends before the
    first code point that needs more than its place, and is not begun where there are any of four bytes.
    """
    one, nothing = np.uint64(1), np.int64(0)
    leads, threes = at_least(source, at, np.uint64(0xC0)), at_least(source, at, np.uint64(0xE0))
    whole = np.uint64(min(stop - at, np.int64(64)))
    if whole == np.uint64(64):
        whole -= leads >> np.uint64(63) | (threes >> np.uint64(62) & one) << one
    keep = lowest(whole)
    leads &= keep
    threes &= keep
    inner = leads << one | threes << np.uint64(2)
    if inner != other & keep & ~leads or at_least(source, at, np.uint64(0xF0)) & keep:
        return nothing, nothing, nothing, False
    size, drop = fold_places(source, at, leads & ~threes, 2, whole, np.uint64(0), entries, target, to)
    size, drop = fold_places(source, at, threes & lowest(size), 3, size, drop, entries, target, to)
    drop &= lowest(size)
    if drop:
        pack_block(target, to, ~drop)
    written = np.int64(size) - np.int64(ones(drop))
    return np.int64(size), written, np.int64(ones(~inner & lowest(size))), size == whole


@inlined
def lowest(count):
    """Mask of the lowest bits, up to 64 of them."""
    return (np.uint64(1) << (count & np.uint64(63))) - np.uint64(1) | -np.uint64(count >> np.uint64(6))


@inlined
def unsettled(code, care, source, start, stop, at, length, tables):
    """Whether a code point with CARE may change by normalization where it stands, judged by its neighbours.

    Errs on the side of yes.
    """
    lead, cares, combining = tables.lead, tables.care, tables.combining
    if care & (MARK | EXPANDS) and at + length < stop:
        after, _ = code_point(source, at + length, lead)
        if combining[after] and (
            care & EXPANDS or combining[after] < combining[code] or not cares[after] & MARK
        ):
            return True
    if care & COMPOSES and at > start:
        before = code_before(source, start, at, lead)
        if cares[before] & FIRST or (combining[before] and combining[code]):
            return True
    return care & EXPANDS != 0 and care & MARK != 0


@inlined
def fold_field(source, start, stop, tables, target):
    """Fold a field to words between zero bytes. Returns bytes written and characters.

    Bytes are -1 for a field that needs normalization. Blocks are folded whole as long as they allow it; what
    does not is folded code point by code point, until three in a row would have fitted a block.
    `source` is readable up to 64 bytes after `stop`, `target` holds twice the field and 64 bytes.
    """
    lead, entries, cares = tables.lead, tables.entry, tables.care
    at, to, characters = start, np.int64(0), np.int64(0)
    while at < stop:
        other = fold_ascii(source, at, target, to)
        if other == 0 and at + 64 <= stop:  # apart: the next block need not wait for the mask of this one
            at += 64
            to += 64
            characters += 64
            continue
        run, written, seen, done = fold_block(source, at, stop, other, entries, target, to)
        if run == 0:
            run = written = seen = min(np.int64(trailing_zeros(other)), stop - at)
        at += run
        to += written
        characters += seen
        if done:
            continue
        level = 0
        while level < 3 and at < stop and load64(source, at) & np.uint64(0x8080808080808080) != 0:
            code, length = code_point(source, at, lead)
            entry = entries[code]
            level = level + 1 if entry >> np.uint32(LEVEL + length) & np.uint32(1) else 0
            care = cares[code] if entry & np.uint32(CARE) else np.uint8(0)
            if care and unsettled(code, care, source, start, stop, at, length, tables):
                return np.int64(-1), np.int64(0)
            if care & EXPANDS:
                to += write_folded(code, tables, target, to)
            else:
                to += write(entry, care, target, to)
            at += length
            characters += 1
    return to, characters


@njit
def decompose(source, start, stop, tables, parts):
    """Full canonical decomposition into code points; returns their number and that of characters."""
    at, count, characters = start, np.int64(0), np.int64(0)
    while at < stop:
        code, length = code_point(source, at, tables.lead)
        at += length
        characters += 1
        syllable = code - 0xAC00
        if 0 <= syllable < 11172:
            parts[count] = 0x1100 + syllable // 588
            parts[count + 1] = 0x1161 + syllable % 588 // 28
            parts[count + 2] = 0x11A7 + syllable % 28
            count += 3 if syllable % 28 else 2
            continue
        if not tables.care[code] & DECOMPOSES:
            parts[count] = code
            count += 1
            continue
        place = find(tables.decomposed, np.uint32(code))
        for index in range(tables.decomposed_start[place], tables.decomposed_start[place + 1]):
            parts[count] = tables.decomposed_parts[index]
            count += 1
    return count, characters


@njit
def order(parts, count, combining):
    """Canonical ordering: counting sort of each run of non-starters that is out of order."""
    spare, places = np.empty(0, np.int32), np.empty(257, np.int64)
    start = np.int64(0)
    while start < count:
        stop, sorted_already = start, True
        while stop < count and combining[parts[stop]]:
            if stop > start and combining[parts[stop]] < combining[parts[stop - 1]]:
                sorted_already = False
            stop += 1
        if not sorted_already:
            for value in range(257):
                places[value] = 0
            if len(spare) < stop - start:
                spare = np.empty(stop - start, np.int32)
            for index in range(start, stop):
                places[np.int64(combining[parts[index]]) + 1] += 1
                spare[index - start] = parts[index]
            for value in range(256):
                places[value + 1] += places[value]
            for index in range(stop - start):
                combined = np.int64(combining[spare[index]])
                parts[start + places[combined]] = spare[index]
                places[combined] += 1
        start = stop + 1


@njit
def pair(first, second, tables):
    """Primary composite of two code points, or -1."""
    if 0x1100 <= first < 0x1113 and 0x1161 <= second < 0x1176:
        return np.int64(0xAC00 + ((first - 0x1100) * 21 + (second - 0x1161)) * 28)
    if 0xAC00 <= first < 0xD7A4 and (first - 0xAC00) % 28 == 0 and 0x11A8 <= second < 0x11C3:
        return np.int64(first + (second - 0x11A7))
    place = find(tables.composed, np.uint64(first) << np.uint64(32) | np.uint64(second))
    return np.int64(-1) if place < 0 else np.int64(tables.composites[place])


@njit
def compose(parts, count, tables):
    """Canonical composition in place; returns the number of code points left."""
    starter, last, kept = np.int64(-1), np.int64(0), np.int64(0)
    for index in range(count):
        code = np.int64(parts[index])
        combining = np.int64(tables.combining[code])
        if starter >= 0 and tables.care[code] & SECOND and (starter == kept - 1 or last < combining):
            whole = pair(np.int64(parts[starter]), code, tables)
            if whole >= 0:
                parts[starter] = whole
                continue
        if combining == 0:
            starter = kept
        last = combining
        parts[kept] = code
        kept += 1
    return kept


@njit
def fold_normalized(source, start, stop, tables, target):
    """As `fold_field`, for any field: brought to Normalization Form C first."""
    parts = np.empty(2 * (stop - start) + 8, np.int32)
    count, characters = decompose(source, start, stop, tables, parts)
    order(parts, count, tables.combining)
    count = compose(parts, count, tables)
    to = np.int64(0)
    for index in range(count):
        code = np.int64(parts[index])
        to += write_folded(code, tables, target, to)
    return to, characters


@inlined
def hash_words(text, edges, count, masks, numbers, hashes, words, longer):
    """Hash `count` words between pairs of edges, from `words` on: see `reference.word_hash`.

    The first 16 bytes of each without a branch, which would often be mispredicted; then what is longer.
    """
    sixteen = np.uint64(16)
    first, second, found = numbers[1], numbers[2], np.uint64(0)
    seed = numbers[0]
    for index in range(count):
        place = np.uint64(index)
        start = edges[np.uint64(2) * place]
        size = edges[np.uint64(2) * place + np.uint64(1)] - start
        hashes[words + place] = hash_block(text, start, min(size, sixteen), masks, seed, first, second)
        longer[found] = place
        found += np.uint64(size > sixteen)
    for index in range(np.int64(found)):
        place = longer[np.uint64(index)]
        start, stop = edges[np.uint64(2) * place] + sixteen, edges[np.uint64(2) * place + np.uint64(1)]
        value = hashes[words + place]
        while start < stop:
            value = hash_block(text, start, min(stop - start, sixteen), masks, value, first, second)
            start += sixteen
        hashes[words + place] = value


@inlined
def hash_block(text, start, size, masks, value, first, second):
    """A word's hash, 16 bytes further."""
    value = (value ^ (load64(text, start) & masks[np.uint64(2) * size])) * first
    value ^= value >> np.uint64(32)
    value = (
        value ^ (load64(text, start + np.uint64(8)) & masks[np.uint64(2) * size + np.uint64(1)])
    ) * second
    return value ^ (value >> np.uint64(29))


@inlined
def tokenize(text, length, masks, numbers, edges, hashes, longer):
    """Hash the words of folded text (64 zero bytes after it); returns their number.

    Starts and ends of words are the edges of a bitmap of 64 bytes, written all at once or eight at a time
    (Langdale, Lemire 2019), then hashed in a loop of their own. `longer` is scratch.
    """
    one = np.uint64(1)
    words, count, inside = np.uint64(0), np.uint64(0), np.uint64(0)
    for block in range(0, length + 1, 64):
        bits = nonzero(text, block)
        turned = bits ^ ((bits << one) | inside)
        inside = bits >> np.uint64(63)
        if PACKS:
            write_places(turned, np.uint64(block), edges, count)
            count += ones(turned)
        else:
            stop = count + ones(turned)
            while count < stop:
                for index in range(8):
                    edges[count + np.uint64(index)] = np.uint64(block) + trailing_zeros(turned)
                    turned &= turned - one
                count += np.uint64(8)
            count = stop
        if count > np.uint64(SPAN) or block + 64 > length:
            pairs = count >> one
            hash_words(text, edges, np.int64(pairs), masks, numbers, hashes, words, longer)
            words += pairs
            if count & one:
                edges[0] = edges[count - one]
            count &= one
    return np.int64(words)


@inlined
def shingle(hashes, words, numbers, target):
    """Shingle hashes of a field's word hashes; returns their number."""
    p = numbers[3]
    if words < 5:
        value = np.uint64(5 - words) * numbers[4]
        for index in range(words):
            value = value * p + hashes[index]
        target[0] = fmix64(value)
        return np.int64(1)
    for place in range(words - 4):
        at = np.uint64(place)
        value = (hashes[at] * p + hashes[at + np.uint64(1)]) * p + hashes[at + np.uint64(2)]
        value = (value * p + hashes[at + np.uint64(3)]) * p + hashes[at + np.uint64(4)]
        target[at] = fmix64(value)
    return words - 4


@inlined
def field_digest(hashes, words, numbers):
    """128 bits for a sequence of word hashes: see `reference.field_digest`."""
    first, second = np.uint64(0), np.uint64(0)
    for index in range(words):
        value = (hashes[index] ^ (np.uint64(index + 1) * numbers[5])) * numbers[6]
        value ^= value >> np.uint64(32)
        first += value
        value = value * numbers[7]
        second += value ^ (value >> np.uint64(29))
    first = fmix64(first + np.uint64(words))
    return first, fmix64(second ^ first)


@inlined
def set_digest(fields, count):
    """128 bits for a set of field digests, duplicates left out (Shell sort: there may be many)."""
    gap = count // 2
    while gap > 0:
        for index in range(gap, count):
            a, b, place = fields[index, 0], fields[index, 1], index
            while place >= gap and (
                fields[place - gap, 0] > a or (fields[place - gap, 0] == a and fields[place - gap, 1] > b)
            ):
                fields[place, 0], fields[place, 1] = fields[place - gap, 0], fields[place - gap, 1]
                place -= gap
            fields[place, 0], fields[place, 1] = a, b
        gap = 1 if gap == 2 else gap * 5 // 11
    first, second, distinct = np.uint64(0), np.uint64(0), np.uint64(0)
    for index in range(count):
        if index == 0 or fields[index, 0] != fields[index - 1, 0] or fields[index, 1] != fields[index - 1, 1]:
            first += fields[index, 0]
            second += fields[index, 1]
            distinct += np.uint64(1)
    first = fmix64(first + distinct)
    return first, fmix64(second ^ first)


@inlined
def winnow(shingles, count, record, hashes, records, stored, halves):
    """Append the minima of all windows, rightmost of equals; returns how many are stored now.

    All windows are searched at once: minima of 4 make those of 16, and two of these that of a window. So no
    branch depends on a hash but for the places where the minimum changes, one in sixteen.
    """
    whole = count - WINDOW  # windows after the first
    if whole <= 0:
        least = shingles[0]
        for index in range(1, count):
            least = min(least, shingles[index])
        hashes[stored], records[stored] = least, record
        return stored + 1
    for block in range(0, whole + 29, 32):
        least_of_four(shingles, block, 1, halves)
    for block in range(0, whole + 17, 32):
        least_of_four(halves, block, 4, halves)
    first = stored
    hashes[stored] = min(halves[0], halves[WINDOW // 2])
    stored += 1
    for block in range(0, whole, 32):
        bits = turns(halves, shingles, block)
        if whole - block < 32:
            bits &= lowest(np.uint64(whole - block))
        while bits:
            place = block + 1 + np.int64(trailing_zeros(bits))
            hashes[stored] = min(halves[place], halves[place + WINDOW // 2])
            stored += 1
            bits &= bits - np.uint64(1)
    for index in range(first, stored):
        records[np.uint64(index)] = record
    return stored


@inlined
def premix(shingles, count, values, filled):
    """Append the low halves of shingle hashes, mixed as datasketch mixes what it is given."""
    for place in range(count):
        values[np.uint64(filled + place)] = fmix32(np.uint32(shingles[np.uint64(place)]))


@inlined
def select(shingles, count, threshold, sketch, kept):
    """Append the shingle hashes up to the threshold; returns how many are kept now."""
    for block in range(0, count, 32):
        bits = at_most(shingles, block, threshold)
        if count - block < 32:
            bits &= lowest(np.uint64(count - block))
        while bits:
            sketch[kept] = shingles[block + np.int64(trailing_zeros(bits))]
            kept += 1
            bits &= bits - np.uint64(1)
    return kept


@njit
def grown(array, needed):
    """A copy with room for more."""
    larger = np.empty(2 * needed, array.dtype)
    for index in range(len(array)):
        larger[index] = array[index]
    return larger


@inlined
def fold(data, start, stop, tables, workspace):
    """Fold any field into the workspace, zero bytes after it; returns bytes written and characters."""
    size = stop - start
    if stop + 64 > len(data):  # the kernel reads whole blocks
        for index in range(size):
            workspace.last[index] = data[start + index]
        for offset in range(0, 72, 8):
            store64(workspace.last, size + offset, np.uint64(0))
        data, start, stop = workspace.last, np.int64(0), size
    length, characters = fold_field(data, start, stop, tables, workspace.folded)
    if length < 0:
        length, characters = fold_normalized(data, start, stop, tables, workspace.folded)
    for offset in range(0, 72, 8):
        store64(workspace.folded, length + offset, np.uint64(0))
    return length, characters


def fingerprint(
    record, start, stop, chosen, data, tables, workspace, threshold, with_signatures, with_passages,
    counts, digests, signatures,
):  # fmt: skip
    """Fill counts int64[3, n], digests uint64[n, 2], signatures uint32[n, 128].

    Returns hashes and records of passages and their number, hashes of the sketch and their number; the arrays
    have room for more.
    """
    record, start, stop, chosen = borrowed(record), borrowed(start), borrowed(stop), borrowed(chosen)
    data, tables, workspace = borrowed(data), borrowed(tables), borrowed(workspace)
    hashes, shingles, values = workspace.hashes, workspace.shingles, workspace.values
    passage_hashes, passage_records = np.empty(1024, np.uint64), np.empty(1024, np.uint32)
    sketch = np.empty(1024, np.uint64)
    stored, kept = np.int64(0), np.int64(0)
    for index in range(len(record) - 1):
        fields, filled = np.int64(0), np.int64(0)
        for leaf in range(record[index], record[index + 1]):
            if not chosen[leaf]:
                continue
            length, characters = fold(data, start[leaf], stop[leaf], tables, workspace)
            words = tokenize(
                workspace.folded, length, tables.masks, tables.numbers, workspace.edges, hashes, shingles
            )
            counts[0, index] += stop[leaf] - start[leaf]
            counts[1, index] += characters
            if words == 0:
                continue
            counts[2, index] += words
            workspace.fields[fields, 0], workspace.fields[fields, 1] = field_digest(
                hashes, words, tables.numbers
            )
            fields += 1
            count = shingle(hashes, words, tables.numbers, shingles)
            if kept + count > len(sketch):
                sketch = grown(sketch, kept + count)
            kept = select(shingles, count, threshold, sketch, kept)
            if with_passages:
                if stored + count > len(passage_hashes):
                    passage_hashes = grown(passage_hashes, stored + count)
                    passage_records = grown(passage_records, stored + count)
                stored = winnow(
                    shingles, count, np.uint32(index), passage_hashes, passage_records, stored,
                    workspace.halves,
                )  # fmt: skip
            if with_signatures:
                premix(shingles, count, values, filled)
                filled += count
        if fields:
            digests[index, 0], digests[index, 1] = set_digest(workspace.fields, fields)
        if filled:
            for first in range(0, len(tables.factors), LANES):
                minimize(values, filled, tables.factors, tables.summands, signatures[index], first)
    return passage_hashes, passage_records, stored, sketch, kept


def spell(start, stop, data, tables, workspace):
    """The words of fields: uint8[] folded letters, and int64[words] where each begins and ends.

    Also uint64[words], their hashes, and int64[fields + 1], the range of each field's words.
    """
    hashes = np.empty(64, np.uint64)
    letters, first, last = np.empty(1024, np.uint8), np.empty(64, np.int64), np.empty(64, np.int64)
    of_field = np.zeros(len(start) + 1, np.int64)
    used, count = np.int64(0), np.int64(0)
    for field in range(len(start)):
        length, _ = fold(data, start[field], stop[field], tables, workspace)
        words = tokenize(
            workspace.folded, length, tables.masks, tables.numbers, workspace.edges, workspace.hashes,
            workspace.shingles,
        )  # fmt: skip
        if count + words > len(hashes):
            hashes, first, last = (
                grown(hashes, count + words), grown(first, count + words), grown(last, count + words)
            )  # fmt: skip
        hashes[count : count + words] = workspace.hashes[:words]
        if used + length > len(letters):
            letters = grown(letters, used + length)
        inside = False
        for at in range(length + 1):
            is_letter = at < length and workspace.folded[at] != 0
            if is_letter and not inside:
                first[count] = used
            if is_letter:
                letters[used] = workspace.folded[at]
                used += 1
            elif inside:
                last[count] = used
                count += 1
            inside = is_letter
        of_field[field + 1] = count
    return letters[:used], first[:count], last[:count], hashes[:count], of_field


def digest_stretches(hashes, start, size, numbers):
    """uint64[n, 2]: the words digests of stretches of words, each as a record of one field."""
    digests = np.empty((len(start), 2), np.uint64)
    for index in range(len(start)):
        words = hashes[start[index] : start[index] + size[index]]
        first, second = field_digest(words, size[index], numbers)
        digests[index, 0] = fmix64(first + np.uint64(1))
        digests[index, 1] = fmix64(second ^ digests[index, 0])
    return digests


def readonly(kind, dimensions=1):
    """Type of a read-only array; writable ones are accepted as such."""
    return types.Array(kind, dimensions, "C", readonly=True)


def signature():
    """Type of `fingerprint`, so that it is compiled once, ahead of any call."""
    u8, u32, u64, i64 = (readonly(each) for each in (types.uint8, types.uint32, types.uint64, types.int64))
    u8w, u32w, u64w = types.uint8[::1], types.uint32[::1], types.uint64[::1]
    tables = (u32, u32, u8, u8, u32, i64, u32, u64, u32, u32, i64, u32, u64, u64, u32, u32)
    workspace = (u8w, u8w, u64w, u64w, u64w, u32w, types.uint64[:, ::1], u64w)
    return types.Tuple([u64w, u32w, types.int64, u64w, types.int64])(
        i64, i64, i64, readonly(types.boolean), u8,
        types.NamedTuple(tables, Tables), types.NamedTuple(workspace, Workspace),
        types.uint64, types.boolean, types.boolean,
        types.int64[:, ::1], types.uint64[:, ::1], types.uint32[:, ::1],
    )  # fmt: skip


run = compiled_for(signature())(fingerprint)
words_of = compiled(spell)
stretch_digests = compiled(digest_stretches)
