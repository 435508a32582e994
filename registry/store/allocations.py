"""Keeping allocation statements that were issued: written once, read as they were."""

from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from registry.domain.identifiers import identity
from registry.store.snapshots import packed, unpacked
from registry.store.tables.allocations import AllocationRow


@dataclass(frozen=True, slots=True)
class Issued:
    """A statement to be kept: what it is about, its figures in minor units, and the bytes of its JSON."""

    model_version_id: str
    period: str
    statement_id: str
    rule: str
    currency: str
    digits: int
    gross: int
    net: int
    payees: int
    snapshot: bytes


def issued_rows(session: Session, model_version_id: str | None = None) -> list[AllocationRow]:
    """Every statement, or those of one model; of each model and period the newest first."""
    found = select(AllocationRow).order_by(
        AllocationRow.model_version_id, AllocationRow.period, AllocationRow.number.desc()
    )
    if model_version_id is not None:
        found = found.where(AllocationRow.model_version_id == model_version_id)
    return list(session.scalars(found))


def newest(session: Session, model_version_id: str, period: str) -> AllocationRow | None:
    """The statement that holds for a model and period."""
    return session.scalars(
        select(AllocationRow)
        .where(AllocationRow.model_version_id == model_version_id, AllocationRow.period == period)
        .order_by(AllocationRow.number.desc())
        .limit(1)
    ).first()


def save_issued(session: Session, one: Issued, number: int, issued_by: str, issued_at: str) -> None:
    """Keep a statement for good under the next number of its model and period."""
    before = _id(one, number - 1) if number > 1 else None
    session.add(
        AllocationRow(
            id=_id(one, number),
            statement_id=one.statement_id,
            model_version_id=one.model_version_id,
            period=one.period,
            number=number,
            predecessor_id=before,
            rule=one.rule,
            currency=one.currency,
            digits=one.digits,
            gross=one.gross,
            net=one.net,
            payees=one.payees,
            digest=sha256(one.snapshot).hexdigest(),
            snapshot=packed(one.snapshot),
            issued_by=issued_by,
            issued_at=issued_at,
        )
    )
    session.flush()


def snapshot_of(row: AllocationRow) -> bytes:
    """The frozen JSON, the very bytes that were issued."""
    return unpacked(row.snapshot)


def _id(one: Issued, number: int) -> str:
    return identity("allocation", one.model_version_id, one.period, str(number))
