"""How much of a source a selection takes: one pass that counts the records that match."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from registry.domain.dataset import FieldMapping, FieldRole
from registry.domain.declared_part import DeclaredPart
from registry.domain.erasure import NOBODY, Erased
from registry.domain.facts import Size
from registry.errors import UsageError
from registry.fingerprint.digest import record_digests
from registry.fingerprint.leaves import I64, U8, Batch, Leaves
from registry.fingerprint.text import fingerprint_text
from registry.measure.conditions import Condition, Met, Seen, at_fields, met_of
from registry.measure.measurement import RightsKey
from registry.measure.roles import Roles
from registry.measure.run import content_paths, in_order
from registry.measure.says import NOTHING_SAID_OF_FILES, SaidOfFiles, Says, said_of_file
from registry.measure.values import chosen_leaves, record_of_leaf


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
    rights: Mapping[RightsKey, Size]
    languages: Mapping[str, Size]
    domains: Mapping[str, Size]
    missing_ids: int = 0
    digests: U8 | None = None


EVERYTHING = Where({})
NO_DIGESTS: U8 = np.empty((0, 32), np.uint8)


@dataclass(frozen=True, slots=True)
class _Counted:
    """One batch: which of its records match, their words and bytes, and which are of which declared part."""

    file: str
    source_bytes: int
    leaves: Leaves
    met: Met
    words: I64
    bytes: I64
    parts: tuple[Met, ...]
    digests: U8 | None


@dataclass
class _Sum:
    """What adds up over the batches."""

    conditions: Sequence[Condition]
    roles: Roles
    progress: Callable[[int, int], None]
    erased: Erased = NOBODY
    said_of_files: SaidOfFiles = field(default_factory=dict)
    parts: Sequence[DeclaredPart] = ()
    part_conditions: Sequence[Sequence[Condition]] = ()
    size: Size = field(default_factory=lambda: Size(0, 0, 0))
    paths: dict[str, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.seen = Seen(self.conditions)
        self.seen_of_parts = [Seen(conditions) for conditions in self.part_conditions]
        self.says = Says(self.roles, self.erased, self.parts)
        self.digests: list[U8] = []

    def take(self, counted: _Counted) -> None:
        """Add one batch."""
        words, sizes, matches = counted.words, counted.bytes, counted.met.records
        self.size += Size(int(matches.sum()), int(words.sum()), int(sizes.sum()))
        of_file = said_of_file(self.said_of_files, counted.file, counted.leaves)
        of_parts = [met.records for met in counted.parts]
        self.says.add(counted.leaves, words, sizes, matches, of_file, of_parts)
        self.paths.update(dict.fromkeys(counted.leaves.paths))
        if counted.digests is not None:
            self.digests.append(counted.digests)
        self.seen.take(counted.met)
        for seen, met in zip(self.seen_of_parts, counted.parts, strict=True):
            seen.take(met)
        self.progress(counted.source_bytes, counted.leaves.records)

    def require_parts(self) -> None:
        """Refuse declared parts without a record, and two that have one which names nobody in common."""
        for number, (part, seen) in enumerate(zip(self.parts, self.seen_of_parts, strict=True)):
            seen.require_match(self.paths)
            if not self.says.of_part[number]:
                hint = (
                    "see `registry dataset show` for its domains; `fields.url` names the field with addresses"
                )
                raise UsageError(f"no record is in the part where {part.text}", hint=hint)
        for (first, second), count in sorted(self.says.overlaps.items()):
            one, other = self.parts[first].text, self.parts[second].text
            hint = "make the parts exclude each other: name more fields or values under `where`"
            raise UsageError(
                f"records that name nobody are in two parts, where {one} and where {other}: {count:,}",
                hint=hint,
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
    parts: Sequence[DeclaredPart] = (),
    with_digests: bool = False,
) -> Selected:
    """Count the records that match, their words and bytes of content, and what they say, as `measure` does.

    with_digests: give their digests, too, 32 bytes for each record that matches
    `progress` is told source bytes and records of each batch; `rights` tells the declared `parts` apart.
    Raises `UsageError` where no record has a field that is named, where none matches at all, and for
    identifiers where no id field is mapped.
    """
    roles = Roles(mapping, implied, explode)
    conditions = _conditions(keep, roles, explode, mapping.id or implied.id)
    total = _Sum(conditions, roles, progress, erased, said_of_files, parts, _of_parts(parts, explode))
    _count_all(batches, total, workers, with_digests=with_digests)
    total.seen.require_match(total.paths)
    missing = len(keep.values - total.seen.found[0]) if isinstance(keep, Ids) else 0
    says = total.says
    digests = np.concatenate([NO_DIGESTS, *total.digests]) if with_digests else None
    return Selected(total.size, says.rights(), says.languages(), says.domains(), missing, digests)


def measure_parts(
    batches: Iterator[Batch],
    mapping: FieldMapping,
    implied: FieldMapping,
    *,
    explode: str | None,
    parts: Sequence[DeclaredPart],
    workers: int,
    progress: Callable[[int, int], None],
    erased: Erased = NOBODY,
    said_of_files: SaidOfFiles = NOTHING_SAID_OF_FILES,
) -> Mapping[RightsKey, Size]:
    """What all records say of their rights, those that name nobody told apart by declared part.

    Raises `UsageError` where no record is in one of the parts, or one that names nobody is in two.
    """
    roles = Roles(mapping, implied, explode)
    total = _Sum((), roles, progress, erased, said_of_files, parts, _of_parts(parts, explode))
    _count_all(batches, total, workers)
    total.require_parts()
    return total.says.rights()


def _count_all(batches: Iterator[Batch], total: _Sum, workers: int, *, with_digests: bool = False) -> None:
    count = partial(
        _count,
        roles=total.roles,
        conditions=total.conditions,
        part_conditions=total.part_conditions,
        with_digests=with_digests,
    )
    in_order(batches, count, total.take, workers)


def _of_parts(parts: Sequence[DeclaredPart], explode: str | None) -> tuple[tuple[Condition, ...], ...]:
    """The conditions of each part on named fields; its domain is told by the mapped address."""
    return tuple(
        at_fields({name: frozenset(values) for name, values in part.where}, explode) for part in parts
    )


def _conditions(
    keep: Where | Ids, roles: Roles, explode: str | None, id_fields: Sequence[str]
) -> tuple[Condition, ...]:
    if isinstance(keep, Where):
        return at_fields(keep.fields, explode)
    if not id_fields:
        raise UsageError(
            "records cannot be selected by their ids: no field is mapped as id",
            hint="name the field with the ids under fields.id of the dataset",
        )
    name = "' or '".join(id_fields)
    return (Condition(name, keep.values, lambda leaves: chosen_leaves(leaves, FieldRole.ID, roles)[0]),)


def _count(
    batch: Batch,
    roles: Roles,
    conditions: Sequence[Condition],
    part_conditions: Sequence[Sequence[Condition]],
    *,
    with_digests: bool,
) -> _Counted:
    leaves = batch.leaves()
    record = record_of_leaf(leaves)
    met = met_of(leaves, record, conditions)
    parts = tuple(met_of(leaves, record, of_part) for of_part in part_conditions)
    words, sizes = _sizes_of(leaves, met.records[record], roles)
    digests = record_digests(leaves)[met.records] if with_digests else None
    return _Counted(batch.file, batch.source_bytes, leaves, met, words, sizes, parts, digests)


def _sizes_of(leaves: Leaves, of_match: NDArray[np.bool_], roles: Roles) -> tuple[I64, I64]:
    """Words and bytes of the matching records; the others' strings are made no content, and not read."""
    kept = replace(leaves, tag=np.where(of_match, leaves.tag, np.uint8(0)))
    text = fingerprint_text(kept, content_paths(leaves, roles), threshold=0, signatures=False, passages=False)
    return text.words, text.bytes
