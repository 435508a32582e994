"""Append-only statements: a new one supersedes the one before, none is changed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from registry.domain.identifiers import identity
from registry.store.tables.base import StatementRow
from registry.store.tables.evidence import EvidenceRow

CHUNK = 500  # values in one condition


@dataclass(frozen=True, slots=True)
class Evidence:
    """What supports a statement, where it stands, and who says so."""

    kind: str
    location: str
    asserted_by: str
    detail: str | None = None


def save_evidence(session: Session, evidence: Evidence, now: str) -> str:
    """The identifier of the evidence, recorded if it is new."""
    key = _evidence_identifier(evidence)
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
            id=_identifier(table, about, says, earlier),
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
    return next((number for number in range(most) if _identifier(table, about, says, number) == key), most)


@dataclass(frozen=True, slots=True)
class Said:
    """One statement to record: on what, what it says, and what supports it; columns as in `state`."""

    about: Mapping[str, Any]
    says: Mapping[str, Any]
    evidence: Evidence


def state_all(session: Session, table: type[StatementRow], said: Sequence[Said], now: str) -> list[Said]:
    """Record many statements as `state` does one by one, in few commands; returns those that are news.

    All are about the same columns, the first of which says what they are on. Two on the same thing: the
    first is taken.
    """
    if not said:
        return []
    columns = list(said[0].about)
    values = [*columns, *said[0].says, "asserted_by"]
    earlier, holding = _recorded(session, table, {one.about[columns[0]] for one in said}, columns)
    ended: list[str] = []
    news: dict[tuple[Any, ...], Said] = {}
    for one in said:
        key = tuple(one.about.values())
        same = (*key, *one.says.values(), one.evidence.asserted_by)
        rows = holding.get(key, ())
        if key in news or any(tuple(getattr(row, name) for name in values) == same for row in rows):
            continue
        ended += [row.id for row in rows]
        news[key] = one
    for start in range(0, len(ended), CHUNK):
        chunk = ended[start : start + CHUNK]
        session.execute(update(table).where(table.id.in_(chunk)).values(superseded_at=now))
    evidence = _save_all_evidence(session, [one.evidence for one in news.values()], now)
    rows_to_add = [
        {
            "id": _identifier(table, one.about, one.says, earlier.get(key, 0)),
            **one.about,
            **one.says,
            "recorded_at": now,
            "superseded_at": None,
            "asserted_by": one.evidence.asserted_by,
            "evidence_id": evidence[one.evidence],
        }
        for key, one in news.items()
    ]
    if rows_to_add:
        session.execute(insert(table), rows_to_add)
    return list(news.values())


def _recorded(
    session: Session, table: type[StatementRow], subjects: set[Any], columns: Sequence[str]
) -> tuple[Counter[tuple[Any, ...]], dict[tuple[Any, ...], list[StatementRow]]]:
    """How often something was stated of each thing, and what holds of it."""
    earlier: Counter[tuple[Any, ...]] = Counter()
    holding: dict[tuple[Any, ...], list[StatementRow]] = {}
    ordered = sorted(subjects)
    for start in range(0, len(ordered), CHUNK):
        wanted = getattr(table, columns[0]).in_(ordered[start : start + CHUNK])
        for row in session.scalars(select(table).where(wanted)):
            key = tuple(getattr(row, name) for name in columns)
            earlier[key] += 1
            if row.superseded_at is None:
                holding.setdefault(key, []).append(row)
    return earlier, holding


def _save_all_evidence(session: Session, evidence: Sequence[Evidence], now: str) -> dict[Evidence, str]:
    """The identifiers of the evidence, what is new recorded."""
    keys = {one: _evidence_identifier(one) for one in evidence}
    ordered = sorted(set(keys.values()))
    known: set[str] = set()
    for start in range(0, len(ordered), CHUNK):
        wanted = EvidenceRow.id.in_(ordered[start : start + CHUNK])
        known.update(session.scalars(select(EvidenceRow.id).where(wanted)))
    new = {
        key: {"id": key, "kind": one.kind, "location": one.location, "detail": one.detail, "recorded_at": now}
        for one, key in keys.items()
        if key not in known
    }
    if new:
        session.execute(insert(EvidenceRow), list(new.values()))
    return keys


def _identifier(
    table: type[StatementRow], about: Mapping[str, Any], says: Mapping[str, Any], earlier: int
) -> str:
    parts = [str(value) for value in (*about.values(), *says.values(), earlier)]
    return identity(table.__tablename__, *parts)


def _evidence_identifier(evidence: Evidence) -> str:
    return identity("evidence", evidence.kind, evidence.location, evidence.detail or "")


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
