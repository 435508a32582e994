"""Where a text may be cut: kernels that find the ends of its values without parsing them."""

from typing import NamedTuple

import numpy as np

from registry.fingerprint.compiled import compiled
from registry.fingerprint.leaves import I64, U8
from registry.sources.json.faults import MAX_DEPTH
from registry.sources.json.vectors import backslashes, closings, lowest, openings, quotes


class _Skim(NamedTuple):
    """Cells of the state of `skim`; a state of zeros is the beginning of a sequence of values."""

    AT: int = 0
    DEPTH: int = 1
    STRING: int = 2  # all bits set inside a string
    ESCAPED: int = 3  # the byte at AT follows a backslash
    VALUES: int = 4  # complete up to CUT
    CUT: int = 5
    STOPPED: int = 6  # 1 and the place after a bracket that closes what was not opened there


SKIM = _Skim()
_ODD = np.uint64(0xAAAAAAAAAAAAAAAA)
_ONE, _ALL, _TOP = np.uint64(1), np.uint64(0xFFFFFFFFFFFFFFFF), np.uint64(63)
_NEWLINE, _LIST, _OBJECT, _TO_CLOSING = 10, 91, 123, 2


@compiled
def count_lines(text: U8, stop: int) -> int:
    """Number of line ends before a place."""
    lines = 0
    for at in range(stop):
        lines += text[at] == _NEWLINE
    return lines


@compiled
def _escaped(backslash: np.uint64, before: np.uint64) -> tuple[np.uint64, np.uint64]:
    """Which bytes follow an unescaped backslash, and whether the byte after these 64 does (simdjson)."""
    if backslash == 0:
        return before, np.uint64(0)
    potential = backslash & ~before
    maybe = potential << _ONE
    codes = ((maybe | _ODD) - potential) ^ _ODD
    return codes ^ (backslash | before), (codes & backslash) >> _TOP


@compiled
def _inside(quote: np.uint64) -> np.uint64:
    """Each bit the parity of the quotes up to it: the bytes inside strings, opening quotes included."""
    for shift in (1, 2, 4, 8, 16, 32):
        quote ^= quote << np.uint64(shift)
    return quote


@compiled
def skim(text: U8, stop: int, goal: int, final: bool, state: I64, kinds: U8) -> None:
    """Go on to `stop`, or past `goal` to the next end of a value (64 bytes at a time, the rest if `final`).

    `kinds` holds the open brackets (uint8[MAX_DEPTH]); too many of them stop the search as a wrong one does.
    """
    at, depth = state[SKIM.AT], state[SKIM.DEPTH]
    string, escaped = np.uint64(state[SKIM.STRING]), np.uint64(state[SKIM.ESCAPED])
    while at < stop and (final or at + 64 <= stop) and (at < goal or state[SKIM.CUT] == 0):
        valid = _ALL if at + 64 <= stop else (_ONE << np.uint64(stop - at)) - _ONE
        escapes, escaped = _escaped(backslashes(text, at) & valid, escaped)
        inside = _inside(quotes(text, at) & valid & ~escapes) ^ string
        string = np.uint64(0) - (inside >> _TOP)
        brackets = (openings(text, at) | closings(text, at)) & valid & ~inside
        while brackets:
            place = at + lowest(brackets)
            brackets &= brackets - _ONE
            byte = text[place]
            if byte in (_LIST, _OBJECT):
                if depth == MAX_DEPTH:
                    state[SKIM.STOPPED], state[SKIM.DEPTH] = place + 1, depth
                    return
                kinds[depth] = byte
                depth += 1
            elif depth == 0 or kinds[depth - 1] != byte - _TO_CLOSING:
                state[SKIM.STOPPED], state[SKIM.DEPTH] = place + 1, depth
                return
            else:
                depth -= 1
                if depth == 0:
                    state[SKIM.VALUES] += 1
                    state[SKIM.CUT] = place + 1
        at += 64
    state[SKIM.AT], state[SKIM.DEPTH] = at, depth
    state[SKIM.STRING], state[SKIM.ESCAPED] = np.int64(string), np.int64(escaped)
