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

from registry.fingerprint.compiled import compiled, compiled_for

LETTERS = 0x00FF_FFFF  # entry: up to three bytes of folded UTF-8, or the folded code point where WIDE
ALONE = 0x0800_0000  # entry: a word of its own, set apart by a zero byte before and after
LENGTH_SHIFT, LENGTH = 28, 7  # entry: how many bytes to write
CARE = 0x8000_0000  # entry: look at `care` first
MARK, COMPOSES, EXPANDS, WIDE = 1, 2, 4, 8  # bits of care that CARE announces
FIRST, DECOMPOSES, SECOND = 16, 32, 64  # further bits of care
SPAN = 16384  # edges of words per round of tokenization
WINDOW = 32  # shingles
LANES = 64  # permutations computed together
CODE_SPACE = 0x140000  # all that a lead byte of F4 can say, valid or not


class Tables(NamedTuple):
    """What the kernel knows of Unicode and of the recipe (made by `tables.py`; all read-only).

    lead:  uint32[256], by first byte: length | shift << 8 | mask << 16 of the encoded code point
    entry: uint32[CODE_SPACE], by code point: see LETTERS, ALONE, LENGTH, CARE
    care:  uint8[CODE_SPACE]: MARK a kept mark with a combining class, COMPOSES with what stands before,
           EXPANDS to more than an entry holds, WIDE folds to four bytes; FIRST may compose with what follows,
           DECOMPOSES canonically, SECOND of a composition
    combining: uint8[CODE_SPACE], canonical combining class
    decomposed, decomposed_start, decomposed_parts: sorted code points, and where their decompositions stand
    composed, composites: sorted first << 32 | second, and their primary composites
    expanded, expanded_start, expanded_parts: sorted code points that expand, and to what
    masks: uint64[17, 2], for the bytes of a word in a block of 16
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

    folded: uint8[2 field + 128]
    last:   uint8[field + 128], a copy of a field that ends where the data end
    edges:  uint64[SPAN + 256]
    hashes, shingles: uint64[field + 16]
    values: uint32[record + 4 fields + 16], premixed shingle hashes of a record
    fields: uint64[fields, 2], digests of the fields of a record
    """

    folded: Any
    last: Any
    edges: Any
    hashes: Any
    shingles: Any
    values: Any
    fields: Any


BYTE, WORD = ir.IntType(8), ir.IntType(64)
BLOCK = ir.VectorType(BYTE, 64)


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
def nonzero(typing: Any, array: Any, index: Any) -> tuple[Any, Callable[..., Any]]:
    """Mask of the 64 bytes at an index that are not zero, the first byte in the lowest bit."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        block = load(builder, address(context, builder, signature.args[0], *arguments), BLOCK)
        return builder.bitcast(builder.icmp_unsigned("!=", block, splat(0)), WORD)

    return types.uint64(array, index), generate


@intrinsic
def rightmost_minimum(typing: Any, array: Any, index: Any) -> tuple[Any, Callable[..., Any]]:
    """Place of the least of the 32 uint64 at an index, the rightmost of equals, counted from there."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        window = load(
            builder, address(context, builder, signature.args[0], *arguments), ir.VectorType(WORD, WINDOW)
        )
        least, size = window, WINDOW
        while size > 1:
            size //= 2
            halves = [range(size), range(size, 2 * size)]
            low, high = (shuffled(builder, least, half) for half in halves)
            least = builder.select(builder.icmp_unsigned("<", low, high), low, high)
        everywhere = shuffled(builder, least, [0] * WINDOW)
        equal = builder.bitcast(builder.icmp_unsigned("==", window, everywhere), ir.IntType(WINDOW))
        zeros = builder.ctlz(equal, ir.Constant(ir.IntType(1), 0))
        return builder.zext(builder.sub(ir.Constant(ir.IntType(WINDOW), WINDOW - 1), zeros), WORD)

    return types.int64(array, index), generate


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


@njit
def fold_field(source, start, stop, tables, target):
    """Fold a field to words between zero bytes. Returns bytes written and characters.

    Bytes are -1 for a field that needs normalization: whether a code point with CARE may change by it
    where it stands is judged by its neighbours, erring on the side of yes.
    `source` is readable up to 64 bytes after `stop`, `target` holds twice the field and 64 bytes.
    """
    lead, entries, cares, combining = tables.lead, tables.entry, tables.care, tables.combining
    at, to, characters = start, np.int64(0), np.int64(0)
    while at < stop:
        other = fold_ascii(source, at, target, to)
        run = min(np.int64(trailing_zeros(other)), stop - at)
        at += run
        to += run
        characters += run
        if other == 0:
            continue
        while at < stop and load64(source, at) & np.uint64(0x8080808080808080) != 0:
            code, length = code_point(source, at, lead)
            entry = entries[code]
            if entry & np.uint32(CARE):
                care = cares[code]
                if care & (MARK | EXPANDS) and at + length < stop:
                    after, _ = code_point(source, at + length, lead)
                    if combining[after] and (
                        care & EXPANDS or combining[after] < combining[code] or not cares[after] & MARK
                    ):
                        return np.int64(-1), np.int64(0)
                if care & COMPOSES and at > start:
                    before = code_before(source, start, at, lead)
                    if cares[before] & FIRST or (combining[before] and combining[code]):
                        return np.int64(-1), np.int64(0)
                if care & EXPANDS:
                    if care & MARK:
                        return np.int64(-1), np.int64(0)
                    to += write_folded(code, tables, target, to)
                else:
                    to += write(entry, care, target, to)
            else:
                to += write(entry, np.uint8(0), target, to)
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


@njit
def word_hash(text, start, length, masks, numbers):
    """64-bit hash of a word: see `reference.word_hash`."""
    value = numbers[0]
    while True:
        block = min(length, np.uint64(16))
        value = (value ^ (load64(text, start) & masks[block, np.uint64(0)])) * numbers[1]
        value ^= value >> np.uint64(32)
        value = (value ^ (load64(text, start + np.uint64(8)) & masks[block, np.uint64(1)])) * numbers[2]
        value ^= value >> np.uint64(29)
        if length <= np.uint64(16):
            return value
        length -= np.uint64(16)
        start += np.uint64(16)


@njit
def tokenize(text, length, tables, edges, hashes):
    """Hash the words of folded text (64 zero bytes after it); returns their number.

    Starts and ends of words are the edges of a bitmap of 64 bytes, written eight at a time (Langdale, Lemire
    2019), then hashed in a loop of their own.
    """
    one = np.uint64(1)
    words, count, inside = np.uint64(0), np.uint64(0), np.uint64(0)
    for block in range(0, length + 1, 64):
        bits = nonzero(text, block)
        turns = bits ^ ((bits << one) | inside)
        inside = bits >> np.uint64(63)
        stop = count + ones(turns)
        while count < stop:
            for index in range(8):
                edges[count + np.uint64(index)] = np.uint64(block) + trailing_zeros(turns)
                turns &= turns - one
            count += np.uint64(8)
        count = stop
        if count > np.uint64(SPAN) or block + 64 > length:
            pairs = count >> one
            for index in range(np.int64(pairs)):
                place = np.uint64(index) << one
                start = edges[place]
                size = edges[place + one] - start
                hashes[words + np.uint64(index)] = word_hash(text, start, size, tables.masks, tables.numbers)
            words += pairs
            if count & one:
                edges[0] = edges[count - one]
            count &= one
    return np.int64(words)


@njit
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


@njit
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


@njit
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


@njit
def winnow(shingles, count, record, hashes, records, stored):
    """Append the minima of all windows, rightmost of equals; returns how many are stored now."""
    place = np.int64(0)
    for index in range(1, min(WINDOW, count)):
        if shingles[index] <= shingles[place]:
            place = np.int64(index)
    least = shingles[place]
    hashes[stored], records[stored] = least, record
    stored += 1
    for index in range(WINDOW, count):
        if shingles[index] <= least:
            place = np.int64(index)
        elif place == index - WINDOW:
            place += 1 + rightmost_minimum(shingles, place + 1)
        else:
            continue
        least = shingles[place]
        hashes[stored], records[stored] = least, record
        stored += 1
    return stored


@njit
def select(shingles, count, threshold, sketch, kept):
    """Append the shingle hashes up to the threshold; returns how many are kept now."""
    for index in range(count):
        if shingles[index] <= threshold:
            sketch[kept] = shingles[index]
            kept += 1
    return kept


@njit
def grown(array, needed):
    """A copy with room for more."""
    larger = np.empty(2 * needed, array.dtype)
    for index in range(len(array)):
        larger[index] = array[index]
    return larger


@njit
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
            words = tokenize(workspace.folded, length, tables, workspace.edges, hashes)
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
                stored = winnow(shingles, count, np.uint32(index), passage_hashes, passage_records, stored)
            if with_signatures:
                for place in range(count):
                    values[filled + place] = fmix32(np.uint32(shingles[place]))
                filled += count
        if fields:
            digests[index, 0], digests[index, 1] = set_digest(workspace.fields, fields)
        if filled:
            for first in range(0, len(tables.factors), LANES):
                minimize(values, filled, tables.factors, tables.summands, signatures[index], first)
    return passage_hashes, passage_records, stored, sketch, kept


def spell(start, stop, data, tables, workspace):
    """The words of fields: uint8[] folded letters, and int64[words] where each begins and ends.

    Also int64[fields + 1], the range of each field's words.
    """
    letters, first, last = np.empty(1024, np.uint8), np.empty(64, np.int64), np.empty(64, np.int64)
    of_field = np.zeros(len(start) + 1, np.int64)
    used, count = np.int64(0), np.int64(0)
    for field in range(len(start)):
        length, _ = fold(data, start[field], stop[field], tables, workspace)
        if used + length > len(letters):
            letters = grown(letters, used + length)
        inside = False
        for at in range(length + 1):
            is_letter = at < length and workspace.folded[at] != 0
            if is_letter and not inside:
                if count == len(first):
                    first, last = grown(first, count), grown(last, count)
                first[count] = used
            if is_letter:
                letters[used] = workspace.folded[at]
                used += 1
            elif inside:
                last[count] = used
                count += 1
            inside = is_letter
        of_field[field + 1] = count
    return letters[:used], first[:count], last[:count], of_field


def readonly(kind, dimensions=1):
    """Type of a read-only array; writable ones are accepted as such."""
    return types.Array(kind, dimensions, "C", readonly=True)


def signature():
    """Type of `fingerprint`, so that it is compiled once, ahead of any call."""
    u8, u32, u64, i64 = (readonly(each) for each in (types.uint8, types.uint32, types.uint64, types.int64))
    u8w, u32w, u64w = types.uint8[::1], types.uint32[::1], types.uint64[::1]
    pairs = readonly(types.uint64, 2)
    tables = (u32, u32, u8, u8, u32, i64, u32, u64, u32, u32, i64, u32, pairs, u64, u32, u32)
    workspace = (u8w, u8w, u64w, u64w, u64w, u32w, types.uint64[:, ::1])
    return types.Tuple([u64w, u32w, types.int64, u64w, types.int64])(
        i64, i64, i64, readonly(types.boolean), u8,
        types.NamedTuple(tables, Tables), types.NamedTuple(workspace, Workspace),
        types.uint64, types.boolean, types.boolean,
        types.int64[:, ::1], types.uint64[:, ::1], types.uint32[:, ::1],
    )  # fmt: skip


run = compiled_for(signature())(fingerprint)
words_of = compiled(spell)
