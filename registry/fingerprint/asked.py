"""A text that is looked up: hashed in full, so that it meets whatever an index has kept of it."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import numpy as np

from registry.fingerprint.compiled import compiled, read_only
from registry.fingerprint.leaves import I64, U8, U32, U64
from registry.fingerprint.parameters import RECIPE
from registry.fingerprint.shingled import Spelled, as_records, shingled, spelled
from registry.fingerprint.text import fingerprint_text

_PARAGRAPH: Final = re.compile(r"(?:[^\S\n]*\n){2,}\s*")
LEAST_PART: Final = 5  # words of a paragraph that is looked up by itself


@dataclass(frozen=True, eq=False)
class Asked:
    """A text of n words, as one field.

    hashes:   uint64[max(n - 4, 0)], shingle i begins at word i; empty for a text of fewer than 5 words
    selected: int64[k], ascending: the shingles that winnowing selects
    distinct: uint64[d], the hashes ascending, each once
    places:   int64[n - 4], the shingles by hash; `first` int64[d + 1] says where those of each hash begin
    """

    text: str
    hashes: U64
    selected: I64
    distinct: U64
    places: I64
    first: I64

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.spelled)

    @cached_property
    def spelled(self) -> Spelled:
        """The words themselves, folded."""
        return spelled([self.text.encode()])

    @cached_property
    def _sets(self) -> dict[int, U64]:
        return {}

    def set_of(self, part: int) -> U64:
        """The distinct shingle hashes of a part, ascending; kept."""
        if part not in self._sets:
            start, stop = int(self.parts.start[part]), int(self.parts.stop[part])
            self._sets[part] = np.unique(self.hashes[start : max(start, stop - RECIPE.shingle + 1)])
        return self._sets[part]

    @cached_property
    def parts(self) -> "Parts":
        """The text as a record, and each of its paragraphs as one."""
        return _parts(self.text, self.words)


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """Stretches of the text that may stand as records of their own.

    start, stop: int64[m], their words; the first part is the whole text
    signatures:  uint32[m, permutations]
    words_digests: uint8[m, 16]
    """

    start: I64
    stop: I64
    signatures: U32
    words_digests: U8


def asked(text: str) -> Asked:
    """Hash a text."""
    found = shingled(as_records([text.encode()]), np.ones(1, np.bool_))
    hashes = found.hashes if found.words.sum() >= RECIPE.shingle else found.hashes[:0]
    order = np.argsort(hashes, kind="stable").astype(np.int64)
    ordered = hashes[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else order
    return Asked(
        text=text,
        hashes=read_only(hashes),
        selected=_winnowed(read_only(hashes), RECIPE.window),
        distinct=read_only(ordered[starts]),
        places=read_only(order),
        first=read_only(np.append(starts, len(ordered)).astype(np.int64)),
    )


def _parts(text: str, words: int) -> Parts:
    """Paragraphs are told apart by blank lines; the words of the text are those of its paragraphs."""
    paragraphs = [each for each in _PARAGRAPH.split(text) if each]
    ends = [0, *spelled([each.encode() for each in paragraphs]).field[1:].tolist()]
    spans = [(0, words)]
    chosen = [text]
    if len(paragraphs) > 1:
        for paragraph, (start, stop) in zip(paragraphs, pairwise(ends), strict=True):
            if stop - start >= LEAST_PART:
                spans.append((start, stop))
                chosen.append(paragraph)
    leaves = as_records([each.encode() for each in chosen])
    found = fingerprint_text(leaves, np.ones(1, np.bool_), threshold=0, passages=False)
    if found.signatures is None:
        raise RuntimeError("signatures were asked for")
    start, stop = np.array(spans, np.int64).T
    return Parts(start, stop, read_only(found.signatures), found.words_digests)


@compiled
def _winnowed(hashes: U64, window: int) -> I64:
    """Places that winnowing selects in one field, see `reference.passages`."""
    selected = np.empty(len(hashes), np.int64)
    count, place = 0, -1
    width = min(window, len(hashes))
    for stop in range(width, len(hashes) + 1):
        if place < stop - width or place < 0:
            place = stop - width
            for at in range(stop - width + 1, stop):
                if hashes[at] <= hashes[place]:
                    place = at
        elif hashes[stop - 1] <= hashes[place]:
            place = stop - 1
        if count == 0 or selected[count - 1] != place:
            selected[count] = place
            count += 1
    return selected[:count]
