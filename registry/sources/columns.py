"""Records of strings, gathered leaf by leaf into the columns of a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from registry.fingerprint.leaves import I64, U8, Leaves, Tag


@dataclass(slots=True)
class StringBatch:
    """A batch whose values are all strings: `add` the leaves of a record, then `end_record`; a `Batch`.

    Cheaper than Arrow columns where fields come and go from record to record, as in markup.
    """

    file: str
    source_bytes: int = 0
    characters: int = 0
    _paths: dict[str, int] = field(default_factory=dict)
    _path: list[int] = field(default_factory=list)
    _values: list[str] = field(default_factory=list)
    _record: list[int] = field(default_factory=lambda: [0])
    _position: list[int] = field(default_factory=lambda: [0])
    _positions: list[int] = field(default_factory=list)

    @property
    def records(self) -> int:
        """Number of finished records."""
        return len(self._record) - 1

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self._values)

    def add(self, path: str, value: str, positions: Sequence[int] = ()) -> None:
        """One leaf of the current record; an empty value is none."""
        if not value:
            return
        self._path.append(self._paths.setdefault(path, len(self._paths)))
        self._values.append(value)
        self._positions.extend(positions)
        self._position.append(len(self._positions))
        self.characters += len(value)

    def end_record(self) -> None:
        """What was added since the last call is one record, possibly without leaves."""
        self._record.append(len(self._values))

    def leaves(self) -> Leaves:
        """The columns."""
        data, ends = _encode(self._values)
        return Leaves(
            records=self.records,
            paths=tuple(self._paths),
            record=np.array(self._record, dtype=np.int64),
            path=np.array(self._path, dtype=np.int32),
            tag=np.full(len(self._values), Tag.STRING, dtype=np.uint8),
            start=ends[:-1].copy(),
            stop=ends[1:].copy(),
            data=data,
            position=np.array(self._position, dtype=np.int64),
            positions=np.array(self._positions, dtype=np.uint32),
        )


def _encode(values: list[str]) -> tuple[U8, I64]:
    """All values as UTF-8 in one buffer, and int64[n + 1] their borders."""
    encoded = [value.encode() for value in values]
    borders = np.zeros(len(encoded) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, encoded), dtype=np.int64, count=len(encoded)), out=borders[1:])
    return np.frombuffer(b"".join(encoded), dtype=np.uint8), borders
