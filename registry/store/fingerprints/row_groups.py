"""Rows that come in batches of any size, in groups of one size: so batches change no byte of a file."""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

ROW_GROUP: Final = 1 << 16

Column = NDArray[Any]


class RowGroups:
    """Calls `write` with the columns of each full group, and at the end with those of the rest."""

    def __init__(self, write: Callable[[list[Column]], None]) -> None:
        self._give = write
        self._waiting: list[tuple[Column, ...]] = []
        self._rows = 0

    def add(self, *columns: Column) -> None:
        """Add rows: columns of one length, whose contents do not change afterwards."""
        self._waiting.append(columns)
        self._rows += len(columns[0])
        if self._rows >= ROW_GROUP:
            self._write(self._rows // ROW_GROUP * ROW_GROUP)

    def close(self) -> None:
        """Write what is left; nothing where nothing is."""
        if self._rows:
            self._write(self._rows)

    def _write(self, rows: int) -> None:
        columns = [np.concatenate(parts) for parts in zip(*self._waiting, strict=True)]
        for first in range(0, rows, ROW_GROUP):
            self._give([column[first : min(first + ROW_GROUP, rows)] for column in columns])
        self._waiting = [tuple(column[rows:] for column in columns)]
        self._rows -= rows
