"""Counts records that repeat the words of an earlier record, within a bound of memory."""

import numpy as np

from registry.fingerprint.leaves import I64, U8
from registry.fingerprint.sorting import sorted_pairs

MOST_RECORDS = 1 << 24  # 16 bytes each


class RepeatCounter:
    """Remembers the words digest of every record, up to `MOST_RECORDS`."""

    def __init__(self) -> None:
        self._chunks: list[U8] = []
        self._records = 0

    def add(self, words_digests: U8, words: I64) -> None:
        """Take the digests (uint8[records, 16]) of the records that have words."""
        self._records += len(words_digests)
        if self._records > MOST_RECORDS:
            self._chunks.clear()
        else:
            self._chunks.append(words_digests[words > 0])

    def result(self) -> int | None:
        """Records beyond the first of each group of equal words; None where there were too many."""
        if self._records > MOST_RECORDS:
            return None
        if not self._chunks:
            return 0
        halves = np.ascontiguousarray(np.concatenate(self._chunks)).view(np.uint64).reshape(-1, 2)
        first, order = sorted_pairs(halves[:, 0], np.arange(len(halves), dtype=np.uint32))
        second = halves[order, 1]
        alike = first[1:] == first[:-1]
        if (alike & (second[1:] < second[:-1])).any():  # equal in one half, but not in the other
            second = halves[np.lexsort((halves[:, 1], halves[:, 0])), 1]
        return int((alike & (second[1:] == second[:-1])).sum())
