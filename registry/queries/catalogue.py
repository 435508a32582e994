"""Datasets and their versions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from registry.domain.dataset import FieldRole, FingerprintMode, Origin, SizeBasis, Visibility
from registry.domain.facts import (
    ContradictionFacts,
    ContributorCount,
    DomainPart,
    EvidenceFacts,
    FieldFacts,
    LanguagePart,
    LicenseFacts,
    LicensePart,
    RecordDates,
    Size,
    VersionFacts,
)
from registry.domain.identifiers import parse_reference
from registry.domain.languages import language_tag
from registry.domain.reading import Reading
from registry.domain.stated import NONE_STATED, DeclaredSize, Description
from registry.queries.contributors import annotator_counts, contributor_counts, stated_contributors
from registry.queries.lineage import load_lineage
from registry.queries.lookup import chosen_version
from registry.store.encoded import decoded
from registry.store.properties import DESCRIPTION
from registry.store.reservations import Observed
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
from registry.store.versions import files_of_versions, media_of_versions

WITHDRAWN = "withdrawn"
_NO_LICENSE = LicenseFacts(None, None, None)
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


@dataclass(frozen=True, slots=True)
class VersionSummary:
    """One line of the list of datasets."""

    name: str
    version: str
    title: str | None
    origin: str | None
    license: str
    records: int | None
    words: int | None
    bytes: int | None
    digest: str | None
    recorded_at: str


def find_version(session: Session, reference: str) -> str:
    """The identifier of `NAME[@VERSION]`; the newest version where none is named. Raises `NotFoundError`."""
    wanted = parse_reference(reference)
    versions = (
        select(DatasetVersionRow.id, DatasetVersionRow.label)
        .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(DatasetRow.name == wanted.name)
        .order_by(DatasetVersionRow.sequence.desc())
    )
    return chosen_version(session, "dataset", wanted, versions, select(DatasetRow.name))


def list_versions(session: Session) -> list[VersionSummary]:
    """Every dataset version, by name and then newest first."""
    stated, licenses = _properties(session), _license(session)
    return [
        VersionSummary(
            name=name,
            version=row.label,
            title=stated[row.id].get("title"),
            origin=stated[row.id].get("origin"),
            license=licenses.get(row.id, _NO_LICENSE).stated,
            **_amounts(row, stated[row.id]),
            digest=row.content_digest or None,
            recorded_at=row.recorded_at,
        )
        for name, row in _named_versions(session)
    ]


def version_facts(session: Session, version_id: str) -> VersionFacts:
    """Everything known of a version but its holdings."""
    (found,) = _facts(session, version_id)
    return found


def every_version(session: Session) -> Iterator[VersionFacts]:
    """The same of every version, by name and then newest first; each table is read once."""
    return _facts(session, None)


def _facts(session: Session, only: str | None) -> Iterator[VersionFacts]:
    """What is known of one version, or of all: the one definition of what these facts are."""
    stated, license_ = _properties(session, only), _license(session, only)
    licenses, detected, domains = (
        _licenses(session, only),
        _languages(session, only),
        _domains(session, only),
    )
    contributors = contributor_counts(session, None if only is None else [only])
    identified = _identified(session, only)
    fields, distributions = _fields(session, only), files_of_versions(session, only)
    derived, evidence, contradictions = (
        _derived_from(session, only),
        _evidence(session, only),
        _contradictions(session, only),
    )
    media, lineage = media_of_versions(session, only), load_lineage(session, only)
    observed = Observed(session, only)
    stated_by, annotators = stated_contributors(session, only), annotator_counts(session, only)
    for name, row in _named_versions(session, only):
        said = stated[row.id]
        origin = Origin(said["origin"]) if "origin" in said else None
        visibility = said.get("visibility")
        languages = _in_effect(detected.get(row.id, ()), row, said.get("language"))
        reading = decoded(row.reading, Reading) or Reading((), ())
        sampled = any(part.basis == "sample" for part in languages)
        yield VersionFacts(
            id=row.id,
            name=name,
            label=row.label,
            content_digest=row.content_digest,
            recipe=row.recipe,
            fingerprint_id=row.fingerprint_id,
            fingerprint_mode=FingerprintMode(row.fingerprint_mode),
            size=size_of(row),
            characters=row.characters,
            words_equal_records=row.words_equal_records,
            near_duplicate_records=row.near_duplicate_records,
            near_duplicates_complete=row.near_duplicates_complete,
            sampled_records=row.sampled_records if sampled else None,
            source=row.source,
            revision=row.revision,
            recorded_at=row.recorded_at,
            origin=origin,
            visibility=Visibility(visibility) if visibility else Visibility.default(origin),
            title=said.get("title"),
            url=said.get("url"),
            publisher=said.get("publisher"),
            license=replace(
                license_.get(row.id, _NO_LICENSE),
                records=tuple(dict.fromkeys(part.expression for part in licenses.get(row.id, ()))),
                inherited=lineage.inherited(f"{name}@{row.label}"),
            ),
            licenses=licenses.get(row.id, ()),
            languages=languages,
            domains=domains.get(row.id, ()),
            contributors=ContributorCount(
                contributors.get(row.id, 0), row.records - identified.get(row.id, 0)
            ),
            fields=fields.get(row.id, ()),
            distributions=tuple(distributions.get(row.id, ())),
            derived_from=derived.get(row.id, ()),
            measured_with=row.measured_with,
            basis=SizeBasis(row.basis),
            description=_description(said),
            publisher_kind=said.get("publisher_kind"),
            unavailable_since=said.get("unavailable_since"),
            withdrawn=said.get("state") == WITHDRAWN,
            is_original=said.get("derived_from") == NONE_STATED,
            evidence=evidence.get(row.id, ()),
            contradictions=contradictions.get(row.id, ()),
            explode=reading.explode,
            split_text=reading.split_text,
            media=media.get(row.id, ()),
            reservations=observed.of(row.id, (part.domain for part in domains.get(row.id, ()))),
            stated_contributors=stated_by.get(row.id, ()),
            annotators=annotators.get(row.id, 0),
            dates=_dates(row),
        )


def size_of(row: SizesMixin) -> Size:
    """The sizes of a row as a value."""
    return Size(row.records, row.words, row.bytes)


def version_reference(session: Session, version_id: str) -> str:
    """`name@label` of a version."""
    row = session.get_one(DatasetVersionRow, version_id)
    return f"{session.get_one(DatasetRow, row.dataset_id).name}@{row.label}"


# --- one version, or all: by its identifier --------------------------------------------------------------


def _named_versions(session: Session, only: str | None = None) -> list[tuple[str, DatasetVersionRow]]:
    """The names and rows of one version, or of all by name and then newest first."""
    statement = select(DatasetRow.name, DatasetVersionRow).join(
        DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id
    )
    if only is not None:
        statement = statement.where(DatasetVersionRow.id == only)
    rows = [(name, row) for name, row in session.execute(statement)]
    return sorted(rows, key=lambda pair: (pair[0], -pair[1].sequence))


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


def _amounts(row: DatasetVersionRow, stated: Mapping[str, str]) -> dict[str, int | None]:
    """The sizes that were measured, or declared; None where neither."""
    declared: DeclaredSize | None = decoded(stated.get("measured"), DeclaredSize)
    known = row if row.basis == SizeBasis.MEASURED else declared
    return {unit: getattr(known, unit, None) for unit in ("records", "words", "bytes")}


def _properties(session: Session, only: str | None = None) -> defaultdict[str, dict[str, str]]:
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


def _description(stated: Mapping[str, str]) -> Description:
    found = {name: decoded(stated.get(name), kind) for name, kind in DESCRIPTION.items()}
    return Description(**{name: value for name, value in found.items() if value is not None})


def _evidence(session: Session, only: str | None) -> dict[str, tuple[EvidenceFacts, ...]]:
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


def _dates(row: DatasetVersionRow) -> RecordDates | None:
    if row.first_date is None or row.last_date is None or row.dated_records is None:
        return None
    return RecordDates(row.first_date, row.last_date, row.dated_records)


def _contradictions(session: Session, only: str | None) -> dict[str, tuple[ContradictionFacts, ...]]:
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


def _license(session: Session, only: str | None = None) -> dict[str, LicenseFacts]:
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


def _licenses(session: Session, only: str | None) -> dict[str, tuple[LicensePart, ...]]:
    columns = (VersionLicenseRow.version_id, VersionLicenseRow.expression, VersionLicenseRow.raw)
    rows = session.execute(
        select(*columns, *_sizes(VersionLicenseRow)).where(_about(VersionLicenseRow, only))
    )
    parts = (
        (version, LicensePart(expression, raw, Size(*sizes))) for version, expression, raw, *sizes in rows
    )
    return _by_version(sorted(parts, key=lambda pair: (-pair[1].size.words, pair[1].expression, pair[1].raw)))


def _languages(session: Session, only: str | None) -> dict[str, tuple[LanguagePart, ...]]:
    columns = (VersionLanguageRow.version_id, VersionLanguageRow.language, VersionLanguageRow.basis)
    rows = session.execute(
        select(*columns, *_sizes(VersionLanguageRow)).where(_about(VersionLanguageRow, only))
    )
    parts = (
        (version, LanguagePart(language, basis, Size(*sizes))) for version, language, basis, *sizes in rows
    )
    return _by_version(sorted(parts, key=lambda pair: (-pair[1].size.words, pair[1].language)))


def _in_effect(
    parts: tuple[LanguagePart, ...], version: DatasetVersionRow, stated: str | None
) -> tuple[LanguagePart, ...]:
    """What the records say of their languages; else what is stated of the version; else what was detected."""
    if stated is not None and all(part.basis != "field" for part in parts):
        return (LanguagePart(language_tag(stated) or stated, "declared", size_of(version)),)
    return parts


def _domains(session: Session, only: str | None) -> dict[str, tuple[DomainPart, ...]]:
    rows = session.execute(
        select(VersionDomainRow.version_id, VersionDomainRow.domain, *_sizes(VersionDomainRow)).where(
            _about(VersionDomainRow, only)
        )
    )
    parts = ((version, DomainPart(domain, Size(*sizes))) for version, domain, *sizes in rows)
    return _by_version(sorted(parts, key=lambda pair: (-pair[1].size.bytes, pair[1].domain)))


def _identified(session: Session, only: str | None) -> dict[str, int]:
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


def _fields(session: Session, only: str | None) -> dict[str, tuple[FieldFacts, ...]]:
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


def _derived_from(session: Session, only: str | None) -> dict[str, tuple[str, ...]]:
    rows = session.execute(
        select(DerivationRow.version_id, DerivationRow.of_url, DatasetRow.name, DatasetVersionRow.label)
        .outerjoin(DatasetVersionRow, DatasetVersionRow.id == DerivationRow.of_version_id)
        .outerjoin(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(_about(DerivationRow, only), DerivationRow.superseded_at.is_(None))
    )
    return _by_version(sorted((version, url or f"{name}@{label}") for version, url, name, label in rows))
