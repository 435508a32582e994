"""What is recorded of reservations."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from registry.store.tables.datasets import DatasetRow, DatasetVersionRow, VersionDomainRow
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.reservations import ReservationRow


@dataclass(frozen=True, slots=True)
class ReservationSummary:
    """One line of the list of reservations."""

    domain: str | None
    host: str
    dataset: str | None
    protocol: str
    agent: str
    path: str
    says: str
    scope: str
    observed: str
    malformed: str | None
    policy: str | None
    place: str
    evidence: str


def list_reservations(
    session: Session, domain: str | None = None, version_id: str | None = None
) -> list[ReservationSummary]:
    """By domain and day; of one domain, or of those that a version comes from or that were declared of it."""
    row = ReservationRow
    statement = (
        select(row, EvidenceRow.location, DatasetRow.name, DatasetVersionRow.label)
        .join(EvidenceRow, EvidenceRow.id == row.evidence_id)
        .outerjoin(DatasetVersionRow, DatasetVersionRow.id == row.version_id)
        .outerjoin(DatasetRow, DatasetRow.id == DatasetVersionRow.dataset_id)
        .where(row.superseded_at.is_(None))
    )
    if domain is not None:
        statement = statement.where(row.domain == domain)
    if version_id is not None:
        of_it = select(VersionDomainRow.domain).where(VersionDomainRow.version_id == version_id)
        statement = statement.where(
            or_(row.version_id == version_id, row.version_id.is_(None) & row.domain.in_(of_it))
        )
    found = [
        ReservationSummary(
            domain=one.domain,
            host=one.host,
            dataset=f"{name}@{label}" if one.version_id else None,
            protocol=one.protocol,
            agent=one.agent,
            path=one.path,
            says=one.says,
            scope=one.scope,
            observed=one.observed,
            malformed=one.malformed,
            policy=one.policy,
            place=one.place,
            evidence=location,
        )
        for one, location, name, label in session.execute(statement)
    ]
    return sorted(found, key=lambda one: (one.domain or "", one.observed, one.host, one.protocol, one.agent))
