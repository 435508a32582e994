"""Dataset versions whose fingerprints are kept, with what is asked of them when content is found in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.dataset import FileRole, FingerprintMode, SizeBasis
from registry.domain.license import NOASSERTION
from registry.domain.reading import Reading
from registry.store.encoded import decoded
from registry.store.tables.datasets import (
    DatasetRow,
    DatasetVersionRow,
    DistributionRow,
    VersionLicenseRow,
    VersionPropertyRow,
)
from registry.store.tables.rights import DerivationRow, LicenseStatementRow
from registry.store.tables.training import (
    MixtureComponentRow,
    ModelRow,
    ModelVersionRow,
    TrainingRunRow,
)


@dataclass(frozen=True, slots=True)
class Fingerprinted:
    """A version with its fingerprints, its stated license, and where its records are found again.

    has_record_licenses: whether single records name licenses
    shares_fingerprints: whether another version of the same content points at the same fingerprints
    """

    id: str
    dataset: str
    label: str
    fingerprint_id: str
    content_digest: str
    mode: FingerprintMode
    recipe: str
    records: int
    words: int
    words_equal_records: int | None
    license: str
    has_record_licenses: bool
    shares_fingerprints: bool
    reading: Reading | None

    @property
    def reference(self) -> str:
        """`dataset@label`."""
        return f"{self.dataset}@{self.label}"


def fingerprinted(session: Session, only: Sequence[str] | None = None) -> list[Fingerprinted]:
    """Measured versions by name and label, or those of these identifiers; withdrawn ones are left out."""
    statement = (
        select(DatasetRow.name, DatasetVersionRow)
        .join(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(DatasetVersionRow.basis == SizeBasis.MEASURED.value)
    )
    if only is not None:
        statement = statement.where(DatasetVersionRow.id.in_(only))
    licenses, withdrawn = _licenses(session), set() if only is not None else _withdrawn(session)
    with_licenses, shared = _with_record_licenses(session), _shared_fingerprints(session)
    found = [
        Fingerprinted(
            id=row.id,
            dataset=name,
            label=row.label,
            fingerprint_id=row.fingerprint_id,
            content_digest=row.content_digest,
            mode=FingerprintMode(row.fingerprint_mode),
            recipe=row.recipe,
            records=row.records,
            words=row.words,
            words_equal_records=row.words_equal_records,
            license=licenses.get(row.id, NOASSERTION),
            has_record_licenses=row.id in with_licenses,
            shares_fingerprints=row.fingerprint_id in shared,
            reading=decoded(row.reading, Reading),
        )
        for name, row in session.execute(statement)
        if row.id not in withdrawn
    ]
    return sorted(found, key=lambda one: (one.dataset, one.label))


def declared_pairs(session: Session) -> set[tuple[str, str]]:
    """Versions of which one is declared to be derived from the other: (derived, of)."""
    rows = session.execute(
        select(DerivationRow.version_id, DerivationRow.of_version_id).where(
            DerivationRow.superseded_at.is_(None), DerivationRow.of_version_id.is_not(None)
        )
    )
    return {(str(derived), str(of)) for derived, of in rows}


def models_by_version(session: Session) -> dict[str, tuple[str, ...]]:
    """The models that a run was recorded of over each version, as `name@label`, sorted."""
    rows = session.execute(
        select(MixtureComponentRow.version_id, ModelRow.name, ModelVersionRow.label)
        .join(TrainingRunRow, TrainingRunRow.id == MixtureComponentRow.run_id)
        .join(ModelVersionRow, ModelVersionRow.id == TrainingRunRow.model_version_id)
        .join(ModelRow, ModelRow.id == ModelVersionRow.model_id)
        .where(TrainingRunRow.superseded_at.is_(None))
    )
    found: dict[str, set[str]] = {}
    for version, name, label in rows:
        found.setdefault(version, set()).add(f"{name}@{label}")
    return {version: tuple(sorted(models)) for version, models in found.items()}


def data_files(session: Session) -> dict[str, dict[str, str]]:
    """The files that hold the records of each version: path by SHA-256."""
    rows = session.execute(
        select(DistributionRow.version_id, DistributionRow.sha256, DistributionRow.path).where(
            DistributionRow.role == FileRole.DATA.value
        )
    )
    found: dict[str, dict[str, str]] = {}
    for version, digest, path in rows:
        found.setdefault(version, {})[digest] = path
    return found


def _licenses(session: Session) -> dict[str, str]:
    """The stated license of each version that has one: as concluded, else as declared."""
    rows = session.execute(
        select(
            LicenseStatementRow.version_id, LicenseStatementRow.kind, LicenseStatementRow.expression
        ).where(LicenseStatementRow.superseded_at.is_(None))
    )
    by_kind = sorted((kind == "concluded", version, expression) for version, kind, expression in rows)
    return {version: expression for _, version, expression in by_kind}


def _with_record_licenses(session: Session) -> set[str]:
    named = VersionLicenseRow.raw != ""
    return set(session.scalars(select(VersionLicenseRow.version_id).where(named).distinct()))


def _shared_fingerprints(session: Session) -> set[str]:
    key = DatasetVersionRow.fingerprint_id
    return set(session.scalars(select(key).group_by(key).having(func.count() > 1)))


def _withdrawn(session: Session) -> set[str]:
    return set(
        session.scalars(
            select(VersionPropertyRow.version_id).where(
                VersionPropertyRow.superseded_at.is_(None),
                VersionPropertyRow.property == "state",
                VersionPropertyRow.value == "withdrawn",
            )
        )
    )
