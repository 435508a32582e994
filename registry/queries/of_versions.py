"""What is recorded of one version, or of each: tables read as a whole, by the identifier of the version."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.dataset import FieldRole
from registry.domain.facts import (
    ContradictionFacts,
    DomainPart,
    EvidenceFacts,
    FieldFacts,
    LanguagePart,
    LicenseFacts,
    LicensePart,
    Size,
)
from registry.store.tables.base import SizesMixin
from registry.store.tables.datasets import (
    ContradictionRow,
    DatasetRow,
    DatasetVersionRow,
    VersionDomainRow,
    VersionFieldRow,
    VersionLanguageRow,
    VersionLicenseRow,
    VersionPropertyRow,
)
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import (
    DerivationRow,
    LicenseStatementRow,
    RightsHoldingRow,
)

NO_LICENSE = LicenseFacts(None, None, None)
_StatementOnVersion = VersionPropertyRow | LicenseStatementRow | ContradictionRow
_OfVersion = (
    _StatementOnVersion
    | VersionDomainRow
    | VersionFieldRow
    | VersionLanguageRow
    | VersionLicenseRow
    | DerivationRow
    | RightsHoldingRow
)
T = TypeVar("T")


def named_versions(session: Session, only: str | None = None) -> list[tuple[str, DatasetVersionRow]]:
    """The names and rows of one version, or of all by name and then newest first."""
    statement = select(DatasetRow.name, DatasetVersionRow).join(
        DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id
    )
    if only is not None:
        statement = statement.where(DatasetVersionRow.id == only)
    rows = [(name, row) for name, row in session.execute(statement)]
    return sorted(rows, key=lambda pair: (pair[0], -pair[1].sequence))


def size_of(row: SizesMixin) -> Size:
    """The sizes of a row as a value."""
    return Size(row.records, row.words, row.bytes)


def _about(table: type[_OfVersion], only: str | None) -> ColumnElement[bool]:
    return true() if only is None else table.version_id == only


def _sizes(table: type[SizesMixin]) -> tuple[InstrumentedAttribute[int], ...]:
    return table.records, table.words, table.bytes


def _by_version(found: Iterable[tuple[str, T]]) -> dict[str, tuple[T, ...]]:
    """What was found of each version, in the order it comes."""
    groups: dict[str, list[T]] = {}
    for version, one in found:
        groups.setdefault(version, []).append(one)
    return {version: tuple(group) for version, group in groups.items()}


def properties(session: Session, only: str | None = None) -> defaultdict[str, dict[str, str]]:
    """What is stated of each version, by property; of whom nothing is, an empty one."""
    rows = session.execute(
        select(VersionPropertyRow.version_id, VersionPropertyRow.property, VersionPropertyRow.value).where(
            _about(VersionPropertyRow, only), VersionPropertyRow.superseded_at.is_(None)
        )
    )
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for version, property_, value in rows:
        found[version][property_] = value
    return found


def evidence(session: Session, only: str | None) -> dict[str, tuple[EvidenceFacts, ...]]:
    """What supports each current statement on a version, by property; `license` is the declared one."""
    of_properties = _with_evidence(VersionPropertyRow, only, VersionPropertyRow.property)
    of_licenses = _with_evidence(LicenseStatementRow, only, LicenseStatementRow.kind)
    found = [(version, EvidenceFacts(*rest)) for version, *rest in session.execute(of_properties)]
    for version, kind, *rest in session.execute(of_licenses):
        property_ = "license" if kind == "declared" else "license concluded"
        found.append((version, EvidenceFacts(property_, *rest)))
    return _by_version(sorted(found, key=lambda pair: (pair[1].property, pair[1].location)))


def _with_evidence(
    table: type[_StatementOnVersion], only: str | None, *says: InstrumentedAttribute[str]
) -> Select[*tuple[Any, ...]]:
    """Version, what is said, and the evidence of each statement that holds."""
    return (
        select(
            table.version_id,
            *says,
            EvidenceRow.kind,
            EvidenceRow.location,
            table.asserted_by,
            table.recorded_at,
        )
        .join(EvidenceRow, EvidenceRow.id == table.evidence_id)
        .where(_about(table, only), table.superseded_at.is_(None))
    )


def contradictions(session: Session, only: str | None) -> dict[str, tuple[ContradictionFacts, ...]]:
    """What is stated of each version, and otherwise in a card."""
    rows = session.execute(
        _with_evidence(
            ContradictionRow,
            only,
            ContradictionRow.property,
            ContradictionRow.stated,
            ContradictionRow.found,
        )
    )
    found = (
        (version, ContradictionFacts(property_, stated, said, location))
        for version, property_, stated, said, _, location, _, _ in rows
    )
    return _by_version(sorted(found, key=lambda pair: (pair[1].property, pair[1].location, pair[1].found)))


def stated_licenses(session: Session, only: str | None = None) -> dict[str, LicenseFacts]:
    """The declared and the concluded license of each version."""
    rows = session.execute(
        select(
            LicenseStatementRow.version_id,
            LicenseStatementRow.kind,
            LicenseStatementRow.expression,
            LicenseStatementRow.raw,
        ).where(_about(LicenseStatementRow, only), LicenseStatementRow.superseded_at.is_(None))
    )
    kinds: dict[str, dict[str, tuple[str, str | None]]] = {}
    for version, kind, expression, raw in rows:
        kinds.setdefault(version, {})[kind] = (expression, raw)
    return {version: _license_facts(said) for version, said in kinds.items()}


def _license_facts(said: Mapping[str, tuple[str, str | None]]) -> LicenseFacts:
    expression, raw = said.get("declared", (None, None))
    return LicenseFacts(expression, raw, said["concluded"][0] if "concluded" in said else None)


def record_licenses(session: Session, only: str | None) -> dict[str, tuple[LicensePart, ...]]:
    """The licenses that the records carry, those of the most words first."""
    columns = (VersionLicenseRow.version_id, VersionLicenseRow.expression, VersionLicenseRow.raw)
    rows = session.execute(
        select(*columns, *_sizes(VersionLicenseRow)).where(_about(VersionLicenseRow, only))
    )
    parts = (
        (version, LicensePart(expression, raw, Size(*sizes))) for version, expression, raw, *sizes in rows
    )
    return _by_version(sorted(parts, key=lambda pair: (-pair[1].size.words, pair[1].expression, pair[1].raw)))


def languages(session: Session, only: str | None) -> dict[str, tuple[LanguagePart, ...]]:
    """The languages as measured, those of the most words first."""
    columns = (VersionLanguageRow.version_id, VersionLanguageRow.language, VersionLanguageRow.basis)
    rows = session.execute(
        select(*columns, *_sizes(VersionLanguageRow)).where(_about(VersionLanguageRow, only))
    )
    parts = (
        (version, LanguagePart(language, basis, Size(*sizes))) for version, language, basis, *sizes in rows
    )
    return _by_version(sorted(parts, key=lambda pair: (-pair[1].size.words, pair[1].language)))


def domains(session: Session, only: str | None) -> dict[str, tuple[DomainPart, ...]]:
    """The domains that the records name, those of the most bytes first."""
    rows = session.execute(
        select(VersionDomainRow.version_id, VersionDomainRow.domain, *_sizes(VersionDomainRow)).where(
            _about(VersionDomainRow, only)
        )
    )
    parts = ((version, DomainPart(domain, Size(*sizes))) for version, domain, *sizes in rows)
    return _by_version(sorted(parts, key=lambda pair: (-pair[1].size.bytes, pair[1].domain)))


def identified_records(session: Session, only: str | None) -> dict[str, int]:
    """How many records of each version somebody is known to hold rights in."""
    rows = session.execute(
        select(RightsHoldingRow.version_id, func.sum(RightsHoldingRow.records))
        .where(
            _about(RightsHoldingRow, only),
            RightsHoldingRow.superseded_at.is_(None),
            RightsHoldingRow.basis != "unidentified",
        )
        .group_by(RightsHoldingRow.version_id)
    )
    return {version: int(records) for version, records in rows}


def fields(session: Session, only: str | None) -> dict[str, tuple[FieldFacts, ...]]:
    """The fields of the records, by path."""
    rows = session.execute(
        select(
            VersionFieldRow.version_id,
            VersionFieldRow.path,
            VersionFieldRow.role,
            VersionFieldRow.types,
            VersionFieldRow.leaf_count,
        ).where(_about(VersionFieldRow, only))
    )
    found = (
        (version, FieldFacts(path, FieldRole(role), tuple(types.split(",")), leaf_count))
        for version, path, role, types, leaf_count in rows
    )
    return _by_version(sorted(found, key=lambda pair: pair[1].path))


def derived_from(session: Session, only: str | None) -> dict[str, tuple[str, ...]]:
    """What each version is declared to be made from: a version here, else an address or a name."""
    rows = session.execute(
        select(DerivationRow.version_id, DerivationRow.of_url, DatasetRow.name, DatasetVersionRow.label)
        .outerjoin(DatasetVersionRow, DatasetVersionRow.id == DerivationRow.of_version_id)
        .outerjoin(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(_about(DerivationRow, only), DerivationRow.superseded_at.is_(None))
    )
    return _by_version(sorted((version, url or f"{name}@{label}") for version, url, name, label in rows))
