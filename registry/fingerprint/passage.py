"""A text inside longer records: which records may hold some of it, and which words they have in common.

Winnowing keeps at least one shingle hash in every 32 in a row of each field (Schleimer, Wilkerson, Aiken
2003), and the text is hashed in full: a run of 36 words that stands in both leaves a hash in both.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.asked import Asked
from registry.fingerprint.bands import look_up
from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import I64, U32, U64
from registry.fingerprint.neighbours import LEAST_EQUAL, Side
from registry.fingerprint.parameters import RECIPE

MOST_HITS: Final = 1 << 22
MOST_STEPS: Final = (
    1 << 25
)  # of comparing a text and a field: more only where both repeat a phrase without end
_EXTRA: Final = RECIPE.shingle - 1


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Records of one version that share selected hashes with a text, ascending.

    records: int64[n]
    shared:  int64[n], different hashes of the text that each shares
    place:   int64[n], one of the shingles of the text that each shares
    start, stop: int64[n], the words of the longest passage that its hashes prove: neighbours among the hashes
             that winnowing selects of the text, all of them selected in the record too; start = stop for none
    complete: False where there were so many hits that some were not looked at
    """

    records: I64
    shared: I64
    place: I64
    start: I64
    stop: I64
    complete: bool


def hits(text: Asked, hashes: U64, records: U32) -> Hits:
    """Look all shingles of a text up in the passages of a version (see `FingerprintFolder`)."""
    pairs = np.empty(0, np.uint64)
    needed = _count(text.distinct, text.first, hashes)
    if needed:
        pairs = np.empty(min(needed, MOST_HITS), np.uint64)
        _gather(text.distinct, text.first, text.places, hashes, records, pairs)
        pairs.sort()
    rank = np.full(len(text.hashes) + 1, -1, np.int64)
    rank[text.selected] = np.arange(len(text.selected))
    is_first = np.zeros(len(text.hashes), np.bool_)
    is_first[text.places[text.first[:-1]]] = True
    found = np.zeros((5, _records_in(pairs)), np.int64)
    _summarise(read_only(pairs), text.hashes, read_only(rank), read_only(is_first), found)
    return Hits(found[0], found[1], found[2], found[3], found[4], needed <= MOST_HITS)


def _records_in(pairs: U64) -> int:
    """How many different records stand in pairs in order."""
    return int((np.diff(pairs >> np.uint64(32)) != 0).sum()) + min(len(pairs), 1)


@dataclass(frozen=True, slots=True)
class Run:
    """Words that a text and a field of a record have in common, one after the other.

    start, stop: the words of the text; field, place: where they stand in the record, and from which word on
    """

    start: int
    stop: int
    field: int
    place: int


def runs(text: Asked, fields: list[U64], least: int) -> list[Run]:
    """The longest common runs of at least `least` words (5 or more), by the field and place they stand at.

    fields: the shingle hashes of each field of a record. Runs within others are left out; where both
    repeat one phrase thousands of times, some are not looked for.
    """
    found = []
    for number, field in enumerate(fields):
        rows = np.empty((64, 3), np.int64)
        while True:
            source = read_only(field)
            count = _runs(text.hashes, text.distinct, text.first, text.places, source, least - _EXTRA, rows)
            if count <= len(rows):
                break
            rows = np.empty((count, 3), np.int64)
        found += [
            Run(start, start + size + _EXTRA, number, place) for start, place, size in rows[:count].tolist()
        ]
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Alike:
    """Parts of a text (see `Asked.parts`) and the records of a version whose signatures resemble them."""

    part: I64
    record: I64
    equal: NDArray[np.int64]


def alike(text: Asked, side: Side, least: int = LEAST_EQUAL) -> Alike:
    """Near-duplicates of the whole text and of its paragraphs, each pair once."""
    rows = np.empty((1024, 3), np.int64)
    while True:
        count = _alike(
            text.parts.signatures, side.signatures, side.bands.entries, side.bands.directory, least, rows
        )
        if count <= len(rows):
            return Alike(*rows[:count].T)
        rows = np.empty((count, 3), np.int64)


@compiled
def _range(hashes: U64, value: np.uint64, low: int) -> tuple[int, int]:
    """Where a value begins and ends in ascending hashes, from `low` on; by steps that double, then halve."""
    step, high = 1, low
    while high < len(hashes) and hashes[high] < value:
        low = high + 1
        high += step
        step *= 2
    high = min(high, len(hashes))
    while low < high:
        middle = (low + high) // 2
        if hashes[middle] < value:
            low = middle + 1
        else:
            high = middle
    stop = low
    while stop < len(hashes) and hashes[stop] == value:
        stop += 1
    return low, stop


@compiled
def _count(distinct: U64, first: I64, hashes: U64) -> int:
    """How many pairs of a place in the text and a record there are."""
    at, count = 0, 0
    for number in range(len(distinct)):
        at, stop = _range(hashes, distinct[number], at)
        count += (stop - at) * (first[number + 1] - first[number])
        at = stop
    return count


@compiled
def _gather(distinct: U64, first: I64, places: I64, hashes: U64, records: U32, pairs: U64) -> None:
    """Fill `pairs` with record << 32 | place, as far as it goes."""
    at, used = 0, 0
    for number in range(len(distinct)):
        at, stop = _range(hashes, distinct[number], at)
        for entry in range(at, stop):
            for place in range(first[number], first[number + 1]):
                if used == len(pairs):
                    return
                pairs[used] = np.uint64(records[entry]) << np.uint64(32) | np.uint64(places[place])
                used += 1
        at = stop


@compiled
def _summarise(pairs: U64, hashes: U64, rank: I64, is_first: NDArray[np.bool_], found: I64) -> None:
    """Per record: its number, different hashes shared, a place, and the longest passage proven, as words."""
    record, number = np.uint64(0), -1
    begun = last = np.int64(-1)
    for at in range(len(pairs)):
        place = np.int64(pairs[at] & np.uint64(0xFFFFFFFF))
        if number < 0 or pairs[at] >> np.uint64(32) != record:
            record = pairs[at] >> np.uint64(32)
            number += 1
            found[0, number], begun, last = np.int64(record), np.int64(-1), np.int64(-1)
            found[2, number] = place
        found[1, number] += is_first[place]
        if rank[place] < 0:
            continue
        if last < 0 or rank[place] != rank[last] + 1:
            begun = place
        elif hashes[place] != hashes[begun] and place - begun > found[4, number] - found[3, number] - 5:
            found[3, number], found[4, number] = begun, place + 5
        last = place


@compiled
def _runs(text: U64, distinct: U64, first: I64, places: I64, field: U64, least: int, rows: I64) -> int:
    """Maximal runs of equal hashes; `rows` takes start in the text, place in the field, size in shingles."""
    count, steps = 0, 0
    for place in range(len(field)):
        low, high = 0, len(distinct)
        while low < high:
            middle = (low + high) // 2
            if distinct[middle] < field[place]:
                low = middle + 1
            else:
                high = middle
        if low == len(distinct) or distinct[low] != field[place]:
            continue
        for at in range(np.int64(first[low]), np.int64(first[low + 1])):
            start = np.int64(places[at])
            steps += 1
            if steps > MOST_STEPS:
                return count
            if start > 0 and place > 0 and text[start - 1] == field[place - 1]:
                continue
            size = 1
            while (
                start + size < len(text)
                and place + size < len(field)
                and text[start + size] == field[place + size]
            ):
                size += 1
            steps += size
            if size >= least:
                if count < len(rows):
                    rows[count, 0], rows[count, 1], rows[count, 2] = start, place, size
                count += 1
    return count


@compiled
def _alike(asked: U32, signatures: U32, entries: U64, directory: U32, least: int, rows: I64) -> int:
    count = 0
    for part in range(len(asked)):
        found = look_up(asked[part], entries, directory)
        for at in range(len(found)):
            equal = 0
            for value in range(asked.shape[1]):
                equal += asked[part, value] == signatures[found[at], value]
            if equal >= least:
                if count < len(rows):
                    rows[count, 0], rows[count, 1], rows[count, 2] = part, found[at], equal
                count += 1
    return count
