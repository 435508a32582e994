"""Validity of UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing above U+10FFFF."""

import numpy as np

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import U8
from registry.sources.json.vectors import in_range

_beyond_ascii = in_range(0x80, 0xFF)
_continuation = in_range(0x80, 0xBF)
_two, _three, _four = in_range(0xC2, 0xDF), in_range(0xE0, 0xEF), in_range(0xF0, 0xF4)
_below_a0, _below_90 = in_range(0x80, 0x9F), in_range(0x80, 0x8F)
_e0, _ed = in_range(0xE0, 0xE0), in_range(0xED, 0xED)
_f0, _f4 = in_range(0xF0, 0xF0), in_range(0xF4, 0xF4)
_BLOCK = 64
_NOTHING, _ALL = np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)


def first_invalid(text: U8, size: int) -> int | None:
    """The first of `size` bytes that is not valid UTF-8; 64 more bytes are read beyond them."""
    if not _has_invalid(_readonly(text), size):
        return None
    try:
        bytes(text[:size]).decode()
    except UnicodeDecodeError as error:
        return error.start
    return None


def is_valid(text: U8) -> bool:
    """Whether all of a text is UTF-8; nothing beyond it is read."""
    cut = max(0, text.size - _BLOCK)
    for _ in range(3):
        cut -= cut > 0 and bool(text[cut] & 0xC0 == 0x80)
    if _has_invalid(_readonly(text), cut):
        return False
    rest = np.zeros(text.size - cut + _BLOCK, np.uint8)
    rest[: text.size - cut] = text[cut:]
    return not _has_invalid(_readonly(rest), text.size - cut)


def _readonly(text: U8) -> U8:
    """The one type that is compiled for."""
    view = text[:]
    view.flags.writeable = False
    return view


@compiled
def _after(mask: np.uint64, before: np.uint64, places: int) -> np.uint64:
    """Mask of the bytes that stand some places behind those of a mask and of the one before it."""
    return mask << np.uint64(places) | before >> np.uint64(64 - places)


@compiled
def _has_invalid(text: U8, size: int) -> bool:
    """Whether leading bytes and continuation bytes stand otherwise than in Unicode's table 3-7."""
    three_before = four_before = leads_before = _NOTHING
    e0_before = ed_before = f0_before = f4_before = _NOTHING
    missing = _NOTHING  # continuation bytes that the end of the text cuts off
    at = 0
    while at < size:
        valid = _ALL if at + 64 <= size else (np.uint64(1) << np.uint64(size - at)) - np.uint64(1)
        beyond = _beyond_ascii(text, at) & valid
        if beyond == 0 and _after(_NOTHING, leads_before, 1) | _after(_NOTHING, three_before, 2) == 0:
            if four_before >> np.uint64(61):
                return True
            three_before = four_before = leads_before = _NOTHING
            e0_before = ed_before = f0_before = f4_before = _NOTHING
            at += 64
            continue
        continuation = _continuation(text, at) & valid
        three, four = _three(text, at) & valid, _four(text, at) & valid
        leads = _two(text, at) & valid | three | four
        three_or_four = three | four
        expected = _after(leads, leads_before, 1) | _after(three_or_four, three_before, 2)
        expected |= _after(four, four_before, 3)
        missing = expected & ~valid
        e0, ed = _e0(text, at) & valid, _ed(text, at) & valid
        f0, f4 = _f0(text, at) & valid, _f4(text, at) & valid
        low_a0, low_90 = _below_a0(text, at), _below_90(text, at)
        wrong = _after(e0, e0_before, 1) & low_a0 | _after(ed, ed_before, 1) & ~low_a0
        wrong |= _after(f0, f0_before, 1) & low_90 | _after(f4, f4_before, 1) & ~low_90
        if (wrong & valid) | ((expected & valid) ^ continuation) | (beyond & ~(leads | continuation)):
            return True
        leads_before, three_before, four_before = leads, three_or_four, four
        e0_before, ed_before, f0_before, f4_before = e0, ed, f0, f4
        at += 64
    missing |= _after(_NOTHING, leads_before, 1) | _after(_NOTHING, three_before, 2)
    return (missing | _after(_NOTHING, four_before, 3)) != 0
