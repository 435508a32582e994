"""How much of a source a selection takes: one pass that counts the records that match."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import partial
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from registry.domain.dataset import FieldMapping, FieldRole
from registry.domain.erasure import NOBODY, Erased
from registry.domain.facts import Size
from registry.errors import UsageError
from registry.fingerprint.digest import record_digests
from registry.fingerprint.leaves import I64, U8, Batch, Leaves, Tag
from registry.fingerprint.text import fingerprint_text
from registry.fingerprint.values import distinct_values
from registry.measure.measurement import RightsKey
from registry.measure.roles import Roles
from registry.measure.run import content_paths, in_order
from registry.measure.says import NOTHING_SAID_OF_FILES, SaidOfFiles, Says, said_of_file
from registry.measure.tally import Sums
from registry.measure.values import chosen_leaves, record_of_leaf

_SHOWN = 20
_CUT = 60


@dataclass(frozen=True, slots=True)
class Where:
    """The records that have, in every one of these fields, one of its values; without fields all records.

    A field is named by its path as in a field mapping. A value is the text of a string, or the canonical text
    of a number ("1", "0.5") or boolean ("true"); of a list one element is enough.
    """

    fields: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Ids:
    """The records with one of these identifiers in the mapped id field."""

    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Selected:
    """What matches, by what it says of its rights, and how many of the ids asked for no record has.

    digests: uint8[records, 32], the record digest of each that matches; None where they were not asked for
    """

    size: Size
    rights: Mapping[RightsKey, Sums]
    languages: Mapping[str, Sums]
    domains: Mapping[str, Sums]
    missing_ids: int = 0
    digests: U8 | None = None


EVERYTHING = Where({})
NO_DIGESTS: U8 = np.empty((0, 32), np.uint8)


@dataclass(frozen=True, slots=True)
class _Condition:
    """One thing that a record must say: a value of a set at one of the leaves that `leaves_of` finds."""

    name: str
    values: frozenset[str]
    leaves_of: Callable[[Leaves], I64]


@dataclass(frozen=True, slots=True)
class _Said:
    """What the leaves of a condition say in one batch: which of the values asked for, and which others."""

    wanted: frozenset[str]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """One batch: which of its records match, their words and bytes, and what it says of each condition."""

    file: str
    source_bytes: int
    leaves: Leaves
    matches: NDArray[np.bool_]
    words: I64
    bytes: I64
    said: tuple[_Said, ...]
    digests: U8 | None


@dataclass
class _Sum:
    """What adds up over the batches."""

    conditions: Sequence[_Condition]
    roles: Roles
    progress: Callable[[int, int], None]
    erased: Erased = NOBODY
    said_of_files: SaidOfFiles = field(default_factory=dict)
    size: Size = field(default_factory=lambda: Size(0, 0, 0))
    paths: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.found: list[set[str]] = [set() for _ in self.conditions]
        self.others: list[dict[str, None]] = [{} for _ in self.conditions]
        self.says = Says(self.roles, self.erased)
        self.digests: list[U8] = []

    def take(self, counted: _Counted) -> None:
        """Add one batch."""
        words, sizes = counted.words, counted.bytes
        self.size += Size(int(counted.matches.sum()), int(words.sum()), int(sizes.sum()))
        of_file = said_of_file(self.said_of_files, counted.file, counted.leaves)
        self.says.add(counted.leaves, words, sizes, counted.matches, of_file)
        self.paths.update(dict.fromkeys(counted.leaves.paths))
        if counted.digests is not None:
            self.digests.append(counted.digests)
        for said, found, others in zip(counted.said, self.found, self.others, strict=True):
            found.update(said.wanted)
            others.update(dict.fromkeys(said.others[: _SHOWN - len(others)]))
        self.progress(counted.source_bytes, counted.leaves.records)

    def require_match(self) -> None:
        """Refuse conditions on fields that are not there, and those that no record meets."""
        for condition, found, others in zip(self.conditions, self.found, self.others, strict=True):
            if not (found or others):
                raise UsageError(
                    f"no record has a field '{condition.name}'", hint=_fields_hint(condition.name, self.paths)
                )
            if not found:
                raise UsageError(
                    f"no record has {_asked(condition)} in '{condition.name}'",
                    hint=f"values there: {', '.join(map(_cut, others))}",
                )
        if self.conditions and self.size.records == 0:
            names = " and ".join(f"'{condition.name}'" for condition in self.conditions)
            raise UsageError(
                f"no record has one of the values of {names} together", hint="select by fewer fields"
            )


def measure_selection(
    batches: Iterator[Batch],
    mapping: FieldMapping,
    implied: FieldMapping,
    *,
    explode: str | None,
    keep: Where | Ids,
    workers: int,
    progress: Callable[[int, int], None],
    erased: Erased = NOBODY,
    said_of_files: SaidOfFiles = NOTHING_SAID_OF_FILES,
    with_digests: bool = False,
) -> Selected:
    """Count the records that match, their words and bytes of content, and what they say, as `measure` does.

    with_digests: give their digests, too, 32 bytes for each record that matches
    `progress` is told source bytes and records of each batch. Raises `UsageError` where no record has a field
    that is named, where none matches at all, and for identifiers where no id field is mapped.
    """
    roles = Roles(mapping, implied, explode)
    conditions = _conditions(keep, roles, explode, mapping.id or implied.id)
    total = _Sum(conditions, roles, progress, erased, said_of_files)
    count = partial(_count, roles=roles, conditions=conditions, with_digests=with_digests)
    in_order(batches, count, total.take, workers)
    total.require_match()
    missing = len(keep.values - total.found[0]) if isinstance(keep, Ids) else 0
    says = total.says
    digests = np.concatenate([NO_DIGESTS, *total.digests]) if with_digests else None
    return Selected(total.size, says.rights(), says.languages(), says.domains(), missing, digests)


def _conditions(
    keep: Where | Ids, roles: Roles, explode: str | None, id_fields: Sequence[str]
) -> tuple[_Condition, ...]:
    if isinstance(keep, Where):
        return tuple(
            _Condition(name, values, partial(_at, roles=Roles(FieldMapping(text=(name,)), explode=explode)))
            for name, values in keep.fields.items()
        )
    if not id_fields:
        raise UsageError(
            "records cannot be selected by their ids: no field is mapped as id",
            hint="name the field with the ids under fields.id of the dataset",
        )
    name = "' or '".join(id_fields)
    return (_Condition(name, keep.values, lambda leaves: chosen_leaves(leaves, FieldRole.ID, roles)[0]),)


def _at(leaves: Leaves, roles: Roles) -> I64:
    """The leaves at a named path."""
    return np.flatnonzero(content_paths(leaves, roles)[leaves.path])


def _count(batch: Batch, roles: Roles, conditions: Sequence[_Condition], *, with_digests: bool) -> _Counted:
    leaves = batch.leaves()
    record = record_of_leaf(leaves)
    matches = np.ones(leaves.records, np.bool_)
    said = []
    for condition in conditions:
        met, found = _met(leaves, record, condition)
        matches &= met
        said.append(found)
    words, sizes = _sizes_of(leaves, matches[record], roles)
    digests = record_digests(leaves)[matches] if with_digests else None
    return _Counted(batch.file, batch.source_bytes, leaves, matches, words, sizes, tuple(said), digests)


def _met(leaves: Leaves, record: I64, condition: _Condition) -> tuple[NDArray[np.bool_], _Said]:
    """bool[records]: which records meet a condition; bytes that are no text meet none."""
    which = condition.leaves_of(leaves)
    which = which[leaves.tag[which] != Tag.BINARY]
    distinct = distinct_values(leaves, which)
    wanted = np.array([value in condition.values for value in distinct.values], np.bool_)
    met = np.zeros(leaves.records, np.bool_)
    met[record[which[wanted[distinct.codes]]]] = True
    others = (value for value in distinct.values if value not in condition.values)
    return met, _Said(condition.values.intersection(distinct.values), tuple(islice(others, _SHOWN)))


def _sizes_of(leaves: Leaves, of_match: NDArray[np.bool_], roles: Roles) -> tuple[I64, I64]:
    """Words and bytes of the matching records; the others' strings are made no content, and not read."""
    kept = replace(leaves, tag=np.where(of_match, leaves.tag, np.uint8(0)))
    text = fingerprint_text(kept, content_paths(leaves, roles), threshold=0, signatures=False, passages=False)
    return text.words, text.bytes


def _fields_hint(name: str, paths: Mapping[str, None]) -> str:
    close = get_close_matches(name, sorted(paths), n=3)
    meant = f"did you mean {' or '.join(close)}? " if close else ""
    return f"{meant}The fields with a value are: {', '.join(sorted(paths)[:_SHOWN]) or 'none at all'}"


def _asked(condition: _Condition) -> str:
    values = sorted(condition.values)
    return f"'{_cut(values[0])}'" if len(values) == 1 else f"one of the {len(values):,} values asked for"


def _cut(value: str) -> str:
    return value if len(value) <= _CUT else f"{value[:_CUT]}..."
