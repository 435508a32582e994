"""The shingles of records in full, in the order of the text: what candidates are decided by."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint import kernel
from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import I64, U8, U64, Leaves, Tag
from registry.fingerprint.parameters import RECIPE, threshold
from registry.fingerprint.tables import kernel_tables
from registry.fingerprint.text import fingerprint_text, workspace


@dataclass(frozen=True, slots=True, eq=False)
class Shingled:
    """Every shingle hash of some records' content fields.

    hashes: uint64[k], by record, field and place; the i-th of a field begins at its i-th word
    field:  int64[fields + 1], range of each field's hashes
    words:  int64[fields], words of each field
    record: int64[fields], the record each field is of, counted from the start of the batch
    """

    hashes: U64
    field: I64
    words: I64
    record: I64

    def fields_of(self, record: int) -> list[U64]:
        """The shingle hashes of each field of a record, in order."""
        low, high = np.searchsorted(self.record, [record, record + 1])
        return [self.hashes[self.field[at] : self.field[at + 1]] for at in range(low, high)]


def shingled(leaves: Leaves, content: NDArray[np.bool_]) -> Shingled:
    """All shingles of a batch. content: bool[paths], whether string leaves of that path are content."""
    chosen = np.flatnonzero(np.asarray(content, np.bool_)[leaves.path] & (leaves.tag == Tag.STRING))
    alone = replace(
        leaves,
        records=len(chosen),
        record=np.arange(len(chosen) + 1, dtype=np.int64),
        path=leaves.path[chosen],
        tag=leaves.tag[chosen],
        start=leaves.start[chosen],
        stop=leaves.stop[chosen],
        position=np.zeros(len(chosen) + 1, np.int64),
    )
    everything = np.ones(len(leaves.paths), np.bool_)
    found = fingerprint_text(alone, everything, threshold=threshold(1), signatures=False, passages=False)
    lengths = np.where(found.words > 0, np.maximum(found.words - (RECIPE.shingle - 1), 1), 0)
    return Shingled(
        hashes=found.sketch_hashes,
        field=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        words=found.words,
        record=np.searchsorted(leaves.record, chosen, side="right") - 1,
    )


@dataclass(frozen=True, slots=True, eq=False)
class ShingleSets:
    """The sets of shingle hashes of some records: what their signatures estimate.

    hashes: uint64[k], set after set, each ascending and distinct
    start:  int64[records + 1], range of each set
    """

    hashes: U64
    start: I64

    def __getitem__(self, at: int) -> U64:
        return self.hashes[self.start[at] : self.start[at + 1]]


def sets_of(text: Shingled, records: I64) -> ShingleSets:
    """The sets of some records of a batch (int64[n], ascending), in their order."""
    low, high = (np.searchsorted(text.record, records + step) for step in (0, 1))
    first, last = text.field[low], text.field[high]
    hashes = np.empty(int((last - first).sum()), np.uint64)
    start = np.zeros(len(records) + 1, np.int64)
    _collect(read_only(text.hashes), read_only(first), read_only(last), hashes, start)
    return ShingleSets(hashes[: start[-1]].copy(), start)


def together(parts: Sequence[ShingleSets]) -> ShingleSets:
    """Sets of several batches, one after the other."""
    ends = np.cumsum([0, *(part.start[-1] for part in parts)])
    starts = [part.start[:-1] + end for part, end in zip(parts, ends, strict=False)]
    return ShingleSets(
        np.concatenate([np.empty(0, np.uint64), *(part.hashes for part in parts)]),
        np.concatenate([*starts, ends[-1:]]).astype(np.int64),
    )


def jaccards(a: ShingleSets, i: I64, b: ShingleSets, j: I64) -> NDArray[np.float64]:
    """The true resemblance of set i[k] of A and set j[k] of B, for each k; 0 of two empty sets."""
    found = np.empty(len(i), np.float64)
    _jaccards(*map(read_only, (a.hashes, a.start, i, b.hashes, b.start, j)), found)
    return found


@compiled
def _collect(source: U64, first: I64, last: I64, hashes: U64, start: I64) -> None:
    used = 0
    for place in range(len(first)):
        ordered = np.sort(source[first[place] : last[place]])
        for at in range(len(ordered)):
            if at == 0 or ordered[at] != ordered[at - 1]:
                hashes[used] = ordered[at]
                used += 1
        start[place + 1] = used


@compiled
def _jaccards(a: U64, a_start: I64, i: I64, b: U64, b_start: I64, j: I64, found: NDArray[np.float64]) -> None:
    for pair in range(len(i)):
        x, x_stop = a_start[i[pair]], a_start[i[pair] + 1]
        y, y_stop = b_start[j[pair]], b_start[j[pair] + 1]
        union, common = (x_stop - x) + (y_stop - y), 0
        while x < x_stop and y < y_stop:
            if a[x] == b[y]:
                common += 1
                x += 1
                y += 1
            elif a[x] < b[y]:
                x += 1
            else:
                y += 1
        found[pair] = common / (union - common) if union else 0.0


@dataclass(frozen=True, eq=False)
class Spelled:
    """The folded words of some fields, one after the other.

    letters: uint8[], UTF-8
    first, last: int64[words], range of each word's letters
    hashes: uint64[words], see `reference.word_hash`
    field: int64[fields + 1], range of each field's words
    """

    letters: U8
    first: I64
    last: I64
    hashes: U64
    field: I64

    def __len__(self) -> int:
        return len(self.first)

    def text(self, start: int, stop: int) -> str:
        """Some words, joined by spaces."""
        return " ".join(
            self._letters[self.first[word] : self.last[word]].decode() for word in range(start, stop)
        )

    def digests(self, start: I64, size: I64) -> U8:
        """uint8[n, 16]: the words digests of stretches of words, each as a record of one field."""
        numbers = kernel_tables(RECIPE).numbers
        made: U64 = kernel.stretch_digests(read_only(self.hashes), read_only(start), read_only(size), numbers)
        return made.astype("<u8", copy=False).view(np.uint8)

    @cached_property
    def _letters(self) -> bytes:
        return self.letters.tobytes()


def spelled(fields: Sequence[bytes]) -> Spelled:
    """The words of texts in UTF-8, as the recipe folds them."""
    leaves = as_records(fields)
    tables, space = kernel_tables(RECIPE), workspace(leaves, np.ones(len(fields), np.bool_))
    return Spelled(*kernel.words_of(leaves.start, leaves.stop, leaves.data, tables, space))


def as_records(fields: Sequence[bytes]) -> Leaves:
    """Texts as a batch of records of one field, of the path `text`."""
    ends = np.cumsum([0, *map(len, fields)], dtype=np.int64)
    count = len(fields)
    return Leaves(
        records=count,
        paths=("text",),
        record=np.arange(count + 1, dtype=np.int64),
        path=np.zeros(count, np.int32),
        tag=np.full(count, Tag.STRING, np.uint8),
        start=ends[:-1],
        stop=ends[1:],
        data=np.frombuffer(b"".join(fields), np.uint8),
        position=np.zeros(count + 1, np.int64),
        positions=np.zeros(0, np.uint32),
    )
