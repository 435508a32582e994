"""Append-only statements: a new one supersedes the one before, none is changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from registry.domain.identifiers import identity
from registry.store.tables.base import StatementRow
from registry.store.tables.evidence import EvidenceRow


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a statement, where it stands, and who says so."""

    kind: str
    location: str
    asserted_by: str
    detail: str | None = None


def save_evidence(session: Session, evidence: Evidence, now: str) -> str:
    """The identifier of the evidence, recorded if it is new."""
    key = identity("evidence", evidence.kind, evidence.location, evidence.detail or "")
    if session.get(EvidenceRow, key) is None:
        session.add(
            EvidenceRow(
                id=key,
                kind=evidence.kind,
                location=evidence.location,
                detail=evidence.detail,
                recorded_at=now,
            )
        )
        session.flush()
    return key


def state(
    session: Session,
    table: type[StatementRow],
    about: Mapping[str, Any],
    says: Mapping[str, Any],
    evidence: Evidence,
    now: str,
) -> bool:
    """Record that `about` (column values that say what the statement is on) `says` (the other columns).

    Returns whether this changes what is stated, or who says it; the same statement again is none.
    """
    same_subject = [getattr(table, column) == value for column, value in about.items()]
    earlier = session.scalar(select(func.count()).select_from(table).where(*same_subject)) or 0
    holding = session.scalars(select(table).where(*same_subject, table.superseded_at.is_(None))).all()
    same = {**says, "asserted_by": evidence.asserted_by}
    if any(all(getattr(row, column) == value for column, value in same.items()) for row in holding):
        return False
    for row in holding:
        row.superseded_at = now
    session.add(
        table(
            id=_identity(table, about, says, earlier),
            **about,
            **says,
            recorded_at=now,
            superseded_at=None,
            asserted_by=evidence.asserted_by,
            evidence_id=save_evidence(session, evidence, now),
        )
    )
    session.flush()
    return True


def recorded_before(
    table: type[StatementRow], about: Mapping[str, Any], says: Mapping[str, Any], key: str, most: int
) -> int:
    """How many statements about the same were recorded before the one of this identifier; at most `most`.

    Moments are whole seconds; this tells the order within one.
    """
    return next((number for number in range(most) if _identity(table, about, says, number) == key), most)


def _identity(
    table: type[StatementRow], about: Mapping[str, Any], says: Mapping[str, Any], earlier: int
) -> str:
    parts = [str(value) for value in (*about.values(), *says.values(), earlier)]
    return identity(table.__tablename__, *parts)


def state_only(
    session: Session,
    table: type[StatementRow],
    about: Mapping[str, Any],
    parts: Sequence[Mapping[str, Any]],
    evidence: Evidence,
    now: str,
) -> bool:
    """Record that of `about` these parts (column values each) hold and no others; whether that is news."""
    same_subject = [getattr(table, column) == value for column, value in about.items()]
    news = False
    for row in session.scalars(select(table).where(*same_subject, table.superseded_at.is_(None))).all():
        if not any(all(getattr(row, key) == value for key, value in part.items()) for part in parts):
            row.superseded_at, news = now, True
    session.flush()
    for part in parts:
        news |= state(session, table, {**about, **part}, {}, evidence, now)
    return news


def withdraw(
    session: Session, table: type[StatementRow], about: Mapping[str, Any], now: str, *, by: str | None = None
) -> bool:
    """End what is stated about something, with nothing in its place; returns whether anything was.

    by: only what these assert
    """
    same_subject = [getattr(table, column) == value for column, value in about.items()]
    if by is not None:
        same_subject.append(table.asserted_by == by)
    holding = session.scalars(select(table).where(*same_subject, table.superseded_at.is_(None))).all()
    for row in holding:
        row.superseded_at = now
    session.flush()
    return bool(holding)
