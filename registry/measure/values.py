"""What the mapped fields of a batch say, record by record, as codes into growing lists of values."""

from collections.abc import Callable

import numpy as np

from registry.domain.dataset import FieldRole
from registry.fingerprint.leaves import I64, Leaves
from registry.fingerprint.values import distinct_values
from registry.measure.roles import Roles

Values = tuple[str, ...]
NOTHING: Values = ()


class Vocabulary:
    """The distinct values of one part over a whole dataset; code 0 is `NOTHING`."""

    def __init__(self, reading: Callable[[str], str | None]) -> None:
        self._reading = reading
        self._codes: dict[Values, int] = {NOTHING: 0}
        self.values: list[Values] = [NOTHING]

    def code(self, texts: Values) -> int:
        """The code of some texts, after reading each; texts that say nothing are left out."""
        read = tuple(dict.fromkeys(value for text in texts if (value := self._reading(text))))
        if read not in self._codes:
            self._codes[read] = len(self.values)
            self.values.append(read)
        return self._codes[read]


def code_records(leaves: Leaves, role: FieldRole, roles: Roles, vocabulary: Vocabulary) -> I64:
    """int64[records]: the code of what each record says in this part."""
    codes = np.zeros(leaves.records, np.int64)
    which, record = chosen_leaves(leaves, role, roles)
    if len(which) == 0:
        return codes
    distinct = distinct_values(leaves, which)
    alone = np.bincount(record, minlength=leaves.records)[record] == 1
    single = np.array([vocabulary.code((text,)) for text in distinct.values], np.int64)
    codes[record[alone]] = single[distinct.codes[alone]]
    for number in np.flatnonzero(np.bincount(record[~alone], minlength=leaves.records)):
        first, last = np.searchsorted(record, [number, number + 1])
        codes[number] = vocabulary.code(tuple(distinct.values[code] for code in distinct.codes[first:last]))
    return codes


def record_of_leaf(leaves: Leaves) -> I64:
    """int64[n]: the record each leaf belongs to."""
    return np.repeat(np.arange(leaves.records, dtype=np.int64), np.diff(leaves.record))


def chosen_leaves(leaves: Leaves, role: FieldRole, roles: Roles) -> tuple[I64, I64]:
    """The leaves that count for a part (the first alternative with a value), and their records."""
    unplayed = len(leaves.start) + len(leaves.paths)
    ranks = [rank if found is role else unplayed for found, rank in map(roles.of, leaves.paths)]
    if all(rank == unplayed for rank in ranks):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    rank = np.array(ranks, np.int64)[leaves.path]
    which = np.flatnonzero(rank < unplayed)
    record = record_of_leaf(leaves)[which]
    best = np.full(leaves.records, unplayed, np.int64)
    np.minimum.at(best, record, rank[which])
    kept = rank[which] == best[record]
    return which[kept], record[kept]
