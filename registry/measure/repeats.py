"""Counts records that repeat the words of an earlier record, within a bound of memory."""

import numpy as np

from registry.fingerprint.leaves import I64, U8

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
        order = np.lexsort((halves[:, 1], halves[:, 0]))
        return int((np.diff(halves[order], axis=0) == 0).all(axis=1).sum())
