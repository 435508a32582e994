"""Datasets and their versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import Session

from registry.domain.dataset import FieldRole, FingerprintMode, Origin, SizeBasis, Visibility
from registry.domain.facts import (
    AgentFacts,
    ContradictionFacts,
    ContributorCount,
    DistributionFacts,
    DomainPart,
    EvidenceFacts,
    FieldFacts,
    HoldingFacts,
    LanguagePart,
    LicenseFacts,
    LicensePart,
    Party,
    Size,
    VersionFacts,
)
from registry.domain.identifiers import parse_reference
from registry.domain.languages import language_tag
from registry.domain.reading import Reading
from registry.domain.stated import NONE_STATED, DeclaredSize, Description
from registry.queries.lookup import S, chosen_version, that_hold
from registry.store.encoded import decoded
from registry.store.properties import DESCRIPTION
from registry.store.tables.agents import AgentRow
from registry.store.tables.base import SizesMixin, StatementRow
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
    ContributionRow,
    DerivationRow,
    LicenseStatementRow,
    RightsHoldingPartyRow,
    RightsHoldingRow,
)
from registry.store.versions import files_of, media_of

WITHDRAWN = "withdrawn"


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
    statement = (
        select(DatasetRow.name, DatasetVersionRow)
        .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .order_by(DatasetVersionRow.sequence.desc())
    )
    summaries = [_summary(session, name, version) for name, version in session.execute(statement)]
    return sorted(summaries, key=lambda summary: summary.name)


def version_facts(session: Session, version_id: str) -> VersionFacts:
    """Everything known of a version but its holdings."""
    row = session.get_one(DatasetVersionRow, version_id)
    stated = _properties(session, version_id)
    origin = Origin(stated["origin"]) if "origin" in stated else None
    visibility = stated.get("visibility")
    languages = _languages(session, row, stated.get("language"))
    reading = decoded(row.reading, Reading) or Reading((), ())
    return VersionFacts(
        id=row.id,
        name=session.get_one(DatasetRow, row.dataset_id).name,
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
        sampled_records=row.sampled_records if any(part.basis == "sample" for part in languages) else None,
        source=row.source,
        revision=row.revision,
        recorded_at=row.recorded_at,
        origin=origin,
        visibility=Visibility(visibility) if visibility else Visibility.default(origin),
        title=stated.get("title"),
        url=stated.get("url"),
        publisher=stated.get("publisher"),
        license=_license(session, version_id),
        licenses=_licenses(session, version_id),
        languages=languages,
        domains=_domains(session, version_id),
        contributors=_contributors(session, row),
        fields=_fields(session, version_id),
        distributions=_distributions(session, version_id),
        derived_from=_derived_from(session, version_id),
        measured_with=row.measured_with,
        basis=SizeBasis(row.basis),
        description=_description(stated),
        publisher_kind=stated.get("publisher_kind"),
        unavailable_since=stated.get("unavailable_since"),
        withdrawn=stated.get("state") == WITHDRAWN,
        is_original=stated.get("derived_from") == NONE_STATED,
        evidence=_evidence(session, version_id),
        contradictions=_contradictions(session, version_id),
        explode=reading.explode,
        split_text=reading.split_text,
        media=media_of(session, version_id),
    )


def holdings_of(session: Session, version_id: str) -> tuple[HoldingFacts, ...]:
    """The parts of a version and who holds rights in them: a partition of its records."""
    parties: dict[str, list[Party]] = {}
    joined = (
        select(RightsHoldingPartyRow, AgentRow)
        .join(AgentRow, AgentRow.id == RightsHoldingPartyRow.agent_id)
        .join(RightsHoldingRow, RightsHoldingRow.id == RightsHoldingPartyRow.holding_id)
        .where(RightsHoldingRow.version_id == version_id, RightsHoldingRow.superseded_at.is_(None))
    )
    for party, agent in session.execute(joined):
        share = Fraction(party.numerator, party.denominator)
        parties.setdefault(party.holding_id, []).append(Party(agent_facts(agent), share))
    rows = that_hold(session, RightsHoldingRow, RightsHoldingRow.version_id == version_id)
    return tuple(
        HoldingFacts(
            tuple(sorted(parties.get(row.id, ()), key=lambda party: (party.agent.name, party.agent.id))),
            row.license,
            row.basis,
            size_of(row),
        )
        for row in sorted(rows, key=lambda row: row.id)
    )


def agent_facts(row: AgentRow) -> AgentFacts:
    """An agent as a value."""
    return AgentFacts(row.id, row.kind, row.name, row.scope, row.shown_as)


def size_of(row: SizesMixin) -> Size:
    """The sizes of a row as a value."""
    return Size(row.records, row.words, row.bytes)


def version_reference(session: Session, version_id: str) -> str:
    """`name@label` of a version."""
    row = session.get_one(DatasetVersionRow, version_id)
    return f"{session.get_one(DatasetRow, row.dataset_id).name}@{row.label}"


def _summary(session: Session, name: str, row: DatasetVersionRow) -> VersionSummary:
    stated = _properties(session, row.id)
    return VersionSummary(
        name=name,
        version=row.label,
        title=stated.get("title"),
        origin=stated.get("origin"),
        license=_license(session, row.id).effective,
        **_amounts(row, stated),
        digest=row.content_digest or None,
        recorded_at=row.recorded_at,
    )


def _amounts(row: DatasetVersionRow, stated: dict[str, str]) -> dict[str, int | None]:
    """The sizes that were measured, or declared; None where neither."""
    declared: DeclaredSize | None = decoded(stated.get("measured"), DeclaredSize)
    known = row if row.basis == SizeBasis.MEASURED else declared
    return {unit: getattr(known, unit, None) for unit in ("records", "words", "bytes")}


def _properties(session: Session, version_id: str) -> dict[str, str]:
    rows = that_hold(session, VersionPropertyRow, VersionPropertyRow.version_id == version_id)
    return {row.property: row.value for row in rows}


def _description(stated: dict[str, str]) -> Description:
    found = {name: decoded(stated.get(name), kind) for name, kind in DESCRIPTION.items()}
    return Description(**{name: value for name, value in found.items() if value is not None})


def _evidence(session: Session, version_id: str) -> tuple[EvidenceFacts, ...]:
    """What supports each current statement on a version, by property; `license` is the declared one."""
    properties = _with_evidence(session, VersionPropertyRow, VersionPropertyRow.version_id == version_id)
    licenses = _with_evidence(session, LicenseStatementRow, LicenseStatementRow.version_id == version_id)
    found = [_one_evidence(row.property, row, evidence) for row, evidence in properties]
    found += [
        _one_evidence("license" if row.kind == "declared" else "license concluded", row, evidence)
        for row, evidence in licenses
    ]
    return tuple(sorted(found, key=lambda one: (one.property, one.location)))


def _one_evidence(property_: str, row: StatementRow, evidence: EvidenceRow) -> EvidenceFacts:
    return EvidenceFacts(property_, evidence.kind, evidence.location, row.asserted_by, row.recorded_at)


def _with_evidence(
    session: Session, table: type[S], about: ColumnElement[bool]
) -> Sequence[Row[S, EvidenceRow]]:
    return session.execute(
        select(table, EvidenceRow)
        .join(EvidenceRow, EvidenceRow.id == table.evidence_id)
        .where(about, table.superseded_at.is_(None))
    ).all()


def _contradictions(session: Session, version_id: str) -> tuple[ContradictionFacts, ...]:
    rows = _with_evidence(session, ContradictionRow, ContradictionRow.version_id == version_id)
    found = [
        ContradictionFacts(row.property, row.stated, row.found, evidence.location) for row, evidence in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.property, one.location, one.found)))


def _license(session: Session, version_id: str) -> LicenseFacts:
    rows = that_hold(session, LicenseStatementRow, LicenseStatementRow.version_id == version_id)
    by_kind = {row.kind: row for row in rows}
    declared, concluded = by_kind.get("declared"), by_kind.get("concluded")
    return LicenseFacts(
        declared=declared.expression if declared else None,
        declared_raw=declared.raw if declared else None,
        concluded=concluded.expression if concluded else None,
    )


def _licenses(session: Session, version_id: str) -> tuple[LicensePart, ...]:
    rows = session.scalars(select(VersionLicenseRow).where(VersionLicenseRow.version_id == version_id))
    parts = [LicensePart(row.expression, row.raw, size_of(row)) for row in rows]
    return tuple(sorted(parts, key=lambda part: (-part.size.words, part.expression, part.raw)))


def _languages(session: Session, version: DatasetVersionRow, stated: str | None) -> tuple[LanguagePart, ...]:
    """What the records say of their languages; else what is stated of the version; else what was detected."""
    rows = session.scalars(select(VersionLanguageRow).where(VersionLanguageRow.version_id == version.id))
    parts = [LanguagePart(row.language, row.basis, size_of(row)) for row in rows]
    if stated is not None and all(part.basis != "field" for part in parts):
        return (LanguagePart(language_tag(stated) or stated, "declared", size_of(version)),)
    return tuple(sorted(parts, key=lambda part: (-part.size.words, part.language)))


def _domains(session: Session, version_id: str) -> tuple[DomainPart, ...]:
    rows = session.scalars(select(VersionDomainRow).where(VersionDomainRow.version_id == version_id))
    parts = [DomainPart(row.domain, size_of(row)) for row in rows]
    return tuple(sorted(parts, key=lambda part: (-part.size.bytes, part.domain)))


def _contributors(session: Session, version: DatasetVersionRow) -> ContributorCount:
    count = session.scalar(
        select(func.count(ContributionRow.agent_id.distinct())).where(
            ContributionRow.version_id == version.id, ContributionRow.superseded_at.is_(None)
        )
    )
    identified = session.scalar(
        select(func.sum(RightsHoldingRow.records)).where(
            RightsHoldingRow.version_id == version.id,
            RightsHoldingRow.superseded_at.is_(None),
            RightsHoldingRow.basis != "unidentified",
        )
    )
    return ContributorCount(count or 0, version.records - int(identified or 0))


def _fields(session: Session, version_id: str) -> tuple[FieldFacts, ...]:
    rows = session.scalars(select(VersionFieldRow).where(VersionFieldRow.version_id == version_id))
    return tuple(
        FieldFacts(row.path, FieldRole(row.role), tuple(row.types.split(",")), row.leaf_count)
        for row in sorted(rows, key=lambda row: row.path)
    )


def _distributions(session: Session, version_id: str) -> tuple[DistributionFacts, ...]:
    return tuple(files_of(session, version_id))


def _derived_from(session: Session, version_id: str) -> tuple[str, ...]:
    rows = that_hold(session, DerivationRow, DerivationRow.version_id == version_id)
    parents = [row.of_url or version_reference(session, str(row.of_version_id)) for row in rows]
    return tuple(sorted(parents))
