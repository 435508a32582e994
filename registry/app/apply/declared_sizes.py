"""Versions of data that cannot be read: their sizes are declared, and they have no digest."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from hashlib import sha256

from sqlalchemy.orm import Session

from registry.app.apply.entries import reference
from registry.app.ingest import free_number
from registry.declarations import schema
from registry.domain.dataset import FingerprintMode, SizeBasis
from registry.domain.facts import Size
from registry.domain.stated import DeclaredSize
from registry.errors import NotFoundError, RefusedError
from registry.store.statements import Evidence
from registry.store.tables.datasets import DatasetVersionRow
from registry.store.versions import Holding, NewVersion, save_version


def declared_version(
    session: Session, entry: schema.Dataset, versions: Sequence[DatasetVersionRow], moment: str
) -> tuple[str, str, bool]:
    """The version of these declared sizes: identifier, label, and whether it is new."""
    if (found := of_sizes(entry, versions)) is not None:
        return found.id, found.label, False
    label = free_label(entry, versions)
    return save_version(session, entry.name, new_declared(label, _size_of(entry)), moment), label, True


def of_sizes(entry: schema.Dataset, versions: Sequence[DatasetVersionRow]) -> DatasetVersionRow | None:
    """The version that was recorded with the sizes an entry declares."""
    digest = _digest_of(_size_of(entry))
    return next(
        (row for row in versions if row.mapping_digest == digest and entry.version in {None, row.label}), None
    )


def _size_of(entry: schema.Dataset) -> DeclaredSize:
    return DeclaredSize(**(entry.measured or schema.Measured()).model_dump())


def free_label(entry: schema.Dataset, versions: Sequence[DatasetVersionRow]) -> str:
    """The label of new sizes. Raises `RefusedError` for one that has others, or data that was read."""
    label = entry.version or free_number(versions)
    if any(row.label == label for row in versions):
        raise RefusedError(
            f"{entry.name}@{label} was recorded with other sizes, or with data that was read",
            hint=f'give what is declared now a new version, e.g. version: "{free_number(versions)}"',
        )
    return label


def _digest_of(size: DeclaredSize) -> str:
    stated = {name: value for name, value in asdict(size).items() if name != "evidence"}
    return sha256(json.dumps(stated, sort_keys=True).encode()).hexdigest()


def new_declared(label: str, stated: DeclaredSize) -> NewVersion:
    """A version of data that was never read, with the sizes that are declared of it, if any."""
    size = Size(stated.records or 0, stated.words or 0, stated.bytes or 0)
    nobody = Evidence("declared", "no holder is named", "registry")
    return NewVersion(
        label=label,
        content_digest="",
        mapping_digest=_digest_of(stated),
        fingerprint_id="",
        fingerprint_mode=FingerprintMode.COUNTS.value,
        recipe="",
        source="",
        revision=None,
        size=size,
        characters=0,
        wordless_records=0,
        words_equal_records=None,
        near_duplicate_records=None,
        near_duplicates_complete=None,
        reading=None,
        sampled_records=None,
        measured_with=None,
        distributions=(),
        digest_by_host=frozenset(),
        compressions={},
        fields=(),
        languages=(),
        domains={},
        licenses={},
        holdings=(Holding((), None, "unidentified", size),),
        contributions=(),
        holder_evidence=nobody,
        creator_evidence=nobody,
        basis=SizeBasis.DECLARED.value,
    )


def nowhere(entry: schema.Dataset) -> NotFoundError:
    """The error for an entry that has no data, and no version here."""
    return NotFoundError(
        f"{reference(entry)} is not in the registry, and has no source to read it from",
        hint="give it a `source`, or `measured` sizes with `source: null`",
    )
