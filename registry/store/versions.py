"""Saving dataset versions: immutable once written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import delete, func, insert, select, true
from sqlalchemy.orm import Session

from registry.domain.agent import ContributorType
from registry.domain.dataset import FileRole
from registry.domain.facts import DistributionFacts, FieldFacts, MediaPart, RecordDates, Size
from registry.domain.identifiers import identities, identity
from registry.domain.stated import Modality
from registry.store.bulk import CHUNK, insert_rows
from registry.store.rights import PRESUMED
from registry.store.statements import Evidence, save_evidence
from registry.store.tables.base import Base
from registry.store.tables.datasets import (
    DatasetRow,
    DatasetVersionRow,
    DistributionRow,
    VersionDomainRow,
    VersionFieldRow,
    VersionLanguageRow,
    VersionLicenseRow,
    VersionMediaRow,
)
from registry.store.tables.rights import ContributionRow, RightsHoldingPartyRow, RightsHoldingRow


@dataclass(frozen=True, slots=True)
class Language:
    """How much of a version is in a language, and how that is known."""

    language: str
    basis: str
    sampled: int | None
    size: Size


class Holding(NamedTuple):
    """A part of a version: its holders (agent identifiers, equal shares), its own license, and why."""

    holders: tuple[str, ...]
    license: str | None
    basis: str
    size: Size


@dataclass(frozen=True, slots=True)
class Contribution:
    """What an agent contributed under one license; of a creator that in which others hold the rights."""

    agent_id: str
    contributor_type: str
    license: str | None
    size: Size


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A measured version, ready to be written."""

    label: str
    content_digest: str
    mapping_digest: str
    fingerprint_id: str
    fingerprint_mode: str
    recipe: str
    source: str
    revision: str | None
    size: Size
    characters: int
    wordless_records: int
    words_equal_records: int | None
    near_duplicate_records: int | None
    near_duplicates_complete: bool | None
    reading: str | None
    sampled_records: int | None
    measured_with: str | None
    distributions: Sequence[DistributionFacts]
    digest_by_host: frozenset[str]
    compressions: Mapping[str, str | None]
    fields: Sequence[FieldFacts]
    languages: Sequence[Language]
    domains: Mapping[str, Size]
    licenses: Mapping[tuple[str, str], Size]
    holdings: Sequence[Holding]
    contributions: Sequence[Contribution]
    holder_evidence: Evidence
    creator_evidence: Evidence
    annotator_evidence: Evidence | None = None
    media: Sequence[MediaPart] = ()
    dates: RecordDates | None = None
    basis: str = "measured"

    def version_id(self, dataset: str) -> str:
        """The version's identifier under a dataset name."""
        return identity("dataset_version", dataset, self.label, self.content_digest, self.mapping_digest)


def save_dataset(session: Session, name: str, now: str) -> str:
    """The identifier of the dataset of that name, recorded if it is new."""
    key = identity("dataset", name)
    if session.get(DatasetRow, key) is None:
        session.add(DatasetRow(id=key, name=name, recorded_at=now))
        session.flush()
    return key


def versions_of(session: Session, name: str) -> Sequence[DatasetVersionRow]:
    """The versions of a dataset, newest first."""
    statement = (
        select(DatasetVersionRow)
        .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(DatasetRow.name == name)
        .order_by(DatasetVersionRow.sequence.desc())
    )
    return session.scalars(statement).all()


def files_of(session: Session, version_id: str) -> list[DistributionFacts]:
    """The files of a version, by path."""
    return files_of_versions(session, version_id).get(version_id, [])


def files_of_versions(session: Session, only: str | None) -> dict[str, list[DistributionFacts]]:
    """The files of one version, or of all, by path; by the identifier of the version."""
    columns = (DistributionRow.path, DistributionRow.role, DistributionRow.format, DistributionRow.split)
    rows = session.execute(
        select(DistributionRow.version_id, *columns, DistributionRow.bytes, DistributionRow.sha256).where(
            true() if only is None else DistributionRow.version_id == only
        )
    )
    found: dict[str, list[DistributionFacts]] = {}
    for version, path, role, format_, split, size, digest in sorted(rows, key=lambda row: row.path):
        file = DistributionFacts(path, FileRole(role), format_, split, size, digest)
        found.setdefault(version, []).append(file)
    return found


def save_version(session: Session, dataset: str, new: NewVersion, now: str) -> str:
    """Write a version with all that was measured of it; returns its identifier."""
    dataset_id = save_dataset(session, dataset, now)
    version_id = new.version_id(dataset)
    last = session.scalar(
        select(func.max(DatasetVersionRow.sequence)).where(DatasetVersionRow.dataset_id == dataset_id)
    )
    session.add(
        DatasetVersionRow(
            id=version_id,
            dataset_id=dataset_id,
            sequence=(last or 0) + 1,
            recorded_at=now,
            **asdict(new.size),
            first_date=new.dates and new.dates.first,
            last_date=new.dates and new.dates.last,
            dated_records=new.dates and new.dates.records,
            **{column: getattr(new, column) for column in _OWN_COLUMNS},
        )
    )
    session.flush()
    _save_measured(session, version_id, new)
    _save_rights(session, version_id, new, now)
    return version_id


_OWN_COLUMNS = (
    "label",
    "content_digest",
    "mapping_digest",
    "fingerprint_id",
    "fingerprint_mode",
    "recipe",
    "source",
    "revision",
    "characters",
    "wordless_records",
    "words_equal_records",
    "near_duplicate_records",
    "near_duplicates_complete",
    "reading",
    "sampled_records",
    "measured_with",
    "basis",
)


def _save_measured(session: Session, version_id: str, new: NewVersion) -> None:
    _insert(
        session,
        DistributionRow,
        (
            asdict(file)
            | {
                "id": identity("distribution", version_id, file.path),
                "version_id": version_id,
                "compression": new.compressions.get(file.path),
                "digest_by": "host" if file.path in new.digest_by_host else "registry",
            }
            for file in new.distributions
        ),
    )
    _insert(
        session,
        VersionFieldRow,
        (asdict(field) | {"version_id": version_id, "types": ",".join(field.types)} for field in new.fields),
    )
    _insert(
        session,
        VersionLanguageRow,
        (
            {
                "version_id": version_id,
                "language": part.language,
                "basis": part.basis,
                "sampled": part.sampled,
            }
            | asdict(part.size)
            for part in new.languages
        ),
    )
    _insert(
        session,
        VersionDomainRow,
        ({"version_id": version_id, "domain": domain} | asdict(size) for domain, size in new.domains.items()),
    )
    _insert(
        session,
        VersionLicenseRow,
        (
            {"version_id": version_id, "expression": expression, "raw": raw} | asdict(size)
            for (expression, raw), size in new.licenses.items()
        ),
    )
    save_media(session, version_id, new.media)


def save_media(session: Session, version_id: str, media: Sequence[MediaPart]) -> None:
    """Write how much of each modality a version holds, in the place of what was known."""
    session.execute(delete(VersionMediaRow).where(VersionMediaRow.version_id == version_id))
    _insert(
        session,
        VersionMediaRow,
        (
            asdict(part)
            | {
                "version_id": version_id,
                "modality": part.modality.value,
                "rates": ",".join(part.rates) or None,
            }
            for part in media
        ),
    )


def media_of(session: Session, version_id: str) -> tuple[MediaPart, ...]:
    """How much of each modality a version holds, in the order of the EU template."""
    return media_of_versions(session, version_id).get(version_id, ())


def media_of_versions(session: Session, only: str | None) -> dict[str, tuple[MediaPart, ...]]:
    """The same of one version, or of all that hold any; by the identifier of the version."""
    rows = session.scalars(
        select(VersionMediaRow).where(true() if only is None else VersionMediaRow.version_id == only)
    )
    found: dict[str, dict[Modality, VersionMediaRow]] = {}
    for row in rows:
        found.setdefault(row.version_id, {})[Modality(row.modality)] = row
    return {
        version: tuple(_media_part(each, parts[each]) for each in Modality if each in parts)
        for version, parts in found.items()
    }


def _media_part(modality: Modality, row: VersionMediaRow) -> MediaPart:
    return MediaPart(
        modality=modality,
        items=row.items,
        records=row.records,
        bytes=row.bytes,
        milliseconds=row.milliseconds,
        undetermined=row.undetermined,
        rates=tuple(row.rates.split(",")) if row.rates else (),
    )


def _save_rights(session: Session, version_id: str, new: NewVersion, now: str) -> None:
    computed = Evidence("measured", "records without a named holder", "registry")
    evidence = {
        "stated": new.holder_evidence,
        PRESUMED: new.creator_evidence,
        "unidentified": computed,
        _ANNOTATED: new.annotator_evidence or computed,
    }
    bases = {holding.basis for holding in new.holdings}
    bases |= {_basis(part) for part in new.contributions}
    said: dict[str, _Said] = {
        basis: (
            version_id,
            now,
            None,
            evidence[basis].asserted_by,
            save_evidence(session, evidence[basis], now),
        )
        for basis in sorted(bases)
    }
    _save_holdings(session, version_id, new.holdings, said)
    _save_contributions(session, version_id, new.contributions, said)


def _basis(part: Contribution) -> str:
    """What the evidence of a contribution is kept under."""
    return _ANNOTATED if part.contributor_type == ContributorType.ANNOTATOR else PRESUMED


_ANNOTATED = "annotated"  # what the evidence of annotations is kept under, beside the bases of holdings
_HOLDERS = attrgetter("holders")
_Said = tuple[str, str, str | None, str, str]
_SAID = ("version_id", "recorded_at", "superseded_at", "asserted_by", "evidence_id")


def _save_holdings(
    session: Session, version_id: str, holdings: Sequence[Holding], said: Mapping[str, _Said]
) -> None:
    holdings = sorted(holdings, key=_HOLDERS)  # where their agents stand, each next to the one before
    key_of = identities("rights_holding", version_id)
    keys = [key_of(holding.basis, holding.license or "", *holding.holders) for holding in holdings]
    insert_rows(
        session,
        RightsHoldingRow,
        ("id", "license", "basis", "holder_id", "records", "words", "bytes", *_SAID),
        (
            (
                key,
                one.license,
                one.basis,
                one.holders[0] if len(one.holders) == 1 else None,
                one.size.records,
                one.size.words,
                one.size.bytes,
                *said[one.basis],
            )
            for key, one in zip(keys, holdings, strict=True)
        ),
    )
    insert_rows(
        session,
        RightsHoldingPartyRow,
        ("holding_id", "agent_id", "numerator", "denominator"),
        (
            (key, agent, 1, len(holding.holders))
            for key, holding in zip(keys, holdings, strict=True)
            if len(holding.holders) > 1
            for agent in holding.holders
        ),
    )


def _save_contributions(
    session: Session, version_id: str, contributions: Sequence[Contribution], said: Mapping[str, _Said]
) -> None:
    key_of = identities("contribution", version_id)
    insert_rows(
        session,
        ContributionRow,
        ("id", "agent_id", "contributor_type", "license", "records", "words", "bytes", *_SAID),
        (
            (
                key_of(part.agent_id, part.contributor_type, part.license or ""),
                part.agent_id,
                str(part.contributor_type),
                part.license,
                part.size.records,
                part.size.words,
                part.size.bytes,
                *said[_basis(part)],
            )
            for part in contributions
        ),
    )


def _insert(session: Session, table: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            session.execute(insert(table), chunk)
            chunk.clear()
    if chunk:
        session.execute(insert(table), chunk)
