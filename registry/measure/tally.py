"""Sums of records, words and bytes by what the records say."""

import numpy as np

from registry.domain.facts import Size
from registry.fingerprint.leaves import I64

NOTHING = Size(0, 0, 0)


class Tally:
    """Adds up batches by a key of one or more codes per record."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, ...], list[int]] = {}

    def add(self, codes: tuple[I64, ...], words: I64, sizes: I64) -> None:
        """Count one batch: `codes` are int64[records] each, `words` and `sizes` (bytes) too."""
        order, starts = _groups(codes)
        if len(order) == 0:
            return
        records = np.diff(np.append(starts, len(order)))
        word_sums = np.add.reduceat(words[order], starts)
        byte_sums = np.add.reduceat(sizes[order], starts)
        keys = zip(*(code[order[starts]].tolist() for code in codes), strict=True)
        for key, *added in zip(keys, records.tolist(), word_sums.tolist(), byte_sums.tolist(), strict=True):
            sums = self._sums.setdefault(key, [0, 0, 0])
            for place, value in enumerate(added):
                sums[place] += value

    def result(self) -> dict[tuple[int, ...], Size]:
        """The sums by key."""
        return {key: Size(*sums) for key, sums in self._sums.items()}


def _groups(codes: tuple[I64, ...]) -> tuple[I64, I64]:
    """The order that brings equal keys together, and where each group starts in it."""
    order = np.lexsort(codes)
    new = np.zeros(len(order), np.bool_)
    new[:1] = True
    for code in codes:
        new[1:] |= np.diff(code[order]) != 0
    return order, np.flatnonzero(new)
