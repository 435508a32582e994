"""Kernels for single values: strings, numbers, and the words of JSON (RFC 8259)."""

import numpy as np

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I32, U8, Tag
from registry.sources.json.faults import FAULT
from registry.sources.json.vectors import copy_special, in_range, lowest, special, word

PADDING = 64  # zero bytes after a text: every scan ends there, and vectors may be loaded past the last byte
RAW = 0  # tag of a number whose canonical text is still to be computed


def _escape_table() -> U8:
    table = np.zeros(256, np.uint8)
    for letter, byte in zip(b'"\\/bfnrt', b'"\\/\b\f\n\r\t', strict=True):
        table[letter] = byte
    return table


def _hex_table() -> I32:
    table = np.full(256, -1, np.int32)
    for value, digit in enumerate(b"0123456789abcdef"):
        table[digit] = value
        table[ord(chr(digit).upper())] = value
    return table


_decimals = in_range(0x30, 0x39)
_ESCAPES = _escape_table()
_HEX = _hex_table()
_NAN, _INFINITY = np.frombuffer(b"NaN", np.uint8), np.frombuffer(b"Infinity", np.uint8)
_TRUE, _FALSE = np.frombuffer(b"true", np.uint8), np.frombuffer(b"false", np.uint8)
_NULL = np.frombuffer(b"null", np.uint8)
_STRING, _INTEGER, _FLOAT = int(Tag.STRING), int(Tag.INTEGER), int(Tag.FLOAT)
_BOOLEAN, _NON_FINITE = int(Tag.BOOLEAN), int(Tag.NON_FINITE)
_TAB, _NEWLINE, _RETURN, _SPACE, _QUOTE, _MINUS, _POINT, _ZERO, _BACKSLASH = 9, 10, 13, 32, 34, 45, 46, 48, 92


@compiled
def skip_blanks(buffer: U8, at: int) -> int:
    """The next byte that is no blank (RFC 8259 section 2)."""
    while True:
        byte = buffer[at]
        if byte > _SPACE or byte not in (_SPACE, _NEWLINE, _TAB, _RETURN):
            return at
        at += 1


@compiled
def _text_end(buffer: U8, at: int) -> int:
    """The first quote, backslash or control character."""
    while True:
        mask = special(buffer, at)
        if mask:
            return at + lowest(mask)
        at += 64


@compiled
def _code_unit(buffer: U8, at: int) -> tuple[int, int]:
    """The UTF-16 code unit of four hexadecimal digits, or -1 and the place of what is no digit."""
    unit = 0
    for place in range(at, at + 4):
        digit = _HEX[buffer[place]]
        if digit < 0:
            return -1, place
        unit = unit * 16 + digit
    return unit, at + 4


@compiled
def _code_point(buffer: U8, at: int) -> tuple[int, int, int]:  # noqa: PLR0911 (each a way to end)
    """The code point of the escape whose `u` stands at `at`, the place after it, and the fault."""
    unit, after = _code_unit(buffer, at + 1)
    if unit < 0:
        return 0, after, FAULT.ESCAPE
    if unit < 0xD800 or unit > 0xDFFF:
        return unit, after, FAULT.NONE
    if unit > 0xDBFF:
        return 0, at, FAULT.SURROGATE
    if buffer[after] != _BACKSLASH or buffer[after + 1] != ord("u"):
        return 0, after + (buffer[after] == _BACKSLASH), FAULT.SURROGATE
    low, end = _code_unit(buffer, after + 2)
    if low < 0:
        return 0, end, FAULT.ESCAPE
    if low < 0xDC00 or low > 0xDFFF:
        return 0, at, FAULT.SURROGATE
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), end, FAULT.NONE


@compiled
def _encode(buffer: U8, to: int, point: int) -> int:
    """Write a code point as UTF-8 (RFC 3629)."""
    if point < 0x80:
        buffer[to] = point
        return to + 1
    if point < 0x800:
        buffer[to] = 0xC0 | point >> 6
        buffer[to + 1] = 0x80 | point & 0x3F
        return to + 2
    if point < 0x10000:
        buffer[to] = 0xE0 | point >> 12
        buffer[to + 1] = 0x80 | point >> 6 & 0x3F
        buffer[to + 2] = 0x80 | point & 0x3F
        return to + 3
    buffer[to] = 0xF0 | point >> 18
    buffer[to + 1] = 0x80 | point >> 12 & 0x3F
    buffer[to + 2] = 0x80 | point >> 6 & 0x3F
    buffer[to + 3] = 0x80 | point & 0x3F
    return to + 4


@compiled
def _unescape(buffer: U8, at: int, tail: int) -> tuple[int, int, int]:
    """Write a string's bytes at `tail`: the place after it or of the fault, the new tail, the fault."""
    while True:
        mask = copy_special(buffer, at, tail)
        if mask == 0:
            at += 64
            tail += 64
            continue
        run = lowest(mask)
        at += run
        tail += run
        if buffer[at] == _QUOTE:
            return at + 1, tail, FAULT.NONE
        if buffer[at] != _BACKSLASH:
            return at, tail, FAULT.CONTROL
        letter = buffer[at + 1]
        if _ESCAPES[letter]:
            buffer[tail] = _ESCAPES[letter]
            tail += 1
            at += 2
        elif letter == ord("u"):
            point, at, fault = _code_point(buffer, at + 1)
            if fault:
                return at, tail, fault
            tail = _encode(buffer, tail, point)
        else:
            return at + 1, tail, FAULT.ESCAPE


@compiled
def read_string(buffer: U8, at: int, tail: int) -> tuple[int, int, int, int, int]:
    """A string after its quote: start and stop of its bytes, the place after it, the new tail, the fault."""
    stop = _text_end(buffer, at)
    if buffer[stop] == _QUOTE:
        return at, stop, stop + 1, tail, FAULT.NONE
    after, end, fault = _unescape(buffer, at, tail)
    return tail, end, after, end, fault


@compiled
def _digits(buffer: U8, at: int) -> int:
    """The first byte that is no decimal digit."""
    while True:
        mask = ~_decimals(buffer, at)
        if mask:
            return at + lowest(mask)
        at += 64


@compiled
def read_number(buffer: U8, at: int) -> tuple[int, int, int, int]:  # noqa: PLR0911 (each a way to end)
    """A number at `at`: tag, start and stop of its canonical text, the place after it.

    Decimals of up to 15 digits are the shortest text of their double (IEEE 754: any 15 digits survive the
    way through binary64 and back), in the range where ECMAScript writes no exponent; others are RAW.
    A negative tag is the fault, at the place given last.
    """
    whole = at + (buffer[at] == _MINUS)
    point = _digits(buffer, whole)
    if point == whole:
        return -FAULT.NUMBER, at, at, point
    if buffer[whole] == _ZERO and point > whole + 1:
        return -FAULT.LEADING_ZERO, at, at, whole
    integer_start = whole if buffer[whole] == _ZERO else at
    stop = point
    if buffer[point] == _POINT:
        stop = _digits(buffer, point + 1)
        if stop == point + 1:
            return -FAULT.NUMBER, at, at, stop
    if buffer[stop] | 0x20 == ord("e"):
        digits = stop + 1
        if buffer[digits] == ord("+") or buffer[digits] == _MINUS:
            digits += 1
        stop = _digits(buffer, digits)
        return (-FAULT.NUMBER if stop == digits else RAW), at, stop, stop
    if stop == point:
        return _INTEGER, integer_start, stop, stop
    kept = stop
    while buffer[kept - 1] == _ZERO:
        kept -= 1
    if kept == point + 1 and point - whole <= 15:
        return _INTEGER, integer_start, point, stop
    small = buffer[whole] == _ZERO and word(buffer, point + 1) & 0xFFFFFFFFFFFF == 0x303030303030
    if kept - whole > 16 or small:
        return RAW, at, stop, stop
    return _FLOAT, at, kept, stop


@compiled
def _match(buffer: U8, at: int, name: U8) -> int:
    """The first byte that differs from the name."""
    same = 0
    while same < name.size and buffer[at + same] == name[same]:
        same += 1
    return at + same


@compiled
def read_literal(buffer: U8, at: int, tail: int) -> tuple[int, int, int, int, int]:
    """A value that is a word: its tag (negative: the fault), start and stop, the place after it, the tail."""
    byte = buffer[at]
    if byte == ord("n"):
        after = _match(buffer, at, _NULL)
        return (_STRING if after == at + 4 else -FAULT.VALUE), at, at, after, tail
    if byte == ord("t") or byte == ord("f"):
        name = _TRUE if byte == ord("t") else _FALSE
        after = _match(buffer, at, name)
        return (_BOOLEAN if after == at + name.size else -FAULT.VALUE), at, after, after, tail
    unsigned = at + (byte == _MINUS)
    name = _NAN if byte == ord("N") else _INFINITY
    after = _match(buffer, unsigned, name)
    if after < unsigned + name.size:
        return -FAULT.VALUE, at, at, after, tail
    length = 3 + (byte == _MINUS)
    for place in range(length):  # "nan", "inf", "-inf"
        buffer[tail + place] = buffer[at + place] | 0x20
    return _NON_FINITE, tail, tail + length, after, tail + length
