"""How much of each record of one version stands in records of another, all records at once.

The records that are asked for are hashed in full (`Shingled`), the other version is an index of the hashes
that winnowing selects of its records: a run of 36 words within a field of both leaves one of these
(Schleimer, Wilkerson, Aiken 2003), of 68 words two that are neighbours.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import I64, U32, U64
from registry.fingerprint.parameters import RECIPE
from registry.fingerprint.shingled import Shingled

FORM_RECORDS: Final = 10  # a shingle in more records of a benchmark than these, and ...
FORM_SHARE: Final = 0.01  # ... in more than this share of them, is of its form
MOST_OF_HASH: Final = 64  # records that are looked at for one hash
MOST_PAIRS: Final = 1 << 24
MOST_LIKELY: Final = 16  # records that are read again for one that is asked for
MOST_STEPS: Final = 1 << 22  # of comparing two records: more only where both repeat a phrase without end
_EXTRA: Final = RECIPE.shingle - 1


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """The records of a version that are looked for in others.

    records: how many; text: their fields, `record` counted from the first of them
    is_form: bool[k], shingles that stand in so many of the records that they are of their form: instructions,
             headings, choices. What is of the form alone is evidence of nothing
    """

    records: int
    text: Shingled
    is_form: NDArray[np.bool_]


def asked_records(text: Shingled, records: int) -> Asked:
    """Records with their form told apart."""
    of_field = np.diff(text.field)
    record = np.repeat(text.record, of_field).astype(np.int64)
    return Asked(records, text, read_only(of_form(text.hashes, record, records)))


def of_form(hashes: U64, record: I64, records: int) -> NDArray[np.bool_]:
    """bool[k]: which of some hashes stand in so many of the records that they are of their form."""
    order = np.lexsort((record, hashes))
    most = max(FORM_RECORDS, int(records * FORM_SHARE))
    is_form = np.empty(len(hashes), np.bool_)
    is_form[order] = _often(read_only(hashes[order]), read_only(record[order]), most)
    return is_form


def joined(parts: list[Shingled], firsts: list[int]) -> Shingled:
    """Batches one after the other; `firsts` is the number of the first record of each."""
    ends = np.cumsum([0, *(part.field[-1] for part in parts)])
    fields = [part.field[:-1] + end for part, end in zip(parts, ends, strict=False)]
    numbers = [part.record + first for part, first in zip(parts, firsts, strict=True)]
    none = np.empty(0, np.int64)
    return Shingled(
        hashes=np.concatenate([np.empty(0, np.uint64), *(part.hashes for part in parts)]),
        field=np.concatenate([none, *fields, ends[-1:]]).astype(np.int64),
        words=np.concatenate([none, *(part.words for part in parts)]),
        record=np.concatenate([none, *numbers]).astype(np.int64),
    )


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """A record that is asked for and one of the other version that shares hashes with it.

    asked, other: int64[n], by asked record; shared: int64[n], how many different hashes
    complete: False where there were so many that some were not looked at
    """

    asked: I64
    other: I64
    shared: I64
    complete: bool


def sharing(hashes: U64, record: I64, index: U64, index_records: U32) -> Pairs:
    """Pairs of records that share hashes: `record` (int64[n]) is the one that each of `hashes` is of.

    index, index_records: the passages of the other version, see `FingerprintFolder`. Of a hash that stands in
    more than `MOST_OF_HASH` records of it the first are taken.
    """
    order = np.lexsort((record, hashes))
    ordered, numbers = read_only(hashes[order]), read_only(record[order])
    needed = int(_pair(ordered, numbers, index, index_records, np.empty(0, np.uint64)))
    pairs = np.empty(min(needed, MOST_PAIRS), np.uint64)
    _pair(ordered, numbers, index, index_records, pairs)
    found, shared = np.unique(pairs, return_counts=True)
    asked, other = (found >> np.uint64(32)).astype(np.int64), (found & np.uint64(0xFFFFFFFF)).astype(np.int64)
    return Pairs(asked, other, shared.astype(np.int64), needed <= MOST_PAIRS)


def likeliest(pairs: Pairs, most: int = MOST_LIKELY) -> Pairs:
    """For each record that is asked for the others that share most with it, the first of equals."""
    order = np.lexsort((pairs.other, -pairs.shared, pairs.asked))
    asked = pairs.asked[order]
    rank = np.arange(len(order)) - np.searchsorted(asked, asked)
    kept = order[rank < most]
    return Pairs(pairs.asked[kept], pairs.other[kept], pairs.shared[kept], pairs.complete)


def proven(asked: Asked, index: U64, index_records: U32) -> NDArray[np.bool_]:
    """bool[k]: shingles within passages that the index alone proves.

    A passage lies between two neighbours of the hashes that winnowing selects of a field, both selected in
    one record of the other version too.
    """
    covered = np.zeros(len(asked.text.hashes), np.bool_)
    text = asked.text
    _prove(read_only(text.hashes), read_only(text.field), RECIPE.window, index, index_records, covered)
    return covered


def mark(
    asked: Asked,
    pairs: Pairs,
    other: Shingled,
    places: I64,
    least: int,
    least_field: int,
    covered: NDArray[np.bool_],
) -> None:
    """Mark the shingles of runs of at least `least` words (5 or more) in both records of each pair.

    A shorter field counts where it stands whole, from `least_field` words (5 or more) on.
    other: a batch of the other version; places: int64[n], where the other record of each pair stands in it
    covered: bool[k], of `asked`; what is marked stays marked
    """
    ranges = np.searchsorted(asked.text.record, [pairs.asked, pairs.asked + 1])
    theirs = np.searchsorted(other.record, [places, places + 1])
    _mark(
        read_only(asked.text.hashes), read_only(asked.text.field), read_only(ranges),
        read_only(other.hashes), read_only(other.field), read_only(theirs),
        least - _EXTRA, least_field - _EXTRA, covered,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Measure:
    """What of each record is covered, without what is of the form alone.

    words, covered: int64[records]; whole_field: bool[records], a field of enough words is covered as a whole
    """

    words: I64
    covered: I64
    whole_field: NDArray[np.bool_]


def measured(asked: Asked, covered: NDArray[np.bool_], least: int) -> Measure:
    """Count words; a field counts as whole from `least` words of its own on."""
    words, found = np.zeros((2, asked.records), np.int64)
    whole = np.zeros(asked.records, np.bool_)
    text = asked.text
    _measure(
        read_only(text.field), read_only(text.words), read_only(text.record),
        asked.is_form, read_only(covered), least, words, found, whole,
    )  # fmt: skip
    return Measure(words, found, whole)


@compiled
def _often(hashes: U64, record: I64, most: int) -> NDArray[np.bool_]:
    """Whether each of some hashes in order stands in more than `most` records."""
    often = np.zeros(len(hashes), np.bool_)
    start = 0
    while start < len(hashes):
        stop, count = start + 1, 1
        while stop < len(hashes) and hashes[stop] == hashes[start]:
            count += record[stop] != record[stop - 1]
            stop += 1
        often[start:stop] = count > most
        start = stop
    return often


@compiled
def _from(values: U64, value: np.uint64, low: int) -> int:
    """The first place from `low` on that is not below a value; by steps that double, then halve."""
    step, high = 1, low
    while high < len(values) and values[high] < value:
        low = high + 1
        high += step
        step *= 2
    high = min(high, len(values))
    while low < high:
        middle = (low + high) // 2
        if values[middle] < value:
            low = middle + 1
        else:
            high = middle
    return low


@compiled
def _pair(hashes: U64, record: I64, index: U64, index_records: U32, pairs: U64) -> int:
    """Fill `pairs` with asked << 32 | other, as far as it goes; returns how many there are."""
    count, at, start = 0, 0, 0
    while start < len(hashes):
        stop = start + 1
        while stop < len(hashes) and hashes[stop] == hashes[start]:
            stop += 1
        at = _from(index, hashes[start], at)
        entry = at
        while entry < len(index) and entry - at < MOST_OF_HASH and index[entry] == hashes[start]:
            for place in range(start, stop):
                if place > start and record[place] == record[place - 1]:
                    continue
                if count < len(pairs):
                    pairs[count] = np.uint64(record[place]) << np.uint64(32) | np.uint64(index_records[entry])
                count += 1
            entry += 1
        start = stop
    return count


@compiled
def _in_one(hash_: np.uint64, other: np.uint64, index: U64, records: U32) -> bool:
    """Whether some record of the index has both hashes."""
    i, j = _from(index, hash_, 0), _from(index, other, 0)
    while i < len(index) and j < len(index) and index[i] == hash_ and index[j] == other:
        if records[i] == records[j]:
            return True
        if records[i] < records[j]:
            i += 1
        else:
            j += 1
    return False


@compiled
def _prove(
    hashes: U64, field: I64, window: int, index: U64, records: U32, covered: NDArray[np.bool_]
) -> None:
    """Winnow each field as `reference.passages` does, and hold each selected place against the one before."""
    for number in range(len(field) - 1):
        start, end = field[number], field[number + 1]
        width = min(window, end - start)
        place, before = -1, -1
        for stop in range(start + width, end + 1 if width else start):
            if place < stop - width:
                place = stop - width
                for at in range(stop - width + 1, stop):
                    if hashes[at] <= hashes[place]:
                        place = at
            elif hashes[stop - 1] <= hashes[place]:
                place = stop - 1
            if place != before:
                differ = before >= 0 and hashes[before] != hashes[place]
                if differ and _in_one(hashes[before], hashes[place], index, records):
                    covered[before : place + 1] = True
                before = place


@compiled
def _mark(
    hashes: U64, field: I64, ranges: I64, other: U64, other_field: I64, theirs: I64, least: int,
    least_field: int, covered: NDArray[np.bool_],
) -> None:  # fmt: skip
    for pair in range(ranges.shape[1]):
        for theirs_at in range(theirs[0, pair], theirs[1, pair]):
            low, high = other_field[theirs_at], other_field[theirs_at + 1]
            if high - low < least_field:
                continue
            values = other[low:high]
            order = np.argsort(values)
            for ours in range(ranges[0, pair], ranges[1, pair]):
                needed = min(least, max(least_field, field[ours + 1] - field[ours]))
                _runs(hashes, field[ours], field[ours + 1], values, order, needed, covered)


@compiled
def _runs(
    hashes: U64, start: int, stop: int, values: U64, order: I64, least: int, covered: NDArray[np.bool_]
) -> None:
    """Mark maximal runs of equal hashes of two fields: hashes[start:stop], `values` by `order`."""
    steps = 0
    for at in range(start, stop):
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            if values[order[middle]] < hashes[at]:
                low = middle + 1
            else:
                high = middle
        while low < len(order) and values[order[low]] == hashes[at]:
            place = order[low]
            low += 1
            steps += 1
            if steps > MOST_STEPS:
                return
            if at > start and place > 0 and hashes[at - 1] == values[place - 1]:
                continue
            size = 1
            most = min(stop - at, len(values) - place)
            while size < most and hashes[at + size] == values[place + size]:
                size += 1
            steps += size
            if size >= least:
                covered[at : at + size] = True


@compiled
def _measure(
    field: I64, words: I64, record: I64, is_form: NDArray[np.bool_], covered: NDArray[np.bool_], least: int,
    counted: I64, found: I64, whole: NDArray[np.bool_],
) -> None:  # fmt: skip
    """A word is covered where a shingle over it is, and of the form where all shingles over it are."""
    for number in range(len(field) - 1):
        own = seen = 0
        shingles = field[number + 1] - field[number]
        for word in range(words[number]):
            first = field[number] + max(word - _EXTRA, 0)
            last = field[number] + min(word, shingles - 1)
            formal, inside = True, False
            for at in range(first, last + 1):
                formal &= is_form[at]
                inside |= covered[at]
            own += not formal
            seen += inside and not formal
        counted[record[number]] += own
        found[record[number]] += seen
        if own >= least and seen == own:
            whole[record[number]] = True
