"""Rights in a whole version, as someone declares them: they take the place of what nobody is named for."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.facts import Size
from registry.domain.identifiers import identity
from registry.store.statements import Evidence, save_evidence
from registry.store.tables.evidence import EvidenceRow
from registry.store.tables.rights import RightsHoldingPartyRow, RightsHoldingRow

BY_DECLARATION = "declared"


@dataclass(frozen=True, slots=True)
class DeclaredHolder:
    """An agent and its exact share; what the shares leave is unidentified."""

    agent_id: str
    share: Fraction


def state_holders(
    session: Session, version_id: str, holders: Sequence[DeclaredHolder], evidence: Evidence, now: str
) -> None:
    """Put declared holders in the place of nobody, and of those declared before.

    What the records state themselves stays: the holdings remain a partition of the version.
    """
    sizes = _end_unnamed(session, version_id, now)
    said = save_evidence(session, evidence, now)
    earlier = session.scalar(
        select(func.count()).select_from(RightsHoldingRow).where(RightsHoldingRow.version_id == version_id)
    )
    names = [f"{holder.agent_id}:{holder.share}" for holder in holders]
    for license_, size in sorted(sizes.items(), key=lambda item: item[0] or ""):
        key = identity("rights_holding", version_id, str(earlier or 0), license_ or "", *names)
        session.add(
            RightsHoldingRow(
                id=key,
                version_id=version_id,
                license=license_,
                basis="stated" if holders else "unidentified",
                records=size.records,
                words=size.words,
                bytes=size.bytes,
                recorded_at=now,
                superseded_at=None,
                asserted_by=evidence.asserted_by,
                evidence_id=said,
            )
        )
        session.flush()
        session.add_all(
            RightsHoldingPartyRow(
                holding_id=key,
                agent_id=holder.agent_id,
                numerator=holder.share.numerator,
                denominator=holder.share.denominator,
            )
            for holder in holders
        )
    session.flush()


def _end_unnamed(session: Session, version_id: str, now: str) -> dict[str | None, Size]:
    """End the holdings of nobody and of those declared before; how much that was, by own license."""
    rows = session.execute(
        select(RightsHoldingRow, EvidenceRow.kind)
        .join(EvidenceRow, EvidenceRow.id == RightsHoldingRow.evidence_id)
        .where(RightsHoldingRow.version_id == version_id, RightsHoldingRow.superseded_at.is_(None))
    )
    sizes: dict[str | None, Size] = {}
    for row, kind in rows.all():
        if row.basis == "unidentified" or kind == BY_DECLARATION:
            row.superseded_at = now
            size = Size(row.records, row.words, row.bytes)
            sizes[row.license] = sizes[row.license] + size if row.license in sizes else size
    session.flush()
    return sizes
