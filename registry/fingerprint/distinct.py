"""Distinct texts over several versions: each counts once for each group of holders that has it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from registry.fingerprint.leaves import I64, U8


@dataclass(frozen=True, slots=True)
class Distinct:
    """Sums over the distinct texts, a row for each group, version and number of groups that have a text.

    groups, versions, sharers, texts, words: int64[rows]. A text of three groups is in three rows, in each
    with all its words and sharers = 3; of the versions in which a group has it, it counts in the lowest.
    """

    groups: I64
    versions: I64
    sharers: I64
    texts: I64
    words: I64


def distinct(digests: U8, groups: I64, versions: I64, words: I64) -> Distinct:
    """Count each text once for each group of holders that has it, in whatever order the records come.

    digests: words digests, uint8[records, 16]; those of zeros stand for records without words, and are left
    out. groups, versions, words: int64[records]. Of records of one text that differ in words (some have the
    same words twice) the most words count.
    """
    halves = np.ascontiguousarray(digests).view(np.uint64).reshape(-1, 2)
    some = halves.any(axis=1)
    first, second = halves[some, 0], halves[some, 1]
    groups, versions, words = groups[some], versions[some], words[some]
    order = np.lexsort((-words, versions, groups, second, first))
    first, second = first[order], second[order]
    groups, versions, words = groups[order], versions[order], words[order]
    new_text = _changes(first) | _changes(second)
    new_pair = new_text | _changes(groups)
    text = np.cumsum(new_text) - 1
    sharers = np.bincount(text[new_pair])[text[new_pair]] if len(text) else text
    return _summed(groups[new_pair], versions[new_pair], sharers, words[new_pair])


def _changes(column: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Where a value differs from the one before; so the first does."""
    found = np.ones(len(column), np.bool_)
    found[1:] = column[1:] != column[:-1]
    return found


def _summed(groups: I64, versions: I64, sharers: I64, words: I64) -> Distinct:
    order = np.lexsort((sharers, versions, groups))
    groups, versions, sharers, words = (column[order] for column in (groups, versions, sharers, words))
    starts = np.flatnonzero(_changes(groups) | _changes(versions) | _changes(sharers))
    sums = np.add.reduceat(words, starts) if len(starts) else words
    texts = np.diff(np.append(starts, len(groups)))
    return Distinct(groups[starts], versions[starts], sharers[starts], texts, sums)
