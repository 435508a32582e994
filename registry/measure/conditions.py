"""Conditions on what records say in named fields, and what was seen of them over a source."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from registry.domain.dataset import FieldMapping
from registry.errors import UsageError
from registry.fingerprint.leaves import I64, Leaves, Tag
from registry.fingerprint.values import distinct_values
from registry.measure.roles import Roles
from registry.measure.run import content_paths

_SHOWN = 20
_CUT = 60


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that a record must say: a value of a set at one of the leaves that `leaves_of` finds."""

    name: str
    values: frozenset[str]
    leaves_of: Callable[[Leaves], I64]


@dataclass(frozen=True, slots=True)
class Said:
    """What the leaves of a condition say in one batch: which of the values asked for, and which others."""

    wanted: frozenset[str]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """Which records of a batch meet all of some conditions, bool[records], and what it says of each."""

    records: NDArray[np.bool_]
    said: tuple[Said, ...]


class Seen:
    """What a source was seen to say of some conditions, batch after batch."""

    def __init__(self, conditions: Sequence[Condition]) -> None:
        self.conditions = tuple(conditions)
        self.found: list[set[str]] = [set() for _ in self.conditions]
        self._others: list[dict[str, None]] = [{} for _ in self.conditions]
        self._records = 0

    def take(self, met: Met) -> None:
        """Add one batch."""
        self._records += int(met.records.sum())
        for said, found, others in zip(met.said, self.found, self._others, strict=True):
            found.update(said.wanted)
            others.update(dict.fromkeys(said.others[: _SHOWN - len(others)]))

    def require_match(self, paths: Mapping[str, None]) -> None:
        """Raise `UsageError` for fields that are not there, as `paths` are, and for what no record meets."""
        for condition, found, others in zip(self.conditions, self.found, self._others, strict=True):
            if not (found or others):
                raise UsageError(
                    f"no record has a field '{condition.name}'", hint=_fields_hint(condition.name, paths)
                )
            if not found:
                raise UsageError(
                    f"no record has {_asked(condition)} in '{condition.name}'",
                    hint=f"values there: {', '.join(map(_cut, others))}",
                )
        if self.conditions and self._records == 0:
            names = " and ".join(f"'{condition.name}'" for condition in self.conditions)
            raise UsageError(
                f"no record has one of the values of {names} together", hint="select by fewer fields"
            )


def at_fields(where: Mapping[str, frozenset[str]], explode: str | None) -> tuple[Condition, ...]:
    """One condition for each field, named by its path as in a field mapping."""
    return tuple(
        Condition(name, values, partial(_at, roles=Roles(FieldMapping(text=(name,)), explode=explode)))
        for name, values in where.items()
    )


def met_of(leaves: Leaves, record: I64, conditions: Sequence[Condition]) -> Met:
    """Which records of a batch meet all conditions; `record` int64[leaves] says whose each leaf is."""
    matches = np.ones(leaves.records, np.bool_)
    said = []
    for condition in conditions:
        met, found = _met(leaves, record, condition)
        matches &= met
        said.append(found)
    return Met(matches, tuple(said))


def _at(leaves: Leaves, roles: Roles) -> I64:
    """The leaves at a named path."""
    return np.flatnonzero(content_paths(leaves, roles)[leaves.path])


def _met(leaves: Leaves, record: I64, condition: Condition) -> tuple[NDArray[np.bool_], Said]:
    """bool[records]: which records meet a condition; bytes that are no text meet none."""
    which = condition.leaves_of(leaves)
    which = which[leaves.tag[which] != Tag.BINARY]
    distinct = distinct_values(leaves, which)
    wanted = np.array([value in condition.values for value in distinct.values], np.bool_)
    met = np.zeros(leaves.records, np.bool_)
    met[record[which[wanted[distinct.codes]]]] = True
    others = (value for value in distinct.values if value not in condition.values)
    return met, Said(condition.values.intersection(distinct.values), tuple(islice(others, _SHOWN)))


def _fields_hint(name: str, paths: Mapping[str, None]) -> str:
    close = get_close_matches(name, sorted(paths), n=3)
    meant = f"did you mean {' or '.join(close)}? " if close else ""
    return f"{meant}The fields with a value are: {', '.join(sorted(paths)[:_SHOWN]) or 'none at all'}"


def _asked(condition: Condition) -> str:
    values = sorted(condition.values)
    return f"'{_cut(values[0])}'" if len(values) == 1 else f"one of the {len(values):,} values asked for"


def _cut(value: str) -> str:
    return value if len(value) <= _CUT else f"{value[:_CUT]}..."
